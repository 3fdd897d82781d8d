//! Letters with which an office tells a decision: their template, their number, and whether they still hold.

mod fill;
mod template;

use crate::{Invalid, Problem, case::Outcome, text};

pub use fill::{Blank, Unfit, blanks, fill};
pub use template::{LIMITS, Limits, Template};

/// Most characters of the reason for which a letter is replaced or revoked.
pub const REASON: u32 = 1_000;
/// Fewest of them.
pub const REASON_LEAST: u32 = 10;

/// Whether a letter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds.
    Valid,
    /// Another one stands in its place.
    Replaced,
    /// It was taken back.
    Revoked,
}

/// The number of a letter: `470/0012/422.108/2026`, of the code of its matter (Permendagri 83/2022), its place in the year
/// from 1, the code of its office, and the year. An empty code is left out.
pub fn number(matter: &str, place: i64, office: &str, year: i32) -> String {
    let (place, year) = (format!("{place:04}"), year.to_string());
    [matter, &place, office, &year]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/")
}

/// Checks why a letter is replaced or revoked: field `reason`.
pub fn reason(raw: &str) -> Result<String, Invalid> {
    text::body(raw, REASON_LEAST, REASON).map_err(|problem| Invalid::one("reason", problem))
}

/// The first letters of a name, of at most four words: `S. A.`; what a page may show to everybody.
pub fn initials(name: &str) -> String {
    let letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let letters: Vec<String> = letters
        .take(4)
        .map(|c| format!("{}.", c.to_uppercase()))
        .collect();
    letters.join(" ")
}

/// A decision as a letter says it. Letters of the city are in Bahasa Indonesia (UU 24/2009, article 27).
pub const fn decision(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => "dikabulkan",
        Outcome::Partly => "dikabulkan sebagian",
        Outcome::Refused => "ditolak",
    }
}

/// Reads a code of a matter or an office: up to 20 letters, digits, dots and dashes; may be empty.
fn code(raw: &str) -> Result<String, Problem> {
    let code = text::line(raw, 0, 20)?;
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
    if code.bytes().all(fits) {
        Ok(code)
    } else {
        Err(Problem::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_initials() {
        assert_eq!(number("470", 12, "422.108", 2026), "470/0012/422.108/2026");
        assert_eq!(number("", 12_345, "DISHUB", 2026), "12345/DISHUB/2026");
        assert_eq!(initials("Siti Aminah"), "S. A.");
        assert_eq!(
            initials("  (ibu) i Gusti  Ngurah 'arya Wisnu "),
            "I. I. G. N."
        );
        assert_eq!(initials("-- 123"), "");
    }
}
