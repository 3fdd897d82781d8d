//! `cargo xtask serve` and `seed`: a demo town to look at.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{program, run};
use crate::{place, release, tools};

/// Builds, fills the demo town if the database holds none, and serves it until Ctrl-C.
pub(crate) fn serve(options: &[String]) -> Result<()> {
    let options = Options::parse(options)?;
    let address = options.listen.as_deref().unwrap_or("127.0.0.1:3000");
    if let Err(error) = TcpListener::bind(address) {
        bail!(
            "Rembug cannot listen on {address}: {error}. Choose another with `--listen 127.0.0.1:3001`."
        );
    }
    tools::for_release()?;
    release::build()?;
    println!(
        "Filling the demo town if it is not there yet, then serving it on http://{address} (Ctrl-C ends it) …"
    );
    // In this program's place, so that Ctrl-C goes to the server and its last words are seen.
    let error = options.rembug_demo().env("REMBUG_LISTEN", address).exec();
    Err(error).context("target/release/rembug could not be started")
}

/// Fills the demo town into a database and ends.
pub(crate) fn seed(options: &[String]) -> Result<()> {
    let options = Options::parse(options)?;
    tools::for_release()?;
    release::build()?;
    run(options.rembug_demo().arg("--fill-only"))
}

#[derive(Default)]
struct Options {
    database_url: Option<String>,
    listen: Option<String>,
}

impl Options {
    fn parse(words: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let mut value = || {
                value
                    .clone()
                    .or_else(|| words.next().cloned())
                    .with_context(|| format!("`{name}` needs a value."))
            };
            match name {
                "--database-url" => options.database_url = Some(value()?),
                "--listen" => options.listen = Some(value()?),
                // The release is what is served anyhow.
                "--release" => {}
                _ => bail!("There is no option `{word}`. `cargo xtask` lists those there are."),
            }
        }
        Ok(options)
    }

    fn rembug_demo(&self) -> Command {
        let mut rembug = program(place::rembug());
        rembug.arg("demo");
        if let Some(url) = &self.database_url {
            rembug.env("DATABASE_URL", url);
        }
        rembug
    }
}
