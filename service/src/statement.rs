//! Statements: judged one at a time, written by residents and by the office, listed with the counts that may be shown.

mod list;
#[cfg(test)]
mod tests;
mod write;

use domain::{
    AccountId, Actor, AreaId, Permit,
    actor::Participate,
    consultation::Consultation,
    statement::{Judgement, Statement},
};
use storage::{Tx, statement::NewJudgement};

pub use list::{Listed, OpenRow, PAGE, list, open_rows};
pub use storage::statement::Progress;
pub use write::{add, mine, of_office, seed};

use crate::{
    Conflict, Error, Event, News, Result, Service,
    ballot::{join, judged_open, race},
    limit,
};

/// The page on which statements are judged, as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// How far they have come.
    pub progress: Progress,
    /// The statement before them: the one asked for, else the one that comes next; `None` when all are judged.
    pub statement: Option<Statement>,
}

/// What lies before a person who judges statements. One statement of SQL.
///
/// `number` asks for one statement, to change one's mind; an unknown one is [`Error::NotFound`]. Else comes, of those not
/// judged yet, the one with fewest judgements, then with the lowest number: the same for everybody in the same state.
pub async fn desk(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
    number: Option<i64>,
) -> Result<Desk> {
    let account = actor.account();
    let (progress, found) = storage::statement::desk(tx, &consultation.id, account, number).await?;
    if number.is_some() && found.is_none() {
        return Err(Error::NotFound);
    }
    let now = service.now();
    Ok(Desk {
        progress,
        statement: found.map(|found| list::shown(found, consultation, now)),
    })
}

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

/// The inside of the transaction: three statements, two more for a person's first voice in the consultation.
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
