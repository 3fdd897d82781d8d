//! Upkeep: whether the portal can work.

use crate::{Result, Service};

/// Whether the database answers and its disk takes writes: a small real write.
pub async fn probe(service: &Service) -> Result<()> {
    let now = service.now();
    service
        .db()
        .write(move |tx| Box::pin(async move { Ok(storage::upkeep::probe(tx, now).await?) }))
        .await
}
