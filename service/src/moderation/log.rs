//! The public log: how often what was decided and why, without anybody's name.

use std::collections::BTreeMap;

use domain::{
    Timestamp, Zone,
    moderation::{Action, Reason},
};

use crate::{Result, Service};

/// Decisions that the page lists one by one.
const LATEST: u32 = 100;
/// Most decisions that the file lists.
const FILE: u32 = 100_000;
const DAY_MS: i64 = 86_400_000;

/// How often something was decided in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// An instant in it.
    pub at: Timestamp,
    /// What was decided.
    pub action: Action,
    /// Why.
    pub reason: Option<Reason>,
    /// How often.
    pub count: i64,
}

/// How often something was decided in one consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What was decided, and how often.
    pub counts: Vec<(Action, i64)>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// Whether it was about a statement; else about a comment.
    pub statement: bool,
    /// What was decided.
    pub action: Action,
    /// Why.
    pub reason: Option<Reason>,
}

/// The public log.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Newest month first.
    pub months: Vec<Month>,
    /// By title.
    pub places: Vec<Place>,
    /// The newest 100 decisions, newest first.
    pub latest: Vec<Entry>,
}

/// The public log, counted by months of the city's wall clock.
pub async fn log(service: &Service, zone: &Zone) -> Result<Log> {
    let mut tx = service.read().await?;
    let offset = i64::from(zone.hours) * 3_600_000;
    let mut months: BTreeMap<(i32, u8), (i64, BTreeMap<(Action, Option<Reason>), i64>)> =
        BTreeMap::new();
    for row in storage::moderation::by_day(&mut tx, offset).await? {
        let Some(action) = Action::parse(&row.action) else {
            continue;
        };
        let at = row.day * DAY_MS - offset;
        let wall = zone.wall(Timestamp(at));
        let month = months
            .entry((wall.year(), u8::from(wall.month())))
            .or_insert_with(|| (at, BTreeMap::new()));
        *month
            .1
            .entry((action, Reason::parse(&row.reason)))
            .or_default() += row.count;
    }
    let months = months
        .into_values()
        .rev()
        .flat_map(|(at, counts)| {
            counts
                .into_iter()
                .map(move |((action, reason), count)| Month {
                    at: Timestamp(at),
                    action,
                    reason,
                    count,
                })
        })
        .collect();
    let mut places: Vec<Place> = Vec::new();
    for row in storage::moderation::by_consultation(&mut tx).await? {
        let Some(action) = Action::parse(&row.action) else {
            continue;
        };
        if places.last().is_none_or(|last| last.slug != row.slug) {
            places.push(Place {
                slug: row.slug,
                title: row.title,
                counts: Vec::new(),
            });
        }
        if let Some(last) = places.last_mut() {
            last.counts.push((action, row.count));
        }
    }
    let latest = entries(&mut tx, LATEST).await?;
    Ok(Log {
        months,
        places,
        latest,
    })
}

async fn entries(tx: &mut storage::Tx, limit: u32) -> Result<Vec<Entry>> {
    Ok(storage::moderation::entries(tx, limit)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Entry {
                at: Timestamp(row.at),
                slug: row.slug,
                title: row.title,
                statement: row.subject_kind == "statement",
                action: Action::parse(&row.action)?,
                reason: Reason::parse(&row.reason),
            })
        })
        .collect())
}

/// The public log as a table of comma-separated values: one line a decision, newest first, times in UTC.
pub async fn csv(service: &Service) -> Result<String> {
    let mut tx = service.read().await?;
    let mut out = String::from("time,consultation,subject,action,reason\r\n");
    for entry in entries(&mut tx, FILE).await? {
        let subject = if entry.statement {
            "statement"
        } else {
            "comment"
        };
        // All five are words of our own or slugs: nothing to quote, nothing that a spreadsheet would run.
        let time = entry.at.rfc3339();
        let cells = [
            time.as_str(),
            entry.slug.as_str(),
            subject,
            entry.action.word(),
            entry.reason.map_or("", Reason::word),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    Ok(out)
}
