//! Files of consultations: the picture on top, and what people can download.
//!
//! The content decides what a file is, never its name alone. Pictures are decoded and written anew, which drops positions,
//! thumbnails and whatever was hidden behind the picture.

mod kind;
pub(crate) mod picture;

use domain::{
    Actor, FileId, OfficeId, Problem,
    consultation::{ChangeKind, Consultation, LINE},
    text,
};
use storage::{
    Tx,
    file::{NewFile, Shown},
};

use crate::{
    Conflict, Error, Result, Service,
    chance::digest_bytes,
    consultation::author::{Note, Pen, owned, told, writable},
    limit,
};

pub use kind::{Kind, clean_name};

/// Most bytes of a picture on top.
pub const COVER_BYTES: usize = 5 * 1024 * 1024;
/// Most bytes of a file to download.
pub const ATTACHMENT_BYTES: usize = 10 * 1024 * 1024;
/// Most files to download.
pub const ATTACHMENTS: usize = 20;

/// A file as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The name on the sender's device.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Puts a picture on top of a consultation: JPEG, PNG or WebP, at most [`COVER_BYTES`] and 8,000 pixels a side.
///
/// `alt` says what it shows. Errors: [`Error::Invalid`] for `cover` and `cover_alt`, [`Error::TooOften`],
/// [`Conflict::Closed`], [`Conflict::Stale`].
pub async fn set_cover(
    service: &Service,
    actor: &Actor,
    slug: &str,
    upload: Upload,
    alt: &str,
) -> Result<()> {
    allowed(service, actor, slug).await?;
    let alt = text::line(alt, 1, LINE).map_err(|problem| Error::invalid("cover_alt", problem))?;
    if upload.bytes.len() > COVER_BYTES {
        return Err(Error::invalid("cover", too_large(COVER_BYTES)));
    }
    let kind = Kind::sniff(&upload.bytes).filter(|kind| kind.is_picture());
    let kind = kind.ok_or_else(|| Error::invalid("cover", Problem::Kind))?;
    let picture = picture::rewrite(upload.bytes, kind, picture::COVER_WIDTH)
        .await
        .map_err(|problem| Error::invalid("cover", problem))?;
    let name = clean_name(&upload.name, picture.kind);
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = sheet.consultation;
                writable(&c, pen.now)?;
                let file = keep(tx, &inner, &pen, &name, picture.kind, picture.bytes).await?;
                let set = storage::consultation::set_cover(
                    tx,
                    &c.id,
                    c.edition,
                    Some(&file),
                    &alt,
                    pen.now,
                );
                if !set.await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let note = Note::of(ChangeKind::FileAdded)
                    .field("cover")
                    .from(&c.cover_alt)
                    .to(&alt);
                pen.note(tx, &c, note).await?;
                if let Some(old) = &c.cover {
                    storage::file::delete_unused(tx, old).await?;
                }
                Ok::<_, Error>(c.id)
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// Takes the picture away; nothing happens when there is none.
pub async fn remove_cover(service: &Service, actor: &Actor, slug: &str) -> Result<()> {
    change(service, actor, slug, |tx, _, pen, c| {
        Box::pin(async move {
            let Some(old) = &c.cover else {
                return Ok(false);
            };
            if !storage::consultation::set_cover(tx, &c.id, c.edition, None, "", pen.now).await? {
                return Err(Error::Conflict(Conflict::Stale));
            }
            let note = Note::of(ChangeKind::FileRemoved)
                .field("cover")
                .from(&c.cover_alt);
            pen.note(tx, c, note).await?;
            storage::file::delete_unused(tx, old).await?;
            Ok(true)
        })
    })
    .await
}

/// Adds a file to download: PDF, PNG, JPEG, CSV, ODT, DOCX or XLSX, at most [`ATTACHMENT_BYTES`].
///
/// The same file twice is there once. Errors: [`Error::Invalid`] for `file` and `file_title`, [`Error::TooOften`],
/// [`Conflict::Closed`], [`Conflict::Stale`].
pub async fn add_attachment(
    service: &Service,
    actor: &Actor,
    slug: &str,
    upload: Upload,
    title: &str,
) -> Result<()> {
    allowed(service, actor, slug).await?;
    let title =
        text::line(title, 3, LINE).map_err(|problem| Error::invalid("file_title", problem))?;
    if upload.bytes.len() > ATTACHMENT_BYTES {
        return Err(Error::invalid("file", too_large(ATTACHMENT_BYTES)));
    }
    let kind = Kind::sniff(&upload.bytes)
        .filter(|kind| kind.is_attachment() && kind.fits_name(&upload.name))
        .ok_or_else(|| Error::invalid("file", Problem::Kind))?;
    let (kind, bytes) = if kind.is_picture() {
        let picture = picture::rewrite(upload.bytes, kind, picture::LARGEST_SIDE)
            .await
            .map_err(|problem| Error::invalid("file", problem))?;
        (picture.kind, picture.bytes)
    } else {
        (kind, upload.bytes)
    };
    let name = clean_name(&upload.name, kind);
    change(service, actor, slug, move |tx, service, pen, c| {
        Box::pin(async move {
            let there = storage::consultation::list_attachments(tx, &c.id).await?;
            let sha256 = digest_bytes(&bytes);
            for old in &there {
                let known = storage::file::find_shown(tx, &old.file).await?;
                if known.is_some_and(|file| file.sha256 == sha256) {
                    return Ok(false);
                }
            }
            if there.len() >= ATTACHMENTS {
                let max = u32::try_from(ATTACHMENTS).unwrap_or(u32::MAX);
                return Err(Error::invalid("file", Problem::TooMany { max }));
            }
            let file = keep(tx, service, pen, &name, kind, bytes).await?;
            storage::consultation::insert_attachment(tx, &c.id, &file, &title).await?;
            touch(tx, pen, c).await?;
            let after = format!("{title} ({name})");
            pen.note(tx, c, Note::of(ChangeKind::FileAdded).to(&after))
                .await?;
            Ok(true)
        })
    })
    .await
}

/// Takes a file away; nothing happens when it is not there.
pub async fn remove_attachment(
    service: &Service,
    actor: &Actor,
    slug: &str,
    file: &FileId,
) -> Result<()> {
    let file = file.clone();
    change(service, actor, slug, move |tx, _, pen, c| {
        Box::pin(async move {
            let there = storage::consultation::list_attachments(tx, &c.id).await?;
            let Some(old) = there.into_iter().find(|old| old.file == file) else {
                return Ok(false);
            };
            storage::consultation::delete_attachment(tx, &c.id, &file).await?;
            touch(tx, pen, c).await?;
            let before = format!("{} ({})", old.title, old.name);
            pen.note(tx, c, Note::of(ChangeKind::FileRemoved).from(&before))
                .await?;
            storage::file::delete_unused(tx, &file).await?;
            Ok(true)
        })
    })
    .await
}

/// What is known of a file, for those who may see it: everybody once a published consultation shows it, its officers before.
///
/// Errors: [`Error::NotFound`] for others and for a file that nothing shows.
pub async fn find(tx: &mut Tx, actor: &Actor, id: &FileId) -> Result<Shown> {
    let shown = storage::file::find_shown(tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let own = shown
        .office_id
        .as_deref()
        .is_some_and(|office| actor.may_author(&OfficeId::new(office)).is_ok());
    if shown.is_public || own {
        Ok(shown)
    } else {
        Err(Error::NotFound)
    }
}

/// The content of a file that [`find`] has shown.
pub async fn content(tx: &mut Tx, id: &FileId) -> Result<Vec<u8>> {
    Ok(storage::file::find(tx, id)
        .await?
        .ok_or(Error::NotFound)?
        .body)
}

/// Permission first, before a picture is decoded or a token of the limit is taken from somebody who may not.
async fn allowed(service: &Service, actor: &Actor, slug: &str) -> Result<()> {
    let mut tx = service.read().await?;
    let (_, permit) = owned(&mut tx, actor, slug).await?;
    let who = permit.by().map_or("system", |by| by.as_str());
    service.limits().take(limit::FILE, who, service.now())
}

type Deed<'t> = futures_like::Boxed<'t, Result<bool>>;

/// The type of a boxed future, as the database's own works have it.
mod futures_like {
    pub(super) type Boxed<'t, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 't>>;
}

/// Does a deed on a consultation that may be written, and tells about it when something changed.
async fn change<F>(service: &Service, actor: &Actor, slug: &str, deed: F) -> Result<()>
where
    F: for<'t> FnOnce(&'t mut Tx, &'t Service, &'t Pen, &'t Consultation) -> Deed<'t>
        + Send
        + 'static,
{
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let changed = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = sheet.consultation;
                writable(&c, pen.now)?;
                let changed = deed(tx, &inner, &pen, &c).await?;
                Ok::<_, Error>(changed.then_some(c.id))
            })
        })
        .await?;
    if let Some(id) = changed {
        told(service, id).await;
    }
    Ok(())
}

async fn touch(tx: &mut Tx, pen: &Pen, c: &Consultation) -> Result<()> {
    if storage::consultation::touch(tx, &c.id, c.edition, pen.now).await? {
        Ok(())
    } else {
        Err(Error::Conflict(Conflict::Stale))
    }
}

async fn keep(
    tx: &mut Tx,
    service: &Service,
    pen: &Pen,
    name: &str,
    kind: Kind,
    body: Vec<u8>,
) -> Result<FileId> {
    let id: FileId = service.id();
    let new = NewFile {
        id: &id,
        name,
        media_type: kind.media_type(),
        sha256: &digest_bytes(&body),
        body,
        by: pen.by(),
        now: pen.now,
    };
    storage::file::insert(tx, new).await?;
    Ok(id)
}

fn too_large(bytes: usize) -> Problem {
    Problem::TooLarge {
        max_kb: u32::try_from(bytes / 1024).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests;
