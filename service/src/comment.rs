//! Comments: writing, replying, supporting, changing, taking back, flagging.

mod change;
mod read;

use domain::{
    AccountId, Actor, ClauseId, CommentId, ConsultationId, Permit, Problem,
    actor::{Author, Participate},
    clause::{Anchor, find_quote},
    comment::{self, Comment, DEPTH_MAX, Draft, Stance},
    consultation::{Consultation, NotOpen},
};
use storage::{Tx, comment::New};

use crate::{
    Conflict, Error, Event, News, Result, Service,
    chance::digest,
    limit,
    notice::{self, Kind},
};

pub use change::{delete, edit, flag, support};
pub use read::{Listing, Order, Own, Revision, Shown, Text, count, list, show};

/// How often a write is tried again when another was faster on PostgreSQL.
const TRIES: u32 = 5;

/// A comment to post, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// About which clause; a reply is about what its parent is about.
    pub clause: Option<ClauseId>,
    /// What it replies to.
    pub parent: Option<CommentId>,
    /// What was typed.
    pub draft: Draft,
    /// Whether it is the office's answer.
    pub as_office: bool,
    /// The form's own key: the same form sent twice is one comment. Without one, what is sent twice within a minute is.
    pub key: String,
}

/// Where a comment that was posted stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The comment.
    pub id: CommentId,
    /// The comment of the first level above it, or itself.
    pub root: CommentId,
    /// Whether it was there before: the same form came twice.
    pub again: bool,
}

/// In whose name a comment is written.
#[derive(Clone, Debug)]
enum Voice {
    Resident(Permit<Participate>),
    Office(Permit<Author>),
}

/// Posts a comment or a reply. The same form sent twice is one comment, and answers the same.
pub async fn post(service: &Service, actor: &Actor, slug: &str, post: Post) -> Result<Posted> {
    let participate = actor.may_participate()?;
    let account = participate.by().ok_or(Error::SignIn)?.clone();
    let valid = comment::validate(&post.draft)?;
    let now = service.now();
    let key = send_key(service, slug, &post, &valid);
    if let Some((id, root)) =
        storage::comment::by_key(&mut service.read().await?, &account, &key).await?
    {
        return Ok(Posted {
            id,
            root,
            again: true,
        });
    }
    service
        .limits()
        .take(limit::COMMENT, account.as_str(), now)?;
    let written = Written {
        service: service.clone(),
        actor: actor.clone(),
        account,
        participate,
        slug: slug.to_owned(),
        post,
        valid,
        key,
        id: service.id(),
    };
    let (posted, consultation) = retry(|| {
        let written = written.clone();
        service
            .db()
            .write(move |tx| Box::pin(async move { written.store(tx).await }))
    })
    .await?;
    if !posted.again {
        crate::figures::comment();
        publish(service, &consultation, News::Comment(posted.id.clone())).await;
    }
    Ok(posted)
}

/// Names what a form sent, so that it can be known again. Another text from the same form is another comment.
fn send_key(service: &Service, slug: &str, post: &Post, valid: &comment::Valid) -> String {
    let form = if post.key.trim().is_empty() {
        (service.now().0 / 60_000).to_string()
    } else {
        post.key.trim().chars().take(100).collect()
    };
    let parts = [
        form.as_str(),
        slug,
        post.clause.as_ref().map_or("", ClauseId::as_str),
        post.parent.as_ref().map_or("", CommentId::as_str),
        &valid.body,
    ];
    digest(&parts.join("\n"))
}

#[derive(Clone)]
struct Written {
    service: Service,
    actor: Actor,
    account: AccountId,
    participate: Permit<Participate>,
    slug: String,
    post: Post,
    valid: comment::Valid,
    key: String,
    id: CommentId,
}

