//! Files that come from a phone piece by piece, so that a lost network costs one piece at most.
//!
//! A file is announced with its size and its digest under a key that the phone has made, comes in pieces from the place where
//! it ends so far, and is looked at like any other once it is whole. Until it is part of something that is filled in it
//! belongs to its owner alone, is sealed, and is thrown away after [`DAYS`].

use domain::{
    FileId,
    form::{Definition, Fault, FileKind, Kind},
};
use storage::form::NewUpload;

use super::{
    Content, FILE_BYTES, Hand,
    file::{clean, context},
    filling::word_of,
    parse,
    save::store,
};
use crate::{Conflict, Error, Result, Service, chance, file::Upload as Raw, limit};

/// Most bytes of a piece.
pub const CHUNK: usize = 256 * 1024;
/// Days for which a file waits to become part of something.
const DAYS: i64 = 3;
/// Most bytes that one owner may have on their way.
const OWN: i64 = 60 * 1024 * 1024;
/// Most bytes that all together may have on their way.
const ALL: i64 = 4 * 1024 * 1024 * 1024;

/// A file that a phone wants to send.
#[derive(Clone, Debug)]
pub struct Announced {
    /// The form's word.
    pub form: String,
    /// The version that is filled in.
    pub version: u32,
    /// The path of the question.
    pub path: String,
    /// Made on the phone, 16 to 100 characters: the same key is the same file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub size: usize,
    /// SHA-256 of all of it, as hexadecimal.
    pub digest: String,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its identity.
    pub id: FileId,
    /// Bytes that are here: the next piece begins there.
    pub received: usize,
    /// Whether it is whole, was looked at and is taken.
    pub is_whole: bool,
}

/// What became of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is kept.
    Kept(Progress),
    /// It begins in the wrong place: nothing was kept.
    Elsewhere(Progress),
    /// The file is whole and is not taken, in a form's own words; nothing of it was kept.
    Refused {
        /// The form's word.
        form: String,
        /// Its version.
        version: u32,
        /// The path of the question.
        path: String,
        /// Why.
        fault: Fault,
    },
}

impl Progress {
    fn of(row: &storage::form::Upload) -> Self {
        Self {
            id: FileId::new(&row.id),
            received: usize::try_from(row.received).unwrap_or(0),
            is_whole: row.kind.is_some(),
        }
    }
}

fn part_context(id: &FileId, start: i64) -> String {
    format!("form_upload:{id}:{start}")
}

/// What a question says of its files.
fn rules<'a>(definition: &'a Definition, path: &str) -> Result<(&'a [FileKind], u32, u16)> {
    match definition.question(path).map(|found| &found.kind) {
        Some(Kind::File { kinds, max_kb, max }) => Ok((&kinds[..], *max_kb, *max)),
        _ => Err(Error::NotFound),
    }
}

