//! Programs that run beside this one: the portal, and what it is compared with.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::http::{self, Request};

/// A server of ours that listens on this machine alone. Ended when dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From its start to its first answered page.
    pub(crate) started_in: Duration,
    log: PathBuf,
}

impl Server {
    /// Starts what `prepare` makes of an address, and waits until `page` is answered.
    pub(crate) async fn start(
        log: PathBuf,
        page: &str,
        prepare: impl FnOnce(SocketAddr) -> Command,
    ) -> Result<Self> {
        let address = free_address()?;
        let mut command = prepare(address);
        let written =
            File::create(&log).with_context(|| format!("Cannot write {}", log.display()))?;
        let begin = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(written)
            .spawn()
            .with_context(|| format!("Cannot start {}", command.get_program().display()))?;
        let mut server = Self {
            child,
            address,
            started_in: Duration::ZERO,
            log,
        };
        let request = Request::get(page);
        while !matches!(http::once(address, &request).await, Ok(answer) if answer.status == 200) {
            if let Ok(Some(status)) = server.child.try_wait() {
                bail!(
                    "A server ended at its start ({status}): {}",
                    server.last_words()
                );
            }
            if begin.elapsed() > Duration::from_secs(30) {
                bail!(
                    "A server did not answer within 30 seconds: {}",
                    server.last_words()
                );
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begin.elapsed();
        Ok(server)
    }

    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits until it has.
    pub(crate) async fn stop(mut self) {
        ask_to_end(self.child.id());
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(10) && matches!(self.child.try_wait(), Ok(None))
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn last_words(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Has no effect on one that was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program to its end and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("Cannot start {}", command.get_program().display()))?;
    if !done.status.success() {
        bail!(
            "`{command:?}` failed ({}): {}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Through the shell's own `kill`: the program of that name is not on every machine.
fn ask_to_end(process: u32) {
    let _ = Command::new("sh")
        .args(["-c", "kill -TERM $0", &process.to_string()])
        .output();
}

/// A port that was free a moment ago.
fn free_address() -> Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .context("There is no free port")
}
