//! A service: what it is, what one needs, and the way in.

use axum::extract::Path;
use domain::{
    Locale, Timestamp,
    deadline::{Limit, Unit},
    form::{Component, Fee, Opening, Text},
    reference::Reference,
};
use leptos::prelude::*;
use service::form::{Filling, Form};
use words::fault::component;

use super::{
    counter,
    place::{any_hand, hand, own, tasks},
};
use crate::{Answer, Fields, Page, Visit, account, links, t::form as t};

/// `GET /layanan/{key}`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let form = service::form::find(&mut tx, &key).await?;
    let (filling, before) = match hand(&visit) {
        Some(hand) => {
            let filling = service::form::resume(&visit.service, &mut tx, &hand, &key).await?;
            // Whoever goes back after sending finds what became of it, not an empty form.
            let before = match filling {
                None => service::form::last_sent(&mut tx, &hand, &key).await?,
                Some(_) => None,
            };
            (filling, before)
        }
        None => (None, None),
    };
    let has_guide = service::form::has_guide(&mut tx, &key).await?;
    drop(tx);
    let l = visit.locale;
    let page = Page::new(form.definition.title.get(l))
        .describe(form.service.summary.get(l))
        .canonical(links::service(&key));
    let has_own = filling.is_some() || before.is_some();
    let response = visit.page(page, view(&visit, &form, filling, (before, has_guide)));
    Ok(if has_own {
        own(&visit, response)
    } else {
        response
    })
}

/// `POST /layanan/{key}/mulai`: begins, or goes on; `baru=1` throws away what is there.
pub(super) async fn begin(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    // At the counter it is said first for whom.
    if counter::hand(&visit).is_some() {
        return Ok(visit.go(links::COUNTER));
    }
    let (hand, fresh) = any_hand(&visit);
    let anew = fields.text("baru") == "1";
    service::form::begin(&visit.service, &hand, &key, anew).await?;
    let mut response = account::with_key(visit.go(&tasks(&key)), fresh);
    if fields.text("bersama") == "1" {
        account::shared(&mut response);
    }
    Ok(response)
}

/// How long the city has, in words.
pub(super) fn limit(l: Locale, limit: &Limit) -> String {
    let count = i64::from(limit.length);
    match limit.unit {
        Unit::WorkingDays => t::limit_working(l, count),
        Unit::Days => t::limit_days(l, count),
        Unit::Hours => t::limit_hours(l, count),
    }
}

fn fee(l: Locale, fee: &Fee) -> String {
    match fee {
        Fee::Free => t::fee_free(l).to_owned(),
        Fee::Fixed(rupiah) => t::fee_fixed(l, l.number(i64::try_from(*rupiah).unwrap_or(i64::MAX))),
        Fee::Answer(_) => t::fee_reckoned(l).to_owned(),
    }
}

/// A component's text: lines that begin with a dash make a list.
pub(super) fn text(l: Locale, text: &Text) -> AnyView {
    let mut blocks: Vec<AnyView> = Vec::new();
    let mut list: Vec<String> = Vec::new();
    let close = |list: &mut Vec<String>, blocks: &mut Vec<AnyView>| {
        if !list.is_empty() {
            let items = list
                .drain(..)
                .map(|line| view! { <li>{line}</li> })
                .collect_view();
            blocks.push(view! { <ul>{items}</ul> }.into_any());
        }
    };
    for line in text
        .get(l)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        if let Some(item) = line.strip_prefix("- ") {
            list.push(item.to_owned());
        } else {
            close(&mut list, &mut blocks);
            let line = line.to_owned();
            blocks.push(view! { <p>{line}</p> }.into_any());
        }
    }
    close(&mut list, &mut blocks);
    view! { <div class="prose">{blocks}</div> }.into_any()
}

/// What was sent from here before: its number, and that it need not be sent again.
fn sent_before(
    visit: &Visit,
    key: &str,
    before: Option<(Reference, Timestamp)>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    before.map(|(reference, at)| {
        let href = links::sent(key, reference);
        let title = t::sent_before(l, visit.zone().date(at, l), visit.zone().clock(at, l));
        let see = t::sent_before_see(l, reference.to_string());
        view! {
            <ui::Notice kind=ui::NoticeKind::Success title=title>
                <a href=href>{see}</a>". "{t::sent_before_again(l)}
            </ui::Notice>
        }
    })
}

