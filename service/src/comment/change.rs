//! What may be done with a comment that is there.

use domain::{
    AccountId, Actor, CommentId, ConsultationId, Permit, Timestamp,
    actor::Participate,
    comment::{self, Comment, Draft, FlagDraft, FlagReason, State},
    consultation::Consultation,
};
use storage::Tx;

use super::{publish, retry};
use crate::{Conflict, Error, News, Result, Service, limit};

/// Whether its author may change a comment now: until closing; an office's answer also afterwards.
pub(super) fn editable(
    service: &Service,
    comment: &Comment,
    consultation: &Consultation,
) -> Result<()> {
    if !comment.is_shown() {
        return Err(Error::Conflict(Conflict::Gone));
    }
    if comment.office.is_none() {
        consultation.takes_part(service.now())?;
    }
    Ok(())
}

/// The comment, when the person of the permit wrote it. Not theirs and not there are the same answer.
async fn own(tx: &mut Tx, permit: &Permit<Participate>, id: &CommentId) -> Result<Comment> {
    storage::comment::find(tx, id, None)
        .await?
        .filter(|comment| permit.by() == Some(&comment.author))
        .ok_or(Error::NotFound)
}

async fn consultation_of(tx: &mut Tx, comment: &Comment) -> Result<Consultation> {
    storage::consultation::find(tx, &comment.consultation)
        .await?
        .ok_or(Error::NotFound)
}

/// Changes the text of the actor's own comment; the old text stays to be seen. The same text changes nothing.
pub async fn edit(service: &Service, actor: &Actor, id: &CommentId, body: &str) -> Result<()> {
    let permit = actor.may_participate()?;
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    let draft = Draft {
        body: body.to_owned(),
        ..Draft::default()
    };
    let body = comment::validate(&draft)?.body;
    service
        .limits()
        .take(limit::COMMENT, account.as_str(), service.now())?;
    let changed = retry(|| {
        let (inner, permit, id, body) = (service.clone(), permit.clone(), id.clone(), body.clone());
        service.db().write(move |tx| {
            Box::pin(async move {
                storage::comment::lock(tx, &id).await?;
                let comment = own(tx, &permit, &id).await?;
                let consultation = consultation_of(tx, &comment).await?;
                editable(&inner, &comment, &consultation)?;
                if comment.body == body {
                    return Ok(None);
                }
                storage::comment::revise(tx, &id, &body, inner.now()).await?;
                crate::search::put_comment(tx, &id).await?;
                Ok::<_, Error>(Some(consultation.id))
            })
        })
    })
    .await?;
    tell_changed(service, changed, id).await;
    Ok(())
}

/// Takes the actor's own comment back, at any time: its text and all earlier ones are gone for good, its place stays.
/// Taking back what is taken back changes nothing.
pub async fn delete(service: &Service, actor: &Actor, id: &CommentId) -> Result<()> {
    let permit = actor.may_participate()?;
    let (wanted, now) = (id.clone(), service.now());
    let changed = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let comment = own(tx, &permit, &wanted).await?;
                if matches!(comment.state, State::Deleted { .. }) {
                    return Ok::<_, Error>(None);
                }
                storage::comment::lock(tx, &comment.root).await?;
                storage::comment::erase(tx, &wanted, now).await?;
                crate::search::remove_comment(tx, &wanted).await?;
                storage::comment::recount_replies(tx, &comment.root).await?;
                Ok(Some(comment.consultation))
            })
        })
        .await?;
    tell_changed(service, changed, id).await;
    Ok(())
}

/// Supports a comment of another (`wanted`), or no longer; returns how many support it now. Twice is as once.
pub async fn support(
    service: &Service,
    actor: &Actor,
    id: &CommentId,
    wanted: bool,
) -> Result<i64> {
    let permit = actor.may_participate()?;
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    service
        .limits()
        .take(limit::VOTE, account.as_str(), service.now())?;
    let (inner, wanted_id) = (service.clone(), id.clone());
    let (supports, changed) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let comment = of_another(tx, &inner, &account, &wanted_id).await?;
                storage::comment::lock(tx, &wanted_id).await?;
                let changed = if wanted {
                    storage::comment::support(tx, &wanted_id, &account, inner.now()).await?
                } else {
                    storage::comment::unsupport(tx, &wanted_id, &account).await?
                };
                let supports = storage::comment::recount_supports(tx, &wanted_id).await?;
                Ok::<_, Error>((supports, changed.then_some(comment.consultation)))
            })
        })
        .await?;
    tell_changed(service, changed, id).await;
    Ok(supports)
}

/// Asks a moderator to look at a comment of another. A second time by the same person changes nothing.
pub async fn flag(
    service: &Service,
    actor: &Actor,
    id: &CommentId,
    draft: &FlagDraft,
) -> Result<()> {
    let permit = actor.may_participate()?;
    let account = permit.by().ok_or(Error::SignIn)?.clone();
    let (reason, note) = comment::validate_flag(draft)?;
    let now = service.now();
    service.limits().take(limit::VOTE, account.as_str(), now)?;
    let id = id.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move { raise(tx, &account, &id, reason, &note, now).await })
        })
        .await
}

async fn raise(
    tx: &mut Tx,
    account: &AccountId,
    id: &CommentId,
    reason: FlagReason,
    note: &str,
    now: Timestamp,
) -> Result<()> {
    let comment = shown_of_another(tx, account, id).await?;
    // A draft's comments are seen by nobody who could flag them.
    let consultation = consultation_of(tx, &comment).await?;
    if consultation.published_at.is_none() {
        return Err(Error::NotFound);
    }
    storage::comment::flag(tx, id, account, reason, note, now).await?;
    Ok(())
}

/// A comment of somebody else that can be read.
async fn shown_of_another(tx: &mut Tx, account: &AccountId, id: &CommentId) -> Result<Comment> {
    let comment = storage::comment::find(tx, id, None)
        .await?
        .ok_or(Error::NotFound)?;
    if comment.author == *account {
        return Err(Error::Forbidden);
    }
    if !comment.is_shown() {
        return Err(Error::Conflict(Conflict::Gone));
    }
    Ok(comment)
}

/// As [`shown_of_another`], while its consultation is open.
async fn of_another(
    tx: &mut Tx,
    service: &Service,
    account: &AccountId,
    id: &CommentId,
) -> Result<Comment> {
    let comment = shown_of_another(tx, account, id).await?;
    consultation_of(tx, &comment)
        .await?
        .takes_part(service.now())?;
    Ok(comment)
}

async fn tell_changed(service: &Service, consultation: Option<ConsultationId>, id: &CommentId) {
    if let Some(consultation) = consultation {
        publish(service, &consultation, News::CommentChanged(id.clone())).await;
    }
}
