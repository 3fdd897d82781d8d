//! The document around every page.

use std::fmt::Write as _;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{ConsultationId, Locale};
use leptos::prelude::*;

use crate::{
    layout,
    request::{Visit, pair},
    t::layout as t,
};

/// What a page says about itself, to readers, search engines and the cache.
#[derive(Clone, Debug)]
pub struct Page {
    title: String,
    description: String,
    image: Option<String>,
    canonical: Option<String>,
    feed: Option<(String, String)>,
    status: StatusCode,
    listed: bool,
    wrong: bool,
    frame: Frame,
    consultation: Option<ConsultationId>,
}

/// What stands around the page's own content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// Header and footer of the site.
    Site,
    /// Nothing: the page brings the office's own shell.
    Office,
    /// Nothing but what every page has: the page of a form brings a header of its own.
    Form,
}

impl Page {
    /// A page with this title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: String::new(),
            image: None,
            canonical: None,
            feed: None,
            status: StatusCode::OK,
            listed: true,
            wrong: false,
            frame: Frame::Site,
            consultation: None,
        }
    }

    /// What it is about, for search engines and shared links.
    #[must_use]
    pub fn describe(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// Local address of a picture for shared links.
    #[must_use]
    pub fn image(mut self, place: Option<String>) -> Self {
        self.image = place;
        self
    }

    /// Local address under which the page is known when it has several.
    #[must_use]
    pub fn canonical(mut self, place: impl Into<String>) -> Self {
        self.canonical = Some(place.into());
        self
    }

    /// An Atom feed that belongs to the page: its title and local address.
    #[must_use]
    pub fn feed(mut self, title: impl Into<String>, place: impl Into<String>) -> Self {
        self.feed = Some((title.into(), place.into()));
        self
    }

    /// Another status than 200.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Something typed is wrong: status 422, and the title begins with the word for error.
    #[must_use]
    pub const fn wrong(mut self) -> Self {
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self.wrong = true;
        self
    }

    /// Not for search engines.
    #[must_use]
    pub const fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }

    /// The page brings the office's shell instead of the site's header and footer.
    #[must_use]
    pub const fn in_office(mut self) -> Self {
        self.frame = Frame::Office;
        self.listed = false;
        self
    }

    /// The page brings a form's header instead of the site's header and footer.
    #[must_use]
    pub const fn in_form(mut self) -> Self {
        self.frame = Frame::Form;
        self.listed = false;
        self
    }

    /// The page shows one consultation and is good until news of that one.
    #[must_use]
    pub fn of(mut self, consultation: &ConsultationId) -> Self {
        self.consultation = Some(consultation.clone());
        self
    }
}

/// On which consultation's news a cached page ends; read by the cache.
#[derive(Clone, Debug)]
pub(crate) struct Rests(pub(crate) Option<ConsultationId>);

pub(crate) fn draw(visit: &Visit, page: Page, view: impl IntoView + 'static) -> Response {
    let l = visit.locale;
    let mut html = String::with_capacity(32 * 1024);
    head(&mut html, visit, &page);
    let body = match page.frame {
        Frame::Site => layout::site(visit, view.into_any()).into_any(),
        Frame::Form => layout::form(visit, view.into_any()).into_any(),
        Frame::Office => {
            view! { <ui::SkipLink label=t::skip(l)/> {layout::said(visit)} {view.into_any()} }
                .into_any()
        }
    };
    html.push_str(&body.to_html());
    // Pages without an island load no script at all; the light mode never does.
    if !visit.light && !visit.assets.boot.is_empty() && html.contains("<leptos-island") {
        let _ = write!(
            html,
            "<script type=\"module\" src=\"{}\"></script>",
            escape(&visit.assets.boot)
        );
    }
    html.push_str("</body></html>");
    let mut response = (
        page.status,
        [(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        )],
        html,
    )
        .into_response();
    response.extensions_mut().insert(Rests(page.consultation));
    response
}

fn head(html: &mut String, visit: &Visit, page: &Page) {
    let l = visit.locale;
    let wrong = if page.wrong {
        format!("{}: ", t::error_title(l))
    } else {
        String::new()
    };
    let title = escape(&format!(
        "{wrong}{} – {} {}",
        page.title,
        t::brand(l),
        visit.city.name
    ));
    let description = escape(&page.description);
    let path = page.canonical.clone().unwrap_or_else(|| plain(&visit.path));
    let own = escape(&format!("{}{path}", visit.base));
    let join = if path.contains('?') { "&amp;" } else { "?" };
    let _ = write!(
        html,
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"{}\"><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"manifest\" href=\"/manifest.webmanifest\">\
         <meta name=\"theme-color\" content=\"#0b4735\">",
        l.tag(),
        escape(&visit.assets.style),
    );
    if !page.description.is_empty() {
        let _ = write!(
            html,
            "<meta name=\"description\" content=\"{description}\">"
        );
    }
    if page.listed {
        let _ = write!(
            html,
            "<link rel=\"canonical\" href=\"{own}\"><meta property=\"og:type\" content=\"article\">\
             <meta property=\"og:title\" content=\"{}\"><meta property=\"og:description\" content=\"{description}\">\
             <meta property=\"og:url\" content=\"{own}\"><meta property=\"og:site_name\" content=\"{} {}\">\
             <meta property=\"og:locale\" content=\"{}\">",
            escape(&page.title),
            t::brand(l),
            escape(&visit.city.name),
            match l {
                Locale::Id => "id_ID",
                Locale::En => "en_GB",
            },
        );
        let image = page.image.clone().unwrap_or_else(|| "/og.png".to_owned());
        let _ = write!(
            html,
            "<meta property=\"og:image\" content=\"{}\">",
            escape(&format!("{}{image}", visit.base))
        );
        for other in Locale::ALL {
            let _ = write!(
                html,
                "<link rel=\"alternate\" hreflang=\"{0}\" href=\"{own}{join}bahasa={0}\">",
                other.tag()
            );
        }
    } else {
        html.push_str("<meta name=\"robots\" content=\"noindex\">");
    }
    if let Some((title, place)) = &page.feed {
        let _ = write!(
            html,
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">",
            escape(title),
            escape(place)
        );
    }
    html.push_str("</head><body>");
}

/// The address without what only switches or says something.
fn plain(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|p| {
            ["bahasa", "hemat", "kabar"]
                .iter()
                .all(|key| pair(p, key).is_none())
        })
        .filter(|p| !p.is_empty())
        .collect();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

/// The present address with one more switch, for the links that switch.
pub(crate) fn switched(path: &str, key: &str, word: &str) -> String {
    let plain = plain(path);
    let join = if plain.contains('?') { '&' } else { '?' };
    format!("{plain}{join}{key}={word}")
}

/// Text for an attribute or an element of the head.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_do_not_pile_up() {
        assert_eq!(plain("/a?bahasa=en&halaman=2&kabar=masuk"), "/a?halaman=2");
        assert_eq!(switched("/a?bahasa=en", "bahasa", "id"), "/a?bahasa=id");
        assert_eq!(
            switched("/a?halaman=2", "hemat", "1"),
            "/a?halaman=2&hemat=1"
        );
    }
}
