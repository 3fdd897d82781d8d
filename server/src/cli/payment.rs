//! Payments and the land tax on the command line.

use std::path::Path;

use domain::Actor;
use service::{
    Service,
    payment::{Setup, Unfit, import_bills, import_table},
};

use super::import::read;
use crate::town;

/// The settings of the demo town.
const DEMO: &str = "city/kota-batu/payment.toml";

/// Takes payments as a file of settings says.
pub(super) fn take(service: &Service, file: &Path) -> Result<(), String> {
    let text = read(file)?;
    begin(service, &text).map_err(|e| format!("{}: {e}", file.display()))
}

/// Simulates payments, for the demo town.
pub(super) fn simulate(service: &Service) -> Result<(), String> {
    let files = town::files();
    let text = files.get(DEMO).map_or("", String::as_str);
    begin(service, text).map_err(|e| format!("{DEMO}: {e}"))
}

fn begin(service: &Service, text: &str) -> Result<(), String> {
    let setup = Setup::read(text, service.keys()).map_err(|e| super::chain(&e))?;
    if setup.provider.is_simulated() {
        tracing::warn!("payments are simulated: no money moves");
    }
    service.take_payments(setup);
    Ok(())
}

/// `rembug import tax-rates FILE`.
pub(super) async fn import_rates(service: &Service, file: &Path) -> Result<(), String> {
    let table = import_table(service, &Actor::System, &read(file)?)
        .await
        .map_err(|unfit| format!("{}: {}", file.display(), why(&unfit)))?;
    for rates in &table.rates {
        let note = if rates.is_verified {
            ""
        } else {
            " (not verified: pages say so)"
        };
        println!("The rates of {} are in{note}.", rates.year);
    }
    Ok(())
}

/// `rembug import sppt FILE`.
pub(super) async fn import_list(service: &Service, file: &Path) -> Result<(), String> {
    let done = import_bills(service, &Actor::System, &read(file)?)
        .await
        .map_err(|unfit| format!("{}: {}", file.display(), why(&unfit)))?;
    println!(
        "{} tax bills are in; {} are paid already and stay as they are.",
        done.written, done.kept
    );
    Ok(())
}

/// Brings in the rates and bills of the town that lies inside the program.
pub(super) async fn import_town(service: &Service) -> Result<(), String> {
    let files = town::files();
    let text = |name: &str| files.get(name).map_or("", String::as_str);
    let (rates, bills) = ("city/kota-batu/pbb.json", "demo/sppt.csv");
    import_table(service, &Actor::System, text(rates))
        .await
        .map_err(|unfit| format!("{rates}: {}", why(&unfit)))?;
    import_bills(service, &Actor::System, text(bills))
        .await
        .map_err(|unfit| format!("{bills}: {}", why(&unfit)))?;
    Ok(())
}

/// Why a file does not come in, for the person at the console.
fn why(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Lines(flaws) => {
            let mut lines = vec!["nothing was brought in:".to_owned()];
            lines.extend(
                flaws
                    .iter()
                    .map(|flaw| format!("line {}: {}", flaw.line, flaw.what)),
            );
            lines.join("\n  ")
        }
        Unfit::Service(error) => super::chain(error),
        other => other.to_string(),
    }
}
