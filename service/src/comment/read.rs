//! Comments to read: a page of them, or one with its thread.

use domain::{
    Actor, ClauseId, CommentId, Timestamp,
    comment::{State, Thread},
    consultation::{Consultation, Phase},
};
use storage::{
    Tx,
    comment::{Beside, Page},
};

use crate::{Error, Result, Service};

pub use domain::comment::Order;
pub use storage::comment::Listing;

/// A page of the comments on a consultation, or on one of its clauses, as the actor sees it. One statement.
pub async fn list(
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
    clause: Option<&ClauseId>,
    order: Order,
    number: i64,
) -> Result<Listing> {
    let page = Page {
        consultation: consultation.id.clone(),
        clause: clause.cloned(),
        order,
        number,
        viewer: actor.account().cloned(),
    };
    Ok(storage::comment::list(tx, &page).await?)
}

/// How many comments on a consultation can be read: what the head of the section says.
pub async fn count(tx: &mut Tx, consultation: &Consultation) -> Result<i64> {
    Ok(storage::comment::count(tx, &consultation.id).await?)
}

/// An earlier text of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Of which comment.
    pub comment: CommentId,
    /// What it said.
    pub body: String,
    /// Since when.
    pub at: Timestamp,
}

/// A hidden comment's text for its own author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub body: String,
    /// The moderator's note; may be empty.
    pub note: String,
}

/// What the actor may do with the comment that the page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Wrote it.
    pub mine: bool,
    /// May change it now.
    pub may_edit: bool,
    /// May take it back.
    pub may_delete: bool,
    /// May ask a moderator to look at it.
    pub may_flag: bool,
    /// Has done so.
    pub flagged: bool,
}

/// One comment with all around it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its consultation.
    pub consultation: Consultation,
    /// The comment asked for.
    pub id: CommentId,
    /// The thread in which it stands.
    pub thread: Thread,
    /// Earlier texts of the thread's comments, oldest first.
    pub revisions: Vec<Revision>,
    /// The text, when it is hidden and the actor wrote it.
    pub hidden_text: Option<Text>,
    /// What the actor may do with it.
    pub own: Own,
}

/// A comment with its thread; [`Error::NotFound`] when there is none, or its consultation is not to be seen.
pub async fn show(service: &Service, actor: &Actor, id: &CommentId) -> Result<Shown> {
    let mut tx = service.read().await?;
    let account = actor.account();
    let thread = storage::comment::thread(&mut tx, id, account)
        .await?
        .ok_or(Error::NotFound)?;
    let consultation = storage::consultation::find(&mut tx, &thread.root.consultation)
        .await?
        .ok_or(Error::NotFound)?;
    if consultation.phase(service.now()) == Phase::Draft
        && actor.may_author(&consultation.office).is_err()
    {
        return Err(Error::NotFound);
    }
    let comment = std::iter::once(&thread.root)
        .chain(&thread.replies)
        .find(|c| c.id == *id)
        .ok_or(Error::NotFound)?;
    let mine = account == Some(&comment.author);
    let edited = std::iter::once(&thread.root)
        .chain(&thread.replies)
        .any(|c| c.edited_at.is_some());
    // Somebody unknown has flagged and written nothing.
    let beside = if edited || account.is_some() {
        storage::comment::beside(&mut tx, id, account).await?
    } else {
        Beside::default()
    };
    let flagged = beside.flagged && !mine && comment.is_shown();
    let own = Own {
        mine,
        may_edit: mine
            && comment.is_shown()
            && super::change::editable(service, comment, &consultation).is_ok(),
        may_delete: mine && !matches!(comment.state, State::Deleted { .. }),
        may_flag: account.is_some() && !mine && comment.is_shown() && !flagged,
        flagged,
    };
    Ok(Shown {
        consultation,
        id: id.clone(),
        thread,
        revisions: beside
            .revisions
            .into_iter()
            .map(|r| Revision {
                comment: CommentId::new(r.comment_id),
                body: r.body,
                at: Timestamp(r.at),
            })
            .collect(),
        hidden_text: beside.own_text.map(|(body, note)| Text { body, note }),
        own,
    })
}
