//! What a draft is worth.

use serde::{Deserialize, Serialize};

use super::{Answers, Decimal, Definition, Text};
use crate::{Day, Problem, identity, identity::Doubt};

/// What is wrong with an answer. Stable codes; the sentences stand in `locales/`, a check brings its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Fault {
    /// Nothing was given where something is needed.
    Missing,
    /// Fewer characters than `min`.
    TooShort {
        /// Fewest characters.
        min: u32,
    },
    /// More characters than `max`.
    TooLong {
        /// Most characters.
        max: u32,
        /// Characters given.
        given: u32,
    },
    /// Not of the form that the field takes.
    Malformed,
    /// Less than the least.
    TooSmall {
        /// The least.
        min: Decimal,
    },
    /// More than the most.
    TooGreat {
        /// The most.
        max: Decimal,
    },
    /// More decimals than are taken; 0 for whole numbers only.
    Decimals {
        /// Most decimals.
        max: u8,
    },
    /// A date without its day, month or year; the field says which.
    DatePart,
    /// A day that the calendar does not have.
    NoSuchDate,
    /// Before the first that is taken.
    TooEarly {
        /// The first.
        earliest: Day,
    },
    /// After the last that is taken.
    TooLate {
        /// The last.
        latest: Day,
    },
    /// A choice, an area that is not there.
    Unknown,
    /// Fewer than `min` chosen, added.
    TooFew {
        /// The fewest.
        min: u16,
    },
    /// More than `max` chosen, added.
    TooMany {
        /// The most.
        max: u16,
    },
    /// Together with a choice that excludes all others.
    Exclusive,
    /// A number of a person, a family card or a property that cannot be one.
    Identity {
        /// Why.
        fault: identity::Fault,
    },
    /// Advice only: a NIK that is odd.
    Doubt {
        /// How.
        doubt: Doubt,
    },
    /// A point outside the rectangle, or off the globe.
    Outside,
    /// Another postal code than the desa or kelurahan has.
    Postcode {
        /// Its own.
        expected: String,
    },
    /// A file that is not there: not uploaded to the end, or taken away.
    FileGone,
    /// A file of a kind that is not taken.
    FileKind {
        /// Its name.
        name: String,
    },
    /// A file larger than `max_kb`.
    FileTooLarge {
        /// Its name.
        name: String,
        /// Largest size in kilobytes of 1,024 bytes.
        max_kb: u32,
    },
    /// A declaration that was not made.
    NotDeclared,
    /// A rule of the form does not hold.
    Check {
        /// The rule's word.
        key: String,
        /// What it says.
        message: Text,
    },
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Missing => Self::Missing,
            Problem::TooShort { min } => Self::TooShort { min },
            Problem::TooLong { max, given } => Self::TooLong { max, given },
            _ => Self::Malformed,
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The key of its page.
    pub page: String,
    /// The path of its question.
    pub path: String,
    /// The field to which the error summary leads: the first that is wrong.
    pub field: String,
    /// What is wrong.
    pub fault: Fault,
}

/// A question that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The key of its page.
    pub page: String,
    /// Its path.
    pub path: String,
}

/// How far a page or a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not for this person.
    Hidden,
    /// Whether it is for this person depends on something that is still open.
    CannotStart,
    /// Something is missing, or it was not looked at.
    Incomplete,
    /// Something that was typed is wrong.
    Problem,
    /// Nothing is missing or wrong.
    Complete,
}

/// A page and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageState {
    /// Its key.
    pub key: String,
    /// How far.
    pub state: State,
}

impl PageState {
    const fn is_shown(&self) -> bool {
        !matches!(self.state, State::Hidden | State::CannotStart)
    }
}

/// A line of the task list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task<'a> {
    /// The section's key.
    pub section: &'a str,
    /// How far.
    pub state: State,
    /// The page to which the line leads: the first that is not complete, else the first.
    pub page: &'a str,
}

/// What a draft is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The valid answers to the questions that are shown, and calculated values.
    pub answers: Answers,
    /// What is wrong, in the order of the pages.
    pub wrong: Vec<Wrong>,
    /// What is odd but does not hold up.
    pub advice: Vec<Wrong>,
    /// Every question that is shown, in order: the rows of the check page.
    pub shown: Vec<Shown>,
    /// Every page, in order.
    pub pages: Vec<PageState>,
}

impl Outcome {
    /// Whether it can be sent.
    pub const fn is_ready(&self) -> bool {
        self.wrong.is_empty()
    }

    /// What is wrong on a page, for its error summary.
    pub fn wrong_on<'a>(&'a self, page: &'a str) -> impl Iterator<Item = &'a Wrong> {
        self.wrong.iter().filter(move |wrong| wrong.page == page)
    }

    /// What is wrong with a question, if anything.
    pub fn fault(&self, path: &str) -> Option<&Fault> {
        self.wrong
            .iter()
            .find(|wrong| wrong.path == path)
            .map(|wrong| &wrong.fault)
    }

    /// How far a page is; hidden when there is none of that key.
    pub fn state(&self, page: &str) -> State {
        let found = self.pages.iter().find(|known| known.key == page);
        found.map_or(State::Hidden, |page| page.state)
    }

    /// The page after this one; `None` after the last: the check page comes.
    pub fn next(&self, page: &str) -> Option<&str> {
        let mut after = self
            .pages
            .iter()
            .skip_while(|known| known.key != page)
            .skip(1);
        after
            .find(|known| known.is_shown())
            .map(|known| known.key.as_str())
    }

    /// The page before this one; `None` before the first: the start page comes.
    pub fn back(&self, page: &str) -> Option<&str> {
        let place = self.pages.iter().position(|known| known.key == page)?;
        let mut before = self.pages[..place].iter().rev();
        before
            .find(|known| known.is_shown())
            .map(|known| known.key.as_str())
    }

    /// Where to go on: the first page that is not complete; `None` when the check page comes.
    ///
    /// Also where to go after a change from the check page, so that questions that it opened are asked first.
    pub fn resume(&self) -> Option<&str> {
        let open = |page: &&PageState| page.is_shown() && page.state != State::Complete;
        self.pages.iter().find(open).map(|page| page.key.as_str())
    }

    /// The task list: one line a section that has a page for this person, in the order of the sections.
    pub fn tasks<'a>(&'a self, definition: &'a Definition) -> Vec<Task<'a>> {
        definition
            .sections
            .iter()
            .filter_map(|section| {
                let pages: Vec<&PageState> = self
                    .pages
                    .iter()
                    .filter(|page| page.state != State::Hidden)
                    .filter(|page| {
                        definition
                            .page(&page.key)
                            .is_some_and(|found| found.section == section.key)
                    })
                    .collect();
                let first = pages.first()?;
                let open = pages.iter().find(|page| page.state != State::Complete);
                let state = if pages.iter().any(|page| page.state == State::Problem) {
                    State::Problem
                } else if open.is_none() {
                    State::Complete
                } else if pages.iter().all(|page| page.state == State::CannotStart) {
                    State::CannotStart
                } else {
                    State::Incomplete
                };
                Some(Task {
                    section: &section.key,
                    state,
                    page: &open.unwrap_or(first).key,
                })
            })
            .collect()
    }
}
