//! What was changed, by whom, when: the old text and the new one.

use axum::extract::Path;
use domain::consultation::Change;
use leptos::prelude::*;

use super::{Editor, Outcome, page};
use crate::{
    Answer, Visit,
    office::{shell::Tab, words},
    t::office as t,
};

/// `GET …/riwayat`.
pub(in crate::office) async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let editor = Editor::read(&visit, &mut tx, &slug).await?;
    let changes =
        service::consultation::whole_history(&mut tx, &editor.sheet.consultation.id).await?;
    drop(tx);
    let rows = changes
        .iter()
        .map(|change| row(&visit, change))
        .collect_view();
    let view = view! {
        <p>{t::history_help(l)}</p>
        <ol class="cards" id="riwayat">{rows}</ol>
    };
    Ok(page(
        &visit,
        &editor,
        Tab::History,
        &Outcome::default(),
        view.into_any(),
    ))
}

fn row(visit: &Visit, change: &Change) -> AnyView {
    let l = visit.locale;
    let by = change
        .by
        .clone()
        .unwrap_or_else(|| t::by_program(l).to_owned());
    let mut facts = vec![words::moment(visit, change.at), by];
    facts.push(
        if change.is_public {
            t::seen_by_all(l)
        } else {
            t::seen_by_office(l)
        }
        .to_owned(),
    );
    let reason = (!change.reason.is_empty())
        .then(|| view! { <p><strong>{t::reason(l)}": "</strong>{change.reason.clone()}</p> });
    view! {
        <li class="card">
            <h2 class="h3">{words::deed(l, change.kind, &change.field)}</h2>
            {texts(visit, change)}
            {reason}
            <ui::Facts items=facts/>
        </li>
    }
    .into_any()
}

/// The old and the new text, in words where the store has codes.
fn texts(visit: &Visit, change: &Change) -> Option<AnyView> {
    if change.before.is_empty() && change.after.is_empty() {
        return None;
    }
    let read = |text: &str| value(visit, change, text);
    Some(words::diff(&read(&change.before), &read(&change.after)))
}

fn value(visit: &Visit, change: &Change, text: &str) -> String {
    let l = visit.locale;
    let zone = visit.zone();
    match change.field.as_str() {
        "opens_at" | "closes_at" if !text.is_empty() => {
            // Extensions keep the instant, edits what the form had.
            let at = match text.strip_suffix('Z') {
                Some(utc) => domain::Zone::UTC.parse_input(utc),
                None => zone.parse_input(text),
            };
            at.map_or_else(|| text.to_owned(), |at| words::moment(visit, at))
        }
        "comments_open" | "statements_open" => {
            if text == "1" { t::on(l) } else { t::off(l) }.to_owned()
        }
        "counts_shown" => domain::consultation::CountsShown::parse(text).map_or_else(
            || text.to_owned(),
            |shown| words::counts(l, shown).0.to_owned(),
        ),
        _ => text.to_owned(),
    }
}
