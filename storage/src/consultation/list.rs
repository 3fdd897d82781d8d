//! Lists of published consultations, with what a card shows of each, in one query.

use domain::{AreaId, ConsultationId, FileId, OfficeId, Timestamp, consultation::Phase};

use crate::{Query, Result, Tx};

/// Which consultations; the default is all that are published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this office.
    pub office: Option<OfficeId>,
    /// That concern a place in this area: they name it, one above it, one within it, or none at all.
    pub area: Option<AreaId>,
    /// In this phase; [`Phase::Draft`] gives nothing.
    pub phase: Option<Phase>,
    /// Only these.
    pub among: Option<Vec<ConsultationId>>,
}

/// A row of the list. See `service::consultation::Summary` for the meaning.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListRow {
    /// The id.
    pub id: String,
    /// Its word in addresses.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// The office.
    pub office_id: String,
    /// Its full name.
    pub office_name: String,
    /// Its short name.
    pub office_short: String,
    /// Cover.
    pub cover_id: Option<String>,
    /// What the cover shows.
    pub cover_alt: String,
    /// Opens.
    pub opens_at: Option<i64>,
    /// Closes.
    pub closes_at: Option<i64>,
    /// Became public.
    pub published_at: i64,
    /// Last saved.
    pub updated_at: i64,
    /// Answered.
    pub answered_at: Option<i64>,
    /// How it ended: `adopted`, `changed` or `dropped`.
    pub outcome: Option<String>,
    /// What was done with it, as HTML.
    pub outcome_html: Option<String>,
    /// When counts are shown.
    pub counts_shown: String,
    /// Voices.
    pub participants: i64,
    /// Comments that everybody sees.
    pub comments: i64,
    /// Clauses of the newest published text.
    pub clauses: i64,
    /// Its place in the whole list, from 1.
    pub place: i64,
    /// How many the whole list has.
    pub total: i64,
}

impl ListRow {
    /// The cover as an id.
    pub fn cover(&self) -> Option<FileId> {
        self.cover_id.clone().map(FileId::new)
    }
}

