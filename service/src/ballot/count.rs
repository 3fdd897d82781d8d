//! What may be shown of the ballots: the one place where pages, events, exports and the public API get counts from.

use std::collections::BTreeMap;

use domain::{
    Actor, AreaId, QuestionId,
    ballot::{
        Question, QuestionView,
        area::{ByArea, Found},
    },
    consultation::{Consultation, Phase},
};
use storage::{Tx, ballot::MarkTally};

use crate::{Result, Service};

/// The questions of a consultation as `actor` may see them now. Two statements.
///
/// Counts that are hidden from `actor` are not in the answer: whoever draws it has nothing to hide.
pub async fn tallies(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<QuestionView>> {
    let questions = storage::ballot::questions(tx, &consultation.id).await?;
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let mut figures: BTreeMap<QuestionId, Figures> = BTreeMap::new();
    for tally in storage::ballot::marks(tx, &consultation.id, actor.account()).await? {
        match tally {
            MarkTally::Votes(question, choice, votes) => {
                figures
                    .entry(question)
                    .or_default()
                    .votes
                    .insert(choice, votes);
            }
            MarkTally::Voters(question, voters) => {
                figures.entry(question).or_default().voters = Some(voters);
            }
            MarkTally::Mine(question, choice) => {
                figures.entry(question).or_default().mine.push(choice);
            }
        }
    }
    let now = service.now();
    Ok(questions
        .into_iter()
        .map(|question| {
            let found = figures.remove(&question.id).unwrap_or_default();
            let mine = question.read(&found.mine).ok();
            let visible = consultation.counts_visible(now, mine.is_some());
            QuestionView {
                counts: visible.then(|| question.counts(&found.votes)),
                voters: found.voters.unwrap_or_else(|| found.votes.values().sum()),
                mine,
                question,
            }
        })
        .collect())
}

#[derive(Default)]
struct Figures {
    votes: BTreeMap<String, i64>,
    voters: Option<i64>,
    mine: Vec<String>,
}

/// The counts of each question by home area, from which no group of fewer than five people can be read.
///
/// Nothing before the consultation has closed: figures that move let one see who moved them.
pub async fn by_area(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<Vec<(Question, ByArea)>> {
    if consultation.phase(service.now()) < Phase::Closed {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<QuestionId, BTreeMap<Option<AreaId>, Found>> = BTreeMap::new();
    for tally in storage::ballot::area_tallies(tx, &consultation.id).await? {
        let area = found
            .entry(tally.question)
            .or_default()
            .entry(tally.area)
            .or_default();
        match tally.choice {
            Some(choice) => {
                area.votes.insert(choice, tally.votes);
            }
            None => area.voters = tally.votes,
        }
    }
    Ok(storage::ballot::questions(tx, &consultation.id)
        .await?
        .into_iter()
        .map(|question| {
            let areas = found.remove(&question.id).unwrap_or_default();
            let split = domain::ballot::area::by_area(&question, areas);
            (question, split)
        })
        .collect())
}

/// One line of the open data about ballots.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OpenRow {
    /// The question's place, from 1.
    pub question: i64,
    /// The question itself.
    pub title: String,
    /// `position`, `one` or `many`.
    pub kind: &'static str,
    /// An option's id, or `agree`, `disagree`, `abstain`.
    pub choice: String,
    /// What the option says; empty for a position.
    pub label: String,
    /// How often it was chosen.
    pub votes: i64,
    /// People whose ballot on the question counts.
    pub voters: i64,
}

/// The counts of all questions whose counts `actor` may see, one line a choice.
pub async fn open_rows(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<OpenRow>> {
    let mut rows = Vec::new();
    for view in tallies(service, tx, actor, consultation).await? {
        for count in view.counts.iter().flatten() {
            rows.push(OpenRow {
                question: view.question.position,
                title: view.question.title.clone(),
                kind: view.question.kind.word(),
                label: view.label(&count.choice).unwrap_or_default().to_owned(),
                choice: count.choice.clone(),
                votes: count.votes,
                voters: view.voters,
            });
        }
    }
    Ok(rows)
}
