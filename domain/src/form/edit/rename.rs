//! What names a question follows when its key changes.

use crate::form::{Bundle, Check, Condition, Expression, Fee, Kind, Page, Question};

/// Something new for a key or a value; nothing where it stays.
type New<'a> = &'a dyn Fn(&str) -> Option<String>;

fn put(key: &mut String, new: New<'_>) {
    if let Some(new) = new(key) {
        *key = new;
    }
}

/// Renames questions wherever they are named: in conditions, calculations, checks, and in the fee.
pub(super) fn questions(bundle: &mut Bundle, new: New<'_>) {
    for page in &mut bundle.definition.pages {
        in_page(page, new);
    }
    in_checks(&mut bundle.definition.checks, new);
    if let Fee::Answer(key) = &mut bundle.service.fee {
        put(key, new);
    }
}

/// As [`questions`], on a page.
pub(super) fn in_page(page: &mut Page, new: New<'_>) {
    if let Some(when) = &mut page.when {
        in_condition(when, new);
    }
    for question in &mut page.questions {
        in_question(question, new);
    }
}

/// As [`questions`], in a question with all that stands in it.
pub(super) fn in_question(question: &mut Question, new: New<'_>) {
    if let Some(when) = &mut question.when {
        in_condition(when, new);
    }
    match &mut question.kind {
        Kind::Calculated { value, .. } => in_expression(value, new),
        Kind::Group {
            questions, checks, ..
        } => {
            for inner in questions {
                in_question(inner, new);
            }
            in_checks(checks, new);
        }
        _ => {}
    }
}

fn in_checks(checks: &mut [Check], new: New<'_>) {
    for check in checks {
        put(&mut check.at, new);
        if let Some(when) = &mut check.when {
            in_condition(when, new);
        }
        in_condition(&mut check.must, new);
    }
}

fn in_condition(condition: &mut Condition, new: New<'_>) {
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for one in list {
                in_condition(one, new);
            }
        }
        Condition::Not(one) => in_condition(one, new),
        Condition::Answered(question) | Condition::Is { question, .. } => put(question, new),
        Condition::Compare { left, right, .. } => {
            in_expression(left, new);
            in_expression(right, new);
        }
        Condition::NikFits { nik, born, sex } => {
            put(nik, new);
            for one in [born, sex].into_iter().flatten() {
                put(one, new);
            }
        }
        Condition::SameArea { one, other, .. } => {
            put(one, new);
            put(other, new);
        }
    }
}

fn in_expression(expression: &mut Expression, new: New<'_>) {
    match expression {
        Expression::Number(_) | Expression::Text(_) | Expression::Day(_) | Expression::Today => {}
        Expression::Answer(question) => put(question, new),
        Expression::Add(list)
        | Expression::Multiply(list)
        | Expression::Least(list)
        | Expression::Greatest(list) => {
            for one in list {
                in_expression(one, new);
            }
        }
        Expression::Subtract(a, b)
        | Expression::Divide(a, b)
        | Expression::Years(a, b)
        | Expression::Days(a, b) => {
            in_expression(a, new);
            in_expression(b, new);
        }
        Expression::Round(one, _) => in_expression(one, new),
        Expression::Sum { group, of } => {
            put(group, new);
            put(of, new);
        }
        Expression::If {
            when,
            then,
            otherwise,
        } => {
            in_condition(when, new);
            in_expression(then, new);
            in_expression(otherwise, new);
        }
    }
}

/// Renames a choice of a question wherever a condition waits for it.
pub(super) fn choice(bundle: &mut Bundle, question: &str, from: &str, to: &str) {
    let definition = &mut bundle.definition;
    let mut conditions: Vec<&mut Condition> = Vec::new();
    let mut values: Vec<&mut Expression> = Vec::new();
    for page in &mut definition.pages {
        conditions.extend(&mut page.when);
        for one in &mut page.questions {
            of_question(one, &mut conditions, &mut values);
        }
    }
    of_checks(&mut definition.checks, &mut conditions);
    for condition in conditions {
        choice_in(condition, question, from, to);
    }
    for value in values {
        choice_within(value, question, from, to);
    }
}

fn of_question<'a>(
    question: &'a mut Question,
    conditions: &mut Vec<&'a mut Condition>,
    values: &mut Vec<&'a mut Expression>,
) {
    conditions.extend(&mut question.when);
    match &mut question.kind {
        Kind::Calculated { value, .. } => values.push(value),
        Kind::Group {
            questions, checks, ..
        } => {
            for inner in questions {
                of_question(inner, conditions, values);
            }
            of_checks(checks, conditions);
        }
        _ => {}
    }
}

fn of_checks<'a>(checks: &'a mut [Check], conditions: &mut Vec<&'a mut Condition>) {
    for check in checks {
        conditions.extend(&mut check.when);
        conditions.push(&mut check.must);
    }
}

fn choice_in(condition: &mut Condition, question: &str, from: &str, to: &str) {
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for one in list {
                choice_in(one, question, from, to);
            }
        }
        Condition::Not(one) => choice_in(one, question, from, to),
        Condition::Is {
            question: asked,
            value,
        } if asked == question && value == from => to.clone_into(value),
        Condition::Compare { left, right, .. } => {
            let is_of =
                |side: &Expression| matches!(side, Expression::Answer(key) if key == question);
            let (of_left, of_right) = (is_of(left), is_of(right));
            for (is_asked, side) in [(of_right, left), (of_left, right)] {
                match side {
                    Expression::Text(text) if is_asked && text == from => to.clone_into(text),
                    side => choice_within(side, question, from, to),
                }
            }
        }
        _ => {}
    }
}

fn choice_within(expression: &mut Expression, question: &str, from: &str, to: &str) {
    match expression {
        Expression::Add(list)
        | Expression::Multiply(list)
        | Expression::Least(list)
        | Expression::Greatest(list) => {
            for one in list {
                choice_within(one, question, from, to);
            }
        }
        Expression::Subtract(a, b)
        | Expression::Divide(a, b)
        | Expression::Years(a, b)
        | Expression::Days(a, b) => {
            choice_within(a, question, from, to);
            choice_within(b, question, from, to);
        }
        Expression::Round(one, _) => choice_within(one, question, from, to),
        Expression::If {
            when,
            then,
            otherwise,
        } => {
            choice_in(when, question, from, to);
            choice_within(then, question, from, to);
            choice_within(otherwise, question, from, to);
        }
        _ => {}
    }
}