/// The list from `skip` on, at most `most`: open ones by their closing, then announced ones by their opening, then closed and answered
/// ones, the newest first. Beyond the end it is the last page of pages of `most`.
pub async fn list(
    tx: &mut Tx,
    wanted: &Wanted,
    now: Timestamp,
    skip: i64,
    most: i64,
) -> Result<Vec<ListRow>> {
    // 0 open, 1 announced, 2 over; within these by the instant that matters next, or mattered last.
    let query = Query::new(
        "with found as (
             select c.id, count(*) over () as total, row_number() over (
                 order by case when oc.at is not null or c.closes_at <=",
    )
    .bind(now)
    .push("then 2 when c.opens_at <=")
    .bind(now)
    .push("then 0 else 1 end, case when oc.at is not null then -oc.at when c.closes_at <=")
    .bind(now)
    .push("then -c.closes_at when c.opens_at <=")
    .bind(now)
    .push(
        "then c.closes_at else c.opens_at end nulls last, c.id) as place
             from consultation c
             left join outcome oc on oc.consultation_id = c.id
             where c.published_at is not null",
    );
    // What a card counts is counted for the cards of this page alone.
    let query = narrowed(query, wanted, now)
        .push(
            ")
         select c.id, c.slug, c.title, c.summary, c.office_id, o.name as office_name, o.short as office_short,
                c.cover_id, c.cover_alt, c.opens_at, c.closes_at, c.published_at, c.updated_at,
                oc.at as answered_at, oc.kind as outcome, oc.body_html as outcome_html, c.counts_shown,
                (select count(*) from participant p where p.consultation_id = c.id) as participants,
                (select count(*) from comment m
                 where m.consultation_id = c.id and m.deleted_at is null and m.hidden_at is null) as comments,
                (select count(*) from clause k
                 where k.version_id = (select v.id from text_version v
                                       where v.consultation_id = c.id and v.published_at is not null
                                       order by v.number desc limit 1)) as clauses,
                found.place, found.total
         from found
         join consultation c on c.id = found.id
         join office o on o.id = c.office_id
         left join outcome oc on oc.consultation_id = c.id
         where found.place > case when found.total >",
        )
        .bind(skip)
        .push("then")
        .bind(skip)
        .push("else (found.total - 1) /")
        .bind(most)
        .push("*")
        .bind(most)
        .push("end order by found.place limit")
        .bind(most);
    tx.all_of(query).await
}

/// The conditions of a filter.
fn narrowed(mut query: Query, wanted: &Wanted, now: Timestamp) -> Query {
    if let Some(office) = &wanted.office {
        query = query.push("and c.office_id =").bind(office);
    }
    if let Some(area) = &wanted.area {
        query = query
            .push(
                "and (not exists (select 1 from consultation_area a where a.consultation_id = c.id)
                      or exists (select 1 from consultation_area a where a.consultation_id = c.id and a.area_id in (
                          with recursive up (id, parent_id) as (
                              select id, parent_id from area where id =",
            )
            .bind(area)
            .push(
                "             union all select p.id, p.parent_id from area p join up on p.id = up.parent_id
                          ), down (id) as (
                              select id from area where id =",
            )
            .bind(area)
            .push(
                "             union all select p.id from area p join down on p.parent_id = down.id
                          )
                          select id from up union select id from down)))",
            );
    }
    if let Some(among) = &wanted.among {
        query = query.push("and c.id in").list(among);
    }
    match wanted.phase {
        None => query,
        Some(Phase::Draft) => query.push("and false"),
        Some(Phase::Answered) => query.push("and oc.at is not null"),
        Some(Phase::Closed) => query.push("and oc.at is null and c.closes_at <=").bind(now),
        Some(Phase::Open) => query
            .push("and oc.at is null and c.opens_at <=")
            .bind(now)
            .push("and (c.closes_at is null or c.closes_at >")
            .bind(now)
            .push(")"),
        Some(Phase::Announced) => query
            .push("and oc.at is null and (c.opens_at is null or c.opens_at >")
            .bind(now)
            .push(") and (c.closes_at is null or c.closes_at >")
            .bind(now)
            .push(")"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Error, args, db_test, sql};

    async fn town(db: &Db) {
        db.write(|tx| {
            Box::pin(async move {
                for (id, parent) in [("35", None), ("35.1", Some("35")), ("35.1.1", Some("35.1")), ("35.2", Some("35")), ("35.2.1", Some("35.2"))] {
                    tx.run(
                        sql!("insert into area (id, name, kind, parent_id) values ($1, $1, 'desa', $2)"),
                        args![id, parent],
                    )
                    .await?;
                }
                for office in ["a", "b"] {
                    tx.run(sql!("insert into office (id, name, short) values ($1, $1, $1)"), args![office]).await?;
                }
                // slug, office, opens, closes, published
                let rows = [
                    ("late", "a", Some(10), Some(300), Some(1)),
                    ("soon", "b", Some(20), Some(200), Some(1)),
                    ("next", "a", Some(150), Some(400), Some(1)),
                    ("over", "a", Some(10), Some(90), Some(1)),
                    ("done", "b", Some(10), Some(50), Some(1)),
                    ("draft", "a", Some(10), Some(300), None),
                ];
                for (slug, office, opens, closes, published) in rows {
                    tx.run(
                        sql!(
                            "insert into consultation (id, slug, office_id, title, preview_token, opens_at, closes_at, published_at, created_at, updated_at)
                             values ($1, $1, $2, $1, '', $3, $4, $5, 0, 0)"
                        ),
                        args![slug, office, opens, closes, published.map(i64::from)],
                    )
                    .await?;
                }
                tx.run(
                    sql!("insert into outcome (consultation_id, kind, body, body_html, at) values ('done', 'adopted', 'x', '<p>x</p>', 60)"),
                    args![],
                )
                .await?;
                for (slug, area) in [("soon", "35.1.1"), ("late", "35.2")] {
                    tx.run(
                        sql!("insert into consultation_area (consultation_id, area_id) values ($1, $2)"),
                        args![slug, area],
                    )
                    .await?;
                }
                tx.run(
                    sql!("insert into participant (id, consultation_id, joined_at) values ('p', 'soon', 1)"),
                    args![],
                )
                .await?;
                Ok::<_, Error>(())
            })
        })
        .await
        .expect("the town is there");
    }

    async fn slugs(tx: &mut Tx, wanted: Wanted) -> String {
        let rows = list(tx, &wanted, Timestamp(100), 0, 20)
            .await
            .expect("answers");
        rows.iter()
            .map(|row| row.slug.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    db_test! { async fn lists_in_the_order_that_matters(db) {
        town(&db).await;
        let mut tx = db.read().await.expect("a connection");
        assert_eq!(slugs(&mut tx, Wanted::default()).await, "soon late next over done");
        for (phase, expected) in [
            (Phase::Draft, ""), (Phase::Announced, "next"), (Phase::Open, "soon late"), (Phase::Closed, "over"), (Phase::Answered, "done"),
        ] {
            assert_eq!(slugs(&mut tx, Wanted { phase: Some(phase), ..Wanted::default() }).await, expected, "{phase:?}");
        }
        let page = list(&mut tx, &Wanted::default(), Timestamp(100), 2, 2).await.expect("answers");
        assert_eq!(page.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>(), ["next", "over"]);
        assert_eq!((page[0].place, page[0].total), (3, 5));
        for skip in [4, 6, 100] {
            let beyond = list(&mut tx, &Wanted::default(), Timestamp(100), skip, 2).await.expect("answers");
            assert_eq!(beyond.iter().map(|r| (r.slug.as_str(), r.place)).collect::<Vec<_>>(), [("done", 5)], "the last page stands for {skip}");
        }
        let first = list(&mut tx, &Wanted::default(), Timestamp(100), 0, 1).await.expect("answers");
        assert_eq!((first[0].participants, first[0].comments, first[0].clauses), (1, 0, 0));
        let done = list(&mut tx, &Wanted { phase: Some(Phase::Answered), ..Wanted::default() }, Timestamp(100), 0, 9).await.expect("answers");
        assert_eq!(done[0].outcome.as_deref(), Some("adopted"));
    } }

    db_test! { async fn an_area_has_what_names_it_or_a_place_above_or_within(db) {
        town(&db).await;
        let mut tx = db.read().await.expect("a connection");
        for (area, expected) in [
            ("35.1.1", "soon next over done"),
            ("35.1", "soon next over done"),
            ("35.2.1", "late next over done"),
            ("35", "soon late next over done"),
            ("none", "next over done"),
        ] {
            assert_eq!(slugs(&mut tx, Wanted { area: Some(AreaId::new(area)), ..Wanted::default() }).await, expected, "{area}");
        }
    } }

    db_test! { async fn filters_join(db) {
        town(&db).await;
        let mut tx = db.read().await.expect("a connection");
        let of_b = Wanted { office: Some(OfficeId::new("b")), phase: Some(Phase::Open), ..Wanted::default() };
        assert_eq!(slugs(&mut tx, of_b).await, "soon");
        let among = |ids: &[&str]| Wanted { among: Some(ids.iter().map(|id| ConsultationId::new(*id)).collect()), ..Wanted::default() };
        assert_eq!(slugs(&mut tx, among(&["over", "draft"])).await, "over");
        assert_eq!(slugs(&mut tx, among(&[])).await, "");
    } }
}
