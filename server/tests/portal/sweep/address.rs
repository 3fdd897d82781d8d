//! The addresses, read from the sources: a new one is swept by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What a route's parameters stand for in a town where all of it is there.
pub(super) const THERE: &[(&str, &str)] = &[
    ("{slug}", "sepeda"),
    ("{question}", "q-position"),
    ("{number}", "1"),
    ("{label}", "1"),
    ("{nomor}", "0000000000"),
    ("{kode}", "0000000000"),
    ("{provider}", "simulator"),
    ("{nama}", "0000000000.pdf"),
    ("{key}", "permohonan-umum"),
    ("{page}", "pemohon"),
    ("{item}", "saksi.1"),
    ("{tanya}", "perihal"),
    ("{token}", "x"),
    ("{name}", "peta.txt"),
    ("{*name}", "rembug.css"),
];

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = ["app/src", "server/src", "words/src"]
        .map(|folder| root.join(folder))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                found.insert(path.display().to_string(), text);
            }
        }
    }
    found
}

/// Every address with whether it can be got and posted to.
pub(super) fn routes() -> BTreeMap<String, (bool, bool)> {
    let sources = sources();
    let constant = |name: &str| {
        // The office has names of its own for some of its addresses.
        let (place, name) = match name.rsplit_once("links::") {
            Some((_, name)) => ("words/src/links.rs", name),
            None => ("", name.rsplit("::").next().unwrap_or(name)),
        };
        let wanted = format!("const {name}: &str = \"");
        sources
            .iter()
            .filter(|(path, _)| path.ends_with(place))
            .map(|(_, text)| text)
            .find_map(|text| text.split_once(&wanted)?.1.split('"').next())
            .unwrap_or_else(|| panic!("no address named {name}"))
            .to_owned()
    };
    let mut routes = BTreeMap::new();
    for (name, text) in &sources {
        // The listener of the figures is another one.
        if name.ends_with("server/src/metrics.rs") {
            continue;
        }
        let text = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        for piece in text.split(".route(").skip(1) {
            let inside = inside(piece);
            let (address, methods) = inside.split_once(',').expect("an address and its methods");
            let address = address.trim();
            let address = match address.strip_prefix('"') {
                Some(literal) => literal.trim_end_matches('"').to_owned(),
                None => constant(address),
            };
            let prefix = if name.ends_with("server/src/api.rs") {
                "/api/v1"
            } else {
                ""
            };
            routes.insert(
                format!("{prefix}{address}"),
                (methods.contains("get("), methods.contains("post(")),
            );
        }
    }
    assert!(routes.len() > 70, "{routes:?}");
    routes
}

/// Up to the bracket that closes what is open.
fn inside(text: &str) -> &str {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The names of all fields that a handler asks for.
pub(super) fn fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in sources().values() {
        for ask in [".text(\"", ".string(\"", ".all(\"", ".has(\""] {
            for piece in text.split(ask).skip(1) {
                names.extend(piece.split('"').next().map(str::to_owned));
            }
        }
    }
    names.extend(["pertanyaan", "alasan", "hasil", "catatan", "pesan", "ke"].map(str::to_owned));
    names.insert("pilihan".to_owned());
    names.insert("jawab".to_owned());
    assert!(names.len() > 50, "{names:?}");
    names
}

/// The address with its parameters filled.
pub(super) fn filled(route: &str, with: &[(&str, &str)]) -> String {
    let id = match route.split('/').nth(1) {
        Some("tanggapan") => "c1",
        Some("berkas") => "f1",
        _ => "bambang",
    };
    let mut place = route.replace("{id}", id);
    for (name, value) in with {
        place = place.replace(name, value);
    }
    place
}
