//! That the fee of a case was paid: a line of its timeline.

use domain::{
    case::{Happening, Side},
    reference::Reference,
};
use storage::Tx;

use super::held::{Entry, Held};
use crate::{Result, Service, notice::Kind};

/// Writes into the timeline that the fee was paid, once for a `key`, and tells both sides. `rupiah` is the amount in digits.
/// Tell [`crate::News::Case`] after the commit.
pub(crate) async fn note_payment(
    tx: &mut Tx,
    service: &Service,
    reference: Reference,
    rupiah: &str,
    key: &str,
) -> Result<()> {
    let held = Held::lock(service, tx, &reference.compact()).await?;
    if held.check_key(tx, key).await.is_err() {
        // The number that was taken goes back.
        storage::case::unlock(tx, &held.case.id).await?;
        return Ok(());
    }
    let entry = Entry {
        detail: rupiah,
        key,
        ..Entry::new(Side::Clock, None, Happening::Paid)
    };
    held.write(tx, service, &entry).await?;
    held.tell_applicant(tx, service).await?;
    held.tell_office(tx, service, Kind::CaseWritten, false)
        .await
}
