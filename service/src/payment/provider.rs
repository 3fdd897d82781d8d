//! What every provider of payments can do for us.

use std::{fmt, future::Future, pin::Pin};

use domain::{Timestamp, payment::Notice};

/// An answer that takes its time.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send>>;

/// What the provider is to have paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Our name of it, at most 25 letters, digits and dashes; the same again is the same order.
    pub id: String,
    /// Whole Rupiah.
    pub amount: u64,
    /// What it is for.
    pub title: String,
    /// The present instant.
    pub now: Timestamp,
    /// For how many minutes the code is to be good.
    pub minutes: u32,
}

/// A QR code that can be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The payload of the code (QRIS).
    pub payload: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Why a provider did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It did not answer, or said that it cannot now: to be asked again.
    #[error("the provider is away: {0}")]
    Away(String),
    /// It refused this order for good: another order may do.
    #[error("the provider refused: {0}")]
    Refused(String),
}

/// Why a callback is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrue {
    /// It cannot be read.
    #[error("unreadable")]
    Malformed,
    /// The provider did not sign it.
    #[error("not signed by the provider")]
    Forged,
}

/// A request that says that it comes from a provider.
pub struct Callback<'a> {
    /// The value of a header by its name in small letters.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The body as it came.
    pub body: &'a [u8],
}

/// A notice with the provider's own identity of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The same report has the same identity, however often and by whichever way it comes.
    pub id: String,
    /// What is reported.
    pub notice: Notice,
}

/// Somebody through whom bills are paid.
pub trait Provider: fmt::Debug + Send + Sync {
    /// Its word in addresses and in the database.
    fn name(&self) -> &'static str;

    /// Whether no money moves: pages say so.
    fn is_simulated(&self) -> bool {
        false
    }

    /// Whether its signature covers too little of a callback, so that it has to be asked whether what was reported is true.
    fn must_be_asked(&self) -> bool {
        false
    }

    /// Asks for a code.
    fn create(&self, order: &Order) -> Answer<Charge>;

    /// Reads a callback that the provider has signed.
    fn verify(&self, callback: &Callback<'_>) -> Result<Reported, Untrue>;

    /// How far an order is; `None` for one that the provider does not know.
    fn status(&self, order: &str) -> Answer<Option<Reported>>;

    /// A signed callback of this provider, where it is a simulated one: headers and body.
    fn pretend(&self, _reported: &Reported) -> Option<(Vec<(&'static str, String)>, Vec<u8>)> {
        None
    }
}
