//! Questions of a consultation: vote with one press, see what may be seen, hear it change.

#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod post;
#[cfg(feature = "ssr")]
mod question;

#[cfg(feature = "ssr")]
pub use question::section;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/konsultasi/{slug}/suara/{question}", post(post::send))
        .route("/konsultasi/{slug}/langsung", get(live::stream))
        .with_state(live::Live::default())
}
