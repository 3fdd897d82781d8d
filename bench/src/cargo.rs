//! What some parts measure and no other part needs: built when it is asked for.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::child::output;

/// Builds something of a package of this workspace where this program lies; cargo knows whether it is there. The folder of
/// what was built.
pub(crate) fn build(package: &str, options: &[&str]) -> Result<PathBuf> {
    let target = std::env::current_exe()?
        .ancestors()
        .nth(2)
        .context("It is not known where this program lies")?
        .to_owned();
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--quiet", "--package", package])
        .args(options)
        .arg("--target-dir")
        .arg(&target);
    output(&mut cargo)?;
    Ok(target)
}
