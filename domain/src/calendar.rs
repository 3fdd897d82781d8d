//! Working days: the week's rest days, national holidays and joint leave (cuti bersama), from a table given as data.
//!
//! A year without a table is refused, never guessed: the decree of three ministers (SKB) for a year comes out in the year before.

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Day;

/// Why a calendar cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Error {
    /// No table for this year.
    #[error("no table of holidays for {year}")]
    NoTable {
        /// The year that was asked for.
        year: i32,
    },
    /// Two tables for this year.
    #[error("two tables of holidays for {year}")]
    Twice {
        /// The year.
        year: i32,
    },
    /// A day in the table of another year.
    #[error("{day} stands in the table of {year}")]
    Astray {
        /// The table's year.
        year: i32,
        /// The day.
        day: Day,
    },
    /// A rest day that is no day of the week, or a week of rest days only.
    #[error("no such week")]
    Week,
    /// Beyond the year 9999, or before the year 1.
    #[error("beyond the calendar")]
    Beyond,
}

/// Why nobody works on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Libur nasional.
    Holiday,
    /// Cuti bersama: offices of the state are closed.
    JointLeave,
}

/// A day on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Off {
    /// The day.
    pub day: Day,
    /// Why.
    pub kind: Kind,
    /// Its name, in Indonesian.
    pub name: String,
}

/// The holidays of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The decree that set them.
    pub decree: String,
    /// Where to read it.
    #[serde(default)]
    pub source: String,
    /// The days, in any order; a day may stand twice.
    pub off: Vec<Off>,
}

/// A calendar as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Days of the week on which nobody works: 1 Monday to 7 Sunday.
    #[serde(default = "weekend")]
    pub rest: Vec<u8>,
    /// Whether joint leave is no working day, as in offices of the state.
    #[serde(default = "yes")]
    pub joint_leave: bool,
    /// One entry a year.
    pub years: Vec<Year>,
}

fn weekend() -> Vec<u8> {
    vec![6, 7]
}

const fn yes() -> bool {
    true
}

/// A checked calendar that can be counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Indexed by day of the week less one.
    rest: [bool; 7],
    joint_leave: bool,
    years: BTreeMap<i32, BTreeMap<Day, Off>>,
}

impl Calendar {
    /// Checks a table.
    ///
    /// Errors: [`Error::Week`], [`Error::Twice`], [`Error::Astray`].
    pub fn new(table: &Table) -> Result<Self, Error> {
        let mut rest = [false; 7];
        for day in &table.rest {
            let place = usize::from(*day).checked_sub(1).ok_or(Error::Week)?;
            *rest.get_mut(place).ok_or(Error::Week)? = true;
        }
        if rest == [true; 7] {
            return Err(Error::Week);
        }
        let mut years = BTreeMap::new();
        for entry in &table.years {
            let year = entry.year;
            let mut days: BTreeMap<Day, Off> = BTreeMap::new();
            for off in &entry.off {
                if off.day.year() != year {
                    return Err(Error::Astray { year, day: off.day });
                }
                let first = days.entry(off.day).or_insert_with(|| off.clone());
                // A day that is both is a holiday whatever is decided about joint leave.
                if first.kind == Kind::JointLeave && off.kind == Kind::Holiday {
                    first.clone_from(off);
                }
            }
            if years.insert(year, days).is_some() {
                return Err(Error::Twice { year });
            }
        }
        Ok(Self {
            rest,
            joint_leave: table.joint_leave,
            years,
        })
    }

    /// Whether offices work on the day.
    ///
    /// Errors: [`Error::NoTable`], on rest days of the week too.
    pub fn is_working(&self, day: Day) -> Result<bool, Error> {
        let off = self.off(day)?;
        let closed = off.is_some_and(|off| off.kind == Kind::Holiday || self.joint_leave);
        Ok(!closed && !self.rest[usize::from(day.weekday()) - 1])
    }

    /// What the table says of the day, for showing why an office is closed.
    ///
    /// Errors: [`Error::NoTable`].
    pub fn off(&self, day: Day) -> Result<Option<&Off>, Error> {
        let year = day.year();
        let days = self.years.get(&year).ok_or(Error::NoTable { year })?;
        Ok(days.get(&day))
    }

    /// The `count`th working day after `start`, which itself is not counted; before it when negative; `start` itself for 0.
    ///
    /// Errors: [`Error::NoTable`] for any year that is touched, [`Error::Beyond`].
    pub fn add(&self, start: Day, count: i32) -> Result<Day, Error> {
        let step = if count < 0 { -1 } else { 1 };
        let (mut day, mut left) = (start, count.unsigned_abs());
        while left > 0 {
            day = day.plus(step).ok_or(Error::Beyond)?;
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day)
    }

    /// Working days after `from` up to and with `to`; negative when `to` is earlier: days after `to` up to and with `from`.
    ///
    /// Errors: [`Error::NoTable`], [`Error::Beyond`].
    pub fn between(&self, from: Day, to: Day) -> Result<i32, Error> {
        if to < from {
            return Ok(-self.between(to, from)?);
        }
        let (mut day, mut count) = (from, 0);
        while day < to {
            day = day.plus(1).ok_or(Error::Beyond)?;
            count += i32::from(self.is_working(day)?);
        }
        Ok(count)
    }
}
