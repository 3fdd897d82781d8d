//! Statements: judged one at a time, written by residents and by the office, listed with the counts that may be shown.

mod desk;
mod list;
mod pin;
#[cfg(test)]
mod tests;
mod write;

use domain::{
    AccountId, Actor, AreaId, Permit, actor::Participate, consultation::Consultation,
    statement::Judgement,
};
use storage::{Tx, statement::NewJudgement};

pub use desk::{Desk, Progress, desk, totals};
pub use list::{Listed, OpenRow, PAGE, list, open_rows};
pub use pin::pin;
pub use storage::statement::Totals;
pub use write::{add, mine, of_office, seed};

use crate::{
    Conflict, Error, Event, News, Result, Service,
    ballot::{join, judged_open, race},
    limit,
};

/// A judgement as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// 0 for the first of this person on this statement, then one more for each change.
    pub revision: i64,
    /// `false` when the same was stored already and nothing was added.
    pub changed: bool,
}

/// Saves what a person says to a public statement; durable when it returns. The same again adds nothing.
///
/// Errors: [`Conflict::SwitchedOff`], [`Conflict::NotYetOpen`], [`Conflict::Closed`], [`Error::NotFound`].
pub async fn judge(
    service: &Service,
    actor: &Actor,
    slug: &str,
    number: i64,
    judgement: Judgement,
) -> Result<Judged> {
    let permit = &actor.may_participate()?;
    let account = permit.by().ok_or(Error::SignIn)?;
    let now = service.now();
    service.limits().take(limit::VOTE, account.as_str(), now)?;
    let home = &actor.member().and_then(|member| member.home.clone());
    race::settle(|after_race| async move {
        let consultation = takes_statements(service, actor, slug).await?;
        let new = New {
            consultation,
            number,
            judgement,
            home: home.clone(),
        };
        save(service, permit, new, after_race).await
    })
    .await
}

/// The consultation, when statements are judged and written there now.
async fn takes_statements(service: &Service, actor: &Actor, slug: &str) -> Result<Consultation> {
    let mut tx = service.read().await?;
    let consultation = crate::consultation::get(service, &mut tx, actor, slug).await?;
    consultation.takes_part(service.now())?;
    if consultation.statements_open {
        Ok(consultation)
    } else {
        Err(Error::Conflict(Conflict::SwitchedOff))
    }
}

struct New {
    consultation: Consultation,
    number: i64,
    judgement: Judgement,
    home: Option<AreaId>,
}

async fn save(
    service: &Service,
    permit: &Permit<Participate>,
    new: New,
    after_race: bool,
) -> Result<Judged> {
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    let event = Event {
        consultation: Some(new.consultation.id.clone()),
        news: News::Statement,
    };
    let inner = service.clone();
    let judged = service
        .db()
        .write(move |tx| {
            Box::pin(async move { store(&inner, tx, &account, &new, after_race).await })
        })
        .await?;
    if judged.changed {
        crate::figures::vote("statement");
        service.publish(event).await;
    }
    Ok(judged)
}

/// The inside of the transaction: four statements, two more for a person's first voice in the consultation.
async fn store(
    service: &Service,
    tx: &mut Tx,
    account: &AccountId,
    new: &New,
    after_race: bool,
) -> Result<Judged> {
    let c = &new.consultation;
    if after_race {
        storage::ballot::lock_voice(tx, &c.id, account).await?;
    }
    let before = storage::statement::before(tx, &c.id, new.number, account)
        .await?
        .ok_or(Error::NotFound)?;
    if let Some((revision, value)) = before.latest
        && value == new.judgement.value()
    {
        return Ok(Judged {
            revision,
            changed: false,
        });
    }
    let participant = match before.participant {
        Some(participant) => participant,
        None => join(service, tx, c, account, new.home.as_ref()).await?,
    };
    let revision = before.latest.map_or(0, |(revision, _)| revision + 1);
    let stored = storage::statement::append(
        tx,
        NewJudgement {
            statement: &before.statement,
            participant: &participant,
            revision,
            value: new.judgement.value(),
            before: before.latest.map(|(_, value)| value),
            at: service.now(),
            open: judged_open(c),
        },
    )
    .await?;
    if stored {
        Ok(Judged {
            revision,
            changed: true,
        })
    } else {
        Err(Error::Conflict(Conflict::Stale))
    }
}
