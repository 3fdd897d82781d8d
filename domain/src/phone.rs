//! Telephone numbers as people in Indonesia type them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// A telephone number in the international form of ITU-T E.164: `+` and 8 to 15 digits. Personal data: it is masked in logs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Reads a number: blanks, dots, dashes, slashes and brackets do not matter; `08…` and `628…` become `+628…`.
    ///
    /// Whether somebody answers there is not known. Errors: [`Problem::Missing`], [`Problem::Malformed`].
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let kept: String = raw
            .chars()
            .filter(|c| {
                !c.is_whitespace()
                    && !matches!(c, '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}')
            })
            .collect();
        if kept.is_empty() {
            return Err(Problem::Missing);
        }
        let digits = if let Some(digits) = kept.strip_prefix('+') {
            digits.to_owned()
        } else if let Some(rest) = kept.strip_prefix('0') {
            format!("62{rest}")
        } else if kept.starts_with("62") {
            kept
        } else {
            return Err(Problem::Malformed);
        };
        // An Indonesian number has 8 to 12 digits after the country code, and none begins with the trunk's 0.
        let fits = match digits.strip_prefix("62") {
            Some(national) => (8..=12).contains(&national.len()) && !national.starts_with('0'),
            None => (8..=15).contains(&digits.len()) && !digits.starts_with('0'),
        };
        if fits && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(Problem::Malformed)
        }
    }

    /// `+628123456789`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits, by which somebody without an account shows that a case is theirs.
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// For people who need not see it: `+628******6789`.
    pub fn masked(&self) -> String {
        let hidden = self.0.len() - 8;
        format!("{}{}{}", &self.0[..4], "*".repeat(hidden), self.last_four())
    }
}

/// A telephone number of the international form as people write and dial it: `0812 3456 7890`. One of another country stays as
/// it is.
pub fn dialled(phone: &str) -> String {
    let Some(rest) = phone.strip_prefix("+62") else {
        return phone.to_owned();
    };
    let digits: Vec<char> = std::iter::once('0').chain(rest.chars()).collect();
    let parts: Vec<String> = digits.chunks(4).map(|part| part.iter().collect()).collect();
    parts.join(" ")
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = crate::Invalid;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|problem| crate::Invalid::one("phone", problem))
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_are_written_as_they_are_dialled() {
        assert_eq!(dialled("+6281234567890"), "0812 3456 7890");
        assert_eq!(dialled("+62341555010"), "0341 5550 10");
        assert_eq!(dialled("+6531234567"), "+6531234567");
    }

    #[test]
    fn numbers_become_international() {
        for raw in [
            "0812-3456-789",
            "+62 812 3456 789",
            "628123456789",
            "(0812) 3456.789",
        ] {
            assert_eq!(
                Phone::parse(raw).unwrap().as_str(),
                "+628123456789",
                "{raw}"
            );
        }
        assert_eq!(
            Phone::parse("(0341) 591 234").unwrap().as_str(),
            "+62341591234"
        );
        assert_eq!(
            Phone::parse("+44 20 7946 0000").unwrap().as_str(),
            "+442079460000"
        );
        assert_eq!(Phone::parse("  "), Err(Problem::Missing));
        for bad in [
            "812",
            "+6208123456789",
            "0812x456789",
            "08123456789012345",
            "+0812345678",
            "٠٨١٢٣٤٥٦٧٨٩",
        ] {
            assert_eq!(Phone::parse(bad), Err(Problem::Malformed), "{bad}");
        }
    }

    #[test]
    fn a_log_shows_no_number() {
        let phone = Phone::parse("08123456789").unwrap();
        assert_eq!(format!("{phone:?}"), "+628*****6789");
        assert_eq!(phone.last_four(), "6789");
    }

    proptest::proptest! {
        #[test]
        fn a_number_reads_as_itself(raw in "[+0-9 .()-]{0,20}|\\PC{0,20}") {
            if let Ok(phone) = Phone::parse(&raw) {
                proptest::prop_assert_eq!(Phone::parse(phone.as_str()).unwrap(), phone.clone());
                let _ = phone.masked();
            }
        }
    }
}
