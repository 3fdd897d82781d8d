//! Moderation: the list of what waits, decisions with their reason, and the public log that counts them.

mod cluster;
mod log;
mod queue;

use domain::{
    AccountId, Actor, CommentId, ConsultationId, Permit, StatementId, Timestamp,
    actor::Moderate,
    moderation::{Action, Decision, Draft, validate},
};
use storage::{
    Tx,
    audit::Deed,
    moderation::{Subject, Touched},
};

use crate::{
    Conflict, Error, Event, News, Result, Service,
    notice::{self, Kind},
};

pub use cluster::decide_cluster;
pub use log::{Entry, Log, Month, Place, csv, log};
pub use queue::{Cluster, Flagged, Near, Queue, Waiting, Withheld, counts, queue};

/// Most things that one decision is about.
pub const AT_ONCE: usize = 200;

/// Decides about one or many comments at once: hide, keep, restore. Returns about how many.
///
/// Those that were decided in the meantime are left alone; [`Conflict::Decided`] when nothing was left to decide.
pub async fn decide_comments(
    service: &Service,
    actor: &Actor,
    ids: &[CommentId],
    draft: &Draft,
) -> Result<usize> {
    let permit = actor.may_moderate()?;
    let decision = validate(draft)?;
    if !matches!(
        decision.action,
        Action::Hide | Action::Keep | Action::Restore
    ) {
        return Err(Error::invalid("action", domain::Problem::Malformed));
    }
    let ids = some(ids)?;
    let deed = Decided {
        service: service.clone(),
        permit,
        decision,
        now: service.now(),
    };
    let done: Vec<(ConsultationId, CommentId)> = service
        .db()
        .write(move |tx| Box::pin(async move { deed.comments(tx, &ids).await }))
        .await?;
    for (consultation, id) in &done {
        let consultation = Some(consultation.clone());
        service
            .publish(Event {
                consultation,
                news: News::CommentChanged(id.clone()),
            })
            .await;
    }
    Ok(done.len())
}

/// Decides about one or many statements that wait: accept, reject. As [`decide_comments`].
pub async fn decide_statements(
    service: &Service,
    actor: &Actor,
    ids: &[StatementId],
    draft: &Draft,
) -> Result<usize> {
    let permit = actor.may_moderate()?;
    let decision = validate(draft)?;
    if !matches!(decision.action, Action::Accept | Action::Reject) {
        return Err(Error::invalid("action", domain::Problem::Malformed));
    }
    let ids = some(ids)?;
    let deed = Decided {
        service: service.clone(),
        permit,
        decision,
        now: service.now(),
    };
    let done: Vec<ConsultationId> = service
        .db()
        .write(move |tx| Box::pin(async move { deed.statements(tx, &ids).await }))
        .await?;
    let count = done.len();
    let mut told = done;
    told.sort();
    told.dedup();
    for consultation in told {
        tell(service, consultation).await;
    }
    Ok(count)
}

/// Tells everybody who listens that the statements of a consultation changed.
async fn tell(service: &Service, consultation: ConsultationId) {
    service
        .publish(Event {
            consultation: Some(consultation),
            news: News::Statement,
        })
        .await;
}

/// At least one id, each once, not too many.
fn some<T: Clone + Ord>(ids: &[T]) -> Result<Vec<T>> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    match ids.len() {
        0 => Err(Error::invalid("pilih", domain::Problem::Missing)),
        1..=AT_ONCE => Ok(ids),
        _ => Err(Error::invalid(
            "pilih",
            domain::Problem::TooMany {
                max: u32::try_from(AT_ONCE).unwrap_or(u32::MAX),
            },
        )),
    }
}

#[derive(Clone)]
struct Decided {
    service: Service,
    permit: Permit<Moderate>,
    decision: Decision,
    now: Timestamp,
}

impl Decided {
    async fn comments(
        &self,
        tx: &mut Tx,
        ids: &[CommentId],
    ) -> Result<Vec<(ConsultationId, CommentId)>> {
        let touched = storage::moderation::touched(tx, ids).await?;
        if touched.is_empty() {
            return Err(Error::NotFound);
        }
        let mut done = Vec::new();
        for (id, about) in touched {
            if self.comment(tx, &id, &about).await? {
                done.push((ConsultationId::new(about.consultation_id), id));
            }
        }
        if done.is_empty() {
            return Err(Error::Conflict(Conflict::Decided));
        }
        Ok(done)
    }

