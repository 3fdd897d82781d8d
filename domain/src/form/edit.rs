//! Changing a form step by step, as an officer does who builds one.
//!
//! An [`Edit`] says what is to change; [`apply`] makes the form after it and leaves the one before it alone, so that undoing is
//! going back. An edit keeps what a form must never lose: a key never becomes another's, and whatever names a question follows it
//! when its key changes. What is merely unfinished is allowed: the linter says it, and nothing is published before it is mended.

mod copy;
mod deed;
mod find;
mod key;
mod rename;
mod text;
mod typed;

use super::{Bundle, Check, Condition, Definition, Kind, LifeEvent, Question, Service, Text};
use crate::{
    Invalid, Problem,
    deadline::{Limit, Unit},
};

pub use text::{Need, TextAt};
pub use typed::{
    KINDS, ROWS, Row, condition_of, condition_typed, kind_of_word, kind_word, question_of,
    question_typed, rows_of, service_of, service_typed,
};

/// Most pages of a form.
pub const PAGES: usize = 200;
/// Most questions of a form, those in groups counted.
pub const QUESTIONS: usize = 1_000;
/// Most characters of one text.
pub const TEXT: usize = 10_000;

/// A place in a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The form as a whole.
    Form,
    /// The service around it.
    Service,
    /// A task of the task list, by its key.
    Section(String),
    /// A page.
    Page(String),
    /// A question, in a group or not.
    Question(String),
    /// A check of the form, or of the group of that key.
    Check {
        /// The group; empty for the form.
        group: String,
        /// The check.
        key: String,
    },
}

/// Where a question stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// On a page.
    Page(String),
    /// In a group.
    Group(String),
}

/// One place up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before what stands before it.
    Up,
    /// After what stands after it.
    Down,
}

/// What a page says of itself, beside its questions and its condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Its key.
    pub key: String,
    /// Its heading.
    pub title: Text,
    /// Its explanation.
    pub help: Text,
    /// Its task; empty for none.
    pub section: String,
}

/// A change. Places that are not there are refused as [`Problem::Unknown`] of the field `place`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Name and introduction of the form.
    Form {
        /// Its name.
        title: Text,
        /// What it is for.
        intro: Text,
    },
    /// All of the service but its office, which stays.
    Service(Box<Service>),
    /// Texts by their paths ([`Bundle::texts`]).
    Texts(Vec<(String, Text)>),
    /// A new task, at the end.
    AddSection(Text),
    /// The name of a task.
    Section {
        /// Which.
        key: String,
        /// Its name.
        title: Text,
    },
    /// A new page, after the last one of its section, without questions.
    AddPage {
        /// Its heading.
        title: Text,
        /// Its task; empty for none.
        section: String,
    },
    /// What a page says of itself.
    Page {
        /// Which.
        key: String,
        /// How it is to be.
        face: Face,
    },
    /// A new question, at the end of a page or group. Its key is made from the label.
    AddQuestion {
        /// Where.
        home: Home,
        /// What is asked.
        label: Text,
        /// How it is answered.
        kind: Box<Kind>,
    },
    /// A question as a whole, also under another key.
    Question {
        /// Which.
        key: String,
        /// How it is to be.
        question: Box<Question>,
    },
    /// When a page, a question or a check holds.
    When {
        /// Which.
        place: Place,
        /// The condition; nothing for always.
        when: Option<Condition>,
    },
    /// A new check, at the end. Its key is made from the message where it has none.
    AddCheck {
        /// The group; empty for the form.
        group: String,
        /// The check.
        check: Box<Check>,
    },
    /// A check as a whole, also under another key.
    Check {
        /// The group; empty for the form.
        group: String,
        /// Which.
        key: String,
        /// How it is to be.
        check: Box<Check>,
    },
    /// One place up or down. At the end of the list nothing changes.
    Move {
        /// What.
        place: Place,
        /// Where to.
        step: Step,
    },
    /// A question to the end of another page or group.
    MoveTo {
        /// Which.
        question: String,
        /// Where to.
        home: Home,
    },
    /// A copy behind it, under keys of its own: what the copy names in itself is its own copy.
    Copy(Place),
    /// Away with it. Pages of a task stay, without a task.
    Remove(Place),
    /// Another form and service in its place; key and office stay.
    Replace(Box<Bundle>),
}

