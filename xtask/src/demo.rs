//! A demo town that runs beside the browser tests.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Child;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::place;
use crate::postgres::free_port;
use crate::scratch::Scratch;
use crate::shell::{self, wait_until};

/// A server with a freshly filled demo town. Runs until it is dropped.
pub(crate) struct DemoTown {
    server: Child,
    address: String,
    log: PathBuf,
    _home: Scratch,
}

impl DemoTown {
    /// Starts on a free port, with the database given or a SQLite file of its own.
    pub(crate) fn start(database_url: Option<String>) -> Result<Self> {
        println!("Starting a demo town of its own …");
        let home = Scratch::new("demo")?;
        let database_url = database_url
            .unwrap_or_else(|| format!("sqlite:{}", home.path().join("rembug.db").display()));
        let address = format!("127.0.0.1:{}", free_port()?);
        let log = place::target().join("e2e/server.log");
        let log_file = create(&log)?;

        let server = shell::start(
            shell::companion(&place::rembug(), "TERM")
                .arg("demo")
                .env("DATABASE_URL", database_url)
                .env("REMBUG_LISTEN", &address)
                .env("REMBUG_DATA_DIR", home.path())
                // Each test says that it is a client of its own, so that limits by address count tests apart.
                .env("REMBUG_PROXIES", "127.0.0.1")
                .stderr(log_file.try_clone().context("Cannot share the log")?)
                .stdout(log_file),
        )?;
        let mut town = Self {
            server,
            address,
            log,
            _home: home,
        };
        town.wait_until_ready()?;
        Ok(town)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Fails if the server has ended, whatever the browser made of that.
    pub(crate) fn still_runs(&mut self) -> Result<()> {
        match self.server.try_wait() {
            Ok(None) => Ok(()),
            _ => bail!(
                "The demo town's server ended by itself. {}",
                self.last_words()
            ),
        }
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let address = self.address.clone();
        let answered = wait_until(Duration::from_mins(2), || {
            is_healthy(&address) || matches!(self.server.try_wait(), Ok(Some(_)))
        });
        self.still_runs()?;
        if !answered {
            bail!(
                "The demo town did not answer on {address} within two minutes. {}",
                self.last_words()
            );
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        let last = &lines[lines.len().saturating_sub(30)..];
        format!("The end of {}:\n{}", self.log.display(), last.join("\n"))
    }
}

impl Drop for DemoTown {
    fn drop(&mut self) {
        shell::stop(&mut self.server, "TERM");
    }
}

fn create(log: &PathBuf) -> Result<File> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("Cannot make {}", folder.display()))?;
    }
    File::create(log).with_context(|| format!("Cannot write {}", log.display()))
}

fn is_healthy(address: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split_whitespace().nth(1) == Some("200"))
}
