//! Exact decimal numbers of forms and their arithmetic.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Parts of one.
const ONE: i128 = 1_000_000;
/// Digits after the mark.
const PLACES: usize = 6;
/// Largest number: a thousand million million.
const MOST: i128 = 1_000_000_000_000_000 * ONE;

/// A number with at most six decimals between −10¹⁵ and 10¹⁵, exact. Serialised as text: `12.5`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number; `None` beyond the range.
    pub fn whole(n: i64) -> Option<Self> {
        Self::checked(i128::from(n).checked_mul(ONE))
    }

    /// The number `n` that always fits.
    pub const fn small(n: u32) -> Self {
        Self(n as i128 * ONE)
    }

    /// The whole number it is; `None` when it has decimals.
    pub fn to_whole(self) -> Option<i64> {
        (self.0 % ONE == 0)
            .then(|| i64::try_from(self.0 / ONE).ok())
            .flatten()
    }

    /// How many decimals it needs, 0 to 6.
    pub fn places(self) -> u8 {
        let mut part = self.0 % ONE;
        let mut places = 6;
        while places > 0 && part % 10 == 0 {
            part /= 10;
            places -= 1;
        }
        places
    }

    /// Reads the machine's form: a sign `-` or none, digits, a dot and one to six decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = |text: &str, most| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !fits(whole, 20) || !fits(part, PLACES) {
            return None;
        }
        let part: i128 = format!("{part:0<6}").parse().ok()?;
        let size = whole
            .parse::<i128>()
            .ok()?
            .checked_mul(ONE)?
            .checked_add(part)?;
        Self::checked(Some(if is_negative { -size } else { size }))
    }

    /// Reads what people type: blanks and `Rp` do not matter; `1.234,5` and `1,234.5` are the same number.
    ///
    /// A single mark before exactly three digits separates thousands when it is a dot, or when `decimals` is 0; otherwise it
    /// begins the decimals.
    pub fn typed(raw: &str, decimals: u8) -> Option<Self> {
        let kept: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
        let kept = kept.replace(['\u{2212}', '\u{2013}'], "-");
        let kept = kept
            .strip_prefix("Rp")
            .or(kept.strip_prefix("rp"))
            .unwrap_or(&kept);
        let kept = kept.strip_suffix(",-").unwrap_or(kept);
        let (sign, digits) = match kept.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", kept),
        };
        let marks: Vec<(usize, char)> = digits
            .char_indices()
            .filter(|(_, c)| matches!(c, '.' | ','))
            .collect();
        let Some((last, mark)) = marks.last().copied() else {
            return Self::parse(&format!("{sign}{digits}"));
        };
        let after = digits.len() - last - 1;
        let alike = marks.iter().filter(|(_, c)| *c == mark).count();
        let separates =
            alike > 1 || (marks.len() == 1 && after == 3 && (mark == '.' || decimals == 0));
        let (whole, part) = if separates {
            (digits, "0")
        } else {
            (&digits[..last], &digits[last + 1..])
        };
        let mut groups = whole.split(['.', ',']);
        let mut joined = groups.next()?.to_owned();
        let several = whole.contains(['.', ',']);
        if several && !(1..=3).contains(&joined.len()) {
            return None;
        }
        // The marks between thousands are one kind, and not the one before the decimals.
        let used: Vec<char> = whole.chars().filter(|c| matches!(c, '.' | ',')).collect();
        if used.windows(2).any(|pair| pair[0] != pair[1]) || (!separates && used.contains(&mark)) {
            return None;
        }
        for group in groups {
            if group.len() != 3 {
                return None;
            }
            joined.push_str(group);
        }
        Self::parse(&format!("{sign}{joined}.{part}"))
    }

    /// As it is typed in a form again: `1234,5`.
    pub fn to_typed(self) -> String {
        self.to_string().replace('.', ",")
    }

    /// Sum; `None` beyond the range, as in all that follow.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_add(other.0))
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_sub(other.0))
    }

    /// Product, its seventh decimal dropped.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_mul(other.0).map(|product| product / ONE))
    }

    /// Quotient, its seventh decimal dropped; `None` for a division by nothing.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_mul(ONE)?.checked_div(other.0))
    }

    /// Rounded to `places` decimals, halves away from nothing.
    pub fn rounded(self, places: u8) -> Option<Self> {
        let unit = 10_i128.pow(6 - u32::from(places.min(6)));
        let half = unit / 2 * self.0.signum();
        Self::checked(Some((self.0 + half) / unit * unit))
    }

    fn checked(n: Option<i128>) -> Option<Self> {
        n.filter(|n| (-MOST..=MOST).contains(n)).map(Self)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (size / ONE.unsigned_abs(), size % ONE.unsigned_abs());
        if part == 0 {
            write!(f, "{sign}{whole}")
        } else {
            let part = format!("{part:06}");
            write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no number with at most six decimals")]
pub struct NoDecimal;

impl TryFrom<String> for Decimal {
    type Error = NoDecimal;

    fn try_from(text: String) -> Result<Self, NoDecimal> {
        Self::parse(&text).ok_or(NoDecimal)
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(raw: &str, decimals: u8) -> Option<String> {
        Decimal::typed(raw, decimals).map(|n| n.to_string())
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (raw, decimals, read) in [
            ("152500", 0, "152500"),
            ("Rp152.500", 0, "152500"),
            ("Rp 152.500,-", 0, "152500"),
            ("152,500", 0, "152500"),
            ("1.234.567", 2, "1234567"),
            ("1.234,5", 2, "1234.5"),
            ("1,234.5", 2, "1234.5"),
            ("3,5", 0, "3.5"),
            ("3.5", 1, "3.5"),
            ("3,125", 3, "3.125"),
            ("3.125", 3, "3125"),
            ("\u{2212}7", 0, "-7"),
            ("1 000 000", 0, "1000000"),
        ] {
            assert_eq!(typed(raw, decimals).as_deref(), Some(read), "{raw}");
        }
        for bad in [
            "",
            "-",
            "1.2.3",
            "1.23.456",
            "1,234,5",
            "1.234,567.8",
            "1234.567.890",
            "1e3",
            "5.",
            ".5",
            "12a",
            "٣",
            "9999999999999999",
        ] {
            assert_eq!(typed(bad, 2), None, "{bad}");
        }
    }

    #[test]
    fn arithmetic_is_exact_or_nothing() {
        let n = |text: &str| Decimal::parse(text).expect("a number");
        assert_eq!(n("0.1").plus(n("0.2")), Some(n("0.3")));
        assert_eq!(n("210000000").times(n("0.001")), Some(n("210000")));
        assert_eq!(n("1").over(n("3")), Some(n("0.333333")));
        assert_eq!(n("1").over(Decimal::ZERO), None);
        assert_eq!(n("2.5").rounded(0), Some(n("3")));
        assert_eq!(n("-2.5").rounded(0), Some(n("-3")));
        assert_eq!(n("1000000000000000").plus(n("1")), None);
        assert_eq!(n("1000000000000000").times(n("1000000000000000")), None);
        assert_eq!(
            (
                n("12.50").places(),
                n("12").to_whole(),
                n("12.5").to_whole()
            ),
            (1, Some(12), None)
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(micro in -1_000_000_000_000_000_000_000_i128..=1_000_000_000_000_000_000_000, raw in "\\PC{0,12}|[0-9.,-]{0,12}") {
            let number = Decimal(micro);
            proptest::prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
            proptest::prop_assert_eq!(Decimal::typed(&number.to_typed(), number.places()), Some(number));
            for decimals in 0..6 {
                let _ = Decimal::typed(&raw, decimals);
            }
        }
    }
}
