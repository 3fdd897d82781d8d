//! Whole anonymous pages, kept compressed until something on them changes; and the compression of all others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use domain::ConsultationId;
use leptos::{prelude::Owner, reactive::computed::ScopedFuture};
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

use crate::{
    encode::{Wish, brotli, compress, gzip, vary},
    page::Rests,
    request::{Site, Visit, is_anonymous, reads_as},
};

/// Most pages kept; beyond it all are forgotten, which costs one drawing each.
const MOST: usize = 2_000;
/// Longer addresses are not worth keeping.
const LONGEST: usize = 200;
type Key = (String, &'static str, bool);

/// The kept pages, and those that are being drawn: one request draws a page, the others wait for it.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pages: Mutex<HashMap<Key, Arc<Kept>>>,
    drawing: Mutex<HashMap<Key, Arc<Turns<()>>>>,
}

#[derive(Debug)]
struct Kept {
    /// Editions at which it was drawn: of the consultation it rests on, or of the whole site.
    rests: Option<ConsultationId>,
    edition: u64,
    general: u64,
    /// The second in which it was drawn: closing times and dates on it are right for this one.
    second: i64,
    kind: HeaderValue,
    plain: Bytes,
    brotli: Bytes,
    etag: HeaderValue,
}

/// Answers from the kept pages, or draws and keeps; compresses everything that is text.
pub(crate) async fn keep(State(site): State<Site>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let wish = Wish::of(request.headers());
    let key = visit.as_ref().filter(|v| may_keep(v, &request)).map(key_of);
    let fresh = |key: &Key| site.cache.get(key).filter(|kept| kept.is_fresh(&site));
    let mut turn = None;
    if let Some(key) = &key {
        if let Some(kept) = fresh(key) {
            return kept.answer(&wish);
        }
        // Only a page: at an address that never was one, nobody waits for anybody.
        if site.cache.get(key).is_some() {
            turn = Some(site.cache.turn(key).await);
        }
        // Drawn by another request in the meantime.
        if let Some(kept) = fresh(key) {
            return kept.answer(&wish);
        }
    }
    let bus = site.service.bus();
    let (second, site_edition, general) =
        (second(&site), bus.site_edition(), bus.general_edition());
    // Islands need an owner while their pages are put together.
    let context = Arc::new(hydration_context::SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(context));
    // The editions are read before the drawing: a write in between makes the page old, never wrongly new.
    let editions = bus.all_editions();
    let response = owner.with(|| ScopedFuture::new(next.run(request))).await;
    let rests = response.extensions().get::<Rests>().cloned();
    match (key, rests) {
        (Some(key), Some(Rests(rests)))
            if response.status() == StatusCode::OK && !is_kept_by_nobody(&response) =>
        {
            let edition = rests
                .as_ref()
                .map_or(site_edition, |id| editions.get(id).copied().unwrap_or(0));
            match Kept::of(response, rests, edition, general, second).await {
                Ok(kept) => {
                    let kept = Arc::new(kept);
                    site.cache.put(key, kept.clone());
                    drop(turn);
                    kept.answer(&wish)
                }
                Err(response) => response,
            }
        }
        _ => compress(response, &wish).await,
    }
}

/// Words in an address that change a cookie or what the page says first.
const SAYING: [&str; 3] = ["kabar=", "bahasa=", "hemat="];

impl Site {
    /// What [`keep`] would answer to a request that says nothing of a person, if it has the page; `None` leads through
    /// all layers. Most of what a kept page costs is spent on layers that have nothing to do for it.
    pub fn kept<B>(&self, request: &axum::http::Request<B>) -> Option<Response> {
        let (headers, uri) = (request.headers(), request.uri());
        let path = uri.path_and_query()?.as_str();
        let plain = request.method() == Method::GET
            && path.len() < LONGEST
            && !SAYING.iter().any(|word| path.contains(word))
            && is_anonymous(headers);
        if !plain {
            return None;
        }
        let (locale, light) = reads_as(uri.query().unwrap_or_default(), headers, None);
        let key = (
            [&*self.base_for(headers), path].concat(),
            locale.tag(),
            light,
        );
        let kept = self.cache.get(&key).filter(|kept| kept.is_fresh(self))?;
        Some(kept.answer(&Wish::of(headers)))
    }
}

