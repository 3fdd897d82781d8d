//! The sentences before any picture: what all groups agree on, where they differ, what nobody is sure about.
//!
//! The rules are ours and plain, so that a reader can check them with the table: shares are of those who judged a statement.

use super::{Direction, FEWEST_MEMBERS, Judged, Picture, Representative, Shape};

/// Most statements in each list.
const MOST: usize = 3;
/// In every group at least this share says so, in hundredths.
pub const TOGETHER: u32 = 60;
/// At least this share passed, in hundredths.
pub const UNSURE: u32 = 30;

/// The lists, each the most telling first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said<'a> {
    /// Agreed with by at least [`TOGETHER`] hundredths of every group, by group-informed consensus.
    pub agreed: Vec<&'a Judged>,
    /// Disagreed with by as many in every group, by the product of these shares.
    pub refused: Vec<&'a Judged>,
    /// What tells each group apart, in the order of the groups: statements that no other list has.
    pub apart: Vec<(&'a Shape, Vec<&'a Representative>)>,
    /// Passed by at least [`UNSURE`] hundredths of those who judged it, by that share.
    pub unsure: Vec<&'a Judged>,
}

impl Picture {
    /// The lists; all empty while there are no groups to be shown.
    pub fn said(&self) -> Said<'_> {
        if self.groups.is_empty() {
            return Said::default();
        }
        let agreed = self.together(Direction::Agree);
        let refused = self.together(Direction::Disagree);
        let unsure = self.unsure();
        let told: Vec<i64> = [&agreed, &refused, &unsure]
            .into_iter()
            .flatten()
            .map(|judged| judged.id)
            .collect();
        let apart = self
            .groups
            .iter()
            .map(|group| {
                let own = group.representative.iter();
                let own = own.filter(|row| !told.contains(&row.statement));
                let mut own: Vec<&Representative> = own.collect();
                own.sort_by(|a, b| b.ratio_test.total_cmp(&a.ratio_test));
                own.truncate(MOST);
                (group, own)
            })
            .filter(|(_, own)| self.groups.len() > 1 && !own.is_empty())
            .collect();
        Said {
            agreed,
            refused,
            apart,
            unsure,
        }
    }

    fn together(&self, direction: Direction) -> Vec<&Judged> {
        let answer = match direction {
            Direction::Agree => 0,
            Direction::Disagree => 1,
        };
        let mut found: Vec<(f64, &Judged)> = self
            .statements
            .iter()
            .enumerate()
            .filter(|(column, _)| {
                self.groups
                    .iter()
                    .all(|group| is_share(group.votes[*column], answer, TOGETHER))
            })
            .map(|(column, judged)| (self.product(column, answer), judged))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(MOST);
        found.into_iter().map(|(_, judged)| judged).collect()
    }

    /// The group-informed consensus about an answer.
    fn product(&self, column: usize, answer: usize) -> f64 {
        let groups = self.groups.iter().map(|group| group.votes[column]);
        groups
            .map(|votes| {
                (f64::from(votes[answer]) + 1.0) / (f64::from(votes.iter().sum::<u32>()) + 2.0)
            })
            .product()
    }

    fn unsure(&self) -> Vec<&Judged> {
        let share = |judged: &Judged| {
            f64::from(judged.votes[2]) / f64::from(judged.votes.iter().sum::<u32>().max(1))
        };
        let mut found: Vec<&Judged> = self
            .statements
            .iter()
            .filter(|judged| is_share(judged.votes, 2, UNSURE))
            .collect();
        found.sort_by(|a, b| share(b).total_cmp(&share(a)));
        found.truncate(MOST);
        found
    }
}

/// Whether enough people judged it, and at least so many hundredths of them said so.
fn is_share(votes: [u32; 3], answer: usize, hundredths: u32) -> bool {
    let total: u64 = votes.iter().copied().map(u64::from).sum();
    let enough = usize::try_from(total).is_ok_and(|total| total >= FEWEST_MEMBERS);
    enough && u64::from(votes[answer]) * 100 >= total * u64::from(hundredths)
}
