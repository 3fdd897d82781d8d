//! Conversations as Polis writes them: the votes as events, and what follows from them.

use std::collections::BTreeMap;

/// A conversation read from a Polis export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// What it was about.
    pub topic: String,
    /// Where it took place; may be empty.
    pub url: String,
    /// The introduction, as Markdown.
    pub description: String,
    /// The statements, in the order of the file.
    pub comments: Vec<Comment>,
    /// Every vote, re-votes too, in the order in which they were cast.
    pub votes: Vec<Vote>,
    /// The people, and what the export says of each of their votes.
    pub people: Vec<Person>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub id: i64,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
    /// Who wrote it; empty when the export does not say.
    pub author: String,
    /// What moderators decided.
    pub moderated: Moderated,
    /// Whether the conversation's owner wrote it to begin with.
    pub is_seed: bool,
    /// Whether it asks who people are, not what they think.
    pub is_meta: bool,
    /// The sentence.
    pub body: String,
}

/// What moderators decided about a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moderated {
    /// 1: accepted.
    Accepted,
    /// 0: nobody looked at it. Polis shows it unless the conversation is strictly moderated, so it was voted on.
    Unseen,
    /// −1: rejected.
    Rejected,
}

impl Moderated {
    /// Reads the number.
    pub const fn of(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Accepted),
            0 => Some(Self::Unseen),
            -1 => Some(Self::Rejected),
            _ => None,
        }
    }
}

/// One act of voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// On which statement.
    pub comment: i64,
    /// By whom.
    pub voter: i64,
    /// 1 agree, −1 disagree, 0 pass.
    pub value: i64,
}

/// A person, and the cells of their line in `participants-votes.csv` that are not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their number.
    pub id: i64,
    /// Statement and vote.
    pub cells: BTreeMap<i64, i64>,
}

/// Puts votes into the order in which they were cast; those of one moment stay in the order of the file.
pub fn in_order(votes: &mut [Vote]) {
    votes.sort_by_key(|vote| vote.at);
}

/// The revision of each vote, in the same order: 0 for the first of a person on a statement, then one more each time.
pub fn revisions(votes: &[Vote]) -> Vec<i64> {
    let mut next: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    votes
        .iter()
        .map(|vote| {
            let next = next.entry((vote.voter, vote.comment)).or_default();
            *next += 1;
            *next - 1
        })
        .collect()
}

/// The vote that counts, by person and statement: the last one cast.
pub fn latest(votes: &[Vote]) -> BTreeMap<(i64, i64), i64> {
    votes
        .iter()
        .map(|vote| ((vote.voter, vote.comment), vote.value))
        .collect()
}

/// A place where an export contradicts itself: the votes say one thing, the person's line another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The person.
    pub participant: i64,
    /// The statement.
    pub comment: i64,
    /// What follows from the votes; `None` for no vote.
    pub votes: Option<i64>,
    /// What the person's line says; `None` for an empty cell.
    pub cell: Option<i64>,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let say =
            |value: Option<i64>| value.map_or_else(|| "nothing".to_owned(), |v| v.to_string());
        write!(
            f,
            "participant {}, statement {}: the last vote is {}, participants-votes.csv says {}",
            self.participant,
            self.comment,
            say(self.votes),
            say(self.cell)
        )
    }
}

/// Where the votes that count differ from the people's lines. Voters who have no line are not compared.
pub fn mismatches(people: &[Person], latest: &BTreeMap<(i64, i64), i64>) -> Vec<Mismatch> {
    let mut found = Vec::new();
    for person in people {
        let id = person.id;
        let votes: BTreeMap<i64, i64> = latest
            .range((id, i64::MIN)..=(id, i64::MAX))
            .map(|((_, comment), value)| (*comment, *value))
            .collect();
        let mut differs = |comment: i64| {
            let (votes, cell) = (
                votes.get(&comment).copied(),
                person.cells.get(&comment).copied(),
            );
            if votes != cell {
                found.push(Mismatch {
                    participant: id,
                    comment,
                    votes,
                    cell,
                });
            }
        };
        for comment in votes.keys() {
            differs(*comment);
        }
        for comment in person
            .cells
            .keys()
            .filter(|comment| !votes.contains_key(comment))
        {
            differs(*comment);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(at: i64, voter: i64, comment: i64, value: i64) -> Vote {
        Vote {
            at,
            comment,
            voter,
            value,
        }
    }

    #[test]
    fn the_last_vote_counts_and_every_vote_is_kept() {
        let mut votes = vec![
            vote(3, 1, 7, -1),
            vote(1, 1, 7, 1),
            vote(3, 1, 7, 0),
            vote(2, 2, 7, 1),
        ];
        in_order(&mut votes);
        assert_eq!(
            votes.iter().map(|v| v.value).collect::<Vec<_>>(),
            [1, 1, -1, 0]
        );
        assert_eq!(revisions(&votes), [0, 0, 1, 2]);
        assert_eq!(latest(&votes), BTreeMap::from([((1, 7), 0), ((2, 7), 1)]));
    }

    #[test]
    fn a_line_that_says_something_else_is_found() {
        let votes = latest(&[vote(1, 1, 7, 1), vote(1, 1, 8, -1), vote(1, 9, 7, 1)]);
        let fits = Person {
            id: 1,
            cells: BTreeMap::from([(7, 1), (8, -1)]),
        };
        assert_eq!(mismatches(&[fits], &votes), []);
        let other = Person {
            id: 1,
            cells: BTreeMap::from([(7, 0), (9, 1)]),
        };
        let found = mismatches(&[other], &votes);
        let places: Vec<_> = found.iter().map(|m| (m.comment, m.votes, m.cell)).collect();
        assert_eq!(
            places,
            [
                (7, Some(1), Some(0)),
                (8, Some(-1), None),
                (9, None, Some(1))
            ]
        );
        assert!(
            found[1]
                .to_string()
                .ends_with("the last vote is -1, participants-votes.csv says nothing")
        );
    }

    proptest::proptest! {
        #[test]
        fn revisions_have_no_gaps_and_the_highest_is_the_latest(
            raw in proptest::collection::vec((0_i64..5, 0_i64..3, 0_i64..3, -1_i64..2), 0..40)
        ) {
            let mut votes: Vec<Vote> = raw.into_iter().map(|(at, voter, comment, value)| vote(at, voter, comment, value)).collect();
            in_order(&mut votes);
            let revisions = revisions(&votes);
            let mut top: BTreeMap<(i64, i64), (i64, i64)> = BTreeMap::new();
            for (vote, revision) in votes.iter().zip(&revisions) {
                let before = top.insert((vote.voter, vote.comment), (*revision, vote.value));
                proptest::prop_assert_eq!(before.map_or(0, |(r, _)| r + 1), *revision);
            }
            let from_revisions: BTreeMap<_, _> = top.into_iter().map(|(pair, (_, value))| (pair, value)).collect();
            proptest::prop_assert_eq!(latest(&votes), from_revisions);
        }
    }
}
