//! Tables of Polis as JSON, as they are passed around with its own results.

use std::path::Path;

use domain::{group::Statement, polis::Vote};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Poll, ReadError};

/// The statements.
pub(super) const COMMENTS: &str = "comments.json";
/// The votes.
const VOTES: &str = "votes.json";

/// Two spellings of the columns are around.
#[derive(Deserialize)]
struct CommentRow {
    #[serde(alias = "tid")]
    statement_id: i64,
    #[serde(default, alias = "mod")]
    moderated: i64,
    #[serde(default)]
    is_meta: bool,
    #[serde(default)]
    txt: String,
}

#[derive(Deserialize)]
struct VoteRow {
    #[serde(alias = "pid")]
    participant_id: i64,
    #[serde(alias = "tid")]
    statement_id: i64,
    vote: i64,
    #[serde(default)]
    modified: Moment,
}

/// Milliseconds as a number, whole or not, or as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Moment {
    Number(serde_json::Number),
    Text(String),
    None(()),
}

impl Default for Moment {
    fn default() -> Self {
        Self::None(())
    }
}

impl Moment {
    fn millis(&self) -> i64 {
        let text = match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::None(()) => return 0,
        };
        let whole = text.split('.').next().unwrap_or_default();
        whole.trim().parse().unwrap_or(0)
    }
}

pub(super) fn read(dir: &Path) -> Result<Poll, ReadError> {
    let comments: Vec<CommentRow> = rows(dir, COMMENTS)?;
    let votes: Vec<VoteRow> = rows(dir, VOTES)?;
    Ok(Poll {
        statements: comments
            .iter()
            .map(|row| Statement {
                id: row.statement_id,
                out: row.moderated < 0,
                meta: row.is_meta,
            })
            .collect(),
        texts: comments
            .into_iter()
            .map(|row| (row.statement_id, row.txt))
            .collect(),
        votes: votes
            .into_iter()
            .map(|row| Vote {
                at: row.modified.millis(),
                comment: row.statement_id,
                voter: row.participant_id,
                value: row.vote,
            })
            .collect(),
    })
}

fn rows<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<Vec<T>, ReadError> {
    let path = dir.join(name);
    let bytes = ReadError::read(path.clone())?;
    serde_json::from_slice(&bytes).map_err(|source| ReadError::Json { path, source })
}
