//! A long form judged: as WASM under Node, as a phone does it while somebody types, and beside it by the machine itself.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use bench_validate::{Form, PEOPLE, QUESTIONS, TIMES};

use crate::{
    cargo,
    child::output,
    machine::runs,
    report::{Budget, Report, Spread},
    town::Town,
};

/// Milliseconds for one judgement.
const LONGEST: f64 = 1.0;
/// Calls in a row whose median is a round.
const CALLS: usize = 20;

pub(crate) fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let form = Form::new();
    report.subject(
        "A long form judged",
        &format!(
            "{QUESTIONS} questions, one of them a group of {PEOPLE} people with {} questions each, all answered: all conditions,\n\
             checks and readings, from the texts as typed. The WASM is built as the front end's and runs under Node; the same\n\
             function of the server beside it, on the same core. A round is the median of {CALLS} times {TIMES}.",
            form.questions().1
        ),
    );
    let module = module()?;
    let (mut browser, mut server) = (Vec::new(), Vec::new());
    for _ in 0..town.options.rounds() {
        browser.push(by_node(town, &module)?);
        let said = town.reference_output("validate", &module, u128::try_from(CALLS)?)?;
        server.push(median(&said)?);
    }
    let all = |figures: &[f64]| Spread::of(figures.iter().copied());
    report.spread("as WASM", &all(&browser), "ms", Budget::Most(LONGEST));
    report.spread("by the server", &all(&server), "ms", Budget::None);
    let pairs = server.iter().zip(&browser);
    let ratio = Spread::of(pairs.map(|(server, browser)| server / browser));
    report.spread("ratio", &ratio, "", Budget::None);
    Ok(())
}

/// Judges and prints the milliseconds of each call, as the script does.
pub(crate) fn judge(calls: usize) {
    let form = Form::new();
    form.judge();
    for _ in 0..calls {
        let begin = Instant::now();
        form.judge();
        println!("{}", begin.elapsed().as_secs_f64() * 1_000.0);
    }
}

fn by_node(town: &Town<'_>, module: &Path) -> Result<f64> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("validate/run.mjs");
    let mut command = town.machine.command(Path::new("node"));
    command.arg(script).arg(module).arg(CALLS.to_string());
    median(&output(&mut command)?)
}

/// Milliseconds for one judgement out of those of the calls.
fn median(said: &str) -> Result<f64> {
    let calls = said
        .lines()
        .map(|line| line.parse::<f64>().context("A run said no number"))
        .collect::<Result<Vec<_>>>()?;
    Ok(Spread::of(calls.into_iter()).median / f64::from(TIMES))
}

/// The module, built as the front end's.
fn module() -> Result<PathBuf> {
    anyhow::ensure!(runs("node"), "node is not on this machine.");
    let target = "wasm32-unknown-unknown";
    let options = ["--profile", "wasm-release", "--target", target];
    let folder = cargo::build("bench-validate", &options)?;
    let file = format!("{target}/wasm-release/bench-validate.wasm");
    Ok(folder.join(file))
}
