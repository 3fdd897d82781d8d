//! Moderation in the back office, and its public log.

#[cfg(feature = "ssr")]
mod log;
#[cfg(feature = "ssr")]
mod queue;
#[cfg(feature = "ssr")]
mod statements;

/// What waits for a moderator.
pub const QUEUE: &str = "/kantor/moderasi";
/// Decides about comments (POST).
pub const COMMENTS: &str = "/kantor/moderasi/tanggapan";
/// Decides about statements (POST).
pub const STATEMENTS: &str = "/kantor/moderasi/pernyataan";
/// Decides about statements that resemble one another (POST).
pub const CLUSTERS: &str = "/kantor/moderasi/mirip";
/// The public log as a file.
pub const LOG_FILE: &str = "/moderasi.csv";

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route(QUEUE, get(queue::show))
        .route(COMMENTS, post(queue::comments))
        .route(STATEMENTS, post(statements::decide))
        .route(CLUSTERS, post(statements::decide_cluster))
        .route(crate::links::MODERATION_LOG, get(log::show))
        .route(LOG_FILE, get(log::file))
}
