//! `cargo xtask tools`: installs what is missing, and says for each tool what it is for and how long it takes.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{ask, find, program, run};
use crate::{npm, place};

/// Everything that any verb needs.
pub(crate) fn all() -> Result<()> {
    for_release()?;
    install(&[nextest()])
}

/// What the lints and the Rust tests need, and no more.
pub(crate) fn for_rust_tests() -> Result<()> {
    require_programs(&[RUSTC, CC, GIT])?;
    wasm_target()?;
    install(&[nextest()])
}

/// What building the release and driving a browser need.
pub(crate) fn for_release() -> Result<()> {
    require_programs(&[RUSTC, CC, GIT, NODE, NPM])?;
    require_node_20()?;
    // npm waits for the network and cargo for the processor: side by side.
    let packages = npm::begin_install()?;
    wasm_target()?;
    install(&[cargo_leptos(), wasm_bindgen()?])?;
    packages.finish()
}

/// A program that is the machine's business: its name, and how to get it.
struct Required(&'static str, &'static str);

const RUSTC: Required = Required(
    "rustc",
    "Install Rust 1.95 or newer with rustup, see rust-lang.org.",
);
const CC: Required = Required(
    "cc",
    "Install a C compiler (Debian: `apt-get install build-essential`; macOS: `xcode-select --install`).",
);
const GIT: Required = Required(
    "git",
    "Install git (Debian: `apt-get install git`; macOS: `brew install git`).",
);
const NODE: Required = Required(
    "node",
    "Install Node.js 20 or newer (Debian: `apt-get install nodejs npm`; macOS: `brew install node`).",
);
const NPM: Required = Required(
    "npm",
    "Install npm, which comes with Node.js (Debian: `apt-get install npm`; macOS: `brew install node`).",
);

fn require_programs(programs: &[Required]) -> Result<()> {
    for Required(name, remedy) in programs {
        if find(name).is_none() {
            bail!("The program `{name}` is missing. {remedy}");
        }
    }
    Ok(())
}

fn require_node_20() -> Result<()> {
    let version = ask(program("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < 20) {
        bail!(
            "The installed Node.js calls itself `{version}`, which is too old. {}",
            NODE.1
        );
    }
    Ok(())
}

/// The part of the compiler that makes WebAssembly.
fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let present = ask(program("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| Path::new(&folder).is_dir());
    if present {
        println!("{TARGET}: present");
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "The compiler cannot make WebAssembly and there is no rustup to teach it. \
             Install Rust with rustup, or your system's package for the target {TARGET}."
        );
    }
    println!(
        "{TARGET}: installing, so that the compiler can build the front end (about 20 seconds) …"
    );
    run(program("rustup").args(["target", "add", TARGET]))
}

/// A program that `cargo install` builds.
struct CargoTool {
    package: &'static str,
    version: String,
    /// Which installed versions will do, beside exactly `version`.
    accepts: fn(&str) -> bool,
    /// Asks the installed one for its version: the second word of what it prints.
    ask: &'static [&'static str],
    purpose: &'static str,
    duration: &'static str,
    options: &'static [&'static str],
}

fn install(tools: &[CargoTool]) -> Result<()> {
    for tool in tools {
        tool.ensure()?;
    }
    remove_build_files()
}

/// Runs the tests.
fn nextest() -> CargoTool {
    CargoTool {
        package: "cargo-nextest",
        version: "0.9.143".into(),
        accepts: |version| {
            let patch = version
                .strip_prefix("0.9.")
                .and_then(|patch| patch.parse().ok());
            patch.is_some_and(|patch: u32| patch >= 100)
        },
        ask: &["cargo-nextest", "nextest", "--version"],
        purpose: "to run the Rust tests",
        duration: "about 5 minutes",
        options: &[
            "--locked",
            "--no-default-features",
            "--features",
            "default-no-update",
        ],
    }
}

/// Builds front end, style sheet and server together. 0.3.11 wants a newer compiler.
fn cargo_leptos() -> CargoTool {
    CargoTool {
        package: "cargo-leptos",
        version: "0.3.10".into(),
        accepts: |_| false,
        ask: &["cargo-leptos", "--version"],
        purpose: "to build the front end and the server together",
        duration: "about 8 minutes, once",
        // Its helpers come from `package.json` and from below, in the versions that we chose.
        options: &["--locked", "--features", "no_downloads"],
    }
}

/// Ties the WebAssembly to the browser. Its version must be the one of the library in Cargo.lock.
fn wasm_bindgen() -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        version: locked_version("wasm-bindgen")?,
        accepts: |_| false,
        ask: &["wasm-bindgen", "--version"],
        purpose: "to tie the WebAssembly to the browser",
        duration: "about 2 minutes, once",
        // Not `--locked`: its lock file names a withdrawn crate.
        options: &[],
    })
}

impl CargoTool {
    fn ensure(&self) -> Result<()> {
        let Self {
            package, version, ..
        } = self;
        match self.installed() {
            Some(found) if found == *version || (self.accepts)(&found) => {
                println!("{package}: {found}");
                return Ok(());
            }
            Some(found) => println!(
                "{package}: replacing {found} by {version}, {} ({}) …",
                self.purpose, self.duration
            ),
            None => println!(
                "{package}: installing {version}, {} ({}) …",
                self.purpose, self.duration
            ),
        }
        run(quick_to_build(&mut program("cargo"))
            .args([
                "install",
                "--quiet",
                "--force",
                &format!("{package}@{version}"),
            ])
            .args(self.options)
            .arg("--target-dir")
            .arg(build_files()))
    }

    fn installed(&self) -> Option<String> {
        let (name, arguments) = self.ask.split_first()?;
        let answer = ask(program(name).args(arguments))?;
        answer.split_whitespace().nth(1).map(str::to_owned)
    }
}

/// These tools work for seconds a day: building them fast matters more than their speed.
fn quick_to_build(command: &mut Command) -> &mut Command {
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
}

fn build_files() -> std::path::PathBuf {
    place::target().join("tools")
}

/// Gives back the gigabyte that building the tools took.
fn remove_build_files() -> Result<()> {
    match std::fs::remove_dir_all(build_files()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("The build files of the tools could not be removed")
        }
        _ => Ok(()),
    }
}

/// The version of a crate in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(place::root().join("Cargo.lock"))
        .context("Cannot read Cargo.lock")?;
    version_in(&lock, package).with_context(|| format!("Cargo.lock names no version of {package}."))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    let (version, _) = after.split_once('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_the_version_of_exactly_that_crate() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }

    #[test]
    fn a_nextest_of_the_last_hundred_is_good_enough() {
        let accepts = nextest().accepts;
        assert!(accepts("0.9.143") && accepts("0.9.100"));
        assert!(!accepts("0.9.99") && !accepts("1.0.0"));
    }
}
