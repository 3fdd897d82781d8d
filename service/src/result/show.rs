//! The result, for everybody, after closing.

use std::collections::BTreeMap;

use domain::{
    AreaId, Timestamp,
    ballot::{QuestionView, area::ByArea},
    consultation::{Consultation, Phase},
    group::Picture,
    result::{Subject, area},
    statement::Order,
};
use storage::{
    Tx,
    result::{OutcomeRow, Participation, Step, TopComment},
    statement,
};

use super::{
    open,
    reply::{Item, gather},
};
use crate::{Conflict, Error, Result, Service, ballot::Split};

/// Statements shown as most agreed and most divided.
const NOTABLE: usize = 5;
/// Most statements of a consultation that are read at once.
pub(super) const ALL: i64 = 100_000;

/// People of an area that is large enough to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaShare {
    /// Its code.
    pub area: AreaId,
    /// Its name.
    pub name: String,
    /// How many took part.
    pub people: i64,
}

/// A question with its counts, whole and by area, and the office's reply.
#[derive(Clone, Debug)]
pub struct QuestionResult {
    /// The question with its counts.
    pub view: QuestionView,
    /// By area.
    pub by_area: ByArea,
    /// The reply.
    pub reply: Option<Item>,
}

/// The result of a consultation.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The consultation.
    pub consultation: Consultation,
    /// How many took part.
    pub participation: Participation,
    /// Areas with enough people, by their code.
    pub areas: Vec<AreaShare>,
    /// People without an area or from smaller areas.
    pub elsewhere: i64,
    /// The questions in order.
    pub questions: Vec<QuestionResult>,
    /// Statements with the largest share of agreement.
    pub most_agreed: Vec<statement::Found>,
    /// Statements on which people differ most.
    pub most_divided: Vec<statement::Found>,
    /// All statements, by number.
    pub statements: Vec<statement::Found>,
    /// Where people agree, if there are groups to be shown.
    pub groups: Option<Picture>,
    /// The most supported comments for it.
    pub most_for: Vec<TopComment>,
    /// The most supported comments against it.
    pub most_against: Vec<TopComment>,
    /// Themes, with or without a reply yet.
    pub themes: Vec<Item>,
    /// Clauses that have a reply.
    pub clauses: Vec<Item>,
    /// What the office does with it.
    pub outcome: Option<OutcomeRow>,
    /// What was done, the newest first.
    pub history: Vec<Step>,
    names: BTreeMap<AreaId, String>,
}

impl Shown {
    /// An area's name.
    pub fn area_name(&self, area: &AreaId) -> Option<&str> {
        self.names.get(area).map(String::as_str)
    }

    /// As open data.
    pub fn open(&self, now: Timestamp) -> open::Results {
        let name = |code: &str| self.names.get(&AreaId::new(code)).cloned();
        let questions = self.questions.iter();
        let replies = questions
            .clone()
            .filter_map(|q| q.reply.as_ref())
            .chain(&self.themes)
            .chain(&self.clauses);
        open::Results {
            consultation: open::Consultation::of(&self.consultation, now),
            turnout: self.turnout(),
            questions: questions
                .map(|q| open::Question::of(&q.view, Some(&q.by_area), name))
                .collect(),
            statements: self
                .statements
                .iter()
                .map(|s| open_statement(s, true))
                .collect(),
            replies: replies.filter_map(open_reply).collect(),
            outcome: self.outcome.as_ref().map(|o| open::Outcome {
                kind: o.kind.clone(),
                text: o.body.clone(),
                link: o.link.clone(),
                at: Timestamp(o.at).rfc3339(),
            }),
            licence: open::LICENCE,
        }
    }

    fn turnout(&self) -> open::Turnout {
        let p = &self.participation;
        open::Turnout {
            participants: p.participants,
            voters: p.voters,
            comments: p.comments,
            statements: p.statements,
            judgements: p.judgements,
            areas: self
                .areas
                .iter()
                .map(|a| open::AreaPeople {
                    code: a.area.to_string(),
                    name: a.name.clone(),
                    people: a.people,
                })
                .collect(),
            elsewhere: self.elsewhere,
        }
    }
}

fn open_reply(item: &Item) -> Option<open::Reply> {
    Some(open::Reply {
        about: item.subject.kind(),
        title: item.title.clone(),
        description: item.note.clone(),
        comments: item.comments,
        text: item.body.clone(),
        at: item.at?.rfc3339(),
    })
}

