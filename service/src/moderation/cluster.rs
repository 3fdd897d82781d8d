//! Statements that wait and say nearly the same: put together, and decided together.

use std::collections::BTreeMap;

use domain::{
    Actor, ConsultationId, Problem, StatementId, Timestamp,
    moderation::{Action, Decision, Draft, Reason, validate},
    statement::duplicate::{NEAR, Sentence, clusters},
};
use storage::{
    Tx,
    moderation::{Known, Waiting as Row},
};

use super::{
    Decided,
    queue::{Cluster, Near, SHOWN, Waiting},
    some, tell,
};
use crate::{Conflict, Error, Result, Service};

/// Most public statements that are shown beside one that waits as perhaps the same.
const NEAR_SHOWN: usize = 3;

/// Puts together those of one consultation that are near-duplicates; the others as they come. Each beside the public ones
/// that it resembles.
pub(super) fn put_together(rows: &[Row], public: &[Known]) -> (Vec<Cluster>, Vec<Waiting>) {
    let mut waiting = BTreeMap::<&str, Vec<usize>>::new();
    for (place, row) in rows.iter().enumerate() {
        waiting.entry(&row.consultation_id).or_default().push(place);
    }
    let mut groups: Vec<(usize, Vec<Waiting>)> = Vec::new();
    for (consultation, places) in waiting {
        let sentences: Vec<Sentence> = places
            .iter()
            .map(|n| Sentence::new(&rows[*n].body))
            .collect();
        let known: Vec<(&Known, Sentence)> = public
            .iter()
            .filter(|known| known.consultation_id == consultation)
            .map(|known| (known, Sentence::new(&known.body)))
            .collect();
        for cluster in clusters(&sentences) {
            let statements = cluster
                .iter()
                .map(|n| beside(&rows[places[*n]], &sentences[*n], &known));
            groups.push((places[cluster[0]], statements.collect()));
        }
    }
    groups.sort_unstable_by_key(|(oldest, _)| *oldest);
    let (mut together, mut singles) = (Vec::new(), Vec::new());
    for (oldest, mut statements) in groups {
        if statements.len() > 1 {
            together.push(Cluster {
                title: rows[oldest].title.clone(),
                near: near_any(&statements),
                statements,
            });
        } else {
            singles.append(&mut statements);
        }
    }
    singles.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    (together, singles)
}

/// A statement that waits, beside the public ones of its consultation that it resembles.
fn beside(row: &Row, sentence: &Sentence, known: &[(&Known, Sentence)]) -> Waiting {
    let mut near: Vec<(f64, &Known)> = known
        .iter()
        .map(|(known, other)| (sentence.likeness(other), *known))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
    near.truncate(NEAR_SHOWN);
    Waiting {
        id: StatementId::new(&row.id),
        title: row.title.clone(),
        body: row.body.clone(),
        at: Timestamp(row.created_at),
        near: near
            .into_iter()
            .map(|(_, known)| Near {
                number: known.number,
                body: known.body.clone(),
            })
            .collect(),
    }
}

/// What any of them resembles, each once, by number.
fn near_any(statements: &[Waiting]) -> Vec<Near> {
    let mut near: Vec<Near> = statements.iter().flat_map(|s| s.near.clone()).collect();
    near.sort_by_key(|one| one.number);
    near.dedup_by_key(|one| one.number);
    near
}

/// Decides about a whole cluster at once: `accept` accepts `keep` and rejects the others as its duplicates, `reject` rejects
/// all for the draft's reason. Returns about how many. All of it, or nothing.
///
/// Errors: [`Error::Invalid`] with the fields `terima` ([`Problem::Missing`] when none is chosen to be accepted), `pilih`,
/// `reason`, `note`; [`Error::NotFound`] when one is not there; [`Conflict::Decided`] when one of them no longer waits.
pub async fn decide_cluster(
    service: &Service,
    actor: &Actor,
    members: &[StatementId],
    keep: Option<&StatementId>,
    draft: &Draft,
) -> Result<usize> {
    let permit = actor.may_moderate()?;
    let decision = validate(draft)?;
    let ids = some(members)?;
    let keep = match decision.action {
        Action::Reject => None,
        Action::Accept => {
            let keep = keep.ok_or_else(|| Error::invalid("terima", Problem::Missing))?;
            if !ids.contains(keep) {
                return Err(Error::invalid("terima", Problem::Malformed));
            }
            Some(keep.clone())
        }
        Action::Hide | Action::Keep | Action::Restore => {
            return Err(Error::invalid("action", Problem::Malformed));
        }
    };
    let deed = Decided {
        service: service.clone(),
        permit,
        decision,
        now: service.now(),
    };
    let (count, consultation) = service
        .db()
        .write(move |tx| Box::pin(async move { deed.cluster(tx, &ids, keep.as_ref()).await }))
        .await?;
    tell(service, consultation).await;
    Ok(count)
}

impl Decided {
    /// In the order of identities, so that two moderators who decide at once wait for one another and never both win.
    async fn cluster(
        self,
        tx: &mut Tx,
        ids: &[StatementId],
        keep: Option<&StatementId>,
    ) -> Result<(usize, ConsultationId)> {
        let places = storage::moderation::places_of(tx, ids).await?;
        if places.len() < ids.len() {
            return Err(Error::NotFound);
        }
        let Some((_, consultation)) = places.first().cloned() else {
            return Err(Error::NotFound);
        };
        if places.iter().any(|(_, of)| *of != consultation) {
            return Err(Error::invalid("anggota", Problem::Malformed));
        }
        let others = match keep {
            Some(_) => Self {
                decision: Decision {
                    action: Action::Reject,
                    reason: Some(Reason::Duplicate),
                    note: self.decision.note.clone(),
                },
                ..self.clone()
            },
            None => self.clone(),
        };
        for id in ids {
            let deed = if keep == Some(id) { &self } else { &others };
            if deed.statement(tx, id).await?.is_none() {
                return Err(Error::Conflict(Conflict::Decided));
            }
        }
        Ok((ids.len(), consultation))
    }
}

#[cfg(test)]
mod tests;
