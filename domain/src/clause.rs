//! A policy text: cut into numbered clauses, kept in versions, and read back by those who comment on it.
//!
//! - [`cut`](cut::cut) takes a Markdown or plain text apart.
//! - [`carry_over`](carry::carry_over) says which clause of a new version is which clause of the old one, so that comments stay.
//! - [`find_quote`](quote::find_quote) says whether a quoted sentence still stands where it stood.

pub mod carry;
pub mod cut;
pub mod quote;

use serde::{Deserialize, Serialize};

use crate::{ClauseId, Invalid, Problem, Timestamp, VersionId, text};

pub use carry::{Carried, Change, carry_over};
pub use cut::{Cut, CutError, cut};
pub use quote::{Anchor, find_quote, find_quote_in};

/// Most bytes of a policy text: 400 kB of 1,000 bytes.
pub const TEXT_BYTES: usize = 400_000;
/// Most clauses of a policy text.
pub const CLAUSES: usize = 300;
/// Most characters of the note that says what changed, and of the reason.
pub const NOTE: u32 = 1_000;

/// One version of a policy text, without its clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its identity.
    pub id: VersionId,
    /// Counts from 1.
    pub number: i64,
    /// What changed against the version before; may be empty in the first.
    pub note: String,
    /// Why; may be empty in the first.
    pub reason: String,
    /// When it was put in place.
    pub published_at: Timestamp,
    /// How many clauses it has.
    pub clauses: i64,
}

/// A clause in one version of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The same through all versions.
    pub id: ClauseId,
    /// What it is called in this version: `4` of "Pasal 4", or [`cut::PREAMBLE`]; good in an address.
    pub label: String,
    /// Heading of the chapter that begins here; empty when none does.
    pub chapter: String,
    /// Its heading without the number; may be empty.
    pub heading: String,
    /// Its text as Markdown.
    pub body: String,
    /// Its text as sanitised HTML.
    pub body_html: String,
}

/// A clause as it last stood in any version: for comments on clauses that have gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSeen {
    /// The clause.
    pub id: ClauseId,
    /// Its label there.
    pub label: String,
    /// Its heading there.
    pub heading: String,
    /// The newest version that has it.
    pub version: i64,
}

/// A version with its clauses in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Which version.
    pub version: Version,
    /// Its clauses.
    pub clauses: Vec<Clause>,
}

impl Text {
    /// The clause with this label.
    pub fn labelled(&self, label: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.label == label)
    }

    /// The clause with this identity; `None` when it has gone.
    pub fn find(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }
}

/// A new version as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDraft {
    /// Markdown or plain text.
    pub source: String,
    /// What changed.
    pub note: String,
    /// Why.
    pub reason: String,
}

/// A new version that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidText {
    /// The text as it was imported.
    pub source: String,
    /// What changed.
    pub note: String,
    /// Why.
    pub reason: String,
    /// Its clauses.
    pub cuts: Vec<Cut>,
}

/// Checks a new version. From the second on it must say what changed and why, in at least 10 characters each.
///
/// Fields: `source`, `note`, `reason`.
pub fn validate(draft: &TextDraft, number: i64) -> Result<ValidText, Invalid> {
    let mut invalid = Invalid::default();
    let cuts = invalid.take("source", cut(&draft.source).map_err(Problem::from));
    let least = if number > 1 { 10 } else { 0 };
    let note = invalid.take("note", text::body(&draft.note, least, NOTE));
    let reason = invalid.take("reason", text::body(&draft.reason, least, NOTE));
    match (cuts, note, reason) {
        (Some(cuts), Some(note), Some(reason)) => Ok(ValidText {
            source: draft.source.clone(),
            note,
            reason,
            cuts,
        }),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_version_says_what_changed_and_why() {
        let mut draft = TextDraft {
            source: "## Pasal 1. Tujuan\n\nAman.".into(),
            ..TextDraft::default()
        };
        assert!(validate(&draft, 1).is_ok());
        let invalid = validate(&draft, 2).unwrap_err();
        assert_eq!(invalid.of("note"), Some(&Problem::Missing));
        assert_eq!(invalid.of("reason"), Some(&Problem::Missing));
        draft.note = "Pasal 1 diperjelas.".into();
        draft.reason = "Warga bertanya apa maksudnya.".into();
        assert!(validate(&draft, 2).is_ok());
        draft.source = "  ".into();
        assert_eq!(
            validate(&draft, 2).unwrap_err().of("source"),
            Some(&Problem::Missing)
        );
    }
}
