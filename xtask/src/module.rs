//! The modules of the front end that few pages need, each a crate below `frontend`: what its main module is to cargo-leptos,
//! these are to this file.

use std::fs;

use anyhow::{Context, Result};

use crate::place;
use crate::shell::{program, run};

/// The crate `frontend-NAME` makes `pkg/NAME.js` and `pkg/NAME.wasm`.
const MODULES: [&str; 2] = ["form", "group"];

/// Packs files as tightly as it goes, as cargo-leptos does with those of the main module.
const PACK: &str = "
    const { readFileSync, writeFileSync } = require('fs');
    const { brotliCompressSync, gzipSync } = require('zlib');
    for (const file of process.argv.slice(1)) {
        const bytes = readFileSync(file);
        writeFileSync(file + '.br', brotliCompressSync(bytes));
        writeFileSync(file + '.gz', gzipSync(bytes, { level: 9 }));
    }
";

/// Builds them, beside the main module.
pub(crate) fn build() -> Result<()> {
    // The folder and the profile of the main module: what both need is built once.
    let folder = place::target().join("front");
    let mut cargo = program("cargo");
    cargo
        .args(["build", "--profile", "wasm-release"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&folder);
    for name in MODULES {
        cargo.args(["--package", &format!("frontend-{name}")]);
    }
    run(&mut cargo)?;

    let pkg = place::site().join("pkg");
    let mut pack = program("node");
    pack.args(["-e", PACK]);
    for name in MODULES {
        let built = folder.join(format!("wasm32-unknown-unknown/wasm-release/{name}.wasm"));
        run(program("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-name", name])
            .arg("--out-dir")
            .arg(&pkg)
            .arg(built))?;
        let (tied, whole) = (
            pkg.join(format!("{name}_bg.wasm")),
            pkg.join(format!("{name}.wasm")),
        );
        run(program("wasm-opt")
            .args([
                "-Oz",
                "--enable-bulk-memory",
                "--enable-nontrapping-float-to-int",
            ])
            .arg(&tied)
            .arg("-o")
            .arg(&whole))?;
        fs::remove_file(&tied).with_context(|| format!("Cannot remove {}", tied.display()))?;
        pack.arg(whole).arg(pkg.join(format!("{name}.js")));
    }
    run(&mut pack)
}
