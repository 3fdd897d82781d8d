//! What waits for a moderator, what they decided, and the public log of it.

mod log;
mod queue;

use domain::{
    AccountId, CommentId, ConsultationId, StatementId, Timestamp,
    moderation::{Action, Decision},
};

use crate::{Result, Tx, args, sql};

pub use log::{ByConsultation, ByDay, Entry, by_consultation, by_day, entries};
pub use queue::{
    Flagged, Known, Waiting, Withheld, counts, flagged, hidden, places_of, public_of, waiting,
};

/// Whom and what a decision about a comment concerns.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Touched {
    /// Who wrote it.
    pub account_id: String,
    /// Of which consultation.
    pub consultation_id: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The comment of the first level above it, or itself.
    pub root_id: String,
}

/// Whom a decision about these comments would concern, with their ids, in an order in which they can be locked.
pub async fn touched(tx: &mut Tx, ids: &[CommentId]) -> Result<Vec<(CommentId, Touched)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: String,
        #[sqlx(flatten)]
        touched: Touched,
    }
    let rows: Vec<Row> = tx
        .all_of(
            crate::Query::new(
                "select c.id, c.account_id, c.consultation_id, co.slug, co.title, c.root_id
                 from comment c join consultation co on co.id = c.consultation_id where c.id in",
            )
            .list(ids)
            .push("order by c.root_id, c.id"),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (CommentId::new(row.id), row.touched))
        .collect())
}

/// Hides a comment that can be read; `false` when there is nothing to hide.
pub async fn hide(tx: &mut Tx, id: &CommentId, reason: &str, at: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update comment set hidden_at = $3, hidden_reason = $2
                 where id = $1 and hidden_at is null and deleted_at is null"
            ),
            args![id, reason, at],
        )
        .await?;
    Ok(rows == 1)
}

/// Shows a hidden comment again; `false` when it is not hidden, or was deleted.
pub async fn restore(tx: &mut Tx, id: &CommentId) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "update comment set hidden_at = null, hidden_reason = ''
                 where id = $1 and hidden_at is not null and deleted_at is null"
            ),
            args![id],
        )
        .await?;
    Ok(rows == 1)
}

/// Puts the flags of a comment aside; how many there were.
pub async fn settle(tx: &mut Tx, id: &CommentId, at: Timestamp) -> Result<u64> {
    tx.run(
        sql!(
            "update comment_flag set settled_at = $2 where comment_id = $1 and settled_at is null"
        ),
        args![id, at],
    )
    .await
}

/// What a decision about a statement concerns.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Statement {
    /// Of which consultation.
    pub consultation_id: String,
    /// Its word in addresses.
    pub slug: String,
    /// The sentence.
    pub body: String,
    /// The account whose voice proposed it, when there is one.
    pub account_id: Option<String>,
}

/// Accepts or rejects a statement that waits; `None` when it does not wait.
pub async fn decide_statement(
    tx: &mut Tx,
    id: &StatementId,
    decision: &Decision,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<Option<Statement>> {
    let status = match decision.action {
        Action::Accept => "accepted",
        Action::Reject => "rejected",
        Action::Hide | Action::Restore | Action::Keep => return Ok(None),
    };
    let rows = tx
        .run(
            sql!(
                "update statement set status = $2, reason = $3, decided_by = $4, decided_at = $5
                 where id = $1 and status = 'waiting'"
            ),
            args![id, status, decision.reason_word(), by, at],
        )
        .await?;
    if rows == 0 {
        return Ok(None);
    }
    tx.first(
        sql!(
            "select s.consultation_id, co.slug, s.body, p.account_id
             from statement s
             join consultation co on co.id = s.consultation_id
             left join participation p on p.participant_id = s.participant_id
             where s.id = $1"
        ),
        args![id],
    )
    .await
}

/// What a decision is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A comment.
    Comment(&'a CommentId),
    /// A statement.
    Statement(&'a StatementId),
}

/// Writes a decision into the log.
pub async fn record(
    tx: &mut Tx,
    id: &str,
    consultation: &ConsultationId,
    subject: Subject<'_>,
    decision: &Decision,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<()> {
    let (kind, subject) = match subject {
        Subject::Comment(id) => ("comment", id.as_str()),
        Subject::Statement(id) => ("statement", id.as_str()),
    };
    tx.run(
        sql!(
            "insert into moderation (id, at, account_id, consultation_id, subject_kind, subject_id, action, reason, note)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        args![
            id,
            at,
            by,
            consultation,
            kind,
            subject,
            decision.action.word(),
            decision.reason_word(),
            &decision.note,
        ],
    )
    .await?;
    Ok(())
}
