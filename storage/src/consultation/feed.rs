//! What happened lately in all published consultations: for the feed, the calendar and the site map.

use domain::Timestamp;

use crate::{Result, Tx, args, sql};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FeedRow {
    /// `opened`, `closed`, `answered` or `reply` (an office's answer to a comment).
    pub kind: String,
    /// The id of the consultation or of the comment.
    pub id: String,
    /// When.
    pub at: i64,
    /// The consultation's word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The summary, the outcome as HTML, or the comment.
    pub text: String,
    /// The office's full name.
    pub office: String,
    /// Of an outcome its kind, else empty.
    pub outcome: String,
}

/// The last `most` things that happened until `now`, the newest first.
pub async fn latest(tx: &mut Tx, now: Timestamp, most: i64) -> Result<Vec<FeedRow>> {
    tx.all(
        sql!(
            "select kind, id, at, slug, title, text, office, outcome from (
                 select 'opened' as kind, c.id as id, case when c.opens_at > c.published_at then c.opens_at else c.published_at end as at,
                        c.slug as slug, c.title as title, c.summary as text, o.name as office, '' as outcome
                 from consultation c join office o on o.id = c.office_id
                 where c.published_at is not null and c.opens_at <= $1
                 union all
                 select 'closed', c.id, c.closes_at, c.slug, c.title, c.summary, o.name, ''
                 from consultation c join office o on o.id = c.office_id
                 where c.published_at is not null and c.closes_at <= $1
                 union all
                 select 'answered', c.id, oc.at, c.slug, c.title, oc.body_html, o.name, oc.kind
                 from outcome oc join consultation c on c.id = oc.consultation_id join office o on o.id = c.office_id
                 where c.published_at is not null
                 union all
                 select 'reply', m.id, m.posted_at, c.slug, c.title, m.body, o.name, ''
                 from comment m join consultation c on c.id = m.consultation_id join office o on o.id = m.office_id
                 where c.published_at is not null and m.deleted_at is null and m.hidden_at is null
             ) happened
             where at <= $1
             order by at desc, kind, id
             limit $2"
        ),
        args![now, most],
    )
    .await
}

/// A closing date.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DateRow {
    /// The consultation.
    pub id: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// When it opens.
    pub opens_at: Option<i64>,
    /// When it closes.
    pub closes_at: i64,
    /// Last saved: what a calendar compares.
    pub updated_at: i64,
    /// How often it was saved.
    pub edition: i64,
}

/// Closing dates of published consultations after `since`, the earliest first; at most 500.
pub async fn closings(tx: &mut Tx, since: Timestamp) -> Result<Vec<DateRow>> {
    tx.all(
        sql!(
            "select id, slug, title, summary, opens_at, closes_at, updated_at, edition
             from consultation
             where published_at is not null and closes_at > $1
             order by closes_at, id
             limit 500"
        ),
        args![since],
    )
    .await
}

/// The closing date of one published consultation.
pub async fn closing(tx: &mut Tx, slug: &str) -> Result<Option<DateRow>> {
    tx.first(
        sql!(
            "select id, slug, title, summary, opens_at, closes_at, updated_at, edition
             from consultation
             where published_at is not null and closes_at is not null and slug = $1"
        ),
        args![slug],
    )
    .await
}

/// A page for search engines.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MapRow {
    /// The consultation's word in addresses.
    pub slug: String,
    /// When it last changed.
    pub changed_at: i64,
    /// Whether it has a policy text.
    pub has_text: bool,
    /// Whether it is over: then it has a result.
    pub over: bool,
}

/// All published consultations, the newest first; at most 10,000.
pub async fn map(tx: &mut Tx, now: Timestamp) -> Result<Vec<MapRow>> {
    tx.all(
        sql!(
            "select c.slug, case when oc.at > c.updated_at then oc.at else c.updated_at end as changed_at,
                    exists (select 1 from text_version v where v.consultation_id = c.id) as has_text,
                    (oc.at is not null or coalesce(c.closes_at <= $1, false)) as over
             from consultation c left join outcome oc on oc.consultation_id = c.id
             where c.published_at is not null
             order by c.published_at desc, c.id
             limit 10000"
        ),
        args![now],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, db_test, testing};

    db_test! { async fn tells_what_happened_and_nothing_of_drafts(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            for (slug, published, opens, closes) in [("a", Some(5), 10, 90), ("b", Some(5), 200, 300), ("draft", None, 10, 90)] {
                let id = testing::consultation(tx, slug).await?;
                tx.run(
                    sql!("update consultation set published_at = $2, opens_at = $3, closes_at = $4, summary = 'S' where id = $1"),
                    args![&id, published.map(i64::from), opens, closes],
                ).await?;
            }
            let (a,): (String,) = tx.first(sql!("select id from consultation where slug = $1"), args!["a"]).await?.expect("is there");
            tx.run(
                sql!("insert into outcome (consultation_id, kind, body, body_html, at) values ($1, 'changed', 'x', '<p>x</p>', 95)"),
                args![&a],
            ).await?;
            tx.run(
                sql!(
                    "insert into account (id, email, email_key, name, password_hash, role, created_at)
                     values ('feed', 'feed', 'feed', 'Feed', '-', 'resident', 0)"
                ),
                args![],
            ).await?;
            tx.run(
                sql!(
                    "insert into comment (id, consultation_id, root_id, depth, account_id, office_id, body, posted_at, send_key)
                     select 'm', c.id, 'm', 0, 'feed', c.office_id, 'Jawaban', 50, 'm' from consultation c where c.id = $1"
                ),
                args![&a],
            ).await?;
            let rows = latest(tx, Timestamp(100), 50).await?;
            let told: Vec<_> = rows.iter().map(|r| (r.kind.as_str(), r.slug.as_str(), r.at)).collect();
            assert_eq!(told, [("answered", "a", 95), ("closed", "a", 90), ("reply", "a", 50), ("opened", "a", 10)]);
            assert_eq!(latest(tx, Timestamp(60), 1).await?.len(), 1);
            let dates: Vec<_> = closings(tx, Timestamp(80)).await?.into_iter().map(|r| r.slug).collect();
            assert_eq!(dates, ["a", "b"]);
            assert_eq!(closing(tx, "b").await?.map(|r| r.closes_at), Some(300));
            assert_eq!(closing(tx, "draft").await?, None);
            let map: Vec<_> = map(tx, Timestamp(100)).await?.into_iter().map(|r| (r.slug, r.has_text, r.over)).collect();
            assert!(map.contains(&("a".into(), false, true)) && map.contains(&("b".into(), false, false)) && map.len() == 2);
            Ok::<_, Error>(())
        })).await;
        done.expect("is told");
    } }
}
