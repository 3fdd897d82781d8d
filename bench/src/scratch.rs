//! The folder of a run: on the disk of the build, because a folder in memory would flush nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A folder that is removed with this value.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Result<Self> {
        let own = std::env::current_exe().context("It is not known where this program lies")?;
        let parent = own.parent().unwrap_or(Path::new(".")).join("bench-runs");
        sweep(&parent);
        let folder = parent.join(std::process::id().to_string());
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("Cannot make the folder {}", folder.display()))?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A place beside the runs' folders, for what is worth keeping from run to run.
    pub(crate) fn lasting(&self, name: &str) -> PathBuf {
        let runs = self.0.parent().unwrap_or(&self.0);
        runs.with_file_name(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("The folder {} is left over: {error}.", self.0.display());
        }
    }
}

/// Removes what killed runs left: folders named after a process that is gone.
fn sweep(parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let process = Path::new("/proc").join(entry.file_name());
        if Path::new("/proc/self").exists() && !process.exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
