//! What else is asked for with a page: files, a new item, a file to be thrown away.

use domain::{
    FileId,
    form::{Fault, Wrong},
};
use service::{Error, form::Hand};

use super::super::{
    place::{self, FROM_CHECK, says},
    upload::Sheet,
};
use crate::{Failure, Visit};

pub(super) enum Done {
    /// On to another page.
    Went(String),
    /// Files that were not taken, and why.
    Here(Vec<Wrong>),
}

/// What else was asked for with the page: files, a new item, a file to be thrown away.
pub(super) async fn files(
    visit: &Visit,
    hand: &Hand,
    key: &str,
    page: &str,
    sheet: Sheet,
) -> Result<Done, Failure> {
    let service = &visit.service;
    let words: &[&str] = if says(visit, FROM_CHECK) {
        &[FROM_CHECK]
    } else {
        &[]
    };
    let here = visit.path.split('?').next().unwrap_or_default().to_owned();
    let mut refused = Vec::new();
    let wrong = |path: &str, fault: Fault| Wrong {
        page: page.to_owned(),
        path: path.to_owned(),
        field: path.to_owned(),
        fault,
    };
    for (path, name) in &sheet.too_large {
        let max_kb = u32::try_from(service::form::FILE_BYTES / 1_024).unwrap_or(u32::MAX);
        let name = name.chars().filter(|c| !c.is_control()).take(80).collect();
        refused.push(wrong(path, Fault::FileTooLarge { name, max_kb }));
    }
    if !sheet.files.is_empty() {
        for (path, taken) in service::form::attach(service, hand, key, sheet.files).await? {
            refused.extend(taken.err().map(|fault| wrong(&path, fault)));
        }
    }
    for pair in sheet.fields.all("_unggahan") {
        let Some((path, id)) = pair.split_once(' ') else {
            continue;
        };
        let id = FileId::new(id);
        match service::form::attach_upload(service, hand, key, path, &id).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => refused.push(wrong(path, fault)),
            // It came too late, or is not theirs: to be chosen again.
            Err(Error::NotFound) => refused.push(wrong(path, Fault::FileGone)),
            Err(error) => return Err(error.into()),
        }
    }
    if let Some((path, file)) = sheet.fields.text("_buang").split_once(' ') {
        service::form::detach(service, hand, key, path, &FileId::new(file)).await?;
        return Ok(Done::Went(place::with(&format!("{here}#{path}"), words)));
    }
    if !refused.is_empty() {
        return Ok(Done::Here(refused));
    }
    let uploaded = sheet.fields.text("_unggah");
    if !uploaded.is_empty() {
        return Ok(Done::Went(place::with(
            &format!("{here}#{uploaded}"),
            words,
        )));
    }
    let group = sheet.fields.text("_tambah");
    if !group.is_empty() {
        return match service::form::add_item(service, hand, key, group).await {
            Ok(item) => Ok(Done::Went(place::with(
                &place::item(key, page, &item),
                words,
            ))),
            // It is full: the page comes back without the button.
            Err(Error::Invalid(_)) => Ok(Done::Went(place::with(&here, words))),
            Err(error) => Err(error.into()),
        };
    }
    Ok(Done::Here(refused))
}