fn view(
    visit: &Visit,
    form: &Form,
    filling: Option<Filling>,
    (before, has_guide): (Option<(Reference, Timestamp)>, bool),
) -> impl IntoView + use<> {
    let l = visit.locale;
    let definition = &form.definition;
    let offer = &form.service;
    let intro = (!definition.intro.is_empty()).then(|| text(l, &definition.intro));
    let facts = vec![
        ui::SummaryRow::new(t::facts_minutes(l), t::minutes(l, i64::from(form.minutes))),
        ui::SummaryRow::new(t::facts_fee(l), fee(l, &offer.fee)),
        ui::SummaryRow::new(t::facts_limit(l), limit(l, &offer.limit)),
        ui::SummaryRow::new(t::facts_office(l), form.office_name.clone()),
    ];
    let need = text(l, &offer.standard.requirements);
    // The first stands open above; the others open on demand, each under its own heading.
    let rest = Component::ALL
        .into_iter()
        .map(|of| {
            let body = text(l, offer.standard.get(of));
            view! { <h3>{component(l, of)}</h3> {body} }
        })
        .collect_view();
    let title = definition.title.get(l).to_owned();
    let summary = offer.summary.get(l).to_owned();
    let before = sent_before(visit, &form.key, before);
    let guide = has_guide.then(|| {
        let href = links::guide(&form.key);
        view! { <p><a href=href>{t::to_guide(l)}</a></p> }
    });
    let version = filling.as_ref().map_or(definition.version, |filling| {
        filling.form.definition.version
    });
    let keep = (offer.is_online && !visit.shared)
        .then(|| view! { <div hidden=true data-keep=links::kept(&form.key, version)></div> });
    let taxes = crate::payment::beside(visit, &form.key);
    let way_in = way_in(visit, form, filling);
    view! {
        <ui::Page>
            {keep}
            <ui::BackLink href=links::SERVICES label=t::title(l)/>
            <h1>{title}</h1>
            <ui::Lead text=summary/>
            {before}
            {intro}
            <ui::SummaryList rows=facts/>
            {guide}
            {taxes}
            {way_in}
            <h2>{t::need(l)}</h2>
            {need}
            <h2>{t::standard(l)}</h2>
            <ui::Disclosure summary=t::standard_help(l)>{rest}</ui::Disclosure>
        </ui::Page>
    }
}

fn way_in(visit: &Visit, form: &Form, filling: Option<Filling>) -> AnyView {
    let l = visit.locale;
    let today = visit.zone().day(visit.now);
    let notice = |title: String, help: &'static str| {
        view! { <ui::Notice kind=ui::NoticeKind::Closed title=title>{help}</ui::Notice> }.into_any()
    };
    let action = format!("{}/mulai", links::service(&form.key));
    let shared = visit.shared;
    match (form.service.opening(today), filling) {
        // What cannot be gone on with can still be read.
        (_, Some(filling)) => {
            let at = filling.updated_at;
            let saved = t::saved_on(l, visit.zone().date(at, l), visit.zone().clock(at, l));
            let go_on = tasks(&form.key);
            view! {
                <p class="meta">{saved}</p>
                <ui::Buttons>
                    <ui::Button href=go_on>{t::go_on(l)}</ui::Button>
                </ui::Buttons>
                <ui::Form action=action>
                    <input type="hidden" name="baru" value="1"/>
                    <ui::Button kind=ui::ButtonKind::Quiet>{t::anew(l)}</ui::Button>
                    <p class="meta">{t::anew_help(l)}</p>
                </ui::Form>
            }
            .into_any()
        }
        (Opening::Open, None) => view! {
            <ui::Form action=action>
                <ui::Checkbox id="bersama" label=t::shared(l) value="1" hint=t::shared_help(l) checked=shared/>
                <ui::Button>{t::start(l)}</ui::Button>
            </ui::Form>
            <p class="meta">{t::privacy(l)}</p>
        }
        .into_any(),
        (Opening::Later { opens }, None) => {
            notice(t::opens_later(l, opens.written(l)), t::opens_later_help(l))
        }
        (Opening::Over { closed }, None) => notice(t::over(l, closed.written(l)), t::over_help(l)),
        (Opening::Offline, None) => notice(t::offline(l).to_owned(), t::offline_help(l)),
    }
}
