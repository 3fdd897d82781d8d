//! All texts in both languages, side by side.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::form::{
    Definition, Draft, Text,
    edit::{Edit, TextAt},
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    fields::{Form, hidden, typed},
    frame::{self, Changed, Outcome, Tab},
    page::text,
    place, words,
};
use crate::{Answer, Fields, Said, Visit, form::component, links, t::form_office as t};

/// From so many characters on a text stands in several lines.
const LONG: usize = 70;

/// Which texts are shown.
struct Wish {
    /// `bagian`: `form`, `service`, or the key of a page; empty for all that lacks a language.
    part: String,
}

impl Wish {
    fn takes(&self, at: &TextAt) -> bool {
        let is_service = at.path == "summary" || at.path.starts_with("standard.");
        match self.part.as_str() {
            "" => at.is_lacking(),
            "form" => at.page.is_empty() && !is_service,
            "service" => is_service,
            page => at.page == page,
        }
    }
}

/// `GET /kantor/formulir/{key}/teks?bagian=`.
pub(super) async fn show(
    visit: Visit,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let wish = Wish {
        part: Fields::of_query(query.as_deref()).string("bagian"),
    };
    Ok(draw(
        &visit,
        &work,
        &wish,
        &Draft::default(),
        &Outcome::default(),
    ))
}

/// `POST /kantor/formulir/{key}/teks` (`jalur` with the paths of the texts that were shown).
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let typed = typed(&fields);
    let wish = Wish {
        part: fields.string("bagian"),
    };
    let texts: Vec<(String, Text)> = fields
        .all("jalur")
        .into_iter()
        .map(|path| (path.to_owned(), text(&typed, path)))
        .collect();
    match frame::change(&visit, work, &fields, Ok(Edit::Texts(texts))).await? {
        Changed::Done => {
            let tail = format!("/teks?bagian={}", links::encode(&wish.part));
            Ok(visit.go_saying(&place::part(&key, &tail), Said::Saved))
        }
        Changed::Refused(work, outcome) => Ok(draw(&visit, &work, &wish, &typed, &outcome)),
    }
}

fn draw(visit: &Visit, work: &Work, wish: &Wish, typed: &Draft, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let texts = work.bundle.texts();
    let lacking = texts.iter().filter(|at| at.is_lacking()).count();
    let sent: Vec<&String> = typed.all("jalur").iter().collect();
    let shown: Vec<&TextAt> = texts
        .iter()
        .filter(|at| wish.takes(at) || sent.contains(&&at.path))
        .collect();
    let mut all = Draft::default();
    for at in &shown {
        all.put(&format!("{}.id", at.path), &at.text.id);
        all.put(&format!("{}.en", at.path), &at.text.en);
    }
    all.values.extend(typed.values.clone());
    let form = Form {
        l,
        typed: &all,
        outcome,
    };
    let fields = shown
        .iter()
        .map(|at| {
            let is_long = at.text.id.chars().count().max(at.text.en.chars().count()) > LONG
                || at.text.id.contains('\n')
                || at.path.starts_with("standard.");
            let mark = at
                .is_lacking()
                .then(|| view! { <p><ui::Tag kind=ui::TagKind::Time text=t::incomplete(l)/></p> });
            view! {
                <div class="translation">
                    {mark}
                    {hidden("jalur", at.path.clone())}
                    {form.both(&at.path, &label(l, definition, &at.path), "", is_long)}
                </div>
            }
        })
        .collect::<Vec<_>>();
    let body = if fields.is_empty() {
        view! { <ui::EmptyState title=t::all_translated(l)><p>{t::all_translated_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let inner = view! {
            {hidden("bagian", wish.part.clone())}
            {fields}
            <ui::Buttons><ui::Button>{t::save(l)}</ui::Button></ui::Buttons>
        };
        frame::form(place::part(&work.key, "/teks"), work, inner.into_any())
    };
    let mut parts = vec![
        ui::Choosable::new("", t::texts_lacking(l)),
        ui::Choosable::new("form", t::texts_form(l)),
        ui::Choosable::new("service", t::texts_service(l)),
    ];
    parts.extend(definition.pages.iter().map(|page| {
        let label = t::the_page(l, words::name(l, &page.title));
        ui::Choosable::new(page.key.clone(), label)
    }));
    let action = place::part(&work.key, "/teks");
    let part = wish.part.clone();
    let count = i64::try_from(lacking).unwrap_or(i64::MAX);
    let standing = if lacking == 0 {
        t::texts_complete(l).to_owned()
    } else {
        t::texts_count(l, count)
    };
    let view = view! {
        <p>{standing}</p>
        <ui::FilterBar action=action label=t::narrow(l) button=t::show(l)>
            <ui::FilterSelect id="bagian" label=t::texts_part(l) options=parts value=part/>
        </ui::FilterBar>
        {body}
    };
    frame::draw(visit, work, Tab::Texts, None, outcome, view.into_any())
}

/// What a text is: `Pertanyaan nama: petunjuk`.
fn label(l: domain::Locale, definition: &Definition, path: &str) -> String {
    let mut parts = path.split('.');
    let (kind, key, rest) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let last = path.rsplit('.').next().unwrap_or_default();
    match kind {
        "title" => t::title(l).to_owned(),
        "intro" => t::intro(l).to_owned(),
        "summary" => t::summary(l).to_owned(),
        "section" => t::the_section(l, key),
        "page" => format!("{}, {}", t::the_page(l, key), words::field(l, last)),
        "question" => format!("{}, {}", t::the_question(l, key), words::field(l, last)),
        "choice" => {
            let name = words::question(l, definition, key);
            format!(
                "{}, {}",
                t::the_choice(l, name, rest),
                words::field(l, last)
            )
        }
        "check" => t::the_check(l, rest),
        _ => domain::form::Component::ALL
            .into_iter()
            .find(|of| of.word() == key)
            .map_or_else(|| path.to_owned(), |of| component(l, of).to_owned()),
    }
}
