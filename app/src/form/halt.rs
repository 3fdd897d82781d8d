//! What can no longer be gone on with: why, and everything that was typed, to be copied.

use axum::{http::StatusCode, response::Response};
use domain::{
    AreaId, Locale,
    area::Area,
    form::{Draft, Kind, Question},
};
use leptos::prelude::*;
use service::form::{Filling, Halt};

use super::{field::owned, place::own, written};
use crate::{Answer, Page, Visit, links, t::form as t};

/// What was typed for a question, to be read by people: choices and areas by their names, one line a part.
pub(super) fn typed(
    l: Locale,
    areas: &[Area],
    question: &Question,
    draft: &Draft,
    path: &str,
) -> String {
    let part = |name: &str| draft.text(&format!("{path}.{name}")).trim().to_owned();
    let parts: Vec<String> = match &question.kind {
        Kind::Date { .. } => {
            let day = ["day", "month", "year"].map(part);
            let day = day.iter().filter(|part| !part.is_empty());
            vec![day.cloned().collect::<Vec<_>>().join(" ")]
        }
        Kind::Address { .. } | Kind::Place { .. } => [
            "street",
            "rt",
            "rw",
            "area",
            "elsewhere",
            "postcode",
            "lat",
            "lon",
        ]
        .into_iter()
        .map(|name| match (name, part(name)) {
            ("area", code) if !code.is_empty() => written::area_name(areas, &AreaId::new(code)),
            (_, text) => text,
        })
        .collect(),
        _ => Vec::new(),
    };
    let named = |value: &String| match (&question.kind, value.as_str()) {
        (Kind::YesNo | Kind::Declaration, "yes") => t::yes(l).to_owned(),
        (Kind::YesNo, "no") => t::no(l).to_owned(),
        _ => {
            let mut options = question.kind.options().iter();
            let found = options.find(|option| &option.key == value);
            found.map_or_else(|| value.clone(), |option| option.label.get(l).to_owned())
        }
    };
    draft
        .all(path)
        .iter()
        .map(named)
        .chain(parts)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
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
                    _ => typed(l, areas, question, &draft, path),
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

/// What this device no longer has: sent, thrown away, expired long ago. Only what has just been sent is there to copy, by the
/// questions of the form as it is now.
pub(super) async fn gone(visit: &Visit, key: &str, fields: &[(String, String)]) -> Answer {
    let l = visit.locale;
    let mut draft = Draft::default();
    for (name, value) in fields {
        if !name.starts_with('_') && !value.is_empty() {
            let values = draft.values.entry(name.clone()).or_default();
            values.push(value.clone());
        }
    }
    let mut tx = visit.service.read().await?;
    let form = service::form::find(&mut tx, key).await?;
    let areas = service::area::list(&mut tx).await?;
    drop(tx);
    let definition = &form.definition;
    let mut paths: Vec<&str> = Vec::new();
    for name in draft.values.keys() {
        // A part of an address belongs to the address.
        let whole = name.rsplit_once('.').map(|(whole, _)| whole);
        let is_one = |path: &&str| definition.question(path).is_some();
        let path = [Some(name.as_str()), whole]
            .into_iter()
            .flatten()
            .find(is_one);
        let path = path.unwrap_or(name);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let rows = paths
        .into_iter()
        .map(|path| match definition.question(path) {
            Some(question) => ui::SummaryRow::new(
                written::label(l, definition, &|_| Vec::new(), path),
                typed(l, &areas, question, &draft, path),
            ),
            None => ui::SummaryRow::new(path, draft.all(path).join("\n")),
        })
        .collect();
    Ok(page(
        visit,
        key,
        (t::halt_gone(l), t::halt_gone_help(l)),
        rows,
    ))
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
