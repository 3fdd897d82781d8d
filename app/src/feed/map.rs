//! The site map and the rules for robots.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use service::consultation::MapRow;

use crate::{Answer, Visit, links};

use super::atom::xml;

pub(super) async fn show(visit: Visit) -> Answer {
    let mut tx = visit.service.read().await?;
    let rows = service::consultation::map(&visit.service, &mut tx).await?;
    let services = service::form::list(&mut tx).await?;
    let services: Vec<String> = services
        .into_iter()
        .map(|(listed, _)| links::service(listed.form_key))
        .collect();
    Ok(xml(
        "application/xml; charset=utf-8",
        write(&visit.base, &services, &rows),
    ))
}

/// Slugs and the words of forms are ASCII letters, digits and hyphens, and the base is checked where it comes in: nothing here needs escaping.
fn write(base: &str, services: &[String], rows: &[MapRow]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut page = |place: &str, changed: Option<i64>| {
        let _ = write!(out, "<url><loc>{base}{place}</loc>");
        if let Some(at) = changed {
            let _ = write!(out, "<lastmod>{}</lastmod>", Timestamp(at).rfc3339());
        }
        out.push_str("</url>\n");
    };
    for place in [
        links::HOME,
        links::SERVICES,
        links::CONSULTATIONS,
        links::TRACK,
        links::OPEN_DATA,
        links::MODERATION_LOG,
    ] {
        page(place, None);
    }
    for place in services {
        page(place, None);
    }
    for row in rows {
        page(&links::consultation(&row.slug), Some(row.changed_at));
        if row.has_text {
            page(&links::text(&row.slug), Some(row.changed_at));
        }
        if row.over {
            page(&links::result(&row.slug), Some(row.changed_at));
        }
    }
    out.push_str("</urlset>\n");
    out
}

pub(super) async fn robots(visit: Visit) -> Response {
    let rules = format!(
        "User-agent: *\nDisallow: /kantor\nDisallow: /akun\nDisallow: /cari?\n\nSitemap: {}/sitemap.xml\n",
        visit.base
    );
    ([("content-type", "text/plain; charset=utf-8")], rules).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_names_text_and_result_where_they_are() {
        let row = |slug: &str, has_text, over| MapRow {
            slug: slug.into(),
            changed_at: 0,
            has_text,
            over,
        };
        let text = write(
            "https://batu.example",
            &["/layanan/pindah".to_owned()],
            &[row("a", true, false), row("b", false, true)],
        );
        assert_eq!(text.matches("<loc>").count(), 11);
        assert!(text.contains("<loc>https://batu.example/layanan/pindah</loc>"));
        assert!(text.contains("<loc>https://batu.example/konsultasi/a/naskah</loc><lastmod>1970-01-01T00:00:00Z</lastmod>"));
        assert!(text.contains("/konsultasi/b/hasil") && !text.contains("/konsultasi/a/hasil"));
    }
}
