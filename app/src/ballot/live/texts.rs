//! The texts that a viewer may see, by key; computed once for all viewers to whom the same is shown.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use domain::{
    ConsultationId, Locale,
    consultation::{Consultation, CountsShown},
    statement::Order,
};
use service::Error;

use crate::{Fields, Visit, ballot::figures, comment, statement};

/// Key and text.
pub(super) type Texts = BTreeMap<String, String>;

/// Which page of statements is wanted besides, if any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    statements: Option<(Order, i64)>,
}

impl Wish {
    /// `pernyataan` is the page, `urut` the order.
    pub(super) fn of(query: &Fields) -> Self {
        let page = query.text("pernyataan").parse().ok();
        let order = Order::parse(query.text("urut")).unwrap_or_default();
        Self {
            statements: page.map(|page| (order, page)),
        }
    }

    fn word(self) -> String {
        self.statements.map_or_else(String::new, |(order, page)| {
            format!("{}:{page}", order.word())
        })
    }
}

type Key = (ConsultationId, Locale, String);

/// Texts that are the same for all viewers, as long as nothing happens.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<Key, (u64, Arc<Texts>)>>>);

/// Most of them; beyond it all are forgotten, which costs one reading each.
const MOST: usize = 500;

impl Kept {
    /// What the visitor may see now.
    pub(super) async fn texts(
        &self,
        visit: &Visit,
        consultation: &Consultation,
        wish: Wish,
    ) -> Result<Arc<Texts>, Error> {
        // What is seen after voting is one person's own.
        if consultation.counts_shown == CountsShown::AfterVote {
            return read(visit, consultation, wish).await.map(Arc::new);
        }
        let key = (consultation.id.clone(), visit.locale, wish.word());
        let edition = visit.service.bus().edition(&consultation.id);
        let found = self.0.lock().ok().and_then(|kept| kept.get(&key).cloned());
        if let Some((of, texts)) = found
            && of == edition
        {
            return Ok(texts);
        }
        let texts = Arc::new(read(visit, consultation, wish).await?);
        if let Ok(mut kept) = self.0.lock() {
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(key, (edition, texts.clone()));
        }
        Ok(texts)
    }
}

async fn read(visit: &Visit, consultation: &Consultation, wish: Wish) -> Result<Texts, Error> {
    let (service, actor) = (&visit.service, &visit.actor);
    let mut tx = service.read().await?;
    let mut texts = Texts::new();
    for view in service::ballot::tallies(service, &mut tx, actor, consultation).await? {
        texts.extend(figures::all(visit.locale, &view));
    }
    let comments = service::comment::count(&mut tx, consultation).await?;
    texts.insert(
        "comments".to_owned(),
        comment::count_text(visit.locale, comments),
    );
    if let Some((order, page)) = wish.statements {
        let listed =
            service::statement::list(service, &mut tx, actor, consultation, order, page).await?;
        for found in &listed.statements {
            texts.extend(statement::figures(visit.locale, found));
        }
    }
    Ok(texts)
}
