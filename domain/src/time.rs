//! Instants, the clock that is handed in, and the city's wall clock.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::Locale;

/// An instant: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This instant moved by `seconds`, which may be negative; stops at the ends of the range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// This instant moved by whole days of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// As RFC 3339 in UTC, whole seconds: `2026-11-24T07:00:00Z`, for machines.
    pub fn rfc3339(self) -> String {
        let t = Zone::UTC.wall(self);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            t.year(),
            u8::from(t.month()),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }
}

/// Where the time comes from. Only `server` makes a real one.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A clock for tests, moved by hand.
#[derive(Debug, Default)]
pub struct FixedClock(std::sync::atomic::AtomicI64);

impl FixedClock {
    /// A clock that stands at `now`.
    pub const fn at(now: Timestamp) -> Self {
        Self(std::sync::atomic::AtomicI64::new(now.0))
    }

    /// Puts the clock to `now`, forwards or back.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, std::sync::atomic::Ordering::SeqCst);
    }

    /// Moves the clock by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.set(self.now().plus_seconds(seconds));
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}

/// A city's wall clock: a name and a fixed offset from UTC (Indonesia has no summer time).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// How people call it, such as `WIB`.
    pub name: String,
    /// Hours east of UTC, −12 to 14.
    pub hours: i8,
}

const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self {
        name: String::new(),
        hours: 0,
    };

    /// What the wall clock shows at `at`. Instants outside the years −9999 to 9999 show the epoch.
    pub fn wall(&self, at: Timestamp) -> OffsetDateTime {
        let offset = UtcOffset::from_hms(self.hours, 0, 0).unwrap_or(UtcOffset::UTC);
        OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .checked_to_offset(offset)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// The day as people write it: `24 November 2026`.
    pub fn date(&self, at: Timestamp, locale: Locale) -> String {
        let t = self.wall(at);
        let month = u8::from(t.month()) as usize - 1;
        let name = match locale {
            Locale::Id => MONTHS_ID[month],
            Locale::En => MONTHS_EN[month],
        };
        format!("{} {name} {}", t.day(), t.year())
    }

    /// The time of day as people write it: `23.59 WIB` in Indonesian, `23:59 WIB` in English.
    pub fn clock(&self, at: Timestamp, locale: Locale) -> String {
        let t = self.wall(at);
        let dot = match locale {
            Locale::Id => '.',
            Locale::En => ':',
        };
        format!("{:02}{dot}{:02} {}", t.hour(), t.minute(), self.name)
            .trim_end()
            .to_owned()
    }

    /// The value of an `<input type="datetime-local">`: `2026-11-24T23:59`.
    pub fn input(&self, at: Timestamp) -> String {
        let t = self.wall(at);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}",
            t.year(),
            u8::from(t.month()),
            t.day(),
            t.hour(),
            t.minute()
        )
    }

    /// Reads what such an input sends (seconds allowed, a space instead of `T` too). `None` when it is no such moment.
    pub fn parse_input(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        let (day, clock) = text.split_once(['T', ' '])?;
        let mut day = day.split('-');
        let year: i32 = day.next()?.parse().ok()?;
        let month: u8 = day.next()?.parse().ok()?;
        let date: u8 = day.next()?.parse().ok()?;
        let mut clock = clock.trim().split([':', '.']);
        let hour: u8 = clock.next()?.parse().ok()?;
        let minute: u8 = clock.next()?.parse().ok()?;
        if day.next().is_some() || !(1970..=9999).contains(&year) {
            return None;
        }
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, date).ok()?;
        let wall = PrimitiveDateTime::new(date, Time::from_hms(hour, minute, 0).ok()?);
        let offset = UtcOffset::from_hms(self.hours, 0, 0).ok()?;
        Some(Timestamp(
            wall.assume_offset(offset).unix_timestamp() * 1000,
        ))
    }

    /// The start (midnight) of the wall-clock day that holds `at`.
    pub fn midnight(&self, at: Timestamp) -> Timestamp {
        let shift = i64::from(self.hours) * 3_600_000;
        Timestamp((at.0 + shift).div_euclid(86_400_000) * 86_400_000 - shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wib() -> Zone {
        Zone {
            name: "WIB".into(),
            hours: 7,
        }
    }

    #[test]
    fn writes_dates_as_people_do() {
        let at = Timestamp(1_795_539_540_000);
        assert_eq!(wib().date(at, Locale::Id), "24 November 2026");
        assert_eq!(wib().clock(at, Locale::Id), "23.59 WIB");
        assert_eq!(wib().clock(at, Locale::En), "23:59 WIB");
        assert_eq!(at.rfc3339(), "2026-11-24T16:59:00Z");
    }

    #[test]
    fn reads_back_what_an_input_shows() {
        let at = Timestamp(1_795_539_540_000);
        assert_eq!(wib().parse_input(&wib().input(at)), Some(at));
        assert_eq!(wib().parse_input("2026-02-30T10:00"), None);
        assert_eq!(wib().parse_input("besok"), None);
        assert_eq!(wib().parse_input("99999-01-01T10:00"), None);
    }

    #[test]
    fn midnight_is_the_citys() {
        let at = Timestamp(1_795_539_540_000);
        assert_eq!(wib().clock(wib().midnight(at), Locale::Id), "00.00 WIB");
        assert_eq!(
            wib().date(wib().midnight(at), Locale::Id),
            "24 November 2026"
        );
    }

    #[test]
    fn a_fixed_clock_moves_by_hand() {
        let clock = FixedClock::at(Timestamp(0));
        clock.advance(60);
        assert_eq!(clock.now(), Timestamp(60_000));
    }
}
