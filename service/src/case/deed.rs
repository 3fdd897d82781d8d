//! What officers do with a case.

use std::pin::Pin;

use domain::{
    AccountId, Actor, Permit, Problem, Refusal,
    actor::Handle,
    case::{self as rules, Happening, Move, Side},
    deadline,
    reference::Reference,
};

use super::{
    Case, attach,
    clock::{Count, missing, tell},
    held::{Entry, Held},
};
use crate::{Conflict, Error, Result, Service, file::Upload, notice::Kind};

/// Most cases that are given to somebody at once.
pub const AT_ONCE: usize = 200;

/// The right to work on a case; where there is none, it is as if the case were not there.
pub(crate) fn handle(actor: &Actor, case: &Case) -> Result<Permit<Handle>> {
    actor
        .may_handle(&case.office)
        .map_err(|refusal| match refusal {
            Refusal::SignIn => Error::SignIn,
            Refusal::Forbidden => Error::NotFound,
        })
}

/// Sent twice is once.
pub(super) fn once(done: Result<()>) -> Result<()> {
    match done {
        Err(Error::Conflict(Conflict::Taken)) => Ok(()),
        other => other,
    }
}

/// What a step of the office is: the deed, its text, its key and what its page saw.
#[derive(Clone, Debug)]
struct Step {
    deed: Move,
    text: String,
    seen: i64,
    key: String,
}

/// The case is complete and waits for the decision. `seen` is the revision that the page showed, `key` the form's own.
///
/// Errors: [`Conflict::Stale`] when something happened since, [`Conflict::Decided`] when it is closed,
/// [`Conflict::Incomplete`] when it is not at this step; [`Error::NotFound`] for a case of another office.
pub async fn check(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    seen: i64,
    key: &str,
) -> Result<()> {
    step(service, actor, reference, Move::Check, "", seen, key).await
}

/// Asks the applicant for something; the clock stands from now on, where the law says so. Errors as [`check`], and field
/// `question`.
pub async fn ask(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    question: &str,
    seen: i64,
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let question = rules::question(question)?;
    step(service, actor, reference, Move::Ask, &question, seen, key).await
}

/// Decides, with a reason that the applicant reads. Errors as [`check`], and fields `outcome` and `reason`.
pub async fn decide(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    (outcome, reason): (&str, &str),
    seen: i64,
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let decision = rules::decision(outcome, reason)?;
    let deed = Move::Decide(decision.outcome);
    step(service, actor, reference, deed, &decision.reason, seen, key).await
}

/// What was granted was handed out. Errors as [`check`].
pub async fn hand_out(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    seen: i64,
    key: &str,
) -> Result<()> {
    step(service, actor, reference, Move::HandOut, "", seen, key).await
}

async fn step(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    deed: Move,
    text: &str,
    seen: i64,
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let step = Step {
        deed,
        text: text.to_owned(),
        seen,
        key: key.to_owned(),
    };
    change(service, actor, reference, move |inner, tx, held, permit| {
        Box::pin(async move {
            held.check_key(tx, &step.key).await?;
            held.check_seen(step.seen)?;
            move_on(&inner, held, step.deed, &permit)?;
            let count = Count::load(tx).await?;
            held.save(tx, &inner, &count).await?;
            let entry = Entry {
                text: &step.text,
                detail: match step.deed {
                    Move::Decide(outcome) => outcome.word(),
                    _ => "",
                },
                key: &step.key,
                ..Entry::new(Side::Office, permit.by(), step.deed.happening())
            };
            held.write(tx, &inner, &entry).await?;
            held.tell_applicant(tx, &inner).await
        })
    })
    .await
}

