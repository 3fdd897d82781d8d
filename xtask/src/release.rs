//! `cargo xtask build`: the release, with the front end inside the program.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::shell::{ask, program, run};
use crate::{module, place, tools};

pub(crate) fn build_with_tools() -> Result<()> {
    tools::for_release()?;
    build()
}

/// Builds the front end, then the server around it. Does nothing when nothing changed since the last time.
pub(crate) fn build() -> Result<()> {
    let sources = fingerprint();
    if sources.is_some() && sources == last_build() {
        println!("The release is up to date.");
        return Ok(());
    }
    println!("Building the front end (about 5 minutes the first time) …");
    run(program("cargo").args([
        "leptos",
        "build",
        "--release",
        "--frontend-only",
        "--precompress",
    ]))?;
    // After the main module: cargo-leptos empties the folder first.
    module::build()?;
    note_new_files()?;
    println!("Building the server (about 5 minutes the first time) …");
    run(program("cargo").args(["leptos", "build", "--release", "--server-only"]))?;
    remember(sources)
}

/// The server holds the files of the front end as they were when it was compiled. Cargo sees that one has changed, not
/// that one was added, so the source that takes them in is marked as changed.
fn note_new_files() -> Result<()> {
    let source = place::root().join("server/src/assets.rs");
    std::fs::File::options()
        .append(true)
        .open(&source)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("Cannot touch {}", source.display()))
}

/// cargo-leptos builds the front end anew at every call, so it is called only when a source file has changed.
fn fingerprint() -> Option<String> {
    const NO_PART_OF_THE_RELEASE: [&str; 5] = ["bench/", "docs/", "end2end/", "xtask/", ".ci/"];
    let files =
        ask(program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let mut sources: Vec<&str> = files
        .lines()
        .filter(|file| {
            !NO_PART_OF_THE_RELEASE
                .iter()
                .any(|folder| file.starts_with(folder))
        })
        .collect();
    sources.sort_unstable();

    let mut hasher = DefaultHasher::new();
    ask(program("rustc").arg("-V")).hash(&mut hasher);
    for file in sources {
        file.hash(&mut hasher);
        // A deleted file is listed until the deletion is committed.
        std::fs::read(place::root().join(file))
            .ok()
            .hash(&mut hasher);
    }
    Some(format!("{:016x}", hasher.finish()))
}

/// The fingerprint of the release that lies there, if it is whole.
fn last_build() -> Option<String> {
    let whole = place::rembug().is_file() && place::site().join("pkg").is_dir();
    whole
        .then(|| std::fs::read_to_string(stamp()).ok())
        .flatten()
}

fn remember(sources: Option<String>) -> Result<()> {
    std::fs::write(stamp(), sources.unwrap_or_default())
        .context("Cannot note which sources were built")
}

fn stamp() -> PathBuf {
    place::target().join("release/rembug.sources")
}
