//! Polis exports come in whole or not at all, and go out so that they can come in again.
//!
//! A conversation is four files: `comments.csv`, `votes.csv`, `participants-votes.csv`, `summary.csv`. Columns are found by
//! name. Statements keep their number and people theirs; every vote stays as a revision, re-votes too, and the last one
//! counts. The published totals of Polis (`agrees`, `disagrees`) count every re-vote: ours count each person once.
//! Statements that nobody moderated (`moderated` 0) come in as accepted, because Polis shows them unless its owner asked
//! for strict moderation, which no export tells; those with −1 come in as rejected, with their votes.

mod error;
mod export;
mod import;
pub(crate) mod read;
#[cfg(test)]
mod tests;

pub use error::{Broken, ExportError, Fault, ImportError};
pub(crate) use export::Whole;
pub use export::{Exported, export};
pub use import::{Imported, import};

/// The statements.
pub(crate) const COMMENTS: &str = "comments.csv";
/// The votes.
pub(crate) const VOTES: &str = "votes.csv";
/// The people and their last votes.
const PEOPLE: &str = "participants-votes.csv";
/// What it was about.
const SUMMARY: &str = "summary.csv";
/// All, in the order in which they are read.
const FILES: [&str; 4] = [COMMENTS, VOTES, PEOPLE, SUMMARY];
