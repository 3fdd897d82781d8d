//! What waits for a moderator.

use domain::{ConsultationId, StatementId, comment::Comment};

use crate::{
    Query, Result, Tx, args,
    comment::{Row, columns, tables},
    sql,
};

/// A comment that residents flagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// The comment.
    pub comment: Comment,
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// How many people flagged it.
    pub flags: i64,
}

#[derive(sqlx::FromRow)]
struct FlaggedRow {
    #[sqlx(flatten)]
    row: Row,
    slug: String,
    title: String,
    flags: i64,
}

/// Flagged comments: most flags first, then those that wait longest; at most `limit`.
pub async fn flagged(tx: &mut Tx, limit: u32) -> Result<Vec<Flagged>> {
    let rows: Vec<FlaggedRow> = tx
        .all(
            sql!(concat!(
                "select ",
                columns!(),
                ", false as supported, co.slug, co.title, f.flags from ",
                tables!(),
                " join (select comment_id, cast(count(*) as bigint) as flags, min(at) as since
                          from comment_flag where settled_at is null group by comment_id) f on f.comment_id = c.id
                  join consultation co on co.id = c.consultation_id
                  where c.deleted_at is null and c.hidden_at is null
                  order by f.flags desc, f.since, c.id limit $1"
            )),
            args![limit],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|found| Flagged {
            comment: found.row.into(),
            slug: found.slug,
            title: found.title,
            flags: found.flags,
        })
        .collect())
}

/// A hidden comment as moderators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The comment, as anybody sees it.
    pub comment: Comment,
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// What it says.
    pub body: String,
    /// Who wrote it.
    pub author_name: String,
}

#[derive(sqlx::FromRow)]
struct WithheldRow {
    #[sqlx(flatten)]
    row: Row,
    slug: String,
    title: String,
    withheld_body: String,
    withheld_name: String,
}

/// Hidden comments, newest decision first; at most `limit`.
pub async fn hidden(tx: &mut Tx, limit: u32) -> Result<Vec<Withheld>> {
    let rows: Vec<WithheldRow> = tx
        .all(
            sql!(concat!(
                "select ",
                columns!(),
                ", false as supported, co.slug, co.title, c.body as withheld_body, a.name as withheld_name from ",
                tables!(),
                " join consultation co on co.id = c.consultation_id
                  where c.deleted_at is null and c.hidden_at is not null
                  order by c.hidden_at desc, c.id desc limit $1"
            )),
            args![limit],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|found| Withheld {
            comment: found.row.into(),
            slug: found.slug,
            title: found.title,
            body: found.withheld_body,
            author_name: found.withheld_name,
        })
        .collect())
}

/// A statement that waits to be accepted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// Its identity.
    pub id: String,
    /// Of which consultation.
    pub consultation_id: String,
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// Its number in the consultation.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// Since when it waits, in milliseconds.
    pub created_at: i64,
}

/// Statements that wait, oldest first; at most `limit`.
pub async fn waiting(tx: &mut Tx, limit: u32) -> Result<Vec<Waiting>> {
    tx.all(
        sql!(
            "select s.id, s.consultation_id, co.slug, co.title, s.number, s.body, s.created_at
             from statement s join consultation co on co.id = s.consultation_id
             where s.status = 'waiting' order by s.created_at, s.id limit $1"
        ),
        args![limit],
    )
    .await
}

/// A public statement that another may resemble.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// Of which consultation.
    pub consultation_id: String,
    /// Its number in the consultation.
    pub number: i64,
    /// The sentence.
    pub body: String,
}

/// The public statements of some consultations, by number.
pub async fn public_of(
    tx: &mut Tx,
    consultations: impl IntoIterator<Item = &ConsultationId>,
) -> Result<Vec<Known>> {
    tx.all_of(
        Query::new(
            "select consultation_id, number, body from statement
             where status = 'accepted' and consultation_id in",
        )
        .list(consultations)
        .push("order by consultation_id, number"),
    )
    .await
}

/// In which consultation each of these statements is, whatever was decided about it; those that are there, by identity.
pub async fn places_of(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = &StatementId>,
) -> Result<Vec<(StatementId, ConsultationId)>> {
    let rows: Vec<(String, String)> = tx
        .all_of(
            Query::new("select id, consultation_id from statement where id in")
                .list(ids)
                .push("order by id"),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, consultation)| (StatementId::new(id), ConsultationId::new(consultation)))
        .collect())
}

/// How many flagged comments, waiting statements and hidden comments there are.
pub async fn counts(tx: &mut Tx) -> Result<(i64, i64, i64)> {
    let row: Option<(i64, i64, i64)> = tx
        .first(
            sql!(
                "select (select count(distinct f.comment_id) from comment_flag f join comment c on c.id = f.comment_id
                          where f.settled_at is null and c.deleted_at is null and c.hidden_at is null),
                        (select count(*) from statement where status = 'waiting'),
                        (select count(*) from comment where hidden_at is not null and deleted_at is null)"
            ),
            args![],
        )
        .await?;
    Ok(row.unwrap_or_default())
}
