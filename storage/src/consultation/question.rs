//! Questions as officers write them. Reading them is [`crate::ballot::questions`].

use domain::{ConsultationId, OptionId, QuestionId, consultation::ValidQuestion};

use crate::{Result, Tx, args, sql};

/// Adds a question behind the others, with its options.
pub async fn insert_question(
    tx: &mut Tx,
    consultation: &ConsultationId,
    id: &QuestionId,
    question: &ValidQuestion,
    options: &[OptionId],
) -> Result<()> {
    tx.run(
        sql!(
            "insert into question (id, consultation_id, position, kind, title, help, max_choices)
             select cast($1 as text), cast($2 as text), coalesce(max(position), 0) + 1,
                    cast($3 as text), cast($4 as text), cast($5 as text), cast($6 as bigint)
             from question where consultation_id = $2"
        ),
        args![
            id,
            consultation,
            question.kind.word(),
            &question.title,
            &question.help,
            question.max_choices
        ],
    )
    .await?;
    put_options(tx, id, question, options).await
}

/// Puts another text and other options in place of a question's.
pub async fn update_question(
    tx: &mut Tx,
    id: &QuestionId,
    question: &ValidQuestion,
    options: &[OptionId],
) -> Result<()> {
    tx.run(
        sql!(
            "update question set kind = $2, title = $3, help = $4, max_choices = $5 where id = $1"
        ),
        args![
            id,
            question.kind.word(),
            &question.title,
            &question.help,
            question.max_choices
        ],
    )
    .await?;
    tx.run(
        sql!("delete from question_option where question_id = $1"),
        args![id],
    )
    .await?;
    put_options(tx, id, question, options).await
}

async fn put_options(
    tx: &mut Tx,
    id: &QuestionId,
    question: &ValidQuestion,
    options: &[OptionId],
) -> Result<()> {
    for (position, (option, label)) in (1_i64..).zip(options.iter().zip(&question.options)) {
        tx.run(
            sql!(
                "insert into question_option (id, question_id, position, label)
                 values ($1, $2, $3, $4)"
            ),
            args![option, id, position, label],
        )
        .await?;
    }
    Ok(())
}

/// Takes a question away with its options.
pub async fn delete_question(tx: &mut Tx, id: &QuestionId) -> Result<()> {
    tx.run(sql!("delete from question where id = $1"), args![id])
        .await?;
    Ok(())
}

/// Puts the questions in this order.
pub async fn order_questions(tx: &mut Tx, order: &[QuestionId]) -> Result<()> {
    for (position, id) in (1_i64..).zip(order) {
        tx.run(
            sql!("update question set position = $2 where id = $1"),
            args![id, position],
        )
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::ballot::QuestionKind;

    use super::*;
    use crate::{ballot, db_test, testing::consultation};

    db_test! { async fn questions_are_written_changed_ordered_and_removed(db) {
        let done: Result<()> = db.write(|tx| Box::pin(async move {
            let id = consultation(tx, "jalur").await?;
            let mut valid = ValidQuestion {
                kind: QuestionKind::Many,
                title: "Kapan?".into(),
                help: "Pilih".into(),
                options: vec!["Pagi".into(), "Sore".into(), "Malam".into()],
                max_choices: 2,
            };
            let options = |name: &str| (0..3).map(|n| OptionId::new(format!("{name}{n}"))).collect::<Vec<_>>();
            let (first, second) = (QuestionId::new("q1"), QuestionId::new("q2"));
            insert_question(tx, &id, &first, &valid, &options("a")).await?;
            insert_question(tx, &id, &second, &valid, &options("b")).await?;
            valid.options.truncate(2);
            valid.max_choices = 1;
            valid.kind = QuestionKind::One;
            update_question(tx, &first, &valid, &options("c")).await?;
            order_questions(tx, &[second.clone(), first.clone()]).await?;
            let found = ballot::questions(tx, &id).await?;
            let ids: Vec<_> = found.iter().map(|q| q.id.as_str()).collect();
            assert_eq!(ids, ["q2", "q1"]);
            let labels: Vec<_> = found[1].options.iter().map(|o| (o.id.as_str(), o.label.as_str())).collect();
            assert_eq!(labels, [("c0", "Pagi"), ("c1", "Sore")]);
            assert_eq!((found[0].max_choices, found[1].kind), (2, QuestionKind::One));
            delete_question(tx, &second).await?;
            assert_eq!(ballot::questions(tx, &id).await?.len(), 1);
            Ok(())
        })).await;
        done.expect("questions are kept");
    } }
}
