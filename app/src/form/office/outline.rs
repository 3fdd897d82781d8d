//! The order of a form: its tasks, pages and questions, each with what can be done to it.

use axum::{extract::Path, response::Response};
use domain::{
    Invalid, Problem,
    form::{
        Definition, Draft, Kind, Page, Question,
        edit::{Edit, Place, Step, kind_of_word},
    },
};
use leptos::prelude::*;
use service::{Conflict, Error, form::Work};

use super::{
    fields::{Form, hidden, typed},
    frame::{self, Changed, Outcome, Tab},
    page::text,
    place, question, words,
};
use crate::{Answer, Fields, Said, Visit, links, t::form_office as t};

/// The form that the small buttons of the outline send.
const ORDER: &str = "urut";

/// `GET /kantor/formulir/{key}/susunan`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let work = frame::work(&visit, &key).await?;
    Ok(draw(&visit, &work, &Draft::default(), &Outcome::default()))
}

/// `POST /kantor/formulir/{key}/susunan`. `aksi` is `naik`, `turun`, `salin` or `buang` with the word of a place behind a blank;
/// `batalkan`, `ulangi`; or adds and names: `formulir`, `bagian`, `halaman`, `pertanyaan`, `nama-bagian`.
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let deed = fields.text("aksi");
    if matches!(deed, "batalkan" | "ulangi") {
        return go(&visit, &key, &fields).await;
    }
    let work = frame::work(&visit, &key).await?;
    let typed = typed(&fields);
    let (edit, mark) = edit_of(&work.bundle.definition, deed, &typed);
    match frame::change(&visit, work, &fields, edit).await? {
        Changed::Done => {
            let said = if deed.starts_with("buang ") {
                Said::Removed
            } else {
                Said::Saved
            };
            let place = if deed == "pertanyaan" {
                // A new question wants its settings next: it is the last of its home.
                let work = frame::work(&visit, &key).await?;
                newest(&work, typed.text("di")).unwrap_or_else(|| place::outline(&key))
            } else {
                format!("{}{mark}", place::outline(&key))
            };
            Ok(visit.go_saying(&place, said))
        }
        Changed::Refused(work, outcome) => Ok(draw(&visit, &work, &typed, &outcome)),
    }
}

fn newest(work: &Work, home: &str) -> Option<String> {
    let definition = &work.bundle.definition;
    let question = match place::home_of_word(home)? {
        domain::form::edit::Home::Page(key) => definition.page(&key)?.questions.last()?,
        domain::form::edit::Home::Group(key) => {
            definition.question_by_key(&key)?.kind.inner().last()?
        }
    };
    Some(place::editor(
        &work.key,
        &Place::Question(question.key.clone()),
    ))
}

/// Takes back or does again, and leads to where the button was pressed.
async fn go(visit: &Visit, key: &str, fields: &Fields) -> Answer {
    let seen = fields.text("edisi").parse().unwrap_or(0);
    let done = if fields.text("aksi") == "batalkan" {
        service::form::undo_work(&visit.service, &visit.actor, key, seen).await
    } else {
        service::form::redo_work(&visit.service, &visit.actor, key, seen).await
    };
    match done {
        Ok(()) => {
            let back = fields
                .text("kembali")
                .split(['?', '#'])
                .next()
                .unwrap_or_default();
            // A page of something that is no more after going back leads to the order.
            let own = [
                place::part(key, "/halaman/"),
                place::part(key, "/pertanyaan/"),
            ];
            let is_part = own.iter().any(|start| back.starts_with(start));
            let place = if back.starts_with(&links::form(key)) && !is_part {
                back.to_owned()
            } else {
                place::outline(key)
            };
            Ok(visit.go_saying(&place, Said::Saved))
        }
        Err(Error::Conflict(Conflict::Stale)) => match frame::stale(visit, key, seen).await? {
            Changed::Done => Ok(visit.go(&place::outline(key))),
            Changed::Refused(work, outcome) => Ok(draw(visit, &work, &Draft::default(), &outcome)),
        },
        Err(other) => Err(other.into()),
    }
}

