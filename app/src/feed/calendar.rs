//! The calendar of closing dates, for all consultations and for one.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{Locale, Timestamp};
use icalendar::{Calendar, Component, Event};
use service::consultation::DateRow;

use crate::{Answer, Visit, links, t::feed as t};

pub(super) async fn all(visit: Visit) -> Answer {
    let mut tx = visit.service.read().await?;
    let rows = service::consultation::closings(&visit.service, &mut tx).await?;
    Ok(answer(calendar(&visit, rows)))
}

pub(super) async fn one(visit: Visit, Path(slug): Path<String>) -> Answer {
    let mut tx = visit.service.read().await?;
    let row = service::consultation::closing(&mut tx, &slug).await?;
    Ok(answer(calendar(&visit, vec![row])))
}

fn answer(body: String) -> Response {
    (
        [(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        )],
        body,
    )
        .into_response()
}

fn calendar(visit: &Visit, rows: Vec<DateRow>) -> String {
    write(&visit.base, &visit.city.name, visit.locale, rows)
}

/// The calendar's text. An event keeps its UID and says by `SEQUENCE` and `DTSTAMP` that it was changed, never by the time of asking.
fn write(base: &str, city: &str, l: Locale, rows: Vec<DateRow>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Rembug//Konsultasi//ID"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .name(&t::calendar(l, city));
    for row in rows {
        let mut event = Event::new();
        event
            .uid(&format!("{}@rembug", row.id))
            .add_property("DTSTAMP", moment(row.updated_at))
            .add_property("DTSTART", moment(row.closes_at))
            .add_property("DTEND", moment(row.closes_at))
            .add_property("SEQUENCE", row.edition.max(0).to_string())
            .summary(&t::closing(l, &row.title))
            .description(&row.summary)
            .add_property("URL", format!("{base}{}", links::consultation(&row.slug)));
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// `20261124T165900Z`.
fn moment(at: i64) -> String {
    Timestamp(at).rfc3339().replace(['-', ':'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_stable_and_lines_cannot_be_smuggled_in() {
        let row = DateRow {
            id: "c1".into(),
            slug: "jalur".into(),
            title: "Jalur; sepeda,\r\nATTENDEE:mailto:x".into(),
            summary: "Satu\ndua".into(),
            opens_at: None,
            closes_at: 1_795_539_540_000,
            updated_at: 1_795_000_000_000,
            edition: 3,
        };
        let text = write(
            "https://batu.example",
            "Kota Batu",
            Locale::Id,
            vec![row.clone()],
        );
        assert_eq!(
            text,
            write("https://batu.example", "Kota Batu", Locale::Id, vec![row])
        );
        for line in [
            "BEGIN:VCALENDAR",
            "UID:c1@rembug",
            "DTSTART:20261124T165900Z",
            "SEQUENCE:3",
            "URL:https://batu.example/konsultasi/jalur",
            "END:VCALENDAR",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
        }
        assert!(!text.contains("\nATTENDEE"), "{text}");
        assert_eq!(text.matches("DTSTAMP").count(), 1, "{text}");
    }
}
