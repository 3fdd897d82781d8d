//! The sentence of a clause that a comment is about.

/// Most sentences that a form offers.
const OFFERED: usize = 40;

/// A clause's Markdown as the plain words that a reader sees, white space made one blank.
fn plain(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    for row in markdown.lines() {
        let row = row.trim_start_matches(['#', '>', ' ', '\t', '-', '*', '+']);
        for word in row.split_whitespace() {
            let word: String = word
                .chars()
                .filter(|c| !matches!(c, '*' | '_' | '`'))
                .collect();
            if !word.is_empty() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(&word);
            }
        }
    }
    words
}

/// The sentences of a clause that a comment can be about, in order, each once. At most 40, each at most 600 characters.
pub fn sentences(clause: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for paragraph in paragraphs(clause) {
        let text = plain(&paragraph);
        let mut start = 0;
        for (at, _) in text.match_indices(['.', ';', '?', '!']) {
            // A mark inside a number, or after a single letter or digit such as "a.", ends nothing.
            let ends = text[at + 1..].starts_with(' ');
            let word = text[start..at].rsplit(' ').next().unwrap_or_default();
            if ends && word.chars().count() > 2 {
                push(&mut found, &text[start..=at]);
                start = at + 1;
            }
        }
        push(&mut found, &text[start..]);
    }
    found.truncate(OFFERED);
    found
}

fn push(found: &mut Vec<String>, sentence: &str) {
    let sentence = sentence.trim();
    let length = sentence.chars().count();
    let known = found.iter().any(|other| other == sentence);
    if (8..=super::QUOTE_MAX as usize).contains(&length) && !known {
        found.push(sentence.to_owned());
    }
}

/// Paragraphs and items of lists, each as one text.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    for row in markdown.lines() {
        let trimmed = row.trim();
        let item = trimmed.starts_with(['-', '*', '+', '(', '#'])
            || trimmed.split_once(['.', ')']).is_some_and(|(mark, _)| {
                !mark.is_empty() && mark.len() <= 2 && mark.chars().all(char::is_alphanumeric)
            });
        if trimmed.is_empty() || item {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push_str(trimmed);
            last.push('\n');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::{Anchor, find_quote};

    const CLAUSE: &str = "Pemerintah kota menyediakan sedikitnya **180 tempat** parkir. Jarak paling jauh 1.4 km\ndari toko.\n\n- bebas biaya pada tahun pertama;\n- terang pada malam hari.";

    #[test]
    fn sentences_are_what_a_reader_sees() {
        assert_eq!(
            sentences(CLAUSE),
            [
                "Pemerintah kota menyediakan sedikitnya 180 tempat parkir.",
                "Jarak paling jauh 1.4 km dari toko.",
                "bebas biaya pada tahun pertama;",
                "terang pada malam hari.",
            ]
        );
    }

    #[test]
    fn every_sentence_that_is_offered_stands_in_its_clause() {
        for sentence in sentences(CLAUSE) {
            assert_eq!(find_quote(&sentence, CLAUSE), Anchor::InPlace, "{sentence}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_clause_can_be_cut(text in "(\\PC|[.;\n -]){0,80}") {
            for sentence in sentences(&text) {
                proptest::prop_assert!(sentence.chars().count() <= super::super::QUOTE_MAX as usize);
            }
        }
    }
}
