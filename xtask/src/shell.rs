//! Running other programs, with the project's own tools first on their PATH.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place;

/// A program to be run from the root of the repository.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(place::root())
        .env("PATH", path())
        // Tailwind looks here for `@import "tailwindcss"`, since the style sheet does not lie beside node_modules.
        .env("NODE_PATH", place::end2end().join("node_modules"));
    // What cargo said about xtask itself. Left in, it makes build scripts that watch it (ring's does) run again and again.
    for (name, _) in std::env::vars_os() {
        let word = name.to_string_lossy();
        if word.starts_with("CARGO_PKG_") || word.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// A program to be started in the background. Where the system can (Linux), it gets `signal` should this one be killed.
pub(crate) fn companion(file: &Path, signal: &str) -> Command {
    let Some(setpriv) = find("setpriv") else {
        return program(file);
    };
    let mut command = program(setpriv);
    command.arg(format!("--pdeathsig={signal}")).arg(file);
    command
}

/// Runs a program in the foreground; its output goes straight to the person.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status}).", spoken(command));
    }
    Ok(())
}

/// Runs a program and returns what it printed, or nothing if it is missing or failed.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Looks a program up on the PATH that `program` gives.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&path())
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Starts a program in the background.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| cannot_start(command))
}

/// Asks a background program to end (`signal` as `kill` names it), and ends it after ten seconds.
pub(crate) fn stop(child: &mut Child, signal: &str) {
    let asked = send(signal, child.id());
    let ended = asked
        && wait_until(Duration::from_secs(10), || {
            !matches!(child.try_wait(), Ok(None))
        });
    if !ended {
        // Fails only for a program that has ended meanwhile.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Whether a process is alive that is ours to stop.
pub(crate) fn is_alive(process: u32) -> bool {
    send("0", process)
}

/// Through the shell's own `kill`: the program of that name is not on every machine.
fn send(signal: &str, process: u32) -> bool {
    let mut shell = program("sh");
    ask(shell.args(["-c", "kill -$0 $1", signal, &process.to_string()])).is_some()
}

/// Asks again and again until `done`, for as long as `patience` lasts. Returns whether it came true.
pub(crate) fn wait_until(patience: Duration, mut done: impl FnMut() -> bool) -> bool {
    let begin = Instant::now();
    loop {
        if done() {
            return true;
        }
        if begin.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The command as one would type it.
pub(crate) fn spoken(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` could not be started", spoken(command))
}

fn path() -> OsString {
    let own = [Some(place::npm_programs()), place::cargo_programs()];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = own
        .into_iter()
        .flatten()
        .chain(std::env::split_paths(&inherited));
    std::env::join_paths(folders).unwrap_or(inherited.clone())
}
