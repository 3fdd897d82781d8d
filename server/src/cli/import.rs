//! What is brought in from files.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::{Actor, OfficeId};
use service::{
    Service,
    area::{self, Outlined},
};

use super::{chain, forms, payment, sentence};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// A city: its name, areas and offices, from a file such as city/kota-batu/city.toml.
    City { file: PathBuf },
    /// Outlines of the city's desa and kelurahan, as GeoJSON: with them a place can be chosen on a map. They take the place of
    /// all earlier ones.
    Outline { file: PathBuf },
    /// A Polis export: a folder with comments.csv, votes.csv, participants-votes.csv and summary.csv.
    Polis {
        dir: PathBuf,
        /// The word in the new consultation's address.
        #[arg(long)]
        slug: String,
        /// The office that publishes it, by its short word.
        #[arg(long)]
        office: String,
    },
    /// A version of a form with its service, as JSON. Nobody who fills in an older version is interrupted.
    Form { file: PathBuf },
    /// The rates of the land tax, as JSON such as city/kota-batu/pbb.json.
    TaxRates { file: PathBuf },
    /// A list of land tax bills (SPPT), as CSV. All of it comes in, or nothing.
    Sppt { file: PathBuf },
    /// A guide to risks of businesses, as JSON. It takes the place of the one of its service.
    RiskGuide { file: PathBuf },
}

/// Brings it in, and says what came.
pub(super) async fn run(service: &Service, what: Import) -> Result<(), String> {
    match what {
        Import::City { file } => {
            let text = read(&file)?;
            area::load_city(service, &Actor::System, &text)
                .await
                .map_err(sentence)?;
            println!("The city is in.");
        }
        Import::Outline { file } => {
            let text = read(&file)?;
            let done = outline(service, &text).await;
            let done = done.map_err(|e| format!("{}: {e}", file.display()))?;
            println!("{} areas have an outline.", done.areas);
            if done.others > 0 {
                println!(
                    "{} features are no desa or kelurahan of this city.",
                    done.others
                );
            }
            if !done.without.is_empty() {
                println!("Without an outline: {}.", done.without.join(", "));
            }
        }
        Import::Polis { dir, slug, office } => {
            let done = service::polis::import(
                service,
                &Actor::System,
                &dir,
                &slug,
                &OfficeId::new(office),
            )
            .await
            .map_err(|e| chain(&e))?;
            println!("{done}");
            service::group::refresh_all(service)
                .await
                .map_err(sentence)?;
        }
        Import::Form { file } => forms::import(service, &file).await?,
        Import::TaxRates { file } => payment::import_rates(service, &file).await?,
        Import::Sppt { file } => payment::import_list(service, &file).await?,
        Import::RiskGuide { file } => forms::import_guide(service, &file).await?,
    }
    Ok(())
}

/// A file of text, or a sentence that says why it cannot be read.
pub(super) fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))
}

/// Brings outlines in.
pub(super) async fn outline(service: &Service, text: &str) -> Result<Outlined, String> {
    area::import_outlines(service, &Actor::System, text)
        .await
        .map_err(|e| chain(&e))
}
