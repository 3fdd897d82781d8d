//! What is to be measured, and how long.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// What can be measured alone with `--only`.
const SUBJECTS: [&str; 12] = [
    "weight",
    "twins",
    "cached",
    "rendered",
    "votes",
    "import",
    "groups",
    "forms",
    "validate",
    "documents",
    "inbox",
    "memory",
];

/// The command line.
pub(crate) struct Options {
    /// The portal's program.
    pub(crate) rembug: PathBuf,
    /// A Polis export to import instead of the made-up one.
    pub(crate) polis: Option<PathBuf>,
    only: Vec<String>,
    quick: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            rembug: beside("rembug")?,
            polis: None,
            only: Vec::new(),
            quick: false,
        };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let mut value = || {
                rest.next()
                    .with_context(|| format!("`{option}` needs a value."))
            };
            match option.as_str() {
                "--quick" => options.quick = true,
                "--rembug" => options.rembug = PathBuf::from(value()?),
                "--polis" => options.polis = Some(PathBuf::from(value()?)),
                "--only" => options.only.push(subject(value()?)?),
                unknown => bail!(
                    "There is no option `{unknown}`; there are --quick, --only NAME, --polis DIR, --rembug PATH."
                ),
            }
        }
        if !options.rembug.is_file() {
            bail!(
                "There is no program {}. `cargo xtask build` makes it.",
                options.rembug.display()
            );
        }
        Ok(options)
    }

    /// Whether this subject is to be measured.
    pub(crate) fn wants(&self, subject: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == subject)
    }

    /// Rounds of each measurement; the median counts.
    pub(crate) fn rounds(&self) -> usize {
        if self.quick { 3 } else { 5 }
    }

    /// How long one round of load lasts.
    pub(crate) fn slice(&self) -> Duration {
        Duration::from_millis(if self.quick { 700 } else { 1_500 })
    }
}

fn subject(name: &str) -> Result<String> {
    if SUBJECTS.contains(&name) {
        Ok(name.to_owned())
    } else {
        bail!(
            "`{name}` cannot be measured alone; these can: {}.",
            SUBJECTS.join(", ")
        )
    }
}

/// A program that lies beside this one.
fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe().context("It is not known where this program lies")?;
    Ok(own
        .parent()
        .map_or_else(PathBuf::new, Path::to_owned)
        .join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        let own = std::env::current_exe().unwrap();
        let mut words = vec!["--rembug".to_owned(), own.display().to_string()];
        words.extend(line.split_whitespace().map(str::to_owned));
        Options::parse(&words)
    }

    #[test]
    fn one_subject_or_all() {
        let all = parse("").unwrap();
        assert!(all.wants("votes") && all.rounds() == 5);
        let some = parse("--quick --only votes --only import").unwrap();
        assert!(some.wants("votes") && some.wants("import") && !some.wants("weight"));
        assert_eq!(some.rounds(), 3);
    }

    #[test]
    fn what_is_unknown_is_named() {
        for line in ["--only everything", "--fast", "--only"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
