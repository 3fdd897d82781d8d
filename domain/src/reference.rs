//! The reference of a case: what people read aloud, copy from paper and type into `/lacak`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Crockford's base 32, upper case: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that carry chance: 45 bits.
const DATA: usize = 9;
/// Characters in all.
const LENGTH: usize = DATA + 1;

/// Nine random characters of Crockford's base 32 and a check character: `K7M2P-9XQ4T`.
///
/// Crockford's own check symbol needs five signs more (`*~$=U`), which cannot be said on a telephone. This check stays
/// in the alphabet: a weighted sum in the field of 32 elements, in which every weight differs, so that each single wrong
/// character and each exchange of two characters is found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference([u8; LENGTH]);

/// Why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Fault {
    /// Nothing was typed.
    #[error("nothing typed")]
    Missing,
    /// Not ten characters.
    #[error("{given} characters instead of 10")]
    Length {
        /// Characters typed, without blanks and dashes.
        given: u32,
    },
    /// A character that references never have.
    #[error("a character that references never have")]
    Character,
    /// The check character does not fit the others: a slip of the pen.
    #[error("mistyped")]
    Check,
}

impl Reference {
    /// The reference of six random bytes, of which 45 bits are used.
    pub fn new(chance: [u8; 6]) -> Self {
        let mut bits = chance
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut values = [0; LENGTH];
        for value in &mut values[..DATA] {
            *value = (bits & 31) as u8;
            bits >>= 5;
        }
        values[DATA] = check(&values);
        Self(values)
    }

    /// Reads what somebody typed: small letters, `o` for 0, `i` and `l` for 1, blanks and dashes anywhere.
    ///
    /// Errors: [`Fault::Missing`], [`Fault::Length`], [`Fault::Character`], [`Fault::Check`].
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let mut values = [0; LENGTH];
        let mut given = 0;
        for c in raw.chars() {
            if c.is_whitespace()
                || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
            {
                continue;
            }
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|known| char::from(*known) == c);
            let value = value.ok_or(Fault::Character)?;
            if let Some(place) = values.get_mut(given) {
                *place = u8::try_from(value).map_err(|_| Fault::Character)?;
            }
            given += 1;
        }
        if given == 0 {
            Err(Fault::Missing)
        } else if given != LENGTH {
            let given = u32::try_from(given).unwrap_or(u32::MAX);
            Err(Fault::Length { given })
        } else if values[DATA] == check(&values) {
            Ok(Self(values))
        } else {
            Err(Fault::Check)
        }
    }

    /// Ten characters without the dash, as stored and in addresses.
    pub fn compact(self) -> String {
        self.0
            .map(|value| char::from(ALPHABET[usize::from(value)]))
            .iter()
            .collect()
    }
}

/// The check character of the first nine: the sum of their products with α, α², … α⁹.
fn check(values: &[u8; LENGTH]) -> u8 {
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..DATA] {
        weight = product(weight, 2);
        sum ^= product(weight, *value);
    }
    sum
}

/// Product in the field of 32 elements with x⁵ + x² + 1, in which 2 is α and generates all others.
fn product(mut a: u8, mut b: u8) -> u8 {
    let mut sum = 0;
    while b > 0 {
        if b & 1 == 1 {
            sum ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= 0b10_0101;
        }
        b >>= 1;
    }
    sum
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.compact();
        write!(f, "{}-{}", &text[..5], &text[5..])
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Reference {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.compact()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_as_people_write() {
        let reference = Reference::new([0x12, 0x34, 0x01, 0x00, 0xef, 0x20]);
        let text = reference.to_string();
        assert_eq!(text.len(), 11);
        let zeros = text.replace('0', "o").replace('1', "l").to_lowercase();
        for typed in [
            text.clone(),
            zeros,
            format!(" {} ", text.replace('-', " – ")),
            reference.compact(),
        ] {
            assert_eq!(Reference::parse(&typed), Ok(reference), "{typed}");
        }
        assert_eq!(Reference::parse(" - "), Err(Fault::Missing));
        assert_eq!(Reference::parse("K7M2P"), Err(Fault::Length { given: 5 }));
        assert_eq!(Reference::parse("K7M2P-9XQ4U"), Err(Fault::Character));
        assert_eq!(Reference::new([0; 6]).to_string(), "00000-00000");
    }

    proptest::proptest! {
        #[test]
        fn slips_are_found(chance: [u8; 6], place in 0_usize..10, other in 0_usize..10, letter in 0_usize..32) {
            let reference = Reference::new(chance);
            let mut typed: Vec<u8> = reference.compact().into_bytes();
            proptest::prop_assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
            typed.swap(place, other);
            if typed != reference.compact().into_bytes() {
                let swapped = String::from_utf8(typed).unwrap();
                proptest::prop_assert_eq!(Reference::parse(&swapped), Err(Fault::Check));
            }
            let mut typed: Vec<u8> = reference.compact().into_bytes();
            typed[place] = ALPHABET[letter];
            if typed != reference.compact().into_bytes() {
                let wrong = String::from_utf8(typed).unwrap();
                proptest::prop_assert_eq!(Reference::parse(&wrong), Err(Fault::Check));
            }
        }

        #[test]
        fn any_text_is_a_reference_or_not(raw in "\\PC{0,14}") {
            let _ = Reference::parse(&raw);
        }
    }
}
