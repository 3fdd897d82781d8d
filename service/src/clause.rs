//! Policy texts in versions.

mod changes;
mod publish;

use domain::{
    ConsultationId,
    clause::{LastSeen, Text, Version},
};
use storage::Tx;

use crate::{Error, Result};

pub use changes::{Changed, Piece, changes, words};
pub use publish::{Preview, Previewed, preview, publish, remove_newest, source};

/// All versions of the text of a consultation, the newest first; empty when it has no text.
pub async fn versions(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Version>> {
    Ok(storage::clause::list_versions(tx, consultation).await?)
}

/// The newest version with its clauses, if the consultation has a text.
pub async fn newest(tx: &mut Tx, consultation: &ConsultationId) -> Result<Option<Text>> {
    Ok(storage::clause::find_newest(tx, consultation).await?)
}

/// The version of this number with its clauses; [`Error::NotFound`] when there is none.
pub async fn version(tx: &mut Tx, consultation: &ConsultationId, number: i64) -> Result<Text> {
    storage::clause::find_version(tx, consultation, number)
        .await?
        .ok_or(Error::NotFound)
}

/// Every clause that any version has had, as it last stood: for comments on clauses that have gone.
pub async fn last_seen(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<LastSeen>> {
    Ok(storage::clause::list_last_seen(tx, consultation).await?)
}