/// The form after the change.
///
/// Errors: [`Problem::Unknown`] of `place` for what is not there; [`Problem::Malformed`] and [`Problem::Taken`] of `key`;
/// [`Problem::TooMany`] of `place`, [`Problem::TooLong`] of `text` beyond what a form can hold.
pub fn apply(bundle: &Bundle, edit: &Edit) -> Result<Bundle, Invalid> {
    let mut next = bundle.clone();
    deed::run(&mut next, edit)?;
    limits(&next)?;
    Ok(next)
}

fn limits(bundle: &Bundle) -> Result<(), Invalid> {
    let questions = bundle.definition.each_question().len();
    for (count, max) in [
        (bundle.definition.pages.len(), PAGES),
        (questions, QUESTIONS),
        (bundle.definition.checks.len(), QUESTIONS),
    ] {
        if count > max {
            let max = u32::try_from(max).unwrap_or(u32::MAX);
            return Err(Invalid::one("place", Problem::TooMany { max }));
        }
    }
    for at in bundle.texts() {
        let given = at.text.id.chars().count().max(at.text.en.chars().count());
        if given > TEXT {
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (max, given) = (number(TEXT), number(given));
            return Err(Invalid::one("text", Problem::TooLong { max, given }));
        }
    }
    Ok(())
}

impl Bundle {
    /// A form with nothing in it yet, of an office. Its key is made from the title; `is_taken` knows those that there are.
    pub fn begin(office: &str, title: Text, is_taken: impl Fn(&str) -> bool) -> Self {
        Self {
            service: Service {
                office: office.to_owned(),
                life_event: LifeEvent::Other,
                summary: Text::default(),
                standard: super::Standard::default(),
                fee: super::Fee::Free,
                limit: Limit {
                    unit: Unit::WorkingDays,
                    length: 5,
                    extension: 0,
                    pauses: true,
                    steps: Vec::new(),
                    note: String::new(),
                },
                retention_days: 365,
                is_online: true,
                opens: None,
                closes: None,
                note: String::new(),
            },
            definition: Definition {
                format: super::FORMAT,
                key: key::make(&title.id, '-', is_taken),
                version: 1,
                title,
                intro: Text::default(),
                sections: Vec::new(),
                pages: Vec::new(),
                checks: Vec::new(),
            },
        }
    }
}

impl Place {
    /// The key that it is known by; empty for the form and its service.
    pub fn key(&self) -> &str {
        match self {
            Self::Form | Self::Service => "",
            Self::Section(key)
            | Self::Page(key)
            | Self::Question(key)
            | Self::Check { key, .. } => key,
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Service => "service",
            Self::Section(_) => "section",
            Self::Page(_) => "page",
            Self::Question(_) => "question",
            Self::Check { .. } => "check",
        }
    }
}

impl Edit {
    /// Its word and the key of what it changes, as histories keep them: `copy_page saksi`.
    pub fn what(&self) -> String {
        let (word, key) = match self {
            Self::Form { .. } => ("form".to_owned(), ""),
            Self::Service(_) => ("service".to_owned(), ""),
            Self::Texts(_) => ("texts".to_owned(), ""),
            Self::AddSection(title) => ("add_section".to_owned(), title.id.as_str()),
            Self::Section { key, .. } => ("section".to_owned(), key.as_str()),
            Self::AddPage { title, .. } => ("add_page".to_owned(), title.id.as_str()),
            Self::Page { key, .. } => ("page".to_owned(), key.as_str()),
            Self::AddQuestion { label, .. } => ("add_question".to_owned(), label.id.as_str()),
            Self::Question { key, .. } => ("question".to_owned(), key.as_str()),
            Self::When { place, .. } => ("when".to_owned(), place.key()),
            Self::AddCheck { .. } => ("add_check".to_owned(), ""),
            Self::Check { key, .. } => ("check".to_owned(), key.as_str()),
            Self::Move { place, .. } => (format!("move_{}", place.word()), place.key()),
            Self::MoveTo { question, .. } => ("move_question".to_owned(), question.as_str()),
            Self::Copy(place) => (format!("copy_{}", place.word()), place.key()),
            Self::Remove(place) => (format!("remove_{}", place.word()), place.key()),
            Self::Replace(_) => ("replace".to_owned(), ""),
        };
        let key: String = key.chars().take(60).collect();
        format!("{word} {key}").trim_end().to_owned()
    }
}
