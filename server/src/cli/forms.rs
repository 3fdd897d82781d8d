//! Forms on the command line.

use std::path::Path;

use domain::{Actor, Locale};
use service::{
    Service,
    form::{Imported, Unfit},
};

use super::import::read;
use crate::town;

/// Brings a version in, and says what the linter advises.
pub(super) async fn import(service: &Service, file: &Path) -> Result<(), String> {
    let text = read(file)?;
    let done = take(service, &text)
        .await
        .map_err(|e| format!("{}: {e}", file.display()))?;
    for finding in &done.report.findings {
        println!("{}", app::form::finding(Locale::En, finding));
    }
    let (key, version) = (&done.key, done.version);
    if done.is_new {
        println!("{key}, version {version}, is published.");
    } else {
        println!("{key}, version {version}, was published already: nothing is changed.");
    }
    Ok(())
}

/// Brings in the forms of the town that lies inside the program. What is there already stays as it is.
pub(super) async fn import_town(service: &Service) -> Result<(), String> {
    for (name, text) in town::files() {
        if name.contains("/forms/") {
            match service::form::import(service, &Actor::System, &text).await {
                Ok(_) | Err(Unfit::Published { .. }) => {}
                Err(unfit) => return Err(format!("{name}: {}", why(&unfit))),
            }
        }
    }
    for (name, text) in town::files() {
        if name.ends_with("/kbli.json") {
            service::form::import_guide(service, &Actor::System, &text)
                .await
                .map_err(|unfit| format!("{name}: {unfit}"))?;
        }
    }
    Ok(())
}

/// Brings a guide to risks of businesses in.
pub(super) async fn import_guide(service: &Service, file: &Path) -> Result<(), String> {
    let text = read(file)?;
    let key = service::form::import_guide(service, &Actor::System, &text)
        .await
        .map_err(|unfit| format!("{}: {unfit}", file.display()))?;
    println!("The guide of {key} is in.");
    Ok(())
}

async fn take(service: &Service, text: &str) -> Result<Imported, String> {
    service::form::import(service, &Actor::System, text)
        .await
        .map_err(|unfit| why(&unfit))
}

/// Why a form does not come in, for the person at the console.
fn why(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Layout(error) => format!("no form of this layout: {error}"),
        Unfit::Unpublishable { report, gaps } => {
            let errors = report
                .findings
                .iter()
                .filter(|finding| finding.rule.is_error());
            let mut lines = vec!["not fit to be published:".to_owned()];
            lines.extend(errors.map(|finding| app::form::finding(Locale::En, finding)));
            lines.extend(gaps.iter().map(|gap| app::form::gap(Locale::En, *gap)));
            lines.join("\n  ")
        }
        Unfit::Published { newest } => {
            format!(
                "version {newest} is published, and what is published never changes: give it the next number"
            )
        }
        Unfit::Service(error) => super::chain(error),
        Unfit::Office(_) => unfit.to_string(),
    }
}

/// Writes a version to standard output.
pub(super) async fn export(
    service: &Service,
    key: &str,
    version: Option<u32>,
) -> Result<(), String> {
    let mut tx = service.read().await.map_err(super::sentence)?;
    let text = service::form::export(&mut tx, key, version)
        .await
        .map_err(super::sentence)?;
    print!("{text}");
    Ok(())
}
