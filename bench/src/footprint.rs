//! Memory, idle and under load, and how long a start takes.

use std::time::Duration;

use anyhow::Result;

use crate::{
    account::{RESIDENTS, cookie},
    http::Request,
    load::{self, Plan},
    machine::usage,
    report::{Budget, Report, Spread},
    town::{OPEN, Town},
};

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let database = town.busy_copy("memory.db")?;
    let mut starts = Vec::new();
    for _ in 0..town.options.rounds() {
        let portal = town.portal(&database).await?;
        starts.push(portal.started_in.as_secs_f64() * 1_000.0);
        portal.stop().await;
    }
    let portal = town.portal(&database).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = usage(portal.process());

    let page = format!("/konsultasi/{OPEN}");
    let plan = |connections, status| Plan {
        connections,
        time: town.options.slice(),
        status,
        least: 0,
    };
    let anonymous = Request::get_with(&page, &[("Accept-Encoding", "br")]);
    load::run(&portal, plan(512, 200), move |_| anonymous.clone()).await?;
    let own = page.clone();
    load::run(&portal, plan(32, 200), move |number| {
        Request::get_with(
            &own,
            &[
                ("Accept-Encoding", "br"),
                ("Cookie", &cookie(number % RESIDENTS)),
            ],
        )
    })
    .await?;
    let vote = format!("{page}/suara/{}", town.question);
    load::run(&portal, plan(512, 303), move |number| {
        Request::form(&vote, &cookie(number % RESIDENTS), "pilihan=agree")
    })
    .await?;
    let loaded = usage(portal.process());
    portal.stop().await;

    report.subject(
        "Memory and start",
        "Resident memory a second after the first page; the peak after 512 connections on the kept page, 32 that have it\n\
         drawn for themselves and 512 that vote. From the start of the program to its first answered page.",
    );
    report.figure("idle", idle.resident, "MB", Budget::Most(40.0));
    report.figure("   of it own data", idle.own, "MB", Budget::None);
    report.figure("under load, peak", loaded.peak, "MB", Budget::Most(200.0));
    report.figure("after the load", loaded.resident, "MB", Budget::None);
    report.figure("   of it own data", loaded.own, "MB", Budget::None);
    report.spread(
        "start to first page",
        &Spread::of(starts.into_iter()),
        "ms",
        Budget::Most(1_000.0),
    );
    println!("\n   Statements a page are counted by `server/tests/reading/cost.rs`.");
    Ok(())
}
