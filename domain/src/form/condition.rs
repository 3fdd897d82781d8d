//! Conditions and calculations over answers.
//!
//! Three-valued: where an answer that is compared is missing, there is neither yes nor no. A question is shown on a clear
//! yes only, a check fails on a clear no only.

mod evaluate;

use serde::{Deserialize, Serialize};

use super::Decimal;
use crate::Day;

pub(super) use evaluate::{Scope, Value};

/// Something that holds or does not. Questions are named by their keys: in a group, of the same item first, then outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// All of them hold; with none, it holds.
    All(Vec<Condition>),
    /// One of them holds at least; with none, it does not.
    Any(Vec<Condition>),
    /// The other way round; of what is neither yes nor no, neither.
    Not(Box<Condition>),
    /// The question is shown and has a valid answer. Never undecided.
    Answered(String),
    /// The choice is chosen (of many: among others); `yes` or `no`; a text exactly.
    Is {
        /// The question.
        question: String,
        /// Key of a choice, `yes`, `no`, or a text.
        value: String,
    },
    /// A comparison of numbers, of days or of texts.
    Compare {
        /// One side.
        left: Expression,
        /// How.
        op: Comparison,
        /// The other.
        right: Expression,
    },
    /// A NIK fits a birth date (whose century decides) and a sex (`L` or `P`), as far as they are answered.
    NikFits {
        /// The question with the NIK.
        nik: String,
        /// The question with the birth date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        born: Option<String>,
        /// The question with the sex.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sex: Option<String>,
    },
    /// Two addresses lie in the same area. One in the city and one elsewhere do not; of two elsewhere, nobody knows.
    SameArea {
        /// A question with an address.
        one: String,
        /// Another.
        other: String,
        /// How near.
        level: Level,
    },
}

/// How two values are compared. Texts are only the same or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same.
    Same,
    /// Not the same.
    Other,
    /// Less, earlier.
    Less,
    /// Not more, not later.
    AtMost,
    /// More, later.
    More,
    /// Not less, not earlier.
    AtLeast,
}

/// An area by the parts of its code, `35.79.01.1001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Desa or kelurahan.
    Village,
    /// Kecamatan.
    District,
    /// City or kabupaten.
    City,
}

/// A value that is reckoned. Nothing comes out where an answer is missing, a number is too large or kinds do not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// A number.
    Number(Decimal),
    /// A text, or the key of a choice.
    Text(String),
    /// A day.
    Day(Day),
    /// The day of filling in.
    Today,
    /// The answer to a question; of a group, how many items it has.
    Answer(String),
    /// The sum of numbers; 0 of none.
    Add(Vec<Expression>),
    /// The first less the second.
    Subtract(Box<Expression>, Box<Expression>),
    /// The product of numbers; 1 of none.
    Multiply(Vec<Expression>),
    /// The first over the second, its seventh decimal dropped.
    Divide(Box<Expression>, Box<Expression>),
    /// The least of numbers.
    Least(Vec<Expression>),
    /// The greatest of numbers.
    Greatest(Vec<Expression>),
    /// A number rounded to so many decimals, halves away from 0.
    Round(Box<Expression>, u8),
    /// The sum of the answers to a question in a group; items without an answer count 0.
    Sum {
        /// The group.
        group: String,
        /// The question in it.
        of: String,
    },
    /// Full years from the first day to the second, as an age.
    Years(Box<Expression>, Box<Expression>),
    /// Days from the first day to the second.
    Days(Box<Expression>, Box<Expression>),
    /// One value or another, by a condition.
    If {
        /// The condition.
        when: Box<Condition>,
        /// Where it holds.
        then: Box<Expression>,
        /// Where it does not.
        otherwise: Box<Expression>,
    },
}

impl Condition {
    /// Calls `visit` for every question that is named, those inside a group's sum as `(group, question)`.
    pub(super) fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str, Option<&'a str>)) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|one| one.names(visit)),
            Self::Not(one) => one.names(visit),
            Self::Answered(question) | Self::Is { question, .. } => visit(question, None),
            Self::Compare { left, right, .. } => {
                left.names(visit);
                right.names(visit);
            }
            Self::NikFits { nik, born, sex } => {
                visit(nik, None);
                [born, sex]
                    .into_iter()
                    .flatten()
                    .for_each(|one| visit(one, None));
            }
            Self::SameArea { one, other, .. } => {
                visit(one, None);
                visit(other, None);
            }
        }
    }
}

impl Expression {
    /// As [`Condition::names`].
    pub(super) fn names<'a>(&'a self, visit: &mut impl FnMut(&'a str, Option<&'a str>)) {
        // A closure that takes itself cannot recurse through generics; dynamic dispatch can.
        let visit: &mut dyn FnMut(&'a str, Option<&'a str>) = visit;
        self.walk(visit);
    }

    fn walk<'a>(&'a self, mut visit: &mut dyn FnMut(&'a str, Option<&'a str>)) {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Day(_) | Self::Today => {}
            Self::Answer(question) => visit(question, None),
            Self::Add(list) | Self::Multiply(list) | Self::Least(list) | Self::Greatest(list) => {
                for one in list {
                    one.walk(visit);
                }
            }
            Self::Subtract(a, b) | Self::Divide(a, b) | Self::Years(a, b) | Self::Days(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Self::Round(one, _) => one.walk(visit),
            Self::Sum { group, of } => visit(group, Some(of)),
            Self::If {
                when,
                then,
                otherwise,
            } => {
                when.names(&mut visit);
                then.walk(visit);
                otherwise.walk(visit);
            }
        }
    }
}
