//! Versions of policy texts, and their clauses.

use domain::{
    AccountId, ClauseId, ConsultationId, Timestamp, VersionId,
    clause::{Clause, LastSeen, Text, Version},
};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct VersionRow {
    id: String,
    number: i64,
    note: String,
    reason: String,
    published_at: i64,
    clauses: i64,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            id: VersionId::new(row.id),
            number: row.number,
            note: row.note,
            reason: row.reason,
            published_at: Timestamp(row.published_at),
            clauses: row.clauses,
        }
    }
}

/// A clause with its version; of a version without clauses one row stands alone.
#[derive(sqlx::FromRow)]
struct TextRow {
    version_id: String,
    number: i64,
    note: String,
    reason: String,
    published_at: i64,
    id: Option<String>,
    label: String,
    chapter: String,
    heading: String,
    body: String,
    body_html: String,
}

#[derive(sqlx::FromRow)]
struct LastSeenRow {
    id: String,
    label: String,
    heading: String,
    version: i64,
}

/// All versions of the text of a consultation, the newest first.
pub async fn list_versions(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = tx
        .all(
            sql!(
                "select v.id, v.number, v.note, v.reason, coalesce(v.published_at, v.created_at) as published_at,
                        (select count(*) from clause c where c.version_id = v.id) as clauses
                 from text_version v
                 where v.consultation_id = $1
                 order by v.number desc"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// Versions of a consultation's text with their clauses; what follows narrows and orders them.
macro_rules! texts {
    () => {
        "select v.id as version_id, v.number, v.note, v.reason, coalesce(v.published_at, v.created_at) as published_at,
                k.id, coalesce(k.label, '') as label, coalesce(k.chapter, '') as chapter,
                coalesce(k.heading, '') as heading, coalesce(k.body, '') as body, coalesce(k.body_html, '') as body_html
         from text_version v
         left join clause k on k.version_id = v.id
         where v.consultation_id = $1"
    };
}

/// The newest version with its clauses, if there is any.
pub async fn find_newest(tx: &mut Tx, consultation: &ConsultationId) -> Result<Option<Text>> {
    let rows = tx
        .all(
            sql!(concat!(
                texts!(),
                " and v.number = (select max(w.number) from text_version w where w.consultation_id = $1)
                  order by k.position"
            )),
            args![consultation],
        )
        .await?;
    Ok(gather(rows).pop())
}

/// The version of this number with its clauses.
pub async fn find_version(
    tx: &mut Tx,
    consultation: &ConsultationId,
    number: i64,
) -> Result<Option<Text>> {
    let rows = tx
        .all(
            sql!(concat!(texts!(), " and v.number = $2 order by k.position")),
            args![consultation, number],
        )
        .await?;
    Ok(gather(rows).pop())
}

/// All versions with their clauses, the newest first.
pub async fn list_texts(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Text>> {
    let rows = tx
        .all(
            sql!(concat!(texts!(), " order by v.number desc, k.position")),
            args![consultation],
        )
        .await?;
    Ok(gather(rows))
}

/// Puts clauses, those of a version one after another, into their texts.
fn gather(rows: Vec<TextRow>) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for row in rows {
        if texts
            .last()
            .is_none_or(|text| text.version.number != row.number)
        {
            texts.push(Text {
                version: Version {
                    id: VersionId::new(row.version_id),
                    number: row.number,
                    note: row.note,
                    reason: row.reason,
                    published_at: Timestamp(row.published_at),
                    clauses: 0,
                },
                clauses: Vec::new(),
            });
        }
        if let (Some(text), Some(id)) = (texts.last_mut(), row.id) {
            text.version.clauses += 1;
            text.clauses.push(Clause {
                id: ClauseId::new(id),
                label: row.label,
                chapter: row.chapter,
                heading: row.heading,
                body: row.body,
                body_html: row.body_html,
            });
        }
    }
    texts
}

/// Every clause that any version of the text has had, as it stood in the newest version that has it.
pub async fn list_last_seen(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<LastSeen>> {
    let rows: Vec<LastSeenRow> = tx
        .all(
            sql!(
                "select c.id, c.label, c.heading, v.number as version
                 from clause c
                 join text_version v on v.id = c.version_id
                 where c.consultation_id = $1
                   and v.number = (
                       select max(w.number)
                       from clause d
                       join text_version w on w.id = d.version_id
                       where d.id = c.id and d.consultation_id = $1
                   )
                 order by v.number desc, c.position"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| LastSeen {
            id: ClauseId::new(row.id),
            label: row.label,
            heading: row.heading,
            version: row.version,
        })
        .collect())
}

/// The number of the newest version, 0 when there is none.
pub async fn newest_number(tx: &mut Tx, consultation: &ConsultationId) -> Result<i64> {
    tx.number(
        sql!("select max(number) from text_version where consultation_id = $1"),
        args![consultation],
    )
    .await
}

/// The text of a version as it was imported.
pub async fn find_source(tx: &mut Tx, version: &VersionId) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select source from text_version where id = $1"),
            args![version],
        )
        .await?;
    Ok(row.map(|row| row.0))
}

/// Adds a version with its clauses. Errors: [`crate::Error::Conflict`] when somebody else has added this number.
pub async fn insert(
    tx: &mut Tx,
    consultation: &ConsultationId,
    text: &Text,
    source: &str,
    by: Option<&AccountId>,
) -> Result<()> {
    let version = &text.version;
    tx.run(
        sql!(
            "insert into text_version (id, consultation_id, number, note, reason, source, created_at, created_by, published_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $7)"
        ),
        args![
            &version.id,
            consultation,
            version.number,
            &version.note,
            &version.reason,
            source,
            version.published_at,
            by
        ],
    )
    .await?;
    for (position, clause) in (1_i64..).zip(&text.clauses) {
        tx.run(
            sql!(
                "insert into clause (id, version_id, consultation_id, position, label, chapter, heading, body, body_html)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            args![
                &clause.id,
                &version.id,
                consultation,
                position,
                &clause.label,
                &clause.chapter,
                &clause.heading,
                &clause.body,
                &clause.body_html
            ],
        )
        .await?;
    }
    Ok(())
}

/// Takes a version away with its clauses; whether it was there.
pub async fn delete(tx: &mut Tx, version: &VersionId) -> Result<bool> {
    Ok(tx
        .run(
            sql!("delete from text_version where id = $1"),
            args![version],
        )
        .await?
        > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, testing::consultation};

    fn text(number: i64, clauses: &[(&str, &str)]) -> Text {
        Text {
            version: Version {
                id: VersionId::new(format!("v{number}")),
                number,
                note: "Catatan".into(),
                reason: "Alasan".into(),
                published_at: Timestamp(number),
                clauses: i64::try_from(clauses.len()).expect("few"),
            },
            clauses: clauses
                .iter()
                .map(|(id, label)| Clause {
                    id: ClauseId::new(*id),
                    label: (*label).to_owned(),
                    chapter: String::new(),
                    heading: format!("Judul {label}"),
                    body: "Isi".into(),
                    body_html: "<p>Isi</p>".into(),
                })
                .collect(),
        }
    }

    db_test! { async fn versions_keep_the_identity_of_their_clauses(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let id = consultation(tx, "jalur").await?;
            let (one, two) = (text(1, &[("a", "1"), ("b", "2")]), text(2, &[("b", "1"), ("c", "2")]));
            insert(tx, &id, &one, "satu", None).await?;
            insert(tx, &id, &two, "dua", None).await?;
            assert_eq!(find_newest(tx, &id).await?, Some(two.clone()));
            assert_eq!(find_version(tx, &id, 1).await?, Some(one));
            assert_eq!(find_version(tx, &id, 3).await?, None);
            assert_eq!(newest_number(tx, &id).await?, 2);
            let numbers: Vec<i64> = list_versions(tx, &id).await?.iter().map(|v| v.number).collect();
            assert_eq!(numbers, [2, 1]);
            assert_eq!(find_source(tx, &two.version.id).await?.as_deref(), Some("dua"));
            let seen: Vec<_> = list_last_seen(tx, &id).await?.into_iter().map(|s| (s.id.to_string(), s.label, s.version)).collect();
            assert_eq!(seen, [("b".into(), "1".into(), 2), ("c".into(), "2".into(), 2), ("a".into(), "1".into(), 1)]);
            assert!(delete(tx, &two.version.id).await?);
            assert!(!delete(tx, &two.version.id).await?);
            assert_eq!(newest_number(tx, &id).await?, 1);
            Ok(())
        })).await;
        done.expect("versions are kept");
    } }

    db_test! { async fn a_number_is_used_once(db) {
        let again: Result<()> = db.write(|tx| Box::pin(async move {
            let id = consultation(tx, "jalur").await?;
            insert(tx, &id, &text(1, &[("a", "1")]), "", None).await?;
            let mut other = text(1, &[("b", "1")]);
            other.version.id = VersionId::new("w");
            insert(tx, &id, &other, "", None).await
        })).await;
        assert!(matches!(again, Err(crate::Error::Conflict)));
    } }
}