pub(super) fn open_statement(s: &statement::Found, visible: bool) -> open::Statement {
    open::Statement {
        number: s.number,
        text: s.body.clone(),
        is_seed: s.is_seed,
        agree: visible.then_some(s.counts.agree),
        disagree: visible.then_some(s.counts.disagree),
        pass: visible.then_some(s.counts.pass),
    }
}

/// The result of a consultation that has closed; [`Conflict::StillOpen`] before, whoever asks. Three statements.
pub async fn show(service: &Service, tx: &mut Tx, consultation: &Consultation) -> Result<Shown> {
    if consultation.phase(service.now()) < Phase::Closed {
        return Err(Error::Conflict(Conflict::StillOpen));
    }
    let id = &consultation.id;
    let findings = storage::result::findings(tx, id).await?;
    let (areas, elsewhere, names) = shares(findings.people);
    let mut replied = gather(findings.subjects);
    let views = crate::ballot::shown(service, consultation, findings.questions);
    let questions = questions(views, Split::of(findings.tallies), &mut replied);
    let statements = storage::statement::list(tx, id, None, Order::Number, ALL, 0).await?;
    let (most_for, most_against) = storage::result::top_comments(tx, id, 5)
        .await?
        .into_iter()
        .partition(|c| c.stance == "for");
    let (themes, clauses): (Vec<Item>, Vec<Item>) = replied
        .into_iter()
        .partition(|i| matches!(i.subject, Subject::Theme(_)));
    Ok(Shown {
        participation: findings.participation,
        areas,
        elsewhere,
        questions,
        most_agreed: notable(&statements, |s| {
            // Few judgements count for less, as in the list of statements.
            let (agree, total) = (s.counts.agree, s.counts.total());
            (agree * 2 > total).then_some((agree + 1) * 1_000_000 / (total + 2))
        }),
        most_divided: notable(&statements, |s| {
            let smaller = s.counts.agree.min(s.counts.disagree);
            // One in five on the smaller side, or it is not divided.
            (smaller * 5 >= s.counts.total()).then_some(smaller)
        }),
        statements,
        groups: serde_json::from_str(&findings.groups)
            .ok()
            .filter(|picture: &Picture| !picture.groups.is_empty()),
        most_for,
        most_against,
        themes,
        clauses: clauses.into_iter().filter(|i| i.at.is_some()).collect(),
        outcome: findings.outcome,
        history: findings.steps,
        names,
        consultation: consultation.clone(),
    })
}

/// The areas that may be named, those from elsewhere, and all names.
fn shares(
    people: Vec<storage::result::AreaCount>,
) -> (Vec<AreaShare>, i64, BTreeMap<AreaId, String>) {
    let whole: i64 = people.iter().map(|p| p.people).sum();
    let without: i64 = people
        .iter()
        .filter(|p| p.area_id.is_none())
        .map(|p| p.people)
        .sum();
    let mut counts = BTreeMap::new();
    let mut names = BTreeMap::new();
    for row in people {
        if let Some(area) = row.area_id.map(AreaId::new) {
            counts.insert(area.clone(), row.people);
            names.insert(area, row.name);
        }
    }
    let areas: Vec<AreaShare> = area::shown(&counts, without)
        .into_iter()
        .map(|area| AreaShare {
            name: names.get(&area).cloned().unwrap_or_default(),
            people: counts.get(&area).copied().unwrap_or(0),
            area,
        })
        .collect();
    let named: i64 = areas.iter().map(|a| a.people).sum();
    (areas, whole - named, names)
}

/// Each question with its counts by area, and its reply, which is taken out of `replied`.
fn questions(
    views: Vec<QuestionView>,
    mut split: Split,
    replied: &mut Vec<Item>,
) -> Vec<QuestionResult> {
    views
        .into_iter()
        .map(|view| {
            let subject = Subject::Question(view.question.id.clone());
            let reply = replied
                .iter()
                .position(|i| i.subject == subject)
                .map(|place| replied.remove(place))
                .filter(|i| i.at.is_some());
            QuestionResult {
                by_area: split.take(&view.question),
                view,
                reply,
            }
        })
        .collect()
}

/// The few statements with the highest score; ties go by number.
fn notable(
    all: &[statement::Found],
    score: impl Fn(&statement::Found) -> Option<i64>,
) -> Vec<statement::Found> {
    let mut scored: Vec<(i64, &statement::Found)> = all
        .iter()
        .filter(|s| s.counts.total() > 0)
        .filter_map(|s| Some((score(s)?, s)))
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
    scored
        .into_iter()
        .take(NOTABLE)
        .map(|(_, s)| s.clone())
        .collect()
}
