//! Who did what to whom in the back office. Rows are added and read, never changed.

use domain::{AccountId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A deed to note.
#[derive(Clone, Debug)]
pub struct Deed<'a> {
    /// Identity of the row.
    pub id: &'a str,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program itself.
    pub by: Option<&'a AccountId>,
    /// What, as a stable word such as `account.role`.
    pub verb: &'a str,
    /// To whom or what: an id.
    pub subject: &'a str,
    /// More, as the verb defines it.
    pub detail: &'a str,
}

/// A deed as it was noted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// Identity of the row.
    pub id: String,
    /// When, in milliseconds.
    pub at: i64,
    /// The name of who did it, as it is now; `None` for the program itself.
    pub by_name: Option<String>,
    /// What.
    pub verb: String,
    /// To whom or what.
    pub subject: String,
    /// More.
    pub detail: String,
}

/// Notes a deed.
pub async fn insert(tx: &mut Tx, deed: &Deed<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into audit (id, at, account_id, verb, subject, detail)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        args![
            deed.id,
            deed.at,
            deed.by,
            deed.verb,
            deed.subject,
            deed.detail
        ],
    )
    .await?;
    Ok(())
}

/// The deeds to one subject, newest first, at most `limit`.
pub async fn list_of(tx: &mut Tx, subject: &str, limit: u32) -> Result<Vec<Entry>> {
    tx.all(
        sql!(
            "select u.id, u.at, a.name as by_name, u.verb, u.subject, u.detail
             from audit u
             left join account a on a.id = u.account_id
             where u.subject = $1
             order by u.at desc, u.id desc
             limit $2"
        ),
        args![subject, limit],
    )
    .await
}

/// The newest deeds of all, at most `limit`.
pub async fn list(tx: &mut Tx, limit: u32) -> Result<Vec<Entry>> {
    tx.all(
        sql!(
            "select u.id, u.at, a.name as by_name, u.verb, u.subject, u.detail
             from audit u
             left join account a on a.id = u.account_id
             order by u.at desc, u.id desc
             limit $1"
        ),
        args![limit],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn deeds_come_back_newest_first(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            for (id, at, subject) in [("a", 1, "siti"), ("b", 2, "bambang"), ("c", 3, "siti")] {
                insert(tx, &Deed {
                    id, at: Timestamp(at), by: None, verb: "account.role", subject, detail: "{}",
                }).await?;
            }
            Ok(())
        })).await;
        done.expect("is noted");
        let mut tx = db.read().await.expect("a connection");
        let ids = |entries: Vec<Entry>| entries.into_iter().map(|e| e.id).collect::<Vec<_>>();
        assert_eq!(ids(list_of(&mut tx, "siti", 10).await.expect("answers")), ["c", "a"]);
        assert_eq!(ids(list(&mut tx, 2).await.expect("answers")), ["c", "b"]);
    } }
}
