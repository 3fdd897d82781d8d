//! The npm packages of `end2end/package.json`: the browser tests, and the helpers of cargo-leptos.

use std::process::{Child, Stdio};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::place;
use crate::shell::{program, spoken, start};

/// An `npm ci` that may still be under way.
#[must_use = "`finish` waits for the installation and reports its failure"]
pub(crate) struct Install(Option<Child>);

/// Begins to install unless what is installed is at least as new as the lock file.
pub(crate) fn begin_install() -> Result<Install> {
    if is_fresh() {
        println!("npm packages: present");
        return Ok(Install(None));
    }
    println!(
        "npm packages: installing in the background, for browser tests, Tailwind and wasm-opt (about 15 seconds) …"
    );
    let child = start(npm_ci().stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    Ok(Install(Some(child)))
}

impl Install {
    pub(crate) fn finish(self) -> Result<()> {
        let Some(child) = self.0 else { return Ok(()) };
        let output = child
            .wait_with_output()
            .context("npm could not be waited for")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!(
                "`{}` in end2end failed:\n{}",
                spoken(&npm_ci()),
                said.trim()
            );
        }
        println!("npm packages: installed");
        Ok(())
    }
}

fn npm_ci() -> std::process::Command {
    let mut npm = program("npm");
    npm.arg("ci").current_dir(place::end2end());
    npm
}

fn is_fresh() -> bool {
    let changed = |file: &str| -> Option<SystemTime> {
        place::end2end().join(file).metadata().ok()?.modified().ok()
    };
    let installed = changed("node_modules/.package-lock.json");
    installed.is_some() && installed >= changed("package-lock.json")
}
