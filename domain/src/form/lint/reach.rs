//! Whether some answers make conditions hold together.
//!
//! Conditions are taken apart into alternatives (disjunctive normal form); an alternative falls when it asks one question for two
//! different things, or a question that is itself only shown when something else is. What is not understood counts as possible,
//! and so does everything once the work has reached its bound.

use std::{cell::Cell, collections::BTreeMap};

use super::{Condition, Definition, Kind, Question};
use crate::{
    Day,
    form::{Comparison, Decimal, Expression},
};

/// Steps after which nothing is said any more.
const STEPS: u32 = 4_000;

/// Every question with what must hold for it to be shown.
pub(super) struct Reach<'a> {
    questions: BTreeMap<&'a str, (&'a Kind, Vec<&'a Condition>)>,
    steps: Cell<u32>,
}

/// Something that an alternative asks.
#[derive(Clone)]
enum Literal<'a> {
    /// The question is answered, or not.
    Answered(&'a str, bool),
    /// A choice is chosen, or another.
    Is(&'a str, &'a str, bool),
    /// The answer lies so to a number, or to a day as a number.
    Bound(&'a str, Comparison, Decimal),
    /// What is not understood: taken for possible.
    Open,
}

type Alternative<'a> = Vec<Literal<'a>>;

impl<'a> Reach<'a> {
    pub(super) fn of(definition: &'a Definition) -> Self {
        let mut questions = BTreeMap::new();
        for page in &definition.pages {
            gather(
                &page.questions,
                &page.when.iter().collect::<Vec<_>>(),
                &mut questions,
            );
        }
        Self {
            questions,
            steps: Cell::new(0),
        }
    }

    /// Whether there is a question of that key anywhere.
    pub(super) fn has(&self, key: &str) -> bool {
        self.questions.contains_key(key)
    }

    /// Whether some answers make all of them hold; `true` where that is not found out.
    pub(super) fn can_hold(&self, conditions: &[&'a Condition]) -> bool {
        self.steps.set(0);
        match self.all(conditions) {
            Some(alternatives) => alternatives
                .into_iter()
                .any(|one| self.is_possible(one, &[])),
            None => true,
        }
    }

    fn is_spent(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() > STEPS
    }

    /// The alternatives of conditions that hold together; `None` when there are too many.
    fn all(&self, conditions: &[&'a Condition]) -> Option<Vec<Alternative<'a>>> {
        let mut found = vec![Vec::new()];
        for condition in conditions {
            found = self.product(&found, &self.alternatives(condition, true)?)?;
        }
        Some(found)
    }

    fn product(
        &self,
        a: &[Alternative<'a>],
        b: &[Alternative<'a>],
    ) -> Option<Vec<Alternative<'a>>> {
        let mut both = Vec::new();
        for one in a {
            for other in b {
                if self.is_spent() {
                    return None;
                }
                both.push([one.as_slice(), other].concat());
            }
        }
        Some(both)
    }

    /// The alternatives in which a condition is clearly `wanted`.
    fn alternatives(&self, condition: &'a Condition, wanted: bool) -> Option<Vec<Alternative<'a>>> {
        if self.is_spent() {
            return None;
        }
        let one = |literal| Some(vec![vec![literal]]);
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                let is_all = matches!(condition, Condition::All(_)) == wanted;
                let mut found = if is_all { vec![Vec::new()] } else { Vec::new() };
                for part in list {
                    let part = self.alternatives(part, wanted)?;
                    if is_all {
                        found = self.product(&found, &part)?;
                    } else {
                        found.extend(part);
                    }
                }
                Some(found)
            }
            Condition::Not(part) => self.alternatives(part, !wanted),
            Condition::Answered(key) => one(Literal::Answered(key, wanted)),
            Condition::Is { question, value } => one(Literal::Is(question, value, wanted)),
            Condition::Compare { left, op, right } => {
                let op = if wanted { *op } else { opposite(*op) };
                one(match (left, constant(right), constant(left), right) {
                    (Expression::Answer(key), Some(number), ..) => Literal::Bound(key, op, number),
                    (.., Some(number), Expression::Answer(key)) => {
                        Literal::Bound(key, mirrored(op), number)
                    }
                    _ => Literal::Open,
                })
            }
            Condition::NikFits { .. } | Condition::SameArea { .. } => one(Literal::Open),
        }
    }

    /// Whether an alternative can be, with all that its questions need to be shown. `asked` holds those that were looked at.
    fn is_possible(&self, alternative: Alternative<'a>, asked: &[&'a str]) -> bool {
        if self.is_spent() {
            return true;
        }
        if !self.agrees(&alternative) {
            return false;
        }
        let next = alternative
            .iter()
            .find_map(|literal| needed(literal).filter(|key| !asked.contains(key)));
        let Some(key) = next else {
            return true;
        };
        // A question that there is not never has an answer.
        let Some((_, shown)) = self.questions.get(key) else {
            return false;
        };
        let Some(ways) = self.all(shown) else {
            return true;
        };
        let asked = [asked, &[key]].concat();
        ways.into_iter()
            .any(|way| self.is_possible([alternative.as_slice(), &way].concat(), &asked))
    }

    /// Whether no question is asked for two things that exclude each other.
    fn agrees(&self, alternative: &[Literal<'a>]) -> bool {
        let mut keys: Vec<&str> = alternative.iter().filter_map(needed).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().all(|key| {
            let own: Vec<&Literal<'_>> = alternative
                .iter()
                .filter(|literal| about(literal) == Some(key))
                .collect();
            let is_denied = own
                .iter()
                .any(|literal| matches!(literal, Literal::Answered(_, false)));
            let kind = self.questions.get(key).map(|(kind, _)| *kind);
            !is_denied && choices_agree(&own, kind) && bounds_agree(&own, kind)
        })
    }
}

fn gather<'a>(
    questions: &'a [Question],
    outer: &[&'a Condition],
    found: &mut BTreeMap<&'a str, (&'a Kind, Vec<&'a Condition>)>,
) {
    for question in questions {
        let mut conditions = outer.to_vec();
        conditions.extend(&question.when);
        gather(question.kind.inner(), &conditions, found);
        found.insert(&question.key, (&question.kind, conditions));
    }
}

fn about<'a>(literal: &Literal<'a>) -> Option<&'a str> {
    match literal {
        Literal::Answered(key, _) | Literal::Is(key, ..) | Literal::Bound(key, ..) => Some(key),
        Literal::Open => None,
    }
}

/// The question that must be answered for it.
fn needed<'a>(literal: &Literal<'a>) -> Option<&'a str> {
    match literal {
        Literal::Answered(_, false) | Literal::Open => None,
        other => about(other),
    }
}

