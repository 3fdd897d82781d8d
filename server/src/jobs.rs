//! What is done by itself: notices when something opens or closes, cases that are due, closed cases erased, payments
//! followed, old drafts and sessions swept away.

use std::time::Duration;

use service::Service;
use tokio::sync::watch;

/// Works once a minute until the program ends.
pub(crate) async fn run(service: Service, mut stop: watch::Receiver<bool>) {
    let mut minutes = tokio::time::interval(Duration::from_mins(1));
    loop {
        tokio::select! {
            _ = minutes.tick() => {}
            _ = stop.changed() => return,
        }
        once(&service).await;
    }
}

/// All jobs once, each on its own: one that fails is logged and tried again the next minute.
pub(crate) async fn once(service: &Service) {
    if let Err(error) = service::notice::due(service).await {
        tracing::error!(?error, "notices of openings and closings were not made");
    }
    if let Err(error) = service::case::escalate(service).await {
        tracing::error!(?error, "offices were not told of cases that are due");
    }
    if let Err(error) = service::case::erase(service).await {
        tracing::error!(?error, "closed cases were not erased");
    }
    if let Err(error) = service::payment::work(service).await {
        tracing::error!(?error, "payments were not followed");
    }
    if let Err(error) = service::account::sweep(service).await {
        tracing::error!(?error, "old sessions were not swept");
    }
    if let Err(error) = service::draft::sweep(service).await {
        tracing::error!(?error, "old drafts were not swept");
    }
    if let Err(error) = service::form::sweep(service).await {
        tracing::error!(?error, "old forms were not swept");
    }
}
