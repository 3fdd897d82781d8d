//! Filled in its own change.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    axum::Router::new()
}
