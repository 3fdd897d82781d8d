//! The statements of the first page of an officer's inbox, one after the other, and nothing around them.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use sqlx::{Connection, Row};

use super::{queries, sqlite::tell};
use crate::{account, load, machine::usage, town};

/// Rows of a page, and the one that says that there is another page.
const PAGE: i64 = 51;
const LIST: &str = "select c.id, c.reference, c.title, c.contact, o.short as office_short, c.status, c.outcome, h.name as handler_name,
        c.due_at, c.lacks_year, c.received_at, c.due_sort
     from (select n.id from (select c.id from cases c where true and c.office_id = $1 and c.is_open = $2
           order by c.due_sort, c.id limit $3) n) f
     join cases c on c.id = f.id
     join office o on o.id = c.office_id
     left join account h on h.id = c.handler_id
     order by c.due_sort, c.id limit $3";
const COUNTS: &str = "select (select count(*) from (select 1 from cases
               where office_id = $1 and is_open = true and due_sort <= $3 limit 1000) l) as late,
            (select count(*) from (select 1 from cases
               where office_id = $1 and handler_id is null and is_open limit 1000) f) as free,
            (select count(*) from (select 1 from cases
               where handler_id = $2 and is_open = true and office_id = $1 limit 1000) o) as own";
const CHOICES: &str = "select 'officer' as kind, m.office_id, a.id, a.name
     from membership m join account a on a.id = m.account_id
     union all
     select 'title', t.office_id, '', t.title from case_title t
     union all
     select 'lacking', '', '', y.year from (
       select distinct cast(c.lacks_year as text) as year from cases c where c.lacks_year is not null) y
     order by 1, 4, 2, 3";

/// Asks for so many milliseconds, as often as a load asks at most. Prints as the other loops do.
pub(super) async fn ask(file: &Path, millis: u64) -> Result<()> {
    let mut connection = town::open(file).await?;
    let session = account::hash(&account::token(account::RESIDENTS));
    let mut times = load::times()?;
    let before = usage(std::process::id()).seconds;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(millis) && times.len() < load::MOST {
        let sent = Instant::now();
        // One state of the database for a page, as the portal has it.
        let mut tx = connection.begin().await?;
        let who = queries::session(&mut tx, &session)
            .await?
            .context("The officer has no session")?;
        let office = who.offices.context("The officer has no office")?;
        let rows = sqlx::query(LIST)
            .bind(&office)
            .bind(true)
            .bind(PAGE)
            .fetch_all(&mut *tx)
            .await?;
        anyhow::ensure!(
            i64::try_from(rows.len())? == PAGE,
            "The inbox has {} cases",
            rows.len()
        );
        let counts = sqlx::query(COUNTS)
            .bind(&office)
            .bind(&who.account_id)
            .bind(town::now())
            .fetch_one(&mut *tx)
            .await?;
        let _: i64 = counts.try_get("late")?;
        sqlx::query(CHOICES).fetch_all(&mut *tx).await?;
        tx.rollback().await?;
        times.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
    }
    tell(&times, begin, before);
    connection.close().await?;
    Ok(())
}
