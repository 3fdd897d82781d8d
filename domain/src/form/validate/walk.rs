//! Walking through a form in its order.

use std::collections::BTreeMap;

use super::{
    Answer, Check, Condition, Context, Decimal, Draft, Fault, Kind, Outcome, Page, PageState,
    Question, Shown, State, Unit, Wrong,
};
use crate::{
    form::{
        condition::{Scope, Value},
        read::read,
    },
    identity::Doubt,
};

/// Where a walk is and what it found.
pub(super) struct Walk<'a> {
    draft: &'a Draft,
    context: &'a Context<'a>,
    pub(super) answers: BTreeMap<String, Answer>,
    pub(super) outcome: Outcome,
    /// What stands before a key, outermost first.
    prefixes: Vec<String>,
    /// Key of the page that is walked.
    page: &'a str,
}

/// Whether something is shown.
enum Visible {
    Yes,
    No,
    /// Something that it depends on is still open.
    Open,
}

impl<'a> Walk<'a> {
    pub(super) fn new(draft: &'a Draft, context: &'a Context<'a>) -> Self {
        Self {
            draft,
            context,
            answers: BTreeMap::new(),
            outcome: Outcome::default(),
            prefixes: vec![String::new()],
            page: "",
        }
    }

    pub(super) fn page(&mut self, page: &'a Page) {
        self.page = &page.key;
        let state = match self.visible(page.when.as_ref()) {
            Visible::Yes => {
                let before = self.outcome.shown.len();
                let is_open = self.questions(&page.questions);
                // A page of which every question is hidden is not worth a step.
                if page.questions.is_empty() || self.outcome.shown.len() > before {
                    State::Complete
                } else if is_open {
                    State::CannotStart
                } else {
                    State::Hidden
                }
            }
            Visible::No => State::Hidden,
            Visible::Open => State::CannotStart,
        };
        self.outcome.pages.push(PageState {
            key: page.key.clone(),
            state,
        });
    }

    /// Walks questions; whether one of them depends on something open.
    fn questions(&mut self, questions: &'a [Question]) -> bool {
        let mut is_open = false;
        for question in questions {
            match self.visible(question.when.as_ref()) {
                Visible::Yes => self.question(question),
                Visible::No => {}
                Visible::Open => is_open = true,
            }
        }
        is_open
    }

    fn question(&mut self, question: &'a Question) {
        let path = format!("{}{}", self.prefix(), question.key);
        match &question.kind {
            Kind::Calculated { value, unit } => {
                let found = self
                    .scope()
                    .value(value)
                    .and_then(|value| calculated(value, *unit));
                if let Some(answer) = found {
                    self.show(&path);
                    self.answers.insert(path, answer);
                }
            }
            Kind::Group {
                min,
                max,
                questions,
                checks,
                ..
            } => {
                self.show(&path);
                self.group(&path, question.is_optional, (*min, *max), questions, checks);
            }
            _ => {
                self.show(&path);
                match read(question, &path, self.draft, self.context) {
                    Ok(Some(answer)) => {
                        self.doubt(&path, &answer);
                        self.answers.insert(path, answer);
                    }
                    Ok(None) => {}
                    Err(faults) => {
                        for (field, fault) in faults {
                            self.wrong(&path, field, fault);
                        }
                    }
                }
            }
        }
    }

    fn group(
        &mut self,
        path: &str,
        is_optional: bool,
        (min, max): (u16, u16),
        questions: &'a [Question],
        checks: &'a [Check],
    ) {
        let max = max.min(Kind::ITEMS);
        let draft = self.draft;
        let mut items = draft.items(path);
        let min = if is_optional && items.is_empty() {
            0
        } else {
            min.max(1)
        };
        if items.len() > usize::from(max) {
            items.truncate(usize::from(max));
            self.wrong(path, path.to_owned(), Fault::TooMany { max });
        } else if items.len() < usize::from(min) {
            self.wrong(path, path.to_owned(), Fault::TooFew { min });
        }
        let ids = items.iter().map(ToString::to_string).collect();
        self.answers.insert(path.to_owned(), Answer::Items(ids));
        for item in items {
            self.prefixes.push(format!("{path}.{item}."));
            self.questions(questions);
            for check in checks {
                self.check(check);
            }
            self.prefixes.pop();
        }
    }

