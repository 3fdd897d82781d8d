//! Where people agree: groups of opinion from votes on statements, what each stands for, and what all of them share.
//!
//! A pure function of the votes: the same votes, in whatever order of rows, give the same [`Findings`], byte for byte in JSON,
//! on every machine and in the browser. Nothing is carried over from an earlier result. To that end people stand in one
//! canonical order, sums are taken in that order, and only `+ − × ÷ √` are used, which IEEE 754 rounds the same everywhere.
//!
//! The method is that of Polis (Small et al. 2021, "Polis: Scaling deliberation by mapping high dimensional opinion spaces",
//! Recerca 26(2)), without its history:
//!
//! 1. `table`: the latest vote of each person on each statement; people by their first vote.
//! 2. `space`: missing votes as the column's mean, two principal components (Pearson 1901), and each person's place from the
//!    statements they voted on, scaled by √(statements ÷ votes cast).
//! 3. `cluster`: k-means (Lloyd 1982) to 100 base clusters, weighted k-means of these to 2 … 5 groups, their number by the
//!    silhouette (Rousseeuw 1987).
//! 4. `representative`: what a group says unlike the others, by one- and two-proportion z-tests; and what the majority says.
//! 5. The group-informed consensus of a statement: the product over all groups of (agrees + 1) ÷ (votes + 2).
//!
//! Around it: [`relabel`] keeps names of groups between updates, [`priority`] says how urgently a statement should be seen
//! next, [`sign`] describes voting that looks coordinated.

mod again;
mod centred;
mod cluster;
mod component;
mod gram;
mod k_means;
mod label;
mod picture;
mod priority;
mod proportion;
mod published;
mod representative;
mod rule;
mod said;
pub mod sign;
mod space;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::polis::Vote;

pub use again::{Again, again};
pub use label::{Names, relabel};
pub use picture::{Compass, Dot, Judged, Picture, Shape};
pub use priority::priority;
pub use published::Published;
pub use representative::{Direction, Majority, Representative};
pub use rule::{PUBLISHABLE, left_out};
pub use said::{Said, TOGETHER, UNSURE};

use space::Space;
use table::Table;

/// Fewest people who voted before anything is shown: below, a picture of groups would be a picture of persons.
pub const FEWEST_PEOPLE: u32 = 30;
/// Fewest people in a group that is shown.
pub const FEWEST_MEMBERS: usize = 5;
/// Votes with which a person counts for the groups; all statements when there are fewer.
pub const VOTES_TO_COUNT: usize = 7;
/// No consensus is given as less: a smaller number loses its digits and in the end is 0, which no consensus is. Statements
/// that reach it are not ranked among each other. (A sum of logarithms would rank them, but those are rounded differently from
/// machine to machine.)
pub const LEAST_CONSENSUS: f64 = f64::MIN_POSITIVE;
/// Where fewer people than this count, the most active are added.
pub const PEOPLE_TO_COUNT: usize = 15;

/// A statement, as the method needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its number in the consultation.
    pub id: i64,
    /// Moderators took it out: its column in the matrix is 0, and it neither represents a group nor the majority.
    pub out: bool,
    /// It asks who people are, not what they think: as `out`, and it is shown early.
    pub meta: bool,
}

impl Statement {
    const fn is_left_out(&self) -> bool {
        self.out || self.meta
    }
}

/// What was found. Floats are finite; lists are in the order of ids unless they say otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// People who voted on at least one statement.
    pub participants: u32,
    /// Votes that count: one for each person and statement.
    pub votes: u32,
    /// Every statement, by id.
    pub statements: Vec<Figures>,
    /// The opinion space.
    pub pca: Pca,
    /// The groups: the largest first, of equal ones the one with the smallest member's id.
    pub groups: Vec<Group>,
    /// What the majority of all people says.
    pub majority: Majority,
    /// The place of everybody who is in a group, by participant.
    pub projection: Vec<Place>,
}

/// A statement's figures, over everybody who voted on it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The statement.
    pub id: i64,
    /// People who agree.
    pub agrees: u32,
    /// People who disagree.
    pub disagrees: u32,
    /// People who passed.
    pub passes: u32,
    /// Group-informed consensus, in (0, 1): product over groups of (agrees + 1) ÷ (votes + 2). Without groups, everybody is one.
    /// Hundreds of given groups can bring it below [`LEAST_CONSENSUS`], which then stands for it; five groups, as many as are
    /// found, cannot.
    pub consensus: f64,
    /// How urgently it should be seen next; greater than 0.
    pub priority: f64,
}

/// Two principal components of the votes, agree = +1, disagree = −1, pass = 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pca {
    /// Mean of the votes on each statement, in [−1, 1], in the order of [`Findings::statements`]; 0 for those left out and
    /// those without a vote. (Polis has agree = −1 inside: its centre has the opposite sign.)
    pub center: Vec<f64>,
    /// Two unit vectors over the statements, the one with more variance first; a direction without variance is all zeros.
    /// The entry with the largest size is positive (of equal ones the first).
    pub components: [Vec<f64>; 2],
}

/// A group of people who vote alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// 0 for the largest, then 1, …; with given groups, the given number.
    pub id: i64,
    /// Mean of its members' places.
    pub center: [f64; 2],
    /// The participants, by id.
    pub members: Vec<i64>,
    /// For each statement, in the order of [`Findings::statements`]: members who agree, disagree, pass.
    pub votes: Vec<[u32; 3]>,
    /// What it says unlike the others, the most telling first, those with agreement before those with disagreement.
    pub representative: Vec<Representative>,
}

