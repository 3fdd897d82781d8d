//! Signs of coordinated voting: figures, each with the rule that made it.
//!
//! A sign is no verdict. Nobody is left out because of one: a person is left out only by a rule that an office publishes, and
//! then [`without`] gives the votes for the result the other way.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Statement, table::Table};
use crate::polis::Vote;

/// Votes that a ballot needs before it can be a sign: small ballots are alike by chance.
pub const FEWEST_VOTES: usize = 10;
/// People with one and the same ballot that are a sign.
pub const FEWEST_ALIKE: usize = 3;
/// Length of a window of time, in milliseconds: ten minutes.
pub const WINDOW: i64 = 600_000;
/// People who begin within one window that are a sign …
pub const FEWEST_AT_ONCE: usize = 20;
/// … if they are so many times as many as in an average window with somebody new.
pub const TIMES_AVERAGE: usize = 5;

/// The rule that made a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// At least [`FEWEST_AT_ONCE`] people cast their first vote within one window of ten minutes, and at least
    /// [`TIMES_AVERAGE`] times as many as in the average window in which anybody did.
    Burst,
    /// At least [`FEWEST_ALIKE`] people voted on the same statements, at least [`FEWEST_VOTES`], each the same way.
    IdenticalBallots,
    /// A person agreed with each of at least [`FEWEST_VOTES`] statements.
    AgreesWithAll,
    /// A person disagreed with each of at least [`FEWEST_VOTES`] statements.
    DisagreesWithAll,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// The rule.
    pub rule: Rule,
    /// The people, by id.
    pub people: Vec<i64>,
    /// Of a burst the number of people, else the votes on each ballot (for those who agree or disagree with everything the
    /// fewest that one of them cast).
    pub figure: usize,
    /// Of a burst the beginning of its window, in milliseconds since 1970.
    pub at: Option<i64>,
}

/// The signs in the votes: by rule, bursts by time, ballots by the first person's id.
///
/// Bursts need the moments of votes. Where only days are known, as in published files, everybody of a day begins within one
/// window: leave [`Rule::Burst`] out there. They look at the moments of all rows, whatever these say and on which statement,
/// so that they can be found in moments alone, without statements.
pub fn signs(statements: &[Statement], votes: &[Vote]) -> Vec<Sign> {
    let table = Table::new(statements, votes);
    let mut found = bursts(votes);
    found.extend(identical(&table));
    found.extend(one_way(&table, 1, Rule::AgreesWithAll));
    found.extend(one_way(&table, -1, Rule::DisagreesWithAll));
    found
}

/// The votes without those of these people, for the result the other way.
pub fn without(votes: &[Vote], people: &BTreeSet<i64>) -> Vec<Vote> {
    let stay = |vote: &&Vote| !people.contains(&vote.voter);
    votes.iter().filter(stay).copied().collect()
}

fn bursts(votes: &[Vote]) -> Vec<Sign> {
    let mut first: BTreeMap<i64, i64> = BTreeMap::new();
    for vote in votes {
        let at = first.entry(vote.voter).or_insert(vote.at);
        *at = vote.at.min(*at);
    }
    let mut windows: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (person, at) in &first {
        windows
            .entry(at.div_euclid(WINDOW))
            .or_default()
            .push(*person);
    }
    let everybody = first.len();
    let many = windows.len();
    windows
        .into_iter()
        .filter(|(_, people)| {
            // Times the average without a division: n ≥ 5 × everybody ÷ windows.
            people.len() >= FEWEST_AT_ONCE
                && people.len().saturating_mul(many) >= TIMES_AVERAGE.saturating_mul(everybody)
        })
        .map(|(window, people)| Sign {
            rule: Rule::Burst,
            figure: people.len(),
            people,
            at: Some(window.saturating_mul(WINDOW)),
        })
        .collect()
}

