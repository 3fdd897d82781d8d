//! Expected minutes for filling in a form on a phone.
//!
//! An estimate of our own, in seconds for each kind of question by what has to be looked up and typed, not measured yet. Questions
//! with a condition count half, an optional one half, a group its fewest items. Texts are read at 200 words a minute.

use super::{Definition, Kind, Question};
use crate::form::{Page, Text};

pub(super) fn expected(definition: &Definition) -> u32 {
    let pages: u32 = definition
        .pages
        .iter()
        .map(page)
        .fold(0, u32::saturating_add);
    pages
        .saturating_add(reading(&definition.intro))
        .div_ceil(60)
        .max(1)
}

fn page(page: &Page) -> u32 {
    let seconds = sum(&page.questions)
        .saturating_add(reading(&page.help))
        .saturating_add(2);
    if page.when.is_some() {
        seconds / 2
    } else {
        seconds
    }
}

fn sum(questions: &[Question]) -> u32 {
    questions.iter().map(question).fold(0, u32::saturating_add)
}

fn question(question: &Question) -> u32 {
    let choices = u32::try_from(question.kind.options().len()).unwrap_or(u32::MAX);
    let answering = match &question.kind {
        Kind::Short { .. } | Kind::Date { .. } | Kind::Email => 15,
        Kind::Long { .. } => 90,
        Kind::Number { .. } | Kind::Declaration => 10,
        Kind::Money { .. } | Kind::Phone => 12,
        Kind::One { .. } => 6_u32.saturating_add(choices / 3),
        Kind::Many { .. } => 10_u32.saturating_add(choices / 2),
        Kind::YesNo => 5,
        Kind::Address { .. } => 40,
        Kind::Place { .. } | Kind::Nop { .. } => 30,
        Kind::File { .. } => 60,
        Kind::Nik | Kind::Kk => 25,
        Kind::Calculated { .. } => 0,
        Kind::Group { min, questions, .. } => sum(questions).saturating_mul(u32::from(*min).max(1)),
    };
    let seconds = answering
        .saturating_add(reading(&question.label))
        .saturating_add(reading(&question.help));
    let is_rare = question.when.is_some() || question.is_optional;
    if is_rare { seconds / 2 } else { seconds }
}

/// Seconds for reading a text.
fn reading(text: &Text) -> u32 {
    let words = u32::try_from(text.id.split_whitespace().count()).unwrap_or(u32::MAX);
    words.saturating_mul(3) / 10
}
