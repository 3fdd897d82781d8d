//! Ballots: one action saves a vote; it can be changed and withdrawn until the consultation closes.

mod count;
#[cfg(any(test, feature = "testing"))]
pub mod fixture;
pub(crate) mod race;
#[cfg(test)]
mod tests;

use domain::{
    AccountId, Actor, AreaId, ParticipantId, Permit, Problem, QuestionId, actor::Participate,
    consultation::Consultation,
};
use serde::Deserialize;
use storage::{
    Tx,
    ballot::{NewBallot, NewVoice, Open},
};

pub use count::{OpenRow, by_area, open_rows, tallies};
pub(crate) use count::{Split, shown};

use crate::{Conflict, Error, Event, News, Result, Service, figures, limit};

/// The field of the form that holds what was chosen.
pub const FIELD: &str = "pilihan";

/// A ballot as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    /// 0 for the first of this person on this question, then one more for each change.
    pub revision: i64,
    /// What it holds, in the question's order; nothing means withdrawn.
    pub choices: Vec<String>,
    /// `false` when the same was stored already and nothing was added.
    pub changed: bool,
}

/// Saves what a person chose on a question; durable when it returns.
///
/// The same choice again, sent twice or late, adds nothing. Under any race one ballot of a person counts: the one with
/// the highest revision. Errors: [`Error::Invalid`] (field `pilihan`), [`Conflict::NotYetOpen`], [`Conflict::Closed`].
pub async fn cast(
    service: &Service,
    actor: &Actor,
    slug: &str,
    question: &QuestionId,
    choices: Vec<String>,
) -> Result<Cast> {
    let permit = actor.may_participate()?;
    allow(service, &permit)?;
    let home = actor.member().and_then(|member| member.home.clone());
    let (permit, choices, home) = (&permit, &choices, &home);
    race::settle(|after_race| async move {
        let (consultation, chosen) = {
            let mut tx = service.read().await?;
            let consultation = crate::consultation::get(service, &mut tx, actor, slug).await?;
            let question = find(&mut tx, &consultation, question).await?;
            consultation.takes_part(service.now())?;
            let chosen = question
                .read(choices)
                .map_err(|p| Error::invalid(FIELD, p))?;
            (consultation, chosen)
        };
        let new = New {
            consultation,
            question: question.clone(),
            choices: chosen,
            home: home.clone(),
        };
        save(service, permit, new, after_race).await
    })
    .await?
    .ok_or(Error::NotFound)
}

/// Takes a ballot back: nothing of it counts any more. `false` when there was none.
pub async fn withdraw(
    service: &Service,
    actor: &Actor,
    slug: &str,
    question: &QuestionId,
) -> Result<bool> {
    let permit = actor.may_participate()?;
    allow(service, &permit)?;
    let permit = &permit;
    let done = race::settle(|after_race| async move {
        let consultation = {
            let mut tx = service.read().await?;
            let consultation = crate::consultation::get(service, &mut tx, actor, slug).await?;
            find(&mut tx, &consultation, question).await?;
            consultation.takes_part(service.now())?;
            consultation
        };
        let new = New {
            consultation,
            question: question.clone(),
            choices: Vec::new(),
            home: None,
        };
        save(service, permit, new, after_race).await
    })
    .await?;
    Ok(done.is_some_and(|cast| cast.changed))
}

#[derive(Deserialize)]
struct Intention {
    #[serde(default)]
    choices: Vec<String>,
}

/// Casts what an anonymous person had chosen before signing in: `{"choices": […]}`, as the ballot page kept it.
pub async fn apply_draft(
    service: &Service,
    actor: &Actor,
    slug: &str,
    question: &QuestionId,
    json: &str,
) -> Result<Cast> {
    let intention: Intention =
        serde_json::from_str(json).map_err(|_| Error::invalid(FIELD, Problem::Malformed))?;
    cast(service, actor, slug, question, intention.choices).await
}

/// The text of such a draft.
pub fn draft_of(choices: &[String]) -> String {
    serde_json::json!({ "choices": choices }).to_string()
}

