//! Statements that people and offices write. What moderators decide about them is in `moderation`.

use domain::{
    AccountId, ConsultationId, ParticipantId, StatementId, Timestamp,
    statement::{Proposal, Status},
};

use crate::{Result, Tx, args, sql};

/// A statement to be stored.
#[derive(Clone, Debug)]
pub struct NewStatement<'a> {
    /// Its identity.
    pub id: &'a StatementId,
    /// Where.
    pub consultation: &'a ConsultationId,
    /// Its number there.
    pub number: i64,
    /// The voice that wrote it; `None` for one of the office.
    pub participant: Option<&'a ParticipantId>,
    /// The sentence.
    pub body: &'a str,
    /// Accepted when the office wrote it, else waiting.
    pub status: Status,
    /// When.
    pub at: Timestamp,
    /// Who accepted it, when it is accepted at once.
    pub by: Option<&'a AccountId>,
}

/// Stores a statement. [`Error::Conflict`](crate::Error::Conflict) when its number is taken.
pub async fn insert(tx: &mut Tx, new: NewStatement<'_>) -> Result<()> {
    let is_seed = new.participant.is_none();
    let decided = (new.status != Status::Waiting).then_some(new.at);
    tx.run(
        sql!(
            "insert into statement (id, consultation_id, number, participant_id, body, status, is_seed, created_at, decided_at, decided_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            new.id,
            new.consultation,
            new.number,
            new.participant,
            new.body,
            new.status.word(),
            is_seed,
            new.at,
            decided,
            new.by
        ],
    )
    .await
    .map(drop)
}

/// The number that the next statement of a consultation gets, from 1.
pub async fn next_number(tx: &mut Tx, consultation: &ConsultationId) -> Result<i64> {
    tx.number(
        sql!("select coalesce(max(number), 0) + 1 from statement where consultation_id = $1"),
        args![consultation],
    )
    .await
}

/// The sentences of a consultation that are public or wait to be.
pub async fn bodies(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            sql!("select body from statement where consultation_id = $1 and status <> 'rejected' order by number"),
            args![consultation],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

#[derive(sqlx::FromRow)]
struct ProposalRow {
    id: String,
    number: i64,
    body: String,
    is_seed: bool,
    status: String,
    reason: String,
    created_at: i64,
    pin: Option<i64>,
}

impl From<ProposalRow> for Proposal {
    fn from(row: ProposalRow) -> Self {
        Self {
            id: StatementId::new(row.id),
            number: row.number,
            body: row.body,
            is_seed: row.is_seed,
            status: Status::parse(&row.status).unwrap_or_default(),
            reason: row.reason,
            created_at: Timestamp(row.created_at),
            pin: row.pin,
        }
    }
}

/// What an account wrote and is not public: waiting, or not taken. The newest first.
pub async fn mine(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: &AccountId,
) -> Result<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = tx
        .all(
            sql!(
                "select s.id, s.number, s.body, s.is_seed, s.status, s.reason, s.created_at, s.pin
                 from participation p
                 join statement s on s.participant_id = p.participant_id
                 where p.consultation_id = $1 and p.account_id = $2 and s.status <> 'accepted'
                 order by s.number desc"
            ),
            args![consultation, account],
        )
        .await?;
    Ok(rows.into_iter().map(Proposal::from).collect())
}

/// All statements of a consultation whatever was decided, for its office. By number.
pub async fn proposals(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = tx
        .all(
            sql!(
                "select id, number, body, is_seed, status, reason, created_at, pin
                 from statement
                 where consultation_id = $1
                 order by number"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows.into_iter().map(Proposal::from).collect())
}
