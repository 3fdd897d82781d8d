//! What a condition or a calculation comes to.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap};

use super::{Comparison, Condition, Expression, Level};
use crate::{
    Day,
    form::{Answer, Decimal, answer::Address},
    identity::Sex,
};

/// Answers as they are seen from a place in the form.
pub(in crate::form) struct Scope<'a> {
    /// All answers so far, by path.
    pub(in crate::form) answers: &'a BTreeMap<String, Answer>,
    /// What stands before a key: `""` outside groups, then `anggota.2.` and deeper.
    pub(in crate::form) prefixes: &'a [String],
    /// The day of filling in.
    pub(in crate::form) today: Day,
}

/// A value of a calculation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::form) enum Value<'a> {
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Day),
    /// A text.
    Text(Cow<'a, str>),
}

impl<'a> Scope<'a> {
    fn find(&self, key: &str) -> Option<&'a Answer> {
        self.place(key).map(|(answer, _)| answer)
    }

    /// The answer with its path, from the inside outwards.
    fn place(&self, key: &str) -> Option<(&'a Answer, String)> {
        self.prefixes.iter().rev().find_map(|prefix| {
            let path = format!("{prefix}{key}");
            Some((self.answers.get(&path)?, path))
        })
    }

    /// Whether it holds; `None` where an answer is missing.
    pub(in crate::form) fn holds(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::All(list) => self.decide(list, false),
            Condition::Any(list) => self.decide(list, true),
            Condition::Not(one) => self.holds(one).map(|yes| !yes),
            Condition::Answered(question) => Some(self.find(question).is_some()),
            Condition::Is { question, value } => {
                self.find(question).map(|answer| is(answer, value))
            }
            Condition::Compare { left, op, right } => {
                compare(&self.value(left)?, *op, &self.value(right)?)
            }
            Condition::NikFits { nik, born, sex } => {
                self.nik_fits(nik, born.as_deref(), sex.as_deref())
            }
            Condition::SameArea { one, other, level } => self.same_area(one, other, *level),
        }
    }

    /// The first clear `stop` decides; without one, something undecided leaves all undecided.
    fn decide(&self, list: &[Condition], stop: bool) -> Option<bool> {
        let mut found = Some(!stop);
        for one in list {
            match self.holds(one) {
                Some(yes) if yes == stop => return Some(stop),
                Some(_) => {}
                None => found = None,
            }
        }
        found
    }

    fn nik_fits(&self, nik: &str, born: Option<&str>, sex: Option<&str>) -> Option<bool> {
        let Answer::Nik(nik) = self.find(nik)? else {
            return None;
        };
        let born = match born.and_then(|key| self.find(key)) {
            Some(Answer::Date(day)) => Some(nik.is_born_on(*day)),
            _ => None,
        };
        let sex = match sex.and_then(|key| self.find(key)) {
            Some(Answer::One(word)) => Sex::parse(word).map(|sex| nik.sex() == sex),
            _ => None,
        };
        match (born, sex) {
            (None, None) => None,
            _ => Some(born != Some(false) && sex != Some(false)),
        }
    }

    fn same_area(&self, one: &str, other: &str, level: Level) -> Option<bool> {
        let (one, other) = (self.address(one)?, self.address(other)?);
        match (&one.area, &other.area) {
            (Some(one), Some(other)) => {
                Some(part(one.as_str(), level) == part(other.as_str(), level))
            }
            (None, None) => None,
            _ => Some(false),
        }
    }

    fn address(&self, key: &str) -> Option<&'a Address> {
        match self.find(key)? {
            Answer::Address(address) => Some(address),
            _ => None,
        }
    }

    /// What it comes to; `None` where something is missing, too large or of the wrong kind.
    pub(in crate::form) fn value<'e>(&self, expression: &'e Expression) -> Option<Value<'e>>
    where
        'a: 'e,
    {
        let number = |one: &Expression| match self.value(one)? {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let day = |one: &Expression| match self.value(one)? {
            Value::Day(day) => Some(day),
            _ => None,
        };
        let found = match expression {
            Expression::Number(number) => *number,
            Expression::Text(text) => return Some(Value::Text(Cow::Borrowed(text))),
            Expression::Day(day) => return Some(Value::Day(*day)),
            Expression::Today => return Some(Value::Day(self.today)),
            Expression::Answer(question) => return value_of(self.find(question)?),
            Expression::Add(list) => list
                .iter()
                .try_fold(Decimal::ZERO, |sum, one| sum.plus(number(one)?))?,
            Expression::Subtract(a, b) => number(a)?.minus(number(b)?)?,
            Expression::Multiply(list) => {
                list.iter().try_fold(Decimal::small(1), |product, one| {
                    product.times(number(one)?)
                })?
            }
            Expression::Divide(a, b) => number(a)?.over(number(b)?)?,
            Expression::Least(list) => list
                .iter()
                .map(number)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .min()?,
            Expression::Greatest(list) => list
                .iter()
                .map(number)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max()?,
            Expression::Round(one, places) => number(one)?.rounded(*places)?,
            Expression::Sum { group, of } => self.sum(group, of)?,
            Expression::Years(from, to) => {
                Decimal::whole(i64::from(day(from)?.years_until(day(to)?)))?
            }
            Expression::Days(from, to) => Decimal::whole(day(from)?.days_until(day(to)?))?,
            Expression::If {
                when,
                then,
                otherwise,
            } => {
                let chosen = if self.holds(when)? { then } else { otherwise };
                return self.value(chosen);
            }
        };
        Some(Value::Number(found))
    }

    fn sum(&self, group: &str, of: &str) -> Option<Decimal> {
        let (Answer::Items(items), path) = self.place(group)? else {
            return None;
        };
        items.iter().try_fold(Decimal::ZERO, |sum, item| {
            match self
                .answers
                .get(&format!("{path}.{item}.{of}"))
                .and_then(value_of)
            {
                Some(Value::Number(number)) => sum.plus(number),
                _ => Some(sum),
            }
        })
    }
}

