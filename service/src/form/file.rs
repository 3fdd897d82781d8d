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

/// A file that was given to the question at a path: its identity, or why it is not taken, in a form's own words.
pub type Attached = (String, std::result::Result<FileId, Fault>);

/// A file that was looked at and sealed.
struct Clean {
    path: String,
    id: FileId,
    known: Known,
    sealed: Vec<u8>,
}

/// Adds files to the answers at their paths, all that are taken at once; what became of each, in their order.
///
/// The content decides what a file is. Pictures are written anew, so that places and whatever hid in them are gone; a PDF must be
/// nothing but a document. Nothing is kept of a file that is not taken.
///
/// Errors, and none of them is kept: [`Error::NotFound`] for a question that takes no files, [`Error::TooOften`],
/// [`Conflict::Gone`], [`Conflict::Closed`].
pub async fn attach(
    service: &Service,
    hand: &Hand,
    key: &str,
    uploads: Vec<(String, Upload)>,
) -> Result<Vec<Attached>> {
    let now = service.now();
    for _ in &uploads {
        service
            .limits()
            .take(limit::FORM_FILE, &hand.address, now)?;
    }
    let mut tx = service.read().await?;
    let filling = super::resume(service, &mut tx, hand, key)
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    filling.must_go_on()?;
    let mut done = Vec::new();
    for (path, upload) in uploads {
        let (kinds, max_kb, _) = takes(&filling, &path).ok_or(Error::NotFound)?;
        done.push(match clean(upload, kinds, max_kb).await {
            Ok(made) => Ok(sealed(service, path, made)),
            Err(fault) => Err((path, fault)),
        });
    }
    if done.iter().all(std::result::Result::is_err) {
        let refused = done.into_iter().filter_map(std::result::Result::err);
        return Ok(refused.map(|(path, fault)| (path, Err(fault))).collect());
    }
    let (inner, hand, key) = (service.clone(), hand.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| Box::pin(async move { keep(&inner, tx, &hand, &key, done).await }))
        .await
}

/// The kinds, the most kilobytes and the most files that the question at a path takes; `None` when there is no such question now.
fn takes<'a>(filling: &'a Filling, path: &str) -> Option<(&'a [FileKind], u32, u16)> {
    let question = filling.form.definition.question(path)?;
    let Kind::File { kinds, max_kb, max } = &question.kind else {
        return None;
    };
    let item = path.rsplit_once('.').map(|(item, _)| item);
    let is_there = item.is_none_or(|item| filling.item(item).is_some());
    is_there.then_some((kinds, *max_kb, *max))
}

fn sealed(service: &Service, path: String, made: Content) -> Clean {
    let id: FileId = service.id();
    Clean {
        path,
        sealed: service.keys().seal_bytes(&context(&id), &made.bytes),
        known: Known {
            name: made.name,
            kind: made.kind,
            bytes: made.bytes.len() as u64,
        },
        id,
    }
}

async fn keep(
    service: &Service,
    tx: &mut Tx,
    hand: &Hand,
    key: &str,
    files: Vec<std::result::Result<Clean, (String, Fault)>>,
) -> Result<Vec<Attached>> {
    let mut filling = super::resume(service, tx, hand, key)
        .await?
        .ok_or(Error::NotFound)?;
    filling.must_go_on()?;
    let mut done = Vec::new();
    for file in files {
        let file = match file {
            Ok(file) => file,
            Err((path, fault)) => {
                done.push((path, Err(fault)));
                continue;
            }
        };
        let (_, _, max) = takes(&filling, &file.path).ok_or(Error::NotFound)?;
        let given = filling.draft.values.entry(file.path.clone()).or_default();
        // What was thrown away elsewhere does not count.
        given.retain(|id| filling.files.contains_key(&FileId::new(id)));
        if given.len() >= usize::from(max) {
            done.push((file.path, Err(Fault::TooMany { max })));
            continue;
        }
        given.push(file.id.to_string());
        let new = NewFile {
            id: &file.id,
            draft_id: Some(&filling.id),
            field: &file.path,
            name: &file.known.name,
            kind: word_of(file.known.kind),
            size: i64::try_from(file.known.bytes).unwrap_or(i64::MAX),
            body: file.sealed,
            at: service.now(),
        };
        storage::form::insert_file(tx, new).await?;
        filling.files.insert(file.id.clone(), file.known);
        done.push((file.path, Ok(file.id)));
    }
    if done.iter().any(|(_, taken)| taken.is_ok()) && !store(service, tx, &mut filling).await? {
        return Err(Error::Conflict(Conflict::Stale));
    }
    Ok(done)
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
