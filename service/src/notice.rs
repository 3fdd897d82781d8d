//! Following a consultation, and what people are told: each event once.

use domain::{
    AccountId, Actor, ConsultationId, NoticeId, Permit, Timestamp, actor::Participate,
    consultation::Consultation,
};
use storage::{Tx, notice::New};

use crate::{Event, News as Heard, Result, Service};

/// Notices on one page of a person's list.
pub const PAGE: u32 = 30;
/// How long before closing those who follow are reminded, in hours.
pub const SOON_HOURS: i64 = 48;

/// What people are told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A consultation has opened.
    Opened,
    /// It closes within two days.
    ClosesSoon,
    /// It has closed.
    Closed,
    /// The office has said what it does with the result.
    Answered,
    /// Its closing time moved.
    Extended,
    /// A new version of its text is public.
    TextChanged,
    /// The office answered in the comments.
    OfficialReply,
    /// Somebody replied to one's comment.
    CommentReplied,
    /// One's comment was hidden.
    Hidden,
    /// One's comment is shown again.
    Restored,
    /// One's statement was accepted.
    StatementAccepted,
    /// One's statement was not taken.
    StatementRejected,
    /// Something happened to one's case.
    CaseNews,
    /// The applicant of a case wrote.
    CaseWritten,
    /// A case was given to one.
    CaseAssigned,
    /// A case is due.
    CaseDue,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Opened,
        Self::ClosesSoon,
        Self::Closed,
        Self::Answered,
        Self::Extended,
        Self::TextChanged,
        Self::OfficialReply,
        Self::CommentReplied,
        Self::Hidden,
        Self::Restored,
        Self::StatementAccepted,
        Self::StatementRejected,
        Self::CaseNews,
        Self::CaseWritten,
        Self::CaseAssigned,
        Self::CaseDue,
    ];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::ClosesSoon => "closes_soon",
            Self::Closed => "closed",
            Self::Answered => "answered",
            Self::Extended => "extended",
            Self::TextChanged => "text_changed",
            Self::OfficialReply => "official_reply",
            Self::CommentReplied => "comment_replied",
            Self::Hidden => "hidden",
            Self::Restored => "restored",
            Self::StatementAccepted => "statement_accepted",
            Self::StatementRejected => "statement_rejected",
            Self::CaseNews => "case_news",
            Self::CaseWritten => "case_written",
            Self::CaseAssigned => "case_assigned",
            Self::CaseDue => "case_due",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Something to tell.
#[derive(Clone, Debug)]
pub struct News {
    /// What kind.
    pub kind: Kind,
    /// Of which consultation; none for news of a case.
    pub consultation: Option<ConsultationId>,
    /// A short text such as the title it is about.
    pub detail: String,
    /// Local address it leads to.
    pub place: String,
    /// Tells two events of one kind at one place apart, such as a second extension; mostly empty.
    pub mark: String,
}

impl News {
    /// News of a consultation that lead to `place`, with its title.
    pub fn of(kind: Kind, consultation: &Consultation, place: impl Into<String>) -> Self {
        Self {
            kind,
            consultation: Some(consultation.id.clone()),
            detail: consultation.title.clone(),
            place: place.into(),
            mark: String::new(),
        }
    }

    /// Tells this event apart from others of its kind at its place.
    #[must_use]
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = mark.into();
        self
    }

    fn at(&self, at: Timestamp) -> New<'_> {
        New {
            kind: self.kind.word(),
            consultation: self.consultation.as_ref(),
            detail: &self.detail,
            place: &self.place,
            mark: &self.mark,
            at,
        }
    }
}

/// Tells everybody who follows the consultation, but for `except`, within the transaction of the deed; how many did not
/// know yet.
pub async fn tell_followers(
    service: &Service,
    tx: &mut Tx,
    news: &News,
    except: Option<&AccountId>,
) -> Result<u64> {
    let Some(consultation) = &news.consultation else {
        return Ok(0);
    };
    let id: NoticeId = service.id();
    let new = news.at(service.now());
    Ok(storage::notice::tell_followers(tx, &id, consultation, except, &new).await?)
}

/// Tells one person, within the transaction of the deed; `false` when they know already.
pub async fn tell(service: &Service, tx: &mut Tx, to: &AccountId, news: &News) -> Result<bool> {
    let id: NoticeId = service.id();
    Ok(storage::notice::tell(tx, &id, to, &news.at(service.now())).await?)
}

