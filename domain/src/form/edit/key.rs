//! Keys, made from what people write.

use crate::text::slug_of;

/// Most characters of a key, as the linter has it.
const MOST: usize = 40;

/// A key for something that is called so, which `is_taken` does not know: `Tanggal lahir` becomes `tanggal_lahir`, then
/// `tanggal_lahir_2`. `mark` stands between its words.
pub(super) fn make(label: &str, mark: char, is_taken: impl Fn(&str) -> bool) -> String {
    let slug = slug_of(label).replace('-', &mark.to_string());
    let mut base: String = slug.chars().take(MOST - 4).collect();
    base.truncate(base.trim_end_matches(mark).len());
    if !base.starts_with(|c: char| c.is_ascii_lowercase()) {
        base = format!("q{base}");
    }
    another(&base, mark, is_taken)
}

/// The key itself when it is free, else with the next number behind it.
pub(super) fn another(key: &str, mark: char, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(key) {
        return key.to_owned();
    }
    let stem = match key.rsplit_once(mark) {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u16>().is_ok() => stem,
        _ => key,
    };
    let stem: String = stem.chars().take(MOST - 6).collect();
    (2..=u32::MAX)
        .map(|number| format!("{stem}{mark}{number}"))
        .find(|key| !is_taken(key))
        .unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_words_of_their_own() {
        let taken = |key: &str| matches!(key, "nama" | "nama_2" | "nama_3" | "q");
        for (label, key) in [
            ("Tanggal lahir", "tanggal_lahir"),
            ("Nama", "nama_4"),
            ("NIK Ibu?", "nik_ibu"),
            ("17 Agustus", "q17_agustus"),
            ("—", "q_2"),
            ("Café", "cafe"),
        ] {
            assert_eq!(make(label, '_', taken), key);
        }
        let long = make(&"panjang sekali ".repeat(9), '-', |_| false);
        assert!(
            long.len() <= 36 && long.starts_with("panjang-sekali-"),
            "{long}"
        );
        assert_eq!(another("a_2", '_', |key| key == "a_2"), "a_3");
    }
}