fn choices_agree(own: &[&Literal<'_>], kind: Option<&Kind>) -> bool {
    let values = |wanted: bool| {
        own.iter().filter_map(move |literal| match literal {
            Literal::Is(_, value, yes) if *yes == wanted => Some(*value),
            _ => None,
        })
    };
    if values(true).any(|value| values(false).any(|other| other == value)) {
        return false;
    }
    let allowed: Vec<&str> = match kind {
        // Of several, any may be chosen beside another.
        Some(Kind::Many { options, .. }) => {
            return values(true).all(|value| options.iter().any(|option| option.key == value));
        }
        Some(Kind::One { options }) => options.iter().map(|option| option.key.as_str()).collect(),
        Some(Kind::YesNo) => vec!["yes", "no"],
        Some(Kind::Declaration) => vec!["yes"],
        // A text is one text only.
        _ => {
            let mut all = values(true);
            let first = all.next();
            return all.all(|value| Some(value) == first);
        }
    };
    let mut left = allowed.into_iter().filter(|key| {
        values(true).all(|value| value == *key) && values(false).all(|value| value != *key)
    });
    left.next().is_some()
}

fn bounds_agree(own: &[&Literal<'_>], kind: Option<&Kind>) -> bool {
    let mut bounds: Vec<(Comparison, Decimal)> = own
        .iter()
        .filter_map(|literal| match literal {
            Literal::Bound(_, op, number) => Some((*op, *number)),
            _ => None,
        })
        .collect();
    match kind {
        Some(Kind::Number { min, max, .. }) => {
            bounds.extend(min.map(|min| (Comparison::AtLeast, min)));
            bounds.extend(max.map(|max| (Comparison::AtMost, max)));
        }
        Some(Kind::Money { min, max }) => {
            let bound = |rupiah: u64| Decimal::whole(i64::try_from(rupiah).ok()?);
            bounds.extend(bound(*min).map(|min| (Comparison::AtLeast, min)));
            bounds.extend(max.and_then(bound).map(|max| (Comparison::AtMost, max)));
        }
        Some(Kind::Group { max, .. }) => {
            bounds.push((Comparison::AtLeast, Decimal::ZERO));
            bounds.push((Comparison::AtMost, Decimal::small(u32::from(*max))));
        }
        _ => {}
    }
    // Where an answer exists, one exists at an end, or between two ends or beyond them.
    let mut ends: Vec<Decimal> = bounds.iter().map(|(_, number)| *number).collect();
    ends.sort_unstable();
    let between = ends
        .windows(2)
        .filter_map(|pair| pair[0].plus(pair[1])?.over(Decimal::small(2)));
    let beyond = ends.first().and_then(|end| end.minus(Decimal::small(1)));
    let above = ends.last().and_then(|end| end.plus(Decimal::small(1)));
    let mut tried = ends
        .iter()
        .copied()
        .chain(between)
        .chain(beyond)
        .chain(above);
    ends.is_empty() || tried.any(|number| bounds.iter().all(|(op, end)| lies(number, *op, *end)))
}

fn lies(number: Decimal, op: Comparison, end: Decimal) -> bool {
    match op {
        Comparison::Same => number == end,
        Comparison::Other => number != end,
        Comparison::Less => number < end,
        Comparison::AtMost => number <= end,
        Comparison::More => number > end,
        Comparison::AtLeast => number >= end,
    }
}

/// A number or day that is written down; a day as days since 1 January of the year 1.
fn constant(expression: &Expression) -> Option<Decimal> {
    match expression {
        Expression::Number(number) => Some(*number),
        Expression::Day(day) => Decimal::whole(Day::new(1, 1, 1)?.days_until(*day)),
        _ => None,
    }
}

const fn opposite(op: Comparison) -> Comparison {
    match op {
        Comparison::Same => Comparison::Other,
        Comparison::Other => Comparison::Same,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

const fn mirrored(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
