//! The languages of the portal.

use serde::{Deserialize, Serialize};

/// A language of the interface. Bahasa Indonesia first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

impl Locale {
    /// All languages, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `id`, `en` or `en-GB`; `None` for a language we do not have.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag
            .trim()
            .split(['-', '_'])
            .next()?
            .to_ascii_lowercase()
            .as_str()
        {
            "id" | "in" | "jv" | "ms" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we have, by its weights.
    pub fn negotiate(header: &str) -> Self {
        let mut wishes: Vec<(f32, usize, Self)> = header
            .split(',')
            .enumerate()
            .filter_map(|(place, part)| {
                let mut part = part.split(';');
                let locale = Self::parse(part.next()?)?;
                let weight = part
                    .find_map(|p| p.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                (weight > 0.0).then_some((weight, place, locale))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        wishes.first().map_or(Self::default(), |wish| wish.2)
    }

    /// A whole number with the language's thousands mark: 1.284 or 1,284.
    pub fn number(self, n: i64) -> String {
        let mark = match self {
            Self::Id => '.',
            Self::En => ',',
        };
        let digits = n.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if n < 0 {
            out.push('−');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A share of a whole as a rounded percentage: `58 %` in Indonesian, `58%` in English; nothing of nothing is 0.
    pub fn percent(self, part: i64, whole: i64) -> String {
        let share = if whole > 0 {
            (part * 200 + whole) / (whole * 2)
        } else {
            0
        };
        match self {
            Self::Id => format!("{share} %"),
            Self::En => format!("{share}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiates_by_weight_then_order() {
        assert_eq!(Locale::negotiate("en-GB,en;q=0.9,id;q=0.8"), Locale::En);
        assert_eq!(Locale::negotiate("fr,en;q=0.2,id;q=0.8"), Locale::Id);
        assert_eq!(Locale::negotiate("en;q=0"), Locale::Id);
        assert_eq!(Locale::negotiate("\u{fffd};;;,q=x"), Locale::Id);
    }

    #[test]
    fn writes_numbers_and_shares() {
        assert_eq!(Locale::Id.number(1_284), "1.284");
        assert_eq!(Locale::En.number(-1_000_000), "−1,000,000");
        assert_eq!(Locale::Id.percent(58, 100), "58 %");
        assert_eq!(Locale::En.percent(1, 0), "0%");
        assert_eq!(Locale::Id.percent(1, 3), "33 %");
    }
}