/// The edit, and the mark on the page to which it leads.
fn edit_of(definition: &Definition, deed: &str, typed: &Draft) -> (Result<Edit, Invalid>, String) {
    let unknown = || Err(Invalid::one("place", Problem::Unknown));
    if let Some((deed, word)) = deed.split_once(' ') {
        let Some(place) = place::of_word(word) else {
            return (unknown(), String::new());
        };
        let mark = mark(&place);
        return match deed {
            "naik" => (
                Ok(Edit::Move {
                    place,
                    step: Step::Up,
                }),
                mark,
            ),
            "turun" => (
                Ok(Edit::Move {
                    place,
                    step: Step::Down,
                }),
                mark,
            ),
            "salin" => (Ok(Edit::Copy(place)), mark),
            "buang" => {
                let up = match &place {
                    Place::Question(key) => {
                        definition.page_of(key).map(|page| format!("#p-{page}"))
                    }
                    _ => None,
                };
                (Ok(Edit::Remove(place)), up.unwrap_or_default())
            }
            _ => (unknown(), String::new()),
        };
    }
    let named = |field: &str| {
        let name = text(typed, field);
        if name.id.is_empty() {
            Err(Invalid::one(&format!("{field}.id"), Problem::Missing))
        } else {
            Ok(name)
        }
    };
    match deed {
        "formulir" => {
            let intro = text(typed, "intro");
            let edit = named("title").map(|title| Edit::Form { title, intro });
            (edit, "#formulir".to_owned())
        }
        "bagian" => (
            named("bagian").map(Edit::AddSection),
            "#bagian-baru".to_owned(),
        ),
        "nama-bagian" => {
            let key = typed.text("kunci").to_owned();
            let field = format!("s-{key}");
            let edit = named(&field).map(|title| Edit::Section {
                key: key.clone(),
                title,
            });
            (edit, format!("#s-{key}"))
        }
        "halaman" => {
            let section = typed.text("section").to_owned();
            let edit = named("halaman").map(|title| Edit::AddPage { title, section });
            (edit, "#halaman-baru".to_owned())
        }
        "pertanyaan" => {
            let home = typed.text("di");
            let edit = named(home).and_then(|label| {
                let home = place::home_of_word(home);
                let home = home.ok_or_else(|| Invalid::one("place", Problem::Unknown))?;
                let kind = kind_of_word(typed.text("kind"));
                let kind = kind.ok_or_else(|| Invalid::one("kind", Problem::Missing))?;
                let kind = Box::new(kind);
                Ok(Edit::AddQuestion { home, label, kind })
            });
            (edit, String::new())
        }
        _ => (unknown(), String::new()),
    }
}

fn mark(place: &Place) -> String {
    match place {
        Place::Section(key) => format!("#s-{key}"),
        Place::Page(key) => format!("#p-{key}"),
        Place::Question(key) => format!("#q-{key}"),
        _ => String::new(),
    }
}

