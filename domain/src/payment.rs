//! Payments: what a provider reports about a bill, in any order and any number of times, and where that leaves the bill.
//!
//! Providers repeat themselves, are late, and overtake themselves. So a bill's [`Standing`] is a plain function of the *set*
//! of notices: the same ones in another order, or again, end in the same place, and one that is paid never goes back.

mod bill;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Timestamp;

pub use bill::{NewBill, Subject, masked_name};

/// The one currency (ISO 4217).
pub const CURRENCY: &str = "IDR";

/// What a provider reports about an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// It waits for the payer.
    Pending,
    /// A try failed; the payer may try again.
    Denied,
    /// Its time is over.
    Expired,
    /// It was called off.
    Cancelled,
    /// The money is there.
    Paid,
    /// Money was given back.
    Refunded,
}

impl Report {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Pending,
        Self::Denied,
        Self::Expired,
        Self::Cancelled,
        Self::Paid,
        Self::Refunded,
    ];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
        }
    }

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// One report of a provider.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// The order that we gave: one try to have a bill paid.
    pub order: String,
    /// The provider's own name of the payment.
    pub reference: String,
    /// What it reports.
    pub report: Report,
    /// Of how much, in hundredths of the currency.
    pub amount: u64,
    /// The currency, three letters.
    pub currency: String,
    /// When it happened, by the provider's clock.
    pub at: Timestamp,
}

/// What a notice is worth for a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts.
    Counted,
    /// Of another amount: kept for somebody to look at, and counts for nothing.
    WrongAmount,
    /// In another currency: the same.
    WrongCurrency,
    /// About no order of ours: the same.
    UnknownOrder,
}

impl Verdict {
    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::WrongAmount => "wrong_amount",
            Self::WrongCurrency => "wrong_currency",
            Self::UnknownOrder => "unknown_order",
        }
    }

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Counted,
            Self::WrongAmount,
            Self::WrongCurrency,
            Self::UnknownOrder,
        ]
        .into_iter()
        .find(|one| one.word() == word)
    }
}

impl Notice {
    /// What it is worth for a bill of so many whole Rupiah. Money can be given back in parts; all else is the whole amount.
    pub fn verdict(&self, rupiah: u64) -> Verdict {
        let whole = rupiah.saturating_mul(100);
        let fits = match self.report {
            Report::Refunded => (1..=whole).contains(&self.amount),
            _ => self.amount == whole,
        };
        if self.currency != CURRENCY {
            Verdict::WrongCurrency
        } else if fits {
            Verdict::Counted
        } else {
            Verdict::WrongAmount
        }
    }
}

/// How far a bill is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is there; no provider has told anything that holds.
    Issued,
    /// A provider waits for the payer.
    Pending,
    /// The time of its orders is over; another can be made.
    Expired,
    /// Its orders were called off; another can be made.
    Cancelled,
    /// It is paid, for good.
    Paid,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Issued,
        Self::Pending,
        Self::Expired,
        Self::Cancelled,
        Self::Paid,
    ];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Paid => "paid",
        }
    }

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Money that came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Payment {
    /// When.
    pub at: Timestamp,
    /// The provider's own name of it.
    pub reference: String,
}

/// Where the notices leave a bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The moment of each payment, by the provider's name of it.
    payments: BTreeMap<String, Timestamp>,
    /// The largest sum that was given back of each payment, in hundredths: providers report running sums.
    refunds: BTreeMap<String, u64>,
    /// The furthest report of each order that was not paid.
    orders: BTreeMap<String, Report>,
    /// What counts for nothing.
    odd: BTreeSet<Notice>,
}

impl Standing {
    /// The standing of a bill of so many whole Rupiah after all these notices, whatever their order.
    pub fn of<'n>(rupiah: u64, notices: impl IntoIterator<Item = &'n Notice>) -> Self {
        let mut standing = Self::default();
        for notice in notices {
            standing.take(rupiah, notice);
        }
        standing
    }

    /// Takes one more notice.
    fn take(&mut self, rupiah: u64, notice: &Notice) {
        if notice.verdict(rupiah) != Verdict::Counted {
            self.odd.insert(notice.clone());
            return;
        }
        match notice.report {
            Report::Paid => {
                let at = self
                    .payments
                    .entry(notice.reference.clone())
                    .or_insert(notice.at);
                *at = notice.at.min(*at);
            }
            Report::Refunded => {
                let sum = self.refunds.entry(notice.reference.clone()).or_default();
                *sum = notice.amount.max(*sum);
            }
            report => {
                let far = self.orders.entry(notice.order.clone()).or_insert(report);
                *far = report.max(*far);
            }
        }
    }

    /// The payment that settled the bill: the earliest that there was.
    pub fn paid(&self) -> Option<Payment> {
        self.payments
            .iter()
            .map(|(reference, at)| Payment {
                at: *at,
                reference: reference.clone(),
            })
            .min()
    }

    /// Whether it was paid more than once: somebody has to give money back.
    pub fn is_overpaid(&self) -> bool {
        self.payments.len() > 1
    }

    /// What was given back of payments that came, in hundredths.
    pub fn refunded(&self) -> u64 {
        self.refunds
            .iter()
            .filter(|(reference, _)| self.payments.contains_key(*reference))
            .map(|(_, sum)| sum)
            .sum()
    }

    /// Notices that count for nothing, for somebody to look at.
    pub fn odd(&self) -> impl Iterator<Item = &Notice> {
        self.odd.iter()
    }

    /// How far the bill is.
    pub fn state(&self) -> State {
        let any = |report| self.orders.values().any(|far| *far == report);
        if !self.payments.is_empty() {
            State::Paid
        } else if any(Report::Pending) {
            State::Pending
        } else if any(Report::Expired) {
            State::Expired
        } else if any(Report::Cancelled) {
            State::Cancelled
        } else {
            State::Issued
        }
    }
}
