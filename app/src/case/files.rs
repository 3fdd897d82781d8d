//! Files of a case: links to them, the field for more, and the files themselves.

use axum::extract::Path;
use domain::{FileId, Invalid, Problem, form::FileKind, reference::Reference};
use leptos::prelude::*;
use service::{
    case::{Attached, FILE_KB, FILES},
    file::Upload,
};

use super::track::visitor;
use crate::{
    Answer, Failure, Fields, Visit, file::private, form, links, problem::sentence, t::case as t,
};

/// What was sent with files: its texts, its files, and whether one was too large to be read.
pub(super) struct Letter {
    pub(super) fields: Fields,
    pub(super) files: Vec<Upload>,
    is_too_large: bool,
}

impl Letter {
    pub(super) fn of(sheet: form::Sheet) -> Self {
        Self {
            files: sheet.files.into_iter().map(|(_, file)| file).collect(),
            is_too_large: !sheet.too_large.is_empty(),
            fields: sheet.fields,
        }
    }

    /// The files; what cannot be taken is said before anything is done.
    pub(super) fn take(&mut self) -> Result<Vec<Upload>, Invalid> {
        if self.is_too_large {
            return Err(Invalid::one("files", Problem::TooLarge { max_kb: FILE_KB }));
        }
        Ok(std::mem::take(&mut self.files))
    }
}

/// Address and name of a file of the case whose page is at `place`.
pub(super) fn link(visit: &Visit, place: &str, file: &Attached) -> (String, String) {
    let l = visit.locale;
    let kb = i64::try_from(file.known.bytes.div_ceil(1_024)).unwrap_or(i64::MAX);
    (
        format!("{place}/berkas/{}", file.id),
        t::file_named(l, &file.known.name, l.number(kb)),
    )
}

/// The files that came with a line of the timeline.
pub(super) fn of_line(
    visit: &Visit,
    place: &str,
    files: &[Attached],
    number: i64,
) -> Vec<(String, String)> {
    files
        .iter()
        .filter(|file| file.event == Some(number))
        .map(|file| link(visit, place, file))
        .collect()
}

/// What is wrong with the files, in a sentence.
pub(super) fn wrong(visit: &Visit, invalid: &Invalid) -> Option<String> {
    let l = visit.locale;
    Some(match invalid.of("files")? {
        Problem::Kind => t::files_kind(l).to_owned(),
        Problem::TooMany { max } => t::files_many(l, i64::from(*max)),
        other => sentence(l, t::files(l), other),
    })
}

/// The field for files of a message.
pub(super) fn field(visit: &Visit, id: &'static str, invalid: &Invalid) -> AnyView {
    let l = visit.locale;
    let accept = [FileKind::Jpeg, FileKind::Png, FileKind::Webp, FileKind::Pdf]
        .map(form::media_type)
        .join(",");
    let hint = t::files_hint(
        l,
        i64::try_from(FILES).unwrap_or(i64::MAX),
        i64::from(FILE_KB / 1_024),
    );
    let error = wrong(visit, invalid);
    view! {
        <ui::FileUpload
            id
            name="berkas"
            label=t::files(l)
            hint
            error
            marker=t::may_be_empty(l)
            accept
            multiple=true
        />
    }
    .into_any()
}

/// `GET /lacak/{nomor}/berkas/{id}`: a file of one's own case.
pub(super) async fn own(visit: Visit, Path((number, id)): Path<(String, String)>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut tx = visit.service.read().await?;
    let (who, id) = (visitor(&visit), FileId::new(id));
    let found = service::case::own_file(&visit.service, &mut tx, &who, reference, &id).await;
    drop(tx);
    match found {
        Ok(file) => private(&file.name, form::media_type(file.kind), file.bytes),
        Err(service::Error::NotFound) => Ok(visit.go(&links::track_of(reference))),
        Err(other) => Err(other.into()),
    }
}

/// `GET /kantor/kasus/{nomor}/berkas/{id}`: a file of a case, for its office. That it was opened is written down.
pub(super) async fn office(visit: Visit, Path((number, id)): Path<(String, String)>) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let id = FileId::new(id);
    let file = service::case::open_file(&visit.service, &visit.actor, reference, &id).await?;
    private(&file.name, form::media_type(file.kind), file.bytes)
}
