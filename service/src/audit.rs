//! Who did what to whom in the back office.

use domain::{AccountId, Actor};
pub use storage::audit::Entry;
use storage::{Tx, audit::Deed};

use crate::{Result, Service};

/// Notes a deed in the transaction that does it, so that there is never one without the other.
///
/// `by` is the account in whose name it is done, from the permit; `None` for the program itself. `verb` is a stable word
/// such as `account.standing`, `subject` an id, `detail` whatever the verb needs to be told.
pub async fn note(
    service: &Service,
    tx: &mut Tx,
    by: Option<&AccountId>,
    verb: &str,
    subject: &str,
    detail: &str,
) -> Result<()> {
    let id: String = service.id();
    let deed = Deed {
        id: &id,
        at: service.now(),
        by,
        verb,
        subject,
        detail,
    };
    Ok(storage::audit::insert(tx, &deed).await?)
}

/// The newest deeds to one subject, at most `limit`; for administrators.
pub async fn list_of(tx: &mut Tx, actor: &Actor, subject: &str, limit: u32) -> Result<Vec<Entry>> {
    actor.may_administer()?;
    Ok(storage::audit::list_of(tx, subject, limit).await?)
}

/// The newest deeds of all, at most `limit`; for administrators.
pub async fn list(tx: &mut Tx, actor: &Actor, limit: u32) -> Result<Vec<Entry>> {
    actor.may_administer()?;
    Ok(storage::audit::list(tx, limit).await?)
}
