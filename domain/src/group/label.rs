//! Names of groups that stay the same between updates.

use serde::{Deserialize, Serialize};

use super::Findings;

/// What stays the same for readers while votes come in: the names of the groups, and which way the map lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// The label of each group, in the order of the findings; 0 is A.
    pub labels: Vec<u32>,
    /// Each 1 or −1: by what the places along either component are multiplied before they are drawn.
    pub axes: [f64; 2],
}

impl Names {
    /// Of the first findings: in their order, the map as it comes.
    pub fn first(findings: &Findings) -> Self {
        Self {
            labels: (0..).take(findings.groups.len()).collect(),
            axes: [1.0; 2],
        }
    }

    /// Of the findings `next` that follow on `previous`, which had these names.
    #[must_use]
    pub fn of_next(&self, previous: &Findings, next: &Findings) -> Self {
        let turned = [0, 1].map(|axis| self.axes[axis] * turn(previous, next, axis));
        Self {
            labels: relabel(previous, &self.labels, next),
            axes: turned,
        }
    }
}

/// The labels of the groups of `next`, in their order, given those of the groups of `previous`.
///
/// A function of two results and the labels of the first, so for names only: numbers, and everything that "recompute" compares,
/// are functions of the votes alone. Centres are matched so that the sum of distances is smallest over all ways to pair them
/// (ties: the first in lexical order of the pairing), after the axes of `previous` are turned to those of `next`, since a
/// component's sign may change when the largest entry does. A group without a partner gets the smallest label that is free.
pub fn relabel(previous: &Findings, labels: &[u32], next: &Findings) -> Vec<u32> {
    let signs = [0, 1].map(|n| turn(previous, next, n));
    let old: Vec<[f64; 2]> = previous
        .groups
        .iter()
        .zip(labels)
        .map(|(group, _)| [group.center[0] * signs[0], group.center[1] * signs[1]])
        .collect();
    let new: Vec<[f64; 2]> = next.groups.iter().map(|group| group.center).collect();
    let mut search = Search {
        old: &old,
        new: &new,
        best: None,
    };
    search.pair(&mut Vec::new(), 0.0, old.len().min(new.len()));
    let partners = search.best.map_or_else(Vec::new, |(_, partners)| partners);
    let mut taken: Vec<u32> = partners.iter().flatten().map(|n| labels[*n]).collect();
    (0..new.len())
        .map(|group| match partners.get(group).copied().flatten() {
            Some(partner) => labels[partner],
            None => {
                let free = (0..=u32::MAX)
                    .find(|label| !taken.contains(label))
                    .unwrap_or(0);
                taken.push(free);
                free
            }
        })
        .collect()
}

/// −1 when the component points the other way than before, over the statements that both know.
fn turn(previous: &Findings, next: &Findings, component: usize) -> f64 {
    let entries = |findings: &'_ Findings| -> Vec<(i64, f64)> {
        let ids = findings.statements.iter().map(|s| s.id);
        ids.zip(findings.pca.components[component].iter().copied())
            .collect()
    };
    let (old, new) = (entries(previous), entries(next));
    let product: f64 = new
        .iter()
        .filter_map(|(id, value)| {
            let place = old.binary_search_by_key(id, |(id, _)| *id).ok()?;
            Some(old[place].1 * value)
        })
        .sum();
    if product < 0.0 { -1.0 } else { 1.0 }
}

/// All ways to give new groups a partner: at most 5 × 4 × 3 × 2 of those that are found, and no more groups than that are.
struct Search<'a> {
    old: &'a [[f64; 2]],
    new: &'a [[f64; 2]],
    best: Option<(f64, Vec<Option<usize>>)>,
}

impl Search<'_> {
    fn pair(&mut self, partners: &mut Vec<Option<usize>>, cost: f64, missing: usize) {
        if self.best.as_ref().is_some_and(|(least, _)| cost >= *least) {
            return;
        }
        let Some(centre) = self.new.get(partners.len()) else {
            self.best = Some((cost, partners.clone()));
            return;
        };
        for (n, old) in self.old.iter().enumerate() {
            if missing > 0 && !partners.contains(&Some(n)) {
                let (x, y) = (old[0] - centre[0], old[1] - centre[1]);
                partners.push(Some(n));
                self.pair(partners, cost + (x * x + y * y).sqrt(), missing - 1);
                partners.pop();
            }
        }
        // As many stay alone as there are too many.
        if self.new.len() - partners.len() > missing {
            partners.push(None);
            self.pair(partners, cost, missing);
            partners.pop();
        }
    }
}
