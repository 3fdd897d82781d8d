//! The last step: the office says what it does with the result.

use domain::{
    Actor, ConsultationId, Permit, Timestamp,
    actor::Author,
    consultation::{ChangeKind, Consultation, Phase},
    result::{Missing, Outcome, OutcomeDraft},
};
use storage::{Tx, consultation::NewChange, result::OutcomeRow};

use super::{authored, reply::missing, tell};
use crate::{Conflict, Error, Result, Service, markdown, notice};

/// How far an office is from answering.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The consultation.
    pub consultation: Consultation,
    /// What still has no reply.
    pub missing: Vec<Missing>,
    /// The outcome, once there is one.
    pub outcome: Option<OutcomeRow>,
}

/// How far the office is from answering.
pub async fn standing(service: &Service, actor: &Actor, slug: &str) -> Result<Standing> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let mut tx = service.read().await?;
    Ok(Standing {
        missing: missing(&mut tx, &consultation.id).await?,
        outcome: storage::result::find_outcome(&mut tx, &consultation.id).await?,
        consultation,
    })
}

/// Marks a closed consultation as answered, once, for good; those who follow it are told.
///
/// Errors: [`Conflict::StillOpen`] before closing, [`Conflict::Answered`] the second time, [`Conflict::Incomplete`]
/// while a theme or a question has no reply ([`standing`] says which).
pub async fn answer(
    service: &Service,
    actor: &Actor,
    slug: &str,
    draft: &OutcomeDraft,
) -> Result<()> {
    let (consultation, permit) = authored(service, actor, slug).await?;
    answerable(consultation.phase(service.now()))?;
    let outcome = draft.validate()?;
    let new = New {
        id: consultation.id.clone(),
        at: service.now(),
        change: service.chance().id(service.now()),
        outcome,
    };
    let inner = service.clone();
    service
        .db()
        .write(move |tx| Box::pin(write(inner, tx, permit, new)))
        .await?;
    tell(service, &consultation).await;
    Ok(())
}

fn answerable(phase: Phase) -> Result<()> {
    match phase {
        Phase::Draft => Err(Error::Conflict(Conflict::Draft)),
        Phase::Announced | Phase::Open => Err(Error::Conflict(Conflict::StillOpen)),
        Phase::Closed => Ok(()),
        Phase::Answered => Err(Error::Conflict(Conflict::Answered)),
    }
}

struct New {
    id: ConsultationId,
    at: Timestamp,
    change: String,
    outcome: Outcome,
}

async fn write(service: Service, tx: &mut Tx, permit: Permit<Author>, new: New) -> Result<()> {
    storage::result::hold(tx, &new.id).await?;
    // Looked at again while nobody else can write: it may have been extended, or answered, in between.
    let consultation = storage::consultation::find(tx, &new.id)
        .await?
        .ok_or(Error::NotFound)?;
    answerable(consultation.phase(new.at))?;
    if !missing(tx, &new.id).await?.is_empty() {
        return Err(Error::Conflict(Conflict::Incomplete));
    }
    let row = OutcomeRow {
        kind: new.outcome.kind.word().to_owned(),
        body_html: markdown::render(&new.outcome.body),
        body: new.outcome.body,
        link: new.outcome.link,
        at: new.at.0,
    };
    if !storage::result::insert_outcome(tx, &new.id, &row, permit.by()).await? {
        return Err(Error::Conflict(Conflict::Answered));
    }
    storage::consultation::insert_change(
        tx,
        &new.id,
        &NewChange {
            id: new.change,
            at: new.at,
            by: permit.by(),
            kind: ChangeKind::Answered,
            field: &row.kind,
            before: "",
            after: &row.body,
            reason: "",
            is_public: true,
        },
    )
    .await?;
    let place = format!("/konsultasi/{}/hasil", consultation.slug);
    let news = notice::News::of(notice::Kind::Answered, &consultation, place);
    notice::tell_followers(&service, tx, &news, permit.by()).await?;
    Ok(())
}
