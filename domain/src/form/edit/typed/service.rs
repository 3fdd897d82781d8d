//! What stands around a form.

use super::{needed, number, put_number, put_text, put_tick, text_of};
use crate::{
    Day, Invalid, Problem,
    deadline::Unit,
    form::{Component, Draft, Fee, LifeEvent, Service},
};

const UNITS: [(&str, Unit); 3] = [
    ("working_days", Unit::WorkingDays),
    ("days", Unit::Days),
    ("hours", Unit::Hours),
];

/// What stands in the fields of a service: `life_event`, `summary.id`, `summary.en`, `COMPONENT.id`, `COMPONENT.en`, `fee` (`free`,
/// `fixed`, `answer`) with `amount` and `question`, `limit.unit`, `limit.length`, `limit.extension`, `limit.pauses`, `limit.note`,
/// `retention_days`, `is_online`, `opens`, `closes`, `note`.
pub fn service_typed(service: &Service) -> Draft {
    let mut typed = Draft::default();
    typed.put("life_event", service.life_event.word());
    put_text(&mut typed, "summary", &service.summary);
    for component in Component::ALL {
        put_text(
            &mut typed,
            component.word(),
            service.standard.get(component),
        );
    }
    let (fee, amount, question) = match &service.fee {
        Fee::Free => ("free", None, ""),
        Fee::Fixed(rupiah) => ("fixed", Some(*rupiah), ""),
        Fee::Answer(key) => ("answer", None, key.as_str()),
    };
    typed.put("fee", fee);
    put_number(&mut typed, "amount", amount);
    typed.put("question", question);
    let limit = &service.limit;
    let unit = UNITS.iter().find(|(_, unit)| *unit == limit.unit);
    typed.put("limit.unit", unit.map_or("", |(word, _)| word));
    put_number(&mut typed, "limit.length", Some(limit.length));
    put_number(&mut typed, "limit.extension", Some(limit.extension));
    put_tick(&mut typed, "limit.pauses", limit.pauses);
    typed.put("limit.note", &limit.note);
    put_number(&mut typed, "retention_days", Some(service.retention_days));
    put_tick(&mut typed, "is_online", service.is_online);
    put_number(&mut typed, "opens", service.opens);
    put_number(&mut typed, "closes", service.closes);
    typed.put("note", &service.note);
    typed
}

/// Reads a service. Its office and the steps of escalation are those of `old`.
///
/// Errors: by the names of the fields.
pub fn service_of(typed: &Draft, old: &Service) -> Result<Service, Invalid> {
    let mut wrong = Invalid::default();
    let mut service = old.clone();
    match LifeEvent::of_word(typed.text("life_event")) {
        Some(event) => service.life_event = event,
        None => wrong.add("life_event", Problem::Missing),
    }
    service.summary = text_of(typed, "summary", &mut wrong);
    for component in Component::ALL {
        *service.standard.get_mut(component) = text_of(typed, component.word(), &mut wrong);
    }
    service.fee = match typed.text("fee") {
        "fixed" => Fee::Fixed(needed(typed, "amount", &mut wrong)),
        "answer" => {
            let key = typed.text("question");
            if key.is_empty() {
                wrong.add("question", Problem::Missing);
            }
            Fee::Answer(key.to_owned())
        }
        _ => Fee::Free,
    };
    let unit = UNITS
        .iter()
        .find(|(word, _)| *word == typed.text("limit.unit"));
    match unit {
        Some((_, unit)) => service.limit.unit = *unit,
        None => wrong.add("limit.unit", Problem::Missing),
    }
    service.limit.length = needed(typed, "limit.length", &mut wrong);
    service.limit.extension = number(typed, "limit.extension", &mut wrong).unwrap_or(0);
    service.limit.pauses = typed.has("limit.pauses");
    service.limit.note = note(typed, "limit.note", &mut wrong);
    service.retention_days = needed(typed, "retention_days", &mut wrong);
    service.is_online = typed.has("is_online");
    service.opens = day(typed, "opens", &mut wrong);
    service.closes = day(typed, "closes", &mut wrong);
    if let (Some(opens), Some(closes)) = (service.opens, service.closes)
        && closes < opens
    {
        wrong.add("closes", Problem::Order);
    }
    service.note = note(typed, "note", &mut wrong);
    wrong.check().map(|()| service)
}

fn note(typed: &Draft, field: &str, wrong: &mut Invalid) -> String {
    let checked = crate::text::body(typed.text(field), 0, 2_000);
    wrong.take(field, checked).unwrap_or_default()
}

fn day(typed: &Draft, field: &str, wrong: &mut Invalid) -> Option<Day> {
    let raw = typed.text(field).trim();
    if raw.is_empty() {
        return None;
    }
    let read = Day::parse(raw);
    if read.is_none() {
        wrong.add(field, Problem::Malformed);
    }
    read
}