fn allow(service: &Service, permit: &Permit<Participate>) -> Result<()> {
    let account = permit.by().ok_or(Error::SignIn)?;
    service
        .limits()
        .take(limit::VOTE, account.as_str(), service.now())
}

async fn find(
    tx: &mut Tx,
    consultation: &Consultation,
    question: &QuestionId,
) -> Result<domain::ballot::Question> {
    storage::ballot::questions(tx, &consultation.id)
        .await?
        .into_iter()
        .find(|q| q.id == *question)
        .ok_or(Error::NotFound)
}

struct New {
    consultation: Consultation,
    question: QuestionId,
    choices: Vec<String>,
    home: Option<AreaId>,
}

/// One try to save; `None` when there is nothing to withdraw.
async fn save(
    service: &Service,
    permit: &Permit<Participate>,
    new: New,
    after_race: bool,
) -> Result<Option<Cast>> {
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    let event = Event {
        consultation: Some(new.consultation.id.clone()),
        news: News::Ballot(new.question.clone()),
    };
    let inner = service.clone();
    let cast = service
        .db()
        .write(move |tx| {
            Box::pin(async move { store(&inner, tx, &account, new, after_race).await })
        })
        .await?;
    if cast.as_ref().is_some_and(|cast| cast.changed) {
        figures::vote("question");
        service.publish(event).await;
    }
    Ok(cast)
}

/// The inside of the transaction: five statements for a person's first vote, three for a change of one choice, one when
/// nothing changes.
async fn store(
    service: &Service,
    tx: &mut Tx,
    account: &AccountId,
    new: New,
    after_race: bool,
) -> Result<Option<Cast>> {
    let c = &new.consultation;
    if after_race {
        storage::ballot::lock_voice(tx, &c.id, account).await?;
    }
    let before = storage::ballot::before(tx, &c.id, account, &new.question).await?;
    if let Some(same) = unchanged(before.as_ref(), &new.choices) {
        return Ok(same);
    }
    let (participant, latest) = match before {
        Some(before) => (before.participant, before.latest),
        None => (
            join(service, tx, c, account, new.home.as_ref()).await?,
            None,
        ),
    };
    let revision = latest.as_ref().map_or(0, |(revision, _)| revision + 1);
    let ballot = NewBallot {
        question: &new.question,
        participant: &participant,
        revision,
        choices: &new.choices,
        at: service.now(),
        replaces: latest.map_or(0, |(_, choices)| choices.len()),
        open: judged_open(c),
    };
    if !storage::ballot::append(tx, ballot).await? {
        return Err(Error::Conflict(Conflict::Stale));
    }
    Ok(Some(Cast {
        revision,
        choices: new.choices,
        changed: true,
    }))
}

/// What stands already, when the ballot would change nothing: `Some(None)` for a withdrawal of nothing.
fn unchanged(before: Option<&storage::ballot::Before>, choices: &[String]) -> Option<Option<Cast>> {
    match before.and_then(|before| before.latest.as_ref()) {
        Some((revision, latest)) if latest == choices => Some(Some(Cast {
            revision: *revision,
            choices: latest.clone(),
            changed: false,
        })),
        None if choices.is_empty() => Some(None),
        _ => None,
    }
}

/// The times by which `consultation` was judged open.
pub(crate) fn judged_open(consultation: &Consultation) -> Open<'_> {
    Open {
        consultation: &consultation.id,
        opens_at: consultation.opens_at,
        closes_at: consultation.closes_at,
    }
}

/// Gives an account its voice in a consultation, inside the transaction of its first vote.
pub(crate) async fn join(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
    account: &AccountId,
    home: Option<&AreaId>,
) -> Result<ParticipantId> {
    let id: ParticipantId = service.id();
    storage::ballot::insert_voice(
        tx,
        NewVoice {
            id: &id,
            consultation: &consultation.id,
            account,
            area: home,
            at: service.now(),
        },
    )
    .await?;
    Ok(id)
}
