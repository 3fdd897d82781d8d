//! Use cases: permission first, then the rule, the store, the event, the notice.
//!
//! Pages, the public API, the command line and the jobs all call the verbs here. No HTTP, no HTML of pages, no SQL.

pub mod account;
pub mod area;
pub mod audit;
pub mod ballot;
pub mod case;
pub mod chance;
pub mod clause;
pub mod comment;
pub mod consultation;
pub mod demo;
pub mod document;
pub mod draft;
pub mod error;
pub mod event;
pub mod figures;
pub mod file;
pub mod form;
pub mod group;
pub mod limit;
pub mod markdown;
pub mod moderation;
pub mod notice;
pub mod office;
pub mod payment;
pub mod polis;
pub mod qr;
pub mod result;
pub mod seal;
pub mod search;
pub mod statement;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod upkeep;

use std::sync::{Arc, OnceLock};

use domain::{Clock, Timestamp};
use storage::Db;

pub use storage::Tx;

pub use chance::Chance;
pub use error::{Conflict, Error, Result};
pub use event::{Bus, Event, News};
pub use seal::Keys;

/// Everything a use case needs, handed in from outside. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    chance: Chance,
    bus: Bus,
    limits: limit::Limits,
    hashing: account::Hashing,
    keys: Keys,
    payments: OnceLock<payment::Setup>,
}

/// Opens the database at `sqlite:PATH` or `postgres://…` and brings it to the newest schema.
pub async fn open(url: &str) -> storage::Result<Db> {
    Db::open(url).await
}

impl Service {
    /// Puts a service together. `hashing` sets the price of a password, `keys` seal what is personal.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        chance: Chance,
        hashing: account::Hashing,
        keys: Keys,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                db,
                clock,
                chance,
                bus: Bus::default(),
                limits: limit::Limits::default(),
                hashing,
                keys,
                payments: OnceLock::new(),
            }),
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Tx> {
        Ok(self.inner.db.read().await?)
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Where ids and secrets come from.
    pub fn chance(&self) -> &Chance {
        &self.inner.chance
    }

    /// A fresh id of any kind: `let id: CommentId = service.id();`
    pub fn id<T: From<String>>(&self) -> T {
        T::from(self.inner.chance.id(self.now()))
    }

    /// Where events are published and heard.
    pub fn bus(&self) -> &Bus {
        &self.inner.bus
    }

    /// How often somebody may do something.
    pub fn limits(&self) -> &limit::Limits {
        &self.inner.limits
    }

    /// The price of a password.
    pub fn hashing(&self) -> &account::Hashing {
        &self.inner.hashing
    }

    /// The keys that seal what is personal.
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// Through whom bills are paid; `None` where nobody takes payments.
    pub fn payments(&self) -> Option<&payment::Setup> {
        self.inner.payments.get()
    }

    /// Takes payments from now on, through `setup`. `false` when payments were taken already: the first stays.
    pub fn take_payments(&self, setup: payment::Setup) -> bool {
        self.inner.payments.set(setup).is_ok()
    }

    /// Tells everybody who listens, here and in the other copies of the program, that something has changed.
    ///
    /// Call it after the commit. A failure to tell the others is logged, never an error: the deed is done.
    pub async fn publish(&self, event: Event) {
        self.inner.bus.publish(&self.inner.db, event).await;
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
