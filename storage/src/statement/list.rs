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

/// Public statements of a consultation, at most `limit` after the first `skip`, and what an account said to each.
pub async fn list(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    order: Order,
    limit: i64,
    skip: i64,
) -> Result<Vec<Found>> {
    let query = Query::new(
        "with c as (
             select m.statement_id,
                    cast(sum(case when m.value = 1 then 1 else 0 end) as bigint) as agree,
                    cast(sum(case when m.value = -1 then 1 else 0 end) as bigint) as disagree,
                    cast(sum(case when m.value = 0 then 1 else 0 end) as bigint) as pass
             from statement_mark m
             join statement s on s.id = m.statement_id
             where s.consultation_id =",
    )
    .bind(consultation)
    .push("and s.status = 'accepted'
             group by m.statement_id
         ), voice as (
             select p.participant_id from participation p where p.consultation_id =")
    .bind(consultation)
    .push("and p.account_id =")
    .bind(account)
    .push(
        ")
         select s.id, s.number, s.body, s.is_seed,
                coalesce(c.agree, 0) as agree, coalesce(c.disagree, 0) as disagree, coalesce(c.pass, 0) as pass,
                (select m.value from statement_mark m join voice on voice.participant_id = m.participant_id
                 where m.statement_id = s.id) as mine,
                count(*) over () as whole
         from statement s
         left join c on c.statement_id = s.id
         where s.status = 'accepted' and s.consultation_id =",
    )
    .bind(consultation)
    .push(match order {
        Order::Number => "order by s.number",
        Order::Votes => {
            "order by coalesce(c.agree, 0) + coalesce(c.disagree, 0) + coalesce(c.pass, 0) desc, s.number"
        }
        Order::Agreed => {
            "order by (coalesce(c.agree, 0) + 1.0) / (coalesce(c.agree, 0) + coalesce(c.disagree, 0) + coalesce(c.pass, 0) + 2.0) desc, s.number"
        }
        Order::Divided => {
            "order by case when coalesce(c.agree, 0) < coalesce(c.disagree, 0) then coalesce(c.agree, 0) else coalesce(c.disagree, 0) end desc, s.number"
        }
    })
    .push("limit")
    .bind(limit)
    .push("offset")
    .bind(skip);
    let rows: Vec<Row> = tx.all_of(query).await?;
    Ok(rows.into_iter().map(Found::from).collect())
}

/// One public statement by its number.
pub async fn one(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
    number: i64,
) -> Result<Option<Found>> {
    let row: Option<Row> = tx
        .first(
            sql!(
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
            ),
            args![consultation, account, number],
        )
        .await?;
    Ok(row.map(Found::from))
}

/// The public statement that comes next for an account (or for somebody without one): among those it has not judged the
/// one with fewest judgements, then the lowest number. `None` when none is left.
pub async fn next(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Option<Found>> {
    let row: Option<Row> = tx
        .first(
            sql!(
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
            ),
            args![consultation, account],
        )
        .await?;
    Ok(row.map(Found::from))
}

/// How far the judging has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
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

/// How far an account, and everybody together, has come with the statements of a consultation.
pub async fn progress(
    tx: &mut Tx,
    consultation: &ConsultationId,
    account: Option<&AccountId>,
) -> Result<Progress> {
    let found: Option<Progress> = tx
        .first(
            sql!(
                "select (select count(*) from statement s where s.consultation_id = $1 and s.status = 'accepted') as whole,
                        (select count(*) from participation p
                         join statement_mark m on m.participant_id = p.participant_id
                         join statement s on s.id = m.statement_id and s.status = 'accepted'
                         where p.consultation_id = $1 and p.account_id = $2) as mine,
                        (select count(*) from participant p where p.consultation_id = $1
                         and exists (select 1 from statement_mark m where m.participant_id = p.id)) as voters,
                        (select count(*) from statement_mark m join statement s on s.id = m.statement_id
                         where s.consultation_id = $1 and s.status = 'accepted') as judgements"
            ),
            args![consultation, account],
        )
        .await?;
    Ok(found.unwrap_or_default())
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
