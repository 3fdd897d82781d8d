//! Conditions and calculations as sentences.

use domain::{
    Locale,
    form::{Comparison, Condition, Definition, Expression, Kind, Level, written::decimal},
};

use super::question;
use crate::t::form_office as t;

/// A condition as a person would say it.
pub(in crate::form::office) fn condition(
    l: Locale,
    definition: &Definition,
    of: &Condition,
) -> String {
    let name = |key: &str| question(l, definition, key);
    match of {
        Condition::All(list) if list.is_empty() => t::c_always(l).to_owned(),
        Condition::Any(list) if list.is_empty() => t::c_never(l).to_owned(),
        Condition::All(list) => join(l, definition, list, t::c_and(l)),
        Condition::Any(list) => {
            one_of(l, definition, list).unwrap_or_else(|| join(l, definition, list, t::c_or(l)))
        }
        Condition::Not(inner) => match &**inner {
            Condition::Answered(key) => t::c_unanswered(l, name(key)),
            Condition::Is {
                question: key,
                value,
            } => t::c_is_not(l, name(key), choice(l, definition, key, value)),
            other => t::c_not(l, condition(l, definition, other)),
        },
        Condition::Answered(key) => t::c_answered(l, name(key)),
        Condition::Is {
            question: key,
            value,
        } => t::c_is(l, name(key), choice(l, definition, key, value)),
        Condition::Compare { left, op, right } => {
            let own = match (left, right) {
                (Expression::Answer(key), Expression::Text(text)) => {
                    choice(l, definition, key, text)
                }
                _ => expression(l, definition, right),
            };
            let left = expression(l, definition, left);
            match op {
                Comparison::Same => t::c_same(l, left, own),
                Comparison::Other => t::c_other(l, left, own),
                Comparison::Less => t::c_less(l, left, own),
                Comparison::AtMost => t::c_at_most(l, left, own),
                Comparison::More => t::c_more(l, left, own),
                Comparison::AtLeast => t::c_at_least(l, left, own),
            }
        }
        Condition::NikFits { nik, born, sex } => {
            let others: Vec<String> = [born, sex]
                .into_iter()
                .flatten()
                .map(|key| name(key))
                .collect();
            t::c_nik(l, name(nik), others.join(t::c_and(l)))
        }
        Condition::SameArea { one, other, level } => {
            let level = match level {
                Level::Village => t::c_village(l),
                Level::District => t::c_district(l),
                Level::City => t::c_city(l),
            };
            t::c_same_area(l, name(one), name(other), level)
        }
    }
}

fn join(l: Locale, definition: &Definition, list: &[Condition], word: &str) -> String {
    let parts: Vec<String> = list
        .iter()
        .map(|one| {
            let text = condition(l, definition, one);
            match one {
                Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 => {
                    format!("({text})")
                }
                _ => text,
            }
        })
        .collect();
    parts.join(word)
}

/// "The activity is a hotel, a villa or a spa": several answers to one question, which is said once.
fn one_of(l: Locale, definition: &Definition, list: &[Condition]) -> Option<String> {
    let mut asked: Option<&str> = None;
    let mut values = Vec::with_capacity(list.len());
    for one in list {
        let Condition::Is {
            question: key,
            value,
        } = one
        else {
            return None;
        };
        if asked.is_some_and(|before| before != key.as_str()) {
            return None;
        }
        asked = Some(key.as_str());
        values.push(choice(l, definition, key, value));
    }
    let name = question(l, definition, asked?);
    let last = values.pop()?;
    let said = if values.is_empty() {
        last
    } else {
        format!("{}{}{last}", values.join(", "), t::c_or(l))
    };
    Some(t::c_is(l, name, said))
}

