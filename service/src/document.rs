//! Documents that the city gives out: the letter of a decision, and the receipt of what was handed in.
//!
//! [`draw`] makes a PDF of a [`Paper`]: tagged, with its fonts, the same bytes for the same paper. A letter is drawn once, when
//! it is issued, and kept sealed, so that the hash by which anybody can compare it stays right whatever becomes of this
//! program. A receipt is drawn from what is there at the moment and never kept.

mod change;
mod font;
mod issue;
mod letter;
mod line;
mod paint;
mod paper;
mod read;
mod sheet;
mod template;
#[cfg(test)]
mod tests;
mod told;
mod verify;

use domain::{CaseId, Timestamp, document::State, reference::Reference};

use crate::{Error, Result};

pub use change::{Correction, NAME, replace, revoke};
pub use issue::issue;
pub use letter::sample;
pub use paper::{Block, Paper, draw};
pub use read::{Receipt, letters, office_file, own_file, receipt};
pub use template::{Edition, Scope, Templates, form_keys, save_template, templates};
pub use told::{Told, number_of, told};
pub use verify::verify;

/// A letter, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its identity.
    pub(crate) id: String,
    /// Its number.
    pub number: String,
    /// With what anybody asks whether it holds.
    pub code: Reference,
    /// SHA-256 of the PDF, hexadecimal.
    pub sha256: String,
    /// The first letters of the name of who asked; empty once erased.
    pub initials: String,
    /// Whether what was personal in it is erased.
    pub is_erased: bool,
    /// The office.
    pub office: String,
    /// What was asked for.
    pub title: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The officer's name.
    pub issued_by: Option<String>,
    /// Whether it holds.
    pub state: State,
    /// Since when it no longer holds.
    pub ended_at: Option<Timestamp>,
    /// Why it does not.
    pub reason: String,
    /// The number of the letter in its place.
    pub replaced_by: Option<String>,
}

impl Letter {
    fn read(row: storage::document::Row) -> Result<Self> {
        let state = match (row.revoked_at, row.replaced_at) {
            (Some(_), _) => State::Revoked,
            (None, Some(_)) => State::Replaced,
            (None, None) => State::Valid,
        };
        Ok(Self {
            id: row.id,
            number: row.number,
            code: Reference::parse(&row.code).map_err(|_| broken("code of a letter"))?,
            sha256: row.sha256,
            initials: row.initials,
            is_erased: row.is_erased,
            office: row.office_name,
            title: row.title,
            issued_at: Timestamp(row.issued_at),
            issued_by: row.issued_name,
            state,
            ended_at: row.revoked_at.or(row.replaced_at).map(Timestamp),
            reason: row.reason,
            replaced_by: row.replaced_number,
        })
    }

    /// What the timeline says of it: its number and its code, with which it is got.
    fn mark(&self) -> String {
        format!("{} {}", self.number, self.code.compact())
    }

    /// The name of its file: `surat-470-0012-422.108-2026.pdf`.
    pub fn file_name(&self) -> String {
        let number: String = self
            .number
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '.' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        format!("surat-{number}.pdf")
    }
}

/// Something in the database that this program did not write.
fn broken(what: &'static str) -> Error {
    tracing::error!(what, "the database holds something unreadable");
    Error::Unavailable(storage::Error::Unfit(format!("unreadable: {what}")))
}

/// Under which context the content of a letter is sealed.
fn body_context(id: &str) -> String {
    format!("document:{id}:body")
}

/// The letters of a case, oldest first.
async fn list(tx: &mut storage::Tx, case: &CaseId) -> Result<Vec<Letter>> {
    let rows = storage::document::list(tx, case).await?;
    rows.into_iter().map(Letter::read).collect()
}
