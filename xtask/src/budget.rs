//! The size budget: what a resident's telephone has to fetch, against `budget.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::place;

/// Prints a table of the built front end and fails if a line is over its budget.
pub(crate) fn check() -> Result<()> {
    let budgets = read_budgets()?;
    let mut weights: BTreeMap<&str, u64> = budgets.keys().map(|line| (line.as_str(), 0)).collect();

    let pkg = place::site().join("pkg");
    println!("{:<44} {:>10} {:>10}", "bytes", "plain", "brotli");
    for plain in files_below(&pkg)? {
        let name = plain
            .strip_prefix(&pkg)
            .unwrap_or(&plain)
            .display()
            .to_string();
        // `cargo leptos build --precompress` put it there; it is what the server sends.
        let packed = size(&plain.with_added_extension("br"))?;
        println!("{name:<44} {:>10} {packed:>10}", size(&plain)?);
        if let Some(weight) = line_of(&name).and_then(|line| weights.get_mut(line)) {
            *weight += packed;
        }
    }

    let mut exceeded = Vec::new();
    for (line, weight) in weights {
        let budget = budgets[line];
        let verdict = if weight <= budget { "within" } else { "OVER" };
        println!("{line}: {weight} bytes, {verdict} the budget of {budget}");
        if weight == 0 {
            bail!("Nothing was found to weigh for `{line}`: is the front end built?");
        }
        if weight > budget {
            exceeded.push(line);
        }
    }
    if !exceeded.is_empty() {
        bail!(
            "Over the size budget: {}. See budget.toml.",
            exceeded.join(", ")
        );
    }
    Ok(())
}

/// To which line of the budget a file of `pkg` belongs: every page fetches the main module, few pages one of the others.
fn line_of(name: &str) -> Option<&'static str> {
    let is_main = name.starts_with("rembug")
        || name.starts_with("snippets")
        || name.starts_with("__wasm_split");
    match Path::new(name).extension()?.to_str()? {
        "css" => Some("css"),
        "wasm" | "js" if is_main => Some("main_wasm_and_js"),
        "wasm" | "js" if name.starts_with("form.") => Some("form_wasm_and_js"),
        "wasm" | "js" if name.starts_with("group.") => Some("group_wasm_and_js"),
        _ => None,
    }
}

fn read_budgets() -> Result<BTreeMap<String, u64>> {
    let text = std::fs::read_to_string(place::root().join("budget.toml"))
        .context("Cannot read budget.toml")?;
    parse_budgets(&text).context("budget.toml should hold comments and lines like `css = 12_000`")
}

fn parse_budgets(text: &str) -> Option<BTreeMap<String, u64>> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, bytes) = line.split_once('=')?;
            Some((
                name.trim().to_owned(),
                bytes.trim().replace('_', "").parse().ok()?,
            ))
        })
        .collect()
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("There is no {}: build the release first", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else if !path
            .extension()
            .is_some_and(|kind| kind == "br" || kind == "gz")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn size(file: &Path) -> Result<u64> {
    let about =
        std::fs::metadata(file).with_context(|| format!("Cannot weigh {}", file.display()))?;
    Ok(about.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_names_and_bytes() {
        let budgets = parse_budgets("# why\n\ncss = 12_000\nmain=5\n").unwrap();
        assert_eq!(budgets["css"], 12_000);
        assert_eq!(budgets["main"], 5);
        assert_eq!(parse_budgets("css: twelve"), None);
    }

    #[test]
    fn every_module_is_weighed_by_itself() {
        assert_eq!(line_of("rembug.wasm"), Some("main_wasm_and_js"));
        assert_eq!(
            line_of("snippets/leptos-1/inline0.js"),
            Some("main_wasm_and_js")
        );
        assert_eq!(line_of("rembug.css"), Some("css"));
        assert_eq!(line_of("form.js"), Some("form_wasm_and_js"));
        assert_eq!(line_of("group.wasm"), Some("group_wasm_and_js"));
        assert_eq!(line_of("photo.webp"), None);
    }
}
