//! Consultations.

pub mod around;
mod authoring;
pub mod feed;
mod history;
mod import;
pub mod list;
mod question;

use domain::{
    AreaId, ConsultationId, FileId, OfficeId, Timestamp,
    consultation::{Consultation, CountsShown},
};

use crate::{Query, Result, Tx, args, sql};

pub use authoring::*;
pub use history::*;
pub use import::{NewImport, body, insert_import, source_digest};
pub use question::*;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    slug: String,
    office_id: String,
    office_name: String,
    office_short: String,
    title: String,
    summary: String,
    body_html: String,
    contact: String,
    cover_id: Option<String>,
    cover_alt: String,
    opens_at: Option<i64>,
    closes_at: Option<i64>,
    published_at: Option<i64>,
    answered_at: Option<i64>,
    counts_shown: String,
    comments_open: bool,
    statements_open: bool,
    areas: Option<String>,
    source: String,
    edition: i64,
}

impl From<Row> for Consultation {
    fn from(row: Row) -> Self {
        Self {
            id: ConsultationId::new(row.id),
            slug: row.slug,
            office: OfficeId::new(row.office_id),
            office_name: row.office_name,
            office_short: row.office_short,
            title: row.title,
            summary: row.summary,
            body_html: row.body_html,
            contact: row.contact,
            cover: row.cover_id.map(FileId::new),
            cover_alt: row.cover_alt,
            opens_at: row.opens_at.map(Timestamp),
            closes_at: row.closes_at.map(Timestamp),
            published_at: row.published_at.map(Timestamp),
            answered_at: row.answered_at.map(Timestamp),
            counts_shown: CountsShown::parse(&row.counts_shown).unwrap_or(CountsShown::AfterClose),
            comments_open: row.comments_open,
            statements_open: row.statements_open,
            areas: row
                .areas
                .as_deref()
                .unwrap_or_default()
                .split(' ')
                .filter(|code| !code.is_empty())
                .map(AreaId::new)
                .collect(),
            source: row.source,
            edition: row.edition,
        }
    }
}

/// The consultation with this word in its address, in any phase.
pub async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Consultation>> {
    let row: Option<Row> = tx
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
    Ok(row.map(Consultation::from))
}

/// The consultation with this identity, in any phase.
pub async fn find(tx: &mut Tx, id: &ConsultationId) -> Result<Option<Consultation>> {
    let row: Option<Row> = tx
        .first(
            sql!(
                "select c.*, o.name as office_name, o.short as office_short, oc.at as answered_at,
                        (select string_agg(a.area_id, ' ') from consultation_area a where a.consultation_id = c.id) as areas
                 from consultation c
                 join office o on o.id = c.office_id
                 left join outcome oc on oc.consultation_id = c.id
                 where c.id = $1"
            ),
            args![id],
        )
        .await?;
    Ok(row.map(Consultation::from))
}

/// The consultations with these identities, in their order; those that are not there are left out.
pub async fn find_many(tx: &mut Tx, ids: &[ConsultationId]) -> Result<Vec<Consultation>> {
    let query = Query::new(
        "select c.*, o.name as office_name, o.short as office_short, oc.at as answered_at,
                (select string_agg(a.area_id, ' ') from consultation_area a where a.consultation_id = c.id) as areas
         from consultation c
         join office o on o.id = c.office_id
         left join outcome oc on oc.consultation_id = c.id
         where c.id in",
    )
    .list(ids);
    let rows: Vec<Row> = tx.all_of(query).await?;
    let mut found: Vec<Consultation> = rows.into_iter().map(Consultation::from).collect();
    found.sort_by_key(|c| ids.iter().position(|id| *id == c.id));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test! { async fn many_come_in_the_order_asked_for(db) {
        let ids: Vec<ConsultationId> = ["c", "a", "unknown", "b"].map(ConsultationId::new).into();
        for slug in ["a", "b", "c"] {
            db.write(move |tx| Box::pin(crate::testing::consultation(tx, slug))).await.expect("is written");
        }
        let mut tx = db.read().await.expect("a connection");
        let found = find_many(&mut tx, &ids).await.expect("answers");
        assert_eq!(found.iter().map(|c| c.slug.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
        assert!(find_many(&mut tx, &[]).await.expect("answers").is_empty());
    } }

    db_test! { async fn an_unknown_slug_finds_nothing(db) {
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(find_by_slug(&mut tx, "tidak-ada").await.expect("answers"), None);
    } }
}
