//! `cargo xtask e2e`: the browser tests.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::demo::DemoTown;
use crate::postgres::Cluster;
use crate::shell::{find, program, run};
use crate::{place, release, tools};

pub(crate) fn e2e(options: &[String]) -> Result<()> {
    let asked = |option: &str| options.iter().any(|given| given == option);
    let for_playwright: Vec<&str> = options
        .iter()
        .map(String::as_str)
        .filter(|option| !["--postgres", "--no-build"].contains(option))
        .collect();
    if !asked("--no-build") {
        tools::for_release()?;
        release::build()?;
    }
    let cluster = if asked("--postgres") {
        Some(Cluster::start()?)
    } else {
        None
    };
    browse(cluster.as_ref().map(Cluster::url), &for_playwright)
}

/// What a resident and an office do with a service, from the form to the letter and the payment, on the smallest phone.
const SERVICES: [&str; 7] = [
    "tests/area",
    "tests/case",
    "tests/document",
    "tests/form",
    "tests/payment",
    "--project=phone",
    "--project=no-js",
];

/// All browser tests against the release that is built, on SQLite; those of the services also on PostgreSQL.
pub(crate) fn everything() -> Result<()> {
    browse(None, &[])?;
    let cluster = Cluster::start()?;
    browse(Some(cluster.url()), &SERVICES)
}

fn browse(database_url: Option<String>, for_playwright: &[&str]) -> Result<()> {
    // Playwright drops the types unread, so somebody else has to read them.
    run(program("tsc").current_dir(place::end2end()))?;
    let browser = browser()?;
    let mut town = DemoTown::start(database_url)?;
    let mut playwright = program("playwright");
    playwright
        .arg("test")
        .args(for_playwright)
        .current_dir(place::end2end())
        .env("BASE_URL", town.url());
    if let Browser::At(file) = browser {
        playwright.env("CHROME_PATH", file);
    }
    let tested = run(&mut playwright);
    town.still_runs()?;
    tested
}

enum Browser {
    At(PathBuf),
    Playwrights,
}

/// The one named by `CHROME_PATH`, the system's Chromium or Chrome, or the one that Playwright downloaded.
fn browser() -> Result<Browser> {
    let named = std::env::var_os("CHROME_PATH").map(PathBuf::from);
    let systems = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(find)
    };
    if let Some(file) = named.or_else(systems) {
        return Ok(Browser::At(file));
    }
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let downloads = [
        home.join(".cache/ms-playwright"),
        home.join("Library/Caches/ms-playwright"),
    ];
    downloads.iter().any(|folder| holds_chromium(folder)).then_some(Browser::Playwrights).context(
        "There is no Chromium for the browser tests. \
         Install it (Debian: `apt-get install chromium`; elsewhere: `npx playwright install chromium` in end2end).",
    )
}

fn holds_chromium(folder: &Path) -> bool {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("chromium"))
}
