//! Whether a quoted sentence still stands in a text.

use serde::{Deserialize, Serialize};

use super::{Clause, carry::words};
use crate::ClauseId;

/// Where the quote of a comment stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// In its clause; also when nothing was quoted.
    InPlace,
    /// In another clause of the text.
    Moved(ClauseId),
    /// The clause is there, but this sentence has changed.
    Changed,
    /// The clause has gone.
    ClauseGone,
}

/// Whether `quote` stands in `text`: [`Anchor::InPlace`] or [`Anchor::Changed`].
///
/// Compares words in their order: case, white space, punctuation, Markdown's marks, the numbers of its lists and the addresses
/// of its links do not count.
pub fn find_quote(quote: &str, text: &str) -> Anchor {
    let (quote, text) = (plain(quote), plain(text));
    if quote.is_empty() || text.contains(&quote) {
        Anchor::InPlace
    } else {
        Anchor::Changed
    }
}

/// Where `quote`, made on `clause`, stands among the clauses of the newest version.
pub fn find_quote_in(quote: &str, clause: &ClauseId, newest: &[Clause]) -> Anchor {
    let stands_in =
        |c: &Clause| find_quote(quote, &format!("{}\n{}", c.heading, c.body)) == Anchor::InPlace;
    let home = newest.iter().find(|c| c.id == *clause);
    if home.is_some_and(stands_in) {
        return Anchor::InPlace;
    }
    // A few words may stand in many clauses by chance.
    let moved = (words(quote).count() >= 4)
        .then(|| newest.iter().find(|c| stands_in(c)))
        .flatten();
    match (moved, home) {
        (Some(other), _) => Anchor::Moved(other.id.clone()),
        (None, Some(_)) => Anchor::Changed,
        (None, None) => Anchor::ClauseGone,
    }
}

/// The words of a text as a person reads them, with one blank between and around.
fn plain(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    for line in text.lines() {
        read.push_str(&without_addresses(without_marker(line)));
        read.push('\n');
    }
    let joined = words(&read).collect::<Vec<_>>().join(" ");
    if joined.is_empty() {
        joined
    } else {
        format!(" {joined} ")
    }
}

/// A line without the number or dash of a list: a reader who copies a list does not copy them.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line[digits..]
        .strip_prefix(['.', ')'])
        .filter(|rest| digits > 0 && rest.starts_with(' '))
        .unwrap_or(line)
}

/// `[text](address)` as `[text]`.
fn without_addresses(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        out.push(']');
        rest = after.split_once(')').map_or("", |(_, tail)| tail);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Wadah ada **tiga**: hijau, kuning, merah.\n\n1. Sampah _organik_ masuk wadah hijau.\n2. Lihat [jadwal](https://batu.example/x) di balai RW.\n\nBiaya paling tinggi Rp10.000.";

    #[test]
    fn a_quote_is_found_as_a_reader_copied_it() {
        for quote in [
            "",
            "  ",
            "wadah ADA tiga",
            "hijau,\n kuning,  merah",
            "Sampah organik masuk wadah hijau. Lihat jadwal di balai RW.",
            "1. Sampah organik",
            "“Biaya paling tinggi Rp10.000”",
            "merah. Sampah",
        ] {
            assert_eq!(find_quote(quote, TEXT), Anchor::InPlace, "{quote}");
        }
        for quote in [
            "Wadah ada empat",
            "biaya paling tinggi Rp10.500",
            "wadah merah",
            "adah ada",
            "batu.example",
        ] {
            assert_eq!(find_quote(quote, TEXT), Anchor::Changed, "{quote}");
        }
    }

    fn clause(id: &str, body: &str) -> Clause {
        Clause {
            id: ClauseId::new(id),
            label: id.into(),
            chapter: String::new(),
            heading: "Judul".into(),
            body: body.into(),
            body_html: String::new(),
        }
    }

    #[test]
    fn a_quote_follows_its_sentence() {
        let newest = [
            clause("a", "Iuran dibayar setiap bulan."),
            clause("b", "Truk datang hari Senin dan Kamis."),
        ];
        let find = |quote, id| find_quote_in(quote, &ClauseId::new(id), &newest);
        assert_eq!(find("dibayar setiap bulan", "a"), Anchor::InPlace);
        assert_eq!(find("Judul", "a"), Anchor::InPlace);
        assert_eq!(
            find("Truk datang hari Senin", "a"),
            Anchor::Moved(ClauseId::new("b"))
        );
        assert_eq!(
            find("Truk datang hari Senin", "x"),
            Anchor::Moved(ClauseId::new("b"))
        );
        assert_eq!(
            find("hari Senin", "a"),
            Anchor::Changed,
            "two words may be chance"
        );
        assert_eq!(find("dibayar setiap minggu", "a"), Anchor::Changed);
        assert_eq!(find("dibayar setiap minggu", "x"), Anchor::ClauseGone);
        assert_eq!(find("", "x"), Anchor::ClauseGone);
        assert_eq!(find("", "a"), Anchor::InPlace);
    }
}
