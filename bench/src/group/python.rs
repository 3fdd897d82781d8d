//! A Python of its own for the comparison, with the packages that `bench/reference/requirements.txt` pins.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{child::output, machine::runs};

/// Where the script and its requirements lie.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reference")
}

/// The interpreter in `home`, which is made when it is not there yet or has other packages.
pub(super) fn prepare(home: &Path) -> Result<PathBuf> {
    let wanted = folder().join("requirements.txt");
    let (python, mark) = (home.join("bin/python"), home.join("requirements.txt"));
    let text = std::fs::read_to_string(&wanted)?;
    if std::fs::read_to_string(&mark).is_ok_and(|has| has == text) {
        return Ok(python);
    }
    if !runs("python3") {
        bail!("python3 is not on this machine");
    }
    println!("Fetching what {} names.", wanted.display());
    output(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(home),
    )
    .context("python3 has no venv")?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ]);
    output(pip.arg(&wanted)).context("pip cannot fetch the packages")?;
    // Last, so that what is half done is begun anew.
    std::fs::write(&mark, text)?;
    Ok(python)
}
