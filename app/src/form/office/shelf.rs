//! A form as its office keeps it: the published version, all versions, opening and closing, the working copy.

use axum::{extract::Path, http::StatusCode, response::Response};
use domain::{Timestamp, form::Opening};
use leptos::prelude::*;
use service::{
    Conflict, Error,
    form::{Shelf, Unfit},
};

use super::{
    fields::hidden,
    frame::{self, Changed},
    place, words,
};
use crate::{
    Answer, Fields, Page, Said, Visit,
    error::conflict,
    links,
    office::{Part, moment, shell},
    t::form_office as t,
};

/// `GET /kantor/formulir/{key}`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    draw(&visit, &key, None).await
}

/// `POST /kantor/formulir/{key}` (`aksi`: `mulai`, `buang`, `buka`, `tutup`, `kenal`).
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let (service, actor) = (&visit.service, &visit.actor);
    let seen = fields.text("edisi").parse().unwrap_or(0);
    let (done, place, said) = match fields.text("aksi") {
        "buang" => {
            let done = service::form::discard_work(service, actor, &key, seen).await;
            (done, links::FORMS.to_owned(), Said::Removed)
        }
        "buka" => {
            let done = service::form::open_form(service, actor, &key, true).await;
            (done, links::form(&key), Said::ServiceOpened)
        }
        "tutup" => {
            let done = service::form::open_form(service, actor, &key, false).await;
            (done, links::form(&key), Said::ServiceClosed)
        }
        "kenal" => {
            let version = fields.text("versi").parse().unwrap_or(0);
            let done = service::form::rebase_work(service, actor, &key, version).await;
            (done, place::outline(&key), Said::Saved)
        }
        _ => {
            let done = service::form::begin_work(service, actor, &key).await;
            (done, place::outline(&key), Said::Saved)
        }
    };
    match done {
        Ok(()) => Ok(visit.go_saying(&place, said)),
        Err(Error::Conflict(why)) => draw(&visit, &key, Some(why)).await,
        Err(other) => Err(other.into()),
    }
}

/// `POST /kantor/formulir/{key}/terbit`.
pub(super) async fn publish(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let seen = fields.text("edisi").parse().unwrap_or(0);
    match service::form::publish_work(&visit.service, &visit.actor, &key, seen).await {
        Ok(_) => Ok(visit.go_saying(&links::form(&key), Said::Published)),
        Err(Unfit::Service(Error::Conflict(Conflict::Stale))) => {
            match frame::stale(&visit, &key, seen).await? {
                Changed::Done => Ok(visit.go(&place::outline(&key))),
                Changed::Refused(work, outcome) => {
                    let l = visit.locale;
                    let view = view! { <p>{t::look_again(l)}</p> }.into_any();
                    let tab = frame::Tab::Findings;
                    Ok(frame::draw(&visit, &work, tab, None, &outcome, view))
                }
            }
        }
        Err(Unfit::Service(other)) => Err(other.into()),
        // Both are said where the button stands: what holds it up, or which version came.
        Err(Unfit::Published { .. }) => Ok(visit.go(&place::part(&key, "/banding"))),
        Err(_) => Ok(visit.go(&place::part(&key, "/temuan"))),
    }
}

async fn draw(visit: &Visit, key: &str, stands: Option<Conflict>) -> Answer {
    let mut tx = visit.service.read().await?;
    let shelf = service::form::shelf(&mut tx, &visit.actor, key).await?;
    drop(tx);
    Ok(page(visit, key, &shelf, stands))
}

fn page(visit: &Visit, key: &str, shelf: &Shelf, stands: Option<Conflict>) -> Response {
    let l = visit.locale;
    let title = match (&shelf.current, &shelf.work) {
        (Some(form), _) => words::name(l, &form.definition.title),
        (None, Some(work)) => words::name(l, &work.bundle.definition.title),
        (None, None) => String::new(),
    };
    let stands = stands.map(|why| {
        let text = match why {
            Conflict::Stale => t::shelf_stale(l),
            other => conflict(l, other),
        };
        view! {
            <div role="alert" tabindex="-1" id="halangan">
                <ui::Notice kind=ui::NoticeKind::Warning>{text}</ui::Notice>
            </div>
        }
    });
    let status = if stands.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let now = published(visit, key, shelf);
    let work = working(visit, key, shelf);
    let versions = versions(visit, key, shelf);
    let view = view! {
        <ui::BackLink href=links::FORMS label=t::forms(l)/>
        <h1>{title.clone()}</h1>
        {stands}
        {work}
        {now}
        {versions}
    };
    let about = Page::new(title).in_office().status(status);
    let mut response = visit.page(about, shell(visit, Part::Forms, view.into_any(), None));
    frame::no_store(&mut response);
    response
}

