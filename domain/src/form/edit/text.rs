//! Every text of a form and its service, in their order: what a translator works through.

use crate::form::{Bundle, Check, Component, Kind, Question, Text};

/// Whether a text must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// In every language.
    Always,
    /// In every language or in none.
    Together,
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextAt {
    /// Its place, such as `question.nama.label`, `choice.tempat.1.label`, `standard.fee`.
    pub path: String,
    /// The page on which it is read; empty for what belongs to the form or the service as a whole.
    pub page: String,
    /// Whether it must be there.
    pub need: Need,
    /// The text.
    pub text: Text,
}

impl TextAt {
    /// Whether a language is missing that must be there.
    pub fn is_lacking(&self) -> bool {
        let lacks = |text: &str| text.trim().is_empty();
        match self.need {
            Need::Always => lacks(&self.text.id) || lacks(&self.text.en),
            Need::Together => lacks(&self.text.id) != lacks(&self.text.en),
        }
    }
}

impl Bundle {
    /// Every text, in order.
    pub fn texts(&self) -> Vec<TextAt> {
        let mut found = Vec::new();
        let mut copy = self.clone();
        each(&mut copy, &mut |path, page, need, text| {
            found.push(TextAt {
                path,
                page: page.to_owned(),
                need,
                text: std::mem::take(text),
            });
        });
        found
    }
}

/// Calls `visit` with path, page, need and text.
type Visit<'a> = &'a mut dyn FnMut(String, &str, Need, &mut Text);

pub(super) fn each(bundle: &mut Bundle, visit: Visit<'_>) {
    use Need::{Always, Together};
    let definition = &mut bundle.definition;
    visit("title".to_owned(), "", Always, &mut definition.title);
    visit("intro".to_owned(), "", Together, &mut definition.intro);
    for section in &mut definition.sections {
        let path = format!("section.{}", section.key);
        visit(path, "", Always, &mut section.title);
    }
    for page in &mut definition.pages {
        let key = page.key.clone();
        visit(format!("page.{key}.title"), &key, Always, &mut page.title);
        visit(format!("page.{key}.help"), &key, Together, &mut page.help);
        for question in &mut page.questions {
            of_question(question, &key, visit);
        }
    }
    of_checks(&mut definition.checks, "", "", visit);
    let service = &mut bundle.service;
    visit("summary".to_owned(), "", Always, &mut service.summary);
    for component in Component::ALL {
        let path = format!("standard.{}", component.word());
        visit(path, "", Always, service.standard.get_mut(component));
    }
}

fn of_question(question: &mut Question, page: &str, visit: Visit<'_>) {
    let at = format!("question.{}", question.key);
    visit(
        format!("{at}.label"),
        page,
        Need::Always,
        &mut question.label,
    );
    visit(
        format!("{at}.help"),
        page,
        Need::Together,
        &mut question.help,
    );
    match &mut question.kind {
        Kind::Number { unit, .. } => visit(format!("{at}.unit"), page, Need::Together, unit),
        Kind::One { options } | Kind::Many { options, .. } => {
            for option in options {
                let at = format!("choice.{}.{}", question.key, option.key);
                visit(format!("{at}.label"), page, Need::Always, &mut option.label);
                visit(format!("{at}.hint"), page, Need::Together, &mut option.hint);
            }
        }
        Kind::Group {
            item,
            questions,
            checks,
            ..
        } => {
            visit(format!("{at}.item"), page, Need::Always, item);
            for inner in questions {
                of_question(inner, page, visit);
            }
            of_checks(checks, &question.key, page, visit);
        }
        _ => {}
    }
}

fn of_checks(checks: &mut [Check], group: &str, page: &str, visit: Visit<'_>) {
    for check in checks {
        let path = format!("check.{group}.{}", check.key);
        visit(path, page, Need::Always, &mut check.message);
    }
}
