//! The figures of a result, and what was most supported.

use domain::{AccountId, ConsultationId, Timestamp, consultation::ChangeKind};

use super::{
    OutcomeRow,
    subject::{Subjects, subject_parts},
};
use crate::{
    Result, Tx, args,
    ballot::{AreaTally, Tallied, area_tally_parts, ballot_parts},
    database::{Parts, parts},
    sql,
};

/// How many took part, in what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participation {
    /// Voices: people who voted or judged, each once.
    pub participants: i64,
    /// Voices with a vote on at least one question that is not withdrawn.
    pub voters: i64,
    /// Comments that can be seen, answers of offices not counted.
    pub comments: i64,
    /// Accepted statements.
    pub statements: i64,
    /// Judgements of statements, the newest of each voice.
    pub judgements: i64,
}

/// People of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCount {
    /// The area; `None` for those who stated none.
    pub area_id: Option<String>,
    /// Its name.
    pub name: String,
    /// How many.
    pub people: i64,
}

/// A public step in the history of a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub kind: ChangeKind,
    /// To what.
    pub field: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What a result consists of, but for statements and comments. Not fit to be shown: groups may be too small to be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many took part.
    pub participation: Participation,
    /// How many voices come from each area.
    pub people: Vec<AreaCount>,
    /// The questions with their counts.
    pub questions: Vec<Tallied>,
    /// The counts by area.
    pub tallies: Vec<AreaTally>,
    /// What the office replied.
    pub subjects: Subjects,
    /// How it ended.
    pub outcome: Option<OutcomeRow>,
    /// What was done, the newest first.
    pub steps: Vec<Step>,
    /// The picture of the opinion groups, as JSON; empty where there are none.
    pub groups: String,
}

macro_rules! finding_parts {
    () => {
        "select 'turnout', 'participants', '', '', '', count(*), 0
         from participant p where p.consultation_id = $1
         union all
         select 'turnout', 'voters', '', '', '', count(distinct m.participant_id), 0
         from ballot_mark m join question q on q.id = m.question_id
         where q.consultation_id = $1
         union all
         select 'turnout', 'comments', '', '', '', count(*), 0
         from comment c
         where c.consultation_id = $1 and c.office_id is null and c.hidden_at is null and c.deleted_at is null
         union all
         select 'turnout', 'statements', '', '', '', count(*), 0
         from statement s where s.consultation_id = $1 and s.status = 'accepted'
         union all
         select 'turnout', 'judgements', '', '', '', count(*), 0
         from statement_mark m join statement s on s.id = m.statement_id
         where s.consultation_id = $1 and s.status = 'accepted'
         union all
         select 'people', coalesce(p.area_id, ''), coalesce(a.name, ''), '', '', count(*), 0
         from participant p
         left join area a on a.id = p.area_id
         where p.consultation_id = $1
         group by p.area_id, a.name
         union all
         select 'outcome', e.kind, e.body, e.body_html, e.link, e.at, 0
         from outcome e where e.consultation_id = $1
         union all
         select 'groups', '', g.picture, '', '', 0, 0
         from opinion_group g where g.consultation_id = $1
         union all
         select 'step', h.id, h.kind, h.field, h.reason, h.at, h.at
         from consultation_change h
         where h.consultation_id = $1 and h.is_public"
    };
}

/// Reads what the result of a consultation consists of, but for statements and comments.
pub async fn findings(tx: &mut Tx, consultation: &ConsultationId) -> Result<Findings> {
    // Nobody's own vote is looked for.
    let nobody: Option<&AccountId> = None;
    let mut parts = Parts::read(
        tx,
        sql!(parts!(
            finding_parts,
            ballot_parts,
            area_tally_parts,
            subject_parts
        )),
        args![consultation, nobody],
    )
    .await?;
    Ok(Findings::of(&mut parts))
}

impl Findings {
    fn of(parts: &mut Parts) -> Self {
        let people = parts.take("people").into_iter();
        let steps = parts.take("step").into_iter();
        Self {
            participation: Participation::of(parts),
            people: people
                .map(|row| AreaCount {
                    area_id: (!row.id.is_empty()).then_some(row.id),
                    name: row.a,
                    people: row.n,
                })
                .collect(),
            questions: Tallied::of(parts),
            tallies: AreaTally::of(parts),
            subjects: Subjects::of(parts),
            groups: parts.one("groups").map_or_else(String::new, |row| row.a),
            outcome: parts.one("outcome").map(|row| OutcomeRow {
                kind: row.id,
                body: row.a,
                body_html: row.b,
                link: row.c,
                at: row.n,
            }),
            steps: steps
                .rev()
                .map(|row| Step {
                    kind: ChangeKind::parse(&row.a),
                    field: row.b,
                    reason: row.c,
                    at: Timestamp(row.n),
                })
                .collect(),
        }
    }
}

impl Participation {
    fn of(parts: &mut Parts) -> Self {
        let rows = parts.take("turnout");
        let count = |what: &str| {
            rows.iter()
                .find(|row| row.id == what)
                .map_or(0, |row| row.n)
        };
        Self {
            participants: count("participants"),
            voters: count("voters"),
            comments: count("comments"),
            statements: count("statements"),
            judgements: count("judgements"),
        }
    }
}

/// A comment among the most supported.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TopComment {
    /// Its identity.
    pub id: String,
    /// `for` or `against`.
    pub stance: String,
    /// Its text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// Where they live, if they said so.
    pub area: Option<String>,
    /// The clause it is on.
    pub clause_id: Option<String>,
    /// How many support it.
    pub supports: i64,
    /// When.
    pub posted_at: i64,
}

/// The most supported comments of residents for and against, `most` of each, those for it first.
pub async fn top_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    most: i64,
) -> Result<Vec<TopComment>> {
    tx.all(
        sql!(
            "select id, stance, body, author, area, clause_id, supports, posted_at
             from (select c.id, c.stance, c.body, a.name as author, h.name as area, c.clause_id, c.supports, c.posted_at,
                          row_number() over (partition by c.stance order by c.supports desc, c.id) as place
                   from comment c
                   join account a on a.id = c.account_id
                   left join area h on h.id = a.home_area_id
                   where c.consultation_id = $1 and c.stance in ('for', 'against') and c.office_id is null
                     and c.hidden_at is null and c.deleted_at is null and c.supports > 0) ranked
             where place <= $2
             order by stance desc, place"
        ),
        args![consultation, most],
    )
    .await
}
