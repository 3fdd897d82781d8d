//! Which clause of a new version is which clause of the old one.
//!
//! Two clauses are compared by the words of heading and text, as a Sørensen–Dice share from 0 to 1 (twice the common words over
//! all words, each counted as often as it comes). Then, and always in this order:
//!
//! 1. The same words: the same clause; among equals the one with the same label, then the one nearest to the top.
//! 2. Pairs that are alike enough, the most alike first: [`ALIKE`] anywhere in the text, [`ALIKE_AT_HOME`] when the label or the
//!    heading is the same. The same label and the same heading each add [`BONUS`] to the order.
//! 3. The same label and the same heading: the same clause, however much was rewritten.
//!
//! Each old clause is used at most once, and the same two texts always give the same answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Clause, Cut};
use crate::ClauseId;

/// Least likeness of a clause that has another label and another heading.
pub const ALIKE: f64 = 0.6;
/// Least likeness of a clause that kept its label or its heading.
pub const ALIKE_AT_HOME: f64 = 0.35;
/// What the same label, and the same heading, add when pairs are put in order.
pub const BONUS: f64 = 0.1;

/// What became of a clause between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The same words under the same label.
    Same,
    /// Other words; the label may have changed as well.
    Reworded,
    /// The same words under another label.
    Moved,
    /// Was not there before.
    New,
    /// Is not there any more.
    Gone,
}

/// Where a clause of a new version comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The old clause whose identity it keeps; `None` for a new one.
    pub from: Option<ClauseId>,
    /// What became of it; never [`Change::Gone`].
    pub change: Change,
}

/// A row of a comparison of two stored versions: where the clause stands in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What happened.
    pub change: Change,
    /// Its place in the old version.
    pub before: Option<usize>,
    /// Its place in the new version.
    pub after: Option<usize>,
}

/// For each clause of the new version, in its order, the old clause whose identity it keeps.
pub fn carry_over(old: &[Clause], new: &[Cut]) -> Vec<Carried> {
    let before: Vec<Side> = old
        .iter()
        .map(|c| Side::of(&c.label, &c.heading, &c.body))
        .collect();
    let after: Vec<Side> = new
        .iter()
        .map(|c| Side::of(&c.label, &c.heading, &c.body))
        .collect();
    let pairs = pair(&before, &after);
    pairs
        .iter()
        .enumerate()
        .map(|(place, from)| match from {
            None => Carried {
                from: None,
                change: Change::New,
            },
            Some(from) => Carried {
                from: Some(old[*from].id.clone()),
                change: change(&before[*from], &after[place]),
            },
        })
        .collect()
}

/// Compares two stored versions by the identities of their clauses, in the order of the new one; what has gone stands where it stood.
pub fn compare(old: &[Clause], new: &[Clause]) -> Vec<Difference> {
    let place: BTreeMap<&ClauseId, usize> =
        old.iter().enumerate().map(|(n, c)| (&c.id, n)).collect();
    let kept: Vec<bool> = old
        .iter()
        .map(|c| new.iter().any(|n| n.id == c.id))
        .collect();
    let mut rows = Vec::with_capacity(old.len() + new.len());
    let gone_from = |rows: &mut Vec<Difference>, first: usize| {
        for (n, _) in kept
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, kept)| !**kept)
        {
            rows.push(Difference {
                change: Change::Gone,
                before: Some(n),
                after: None,
            });
        }
    };
    gone_from(&mut rows, 0);
    for (n, clause) in new.iter().enumerate() {
        let before = place.get(&clause.id).copied();
        let change = before.map_or(Change::New, |before| {
            let was = &old[before];
            change(
                &Side::of(&was.label, &was.heading, &was.body),
                &Side::of(&clause.label, &clause.heading, &clause.body),
            )
        });
        rows.push(Difference {
            change,
            before,
            after: Some(n),
        });
        if let Some(before) = before {
            gone_from(&mut rows, before + 1);
        }
    }
    rows
}

/// How alike two texts are, from 0 (no common word) to 1 (the same words).
pub fn likeness(a: &str, b: &str) -> f64 {
    dice(&sorted_words(a), &sorted_words(b))
}

/// The words of a text in lower case: letters and digits alone count.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

struct Side<'t> {
    label: &'t str,
    heading: String,
    /// In the order of the text.
    text: Vec<String>,
    /// In alphabetical order.
    sorted: Vec<String>,
}

impl<'t> Side<'t> {
    fn of(label: &'t str, heading: &str, body: &str) -> Self {
        let text: Vec<String> = words(heading).chain(words(body)).collect();
        let mut sorted = text.clone();
        sorted.sort();
        Self {
            label,
            heading: words(heading).collect::<Vec<_>>().join(" "),
            text,
            sorted,
        }
    }

    fn same_heading(&self, other: &Self) -> bool {
        !self.heading.is_empty() && self.heading == other.heading
    }
}

fn change(before: &Side<'_>, after: &Side<'_>) -> Change {
    match (before.text == after.text, before.label == after.label) {
        (true, true) => Change::Same,
        (true, false) => Change::Moved,
        (false, _) => Change::Reworded,
    }
}

/// For each new clause the place of its old one.
fn pair(before: &[Side<'_>], after: &[Side<'_>]) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        used: vec![false; before.len()],
        from: vec![None; after.len()],
    };
    for same_label in [true, false] {
        for (n, new) in after.iter().enumerate() {
            let old = (0..before.len()).find(|o| {
                !pairs.used[*o]
                    && before[*o].text == new.text
                    && (!same_label || before[*o].label == new.label)
            });
            if let Some(old) = old.filter(|_| pairs.from[n].is_none()) {
                pairs.join(old, n);
            }
        }
    }
    let mut candidates = Vec::new();
    for (n, new) in after
        .iter()
        .enumerate()
        .filter(|(n, _)| pairs.from[*n].is_none())
    {
        for (o, old) in before.iter().enumerate().filter(|(o, _)| !pairs.used[*o]) {
            let alike = dice(&old.sorted, &new.sorted);
            let (label, heading) = (old.label == new.label, old.same_heading(new));
            if alike
                >= if label || heading {
                    ALIKE_AT_HOME
                } else {
                    ALIKE
                }
            {
                let bonus = BONUS * f64::from(u8::from(label) + u8::from(heading));
                candidates.push((alike + bonus, o, n));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, old, new) in candidates {
        pairs.join(old, new);
    }
    for (n, new) in after.iter().enumerate() {
        let home = before
            .iter()
            .position(|old| old.label == new.label && old.same_heading(new));
        if let Some(old) = home {
            pairs.join(old, n);
        }
    }
    pairs.from
}

struct Pairs {
    used: Vec<bool>,
    from: Vec<Option<usize>>,
}

impl Pairs {
    /// Joins the two, unless one of them has its partner.
    fn join(&mut self, old: usize, new: usize) {
        if !self.used[old] && self.from[new].is_none() {
            self.used[old] = true;
            self.from[new] = Some(old);
        }
    }
}

fn sorted_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = words(text).collect();
    found.sort();
    found
}

#[expect(
    clippy::cast_precision_loss,
    reason = "texts have fewer than 2⁵² words"
)]
fn dice(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * common as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests;