/// Whether the page itself says that it is to be drawn anew each time.
fn is_kept_by_nobody(response: &Response) -> bool {
    response
        .headers()
        .get(header::CACHE_CONTROL)
        .is_some_and(|said| said == "no-store")
}

fn may_keep(visit: &Visit, request: &Request) -> bool {
    request.method() == Method::GET
        && visit.actor.member().is_none()
        && visit.guest.is_none()
        && visit.case_proof.is_none()
        && visit.said().is_none()
        && visit.path.len() < LONGEST
}

/// A drawn page is good for the second in which it was drawn.
fn second(site: &Site) -> i64 {
    site.service.now().0.div_euclid(1000)
}

fn key_of(visit: &Visit) -> Key {
    (
        [visit.base.as_str(), &visit.path].concat(),
        visit.locale.tag(),
        visit.light,
    )
}

/// One request's turn to draw a page; ends when dropped.
struct Turn<'a> {
    cache: &'a Cache,
    key: Key,
    lock: Option<OwnedMutexGuard<()>>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Ok(mut drawing) = self.cache.drawing.lock() else {
            return;
        };
        self.lock = None;
        // Held by the map alone: nobody waits for it.
        if drawing
            .get(&self.key)
            .is_some_and(|turns| Arc::strong_count(turns) == 1)
        {
            drawing.remove(&self.key);
        }
    }
}

impl Cache {
    fn get(&self, key: &Key) -> Option<Arc<Kept>> {
        self.pages.lock().ok()?.get(key).cloned()
    }

    async fn turn(&self, key: &Key) -> Turn<'_> {
        let turns = self
            .drawing
            .lock()
            .map(|mut drawing| drawing.entry(key.clone()).or_default().clone())
            .ok();
        // Made before the waiting: a request that is given up while it waits leaves nothing behind.
        let mut turn = Turn {
            cache: self,
            key: key.clone(),
            lock: None,
        };
        if let Some(turns) = turns {
            turn.lock = Some(turns.lock_owned().await);
        }
        turn
    }

    fn put(&self, key: Key, kept: Arc<Kept>) {
        if let Ok(mut pages) = self.pages.lock() {
            if pages.len() >= MOST {
                pages.clear();
            }
            pages.insert(key, kept);
        }
    }
}

impl Kept {
    async fn of(
        response: Response,
        rests: Option<ConsultationId>,
        edition: u64,
        general: u64,
        second: i64,
    ) -> Result<Self, Response> {
        let (parts, body) = response.into_parts();
        let Ok(plain) = to_bytes(body, usize::MAX).await else {
            return Err(Response::from_parts(parts, Body::empty()));
        };
        if parts.headers.contains_key(header::SET_COOKIE) {
            return Err(Response::from_parts(parts, plain.into()));
        }
        let kind = parts
            .headers
            .get(header::CONTENT_TYPE)
            .cloned()
            .unwrap_or(HeaderValue::from_static("text/html; charset=utf-8"));
        let brotli = brotli(&plain, 6);
        Ok(Self {
            etag: etag(&plain),
            rests,
            edition,
            general,
            second,
            kind,
            plain,
            brotli,
        })
    }

    /// Whether it still shows what is there.
    fn is_fresh(&self, site: &Site) -> bool {
        let bus = site.service.bus();
        let edition = match &self.rests {
            Some(id) => bus.edition(id),
            None => bus.site_edition(),
        };
        self.second == second(site)
            && self.general == bus.general_edition()
            && self.edition == edition
    }

    fn answer(&self, wish: &Wish) -> Response {
        let mut response = if wish.has(&self.etag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else if wish.brotli {
            let mut response = Response::new(self.brotli.clone().into());
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            response
        } else if wish.gzip {
            let mut response = Response::new(gzip(&self.plain).into());
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            Response::new(self.plain.clone().into())
        };
        let headers = response.headers_mut();
        // Room for the safety headers, too.
        headers.reserve(16);
        headers.insert(header::CONTENT_TYPE, self.kind.clone());
        headers.insert(header::ETAG, self.etag.clone());
        // Kept by the browser, asked again each time: one packet when nothing has changed.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        vary(headers);
        response
    }
}

fn etag(bytes: &[u8]) -> HeaderValue {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let digest = Sha256::digest(bytes);
    HeaderValue::from_str(&format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..15])))
        .unwrap_or(HeaderValue::from_static("\"\""))
}
