//! Counting the ballots that count.

use std::collections::BTreeMap;

use domain::{
    AccountId, AreaId, ConsultationId, OptionId, QuestionId,
    ballot::{Choice, Question, QuestionKind},
};

use crate::{
    Result, Tx, args,
    database::{Part, Parts, parts},
    sql,
};

/// A question with all that is counted about it. Not fit to be shown: counts may be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// The question.
    pub question: Question,
    /// How many ballots hold each choice; a choice of nobody is not in it.
    pub votes: BTreeMap<String, i64>,
    /// How many people voted on it.
    pub voters: i64,
    /// What the account asked for chose itself.
    pub mine: Vec<String>,
}

/// The questions of a consultation, their options, their counts, and what the account `$2` chose.
///
/// Counted with `in`, not with a join: SQLite then counts in the order of the index, without sorting all votes.
macro_rules! ballot_parts {
    () => {
        // Title, help, kind, most choices.
        "select 'question', q.id, q.title, q.help, q.kind, q.max_choices, q.position
         from question q
         where q.consultation_id = $1
         union all
         select 'option', o.id, o.label, o.question_id, '', 0, o.position
         from question q
         join question_option o on o.question_id = q.id
         where q.consultation_id = $1
         union all
         select 'votes', m.question_id, m.choice, '', '', count(*), 0
         from ballot_mark m
         where m.question_id in (select q.id from question q where q.consultation_id = $1)
         group by m.question_id, m.choice
         union all
         select 'voters', m.question_id, '', '', '', count(distinct m.participant_id), 0
         from ballot_mark m
         where m.question_id in (select q.id from question q where q.consultation_id = $1 and q.kind = 'many')
         group by m.question_id
         union all
         select 'mine', m.question_id, m.choice, '', '', 0, 0
         from participation p
         join question q on q.consultation_id = p.consultation_id
         join ballot_mark m on m.question_id = q.id and m.participant_id = p.participant_id
         where p.consultation_id = $1 and p.account_id = $2"
    };
}

pub(crate) use ballot_parts;

/// The questions of a consultation in order with all that is counted about them, and what `account` chose itself.
pub async fn tallied(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Vec<Tallied>> {
    let mut parts =
        Parts::read(tx, sql!(parts!(ballot_parts)), args![consultation, account]).await?;
    Ok(Tallied::of(&mut parts))
}

impl Tallied {
    /// Takes what [`ballot_parts`] selects.
    pub(crate) fn of(parts: &mut Parts) -> Vec<Self> {
        let mut all: Vec<Self> = parts
            .take("question")
            .into_iter()
            .map(Self::begin)
            .collect();
        let mut each = |part: &str, of: fn(&Part) -> &str, add: fn(&mut Self, Part)| {
            for row in parts.take(part) {
                if let Some(one) = all.iter_mut().find(|t| t.question.id.as_str() == of(&row)) {
                    add(one, row);
                }
            }
        };
        each(
            "option",
            |row| &row.b,
            |one, row| {
                one.question.options.push(Choice {
                    id: OptionId::new(row.id),
                    label: row.a,
                });
            },
        );
        each(
            "votes",
            |row| &row.id,
            |one, row| {
                // Where a ballot holds one choice, people are counted with them.
                if one.question.kind != QuestionKind::Many {
                    one.voters += row.n;
                }
                one.votes.insert(row.a, row.n);
            },
        );
        each("voters", |row| &row.id, |one, row| one.voters = row.n);
        each("mine", |row| &row.id, |one, row| one.mine.push(row.a));
        all
    }

    fn begin(row: Part) -> Self {
        Self {
            question: Question {
                id: QuestionId::new(row.id),
                position: row.place,
                kind: QuestionKind::parse(&row.c).unwrap_or_default(),
                title: row.a,
                help: row.b,
                options: Vec::new(),
                max_choices: row.n,
            },
            votes: BTreeMap::new(),
            voters: 0,
            mine: Vec::new(),
        }
    }
}

/// One figure about a question in one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaTally {
    /// The question.
    pub question: QuestionId,
    /// The area; `None` for people who stated none.
    pub area: Option<AreaId>,
    /// The choice; `None` when `votes` are people, not choices.
    pub choice: Option<String>,
    /// How many.
    pub votes: i64,
}

/// The figures of [`area_tallies`].
macro_rules! area_tally_parts {
    () => {
        // Question, area (empty for none), choice, votes.
        "select 'area_votes', m.question_id, coalesce(p.area_id, ''), m.choice, '', count(*), 0
         from question q
         join ballot_mark m on m.question_id = q.id
         join participant p on p.id = m.participant_id
         where q.consultation_id = $1
         group by m.question_id, p.area_id, m.choice
         union all
         select 'area_voters', m.question_id, coalesce(p.area_id, ''), '', '', count(distinct m.participant_id), 0
         from question q
         join ballot_mark m on m.question_id = q.id
         join participant p on p.id = m.participant_id
         where q.consultation_id = $1
         group by m.question_id, p.area_id"
    };
}

pub(crate) use area_tally_parts;

/// The figures of all questions of a consultation by home area. Not fit to be shown: see `domain::ballot::area`.
pub async fn area_tallies(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<AreaTally>> {
    let mut parts = Parts::read(tx, sql!(parts!(area_tally_parts)), args![consultation]).await?;
    Ok(AreaTally::of(&mut parts))
}

impl AreaTally {
    /// Takes what [`area_tally_parts`] selects.
    pub(crate) fn of(parts: &mut Parts) -> Vec<Self> {
        let mut tally = |part: &str, choice: fn(String) -> Option<String>| {
            let rows = parts.take(part).into_iter();
            let rows = rows.map(|row| Self {
                question: QuestionId::new(row.id),
                area: (!row.a.is_empty()).then(|| AreaId::new(row.a)),
                choice: choice(row.b),
                votes: row.n,
            });
            rows.collect::<Vec<_>>()
        };
        let mut all = tally("area_votes", Some);
        all.extend(tally("area_voters", |_| None));
        all
    }
}
