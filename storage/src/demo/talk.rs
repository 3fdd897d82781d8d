//! Comments, flags, decisions of moderators, followers.

use domain::{AccountId, CommentId, ConsultationId, OfficeId, Timestamp, moderation::Reason};

use super::insert;
use crate::{Result, Tx, args};

/// A comment with what happened to it.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its identity.
    pub id: CommentId,
    /// The clause it is on.
    pub clause: Option<String>,
    /// What it quotes.
    pub quote: String,
    /// The comment it answers, which comes before it.
    pub parent: Option<CommentId>,
    /// The comment of the first level above it, or itself.
    pub root: CommentId,
    /// 0 for the first level.
    pub depth: i64,
    /// Who wrote it.
    pub author: AccountId,
    /// The office whose answer it is.
    pub office: Option<OfficeId>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Its text.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// When it was edited, and what it said before.
    pub edited: Option<(Timestamp, String)>,
    /// When the author deleted it.
    pub deleted_at: Option<Timestamp>,
    /// When a moderator hid it, why, and what the author is told.
    pub hidden: Option<(Timestamp, Reason, String)>,
    /// Who supports it.
    pub supporters: Vec<AccountId>,
    /// Comments below it.
    pub replies: i64,
}

/// Adds comments with their earlier texts and supports.
pub async fn add_comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    comments: &[Comment],
) -> Result<()> {
    let rows = comments.iter().map(|c| {
        let supports = i64::try_from(c.supporters.len()).unwrap_or(i64::MAX);
        let hidden = c.hidden.as_ref();
        args![
            &c.id,
            consultation,
            c.clause.clone(),
            &c.quote,
            c.parent.as_ref(),
            &c.root,
            c.depth,
            &c.author,
            c.office.as_ref(),
            c.stance.clone(),
            &c.body,
            c.at,
            c.edited.as_ref().map(|e| e.0),
            c.deleted_at,
            hidden.map(|h| h.0),
            hidden.map_or("", |h| h.1.word()),
            supports,
            c.replies,
            c.id.as_str()
        ]
    });
    let head = "insert into comment (id, consultation_id, clause_id, quote, parent_id, root_id, depth, account_id,
                    office_id, stance, body, posted_at, edited_at, deleted_at, hidden_at, hidden_reason, supports,
                    replies, send_key) values";
    insert(tx, head, rows.collect()).await?;
    let edits = comments.iter().filter_map(|c| {
        c.edited
            .as_ref()
            .map(|(at, before)| args![&c.id, 1, before, *at])
    });
    insert(
        tx,
        "insert into comment_revision (comment_id, revision, body, at) values",
        edits.collect(),
    )
    .await?;
    let supports = comments.iter().flat_map(|c| {
        c.supporters
            .iter()
            .map(|account| args![&c.id, account, c.at])
    });
    insert(
        tx,
        "insert into comment_support (comment_id, account_id, at) values",
        supports.collect(),
    )
    .await
}

/// A flag on a comment.
#[derive(Clone, Debug)]
pub struct Flag {
    /// On which comment.
    pub comment: CommentId,
    /// By whom.
    pub by: AccountId,
    /// The word of the reason.
    pub reason: String,
    /// What they wrote.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// When a moderator decided.
    pub settled_at: Option<Timestamp>,
}

/// Adds flags.
pub async fn add_flags(tx: &mut Tx, flags: &[Flag]) -> Result<()> {
    let rows = flags
        .iter()
        .map(|f| args![&f.comment, &f.by, &f.reason, &f.note, f.at, f.settled_at]);
    let head =
        "insert into comment_flag (comment_id, account_id, reason, note, at, settled_at) values";
    insert(tx, head, rows.collect()).await
}

/// A decision of a moderator.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its identity.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// `comment` or `statement`.
    pub kind: &'static str,
    /// Which.
    pub subject: String,
    /// `hide`, `keep`, `accept`, `reject`.
    pub action: &'static str,
    /// Why, where something is not shown.
    pub reason: Option<Reason>,
    /// What the author is told.
    pub note: String,
}

/// Adds decisions.
pub async fn add_decisions(
    tx: &mut Tx,
    consultation: &ConsultationId,
    decisions: &[Decision],
) -> Result<()> {
    let rows = decisions.iter().map(|d| {
        args![
            &d.id,
            d.at,
            &d.by,
            consultation,
            d.kind,
            &d.subject,
            d.action,
            d.reason.map_or("", Reason::word),
            &d.note
        ]
    });
    let head = "insert into moderation (id, at, account_id, consultation_id, subject_kind, subject_id, action, reason, note) values";
    insert(tx, head, rows.collect()).await
}

/// Makes accounts follow a consultation.
pub async fn add_followers(
    tx: &mut Tx,
    consultation: &ConsultationId,
    accounts: &[AccountId],
    since: Timestamp,
) -> Result<()> {
    let rows = accounts
        .iter()
        .map(|account| args![account, consultation, since]);
    insert(
        tx,
        "insert into follow (account_id, consultation_id, since) values",
        rows.collect(),
    )
    .await
}
