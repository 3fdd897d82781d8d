//! How letters are written: version after version.

use domain::{AccountId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// The word of the form that it is for; empty for all services.
    pub scope: String,
    /// Its number, from 1.
    pub version: i64,
    /// JSON of `domain::document::Template`.
    pub body: String,
    /// When, in milliseconds.
    pub at: i64,
    /// The name of who wrote it, as it is now.
    pub by_name: Option<String>,
}

/// The newest version for a service, or else the newest for all services.
pub async fn template(tx: &mut Tx, scope: &str) -> Result<Option<Version>> {
    tx.first(
        sql!(
            "select t.scope, t.version, t.body, t.at, a.name as by_name
             from document_template t left join account a on a.id = t.by_account_id
             where t.scope = $1 or t.scope = ''
             order by case when t.scope = $1 then 0 else 1 end, t.version desc limit 1"
        ),
        args![scope],
    )
    .await
}

/// The versions for a service, or for all services when `scope` is empty; the newest first, at most `limit`.
pub async fn versions(tx: &mut Tx, scope: &str, limit: u32) -> Result<Vec<Version>> {
    tx.all(
        sql!(
            "select t.scope, t.version, t.body, t.at, a.name as by_name
             from document_template t left join account a on a.id = t.by_account_id
             where t.scope = $1 order by t.version desc limit $2"
        ),
        args![scope, limit],
    )
    .await
}

/// Adds a version; whether the number was free.
pub async fn add_template(
    tx: &mut Tx,
    scope: &str,
    version: i64,
    body: &str,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into document_template (scope, version, body, at, by_account_id) values ($1, $2, $3, $4, $5)
                 on conflict (scope, version) do nothing"
            ),
            args![scope, version, body, at, by],
        )
        .await?;
    Ok(rows == 1)
}
