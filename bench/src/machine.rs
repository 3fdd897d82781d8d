//! The machine: which core serves and which one asks.

use std::{fmt, process::Command};

/// The cores in use. Without `taskset` nothing is pinned, and the figures say so.
#[derive(Debug)]
pub(crate) struct Machine {
    /// The core of the portal and of its references, and the one of the load.
    cores: Option<(usize, usize)>,
    processor: String,
}

impl Machine {
    /// Looks around, and moves this process to the core of the load.
    pub(crate) fn take() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let allowed = field(&status, "Cpus_allowed_list:").map_or_else(Vec::new, cores_of);
        let cores = match allowed[..] {
            [server, load, ..] if pin_self(load) => Some((server, load)),
            _ => None,
        };
        let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let processor = about
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1))
            .unwrap_or("unknown processor")
            .to_owned();
        Self { cores, processor }
    }

    /// A command for the core of the server, that ends with this process where the system can see to it.
    pub(crate) fn command(&self, program: &std::path::Path) -> Command {
        let mut words: Vec<std::ffi::OsString> = Vec::new();
        if runs("setpriv") {
            words.extend(["setpriv", "--pdeathsig=KILL"].map(Into::into));
        }
        if let Some((server, _)) = self.cores {
            words.extend(["taskset".into(), "-c".into(), server.to_string().into()]);
        }
        words.push(program.into());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. ", self.processor)?;
        match self.cores {
            Some((server, load)) => write!(
                f,
                "Servers and their references run on core {server}, the load on core {load}."
            ),
            None => write!(
                f,
                "Nothing is pinned (one core, or no `taskset`): servers and load are in each other's way."
            ),
        }
    }
}

/// Resident memory of a process in megabytes, and the processor time it has used in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) resident: f64,
    /// Of it the program's own data: neither its code nor files that lie in the system's cache as well.
    pub(crate) own: f64,
    /// The most that was ever resident.
    pub(crate) peak: f64,
    pub(crate) seconds: f64,
}

/// What a process uses now; zeros where `/proc` does not tell.
pub(crate) fn usage(process: u32) -> Usage {
    let read =
        |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let status = read("status");
    let megabytes = |name: &str| {
        field(&status, name)
            .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
            .unwrap_or_default()
            * 1_024.0
            / 1e6
    };
    Usage {
        resident: megabytes("VmRSS:"),
        own: megabytes("RssAnon:"),
        peak: megabytes("VmHWM:"),
        seconds: ticks(&read("stat")) / 100.0,
    }
}

/// User and system time out of `/proc/PID/stat`, in hundredths of a second. The name in brackets may hold anything.
fn ticks(stat: &str) -> f64 {
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|text| text.parse::<f64>().ok())
        .sum()
}

fn field<'s>(status: &'s str, name: &str) -> Option<&'s str> {
    status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .map(str::trim)
}

/// The numbers of a list such as `0-2,5`.
fn cores_of(list: &str) -> Vec<usize> {
    list.split(',')
        .filter_map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
        })
        .flatten()
        .collect()
}

fn pin_self(core: usize) -> bool {
    let own = std::process::id().to_string();
    Command::new("taskset")
        .args(["-a", "-c", "-p", &core.to_string(), &own])
        .output()
        .is_ok_and(|done| done.status.success())
}

/// Whether a program is there and tells its version.
pub(crate) fn runs(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|done| done.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_tells_is_read() {
        assert_eq!(cores_of("0-2,5"), [0, 1, 2, 5]);
        assert_eq!(cores_of(""), [] as [usize; 0]);
        let stat = "7 (a b) c) S 1 1 1 0 -1 4194560 1 0 0 0 250 50 0 0 20";
        assert!((ticks(stat) - 300.0).abs() < f64::EPSILON);
        assert_eq!(field("VmRSS:\t  12 kB\n", "VmRSS:"), Some("12 kB"));
    }
}
