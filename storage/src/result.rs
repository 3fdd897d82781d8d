//! Themes, replies, outcomes, and the figures that only the result needs.

mod export;
mod figures;
mod subject;
mod theme;

pub use export::{BallotRow, CommentOrder, CommentRow, ballots, comments, count_comments};
pub use figures::{AreaCount, Findings, Participation, Step, TopComment, findings, top_comments};
pub use subject::{Subjects, Titled, subjects};
pub use theme::{
    Gatherable, NewTheme, ThemeRow, add_comments, gatherables, insert_theme, list_themes,
    place_theme, remove_comments, remove_theme, update_theme,
};

use domain::{AccountId, ConsultationId, Timestamp, result::Subject};

use crate::{Result, Tx, args, sql};

/// What an office replied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// `clause`, `question` or `theme`.
    pub subject_kind: String,
    /// Its identity.
    pub subject_id: String,
    /// Markdown.
    pub body: String,
    /// Sanitised HTML.
    pub body_html: String,
    /// When it was last changed.
    pub at: i64,
}

impl ReplyRow {
    /// What it replies to.
    pub fn subject(&self) -> Option<Subject> {
        Subject::parse(&self.subject_kind, &self.subject_id)
    }
}

/// Writes a reply, over an older one to the same subject.
pub async fn put_reply(
    tx: &mut Tx,
    consultation: &ConsultationId,
    subject: &Subject,
    body: &str,
    body_html: &str,
    by: Option<&AccountId>,
    now: Timestamp,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into reply (consultation_id, subject_kind, subject_id, body, body_html, at, account_id)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (consultation_id, subject_kind, subject_id)
             do update set body = excluded.body, body_html = excluded.body_html, at = excluded.at,
                           account_id = excluded.account_id"
        ),
        args![consultation, subject.kind(), subject.id(), body, body_html, now, by],
    )
    .await?;
    Ok(())
}

/// Removes the reply to a subject that goes.
pub async fn remove_reply(
    tx: &mut Tx,
    consultation: &ConsultationId,
    subject: &Subject,
) -> Result<()> {
    tx.run(
        sql!(
            "delete from reply where consultation_id = $1 and subject_kind = $2 and subject_id = $3"
        ),
        args![consultation, subject.kind(), subject.id()],
    )
    .await?;
    Ok(())
}

/// How a consultation ended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OutcomeRow {
    /// The word of the kind.
    pub kind: String,
    /// Markdown.
    pub body: String,
    /// Sanitised HTML.
    pub body_html: String,
    /// An `https` address, or empty.
    pub link: String,
    /// When.
    pub at: i64,
}

/// The outcome, once the consultation is answered.
pub async fn find_outcome(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Option<OutcomeRow>> {
    tx.first(
        sql!("select kind, body, body_html, link, at from outcome where consultation_id = $1"),
        args![consultation],
    )
    .await
}

/// Writes the outcome; `false` when there is one already, which stays.
pub async fn insert_outcome(
    tx: &mut Tx,
    consultation: &ConsultationId,
    outcome: &OutcomeRow,
    by: Option<&AccountId>,
) -> Result<bool> {
    let rows = tx
        .run(
            sql!(
                "insert into outcome (consultation_id, kind, body, body_html, link, at, account_id)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (consultation_id) do nothing"
            ),
            args![
                consultation,
                &outcome.kind,
                &outcome.body,
                &outcome.body_html,
                &outcome.link,
                outcome.at,
                by
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Makes other writes on the same consultation wait for this one: on PostgreSQL a theme could otherwise appear
/// between the look for what is missing and the answer.
pub async fn hold(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    tx.run(
        sql!("update consultation set updated_at = updated_at where id = $1"),
        args![consultation],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
