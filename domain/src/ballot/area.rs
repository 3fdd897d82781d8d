//! Counts by area, from which no small group can be read: neither directly nor by taking the rest from the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Count, Question};
use crate::AreaId;

/// Fewest people for which counts of their own are shown.
pub const FEWEST: i64 = 5;

/// What was found in one area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// People whose ballot counts.
    pub voters: i64,
    /// How often each choice was made.
    pub votes: BTreeMap<String, i64>,
}

/// Counts of one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaCounts {
    /// The area; `None` for people who stated none.
    pub area: Option<AreaId>,
    /// People whose ballot counts, at least [`FEWEST`].
    pub voters: i64,
    /// How often each choice was made.
    pub counts: Vec<Count>,
}

/// Counts of a question by area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByArea {
    /// Areas with enough people, those with most people first.
    pub areas: Vec<AreaCounts>,
    /// How many areas are not shown by themselves.
    pub hidden: i64,
    /// People of the areas that are not shown by themselves.
    pub hidden_voters: i64,
    /// What they chose together.
    pub rest: Vec<Count>,
}

/// Splits the counts of a question by area.
///
/// An area with fewer than [`FEWEST`] people goes into the rest. The whole is public, so the rest can be computed by
/// anybody: it must be of at least two areas and [`FEWEST`] people, else the next smallest area goes into it as well.
pub fn by_area(question: &Question, found: BTreeMap<Option<AreaId>, Found>) -> ByArea {
    let mut shown: Vec<(Option<AreaId>, Found)> =
        found.into_iter().filter(|(_, f)| f.voters > 0).collect();
    // Most people first; equal ones by code, so that the same counts always hide the same areas.
    shown.sort_by(|a, b| b.1.voters.cmp(&a.1.voters).then_with(|| a.0.cmp(&b.0)));
    let enough = shown.partition_point(|(_, f)| f.voters >= FEWEST);
    let mut hidden = shown.split_off(enough);
    while !hidden.is_empty() && (hidden.len() == 1 || people(&hidden) < FEWEST) {
        let Some(next) = shown.pop() else { break };
        hidden.push(next);
    }
    let mut rest = BTreeMap::new();
    for (choice, votes) in hidden.iter().flat_map(|(_, f)| &f.votes) {
        *rest.entry(choice.clone()).or_default() += votes;
    }
    ByArea {
        hidden: i64::try_from(hidden.len()).unwrap_or(i64::MAX),
        hidden_voters: people(&hidden),
        rest: question.counts(&rest),
        areas: shown
            .into_iter()
            .map(|(area, f)| AreaCounts {
                area,
                voters: f.voters,
                counts: question.counts(&f.votes),
            })
            .collect(),
    }
}

fn people(areas: &[(Option<AreaId>, Found)]) -> i64 {
    areas.iter().map(|(_, f)| f.voters).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QuestionId, ballot::QuestionKind};

    fn question() -> Question {
        Question {
            id: QuestionId::new("q"),
            position: 1,
            kind: QuestionKind::Position,
            title: String::new(),
            help: String::new(),
            options: Vec::new(),
            max_choices: 1,
        }
    }

    fn split(voters: &[i64]) -> ByArea {
        let found = voters
            .iter()
            .enumerate()
            .map(|(n, voters)| {
                let chosen = BTreeMap::from([("agree".to_owned(), *voters)]);
                (
                    Some(AreaId::new(format!("{n:02}"))),
                    Found {
                        voters: *voters,
                        votes: chosen,
                    },
                )
            })
            .collect();
        by_area(&question(), found)
    }

    fn shown(by: &ByArea) -> Vec<i64> {
        by.areas.iter().map(|a| a.voters).collect()
    }

    #[test]
    fn large_areas_stand_alone() {
        let by = split(&[9, 5, 30]);
        assert_eq!(
            (shown(&by), by.hidden, by.hidden_voters),
            (vec![30, 9, 5], 0, 0)
        );
    }

    #[test]
    fn a_single_small_area_takes_the_next_with_it() {
        let by = split(&[30, 4, 12]);
        assert_eq!((shown(&by), by.hidden, by.hidden_voters), (vec![30], 2, 16));
        assert_eq!(by.rest[0].votes, 16);
    }

    #[test]
    fn two_very_small_areas_take_another_with_them() {
        let by = split(&[30, 2, 1, 12]);
        assert_eq!((shown(&by), by.hidden, by.hidden_voters), (vec![30], 3, 15));
        let by = split(&[30, 4, 4, 12]);
        assert_eq!(
            (shown(&by), by.hidden, by.hidden_voters),
            (vec![30, 12], 2, 8)
        );
    }

    #[test]
    fn nobody_and_nearly_nobody() {
        assert_eq!(split(&[]).hidden, 0);
        assert_eq!(shown(&split(&[3])), Vec::<i64>::new());
        assert_eq!(split(&[0, 7]).hidden, 0);
    }

    proptest::proptest! {
        #[test]
        fn no_small_group_can_be_computed(voters in proptest::collection::vec(0_i64..20, 0..12)) {
            let by = split(&voters);
            let whole: i64 = voters.iter().sum();
            proptest::prop_assert!(by.areas.iter().all(|a| a.voters >= FEWEST));
            proptest::prop_assert_eq!(by.areas.iter().map(|a| a.voters).sum::<i64>() + by.hidden_voters, whole);
            if by.hidden > 0 && !by.areas.is_empty() {
                proptest::prop_assert!(by.hidden >= 2 && by.hidden_voters >= FEWEST);
            }
        }
    }
}
