//! What a form's author should know before it is published.
//!
//! Nothing here is guessed: a page is called unreachable only when no answers can lead to it. Where that is not found out with
//! bounded work, nothing is said.

mod minutes;
mod name;
mod reach;
mod rule;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeSet;

use super::{Check, Class, Condition, Definition, Kind, Question};
use reach::Reach;

pub use rule::{Finding, Report, Rule};

/// Most questions of a page before advice is given: one thing a page is the rule.
const QUESTIONS: usize = 6;

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
}

pub(super) fn is_key(key: &str, may_have_hyphen: bool) -> bool {
    (1..=40).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| {
            b.is_ascii_lowercase()
                || b.is_ascii_digit()
                || b == b'_'
                || (may_have_hyphen && b == b'-')
        })
}

/// Whether a form can have this word in its address.
pub fn is_form_key(key: &str) -> bool {
    is_key(key, true)
}

/// Keys of choices may be codes of official lists: `1`, `L`.
pub(super) fn is_choice(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}
