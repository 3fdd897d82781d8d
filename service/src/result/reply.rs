//! The office's replies to clauses, questions and themes.

use domain::{
    Actor, ClauseId, ConsultationId, Permit, QuestionId, ThemeId, Timestamp,
    actor::Author,
    consultation::{ChangeKind, Consultation},
    result::{Missing, Subject, unanswered},
};
use storage::{
    Tx,
    consultation::NewChange,
    result::{ReplyRow, Subjects, Titled},
};

use super::{authored, tell};
use crate::{Error, Result, Service, markdown};

/// Something that an office replies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub subject: Subject,
    /// How people know it: a question, a theme's title, "4. Parkir pengganti".
    pub title: String,
    /// The number of a clause that still stands in the text, or nothing.
    pub label: String,
    /// A theme's description, or nothing.
    pub note: String,
    /// Comments under a theme.
    pub comments: i64,
    /// Whether the consultation cannot be answered without it.
    pub needed: bool,
    /// The reply as written, Markdown; empty while there is none.
    pub body: String,
    /// The reply as sanitised HTML.
    pub body_html: String,
    /// When it was written or last changed.
    pub at: Option<Timestamp>,
}

/// Everything that an office replies to: questions, themes, clauses.
#[derive(Clone, Debug)]
pub struct Board {
    /// The consultation.
    pub consultation: Consultation,
    /// What there is to reply to.
    pub items: Vec<Item>,
}

impl Board {
    /// What still needs a reply before the consultation can be answered.
    pub fn missing(&self) -> Vec<&Item> {
        self.items
            .iter()
            .filter(|i| i.needed && i.at.is_none())
            .collect()
    }
}

/// What there is to reply to, for officers.
pub async fn board(service: &Service, actor: &Actor, slug: &str) -> Result<Board> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let mut tx = service.read().await?;
    let items = items(&mut tx, &consultation.id).await?;
    Ok(Board {
        consultation,
        items,
    })
}

/// Questions, themes and clauses with their replies; replies to clauses that have gone are at the end. One statement.
pub(super) async fn items(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Item>> {
    Ok(gather(storage::result::subjects(tx, consultation).await?))
}

/// The same of what was read already.
pub(super) fn gather(subjects: Subjects) -> Vec<Item> {
    let mut replies = subjects.replies;
    let mut items = Vec::new();
    for question in subjects.questions {
        items.push(item(
            &mut replies,
            Subject::Question(QuestionId::new(question.id)),
            question.title,
            String::new(),
            0,
        ));
    }
    for theme in subjects.themes {
        let subject = Subject::Theme(ThemeId::new(theme.id));
        items.push(item(
            &mut replies,
            subject,
            theme.title,
            theme.description,
            theme.comments,
        ));
    }
    for clause in subjects.clauses {
        let label = clause.label.clone();
        let item = clause_item(&mut replies, clause);
        items.push(Item { label, ..item });
    }
    for gone in subjects.gone {
        items.push(clause_item(&mut replies, gone));
    }
    items
}

fn clause_item(replies: &mut Vec<ReplyRow>, clause: Titled) -> Item {
    let title = clause_title(&clause.label, &clause.title);
    let subject = Subject::Clause(ClauseId::new(clause.id));
    item(replies, subject, title, String::new(), 0)
}

fn item(
    replies: &mut Vec<ReplyRow>,
    subject: Subject,
    title: String,
    note: String,
    comments: i64,
) -> Item {
    let found = replies
        .iter()
        .position(|r| r.subject().as_ref() == Some(&subject))
        .map(|place| replies.swap_remove(place));
    let needed = !matches!(subject, Subject::Clause(_));
    let at = found.as_ref().map(|r| Timestamp(r.at));
    let (body, body_html) = found.map(|r| (r.body, r.body_html)).unwrap_or_default();
    Item {
        subject,
        title,
        label: String::new(),
        note,
        comments,
        needed,
        body,
        body_html,
        at,
    }
}

/// "4. Parkir pengganti"; a clause without heading is its number alone.
pub(super) fn clause_title(label: &str, heading: &str) -> String {
    if heading.is_empty() {
        label.to_owned()
    } else {
        format!("{label}. {heading}")
    }
}

/// Writes the office's reply to a subject, or changes it; the old text stays in the history.
///
/// Seen by everybody together with the result, once the consultation has closed.
pub async fn reply(
    service: &Service,
    actor: &Actor,
    slug: &str,
    subject: &Subject,
    body: &str,
) -> Result<()> {
    let (consultation, permit) = authored(service, actor, slug).await?;
    let body = domain::result::reply(body)?;
    let new = New {
        consultation: consultation.id.clone(),
        subject: subject.clone(),
        body_html: markdown::render(&body),
        body,
        at: service.now(),
        change: service.chance().id(service.now()),
    };
    service
        .db()
        .write(move |tx| Box::pin(write(tx, permit, new)))
        .await?;
    tell(service, &consultation).await;
    Ok(())
}

struct New {
    consultation: ConsultationId,
    subject: Subject,
    body: String,
    body_html: String,
    at: Timestamp,
    change: String,
}

async fn write(tx: &mut Tx, permit: Permit<Author>, new: New) -> Result<()> {
    let c = &new.consultation;
    storage::result::hold(tx, c).await?;
    let known = items(tx, c).await?;
    let before = known
        .iter()
        .find(|i| i.subject == new.subject)
        .ok_or(Error::NotFound)?;
    if before.body == new.body {
        return Ok(());
    }
    storage::result::put_reply(
        tx,
        c,
        &new.subject,
        &new.body,
        &new.body_html,
        permit.by(),
        new.at,
    )
    .await?;
    storage::consultation::insert_change(
        tx,
        c,
        &NewChange {
            id: new.change,
            at: new.at,
            by: permit.by(),
            kind: ChangeKind::Replied,
            field: &before.title,
            before: &before.body,
            after: &new.body,
            reason: "",
            is_public: false,
        },
    )
    .await?;
    Ok(())
}

/// What still has no reply, by the rule of the domain.
pub(super) async fn missing(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Missing>> {
    let items = items(tx, consultation).await?;
    let mut questions: Vec<(QuestionId, String)> = Vec::new();
    let mut themes: Vec<(ThemeId, String)> = Vec::new();
    let mut replied = Vec::new();
    for item in items {
        if item.at.is_some() {
            replied.push(item.subject.clone());
        }
        match item.subject {
            Subject::Question(id) => questions.push((id, item.title)),
            Subject::Theme(id) => themes.push((id, item.title)),
            Subject::Clause(_) => {}
        }
    }
    Ok(unanswered(&questions, &themes, &replied))
}
