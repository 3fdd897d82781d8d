//! Whether the program lives (`/healthz`) and whether it can work (`/readyz`).

use axum::{Router, extract::State, http::StatusCode, routing::get};
use service::Service;

pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(service)
}

async fn ready(State(service): State<Service>) -> (StatusCode, &'static str) {
    match service.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(?error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}
