//! Who visits, in which language and at what time: the only place that reads cookies and headers of a request.

use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Actor, Locale, Timestamp, Zone};
use service::Service;

use crate::{Page, Said, cache::Cache, error::Failure, links, page};

/// The session cookie's name.
pub const SESSION_COOKIE: &str = "__Host-rembug";
/// The cookie under which an anonymous person's drafts are kept.
pub const GUEST_COOKIE: &str = "__Host-tamu";
/// The cookie of who showed that a case is theirs, without an account.
pub const CASE_COOKIE: &str = "__Host-lacak";
/// The cookie of an officer who serves somebody at the counter: the service's word and a token.
pub const DESK_COOKIE: &str = "__Host-loket";
const LANGUAGE_COOKIE: &str = "bahasa";
const LIGHT_COOKIE: &str = "hemat";
/// The cookie of a computer that others use, too: until the browser is closed.
pub(crate) const SHARED_COOKIE: &str = "bersama";

/// What the pages of one city share. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub service: Service,
    /// The built front end: address of a file by its plain name, with a mark that changes with its content.
    pub assets: Arc<Assets>,
    /// The public address without a slash at its end, such as `https://rembug.batu.example`; `None` takes the request's host.
    pub base: Option<String>,
    pub(crate) cache: Arc<Cache>,
    city: Arc<std::sync::RwLock<Option<(u64, Arc<service::area::City>)>>>,
}

/// Addresses of the built front end.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that wakes the islands; empty when none was built.
    pub boot: String,
}

impl Site {
    /// Puts the site together.
    pub fn new(service: Service, assets: Assets, base: Option<String>) -> Self {
        Self {
            service,
            assets: Arc::new(assets),
            base,
            cache: Arc::default(),
            city: Arc::default(),
        }
    }

    /// The public address as a request knows it, without a slash at its end.
    pub(crate) fn base_for(&self, headers: &HeaderMap) -> Cow<'_, str> {
        match &self.base {
            Some(base) => Cow::Borrowed(base),
            None => Cow::Owned(base_of(headers)),
        }
    }

    /// The city's name and clock, read again when something of the site has changed.
    async fn city(&self) -> Result<Arc<service::area::City>, Failure> {
        let edition = self.service.bus().site_edition();
        if let Ok(kept) = self.city.read()
            && let Some((_, city)) = kept.as_ref().filter(|(of, _)| *of == edition)
        {
            return Ok(city.clone());
        }
        let city = Arc::new(service::area::city(&self.service).await?);
        if let Ok(mut kept) = self.city.write() {
            *kept = Some((edition, city.clone()));
        }
        Ok(city)
    }
}

/// A request as the pages see it.
#[derive(Clone)]
pub struct Visit {
    /// The use cases.
    pub service: Service,
    /// Who acts.
    pub actor: Actor,
    /// In which language.
    pub locale: Locale,
    /// The city.
    pub city: Arc<service::area::City>,
    /// The instant of the request; a page uses this one alone.
    pub now: Timestamp,
    /// Whether the page goes without WASM and large pictures ("hemat data").
    pub light: bool,
    /// Path and query as asked for.
    pub path: String,
    /// The token of the anonymous draft cookie, when there is one.
    pub guest: Option<String>,
    /// What the cookie of a case says, when there is one.
    pub case_proof: Option<String>,
    /// What the cookie of the counter says, when there is one.
    pub desk: Option<String>,
    /// Whether others use this computer, too, as at a counter: nothing is kept in the browser then.
    pub shared: bool,
    /// The session's token, when signed in.
    pub session: Option<String>,
    /// Unread notices.
    pub unread: i64,
    /// The public address without a slash at its end.
    pub base: String,
    /// The address of the client as the accept loop saw it, for limits alone.
    pub client: String,
    pub(crate) assets: Arc<Assets>,
}

impl Visit {
    /// The city's wall clock.
    pub fn zone(&self) -> &Zone {
        &self.city.zone
    }

    /// Draws a page.
    pub fn page(&self, page: Page, view: impl leptos::prelude::IntoView + 'static) -> Response {
        page::draw(self, page, view)
    }

    /// On to another local page (303).
    pub fn go(&self, place: &str) -> Response {
        let place = if links::is_local(place) {
            place
        } else {
            links::HOME
        };
        let value = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static(links::HOME));
        (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
    }

    /// On to another local page, which begins with a sentence on what was done.
    pub fn go_saying(&self, place: &str, said: Said) -> Response {
        let (path, mark) = place
            .split_once('#')
            .map_or((place, None), |(p, m)| (p, Some(m)));
        let join = if path.contains('?') { '&' } else { '?' };
        let mark = mark.map(|m| format!("#{m}")).unwrap_or_default();
        self.go(&format!("{path}{join}kabar={}{mark}", said.word()))
    }

