//! How often each statement was judged each way, counted along.

use domain::{ConsultationId, StatementId};

use crate::{Result, Tx, args, sql};

/// Counts a judgement of `value`, instead of the one of `before` of the same voice when there was one.
pub(super) async fn move_one(
    tx: &mut Tx,
    statement: &StatementId,
    before: Option<i64>,
    value: i64,
) -> Result<()> {
    let change = |of: i64| i64::from(value == of) - i64::from(before == Some(of));
    tx.run(
        sql!(
            "insert into statement_tally (statement_id, agree, disagree, pass)
             values ($1, $2, $3, $4)
             on conflict (statement_id) do update
             set agree = statement_tally.agree + excluded.agree,
                 disagree = statement_tally.disagree + excluded.disagree,
                 pass = statement_tally.pass + excluded.pass"
        ),
        args![statement, change(1), change(-1), change(0)],
    )
    .await
    .map(drop)
}

/// Counts the statements of a consultation anew, after many judgements came at once.
pub async fn recount(tx: &mut Tx, consultation: &ConsultationId) -> Result<()> {
    tx.run(
        sql!(
            "insert into statement_tally (statement_id, agree, disagree, pass)
             select s.id, count(case when m.value = 1 then 1 end), count(case when m.value = -1 then 1 end),
                    count(case when m.value = 0 then 1 end)
             from statement s
             join statement_mark m on m.statement_id = s.id
             where s.consultation_id = $1
             group by s.id
             on conflict (statement_id) do update
             set agree = excluded.agree, disagree = excluded.disagree, pass = excluded.pass"
        ),
        args![consultation],
    )
    .await
    .map(drop)
}
