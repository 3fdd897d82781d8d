//! Texts that are missing in a language.

use super::{Check, Definition, Finding, Kind, Question, Rule};
use crate::{Locale, form::Text};

pub(super) fn missing(definition: &Definition, findings: &mut Vec<Finding>) {
    let mut texts = Texts(findings);
    texts.needed("", &definition.title);
    texts.both("", &definition.intro);
    for section in &definition.sections {
        texts.needed(&section.key, &section.title);
    }
    for page in &definition.pages {
        texts.needed(&page.key, &page.title);
        texts.both(&page.key, &page.help);
        page.questions
            .iter()
            .for_each(|question| texts.question(question));
    }
    texts.checks(&definition.checks);
}

struct Texts<'a>(&'a mut Vec<Finding>);

impl Texts<'_> {
    /// A text that must be there in every language.
    fn needed(&mut self, at: &str, text: &Text) {
        for (locale, text) in [(Locale::Id, &text.id), (Locale::En, &text.en)] {
            if text.trim().is_empty() {
                self.0.push(Finding {
                    at: at.to_owned(),
                    rule: Rule::MissingText { locale },
                });
            }
        }
    }

    /// A text that may be missing, but not in one language only.
    fn both(&mut self, at: &str, text: &Text) {
        if !text.is_empty() {
            self.needed(at, text);
        }
    }

    fn question(&mut self, question: &Question) {
        let key = question.key.as_str();
        self.needed(key, &question.label);
        self.both(key, &question.help);
        for option in question.kind.options() {
            let path = format!("{key}.{}", option.key);
            self.needed(&path, &option.label);
            self.both(&path, &option.hint);
        }
        match &question.kind {
            Kind::Number { unit, .. } => self.both(key, unit),
            Kind::Group {
                item,
                questions,
                checks,
                ..
            } => {
                self.needed(key, item);
                for inner in questions {
                    self.question(inner);
                }
                self.checks(checks);
            }
            _ => {}
        }
    }

    fn checks(&mut self, checks: &[Check]) {
        for check in checks {
            self.needed(&check.key, &check.message);
        }
    }
}
