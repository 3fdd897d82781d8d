//! Names of questions in conditions, calculations and checks: whether they lead to a question of a fitting kind.

use super::{Condition, Kind, Lint, Rule};
use crate::form::Expression;

impl<'a> Lint<'a, '_> {
    /// Whether every question that a condition names is there, of a fitting kind.
    pub(super) fn references(&mut self, condition: &'a Condition, at: &str) {
        let mut named = Vec::new();
        condition.names(&mut |name, inner| named.push((name, inner)));
        self.names(named, at);
        self.kinds(condition, at);
    }

    pub(super) fn names(&mut self, named: Vec<(&'a str, Option<&'a str>)>, at: &str) {
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
