//! What one person fills in, as this phone has it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use domain::{
    FileId,
    form::{Draft, Upload, kept::Held},
};
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

/// Whose page was opened last on this phone: the pages that are kept have nobody's name in them.
const WHO: &str = "rembug:who";

thread_local! {
    static OWN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whose page this is: an account, or empty for somebody who is not signed in.
pub(super) fn who() -> String {
    OWN.with_borrow(Clone::clone)
        .unwrap_or_else(|| LocalStorage::get(WHO).unwrap_or_default())
}

/// This page is somebody's: the server has said so.
pub(super) fn set_who(who: &str) {
    OWN.set(Some(who.to_owned()));
    if LocalStorage::get::<String>(WHO).unwrap_or_default() != who {
        let _ = LocalStorage::set(WHO, who);
    }
}

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    /// The version of the form.
    pub(super) version: u32,
    /// With which it is handed in: made here, or by the server when it was begun there.
    pub(super) key: String,
    /// The server's count of saves when it was asked last.
    pub(super) revision: i64,
    /// What was typed, and the files by their fields.
    pub(super) draft: Draft,
    /// Fields that the server does not have yet as they are.
    pub(super) typed: BTreeSet<String>,
    /// Pages that the server does not know to be seen.
    pub(super) passed: BTreeSet<String>,
    /// Files that the server has, and files of this phone.
    pub(super) files: BTreeMap<FileId, Upload>,
    /// Files of this phone that are chosen on a page of the server, by their fields.
    pub(super) chosen: BTreeMap<String, Vec<FileId>>,
    /// The page of the server that was just sent: it has arrived when the next one does.
    pub(super) sent_page: String,
    /// Its fields.
    pub(super) sent_fields: BTreeSet<String>,
    /// The fields of those that were just sent with a page: they have arrived when the next page does.
    pub(super) posted: BTreeSet<String>,
}

fn name_of(form: &str) -> String {
    format!("rembug:form:{}:{form}", who())
}

/// What this person fills in; also what they began before they signed in.
pub(super) fn load(form: &str) -> Option<Record> {
    LocalStorage::get(name_of(form)).ok().or_else(|| {
        let guest = format!("rembug:form::{form}");
        let found = LocalStorage::get(&guest).ok();
        if found.is_some() {
            LocalStorage::delete(&guest);
        }
        found
    })
}

/// Keeps it. A phone whose store is full goes on with what the server has.
pub(super) fn save(form: &str, record: &Record) {
    let _ = LocalStorage::set(name_of(form), record);
}

/// Nothing of it stays.
pub(super) fn forget(form: &str) {
    LocalStorage::delete(name_of(form));
    LocalStorage::delete(format!("rembug:form::{form}"));
}

/// 32 hexadecimal digits by chance: nobody else makes the same.
pub(super) fn token() -> String {
    let mut bytes = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    hex(&bytes)
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        for nibble in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(nibble), 16));
        }
        out
    })
}

/// What the identities of this phone's files begin with.
const OWN_FILE: &str = "hp-";

/// An identity for a file of this phone.
pub(super) fn new_file() -> FileId {
    FileId::new(format!("{OWN_FILE}{}", token()))
}

/// Whether a file is this phone's and not yet the server's.
pub(super) fn is_own(id: &str) -> bool {
    id.starts_with(OWN_FILE)
}

impl Record {
    /// Something new.
    pub(super) fn new(version: u32) -> Self {
        Self {
            version,
            key: token(),
            ..Self::default()
        }
    }

    /// Takes what the server has; what was typed here since stays.
    pub(super) fn merge(&mut self, held: Held) {
        let mut draft = Draft {
            values: held.values,
            seen: held.seen,
        };
        for name in &self.typed {
            match self.draft.values.get(name) {
                Some(values) => draft.values.insert(name.clone(), values.clone()),
                None => draft.values.remove(name),
            };
        }
        draft.seen.extend(self.passed.iter().cloned());
        // Files of this phone stay beside those that the server has.
        for (path, ids) in &self.draft.values {
            for id in ids.iter().filter(|id| is_own(id)) {
                let there = draft.values.entry(path.clone()).or_default();
                if !there.contains(id) {
                    there.push(id.clone());
                }
            }
        }
        let mut files = held.files;
        files.extend(
            std::mem::take(&mut self.files)
                .into_iter()
                .filter(|(id, _)| is_own(id.as_str())),
        );
        self.version = held.version;
        self.key = held.key;
        self.revision = held.revision;
        self.draft = draft;
        self.files = files;
    }

    /// Files that were chosen on a page of the server which never arrived are answers now, since the phone goes on alone.
    pub(super) fn take_chosen(&mut self) {
        self.posted.clear();
        for (path, ids) in std::mem::take(&mut self.chosen) {
            let there = self.draft.values.entry(path).or_default();
            there.extend(ids.iter().map(ToString::to_string));
        }
    }
}