/// Where a person stands in the opinion space.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The person.
    pub participant: i64,
    /// Along the first component.
    pub x: f64,
    /// Along the second.
    pub y: f64,
}

impl Group {
    /// Whether the group is large enough to be shown.
    pub fn is_shown(&self) -> bool {
        self.members.len() >= FEWEST_MEMBERS
    }
}

impl Findings {
    /// Whether enough people voted for anything to be shown.
    pub const fn is_shown(&self) -> bool {
        self.participants >= FEWEST_PEOPLE
    }

    /// How many people are in a group of another number there, or in none: the difference between two findings.
    pub fn moved(&self, other: &Self) -> usize {
        let membership = |findings: &Self| -> BTreeMap<i64, i64> {
            let groups = findings.groups.iter();
            groups
                .flat_map(|group| group.members.iter().map(|member| (*member, group.id)))
                .collect()
        };
        let (ours, theirs) = (membership(self), membership(other));
        let gone = theirs.keys().filter(|person| !ours.contains_key(*person));
        ours.iter()
            .filter(|(person, group)| theirs.get(*person) != Some(group))
            .count()
            + gone.count()
    }

    /// The groups that may be shown: none while [`Self::is_shown`] is false.
    pub fn shown(&self) -> impl Iterator<Item = &Group> {
        let all = self.is_shown();
        self.groups.iter().filter(move |g| all && g.is_shown())
    }
}

/// Finds the groups in the votes and describes them.
///
/// Votes with another value than −1, 0 and 1 and those on unknown statements are left out; a statement that is listed twice
/// counts once, left out if either says so. Of a person's votes on a statement the latest counts; of those of the same moment
/// the one with the greatest value, so that the order of rows does not matter.
pub fn compute(statements: &[Statement], votes: &[Vote]) -> Findings {
    let table = Table::new(statements, votes);
    let space = Space::of(&table);
    let groups = cluster::groups(&table, &space);
    describe(&table, &space, groups)
}

/// Describes groups that are given (participant → group) instead of found. A member without a vote stays a member.
pub fn compute_with(
    statements: &[Statement],
    votes: &[Vote],
    membership: &BTreeMap<i64, i64>,
) -> Findings {
    let table = Table::new(statements, votes);
    let space = Space::of(&table);
    let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (participant, group) in membership {
        groups.entry(*group).or_default().push(*participant);
    }
    describe(&table, &space, groups.into_iter().collect())
}

/// Everything that follows from the membership: groups with their number and their participants, by id.
fn describe(table: &Table, space: &Space, membership: Vec<(i64, Vec<i64>)>) -> Findings {
    let mut rows: Vec<(i64, usize)> = table.people().iter().copied().zip(0..).collect();
    rows.sort_unstable();
    // Both are by id.
    let known = |members: &[i64]| -> Vec<usize> {
        let mut rest = rows.iter().peekable();
        let row = |id: &i64| {
            while rest.next_if(|(there, _)| there < id).is_some() {}
            rest.next_if(|(there, _)| there == id).map(|(_, row)| *row)
        };
        members.iter().filter_map(row).collect()
    };
    let places: Vec<Vec<usize>> = membership.iter().map(|(_, m)| known(m)).collect();
    let votes: Vec<Vec<[u32; 3]>> = places.iter().map(|rows| table.count(rows)).collect();
    let grouped = (0..table.statements().len())
        .map(|column| {
            let within = votes.iter().map(|votes| votes[column]);
            within.fold([0; 3], |sum: [u32; 3], votes| {
                [0, 1, 2].map(|answer| sum[answer] + votes[answer])
            })
        })
        .collect::<Vec<_>>();
    let all = table.totals();
    let groups: Vec<Group> = membership
        .into_iter()
        .enumerate()
        .map(|(n, (id, members))| Group {
            id,
            center: space.centre(&places[n]),
            representative: representative::of(table.statements(), &votes[n], &grouped),
            votes: votes[n].clone(),
            members,
        })
        .collect();
    let mut projection: Vec<Place> = places
        .iter()
        .flatten()
        .map(|row| Place {
            participant: table.people()[*row],
            x: space.places[*row].x,
            y: space.places[*row].y,
        })
        .collect();
    projection.sort_unstable_by_key(|place| place.participant);
    Findings {
        participants: u32::try_from(table.people().len()).unwrap_or(u32::MAX),
        votes: u32::try_from(table.len()).unwrap_or(u32::MAX),
        statements: figures(table, space, &grouped, &groups),
        pca: space.pca(),
        majority: representative::majority(table.statements(), all),
        groups,
        projection,
    }
}

fn figures(table: &Table, space: &Space, grouped: &[[u32; 3]], groups: &[Group]) -> Vec<Figures> {
    let share = |[agrees, disagrees, passes]: [u32; 3]| {
        (f64::from(agrees) + 1.0)
            / (f64::from(agrees) + f64::from(disagrees) + f64::from(passes) + 2.0)
    };
    let statements = table.statements().iter().zip(table.totals()).enumerate();
    statements
        .map(|(column, (statement, votes))| Figures {
            id: statement.id,
            agrees: votes[0],
            disagrees: votes[1],
            passes: votes[2],
            consensus: if groups.is_empty() {
                share(*votes)
            } else {
                let within = groups.iter().map(|group| share(group.votes[column]));
                within.product::<f64>().max(LEAST_CONSENSUS)
            },
            priority: priority(grouped[column], space.extremity(column), statement.meta),
        })
        .collect()
}
