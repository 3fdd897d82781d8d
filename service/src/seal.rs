//! Sealing: what is personal is stored encrypted, with keys that are not in the database.
//!
//! XChaCha20-Poly1305 with a random nonce of 24 bytes; the place where something belongs (its *context*, such as
//! `case:01J…:answers`) is authenticated with it, so that a sealed text moved to another row does not open there.
//! Keyed hashes ([`Keys::mark`]) let equal values be found without being readable: HMAC-SHA-256.
//!
//! The keys are in a file of their own ([`file`]): several for a rotation, of which the last seals and all open.

pub mod file;
#[cfg(test)]
mod tests;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::sync::Arc;

use crate::{Chance, Result, chance::hex};

/// How a sealed text begins: the version of this format.
const VERSION: &str = "v1";
/// How sealed bytes begin.
const MAGIC: &[u8; 4] = b"RBS1";
/// Bytes of a nonce of XChaCha20.
const NONCE: usize = 24;
/// Bytes of the tag of Poly1305.
const TAG: usize = 16;
/// Characters of a key's id.
const ID: usize = 8;

/// Something sealed does not open. Deliberately without details: the cause is the same to whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    /// Not in a form that we write: cut off, or something else altogether.
    #[error("this is no sealed text of ours")]
    Form,
    /// Sealed with a key that the file of keys does not hold.
    #[error("the key that sealed this is not in the file of keys")]
    Key,
    /// Changed since, or sealed for another place.
    #[error("this was changed, or belongs somewhere else")]
    Changed,
}

/// The keys of this installation. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Keys(Arc<Ring>);

struct Ring {
    /// Never empty; the last one seals.
    keys: Vec<Key>,
    marker: [u8; 32],
}

#[derive(Clone)]
struct Key {
    /// Eight characters of `0-9a-f`.
    id: String,
    secret: [u8; 32],
}

impl Keys {
    /// Fresh keys.
    pub fn fresh(chance: &Chance) -> Self {
        Self(Arc::new(Ring {
            keys: vec![Key::fresh(chance)],
            marker: chance.bytes(),
        }))
    }

    /// The same keys in every run, for tests.
    #[cfg(any(test, feature = "testing"))]
    pub fn for_tests() -> Self {
        Self::fresh(&Chance::seeded(1945))
    }

    /// These keys and a fresh one, which seals from now on. What is sealed already still opens, and marks stay.
    #[must_use]
    pub fn rotated(&self, chance: &Chance) -> Self {
        let mut keys = self.0.keys.clone();
        keys.push(Key::fresh(chance));
        Self(Arc::new(Ring {
            keys,
            marker: self.0.marker,
        }))
    }

    /// Seals `plain` for one place, as text `v1.KEY.base64`. Never the same text twice.
    pub fn seal(&self, context: &str, plain: &[u8]) -> String {
        let key = self.sealing();
        let body = key.seal(context, plain);
        format!("{VERSION}.{}.{}", key.id, BASE64.encode(body))
    }

    /// Opens what [`Keys::seal`] sealed for the same place.
    ///
    /// Errors: [`Error::Sealed`](crate::Error::Sealed) when it is cut off, changed, of another place or of an unknown key.
    pub fn open(&self, context: &str, sealed: &str) -> Result<Vec<u8>> {
        let mut parts = sealed.split('.');
        let (Some(VERSION), Some(id), Some(body), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Unsealable::Form.into());
        };
        let body = BASE64.decode(body).map_err(|_| Unsealable::Form)?;
        Ok(self.named(id)?.open(context, &body)?)
    }

    /// Seals the bytes of a file for one place.
    pub fn seal_bytes(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let key = self.sealing();
        let body = key.seal(context, plain);
        [MAGIC, key.id.as_bytes(), &body].concat()
    }

    /// Opens what [`Keys::seal_bytes`] sealed for the same place.
    ///
    /// Errors: as [`Keys::open`].
    pub fn open_bytes(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let rest = sealed.strip_prefix(MAGIC).ok_or(Unsealable::Form)?;
        let (id, body) = rest.split_at_checked(ID).ok_or(Unsealable::Form)?;
        let id = std::str::from_utf8(id).map_err(|_| Unsealable::Form)?;
        Ok(self.named(id)?.open(context, body)?)
    }

    /// A keyed hash of `text` as one `kind` of value, 64 hexadecimal characters: equal texts of a kind have equal marks,
    /// and without the keys nothing can be tried out against them. Rotation does not change marks.
    pub fn mark(&self, kind: &str, text: &str) -> String {
        hmac(&self.0.marker, &["mark", kind, text])
    }

    /// Every key by its id and a value by which it is known again; the marker stands among them under `marker`.
    pub(crate) fn check_values(&self) -> Vec<storage::seal::Met> {
        let keys = self.0.keys.iter().map(|key| (key.id.as_str(), &key.secret));
        keys.chain([("marker", &self.0.marker)])
            .map(|(id, secret)| storage::seal::Met {
                id: id.to_owned(),
                check_value: hmac(secret, &["check", id]),
            })
            .collect()
    }

    fn sealing(&self) -> &Key {
        self.0.keys.last().expect("there is never no key")
    }

    fn named(&self, id: &str) -> Result<&Key, Unsealable> {
        self.0
            .keys
            .iter()
            .find(|key| key.id == id)
            .ok_or(Unsealable::Key)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Key {
    fn fresh(chance: &Chance) -> Self {
        Self {
            id: hex(&chance.bytes::<{ ID / 2 }>()),
            secret: chance.bytes(),
        }
    }

    /// Nonce, then the sealed text with its tag.
    fn seal(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        // From the operating system even where ids follow a seed: a nonce that repeats gives away what it sealed.
        let nonce: [u8; NONCE] = Chance::System.bytes();
        let payload = Payload {
            msg: plain,
            aad: &self.bound_to(context),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .expect("only texts beyond 256 GB are too long to seal");
        [&nonce[..], &sealed].concat()
    }

    fn open(&self, context: &str, body: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = body
            .split_first_chunk::<NONCE>()
            .filter(|(_, sealed)| sealed.len() >= TAG)
            .ok_or(Unsealable::Form)?;
        let payload = Payload {
            msg: sealed,
            aad: &self.bound_to(context),
        };
        self.cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Unsealable::Changed)
    }

    /// What is authenticated with a text: the format, the key and the place.
    fn bound_to(&self, context: &str) -> Vec<u8> {
        [
            VERSION.as_bytes(),
            b".",
            self.id.as_bytes(),
            b".",
            context.as_bytes(),
        ]
        .concat()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.secret.into())
    }
}

/// HMAC-SHA-256 over texts, each preceded by its length so that no two lists of texts are the same bytes.
fn hmac(secret: &[u8; 32], texts: &[&str]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length makes a keyed hash");
    for text in texts {
        mac.update(&(text.len() as u64).to_le_bytes());
        mac.update(text.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}
