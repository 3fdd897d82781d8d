//! Many rows at once: what the demo town is written with. History lies in its past, so it goes past the verbs.

mod consultation;
mod people;
mod talk;
mod voices;

pub use consultation::*;
pub use people::*;
pub use talk::*;
pub use voices::*;

use crate::{Query, Result, Tx, Value, args, sql};

/// Rows in one statement. SQLite takes 32,766 values, PostgreSQL 65,535.
const CHUNK: usize = 500;

/// Inserts rows with the given head (`insert into … (…) values`).
async fn insert(tx: &mut Tx, head: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut query = Query::new(head);
        for (n, row) in rows.by_ref().take(CHUNK).enumerate() {
            query = query.push(if n > 0 { "," } else { "" }).list(row);
        }
        tx.run_of(query).await?;
    }
    Ok(())
}

/// Whether there is any consultation.
pub async fn has_consultations(tx: &mut Tx) -> Result<bool> {
    Ok(tx
        .number(sql!("select count(*) from consultation"), args![])
        .await?
        > 0)
}

#[cfg(test)]
mod tests {
    use domain::{ConsultationId, OptionId, ParticipantId, QuestionId, StatementId, Timestamp};

    use super::*;
    use crate::db_test;

    db_test! { async fn more_rows_than_one_statement_takes_all_arrive(db) {
        let c: ConsultationId = db.write(|tx| Box::pin(crate::testing::consultation(tx, "c"))).await.expect("a consultation");
        let written: Result<()> = db.write(move |tx| Box::pin(async move {
            assert!(has_consultations(tx).await?);
            let q = QuestionId::new("q");
            let question = Question {
                id: q.clone(), kind: "many".into(), title: "Q".into(), help: String::new(), max_choices: 2,
                options: vec![(OptionId::new("a"), "A".into()), (OptionId::new("b"), "B".into())],
            };
            add_questions(tx, &c, &[question]).await?;
            let voices: Vec<Voice> = (0..1234)
                .map(|n| Voice {
                    id: ParticipantId::new(format!("p{n}")), area: None, external_id: n.to_string(), at: Timestamp(n),
                })
                .collect();
            add_voices(tx, &c, &voices).await?;
            add_voices(tx, &c, &[]).await?;
            let first = |n: usize, revision, counts, choices: &[&str]| Ballot {
                question: q.clone(), voice: voices[n].id.clone(), revision, at: Timestamp(revision), counts,
                choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            };
            add_ballots(tx, &[first(0, 0, false, &["a"]), first(0, 1, true, &["a", "b"]), first(1, 0, true, &["b"])]).await?;
            let s = StatementId::new("s");
            add_statements(tx, &c, &[Statement {
                id: s.clone(), number: 1, voice: Some(voices[0].id.clone()), body: "Ya".into(), status: "accepted".into(),
                at: Timestamp(1), decided: None, reason: None,
            }]).await?;
            let judge = |n: usize, revision, value| Judgement {
                statement: s.clone(), voice: voices[n].id.clone(), revision, value, at: Timestamp(revision),
            };
            add_judgements(tx, &c, &[judge(0, 0, -1), judge(0, 1, 1), judge(1, 0, 0)]).await
        })).await;
        written.expect("is written");
        let mut tx = db.read().await.expect("a connection");
        for (sql, expected) in [
            (sql!("select count(*) from participant"), 1234),
            (sql!("select count(*) from ballot"), 3),
            (sql!("select count(*) from ballot_mark"), 3),
            (sql!("select count(*) from statement_mark"), 2),
            (sql!("select cast(coalesce(sum(value), 0) as bigint) from statement_mark"), 1),
        ] {
            assert_eq!(tx.number(sql, args![]).await.expect("counts"), expected, "{sql}");
        }
    } }
}