impl Written {
    async fn store(&self, tx: &mut Tx) -> Result<(Posted, ConsultationId)> {
        let consultation =
            crate::consultation::get(&self.service, tx, &self.actor, &self.slug).await?;
        let voice = if self.post.as_office {
            Voice::Office(self.actor.may_author(&consultation.office)?)
        } else {
            Voice::Resident(self.participate.clone())
        };
        takes_comments(&self.service, &consultation, &voice)?;
        let parent = match &self.post.parent {
            Some(parent) => Some(self.parent(tx, parent, &consultation).await?),
            None => None,
        };
        let clause = match &parent {
            Some(parent) => parent.about.as_ref().map(|about| about.clause.clone()),
            None => self.clause(tx, &consultation).await?,
        };
        let root = parent.as_ref().map_or(&self.id, |p| &p.root).clone();
        let (stance, quote) = match (&voice, &parent) {
            (Voice::Resident(_), None) => (self.valid.stance, self.valid.quote.as_str()),
            // Where a comment stands is said once, at the first level; an office takes no side here.
            _ => (None, ""),
        };
        let new = New {
            id: &self.id,
            consultation: &consultation.id,
            clause: clause.as_ref(),
            quote: if clause.is_some() { quote } else { "" },
            parent: parent.as_ref().map(|p| &p.id),
            root: &root,
            depth: parent.as_ref().map_or(0, |p| p.depth + 1),
            account: &self.account,
            office: matches!(voice, Voice::Office(_)).then_some(&consultation.office),
            stance,
            body: &self.valid.body,
            at: self.service.now(),
            send_key: &self.key,
        };
        if parent.is_some() {
            storage::comment::lock(tx, &root).await?;
        }
        if !storage::comment::insert(tx, &new).await? {
            let (id, root) = storage::comment::by_key(tx, &self.account, &self.key)
                .await?
                .ok_or(Error::Conflict(Conflict::Taken))?;
            return Ok((
                Posted {
                    id,
                    root,
                    again: true,
                },
                consultation.id,
            ));
        }
        if parent.is_some() {
            storage::comment::recount_replies(tx, &root).await?;
        }
        self.tell(tx, &consultation, &voice, parent.as_ref(), &root)
            .await?;
        let place = draft_place(
            &self.slug,
            self.post.clause.as_ref(),
            self.post.parent.as_ref(),
        );
        crate::search::put_comment(tx, &self.id).await?;
        crate::draft::forget(tx, &crate::draft::Owner::account(&self.account), &place).await?;
        let posted = Posted {
            id: self.id.clone(),
            root,
            again: false,
        };
        Ok((posted, consultation.id))
    }

    /// What is replied to: of this consultation, to be read, and not too deep.
    async fn parent(
        &self,
        tx: &mut Tx,
        id: &CommentId,
        consultation: &Consultation,
    ) -> Result<Comment> {
        let parent = storage::comment::find(tx, id, None)
            .await?
            .filter(|parent| parent.consultation == consultation.id)
            .ok_or(Error::NotFound)?;
        if !parent.is_shown() {
            return Err(Error::Conflict(Conflict::Gone));
        }
        if parent.depth >= DEPTH_MAX {
            return Err(Error::Conflict(Conflict::TooDeep));
        }
        Ok(parent)
    }

    /// The clause: of the newest text, and with the sentence that is quoted in it.
    async fn clause(&self, tx: &mut Tx, consultation: &Consultation) -> Result<Option<ClauseId>> {
        let Some(clause) = &self.post.clause else {
            return Ok(None);
        };
        let text = clause_ref(tx, consultation, clause)
            .await?
            .ok_or(Error::Conflict(Conflict::Gone))?;
        let text = format!("{}\n{}", text.heading, text.body);
        if find_quote(&self.valid.quote, &text) != Anchor::InPlace {
            return Err(Error::invalid("quote", Problem::Unknown));
        }
        Ok(Some(clause.clone()))
    }

