//! Where ids and secrets come from: the operating system, or a seed in tests.

use std::sync::Mutex;

use domain::{Timestamp, id};
use sha2::{Digest, Sha256};

/// A source of chance.
#[derive(Debug, Default)]
pub enum Chance {
    /// The operating system's generator.
    #[default]
    System,
    /// A sequence that is the same in every run: for tests and for the demo town.
    Seeded(Mutex<u64>),
}

impl Chance {
    /// A sequence that starts at `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Mutex::new(seed))
    }

    /// `N` bytes of chance.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::System => {
                getrandom::fill(&mut bytes).expect("the operating system gives randomness");
            }
            Self::Seeded(state) => {
                let mut state = state.lock().expect("nobody panics while holding the seed");
                for chunk in bytes.chunks_mut(32) {
                    *state += 1;
                    let block = Sha256::digest(state.to_le_bytes());
                    chunk.copy_from_slice(&block[..chunk.len()]);
                }
            }
        }
        bytes
    }

    /// The text of a new id.
    pub fn id(&self, now: Timestamp) -> String {
        id::compose(now.0, self.bytes())
    }

    /// A secret of 256 bits as 64 hexadecimal characters: sessions, invitations, links.
    pub fn token(&self) -> String {
        hex(&self.bytes::<32>())
    }

    /// A number from 0 up to but not including `below`, which must not be 0. The bias is below one in 2³².
    pub fn below(&self, below: u32) -> u32 {
        let wide = u64::from_le_bytes(self.bytes());
        u32::try_from(wide % u64::from(below.max(1))).unwrap_or(0)
    }
}

/// SHA-256 of a text as hexadecimal: how secrets are stored.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// SHA-256 of bytes as hexadecimal.
pub fn digest_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 over several pieces.
#[derive(Debug, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Takes the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest as hexadecimal.
    pub fn end(self) -> String {
        hex(&self.0.finalize())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            for nibble in [b >> 4, b & 15] {
                out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(Chance::seeded(1).token(), Chance::seeded(1).token());
        assert_ne!(Chance::System.token(), Chance::System.token());
        assert_eq!(Chance::System.token().len(), 64);
    }

    #[test]
    fn digests_are_sha_256() {
        assert_eq!(
            digest("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
