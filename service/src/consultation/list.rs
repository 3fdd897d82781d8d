//! Lists of published consultations, and what stands around one.

use domain::{
    Actor, AreaId, ConsultationId, FileId, OfficeId, Timestamp,
    clause::Text,
    consultation::{CountsShown, Phase},
    result::OutcomeKind,
    search::{Asked, ask},
};
use storage::{
    Tx,
    consultation::list::{ListRow, Wanted},
};

use crate::{Result, Service};

pub use storage::consultation::{
    around::{Around, ClauseLine, Moved},
    feed::{DateRow, FeedRow, MapRow},
};

/// Consultations on one page of the list.
pub const PAGE: i64 = 20;

/// What a list is narrowed to; the default is everything that is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this office.
    pub office: Option<OfficeId>,
    /// Concerning a place in this area: naming it, one above it, one within it, or the whole city.
    pub area: Option<AreaId>,
    /// In this phase. Drafts are never listed.
    pub phase: Option<Phase>,
    /// With these words in the consultation or its clauses; empty for all.
    pub text: String,
    /// From 1; beyond the end it is the last page.
    pub page: i64,
}

/// A consultation as a card shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The consultation.
    pub id: ConsultationId,
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The office's full name.
    pub office_name: String,
    /// The office's short name.
    pub office_short: String,
    /// The picture.
    pub cover: Option<FileId>,
    /// What the picture shows.
    pub cover_alt: String,
    /// Where it stands.
    pub phase: Phase,
    /// When it opens.
    pub opens_at: Option<Timestamp>,
    /// When it closes.
    pub closes_at: Option<Timestamp>,
    /// When the office answered.
    pub answered_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<OutcomeKind>,
    /// What was done with it, as plain text.
    pub outcome_text: String,
    /// Voices that took part; `None` while counts are hidden.
    pub participants: Option<i64>,
    /// Comments that everybody sees.
    pub comments: i64,
    /// Clauses of its policy text.
    pub clauses: i64,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// At most [`PAGE`].
    pub items: Vec<Summary>,
    /// How many the whole list has.
    pub total: i64,
    /// Which page this is, from 1.
    pub page: i64,
    /// How many pages there are, at least 1.
    pub pages: i64,
}

/// One page of the published consultations: open ones by their closing, then announced ones, then those that are over.
///
/// One query; two with a text.
pub async fn list(service: &Service, tx: &mut Tx, filter: &Filter) -> Result<Listed> {
    let among = match ask(&filter.text) {
        Asked::Nothing => None,
        Asked::TooShort => Some(Vec::new()),
        Asked::Terms(terms) => Some(storage::search::in_consultations(tx, &terms).await?),
    };
    let wanted = Wanted {
        office: filter.office.clone(),
        area: filter.area.clone(),
        phase: filter.phase,
        among,
    };
    let now = service.now();
    let page = filter.page.clamp(1, 1_000_000);
    let rows = storage::consultation::list::list(tx, &wanted, now, (page - 1) * PAGE, PAGE).await?;
    Ok(listed(rows, page, now))
}

/// What the home page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Open now, the one that closes first first.
    pub open: Listed,
    /// Opening soon.
    pub announced: Vec<Summary>,
    /// Answered lately.
    pub answered: Vec<Summary>,
}

/// The consultations of the home page, in three queries.
pub async fn home(service: &Service, tx: &mut Tx) -> Result<Home> {
    let now = service.now();
    let mut part = async |phase, most| {
        let wanted = Wanted {
            phase: Some(phase),
            ..Wanted::default()
        };
        storage::consultation::list::list(tx, &wanted, now, 0, most).await
    };
    let open = part(Phase::Open, 6).await?;
    let announced = part(Phase::Announced, 4).await?;
    let answered = part(Phase::Answered, 4).await?;
    let summaries = |rows: Vec<ListRow>| rows.into_iter().map(|row| summary(row, now)).collect();
    Ok(Home {
        open: listed(open, 1, now),
        announced: summaries(announced),
        answered: summaries(answered),
    })
}

