//! Numbers by which the state knows people, families and taxed property: NIK, KK and NOP.
//!
//! Only the structure is judged. That a number is registered, and whose it is, only the registry (Dukcapil, Bapenda) knows;
//! no text may suggest that it was asked.

mod kk;
mod nik;
mod nop;

use serde::{Deserialize, Serialize};

pub use kk::Kk;
pub use nik::{Doubt, Nik, Sex};
pub use nop::{Nop, Sharing, TaxArea};

/// Why a text is no such number. Stable codes; the sentences stand in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Fault {
    /// Nothing was typed.
    #[error("nothing typed")]
    Missing,
    /// Something else than digits, blanks, dots and dashes.
    #[error("not only digits")]
    Characters,
    /// Too few or too many digits.
    #[error("{given} digits instead of {expected}")]
    Digits {
        /// Digits that the number has.
        expected: u32,
        /// Digits that were typed.
        given: u32,
    },
    /// The first two digits are no province.
    #[error("unknown province")]
    Province,
    /// The digits of the city or the kecamatan are zeros.
    #[error("area of zeros")]
    Area,
    /// The six digits of the date are no day of the calendar.
    #[error("no such date")]
    Date,
    /// The serial number is zero.
    #[error("serial number of zeros")]
    Serial,
    /// A property of another city.
    #[error("of another city")]
    OtherCity,
    /// A kecamatan that the tax office's table does not have.
    #[error("kecamatan not in the tax table")]
    District,
}

/// Province codes of the Ministry of Home Affairs (Kepmendagri 300.2.2-2430/2025), ascending.
const PROVINCES: [u8; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65,
    71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
];

/// The `N` digits of what was typed, without blanks, dots and dashes between them.
fn digits<const N: usize>(raw: &str) -> Result<[u8; N], Fault> {
    let mut found = [b'0'; N];
    let mut given = 0;
    for c in raw.chars() {
        if c.is_ascii_digit() {
            if let Some(place) = found.get_mut(given) {
                *place = c as u8;
            }
            given += 1;
        } else if !(c.is_whitespace()
            || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        {
            return Err(Fault::Characters);
        }
    }
    if given == 0 {
        Err(Fault::Missing)
    } else if given == N {
        Ok(found)
    } else {
        Err(Fault::Digits {
            expected: u32::try_from(N).unwrap_or(u32::MAX),
            given: u32::try_from(given).unwrap_or(u32::MAX),
        })
    }
}

/// The value of a few ASCII digits.
fn value(digits: &[u8]) -> u16 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'))
}

/// Digits as text.
fn text(digits: &[u8]) -> String {
    digits.iter().copied().map(char::from).collect()
}

/// Whether the six digits `PPKKCC` can be an area: a province that there is, no zeros after it.
fn check_area(digits: &[u8]) -> Result<(), Fault> {
    if !PROVINCES
        .iter()
        .any(|code| u16::from(*code) == value(&digits[..2]))
    {
        Err(Fault::Province)
    } else if value(&digits[2..4]) == 0 || value(&digits[4..6]) == 0 {
        Err(Fault::Area)
    } else {
        Ok(())
    }
}

/// `3579********0001`: enough to recognise one's own number, too little to use it.
fn masked16(digits: &[u8; 16]) -> String {
    format!("{}********{}", text(&digits[..4]), text(&digits[12..]))
}

/// `35.79.01`: the kecamatan as the area table writes it.
fn area16(digits: &[u8; 16]) -> String {
    format!(
        "{}.{}.{}",
        text(&digits[..2]),
        text(&digits[2..4]),
        text(&digits[4..6])
    )
}

/// What the three numbers have in common as types: texts of digits outside, masked in logs.
macro_rules! number {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.masked())
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::identity::Fault;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.digits()
            }
        }
    };
}
use number;

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_text_is_a_number_or_has_a_fault(raw in "[0-9 .-]{0,24}|\\PC{0,24}|3579[0-9]{12,14}") {
            if let Ok(nik) = Nik::parse(&raw) {
                proptest::prop_assert_eq!(Nik::parse(&nik.digits()), Ok(nik));
                proptest::prop_assert_eq!(Nik::parse(&nik.spaced()), Ok(nik));
                let _ = nik.born(crate::Day::new(2026, 11, 24).expect("a day"));
            }
            if let Ok(kk) = Kk::parse(&raw) {
                proptest::prop_assert_eq!(Kk::parse(&kk.spaced()), Ok(kk));
            }
            if let Ok(nop) = Nop::parse(&raw) {
                proptest::prop_assert_eq!(Nop::parse(&nop.dotted()), Ok(nop));
            }
        }
    }
}
