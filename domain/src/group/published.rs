//! The votes as anybody gets them to find the groups again.

use serde::{Deserialize, Serialize};

use super::{
    Findings, Statement, compute, left_out,
    sign::{Rule, without},
};
use crate::polis::Vote;

/// The votes on statements as everybody may have them: what [`compute`] needs and no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The statements.
    pub statements: Vec<Statement>,
    /// Every vote, re-votes too: participant, statement, value (1 agree, −1 disagree, 0 pass) and instant in milliseconds
    /// since 1970; for the city's own people that of the day, its milliseconds counting the person's changes.
    pub votes: Vec<[i64; 4]>,
}

impl Published {
    /// These votes on these statements.
    pub fn of(statements: &[Statement], votes: &[Vote]) -> Self {
        Self {
            statements: statements.to_vec(),
            votes: votes
                .iter()
                .map(|vote| [vote.voter, vote.comment, vote.value, vote.at])
                .collect(),
        }
    }

    /// What is found in them.
    pub fn compute(&self) -> Findings {
        compute(&self.statements, &self.votes())
    }

    /// What is found in them without the people whom these rules name: see [`left_out`].
    pub fn compute_without(&self, rules: &[Rule]) -> Findings {
        let votes = self.votes();
        let people = left_out(&self.statements, &votes, rules);
        if people.is_empty() {
            return compute(&self.statements, &votes);
        }
        compute(&self.statements, &without(&votes, &people))
    }

    fn votes(&self) -> Vec<Vote> {
        let vote = |[voter, comment, value, at]: &[i64; 4]| Vote {
            at: *at,
            comment: *comment,
            voter: *voter,
            value: *value,
        };
        self.votes.iter().map(vote).collect()
    }
}
