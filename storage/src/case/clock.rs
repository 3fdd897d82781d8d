//! What the clock brings: the table of holidays, steps of escalation, the end of what is personal.

use domain::{AccountId, CaseId, Timestamp};

use super::timeline;
use crate::{Result, Tx, args, sql};

/// A case on which the clock has something to do.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// Which.
    pub id: String,
    /// Its reference.
    pub reference: String,
}

/// Keeps the table of a year, in the stead of an earlier one.
pub async fn put_year(
    tx: &mut Tx,
    year: i32,
    body: &str,
    by: Option<&AccountId>,
    at: Timestamp,
) -> Result<()> {
    tx.run(
        sql!(
            "insert into holiday_year (year, body, at, by_account_id) values ($1, $2, $3, $4)
             on conflict (year) do update
             set body = excluded.body, at = excluded.at, by_account_id = excluded.by_account_id"
        ),
        args![year, body, at, by],
    )
    .await?;
    Ok(())
}

/// The tables of all years, as they were kept, the newest last.
pub async fn years(tx: &mut Tx) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            sql!("select body from holiday_year order by at, year"),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The years without a table that cases wait for.
pub async fn lacking_years(tx: &mut Tx) -> Result<Vec<i32>> {
    let rows: Vec<(i64,)> = tx
        .all(
            sql!(
                "select distinct lacks_year from cases where lacks_year is not null order by lacks_year"
            ),
            args![],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| i32::try_from(row.0).ok())
        .collect())
}

/// Cases whose next step of escalation has come, at most `limit`.
pub async fn due_steps(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "select id, reference from cases where escalate_at <= $1 order by escalate_at, id limit $2"
        ),
        args![now, limit],
    )
    .await
}

/// Cases whose due date is not known for want of a table, after the identity `after`, at most `limit`.
pub async fn lacking(tx: &mut Tx, after: &str, limit: u32) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "select id, reference from cases where lacks_year is not null and id > $1 order by id limit $2"
        ),
        args![after, limit],
    )
    .await
}

/// Cases of which what is personal is to be erased, at most `limit`.
pub async fn erasable(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "select id, reference from cases where erase_at <= $1 and erased_at is null
             order by erase_at, id limit $2"
        ),
        args![now, limit],
    )
    .await
}

/// Erases what is personal: contact, answers, files, marks, what was written, who asked and was told, and who looked. The
/// skeleton of the timeline stays.
pub async fn erase(tx: &mut Tx, id: &CaseId, now: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "update cases set contact = '', answers = '', phone_mark = null, nik_mark = null, account_id = null, erased_at = $2
             where id = $1"
        ),
        args![id, now],
    )
    .await?;
    tx.run(
        sql!("update case_event set account_id = null where case_id = $1 and side = 'applicant'"),
        args![id],
    )
    .await?;
    tx.run(
        sql!("delete from case_reader where case_id = $1"),
        args![id],
    )
    .await?;
    tx.run(
        sql!(
            "delete from form_file where draft_id is null
             and id in (select file_id from case_file where case_id = $1)"
        ),
        args![id],
    )
    .await?;
    tx.run(sql!("delete from case_file where case_id = $1"), args![id])
        .await?;
    // Whose number it was: what the sender's device or account would find again.
    tx.run(
        sql!(
            "delete from form_draft where reference = (select reference from cases where id = $1)"
        ),
        args![id],
    )
    .await?;
    tx.run(
        sql!("delete from notice where place = (select '/lacak/' || reference from cases where id = $1)"),
        args![id],
    )
    .await?;
    timeline::seal_events(tx, id).await
}
