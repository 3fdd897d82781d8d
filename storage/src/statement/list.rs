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
    /// How many public statements there are in all; of `next` those that are left.
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
    // Counted statement by statement from the index; one grouping of all marks would sort them, six times as slow.
    let query = Query::new(
        "with found as (
             select s.id, s.number, s.body, s.is_seed, count(*) over () as whole,
                    (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 1) as agree,
                    (select count(*) from statement_mark m where m.statement_id = s.id and m.value = -1) as disagree,
                    (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 0) as pass,
                    (select m.value from statement_mark m
                     join participation p on p.participant_id = m.participant_id
                     where m.statement_id = s.id and p.consultation_id = s.consultation_id and p.account_id =",
    )
    .bind(account)
    .push(
        ") as mine
             from statement s
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

/// How far the judging has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Public statements.
    pub whole: i64,
    /// Of these judged by the account.
    pub mine: i64,
    /// Voices that judged at least one.
    pub voters: i64,
    /// Judgements that count, of all voices.
    pub judgements: i64,
}

/// A row of [`desk`]: how far it has come, and the statement if there is one.
#[derive(sqlx::FromRow)]
struct DeskRow {
    total: i64,
    done: i64,
    voters: i64,
    judgements: i64,
    id: Option<String>,
    number: Option<i64>,
    body: Option<String>,
    is_seed: Option<bool>,
    agree: Option<i64>,
    disagree: Option<i64>,
    pass: Option<i64>,
    mine: Option<i64>,
    whole: Option<i64>,
}

impl DeskRow {
    fn found(self) -> Option<Found> {
        Some(Found {
            id: StatementId::new(self.id?),
            number: self.number?,
            body: self.body?,
            is_seed: self.is_seed?,
            counts: Counts {
                agree: self.agree?,
                disagree: self.disagree?,
                pass: self.pass?,
            },
            mine: self.mine.and_then(Judgement::of),
            whole: self.whole?,
        })
    }
}

/// The columns of [`DeskRow`] from the progress of account `$2` in consultation `$1` and from what `$found` selects.
macro_rules! desk {
    ($found:ident) => {
        concat!(
            "select p.total, p.done, p.voters, p.judgements,
                    f.id, f.number, f.body, f.is_seed, f.agree, f.disagree, f.pass, f.mine, f.whole
             from (select (select count(*) from statement s where s.consultation_id = $1 and s.status = 'accepted') as total,
                          (select count(*) from participation p
                           join statement_mark m on m.participant_id = p.participant_id
                           join statement s on s.id = m.statement_id and s.status = 'accepted'
                           where p.consultation_id = $1 and p.account_id = $2) as done,
                          (select count(*) from participant p where p.consultation_id = $1
                           and exists (select 1 from statement_mark m where m.participant_id = p.id)) as voters,
                          (select count(*) from statement_mark m join statement s on s.id = m.statement_id
                           where s.consultation_id = $1 and s.status = 'accepted') as judgements) p
             left join (",
            $found!(),
            ") f on true"
        )
    };
}

/// The public statement number `$3`.
macro_rules! one {
    () => {
        "select s.id, s.number, s.body, s.is_seed,
                (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 1) as agree,
                (select count(*) from statement_mark m where m.statement_id = s.id and m.value = -1) as disagree,
                (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 0) as pass,
                (select m.value from statement_mark m
                 join participation p on p.participant_id = m.participant_id
                 where m.statement_id = s.id and p.consultation_id = $1 and p.account_id = $2) as mine,
                (select count(*) from statement x where x.consultation_id = $1 and x.status = 'accepted') as whole
         from statement s
         where s.consultation_id = $1 and s.number = $3 and s.status = 'accepted'"
    };
}

/// Of the public statements that the account has not judged the one with fewest judgements, then the lowest number.
macro_rules! next {
    () => {
        "select s.id, s.number, s.body, s.is_seed, t.agree, t.disagree, t.pass, cast(null as bigint) as mine, t.whole
         from (select s.id, count(*) over () as whole,
                      (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 1) as agree,
                      (select count(*) from statement_mark m where m.statement_id = s.id and m.value = -1) as disagree,
                      (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 0) as pass
               from statement s
               where s.consultation_id = $1 and s.status = 'accepted'
                 and not exists (
                     select 1 from participation p
                     join statement_mark m on m.participant_id = p.participant_id and m.statement_id = s.id
                     where p.consultation_id = $1 and p.account_id = $2)) t
         join statement s on s.id = t.id
         order by t.agree + t.disagree + t.pass, s.number
         limit 1"
    };
}

/// How far an account, and everybody together, has come with the statements of a consultation; and the public statement
/// of this number, or without one the statement that comes next for the account, or for somebody without an account.
///
/// Next is the one with fewest judgements among those it has not judged, then the lowest number; none when none is left.
pub async fn desk(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    number: Option<i64>,
) -> Result<(Progress, Option<Found>)> {
    let row: Option<DeskRow> = match number {
        Some(number) => {
            tx.first(sql!(desk!(one)), args![consultation, account, number])
                .await?
        }
        None => {
            tx.first(sql!(desk!(next)), args![consultation, account])
                .await?
        }
    };
    let progress = row.as_ref().map_or_else(Progress::default, |row| Progress {
        whole: row.total,
        mine: row.done,
        voters: row.voters,
        judgements: row.judgements,
    });
    Ok((progress, row.and_then(DeskRow::found)))
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
    use crate::{db_test, testing::consultation};

    /// Seven public statements and one that waits; the account `a` agreed to the first.
    async fn town(tx: &mut Tx) -> Result<ConsultationId> {
        let id = consultation(tx, "jalur").await?;
        for number in 1_i64..=8 {
            tx.run(
                sql!(
                    "insert into statement (id, consultation_id, number, body, status, created_at)
                     values ($1, $2, $3, $1, $4, 0)"
                ),
                args![
                    format!("s{number}"),
                    &id,
                    number,
                    if number == 8 { "waiting" } else { "accepted" }
                ],
            )
            .await?;
        }
        for sql in [
            sql!(
                "insert into account (id, email, email_key, name, password_hash, role, created_at)
                 values ('a', 'a', 'a', 'A', '-', 'resident', 0)"
            ),
            sql!(
                "insert into participant (id, consultation_id, joined_at) values ('p', 'jalur', 0)"
            ),
            sql!(
                "insert into participation (consultation_id, account_id, participant_id) values ('jalur', 'a', 'p')"
            ),
            sql!(
                "insert into statement_mark (statement_id, participant_id, value) values ('s1', 'p', 1)"
            ),
        ] {
            tx.run(sql, args![]).await?;
        }
        Ok(id)
    }

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

    db_test! { async fn progress_and_statement_come_together(db) {
        let id = db.write(|tx| Box::pin(town(tx))).await.expect("is written");
        let account = AccountId::new("a");
        let mut tx = db.read().await.expect("a connection");
        let mut at = async |id: &ConsultationId, account, number| {
            let (progress, found) = desk(&mut tx, id, account, number).await.expect("reads");
            ((progress.whole, progress.mine, progress.voters, progress.judgements), found.map(|s| (s.number, s.mine, s.whole)))
        };
        assert_eq!(at(&id, Some(&account), None).await, ((7, 1, 1, 1), Some((2, None, 6))));
        assert_eq!(at(&id, None, None).await, ((7, 0, 1, 1), Some((2, None, 7))));
        assert_eq!(at(&id, Some(&account), Some(1)).await, ((7, 1, 1, 1), Some((1, Some(Judgement::Agree), 7))));
        assert_eq!(at(&id, None, Some(8)).await.1, None, "it is not public");
        assert_eq!(at(&ConsultationId::new("x"), None, None).await, ((0, 0, 0, 0), None));
    } }
}
