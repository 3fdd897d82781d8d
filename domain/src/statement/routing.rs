//! Which statement a person judges next: the office's pinned ones, then a draw in which new and telling ones come up often.
//!
//! The weight of a statement is its [`priority`]: what many pass on comes up less, what tells groups apart more, and what
//! hardly anybody has seen most.

use super::Counts;
use crate::group;

/// A statement that a person has not judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its number in the consultation; no two have the same.
    pub number: i64,
    /// Its place among the pinned ones; `None` for all others.
    pub pin: Option<i64>,
    /// How it was judged.
    pub counts: Counts,
    /// Its length in the space of opinions, from 0; 0 as long as there is no such space. What is no length counts as 0.
    pub extremity: f64,
}

/// More people than live anywhere, and few enough that three such counts can be added.
const MOST: u32 = 1_000_000_000;

/// How much a statement asks to be seen, above 0: [`group::priority`]. A new one has 5.0625.
pub fn priority(counts: Counts, extremity: f64) -> f64 {
    let votes = [counts.agree, counts.disagree, counts.pass]
        .map(|count| u32::try_from(count.max(0)).unwrap_or(u32::MAX).min(MOST));
    let extremity = if extremity.is_finite() {
        extremity.max(0.0)
    } else {
        0.0
    };
    group::priority(votes, extremity, false)
}

/// The number of the first pinned statement, else of the one with the highest priority; of equals the lowest number.
///
/// For readers of whom nothing is known: all see the same.
pub fn first(candidates: &[Candidate]) -> Option<i64> {
    pinned(candidates).or_else(|| best(candidates, |one| priority(one.counts, one.extremity)))
}

/// The number of the first pinned statement, else of one drawn in proportion to the priorities.
///
/// The draw is settled by `seed`, one per person: each statement has a fixed lot of its own for that person, and the
/// largest of `ln(lot) / priority` is drawn (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006). So a
/// person who comes back finds the same statement, even when others have judged meanwhile, unless priorities moved far;
/// and what comes up after a judgement is again a draw in proportion, among what is left.
pub fn drawn(candidates: &[Candidate], seed: u64) -> Option<i64> {
    pinned(candidates).or_else(|| {
        best(candidates, |one| {
            lot(seed, one.number).ln() / priority(one.counts, one.extremity)
        })
    })
}

fn pinned(candidates: &[Candidate]) -> Option<i64> {
    candidates
        .iter()
        .filter_map(|one| Some((one.pin?, one.number)))
        .min()
        .map(|(_, number)| number)
}

fn best(candidates: &[Candidate], score: impl Fn(&Candidate) -> f64) -> Option<i64> {
    candidates
        .iter()
        .map(|one| (score(one), one.number))
        .max_by(|(a, i), (b, j)| a.total_cmp(b).then(j.cmp(i)))
        .map(|(_, number)| number)
}

/// A number above 0 and below 1, even over all statements and seeds: the finaliser of `SplitMix64` (Steele, Lea, Flood 2014).
fn lot(seed: u64, number: i64) -> f64 {
    let mut x = seed
        .wrapping_add(number.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    #[expect(clippy::cast_precision_loss, reason = "the upper 52 bits fit")]
    let upper = (x >> 12) as f64;
    (upper + 0.5) / 4_503_599_627_370_496.0
}

/// What an officer does to the order of the pinned statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinning {
    /// Pins a statement, behind those that are pinned.
    Pin,
    /// Lets it go.
    Unpin,
    /// Puts it one place earlier.
    Earlier,
}

impl Pinning {
    /// All.
    pub const ALL: [Self; 3] = [Self::Pin, Self::Unpin, Self::Earlier];

    /// The word for forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pin => "sematkan",
            Self::Unpin => "lepas",
            Self::Earlier => "naik",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.word() == word)
    }

    /// The pinned numbers in order, after this was done to `number`. What is done already changes nothing.
    #[must_use]
    pub fn on(self, order: &[i64], number: i64) -> Vec<i64> {
        let mut order = order.to_vec();
        let place = order.iter().position(|one| *one == number);
        match (self, place) {
            (Self::Pin, None) => order.push(number),
            (Self::Unpin, Some(place)) => drop(order.remove(place)),
            (Self::Earlier, Some(place)) if place > 0 => order.swap(place - 1, place),
            _ => {}
        }
        order
    }
}

#[cfg(test)]
mod tests;
