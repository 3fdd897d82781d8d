use serde::{Deserialize, Serialize};

use super::Class;
use crate::Locale;

/// A rule that a form breaks. Stable words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// A key is no word of 1 to 40 small letters, digits, `_` and, in pages and choices, `-`.
    Key,
    /// A key stands twice.
    KeyTwice,
    /// The form has no page, or the page or group no question.
    Empty,
    /// The section is not among the form's.
    Section,
    /// A condition, calculation or check names a question that there is not.
    Unknown {
        /// The key.
        question: String,
    },
    /// It names a question that comes later, or inside a group where it does not belong: never answered at that point.
    NotYet {
        /// The key.
        question: String,
    },
    /// It names a question of another kind than it needs.
    WrongKind {
        /// The key.
        question: String,
    },
    /// It waits for a choice that the question does not have.
    NoChoice {
        /// The question's key.
        question: String,
        /// The choice's.
        value: String,
    },
    /// The least is more than the most, or nothing at all is taken.
    Bounds,
    /// Fewer than two choices.
    FewChoices,
    /// No answers lead to it.
    Unreachable,
    /// A check that no answers satisfy.
    Contradiction,
    /// Two checks that no answers satisfy together.
    Conflict {
        /// The other check's key.
        other: String,
    },
    /// A text is missing in a language.
    MissingText {
        /// The language.
        locale: Locale,
    },
    /// No personal-data class.
    NoClass,
    /// A lower class than the kind of question has by law.
    ClassTooLow {
        /// The least.
        least: Class,
    },
    /// Advice: many questions on a page.
    ManyQuestions {
        /// How many.
        count: usize,
    },
    /// Advice: a group inside a group hardly fits on a phone.
    GroupInGroup,
    /// A declaration that may be left out declares nothing.
    OptionalDeclaration,
}

impl Rule {
    /// Whether the form cannot be published so; otherwise it is advice.
    pub const fn is_error(&self) -> bool {
        !matches!(self, Self::ManyQuestions { .. } | Self::GroupInGroup)
    }
}

/// A rule with the place where it is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Key of the page, question, check or section; a choice as `question.choice`; empty for the form as a whole.
    pub at: String,
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
}

/// What was found, and how long filling in takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was found, in the order of the form.
    pub findings: Vec<Finding>,
    /// Expected minutes for filling in, rounded up: an estimate of our own, see the source of `minutes`.
    pub minutes: u32,
}

impl Report {
    /// Whether the form can be published.
    pub fn is_publishable(&self) -> bool {
        !self.findings.iter().any(|finding| finding.rule.is_error())
    }
}
