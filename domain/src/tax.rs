//! Land and building tax of a city (PBB-P2): the formula over a table of rates.
//!
//! The base is the object's assessed value, NJOP (UU 1/2022 articles 38 to 40). Everything that a by-law sets (exempt value,
//! assessed share, rates, interest) is data with a note: the by-law of a city has to be asked, and changes.

mod table;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::Day;

pub use table::{Property, Table};

/// One million, the whole of a rate.
const WHOLE: i128 = 1_000_000;

/// Rates of one tax year in one city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The tax year.
    pub year: i32,
    /// Value that is not taxed, NJOPTKP, in Rupiah; for one object of each taxpayer.
    pub exempt: u64,
    /// From which NJOP on which share and rate hold; ascending, the first from 0.
    pub tiers: Vec<Tier>,
    /// Interest on late payment.
    pub late: Late,
    /// Months after the bill's date until which it is due.
    pub due_months: u8,
    /// The by-law with its articles.
    pub source: String,
    /// Whether the city confirmed the table; where it did not, pages say so.
    pub is_verified: bool,
}

/// A step of the rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The lowest NJOP for which it holds, in Rupiah.
    pub from: u64,
    /// Share of the value above the exempt one that is assessed, NJKP: millionths, 1,000,000 is all.
    pub assessed: u32,
    /// Rate: millionths, 1,000 is 0.1 %.
    pub rate: u32,
    /// Rate for land on which food is grown or animals are kept, where the by-law has one.
    #[serde(default)]
    pub food_rate: Option<u32>,
}

/// Interest on late payment, simple, for each begun month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Millionths a month: 10,000 is 1 %.
    pub rate: u32,
    /// Months after which it grows no more.
    pub months: u16,
}

/// What is taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Land, in whole m².
    pub land: u32,
    /// Value of a m² of land by its class, in Rupiah.
    pub land_value: u64,
    /// Buildings, in whole m².
    #[serde(default)]
    pub building: u32,
    /// Value of a m² of building by its class, in Rupiah.
    #[serde(default)]
    pub building_value: u64,
    /// Whether the exempt value is used on this object: on one only of each taxpayer.
    pub is_exempt: bool,
    /// Whether food is grown or animals are kept on it.
    #[serde(default)]
    pub is_food: bool,
}

/// A tax and how it came about: every line that the bill prints, in Rupiah.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Value of the land.
    pub land: u64,
    /// Value of the buildings.
    pub building: u64,
    /// NJOP: both.
    pub value: u64,
    /// NJOPTKP that was taken off; at most the value.
    pub exempt: u64,
    /// NJKP, the value on which the rate is applied, rounded down for showing.
    pub assessed: u64,
    /// The rate that was applied, in millionths.
    pub rate: u32,
    /// The tax; parts of a Rupiah are dropped, once at the end.
    pub tax: u64,
}

/// Why a table or an object cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No step for a value of 0, or steps that do not ascend.
    #[error("the steps of the rates do not ascend from 0")]
    Tiers,
    /// A share or rate of more than the whole.
    #[error("a share or rate of more than the whole")]
    Rate,
    /// No year, or a year that stands twice.
    #[error("no year, or a year that stands twice")]
    Years,
    /// Sums beyond what can be counted.
    #[error("beyond what can be counted")]
    Beyond,
}

impl Rates {
    /// Whether the table can be used.
    ///
    /// Errors: [`Error::Tiers`], [`Error::Rate`].
    pub fn check(&self) -> Result<(), Error> {
        let starts = self.tiers.first().is_some_and(|tier| tier.from == 0);
        let ascends = self.tiers.is_sorted_by(|a, b| a.from < b.from);
        let fits = |part: u32| i128::from(part) <= WHOLE;
        let all = self
            .tiers
            .iter()
            .all(|tier| fits(tier.assessed) && fits(tier.rate) && tier.food_rate.is_none_or(fits));
        if !starts || !ascends {
            Err(Error::Tiers)
        } else if !all || !fits(self.late.rate) {
            Err(Error::Rate)
        } else {
            Ok(())
        }
    }

    /// The tax on an object: `max(0, NJOP − NJOPTKP) × NJKP % × rate`.
    ///
    /// Errors: as [`Self::check`], and [`Error::Beyond`].
    pub fn assess(&self, object: &Object) -> Result<Assessment, Error> {
        self.check()?;
        let product =
            |size: u32, value: u64| u64::from(size).checked_mul(value).ok_or(Error::Beyond);
        let land = product(object.land, object.land_value)?;
        let building = product(object.building, object.building_value)?;
        let value = land.checked_add(building).ok_or(Error::Beyond)?;
        let tier = self
            .tiers
            .iter()
            .rev()
            .find(|tier| tier.from <= value)
            .ok_or(Error::Tiers)?;
        let exempt = if object.is_exempt {
            self.exempt.min(value)
        } else {
            0
        };
        let rate = tier
            .food_rate
            .filter(|_| object.is_food)
            .unwrap_or(tier.rate);
        let assessed = i128::from(value - exempt) * i128::from(tier.assessed);
        Ok(Assessment {
            land,
            building,
            value,
            exempt,
            assessed: whole(assessed / WHOLE)?,
            rate,
            tax: whole(assessed * i128::from(rate) / (WHOLE * WHOLE))?,
        })
    }

    /// The last day for paying a bill of that date without interest; `None` beyond the calendar.
    pub fn due(&self, billed: Day) -> Option<Day> {
        billed.plus_months(i32::from(self.due_months))
    }

    /// Interest in Rupiah when a tax due on `due` is paid on `paid`: each begun month counts, parts of a Rupiah are dropped.
    ///
    /// Errors: [`Error::Rate`], [`Error::Beyond`].
    pub fn interest(&self, tax: u64, due: Day, paid: Day) -> Result<u64, Error> {
        self.check()?;
        let months = i128::from(self.months_late(due, paid));
        whole(i128::from(tax) * i128::from(self.late.rate) * months / WHOLE)
    }

    /// Begun months between `due` and `paid` for which interest is counted, at most [`Late::months`].
    pub fn months_late(&self, due: Day, paid: Day) -> u16 {
        (0..self.late.months)
            .take_while(|month| {
                due.plus_months(i32::from(*month))
                    .is_some_and(|start| start < paid)
            })
            .map(|month| month + 1)
            .last()
            .unwrap_or(0)
    }
}

fn whole(n: i128) -> Result<u64, Error> {
    u64::try_from(n).map_err(|_| Error::Beyond)
}
