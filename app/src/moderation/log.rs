//! The public log of moderation.

use axum::{http::header, response::IntoResponse};
use domain::{
    Locale,
    moderation::{Action, Reason},
};
use leptos::prelude::*;
use service::moderation::{Entry, Log};

use super::LOG_FILE;
use crate::{Answer, Page, Visit, comment::reason_name, links, t::moderation as t};

/// `GET /moderasi`.
pub(super) async fn show(visit: Visit) -> Answer {
    let l = visit.locale;
    let log = service::moderation::log(&visit.service, visit.zone()).await?;
    let content = if log.latest.is_empty() {
        view! { <ui::EmptyState title=t::log_none(l)><p>{t::log_none_help(l)}</p></ui::EmptyState> }
            .into_any()
    } else {
        tables(&visit, &log)
    };
    let view = view! {
        <ui::Page width=ui::PageWidth::Wide>
            <h1>{t::log_title(l)}</h1>
            <ui::Lead text=t::log_lead(l)/>
            {content}
        </ui::Page>
    };
    Ok(visit.page(Page::new(t::log_title(l)).describe(t::log_lead(l)), view))
}

fn tables(visit: &Visit, log: &Log) -> AnyView {
    let l = visit.locale;
    view! {
        <h2>{t::by_month(l)}</h2>
        <ui::Table id="bulan" caption=t::by_month(l) hide_caption=true
            columns=vec![
                ui::Column::text(t::month(l)),
                ui::Column::text(t::action(l)),
                ui::Column::text(t::reason(l)),
                ui::Column::number(t::count(l)),
            ]
            rows=log.months.iter().map(|month| ui::Row::of([
                month_name(visit, month.at),
                action_name(l, month.action).to_owned(),
                reason(l, month.reason).to_owned(),
                l.number(month.count),
            ])).collect()
        />
        <h2>{t::by_consultation(l)}</h2>
        <ui::Table id="konsultasi" caption=t::by_consultation(l) hide_caption=true
            columns=columns(l)
            rows=places(l, log)
        />
        <h2>{t::latest(l)}</h2>
        <ul class="rows">{log.latest.iter().map(|entry| latest(visit, entry)).collect_view()}</ul>
        <p><ui::Button kind=ui::ButtonKind::Secondary icon_before=ui::Icon::Download href=LOG_FILE>{t::download(l)}</ui::Button></p>
    }
    .into_any()
}

/// "November 2026": the date without its day.
fn month_name(visit: &Visit, at: domain::Timestamp) -> String {
    let date = visit.zone().date(at, visit.locale);
    date.split_once(' ')
        .map_or(date.clone(), |(_, month)| month.to_owned())
}

fn columns(l: Locale) -> Vec<ui::Column> {
    std::iter::once(ui::Column::text(t::consultation(l)))
        .chain(
            Action::ALL
                .iter()
                .map(|action| ui::Column::number(action_name(l, *action))),
        )
        .collect()
}

fn places(l: Locale, log: &Log) -> Vec<ui::Row> {
    log.places
        .iter()
        .map(|place| {
            let count = |action: Action| {
                let found = place.counts.iter().find(|(of, _)| *of == action);
                l.number(found.map_or(0, |(_, count)| *count)).into_any()
            };
            let name = view! { <a href=links::consultation(&place.slug)>{place.title.clone()}</a> }
                .into_any();
            ui::Row::new(
                std::iter::once(name)
                    .chain(Action::ALL.iter().map(|action| count(*action)))
                    .collect(),
            )
        })
        .collect()
}

fn latest(visit: &Visit, entry: &Entry) -> impl IntoView + use<> {
    let l = visit.locale;
    let subject = if entry.statement {
        t::subject_statement(l)
    } else {
        t::subject_comment(l)
    };
    let mut facts = vec![visit.zone().date(entry.at, l)];
    facts.extend(entry.reason.map(|_| reason(l, entry.reason).to_owned()));
    view! {
        <li class="row">
            <b>{subject}" · "{action_name(l, entry.action)}</b>
            <ui::Facts items=facts/>
            <p><a class="link-2" href=links::consultation(&entry.slug)>{entry.title.clone()}</a></p>
        </li>
    }
}

const fn action_name(l: Locale, action: Action) -> &'static str {
    match action {
        Action::Hide => t::did_hide(l),
        Action::Restore => t::did_restore(l),
        Action::Keep => t::did_keep(l),
        Action::Accept => t::did_accept(l),
        Action::Reject => t::did_reject(l),
    }
}

fn reason(l: Locale, reason: Option<Reason>) -> &'static str {
    reason.map_or(t::no_reason(l), |reason| reason_name(l, reason.word()))
}

/// `GET /moderasi.csv`.
pub(super) async fn file(visit: Visit) -> Answer {
    let table = service::moderation::csv(&visit.service).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"moderasi.csv\"",
        ),
    ];
    Ok((headers, table).into_response())
}