/// What stands around a consultation's page, in one query.
pub async fn around(tx: &mut Tx, actor: &Actor, consultation: &ConsultationId) -> Result<Around> {
    Ok(storage::consultation::around::around(tx, consultation, actor.account()).await?)
}

/// All versions of its policy text with their clauses, the newest first, in one query.
pub async fn texts(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Text>> {
    Ok(storage::clause::list_texts(tx, consultation).await?)
}

/// What happened lately, the newest first; at most 50.
pub async fn latest(service: &Service, tx: &mut Tx) -> Result<Vec<FeedRow>> {
    Ok(storage::consultation::feed::latest(tx, service.now(), 50).await?)
}

/// Closing dates from 60 days ago on.
pub async fn closings(service: &Service, tx: &mut Tx) -> Result<Vec<DateRow>> {
    Ok(storage::consultation::feed::closings(tx, service.now().plus_days(-60)).await?)
}

/// The closing date of one; [`crate::Error::NotFound`] for a draft and for one that never closes.
pub async fn closing(tx: &mut Tx, slug: &str) -> Result<DateRow> {
    storage::consultation::feed::closing(tx, slug)
        .await?
        .ok_or(crate::Error::NotFound)
}

/// All pages for search engines.
pub async fn map(service: &Service, tx: &mut Tx) -> Result<Vec<MapRow>> {
    Ok(storage::consultation::feed::map(tx, service.now()).await?)
}

fn total(rows: &[ListRow]) -> i64 {
    rows.first().map_or(0, |row| row.total)
}

fn pages(total: i64) -> i64 {
    ((total + PAGE - 1) / PAGE).max(1)
}

fn listed(rows: Vec<ListRow>, page: i64, now: Timestamp) -> Listed {
    let total = total(&rows);
    let pages = pages(total);
    Listed {
        items: rows.into_iter().map(|row| summary(row, now)).collect(),
        total,
        page: page.min(pages),
        pages,
    }
}

fn summary(row: ListRow, now: Timestamp) -> Summary {
    let (opens, closes) = (row.opens_at.map(Timestamp), row.closes_at.map(Timestamp));
    let phase = if row.answered_at.is_some() {
        Phase::Answered
    } else if closes.is_some_and(|at| now >= at) {
        Phase::Closed
    } else if opens.is_none_or(|at| now < at) {
        Phase::Announced
    } else {
        Phase::Open
    };
    let live = CountsShown::parse(&row.counts_shown) == Some(CountsShown::Live);
    Summary {
        phase,
        cover: row.cover(),
        id: ConsultationId::new(row.id),
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        office_name: row.office_name,
        office_short: row.office_short,
        cover_alt: row.cover_alt,
        opens_at: opens,
        closes_at: closes,
        answered_at: row.answered_at.map(Timestamp),
        outcome: row.outcome.as_deref().and_then(OutcomeKind::parse),
        outcome_text: row
            .outcome_html
            .as_deref()
            .map(crate::search::text_of)
            .unwrap_or_default(),
        participants: (live || phase >= Phase::Closed).then_some(row.participants),
        comments: row.comments,
        clauses: row.clauses,
    }
}

#[cfg(test)]
mod tests {
    use storage::{args, db_test, sql};

    use super::*;
    use crate::{
        Error,
        testing::{START, World},
    };

    async fn put(world: &World, slug: &str, opens: i64, closes: i64, published: bool) {
        let slug = slug.to_owned();
        let done: Result<()> = world
            .service
            .db()
            .write(move |tx| {
                Box::pin(async move {
                    let published = published.then_some(START.plus_days(-30));
                    tx.run(
                        sql!(
                            "insert into consultation (id, slug, office_id, title, preview_token, opens_at, closes_at, published_at, created_at, updated_at, counts_shown)
                             values ($1, $1, 'dlh', $2, 'rahasia', $3, $4, $5, 0, 0, 'after_close')"
                        ),
                        args![&slug, format!("Rencana {slug}"), START.plus_days(opens), START.plus_days(closes), published],
                    )
                    .await?;
                    crate::search::put_consultation(tx, &ConsultationId::new(slug)).await
                })
            })
            .await;
        done.expect("is put");
    }

    db_test! { async fn pages_follow_one_another_and_the_last_stands_for_those_beyond(db) {
        let world = World::new(db).await;
        let mut tx = world.service.read().await.expect("a connection");
        let empty = list(&world.service, &mut tx, &Filter { page: 9, ..Filter::default() }).await.expect("lists");
        assert_eq!((empty.items.len(), empty.total, empty.page, empty.pages), (0, 0, 1, 1));
        drop(tx);
        for n in 0..45 {
            put(&world, &format!("jalur-{n:02}"), -1, 1 + n, n != 44).await;
        }
        let mut tx = world.service.read().await.expect("a connection");
        for (page, first, expected) in [(0, "jalur-00", 1), (1, "jalur-00", 1), (3, "jalur-40", 3), (4, "jalur-40", 3), (i64::MAX, "jalur-40", 3), (i64::MIN, "jalur-00", 1)] {
            let found = list(&world.service, &mut tx, &Filter { page, ..Filter::default() }).await.expect("lists");
            assert_eq!((found.items[0].slug.as_str(), found.page, found.pages, found.total), (first, expected, 3, 44), "page {page}");
        }
        assert_eq!(list(&world.service, &mut tx, &Filter { page: 1, ..Filter::default() }).await.expect("lists").items[0].participants, None, "hidden counts stay hidden");
        let (_, queries) = storage::database::counting(list(&world.service, &mut tx, &Filter { page: 2, ..Filter::default() })).await;
        assert_eq!(queries, 1);
        let some = Filter { text: "jalur-03".into(), ..Filter::default() };
        assert_eq!(list(&world.service, &mut tx, &some).await.expect("lists").items.len(), 1);
        for odd in ["%", "'", "zzz", "\"*"] {
            let none = Filter { text: odd.into(), page: 3, ..Filter::default() };
            assert_eq!(list(&world.service, &mut tx, &none).await.expect("lists").total, 0, "{odd}");
        }
    } }

    db_test! { async fn the_home_page_shows_what_is_open_announced_and_answered(db) {
        let world = World::new(db).await;
        for (slug, opens, closes, published) in [("now", -1, 5, true), ("soon", -1, 2, true), ("next", 3, 9, true), ("over", -9, -1, true), ("draft", -1, 5, false)] {
            put(&world, slug, opens, closes, published).await;
        }
        let mut tx = world.service.read().await.expect("a connection");
        let (home, queries) = storage::database::counting(home(&world.service, &mut tx)).await;
        let home = home.expect("reads");
        let slugs = |list: &[Summary]| list.iter().map(|s| s.slug.clone()).collect::<Vec<_>>();
        assert_eq!(queries, 3);
        assert_eq!(slugs(&home.open.items), ["soon", "now"]);
        assert_eq!(slugs(&home.announced), ["next"]);
        assert_eq!(slugs(&home.answered), Vec::<String>::new());
        world.days(6);
        let later = super::home(&world.service, &mut tx).await.expect("reads");
        assert_eq!(slugs(&later.open.items), ["next"]);
    } }

    db_test! { async fn drafts_are_told_to_nobody(db) {
        let world = World::new(db).await;
        put(&world, "konsep", 1, 9, false).await;
        let mut tx = world.service.read().await.expect("a connection");
        assert!(matches!(closing(&mut tx, "konsep").await, Err(Error::NotFound)));
        assert!(map(&world.service, &mut tx).await.expect("lists").is_empty());
        assert!(latest(&world.service, &mut tx).await.expect("lists").is_empty());
        assert!(closings(&world.service, &mut tx).await.expect("lists").is_empty());
        let found = around(&mut tx, &world.siti, &ConsultationId::new("konsep")).await.expect("reads");
        assert_eq!(found, Around::default());
    } }
}
