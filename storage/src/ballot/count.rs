//! Counting the ballots that count.

use domain::{AccountId, AreaId, ConsultationId, QuestionId};

use crate::{Result, Tx, args, sql};

/// One figure about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkTally {
    /// So many ballots hold this choice.
    Votes(QuestionId, String, i64),
    /// So many people voted on it; given for questions where one ballot holds several choices.
    Voters(QuestionId, i64),
    /// The account asked for chose this.
    Mine(QuestionId, String),
}

#[derive(sqlx::FromRow)]
struct MarkRow {
    kind: i64,
    question_id: String,
    choice: String,
    votes: i64,
}

/// All figures about the questions of a consultation, and what `account` chose itself.
pub async fn marks(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Vec<MarkTally>> {
    let rows: Vec<MarkRow> = tx
        .all(
            sql!(
                "select cast(0 as bigint) as kind, m.question_id, m.choice, count(*) as votes
                 from question q
                 join ballot_mark m on m.question_id = q.id
                 where q.consultation_id = $1
                 group by m.question_id, m.choice
                 union all
                 select 1, m.question_id, '', count(distinct m.participant_id)
                 from question q
                 join ballot_mark m on m.question_id = q.id
                 where q.consultation_id = $1 and q.kind = 'many'
                 group by m.question_id
                 union all
                 select 2, m.question_id, m.choice, 1
                 from participation p
                 join question q on q.consultation_id = p.consultation_id
                 join ballot_mark m on m.question_id = q.id and m.participant_id = p.participant_id
                 where p.consultation_id = $1 and p.account_id = $2"
            ),
            args![consultation, account],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let question = QuestionId::new(row.question_id);
            match row.kind {
                0 => MarkTally::Votes(question, row.choice, row.votes),
                1 => MarkTally::Voters(question, row.votes),
                _ => MarkTally::Mine(question, row.choice),
            }
        })
        .collect())
}

/// One figure about a question in one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaTally {
    /// The question.
    pub question: QuestionId,
    /// The area; `None` for people who stated none.
    pub area: Option<AreaId>,
    /// The choice; `None` when `votes` are people, not choices.
    pub choice: Option<String>,
    /// How many.
    pub votes: i64,
}

#[derive(sqlx::FromRow)]
struct AreaRow {
    question_id: String,
    area_id: Option<String>,
    choice: Option<String>,
    votes: i64,
}

/// The figures of all questions of a consultation by home area. Not fit to be shown: see `domain::ballot::area`.
pub async fn area_tallies(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<AreaTally>> {
    let rows: Vec<AreaRow> = tx
        .all(
            sql!(
                "select m.question_id, p.area_id, m.choice, count(*) as votes
                 from question q
                 join ballot_mark m on m.question_id = q.id
                 join participant p on p.id = m.participant_id
                 where q.consultation_id = $1
                 group by m.question_id, p.area_id, m.choice
                 union all
                 select m.question_id, p.area_id, null, count(distinct m.participant_id)
                 from question q
                 join ballot_mark m on m.question_id = q.id
                 join participant p on p.id = m.participant_id
                 where q.consultation_id = $1
                 group by m.question_id, p.area_id"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| AreaTally {
            question: QuestionId::new(row.question_id),
            area: row.area_id.map(AreaId::new),
            choice: row.choice,
            votes: row.votes,
        })
        .collect())
}