/// Announces a file, or finds the one that was announced with the same key; the inner error says why it is not wanted.
///
/// Errors: [`Error::NotFound`] for a question that takes no files, [`Error::Invalid`] for a key or a digest that is none,
/// [`Error::TooOften`], [`Error::TooLarge`] when the owner has too much on its way, [`Error::Full`] when all together have.
pub async fn announce(
    service: &Service,
    hand: &Hand,
    file: Announced,
) -> Result<std::result::Result<Progress, Fault>> {
    let now = service.now();
    service
        .limits()
        .take(limit::FORM_FILE, &hand.address, now)?;
    let is_digest = file.digest.len() == 64 && file.digest.bytes().all(|b| b.is_ascii_hexdigit());
    if !(16..=100).contains(&file.key.len()) || !is_digest || file.size == 0 {
        return Err(Error::invalid("key", domain::Problem::Malformed));
    }
    let (inner, owner) = (service.clone(), hand.owner.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let owner = owner.as_str();
                storage::form::sweep_uploads(tx, now).await?;
                if let Some(row) = storage::form::upload_by_key(tx, owner, &file.key).await? {
                    return Ok(Ok(Progress::of(&row)));
                }
                let form = super::find_version(tx, &file.form, file.version).await?;
                let (_, max_kb, _) = rules(&form.definition, &file.path)?;
                let most = FILE_BYTES.min(max_kb as usize * 1_024);
                let name: String = file
                    .name
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(200)
                    .collect();
                if file.size > most {
                    let max_kb = u32::try_from(most / 1_024).unwrap_or(max_kb);
                    return Ok(Err(Fault::FileTooLarge { name, max_kb }));
                }
                let size = i64::try_from(file.size).map_err(|_| Error::TooLarge)?;
                if storage::form::uploads_of(tx, owner).await? + size > OWN {
                    return Err(Error::TooLarge);
                }
                if storage::form::uploads_of_all(tx).await? + size > ALL {
                    return Err(Error::Full);
                }
                let new = NewUpload {
                    id: &inner.id(),
                    owner,
                    key: &file.key,
                    version_id: &form.version_id,
                    field: &file.path,
                    name: &name,
                    size,
                    digest: &file.digest.to_ascii_lowercase(),
                    at: now,
                    expires_at: now.plus_days(DAYS),
                };
                storage::form::insert_upload(tx, &new).await?;
                let row = storage::form::upload_by_key(tx, owner, &file.key).await?;
                Ok(Ok(Progress::of(&row.ok_or(Error::NotFound)?)))
            })
        })
        .await
}

/// How far an owner's file is. Errors: [`Error::NotFound`], also for one whose time is over.
pub async fn progress(service: &Service, hand: &Hand, id: &FileId) -> Result<Progress> {
    let mut tx = service.read().await?;
    let now = service.now();
    let row = storage::form::find_upload(&mut tx, hand.owner.as_str(), id, now).await?;
    Ok(Progress::of(&row.ok_or(Error::NotFound)?))
}

/// Keeps the piece of a file that begins at `start`. The last one makes it whole: then size and digest must be those that
/// were announced, and it goes through what every file goes through.
///
/// Errors: [`Error::NotFound`], also for a file whose time is over; [`Error::TooLarge`] for a piece of more than [`CHUNK`] or
/// beyond the announced end; [`Error::TooOften`].
pub async fn append(
    service: &Service,
    hand: &Hand,
    id: &FileId,
    start: usize,
    bytes: Vec<u8>,
) -> Result<Step> {
    let now = service.now();
    service
        .limits()
        .take(limit::FORM_PART, &hand.address, now)?;
    if bytes.len() > CHUNK {
        return Err(Error::TooLarge);
    }
    let (inner, owner, own) = (service.clone(), hand.owner.clone(), id.clone());
    let (kept, is_kept) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let find = storage::form::find_upload(tx, owner.as_str(), &own, now).await?;
                let mut row = find.ok_or(Error::NotFound)?;
                let here = i64::try_from(start).map_err(|_| Error::TooLarge)?;
                let length = i64::try_from(bytes.len()).map_err(|_| Error::TooLarge)?;
                if row.kind.is_some() || row.received != here {
                    return Ok((row, false));
                }
                if here + length > row.size {
                    return Err(Error::TooLarge);
                }
                if length > 0 {
                    let sealed = inner.keys().seal_bytes(&part_context(&own, here), &bytes);
                    if !storage::form::append_part(tx, &own, here, length, sealed).await? {
                        return Ok((row, false));
                    }
                }
                row.received += length;
                Ok::<_, Error>((row, true))
            })
        })
        .await?;
    if kept.kind.is_none() && kept.received == kept.size {
        return finish(service, id, kept).await;
    }
    let progress = Progress::of(&kept);
    Ok(if is_kept {
        Step::Kept(progress)
    } else {
        Step::Elsewhere(progress)
    })
}

