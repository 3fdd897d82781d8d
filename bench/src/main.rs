//! What Rembug costs: weight, pages, votes, an import, opinion groups, forms handed in and judged, documents, the inbox, memory.
//! Each figure stands beside its reference of the same run.
//!
//! Started by `cargo xtask bench`. The references are child processes of this same program, pinned like the portal.
#![expect(
    clippy::disallowed_methods,
    reason = "a measuring tool on a developer's machine: it looks at the environment"
)]

mod account;
mod cargo;
mod child;
mod document;
mod footprint;
mod form;
mod group;
mod http;
mod import;
mod inbox;
mod load;
mod machine;
mod options;
mod page;
mod reference;
mod report;
mod scratch;
mod town;
mod twins;
mod validate;
mod vote;
mod weight;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{machine::Machine, options::Options, report::Report, scratch::Scratch, town::Town};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((verb, rest)) if verb == "reference" => reference::run(rest),
        _ => Options::parse(&arguments).and_then(|options| measure(&options)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures what was asked for. Ctrl-C ends the children and removes the files, too.
fn measure(options: &Options) -> Result<()> {
    let machine = Machine::take();
    println!("{machine}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        tokio::select! {
            done = all(options, &machine) => done,
            _ = tokio::signal::ctrl_c() => bail!("Interrupted."),
        }
    })
}

async fn all(options: &Options, machine: &Machine) -> Result<()> {
    let scratch = Scratch::new()?;
    let town = Town::build(options, machine, &scratch).await?;
    let mut report = Report::default();
    if options.wants("weight") {
        weight::measure(&town, &mut report).await?;
    }
    if options.wants("twins") {
        twins::measure(&town, &mut report).await?;
    }
    if options.wants("cached") {
        page::cached(&town, &mut report).await?;
    }
    if options.wants("rendered") {
        page::rendered(&town, &mut report).await?;
    }
    if options.wants("votes") {
        vote::measure(&town, &mut report).await?;
    }
    if options.wants("import") {
        import::measure(&town, &mut report).await?;
    }
    if options.wants("groups") {
        group::measure(&town, &mut report)?;
    }
    if options.wants("forms") {
        form::measure(&town, &mut report).await?;
    }
    if options.wants("validate") {
        validate::measure(&town, &mut report)?;
    }
    if options.wants("documents") {
        document::measure(&town, &mut report).await?;
    }
    if options.wants("inbox") {
        inbox::measure(&town, &mut report).await?;
    }
    if options.wants("memory") {
        footprint::measure(&town, &mut report).await?;
    }
    report.end();
    Ok(())
}
