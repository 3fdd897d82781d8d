//! A day of the civil calendar, without a time of day.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month, PrimitiveDateTime, Time, UtcOffset, Weekday};

use crate::{Locale, Timestamp, Zone};

/// A day of the Gregorian calendar in the years 1 to 9999. Stored and sent as `2026-11-24` (ISO 8601).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// A text that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no day of the calendar, written as 2026-11-24")]
pub struct NoDay;

impl Day {
    /// The day of a year from 1 to 9999, month from 1 and day from 1; `None` when the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// Reads `2026-11-24`: exactly ten characters.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then_some(part)
        };
        Self::new(
            number(0..4)?.parse().ok()?,
            number(5..7)?.parse().ok()?,
            number(8..10)?.parse().ok()?,
        )
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.0.day()
    }

    /// The day of the week: 1 Monday to 7 Sunday (ISO 8601).
    pub const fn weekday(self) -> u8 {
        match self.0.weekday() {
            Weekday::Monday => 1,
            Weekday::Tuesday => 2,
            Weekday::Wednesday => 3,
            Weekday::Thursday => 4,
            Weekday::Friday => 5,
            Weekday::Saturday => 6,
            Weekday::Sunday => 7,
        }
    }

    /// The day `days` later, or earlier when negative; `None` outside the years 1 to 9999.
    pub fn plus(self, days: i64) -> Option<Self> {
        let moved = self
            .0
            .checked_add(Duration::days(days.clamp(-4_000_000, 4_000_000)))?;
        (1..=9999).contains(&moved.year()).then_some(Self(moved))
    }

    /// The same day of the month `months` later; the last day of that month where it is shorter. `None` as [`Self::plus`].
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let count =
            self.year() * 12 + i32::from(self.month()) - 1 + months.clamp(-200_000, 200_000);
        let year = count.div_euclid(12);
        let month = u8::try_from(count.rem_euclid(12)).ok()? + 1;
        (28..=self.day().max(28))
            .rev()
            .find_map(|day| Self::new(year, month, day.min(self.day())))
    }

    /// Days from `self` until `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        (other.0 - self.0).whole_days()
    }

    /// Full years from `self` until `other`, as a person's age is counted; negative when `other` is earlier.
    ///
    /// Who is born on 29 February is a year older on 1 March of other years.
    pub fn years_until(self, other: Self) -> i32 {
        if other < self {
            return -other.years_until(self);
        }
        let early = (other.month(), other.day()) < (self.month(), self.day());
        other.year() - self.year() - i32::from(early)
    }

    /// The first instant of the day on the city's wall clock.
    pub fn midnight(self, zone: &Zone) -> Timestamp {
        let offset = UtcOffset::from_hms(zone.hours, 0, 0).unwrap_or(UtcOffset::UTC);
        let wall = PrimitiveDateTime::new(self.0, Time::MIDNIGHT);
        Timestamp(wall.assume_offset(offset).unix_timestamp() * 1000)
    }

    /// As people write it: `24 November 2026`.
    pub fn written(self, locale: Locale) -> String {
        Zone::UTC.date(self.midnight(&Zone::UTC), locale)
    }
}

impl Zone {
    /// The wall clock's day at `at`; the epoch's for instants outside the years 1 to 9999.
    pub fn day(&self, at: Timestamp) -> Day {
        let wall = self.wall(at);
        Day::new(wall.year(), u8::from(wall.month()), wall.day()).unwrap_or(Day(Date::MIN))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        Self::parse(&text).ok_or(NoDay)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for bad in [
            "2026-02-30",
            "2026-2-3",
            "2026-13-01",
            "0000-01-01",
            "24-11-2026",
            "2026-11-2x",
            "+026-11-24",
            "２０26-1",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert_eq!(day("2026-11-24").to_string(), "2026-11-24");
        assert_eq!(day("2026-11-24").written(Locale::Id), "24 November 2026");
        assert_eq!(day("2026-11-24").weekday(), 2);
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(day("2026-08-31").plus_months(6), Some(day("2027-02-28")));
        assert_eq!(day("2028-02-29").plus_months(-48), Some(day("2024-02-29")));
        assert_eq!(day("9999-12-31").plus_months(1), None);
        assert_eq!(day("9999-12-31").plus(1), None);
    }

    #[test]
    fn age_is_counted_in_full_years() {
        assert_eq!(day("2000-02-29").years_until(day("2018-02-28")), 17);
        assert_eq!(day("2000-02-29").years_until(day("2018-03-01")), 18);
        assert_eq!(day("2018-03-01").years_until(day("2000-02-29")), -18);
    }

    #[test]
    fn the_citys_day_begins_at_its_midnight() {
        let wib = Zone {
            name: "WIB".into(),
            hours: 7,
        };
        let late = Timestamp(1_795_539_540_000);
        assert_eq!(wib.day(late), day("2026-11-24"));
        assert_eq!(wib.day(late.plus_seconds(60)), day("2026-11-25"));
        assert_eq!(wib.midnight(late), day("2026-11-24").midnight(&wib));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_day_or_not(text in "\\PC{0,12}", days in proptest::num::i64::ANY, months in proptest::num::i32::ANY) {
            if let Some(found) = Day::parse(&text) {
                proptest::prop_assert_eq!(found.to_string(), text);
            }
            let _ = day("2026-11-24").plus(days);
            let _ = day("2026-11-24").plus_months(months);
        }
    }
}
