use serde::{Deserialize, Serialize};

use super::{Check, Question, Text};
use crate::{
    Day,
    form::{Decimal, Expression},
    identity::TaxArea,
};

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line.
    Short {
        /// Fewest characters, at least 1 where an answer is needed.
        #[serde(default)]
        min: u32,
        /// Most characters.
        max: u32,
    },
    /// Several lines.
    Long {
        /// Fewest characters.
        #[serde(default)]
        min: u32,
        /// Most characters.
        max: u32,
    },
    /// A number.
    Number {
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Decimal>,
        /// The most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
        /// Most decimals, 0 to 6.
        #[serde(default)]
        decimals: u8,
        /// What is counted, such as `gram`; may be empty.
        #[serde(default, skip_serializing_if = "Text::is_empty")]
        unit: Text,
    },
    /// Whole Rupiah.
    Money {
        /// The least.
        #[serde(default)]
        min: u64,
        /// The most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
    },
    /// A day.
    Date {
        /// The first that is taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<Bound>,
        /// The last that is taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<Bound>,
    },
    /// One of several.
    One {
        /// What can be chosen, in order.
        options: Vec<Choice>,
    },
    /// Several of several.
    Many {
        /// What can be chosen, in order.
        options: Vec<Choice>,
        /// Fewest, at least 1 where an answer is needed.
        #[serde(default)]
        min: u16,
        /// Most; all, where there is nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u16>,
    },
    /// Yes or no; the answers are the words `yes` and `no`.
    YesNo,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An address: fields `street`, `rt`, `rw`, `area` (code of a desa or kelurahan), `elsewhere`, `postcode`.
    Address {
        /// Whether it may lie outside the city: then `elsewhere` holds desa, kecamatan, city and province.
        #[serde(default)]
        may_be_elsewhere: bool,
    },
    /// A place: fields `area` (code of a desa or kelurahan), `lat` and `lon` in degrees (WGS 84). Either is enough.
    Place {
        /// Where it must lie.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<Bounds>,
    },
    /// Files.
    File {
        /// The kinds that are taken.
        kinds: Vec<FileKind>,
        /// Largest size of each, in kilobytes of 1,024 bytes.
        max_kb: u32,
        /// Most files, at least 1.
        max: u16,
    },
    /// A person's number.
    Nik,
    /// A family card's number.
    Kk,
    /// A taxed property's number.
    Nop {
        /// Where it must lie; anywhere, where there is nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<TaxArea>,
    },
    /// A sentence to be declared; the label holds it.
    Declaration,
    /// Not asked but reckoned from what came before.
    Calculated {
        /// How.
        value: Expression,
        /// How it is written.
        unit: Unit,
    },
    /// Questions that are asked for each of several things or persons.
    Group {
        /// What one is called, such as `Anggota keluarga`; shown with its number.
        item: Text,
        /// Fewest.
        #[serde(default)]
        min: u16,
        /// Most, 1 to [`Self::ITEMS`].
        max: u16,
        /// What is asked for each.
        questions: Vec<Question>,
        /// Rules between the answers of one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        checks: Vec<Check>,
    },
}

impl Kind {
    /// Most items of a group, whatever a definition says.
    pub const ITEMS: u16 = 200;

    /// The questions inside a group; none of other kinds.
    pub fn inner(&self) -> &[Question] {
        match self {
            Self::Group { questions, .. } => questions,
            _ => &[],
        }
    }

    /// What can be chosen; for yes or no, nothing.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::One { options } | Self::Many { options, .. } => options,
            _ => &[],
        }
    }
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code in data, such as `1`: what the official form prints, where it prints one.
    pub key: String,
    /// What it says.
    pub label: Text,
    /// A hint; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Whether it excludes all others, as "none of these" does.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub is_exclusive: bool,
}

/// An end of a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// That day.
    On(Day),
    /// The day of filling in, moved by so many days.
    Today(i32),
}

impl Bound {
    /// The day it is, seen on `today`; `None` beyond the calendar.
    pub fn day(self, today: Day) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::Today(days) => today.plus(i64::from(days)),
        }
    }
}

/// A rectangle on the map, in degrees; west to east does not cross the date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Southern end, −90 to 90.
    pub south: Decimal,
    /// Western end, −180 to 180.
    pub west: Decimal,
    /// Northern end.
    pub north: Decimal,
    /// Eastern end.
    pub east: Decimal,
}

/// A kind of file, judged by its content, not by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// WebP picture.
    Webp,
    /// PDF document.
    Pdf,
}

/// How a calculated value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number with so many decimals.
    Number(u8),
    /// Rupiah; parts are dropped.
    Money,
    /// A day.
    Date,
    /// A text or the key of a choice.
    Text,
}
