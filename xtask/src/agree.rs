//! `cargo xtask agree`: random forms and drafts, judged by the server's build and in WASM, give the same to the last byte.

use anyhow::{Context, Result};

use crate::shell::{program, run};
use crate::{place, tools};

/// How many; some seconds.
const CASES: &str = "2000";

pub(crate) fn check_with_tools() -> Result<()> {
    tools::for_release()?;
    check()
}

pub(crate) fn check() -> Result<()> {
    // The folder and the profile of the front end: what both need is built once.
    let folder = place::target().join("front");
    run(program("cargo")
        .args(["build", "--package", "agree", "--lib"])
        .args(["--profile", "wasm-release"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&folder))?;
    let place = place::target().join("agree");
    run(program("wasm-bindgen")
        .args(["--target", "nodejs", "--no-typescript", "--out-dir"])
        .arg(&place)
        .arg(folder.join("wasm32-unknown-unknown/wasm-release/agree.wasm")))?;
    let cases = place.join("cases.txt");
    let file = std::fs::File::create(&cases)
        .with_context(|| format!("Cannot make {}", cases.display()))?;
    run(program("cargo")
        .args(["run", "--quiet", "--package", "agree", "--", CASES])
        .stdout(file))?;
    run(program("node")
        .arg(place::root().join("frontend/form/agree/agree.cjs"))
        .arg(place.join("agree.js"))
        .arg(cases))
}
