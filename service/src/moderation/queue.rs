//! What waits for a moderator.

use domain::{
    Actor, ConsultationId, StatementId, Timestamp,
    comment::{Comment, FlagReason},
};

use super::cluster::put_together;
use crate::{Result, Service};

pub use storage::moderation::Withheld;

/// Most entries of each list on the page.
pub(super) const SHOWN: u32 = 50;
/// Most statements that are compared with one another, the oldest: beyond it the next are compared once these are decided.
const COMPARED: u32 = 200;

/// A comment that residents flagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// The comment.
    pub comment: Comment,
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// Why, with the note, oldest first.
    pub flags: Vec<(FlagReason, String)>,
}

/// A public statement that may say the same as one that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its number in the consultation.
    pub number: i64,
    /// The sentence.
    pub body: String,
}

/// A statement that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its identity.
    pub id: StatementId,
    /// Title of its consultation.
    pub title: String,
    /// The sentence.
    pub body: String,
    /// Since when it waits.
    pub at: Timestamp,
    /// Public ones that may say the same, the nearest first.
    pub near: Vec<Near>,
}

/// Statements of one consultation that wait and may say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Title of their consultation.
    pub title: String,
    /// At least two, the oldest first.
    pub statements: Vec<Waiting>,
    /// Public ones that resemble one of them.
    pub near: Vec<Near>,
}

/// What waits for a moderator, and what is hidden. Each list shows the first 50.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Most flags first, then those that wait longest.
    pub flagged: Vec<Flagged>,
    /// How many are flagged in all.
    pub flagged_total: i64,
    /// Statements that wait and resemble one another, put together; the one with the oldest first.
    pub clusters: Vec<Cluster>,
    /// The other statements that wait, oldest first.
    pub statements: Vec<Waiting>,
    /// How many wait in all.
    pub statements_total: i64,
    /// Newest decision first.
    pub hidden: Vec<Withheld>,
    /// How many are hidden in all.
    pub hidden_total: i64,
}

/// How many flagged comments and waiting statements there are, for those who may decide about them.
pub async fn counts(service: &Service, actor: &Actor) -> Result<(i64, i64)> {
    actor.may_moderate()?;
    let (flagged, waiting, _) = storage::moderation::counts(&mut service.read().await?).await?;
    Ok((flagged, waiting))
}

/// The lists of the moderation page.
pub async fn queue(service: &Service, actor: &Actor) -> Result<Queue> {
    actor.may_moderate()?;
    let mut tx = service.read().await?;
    let (flagged_total, statements_total, hidden_total) =
        storage::moderation::counts(&mut tx).await?;
    let found = storage::moderation::flagged(&mut tx, SHOWN).await?;
    let flags = storage::comment::flags_of(&mut tx, found.iter().map(|f| &f.comment.id)).await?;
    let flagged = found
        .into_iter()
        .map(|found| Flagged {
            flags: flags
                .iter()
                .filter(|flag| flag.comment_id == found.comment.id.as_str())
                .filter_map(|flag| Some((FlagReason::parse(&flag.reason)?, flag.note.clone())))
                .collect(),
            comment: found.comment,
            slug: found.slug,
            title: found.title,
        })
        .collect();
    let waiting = storage::moderation::waiting(&mut tx, COMPARED).await?;
    let mut consultations: Vec<ConsultationId> = waiting
        .iter()
        .map(|w| ConsultationId::new(&w.consultation_id))
        .collect();
    consultations.sort();
    consultations.dedup();
    let public = storage::moderation::public_of(&mut tx, &consultations).await?;
    let hidden = storage::moderation::hidden(&mut tx, SHOWN).await?;
    drop(tx);
    // Many long lists take their time, which other pages are not to wait for.
    let compared = tokio::task::spawn_blocking(move || put_together(&waiting, &public)).await;
    let (clusters, statements) = compared.expect("comparing does not panic");
    Ok(Queue {
        flagged,
        flagged_total,
        clusters,
        statements,
        statements_total,
        hidden,
        hidden_total,
    })
}
