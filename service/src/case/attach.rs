//! Files that come with a message or an answer: looked at, cleaned and sealed as those of a form are.

use domain::{
    Problem,
    form::{Fault, FileKind},
    reference::Reference,
};
use storage::Tx;

use super::{Case, held::Held};
use crate::{
    Error, Result, Service,
    file::Upload,
    form::{self, Content},
    limit,
};

/// Most files of one message.
pub const FILES: usize = 5;
/// Largest file of a message, in kilobytes of 1,024 bytes.
pub const FILE_KB: u32 = 10 * 1024;
/// The kinds that are taken.
const KINDS: [FileKind; 4] = [FileKind::Jpeg, FileKind::Png, FileKind::Webp, FileKind::Pdf];

/// What is kept of the files. `who` sends them. Nothing is stored yet.
///
/// Errors: field `files`: [`Problem::TooMany`], [`Problem::TooLarge`], [`Problem::Kind`]; [`Error::TooOften`].
pub(super) async fn clean(
    service: &Service,
    who: &str,
    files: Vec<Upload>,
) -> Result<Vec<Content>> {
    if files.len() > FILES {
        let max = u32::try_from(FILES).unwrap_or(u32::MAX);
        return Err(Error::invalid("files", Problem::TooMany { max }));
    }
    let mut cleaned = Vec::with_capacity(files.len());
    for file in files {
        service
            .limits()
            .take(limit::FORM_FILE, who, service.now())?;
        let content = form::clean(file, &KINDS, FILE_KB).await;
        cleaned.push(content.map_err(|fault| {
            let problem = match fault {
                Fault::FileTooLarge { max_kb, .. } => Problem::TooLarge { max_kb },
                _ => Problem::Kind,
            };
            Error::invalid("files", problem)
        })?);
    }
    Ok(cleaned)
}

/// The case, before its files are worked on.
pub(super) async fn case_of(service: &Service, reference: Reference) -> Result<Case> {
    let mut tx = service.read().await?;
    let row = storage::case::find(&mut tx, &reference.compact()).await?;
    Case::read(&row.ok_or(Error::NotFound)?)
}

/// Keeps the files with the line of the timeline that is about to be written.
pub(super) async fn keep(
    service: &Service,
    tx: &mut Tx,
    held: &Held,
    files: &[Content],
) -> Result<()> {
    for (place, file) in (0..).zip(files) {
        let id = form::keep_for_case(service, tx, file).await?;
        let event = Some(held.case.revision);
        storage::case::add_file(tx, &held.case.id, &id, event, place).await?;
    }
    Ok(())
}