    /// Decides about one comment; `false` when it was decided already.
    async fn comment(&self, tx: &mut Tx, id: &CommentId, about: &Touched) -> Result<bool> {
        let root = CommentId::new(&about.root_id);
        storage::comment::lock(tx, &root).await?;
        let decided = match self.decision.action {
            Action::Hide => {
                let hidden =
                    storage::moderation::hide(tx, id, self.decision.reason_word(), self.now)
                        .await?;
                if hidden {
                    storage::moderation::settle(tx, id, self.now).await?;
                }
                hidden
            }
            Action::Restore => storage::moderation::restore(tx, id).await?,
            _ => storage::moderation::settle(tx, id, self.now).await? > 0,
        };
        if !decided {
            return Ok(false);
        }
        storage::comment::recount_replies(tx, &root).await?;
        crate::search::put_comment(tx, id).await?;
        let consultation = ConsultationId::new(&about.consultation_id);
        let row = self
            .write_down(tx, &consultation, Subject::Comment(id))
            .await?;
        let kind = match self.decision.action {
            Action::Hide => Kind::Hidden,
            Action::Restore => Kind::Restored,
            _ => return Ok(true),
        };
        let news = notice::News {
            kind,
            consultation: Some(consultation),
            detail: about.title.clone(),
            place: format!("/tanggapan/{id}"),
            mark: row,
        };
        notice::tell(&self.service, tx, &AccountId::new(&about.account_id), &news).await?;
        Ok(true)
    }

    async fn statements(&self, tx: &mut Tx, ids: &[StatementId]) -> Result<Vec<ConsultationId>> {
        let mut done = Vec::new();
        for id in ids {
            done.extend(self.statement(tx, id).await?);
        }
        if done.is_empty() {
            return Err(Error::Conflict(Conflict::Decided));
        }
        Ok(done)
    }

    /// Decides about one statement; its consultation, or `None` when it does not wait.
    async fn statement(&self, tx: &mut Tx, id: &StatementId) -> Result<Option<ConsultationId>> {
        let (decision, by) = (&self.decision, self.permit.by());
        let found = storage::moderation::decide_statement(tx, id, decision, by, self.now).await?;
        let Some(statement) = found else {
            return Ok(None);
        };
        let consultation = ConsultationId::new(&statement.consultation_id);
        let row = self
            .write_down(tx, &consultation, Subject::Statement(id))
            .await?;
        if let Some(author) = statement.account_id {
            let kind = if self.decision.action == Action::Accept {
                Kind::StatementAccepted
            } else {
                Kind::StatementRejected
            };
            let news = notice::News {
                kind,
                consultation: Some(consultation.clone()),
                detail: statement.body,
                place: format!("/konsultasi/{}/pernyataan/semua", statement.slug),
                mark: row,
            };
            notice::tell(&self.service, tx, &AccountId::new(author), &news).await?;
        }
        Ok(Some(consultation))
    }

    /// A row of the public log and one of the back office's; returns the identity of the first.
    async fn write_down(
        &self,
        tx: &mut Tx,
        consultation: &ConsultationId,
        subject: Subject<'_>,
    ) -> Result<String> {
        let chance = self.service.chance();
        let row = chance.id(self.now);
        let by = self.permit.by();
        storage::moderation::record(
            tx,
            &row,
            consultation,
            subject,
            &self.decision,
            by,
            self.now,
        )
        .await?;
        let (kind, subject) = match subject {
            Subject::Comment(id) => ("comment", id.as_str()),
            Subject::Statement(id) => ("statement", id.as_str()),
        };
        let verb = format!("{kind}.{}", self.decision.action.word());
        let deed = Deed {
            id: &chance.id(self.now),
            at: self.now,
            by,
            verb: &verb,
            subject,
            detail: self.decision.reason_word(),
        };
        storage::audit::insert(tx, &deed).await?;
        Ok(row)
    }
}

#[cfg(test)]
mod tests;
