//! `cargo xtask check`: formatting and lints, of the server's code and of the browser's.

use anyhow::Result;

use crate::shell::{program, run};

pub(crate) fn check() -> Result<()> {
    run(program("cargo").args(["fmt", "--all", "--check"]))?;
    run(program("cargo").args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    run(program("cargo")
        .args([
            "clippy",
            "--package",
            "frontend",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--", "-D", "warnings"]))
}
