//! What a group says unlike the others, and what the majority says.

use serde::{Deserialize, Serialize};

use super::{
    Statement,
    proportion::{SIGNIFICANT, one, two},
};

/// Most statements for a group, and in each list of the majority.
const MOST: usize = 5;

/// Whether the group agrees or disagrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Agrees more than the others.
    Agree,
    /// Disagrees more than the others.
    Disagree,
}

/// A statement that represents a group, with the figures behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Representative {
    /// The statement.
    pub statement: i64,
    /// What the group says to it.
    pub direction: Direction,
    /// Members who say so.
    pub successes: u32,
    /// Members who voted on it.
    pub trials: u32,
    /// (successes + 1) ÷ (trials + 2), in (0, 1).
    pub probability: f64,
    /// z-score of more than half of the group saying so.
    pub probability_test: f64,
    /// The probability over that of the other groups; greater than 0.
    pub ratio: f64,
    /// z-score of the group saying so more often than the others.
    pub ratio_test: f64,
    /// It was chosen first, as what the group most clearly agrees with.
    pub best_agree: bool,
}

impl Representative {
    fn new(statement: i64, direction: Direction, own: [u32; 3], others: [u32; 3]) -> Self {
        let answer = match direction {
            Direction::Agree => 0,
            Direction::Disagree => 1,
        };
        let [(successes, trials), rest] =
            [own, others].map(|votes| (votes[answer], votes.iter().sum::<u32>()));
        let share = |(s, n): (u32, u32)| (f64::from(s) + 1.0) / (f64::from(n) + 2.0);
        let probability = share((successes, trials));
        Self {
            statement,
            direction,
            successes,
            trials,
            probability,
            probability_test: one(successes, trials),
            ratio: probability / share(rest),
            ratio_test: two((successes, trials), rest),
            best_agree: false,
        }
    }

    fn is_significant(&self) -> bool {
        self.ratio_test > SIGNIFICANT && self.probability_test > SIGNIFICANT
    }

    /// What it is ranked by.
    fn rank(&self) -> f64 {
        self.ratio * self.ratio_test * self.probability_rank()
    }

    fn probability_rank(&self) -> f64 {
        self.probability * self.probability_test
    }
}

/// The statements that represent a group, given its votes and those of all groups together.
///
/// Agreement and disagreement with each statement are tested; the direction is the one whose two-proportion test is larger
/// (disagree on a tie). A statement qualifies when both tests of either direction exceed 1.2816. The list begins with what
/// the group most clearly agrees with, even if it does not qualify (its ratio says whether others agree as much), then go
/// the others by rank: ratio × its test × probability × its test, ties by id. Five at most, then agreement before disagreement. When nothing qualifies it is the
/// agreement alone, or else the statement with the largest two-proportion test.
pub(super) fn of(
    statements: &[Statement],
    group: &[[u32; 3]],
    grouped: &[[u32; 3]],
) -> Vec<Representative> {
    let (mut qualified, mut telling) = (Vec::new(), None);
    let mut agreed: Option<Representative> = None;
    for (statement, (own, all)) in statements.iter().zip(group.iter().zip(grouped)) {
        if statement.is_left_out() || own[0] + own[1] == 0 {
            continue;
        }
        let others = [0, 1, 2].map(|answer: usize| all[answer] - own[answer]);
        let [agree, disagree] = [Direction::Agree, Direction::Disagree]
            .map(|direction| Representative::new(statement.id, direction, *own, others));
        let chosen = if agree.ratio_test > disagree.ratio_test {
            agree
        } else {
            disagree
        };
        if agree.is_significant() || disagree.is_significant() {
            qualified.push(chosen);
        }
        if telling.is_none_or(|best: Representative| chosen.ratio_test > best.ratio_test) {
            telling = Some(chosen);
        }
        if is_agreed_more(&agree, agreed.as_ref()) {
            agreed = Some(agree);
        }
    }
    let first = agreed.map(|agree| Representative {
        best_agree: true,
        ..agree
    });
    if qualified.is_empty() {
        return first.or(telling).into_iter().collect();
    }
    qualified.retain(|row| first.is_none_or(|first| first.statement != row.statement));
    qualified.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
    let mut rows: Vec<Representative> = first.into_iter().chain(qualified).take(MOST).collect();
    rows.sort_by_key(|row| row.direction != Direction::Agree);
    rows
}

/// Whether this agreement is clearer than the clearest so far. The first one has to be significant within the group, or
/// that of more than half of the group and stronger than elsewhere; from then on ranks are compared, without the ratio while
/// the best is no stronger than elsewhere.
fn is_agreed_more(new: &Representative, best: Option<&Representative>) -> bool {
    match best {
        Some(best) if best.ratio > 1.0 => new.rank() > best.rank(),
        Some(best) => new.probability_rank() > best.probability_rank(),
        None => new.probability_test > SIGNIFICANT || (new.ratio > 1.0 && new.probability > 0.5),
    }
}

/// What the majority of everybody says: statements in rank order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Majority {
    /// Most agree.
    pub agree: Vec<i64>,
    /// Most disagree.
    pub disagree: Vec<i64>,
}

/// Statements with a probability above ½ whose one-proportion test exceeds 1.2816, by probability × test, ties by id; five
/// at most.
pub(super) fn majority(statements: &[Statement], all: &[[u32; 3]]) -> Majority {
    let list = |direction| {
        let mut rows: Vec<Representative> = statements
            .iter()
            .zip(all)
            .filter(|(statement, _)| !statement.is_left_out())
            .map(|(statement, votes)| Representative::new(statement.id, direction, *votes, [0; 3]))
            .filter(|row| row.probability > 0.5 && row.probability_test > SIGNIFICANT)
            .collect();
        rows.sort_by(|a, b| b.probability_rank().total_cmp(&a.probability_rank()));
        rows.into_iter()
            .take(MOST)
            .map(|row| row.statement)
            .collect()
    };
    Majority {
        agree: list(Direction::Agree),
        disagree: list(Direction::Disagree),
    }
}
