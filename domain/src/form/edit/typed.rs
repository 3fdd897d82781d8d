//! Forms with which a form is edited: what stands in their fields, and what is read out of them. Texts, as HTML sends them.

mod condition;
mod kind;
mod service;

use crate::{
    Invalid, Problem,
    form::{Class, Draft, Kind, Prefill, Question, Text},
};

pub use condition::{ROWS, Row, condition_of, condition_typed, rows_of};
pub use kind::{KINDS, kind_of_word, kind_word};
pub use service::{service_of, service_typed};

/// What stands in the fields of a question: `key`, `label.id`, `label.en`, `help.id`, `help.en`, `is_optional`, `class`,
/// `prefill`, and those of its kind.
pub fn question_typed(question: &Question) -> Draft {
    let mut typed = Draft::default();
    typed.put("key", &question.key);
    put_text(&mut typed, "label", &question.label);
    put_text(&mut typed, "help", &question.help);
    put_tick(&mut typed, "is_optional", question.is_optional);
    typed.put("class", question.class.map_or("", class_word));
    typed.put("prefill", question.prefill.map_or("", prefill_word));
    kind::put(&mut typed, &question.kind);
    typed
}

/// Reads a question. Its kind, its condition and what stands in a group are those of `old`.
///
/// Errors: by the names of the fields.
pub fn question_of(typed: &Draft, old: &Question) -> Result<Question, Invalid> {
    let mut wrong = Invalid::default();
    let question = Question {
        key: typed.text("key").trim().to_owned(),
        label: text_of(typed, "label", &mut wrong),
        help: text_of(typed, "help", &mut wrong),
        is_optional: typed.has("is_optional"),
        class: word(typed, "class", &CLASSES, &mut wrong),
        when: old.when.clone(),
        prefill: word(typed, "prefill", &PREFILLS, &mut wrong),
        kind: kind::read(typed, &old.kind, &mut wrong),
    };
    if question.label.id.is_empty() && !matches!(question.kind, Kind::Calculated { .. }) {
        wrong.add("label.id", Problem::Missing);
    }
    wrong.check().map(|()| question)
}

const CLASSES: [(&str, Class); 3] = [
    ("none", Class::None),
    ("general", Class::General),
    ("specific", Class::Specific),
];

const PREFILLS: [(&str, Prefill); 6] = [
    ("name", Prefill::Name),
    ("email", Prefill::Email),
    ("phone", Prefill::Phone),
    ("home", Prefill::Home),
    ("nik", Prefill::Nik),
    ("kk", Prefill::Kk),
];

const fn class_word(class: Class) -> &'static str {
    match class {
        Class::None => "none",
        Class::General => "general",
        Class::Specific => "specific",
    }
}

const fn prefill_word(prefill: Prefill) -> &'static str {
    match prefill {
        Prefill::Name => "name",
        Prefill::Email => "email",
        Prefill::Phone => "phone",
        Prefill::Home => "home",
        Prefill::Nik => "nik",
        Prefill::Kk => "kk",
    }
}

fn put_text(typed: &mut Draft, field: &str, text: &Text) {
    typed.put(&format!("{field}.id"), &text.id);
    typed.put(&format!("{field}.en"), &text.en);
}

fn put_tick(typed: &mut Draft, field: &str, yes: bool) {
    if yes {
        typed.put(field, "1");
    }
}

fn put_number(typed: &mut Draft, field: &str, number: Option<impl ToString>) {
    typed.put(field, &number.map_or_else(String::new, |n| n.to_string()));
}

/// A text in both languages, without blanks around it and marks that hide or reverse text.
fn text_of(typed: &Draft, field: &str, wrong: &mut Invalid) -> Text {
    let mut one = |language: &str| {
        let field = format!("{field}.{language}");
        let max = u32::try_from(super::TEXT).unwrap_or(u32::MAX);
        let checked = crate::text::body(typed.text(&field), 0, max);
        wrong.take(&field, checked).unwrap_or_default()
    };
    Text {
        id: one("id"),
        en: one("en"),
    }
}

/// One of a list of words; nothing where nothing is chosen.
fn word<T: Copy>(typed: &Draft, field: &str, all: &[(&str, T)], wrong: &mut Invalid) -> Option<T> {
    let chosen = typed.text(field);
    if chosen.is_empty() {
        return None;
    }
    let found = all.iter().find(|(word, _)| *word == chosen);
    if found.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    found.map(|(_, value)| *value)
}

/// A whole number, as people write one; nothing where nothing stands.
fn number<T: TryFrom<i64>>(typed: &Draft, field: &str, wrong: &mut Invalid) -> Option<T> {
    let raw = typed.text(field).trim();
    if raw.is_empty() {
        return None;
    }
    let read = crate::form::Decimal::typed(raw, 0)
        .and_then(crate::form::Decimal::to_whole)
        .and_then(|n| T::try_from(n).ok());
    if read.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    read
}

/// A whole number that must be there.
fn needed<T: TryFrom<i64> + Default>(typed: &Draft, field: &str, wrong: &mut Invalid) -> T {
    if typed.text(field).trim().is_empty() {
        wrong.add(field, Problem::Missing);
    }
    number(typed, field, wrong).unwrap_or_default()
}
