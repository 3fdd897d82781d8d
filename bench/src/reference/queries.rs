//! The statements of a signed-in person's consultation page, written out for one driver: the same reads as the portal's.

use domain::statement::{
    Counts,
    routing::{self, Candidate},
};
use sqlx::{FromRow, Result, SqliteConnection};

/// Who stands behind a session.
#[derive(FromRow)]
pub(super) struct Session {
    pub(super) account_id: String,
    pub(super) name: String,
    pub(super) expires_at: i64,
    pub(super) offices: Option<String>,
    pub(super) unread: i64,
}

pub(super) async fn session(db: &mut SqliteConnection, hash: &str) -> Result<Option<Session>> {
    sqlx::query_as(
        "select s.account_id, a.name, s.expires_at,
                (select string_agg(m.office_id, ' ') from membership m where m.account_id = a.id) as offices,
                (select count(*) from notice n where n.account_id = a.id and n.read_at is null) as unread
         from session s join account a on a.id = s.account_id
         where s.id_hash = $1",
    )
    .bind(hash)
    .fetch_optional(db)
    .await
}

#[derive(FromRow)]
pub(super) struct Consultation {
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) body_html: String,
    pub(super) contact: String,
    pub(super) closes_at: Option<i64>,
    pub(super) office_name: String,
}

pub(super) async fn consultation(
    db: &mut SqliteConnection,
    slug: &str,
) -> Result<Option<Consultation>> {
    sqlx::query_as(
        "select c.*, o.name as office_name, o.short as office_short, oc.at as answered_at,
                (select string_agg(a.area_id, ' ') from consultation_area a where a.consultation_id = c.id) as areas
         from consultation c
         join office o on o.id = c.office_id
         left join outcome oc on oc.consultation_id = c.id
         where c.slug = $1 and c.published_at is not null",
    )
    .bind(slug)
    .fetch_optional(db)
    .await
}

/// One of the small things that a page shows at once: what around it, its questions and figures, a draft.
#[derive(FromRow)]
pub(super) struct Part {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) a: String,
    pub(super) b: String,
    pub(super) c: String,
    pub(super) n: i64,
}

pub(super) async fn front(
    db: &mut SqliteConnection,
    consultation: &str,
    account: &str,
    place: &str,
) -> Result<Vec<Part>> {
    sqlx::query_as(
        "select kind, id, a, b, c, n from (
             select 'area' as kind, a.id as id, a.name as a, '' as b, '' as c, 0 as n, 0 as place
             from consultation_area ca join area a on a.id = ca.area_id where ca.consultation_id = $1
             union all
             select 'version', v.id, '', '', '', v.number, 0 from text_version v
             where v.consultation_id = $1
               and v.number = (select max(w.number) from text_version w where w.consultation_id = $1)
             union all
             select 'clause', k.id, k.label, k.chapter, k.heading,
                    (select count(*) from comment m where m.consultation_id = $1 and m.clause_id = k.id
                       and m.deleted_at is null and m.hidden_at is null),
                    k.position
             from clause k
             where k.version_id = (select v.id from text_version v where v.consultation_id = $1 order by v.number desc limit 1)
             union all
             select 'file', f.id, f.name, t.title, f.media_type, f.size, t.position
             from attachment t join file f on f.id = t.file_id where t.consultation_id = $1
             union all
             select 'moved', h.id, h.kind, h.reason, '', h.at, h.at from consultation_change h
             where h.consultation_id = $1 and h.is_public and h.kind in ('extended', 'closed_early')
             union all
             select 'voices', '', '', '', '', count(*), 0 from participant p where p.consultation_id = $1
             union all
             select 'follow', '', '', '', '', 1, 0 from follow f where f.consultation_id = $1 and f.account_id = $2
             union all
             select 'question', q.id, q.title, q.help, q.kind, q.max_choices, q.position
             from question q where q.consultation_id = $1
             union all
             select 'option', o.id, o.label, o.question_id, '', 0, o.position
             from question q join question_option o on o.question_id = q.id where q.consultation_id = $1
             union all
             select 'votes', m.question_id, m.choice, '', '', count(*), 0 from ballot_mark m
             where m.question_id in (select q.id from question q where q.consultation_id = $1)
             group by m.question_id, m.choice
             union all
             select 'voters', m.question_id, '', '', '', count(distinct m.participant_id), 0 from ballot_mark m
             where m.question_id in (select q.id from question q where q.consultation_id = $1 and q.kind = 'many')
             group by m.question_id
             union all
             select 'mine', m.question_id, m.choice, '', '', 0, 0
             from participation p
             join question q on q.consultation_id = p.consultation_id
             join ballot_mark m on m.question_id = q.id and m.participant_id = p.participant_id
             where p.consultation_id = $1 and p.account_id = $2
             union all
             select 'residents', '', '', '', '', count(*), 0 from comment m
             where m.consultation_id = $1 and m.office_id is null and m.hidden_at is null and m.deleted_at is null
             union all
             select 'outcome', '', e.kind, '', '', e.at, 0 from outcome e where e.consultation_id = $1
             union all
             select 'draft', '', d.place, d.body, '', d.updated_at, 0 from draft d where d.owner = $2 and d.place = $3
         ) parts order by kind, place, id",
    )
    .bind(consultation)
    .bind(account)
    .bind(place)
    .fetch_all(db)
    .await
}

