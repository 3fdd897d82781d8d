//! Voices without accounts, what they voted, wrote and judged.

use domain::{
    AccountId, AreaId, ConsultationId, ParticipantId, QuestionId, StatementId, Timestamp,
    moderation::Reason,
};

use super::insert;
use crate::{Result, Tx, args, sql};

/// A voice without an account.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Its identity.
    pub id: ParticipantId,
    /// Where it lives.
    pub area: Option<AreaId>,
    /// Its name among the demo's voices.
    pub external_id: String,
    /// When it first voted.
    pub at: Timestamp,
}

/// Adds voices.
pub async fn add_voices(
    tx: &mut Tx,
    consultation: &ConsultationId,
    voices: &[Voice],
) -> Result<()> {
    let rows = voices
        .iter()
        .map(|v| args![&v.id, consultation, v.area.as_ref(), &v.external_id, v.at]);
    let head =
        "insert into participant (id, consultation_id, area_id, external_id, joined_at) values";
    insert(tx, head, rows.collect()).await
}

/// A ballot of a voice.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// On which question.
    pub question: QuestionId,
    /// By whom.
    pub voice: ParticipantId,
    /// 0 for the first.
    pub revision: i64,
    /// What it holds.
    pub choices: Vec<String>,
    /// When.
    pub at: Timestamp,
    /// Whether it is the voice's newest on the question.
    pub counts: bool,
}

/// Adds ballots and the marks of those that count.
pub async fn add_ballots(tx: &mut Tx, ballots: &[Ballot]) -> Result<()> {
    let rows = ballots.iter().map(|b| {
        let choices = serde_json::to_string(&b.choices).unwrap_or_default();
        args![&b.question, &b.voice, b.revision, choices, b.at]
    });
    let head =
        "insert into ballot (question_id, participant_id, revision, choices, cast_at) values";
    insert(tx, head, rows.collect()).await?;
    let marks = ballots.iter().filter(|b| b.counts).flat_map(|b| {
        b.choices
            .iter()
            .map(|choice| args![&b.question, &b.voice, choice])
    });
    insert(
        tx,
        "insert into ballot_mark (question_id, participant_id, choice) values",
        marks.collect(),
    )
    .await
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its identity.
    pub id: StatementId,
    /// Its number, from 1.
    pub number: i64,
    /// The voice that wrote it; `None` when the office did.
    pub voice: Option<ParticipantId>,
    /// The sentence.
    pub body: String,
    /// `waiting`, `accepted`, `rejected`.
    pub status: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who decided about it, and when.
    pub decided: Option<(AccountId, Timestamp)>,
    /// Why it was rejected.
    pub reason: Option<Reason>,
}

/// Adds statements.
pub async fn add_statements(
    tx: &mut Tx,
    consultation: &ConsultationId,
    statements: &[Statement],
) -> Result<()> {
    let rows = statements.iter().map(|s| {
        args![
            &s.id,
            consultation,
            s.number,
            s.voice.as_ref(),
            &s.body,
            &s.status,
            s.voice.is_none(),
            s.at,
            s.decided.as_ref().map(|d| d.1),
            s.decided.as_ref().map(|d| &d.0),
            s.reason.map_or("", Reason::word)
        ]
    });
    let head = "insert into statement (id, consultation_id, number, participant_id, body, status, is_seed, created_at,
                                       decided_at, decided_by, reason) values";
    insert(tx, head, rows.collect()).await
}

/// A judgement of a voice.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Of which statement.
    pub statement: StatementId,
    /// By whom.
    pub voice: ParticipantId,
    /// 0 for the first.
    pub revision: i64,
    /// 1 agree, -1 disagree, 0 pass.
    pub value: i64,
    /// When.
    pub at: Timestamp,
}

/// Adds judgements, the newest of each voice being those that count.
pub async fn add_judgements(
    tx: &mut Tx,
    consultation: &ConsultationId,
    judgements: &[Judgement],
) -> Result<()> {
    let rows = judgements
        .iter()
        .map(|j| args![&j.statement, &j.voice, j.revision, j.value, j.at]);
    let head = "insert into statement_vote (statement_id, participant_id, revision, value, cast_at) values";
    insert(tx, head, rows.collect()).await?;
    tx.run(
        sql!(
            "insert into statement_mark (statement_id, participant_id, value)
             select v.statement_id, v.participant_id, v.value
             from statement_vote v
             join statement s on s.id = v.statement_id
             where s.consultation_id = $1
               and v.revision = (select max(n.revision) from statement_vote n
                                 where n.statement_id = v.statement_id and n.participant_id = v.participant_id)"
        ),
        args![consultation],
    )
    .await?;
    crate::statement::recount(tx, consultation).await
}

/// Gives accounts their voices.
pub async fn link_voices(
    tx: &mut Tx,
    consultation: &ConsultationId,
    links: &[(AccountId, ParticipantId)],
) -> Result<()> {
    let rows = links
        .iter()
        .map(|(account, voice)| args![consultation, account, voice]);
    insert(
        tx,
        "insert into participation (consultation_id, account_id, participant_id) values",
        rows.collect(),
    )
    .await
}
