//! Nomor KK: the number of a family card.

use serde::{Deserialize, Serialize};

use super::{Fault, area16, check_area, digits, masked16, number, text, value};

/// A family card's number: 16 digits, `PPKKCC`, the date of entry `DDMMYY`, a serial number.
///
/// That the middle is always a date is common knowledge only, in no text that we have: it is not held against a number.
/// Serialised as its 16 digits; `Debug` masks it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kk([u8; 16]);

number!(Kk);

impl Kk {
    /// Reads a number; blanks, dots and dashes do not matter.
    ///
    /// Errors: [`Fault::Missing`], [`Fault::Characters`], [`Fault::Digits`], [`Fault::Province`], [`Fault::Area`],
    /// [`Fault::Serial`] for 0000.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let kk = Self(digits(raw)?);
        check_area(&kk.0)?;
        if value(&kk.0[12..]) == 0 {
            return Err(Fault::Serial);
        }
        Ok(kk)
    }

    /// The 16 digits, for storing encrypted and for the keyed hash.
    pub fn digits(self) -> String {
        text(&self.0)
    }

    /// For reading aloud: `357901 010120 0001`.
    pub fn spaced(self) -> String {
        format!(
            "{} {} {}",
            text(&self.0[..6]),
            text(&self.0[6..12]),
            text(&self.0[12..])
        )
    }

    /// As it is shown: `3579********0001`.
    pub fn masked(self) -> String {
        masked16(&self.0)
    }

    /// The kecamatan where the card was first issued, such as `35.79.01`.
    pub fn area(self) -> String {
        area16(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_family_cards() {
        let kk = Kk::parse("3579.0101.0120-0007").expect("valid");
        assert_eq!(kk.digits(), "3579010101200007");
        assert_eq!(format!("{kk:?} {}", kk.area()), "3579********0007 35.79.01");
        assert_eq!(Kk::parse("3579010101200000"), Err(Fault::Serial));
        assert_eq!(Kk::parse("9979010101200001"), Err(Fault::Province));
        assert_eq!(
            Kk::parse("35790101012"),
            Err(Fault::Digits {
                expected: 16,
                given: 11
            })
        );
    }
}
