use serde::{Deserialize, Serialize};

use super::{Findings, Published, sign::Rule};

/// What came out when published votes were worked out again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// Whether it is what was published, to the last byte.
    pub is_same: bool,
    /// People who count.
    pub participants: u32,
    /// Statements.
    pub statements: usize,
    /// Groups.
    pub groups: usize,
    /// People who are in another group than was published.
    pub moved: usize,
}

/// Works out what was published, from texts to a text, as a module between two others does: `findings` is the JSON of
/// [`Findings`], `votes` that of [`Published`], `rules` that of the rules by which people were left out; the answer that of
/// [`Again`]. `None` for what is none of these.
pub fn again(findings: &str, votes: &str, rules: &str) -> Option<String> {
    let published: Published = serde_json::from_str(votes).ok()?;
    let rules: Vec<Rule> = serde_json::from_str(rules).ok()?;
    let ours = published.compute_without(&rules);
    let is_same = serde_json::to_string(&ours).is_ok_and(|ours| ours == findings);
    let moved = if is_same {
        0
    } else {
        ours.moved(&serde_json::from_str::<Findings>(findings).ok()?)
    };
    let again = Again {
        is_same,
        participants: ours.participants,
        statements: ours.statements.len(),
        groups: ours.groups.len(),
        moved,
    };
    serde_json::to_string(&again).ok()
}
