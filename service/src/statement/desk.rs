//! What lies before a person who judges statements.

use domain::{
    AccountId, Actor, ConsultationId,
    consultation::Consultation,
    statement::{
        Statement,
        routing::{self, Candidate},
    },
};
use storage::{
    Tx,
    statement::{OnDesk, Totals},
};

use super::list::shown;
use crate::{Error, Result, Service, chance};

/// The page on which statements are judged, as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// How far they have come.
    pub progress: Progress,
    /// The statement before them: the one asked for, else the one that comes next; `None` when all are judged.
    pub statement: Option<Statement>,
    /// Whether they know what judging is: they have judged a statement, here or in another consultation.
    pub practised: bool,
}

/// How far the judging of one person has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Public statements.
    pub whole: i64,
    /// Of these judged by the person.
    pub mine: i64,
}

/// What lies before a person who judges statements. One statement of SQL.
///
/// `number` asks for one statement, to change one's mind; an unknown one is [`Error::NotFound`]. Else comes one that they
/// have not judged: the first of the pinned ones; then for a member one drawn in proportion to the priorities, the same
/// until they have judged it; for everybody else the one with the highest priority, the same for all. See [`routing`].
pub async fn desk(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
    number: Option<i64>,
) -> Result<Desk> {
    let account = actor.account();
    let all = storage::statement::desk(tx, &consultation.id, account).await?;
    let mine = all.iter().filter(|one| one.found.mine.is_some()).count();
    let progress = Progress {
        whole: small(all.len()),
        mine: small(mine),
    };
    let practised = all.first().is_some_and(|one| one.practised);
    let next = match number {
        Some(number) => Some(number),
        None => next(&all, account, &consultation.id),
    };
    let now = service.now();
    let statement = all
        .into_iter()
        .find(|one| Some(one.found.number) == next)
        .map(|one| shown(one.found, consultation, now));
    if number.is_some() && statement.is_none() {
        return Err(Error::NotFound);
    }
    Ok(Desk {
        progress,
        statement,
        practised,
    })
}

fn small(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn next(all: &[OnDesk], account: Option<&AccountId>, consultation: &ConsultationId) -> Option<i64> {
    let left: Vec<Candidate> = all
        .iter()
        .filter(|one| one.found.mine.is_none())
        .map(|one| Candidate {
            number: one.found.number,
            pin: one.pin,
            counts: one.found.counts,
            extremity: one.extremity,
        })
        .collect();
    match account {
        Some(account) => routing::drawn(&left, seed(account, consultation)),
        None => routing::first(&left),
    }
}

/// What settles the draw: differs between people, and for one person between consultations.
fn seed(account: &AccountId, consultation: &ConsultationId) -> u64 {
    let digest = chance::digest(&format!("{account} {consultation}"));
    u64::from_str_radix(&digest[..16], 16).unwrap_or(0)
}

/// How much was judged in all, once judging is over. One statement of SQL.
pub async fn totals(tx: &mut Tx, consultation: &Consultation) -> Result<Totals> {
    Ok(storage::statement::totals(tx, &consultation.id).await?)
}
