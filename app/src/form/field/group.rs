//! The items of a group.

use domain::form::{Fault, Kind, Question, State};
use leptos::prelude::*;

use super::{Sheet, owned, said};
use crate::{
    form::{place, task, written::item_name},
    t::form as t,
};

/// The items of a group: each is filled in on a page of its own.
pub(super) fn group(sheet: &Sheet<'_>, question: &Question, path: &str, heading: bool) -> AnyView {
    let l = sheet.visit.locale;
    let Kind::Group {
        item,
        max,
        questions,
        ..
    } = &question.kind
    else {
        return ().into_any();
    };
    if sheet.is_device {
        return on_the_phone(sheet, question, item.get(l), path, heading);
    }
    let definition = &sheet.filling.form.definition;
    let items = |group: &str| owned(sheet.draft.items(group));
    let key = &sheet.filling.form.key;
    let ids = items(path);
    let outcome = sheet.filling.outcome(sheet.areas);
    let is_full = ids.len() >= usize::from(*max);
    let rows = ids
        .iter()
        .map(|id| {
            let one = format!("{path}.{id}");
            let name = item_name(l, definition, &items, &one).unwrap_or_default();
            // What it says first tells one from the other.
            let first = questions
                .iter()
                .filter(|inner| matches!(inner.kind, Kind::Short { .. }))
                .map(|inner| sheet.draft.text(&format!("{one}.{}", inner.key)))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned();
            let inside = format!("{one}.");
            let mut faults = outcome
                .wrong
                .iter()
                .filter(|wrong| wrong.path.starts_with(&inside))
                .peekable();
            let of = if faults.peek().is_none() {
                State::Complete
            } else if faults.all(|wrong| {
                matches!(
                    wrong.fault,
                    Fault::Missing | Fault::NotDeclared | Fault::TooFew { .. }
                )
            }) {
                State::Incomplete
            } else {
                State::Problem
            };
            let state = task::state(l, of);
            let href = place::with(&place::item(key, sheet.page, &one), sheet.words);
            let remove = place::with(
                &format!("{}/hapus", place::item(key, sheet.page, &one)),
                sheet.words,
            );
            let dash = if first.is_empty() { "" } else { ": " };
            let hidden = format!(" {name}");
            view! {
                <li id=one>
                    <b>{name}{dash}{first}</b>" "<span class="meta">{state}</span>
                    <span class="actions">
                        <a href=href>{t::item_change(l)}<span class="vh">{hidden.clone()}</span></a>
                        <a href=remove>{t::item_remove(l)}<span class="vh">{hidden}</span></a>
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="meta">{t::item_none(l)}</p> }.into_any()
    } else {
        view! { <ul class="files">{rows}</ul> }.into_any()
    };
    let add = (!is_full).then(|| {
        let word = t::item_add(l, lower(item.get(l)));
        view! {
            <ui::Button kind=ui::ButtonKind::Secondary name="_tambah" value=path.to_owned()>{word}</ui::Button>
        }
    });
    // The group's own fault, such as too few; those inside stand on the pages of the items.
    let own = sheet.wrong.iter().find(|wrong| wrong.path == path);
    let error = own.map(|wrong| said(l, question, wrong));
    let marker = sheet.marker(question);
    view! {
        <div id=path.to_owned()>
            <ui::Fieldset
                id=format!("{path}-items") legend=question.label.get(l).to_owned() hint=question.help.get(l) error=error
                error_prefix=t::wrong_prefix(l) marker=marker heading=heading
            >
                {list}
                {add}
            </ui::Fieldset>
        </div>
    }
    .into_any()
}

/// A group on a phone: the list is filled there.
fn on_the_phone(
    sheet: &Sheet<'_>,
    question: &Question,
    item: &str,
    path: &str,
    heading: bool,
) -> AnyView {
    let l = sheet.visit.locale;
    let marker = sheet.marker(question);
    let add = t::item_add(l, lower(item));
    let id = format!("{path}-items");
    let (none, list, path) = (path.to_owned(), path.to_owned(), path.to_owned());
    view! {
        <ui::Fieldset
            id=id legend=question.label.get(l).to_owned() hint=question.help.get(l) marker=marker
            heading=heading
        >
            <p class="meta" data-none=none>{t::item_none(l)}</p>
            <ul class="files" data-items=list></ul>
            <ui::Button kind=ui::ButtonKind::Secondary name="_tambah" value=path>{add}</ui::Button>
        </ui::Fieldset>
    }
    .into_any()
}

/// `Tambah saksi`: a name in the middle of a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
