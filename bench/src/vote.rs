//! Votes through HTTP, each durable before it is acknowledged.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Result, ensure};

use crate::{
    account::{RESIDENTS, cookie},
    child::Server,
    http::Request,
    load::{self, Plan, Round},
    machine::runs,
    report::{Budget, Report, series, series_heads},
    town::{OPEN, Town, count},
};

const BALLOTS: &str = "select count(*) from ballot";

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let database = town.busy_copy("votes.db")?;
    let before = count(&database, BALLOTS).await?;
    let portal = town.portal(&database).await?;
    let mut voters = Voters::new(town);
    report.subject(
        "Durable votes through HTTP",
        "4,000 residents in turn vote or change their vote: session, limits, rules, three or four rows, an event; answered\n\
         after the flush (SQLite, synchronous=FULL). Against a bare loop of commits of one inserted row each, same disk.",
    );
    let time = town.options.slice();
    voters.vote(&portal, 32, time / 5).await?;
    let (mut few, mut many, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    let empty = town.scratch.path("commits.db");
    for _ in 0..town.options.rounds() {
        few.push(voters.vote(&portal, 32, time).await?);
        bare.push(commits(town, &empty, time)?);
        many.push(voters.vote(&portal, 512, time).await?);
    }
    portal.stop().await;
    let stored = count(&database, BALLOTS).await? - before;
    series_heads();
    series("votes, 32 clients", &few);
    series("votes, 512 clients", &many);
    series("bare loop, one row a commit", &bare);
    report.ratio("ratio, 32 clients", &few, &bare, Budget::Least(1.0));
    report.ratio("ratio, 512 clients", &many, &bare, Budget::None);
    report.holds(
        &format!("{} votes acknowledged, all stored", voters.cast),
        u64::try_from(stored)? == voters.cast,
    );
    flushes(town, report).await
}

/// Residents who vote in turn. Everybody changes their mind each time, so that each vote is stored.
struct Voters {
    path: String,
    cast: u64,
}

impl Voters {
    fn new(town: &Town<'_>) -> Self {
        Self {
            path: format!("/konsultasi/{OPEN}/suara/{}", town.question),
            cast: 0,
        }
    }

    async fn vote(&mut self, portal: &Server, connections: usize, time: Duration) -> Result<Round> {
        let plan = Plan {
            connections,
            time,
            status: 303,
            least: 0,
        };
        let (path, begin) = (self.path.clone(), self.cast);
        let round = load::run(portal, plan, move |number| {
            let number = begin + number;
            let choice = if (number / RESIDENTS).is_multiple_of(2) {
                "pilihan=agree"
            } else {
                "pilihan=disagree"
            };
            Request::form(&path, &cookie(number % RESIDENTS), choice)
        })
        .await?;
        self.cast += round.answers;
        Ok(round)
    }
}

/// The bare loop for as long as a round.
fn commits(town: &Town<'_>, database: &Path, time: Duration) -> Result<Round> {
    Round::told(&town.reference_output("commits", database, time.as_millis())?)
}

/// How many votes share a flush: counted by `strace` in a run of its own, which is slower and not timed.
async fn flushes(town: &Town<'_>, report: &mut Report) -> Result<()> {
    if !runs("strace") {
        println!("   Votes a flush: not counted, there is no `strace`.");
        return Ok(());
    }
    for connections in [1, 32, 512] {
        let database = town.busy_copy(&format!("flushes-{connections}.db"))?;
        let portal = town.portal(&database).await?;
        let counted = town.scratch.path("flushes.txt");
        let mut tracer = Command::new("strace")
            .args(["-f", "-c", "-e", "trace=fsync,fdatasync", "-o"])
            .arg(&counted)
            .args(["-p", &portal.process().to_string()])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut voters = Voters::new(town);
        let voted = voters
            .vote(&portal, connections, town.options.slice())
            .await;
        portal.stop().await;
        // It ends with the program that it watches.
        let ended = tracer.wait()?;
        let round = voted?;
        ensure!(ended.success(), "`strace` failed ({ended}).");
        let flushes = calls(&std::fs::read_to_string(&counted)?);
        report.figure(
            &format!("votes a flush, {connections} clients (of {flushes} flushes)"),
            load::per_second(round.answers, f64::from(flushes)),
            "",
            Budget::None,
        );
    }
    Ok(())
}

/// The number of calls in the table that `strace -c` writes.
fn calls(table: &str) -> u32 {
    table
        .lines()
        .filter(|line| line.ends_with("fsync") || line.ends_with("fdatasync"))
        .filter_map(|line| line.split_whitespace().nth(3)?.parse::<u32>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_added() {
        let table = "% time     seconds  usecs/call     calls    errors syscall\n\
                     ------ ----------- ----------- --------- --------- ----------------\n\
                     \x2099.00    0.001000           1       200           fdatasync\n\
                     \x20 1.00    0.000010           1         3           fsync\n\
                     100.00    0.001010                   203           total\n";
        assert_eq!(calls(table), 203);
    }
}
