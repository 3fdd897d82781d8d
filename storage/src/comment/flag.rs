//! Residents who ask a moderator to look at a comment.

use domain::{AccountId, CommentId, Timestamp, comment::FlagReason};

use crate::{Query, Result, Tx, args, sql};

/// Flags a comment; `false` when this account has done so before.
pub async fn flag(
    tx: &mut Tx,
    id: &CommentId,
    account: &AccountId,
    reason: FlagReason,
    note: &str,
    at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into comment_flag (comment_id, account_id, reason, note, at) values ($1, $2, $3, $4, $5)
                 on conflict (comment_id, account_id) do nothing"
            ),
            args![id, account, reason.word(), note, at],
        )
        .await?;
    Ok(rows == 1)
}

/// A flag, without who raised it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Flag {
    /// Of which comment.
    pub comment_id: String,
    /// A word of [`FlagReason`].
    pub reason: String,
    /// More about it; may be empty.
    pub note: String,
    /// When, in milliseconds.
    pub at: i64,
}

/// The flags of some comments that no moderator has looked at, oldest first.
pub async fn flags_of(
    tx: &mut Tx,
    comments: impl IntoIterator<Item = &CommentId>,
) -> Result<Vec<Flag>> {
    tx.all_of(
        Query::new("select comment_id, reason, note, at from comment_flag where settled_at is null and comment_id in")
            .list(comments)
            .push("order by at, account_id"),
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        comment::{beside, testing::town},
        db_test,
    };

    db_test! { async fn a_person_flags_a_comment_once(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        let flags: Result<(bool, bool)> = db.write(|tx| Box::pin(async move {
            let (id, budi) = (CommentId::new("r"), AccountId::new("budi"));
            Ok((
                flag(tx, &id, &budi, FlagReason::Insult, "kasar", Timestamp(4)).await?,
                flag(tx, &id, &budi, FlagReason::Spam, "", Timestamp(5)).await?,
            ))
        })).await;
        assert_eq!(flags.expect("writes"), (true, false));
        let mut tx = db.read().await.expect("a connection");
        let id = CommentId::new("r");
        for (who, flagged) in [("budi", true), ("ani", false)] {
            let found = beside(&mut tx, &id, Some(&AccountId::new(who))).await.expect("reads");
            assert_eq!(found.flagged, flagged, "{who}");
        }
        let flags = flags_of(&mut tx, [&id]).await.expect("reads");
        assert_eq!((flags.len(), flags[0].reason.as_str(), flags[0].note.as_str()), (1, "insult", "kasar"));
    } }
}
