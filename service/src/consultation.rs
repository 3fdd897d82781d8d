//! Consultations: who sees them, and their way from a draft to an answer.

pub(crate) mod author;
mod front;
mod list;
mod publish;
mod question;
mod save;

use domain::{
    Actor, ConsultationId, Role,
    consultation::{Attachment, Change, Consultation, NotOpen, Phase},
};
use storage::Tx;

use crate::{Conflict, Error, Result, Service};

pub use author::{Hanging, hanging, missing, sheet};
pub use front::{Front, Glance, front};
pub use list::*;
pub use publish::{close_early, extend, preview, publish, renew_preview};
pub use question::{Deed, question};
pub use save::{create, differences, save};
pub use storage::consultation::{OnDesk, Sheet};

/// The consultation at this address as `actor` may see it; [`Error::NotFound`] for a draft of an office not theirs.
pub async fn get(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    slug: &str,
) -> Result<Consultation> {
    let found = storage::consultation::find_by_slug(tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    if found.phase(service.now()) == Phase::Draft && actor.may_author(&found.office).is_err() {
        return Err(Error::NotFound);
    }
    Ok(found)
}

/// What everybody may know of the changes of a consultation, the newest first.
pub async fn history(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Change>> {
    Ok(storage::consultation::list_changes(tx, consultation, true).await?)
}

/// All changes of a consultation with what happened before it was public, for its officers; the newest first.
pub async fn whole_history(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Change>> {
    Ok(storage::consultation::list_changes(tx, consultation, false).await?)
}

/// The consultations on an officer's desk, drafts too, the last saved first: those of their offices, or all for administrators.
pub async fn desk(tx: &mut Tx, actor: &Actor) -> Result<Vec<OnDesk>> {
    actor.may_enter_office()?;
    let offices = actor
        .member()
        .filter(|member| member.role != Role::Administrator)
        .map(|member| member.offices.as_slice());
    Ok(storage::consultation::list_for_officers(tx, offices).await?)
}

/// The files of a consultation, in the order its office gave them.
pub async fn attachments(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Attachment>> {
    Ok(storage::consultation::list_attachments(tx, consultation).await?)
}

impl From<NotOpen> for Error {
    fn from(reason: NotOpen) -> Self {
        match reason {
            // A draft is not to be seen by those who would take part.
            NotOpen::Draft => Self::NotFound,
            NotOpen::NotYet => Self::Conflict(Conflict::NotYetOpen),
            NotOpen::Closed => Self::Conflict(Conflict::Closed),
        }
    }
}

#[cfg(test)]
mod tests;
