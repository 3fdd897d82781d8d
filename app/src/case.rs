//! Cases: followed by who asked, worked on by an office.

#[cfg(feature = "ssr")]
mod deed;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod holidays;
#[cfg(feature = "ssr")]
mod inbox;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
mod template;
#[cfg(feature = "ssr")]
mod track;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use live::{Live, listen};
#[cfg(feature = "ssr")]
pub use track::{remember, visitor};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};

    use crate::links;

    let live = axum::Router::new()
        .route("/lacak/{nomor}/langsung", get(live::own))
        .route("/kantor/kasus/{nomor}/langsung", get(live::desk))
        .with_state(live::Live::default());
    axum::Router::new()
        .route(links::TRACK, get(track::show).post(track::send))
        .route("/lacak/lupakan", post(track::forget))
        .route("/lacak/{nomor}", get(own::show).post(own::send))
        .route(links::CASES, get(inbox::show).post(inbox::assign))
        .route(
            "/kantor/kasus/templat",
            get(template::show).post(template::send),
        )
        .route("/kantor/kasus/{nomor}", get(desk::show).post(deed::send))
        .route(links::HOLIDAYS, get(holidays::show).post(holidays::send))
        .merge(live)
}
