//! The votes as anybody gets them to find the groups again.

use serde::{Deserialize, Serialize};

use super::{Findings, Statement, compute};
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
        let votes: Vec<Vote> = self
            .votes
            .iter()
            .map(|[voter, comment, value, at]| Vote {
                at: *at,
                comment: *comment,
                voter: *voter,
                value: *value,
            })
            .collect();
        compute(&self.statements, &votes)
    }
}
