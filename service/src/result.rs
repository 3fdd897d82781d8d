//! After closing: themes, the office's replies, the outcome, the result for everybody, and the data as files.

mod answer;
mod file;
pub mod open;
mod reply;
mod show;
#[cfg(test)]
mod tests;
mod theme;

use domain::{
    Actor, Permit,
    actor::Author,
    consultation::{Consultation, Phase},
};

pub use answer::{Standing, answer, standing};
pub use file::{
    ExportError, Format, Sheet, Wanted, comments, consultations, csv, everything, export, public,
    questions, results_json, statements,
};
pub use reply::{Board, Item, board, reply};
pub use show::{AreaShare, QuestionResult, Shown, show};
pub use theme::{
    Filter, Gathered, Place, Themes, add_theme, edit_theme, gather, move_theme, release,
    remove_theme, themes,
};

pub use storage::{
    result::{CommentOrder, OutcomeRow, Participation, Step, ThemeRow, TopComment},
    statement::Found as StatementFound,
};

use crate::{Conflict, Error, Event, News, Result, Service};

/// The consultation at this address and the right to work on its result; drafts have none yet.
async fn authored(
    service: &Service,
    actor: &Actor,
    slug: &str,
) -> Result<(Consultation, Permit<Author>)> {
    let mut tx = service.read().await?;
    let consultation = crate::consultation::get(service, &mut tx, actor, slug).await?;
    let permit = actor.may_author(&consultation.office)?;
    if consultation.phase(service.now()) == Phase::Draft {
        return Err(Error::Conflict(Conflict::Draft));
    }
    Ok((consultation, permit))
}

async fn tell(service: &Service, consultation: &Consultation) {
    service
        .publish(Event {
            consultation: Some(consultation.id.clone()),
            news: News::Consultation,
        })
        .await;
}