/// The rule of a step of the office, and what follows from it for the clock.
fn move_on(service: &Service, held: &mut Held, deed: Move, permit: &Permit<Handle>) -> Result<()> {
    let case = &mut held.case;
    case.status = case.status.after(deed, case.outcome).map_err(stuck)?;
    // Who takes a step works on the case.
    if case.handler.is_none() {
        case.handler = permit.by().cloned();
    }
    match deed {
        Move::Ask if case.deadline.limit.pauses => {
            let paused = case.deadline.pause(service.now());
            paused.map_err(|_| Error::Conflict(Conflict::Stale))?;
        }
        Move::Decide(outcome) => {
            case.outcome = Some(outcome);
            // What is granted is open until it is handed out, but the clock has stopped.
            held.close(service);
        }
        Move::HandOut => held.close(service),
        _ => {}
    }
    Ok(())
}

pub(super) const fn stuck(why: rules::Stuck) -> Error {
    Error::Conflict(match why {
        rules::Stuck::Closed => Conflict::Decided,
        rules::Stuck::NotNow => Conflict::Incomplete,
    })
}

/// Writes to the applicant, with files or without. Errors: fields `message` and `files`; [`Error::NotFound`],
/// [`Error::TooOften`].
pub async fn reply(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    (message, files): (&str, Vec<Upload>),
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let text = rules::message_with(message, !files.is_empty())?;
    let who = actor.account().map_or("system", AccountId::as_str);
    if !files.is_empty() {
        handle(actor, &attach::case_of(service, reference).await?)?;
    }
    let files = attach::clean(service, who, files).await?;
    let key = key.to_owned();
    change(service, actor, reference, move |inner, tx, held, permit| {
        Box::pin(async move {
            held.check_key(tx, &key).await?;
            let entry = Entry {
                text: &text,
                key: &key,
                ..Entry::new(Side::Office, permit.by(), Happening::Message)
            };
            held.write(tx, &inner, &entry).await?;
            attach::keep(&inner, tx, held, &files).await?;
            held.tell_applicant(tx, &inner).await
        })
    })
    .await
}

/// Writes a note that stays in the office. Errors: field `note`; [`Error::NotFound`].
pub async fn note(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    note: &str,
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let (text, key) = (rules::note(note)?, key.to_owned());
    change(service, actor, reference, move |inner, tx, held, permit| {
        Box::pin(async move {
            held.check_key(tx, &key).await?;
            let entry = Entry {
                text: &text,
                key: &key,
                ..Entry::new(Side::Office, permit.by(), Happening::Note)
            };
            held.write(tx, &inner, &entry).await
        })
    })
    .await
}

/// Extends the limit, once, with a reason that the applicant reads.
///
/// Errors as [`check`]; fields `reason` and `holidays` ([`Problem::Unknown`]: the new due date would lie in a year without
/// a table); [`Conflict::SwitchedOff`] when the law knows no extension, [`Conflict::Answered`] when there was one,
/// [`Conflict::Closed`] when the limit has passed.
pub async fn extend(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    reason: &str,
    seen: i64,
    key: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let (reason, key) = (reason.to_owned(), key.to_owned());
    change(service, actor, reference, move |inner, tx, held, permit| {
        Box::pin(async move {
            held.check_key(tx, &key).await?;
            held.check_seen(seen)?;
            if !held.case.status.is_open() {
                return Err(Error::Conflict(Conflict::Decided));
            }
            let count = Count::load(tx).await?;
            let (calendar, zone) = (&count.calendar, &count.zone);
            let extended = held
                .case
                .deadline
                .extend(&reason, inner.now(), calendar, zone);
            extended.map_err(not_extended)?;
            // The steps are told anew for the new date.
            held.told = 0;
            held.save(tx, &inner, &count).await?;
            let reason = held.case.deadline.extension.as_ref();
            let text = reason.map_or(String::new(), |e| e.reason.clone());
            let entry = Entry {
                text: &text,
                key: &key,
                ..Entry::new(Side::Office, permit.by(), Happening::Extended)
            };
            held.write(tx, &inner, &entry).await?;
            held.tell_applicant(tx, &inner).await
        })
    })
    .await
}

fn not_extended(error: deadline::Error) -> Error {
    if missing(&error).is_some() {
        return Error::invalid("holidays", Problem::Unknown);
    }
    match error {
        deadline::Error::Reason(problem) => Error::invalid("reason", problem),
        deadline::Error::NoExtension => Error::Conflict(Conflict::SwitchedOff),
        deadline::Error::Extended => Error::Conflict(Conflict::Answered),
        _ => Error::Conflict(Conflict::Closed),
    }
}