    /// Judges a rule, beside a question that is shown and has nothing else wrong.
    pub(super) fn check(&mut self, check: &Check) {
        let path = format!("{}{}", self.prefix(), check.at);
        let Some(shown) = self
            .outcome
            .shown
            .iter()
            .rev()
            .find(|shown| shown.path == path)
        else {
            return;
        };
        let page = shown.page.clone();
        let is_judged = check
            .when
            .as_ref()
            .is_none_or(|when| self.scope().holds(when) == Some(true));
        let is_broken = is_judged && self.scope().holds(&check.must) == Some(false);
        if !is_broken || self.outcome.fault(&path).is_some() {
            return;
        }
        let wrong = Wrong {
            page,
            field: path.clone(),
            path,
            fault: Fault::Check {
                key: check.key.clone(),
                message: check.message.clone(),
            },
        };
        if check.is_advice {
            self.outcome.advice.push(wrong);
        } else {
            self.outcome.wrong.push(wrong);
        }
    }

    /// A NIK of this city whose kecamatan the city does not have.
    fn doubt(&mut self, path: &str, answer: &Answer) {
        let (Answer::Nik(nik), Some(areas)) = (answer, self.context.areas) else {
            return;
        };
        let code = nik.area();
        let is_of_city = areas
            .iter()
            .any(|area| area.id.as_str().get(..6) == code.get(..6));
        if is_of_city && !areas.iter().any(|area| area.id.as_str() == code) {
            self.outcome.advice.push(Wrong {
                page: self.page.to_owned(),
                path: path.to_owned(),
                field: path.to_owned(),
                fault: Fault::Doubt {
                    doubt: Doubt::UnknownArea,
                },
            });
        }
    }

    fn visible(&self, when: Option<&Condition>) -> Visible {
        let Some(when) = when else {
            return Visible::Yes;
        };
        match self.scope().holds(when) {
            Some(true) => Visible::Yes,
            Some(false) => Visible::No,
            None => {
                let mut is_open = false;
                when.names(&mut |key, _| is_open |= self.is_open(key));
                if is_open { Visible::Open } else { Visible::No }
            }
        }
    }

    /// Whether a question is asked and has no valid answer yet.
    fn is_open(&self, key: &str) -> bool {
        let is_wrong = |prefix: &String| self.outcome.fault(&format!("{prefix}{key}")).is_some();
        self.prefixes.iter().any(is_wrong)
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            answers: &self.answers,
            prefixes: &self.prefixes,
            today: self.context.today,
        }
    }

    fn prefix(&self) -> &str {
        self.prefixes.last().map_or("", String::as_str)
    }

    fn show(&mut self, path: &str) {
        self.outcome.shown.push(Shown {
            page: self.page.to_owned(),
            path: path.to_owned(),
        });
    }

    fn wrong(&mut self, path: &str, field: String, fault: Fault) {
        self.outcome.wrong.push(Wrong {
            page: self.page.to_owned(),
            path: path.to_owned(),
            field,
            fault,
        });
    }
}

fn calculated(value: Value<'_>, unit: Unit) -> Option<Answer> {
    match (unit, value) {
        (Unit::Number(places), Value::Number(number)) => number.rounded(places).map(Answer::Number),
        (Unit::Money, Value::Number(number)) => floor(number).map(Answer::Money),
        (Unit::Date, Value::Day(day)) => Some(Answer::Date(day)),
        (Unit::Text, Value::Text(text)) => Some(Answer::Text(text.into_owned())),
        _ => None,
    }
}

/// Whole Rupiah, parts dropped; nothing below 0.
fn floor(number: Decimal) -> Option<u64> {
    let whole = number.to_string();
    whole.split('.').next()?.parse().ok()
}
