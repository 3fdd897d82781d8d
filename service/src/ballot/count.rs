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
use storage::{
    Tx,
    ballot::{AreaTally, Tallied},
};

use crate::{Result, Service};

/// The questions of a consultation as `actor` may see them now. One statement.
///
/// Counts that are hidden from `actor` are not in the answer: whoever draws it has nothing to hide.
pub async fn tallies(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<QuestionView>> {
    let tallied = storage::ballot::tallied(tx, &consultation.id, actor.account()).await?;
    Ok(shown(service, consultation, tallied))
}

/// What of the counts may be shown to the one in whose name they were read.
pub(crate) fn shown(
    service: &Service,
    consultation: &Consultation,
    tallied: Vec<Tallied>,
) -> Vec<QuestionView> {
    let now = service.now();
    tallied
        .into_iter()
        .map(|found| {
            let question = found.question;
            let mine = question.read(&found.mine).ok();
            let visible = consultation.counts_visible(now, mine.is_some());
            QuestionView {
                counts: visible.then(|| question.counts(&found.votes)),
                voters: found.voters,
                mine,
                question,
            }
        })
        .collect()
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
    let tallies = storage::ballot::area_tallies(tx, &consultation.id).await?;
    let mut split = Split::of(tallies);
    Ok(storage::ballot::questions(tx, &consultation.id)
        .await?
        .into_iter()
        .map(|question| {
            let by_area = split.take(&question);
            (question, by_area)
        })
        .collect())
}

/// Figures by area, each question's to be taken once.
pub(crate) struct Split(BTreeMap<QuestionId, BTreeMap<Option<AreaId>, Found>>);

impl Split {
    pub(crate) fn of(tallies: Vec<AreaTally>) -> Self {
        let mut found: BTreeMap<QuestionId, BTreeMap<Option<AreaId>, Found>> = BTreeMap::new();
        for tally in tallies {
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
        Self(found)
    }

    /// What may be shown of a question.
    pub(crate) fn take(&mut self, question: &Question) -> ByArea {
        let areas = self.0.remove(&question.id).unwrap_or_default();
        domain::ballot::area::by_area(question, areas)
    }
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