    /// What this page says first: the word that a redirect left in the address.
    pub fn said(&self) -> Option<Said> {
        query_value(&self.path, "kabar").and_then(Said::parse)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Failure::Unavailable)
    }
}

/// The address from which a request came; the accept loop puts it into the request.
#[derive(Clone, Debug)]
pub struct Client(pub String);

/// Finds out who visits, and answers the switches of language and light mode.
pub async fn begin(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = match visit(&site, &parts).await {
        Ok(visit) => visit,
        Err(failure) => return failure.into_response(),
    };
    let switch = switches(
        &visit,
        parts.uri.query().unwrap_or_default(),
        &parts.headers,
    );
    let is_personal = visit.actor.member().is_some() || visit.case_proof.is_some();
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for cookie in switch {
        headers.append(header::SET_COOKIE, cookie);
    }
    if is_personal && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn visit(site: &Site, request: &Parts) -> Result<Visit, Failure> {
    let headers = &request.headers;
    let session = cookie(headers, SESSION_COOKIE).map(str::to_owned);
    let found = match &session {
        Some(token) => service::account::resolve(&site.service, token).await?,
        None => None,
    };
    let path = request
        .uri
        .path_and_query()
        .map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned());
    let query = request.uri.query().unwrap_or_default();
    let (locale, light) = reads_as(query, headers, found.as_ref().and_then(|s| s.locale));
    Ok(Visit {
        service: site.service.clone(),
        session: session.filter(|_| found.is_some()),
        unread: found.as_ref().map_or(0, |s| s.unread),
        actor: found.map_or(Actor::Anonymous, |s| s.actor),
        locale,
        city: site.city().await?,
        now: site.service.now(),
        light,
        path,
        guest: cookie(headers, GUEST_COOKIE).map(str::to_owned),
        shared: cookie(headers, SHARED_COOKIE) == Some("1")
            || cookie(headers, DESK_COOKIE).is_some(),
        case_proof: cookie(headers, CASE_COOKIE).map(str::to_owned),
        desk: cookie(headers, DESK_COOKIE).map(str::to_owned),
        base: site.base_for(headers).into_owned(),
        client: request
            .extensions
            .get::<Client>()
            .map_or_else(String::new, |c| c.0.clone()),
        assets: site.assets.clone(),
    })
}

/// The language of a page and whether it is light: by its address, else by cookies, `own` choice, the browser's wish.
pub(crate) fn reads_as(query: &str, headers: &HeaderMap, own: Option<Locale>) -> (Locale, bool) {
    let locale = pair(query, LANGUAGE_COOKIE)
        .and_then(Locale::parse)
        .or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(Locale::parse))
        .or(own)
        .unwrap_or_else(|| Locale::negotiate(text(headers, header::ACCEPT_LANGUAGE.as_str())));
    let light = pair(query, LIGHT_COOKIE)
        .or_else(|| cookie(headers, LIGHT_COOKIE))
        .map_or_else(|| text(headers, "save-data") == "on", |word| word == "1");
    (locale, light)
}

/// Whether nothing in a request names a person: neither a session, nor a guest's drafts, nor a case.
pub(crate) fn is_anonymous(headers: &HeaderMap) -> bool {
    [SESSION_COOKIE, GUEST_COOKIE, CASE_COOKIE]
        .iter()
        .all(|name| cookie(headers, name).is_none())
}

/// `http://host` of a request whose host looks like one; else the address that a developer sees.
fn base_of(headers: &HeaderMap) -> String {
    let host = text(headers, header::HOST.as_str());
    let fits = !host.is_empty()
        && host.len() <= 100
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let local =
        host.starts_with("127.0.0.1") || host.starts_with("localhost") || host.starts_with("[::1]");
    match (fits, local) {
        (true, true) => format!("http://{host}"),
        (true, false) => format!("https://{host}"),
        (false, _) => "http://127.0.0.1:3000".to_owned(),
    }
}

/// Remembers a language or light mode that was chosen in the address.
fn switches(visit: &Visit, query: &str, headers: &HeaderMap) -> Vec<HeaderValue> {
    let chosen = |key: &str, word: &str| {
        (pair(query, key).is_some() && cookie(headers, key) != Some(word)).then(|| {
            HeaderValue::from_str(&format!(
                "{key}={word}; Path=/; Max-Age=31536000; SameSite=Lax; Secure"
            ))
            .ok()
        })?
    };
    [
        chosen(LANGUAGE_COOKIE, visit.locale.tag()),
        chosen(LIGHT_COOKIE, if visit.light { "1" } else { "0" }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The value of a cookie; the first of several with the name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

/// A plain value (no escapes) of a query; for our own closed words only.
pub(crate) fn pair<'q>(query: &'q str, key: &str) -> Option<&'q str> {
    query
        .split('&')
        .filter_map(|p| p.split_once('='))
        .find(|(k, _)| *k == key)
        .map(|(_, v)| v)
}

fn query_value<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    pair(path.split_once('?')?.1, key)
}
