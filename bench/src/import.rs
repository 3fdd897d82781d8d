//! A conversation of the size of vTaiwan's, through the command line.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};

use crate::{
    child::output,
    load::per_second,
    report::{Budget, Report, Spread},
    town::{Town, count, url},
};

/// vTaiwan's conversation on Uber of 2015.
const STATEMENTS: u64 = 197;
const PEOPLE: u64 = 1_921;
const VOTES: u64 = 49_997;

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let folder = match &town.options.polis {
        Some(folder) => folder.clone(),
        None => made_up(&town.scratch.path("polis"))?,
    };
    let city = Path::new(env!("CARGO_MANIFEST_DIR")).join("../city/kota-batu/city.toml");
    let fresh = town.scratch.path("fresh.db");
    let rembug = |database: &Path| {
        let mut command = town.machine.command(&town.options.rembug);
        command.env("DATABASE_URL", url(database));
        command
    };
    output(rembug(&fresh).args(["import", "city"]).arg(&city))?;
    let (mut ours, mut bare, mut votes) = (Vec::new(), Vec::new(), 0);
    for round in 0..town.options.rounds() {
        let database = town.scratch.path(&format!("import-{round}.db"));
        std::fs::copy(&fresh, &database)?;
        let begin = Instant::now();
        output(
            rembug(&database)
                .args(["import", "polis", "--slug", "bench", "--office", "dishub"])
                .arg(&folder),
        )?;
        ours.push(begin.elapsed().as_secs_f64());
        votes = u64::try_from(count(&database, "select count(*) from statement_vote").await?)?;
        let rows = town.scratch.path(&format!("rows-{round}.db"));
        let said = town.reference_output("rows", &rows, votes.into())?;
        bare.push(
            said.trim()
                .parse()
                .context("The bare loop said no number")?,
        );
    }
    report.subject(
        "Import of a Polis export",
        &format!(
            "`rembug import polis` from its start to its end, {votes} votes, {}; against a bare sqlx loop that inserts as many\n\
             rows one by one in one transaction, same disk.",
            if town.options.polis.is_some() { "the export given" } else { "made up in the size of vTaiwan's" }
        ),
    );
    let a_second = |seconds: &[f64]| Spread::of(seconds.iter().map(|s| per_second(votes, *s)));
    report.spread(
        "import",
        &Spread::of(ours.iter().copied()),
        "s",
        Budget::None,
    );
    report.spread("import", &a_second(&ours), "votes/s", Budget::None);
    report.spread(
        "bare loop",
        &Spread::of(bare.iter().copied()),
        "s",
        Budget::None,
    );
    report.spread("bare loop", &a_second(&bare), "rows/s", Budget::None);
    let ratio = ours.iter().zip(&bare).map(|(ours, bare)| bare / ours);
    report.spread("ratio of the rates", &Spread::of(ratio), "", Budget::None);
    Ok(())
}

/// An export in Polis' own format, the same at every run: everybody judges 26 or 27 statements.
fn made_up(folder: &Path) -> Result<PathBuf> {
    const BEGIN: u64 = 1_435_654_192_085;
    let mut comments =
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
            .to_owned();
    for id in 0..STATEMENTS {
        let at = BEGIN + id * 60_000;
        let text = format!(
            "Pernyataan {id}: \"aturan\" baru, berlaku di seluruh kota, perlu dijelaskan lebih dulu"
        );
        let _ = writeln!(
            comments,
            "{at},-,{id},{},0,0,1,\"{}\"",
            id * 3 % PEOPLE,
            text.replace('"', "\"\"")
        );
    }
    let mut votes = "timestamp,datetime,comment-id,voter-id,vote\n".to_owned();
    let mut people = "participant,group-id,n-comments,n-votes,n-agree,n-disagree".to_owned();
    for id in 0..STATEMENTS {
        let _ = write!(people, ",{id}");
    }
    people.push('\n');
    for voter in 0..PEOPLE {
        let mut cells = vec![""; usize::try_from(STATEMENTS)?];
        let many = VOTES / PEOPLE + u64::from(voter < VOTES % PEOPLE);
        for turn in 0..many {
            // 37 and 197 have no common factor: no statement comes twice.
            let statement = (voter * 7 + turn * 37) % STATEMENTS;
            let value = ["1", "-1", "0", "1"][usize::try_from((voter + statement) % 4)?];
            let at = BEGIN + 20_000_000 + (turn * PEOPLE + voter) * 1_000;
            let _ = writeln!(votes, "{at},-,{statement},{voter},{value}");
            cells[usize::try_from(statement)?] = value;
        }
        let _ = writeln!(people, "{voter},,0,{many},0,0,{}", cells.join(","));
    }
    std::fs::create_dir_all(folder)?;
    let summary = "topic,Ukuran vTaiwan\nurl,https://polis.example/bench\nconversation-description,Dibuat untuk diukur.\n";
    for (name, text) in [
        ("comments.csv", comments.as_str()),
        ("votes.csv", &votes),
        ("participants-votes.csv", &people),
        ("summary.csv", summary),
    ] {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(folder.to_owned())
}
