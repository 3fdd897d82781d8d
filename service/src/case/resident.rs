//! What the applicant does with a case, from wherever they are: with the account, by reference, or at the counter.

use domain::{
    AccountId,
    case::{self as rules, Happening, Move, Side},
    reference::Reference,
};

use super::{
    attach,
    clock::{Count, tell},
    deed::{handle, once, stuck},
    held::{Entry, Held},
    proof::Visitor,
};
use crate::{Error, Result, Service, file::Upload, form::Content, limit, notice::Kind};

/// A deed of the applicant.
#[derive(Clone, Debug)]
struct Deed {
    kind: Happening,
    moves: Option<Move>,
    text: String,
    files: Vec<Content>,
    key: String,
    at_desk: bool,
}

/// Answers what the city asked, with files or without; the clock goes on. With `at_desk` an officer writes down what the
/// applicant says at the counter, and takes their papers.
///
/// Errors: fields `message` and `files`; [`Error::NotFound`]; [`crate::Conflict::Incomplete`] when nothing is asked,
/// [`crate::Conflict::Decided`]; [`Error::TooOften`].
pub async fn answer(
    service: &Service,
    visitor: &Visitor,
    reference: Reference,
    (text, files): (&str, Vec<Upload>),
    at_desk: bool,
    key: &str,
) -> Result<()> {
    let deed = Deed {
        kind: Happening::Answered,
        moves: Some(Move::Answer),
        text: rules::message_with(text, !files.is_empty())?,
        files: clean(service, visitor, reference, files, at_desk).await?,
        key: key.to_owned(),
        at_desk,
    };
    act(service, visitor, reference, deed).await
}

/// Writes to the office, with files or without. Errors: fields `message` and `files`; [`Error::NotFound`], [`Error::TooOften`].
pub async fn write(
    service: &Service,
    visitor: &Visitor,
    reference: Reference,
    (text, files): (&str, Vec<Upload>),
    key: &str,
) -> Result<()> {
    let deed = Deed {
        kind: Happening::Message,
        moves: None,
        text: rules::message_with(text, !files.is_empty())?,
        files: clean(service, visitor, reference, files, false).await?,
        key: key.to_owned(),
        at_desk: false,
    };
    act(service, visitor, reference, deed).await
}

/// Takes the case back. Errors: [`Error::NotFound`], [`crate::Conflict::Decided`] when it is closed.
pub async fn withdraw(
    service: &Service,
    visitor: &Visitor,
    reference: Reference,
    key: &str,
) -> Result<()> {
    let deed = Deed {
        kind: Happening::Withdrawn,
        moves: Some(Move::Withdraw),
        text: String::new(),
        files: Vec::new(),
        key: key.to_owned(),
        at_desk: false,
    };
    act(service, visitor, reference, deed).await
}

/// Whose messages are counted: the account's, or those of the case.
fn who(visitor: &Visitor, reference: Reference) -> String {
    visitor
        .actor
        .account()
        .map_or_else(|| reference.compact(), AccountId::to_string)
}

/// What is kept of the files, once it is clear that the case is the sender's: looking at pictures is work.
async fn clean(
    service: &Service,
    visitor: &Visitor,
    reference: Reference,
    files: Vec<Upload>,
    at_desk: bool,
) -> Result<Vec<Content>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let case = attach::case_of(service, reference).await?;
    if at_desk {
        handle(&visitor.actor, &case)?;
    } else {
        visitor.owns(&case)?;
    }
    attach::clean(service, &who(visitor, reference), files).await
}

async fn act(service: &Service, visitor: &Visitor, reference: Reference, deed: Deed) -> Result<()> {
    let compact = reference.compact();
    let who = who(visitor, reference);
    service.limits().take(limit::CASE, &who, service.now())?;
    let (inner, visitor) = (service.clone(), visitor.clone());
    let done = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut held = Held::lock(&inner, tx, &compact).await?;
                let by = if deed.at_desk {
                    handle(&visitor.actor, &held.case)?.by().cloned()
                } else {
                    visitor.owns(&held.case)?
                };
                held.check_key(tx, &deed.key).await?;
                if let Some(moves) = deed.moves {
                    let case = &mut held.case;
                    case.status = case.status.after(moves, case.outcome).map_err(stuck)?;
                    if moves == Move::Answer && case.deadline.waits_since().is_some() {
                        let resumed = case.deadline.resume(inner.now());
                        resumed.map_err(|_| Error::Conflict(crate::Conflict::Stale))?;
                    }
                    if moves == Move::Withdraw {
                        held.close(&inner);
                        storage::payment::withdraw_of_case(tx, &held.case.id, inner.now()).await?;
                    }
                    let count = Count::load(tx).await?;
                    held.save(tx, &inner, &count).await?;
                }
                let entry = Entry {
                    text: &deed.text,
                    detail: if deed.at_desk { "desk" } else { "" },
                    key: &deed.key,
                    ..Entry::new(Side::Applicant, by.as_ref(), deed.kind)
                };
                held.write(tx, &inner, &entry).await?;
                attach::keep(&inner, tx, &held, &deed.files).await?;
                if !deed.at_desk {
                    held.tell_office(tx, &inner, Kind::CaseWritten, false)
                        .await?;
                }
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
