//! Full-text search: the one place where the two databases differ.

use crate::{Db, Result};

/// Makes the search index of this kind of database, when it is not there.
pub async fn prepare(_db: &Db) -> Result<()> {
    Ok(())
}
