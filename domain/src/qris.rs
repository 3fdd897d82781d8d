//! QRIS: the text of a merchant-presented payment code, by the EMVCo rules (tag, length, value) and those of QRIS.
//!
//! A code says nothing about payment: whether somebody paid, and until when they can, only the acquirer tells.

mod amount;
mod check;
mod merchant;
#[cfg(test)]
mod tests;
mod tlv;

use serde::{Deserialize, Serialize};

pub use amount::Amount;
pub use check::{Issue, Rule};
pub use merchant::{Account, Merchant};
pub use tlv::{Field, crc};

/// The identifier of the national account, tag 51.
pub const NATIONAL: &str = "ID.CO.QRIS.WWW";
/// Most characters of a bill reference (62.05).
pub const REFERENCE: usize = 25;

/// Why a payload cannot be read, or not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a chain of tag, length and value; counted in characters from 0.
    #[error("not tag, length and value at character {at}")]
    Structure {
        /// Where it breaks.
        at: usize,
    },
    /// It would break these rules.
    #[error("breaks rules: {0:?}")]
    Rules(Vec<Issue>),
}

/// A payload, field by field. What is read is kept as it is, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qris {
    /// The fields at the root, tag 63 among them when it is there.
    pub fields: Vec<Field>,
}

impl Qris {
    /// Reads a payload; whether it keeps the rules is for [`Self::check`]. Lengths count characters.
    ///
    /// Errors: [`Error::Structure`].
    pub fn parse(payload: &str) -> Result<Self, Error> {
        let fields = tlv::parse(payload)?;
        Ok(Self { fields })
    }

    /// Reads a payload and refuses one that breaks a rule; advice does not matter.
    ///
    /// Errors: [`Error::Structure`], [`Error::Rules`].
    pub fn verify(payload: &str) -> Result<Self, Error> {
        let qris = Self::parse(payload)?;
        let broken: Vec<Issue> = qris
            .check()
            .into_iter()
            .filter(|issue| issue.rule.is_error())
            .collect();
        if broken.is_empty() {
            Ok(qris)
        } else {
            Err(Error::Rules(broken))
        }
    }

    /// Every rule that is broken and every advice that is not followed, in a stable order.
    pub fn check(&self) -> Vec<Issue> {
        check::check(self)
    }

    /// The value of a tag at the root, such as `59`.
    pub fn get(&self, tag: &str) -> Option<&str> {
        tlv::find(&self.fields, tag)
    }

    /// The value of a tag inside a template, such as `05` in `62`.
    pub fn inner(&self, tag: &str, inner: &str) -> Option<String> {
        let fields = tlv::parse(self.get(tag)?).ok()?;
        tlv::find(&fields, inner).map(str::to_owned)
    }

    /// What is to be paid, if the code says it.
    pub fn amount(&self) -> Option<Amount> {
        self.get("54").and_then(Amount::parse)
    }

    /// The bill's reference (62.05).
    pub fn reference(&self) -> Option<String> {
        self.inner("62", "05")
    }

    /// The national merchant id: `ID` and 13 digits.
    pub fn national_id(&self) -> Option<String> {
        let is_national = self.inner("51", "00").as_deref() == Some(NATIONAL);
        self.inner("51", "02").filter(|_| is_national)
    }

    /// The same merchant's code for one bill: dynamic, with its amount and reference (1 to 25 printable ASCII characters).
    ///
    /// Errors: [`Error::Rules`] when the result would break one.
    pub fn with_bill(&self, amount: Amount, reference: &str) -> Result<Self, Error> {
        let mut additional = match self.get("62") {
            Some(value) => tlv::parse(value)?,
            None => Vec::new(),
        };
        tlv::put(&mut additional, "05", reference);
        let mut fields = self.fields.clone();
        tlv::put(&mut fields, "01", "12");
        tlv::put(&mut fields, "54", &amount.to_string());
        tlv::put(&mut fields, "62", &tlv::write(&additional));
        Self { fields }.sealed()
    }

    /// The payload as text, which goes into the QR code.
    pub fn payload(&self) -> String {
        tlv::write(&self.fields)
    }

    /// With a fresh checksum at the end, unless rules are broken.
    fn sealed(mut self) -> Result<Self, Error> {
        // Longer values have no length of two digits: found before they are written.
        if let Some(long) = self
            .fields
            .iter()
            .find(|field| field.value.chars().count() > 99)
        {
            return Err(Error::Rules(vec![Issue::of(&long.tag, Rule::Length)]));
        }
        self.fields.retain(|field| field.tag != "63");
        let covered = format!("{}6304", tlv::write(&self.fields));
        self.fields.push(Field::new(
            "63",
            &format!("{:04X}", crc(covered.as_bytes())),
        ));
        Self::verify(&self.payload())
    }
}
