//! SQLite through sqlx without anything around it.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use hdrhistogram::Histogram;
use sqlx::{Connection, SqliteConnection};

use crate::{
    form::{LONGEST, PAPER},
    load,
    machine::usage,
    town,
};

/// The portal's own table of ballots, without its references to others.
const TABLE: &str = "create table if not exists ballot (
    question_id text not null, participant_id text not null, revision bigint not null,
    choices text not null, cast_at bigint not null, primary key (question_id, participant_id, revision))";
const INSERT: &str = "insert into ballot (question_id, participant_id, revision, choices, cast_at)
     values ('01m64y8gc0vj93a5aymphyar6j', $1, $2, '[\"agree\"]', $2)";

/// One row a commit, each flushed, for so many milliseconds. Prints rate, p50, p99 (milliseconds) and share of the core.
pub(super) async fn commits(file: &Path, millis: u64) -> Result<()> {
    let mut connection = table(file).await?;
    let (mut number,): (i64,) = sqlx::query_as("select count(*) from ballot")
        .fetch_one(&mut connection)
        .await?;
    let mut times = load::times()?;
    let before = usage(std::process::id()).seconds;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(millis) {
        let sent = Instant::now();
        // Without a transaction of its own a statement is one.
        insert(&mut connection, number).await?;
        times.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
        number += 1;
    }
    tell(&times, begin, before);
    connection.close().await?;
    Ok(())
}

/// So many times two files written and flushed and then a row committed, in a folder. Prints as [`commits`] does.
pub(super) async fn papers(folder: &Path, many: i64) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut connection = table(&folder.join("rows.db")).await?;
    let (first,): (i64,) = sqlx::query_as("select count(*) from ballot")
        .fetch_one(&mut connection)
        .await?;
    let content = vec![b'a'; PAPER];
    let mut times = load::times()?;
    let before = usage(std::process::id()).seconds;
    let begin = Instant::now();
    for number in first..first + many {
        if begin.elapsed() > LONGEST {
            break;
        }
        let sent = Instant::now();
        for part in 0..2 {
            let mut file = File::create_new(folder.join(format!("{number}-{part}")))?;
            file.write_all(&content)?;
            file.sync_all()?;
        }
        insert(&mut connection, number).await?;
        times.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
    }
    tell(&times, begin, before);
    connection.close().await?;
    Ok(())
}

/// Prints what was measured since `begin`, when this process had used `before` seconds of its core.
pub(super) fn tell(times: &Histogram<u64>, begin: Instant, before: f64) {
    let passed = begin.elapsed().as_secs_f64();
    let busy = (usage(std::process::id()).seconds - before) / passed;
    let round = load::round(times, passed, busy);
    println!("{} {} {} {busy}", round.rate, round.p50, round.p99);
}

/// So many rows one by one in one flushed transaction. Prints the seconds.
pub(super) async fn rows(file: &Path, many: i64) -> Result<()> {
    let mut connection = table(file).await?;
    let begin = Instant::now();
    let mut tx = connection.begin().await?;
    for number in 0..many {
        insert(&mut tx, number).await?;
    }
    tx.commit().await?;
    println!("{}", begin.elapsed().as_secs_f64());
    connection.close().await?;
    Ok(())
}

async fn table(file: &Path) -> Result<SqliteConnection> {
    let mut connection = town::open(file).await?;
    sqlx::query(TABLE).execute(&mut connection).await?;
    Ok(connection)
}

async fn insert(connection: &mut SqliteConnection, number: i64) -> Result<()> {
    sqlx::query(INSERT)
        .bind(format!(
            "01m64y8gc0{:016}",
            number
                .wrapping_mul(7_919)
                .rem_euclid(10_000_000_000_000_000)
        ))
        .bind(number)
        .execute(connection)
        .await?;
    Ok(())
}
