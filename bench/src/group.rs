//! Opinion groups: vTaiwan's conversation against numpy and scikit-learn, a million votes, and how it grows.

mod made_up;
mod python;

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    child::output,
    report::{Budget, Report, Spread},
    town::Town,
};

/// How people, statements and votes grow; the last one is the largest that has a budget.
const SIZES: [(u64, u64, u64); 6] = [
    (100, 20, 1_500),
    (500, 50, 10_000),
    (2_000, 200, 50_000),
    (4_000, 400, 200_000),
    (7_000, 700, 500_000),
    (10_000, 1_000, 1_000_000),
];

/// Runs in a row whose median is a round, of ours and of the reference alike: one alone is so short that a cold cache or a
/// single interruption is most of it.
const RUNS: usize = 20;

pub(crate) fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let (votes, source) = conversation(town)?;
    let python = python::prepare(&town.scratch.lasting("groups-reference"));
    let script = python::folder().join("groups.py");
    let by_them = |python: &PathBuf| {
        let mut command = town.machine.command(python);
        Run::of(&output(
            command.arg(&script).arg(&votes).arg(RUNS.to_string()),
        )?)
    };
    let mut ours = Vec::new();
    let mut theirs = python.map(|python| (python, Vec::new()));
    // In turn, so that a busy moment of the machine meets both.
    for _ in 0..town.options.rounds() {
        ours.push(Run::of(&town.reference_output(
            "groups",
            &votes,
            u128::try_from(RUNS)?,
        )?)?);
        theirs = theirs.and_then(|(python, mut runs)| {
            runs.push(by_them(&python)?);
            Ok((python, runs))
        });
    }
    report.subject(
        "Opinion groups",
        &format!(
            "{source}: from the rows of votes in memory to the JSON of the result, on the portal's core; against the same\n\
             pipeline in numpy and scikit-learn (bench/reference/groups.py) on the same core, from its rows to its JSON.\n\
             A round is the median of {RUNS} runs in a row, of either."
        ),
    );
    let milliseconds = |runs: &[Run]| Spread::of(runs.iter().map(|run| run.median() * 1_000.0));
    report.spread("whole", &milliseconds(&ours), "ms", Budget::Most(20.0));
    match theirs {
        Ok((_, theirs)) => {
            report.spread(
                "numpy, scikit-learn",
                &milliseconds(&theirs),
                "ms",
                Budget::None,
            );
            let pairs = ours.iter().zip(&theirs);
            let ratio = Spread::of(pairs.map(|(ours, theirs)| theirs.median() / ours.median()));
            report.spread("ratio", &ratio, "", Budget::Least(30.0));
            let first = ours.first().map(|run| &run.found);
            report.holds(
                "the same groups and statements",
                theirs.iter().all(|run| Some(&run.found) == first),
            );
        }
        Err(error) => println!("   There is no comparison with numpy and scikit-learn: {error:#}."),
    }
    grow(town, report)
}

/// What one more order of magnitude costs.
fn grow(town: &Town<'_>, report: &mut Report) -> Result<()> {
    report.subject(
        "How opinion groups grow",
        "Made-up votes of three camps; each size in a process of its own, the median of three and the peak of its memory.",
    );
    println!(
        "   {:>8} {:>11} {:>10} {:>10} {:>8}",
        "people", "statements", "votes", "ms", "MB"
    );
    for (n, (people, statements, votes)) in SIZES.into_iter().enumerate() {
        let file = town.scratch.path(&format!("votes-{votes}.txt"));
        std::fs::write(&file, made_up::votes(people, statements, votes))?;
        let run = Run::of(&town.reference_output("groups", &file, 3)?)?;
        let milliseconds = Spread::of(run.seconds.iter().map(|s| s * 1_000.0));
        println!(
            "   {people:>8} {statements:>11} {votes:>10} {:>10.1} {:>8.0}",
            milliseconds.median, run.peak
        );
        if n + 1 == SIZES.len() {
            println!();
            report.spread(
                "a million votes",
                &milliseconds,
                "ms",
                Budget::Most(1_500.0),
            );
            report.figure("a million votes", run.peak, "MB", Budget::Most(500.0));
        }
    }
    Ok(())
}

/// What a run printed: the seconds of each round, its peak in megabytes where it tells, and what was found.
struct Run {
    seconds: Vec<f64>,
    peak: f64,
    found: Value,
}

impl Run {
    fn of(said: &str) -> Result<Self> {
        let mut run = Self {
            seconds: Vec::new(),
            peak: 0.0,
            found: Value::Null,
        };
        for line in said.lines() {
            if let Some(peak) = line.strip_prefix("peak ") {
                run.peak = peak.parse()?;
            } else if line.starts_with('{') {
                run.found = serde_json::from_str(line)?;
            } else {
                run.seconds
                    .push(line.parse().context("A run said no number")?);
            }
        }
        if run.seconds.is_empty() {
            bail!("A run said nothing");
        }
        Ok(run)
    }

    fn median(&self) -> f64 {
        Spread::of(self.seconds.iter().copied()).median
    }
}

/// The votes of the export given, else of vTaiwan's beside the repository, else made-up ones of its size.
fn conversation(town: &Town<'_>) -> Result<(PathBuf, String)> {
    let file = town.scratch.path("votes.txt");
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/polis/vtaiwan.uberx");
    let folder = town
        .options
        .polis
        .clone()
        .or_else(|| beside.is_dir().then_some(beside));
    let (text, source) = match folder {
        Some(folder) => {
            let name = folder
                .file_name()
                .unwrap_or(folder.as_os_str())
                .display()
                .to_string();
            (exported(&folder)?, name)
        }
        None => (
            made_up::votes(1_921, 197, 49_997),
            "Made-up votes in the size of vTaiwan's".to_owned(),
        ),
    };
    std::fs::write(&file, text)?;
    Ok((file, source))
}

/// Statements and votes of an export, as the runs read them.
fn exported(folder: &Path) -> Result<String> {
    let rows = |name: &str, columns: &[&str]| -> Result<Vec<Vec<i64>>> {
        let path = folder.join(name);
        let mut reader = csv::Reader::from_path(&path)
            .with_context(|| format!("Cannot read {}", path.display()))?;
        let heads = reader.headers()?.clone();
        let places = columns
            .iter()
            .map(|column| {
                heads
                    .iter()
                    .position(|head| head == *column)
                    .context("A column is missing")
            })
            .collect::<Result<Vec<usize>>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            let cells = places
                .iter()
                .map(|place| Ok(record[*place].trim().parse()?));
            rows.push(cells.collect::<Result<Vec<i64>>>()?);
        }
        Ok(rows)
    };
    let mut text = String::new();
    for row in rows("comments.csv", &["comment-id", "moderated"])? {
        let _ = writeln!(text, "{} {}", row[0], i64::from(row[1] < 0));
    }
    for row in rows(
        "votes.csv",
        &["timestamp", "voter-id", "comment-id", "vote"],
    )? {
        let _ = write!(text, "\n{} {} {} {}", row[0], row[1], row[2], row[3]);
    }
    text.push('\n');
    Ok(text)
}
