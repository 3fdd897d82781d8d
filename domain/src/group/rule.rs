//! Rules by which people can be left out of the groups, once an office has published them.

use std::collections::BTreeSet;

use super::{
    Statement,
    sign::{Rule, signs},
};
use crate::polis::Vote;

/// The rules that can be published: those that anybody can apply to the published votes. These have days, not moments, so
/// that [`Rule::Burst`] stays a figure.
pub const PUBLISHABLE: [Rule; 3] = [
    Rule::IdenticalBallots,
    Rule::AgreesWithAll,
    Rule::DisagreesWithAll,
];

impl Rule {
    /// All rules, in the order in which signs are listed.
    pub const ALL: [Self; 4] = [
        Self::Burst,
        Self::IdenticalBallots,
        Self::AgreesWithAll,
        Self::DisagreesWithAll,
    ];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Burst => "burst",
            Self::IdenticalBallots => "identical_ballots",
            Self::AgreesWithAll => "agrees_with_all",
            Self::DisagreesWithAll => "disagrees_with_all",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// Whether people can be left out by it.
    pub fn is_publishable(self) -> bool {
        PUBLISHABLE.contains(&self)
    }
}

/// The people whom these rules name in these votes, by id. Rules that cannot be published name nobody.
///
/// The rules look once, at the votes of everybody: that people are left out makes no new signs.
pub fn left_out(statements: &[Statement], votes: &[Vote], rules: &[Rule]) -> BTreeSet<i64> {
    if rules.is_empty() {
        return BTreeSet::new();
    }
    signs(statements, votes)
        .into_iter()
        .filter(|sign| sign.rule.is_publishable() && rules.contains(&sign.rule))
        .flat_map(|sign| sign.people)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::{Published, compute};

    /// Forty people in two camps; three more who agree with everything, so that their ballots are identical, too.
    fn town() -> (Vec<Statement>, Vec<Vote>) {
        let statements: Vec<Statement> = (0..12)
            .map(|id| Statement {
                id,
                out: false,
                meta: false,
            })
            .collect();
        let mut votes = Vec::new();
        for voter in 0..43_i64 {
            for comment in 0..12_i64 {
                let camp = if (voter + comment) % 2 == 0 { 1 } else { -1 };
                let own = if voter % 11 == comment { 0 } else { camp };
                let value = if voter < 40 { own } else { 1 };
                // Their own ballots differ in where they stop.
                if voter >= 40 || comment < 11 || voter % 4 == 0 {
                    votes.push(Vote {
                        at: 0,
                        comment,
                        voter,
                        value,
                    });
                }
            }
        }
        (statements, votes)
    }

    #[test]
    fn words_are_read_back_and_are_those_of_json() {
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.word()), Some(rule));
            assert_eq!(
                serde_json::to_string(&rule).expect("is JSON"),
                format!("\"{}\"", rule.word())
            );
        }
        assert_eq!(Rule::parse(""), None);
        assert!(!Rule::Burst.is_publishable());
    }

    #[test]
    fn who_is_named_is_left_out_and_nobody_else() {
        let (statements, votes) = town();
        let published = Published::of(&statements, &votes);
        assert_eq!(
            left_out(&statements, &votes, &[Rule::AgreesWithAll]),
            BTreeSet::from([40, 41, 42])
        );
        // All votes are of one moment: the burst is there, but no rule.
        assert_eq!(
            left_out(&statements, &votes, &[Rule::Burst, Rule::DisagreesWithAll]),
            BTreeSet::new()
        );
        assert_eq!(published.compute_without(&[]), published.compute());
        assert_eq!(
            published.compute_without(&[Rule::Burst]),
            published.compute()
        );
        let others: Vec<Vote> = votes.iter().filter(|v| v.voter < 40).copied().collect();
        let found = published.compute_without(&[Rule::AgreesWithAll]);
        assert_eq!(found, compute(&statements, &others));
        assert_eq!(found.participants, 40);
        assert_eq!(published.compute().participants, 43);
    }

    #[test]
    fn a_person_whom_two_rules_name_is_left_out_once() {
        let (statements, votes) = town();
        let both = [Rule::IdenticalBallots, Rule::AgreesWithAll];
        let named = left_out(&statements, &votes, &both);
        let alike = left_out(&statements, &votes, &both[..1]);
        assert!(alike.is_superset(&BTreeSet::from([40, 41, 42])));
        assert_eq!(named, alike);
    }

    #[test]
    fn everybody_can_be_left_out() {
        let (statements, votes) = town();
        let votes: Vec<Vote> = votes.into_iter().filter(|v| v.voter >= 40).collect();
        let found = Published::of(&statements, &votes).compute_without(&PUBLISHABLE);
        assert_eq!((found.participants, found.groups.len()), (0, 0));
    }
}
