//! Questions of a consultation, until it opens.

use domain::{
    Actor, OptionId, Problem, QuestionId,
    ballot::Question,
    consultation::{
        ChangeKind, Consultation, Phase, QUESTIONS, QuestionDraft, ValidQuestion, validate_question,
    },
};
use storage::Tx;

use super::author::{Note, Pen, owned, told};
use crate::{Conflict, Error, Result, Service};

/// What is done with the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Adds one behind the others.
    Add(QuestionDraft),
    /// Puts another text and other options in place of one's.
    Edit(QuestionId, QuestionDraft),
    /// Takes one away.
    Remove(QuestionId),
    /// Moves one up by one place; the first stays.
    Up(QuestionId),
}

/// Does something with the questions of a consultation that is not open yet.
///
/// Adding the same question twice from the same page adds it once.
/// Errors: [`Error::Invalid`] by the fields of [`QuestionDraft`]; [`Error::NotFound`] for a question that is not there;
/// [`Conflict::Published`] once it is open, [`Conflict::Stale`] when somebody else saved in between.
pub async fn question(
    service: &Service,
    actor: &Actor,
    slug: &str,
    edition: i64,
    deed: Deed,
) -> Result<()> {
    let (actor, slug) = (actor.clone(), slug.to_owned());
    let inner = service.clone();
    let id = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (sheet, permit) = owned(tx, &actor, &slug).await?;
                let pen = Pen::of(&inner, &permit);
                let c = sheet.consultation;
                if c.phase(pen.now) >= Phase::Open {
                    return Err(Error::Conflict(Conflict::Published));
                }
                let all = storage::ballot::questions(tx, &c.id).await?;
                let done = match &deed {
                    Deed::Add(draft) => add(tx, &inner, &pen, &c, edition, &all, draft).await?,
                    Deed::Edit(id, draft) => edit(tx, &inner, &pen, &c, &all, id, draft).await?,
                    Deed::Remove(id) => remove(tx, &pen, &c, &all, id).await?,
                    Deed::Up(id) => up(tx, &pen, &c, &all, id).await?,
                };
                if !done {
                    return Ok(None);
                }
                if edition != c.edition
                    || !storage::consultation::touch(tx, &c.id, edition, pen.now).await?
                {
                    return Err(Error::Conflict(Conflict::Stale));
                }
                Ok::<_, Error>(Some(c.id))
            })
        })
        .await?;
    if let Some(id) = id {
        told(service, id).await;
    }
    Ok(())
}

async fn add(
    tx: &mut Tx,
    service: &Service,
    pen: &Pen,
    c: &Consultation,
    edition: i64,
    all: &[Question],
    draft: &QuestionDraft,
) -> Result<bool> {
    let valid = validate_question(draft)?;
    let sent_twice = edition != c.edition
        && all
            .last()
            .is_some_and(|last| written(last) == valid.written());
    if sent_twice {
        return Ok(false);
    }
    if all.len() >= QUESTIONS {
        let max = u32::try_from(QUESTIONS).unwrap_or(u32::MAX);
        return Err(Error::invalid("title", Problem::TooMany { max }));
    }
    let id: QuestionId = service.id();
    storage::consultation::insert_question(tx, &c.id, &id, &valid, &options(service, &valid))
        .await?;
    let after = valid.written();
    pen.note(tx, c, Note::of(ChangeKind::QuestionAdded).to(&after))
        .await?;
    Ok(true)
}

async fn edit(
    tx: &mut Tx,
    service: &Service,
    pen: &Pen,
    c: &Consultation,
    all: &[Question],
    id: &QuestionId,
    draft: &QuestionDraft,
) -> Result<bool> {
    let was = all.iter().find(|q| q.id == *id).ok_or(Error::NotFound)?;
    let valid = validate_question(draft)?;
    let (before, after) = (written(was), valid.written());
    if before == after && was.kind == valid.kind {
        return Ok(false);
    }
    storage::consultation::update_question(tx, id, &valid, &options(service, &valid)).await?;
    let note = Note::of(ChangeKind::QuestionEdited)
        .from(&before)
        .to(&after);
    pen.note(tx, c, note).await?;
    Ok(true)
}

async fn remove(
    tx: &mut Tx,
    pen: &Pen,
    c: &Consultation,
    all: &[Question],
    id: &QuestionId,
) -> Result<bool> {
    let was = all.iter().find(|q| q.id == *id).ok_or(Error::NotFound)?;
    let nothing_left = all.len() == 1 && !c.comments_open && !c.statements_open;
    if c.published_at.is_some() && nothing_left {
        // What is announced must have something to take part in.
        return Err(Error::Conflict(Conflict::Incomplete));
    }
    storage::consultation::delete_question(tx, id).await?;
    let left: Vec<QuestionId> = all
        .iter()
        .map(|q| q.id.clone())
        .filter(|q| q != id)
        .collect();
    storage::consultation::order_questions(tx, &left).await?;
    let before = written(was);
    pen.note(tx, c, Note::of(ChangeKind::QuestionRemoved).from(&before))
        .await?;
    Ok(true)
}

async fn up(
    tx: &mut Tx,
    pen: &Pen,
    c: &Consultation,
    all: &[Question],
    id: &QuestionId,
) -> Result<bool> {
    let mut order: Vec<QuestionId> = all.iter().map(|q| q.id.clone()).collect();
    let place = order.iter().position(|q| q == id).ok_or(Error::NotFound)?;
    if place == 0 {
        return Ok(false);
    }
    order.swap(place, place - 1);
    storage::consultation::order_questions(tx, &order).await?;
    let note = Note::of(ChangeKind::QuestionMoved).to(&all[place].title);
    pen.note(tx, c, note).await?;
    Ok(true)
}

fn options(service: &Service, valid: &ValidQuestion) -> Vec<OptionId> {
    valid.options.iter().map(|_| service.id()).collect()
}

/// A stored question in the words of the history.
fn written(question: &Question) -> String {
    ValidQuestion {
        kind: question.kind,
        title: question.title.clone(),
        help: question.help.clone(),
        options: question.options.iter().map(|o| o.label.clone()).collect(),
        max_choices: question.max_choices,
    }
    .written()
}
