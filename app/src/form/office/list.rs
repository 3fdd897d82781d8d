//! The forms of an office, and beginning a new one.

use domain::{form::Text, office::Office};
use leptos::prelude::*;
use service::{Error, form::Built};

use super::{
    fields::{Form, typed},
    frame::{self, Outcome},
    place, words,
};
use crate::{
    Answer, Failure, Fields, Page, Said, Visit, links,
    office::{Part, moment, office_field, own_offices, shell},
    t::form_office as t,
};

/// `GET /kantor/formulir`.
pub(super) async fn show(visit: Visit) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let all = service::form::list_built(&mut tx, &visit.actor).await?;
    drop(tx);
    let list = if all.is_empty() {
        view! { <ui::EmptyState title=t::none_yet(l)><p>{t::none_yet_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        let columns = vec![
            ui::Column::text(t::title(l)),
            ui::Column::text(t::published(l)),
            ui::Column::text(t::working_copy(l)),
            ui::Column::text(t::tab_findings(l)),
            ui::Column::text(t::office(l)),
        ];
        let rows = all.iter().map(|one| row(&visit, one)).collect();
        view! { <ui::Table id="formulir" caption=t::forms(l) hide_caption=true stack=true columns rows/> }
            .into_any()
    };
    let view = view! {
        <h1>{t::forms(l)}</h1>
        <ui::Lead text=t::lead(l)/>
        <ui::Buttons>
            <ui::Button href=place::NEW>{t::make(l)}</ui::Button>
            <ui::Button kind=ui::ButtonKind::Secondary href=place::IMPORT>{t::import(l)}</ui::Button>
        </ui::Buttons>
        {list}
    };
    let about = Page::new(t::forms(l)).in_office();
    let mut response = visit.page(about, shell(&visit, Part::Forms, view.into_any(), None));
    frame::no_store(&mut response);
    Ok(response)
}

fn row(visit: &Visit, one: &Built) -> ui::Row {
    let l = visit.locale;
    let href = match one.work {
        Some(_) => place::outline(&one.key),
        None => links::form(&one.key),
    };
    let name = words::name(l, &one.title);
    let published = match &one.published {
        None => view! { <span class="meta">{t::never_published(l)}</span> }.into_any(),
        Some((version, offer, at)) => {
            let today = visit.zone().day(visit.now);
            let is_open = offer.opening(today) == domain::form::Opening::Open;
            let (kind, word) = if is_open {
                (ui::TagKind::Open, t::is_open(l))
            } else {
                (ui::TagKind::Neutral, t::is_closed(l))
            };
            let text = format!("{}, {}", t::version(l, version), visit.zone().date(*at, l));
            view! { {text}" "<ui::Tag kind=kind text=word/> }.into_any()
        }
    };
    let (work, findings) = match &one.work {
        None => (view! { "–" }.into_any(), "–".to_owned()),
        Some(work) => {
            let at = moment(visit, work.updated_at);
            let text = match &work.by {
                Some(name) => t::changed_by(l, at, name),
                None => at,
            };
            let errors = i64::try_from(work.errors()).unwrap_or(i64::MAX);
            let findings = if errors == 0 {
                t::no_errors(l).to_owned()
            } else {
                t::errors(l, errors)
            };
            (text.into_any(), findings)
        }
    };
    ui::Row::new(vec![
        view! { <a href=href>{name}</a> }.into_any(),
        published,
        work,
        findings.into_any(),
        one.office_short.clone().into_any(),
    ])
}

/// `GET /kantor/formulir/baru`.
pub(super) async fn ask(visit: Visit) -> Answer {
    page(&visit, &Fields::default(), &Outcome::default()).await
}

/// `POST /kantor/formulir/baru` (`title.id`, `title.en`, `office`).
pub(super) async fn make(visit: Visit, fields: Fields) -> Answer {
    let title = Text::new(fields.text("title.id"), fields.text("title.en"));
    let office = fields.text("office");
    match service::form::new_work(&visit.service, &visit.actor, office, title).await {
        Ok(key) => Ok(visit.go_saying(&place::outline(&key), Said::Saved)),
        Err(Error::Invalid(invalid)) => {
            page(&visit, &fields, &Outcome::wrong(visit.locale, &invalid)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit, fields: &Fields, outcome: &Outcome) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let offices: Vec<Office> = own_offices(visit, &mut tx).await?;
    drop(tx);
    if offices.is_empty() {
        return Err(Failure::Forbidden);
    }
    let typed = typed(fields);
    let form = Form {
        l,
        typed: &typed,
        outcome,
    };
    let title = form.both("title", t::title(l), t::title_hint(l), false);
    let office = office_field(visit, offices, fields.text("office"), outcome.at("office"));
    let view = view! {
        {outcome.summary(l)}
        <ui::BackLink href=links::FORMS label=t::forms(l)/>
        <h1>{t::make(l)}</h1>
        <ui::Lead text=t::make_help(l)/>
        <div class="column">
            <ui::Form action=place::NEW>
                {title}
                {office}
                <ui::Buttons><ui::Button>{t::begin(l)}</ui::Button></ui::Buttons>
            </ui::Form>
        </div>
    };
    let about = Page::new(t::make(l)).in_office();
    let about = if outcome.is_wrong() {
        about.wrong()
    } else {
        about
    };
    let mut response = visit.page(about, shell(visit, Part::Forms, view.into_any(), None));
    frame::no_store(&mut response);
    Ok(response)
}
