//! What a form's author should know before it is published.
//!
//! Nothing here is guessed: a page is called unreachable only when no answers can lead to it. Where that is not found out with
//! bounded work, nothing is said.

mod minutes;
mod reach;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Check, Class, Condition, Definition, Expression, Kind, Question};
use crate::Locale;
use reach::Reach;

/// Most questions of a page before advice is given: one thing a page is the rule.
const QUESTIONS: usize = 6;

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

/// Looks through a form. Pure, and bounded: a large form takes milliseconds.
pub fn lint(definition: &Definition) -> Report {
    let mut all = BTreeSet::new();
    let mut lint = Lint {
        findings: Vec::new(),
        known: Vec::new(),
        all: &mut all,
        reach: Reach::of(definition),
    };
    lint.definition(definition);
    text::missing(definition, &mut lint.findings);
    Report {
        findings: lint.findings,
        minutes: minutes::expected(definition),
    }
}

struct Lint<'a, 'b> {
    findings: Vec<Finding>,
    /// Questions that are answered at the point that is looked at.
    known: Vec<&'a Question>,
    /// Keys of questions so far.
    all: &'b mut BTreeSet<&'a str>,
    reach: Reach<'a>,
}

impl<'a> Lint<'a, '_> {
    fn add(&mut self, at: &str, rule: Rule) {
        self.findings.push(Finding {
            at: at.to_owned(),
            rule,
        });
    }

    fn expect(&mut self, holds: bool, at: &str, rule: Rule) {
        if !holds {
            self.add(at, rule);
        }
    }

    fn definition(&mut self, definition: &'a Definition) {
        self.expect(is_key(&definition.key, true), "", Rule::Key);
        self.expect(!definition.pages.is_empty(), "", Rule::Empty);
        self.twice(
            definition
                .sections
                .iter()
                .map(|section| section.key.as_str()),
            "",
        );
        self.twice(definition.pages.iter().map(|page| page.key.as_str()), "");
        for page in &definition.pages {
            self.expect(is_key(&page.key, true), &page.key, Rule::Key);
            self.expect(!page.questions.is_empty(), &page.key, Rule::Empty);
            let has_section = definition
                .sections
                .iter()
                .any(|section| section.key == page.section);
            self.expect(
                page.section.is_empty() || has_section,
                &page.key,
                Rule::Section,
            );
            let count = page.questions.len();
            self.expect(count <= QUESTIONS, &page.key, Rule::ManyQuestions { count });
            let conditions: Vec<&Condition> = page.when.iter().collect();
            if self.condition(page.when.as_ref(), &page.key, &conditions) {
                self.questions(&page.questions, &conditions, false);
            }
        }
        self.checks(&definition.checks, &[]);
    }

    fn twice(&mut self, keys: impl Iterator<Item = &'a str>, at: &str) {
        let mut seen = BTreeSet::new();
        for key in keys {
            let path = if at.is_empty() {
                key.to_owned()
            } else {
                format!("{at}.{key}")
            };
            self.expect(seen.insert(key), &path, Rule::KeyTwice);
        }
    }

    /// Looks at a condition; whether the place that has it can be reached.
    fn condition(&mut self, own: Option<&'a Condition>, at: &str, all: &[&'a Condition]) -> bool {
        let Some(own) = own else {
            return true;
        };
        self.references(own, at);
        let reached = self.reach.can_hold(all);
        self.expect(reached, at, Rule::Unreachable);
        reached
    }

    fn questions(&mut self, questions: &'a [Question], outer: &[&'a Condition], is_inner: bool) {
        for question in questions {
            let key = question.key.as_str();
            self.expect(is_key(key, false), key, Rule::Key);
            let is_new = self.all.insert(key);
            self.expect(is_new, key, Rule::KeyTwice);
            let mut conditions = outer.to_vec();
            conditions.extend(&question.when);
            self.condition(question.when.as_ref(), key, &conditions);
            self.class(question);
            self.kind(question);
            self.known.push(question);
            if let Kind::Group {
                questions, checks, ..
            } = &question.kind
            {
                self.expect(!is_inner, key, Rule::GroupInGroup);
                self.expect(!questions.is_empty(), key, Rule::Empty);
                let outside = self.known.len();
                self.questions(questions, &conditions, true);
                self.checks(checks, &conditions);
                self.known.truncate(outside);
            }
        }
    }

    fn class(&mut self, question: &Question) {
        // Nothing is asked in a group itself, and a class is asked of every question in it.
        let least = match question.kind {
            Kind::Group { .. } => return,
            Kind::Nik | Kind::Kk | Kind::Email | Kind::Phone | Kind::Address { .. } => {
                Class::General
            }
            _ => Class::None,
        };
        match question.class {
            None => self.add(&question.key, Rule::NoClass),
            Some(class) => self.expect(class >= least, &question.key, Rule::ClassTooLow { least }),
        }
    }

    fn kind(&mut self, question: &'a Question) {
        let key = question.key.as_str();
        let count = question.kind.options().len();
        let fits = match &question.kind {
            Kind::Short { min, max } | Kind::Long { min, max } => *max > 0 && min <= max,
            Kind::Number {
                min, max, decimals, ..
            } => *decimals <= 6 && min.zip(*max).is_none_or(|(min, max)| min <= max),
            Kind::Money { min, max } => max.is_none_or(|max| *min <= max),
            // Compared on any day: bounds of one kind stay in order.
            Kind::Date { earliest, latest } => match (earliest, latest) {
                (Some(super::Bound::On(from)), Some(super::Bound::On(to))) => from <= to,
                (Some(super::Bound::Today(from)), Some(super::Bound::Today(to))) => from <= to,
                _ => true,
            },
            Kind::Many { min, max, .. } => {
                let most = max.map_or(count, usize::from);
                usize::from(*min) <= count && usize::from(*min) <= most && most > 0
            }
            Kind::Place { within } => within.is_none_or(|b| b.south <= b.north && b.west <= b.east),
            Kind::File { kinds, max_kb, max } => !kinds.is_empty() && *max_kb > 0 && *max > 0,
            Kind::Group { min, max, .. } => min <= max && (1..=Kind::ITEMS).contains(max),
            _ => true,
        };
        self.expect(fits, key, Rule::Bounds);
        match &question.kind {
            Kind::One { options } | Kind::Many { options, .. } => {
                self.expect(count >= 2, key, Rule::FewChoices);
                self.twice(options.iter().map(|option| option.key.as_str()), key);
                for option in options {
                    let path = format!("{key}.{}", option.key);
                    self.expect(is_choice(&option.key), &path, Rule::Key);
                }
            }
            Kind::Calculated { value, .. } => {
                let mut named = Vec::new();
                value.names(&mut |name, inner| named.push((name, inner)));
                self.names(named, key);
            }
            Kind::Declaration => self.expect(!question.is_optional, key, Rule::OptionalDeclaration),
            _ => {}
        }
    }

    fn checks(&mut self, checks: &'a [Check], outer: &[&'a Condition]) {
        self.twice(checks.iter().map(|check| check.key.as_str()), "");
        for (place, check) in checks.iter().enumerate() {
            if !self.known.iter().any(|question| question.key == check.at) {
                let question = check.at.clone();
                self.add(&check.key, Rule::Unknown { question });
            }
            let mut given = outer.to_vec();
            given.extend(&check.when);
            if let Some(when) = &check.when {
                self.condition(Some(when), &check.key, &given);
            }
            self.references(&check.must, &check.key);
            let with = |more: &[&'a Condition]| [given.as_slice(), more].concat();
            if !self.reach.can_hold(&with(&[&check.must])) {
                self.add(&check.key, Rule::Contradiction);
                continue;
            }
            for other in &checks[..place] {
                let mut both: Vec<&Condition> = other.when.iter().collect();
                let is_judged_together = self.reach.can_hold(&with(&both));
                both.push(&other.must);
                let other_holds = self.reach.can_hold(&with(&both));
                both.push(&check.must);
                if is_judged_together && other_holds && !self.reach.can_hold(&with(&both)) {
                    let other = other.key.clone();
                    self.add(&check.key, Rule::Conflict { other });
                }
            }
        }
    }

    /// Whether every question that a condition names is there, of a fitting kind.
    fn references(&mut self, condition: &'a Condition, at: &str) {
        let mut named = Vec::new();
        condition.names(&mut |name, inner| named.push((name, inner)));
        self.names(named, at);
        self.kinds(condition, at);
    }

    fn names(&mut self, named: Vec<(&'a str, Option<&'a str>)>, at: &str) {
        for (name, inner) in named {
            let question = name.to_owned();
            match self.known.iter().rev().find(|known| known.key == name) {
                None if self.reach.has(name) => self.add(at, Rule::NotYet { question }),
                None => self.add(at, Rule::Unknown { question }),
                Some(found) => {
                    let Some(inner) = inner else { continue };
                    let summed = found.kind.inner().iter().find(|one| one.key == inner);
                    let question = inner.to_owned();
                    match summed.map(|one| &one.kind) {
                        None => self.add(at, Rule::Unknown { question }),
                        Some(
                            Kind::Number { .. } | Kind::Money { .. } | Kind::Calculated { .. },
                        ) => {}
                        Some(_) => self.add(at, Rule::WrongKind { question }),
                    }
                }
            }
        }
    }

    fn kinds(&mut self, condition: &'a Condition, at: &str) {
        let find = |key: &str| {
            self.known
                .iter()
                .rev()
                .find(|known| known.key == key)
                .map(|found| &found.kind)
        };
        let mut wrong: Vec<&str> = Vec::new();
        let mut need = |key: &'a str, fits: fn(&Kind) -> bool| {
            if find(key).is_some_and(|kind| !fits(kind)) {
                wrong.push(key);
            }
        };
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                for one in list {
                    self.kinds(one, at);
                }
                return;
            }
            Condition::Not(one) => return self.kinds(one, at),
            Condition::Is { question, value } => {
                need(question, |kind| {
                    !matches!(
                        kind,
                        Kind::Number { .. }
                            | Kind::Money { .. }
                            | Kind::Date { .. }
                            | Kind::Group { .. }
                            | Kind::File { .. }
                    )
                });
                let is_there = match find(question) {
                    Some(kind @ (Kind::One { .. } | Kind::Many { .. })) => {
                        kind.options().iter().any(|option| option.key == *value)
                    }
                    Some(Kind::YesNo) => matches!(value.as_str(), "yes" | "no"),
                    _ => true,
                };
                if !is_there {
                    let (question, value) = (question.clone(), value.clone());
                    self.add(at, Rule::NoChoice { question, value });
                }
            }
            Condition::NikFits { nik, born, sex } => {
                need(nik, |kind| matches!(kind, Kind::Nik));
                if let Some(born) = born {
                    need(born, |kind| matches!(kind, Kind::Date { .. }));
                }
                if let Some(sex) = sex {
                    need(sex, |kind| matches!(kind, Kind::One { .. }));
                }
            }
            Condition::SameArea { one, other, .. } => {
                need(one, |kind| matches!(kind, Kind::Address { .. }));
                need(other, |kind| matches!(kind, Kind::Address { .. }));
            }
            Condition::Compare { left, right, .. } => {
                for side in [left, right] {
                    if let Expression::Answer(key) = side {
                        need(key, |kind| {
                            !matches!(
                                kind,
                                Kind::Many { .. }
                                    | Kind::Address { .. }
                                    | Kind::Place { .. }
                                    | Kind::File { .. }
                            )
                        });
                    }
                }
            }
            Condition::Answered(_) => {}
        }
        for key in wrong {
            let question = key.to_owned();
            self.add(at, Rule::WrongKind { question });
        }
    }
}

fn is_key(key: &str, may_have_hyphen: bool) -> bool {
    (1..=40).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| {
            b.is_ascii_lowercase()
                || b.is_ascii_digit()
                || b == b'_'
                || (may_have_hyphen && b == b'-')
        })
}

/// Keys of choices may be codes of official lists: `1`, `L`.
fn is_choice(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}
