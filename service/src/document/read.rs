//! What is shown of documents: to who asked, and to the office.

use domain::{Actor, CaseId, reference::Reference};
use storage::Tx;

use super::{Letter, body_context, list};
use crate::{
    Conflict, Error, Result, Service,
    case::{self, Case, Contact, Paper, Visitor},
};

/// The letters of a case, oldest first, for whoever may see that case: the caller has asked.
pub async fn letters(tx: &mut Tx, case: &CaseId) -> Result<Vec<Letter>> {
    list(tx, case).await
}

/// A letter of one's own case with its PDF.
///
/// Errors: [`Error::NotFound`] when the case or the letter is not theirs, or not there: the same for all;
/// [`Conflict::Gone`] when it is erased.
pub async fn own_file(
    service: &Service,
    tx: &mut Tx,
    visitor: &Visitor,
    reference: Reference,
    code: Reference,
) -> Result<(Letter, Vec<u8>)> {
    let row = storage::case::find(tx, &reference.compact()).await?;
    let case = Case::read(&row.ok_or(Error::NotFound)?)?;
    visitor.owns(&case)?;
    content(service, tx, &case, code).await
}

/// A letter of a case of one's office with its PDF; that the actor opened it is written down.
///
/// Errors: [`Error::NotFound`] for a case of another office, or when it has no such letter; [`Conflict::Gone`].
pub async fn office_file(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    code: Reference,
) -> Result<(Letter, Vec<u8>)> {
    actor.may_enter_office()?;
    let (inner, who) = (service.clone(), actor.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::case::find(tx, &reference.compact()).await?;
                let case = Case::read(&row.ok_or(Error::NotFound)?)?;
                case::handle(&who, &case)?;
                let found = content(&inner, tx, &case, code).await?;
                case::note_look(&inner, tx, &who, &case.id, ("answers", "")).await?;
                Ok(found)
            })
        })
        .await
}

async fn content(
    service: &Service,
    tx: &mut Tx,
    case: &Case,
    code: Reference,
) -> Result<(Letter, Vec<u8>)> {
    let there = list(tx, &case.id).await?;
    let letter = there.into_iter().find(|letter| letter.code == code);
    let letter = letter.ok_or(Error::NotFound)?;
    let sealed = storage::document::body(tx, &letter.id).await?;
    let sealed = sealed.unwrap_or_default();
    if sealed.is_empty() {
        return Err(Error::Conflict(Conflict::Gone));
    }
    let pdf = service
        .keys()
        .open_bytes(&body_context(&letter.id), &sealed)?;
    Ok((letter, pdf))
}

/// Everything that stands on the receipt of a case, as it is now.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The case.
    pub case: Case,
    /// Who asked.
    pub contact: Contact,
    /// How the office is reached.
    pub office_contact: String,
    /// What was answered; `None` for a case without a form.
    pub paper: Option<Paper>,
}

/// The receipt of one's own case. Errors: [`Error::NotFound`] when it is not theirs, or not there.
pub async fn receipt(
    service: &Service,
    tx: &mut Tx,
    visitor: &Visitor,
    reference: Reference,
) -> Result<Receipt> {
    let row = storage::case::find(tx, &reference.compact()).await?;
    let row = row.ok_or(Error::NotFound)?;
    let case = Case::read(&row)?;
    visitor.owns(&case)?;
    let office = storage::office::find(tx, &case.office).await?;
    let attached = case::attached(tx, &case.id).await?;
    Ok(Receipt {
        contact: case::person(service, &case.id, &row.contact)?.contact,
        office_contact: office.map_or_else(String::new, |office| office.contact),
        paper: case::handed_in(service, tx, &case.id, &attached).await?,
        case,
    })
}