/// The part of an area's code down to the level.
fn part(code: &str, level: Level) -> &str {
    let parts = match level {
        Level::City => 2,
        Level::District => 3,
        Level::Village => 4,
    };
    code.match_indices('.')
        .nth(parts - 1)
        .map_or(code, |(end, _)| &code[..end])
}

fn is(answer: &Answer, value: &str) -> bool {
    match answer {
        Answer::Text(text) | Answer::One(text) | Answer::Email(text) => text == value,
        Answer::Many(list) => list.iter().any(|one| one == value),
        Answer::YesNo(yes) => value == if *yes { "yes" } else { "no" },
        Answer::Declared => value == "yes",
        _ => false,
    }
}

fn value_of(answer: &Answer) -> Option<Value<'_>> {
    Some(match answer {
        Answer::Number(number) => Value::Number(*number),
        Answer::Money(rupiah) => Value::Number(Decimal::whole(i64::try_from(*rupiah).ok()?)?),
        Answer::Items(items) => Value::Number(Decimal::small(u32::try_from(items.len()).ok()?)),
        Answer::Date(day) => Value::Day(*day),
        Answer::Text(text) | Answer::One(text) | Answer::Email(text) => {
            Value::Text(Cow::Borrowed(text))
        }
        Answer::YesNo(yes) => Value::Text(Cow::Borrowed(if *yes { "yes" } else { "no" })),
        Answer::Declared => Value::Text(Cow::Borrowed("yes")),
        Answer::Nik(nik) => Value::Text(Cow::Owned(nik.digits())),
        Answer::Kk(kk) => Value::Text(Cow::Owned(kk.digits())),
        Answer::Nop(nop) => Value::Text(Cow::Owned(nop.digits())),
        Answer::Phone(phone) => Value::Text(Cow::Borrowed(phone.as_str())),
        Answer::Many(_) | Answer::Address(_) | Answer::Place(_) | Answer::Files(_) => return None,
    })
}

fn compare(left: &Value<'_>, op: Comparison, right: &Value<'_>) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Day(a), Value::Day(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => match op {
            Comparison::Same | Comparison::Other => a.cmp(b),
            _ => return None,
        },
        _ => return None,
    };
    Some(match op {
        Comparison::Same => order == Ordering::Equal,
        Comparison::Other => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::More => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
    })
}
