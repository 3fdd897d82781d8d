//! Judging, one statement at a time.

use domain::{AccountId, ConsultationId, ParticipantId, StatementId, Timestamp};

use crate::{Result, Tx, args, ballot::Open, sql};

/// What is there before a statement is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The statement.
    pub statement: StatementId,
    /// The voice of the account; `None` when it has none yet.
    pub participant: Option<ParticipantId>,
    /// The newest revision of its judgement, and its value.
    pub latest: Option<(i64, i64)>,
}

#[derive(sqlx::FromRow)]
struct BeforeRow {
    id: String,
    participant_id: Option<String>,
    revision: Option<i64>,
    value: Option<i64>,
}

/// A public statement by its number, with the voice of an account and its newest judgement.
pub async fn before(
    tx: &mut Tx,
    consultation: &ConsultationId,
    number: i64,
    account: &AccountId,
) -> Result<Option<Before>> {
    let row: Option<BeforeRow> = tx
        .first(
            sql!(
                "select s.id, p.participant_id, v.revision, v.value
                 from statement s
                 left join participation p on p.consultation_id = s.consultation_id and p.account_id = $3
                 left join statement_vote v on v.statement_id = s.id and v.participant_id = p.participant_id
                 where s.consultation_id = $1 and s.number = $2 and s.status = 'accepted'
                 order by v.revision desc nulls last
                 limit 1"
            ),
            args![consultation, number, account],
        )
        .await?;
    Ok(row.map(|row| Before {
        statement: StatementId::new(row.id),
        participant: row.participant_id.map(ParticipantId::new),
        latest: row.revision.zip(row.value),
    }))
}

/// A judgement to be added to the history.
#[derive(Clone, Debug)]
pub struct NewJudgement<'a> {
    /// Of which statement.
    pub statement: &'a StatementId,
    /// By which voice.
    pub participant: &'a ParticipantId,
    /// 0 for the first of this voice on this statement, then one more each time.
    pub revision: i64,
    /// 1 agree, −1 disagree, 0 pass.
    pub value: i64,
    /// The value of the revision before it, when there is one.
    pub before: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// By what it was judged that the consultation is open.
    pub open: Open<'a>,
}

/// Adds a judgement to the history and makes it the one that counts; `false`, with nothing stored, when the times are no
/// longer those. [`Error::Conflict`](crate::Error::Conflict) when the revision is there already.
///
/// The seam of the public record for statements, as `ballot::append` is for ballots.
pub async fn append(tx: &mut Tx, new: NewJudgement<'_>) -> Result<bool> {
    let stored = tx
        .run(
            sql!(
                "insert into statement_vote (statement_id, participant_id, revision, value, cast_at)
                 select $1, $2, cast($3 as bigint), cast($4 as bigint), cast($5 as bigint)
                 from consultation c
                 where c.id = $6 and c.published_at is not null and c.statements_open
                   and coalesce(c.opens_at, -1) = $7 and coalesce(c.closes_at, -1) = $8"
            ),
            args![
                new.statement,
                new.participant,
                new.revision,
                new.value,
                new.at,
                new.open.consultation,
                new.open.opens_at.map_or(-1, |at| at.0),
                new.open.closes_at.map_or(-1, |at| at.0)
            ],
        )
        .await?;
    if stored == 0 {
        return Ok(false);
    }
    tx.run(
        sql!(
            "insert into statement_mark (statement_id, participant_id, value)
             values ($1, $2, $3)
             on conflict (statement_id, participant_id) do update set value = excluded.value"
        ),
        args![new.statement, new.participant, new.value],
    )
    .await?;
    // The revision is unique: whoever gets here with `before` is the only one who takes it from the counts.
    super::tally::move_one(tx, new.statement, new.before, new.value).await?;
    Ok(true)
}
