//! Conditions as rows of plain fields: a question with what is looked for, how, and a value or another question.

use crate::{
    Day, Invalid, Problem,
    form::{Comparison, Condition, Decimal, Draft, Expression},
};

/// Most rows of a condition in a form; one with more is edited as JSON.
pub const ROWS: usize = 12;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `is:QUESTION=VALUE` for a choice, `answered:QUESTION`, or `compare:QUESTION`; empty for a row that says nothing.
    pub what: String,
    /// `yes` or `no`; of a comparison `same`, `other`, `less`, `at_most`, `more`, `at_least`.
    pub how: String,
    /// With what is compared: a number, a day such as `2026-01-31`, or a text.
    pub value: String,
    /// With which question is compared instead, or `@today` for the day of filling in.
    pub with: String,
}

const HOW: [(&str, Comparison); 6] = [
    ("same", Comparison::Same),
    ("other", Comparison::Other),
    ("less", Comparison::Less),
    ("at_most", Comparison::AtMost),
    ("more", Comparison::More),
    ("at_least", Comparison::AtLeast),
];

/// The word that stands for the day of filling in.
const TODAY: &str = "@today";

/// A condition as rows, with whether all of them must hold; nothing for one that rows cannot say.
pub fn rows_of(condition: &Condition) -> Option<(bool, Vec<Row>)> {
    let (is_all, parts) = match condition {
        Condition::All(list) if list.len() > 1 => (true, list.as_slice()),
        Condition::Any(list) if list.len() > 1 => (false, list.as_slice()),
        one => (true, std::slice::from_ref(one)),
    };
    if parts.len() > ROWS {
        return None;
    }
    let rows = parts.iter().map(row).collect::<Option<Vec<Row>>>()?;
    Some((is_all, rows))
}

fn row(condition: &Condition) -> Option<Row> {
    let (plain, how) = match condition {
        Condition::Not(inner) => (&**inner, "no"),
        plain => (plain, "yes"),
    };
    let mut row = Row {
        how: how.to_owned(),
        ..Row::default()
    };
    match plain {
        Condition::Is { question, value } => row.what = format!("is:{question}={value}"),
        Condition::Answered(question) => row.what = format!("answered:{question}"),
        Condition::Compare {
            left: Expression::Answer(question),
            op,
            right,
        } if how == "yes" => {
            row.what = format!("compare:{question}");
            let (word, _) = HOW.iter().find(|(_, known)| known == op)?;
            (*word).clone_into(&mut row.how);
            match right {
                Expression::Today => TODAY.clone_into(&mut row.with),
                Expression::Answer(other) => row.with.clone_from(other),
                Expression::Number(number) => row.value = number.to_typed(),
                Expression::Day(day) => row.value = day.to_string(),
                Expression::Text(text) => row.value.clone_from(text),
                _ => return None,
            }
        }
        _ => return None,
    }
    // A text that looks like a number would come back as one.
    (read(&row).ok().as_ref() == Some(condition)).then_some(row)
}

fn read(row: &Row) -> Result<Condition, &'static str> {
    let (kind, rest) = row.what.split_once(':').ok_or("what")?;
    let plain = match kind {
        "is" => {
            let (question, value) = rest.split_once('=').ok_or("what")?;
            Condition::Is {
                question: question.to_owned(),
                value: value.to_owned(),
            }
        }
        "answered" => Condition::Answered(rest.to_owned()),
        "compare" => {
            let (_, op) = HOW.iter().find(|(word, _)| *word == row.how).ok_or("how")?;
            return Ok(Condition::Compare {
                left: Expression::Answer(rest.to_owned()),
                op: *op,
                right: right(row)?,
            });
        }
        _ => return Err("what"),
    };
    match row.how.as_str() {
        "yes" | "same" => Ok(plain),
        "no" | "other" => Ok(Condition::Not(Box::new(plain))),
        _ => Err("how"),
    }
}

fn right(row: &Row) -> Result<Expression, &'static str> {
    let value = row.value.trim();
    match (row.with.as_str(), value) {
        ("", "") => Err("value"),
        ("", value) => Ok(Day::parse(value)
            .map(Expression::Day)
            .or_else(|| Decimal::typed(value, 6).map(Expression::Number))
            .unwrap_or_else(|| Expression::Text(row.value.clone()))),
        (_, value) if !value.is_empty() => Err("with"),
        (TODAY, _) => Ok(Expression::Today),
        (other, _) => Ok(Expression::Answer(other.to_owned())),
    }
}

/// What stands in the fields of a condition: `join` (`all` or `any`) with `what.N`, `how.N`, `value.N`, `with.N` from 0 on; of one
/// that rows cannot say, `json`.
pub fn condition_typed(condition: Option<&Condition>) -> Draft {
    let mut typed = Draft::default();
    let Some(condition) = condition else {
        typed.put("join", "all");
        return typed;
    };
    let Some((is_all, rows)) = rows_of(condition) else {
        let text = serde_json::to_string_pretty(condition).unwrap_or_default();
        typed.put("json", &text);
        return typed;
    };
    typed.put("join", if is_all { "all" } else { "any" });
    for (n, row) in rows.iter().enumerate() {
        typed.put(&format!("what.{n}"), &row.what);
        typed.put(&format!("how.{n}"), &row.how);
        typed.put(&format!("value.{n}"), &row.value);
        typed.put(&format!("with.{n}"), &row.with);
    }
    typed
}

