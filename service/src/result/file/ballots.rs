//! Ballots as a table from which nobody can be told.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, AreaId, Zone,
    ballot::{QuestionKind, QuestionView},
    consultation::{Consultation, Phase},
    result::{area, csv::Csv},
};
use storage::{Tx, result::BallotRow};

use super::table::counted;
use crate::{Result, Service, chance::digest};

/// Ballots, one row a choice. People are numbered in an order that tells nothing about when they came; areas are given
/// only after closing, and only those with enough people in every question.
pub(super) async fn ballots(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
) -> Result<String> {
    counted(service, consultation)?;
    let zone = storage::area::find_city(tx)
        .await?
        .map_or(Zone::UTC, |city| city.zone);
    let names: BTreeMap<AreaId, String> = storage::area::list(tx)
        .await?
        .into_iter()
        .map(|area| (area.id, area.name))
        .collect();
    let views = crate::ballot::tallies(service, tx, &Actor::Anonymous, consultation).await?;
    let rows = storage::result::ballots(tx, &consultation.id).await?;
    let voices: BTreeSet<&str> = rows.iter().map(|r| r.participant_id.as_str()).collect();
    let mut order: Vec<(String, &str)> = voices.iter().map(|id| (digest(id), *id)).collect();
    order.sort();
    let numbers: BTreeMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(n, (_, id))| (*id, n + 1))
        .collect();
    let shown = if consultation.phase(service.now()) < Phase::Closed {
        BTreeSet::new()
    } else {
        named(&rows)
    };
    let mut out = Csv::new(&[
        "participant",
        "area_code",
        "area",
        "question",
        "title",
        "choice",
        "label",
        "day",
    ]);
    for row in &rows {
        let Some(view) = views
            .iter()
            .find(|v| v.question.id.as_str() == row.question_id)
        else {
            continue;
        };
        let area = row
            .area_id
            .as_deref()
            .map(AreaId::new)
            .filter(|area| shown.contains(area));
        let day = zone.input(domain::Timestamp(row.cast_at));
        out.row([
            numbers
                .get(row.participant_id.as_str())
                .map(ToString::to_string)
                .unwrap_or_default()
                .as_str(),
            area.as_ref().map(AreaId::as_str).unwrap_or_default(),
            area.as_ref()
                .and_then(|a| names.get(a))
                .map(String::as_str)
                .unwrap_or_default(),
            &view.question.position.to_string(),
            &view.question.title,
            &choice_word(view, &row.choice),
            view.label(&row.choice).unwrap_or_default(),
            day.split('T').next().unwrap_or_default(),
        ]);
    }
    Ok(out.finish())
}

/// The areas that may be named beside ballots: each has enough voices, or none, in every question. A number that named its
/// area beside one question would tell it beside the others.
fn named(rows: &[BallotRow]) -> BTreeSet<AreaId> {
    let mut questions: BTreeMap<&str, BTreeMap<&str, Option<AreaId>>> = BTreeMap::new();
    for row in rows {
        let area = row.area_id.as_deref().map(AreaId::new);
        let voices = questions.entry(&row.question_id).or_default();
        voices.insert(&row.participant_id, area);
    }
    let mut all = BTreeSet::new();
    let mut withheld = BTreeSet::new();
    for voices in questions.values() {
        let mut people: BTreeMap<AreaId, i64> = BTreeMap::new();
        for area in voices.values().flatten() {
            *people.entry(area.clone()).or_default() += 1;
        }
        let without = voices.values().filter(|area| area.is_none()).count();
        let shown = area::shown(&people, i64::try_from(without).unwrap_or(i64::MAX));
        withheld.extend(people.keys().filter(|a| !shown.contains(a)).cloned());
        all.extend(people.into_keys());
    }
    all.difference(&withheld).cloned().collect()
}

/// `agree`, `disagree`, `abstain`, or the option's number.
fn choice_word(view: &QuestionView, choice: &str) -> String {
    if view.question.kind == QuestionKind::Position {
        return choice.to_owned();
    }
    let place = view
        .question
        .options
        .iter()
        .position(|o| o.id.as_str() == choice);
    place
        .map(|place| (place + 1).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(question: &str, area: &str, people: std::ops::Range<usize>) -> Vec<BallotRow> {
        people
            .map(|n| BallotRow {
                participant_id: format!("{area}-{n}"),
                area_id: Some(area.to_owned()),
                question_id: question.to_owned(),
                choice: "agree".to_owned(),
                cast_at: 0,
            })
            .collect()
    }

    #[test]
    fn an_area_with_few_voices_in_one_question_is_named_beside_none() {
        let mut rows = votes("1", "temas", 0..6);
        rows.extend(votes("1", "sisir", 0..9));
        rows.extend(votes("1", "beji", 0..7));
        let all = |rows: &[BallotRow]| {
            named(rows)
                .into_iter()
                .map(|a| a.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(all(&rows), ["beji", "sisir", "temas"]);
        rows.extend(votes("2", "temas", 0..1));
        rows.extend(votes("2", "sisir", 0..8));
        assert_eq!(
            all(&rows),
            ["beji"],
            "sisir goes too, or one vote would be found by subtraction"
        );
    }
}
