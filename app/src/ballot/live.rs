//! News of an open consultation as server-sent events: counts that this viewer may see, and that there are new comments.

mod texts;

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::consultation::Consultation;
use futures::stream::{self, Stream};
use service::{Error, News};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until, timeout},
};

use crate::{Answer, Failure, Fields, Visit};
use texts::{Texts, Wish};

/// Most connections at once; beyond it pages go on without news.
const MOST: usize = 2_000;
/// Least time between two messages of counts on one connection.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a connection without news looks at the clock, and says that it is there.
const LOOK: Duration = Duration::from_secs(30);

/// What all connections share.
#[derive(Clone, Default)]
pub(super) struct Live {
    open: Arc<AtomicUsize>,
    kept: texts::Kept,
}

/// A place among the connections, given back when it ends.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(open.clone());
        (open.fetch_add(1, Ordering::AcqRel) < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// `GET /konsultasi/{slug}/langsung`: `event: counts` with a JSON object of key and text, at most one a second and only
/// what has changed; `event: comment`; `event: groups` when they were found anew. `?pernyataan=HALAMAN&urut=…` adds the figures of that page of statements.
///
/// 204 when the consultation is not open: a browser then does not ask again. Ends when it closes. 503 when too many listen.
pub(super) async fn stream(
    State(live): State<Live>,
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let consultation = {
        let mut tx = visit.service.read().await?;
        service::consultation::get(&visit.service, &mut tx, &visit.actor, &slug).await?
    };
    if consultation.takes_part(visit.now).is_err() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let place = Place::take(&live.open).ok_or(Failure::Unavailable)?;
    let wish = Wish::of(&Fields::of_query(query.as_deref()));
    // Heard from now on, then read: nothing is missed in between.
    let news = visit.service.bus().listen();
    let connection = Connection {
        told: Texts::new(),
        due: true,
        comment: false,
        groups: false,
        next: Instant::now(),
        live,
        wish,
        news,
        visit,
        consultation,
        _place: place,
    };
    Ok(answer(connection.run()))
}

fn answer(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(LOOK));
    // Proxies are not to gather messages.
    (
        [("x-accel-buffering", "no"), ("cache-control", "no-store")],
        sse,
    )
        .into_response()
}

struct Connection {
    visit: Visit,
    consultation: Consultation,
    wish: Wish,
    live: Live,
    news: Receiver<service::Event>,
    /// What the browser knows.
    told: Texts,
    /// Whether counts may have changed since.
    due: bool,
    /// Whether a comment was posted since.
    comment: bool,
    /// Whether the opinion groups were found anew since.
    groups: bool,
    /// When counts may be sent again.
    next: Instant,
    _place: Place,
}

impl Connection {
    fn run(self) -> impl Stream<Item = Result<Event, Infallible>> + Send {
        stream::unfold(self, |mut connection| async move {
            let event = connection.next().await?;
            Some((Ok(event), connection))
        })
    }

    /// The next message; `None` when the consultation has closed, or cannot be read.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.comment {
                self.comment = false;
                return Some(Event::default().event("comment").data("1"));
            }
            if self.groups {
                self.groups = false;
                return Some(Event::default().event("groups").data("1"));
            }
            if self.due && Instant::now() >= self.next {
                self.due = false;
                self.next = Instant::now() + PAUSE;
                self.look().await.ok()?;
                if let Some(event) = self.changed().await.ok()? {
                    return Some(event);
                }
            }
            self.hear().await?;
        }
    }

    /// Waits for news, or until what is due may be sent.
    async fn hear(&mut self) -> Option<()> {
        let heard = if self.due {
            tokio::select! {
                heard = self.news.recv() => Some(heard),
                () = sleep_until(self.next) => None,
            }
        } else {
            timeout(LOOK, self.news.recv()).await.ok()
        };
        match heard {
            Some(Ok(event)) => self.note(&event),
            // Some news were missed: anything may have changed.
            Some(Err(RecvError::Lagged(_))) => self.due = true,
            Some(Err(RecvError::Closed)) => return None,
            None if self.due => {}
            // Nothing happened for a while: it may have closed by the clock.
            None => {
                let now = self.visit.service.now();
                self.consultation.takes_part(now).ok()?;
            }
        }
        Some(())
    }

    fn note(&mut self, event: &service::Event) {
        if event.consultation.as_ref() != Some(&self.consultation.id) {
            return;
        }
        match event.news {
            News::Comment(_) => {
                self.comment = true;
                self.due = true;
            }
            News::Ballot(_) | News::Statement | News::Consultation | News::CommentChanged(_) => {
                self.due = true;
            }
            News::Groups => self.groups = true,
            News::Case(_) | News::Bill(_) | News::Site => {}
        }
    }

    /// Reads the consultation anew: it may have been closed early, or extended.
    async fn look(&mut self) -> Result<(), Error> {
        let service = &self.visit.service;
        let mut tx = service.read().await?;
        let slug = self.consultation.slug.clone();
        self.consultation =
            service::consultation::get(service, &mut tx, &self.visit.actor, &slug).await?;
        Ok(self.consultation.takes_part(service.now())?)
    }

    /// What this viewer may see and does not know yet.
    async fn changed(&mut self) -> Result<Option<Event>, Error> {
        let now = self
            .live
            .kept
            .texts(&self.visit, &self.consultation, self.wish)
            .await?;
        let new: BTreeMap<&String, &String> = now
            .iter()
            .filter(|(key, text)| self.told.get(*key) != Some(text))
            .collect();
        let event = (!new.is_empty())
            .then(|| serde_json::to_string(&new).unwrap_or_default())
            .map(|json| Event::default().event("counts").data(json));
        self.told = Texts::clone(&now);
        Ok(event)
    }
}