/// Reads a condition; nothing where no row says anything.
///
/// Errors: by the names of the fields; [`Problem::Malformed`] of `json`.
pub fn condition_of(typed: &Draft, old: Option<&Condition>) -> Result<Option<Condition>, Invalid> {
    let json = typed.text("json").trim();
    if !json.is_empty() {
        return match serde_json::from_str(json) {
            Ok(condition) => Ok(Some(condition)),
            Err(_) => Err(Invalid::one("json", Problem::Malformed)),
        };
    }
    let is_all = typed.text("join") != "any";
    let mut wrong = Invalid::default();
    let mut rows = Vec::new();
    let mut found = Vec::new();
    for n in 0..ROWS {
        let part = |name: &str| typed.text(&format!("{name}.{n}")).to_owned();
        let row = Row {
            what: part("what"),
            how: part("how"),
            value: part("value"),
            with: part("with"),
        };
        if row.what.is_empty() {
            continue;
        }
        match read(&row) {
            Ok(condition) => found.push(condition),
            Err(field) => wrong.add(&format!("{field}.{n}"), Problem::Missing),
        }
        rows.push(row);
    }
    wrong.check()?;
    // What nobody touched stays to the letter.
    if let Some(old) = old
        && rows_of(old) == Some((is_all || rows.len() < 2, rows))
    {
        return Ok(Some(old.clone()));
    }
    Ok(match found.len() {
        0 => None,
        1 => found.pop(),
        _ if is_all => Some(Condition::All(found)),
        _ => Some(Condition::Any(found)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(question: &str, value: &str) -> Condition {
        Condition::Is {
            question: question.to_owned(),
            value: value.to_owned(),
        }
    }

    fn compare(op: Comparison, right: Expression) -> Condition {
        Condition::Compare {
            left: Expression::Answer("a".to_owned()),
            op,
            right,
        }
    }

    #[test]
    fn what_rows_can_say_comes_back() {
        let number = Expression::Number(Decimal::parse("1.5").expect("a number"));
        let day = Expression::Day(Day::parse("2026-01-31").expect("a day"));
        for condition in [
            is("a", "1"),
            Condition::Not(Box::new(is("a", "yes"))),
            Condition::Answered("a".to_owned()),
            Condition::Not(Box::new(Condition::Answered("a".to_owned()))),
            compare(Comparison::AtLeast, number),
            compare(Comparison::Less, day),
            compare(Comparison::AtMost, Expression::Today),
            compare(Comparison::Other, Expression::Answer("b".to_owned())),
            compare(Comparison::Same, Expression::Text("Batu".to_owned())),
            Condition::All(vec![is("a", "1"), is("b", "2")]),
            Condition::Any(vec![is("a", "1"), is("b", "2"), is("c", "3")]),
        ] {
            let typed = condition_typed(Some(&condition));
            assert!(!typed.has("json"), "{condition:?}");
            assert_eq!(condition_of(&typed, None), Ok(Some(condition)));
        }
        assert_eq!(condition_of(&condition_typed(None), None), Ok(None));
    }

    #[test]
    fn anything_else_is_written_out_and_comes_back() {
        for condition in [
            Condition::All(Vec::new()),
            Condition::All(vec![
                Condition::Any(vec![is("a", "1"), is("b", "2")]),
                is("c", "3"),
            ]),
            compare(Comparison::Same, Expression::Text("5".to_owned())),
            compare(Comparison::Same, Expression::Add(Vec::new())),
            Condition::Any(vec![is("a", "1"); ROWS + 1]),
        ] {
            let typed = condition_typed(Some(&condition));
            assert!(typed.has("json"), "{condition:?}");
            assert_eq!(condition_of(&typed, None), Ok(Some(condition)));
        }
        let one = Condition::All(vec![is("a", "1")]);
        let typed = condition_typed(Some(&one));
        assert_eq!(condition_of(&typed, Some(&one)), Ok(Some(one)));
    }

    #[test]
    fn a_row_says_what_it_lacks() {
        for (what, how, value, with, field) in [
            ("compare:a", "yes", "1", "", "how.0"),
            ("compare:a", "less", "", "", "value.0"),
            ("compare:a", "less", "1", "b", "with.0"),
            ("is:a=1", "less", "", "", "how.0"),
            ("is:a", "yes", "", "", "what.0"),
            ("nothing", "yes", "", "", "what.0"),
        ] {
            let mut typed = Draft::default();
            for (name, text) in [
                ("what", what),
                ("how", how),
                ("value", value),
                ("with", with),
            ] {
                typed.put(&format!("{name}.0"), text);
            }
            let wrong = condition_of(&typed, None).expect_err("is wrong");
            assert_eq!(
                wrong.of(field),
                Some(&Problem::Missing),
                "{field}: {wrong:?}"
            );
        }
        let mut typed = Draft::default();
        typed.put("json", "{}");
        assert!(condition_of(&typed, None).is_err());
    }
}
