//! What the page of a consultation begins with.

use domain::{
    Actor,
    ballot::QuestionView,
    consultation::{Consultation, Phase},
};
use storage::Tx;

use super::Around;
use crate::{Result, Service, draft::Draft};

/// What the page of a consultation shows but for its statements and comments.
#[derive(Clone, Debug)]
pub struct Front {
    /// What stands around it.
    pub around: Around,
    /// Its questions as the actor may see them.
    pub questions: Vec<QuestionView>,
    /// The result at a glance; `None` before closing.
    pub glance: Option<Glance>,
    /// What the actor was typing about the plan as a whole.
    pub draft: Option<Draft>,
}

/// The result at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Voices that took part.
    pub participants: i64,
    /// Comments of residents that everybody sees.
    pub comments: i64,
    /// The word of what the office does with it, once it has said so.
    pub outcome: Option<String>,
}

/// What the page of a consultation shows but for its statements and comments, in one query.
pub async fn front(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Front> {
    let (id, account) = (&consultation.id, actor.account());
    let place = crate::comment::draft_place(&consultation.slug, None, None);
    let found = storage::consultation::around::front(tx, id, account, &place).await?;
    let over = consultation.phase(service.now()) >= Phase::Closed;
    Ok(Front {
        glance: over.then_some(Glance {
            participants: found.around.participants,
            comments: found.residents,
            outcome: found.outcome,
        }),
        questions: crate::ballot::shown(service, consultation, found.questions),
        draft: found.draft.map(Draft::from),
        around: found.around,
    })
}
