//! Opinion groups of a folder or a consultation: reading what [`domain::group`] needs.

mod fixture;
mod folder;
mod live;
mod membership;
pub mod rule;
mod seen;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::PathBuf};

use domain::{Actor, consultation::Consultation, group::Statement, polis::Vote, statement::Status};
use storage::Tx;

use crate::{
    Result, Service,
    polis::{Broken, Fault, Whole},
};

pub use folder::read_folder;
pub use live::{follow, refresh, refresh_all};
pub use membership::read_membership;
pub use seen::{Seen, findings, published, see};
pub use storage::group::{Side, rule::Published as PublishedRule};

/// Statements and the votes on them, under the numbers under which they are published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// The statements.
    pub statements: Vec<Statement>,
    /// Their sentences.
    pub texts: BTreeMap<i64, String>,
    /// Every vote, re-votes too.
    pub votes: Vec<Vote>,
}

/// Why a folder or a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file cannot be opened.
    #[error("{path} cannot be read: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of an export is broken.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// A line of a file with a name of its own is broken.
    #[error("{path}, line {line}: {fault}")]
    Line {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        fault: Fault,
    },
    /// Not the JSON that is expected.
    #[error("{path}: {source}")]
    Json {
        /// Which file.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
}

impl ReadError {
    fn read(path: PathBuf) -> Result<Vec<u8>, Self> {
        std::fs::read(&path).map_err(|source| Self::File { path, source })
    }
}

/// The statements of a consultation and the votes on them, exactly as an export of it has them: whoever recomputes the
/// groups from the published files gets the same.
///
/// No permission is asked and counts that are still hidden are in it: it is for the machine's administrator and for what
/// is derived on the server.
pub async fn read(service: &Service, slug: &str) -> Result<Poll> {
    let mut tx = service.read().await?;
    let consultation = crate::consultation::get(service, &mut tx, &Actor::System, slug).await?;
    Ok(of(&mut tx, consultation).await?)
}

async fn of(tx: &mut Tx, consultation: Consultation) -> Result<Poll, storage::Error> {
    let whole = Whole::read(tx, consultation).await?;
    Ok(Poll {
        statements: whole
            .statements
            .iter()
            .map(|(statement, _)| Statement {
                id: statement.number,
                out: statement.status == Status::Rejected,
                meta: false,
            })
            .collect(),
        texts: whole
            .statements
            .into_iter()
            .map(|(statement, _)| (statement.number, statement.body))
            .collect(),
        votes: whole.votes,
    })
}
