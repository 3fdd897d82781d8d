//! A PostgreSQL for one test run: on a free port, in a folder that vanishes, with nothing worth keeping.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::scratch::Scratch;
use crate::shell::{self, ask, find, program, wait_until};

/// Runs until it is dropped.
pub(crate) struct Cluster {
    server: Child,
    port: u16,
    _home: Scratch,
}

impl Cluster {
    pub(crate) fn start() -> Result<Self> {
        println!("Starting a PostgreSQL of its own …");
        let programs = programs()?;
        let home = Scratch::new("postgres")?;
        let user = Unprivileged::for_folder(home.path())?;
        let data = home.path().join("data");

        let init = user
            .program(&programs.join("initdb"))
            .args([
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
            .output()
            .context("PostgreSQL's `initdb` could not be started")?;
        if !init.status.success() {
            bail!(
                "PostgreSQL's `initdb` failed:\n{}",
                String::from_utf8_lossy(&init.stderr).trim()
            );
        }

        let port = free_port()?;
        let log = home.path().join("log");
        let server = shell::start(
            user.program(&programs.join("postgres"))
                .arg("-D")
                .arg(&data)
                .args(settings(port))
                .stderr(File::create(&log).context("Cannot make PostgreSQL's log")?),
        )?;
        let mut cluster = Self {
            server,
            port,
            _home: home,
        };
        cluster.wait_until_ready(&programs, &log)?;
        Ok(cluster)
    }

    /// The address of its database `postgres`, as a superuser.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path, log: &Path) -> Result<()> {
        let mut question = program(programs.join("pg_isready"));
        question.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
        let ready = wait_until(Duration::from_secs(30), || {
            ask(&mut question).is_some() || matches!(self.server.try_wait(), Ok(Some(_)))
        });
        if !ready || !matches!(self.server.try_wait(), Ok(None)) {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            bail!("PostgreSQL did not start:\n{}", said.trim());
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        shell::stop(&mut self.server, "INT");
    }
}

/// A port of this machine that nobody uses at the moment.
pub(crate) fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind("127.0.0.1:0").context("This machine has no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn settings(port: u16) -> Vec<String> {
    let mut arguments = Vec::new();
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        // No socket file: its folder may belong to somebody else.
        "unix_socket_directories=".to_owned(),
        "max_connections=300".to_owned(),
        // Nothing here outlives the test run, so nothing needs to survive a power cut.
        "fsync=off".to_owned(),
        "synchronous_commit=off".to_owned(),
        "full_page_writes=off".to_owned(),
    ] {
        arguments.extend(["-c".to_owned(), setting]);
    }
    arguments
}

/// The folder with `initdb` and its siblings: behind the one on the PATH, or Debian's newest.
fn programs() -> Result<PathBuf> {
    let on_path = find("initdb").and_then(|file| file.canonicalize().ok());
    let debians = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        versions
            .filter_map(|version| Some(version.ok()?.path().join("bin/initdb")))
            .filter(|file| file.is_file())
            .max()
    };
    on_path
        .or_else(debians)
        .and_then(|file| Some(file.parent()?.to_owned()))
        .context(
            "PostgreSQL is missing: the tests run on it too. \
             Install it (Debian: `apt-get install postgresql`; macOS: `brew install postgresql`).",
        )
}

/// PostgreSQL refuses to run as root, so root lends the folder to a user with fewer rights.
enum Unprivileged {
    Myself,
    Lent { uid: u32, gid: u32 },
}

impl Unprivileged {
    fn for_folder(folder: &Path) -> Result<Self> {
        if number("-u", None) != Some(0) {
            return Ok(Self::Myself);
        }
        for user in ["postgres", "nobody"] {
            if let (Some(uid), Some(gid)) = (number("-u", Some(user)), number("-g", Some(user))) {
                std::os::unix::fs::chown(folder, Some(uid), Some(gid))
                    .context("Cannot lend a folder to PostgreSQL")?;
                return Ok(Self::Lent { uid, gid });
            }
        }
        bail!(
            "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it."
        )
    }

    /// A program that this user runs. SIGINT is PostgreSQL's word for "end now, and close the connections".
    fn program(&self, file: &Path) -> Command {
        let mut command = match self {
            Self::Myself => shell::companion(file, "INT"),
            Self::Lent { uid, gid } => {
                let mut command = program("setpriv");
                command
                    .arg(format!("--reuid={uid}"))
                    .arg(format!("--regid={gid}"))
                    .arg("--clear-groups");
                command.arg("--pdeathsig=INT").arg(file);
                command
            }
        };
        command.current_dir(std::env::temp_dir());
        command
    }
}

/// What `id` answers.
fn number(question: &str, user: Option<&str>) -> Option<u32> {
    ask(program("id").arg(question).args(user))?.parse().ok()
}
