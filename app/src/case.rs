//! Cases: followed by who asked, worked on by an office.

#[cfg(feature = "ssr")]
mod deed;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "ssr")]
mod holidays;
#[cfg(feature = "ssr")]
mod inbox;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
mod readers;
#[cfg(feature = "ssr")]
mod step;
#[cfg(feature = "ssr")]
mod talk;
#[cfg(feature = "ssr")]
mod template;
#[cfg(feature = "ssr")]
mod track;
#[cfg(feature = "ssr")]
mod wish;
#[cfg(feature = "ssr")]
mod words;
#[cfg(feature = "ssr")]
mod write;

#[cfg(feature = "ssr")]
pub(crate) use live::{Live, listen};
#[cfg(feature = "ssr")]
pub use track::{remember, visitor};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::{
        extract::DefaultBodyLimit,
        routing::{get, post},
    };

    use crate::{form::LARGEST, links};

    let with_files = DefaultBodyLimit::max(LARGEST);

    let live = axum::Router::new()
        .route("/lacak/{nomor}/langsung", get(live::own))
        .route("/kantor/kasus/{nomor}/langsung", get(live::desk))
        .with_state(live::Live::default());
    axum::Router::new()
        .route(links::TRACK, get(track::show).post(track::send))
        .route("/lacak/lupakan", post(track::forget))
        .route(
            "/lacak/{nomor}",
            get(own::show).post(own::send).layer(with_files),
        )
        .route("/lacak/{nomor}/isian", get(paper::own))
        .route("/lacak/{nomor}/berkas/{id}", get(files::own))
        .route(links::CASES, get(inbox::show).post(inbox::assign))
        .route(
            links::FIND_CASE,
            get(inbox::nothing_asked).post(inbox::find),
        )
        .route(
            "/kantor/kasus/templat",
            get(template::show).post(template::send),
        )
        .route(
            "/kantor/kasus/{nomor}",
            get(desk::show).post(deed::send).layer(with_files),
        )
        .route("/kantor/kasus/{nomor}/berkas/{id}", get(files::office))
        .route(
            "/kantor/kasus/{nomor}/nomor-induk",
            get(paper::no_numbers).post(paper::numbers),
        )
        .route(links::HOLIDAYS, get(holidays::show).post(holidays::send))
        .merge(live)
}
