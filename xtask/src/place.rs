//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the repository")
        .to_owned()
}

/// The browser tests, and the one `package.json`.
pub(crate) fn end2end() -> PathBuf {
    root().join("end2end")
}

/// The programs that npm installed.
pub(crate) fn npm_programs() -> PathBuf {
    end2end().join("node_modules/.bin")
}

/// Where cargo builds: `target`, or what `CARGO_TARGET_DIR` says.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |place| root().join(place))
}

/// Where cargo-leptos puts the built front end (`site-root` in Cargo.toml).
pub(crate) fn site() -> PathBuf {
    root().join("target/site")
}

/// The released program.
pub(crate) fn rembug() -> PathBuf {
    target().join("release/rembug")
}

/// Where cargo puts the programs it installs.
pub(crate) fn cargo_programs() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    Some(home.join("bin"))
}