fn identical(table: &Table) -> Vec<Sign> {
    let mut ballots: BTreeMap<Vec<(usize, i8)>, Vec<i64>> = BTreeMap::new();
    for (row, person) in table.people().iter().enumerate() {
        let ballot: Vec<(usize, i8)> = table
            .row(row)
            .iter()
            .map(|c| (c.column(), c.value()))
            .collect();
        if ballot.len() >= FEWEST_VOTES {
            ballots.entry(ballot).or_default().push(*person);
        }
    }
    let mut found: Vec<Sign> = ballots
        .into_iter()
        .filter(|(_, people)| people.len() >= FEWEST_ALIKE)
        .map(|(ballot, mut people)| {
            people.sort_unstable();
            Sign {
                rule: Rule::IdenticalBallots,
                people,
                figure: ballot.len(),
                at: None,
            }
        })
        .collect();
    found.sort_by(|a, b| a.people.cmp(&b.people));
    found
}

fn one_way(table: &Table, value: i8, rule: Rule) -> Option<Sign> {
    let mut people = Vec::new();
    let mut fewest = usize::MAX;
    for (row, person) in table.people().iter().enumerate() {
        let ballot = table.row(row);
        if ballot.len() >= FEWEST_VOTES && ballot.iter().all(|cell| cell.value() == value) {
            people.push(*person);
            fewest = fewest.min(ballot.len());
        }
    }
    people.sort_unstable();
    (!people.is_empty()).then_some(Sign {
        rule,
        people,
        figure: fewest,
        at: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statements(many: i64) -> Vec<Statement> {
        (0..many)
            .map(|id| Statement {
                id,
                out: false,
                meta: false,
            })
            .collect()
    }

    fn vote(voter: i64, comment: i64, value: i64, at: i64) -> Vote {
        Vote {
            at,
            comment,
            voter,
            value,
        }
    }

    /// A ballot of its own for each number.
    fn honest(voter: i64, at: i64) -> Vec<Vote> {
        (0..12)
            .map(|s| vote(voter, s, (voter >> (s % 6)) % 2 * 2 - 1, at + s))
            .collect()
    }

    #[test]
    fn honest_ballots_are_no_sign() {
        let votes: Vec<Vote> = (1..40).flat_map(|p| honest(p, p * WINDOW)).collect();
        assert_eq!(signs(&statements(12), &votes), []);
    }

    #[test]
    fn each_rule_finds_its_people() {
        let mut votes: Vec<Vote> = (1..40).flat_map(|p| honest(p, p * WINDOW)).collect();
        // Twenty-five begin at once; four of them vote alike; one agrees and one disagrees with everything.
        for person in 100..125 {
            votes.push(vote(person, 0, 1, 1_000 * WINDOW + person));
        }
        for person in [103, 100, 101, 102] {
            votes.extend((0..10).map(|s| vote(person, s, s % 3 - 1, 1_001 * WINDOW)));
        }
        votes.extend((0..12).map(|s| vote(110, s, 1, 1_001 * WINDOW)));
        votes.extend((0..11).map(|s| vote(111, s, -1, 1_001 * WINDOW)));
        let found = signs(&statements(12), &votes);
        let rules: Vec<(Rule, usize)> = found.iter().map(|s| (s.rule, s.figure)).collect();
        assert_eq!(
            rules,
            [
                (Rule::Burst, 25),
                (Rule::IdenticalBallots, 10),
                (Rule::AgreesWithAll, 12),
                (Rule::DisagreesWithAll, 11)
            ]
        );
        assert_eq!(found[0].at, Some(1_000 * WINDOW));
        assert_eq!(found[1].people, [100, 101, 102, 103]);
        let alone = BTreeSet::from_iter(found[0].people.clone());
        assert_eq!(signs(&statements(12), &without(&votes, &alone)), []);
        assert_eq!(
            signs(&[], &votes),
            found[..1],
            "moments are enough for bursts"
        );
    }
}
