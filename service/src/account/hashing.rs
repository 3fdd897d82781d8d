use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::account::Secret;
use tokio::sync::Semaphore;

use crate::{Error, Result, Service};

/// The price of a password hash (argon2id).
#[derive(Clone, Copy, Debug)]
pub struct Hashing {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Hashing {
    /// The floor that the OWASP Password Storage Cheat Sheet gives for argon2id: 19 MiB, two passes, one lane.
    pub const STANDARD: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// For tests alone.
    pub const CHEAP: Self = Self {
        memory_kib: 64,
        passes: 1,
    };

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory_kib, self.passes, 1, None)
            .expect("both prices are within the bounds of argon2");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// At most two passwords are hashed at a time: each takes 19 MiB and a whole core for some 50 ms, and the votes of
/// everybody else must not wait for a crowd at the door.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// The hash of a password with a fresh salt, as a PHC string.
pub async fn hash(service: &Service, password: &Secret) -> Result<String> {
    let (hashing, password) = (*service.hashing(), password.clone());
    let salt: [u8; 16] = service.chance().bytes();
    working(move || hashed(hashing, &password, &salt)).await
}

/// Whether the password fits the stored hash. Without one it does the same work and says no.
pub(super) async fn verify(
    service: &Service,
    password: &Secret,
    stored: Option<String>,
) -> Result<bool> {
    let (hashing, password) = (*service.hashing(), password.clone());
    working(move || match stored.as_deref().map(PasswordHash::new) {
        Some(Ok(stored)) => hashing
            .argon2()
            .verify_password(password.reveal().as_bytes(), &stored)
            .is_ok(),
        _ => {
            std::hint::black_box(hashed(hashing, &password, &[0; 16]));
            false
        }
    })
    .await
}

/// Whether a hash is cheaper than the present price.
pub(super) fn is_outdated(service: &Service, stored: &str) -> bool {
    let price = service.hashing();
    PasswordHash::new(stored)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_none_or(|params| params.m_cost() < price.memory_kib || params.t_cost() < price.passes)
}

fn hashed(hashing: Hashing, password: &Secret, salt: &[u8]) -> String {
    hashing
        .argon2()
        .hash_password_with_salt(password.reveal().as_bytes(), salt)
        .expect("the salt has 16 bytes and the parameters were checked")
        .to_string()
}

/// Runs heavy work apart from the threads that serve pages.
async fn working<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let slot = SLOTS
        .acquire()
        .await
        .expect("the semaphore is never closed");
    // The slot goes along: whoever gives up waiting must not make room for a third hash.
    tokio::task::spawn_blocking(move || {
        let done = work();
        drop(slot);
        done
    })
    .await
    .map_err(|error| {
        tracing::error!(?error, "a password could not be hashed");
        Error::TooOften { seconds: 5 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_73rd_character_matters_and_so_does_every_blank() {
        let salt = [7; 16];
        let hash = |text: &str| hashed(Hashing::CHEAP, &Secret::new(text), &salt);
        let long = "a".repeat(72);
        assert_ne!(hash(&format!("{long}b")), hash(&format!("{long}c")));
        assert_ne!(hash("kopi hitam pagi"), hash("kopi hitam pagi "));
        assert_ne!(hash("kopi hitam pagi"), hash("Kopi hitam pagi"));
        assert!(
            hash("x").starts_with("$argon2id$v=19$m=64,t=1,p=1$"),
            "{}",
            hash("x")
        );
    }

    #[test]
    fn the_standard_price_is_the_floor_of_owasp() {
        let hash = hashed(Hashing::STANDARD, &Secret::new("x"), &[7; 16]);
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
    }
}
