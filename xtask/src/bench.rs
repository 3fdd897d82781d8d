//! `cargo xtask bench`: what Rembug costs, each figure beside its reference.

use anyhow::Result;

use crate::shell::{program, run};
use crate::{place, release, tools};

/// Builds the release and the measuring program, and runs it. What it takes is its own matter, but for `--no-build`.
pub(crate) fn bench(options: &[String]) -> Result<()> {
    let asked = |option: &str| options.iter().any(|given| given == option);
    if !asked("--no-build") {
        if !asked("--rembug") {
            tools::for_release()?;
            release::build()?;
        }
        run(program("cargo").args(["build", "--release", "--package", "bench"]))?;
    }
    let own = options.iter().filter(|option| *option != "--no-build");
    run(program(place::target().join("release/bench")).args(own))
}
