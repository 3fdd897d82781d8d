//! The service around a form: its standard, fee, limit, retention, opening.

use axum::{extract::Path, response::Response};
use domain::form::{
    Component, Draft, Kind, LifeEvent, Unit,
    edit::{Edit, service_of, service_typed},
};
use leptos::prelude::*;
use service::form::Work;

use super::{
    fields::{Form, typed},
    frame::{self, Changed, Outcome, Tab},
    place, words,
};
use crate::{
    Answer, Fields, Said, Visit,
    form::{component, list::event},
    t::form_office as t,
};

/// `GET /kantor/formulir/{key}/layanan`.
pub(super) async fn show(visit: Visit, Path(key): Path<String>) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let typed = service_typed(&work.bundle.service);
    Ok(draw(&visit, &work, &typed, &Outcome::default()))
}

/// `POST /kantor/formulir/{key}/layanan`.
pub(super) async fn send(visit: Visit, Path(key): Path<String>, fields: Fields) -> Answer {
    let work = frame::work(&visit, &key).await?;
    let typed = typed(&fields);
    let edit = service_of(&typed, &work.bundle.service).map(|one| Edit::Service(Box::new(one)));
    match frame::change(&visit, work, &fields, edit).await? {
        Changed::Done => Ok(visit.go_saying(&place::part(&key, "/layanan"), Said::Saved)),
        Changed::Refused(work, outcome) => Ok(draw(&visit, &work, &typed, &outcome)),
    }
}

fn draw(visit: &Visit, work: &Work, typed: &Draft, outcome: &Outcome) -> Response {
    let l = visit.locale;
    let form = Form { l, typed, outcome };
    let events = LifeEvent::ALL
        .into_iter()
        .map(|of| ui::Choosable::new(of.word(), event(l, of)))
        .collect();
    let standard = Component::ALL
        .into_iter()
        .map(|of| form.both(of.word(), component(l, of), "", true))
        .collect_view();
    let amounts: Vec<ui::Choosable> = work
        .bundle
        .definition
        .each_question()
        .into_iter()
        .filter(|(one, group)| {
            let is_money = matches!(
                one.kind,
                Kind::Money { .. }
                    | Kind::Calculated {
                        unit: Unit::Money,
                        ..
                    }
            );
            is_money && group.is_none()
        })
        .map(|(one, _)| ui::Choosable::new(one.key.clone(), words::name(l, &one.label)))
        .collect();
    let fees = [
        ("free", t::fee_free(l)),
        ("fixed", t::fee_fixed(l)),
        ("answer", t::fee_answer(l)),
    ]
    .map(|(word, label)| ui::Choosable::new(word, label));
    let units = [
        ("working_days", t::unit_working_days(l)),
        ("days", t::unit_days(l)),
        ("hours", t::unit_hours(l)),
    ]
    .map(|(word, label)| ui::Choosable::new(word, label));
    let fee = typed.text("fee").to_owned();
    let office = work.office_name.clone();
    let inner = view! {
        <p>{t::office_stays(l, office)}</p>
        {form.both("summary", t::summary(l), t::summary_hint(l), false)}
        {form.choose("life_event", t::life_event(l), events, t::choose(l), "")}
        <h2>{t::fee(l)}</h2>
        <ui::Radios id="fee" legend=t::fee_asked(l) items=fees.to_vec() value=fee/>
        <div class="pair">
            {form.short("amount", t::amount(l), t::amount_hint(l))}
            {form.choose("question", t::fee_question(l), amounts, t::no_question(l), "")}
        </div>
        <h2>{t::limit(l)}</h2>
        <div class="pair">
            {form.short("limit.length", t::limit_length(l), "")}
            {form.choose("limit.unit", t::limit_unit(l), units.to_vec(), "", "")}
        </div>
        {form.short("limit.extension", t::limit_extension(l), t::limit_extension_hint(l))}
        {form.tick("limit.pauses", t::pauses(l), "")}
        {form.line("limit.note", t::limit_note(l), "")}
        {form.short("retention_days", t::retention(l), t::retention_hint(l))}
        <h2>{t::opening(l)}</h2>
        {form.tick("is_online", t::online(l), t::online_hint(l))}
        <div class="pair">
            {form.short("opens", t::opens(l), t::day_hint(l))}
            {form.short("closes", t::closes(l), t::day_hint(l))}
        </div>
        <h2>{t::standard(l)}</h2>
        <p class="hint">{t::standard_hint(l)}</p>
        {standard}
        <h2>{t::note(l)}</h2>
        {form.area("note", t::note(l), t::note_hint(l), 3)}
        <ui::Buttons><ui::Button>{t::save(l)}</ui::Button></ui::Buttons>
    };
    let view = frame::form(place::part(&work.key, "/layanan"), work, inner.into_any());
    frame::draw(visit, work, Tab::Offer, None, outcome, view)
}
