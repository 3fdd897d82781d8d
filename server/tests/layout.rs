//! The house stays as `docs/ARCHITECTURE.md` draws it: what the sources themselves can prove.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path.as_ref()))
        .unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

/// All files below a folder with this ending, by their path from the root.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path
                    .strip_prefix(root())
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, fs::read_to_string(&path).expect("a readable source"));
            }
        }
    }
    assert!(!found.is_empty(), "no {ending} in {folder}");
    found
}

#[test]
fn nothing_points_left() {
    let allowed: [(&str, &[&str]); 12] = [
        ("domain", &[]),
        ("storage", &["domain"]),
        ("service", &["domain", "storage"]),
        ("ui", &[]),
        ("words", &["domain"]),
        ("browser", &["domain", "words"]),
        ("app", &["domain", "ui", "service", "words", "browser"]),
        ("frontend", &["app"]),
        ("frontend/form", &["domain", "words", "browser"]),
        ("frontend/group", &["domain"]),
        ("server", &["app", "domain", "service"]),
        // Measures from outside: it knows the program by its addresses and its file alone.
        ("bench", &["domain"]),
    ];
    for (name, may) in allowed {
        let manifest = read(format!("{name}/Cargo.toml"));
        let manifest = manifest
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default();
        for other in allowed.map(|(other, _)| other) {
            let uses = manifest.lines().any(|l| {
                l.starts_with(&format!("{other}.workspace"))
                    || l.starts_with(&format!("{other} = {{ workspace"))
            });
            assert!(
                !uses || may.contains(&other),
                "{name} must not depend on {other}"
            );
        }
    }
}

#[test]
fn one_word_per_feature_in_every_layer() {
    // A page's feature has its rules, use cases and store under the same word; these are pages of other features.
    let pages_only = ["home", "feed", "design", "office"];
    for name in files("app/src", ".rs").keys() {
        let parts: Vec<&str> = name.split('/').collect();
        let [_, _, feature, _] = parts[..] else {
            continue;
        };
        if pages_only.contains(&feature) || feature == "assist" {
            continue;
        }
        for layer in ["service", "storage"] {
            assert!(
                root().join(format!("{layer}/src/{feature}.rs")).exists(),
                "{name} has no {layer}/src/{feature}.rs"
            );
        }
    }
}

#[test]
fn sql_is_in_storage_alone() {
    for crate_name in ["domain", "service", "ui", "app", "server"] {
        for (name, text) in files(&format!("{crate_name}/src"), ".rs") {
            // Tests arrange what no use case may bring about.
            let arranges = ["/tests.rs", "/testing.rs", "/fixture.rs"]
                .iter()
                .any(|end| name.ends_with(end));
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(arranges || !text.contains("sql!("), "{name} holds SQL");
        }
    }
}

#[test]
fn the_present_time_is_asked_for_once() {
    for crate_name in ["domain", "storage", "service", "ui", "app", "server"] {
        for (name, text) in files(&format!("{crate_name}/src"), ".rs") {
            assert!(
                name == "server/src/clock.rs" || !text.contains("SystemTime::now"),
                "{name} asks for the time"
            );
        }
    }
}

/// F1: a string child of these four elements is written raw by the server.
#[test]
fn no_text_inside_raw_elements() {
    for crate_name in ["ui", "app"] {
        for (name, text) in files(&format!("{crate_name}/src"), ".rs") {
            for tag in ["textarea", "style", "script", "noscript"] {
                for (at, _) in text.match_indices(&format!("<{tag}")) {
                    let rest = &text[at..];
                    let Some(end) = rest.find('>') else { continue };
                    let after = rest[end + 1..].trim_start();
                    assert!(
                        !after.starts_with('{'),
                        "{name}: a value inside <{tag}> is written raw"
                    );
                }
            }
        }
    }
}

/// F2, F3, F5: no server function exists, so none can be called from another site, redirect away or take any size.
#[test]
fn there_are_no_server_functions() {
    for (name, text) in files("app/src", ".rs") {
        for word in [
            "#[server",
            "GetUrl",
            "leptos_axum::redirect",
            "ServerFnError",
        ] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

/// F4: a panic must stay inside its request.
#[test]
fn panics_unwind_on_the_server() {
    let manifest = read("Cargo.toml");
    let (before, after) = manifest
        .split_once("[profile.wasm-release]")
        .expect("the browser has its own profile");
    assert!(!before.contains("panic ="), "the server unwinds");
    assert!(after.contains("panic = \"abort\""), "the browser aborts");
}

/// F7: the lock holds a SQLite that cannot lose committed rows.
#[test]
fn the_pinned_sqlite_is_the_fixed_one() {
    let lock = read("Cargo.lock");
    let versions: Vec<&str> = lock
        .split("[[package]]")
        .filter(|p| p.contains("name = \"libsqlite3-sys\""))
        .filter_map(|p| p.split("version = \"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(versions, ["0.37.0"], "0.37.0 carries SQLite 3.51.3");
}

#[test]
fn every_language_has_the_same_files() {
    let names = |tag: &str| -> Vec<String> {
        files(&format!("locales/{tag}"), ".toml")
            .keys()
            .filter_map(|n| n.rsplit('/').next().map(str::to_owned))
            .collect()
    };
    assert_eq!(names("id"), names("en"));
}

#[test]
fn the_browser_gets_nothing_of_the_server() {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "-p",
            "frontend",
            "--target",
            "wasm32-unknown-unknown",
            "-e",
            "normal",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(
        tree.contains("leptos"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for name in ["sqlx", "tokio", "axum", "storage", "service", "comrak"] {
        assert!(
            !tree.lines().any(|l| l.starts_with(&format!("{name} v"))),
            "{name} would be sent to the browser"
        );
    }
}
