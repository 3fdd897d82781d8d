//! Turns `locales/<language>/<feature>.toml` into functions, one per text: a key that is missing in a language, or that
//! takes other arguments there, fails the build with a sentence that says which.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const LANGUAGES: [(&str, &str); 2] = [("id", "Id"), ("en", "En")];

type Texts = BTreeMap<String, String>;

fn main() {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales");
    println!("cargo:rerun-if-changed={}", locales.display());
    let mut out = String::new();
    for feature in features(&locales) {
        let texts: Vec<Texts> = LANGUAGES
            .iter()
            .map(|(tag, _)| read(&locales.join(tag).join(format!("{feature}.toml"))))
            .collect();
        compare(&feature, &texts);
        let _ = writeln!(out, "/// Texts of `{feature}`.\npub mod {feature} {{");
        let shown = texts[0]
            .values()
            .flat_map(|text| arguments(text))
            .any(|name| name != "count");
        out.push_str(if shown {
            "use super::{Display, Locale};\n"
        } else {
            "use super::Locale;\n"
        });
        for (key, first) in &texts[0] {
            function(&mut out, key, first, &texts);
        }
        out.push_str("}\n");
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script its folder this way alone"
    )]
    let target =
        PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("t.rs");
    fs::write(target, out).expect("the build folder can be written");
}

/// The features that have texts, by the files of the first language; every language must have the same files.
fn features(locales: &Path) -> Vec<String> {
    let list = |tag: &str| -> Vec<String> {
        let folder = locales.join(tag);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("{} cannot be read: {e}", folder.display()))
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                println!("cargo:rerun-if-changed={}", path.display());
                let name = path.file_name()?.to_str()?.strip_suffix(".toml")?;
                Some(name.to_owned())
            })
            .collect();
        names.sort();
        names
    };
    let first = list(LANGUAGES[0].0);
    for (tag, _) in &LANGUAGES[1..] {
        let other = list(tag);
        for (have, lack, missing_in) in [(&first, &other, *tag), (&other, &first, LANGUAGES[0].0)] {
            if let Some(name) = have.iter().find(|n| !lack.contains(n)) {
                panic!(
                    "locales/{missing_in}/{name}.toml is missing: every language has the same files"
                );
            }
        }
    }
    first
}

fn read(path: &Path) -> Texts {
    let raw = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&raw).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn compare(feature: &str, texts: &[Texts]) {
    for (place, (tag, _)) in LANGUAGES.iter().enumerate().skip(1) {
        for (have, lack, missing_in) in [(0, place, *tag), (place, 0, LANGUAGES[0].0)] {
            if let Some(key) = texts[have].keys().find(|k| !texts[lack].contains_key(*k)) {
                panic!("locales/{missing_in}/{feature}.toml has no text for `{key}`");
            }
        }
        for (key, text) in &texts[0] {
            let (mut here, mut there) = (arguments(text), arguments(&texts[place][key]));
            here.sort();
            there.sort();
            assert!(
                here == there,
                "`{feature}.{key}` takes {here:?} in one language and {there:?} in `{tag}`"
            );
        }
    }
}

/// Names in braces, in order of appearance, each once.
fn arguments(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default().to_owned();
        assert!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "`{{{name}}}` is no argument name in: {text}"
        );
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn function(out: &mut String, key: &str, first: &str, texts: &[Texts]) {
    let names = arguments(first);
    let doc = first.replace('\n', " ");
    let _ = writeln!(out, "/// {doc}");
    if names.is_empty() {
        let _ = writeln!(
            out,
            "pub const fn {key}(locale: Locale) -> &'static str {{ match locale {{"
        );
        for (place, (_, variant)) in LANGUAGES.iter().enumerate() {
            let _ = writeln!(out, "Locale::{variant} => {:?},", texts[place][key]);
        }
        out.push_str("} }\n");
        return;
    }
    let list: Vec<String> = names
        .iter()
        .map(|name| match name.as_str() {
            "count" => "count: i64".to_owned(),
            _ => format!("{name}: impl Display"),
        })
        .collect();
    let _ = writeln!(
        out,
        "pub fn {key}(locale: Locale, {}) -> String {{",
        list.join(", ")
    );
    if names.iter().any(|n| n == "count") {
        out.push_str("let written = locale.number(count);\n");
    }
    out.push_str("match locale {\n");
    for (place, (_, variant)) in LANGUAGES.iter().enumerate() {
        let text = texts[place][key].replace("{count}", "{written}");
        match text.split_once('|') {
            Some((one, many)) if names.iter().any(|n| n == "count") => {
                let _ = writeln!(
                    out,
                    "Locale::{variant} => if count == 1 {{ format!({one:?}) }} else {{ format!({many:?}) }},"
                );
            }
            _ => {
                let _ = writeln!(out, "Locale::{variant} => format!({text:?}),");
            }
        }
    }
    out.push_str("}\n}\n");
}
