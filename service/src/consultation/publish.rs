//! Publishing, moving the closing, and the preview link.

use domain::{
    Actor, Timestamp, Zone,
    consultation::{self as rules, ChangeKind, Consultation, ExtensionDraft, Phase},
};
use storage::Tx;

use super::author::{Note, Pen, hanging, missing, owned, told, writable};
use crate::{Conflict, Error, Result, Service, notice};

/// Makes a consultation public: announced, or open at once when its opening has come.
///
/// Errors: [`Conflict::Published`] the second time, [`Conflict::Incomplete`] when something is missing,
/// [`Conflict::Stale`] when somebody saved after the officer looked.
pub async fn publish(service: &Service, actor: &Actor, slug: &str, edition: i64) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = &sheet.consultation;
                if c.published_at.is_some() {
                    return Err(Error::Conflict(Conflict::Published));
                }
                if c.edition != edition {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let hanging = hanging(tx, &c.id).await?;
                if !missing(&sheet, &hanging, pen.now).is_empty() {
                    return Err(Error::Conflict(Conflict::Incomplete));
                }
                if !storage::consultation::publish(tx, &c.id, edition, pen.now).await? {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                pen.note(tx, c, Note::of(ChangeKind::Published).to(&c.title).public())
                    .await?;
                crate::search::put_consultation(tx, &c.id).await?;
                crate::search::put_clauses(tx, &c.id).await?;
                Ok::<_, Error>(c.id.clone())
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// Puts the closing of an announced or open consultation later, with a reason that everybody reads.
///
/// Errors: [`Error::Invalid`] for `closes_at` and `reason`; [`Conflict::Draft`], [`Conflict::Closed`], [`Conflict::Stale`].
pub async fn extend(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    draft: &ExtensionDraft,
    zone: &Zone,
) -> Result<()> {
    let (draft, zone) = (draft.clone(), zone.clone());
    move_closing(
        service,
        actor,
        slug,
        edition,
        ChangeKind::Extended,
        move |c, now| {
            let closes = c.closes_at.unwrap_or(now);
            Ok(rules::validate_extension(&draft, closes, &zone, now)?)
        },
    )
    .await
}

/// Closes an open consultation now, with a reason that everybody reads.
///
/// Errors: [`Error::Invalid`] for `reason`; [`Conflict::Draft`], [`Conflict::NotYetOpen`], [`Conflict::Closed`],
/// [`Conflict::Stale`].
pub async fn close_early(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    reason: &str,
) -> Result<()> {
    let reason = reason.to_owned();
    move_closing(
        service,
        actor,
        slug,
        edition,
        ChangeKind::ClosedEarly,
        move |c, now| {
            if c.phase(now) == Phase::Announced {
                return Err(Error::Conflict(Conflict::NotYetOpen));
            }
            let reason =
                rules::reason(&reason).map_err(|problem| Error::invalid("reason", problem))?;
            Ok((now, reason))
        },
    )
    .await
}

async fn move_closing(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    kind: ChangeKind,
    decide: impl FnOnce(&Consultation, Timestamp) -> Result<(Timestamp, String)> + Send + 'static,
) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = &sheet.consultation;
                if c.published_at.is_none() {
                    return Err(Error::Conflict(Conflict::Draft));
                }
                writable(c, pen.now)?;
                let (closes, reason) = decide(c, pen.now)?;
                if edition != c.edition
                    || !storage::consultation::set_closing(tx, &c.id, edition, closes, pen.now)
                        .await?
                {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                let moment = |at: Option<Timestamp>| at.map(Timestamp::rfc3339).unwrap_or_default();
                let (before, after) = (moment(c.closes_at), moment(Some(closes)));
                let note = Note::of(kind)
                    .field("closes_at")
                    .from(&before)
                    .to(&after)
                    .because(&reason);
                pen.note(tx, c, note).await?;
                // An early closing is told when the clock is announced.
                if kind == ChangeKind::Extended {
                    let news =
                        notice::News::of(notice::Kind::Extended, c, format!("/konsultasi/{slug}"));
                    notice::tell_followers(&inner, tx, &news.mark(&after), pen.by()).await?;
                }
                Ok::<_, Error>(c.id.clone())
            })
        })
        .await?;
    told(service, id).await;
    Ok(())
}

/// Replaces the secret of the preview link: the old link leads nowhere from now on.
pub async fn renew_preview(service: &Service, actor: &Actor, slug: &str) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let token = inner.chance().token();
                storage::consultation::set_preview_token(tx, &sheet.consultation.id, &token)
                    .await?;
                pen.note(
                    tx,
                    &sheet.consultation,
                    Note::of(ChangeKind::PreviewRenewed),
                )
                .await
            })
        })
        .await
}

/// The consultation behind a preview link, in any phase; [`Error::NotFound`] for a secret that is not its own.
pub async fn preview(tx: &mut Tx, slug: &str, token: &str) -> Result<Consultation> {
    let sheet = storage::consultation::find_sheet(tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    if same_secret(&sheet.preview_token, token) {
        Ok(sheet.consultation)
    } else {
        Err(Error::NotFound)
    }
}

/// Compares two secrets in a time that does not tell how many of their first characters agree.
fn same_secret(a: &str, b: &str) -> bool {
    let (a, b) = (crate::chance::digest(a), crate::chance::digest(b));
    a.bytes()
        .zip(b.bytes())
        .fold(0, |found, (a, b)| found | (a ^ b))
        == 0
}