    /// Tells who should know, and lets a resident follow what they comment on for the first time.
    async fn tell(
        &self,
        tx: &mut Tx,
        consultation: &Consultation,
        voice: &Voice,
        parent: Option<&Comment>,
        root: &CommentId,
    ) -> Result<()> {
        let answered = parent
            .map(|p| &p.author)
            .filter(|author| **author != self.account);
        let place = place(root, &self.id);
        match voice {
            Voice::Office(permit) => {
                let news = notice::News::of(Kind::OfficialReply, consultation, place);
                if let Some(author) = answered {
                    notice::tell(&self.service, tx, author, &news).await?;
                }
                notice::tell_followers(&self.service, tx, &news, permit.by()).await?;
            }
            Voice::Resident(permit) => {
                if let Some(author) = answered {
                    let news = notice::News::of(Kind::CommentReplied, consultation, place);
                    notice::tell(&self.service, tx, author, &news).await?;
                }
                // Whoever stopped to follow is not made to follow again by the next comment.
                if storage::comment::is_first_of(tx, &self.id, &self.account, &consultation.id)
                    .await?
                {
                    notice::set_follow(tx, permit, &consultation.id, true, self.service.now())
                        .await?;
                }
            }
        }
        Ok(())
    }
}

/// A clause to comment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseRef {
    /// The clause through all versions.
    pub id: ClauseId,
    /// Its label.
    pub label: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// Its newest text as Markdown.
    pub body: String,
}

impl From<&domain::clause::Clause> for ClauseRef {
    fn from(clause: &domain::clause::Clause) -> Self {
        Self {
            id: clause.id.clone(),
            label: clause.label.clone(),
            heading: clause.heading.clone(),
            body: clause.body.clone(),
        }
    }
}

/// A clause of the newest public text by its identity.
pub async fn clause_ref(
    tx: &mut Tx,
    consultation: &Consultation,
    id: &ClauseId,
) -> Result<Option<ClauseRef>> {
    let found = storage::comment::clause_text(tx, &consultation.id, id).await?;
    Ok(found.map(|text| ClauseRef {
        id: id.clone(),
        label: text.label,
        heading: text.heading,
        body: text.body,
    }))
}

/// Where the draft of a comment is kept: one for each consultation, clause and comment that is replied to.
pub fn draft_place(slug: &str, clause: Option<&ClauseId>, parent: Option<&CommentId>) -> String {
    // A reply is about what its parent is about.
    let clause = clause
        .filter(|_| parent.is_none())
        .map_or("-", ClauseId::as_str);
    format!(
        "comment:{slug}:{clause}:{}",
        parent.map_or("-", CommentId::as_str)
    )
}

/// Whether comments are taken now in this voice: residents while it is open, the office also afterwards.
fn takes_comments(service: &Service, consultation: &Consultation, voice: &Voice) -> Result<()> {
    match (consultation.takes_part(service.now()), voice) {
        (Err(NotOpen::Closed), Voice::Office(_)) | (Ok(()), _) => {}
        (Err(reason), _) => return Err(reason.into()),
    }
    if consultation.comments_open {
        Ok(())
    } else {
        Err(Error::Conflict(Conflict::SwitchedOff))
    }
}

/// Local address of a comment in its thread.
pub fn place(root: &CommentId, id: &CommentId) -> String {
    format!("/tanggapan/{root}#t-{id}")
}

/// Whether the actor may write as the office of this consultation.
pub fn may_answer(actor: &Actor, consultation: &Consultation) -> bool {
    actor.member().is_some() && actor.may_author(&consultation.office).is_ok()
}

/// The stance's word, or nothing.
pub fn stance_word(stance: Option<Stance>) -> &'static str {
    stance.map_or("", Stance::word)
}

async fn publish(service: &Service, consultation: &ConsultationId, news: News) {
    let consultation = Some(consultation.clone());
    service.publish(Event { consultation, news }).await;
}

/// Tries a write again while others are faster.
async fn retry<T, F>(mut write: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 1..TRIES {
        match write().await {
            Err(Error::Conflict(Conflict::Taken)) => {}
            done => return done,
        }
    }
    write().await
}

#[cfg(test)]
pub(crate) mod tests;
