//! `cargo xtask`: the only tool to learn. Builds, serves and checks Rembug with one command each.
#![expect(
    clippy::disallowed_methods,
    reason = "a developer's tool on a developer's machine: it reads the environment and waits for other programs"
)]

mod agree;
mod bench;
mod budget;
mod check;
mod demo;
mod e2e;
mod module;
mod npm;
mod place;
mod postgres;
mod release;
mod scratch;
mod serve;
mod shell;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <verb>

  serve    build Rembug and serve a demo town on http://127.0.0.1:3000
             --database-url URL   another database than sqlite:data/rembug.db
             --listen HOST:PORT   another address
  test     everything the reviewers' machine checks, step by step
             --quick              only `check` and the Rust tests
  check    formatting and lints
  e2e      the browser tests against a demo town of their own
             --postgres           on PostgreSQL instead of SQLite
             --no-build           with the release that is already built
             anything else goes to Playwright, for example: cargo xtask e2e home --project phone
  bench    what it costs, beside references: weight, pages, votes, an import, opinion groups, forms, documents,
             the inbox, memory
             --quick              fewer and shorter rounds
             --only NAME          weight, twins, cached, rendered, votes, import, groups, forms, validate, documents,
                                  inbox or memory
             --polis DIR          imports this Polis export instead of a made-up one
             --rembug PATH        measures this program instead of the release
             --no-build           with the programs that are already built
  build    the release: target/release/rembug with the front end inside
  agree    2,000 random forms and drafts, judged by the server and in WASM: the same to the last byte
  size     weigh the built front end against budget.toml
  seed     fill the demo town into the database named by DATABASE_URL
             --database-url URL   another database
  tools    install what the other verbs need and this machine lacks
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (verb, rest) = arguments
        .split_first()
        .map_or(("help", arguments), |(verb, rest)| (verb.as_str(), rest));
    match verb {
        "serve" => serve::serve(rest),
        "test" => test::test(rest),
        "check" => none(rest).and_then(|()| check::check()),
        "e2e" => e2e::e2e(rest),
        "bench" => bench::bench(rest),
        "build" => none(rest).and_then(|()| release::build_with_tools()),
        "agree" => none(rest).and_then(|()| agree::check_with_tools()),
        "size" => none(rest).and_then(|()| budget::check()),
        "seed" => serve::seed(rest),
        "tools" => none(rest).and_then(|()| tools::all()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        unknown => bail!("There is no verb `{unknown}`. `cargo xtask` lists those there are."),
    }
}

/// Refuses options of a verb that has none.
fn none(rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(option) => {
            bail!("This verb takes no `{option}`. `cargo xtask` lists what each verb takes.")
        }
    }
}
