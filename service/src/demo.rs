//! The demo town: a believable Kota Batu with its offices, residents, consultations and voices, out of files.
//!
//! Everything in it lies in the past of the moment at which it is filled, and is the same for the same moment.

mod consultation;
mod discussion;
mod files;
mod outcome;
mod people;
#[cfg(test)]
mod tests;
mod voices;

use std::collections::BTreeMap;

use domain::{AccountId, OfficeId, Timestamp};
use storage::Tx;

use crate::{Chance, Error, Event, News, Result, Service};

/// The password of every demo account.
pub const PASSWORD: &str = "rembug-demo-2026";

/// The files of a city and its demo, by path from the project's root, such as `demo/people.toml`.
pub type Files = BTreeMap<String, String>;

/// What was filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Accounts.
    pub people: usize,
    /// Consultations.
    pub consultations: usize,
    /// Voices without an account.
    pub voices: usize,
    /// Ballots and judgements.
    pub votes: usize,
    /// Comments.
    pub comments: usize,
}

/// Why the demo's files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// A file is missing.
    #[error("{0}: this file of the demo is missing")]
    Missing(String),
    /// A file says something that cannot be.
    #[error("{0}: {1}")]
    Wrong(String, String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<storage::Error> for Unusable {
    fn from(error: storage::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Fills the town into a database without consultations, all or nothing; `None`, and nothing is changed, when there is one.
pub async fn fill(service: &Service, files: &Files) -> Result<Option<Filled>, Unusable> {
    let mut tx = service.read().await?;
    if storage::demo::has_consultations(&mut tx).await? {
        return Ok(None);
    }
    drop(tx);
    let town = files::read(files)?;
    let hash = people::hash(service).await?;
    let now = service.now();
    let filled = service
        .db()
        .write(move |tx| Box::pin(async move { write(tx, now, &town, &hash).await }))
        .await?;
    if filled.is_some() {
        service
            .publish(Event {
                consultation: None,
                news: News::Site,
            })
            .await;
    }
    Ok(filled)
}

async fn write(
    tx: &mut Tx,
    now: Timestamp,
    town: &files::Town,
    hash: &str,
) -> Result<Option<Filled>, Unusable> {
    // Asked again where nobody else writes: two fillings at once are one.
    if storage::demo::has_consultations(tx).await? {
        return Ok(None);
    }
    let mut maker = Maker {
        now,
        chance: Chance::seeded(0x0042_6174_7500),
        filled: Filled::default(),
    };
    let people = people::write(tx, &mut maker, town, hash).await?;
    for folder in &town.consultations {
        consultation::write(tx, &mut maker, town, &people, folder).await?;
        maker.filled.consultations += 1;
    }
    Ok(Some(maker.filled))
}

/// What the parts of the filling share.
struct Maker {
    now: Timestamp,
    chance: Chance,
    filled: Filled,
}

impl Maker {
    /// An id that sorts to `at`.
    fn id<T: From<String>>(&self, at: Timestamp) -> T {
        T::from(self.chance.id(at))
    }

    /// The instant so many days, whole or not, from the filling; negative ones are past.
    fn days(&self, days: f64) -> Timestamp {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a demo spans months, not the ends of the range"
        )]
        self.now.plus_seconds((days * 86_400.0) as i64)
    }
}

/// The accounts of the demo by their key.
struct People {
    accounts: BTreeMap<String, AccountId>,
    offices: BTreeMap<String, OfficeId>,
    /// Residents, who support each other's comments.
    residents: Vec<AccountId>,
    moderators: Vec<AccountId>,
}

impl People {
    fn account(&self, file: &str, key: &str) -> Result<AccountId, Unusable> {
        self.accounts
            .get(key)
            .cloned()
            .ok_or_else(|| Unusable::Wrong(file.to_owned(), format!("nobody has the key {key:?}")))
    }
}

/// A quick source of numbers for thousands of made-up votes: SplitMix64, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn of(text: &str) -> Self {
        // FNV-1a: a seed that depends on nothing but the text.
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to but not including 1.
    fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.next() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// A place from 0 up to but not including `below`; 0 when that is 0.
    fn below(&mut self, below: usize) -> usize {
        let wide = self.next() % u64::try_from(below.max(1)).unwrap_or(1);
        usize::try_from(wide).unwrap_or(0)
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A place chosen by weight; `None` when all are 0.
    fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.share() * total;
        weights.iter().position(|weight| {
            left -= weight;
            *weight > 0.0 && left < 0.0
        })
    }

    /// `many` different ones of `all`, in chance's order.
    fn some_of<T: Clone>(&mut self, all: &[T], many: usize) -> Vec<T> {
        let mut rest: Vec<T> = all.to_vec();
        let mut chosen = Vec::with_capacity(many.min(rest.len()));
        while chosen.len() < many && !rest.is_empty() {
            let place = self.below(rest.len());
            chosen.push(rest.swap_remove(place));
        }
        chosen
    }
}
