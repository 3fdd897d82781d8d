//! Writing, changing and taking back comments, and supporting those of others.

use domain::{
    AccountId, ClauseId, CommentId, ConsultationId, OfficeId, Timestamp, comment::Stance,
};

use crate::{Result, Tx, args, sql};

/// A comment to keep.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its identity.
    pub id: &'a CommentId,
    /// Of which consultation.
    pub consultation: &'a ConsultationId,
    /// About which clause.
    pub clause: Option<&'a ClauseId>,
    /// The sentence it is about.
    pub quote: &'a str,
    /// What it replies to.
    pub parent: Option<&'a CommentId>,
    /// The comment of the first level above it, or itself.
    pub root: &'a CommentId,
    /// 0 for the first level.
    pub depth: i64,
    /// Who wrote it.
    pub account: &'a AccountId,
    /// Set when it is an office's answer.
    pub office: Option<&'a OfficeId>,
    /// Where it stands.
    pub stance: Option<Stance>,
    /// What it says.
    pub body: &'a str,
    /// When.
    pub at: Timestamp,
    /// Unique for the account: the same one twice is one comment.
    pub send_key: &'a str,
}

/// Keeps a comment; `false` when this account has sent the same before.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into comment (id, consultation_id, clause_id, quote, parent_id, root_id, depth, account_id,
                                      office_id, stance, body, posted_at, send_key)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                 on conflict (account_id, send_key) do nothing"
            ),
            args![
                new.id,
                new.consultation,
                new.clause,
                new.quote,
                new.parent,
                new.root,
                new.depth,
                new.account,
                new.office,
                new.stance.map(Stance::word),
                new.body,
                new.at,
                new.send_key,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// The comment that an account sent under this key, with the one of the first level above it.
pub async fn by_key(
    tx: &mut Tx,
    account: &AccountId,
    key: &str,
) -> Result<Option<(CommentId, CommentId)>> {
    let row: Option<(String, String)> = tx
        .first(
            sql!("select id, root_id from comment where account_id = $1 and send_key = $2"),
            args![account, key],
        )
        .await?;
    Ok(row.map(|(id, root)| (CommentId::new(id), CommentId::new(root))))
}

/// Whether an account has no other comment than `id` in a consultation.
pub async fn is_first_of(
    tx: &mut Tx,
    id: &CommentId,
    account: &AccountId,
    consultation: &ConsultationId,
) -> Result<bool> {
    let others = tx
        .number(
            sql!("select count(*) from comment where account_id = $2 and consultation_id = $3 and id <> $1"),
            args![id, account, consultation],
        )
        .await?;
    Ok(others == 0)
}

/// A clause of the newest public text.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClauseText {
    /// Its label.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// Its Markdown.
    pub body: String,
}

/// A clause as the newest public text has it; `None` when that text does not have it.
pub async fn clause_text(
    tx: &mut Tx,
    consultation: &ConsultationId,
    clause: &ClauseId,
) -> Result<Option<ClauseText>> {
    tx.first(
        sql!(
            "select k.label, k.heading, k.body from clause k
             where k.id = $2 and k.version_id = (
               select v.id from text_version v
                where v.consultation_id = $1 and v.published_at is not null
                order by v.number desc limit 1)"
        ),
        args![consultation, clause],
    )
    .await
}

/// Holds a comment until the end of the transaction, so that what is counted from it cannot be counted past each other.
/// `false` when there is none.
pub async fn lock(tx: &mut Tx, id: &CommentId) -> Result<bool> {
    let rows = tx
        .run(
            sql!("update comment set depth = depth where id = $1"),
            args![id],
        )
        .await?;
    Ok(rows == 1)
}

/// Notes that an account supports a comment. [`lock`] it first and [`recount_supports`] afterwards.
pub async fn support(
    tx: &mut Tx,
    id: &CommentId,
    account: &AccountId,
    at: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into comment_support (comment_id, account_id, at) values ($1, $2, $3)
                 on conflict (comment_id, account_id) do nothing"
            ),
            args![id, account, at],
        )
        .await?;
    Ok(rows == 1)
}

/// Takes a support back; as [`support`].
pub async fn unsupport(tx: &mut Tx, id: &CommentId, account: &AccountId) -> Result<bool> {
    let rows = tx
        .run(
            sql!("delete from comment_support where comment_id = $1 and account_id = $2"),
            args![id, account],
        )
        .await?;
    Ok(rows == 1)
}

/// Derives how many support a comment, and returns it.
pub async fn recount_supports(tx: &mut Tx, id: &CommentId) -> Result<i64> {
    tx.number(
        sql!(
            "update comment set supports = (select count(*) from comment_support s where s.comment_id = $1)
             where id = $1 returning supports"
        ),
        args![id],
    )
    .await
}

