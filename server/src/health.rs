//! Whether the program lives (`/healthz`) and whether it can work (`/readyz`).

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use domain::Timestamp;
use service::Service;
use tokio::sync::Mutex;

/// A finding is good for so long: whoever asks again and again does not make the disk busy. Milliseconds.
const GOOD_FOR: i64 = 1_000;
/// A store that takes longer than this is not ready.
const WITHIN: Duration = Duration::from_secs(5);

type Finding = (StatusCode, &'static str);

#[derive(Clone)]
struct Health {
    service: Service,
    last: Arc<Mutex<Option<(Timestamp, Finding)>>>,
}

pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(Health {
            service,
            last: Arc::default(),
        })
}

async fn ready(State(health): State<Health>) -> Finding {
    let mut last = health.last.lock().await;
    let now = health.service.now();
    if let Some((at, finding)) = *last
        && (0..GOOD_FOR).contains(&(now.0 - at.0))
    {
        return finding;
    }
    let finding = find(&health.service).await;
    *last = Some((now, finding));
    finding
}

async fn find(service: &Service) -> Finding {
    let refused = |text| (StatusCode::SERVICE_UNAVAILABLE, text);
    match tokio::time::timeout(WITHIN, service::upkeep::probe(service)).await {
        Ok(Ok(())) => (StatusCode::OK, "ready"),
        Ok(Err(error)) => {
            tracing::error!(?error, "not ready");
            match error {
                service::Error::Full => refused("the disk is full"),
                service::Error::Unwritable(_) => refused("the disk takes no writes"),
                _ => refused("the database does not answer"),
            }
        }
        Err(_) => refused("the database does not answer in time"),
    }
}
