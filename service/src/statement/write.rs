//! Writing statements: a resident's waits for a moderator, the office's are public at once.

use domain::{
    AccountId, Actor, AreaId, ConsultationId, ParticipantId, Permit, Problem, StatementId,
    actor::{Author, Participate},
    consultation::{Consultation, Phase},
    statement::{Draft, Proposal, Status, sameness, validate},
};
use storage::{Tx, statement::NewStatement};

use super::takes_statements;
use crate::{
    Conflict, Error, Event, News, Result, Service,
    ballot::{join, race},
    limit,
};

// The field of the forms that holds the sentence.
const FIELD: &str = "teks";

/// Puts a resident's statement before the moderators.
///
/// Errors: [`Error::Invalid`] (field `teks`; [`Problem::Taken`] when the same words are there already, or wait),
/// [`Conflict::SwitchedOff`], [`Conflict::NotYetOpen`], [`Conflict::Closed`], [`Error::TooOften`].
pub async fn add(
    service: &Service,
    actor: &Actor,
    slug: &str,
    draft: &Draft,
) -> Result<StatementId> {
    let permit = &actor.may_participate()?;
    let body = &validate(draft)?;
    let account = permit.by().ok_or(Error::SignIn)?;
    let now = service.now();
    service
        .limits()
        .take(limit::STATEMENT, account.as_str(), now)?;
    let home = &actor.member().and_then(|member| member.home.clone());
    race::settle(|after_race| async move {
        let consultation = takes_statements(service, actor, slug).await?;
        propose(
            service,
            permit,
            consultation,
            body.clone(),
            home.clone(),
            after_race,
        )
        .await
    })
    .await
}

async fn propose(
    service: &Service,
    permit: &Permit<Participate>,
    consultation: Consultation,
    body: String,
    home: Option<AreaId>,
    after_race: bool,
) -> Result<StatementId> {
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    let inner = service.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let c = &consultation;
                if after_race {
                    storage::ballot::lock_voice(tx, &c.id, &account).await?;
                }
                refuse_same(tx, &c.id, &body).await?;
                let participant = voice(&inner, tx, c, &account, home.as_ref()).await?;
                let by = (Some(&participant), None);
                insert(&inner, tx, &c.id, &body, Status::Waiting, by).await
            })
        })
        .await
}

/// The voice of an account, made when it has none.
async fn voice(
    service: &Service,
    tx: &mut Tx,
    consultation: &Consultation,
    account: &AccountId,
    home: Option<&AreaId>,
) -> Result<ParticipantId> {
    match storage::ballot::voice(tx, &consultation.id, account).await? {
        Some(participant) => Ok(participant),
        None => join(service, tx, consultation, account, home).await,
    }
}

/// Adds a statement of the office, public at once: something to begin with. Any time before closing.
///
/// Errors: as for [`add`], and [`Error::Forbidden`] for officers of another office.
pub async fn seed(
    service: &Service,
    actor: &Actor,
    slug: &str,
    draft: &Draft,
) -> Result<StatementId> {
    race::settle(|_| async move {
        let consultation = {
            let mut tx = service.read().await?;
            crate::consultation::get(service, &mut tx, actor, slug).await?
        };
        let permit = actor.may_author(&consultation.office)?;
        let body = validate(draft)?;
        if consultation.phase(service.now()) >= Phase::Closed {
            return Err(Error::Conflict(Conflict::Closed));
        }
        plant(service, &permit, consultation, body).await
    })
    .await
}

async fn plant(
    service: &Service,
    permit: &Permit<Author>,
    consultation: Consultation,
    body: String,
) -> Result<StatementId> {
    let (inner, by) = (service.clone(), permit.by().cloned());
    let event = Event {
        consultation: Some(consultation.id.clone()),
        news: News::Statement,
    };
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                refuse_same(tx, &consultation.id, &body).await?;
                let by = (None, by.as_ref());
                insert(&inner, tx, &consultation.id, &body, Status::Accepted, by).await
            })
        })
        .await?;
    service.publish(event).await;
    Ok(id)
}

async fn refuse_same(tx: &mut Tx, consultation: &ConsultationId, body: &str) -> Result<()> {
    let same = sameness(body);
    let known = storage::statement::bodies(tx, consultation).await?;
    if known.iter().any(|other| sameness(other) == same) {
        return Err(Error::invalid(FIELD, Problem::Taken));
    }
    Ok(())
}

/// The number comes from the highest one: two at once collide, and the later looks again.
async fn insert(
    service: &Service,
    tx: &mut Tx,
    consultation: &ConsultationId,
    body: &str,
    status: Status,
    (participant, by): (Option<&ParticipantId>, Option<&AccountId>),
) -> Result<StatementId> {
    let id: StatementId = service.id();
    let number = storage::statement::next_number(tx, consultation).await?;
    storage::statement::insert(
        tx,
        NewStatement {
            id: &id,
            consultation,
            number,
            participant,
            body,
            status,
            at: service.now(),
            by,
        },
    )
    .await?;
    Ok(id)
}

/// What a person wrote here and is not public: waiting, or not taken with the reason. The newest first.
pub async fn mine(
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<Proposal>> {
    match actor.account() {
        Some(account) => Ok(storage::statement::mine(tx, &consultation.id, account).await?),
        None => Ok(Vec::new()),
    }
}

/// All statements of a consultation for its office, whatever was decided.
pub async fn of_office(
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<Proposal>> {
    actor.may_author(&consultation.office)?;
    Ok(storage::statement::proposals(tx, &consultation.id).await?)
}