/// Looks at a file of which every piece is here. Done twice it gives the same.
async fn finish(service: &Service, id: &FileId, row: storage::form::Upload) -> Result<Step> {
    let mut tx = service.read().await?;
    let parts = storage::form::list_parts(&mut tx, id).await?;
    drop(tx);
    let mut bytes = Vec::with_capacity(usize::try_from(row.size).unwrap_or(0));
    for part in parts {
        let piece = service
            .keys()
            .open_bytes(&part_context(id, part.start), &part.body)?;
        bytes.extend_from_slice(&piece);
    }
    let definition: Definition = parse(&row.definition)?;
    let (kinds, max_kb, _) = rules(&definition, &row.field)?;
    let looked_at = if chance::digest_bytes(&bytes) == row.digest {
        let name = row.name.clone();
        clean(Raw { name, bytes }, kinds, max_kb).await
    } else {
        // Changed on its way, or not what was announced.
        Err(Fault::FileGone)
    };
    let Content { name, kind, bytes } = match looked_at {
        Ok(content) => content,
        Err(fault) => {
            throw_away(service, id).await?;
            return Ok(Step::Refused {
                form: row.form_key,
                version: definition.version,
                path: row.field,
                fault,
            });
        }
    };
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let sealed = service.keys().seal_bytes(&context(id), &bytes);
    let own = id.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let whole = storage::form::Whole {
                    name: &name,
                    kind: word_of(kind),
                    size,
                    body: sealed,
                };
                Ok::<_, Error>(storage::form::finish_upload(tx, &own, whole).await?)
            })
        })
        .await?;
    Ok(Step::Kept(Progress {
        id: id.clone(),
        received: usize::try_from(row.size).unwrap_or(0),
        is_whole: true,
    }))
}

async fn throw_away(service: &Service, id: &FileId) -> Result<()> {
    let id = id.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(storage::form::delete_upload(tx, &id).await?) })
        })
        .await
}

/// Adds a whole file to the answer at `path` of what its owner is filling in; the inner error says why it is not taken.
///
/// Errors: [`Error::NotFound`] for a file that is not there, not whole, or of another question; as
/// [`attach`](super::attach).
pub async fn attach_upload(
    service: &Service,
    hand: &Hand,
    key: &str,
    path: &str,
    id: &FileId,
) -> Result<std::result::Result<FileId, Fault>> {
    let now = service.now();
    let (inner, hand, key, path, id) = (
        service.clone(),
        hand.clone(),
        key.to_owned(),
        path.to_owned(),
        id.clone(),
    );
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut filling = super::resume(&inner, tx, &hand, &key)
                    .await?
                    .ok_or(Error::NotFound)?;
                filling.must_go_on()?;
                if filling.files.contains_key(&id) {
                    return Ok(Ok(id));
                }
                let row = storage::form::find_upload(tx, hand.owner.as_str(), &id, now).await?;
                let row = row.filter(|row| row.field == path && row.form_key == key);
                let row = row.ok_or(Error::NotFound)?;
                let known = super::filling::known_upload(&row).ok_or(Error::NotFound)?;
                let (_, _, max) = rules(&filling.form.definition, &path)?;
                let item = path.rsplit_once('.').map(|(item, _)| item);
                if item.is_some_and(|item| filling.item(item).is_none()) {
                    return Err(Error::NotFound);
                }
                let given = filling.draft.values.entry(path.clone()).or_default();
                given.retain(|id| filling.files.contains_key(&FileId::new(id)));
                if given.len() >= usize::from(max) {
                    return Ok(Err(Fault::TooMany { max }));
                }
                given.push(id.to_string());
                storage::form::take_upload(tx, &id, &filling.id, now).await?;
                filling.files.insert(id.clone(), known);
                if store(&inner, tx, &mut filling).await? {
                    Ok(Ok(id))
                } else {
                    Err(Error::Conflict(Conflict::Stale))
                }
            })
        })
        .await
}

#[cfg(test)]
mod tests;