/// Derives how many comments that can be read stand below one of the first level. [`lock`] it first.
pub async fn recount_replies(tx: &mut Tx, root: &CommentId) -> Result<()> {
    tx.run(
        sql!(
            "update comment set replies = (
               select count(*) from comment r
                where r.root_id = $1 and r.depth > 0 and r.deleted_at is null and r.hidden_at is null)
             where id = $1"
        ),
        args![root],
    )
    .await?;
    Ok(())
}

/// Replaces the text of a comment and keeps the old one. [`lock`] it first.
pub async fn revise(tx: &mut Tx, id: &CommentId, body: &str, at: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into comment_revision (comment_id, revision, body, at)
             select c.id, (select count(*) + 1 from comment_revision r where r.comment_id = c.id), c.body,
                    coalesce(c.edited_at, c.posted_at)
             from comment c where c.id = $1"
        ),
        args![id],
    )
    .await?;
    tx.run(
        sql!("update comment set body = $2, edited_at = $3 where id = $1"),
        args![id, body, at],
    )
    .await?;
    Ok(())
}

/// Takes the text of a comment and of all its versions out of the database for good; its place stays.
pub async fn erase(tx: &mut Tx, id: &CommentId, at: Timestamp) -> Result<()> {
    for sql in [
        sql!("delete from comment_revision where comment_id = $1"),
        sql!("delete from comment_support where comment_id = $1"),
        sql!("delete from comment_flag where comment_id = $1"),
    ] {
        tx.run(sql, args![id]).await?;
    }
    tx.run(
        sql!(
            "update comment set body = '', quote = '', stance = null, edited_at = null, supports = 0, deleted_at = $2
             where id = $1"
        ),
        args![id, at],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        comment::{
            Beside, beside, find,
            testing::{Town, town},
        },
        db_test,
    };

    db_test! { async fn the_same_key_is_one_comment(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        let again: Result<bool> = db.write(|tx| Box::pin(async move {
            insert(tx, &New {
                id: &CommentId::new("other"),
                consultation: &ConsultationId::new("c"),
                clause: None,
                quote: "",
                parent: None,
                root: &CommentId::new("other"),
                depth: 0,
                account: &AccountId::new("ani"),
                office: None,
                stance: None,
                body: "x",
                at: Timestamp(2),
                send_key: "r",
            }).await
        })).await;
        assert!(!again.expect("answers"));
        let mut tx = db.read().await.expect("a connection");
        let found = by_key(&mut tx, &AccountId::new("ani"), "r").await.expect("reads");
        assert_eq!(found.map(|f| f.0), Some(CommentId::new("r")));
    } }

    db_test! { async fn an_edit_keeps_the_old_text_and_a_deletion_keeps_nothing(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        let done: Result<i64> = db.write(|tx| Box::pin(async move {
            let id = CommentId::new("r");
            revise(tx, &id, "kedua", Timestamp(5)).await?;
            revise(tx, &id, "ketiga", Timestamp(6)).await?;
            assert!(support(tx, &id, &AccountId::new("budi"), Timestamp(6)).await?);
            assert!(!support(tx, &id, &AccountId::new("budi"), Timestamp(7)).await?);
            recount_supports(tx, &id).await
        })).await;
        assert_eq!(done.expect("writes"), 1);
        let mut tx = db.read().await.expect("a connection");
        let versions: Vec<(i64, String, i64)> = beside(&mut tx, &CommentId::new("r"), None).await.expect("reads")
            .revisions.into_iter().map(|r| (r.revision, r.body, r.at)).collect();
        assert_eq!(versions, [(1, Town::text("r"), 1), (2, "kedua".to_owned(), 5)]);
        drop(tx);
        let done: Result<()> = db.write(|tx| Box::pin(async move { erase(tx, &CommentId::new("r"), Timestamp(8)).await })).await;
        done.expect("deletes");
        let mut tx = db.read().await.expect("a connection");
        for table in ["select count(*) from comment_revision", "select count(*) from comment_support", "select count(*) from comment where body <> ''"] {
            assert_eq!(tx.number(table, args![]).await.expect("counts"), 0, "{table}");
        }
        assert!(!find(&mut tx, &CommentId::new("r"), None).await.expect("reads").expect("its place stays").is_shown());
    } }

    db_test! { async fn a_hidden_text_is_there_for_its_author_alone(db) {
        let town = town(&db).await;
        town.comment("r", None, 1).await;
        let done: Result<u64> = db.write(|tx| Box::pin(async move {
            tx.run("update comment set hidden_at = 9 where id = 'r'", args![]).await
        })).await;
        done.expect("hides");
        let mut tx = db.read().await.expect("a connection");
        let id = CommentId::new("r");
        let own = beside(&mut tx, &id, Some(&AccountId::new("ani"))).await.expect("reads").own_text;
        assert_eq!(own, Some((Town::text("r"), String::new())));
        for other in [None, Some(AccountId::new("budi"))] {
            assert_eq!(beside(&mut tx, &id, other.as_ref()).await.expect("reads"), Beside::default());
        }
    } }
}
