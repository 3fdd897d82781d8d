//! What can no longer be gone on with: why, and everything that was typed, to be copied.

use axum::{http::StatusCode, response::Response};
use domain::{
    area::Area,
    form::{Draft, Kind, Question},
};
use leptos::prelude::*;
use service::form::{Filling, Halt};

use super::{field::owned, place::own, written};
use crate::{Page, Visit, links, t::form as t};

/// Everything under a path as it was typed, in one line a field.
pub(super) fn typed(draft: &Draft, path: &str) -> String {
    let inside = format!("{path}.");
    let mut parts: Vec<&str> = draft.all(path).iter().map(String::as_str).collect();
    for part in [
        "day",
        "month",
        "year",
        "street",
        "rt",
        "rw",
        "area",
        "elsewhere",
        "postcode",
        "lat",
        "lon",
    ] {
        parts.extend(
            draft
                .all(&format!("{inside}{part}"))
                .iter()
                .map(String::as_str),
        );
    }
    parts.join("\n")
}

/// What expired, or whose service has closed; `fields` is what has just been sent.
pub(super) fn of(
    visit: &Visit,
    filling: &Filling,
    areas: &[Area],
    fields: &[(String, String)],
) -> Response {
    let l = visit.locale;
    let mut draft = filling.draft.clone();
    // What has just been typed counts more than what was saved before.
    for (name, _) in fields {
        draft.values.remove(name);
    }
    for (name, value) in fields {
        if !value.is_empty() && !name.starts_with('_') {
            draft
                .values
                .entry(name.clone())
                .or_default()
                .push(value.clone());
        }
    }
    let definition = &filling.form.definition;
    let outcome = filling.outcome(areas);
    let items = |group: &str| owned(draft.items(group));
    let mut rows = Vec::new();
    for page in &definition.pages {
        push(
            &page.questions,
            "",
            &draft,
            &mut |question: &Question, path: &str| {
                let value = match outcome.answers.get(path) {
                    Some(answer)
                        if fields.is_empty() || matches!(question.kind, Kind::File { .. }) =>
                    {
                        written::answer(l, areas, &filling.files, question, answer)
                    }
                    _ if matches!(
                        question.kind,
                        Kind::File { .. } | Kind::Group { .. } | Kind::Calculated { .. }
                    ) =>
                    {
                        return;
                    }
                    _ => typed(&draft, path),
                };
                if !value.is_empty() && !matches!(question.kind, Kind::Group { .. }) {
                    rows.push(ui::SummaryRow::new(
                        written::label(l, definition, &items, path),
                        value,
                    ));
                }
            },
        );
    }
    let (title, help) = match filling.halt {
        Some(Halt::Closed) => (t::halt_closed(l), t::halt_closed_help(l)),
        Some(Halt::Expired) | None => (t::halt_expired(l), t::halt_expired_help(l)),
    };
    page(visit, &filling.form.key, (title, help), rows)
}

fn push(
    questions: &[Question],
    before: &str,
    draft: &Draft,
    with: &mut dyn FnMut(&Question, &str),
) {
    for question in questions {
        let path = format!("{before}{}", question.key);
        with(question, &path);
        if !question.kind.inner().is_empty() {
            for id in draft.items(&path) {
                push(question.kind.inner(), &format!("{path}.{id}."), draft, with);
            }
        }
    }
}

/// What this device no longer has: sent, thrown away, expired long ago. Only what has just been sent is there to copy.
pub(super) fn gone(visit: &Visit, key: &str, fields: &[(String, String)]) -> Response {
    let l = visit.locale;
    let rows = fields
        .iter()
        .filter(|(name, value)| !name.starts_with('_') && !value.is_empty())
        .map(|(name, value)| ui::SummaryRow::new(name, value))
        .collect();
    page(visit, key, (t::halt_gone(l), t::halt_gone_help(l)), rows)
}

fn page(
    visit: &Visit,
    key: &str,
    (title, help): (&'static str, &'static str),
    rows: Vec<ui::SummaryRow>,
) -> Response {
    let l = visit.locale;
    let copy = (!rows.is_empty())
        .then(|| view! { <h2>{t::halt_copy(l)}</h2><ui::SummaryList rows=rows/> });
    let again = links::service(key);
    let view = view! {
        <ui::Page>
            <h1>{title}</h1>
            <ui::Lead text=help/>
            {copy}
            <ui::Buttons><ui::Button href=again>{t::halt_again(l)}</ui::Button></ui::Buttons>
        </ui::Page>
    };
    let page = Page::new(title).unlisted().status(StatusCode::CONFLICT);
    own(visit, visit.page(page, view))
}
