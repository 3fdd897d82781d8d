//! What a form is.

mod kind;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Condition, Draft};
use crate::Locale;

pub use kind::{Bound, Bounds, Choice, FileKind, Kind, Unit};

/// The layout of a definition as JSON. A reader refuses another one, and fields that it does not know: nothing gets lost unseen.
pub const FORMAT: u32 = 1;

/// One version of a form. `version` counts from 1; a version that was published never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// [`FORMAT`].
    #[serde(deserialize_with = "this_format")]
    pub format: u32,
    /// The form's word in addresses, the same through all versions.
    pub key: String,
    /// Which version, from 1.
    pub version: u32,
    /// Its name.
    pub title: Text,
    /// What it is for, at the start; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub intro: Text,
    /// The tasks of the task list, in order; none where the pages are few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Rules between questions of different pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// A text in the languages of the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Bahasa Indonesia.
    pub id: String,
    /// English; may be empty while a form is being built.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Text {
    /// Both languages.
    pub fn new(id: &str, en: &str) -> Self {
        Self {
            id: id.to_owned(),
            en: en.to_owned(),
        }
    }

    /// In the reader's language; in Indonesian where that is missing.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            _ => &self.id,
        }
    }

    /// Whether there is no text in any language.
    pub const fn is_empty(&self) -> bool {
        self.id.is_empty() && self.en.is_empty()
    }
}

/// A task of the task list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its word.
    pub key: String,
    /// Its name.
    pub title: Text,
}

/// A page: by rule one thing, which may need several fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its word in addresses.
    pub key: String,
    /// Its heading.
    pub title: Text,
    /// An explanation; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub help: Text,
    /// The task that it belongs to; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// When it is shown; always, where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A question. Its key is unique in the whole form: a letter, then small letters, digits and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its word in paths, such as `nama` in `anggota.2.nama`.
    pub key: String,
    /// The question itself.
    pub label: Text,
    /// A hint; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub help: Text,
    /// Whether it may stay empty.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_optional: bool,
    /// What the law says of its answer; must be set before a form is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// When it is shown; always, where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What of the account it begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    /// How it is answered.
    pub kind: Kind,
}

/// How an answer is protected (UU 27/2022 article 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Says nothing about a person.
    None,
    /// General personal data: name, sex, religion, and what together points to somebody.
    General,
    /// Specific personal data: health, biometrics, genes, criminal record, children, finances.
    Specific,
}

/// What of the account a question can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// The person's name.
    Name,
    /// Their e-mail address.
    Email,
    /// Their telephone number.
    Phone,
    /// The code of their desa or kelurahan, in an address.
    Home,
    /// Their NIK.
    Nik,
    /// Their family card's number.
    Kk,
}

/// A rule between answers. It is judged only where all answers that it compares are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its word.
    pub key: String,
    /// The question beside which the message stands; in a group, of the group.
    pub at: String,
    /// When it is judged; always, where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What must hold.
    pub must: Condition,
    /// What is said when it does not.
    pub message: Text,
    /// Whether it only warns, and does not hold up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_advice: bool,
}

impl Definition {
    /// The page of that key.
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.key == key)
    }

    /// The question at a path such as `nama` or `anggota.2.nama`, through its groups.
    pub fn question(&self, path: &str) -> Option<&Question> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        let mut found = self
            .pages
            .iter()
            .flat_map(|page| &page.questions)
            .find(|question| question.key == first)?;
        while parts.next().is_some() {
            let Kind::Group { questions, .. } = &found.kind else {
                return None;
            };
            let key = parts.next()?;
            found = questions.iter().find(|question| question.key == key)?;
        }
        Some(found)
    }

    /// Fills questions that are still untouched with what the account knows. Answers in groups are left alone: they are of others.
    pub fn prefill(&self, draft: &mut Draft, account: &BTreeMap<Prefill, String>) {
        for question in self.pages.iter().flat_map(|page| &page.questions) {
            let Some(value) = question.prefill.and_then(|source| account.get(&source)) else {
                continue;
            };
            let field = match question.kind {
                Kind::Address { .. } => format!("{}.area", question.key),
                _ => question.key.clone(),
            };
            if !draft.has(&field) {
                draft.put(&field, value);
            }
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_false(yes: &bool) -> bool {
    !*yes
}

fn this_format<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let found = u32::deserialize(from)?;
    if found == FORMAT {
        Ok(found)
    } else {
        Err(serde::de::Error::custom(format!(
            "a form of layout {found}, not {FORMAT}"
        )))
    }
}
