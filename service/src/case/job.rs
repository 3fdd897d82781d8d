//! What the clock does by itself: telling that a case is due, and erasing what is personal.

use domain::case::{Happening, Side};
use storage::Tx;

use super::{
    Case,
    clock::{Count, tell},
    held::{Entry, Held},
};
use crate::{Error, Result, Service, notice::Kind};

/// Cases looked at in one go; the next minute goes on.
const AT_ONCE: u32 = 200;
/// Whom a step tells when it is not the whole office.
const HANDLER: &str = "handler";

/// Tells the offices which cases are due. Each step once, however many copies of the program call this. How many.
pub async fn escalate(service: &Service) -> Result<usize> {
    let mut tx = service.read().await?;
    let due = storage::case::due_steps(&mut tx, service.now(), AT_ONCE).await?;
    drop(tx);
    let mut told = 0;
    for case in due {
        let inner = service.clone();
        let done = service
            .db()
            .write(move |tx| {
                Box::pin(async move { escalate_one(&inner, tx, &case.reference).await })
            })
            .await?;
        if let Some(id) = done {
            tell(service, id).await;
            told += 1;
        }
    }
    Ok(told)
}

async fn escalate_one(
    service: &Service,
    tx: &mut Tx,
    reference: &str,
) -> Result<Option<domain::CaseId>> {
    let count = Count::load(tx).await?;
    let mut held = Held::lock(service, tx, reference).await?;
    let before = held.told;
    let mut to = "";
    let deadline = held.case.deadline.clone();
    while let Ok(Some(at)) = deadline.next_step(held.told, &count.calendar, &count.zone)
        && at <= service.now()
        && held.case.status.is_open()
    {
        to = &deadline.limit.steps[held.told].tell;
        held.told += 1;
    }
    held.save(tx, service, &count).await?;
    if held.told == before {
        // Another copy was faster, or the year of the step has no table yet: the number that was taken goes back.
        storage::case::unlock(tx, &held.case.id).await?;
        return Ok(None);
    }
    let entry = Entry {
        detail: to,
        ..Entry::new(Side::Clock, None, Happening::Escalated)
    };
    held.write(tx, service, &entry).await?;
    held.tell_office(tx, service, Kind::CaseDue, to != HANDLER)
        .await?;
    Ok(Some(held.id()))
}

/// Erases what is personal of cases whose time is over; the skeleton of their timeline stays. How many.
pub async fn erase(service: &Service) -> Result<usize> {
    let mut tx = service.read().await?;
    let due = storage::case::erasable(&mut tx, service.now(), AT_ONCE).await?;
    drop(tx);
    let count = due.len();
    for case in due {
        let inner = service.clone();
        let id = service
            .db()
            .write(move |tx| Box::pin(async move { erase_one(&inner, tx, &case.reference).await }))
            .await?;
        tell(service, id).await;
    }
    Ok(count)
}

async fn erase_one(service: &Service, tx: &mut Tx, reference: &str) -> Result<domain::CaseId> {
    let row = storage::case::find(tx, reference).await?;
    let case = Case::read(&row.ok_or(Error::NotFound)?)?;
    if case.erased_at.is_some() {
        return Ok(case.id);
    }
    let held = Held::lock(service, tx, reference).await?;
    storage::case::erase(tx, &held.case.id, service.now()).await?;
    storage::document::erase(tx, &held.case.id).await?;
    let entry = Entry::new(Side::Clock, None, Happening::Erased);
    held.write(tx, service, &entry).await?;
    Ok(held.id())
}
