use std::fmt;

use serde::{Deserialize, Serialize};

/// Most characters of an amount (tag 54).
const LONGEST: usize = 13;

/// An amount of money in hundredths of a Rupiah: more than nothing, at most 13 characters when written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(u64);

impl Amount {
    /// Whole Rupiah, 1 to 9,999,999,999,999.
    pub fn rupiah(whole: u64) -> Option<Self> {
        Self::parse(&whole.to_string())
    }

    /// Reads `152500`, `152500.5` or `152500.50`: digits, a dot, at most two decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if text.len() > LONGEST || !digits(whole) || !digits(part) || part.len() > 2 {
            return None;
        }
        let hundredths: u64 = format!("{part:0<2}").parse().ok()?;
        let amount = whole
            .parse::<u64>()
            .ok()?
            .checked_mul(100)?
            .checked_add(hundredths)?;
        let amount = Self(amount);
        // Written with both decimals it may be longer than it was read.
        (amount.0 > 0 && amount.to_string().len() <= LONGEST).then_some(amount)
    }

    /// Hundredths of a Rupiah.
    pub const fn hundredths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Amount {
    /// As a payload has it: `152500`, or `152500.50` where there are hundredths.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 100 {
            0 => write!(f, "{}", self.0 / 100),
            part => write!(f, "{}.{part:02}", self.0 / 100),
        }
    }
}

/// A text that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no amount: digits, at most two decimals after a dot, more than 0")]
pub struct NoAmount;

impl TryFrom<String> for Amount {
    type Error = NoAmount;

    fn try_from(text: String) -> Result<Self, NoAmount> {
        Self::parse(&text).ok_or(NoAmount)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}
