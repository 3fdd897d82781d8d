//! Consultations that come from another program.

use domain::{AccountId, ConsultationId, OfficeId, Timestamp};

use crate::{Result, Tx, args, sql};

/// A consultation that comes in whole, public at once.
#[derive(Clone, Debug)]
pub struct NewImport<'a> {
    /// Its identity.
    pub id: &'a ConsultationId,
    /// Its word in addresses.
    pub slug: &'a str,
    /// Its office.
    pub office: &'a OfficeId,
    /// Its title.
    pub title: &'a str,
    /// The explanation, as Markdown.
    pub body: &'a str,
    /// The explanation, as sanitised HTML.
    pub body_html: &'a str,
    /// When people could begin to take part.
    pub opens_at: Timestamp,
    /// When taking part ended.
    pub closes_at: Timestamp,
    /// Where it comes from.
    pub source: &'a str,
    /// The digest of what it comes from.
    pub digest: &'a str,
    /// The secret of its preview link.
    pub preview_token: &'a str,
    /// Who brought it in.
    pub by: Option<&'a AccountId>,
    /// When.
    pub now: Timestamp,
}

/// Stores a consultation that comes in; `false`, with nothing stored, when there is no such office.
///
/// [`Error::Conflict`](crate::Error::Conflict) when its slug is taken.
pub async fn insert_import(tx: &mut Tx, new: &NewImport<'_>) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into consultation
                     (id, slug, office_id, title, body, body_html, opens_at, closes_at, published_at, comments_open,
                      statements_open, preview_token, source, source_digest, created_by, created_at, updated_at)
                 select $1, $2, o.id, $4, $5, $6, cast($7 as bigint), cast($8 as bigint), cast($7 as bigint), false,
                        true, $9, $10, $11, $12, cast($13 as bigint), cast($13 as bigint)
                 from office o
                 where o.id = $3"
            ),
            args![
                new.id,
                new.slug,
                new.office,
                new.title,
                new.body,
                new.body_html,
                new.opens_at,
                new.closes_at,
                new.preview_token,
                new.source,
                new.digest,
                new.by,
                new.now
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// The consultation at this address and the digest of what it was imported from; an empty one for the city's own.
pub async fn source_digest(tx: &mut Tx, slug: &str) -> Result<Option<(ConsultationId, String)>> {
    let row: Option<(String, String)> = tx
        .first(
            sql!("select id, source_digest from consultation where slug = $1"),
            args![slug],
        )
        .await?;
    Ok(row.map(|(id, digest)| (ConsultationId::new(id), digest)))
}

/// The explanation as it was written, as Markdown.
pub async fn body(tx: &mut Tx, id: &ConsultationId) -> Result<String> {
    let row: Option<(String,)> = tx
        .first(
            sql!("select body from consultation where id = $1"),
            args![id],
        )
        .await?;
    Ok(row.map(|row| row.0).unwrap_or_default())
}