/// A choice's label; yes and no; else the text itself.
fn choice(l: Locale, definition: &Definition, key: &str, value: &str) -> String {
    let Some(found) = definition.question_by_key(key) else {
        return value.to_owned();
    };
    if matches!(found.kind, Kind::YesNo | Kind::Declaration) {
        return match value {
            "yes" => t::yes(l).to_owned(),
            "no" => t::no(l).to_owned(),
            other => other.to_owned(),
        };
    }
    let option = found.kind.options().iter().find(|one| one.key == value);
    option.map_or_else(|| value.to_owned(), |one| one.label.get(l).to_owned())
}

/// A calculation as a person would write it.
pub(in crate::form::office) fn expression(
    l: Locale,
    definition: &Definition,
    of: &Expression,
) -> String {
    let say = |one: &Expression| expression(l, definition, one);
    let list = |list: &[Expression], mark: &str| {
        let parts: Vec<String> = list.iter().map(say).collect();
        parts.join(mark)
    };
    match of {
        Expression::Number(number) => decimal(l, *number),
        Expression::Text(text) => format!("“{text}”"),
        Expression::Day(day) => day.written(l),
        Expression::Today => t::x_today(l).to_owned(),
        Expression::Answer(key) => question(l, definition, key),
        Expression::Add(all) => format!("({})", list(all, " + ")),
        Expression::Subtract(a, b) => format!("({} − {})", say(a), say(b)),
        Expression::Multiply(all) => list(all, " × "),
        Expression::Divide(a, b) => format!("{} ÷ {}", say(a), say(b)),
        Expression::Least(all) => t::x_least(l, list(all, "; ")),
        Expression::Greatest(all) => t::x_greatest(l, list(all, "; ")),
        Expression::Round(one, places) => t::x_round(l, say(one), i64::from(*places)),
        Expression::Sum { group, of } => t::x_sum(
            l,
            question(l, definition, of),
            question(l, definition, group),
        ),
        Expression::Years(a, b) => t::x_years(l, say(a), say(b)),
        Expression::Days(a, b) => t::x_days(l, say(a), say(b)),
        Expression::If {
            when,
            then,
            otherwise,
        } => t::x_if(l, condition(l, definition, when), say(then), say(otherwise)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_sentences() {
        let form: Definition = serde_json::from_str(include_str!(
            "../../../../../domain/src/form/tests/birth.json"
        ))
        .expect("a form");
        let say = |json: &str| {
            let read: Condition = serde_json::from_str(json).expect("a condition");
            condition(Locale::Id, &form, &read)
        };
        assert_eq!(
            say(r#"{"is":{"question":"tempat","value":"5"}}"#),
            "Tempat dilahirkan adalah Lainnya"
        );
        assert_eq!(
            say(
                r#"{"any":[{"is":{"question":"tempat","value":"1"}},{"is":{"question":"tempat","value":"4"}},{"is":{"question":"tempat","value":"5"}}]}"#
            ),
            "Tempat dilahirkan adalah Rumah sakit, Rumah atau Lainnya"
        );
        assert_eq!(
            say(
                r#"{"any":[{"is":{"question":"tempat","value":"1"}},{"is":{"question":"warga","value":"yes"}}]}"#
            ),
            "Tempat dilahirkan adalah Rumah sakit atau Warga negara Indonesia? adalah Ya"
        );
        assert_eq!(
            say(r#"{"not":{"answered":"catatan"}}"#),
            "Catatan tidak diisi"
        );
        assert_eq!(
            say(
                r#"{"all":[{"is":{"question":"warga","value":"yes"}},{"any":[{"answered":"nik"},{"answered":"zz"}]}]}"#
            ),
            "Warga negara Indonesia? adalah Ya dan (NIK Anda diisi atau zz diisi)"
        );
        assert_eq!(
            say(
                r#"{"compare":{"left":{"days":[{"answer":"lahir"},"today"]},"op":"more","right":{"number":"60"}}}"#
            ),
            "jumlah hari dari Tanggal lahir anak sampai hari pengisian lebih dari 60"
        );
    }
}
