//! What has just happened, for pages that listen and for the cache of pages.

use std::{
    collections::HashMap,
    sync::{
        Arc, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{CaseId, CommentId, ConsultationId, QuestionId, reference::Reference};
use serde::{Deserialize, Serialize};
use storage::{Db, event::Listener};
use tokio::sync::broadcast;

use crate::Result;

/// Something that changed what a page shows. Holds no counts: what may be shown is decided by whoever reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Of which consultation; `None` when it concerns the whole site.
    pub consultation: Option<ConsultationId>,
    /// What.
    pub news: News,
}

/// The kinds of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// A ballot was cast, changed or withdrawn.
    Ballot(QuestionId),
    /// A statement was judged, or became visible.
    Statement,
    /// The opinion groups were found anew.
    Groups,
    /// A comment was posted.
    Comment(CommentId),
    /// A comment was edited, supported, deleted, hidden.
    CommentChanged(CommentId),
    /// The consultation itself changed: its text, times, state, results.
    Consultation,
    /// Something happened to a case, or somebody opened it. No page for everybody shows any of it.
    Case(CaseId),
    /// A bill was paid, or its code came or ended. No page for everybody shows any of it.
    Bill(Reference),
    /// Offices, areas, the city.
    Site,
}

/// Tells events to those who listen, and counts editions for the cache.
#[derive(Clone, Debug)]
pub struct Bus {
    sender: broadcast::Sender<Event>,
    editions: Arc<Editions>,
}

#[derive(Debug, Default)]
struct Editions {
    site: AtomicU64,
    general: AtomicU64,
    by_consultation: RwLock<HashMap<ConsultationId, u64>>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
            editions: Arc::default(),
        }
    }
}

impl Bus {
    /// Begins to hear; a listener that falls 1,024 events behind is told that it missed some.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    /// How many events of any kind there have been: a page of lists is good as long as this stands still.
    pub fn site_edition(&self) -> u64 {
        self.editions.site.load(Ordering::Acquire)
    }

    /// How many events there have been that concern the whole site.
    pub fn general_edition(&self) -> u64 {
        self.editions.general.load(Ordering::Acquire)
    }

    /// The editions of all consultations that had events.
    pub fn all_editions(&self) -> HashMap<ConsultationId, u64> {
        self.editions
            .by_consultation
            .read()
            .map(|map| map.clone())
            .unwrap_or_default()
    }

    /// How many events of one consultation there have been.
    pub fn edition(&self, consultation: &ConsultationId) -> u64 {
        self.editions
            .by_consultation
            .read()
            .map_or(0, |map| map.get(consultation).copied().unwrap_or(0))
    }

    /// Takes the news of the other copies on PostgreSQL, until the program ends. Returns at once on SQLite.
    pub async fn hear_others(self, db: Db) -> Result<()> {
        if let Some(mut listener) = Listener::start(&db).await? {
            loop {
                if let Ok(event) = serde_json::from_str(&listener.next().await?) {
                    self.tell(event);
                }
            }
        }
        Ok(())
    }

    pub(crate) async fn publish(&self, db: &Db, event: Event) {
        // On PostgreSQL the news comes back through the server as well; hearing it twice does no harm.
        self.tell(event.clone());
        if db.is_postgres() {
            let payload = serde_json::to_string(&event).unwrap_or_default();
            let told: Result<()> = db
                .write(move |tx| {
                    Box::pin(async move { Ok(storage::event::notify(tx, &payload).await?) })
                })
                .await;
            if let Err(error) = told {
                tracing::warn!(?error, "the other copies were not told");
            }
        }
    }

    fn tell(&self, event: Event) {
        if matches!(event.news, News::Case(_) | News::Bill(_)) {
            let _ = self.sender.send(event);
            return;
        }
        self.editions.site.fetch_add(1, Ordering::AcqRel);
        if event.consultation.is_none() {
            self.editions.general.fetch_add(1, Ordering::AcqRel);
        }
        if let (Some(id), Ok(mut map)) =
            (&event.consultation, self.editions.by_consultation.write())
        {
            *map.entry(id.clone()).or_default() += 1;
        }
        // Nobody listening is fine.
        let _ = self.sender.send(event);
    }
}
