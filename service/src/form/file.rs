//! Files of answers: looked at, cleaned, sealed.

use domain::{
    FileId,
    form::{Fault, FileKind, Kind, Upload as Known},
};
use storage::{Tx, form::NewFile};

use super::{
    Filling, Hand,
    filling::{kind_of, word_of},
    pdf,
    save::{change, store},
};
use crate::{
    Conflict, Error, Result, Service,
    file::{self, Upload, clean_name, picture},
    limit,
};

/// Most bytes of a file, whatever a form allows.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Widest picture as stored: a page of paper stays readable.
const WIDTH: u32 = 2_400;

/// A file as it is shown to somebody who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: FileKind,
    /// What is in it.
    pub bytes: Vec<u8>,
}

pub(super) fn context(id: &FileId) -> String {
    format!("form_file:{id}")
}

/// Adds a file to the answer at `path`.
///
/// The content decides what it is. Pictures are written anew, so that places and whatever hid in them are gone; a PDF must be
/// nothing but a document. The inner error says in a form's own words why a file is not taken; nothing of it was kept then.
///
/// Errors: [`Error::NotFound`] for a question that takes no files, [`Error::TooOften`], [`Conflict::Gone`], [`Conflict::Closed`].
pub async fn attach(
    service: &Service,
    hand: &Hand,
    key: &str,
    path: &str,
    upload: Upload,
) -> Result<std::result::Result<FileId, Fault>> {
    let now = service.now();
    service
        .limits()
        .take(limit::FORM_FILE, &hand.address, now)?;
    let mut tx = service.read().await?;
    let filling = super::resume(service, &mut tx, hand, key)
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    filling.must_go_on()?;
    let question = filling.form.definition.question(path);
    let Some(Kind::File { kinds, max_kb, max }) = question.map(|found| &found.kind) else {
        return Err(Error::NotFound);
    };
    let item = path.rsplit_once('.').map(|(item, _)| item);
    if item.is_some_and(|item| filling.item(item).is_none()) {
        return Err(Error::NotFound);
    }
    let (max_kb, max) = (*max_kb, *max);
    let made = match clean(upload, kinds, max_kb).await {
        Ok(made) => made,
        Err(fault) => return Ok(Err(fault)),
    };
    let id: FileId = service.id();
    let sealed = service.keys().seal_bytes(&context(&id), &made.bytes);
    let (inner, hand, key, path) = (
        service.clone(),
        hand.clone(),
        key.to_owned(),
        path.to_owned(),
    );
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut filling = super::resume(&inner, tx, &hand, &key)
                    .await?
                    .ok_or(Error::NotFound)?;
                filling.must_go_on()?;
                let given = filling.draft.values.entry(path.clone()).or_default();
                // What was thrown away elsewhere does not count.
                given.retain(|id| filling.files.contains_key(&FileId::new(id)));
                if given.len() >= usize::from(max) {
                    return Ok(Err(Fault::TooMany { max }));
                }
                given.push(id.to_string());
                let new = NewFile {
                    id: &id,
                    draft_id: Some(&filling.id),
                    field: &path,
                    name: &made.name,
                    kind: word_of(made.kind),
                    size: i64::try_from(made.bytes.len()).unwrap_or(i64::MAX),
                    body: sealed,
                    at: now,
                };
                storage::form::insert_file(tx, new).await?;
                let known = Known {
                    name: made.name.clone(),
                    kind: made.kind,
                    bytes: made.bytes.len() as u64,
                };
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

/// What is kept of a file, or why it is not taken. `max_kb` counts beside [`FILE_BYTES`].
pub(crate) async fn clean(
    upload: Upload,
    kinds: &[FileKind],
    max_kb: u32,
) -> std::result::Result<Content, Fault> {
    let limit = FILE_BYTES.min(max_kb as usize * 1_024);
    let max_kb = u32::try_from(limit / 1_024).unwrap_or(max_kb);
    let shown: String = upload
        .name
        .chars()
        .filter(|c| !c.is_control())
        .take(80)
        .collect();
    let too_large = |name: &str| Fault::FileTooLarge {
        name: name.to_owned(),
        max_kb,
    };
    let odd = |name: &str| Fault::FileKind {
        name: name.to_owned(),
    };
    if upload.bytes.len() > limit {
        return Err(too_large(&shown));
    }
    let found = file::Kind::sniff(&upload.bytes).and_then(|kind| Some((kind, form_kind(kind)?)));
    let Some((kind, as_sent)) = found.filter(|(_, kind)| kinds.contains(kind)) else {
        return Err(odd(&shown));
    };
    let name = clean_name(&upload.name, kind);
    if as_sent == FileKind::Pdf {
        return if pdf::is_sound(&upload.bytes) {
            Ok(Content {
                name,
                kind: as_sent,
                bytes: upload.bytes,
            })
        } else {
            Err(odd(&shown))
        };
    }
    let picture = match picture::rewrite(upload.bytes, kind, WIDTH).await {
        Ok(picture) => picture,
        Err(domain::Problem::TooLarge { .. }) => return Err(too_large(&shown)),
        Err(_) => return Err(odd(&shown)),
    };
    let stored = form_kind(picture.kind).filter(|kind| kinds.contains(kind));
    let Some(stored) = stored else {
        return Err(odd(&shown));
    };
    if picture.bytes.len() > limit {
        return Err(too_large(&shown));
    }
    Ok(Content {
        name: clean_name(&upload.name, picture.kind),
        kind: stored,
        bytes: picture.bytes,
    })
}

const fn form_kind(kind: file::Kind) -> Option<FileKind> {
    match kind {
        file::Kind::Pdf => Some(FileKind::Pdf),
        file::Kind::Png => Some(FileKind::Png),
        file::Kind::Jpeg => Some(FileKind::Jpeg),
        file::Kind::WebP => Some(FileKind::Webp),
        file::Kind::Csv | file::Kind::Odt | file::Kind::Docx | file::Kind::Xlsx => None,
    }
}

/// Takes a file away from the answer at `path`; nothing happens when it is not there.
pub async fn detach(
    service: &Service,
    hand: &Hand,
    key: &str,
    path: &str,
    file: &FileId,
) -> Result<()> {
    let (path, file) = (path.to_owned(), file.clone());
    change(service, hand, key, move |filling: &mut Filling| {
        if let Some(given) = filling.draft.values.get_mut(&path) {
            given.retain(|id| id != file.as_str());
        }
        Ok(true)
    })
    .await
    .map(drop)
}

/// A file of what the owner is filling in. Errors: [`Error::NotFound`].
pub async fn content(service: &Service, hand: &Hand, key: &str, id: &FileId) -> Result<Content> {
    let mut tx = service.read().await?;
    let draft = storage::form::find_open(&mut tx, hand.owner.as_str(), key)
        .await?
        .ok_or(Error::NotFound)?;
    let row = storage::form::find_file(&mut tx, id).await?;
    let row = row.filter(|row| row.draft_id.as_ref() == Some(&draft.id));
    opened(service, id, row.ok_or(Error::NotFound)?)
}

/// Keeps a file that belongs to a case from the beginning, such as one that comes with a message; its identity.
pub(crate) async fn keep_for_case(
    service: &Service,
    tx: &mut Tx,
    content: &Content,
) -> Result<FileId> {
    let id: FileId = service.id();
    let new = NewFile {
        id: &id,
        draft_id: None,
        field: "",
        name: &content.name,
        kind: word_of(content.kind),
        size: i64::try_from(content.bytes.len()).unwrap_or(i64::MAX),
        body: service.keys().seal_bytes(&context(&id), &content.bytes),
        at: service.now(),
    };
    storage::form::insert_file(tx, new).await?;
    Ok(id)
}

/// A file that belongs to a case, for whoever may see that case: the caller has asked.
pub async fn content_of_case(service: &Service, tx: &mut Tx, id: &FileId) -> Result<Content> {
    let row = storage::form::find_file(tx, id).await?;
    let row = row.filter(|row| row.draft_id.is_none());
    opened(service, id, row.ok_or(Error::NotFound)?)
}

fn opened(service: &Service, id: &FileId, row: storage::form::File) -> Result<Content> {
    Ok(Content {
        kind: kind_of(&row.kind).ok_or(Error::NotFound)?,
        bytes: service.keys().open_bytes(&context(id), &row.body)?,
        name: row.name,
    })
}
