//! What people are typing, kept until they send it.

use domain::Timestamp;

use crate::{Result, Tx, args, database::Parts, sql};

/// What somebody typed at one place.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Draft {
    /// Which form, such as `comment:jalur-sepeda:pasal-4`.
    pub place: String,
    /// A JSON object of the fields as typed.
    pub body: String,
    /// When it was last kept, in milliseconds.
    pub updated_at: i64,
}

/// Keeps a draft in the place of an earlier one of the same owner and place.
pub async fn put(tx: &mut Tx, owner: &str, place: &str, body: &str, now: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into draft (owner, place, body, updated_at)
             values ($1, $2, $3, $4)
             on conflict (owner, place) do update
             set body = excluded.body, updated_at = excluded.updated_at"
        ),
        args![owner, place, body, now],
    )
    .await?;
    Ok(())
}

/// Forgets all but the `keep` newest drafts of an owner; how many went.
pub async fn trim(tx: &mut Tx, owner: &str, keep: u32) -> Result<u64> {
    tx.run(
        sql!(
            "delete from draft
             where owner = $1
               and place not in (select place from draft where owner = $1
                                 order by updated_at desc, place limit $2)"
        ),
        args![owner, keep],
    )
    .await
}

/// The draft of an owner at a place.
pub async fn find(tx: &mut Tx, owner: &str, place: &str) -> Result<Option<Draft>> {
    tx.first(
        sql!("select place, body, updated_at from draft where owner = $1 and place = $2"),
        args![owner, place],
    )
    .await
}

/// The draft of the account `$2` at the place `$3`: an account's drafts are kept under its id.
macro_rules! draft_parts {
    () => {
        "select 'draft', '', d.place, d.body, '', d.updated_at, 0
         from draft d where d.owner = $2 and d.place = $3"
    };
}

pub(crate) use draft_parts;

impl Draft {
    /// Takes what [`draft_parts`] selects.
    pub(crate) fn of(parts: &mut Parts) -> Option<Self> {
        parts.one("draft").map(|row| Self {
            place: row.a,
            body: row.b,
            updated_at: row.n,
        })
    }
}

/// The drafts of an owner, oldest first.
pub async fn list(tx: &mut Tx, owner: &str) -> Result<Vec<Draft>> {
    tx.all(
        sql!(
            "select place, body, updated_at from draft where owner = $1
             order by updated_at, place"
        ),
        args![owner],
    )
    .await
}

/// Forgets a draft and returns what it was.
pub async fn take(tx: &mut Tx, owner: &str, place: &str) -> Result<Option<Draft>> {
    tx.first(
        sql!(
            "delete from draft where owner = $1 and place = $2
             returning place, body, updated_at"
        ),
        args![owner, place],
    )
    .await
}

/// Hands all drafts of one owner to another, whose own stay where they are newer.
pub async fn adopt(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    tx.run(
        sql!(
            "insert into draft (owner, place, body, updated_at)
             select cast($2 as text), place, body, updated_at from draft where owner = $1
             on conflict (owner, place) do update
             set body = excluded.body, updated_at = excluded.updated_at
             where excluded.updated_at > draft.updated_at"
        ),
        args![from, to],
    )
    .await?;
    tx.run(sql!("delete from draft where owner = $1"), args![from])
        .await?;
    Ok(())
}

/// Forgets what was last kept before `before`; how many went.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(
        sql!("delete from draft where updated_at < $1"),
        args![before],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn drafts_are_kept_replaced_taken_and_adopted(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            put(tx, "guest", "a", "{\"x\":\"1\"}", Timestamp(1)).await?;
            put(tx, "guest", "a", "{\"x\":\"2\"}", Timestamp(2)).await?;
            put(tx, "guest", "b", "{}", Timestamp(3)).await?;
            put(tx, "siti", "b", "{\"own\":\"newer\"}", Timestamp(9)).await?;
            put(tx, "siti", "a", "{\"own\":\"older\"}", Timestamp(1)).await?;
            adopt(tx, "guest", "siti").await
        })).await;
        done.expect("is kept");
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(list(&mut tx, "guest").await.expect("answers"), []);
        let mine = list(&mut tx, "siti").await.expect("answers");
        let bodies: Vec<&str> = mine.iter().map(|d| d.body.as_str()).collect();
        assert_eq!(bodies, ["{\"x\":\"2\"}", "{\"own\":\"newer\"}"]);
        drop(tx);
        let taken: Result<_> = db.write(|tx| Box::pin(async move {
            Ok((take(tx, "siti", "a").await?, take(tx, "siti", "a").await?))
        })).await;
        let (first, second) = taken.expect("is taken");
        assert_eq!(first.map(|d| d.updated_at), Some(2));
        assert_eq!(second, None);
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(find(&mut tx, "siti", "a").await.expect("answers"), None);
        assert!(find(&mut tx, "siti", "b").await.expect("answers").is_some());
    } }

    db_test! { async fn old_ones_go(db) {
        let gone: Result<_> = db.write(|tx| Box::pin(async move {
            for n in 0..5 {
                put(tx, "siti", &n.to_string(), "{}", Timestamp(n)).await?;
            }
            Ok((trim(tx, "siti", 3).await?, sweep(tx, Timestamp(3)).await?))
        })).await;
        assert_eq!(gone.expect("is done"), (2, 1));
        let mut tx = db.read().await.expect("a connection");
        let left = list(&mut tx, "siti").await.expect("answers");
        assert_eq!(left.iter().map(|d| d.place.as_str()).collect::<Vec<_>>(), ["3", "4"]);
    } }
}
