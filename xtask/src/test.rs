//! `cargo xtask test`: what must hold before a change is accepted.

use anyhow::{Result, bail};

use crate::postgres::Cluster;
use crate::shell::{program, run};
use crate::steps::{Step, take};
use crate::{agree, budget, check, e2e, release, tools};

const QUICK: &[Step] = &[
    Step("tools for Rust", tools::for_rust_tests),
    Step("formatting and lints", check::check),
    Step("Rust tests on SQLite and PostgreSQL", rust_tests),
];

const ALL: &[Step] = &[
    Step("tools", tools::all),
    Step("formatting and lints", check::check),
    Step("Rust tests on SQLite and PostgreSQL", rust_tests),
    Step("examples in the documentation", doc_tests),
    Step("release build", release::build),
    Step("size budget", budget::check),
    Step("forms judged alike in WASM", agree::check),
    Step("browser tests", e2e::everything),
];

pub(crate) fn test(options: &[String]) -> Result<()> {
    match options {
        [] => take(ALL),
        [option] if option == "--quick" => take(QUICK),
        _ => bail!("`cargo xtask test` takes only `--quick`."),
    }
}

fn rust_tests() -> Result<()> {
    let cluster = Cluster::start()?;
    run(program("cargo")
        .args(["nextest", "run", "--workspace"])
        .env("TEST_POSTGRES_URL", cluster.url()))
}

fn doc_tests() -> Result<()> {
    run(program("cargo").args(["test", "--doc", "--workspace", "--quiet"]))
}
