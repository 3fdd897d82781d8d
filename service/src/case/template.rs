//! Texts that an office writes again and again.

use domain::{Actor, OfficeId, case as rules};
use storage::{Tx, case::TemplateRow};

use crate::{Error, Result, Service};

/// Most templates of an office.
const MOST: usize = 100;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its identity.
    pub id: String,
    /// Under what it is found.
    pub title: String,
    /// The text.
    pub body: String,
}

/// The templates of an office by title; for its officers.
pub async fn templates(tx: &mut Tx, actor: &Actor, office: &OfficeId) -> Result<Vec<Template>> {
    actor.may_handle(office)?;
    let rows = storage::case::templates(tx, office).await?;
    Ok(rows
        .into_iter()
        .map(|row| Template {
            id: row.id,
            title: row.title,
            body: row.body,
        })
        .collect())
}

/// Adds a template to an office, or changes the one with this identity. Its identity.
///
/// Errors: fields `title` and `body`; [`Error::NotFound`] when the office has none of this identity;
/// [`crate::Conflict::Taken`] when it has 100 already.
pub async fn put_template(
    service: &Service,
    actor: &Actor,
    office: &OfficeId,
    id: Option<&str>,
    (title, body): (&str, &str),
) -> Result<String> {
    let permit = actor.may_handle(office)?;
    let template = rules::template(title, body)?;
    let is_new = id.is_none();
    let row = TemplateRow {
        id: id.map_or_else(|| service.id(), str::to_owned),
        office_id: office.to_string(),
        title: template.title,
        body: template.body,
    };
    let (office, now) = (office.clone(), service.now());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let there = storage::case::templates(tx, &office).await?;
                if is_new && there.len() >= MOST {
                    return Err(Error::Conflict(crate::Conflict::Taken));
                }
                if !is_new && there.iter().all(|one| one.id != row.id) {
                    return Err(Error::NotFound);
                }
                storage::case::put_template(tx, &row, permit.by(), now).await?;
                Ok(row.id)
            })
        })
        .await
}

/// Removes a template. Errors: [`Error::NotFound`] when it is not there or of another office.
pub async fn remove_template(service: &Service, actor: &Actor, id: &str) -> Result<OfficeId> {
    actor.may_enter_office()?;
    let (who, id) = (actor.clone(), id.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::case::find_template(tx, &id)
                    .await?
                    .ok_or(Error::NotFound)?;
                let office = OfficeId::new(row.office_id);
                who.may_handle(&office).map_err(|_| Error::NotFound)?;
                storage::case::remove_template(tx, &id).await?;
                Ok(office)
            })
        })
        .await
}
