//! Groups that follow the votes: found anew after new judgements, off the way of the requests.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    ConsultationId,
    group::{
        Compass, Findings, Names, Picture, compute, left_out,
        sign::{Rule, without},
    },
};
use storage::group::{Basis, Kept};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::{Instant, sleep_until},
};

use super::{Poll, of};
use crate::{Event, News, Result, Service};

/// Least time between two findings of one consultation.
const PAUSE: Duration = Duration::from_secs(3);
/// How often judgements are looked for of which no news came: an import into the database of a running portal, say.
const LOOK: Duration = Duration::from_mins(1);

/// Finds groups anew wherever people judge, until the program ends. What changed while no program ran is found first.
pub async fn follow(service: &Service, mut stop: watch::Receiver<bool>) {
    let mut news = service.bus().listen();
    let mut due: BTreeSet<ConsultationId> = BTreeSet::new();
    let mut look = tokio::time::interval(LOOK);
    let mut next = Instant::now();
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = look.tick() => due.extend(outdated(service).await),
            heard = news.recv() => match heard {
                Ok(Event { consultation: Some(id), news: News::Statement }) => {
                    due.insert(id);
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => due.extend(outdated(service).await),
                Err(RecvError::Closed) => return,
            },
            () = sleep_until(next), if !due.is_empty() => {
                for id in std::mem::take(&mut due) {
                    if let Err(error) = refresh(service, &id).await {
                        tracing::error!(?error, %id, "groups were not found; they are tried again");
                    }
                }
                next = Instant::now() + PAUSE;
            }
        }
    }
}

async fn outdated(service: &Service) -> Vec<ConsultationId> {
    let found: Result<_> = async {
        let mut tx = service.read().await?;
        Ok(storage::group::outdated(&mut tx).await?)
    }
    .await;
    match found {
        Ok(all) => all
            .into_iter()
            .map(|basis| ConsultationId::new(basis.consultation_id))
            .collect(),
        Err(error) => {
            tracing::error!(?error, "new judgements were not looked for");
            Vec::new()
        }
    }
}

/// Finds the groups everywhere where they rest on something else than what is there. How many consultations that were.
pub async fn refresh_all(service: &Service) -> Result<usize> {
    let mut tx = service.read().await?;
    let all = storage::group::outdated(&mut tx).await?;
    drop(tx);
    for basis in &all {
        refresh(service, &ConsultationId::new(&basis.consultation_id)).await?;
    }
    Ok(all.len())
}

/// Finds the groups of a consultation and keeps them, if anything has changed. Whether it did.
pub async fn refresh(service: &Service, id: &ConsultationId) -> Result<bool> {
    let (basis, poll, rules, before) = {
        let mut tx = service.read().await?;
        // Read before the votes: one that comes in between is found the next time.
        let basis = storage::group::basis(&mut tx, id).await?;
        let Some(basis) = basis.filter(|b| b.basis != b.kept) else {
            return Ok(false);
        };
        let Some(consultation) = storage::consultation::find(&mut tx, id).await? else {
            return Ok(false);
        };
        let before = storage::group::findings(&mut tx, id).await?;
        let rules = storage::group::rule::list(&mut tx, id).await?;
        let rules: Vec<Rule> = rules.into_iter().map(|published| published.rule).collect();
        (basis, of(&mut tx, consultation).await?, rules, before)
    };
    let at = service.now().0;
    let found = tokio::task::spawn_blocking(move || find(&basis, &poll, &rules, before, at)).await;
    let (kept, extremities) = match found {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(?error, %id, "the search for groups broke off");
            return Ok(false);
        }
    };
    let consultation = id.clone();
    let stored: bool = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let stored = storage::group::keep(tx, &consultation, &kept).await?;
                if stored {
                    storage::group::set_extremities(tx, &consultation, &extremities).await?;
                }
                Ok::<_, crate::Error>(stored)
            })
        })
        .await?;
    if stored {
        service
            .publish(Event {
                consultation: Some(id.clone()),
                news: News::Groups,
            })
            .await;
    }
    Ok(stored)
}

/// The work itself, without the database: what is kept, and how far out each statement lies.
fn find(
    basis: &Basis,
    poll: &Poll,
    rules: &[Rule],
    before: Option<(String, String)>,
    at: i64,
) -> (Kept, Vec<(i64, f64)>) {
    let findings = compute(&poll.statements, &poll.votes);
    let before: Option<(Findings, Names)> = before.and_then(|(findings, names)| {
        Some((
            serde_json::from_str(&findings).ok()?,
            serde_json::from_str(&names).ok()?,
        ))
    });
    let names = match &before {
        Some((previous, names)) => names.of_next(previous, &findings),
        None => Names::first(&findings),
    };
    let picture = Picture::of(&findings, &names, &poll.statements);
    let other = (!rules.is_empty()).then(|| Other::find(poll, rules, (&findings, &names)));
    let other = other.unwrap_or_default();
    let compass = Compass::of(&findings, &names, &poll.statements);
    let kept = Kept {
        basis: basis.basis.clone(),
        votes: basis.votes,
        found_at: at,
        findings: json(&findings),
        names: json(&names),
        picture: json(&picture),
        compass: json(&compass),
        left_out: other.left_out,
        without_findings: other.findings,
        without_picture: other.picture,
        without_compass: other.compass,
    };
    (kept, compass.extremities())
}

/// The result without the people whom published rules name, beside that of everybody; all of it as JSON.
#[derive(Default)]
struct Other {
    left_out: i64,
    findings: String,
    picture: String,
    compass: String,
}

impl Other {
    /// Groups are named after those of `everybody` to which they are nearest, and the map lies as theirs.
    fn find(poll: &Poll, rules: &[Rule], everybody: (&Findings, &Names)) -> Self {
        let people = left_out(&poll.statements, &poll.votes, rules);
        let findings = compute(&poll.statements, &without(&poll.votes, &people));
        let names = everybody.1.of_next(everybody.0, &findings);
        Self {
            left_out: i64::try_from(people.len()).unwrap_or(i64::MAX),
            picture: json(&Picture::of(&findings, &names, &poll.statements)),
            compass: json(&Compass::of(&findings, &names, &poll.statements)),
            findings: json(&findings),
        }
    }
}

/// Numbers, texts and lists: there is nothing in it that JSON cannot hold.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
