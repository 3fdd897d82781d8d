//! The log of decisions, without anybody's name. Only of consultations that are public.

use crate::{Result, Tx, args, sql};

/// How often something was decided on one day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ByDay {
    /// Days since 1970-01-01, by the city's wall clock.
    pub day: i64,
    /// A word of [`domain::moderation::Action`].
    pub action: String,
    /// A word of [`domain::moderation::Reason`], or nothing.
    pub reason: String,
    /// How often.
    pub count: i64,
}

/// Decisions by day, action and reason, oldest day first. `offset` is the city's distance from UTC in milliseconds.
pub async fn by_day(tx: &mut Tx, offset: i64) -> Result<Vec<ByDay>> {
    tx.all(
        sql!(
            "select d.day, d.action, d.reason, cast(count(*) as bigint) as count
             from (select (m.at + $1) / 86400000 as day, m.action, m.reason
                     from moderation m join consultation co on co.id = m.consultation_id
                    where co.published_at is not null) d
             group by d.day, d.action, d.reason order by d.day, d.action, d.reason"
        ),
        args![offset],
    )
    .await
}

/// How often something was decided in one consultation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ByConsultation {
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// A word of [`domain::moderation::Action`].
    pub action: String,
    /// How often.
    pub count: i64,
}

/// Decisions by consultation and action, by title.
pub async fn by_consultation(tx: &mut Tx) -> Result<Vec<ByConsultation>> {
    tx.all(
        sql!(
            "select co.slug, co.title, m.action, cast(count(*) as bigint) as count
             from moderation m join consultation co on co.id = m.consultation_id
             where co.published_at is not null
             group by co.slug, co.title, m.action order by co.title, co.slug, m.action"
        ),
        args![],
    )
    .await
}

/// A decision as anybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// When, in milliseconds.
    pub at: i64,
    /// The word of its consultation in addresses.
    pub slug: String,
    /// The title of its consultation.
    pub title: String,
    /// `comment` or `statement`.
    pub subject_kind: String,
    /// A word of [`domain::moderation::Action`].
    pub action: String,
    /// A word of [`domain::moderation::Reason`], or nothing.
    pub reason: String,
}

/// The newest decisions, at most `limit`.
pub async fn entries(tx: &mut Tx, limit: u32) -> Result<Vec<Entry>> {
    tx.all(
        sql!(
            "select m.at, co.slug, co.title, m.subject_kind, m.action, m.reason
             from moderation m join consultation co on co.id = m.consultation_id
             where co.published_at is not null
             order by m.at desc, m.id desc limit $1"
        ),
        args![limit],
    )
    .await
}
