//! News of one case as server-sent events: that its page has changed. The page itself is fetched by whoever may see it.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Path, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{Actor, reference::Reference};
use futures::stream;
use service::{News, Service, case::PROOF_HOURS};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep, timeout},
};

use super::track::visitor;
use crate::{Answer, Failure, Visit};

/// Most connections at once; beyond it pages go on without news.
const MOST: usize = 2_000;
/// News that come within this time are told as one.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a connection without news says that it is there, and that an officer still has the case open.
const LOOK: Duration = Duration::from_secs(45);

/// What all connections share.
#[derive(Clone, Default)]
pub(crate) struct Live(Arc<AtomicUsize>);

/// A place among the connections, given back when it ends.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

struct Connection {
    service: Service,
    news: Receiver<service::Event>,
    of: News,
    /// The officer who has the page open.
    reader: Option<(Actor, Reference)>,
    /// When a proof is over.
    ends: Instant,
    _place: Place,
}

/// `GET /lacak/{nomor}/langsung`: `event: page` when the page has changed. For who may see it.
pub(super) async fn own(
    State(live): State<Live>,
    visit: Visit,
    Path(number): Path<String>,
) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let mut tx = visit.service.read().await?;
    let found = service::case::track(&visit.service, &mut tx, &visitor(&visit), reference).await?;
    drop(tx);
    listen(&live, &visit, News::Case(found.case.id))
}

/// `GET /kantor/kasus/{nomor}/langsung`: the same for the office; the others see who has the case open.
pub(super) async fn desk(
    State(live): State<Live>,
    visit: Visit,
    Path(number): Path<String>,
) -> Answer {
    let reference = Reference::parse(&number).map_err(|_| Failure::NotFound)?;
    let case = service::case::look(&visit.service, &visit.actor, reference).await?;
    let reader = Some((visit.actor.clone(), reference));
    open(&live, &visit, News::Case(case), reader)
}

/// Tells whoever asked that something of `of` has changed, again and again. Whether they may know is for the caller to see.
pub(crate) fn listen(live: &Live, visit: &Visit, of: News) -> Result<Response, Failure> {
    open(live, visit, of, None)
}

fn open(
    live: &Live,
    visit: &Visit,
    of: News,
    reader: Option<(Actor, Reference)>,
) -> Result<Response, Failure> {
    let place = Place(live.0.clone());
    if live.0.fetch_add(1, Ordering::AcqRel) >= MOST {
        return Err(Failure::Unavailable);
    }
    let connection = Connection {
        service: visit.service.clone(),
        news: visit.service.bus().listen(),
        of,
        reader,
        ends: Instant::now() + Duration::from_secs(PROOF_HOURS.unsigned_abs() * 3_600),
        _place: place,
    };
    let events = stream::unfold(connection, |mut connection| async move {
        connection.next().await?;
        let event = Event::default().event("page").data("1");
        Some((Ok::<_, Infallible>(event), connection))
    });
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(LOOK));
    // Proxies are not to gather messages.
    Ok((
        [("x-accel-buffering", "no"), ("cache-control", "no-store")],
        sse,
    )
        .into_response())
}

impl Connection {
    /// Waits until it has changed; `None` when the connection is to end.
    async fn next(&mut self) -> Option<()> {
        loop {
            if Instant::now() >= self.ends {
                return None;
            }
            match timeout(LOOK, self.news.recv()).await {
                Ok(Ok(event)) if event.news == self.of => {}
                Ok(Ok(_)) => continue,
                // Some were missed: it may have changed.
                Ok(Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => {
                    if let Some((actor, reference)) = &self.reader {
                        let seen = service::case::look(&self.service, actor, *reference).await;
                        seen.ok()?;
                    }
                    continue;
                }
            }
            sleep(PAUSE).await;
            // What came in the pause is told along.
            self.news = self.service.bus().listen();
            return Some(());
        }
    }
}
