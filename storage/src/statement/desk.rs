//! What lies before a person who judges statements.

use domain::{
    AccountId, ConsultationId, StatementId,
    statement::{Counts, Judgement},
};

use super::Found;
use crate::{Result, Tx, args, sql};

/// A public statement with what decides whether it comes next.
#[derive(Clone, Debug, PartialEq)]
pub struct OnDesk {
    /// The statement.
    pub found: Found,
    /// Its place among the pinned ones.
    pub pin: Option<i64>,
    /// How far out it lies in the space of opinions; 0 as long as there is none.
    pub extremity: f64,
    /// Whether the account has judged a statement anywhere, here or in another consultation.
    pub practised: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: i64,
    body: String,
    is_seed: bool,
    pin: Option<i64>,
    extremity: f64,
    agree: i64,
    disagree: i64,
    pass: i64,
    mine: Option<i64>,
    practised: bool,
}

/// All public statements of a consultation by number, judged or not, with what an account said to each.
pub async fn desk(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Vec<OnDesk>> {
    // The account's own marks are gathered once, by its voice: looked up for each statement they took three times as long.
    let rows: Vec<Row> = tx
        .all(
            sql!(
                "select s.id, s.number, s.body, s.is_seed, s.pin, s.extremity, coalesce(t.agree, 0) as agree,
                        coalesce(t.disagree, 0) as disagree, coalesce(t.pass, 0) as pass, m.value as mine,
                        exists (select 1 from participation q
                                join statement_mark k on k.participant_id = q.participant_id
                                where q.account_id = $2) as practised
                 from statement s
                 left join statement_tally t on t.statement_id = s.id
                 left join (select k.statement_id, k.value
                            from participation p
                            join statement_mark k on k.participant_id = p.participant_id
                            where p.consultation_id = $1 and p.account_id = $2) m on m.statement_id = s.id
                 where s.consultation_id = $1 and s.status = 'accepted'
                 order by s.number"
            ),
            args![consultation, account],
        )
        .await?;
    let whole = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok(rows
        .into_iter()
        .map(|row| OnDesk {
            found: Found {
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
                whole,
            },
            pin: row.pin,
            extremity: row.extremity,
            practised: row.practised,
        })
        .collect())
}

/// How much was judged in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Totals {
    /// Public statements.
    pub whole: i64,
    /// Voices that judged at least one.
    pub voters: i64,
    /// Judgements that count, of all voices.
    pub judgements: i64,
}

/// How much was judged in a consultation.
pub async fn totals(tx: &mut Tx, consultation: &ConsultationId) -> Result<Totals> {
    let row = tx
        .first(
            sql!(
                "select (select count(*) from statement s
                         where s.consultation_id = $1 and s.status = 'accepted') as whole,
                        (select count(*) from participant p where p.consultation_id = $1
                         and exists (select 1 from statement_mark m where m.participant_id = p.id)) as voters,
                        (select cast(coalesce(sum(t.agree + t.disagree + t.pass), 0) as bigint)
                         from statement s join statement_tally t on t.statement_id = s.id
                         where s.consultation_id = $1 and s.status = 'accepted') as judgements"
            ),
            args![consultation],
        )
        .await?;
    Ok(row.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, statement::testing::town};

    db_test! { async fn the_desk_has_all_that_decides_in_one_statement(db) {
        let id = db.write(|tx| Box::pin(town(tx))).await.expect("is written");
        let account = AccountId::new("a");
        let mut tx = db.read().await.expect("a connection");
        let mine = desk(&mut tx, &id, Some(&account)).await.expect("reads");
        assert_eq!(mine.iter().map(|s| s.found.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7], "what waits is not public");
        assert_eq!((mine[0].found.mine, mine[0].found.counts.agree, mine[0].found.whole), (Some(Judgement::Agree), 1, 7));
        assert!(mine[1..].iter().all(|s| s.found.mine.is_none() && s.found.counts == Counts::default()));
        assert!(mine.iter().all(|s| s.practised && s.pin.is_none()));
        let anybody = desk(&mut tx, &id, None).await.expect("reads");
        assert!(anybody.iter().all(|s| s.found.mine.is_none() && !s.practised));
        assert_eq!(anybody[0].found.counts.agree, 1);
        assert_eq!(totals(&mut tx, &id).await.expect("counts"), Totals { whole: 7, voters: 1, judgements: 1 });
        let none = ConsultationId::new("x");
        assert_eq!(desk(&mut tx, &none, Some(&account)).await.expect("reads"), []);
        assert_eq!(totals(&mut tx, &none).await.expect("counts"), Totals::default());
    } }
}