/// How far the account has come with the statements, and the one to judge next.
pub(super) struct Desk {
    pub(super) whole: usize,
    pub(super) mine: usize,
    pub(super) number: Option<i64>,
    pub(super) body: Option<String>,
}

/// A public statement, judged or not, with what decides which comes next.
#[derive(FromRow)]
struct Statement {
    number: i64,
    body: String,
    pin: Option<i64>,
    extremity: f64,
    agree: i64,
    disagree: i64,
    pass: i64,
    mine: Option<i64>,
}

pub(super) async fn desk(
    db: &mut SqliteConnection,
    consultation: &str,
    account: &str,
) -> Result<Desk> {
    let all: Vec<Statement> = sqlx::query_as(
        "select s.number, s.body, s.pin, s.extremity, coalesce(t.agree, 0) as agree, coalesce(t.disagree, 0) as disagree,
                coalesce(t.pass, 0) as pass, m.value as mine,
                exists (select 1 from participation q
                        join statement_mark k on k.participant_id = q.participant_id
                        where q.account_id = $2) as practised
         from statement s
         left join statement_tally t on t.statement_id = s.id
         left join (select k.statement_id, k.value
                    from participation p
                    join statement_mark k on k.participant_id = p.participant_id
                    where p.consultation_id = $1 and p.account_id = $2) m on m.statement_id = s.id
         where s.consultation_id = $1 and s.status = 'accepted'
         order by s.number",
    )
    .bind(consultation)
    .bind(account)
    .fetch_all(db)
    .await?;
    let left: Vec<Candidate> = all
        .iter()
        .filter(|one| one.mine.is_none())
        .map(|one| Candidate {
            number: one.number,
            pin: one.pin,
            counts: Counts {
                agree: one.agree,
                disagree: one.disagree,
                pass: one.pass,
            },
            extremity: one.extremity,
        })
        .collect();
    let next = routing::drawn(&left, 1);
    Ok(Desk {
        whole: all.len(),
        mine: all.len() - left.len(),
        number: next,
        body: all
            .into_iter()
            .find(|one| Some(one.number) == next)
            .map(|one| one.body),
    })
}

#[derive(FromRow)]
pub(super) struct Comment {
    pub(super) id: String,
    pub(super) parent_id: Option<String>,
    pub(super) root_id: String,
    pub(super) depth: i64,
    pub(super) author_name: String,
    pub(super) area_name: String,
    pub(super) office_name: Option<String>,
    pub(super) clause_label: Option<String>,
    pub(super) clause_heading: Option<String>,
    pub(super) clause_body: Option<String>,
    pub(super) quote: String,
    pub(super) stance: Option<String>,
    pub(super) body: String,
    pub(super) posted_at: i64,
    pub(super) supports: i64,
    pub(super) replies: i64,
    pub(super) supported: bool,
    pub(super) total: i64,
    pub(super) roots: i64,
}

pub(super) async fn comments(
    db: &mut SqliteConnection,
    consultation: &str,
    account: &str,
) -> Result<Vec<Comment>> {
    sqlx::query_as(
        "with page as (select id from comment where consultation_id = $1 and depth = 0
                       order by posted_at desc, id desc limit 20)
         select c.id, c.parent_id, c.root_id, c.depth, c.posted_at, c.supports, c.replies, o.name as office_name,
                cl.label as clause_label, cl.heading as clause_heading,
                (select max(v.number) from text_version v
                  where v.consultation_id = c.consultation_id and v.published_at is not null) as newest_version,
                case when c.quote <> '' then cl.heading || char(10) || cl.body end as clause_body,
                case when c.deleted_at is null and c.hidden_at is null then c.body else '' end as body,
                case when c.deleted_at is null and c.hidden_at is null then c.quote else '' end as quote,
                case when c.deleted_at is null and c.hidden_at is null then c.stance end as stance,
                case when c.deleted_at is null and c.hidden_at is null then a.name else '' end as author_name,
                case when c.deleted_at is null and c.hidden_at is null then coalesce(ar.name, '') else '' end as area_name,
                exists (select 1 from comment_support s where s.comment_id = c.id and s.account_id = $2) as supported,
                (select count(*) from comment where consultation_id = $1 and deleted_at is null and hidden_at is null) as total,
                (select count(*) from comment where consultation_id = $1 and depth = 0) as roots
         from comment c
         join account a on a.id = c.account_id
         left join area ar on ar.id = a.home_area_id
         left join office o on o.id = c.office_id
         left join text_version cv on c.depth = 0 and c.clause_id is not null and cv.id = (
           select v.id from clause k join text_version v on v.id = k.version_id
            where k.consultation_id = c.consultation_id and k.id = c.clause_id and v.published_at is not null
            order by v.number desc limit 1)
         left join clause cl on cl.version_id = cv.id and cl.id = c.clause_id
         where c.root_id in (select id from page)
         order by c.posted_at, c.id",
    )
    .bind(consultation)
    .bind(account)
    .fetch_all(db)
    .await
}