/// The working copy, or the way to one.
fn working(visit: &Visit, key: &str, shelf: &Shelf) -> AnyView {
    let l = visit.locale;
    let action = links::form(key);
    let Some(work) = &shelf.work else {
        return view! {
            <ui::Form action=action>
                <p>{t::begin_help(l)}</p>
                <ui::Buttons><ui::Button name="aksi" value="mulai">{t::begin_change(l)}</ui::Button></ui::Buttons>
            </ui::Form>
        }
        .into_any();
    };
    let at = moment(visit, work.updated_at);
    let text = match &work.by {
        Some(name) => t::changed_by(l, at, name),
        None => at,
    };
    let go_on = place::outline(key);
    let revision = work.revision.to_string();
    view! {
        <ui::Panel strong=true>
            <h2>{t::working_copy(l)}</h2>
            <p>{text}</p>
            <ui::Buttons><ui::Button href=go_on>{t::go_on(l)}</ui::Button></ui::Buttons>
            <ui::Disclosure summary=t::discard(l)>
                <ui::Form action=action>
                    {hidden("edisi", revision)}
                    <p>{t::discard_help(l)}</p>
                    <ui::Buttons>
                        <ui::Button kind=ui::ButtonKind::Danger name="aksi" value="buang">{t::discard(l)}</ui::Button>
                    </ui::Buttons>
                </ui::Form>
            </ui::Disclosure>
        </ui::Panel>
    }
    .into_any()
}

fn published(visit: &Visit, key: &str, shelf: &Shelf) -> AnyView {
    let l = visit.locale;
    let Some(form) = &shelf.current else {
        return view! { <p>{t::never_published_help(l)}</p> }.into_any();
    };
    let today = visit.zone().day(visit.now);
    let opening = match form.service.opening(today) {
        Opening::Open => t::is_open(l).to_owned(),
        Opening::Offline => t::is_closed(l).to_owned(),
        Opening::Later { opens } => t::opens_on(l, opens.written(l)),
        Opening::Over { closed } => t::closed_on(l, closed.written(l)),
    };
    let pages = i64::try_from(form.definition.pages.len()).unwrap_or(i64::MAX);
    let questions = form.definition.each_question().len();
    let questions = i64::try_from(questions).unwrap_or(i64::MAX);
    let facts = vec![
        ui::SummaryRow::new(t::published(l), t::version(l, form.definition.version)),
        ui::SummaryRow::new(t::opening(l), opening),
        ui::SummaryRow::new(t::office(l), form.office_name.clone()),
        ui::SummaryRow::new(t::filling_in(l), t::minutes(l, i64::from(form.minutes))),
        ui::SummaryRow::new(t::size(l), t::pages_and_questions(l, pages, questions)),
    ];
    let (word, value, help) = if form.service.is_online {
        (t::close(l), "tutup", t::close_help(l))
    } else {
        (t::open(l), "buka", t::open_help(l))
    };
    let action = links::form(key);
    let public = links::service(key);
    view! {
        <h2>{t::published(l)}</h2>
        <ui::SummaryList rows=facts/>
        <p><a href=public>{t::see_public(l)}</a></p>
        <ui::Disclosure summary=word>
            <ui::Form action=action>
                <p>{help}</p>
                <ui::Buttons>
                    <ui::Button kind=ui::ButtonKind::Secondary name="aksi" value=value>{word}</ui::Button>
                </ui::Buttons>
            </ui::Form>
        </ui::Disclosure>
    }
    .into_any()
}

fn versions(visit: &Visit, key: &str, shelf: &Shelf) -> AnyView {
    let l = visit.locale;
    if shelf.versions.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        ui::Column::text(t::version_column(l)),
        ui::Column::text(t::published_on(l)),
        ui::Column::text(t::by(l)),
        ui::Column::text(t::see(l)),
    ];
    let rows = shelf
        .versions
        .iter()
        .map(|past| {
            let version = past.version;
            let compare = (version > 1).then(|| {
                let tail = format!("/banding?dari={}&ke={version}", version - 1);
                let href = place::part(key, &tail);
                view! { <a href=href>{t::compare_with_before(l)}</a>" · " }
            });
            let href = place::part(key, &format!("/unduh?versi={version}"));
            ui::Row::new(vec![
                t::version(l, version).into_any(),
                moment(visit, Timestamp(past.at)).into_any(),
                past.by_name
                    .clone()
                    .unwrap_or_else(|| t::by_program(l).to_owned())
                    .into_any(),
                view! { {compare}<a href=href>{t::export(l)}</a> }.into_any(),
            ])
        })
        .collect();
    view! {
        <h2 id="versi">{t::versions(l)}</h2>
        <p class="hint">{t::versions_help(l)}</p>
        <ui::Table id="versi-tabel" caption=t::versions(l) hide_caption=true stack=true columns rows/>
    }
    .into_any()
}
