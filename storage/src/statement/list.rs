//! Reading public statements with their counts.

use domain::{
    AccountId, ConsultationId, StatementId,
    statement::{Counts, Judgement, Order},
};

use crate::{Query, Result, Tx, args, sql};

/// A public statement with everything that is known about it. Not fit to be shown: counts may be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its identity.
    pub id: StatementId,
    /// Its number.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// Whether an officer wrote it.
    pub is_seed: bool,
    /// How it was judged.
    pub counts: Counts,
    /// What the account asked for said to it.
    pub mine: Option<Judgement>,
    /// How many public statements there are in all.
    pub whole: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: i64,
    body: String,
    is_seed: bool,
    agree: i64,
    disagree: i64,
    pass: i64,
    mine: Option<i64>,
    whole: i64,
}

impl From<Row> for Found {
    fn from(row: Row) -> Self {
        Self {
            id: StatementId::new(row.id),
            number: row.number,
            body: row.body,
            is_seed: row.is_seed,
            counts: Counts {
                agree: row.agree,
                disagree: row.disagree,
                pass: row.pass,
            },
            mine: row.mine.and_then(Judgement::of),
            whole: row.whole,
        }
    }
}

/// Public statements of a consultation, at most `limit` after the first `skip`, and what an account said to each. Beyond the
/// last one it is the last page of pages of `limit`.
pub async fn list(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    order: Order,
    limit: i64,
    skip: i64,
) -> Result<Vec<Found>> {
    let query = Query::new(
        "with found as (
             select s.id, s.number, s.body, s.is_seed, count(*) over () as whole,
                    coalesce(t.agree, 0) as agree, coalesce(t.disagree, 0) as disagree, coalesce(t.pass, 0) as pass,
                    (select m.value from statement_mark m
                     join participation p on p.participant_id = m.participant_id
                     where m.statement_id = s.id and p.consultation_id = s.consultation_id and p.account_id =",
    )
    .bind(account)
    .push(
        ") as mine
             from statement s
             left join statement_tally t on t.statement_id = s.id
             where s.status = 'accepted' and s.consultation_id =",
    )
    .bind(consultation)
    .push(") select id, number, body, is_seed, agree, disagree, pass, mine, whole from found")
    .push(match order {
        Order::Number => "order by number",
        Order::Votes => "order by agree + disagree + pass desc, number",
        Order::Agreed => "order by (agree + 1.0) / (agree + disagree + pass + 2.0) desc, number",
        Order::Divided => {
            "order by case when agree < disagree then agree else disagree end desc, number"
        }
    })
    .push("limit")
    .bind(limit)
    .push("offset (select case when count(*) >")
    .bind(skip)
    .push("then")
    .bind(skip)
    .push("else (count(*) - 1) /")
    .bind(limit)
    .push("*")
    .bind(limit)
    .push("end from statement where status = 'accepted' and consultation_id =")
    .bind(consultation)
    .push(")");
    let rows: Vec<Row> = tx.all_of(query).await?;
    Ok(rows.into_iter().map(Found::from).collect())
}

#[derive(sqlx::FromRow)]
struct CountRow {
    number: i64,
    value: i64,
    votes: i64,
}

/// The counts of all public statements that have been judged: number, value, how often.
pub async fn mark_counts(
    tx: &mut Tx,
    consultation: &ConsultationId,
) -> Result<Vec<(i64, i64, i64)>> {
    let rows: Vec<CountRow> = tx
        .all(
            sql!(
                "select s.number, m.value, count(*) as votes
                 from statement s
                 join statement_mark m on m.statement_id = s.id
                 where s.consultation_id = $1 and s.status = 'accepted'
                 group by s.id, s.number, m.value
                 order by s.number, m.value"
            ),
            args![consultation],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.value, row.votes))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, statement::testing::town};

    db_test! { async fn the_last_page_stands_for_those_beyond(db) {
        let id = db.write(|tx| Box::pin(town(tx))).await.expect("is written");
        let mut tx = db.read().await.expect("a connection");
        for (skip, expected) in [(0, vec![1, 2, 3]), (6, vec![7]), (7, vec![7]), (9, vec![7]), (3_000, vec![7])] {
            let found = list(&mut tx, &id, None, Order::Number, 3, skip).await.expect("lists");
            assert_eq!(found.iter().map(|s| s.number).collect::<Vec<_>>(), expected, "after {skip}");
            assert_eq!(found[0].whole, 7);
        }
        let none = list(&mut tx, &ConsultationId::new("x"), None, Order::Votes, 3, 9).await.expect("lists");
        assert_eq!(none, []);
    } }
}