/// Gives cases to an officer of their office, or to nobody. Returns how many changed hands; closed ones are left alone.
///
/// Errors: field `cases` ([`Problem::Missing`], [`Problem::TooMany`]); field `handler` ([`Problem::Unknown`]) when the
/// person is no officer of the office of one of them; [`Error::NotFound`]: then nothing is changed.
pub async fn assign(
    service: &Service,
    actor: &Actor,
    references: &[Reference],
    to: Option<&AccountId>,
) -> Result<usize> {
    actor.may_enter_office()?;
    let mut references = references.to_vec();
    references.sort();
    references.dedup();
    if references.is_empty() {
        return Err(Error::invalid("cases", Problem::Missing));
    }
    if references.len() > AT_ONCE {
        let max = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
        return Err(Error::invalid("cases", Problem::TooMany { max }));
    }
    let (inner, who, to) = (service.clone(), actor.clone(), to.cloned());
    let changed: Vec<domain::CaseId> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let officers = storage::case::officers(tx).await?;
                let mut changed = Vec::new();
                for reference in references {
                    let compact = reference.compact();
                    let row = storage::case::find(tx, &compact).await?;
                    let case = Case::read(&row.ok_or(Error::NotFound)?)?;
                    let permit = handle(&who, &case)?;
                    let name = name_of(&officers, &case, to.as_ref())?;
                    if !case.status.is_open() || case.handler == to {
                        continue;
                    }
                    let mut held = Held::lock(&inner, tx, &compact).await?;
                    held.case.handler.clone_from(&to);
                    let count = Count::load(tx).await?;
                    held.save(tx, &inner, &count).await?;
                    let entry = Entry {
                        detail: name,
                        ..Entry::new(Side::Office, permit.by(), Happening::Assigned)
                    };
                    held.write(tx, &inner, &entry).await?;
                    if to.is_some() && permit.by() != to.as_ref() {
                        held.tell_office(tx, &inner, Kind::CaseAssigned, false)
                            .await?;
                    }
                    changed.push(held.id());
                }
                Ok::<_, Error>(changed)
            })
        })
        .await?;
    let count = changed.len();
    for id in changed {
        tell(service, id).await;
    }
    Ok(count)
}

/// The name of the officer who is to work on a case of their office; empty for nobody.
fn name_of<'o>(
    officers: &'o [(String, String, String)],
    case: &Case,
    to: Option<&AccountId>,
) -> Result<&'o str> {
    let Some(to) = to else { return Ok("") };
    officers
        .iter()
        .find(|(office, account, _)| office == case.office.as_str() && account == to.as_str())
        .map(|(_, _, name)| name.as_str())
        .ok_or_else(|| Error::invalid("handler", Problem::Unknown))
}

/// A deed under way.
type Doing<'t> = Pin<Box<dyn Future<Output = Result<()>> + Send + 't>>;

/// What a deed does with the case that it holds.
type Work = dyn for<'t> FnOnce(Service, &'t mut storage::Tx, &'t mut Held, Permit<Handle>) -> Doing<'t>
    + Send;

/// Holds a case for an officer of its office, does the work, and tells that something happened.
async fn change<F>(service: &Service, actor: &Actor, reference: Reference, work: F) -> Result<()>
where
    F: for<'t> FnOnce(Service, &'t mut storage::Tx, &'t mut Held, Permit<Handle>) -> Doing<'t>
        + Send
        + 'static,
{
    let work: Box<Work> = Box::new(work);
    let (inner, who) = (service.clone(), actor.clone());
    let done = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut held = Held::lock(&inner, tx, &reference.compact()).await?;
                let permit = handle(&who, &held.case)?;
                work(inner, tx, &mut held, permit).await?;
                Ok(held.id())
            })
        })
        .await;
    match done {
        Ok(id) => {
            tell(service, id).await;
            Ok(())
        }
        Err(error) => once(Err(error)),
    }
}
