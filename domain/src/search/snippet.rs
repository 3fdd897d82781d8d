//! The part of a text that shows why it was found.

use super::{Term, words::words};

/// A stretch of a text; `hit` when it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// To be marked.
    pub hit: bool,
}

/// About `width` characters of `text` around the words that meet the terms, with these as pieces of their own.
///
/// Cut at words, with `…` where something is left out; the beginning of the text when nothing in it is met.
pub fn snippet(text: &str, terms: &[Term], width: usize) -> Vec<Piece> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = words(&text);
    // Pairs of Chinese characters are met by each of their characters.
    let hits: Vec<(usize, usize, usize)> = found
        .iter()
        .filter_map(|word| {
            let term = terms.iter().position(|term| {
                term.meets(word)
                    || (word.han
                        && term
                            .exact
                            .iter()
                            .any(|exact| exact.len() == 12 && exact.contains(&word.key)))
            })?;
            Some((word.start, word.end, term))
        })
        .collect();
    let (from, to) = window(&text, &hits, width);
    let mut pieces = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                hit,
            });
        }
    };
    if from > 0 {
        push("… ", false);
    }
    let mut at = from;
    for (start, end, _) in hits
        .into_iter()
        .filter(|(start, end, _)| *start >= from && *end <= to)
    {
        push(&text[at..start], false);
        push(&text[start..end], true);
        at = end;
    }
    push(&text[at..to], false);
    if to < text.len() {
        push(" …", false);
    }
    join(pieces)
}

/// The bytes of the window: the one with most different terms, the earliest of these.
fn window(text: &str, hits: &[(usize, usize, usize)], width: usize) -> (usize, usize) {
    // Bytes for characters: the same for Latin, and shorter for others, whose characters are wider.
    let mut best = (0, 0);
    for (place, (start, _, _)) in hits.iter().enumerate() {
        let mut terms: Vec<usize> = hits[place..]
            .iter()
            .take_while(|(_, end, _)| *end <= start + width)
            .map(|hit| hit.2)
            .collect();
        terms.sort_unstable();
        terms.dedup();
        if terms.len() > best.0 {
            best = (terms.len(), *start);
        }
    }
    let lead = if best.1 < width / 2 {
        best.1
    } else {
        width / 4
    };
    let from = word_border(text, best.1.saturating_sub(lead), false);
    (
        from,
        word_border(text, from.saturating_add(width).min(text.len()), true),
    )
}

/// The nearest border of a word at or after `at` (at most 40 bytes on), or of a character.
fn word_border(text: &str, at: usize, end: bool) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if at == 0 || at == text.len() {
        return at;
    }
    let blank = text[at..]
        .char_indices()
        .take_while(|(i, _)| *i < 40)
        .find(|(_, c)| *c == ' ')
        .map(|(i, _)| at + i);
    match blank {
        Some(blank) if end => blank,
        // A window that begins at a word begins after the gap before it.
        Some(_) if text[..at].ends_with(' ') => at,
        Some(blank) => blank + 1,
        None if end && text.len() - at < 40 => text.len(),
        None => at,
    }
}

/// Puts neighbours of one kind together.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if last.hit == piece.hit => last.text.push_str(&piece.text),
            _ => out.push(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Asked, ask};

    fn shown(text: &str, question: &str, width: usize) -> String {
        let Asked::Terms(terms) = ask(question) else {
            panic!("terms")
        };
        snippet(text, &terms, width)
            .into_iter()
            .map(|piece| {
                if piece.hit {
                    format!("[{}]", piece.text)
                } else {
                    piece.text
                }
            })
            .collect()
    }

    #[test]
    fn marks_the_forms_of_what_was_asked() {
        assert_eq!(
            shown("Pemerintah mengelola parkir.", "pengelolaan park", 100),
            "Pemerintah [mengelola] [parkir]."
        );
        assert_eq!(shown("優步超商", "超商", 100), "優步[超商]");
        assert_eq!(shown("Tanpa\n\nsesuatu", "sepeda", 100), "Tanpa sesuatu");
    }

    #[test]
    fn shows_the_part_that_matters() {
        let long = format!(
            "{} jalur sepeda baru {}",
            "satu dua tiga ".repeat(40),
            "empat lima ".repeat(40)
        );
        let text = shown(&long, "sepeda", 80);
        assert!(
            text.starts_with("… ") && text.ends_with(" …") && text.contains("jalur [sepeda] baru"),
            "{text}"
        );
        assert!(text.len() < 140, "{text}");
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_loses_nothing_of_a_short_text(text in "\\PC{0,90}", question in "\\PC{0,12}") {
            if let Asked::Terms(terms) = ask(&question) {
                let _ = snippet(&text, &terms, 20);
                let whole: String = snippet(&text, &terms, 4000).into_iter().map(|p| p.text).collect();
                proptest::prop_assert_eq!(whole, text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
}
