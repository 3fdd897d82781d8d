//! Statements: judge one at a time, write one, see them all.

#[cfg(feature = "ssr")]
mod all;
#[cfg(feature = "ssr")]
mod card;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod office;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
mod practice;

#[cfg(feature = "ssr")]
pub(crate) use figures::all as figures;

#[cfg(feature = "ssr")]
pub use desk::section;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route(
            "/konsultasi/{slug}/pernyataan",
            get(desk::show).post(own::send),
        )
        .route("/konsultasi/{slug}/pernyataan/semua", get(all::show))
        .route("/konsultasi/{slug}/pernyataan/{number}", post(desk::judge))
        .route(
            "/kantor/konsultasi/{slug}/pernyataan",
            get(office::show).post(office::send),
        )
        .route(
            "/kantor/konsultasi/{slug}/pernyataan/sematan",
            post(office::pin),
        )
}
