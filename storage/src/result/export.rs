//! What is given to anybody as a file.

use domain::ConsultationId;

use crate::{Query, Result, Tx, args, sql};

/// A choice of a voice: the newest ballot, one row a choice.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BallotRow {
    /// The voice; never to be given away.
    pub participant_id: String,
    /// Its area.
    pub area_id: Option<String>,
    /// The question.
    pub question_id: String,
    /// An option's identity, or agree / disagree / abstain.
    pub choice: String,
    /// When the newest ballot was cast.
    pub cast_at: i64,
}

/// The newest ballots of all voices, withdrawn ones left out.
pub async fn ballots(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<BallotRow>> {
    tx.all(
        sql!(
            "select m.participant_id, p.area_id, m.question_id, m.choice,
                    (select max(b.cast_at) from ballot b
                     where b.question_id = m.question_id and b.participant_id = m.participant_id) as cast_at
             from ballot_mark m
             join question q on q.id = m.question_id
             join participant p on p.id = m.participant_id
             left join question_option o on o.id = m.choice
             where q.consultation_id = $1
             order by q.position, m.question_id, m.participant_id, o.position, m.choice"
        ),
        args![consultation],
    )
    .await
}

/// A comment as anybody may have it: hidden and deleted ones without text and name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CommentRow {
    /// Its identity.
    pub id: String,
    /// The comment it answers.
    pub parent_id: Option<String>,
    /// The clause it is on.
    pub clause_id: Option<String>,
    /// What it quotes.
    pub quote: String,
    /// The author's public name; empty when hidden or deleted.
    pub author: String,
    /// The office whose answer it is.
    pub office_id: Option<String>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Its text; empty when hidden or deleted.
    pub body: String,
    /// `public`, `hidden` or `deleted`.
    pub state: String,
    /// When.
    pub posted_at: i64,
    /// When it was last edited.
    pub edited_at: Option<i64>,
    /// How many support it.
    pub supports: i64,
}

/// In which order comments are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommentOrder {
    /// First come, first.
    #[default]
    Oldest,
    /// Last come, first.
    Newest,
    /// Most supported first.
    Supported,
}

/// Comments of every depth, at most `limit` after the first `skip`.
pub async fn comments(
    tx: &mut Tx,
    consultation: &ConsultationId,
    order: CommentOrder,
    limit: i64,
    skip: i64,
) -> Result<Vec<CommentRow>> {
    let query = Query::new(
        "select c.id, c.parent_id, c.clause_id, c.office_id, c.stance, c.posted_at, c.edited_at, c.supports,
                case when c.deleted_at is not null then 'deleted'
                     when c.hidden_at is not null then 'hidden' else 'public' end as state,
                case when c.deleted_at is null and c.hidden_at is null then c.quote else '' end as quote,
                case when c.deleted_at is null and c.hidden_at is null then c.body else '' end as body,
                case when c.deleted_at is null and c.hidden_at is null then a.name else '' end as author
         from comment c
         join account a on a.id = c.account_id
         where c.consultation_id =",
    )
    .bind(consultation)
    .push(match order {
        CommentOrder::Oldest => "order by c.posted_at, c.id",
        CommentOrder::Newest => "order by c.posted_at desc, c.id desc",
        CommentOrder::Supported => "order by c.supports desc, c.posted_at, c.id",
    })
    .push("limit")
    .bind(limit)
    .push("offset")
    .bind(skip);
    tx.all_of(query).await
}

/// How many comments there are, hidden and deleted ones with them.
pub async fn count_comments(tx: &mut Tx, consultation: &ConsultationId) -> Result<i64> {
    tx.number(
        sql!("select count(*) from comment where consultation_id = $1"),
        args![consultation],
    )
    .await
}
