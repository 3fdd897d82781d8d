//! Problems as sentences beside their field.

use domain::{Locale, Problem};

use crate::t::problem as t;

/// What is wrong and what mends it, in one sentence. `field` is the field's label.
pub fn sentence(locale: Locale, field: &str, problem: &Problem) -> String {
    match problem {
        Problem::Missing => t::missing(locale, field),
        Problem::TooShort { min } => t::too_short(locale, field, i64::from(*min)),
        Problem::TooLong { max, given } => t::too_long(
            locale,
            field,
            locale.number(i64::from(*given)),
            i64::from(*max),
        ),
        Problem::Malformed => t::malformed(locale, field),
        Problem::Taken => t::taken(locale, field),
        Problem::Guessable => t::guessable(locale, field),
        Problem::Order => t::order(locale, field),
        Problem::NotNow => t::not_now(locale, field),
        Problem::TooMany { max } => t::too_many(locale, field, i64::from(*max)),
        Problem::Unknown => t::unknown(locale, field),
        Problem::TooLarge { max_kb } => t::too_large(
            locale,
            field,
            locale.number(i64::from(*max_kb / 1024).max(1)),
        ),
        Problem::Kind => t::kind(locale, field),
    }
}
