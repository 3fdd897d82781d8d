//! The Atom feed: consultations opened, closed and answered, and the offices' replies.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{Locale, Timestamp};
use service::consultation::FeedRow;

use crate::{Answer, Visit, links, t::feed as t};

pub(super) async fn show(visit: Visit) -> Answer {
    let mut tx = visit.service.read().await?;
    let rows = service::consultation::latest(&visit.service, &mut tx).await?;
    Ok(xml(
        "application/atom+xml; charset=utf-8",
        feed(&visit.base, &visit.city.name, visit.locale, rows),
    ))
}

/// An answer of this media type.
pub(super) fn xml(kind: &'static str, body: String) -> Response {
    (
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind))],
        body,
    )
        .into_response()
}

/// The feed's text. Ids do not depend on address or language, so that a reader shows nothing twice.
pub(super) fn feed(base: &str, city: &str, l: Locale, rows: Vec<FeedRow>) -> String {
    let updated = rows.first().map_or(Timestamp(0), |row| Timestamp(row.at));
    let mut feed = Feed::default();
    feed.set_id("urn:x-rembug:umpan");
    feed.set_title(Text::plain(clean(&t::title(l, city))));
    feed.set_subtitle(Text::plain(t::subtitle(l)));
    feed.set_updated(moment(updated));
    feed.set_lang(l.tag().to_owned());
    feed.set_links(vec![
        link(
            "self",
            "application/atom+xml",
            format!("{base}{}", links::FEED),
        ),
        link("alternate", "text/html", format!("{base}{}", links::HOME)),
    ]);
    feed.set_authors(vec![person(city)]);
    feed.set_entries(
        rows.into_iter()
            .map(|row| entry(base, l, row))
            .collect::<Vec<_>>(),
    );
    feed.to_string()
}

fn entry(base: &str, l: Locale, row: FeedRow) -> Entry {
    let (title, place) = match row.kind.as_str() {
        "opened" => (t::opened(l, &row.title), links::consultation(&row.slug)),
        "closed" => (t::closed(l, &row.title), links::consultation(&row.slug)),
        "answered" => (t::answered(l, &row.title), links::result(&row.slug)),
        _ => (
            t::reply(l, &row.office, &row.title),
            links::comment(&row.id),
        ),
    };
    let at = moment(Timestamp(row.at));
    let mut entry = Entry::default();
    entry.set_id(format!("urn:x-rembug:{}:{}", row.kind, row.id));
    entry.set_title(Text::plain(clean(&title)));
    entry.set_updated(at);
    entry.set_published(Some(at));
    entry.set_authors(vec![person(&row.office)]);
    entry.set_links(vec![link(
        "alternate",
        "text/html",
        format!("{base}{place}"),
    )]);
    let mut content = Content::default();
    content.set_content_type(if row.kind == "answered" {
        "html".to_owned()
    } else {
        "text".to_owned()
    });
    content.set_value(clean(&row.text));
    entry.set_content(content);
    entry
}

fn link(rel: &str, kind: &str, href: String) -> Link {
    let mut link = Link::default();
    link.set_rel(rel);
    link.set_mime_type(kind.to_owned());
    link.set_href(href);
    link
}

fn person(name: &str) -> Person {
    let mut person = Person::default();
    person.set_name(clean(name));
    person
}

/// Instants are whole seconds in UTC; what no calendar holds is the epoch.
fn moment(at: Timestamp) -> FixedDateTime {
    at.rfc3339().parse().unwrap_or_default()
}

/// Without the control characters that XML cannot hold.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feed_reads_back_and_its_ids_stay() {
        let row = |kind: &str, at| FeedRow {
            kind: kind.into(),
            id: "c1".into(),
            at,
            slug: "jalur".into(),
            title: "Jalur <sepeda> & kaki\u{b}".into(),
            text: "<p>Satu & dua</p>".into(),
            office: "Dinas".into(),
            outcome: String::new(),
        };
        let rows = vec![
            row("answered", 3_000),
            row("reply", 2_500),
            row("closed", 2_000),
            row("opened", 1_000),
        ];
        let text = feed(
            "https://batu.example",
            "Kota Batu",
            Locale::Id,
            rows.clone(),
        );
        let read = Feed::read_from(text.as_bytes()).expect("is valid");
        assert_eq!(read.entries().len(), 4);
        assert_eq!(read.updated().to_rfc3339(), "1970-01-01T00:00:03+00:00");
        assert_eq!(read.entries()[0].id(), "urn:x-rembug:answered:c1");
        assert_eq!(
            read.entries()[0].links()[0].href(),
            "https://batu.example/konsultasi/jalur/hasil"
        );
        assert_eq!(
            read.entries()[3].title().as_str(),
            "Dibuka: Jalur <sepeda> & kaki"
        );
        assert_eq!(
            read.entries()[0].content().and_then(Content::value),
            Some("<p>Satu & dua</p>")
        );
        let english = Feed::read_from(feed("http://x", "Batu", Locale::En, rows).as_bytes())
            .expect("is valid");
        assert_eq!(english.entries()[1].id(), read.entries()[1].id());
        let empty = Feed::read_from(feed("http://x", "Batu", Locale::Id, Vec::new()).as_bytes())
            .expect("is valid");
        assert!(empty.entries().is_empty());
    }
}
