//! What officers write and the lists of their work.

mod desk;
mod files;

use domain::{
    AccountId, AreaId, ConsultationId, OfficeId, Timestamp,
    consultation::{Consultation, Valid},
};

use super::Row;
use crate::{Result, Tx, args, sql};

pub use desk::{OnDesk, list_for_officers};
pub use files::*;

/// A consultation with what its officers alone see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What everybody sees once it is published.
    pub consultation: Consultation,
    /// The explanation as Markdown.
    pub body: String,
    /// The secret of the preview link.
    pub preview_token: String,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct SheetRow {
    #[sqlx(flatten)]
    row: Row,
    body: String,
    preview_token: String,
    updated_at: i64,
}

/// A blank consultation to be inserted.
#[derive(Clone, Debug)]
pub struct Blank<'a> {
    /// Its identity.
    pub id: &'a ConsultationId,
    /// Its word in addresses.
    pub slug: &'a str,
    /// Its office.
    pub office: &'a OfficeId,
    /// Its title.
    pub title: &'a str,
    /// Whom to ask.
    pub contact: &'a str,
    /// The secret of the preview link.
    pub preview_token: &'a str,
    /// Who made it.
    pub by: Option<&'a AccountId>,
    /// When.
    pub now: Timestamp,
}

/// The consultation with what its officers alone see, in any phase.
pub async fn find_sheet(tx: &mut Tx, slug: &str) -> Result<Option<Sheet>> {
    let row: Option<SheetRow> = tx
        .first(
            sql!(
                "select c.*, o.name as office_name, o.short as office_short, oc.at as answered_at,
                        (select string_agg(a.area_id, ' ') from consultation_area a where a.consultation_id = c.id) as areas
                 from consultation c
                 join office o on o.id = c.office_id
                 left join outcome oc on oc.consultation_id = c.id
                 where c.slug = $1"
            ),
            args![slug],
        )
        .await?;
    Ok(row.map(|sheet| Sheet {
        consultation: sheet.row.into(),
        body: sheet.body,
        preview_token: sheet.preview_token,
        updated_at: Timestamp(sheet.updated_at),
    }))
}

/// The draft with this title that the same person made in the same office since `since` and has not saved yet: a form sent twice.
pub async fn find_twin(
    tx: &mut Tx,
    office: &OfficeId,
    title: &str,
    by: Option<&AccountId>,
    since: Timestamp,
) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!(
                "select slug from consultation
                 where office_id = $1 and title = $2 and created_by = $3 and created_at >= $4
                   and edition = 1 and published_at is null
                 order by created_at desc
                 limit 1"
            ),
            args![office, title, by, since],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Inserts a blank draft; `false` when its slug is taken.
pub async fn insert_blank(tx: &mut Tx, blank: &Blank<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into consultation
                     (id, slug, office_id, title, contact, preview_token, created_by, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
                 on conflict (slug) do nothing"
            ),
            args![
                blank.id,
                blank.slug,
                blank.office,
                blank.title,
                blank.contact,
                blank.preview_token,
                blank.by,
                blank.now
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// Saves what an officer typed over the edition they saw; `false` when another was saved in between.
///
/// Errors: [`crate::Error::Conflict`] when the slug is taken.
pub async fn update(
    tx: &mut Tx,
    id: &ConsultationId,
    edition: i64,
    valid: &Valid,
    body_html: &str,
    now: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update consultation
                 set slug = $3, office_id = $4, title = $5, summary = $6, body = $7, body_html = $8, contact = $9,
                     cover_alt = $10, opens_at = $11, closes_at = $12, counts_shown = $13, comments_open = $14,
                     statements_open = $15, updated_at = $16, edition = edition + 1
                 where id = $1 and edition = $2"
            ),
            args![
                id,
                edition,
                &valid.slug,
                &valid.office,
                &valid.title,
                &valid.summary,
                &valid.body,
                body_html,
                &valid.contact,
                &valid.cover_alt,
                valid.opens_at,
                valid.closes_at,
                valid.counts_shown.word(),
                valid.comments_open,
                valid.statements_open,
                now
            ],
        )
        .await?;
    Ok(rows > 0)
}

/// Puts these areas in place of those before.
pub async fn put_areas(tx: &mut Tx, id: &ConsultationId, areas: &[AreaId]) -> Result<()> {
    tx.run(
        sql!("delete from consultation_area where consultation_id = $1"),
        args![id],
    )
    .await?;
    for area in areas {
        tx.run(
            sql!("insert into consultation_area (consultation_id, area_id) values ($1, $2)"),
            args![id, area],
        )
        .await?;
    }
    Ok(())
}

/// Counts a save of something that hangs on the consultation; `false` when another was saved in between.
pub async fn touch(tx: &mut Tx, id: &ConsultationId, edition: i64, now: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update consultation set edition = edition + 1, updated_at = $3
                 where id = $1 and edition = $2"
            ),
            args![id, edition, now],
        )
        .await?;
    Ok(rows > 0)
}

/// Makes it public; `false` when it was, or when another was saved in between.
pub async fn publish(
    tx: &mut Tx,
    id: &ConsultationId,
    edition: i64,
    now: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update consultation set published_at = $3, updated_at = $3, edition = edition + 1
                 where id = $1 and edition = $2 and published_at is null"
            ),
            args![id, edition, now],
        )
        .await?;
    Ok(rows > 0)
}

/// Sets another closing time; `false` when another was saved in between.
pub async fn set_closing(
    tx: &mut Tx,
    id: &ConsultationId,
    edition: i64,
    closes_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update consultation set closes_at = $3, updated_at = $4, edition = edition + 1
                 where id = $1 and edition = $2"
            ),
            args![id, edition, closes_at, now],
        )
        .await?;
    Ok(rows > 0)
}

/// Sets another secret of the preview link; the old link leads nowhere from then on.
pub async fn set_preview_token(tx: &mut Tx, id: &ConsultationId, token: &str) -> Result<()> {
    tx.run(
        sql!("update consultation set preview_token = $2 where id = $1"),
        args![id, token],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
