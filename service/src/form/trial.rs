//! Filling a form in to see how it goes: nothing is stored.

use std::collections::BTreeMap;

use domain::{
    Day, FileId, OfficeId, Timestamp,
    form::{Bundle, Draft, FileKind, Upload},
};

use super::{Filling, Form, filling::word_of};

/// The word of a file of a kind that is only pretended.
pub fn pretended(kind: FileKind) -> String {
    format!("contoh-{}", word_of(kind))
}

/// Something that is being tried out: as if it were filled in on a day, never to be sent or saved. There is a small
/// file of each kind, by the word that [`pretended`] gives.
pub fn trial(bundle: &Bundle, office_name: &str, draft: Draft, today: Day) -> Filling {
    let definition = bundle.definition.clone();
    let kinds = [FileKind::Jpeg, FileKind::Png, FileKind::Webp, FileKind::Pdf];
    let files = kinds.map(|kind| {
        let upload = Upload {
            name: format!("contoh.{}", word_of(kind)),
            kind,
            bytes: 1_024,
        };
        (FileId::new(pretended(kind)), upload)
    });
    Filling {
        id: String::new(),
        form: Form {
            version_id: String::new(),
            key: definition.key.clone(),
            office: OfficeId::new(&bundle.service.office),
            office_name: office_name.to_owned(),
            office_contact: String::new(),
            minutes: domain::form::lint::lint(&definition).minutes,
            service: bundle.service.clone(),
            definition,
        },
        draft,
        files: files.into(),
        revision: 0,
        key: String::new(),
        has_code: false,
        updated_at: Timestamp(0),
        expires_at: Timestamp(0),
        halt: None,
        today,
        mandate: None,
        saved: BTreeMap::new(),
    }
}
