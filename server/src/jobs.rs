//! What is done by itself: notices when something opens or closes, old drafts and sessions swept away.

use std::time::Duration;

use service::Service;
use tokio::sync::watch;

/// Works once a minute until the program ends.
pub(crate) async fn run(service: Service, mut stop: watch::Receiver<bool>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
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
    if let Err(error) = service.ping().await {
        tracing::error!(?error, "the database does not answer");
    }
}
