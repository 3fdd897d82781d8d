//! Open data: lists for the API and files to download. One rule everywhere: what is hidden from a stranger is not in them.

mod ballots;
mod list;
mod table;

use std::path::Path;

use domain::{consultation::Phase, result::csv::Csv};
use storage::result::CommentOrder;

use super::{open, show::show};
use crate::{Conflict, Error, Result, Service};

use ballots::ballots;
pub use list::{Wanted, comments, consultations, public, questions, statements};
use table::{comment_table, number, results};

/// Most comments in one file.
const COMMENTS: i64 = 1_000_000;

/// The files of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Turnout and counts.
    Results,
    /// Ballots, one row a choice.
    Ballots,
    /// Statements with counts.
    Statements,
    /// Comments.
    Comments,
}

impl Sheet {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Results,
        Self::Ballots,
        Self::Statements,
        Self::Comments,
    ];

    /// The file's name without its ending, as in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Results => "hasil",
            Self::Ballots => "suara",
            Self::Statements => "pernyataan",
            Self::Comments => "tanggapan",
        }
    }
}

/// How files are written by the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table each.
    Csv,
    /// Everything in one.
    Json,
}

/// A table as CSV. [`Conflict::StillOpen`] while what it counts is hidden.
pub async fn csv(service: &Service, slug: &str, sheet: Sheet) -> Result<String> {
    let mut tx = service.read().await?;
    let tx = &mut tx;
    let consultation = public(service, tx, slug).await?;
    match sheet {
        Sheet::Results => results(service, tx, &consultation).await,
        Sheet::Ballots => ballots(service, tx, &consultation).await,
        Sheet::Statements => {
            let mut out = Csv::new(&["number", "text", "is_seed", "agree", "disagree", "pass"]);
            for s in statements(service, tx, &consultation).await? {
                out.row([
                    s.number.to_string(),
                    s.text,
                    s.is_seed.to_string(),
                    number(s.agree),
                    number(s.disagree),
                    number(s.pass),
                ]);
            }
            Ok(out.finish())
        }
        Sheet::Comments => {
            let (comments, _) =
                comments(tx, &consultation, CommentOrder::Oldest, COMMENTS, 0).await?;
            Ok(comment_table(comments))
        }
    }
}

/// The result as JSON; [`Conflict::StillOpen`] before closing.
pub async fn results_json(service: &Service, slug: &str) -> Result<open::Results> {
    let mut tx = service.read().await?;
    let consultation = public(service, &mut tx, slug).await?;
    Ok(show(service, &mut tx, &consultation)
        .await?
        .open(service.now()))
}

/// Everything about a consultation that anybody may have now.
pub async fn everything(service: &Service, slug: &str) -> Result<open::Everything> {
    let mut tx = service.read().await?;
    let tx = &mut tx;
    let consultation = public(service, tx, slug).await?;
    let closed = consultation.phase(service.now()) >= Phase::Closed;
    let (comments, _) = comments(tx, &consultation, CommentOrder::Oldest, COMMENTS, 0).await?;
    Ok(open::Everything {
        questions: questions(service, tx, &consultation).await?,
        statements: statements(service, tx, &consultation).await?,
        comments,
        results: if closed {
            Some(show(service, tx, &consultation).await?.open(service.now()))
        } else {
            None
        },
        consultation: open::Consultation::of(&consultation, service.now()),
        licence: open::LICENCE,
    })
}

/// Writes a consultation's open data into a folder, which is made when missing: the tables, or `semua.json`.
/// Tables that are hidden now are left out. The names of the files written.
///
/// Errors: [`Error::NotFound`] for an unknown or unpublished one; [`io::Error`](std::io::Error) when a file cannot be written.
pub async fn export(
    service: &Service,
    slug: &str,
    format: Format,
    out: &Path,
) -> Result<Vec<String>, ExportError> {
    let mut files = Vec::new();
    match format {
        Format::Json => {
            let text = serde_json::to_string(&everything(service, slug).await?).unwrap_or_default();
            files.push(("semua.json".to_owned(), text));
        }
        Format::Csv => {
            for sheet in Sheet::ALL {
                match csv(service, slug, sheet).await {
                    Ok(text) => files.push((format!("{}.csv", sheet.word()), text)),
                    Err(Error::Conflict(Conflict::StillOpen)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    std::fs::create_dir_all(out)?;
    for (name, text) in &files {
        std::fs::write(out.join(name), text)?;
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// Why an export was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    Service(#[from] Error),
    /// A file cannot be written.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
}
