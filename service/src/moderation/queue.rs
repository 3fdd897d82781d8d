//! What waits for a moderator.

use domain::{
    Actor, ConsultationId, StatementId, Timestamp,
    comment::{Comment, FlagReason},
    moderation::{NEAR, similarity},
};

use crate::{Result, Service};

pub use storage::moderation::Withheld;

/// Most entries of each list on the page.
const SHOWN: u32 = 50;
/// Most statements that are shown beside one as perhaps the same.
const NEAR_SHOWN: usize = 3;

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

/// A statement that may say the same as another.
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
    /// Word of its consultation in addresses.
    pub slug: String,
    /// Title of its consultation.
    pub title: String,
    /// The sentence.
    pub body: String,
    /// Since when it waits.
    pub at: Timestamp,
    /// Others that may say the same, the nearest first.
    pub near: Vec<Near>,
}

/// What waits for a moderator, and what is hidden. Each list shows the first 50.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Most flags first, then those that wait longest.
    pub flagged: Vec<Flagged>,
    /// How many are flagged in all.
    pub flagged_total: i64,
    /// Oldest first.
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
    let waiting = storage::moderation::waiting(&mut tx, SHOWN).await?;
    let mut consultations: Vec<ConsultationId> = waiting
        .iter()
        .map(|w| ConsultationId::new(&w.consultation_id))
        .collect();
    consultations.sort();
    consultations.dedup();
    let known = storage::moderation::statements_of(&mut tx, &consultations).await?;
    let statements = waiting.into_iter().map(|w| beside(w, &known)).collect();
    let hidden = storage::moderation::hidden(&mut tx, SHOWN).await?;
    Ok(Queue {
        flagged,
        flagged_total,
        statements,
        statements_total,
        hidden,
        hidden_total,
    })
}

/// Puts beside a statement those of its consultation that may say the same.
fn beside(waiting: storage::moderation::Waiting, known: &[storage::moderation::Known]) -> Waiting {
    let mut near: Vec<(f64, Near)> = known
        .iter()
        .filter(|other| other.consultation_id == waiting.consultation_id && other.id != waiting.id)
        .map(|other| (similarity(&waiting.body, &other.body), other))
        .filter(|(share, _)| *share >= NEAR)
        .map(|(share, other)| {
            (
                share,
                Near {
                    number: other.number,
                    body: other.body.clone(),
                },
            )
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
    near.truncate(NEAR_SHOWN);
    Waiting {
        id: StatementId::new(waiting.id),
        slug: waiting.slug,
        title: waiting.title,
        body: waiting.body,
        at: Timestamp(waiting.created_at),
        near: near.into_iter().map(|(_, near)| near).collect(),
    }
}