fn draw(visit: &Visit, work: &Work, typed: &Draft, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let pages = if definition.pages.is_empty() {
        view! { <ui::EmptyState title=t::no_pages(l)><p>{t::no_pages_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let last = definition.pages.len();
        definition
            .pages
            .iter()
            .enumerate()
            .map(|(n, page)| one_page(visit, work, page, (n, last), typed, outcome))
            .collect_view()
            .into_any()
    };
    let action = place::outline(&work.key);
    let revision = work.revision.to_string();
    let order =
        view! { <form method="post" id=ORDER action=action>{hidden("edisi", revision)}</form> };
    let ends = ends(visit, work, typed, outcome);
    let view = view! {
        {order}
        {pages}
        {ends}
    };
    frame::draw(visit, work, Tab::Outline, None, outcome, view.into_any())
}

/// Up, down, copy, remove: buttons of the one form of the outline.
fn buttons(
    visit: &Visit,
    place: &Place,
    name: &str,
    (n, count): (usize, usize),
    edit: Option<String>,
) -> AnyView {
    let l = visit.locale;
    let word = place::word(place);
    let button = |deed: &str, text: &'static str, label: String| {
        let value = format!("{deed} {word}");
        view! {
            <ui::Button kind=ui::ButtonKind::Quiet form=ORDER name="aksi" value=value label=label>{text}</ui::Button>
        }
    };
    let up = (n > 0).then(|| button("naik", t::up(l), t::up_of(l, name)));
    let down = (n + 1 < count).then(|| button("turun", t::down(l), t::down_of(l, name)));
    let copy = (!matches!(place, Place::Section(_)))
        .then(|| button("salin", t::copy(l), t::copy_of(l, name)));
    let remove = button("buang", t::remove(l), t::remove_of(l, name));
    let edit = edit.map(|href| {
        let label = t::edit_of(l, name);
        view! { <ui::Button kind=ui::ButtonKind::Quiet href=href label=label>{t::edit(l)}</ui::Button> }
    });
    view! { <div class="actions">{edit}{up}{down}{copy}{remove}</div> }.into_any()
}

fn one_page(
    visit: &Visit,
    work: &Work,
    page: &Page,
    at: (usize, usize),
    typed: &Draft,
    outcome: &Outcome,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let place = Place::Page(page.key.clone());
    let name = words::name(l, &page.title);
    let section = definition
        .sections
        .iter()
        .find(|one| one.key == page.section)
        .map(|one| words::name(l, &one.title));
    let when = page
        .when
        .as_ref()
        .map(|when| t::only_when(l, words::condition(l, definition, when)));
    let questions = list(visit, work, &page.questions, typed, outcome);
    let home = format!("page:{}", page.key);
    let add = add_question(visit, work, &home, typed, outcome);
    let href = place::editor(&work.key, &place);
    let buttons = buttons(
        visit,
        &place,
        &t::the_page(l, &name),
        at,
        Some(href.clone()),
    );
    let title = format!("{}. {name}", at.0 + 1);
    let facts: Vec<String> = section.into_iter().chain(when).collect();
    let facts = (!facts.is_empty()).then(|| view! { <ui::Facts items=facts/> });
    let id = format!("p-{}", page.key);
    view! {
        <section class="card outline" id=id>
            <h2 class="h3"><a href=href>{title}</a></h2>
            {facts}
            {buttons}
            {questions}
            {add}
        </section>
    }
}

fn list(
    visit: &Visit,
    work: &Work,
    questions: &[Question],
    typed: &Draft,
    outcome: &Outcome,
) -> AnyView {
    let count = questions.len();
    if count == 0 {
        return view! { <p class="hint">{t::no_questions(visit.locale)}</p> }.into_any();
    }
    let items = questions
        .iter()
        .enumerate()
        .map(|(n, one)| item(visit, work, one, (n, count), typed, outcome))
        .collect_view();
    view! { <ol class="asked">{items}</ol> }.into_any()
}

fn item(
    visit: &Visit,
    work: &Work,
    one: &Question,
    at: (usize, usize),
    typed: &Draft,
    outcome: &Outcome,
) -> AnyView {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let place = Place::Question(one.key.clone());
    let name = words::name(l, &one.label);
    let mut facts = words::facts(l, one);
    if let Some(when) = &one.when {
        facts.push(t::only_when(l, words::condition(l, definition, when)));
    }
    let inner = matches!(one.kind, Kind::Group { .. }).then(|| {
        let home = format!("group:{}", one.key);
        view! {
            {list(visit, work, one.kind.inner(), typed, outcome)}
            {add_question(visit, work, &home, typed, outcome)}
        }
    });
    let href = place::editor(&work.key, &place);
    let buttons = buttons(visit, &place, &t::the_question(l, &name), at, None);
    let id = format!("q-{}", one.key);
    view! {
        <li id=id>
            <a href=href><b>{name}</b></a>
            <ui::Facts items=facts/>
            {buttons}
            {inner}
        </li>
    }
    .into_any()
}

fn add_question(
    visit: &Visit,
    work: &Work,
    home: &str,
    typed: &Draft,
    outcome: &Outcome,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let is_open = outcome.at(&format!("{home}.id")).is_some();
    let form = Form { l, typed, outcome };
    let kind = format!("kind-{home}");
    let value = if is_open { typed.text("kind") } else { "short" }.to_owned();
    let inner = view! {
        {hidden("di", home.to_owned())}
        {form.both(home, t::label(l), "", false)}
        <ui::Select id=kind name="kind" label=t::kind(l) options=question::kinds(l) value=value/>
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="pertanyaan">{t::add_question(l)}</ui::Button>
        </ui::Buttons>
    };
    let form = frame::form(place::outline(&work.key), work, inner.into_any());
    view! { <ui::Disclosure summary=t::add_question(l) open=is_open>{form}</ui::Disclosure> }
}

/// What stands below the pages: a new page, the tasks, the form's name.
fn ends(visit: &Visit, work: &Work, typed: &Draft, outcome: &Outcome) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &work.bundle.definition;
    let action = place::outline(&work.key);
    let mut all = Draft::default();
    for (field, text) in [("title", &definition.title), ("intro", &definition.intro)] {
        all.put(&format!("{field}.id"), &text.id);
        all.put(&format!("{field}.en"), &text.en);
    }
    for section in &definition.sections {
        all.put(&format!("s-{}.id", section.key), &section.title.id);
        all.put(&format!("s-{}.en", section.key), &section.title.en);
    }
    all.values.extend(typed.values.clone());
    let form = Form {
        l,
        typed: &all,
        outcome,
    };
    let sections: Vec<ui::Choosable> = definition
        .sections
        .iter()
        .map(|one| ui::Choosable::new(one.key.clone(), words::name(l, &one.title)))
        .collect();
    let choose = (!sections.is_empty())
        .then(|| form.choose("section", t::section(l), sections, t::no_section(l), ""));
    let inner = view! {
        {form.both("halaman", t::title(l), "", false)}
        {choose}
        <ui::Buttons><ui::Button name="aksi" value="halaman">{t::add_page(l)}</ui::Button></ui::Buttons>
    };
    let page = frame::form(action.clone(), work, inner.into_any());
    let count = definition.sections.len();
    let tasks = definition
        .sections
        .iter()
        .enumerate()
        .map(|(n, section)| {
            let place = Place::Section(section.key.clone());
            let field = format!("s-{}", section.key);
            let name = t::the_section(l, words::name(l, &section.title));
            let inner = view! {
                {hidden("kunci", section.key.clone())}
                {form.both(&field, t::title(l), "", false)}
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="nama-bagian">{t::save(l)}</ui::Button>
                </ui::Buttons>
            };
            let rename = frame::form(action.clone(), work, inner.into_any());
            let buttons = buttons(visit, &place, &name, (n, count), None);
            view! { <li class="card" id=field>{rename}{buttons}</li> }
        })
        .collect::<Vec<_>>();
    let inner = view! {
        {form.both("bagian", t::title(l), "", false)}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="bagian">{t::add_section(l)}</ui::Button>
        </ui::Buttons>
    };
    let section = frame::form(action.clone(), work, inner.into_any());
    let inner = view! {
        {form.both("title", t::title(l), "", false)}
        {form.both("intro", t::intro(l), t::help_hint(l), true)}
        <ui::Buttons>
            <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value="formulir">{t::save(l)}</ui::Button>
        </ui::Buttons>
    };
    let own = frame::form(action, work, inner.into_any());
    view! {
        <h2 id="halaman-baru">{t::new_page(l)}</h2>
        <div class="column">{page}</div>
        <h2 id="bagian-baru">{t::sections(l)}</h2>
        <p class="hint">{t::sections_help(l)}</p>
        <ol class="cards column">{tasks}</ol>
        <div class="column">{section}</div>
        <h2 id="formulir">{t::name_and_intro(l)}</h2>
        <div class="column">{own}</div>
    }
}
