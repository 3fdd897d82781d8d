//! A page of a form: its heading, its task, when it is shown.

use axum::{extract::Path, response::Response};
use domain::form::{
    Draft, Page, Text,
    edit::{Edit, Face, Place},
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    condition,
    fields::{Form, typed},
    frame::{self, Changed, Outcome, Tab},
    place, words,
};
use crate::{Answer, Failure, Fields, Said, Visit, t::form_office as t};

/// `GET /kantor/formulir/{key}/halaman/{page}`.
pub(super) async fn show(visit: Visit, Path((key, page)): Path<(String, String)>) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let found = work.bundle.definition.page(&page).cloned();
    let found = found.ok_or(Failure::NotFound)?;
    Ok(draw(
        &visit,
        &work,
        &found,
        &stored(&found),
        &Outcome::default(),
    ))
}

fn stored(page: &Page) -> Draft {
    let mut draft = Draft::default();
    draft.put("key", &page.key);
    for (field, text) in [("title", &page.title), ("help", &page.help)] {
        draft.put(&format!("{field}.id"), &text.id);
        draft.put(&format!("{field}.en"), &text.en);
    }
    draft.put("section", &page.section);
    condition::put(&mut draft, "", page.when.as_ref());
    draft
}

/// A text in both languages, as it was sent.
pub(super) fn text(typed: &Draft, field: &str) -> Text {
    let one = |language: &str| {
        let raw = typed.text(&format!("{field}.{language}"));
        // How long a text may be, the edit itself knows.
        domain::text::body(raw, 0, u32::MAX).unwrap_or_default()
    };
    Text {
        id: one("id"),
        en: one("en"),
    }
}

/// `POST /kantor/formulir/{key}/halaman/{page}`; `aksi=syarat` sets when it is shown.
pub(super) async fn send(
    visit: Visit,
    Path((key, page)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let typed = typed(&fields);
    let found = work.bundle.definition.page(&page).cloned();
    let sets_condition = fields.text("aksi") == "syarat";
    let edit = if sets_condition {
        let old = found.as_ref().and_then(|page| page.when.as_ref());
        condition::read(&typed, "", old).map(|when| Edit::When {
            place: Place::Page(page.clone()),
            when,
        })
    } else {
        Ok(Edit::Page {
            key: page.clone(),
            face: Face {
                key: typed.text("key").trim().to_owned(),
                title: text(&typed, "title"),
                help: text(&typed, "help"),
                section: typed.text("section").to_owned(),
            },
        })
    };
    match frame::change(&visit, work, &fields, edit).await? {
        Changed::Done => {
            let own = if sets_condition {
                page
            } else {
                fields.text("key").trim().to_owned()
            };
            let place = place::part(&key, &format!("/susunan#p-{own}"));
            Ok(visit.go_saying(&place, Said::Saved))
        }
        Changed::Refused(work, outcome) => {
            let Some(found) = work.bundle.definition.page(&page).cloned() else {
                return Ok(frame::gone(&visit, &work, &fields, &outcome));
            };
            // The form that was not sent shows what is stored.
            let mut shown = stored(&found);
            let is_own = |name: &str| {
                let of_condition = ["join", "what", "how", "value", "with", "json"]
                    .contains(&name.split('.').next().unwrap_or_default());
                of_condition == sets_condition
            };
            shown.values.retain(|name, _| !is_own(name));
            shown
                .values
                .extend(typed.values.into_iter().filter(|(name, _)| is_own(name)));
            Ok(draw(&visit, &work, &found, &shown, &outcome))
        }
    }
}

fn draw(visit: &Visit, work: &Work, page: &Page, typed: &Draft, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let form = Form { l, typed, outcome };
    let sections: Vec<ui::Choosable> = definition
        .sections
        .iter()
        .map(|one| ui::Choosable::new(one.key.clone(), words::name(l, &one.title)))
        .collect();
    let section = (!sections.is_empty())
        .then(|| form.choose("section", t::section(l), sections, t::no_section(l), ""));
    let action = place::editor(&work.key, &Place::Page(page.key.clone()));
    let inner = view! {
        {form.both("title", t::title(l), "", false)}
        {form.both("help", t::help(l), t::help_hint(l), true)}
        {section}
        {form.line("key", t::key(l), t::page_key_hint(l))}
        <ui::Buttons><ui::Button name="aksi" value="simpan">{t::save(l)}</ui::Button></ui::Buttons>
    };
    let own = frame::form(action.clone(), work, inner.into_any());
    let known = definition.known_before(&page.key);
    let rows = condition::rows(&form, definition, &known, "", page.when.as_ref());
    let inner = view! {
        {rows}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="syarat">{t::save_condition(l)}</ui::Button>
        </ui::Buttons>
    };
    let when = frame::form(action, work, inner.into_any());
    let title = t::the_page(l, words::name(l, &page.title));
    let view = view! {
        <div class="column">{own}</div>
        <h2 id="syarat">{t::shown_when(l)}</h2>
        <p class="hint">{t::shown_when_help(l)}</p>
        {when}
    };
    frame::draw(
        visit,
        work,
        Tab::Outline,
        Some(title),
        outcome,
        view.into_any(),
    )
}
