//! Letters that no longer hold: replaced by another one, or taken back.

use domain::{
    Actor, Invalid,
    case::{Happening, Side},
    document::{State, reason as check_reason},
    reference::Reference,
    text,
};
use storage::Tx;

use super::{
    Letter,
    issue::{Order, key_hash, put},
    list,
};
use crate::{
    Conflict, Error, Result, Service, audit,
    case::{self, Entry, Held},
};

/// Most characters of a name.
pub const NAME: u32 = 120;

/// Why a letter is replaced, and what is put right with it.
#[derive(Clone, Copy, Debug)]
pub struct Correction<'a> {
    /// 10 to 1,000 characters that everybody may read.
    pub reason: &'a str,
    /// The name of who asked, as it is from now on in the case and its letters; empty where it was right.
    pub name: &'a str,
}

/// Issues a new letter in the place of the one with this `code`, from the case and the template as they are now. Sent twice is
/// once. `verify_at` and `key` as for [`super::issue()`].
///
/// Errors: fields `reason` and `name`; [`Error::NotFound`] for a case of another office, or when it has no such letter;
/// [`Conflict::Stale`] when the letter no longer holds, [`Conflict::Gone`] when what is personal is erased.
pub async fn replace(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    code: Reference,
    right: Correction<'_>,
    (verify_at, key): (&str, &str),
) -> Result<Letter> {
    actor.may_enter_office()?;
    let (reason, name) = checked(right)?;
    let (verify_at, key) = (verify_at.to_owned(), key.to_owned());
    let (inner, who) = (service.clone(), actor.clone());
    let (letter, news) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let held = Held::lock(&inner, tx, &reference.compact()).await?;
                let permit = case::handle(&who, &held.case)?;
                if storage::document::is_sent(tx, &key_hash(&held, &key)).await? {
                    let there = list(tx, &held.case.id).await?;
                    storage::case::unlock(tx, &held.case.id).await?;
                    return Ok((there.last().cloned().ok_or(Error::NotFound)?, None));
                }
                let old = holding(tx, &held, code).await?;
                let now = inner.now();
                if !storage::document::replace(tx, &old.id, &reason, now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let id = &held.case.id;
                let is_renamed =
                    !name.is_empty() && case::correct_name(&inner, tx, id, &name).await?;
                let order = Order {
                    verify_at,
                    key,
                    replaces: Some((old.clone(), reason.clone())),
                };
                let letter = put(&inner, tx, &held, &who, order).await?;
                storage::document::name_next(tx, &old.id, &letter.id).await?;
                let entry = Entry {
                    detail: &letter.mark(),
                    text: &reason,
                    ..Entry::new(Side::Office, permit.by(), Happening::LetterReplaced)
                };
                held.write(tx, &inner, &entry).await?;
                let renamed = if is_renamed { ", name corrected" } else { "" };
                let detail = format!("{} -> {}{renamed}", old.number, letter.number);
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    "document.replace",
                    &old.id,
                    &detail,
                )
                .await?;
                held.tell_applicant(tx, &inner).await?;
                Ok::<_, Error>((letter, Some(held.id())))
            })
        })
        .await?;
    if let Some(id) = news {
        case::tell(service, id).await;
    }
    Ok(letter)
}

/// Takes the letter with this `code` back. Taken back twice is once. `reason` may be read by everybody.
///
/// Errors: field `reason`; [`Error::NotFound`] for a case of another office, or when it has no such letter;
/// [`Conflict::Stale`] when it was replaced.
pub async fn revoke(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    code: Reference,
    reason: &str,
) -> Result<()> {
    actor.may_enter_office()?;
    let reason = check_reason(reason)?;
    let (inner, who) = (service.clone(), actor.clone());
    let news = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let held = Held::lock(&inner, tx, &reference.compact()).await?;
                let permit = case::handle(&who, &held.case)?;
                let letter = of_case(tx, &held, code).await?;
                if letter.state == State::Revoked {
                    storage::case::unlock(tx, &held.case.id).await?;
                    return Ok(None);
                }
                let now = inner.now();
                if !storage::document::revoke(tx, &letter.id, &reason, permit.by(), now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let entry = Entry {
                    detail: &letter.mark(),
                    // Of an erased case the reason stands with the letter alone.
                    text: if held.case.erased_at.is_some() {
                        ""
                    } else {
                        &reason
                    },
                    ..Entry::new(Side::Office, permit.by(), Happening::LetterRevoked)
                };
                held.write(tx, &inner, &entry).await?;
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    "document.revoke",
                    &letter.id,
                    &letter.number,
                )
                .await?;
                held.tell_applicant(tx, &inner).await?;
                Ok::<_, Error>(Some(held.id()))
            })
        })
        .await?;
    if let Some(id) = news {
        case::tell(service, id).await;
    }
    Ok(())
}

/// The reason and the name as they are kept, or all that is wrong with them.
fn checked(right: Correction<'_>) -> Result<(String, String)> {
    let mut invalid = Invalid::default();
    let reason = check_reason(right.reason).unwrap_or_else(|wrong| {
        invalid = wrong;
        String::new()
    });
    let name = match right.name.trim() {
        "" => String::new(),
        name => invalid
            .take("name", text::line(name, 1, NAME))
            .unwrap_or_default(),
    };
    invalid.check()?;
    Ok((reason, name))
}

async fn of_case(tx: &mut Tx, held: &Held, code: Reference) -> Result<Letter> {
    let there = list(tx, &held.case.id).await?;
    there
        .into_iter()
        .find(|letter| letter.code == code)
        .ok_or(Error::NotFound)
}

async fn holding(tx: &mut Tx, held: &Held, code: Reference) -> Result<Letter> {
    let letter = of_case(tx, held, code).await?;
    if letter.ended_at.is_some() {
        return Err(Error::Conflict(Conflict::Stale));
    }
    Ok(letter)
}
