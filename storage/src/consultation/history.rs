//! What was done to a consultation, by whom and when.

use domain::{
    AccountId, ConsultationId, Timestamp,
    consultation::{Change, ChangeKind},
};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct ChangeRow {
    at: i64,
    name: Option<String>,
    kind: String,
    field: String,
    before: String,
    after: String,
    reason: String,
    is_public: bool,
}

/// A change to be written down.
#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    /// Its identity; sorts by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<&'a AccountId>,
    /// What.
    pub kind: ChangeKind,
    /// Which field.
    pub field: &'a str,
    /// The old text.
    pub before: &'a str,
    /// The new text.
    pub after: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Whether everybody sees it.
    pub is_public: bool,
}

/// The changes of a consultation, the newest first: all, or those that everybody may see.
pub async fn list_changes(
    tx: &mut Tx,
    consultation: &ConsultationId,
    public_only: bool,
) -> Result<Vec<Change>> {
    let rows: Vec<ChangeRow> = tx
        .all(
            sql!(
                "select c.at, a.name, c.kind, c.field, c.before, c.after, c.reason, c.is_public
                 from consultation_change c
                 left join account a on a.id = c.account_id
                 where c.consultation_id = $1 and (c.is_public or $2 = false)
                 order by c.at desc, c.id desc"
            ),
            args![consultation, public_only],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Change {
            at: Timestamp(row.at),
            by: row.name,
            kind: ChangeKind::parse(&row.kind),
            field: row.field,
            before: row.before,
            after: row.after,
            reason: row.reason,
            is_public: row.is_public,
        })
        .collect())
}

/// Writes a change down.
pub async fn insert_change(
    tx: &mut Tx,
    consultation: &ConsultationId,
    change: &NewChange<'_>,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into consultation_change
                 (id, consultation_id, at, account_id, kind, field, before, after, reason, is_public)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            &change.id,
            consultation,
            change.at,
            change.by,
            change.kind.word(),
            change.field,
            change.before,
            change.after,
            change.reason,
            change.is_public
        ],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, testing::consultation};

    db_test! { async fn history_is_newest_first_and_partly_public(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let id = consultation(tx, "jalur").await?;
            for (n, is_public) in [(1, false), (2, true), (3, true)] {
                let change = NewChange {
                    id: format!("c{n}"),
                    at: Timestamp(n),
                    by: None,
                    kind: ChangeKind::Edited,
                    field: "title",
                    before: "a",
                    after: "b",
                    reason: "",
                    is_public,
                };
                insert_change(tx, &id, &change).await?;
            }
            let times = |changes: Vec<Change>| changes.iter().map(|c| c.at.0).collect::<Vec<_>>();
            assert_eq!(times(list_changes(tx, &id, false).await?), [3, 2, 1]);
            assert_eq!(times(list_changes(tx, &id, true).await?), [3, 2]);
            Ok(())
        })).await;
        done.expect("history is kept");
    } }
}
