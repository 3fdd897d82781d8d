//! Conditions as rows of plain lists.

use domain::{
    Invalid,
    form::{
        Condition, Definition, Draft, Kind, Question,
        edit::{ROWS, condition_of, condition_typed},
    },
};
use leptos::prelude::*;

use super::{fields::Form, words};
use crate::t::form_office as t;

/// Rows that are offered beyond those that say something.
const SPARE: usize = 2;

/// The fields of a condition under a prefix, such as `must.`.
pub(super) fn put(typed: &mut Draft, prefix: &str, condition: Option<&Condition>) {
    for (name, values) in condition_typed(condition).values {
        typed.values.insert(format!("{prefix}{name}"), values);
    }
}

/// Reads the condition under a prefix.
pub(super) fn read(
    typed: &Draft,
    prefix: &str,
    old: Option<&Condition>,
) -> Result<Option<Condition>, Invalid> {
    let mut own = Draft::default();
    for (name, values) in &typed.values {
        if let Some(name) = name.strip_prefix(prefix) {
            own.values.insert(name.to_owned(), values.clone());
        }
    }
    condition_of(&own, old).map_err(|wrong| {
        let mut named = Invalid::default();
        for (field, problem) in wrong.0 {
            named.add(&format!("{prefix}{field}"), problem);
        }
        named
    })
}

/// Draws the rows; `known` are the questions that may be named here.
pub(super) fn rows(
    form: &Form<'_>,
    definition: &Definition,
    known: &[&Question],
    prefix: &str,
    present: Option<&Condition>,
) -> AnyView {
    let l = form.l;
    let at = |name: &str| format!("{prefix}{name}");
    let json = at("json");
    let sentence = present.map(|of| {
        let text = words::condition(l, definition, of);
        view! { <p>{text}</p> }
    });
    if form.typed.has(&json) {
        // More than rows can say: it is shown as a sentence, and written out.
        return view! { {sentence}<p class="hint">{t::complex(l)}</p>{form.area(&json, t::condition_json(l), "", 8)} }
            .into_any();
    }
    let filled = (0..ROWS)
        .filter(|n| form.typed.has(&at(&format!("what.{n}"))))
        .map(|n| n + 1)
        .max()
        .unwrap_or(0);
    let subjects = subjects(form, known);
    let others = others(form, known);
    let rows = (0..ROWS.min(filled + SPARE))
        .map(|n| row(form, &at, n, (&subjects, &others)))
        .collect::<Vec<_>>();
    let joins = vec![
        ui::Choosable::new("all", t::join_all(l)),
        ui::Choosable::new("any", t::join_any(l)),
    ];
    let written = form.area(&json, t::condition_json(l), t::as_json_hint(l), 4);
    view! {
        {sentence}
        {form.choose(&at("join"), t::join(l), joins, "", "")}
        <ol class="conditions">{rows}</ol>
        <ui::Disclosure summary=t::as_json(l)>{written}</ui::Disclosure>
    }
    .into_any()
}

fn row(
    form: &Form<'_>,
    at: &dyn Fn(&str) -> String,
    n: usize,
    (subjects, others): (&[ui::Choosable], &[ui::Choosable]),
) -> impl IntoView + use<> {
    let l = form.l;
    let field = |name: &str| at(&format!("{name}.{n}"));
    let hows = [
        ("yes", t::how_yes(l)),
        ("no", t::how_no(l)),
        ("same", t::how_same(l)),
        ("other", t::how_other(l)),
        ("less", t::how_less(l)),
        ("at_most", t::how_at_most(l)),
        ("more", t::how_more(l)),
        ("at_least", t::how_at_least(l)),
    ];
    let hows = hows
        .map(|(word, label)| ui::Choosable::new(word, label))
        .to_vec();
    let mut whats = subjects.to_vec();
    let own = form.typed.text(&field("what")).to_owned();
    if !own.is_empty() && !whats.iter().any(|item| item.value == own) {
        // What is no longer there stays visible until it is changed.
        whats.insert(0, ui::Choosable::new(own.clone(), t::no_longer(l, own)));
    }
    let mut withs = others.to_vec();
    let own = form.typed.text(&field("with")).to_owned();
    if !own.is_empty() && !withs.iter().any(|item| item.value == own) {
        withs.insert(0, ui::Choosable::new(own.clone(), t::no_longer(l, own)));
    }
    view! {
        <li>
            {form.choose(&field("what"), t::what(l), whats, t::nothing(l), "")}
            {form.choose(&field("how"), t::how(l), hows, "", "")}
            {form.short(&field("value"), t::value(l), "")}
            {form.choose(&field("with"), t::with(l), withs, t::no_other(l), "")}
        </li>
    }
}

/// What can be looked for: each choice of a question, that it is answered, and its value.
fn subjects(form: &Form<'_>, known: &[&Question]) -> Vec<ui::Choosable> {
    let l = form.l;
    let mut items = Vec::new();
    for question in known {
        let (key, label) = (&question.key, words::name(l, &question.label));
        let mut choice = |value: &str, word: &str| {
            let text = t::subject_is(l, &label, word);
            items.push(ui::Choosable::new(format!("is:{key}={value}"), text));
        };
        match &question.kind {
            Kind::One { options } | Kind::Many { options, .. } => {
                for option in options {
                    choice(&option.key, option.label.get(l));
                }
            }
            Kind::YesNo => {
                choice("yes", t::yes(l));
                choice("no", t::no(l));
            }
            _ => {}
        }
        if is_compared(&question.kind) {
            let text = t::subject_value(l, &label);
            items.push(ui::Choosable::new(format!("compare:{key}"), text));
        }
        let text = t::subject_answered(l, &label);
        items.push(ui::Choosable::new(format!("answered:{key}"), text));
    }
    items
}

const fn is_compared(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::One { .. }
            | Kind::Many { .. }
            | Kind::YesNo
            | Kind::Address { .. }
            | Kind::Place { .. }
            | Kind::File { .. }
            | Kind::Declaration
    )
}

/// With what a value can be compared, beside what is typed.
fn others(form: &Form<'_>, known: &[&Question]) -> Vec<ui::Choosable> {
    let l = form.l;
    let mut items = vec![ui::Choosable::new("@today", t::x_today(l))];
    items.extend(
        known
            .iter()
            .filter(|question| is_compared(&question.kind))
            .map(|question| {
                ui::Choosable::new(question.key.clone(), words::name(l, &question.label))
            }),
    );
    items
}
