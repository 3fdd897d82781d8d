//! Handing in at once what was filled in on a phone, with or without a network, under a key that the phone has made.

use std::collections::BTreeSet;

use domain::{
    FileId,
    form::{Draft, Kind},
};
use storage::{Tx, form::NewDraft};

use super::{
    Filling, Hand, Sent,
    filling::{DAYS, Halt, known_upload},
    save::size_of,
    send::{Fresh, hand_in, read, tell},
};
use crate::{Conflict, Error, Result, Service, limit};

/// Something that is filled in, as a phone has it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The form's word.
    pub form: String,
    /// The version that was filled in.
    pub version: u32,
    /// Made on the phone, or that of what was begun here: the same key is handed in once. 16 to 100 characters.
    pub key: String,
    /// What was typed. A file is named by its identity: uploaded before, or one of what was begun here.
    pub draft: Draft,
}

/// Why nothing of it was stored.
enum Stop {
    NotReady,
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<storage::Error> for Stop {
    fn from(error: storage::Error) -> Self {
        Self::Error(error.into())
    }
}

/// Hands in everything at once. The same key again gives the same number again, in one moment or after a year.
///
/// It is judged by the version that was filled in, and taken as long as the service can be asked for. Nothing is stored unless
/// it becomes a case. Errors: [`Error::NotFound`] for a form or a version that is not there and for a key that belongs to
/// something of another; [`Error::Invalid`] for a key that is none; [`Error::TooLarge`], [`Error::TooOften`];
/// [`Conflict::Closed`]; [`Conflict::Stale`] when the key belongs to something else that the owner fills in.
pub async fn send_whole(service: &Service, hand: &Hand, whole: Whole) -> Result<Sent> {
    let now = service.now();
    service.limits().take(limit::FORM, &hand.address, now)?;
    if !(16..=100).contains(&whole.key.len()) {
        return Err(Error::invalid("key", domain::Problem::Malformed));
    }
    if size_of(&whole.draft) > super::save::LARGEST {
        return Err(Error::TooLarge);
    }
    let (inner, hand) = (service.clone(), hand.clone());
    let done = service
        .db()
        .write(move |tx| Box::pin(async move { hand_over(tx, &inner, &hand, whole).await }))
        .await;
    match done {
        Ok((reference, fresh)) => {
            tell(service, fresh).await;
            Ok(Sent::Received(reference))
        }
        Err(Stop::NotReady) => Ok(Sent::NotReady),
        Err(Stop::Error(error)) => Err(error),
    }
}

async fn hand_over(
    tx: &mut Tx,
    service: &Service,
    hand: &Hand,
    whole: Whole,
) -> Result<(domain::reference::Reference, Fresh), Stop> {
    // Also when this phone has lost its cookie since: whoever has the key has sent it.
    if let Some(reference) = storage::form::reference(tx, &whole.key).await? {
        return Ok((read(&reference)?, Fresh::default()));
    }
    let form = super::find_version(tx, &whole.form, whole.version).await?;
    let (now, owner) = (service.now(), hand.owner.as_str());
    let id: String = service.id();
    let new = NewDraft {
        id: &id,
        owner,
        version_id: &form.version_id,
        body: "",
        key: &whole.key,
        at: now,
        expires_at: now.plus_days(DAYS),
    };
    if !storage::form::insert_once(tx, &new).await?
        && let Some(reference) = storage::form::reference(tx, &whole.key).await?
    {
        // Sent at the same moment, which has just ended.
        return Ok((read(&reference)?, Fresh::default()));
    }
    let row = storage::form::get(tx, owner, &whole.key).await?;
    let mut filling = Filling::read(service, tx, row.ok_or(Error::NotFound)?, hand.today).await?;
    if filling.form.version_id != form.version_id {
        return Err(Error::Conflict(Conflict::Stale).into());
    }
    // What is all here can be sent however old it is.
    if filling.halt == Some(Halt::Closed) {
        return Err(Error::Conflict(Conflict::Closed).into());
    }
    filling.draft = whole.draft;
    take_uploads(tx, service, hand, &mut filling).await?;
    match hand_in(tx, service, hand, &filling, None).await? {
        Some(done) => Ok(done),
        None => Err(Stop::NotReady),
    }
}

/// The files of its owner that an answer names become part of it.
async fn take_uploads(
    tx: &mut Tx,
    service: &Service,
    hand: &Hand,
    filling: &mut Filling,
) -> Result<(), Stop> {
    let now = service.now();
    let named: BTreeSet<(String, FileId)> = filling
        .draft
        .values
        .iter()
        .filter(|(path, _)| {
            let question = filling.form.definition.question(path);
            question.is_some_and(|question| matches!(question.kind, Kind::File { .. }))
        })
        .flat_map(|(path, ids)| ids.iter().map(|id| (path.clone(), FileId::new(id))))
        .filter(|(_, id)| !filling.files.contains_key(id))
        .collect();
    for (path, id) in named {
        let row = storage::form::find_upload(tx, hand.owner.as_str(), &id, now).await?;
        let row = row.filter(|row| row.field == path && row.version_id == filling.form.version_id);
        let Some(known) = row.as_ref().and_then(known_upload) else {
            continue;
        };
        storage::form::take_upload(tx, &id, &filling.id, now).await?;
        filling.files.insert(id, known);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