/// Begins (`wanted`) or ends to follow a consultation. Twice is as once.
pub async fn follow(service: &Service, actor: &Actor, slug: &str, wanted: bool) -> Result<()> {
    let permit = actor.may_participate()?;
    let (who, slug, now, inner) = (
        actor.clone(),
        slug.to_owned(),
        service.now(),
        service.clone(),
    );
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let consultation = crate::consultation::get(&inner, tx, &who, &slug).await?;
                set_follow(tx, &permit, &consultation.id, wanted, now).await
            })
        })
        .await
}

/// Writes down that the person of the permit follows, or does not.
pub(crate) async fn set_follow(
    tx: &mut Tx,
    permit: &Permit<Participate>,
    consultation: &ConsultationId,
    wanted: bool,
    now: Timestamp,
) -> Result<()> {
    if let Some(account) = permit.by() {
        storage::notice::follow(tx, account, consultation, wanted, now).await?;
    }
    Ok(())
}

/// Whether the actor follows a consultation; nobody who is not signed in does.
pub async fn follows(tx: &mut Tx, actor: &Actor, consultation: &ConsultationId) -> Result<bool> {
    match actor.account() {
        Some(account) => Ok(storage::notice::follows(tx, account, consultation).await?),
        None => Ok(false),
    }
}

/// A page of a person's notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// Newest first, at most [`PAGE`].
    pub notices: Vec<Item>,
    /// How many there are in all.
    pub total: i64,
    /// How many are unread.
    pub unread: i64,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its identity.
    pub id: NoticeId,
    /// What kind.
    pub kind: Kind,
    /// A short text such as the title it is about.
    pub detail: String,
    /// Local address it leads to.
    pub place: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was marked as read.
    pub read: bool,
}

/// The actor's own notices, page `number` from 1.
pub async fn list(service: &Service, actor: &Actor, number: i64) -> Result<Inbox> {
    let account = &actor.signed_in()?.account;
    let page = u32::try_from(number.clamp(1, 100_000) - 1).unwrap_or(0);
    let mut tx = service.read().await?;
    let (total, unread) = storage::notice::counts(&mut tx, account).await?;
    let notices = storage::notice::list(&mut tx, account, PAGE, page * PAGE)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Item {
                id: NoticeId::new(row.id),
                kind: Kind::parse(&row.kind)?,
                detail: row.detail,
                place: row.place,
                at: Timestamp(row.at),
                read: row.read_at.is_some(),
            })
        })
        .collect();
    Ok(Inbox {
        notices,
        total,
        unread,
    })
}

/// Marks one of the actor's notices as read, or all of them. A notice of another is left alone without a word.
pub async fn mark_read(service: &Service, actor: &Actor, id: Option<NoticeId>) -> Result<()> {
    let account = actor.signed_in()?.account.clone();
    let now = service.now();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::notice::mark_read(tx, &account, id.as_ref(), now).await?;
                Ok(())
            })
        })
        .await
}

/// How many of the actor's notices are unread.
pub async fn unread_count(tx: &mut Tx, actor: &Actor) -> Result<i64> {
    match actor.account() {
        Some(account) => Ok(storage::notice::unread_count(tx, account).await?),
        None => Ok(0),
    }
}

/// Announces what the clock brought: what has opened, closes within [`SOON_HOURS`], or has closed. Each once, however
/// often and by however many copies of the program this is called. Returns how many were announced.
pub async fn due(service: &Service) -> Result<usize> {
    let now = service.now();
    let soon = now.plus_seconds(SOON_HOURS * 3_600);
    let waiting = storage::notice::due(&mut service.read().await?, now, soon).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let inner = service.clone();
    let announced: Vec<ConsultationId> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut announced = Vec::new();
                for due in waiting {
                    let Some(kind) = Kind::parse(&due.kind) else {
                        continue;
                    };
                    if storage::notice::announce(tx, &due, now).await? {
                        let news = News {
                            kind,
                            consultation: Some(ConsultationId::new(&due.consultation_id)),
                            place: format!("/konsultasi/{}", due.slug),
                            mark: due.moment.to_string(),
                            detail: due.title,
                        };
                        tell_followers(&inner, tx, &news, None).await?;
                        announced.extend(news.consultation);
                    }
                }
                Ok::<_, crate::Error>(announced)
            })
        })
        .await?;
    for consultation in &announced {
        service
            .publish(Event {
                consultation: Some(consultation.clone()),
                news: Heard::Consultation,
            })
            .await;
    }
    Ok(announced.len())
}

#[cfg(test)]
mod tests;
