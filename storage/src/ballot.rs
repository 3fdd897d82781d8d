//! Questions, voices and their ballots.

mod count;
mod voices;

use domain::{
    ConsultationId, OptionId, QuestionId,
    ballot::{Choice, Question, QuestionKind},
};

pub use count::{AreaTally, Tallied, area_tallies, tallied};
pub(crate) use count::{area_tally_parts, ballot_parts};
pub use voices::{
    Before, NewBallot, NewVoice, Open, append, before, insert_voice, lock_voice, voice,
};

use crate::{Result, Tx, args, sql};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    position: i64,
    kind: String,
    title: String,
    help: String,
    max_choices: i64,
    option_id: Option<String>,
    label: Option<String>,
}

/// The questions of a consultation with their options, both in order.
pub async fn questions(tx: &mut Tx, consultation: &ConsultationId) -> Result<Vec<Question>> {
    let rows: Vec<Row> = tx
        .all(
            sql!(
                "select q.id, q.position, q.kind, q.title, q.help, q.max_choices, o.id as option_id, o.label
                 from question q
                 left join question_option o on o.question_id = q.id
                 where q.consultation_id = $1
                 order by q.position, q.id, o.position, o.id"
            ),
            args![consultation],
        )
        .await?;
    let mut questions: Vec<Question> = Vec::new();
    for row in rows {
        let option = row.option_id.zip(row.label).map(|(id, label)| Choice {
            id: OptionId::new(id),
            label,
        });
        match questions.last_mut() {
            Some(last) if last.id.as_str() == row.id => last.options.extend(option),
            _ => questions.push(Question {
                id: QuestionId::new(row.id),
                position: row.position,
                kind: QuestionKind::parse(&row.kind).unwrap_or_default(),
                title: row.title,
                help: row.help,
                options: option.into_iter().collect(),
                max_choices: row.max_choices,
            }),
        }
    }
    Ok(questions)
}
