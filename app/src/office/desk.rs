//! The desk: what waits, and the consultations of one's offices.

use axum::extract::RawQuery;
use domain::{Locale, consultation::Phase};
use leptos::prelude::*;
use service::{case::Counts, consultation::OnDesk};

use super::{
    shell::{CONSULTATIONS, NEW, Part, place, shell},
    words,
};
use crate::{Answer, Fields, Page, Visit, links::CASES, t::office as t};

/// Consultations shown on the desk; the list has them all.
const RECENT: usize = 6;

/// `GET /kantor`: what waits, and what was worked on last.
pub(super) async fn show(visit: Visit) -> Answer {
    let l = visit.locale;
    let mut tx = visit.service.read().await?;
    let all = service::consultation::desk(&mut tx, &visit.actor).await?;
    let cases = service::case::waiting(&visit.service, &mut tx, &visit.actor).await?;
    drop(tx);
    let mut waits = cases_waiting(l, &cases);
    waits.extend(consultations_waiting(&visit, &all));
    let waits = if waits.is_empty() {
        view! { <p>{t::nothing_waits(l)}</p> }.into_any()
    } else {
        view! { <ui::LinkList items=waits/> }.into_any()
    };
    let count = |phase| {
        all.iter()
            .filter(|c| c.consultation.phase(visit.now) == phase)
            .count()
    };
    let stats = Phase::ALL
        .into_iter()
        .map(|phase| {
            let figure = l.number(i64::try_from(count(phase)).unwrap_or(i64::MAX));
            view! { <ui::Stat figure label=words::phase(l, phase)/> }
        })
        .collect_view();
    let recent: Vec<&OnDesk> = all.iter().take(RECENT).collect();
    let view = view! {
        <h1>{t::desk(l)}</h1>
        <ui::Stats>{stats}</ui::Stats>
        <h2>{t::waits(l)}</h2>
        {waits}
        <div class="section-head"><h2>{t::worked_on(l)}</h2><a href=CONSULTATIONS>{t::all_consultations(l)}</a></div>
        {table(&visit, &recent)}
        <ui::Buttons><ui::Button href=NEW>{t::make(l)}</ui::Button></ui::Buttons>
    };
    Ok(visit.page(
        Page::new(t::desk(l)).in_office(),
        shell(&visit, Part::Desk, view.into_any(), None),
    ))
}

/// Requests of residents that somebody has to look at, each kind with the inbox narrowed to it.
fn cases_waiting(l: Locale, counts: &Counts) -> Vec<ui::LinkItem> {
    let item = |count: i64, text: fn(Locale, i64) -> String, narrow: &str| {
        (count > 0).then(|| ui::LinkItem::new(format!("{CASES}?{narrow}"), text(l, count)))
    };
    [
        item(counts.late, t::wait_late, "tenggat=lewat"),
        item(counts.own, t::wait_own, "petugas=saya"),
        item(counts.free, t::wait_free, "petugas=kosong"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What waits of consultations, each with its place.
fn consultations_waiting(visit: &Visit, all: &[OnDesk]) -> Vec<ui::LinkItem> {
    let l = visit.locale;
    let moderates = visit.actor.may_moderate().is_ok();
    let mut items = Vec::new();
    for listed in all {
        let c = &listed.consultation;
        let phase = c.phase(visit.now);
        let mut item = |there: bool, text: String, href: String| {
            if there {
                items.push(ui::LinkItem::new(href, text).note(c.title.clone()));
            }
        };
        let closing = c.closes_at.filter(|at| *at <= visit.now.plus_days(3));
        if let Some(at) = closing.filter(|_| phase == Phase::Open) {
            item(
                true,
                t::closes_soon(l, words::moment(visit, at)),
                place(&c.slug, "/waktu"),
            );
        }
        let unanswered = phase == Phase::Closed;
        item(
            unanswered && listed.missing_replies > 0,
            t::wait_replies(l, listed.missing_replies),
            place(&c.slug, "/jawaban"),
        );
        item(
            unanswered && listed.missing_replies == 0,
            t::wait_answer(l).to_owned(),
            place(&c.slug, "/jawaban"),
        );
        if moderates {
            item(
                listed.waiting_statements > 0,
                t::wait_statements(l, listed.waiting_statements),
                "/kantor/moderasi".to_owned(),
            );
            item(
                listed.open_flags > 0,
                t::wait_flags(l, listed.open_flags),
                "/kantor/moderasi".to_owned(),
            );
        }
    }
    items
}

/// `GET /kantor/konsultasi?keadaan=`: all consultations of one's offices.
pub(super) async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let l = visit.locale;
    let fields = Fields::of_query(query.as_deref());
    let phase = Phase::parse(fields.text("keadaan"));
    let mut tx = visit.service.read().await?;
    let all = service::consultation::desk(&mut tx, &visit.actor).await?;
    drop(tx);
    let shown: Vec<&OnDesk> = all
        .iter()
        .filter(|listed| phase.is_none_or(|phase| listed.consultation.phase(visit.now) == phase))
        .collect();
    let options = std::iter::once(ui::Choosable::new("", t::any_phase(l)))
        .chain(
            Phase::ALL
                .into_iter()
                .map(|p| ui::Choosable::new(p.word(), words::phase(l, p))),
        )
        .collect();
    let view = view! {
        <h1>{t::consultations(l)}</h1>
        <ui::Buttons><ui::Button href=NEW>{t::make(l)}</ui::Button></ui::Buttons>
        <ui::FilterBar action=CONSULTATIONS label=t::filter(l) button=t::show(l)>
            <ui::FilterSelect id="keadaan" label=t::phase(l) options value=phase.map_or("", Phase::word)/>
        </ui::FilterBar>
        {table(&visit, &shown)}
    };
    Ok(visit.page(
        Page::new(t::consultations(l)).in_office(),
        shell(&visit, Part::Consultations, view.into_any(), None),
    ))
}

fn table(visit: &Visit, shown: &[&OnDesk]) -> AnyView {
    let l = visit.locale;
    if shown.is_empty() {
        return view! { <ui::EmptyState title=t::nothing_yet(l)><p>{t::nothing_yet_help(l)}</p></ui::EmptyState> }
            .into_any();
    }
    let columns = vec![
        ui::Column::text(t::title(l)),
        ui::Column::text(t::phase(l)),
        ui::Column::text(t::office(l)),
        ui::Column::text(t::closes_at(l)),
        ui::Column::number(t::people_count(l)),
        ui::Column::number(t::comment_count(l)),
    ];
    let rows = shown.iter().map(|listed| row(visit, l, listed)).collect();
    view! { <ui::Table id="konsultasi" caption=t::consultations(l) hide_caption=true stack=true columns rows/> }
        .into_any()
}

fn row(visit: &Visit, l: Locale, listed: &OnDesk) -> ui::Row {
    let c = &listed.consultation;
    let phase = c.phase(visit.now);
    ui::Row::new(vec![
        view! { <a href=place(&c.slug, "")>{c.title.clone()}</a> }.into_any(),
        view! { <ui::Tag kind=words::phase_kind(phase) text=words::phase(l, phase)/> }.into_any(),
        c.office_short.clone().into_any(),
        words::maybe_moment(visit, c.closes_at).into_any(),
        l.number(listed.participants).into_any(),
        l.number(listed.comments).into_any(),
    ])
}
