//! Folders that vanish.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::shell::is_alive;

/// A new folder among the system's temporary files, removed when this value is dropped.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(purpose: &str) -> Result<Self> {
        sweep(purpose);
        let folder = std::env::temp_dir().join(format!("rembug-{purpose}-{}", std::process::id()));
        std::fs::create_dir(&folder)
            .with_context(|| format!("Cannot make the folder {}", folder.display()))?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("The folder {} is left over: {error}.", self.0.display());
        }
    }
}

/// Removes what earlier runs left behind when they were interrupted: folders named after a process that is gone.
fn sweep(purpose: &str) {
    let prefix = format!("rembug-{purpose}-");
    for entry in std::fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(process) = name
            .strip_prefix(&prefix)
            .and_then(|id| id.parse::<u32>().ok())
        else {
            continue;
        };
        if !is_alive(process) {
            // Somebody else's folder stays.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
