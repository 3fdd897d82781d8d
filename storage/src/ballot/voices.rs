//! Voices and the history of their ballots.

use domain::{AccountId, AreaId, ConsultationId, ParticipantId, QuestionId, Timestamp};

use crate::{Query, Result, Tx, args, sql};

/// What is there before a ballot is cast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The voice of the account in this consultation.
    pub participant: ParticipantId,
    /// The newest revision of its ballot on the question, and the choices that it holds.
    pub latest: Option<(i64, Vec<String>)>,
}

#[derive(sqlx::FromRow)]
struct BeforeRow {
    participant_id: String,
    revision: Option<i64>,
    choices: Option<String>,
}

/// The voice of an account in a consultation and its newest ballot on a question; `None` when it has no voice yet.
pub async fn before(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: &AccountId,
    question: &QuestionId,
) -> Result<Option<Before>> {
    let row: Option<BeforeRow> = tx
        .first(
            sql!(
                "select p.participant_id, b.revision, b.choices
                 from participation p
                 left join ballot b on b.question_id = $3 and b.participant_id = p.participant_id
                 where p.consultation_id = $1 and p.account_id = $2
                 order by b.revision desc nulls last
                 limit 1"
            ),
            args![consultation, account, question],
        )
        .await?;
    Ok(row.map(|row| Before {
        participant: ParticipantId::new(row.participant_id),
        latest: row.revision.zip(row.choices).map(|(revision, choices)| {
            (revision, serde_json::from_str(&choices).unwrap_or_default())
        }),
    }))
}

/// The voice of an account in a consultation.
pub async fn voice(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: &AccountId,
) -> Result<Option<ParticipantId>> {
    let row: Option<(String,)> = tx
        .first(
            sql!(
                "select participant_id from participation
                 where consultation_id = $1 and account_id = $2"
            ),
            args![consultation, account],
        )
        .await?;
    Ok(row.map(|row| ParticipantId::new(row.0)))
}

/// Waits for other writes of the same voice and keeps it to this one until the end of the transaction.
///
/// For a write that has just lost a race: it is not to lose again and again.
pub async fn lock_voice(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: &AccountId,
) -> Result<()> {
    tx.run(
        sql!(
            "update participation set participant_id = participant_id
             where consultation_id = $1 and account_id = $2"
        ),
        args![consultation, account],
    )
    .await
    .map(drop)
}

/// A voice that joins a consultation.
#[derive(Clone, Debug)]
pub struct NewVoice<'a> {
    /// Its identity.
    pub id: &'a ParticipantId,
    /// Where.
    pub consultation: &'a ConsultationId,
    /// Whose it is. Nothing else in the database leads from a vote to an account.
    pub account: &'a AccountId,
    /// The home area at this moment.
    pub area: Option<&'a AreaId>,
    /// When.
    pub at: Timestamp,
}

/// Gives an account its voice in a consultation. [`Error::Conflict`](crate::Error::Conflict) when it has one.
pub async fn insert_voice(tx: &mut Tx, voice: NewVoice<'_>) -> Result<()> {
    tx.run(
        sql!(
            "insert into participant (id, consultation_id, area_id, joined_at)
             values ($1, $2, $3, $4)"
        ),
        args![voice.id, voice.consultation, voice.area, voice.at],
    )
    .await?;
    tx.run(
        sql!(
            "insert into participation (consultation_id, account_id, participant_id)
             values ($1, $2, $3)"
        ),
        args![voice.consultation, voice.account, voice.id],
    )
    .await
    .map(drop)
}

/// A ballot to be added to the history.
#[derive(Clone, Debug)]
pub struct NewBallot<'a> {
    /// On which question.
    pub question: &'a QuestionId,
    /// By which voice.
    pub participant: &'a ParticipantId,
    /// 0 for the first of this voice on this question, then one more each time.
    pub revision: i64,
    /// What is chosen; nothing means withdrawn.
    pub choices: &'a [String],
    /// When.
    pub at: Timestamp,
    /// How many choices the ballot before this one held.
    pub replaces: usize,
    /// The consultation and the times by which its being open was judged.
    pub open: Open<'a>,
}

/// By what it was judged that a consultation is open.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    /// Which.
    pub consultation: &'a ConsultationId,
    /// When it opens.
    pub opens_at: Option<Timestamp>,
    /// When it closes.
    pub closes_at: Option<Timestamp>,
}

/// Adds a ballot to the history and makes it the one that counts; `false`, with nothing stored, when the consultation's
/// times are no longer those by which it was judged open. [`Error::Conflict`](crate::Error::Conflict) when the revision
/// is there already.
///
/// The only place that writes a ballot, and so the seam of the public record: what is appended here, once and in order
/// of revision, becomes a leaf of the record in the same transaction.
pub async fn append(tx: &mut Tx, new: NewBallot<'_>) -> Result<bool> {
    let choices = serde_json::to_string(new.choices).unwrap_or_default();
    let stored = tx
        .run(
            sql!(
                "insert into ballot (question_id, participant_id, revision, choices, cast_at)
                 select $1, $2, cast($3 as bigint), $4, cast($5 as bigint)
                 from consultation c
                 where c.id = $6 and c.published_at is not null
                   and coalesce(c.opens_at, -1) = $7 and coalesce(c.closes_at, -1) = $8"
            ),
            args![
                new.question,
                new.participant,
                new.revision,
                choices,
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
    if let (1, [choice]) = (new.replaces, new.choices) {
        // What most changes are: one statement instead of two.
        tx.run(
            sql!(
                "update ballot_mark set choice = $3 where question_id = $1 and participant_id = $2"
            ),
            args![new.question, new.participant, choice],
        )
        .await?;
        return Ok(true);
    }
    if new.replaces > 0 {
        tx.run(
            sql!("delete from ballot_mark where question_id = $1 and participant_id = $2"),
            args![new.question, new.participant],
        )
        .await?;
    }
    mark(tx, new.question, new.participant, new.choices).await?;
    Ok(true)
}

async fn mark(
    tx: &mut Tx,
    question: &QuestionId,
    participant: &ParticipantId,
    choices: &[String],
) -> Result<()> {
    match choices {
        [] => {}
        [choice] => {
            tx.run(
                sql!("insert into ballot_mark (question_id, participant_id, choice) values ($1, $2, $3)"),
                args![question, participant, choice],
            )
            .await?;
        }
        many => {
            let mut query =
                Query::new("insert into ballot_mark (question_id, participant_id, choice) values");
            for (n, choice) in many.iter().enumerate() {
                query = query
                    .push(if n > 0 { ", (" } else { "(" })
                    .bind(question)
                    .push(",")
                    .bind(participant)
                    .push(",")
                    .bind(choice)
                    .push(")");
            }
            tx.run_of(query).await?;
        }
    }
    Ok(())
}
