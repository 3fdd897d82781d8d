//! What can be wrong with what a person typed, as stable codes; the sentences stand in `locales/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One thing that is wrong with one field. The code is stable, the sentence is translated where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Problem {
    /// Nothing was given where something is needed.
    Missing,
    /// Fewer characters than `min`.
    TooShort {
        /// Fewest characters allowed.
        min: u32,
    },
    /// More characters than `max`.
    TooLong {
        /// Most characters allowed.
        max: u32,
        /// Characters given.
        given: u32,
    },
    /// Not of the form that this field takes (an address, a date, a word of a list).
    Malformed,
    /// Already used by another.
    Taken,
    /// Too easy to guess, or on the list of common passwords.
    Guessable,
    /// The two do not belong together, such as an end before its start.
    Order,
    /// The moment has passed or has not come.
    NotNow,
    /// More choices than `max`.
    TooMany {
        /// Most choices allowed.
        max: u32,
    },
    /// Points at something that is not there.
    Unknown,
    /// A file larger than `max_kb` kilobytes.
    TooLarge {
        /// Largest size in kilobytes of 1,024 bytes.
        max_kb: u32,
    },
    /// A kind of file that is not taken.
    Kind,
}

/// What is wrong with a form: for each field its problems, in the order of the form's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("not valid: {0:?}")]
pub struct Invalid(pub BTreeMap<String, Problem>);

impl Invalid {
    /// One field with one problem.
    pub fn one(field: &str, problem: Problem) -> Self {
        let mut invalid = Self::default();
        invalid.add(field, problem);
        invalid
    }

    /// Notes a problem of a field; the first problem of a field stays.
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.entry(field.to_owned()).or_insert(problem);
    }

    /// Takes the value out of a check, or notes its problem under the field.
    pub fn take<T>(&mut self, field: &str, checked: Result<T, Problem>) -> Option<T> {
        checked.map_err(|problem| self.add(field, problem)).ok()
    }

    /// The problem of a field, if it has one.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.get(field)
    }

    /// `Ok` when nothing was noted.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}
