//! Cutting a text into clauses.
//!
//! A text is read line by line:
//!
//! 1. **Chapter**: a line `BAB II`, `BAB II. Judul` or `Chapter 2: Title`, with or without Markdown's `#`. A plain `BAB II`
//!    followed by a short line takes that line as its title. The chapter stands with the clause that follows it.
//! 2. **Clause**: a line `Pasal 4`, `Pasal 4. Judul`, `Pasal 4A` or `Article 4: Title`, with or without `#`. Its label is `4`.
//!    A text that has at least one of them is cut by them alone: numbers and other headings inside belong to the clause.
//! 3. Without any, a Markdown text is cut at its **headings** of the deepest level that is used more than once (or the only
//!    one); headings above that level are chapters. A heading that starts with a number gives it as the label.
//! 4. Without headings, at lines `1. Judul` or `1) …` at the start of a line, when there are at least two and they count
//!    from 1 upwards.
//! 5. Without numbers, at **empty lines**: each paragraph is a clause, with labels 1, 2, 3, ….
//!
//! What stands before the first clause, if anything, becomes a clause labelled [`PREAMBLE`]. A clause without a number of its
//! own takes its place in the text as label. A label that comes twice gets `-2`, `-3`, … behind it.
//! Labels hold lower-case letters, digits and hyphens, so that they stand in addresses. Nothing depends on the clock or on chance.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CLAUSES, TEXT_BYTES};
use crate::{Problem, text};

/// The label of what stands before the first clause.
pub const PREAMBLE: &str = "pembukaan";
/// Most characters of a chapter or a heading; what is longer is cut at a word.
const HEADING: usize = 160;

/// A clause as cut out of a text, before it has an identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// See [`super::Clause::label`].
    pub label: String,
    /// See [`super::Clause::chapter`].
    pub chapter: String,
    /// See [`super::Clause::heading`].
    pub heading: String,
    /// See [`super::Clause::body`].
    pub body: String,
}

/// Why a text cannot be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// Nothing in it.
    #[error("the text is empty")]
    Empty,
    /// More than [`TEXT_BYTES`] bytes.
    #[error("the text is too large")]
    TooLarge,
    /// More than [`CLAUSES`] clauses.
    #[error("the text has too many clauses")]
    TooMany,
}

impl From<CutError> for Problem {
    fn from(error: CutError) -> Self {
        match error {
            CutError::Empty => Self::Missing,
            CutError::TooLarge => Self::TooLarge {
                max_kb: u32::try_from(TEXT_BYTES / 1024).unwrap_or(u32::MAX),
            },
            CutError::TooMany => Self::TooMany {
                max: u32::try_from(CLAUSES).unwrap_or(u32::MAX),
            },
        }
    }
}

/// Cuts a text into clauses, by the rules of this module.
pub fn cut(source: &str) -> Result<Vec<Cut>, CutError> {
    if source.len() > TEXT_BYTES {
        return Err(CutError::TooLarge);
    }
    let source = text::body(source, 0, u32::MAX).map_err(|_| CutError::TooLarge)?;
    if source.is_empty() {
        return Err(CutError::Empty);
    }
    let lines = mark(&source);
    let mut pieces = assemble(&lines);
    if pieces.len() > CLAUSES {
        return Err(CutError::TooMany);
    }
    label(&mut pieces);
    Ok(pieces)
}

/// What a line begins.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line<'t> {
    /// Nothing: it belongs to the clause above.
    Text(&'t str),
    /// A chapter with its heading.
    Chapter(String),
    /// A clause with its label (may be empty), heading, and first words of its body.
    Clause(String, String, &'t str),
}

/// Chooses the rule that fits the text and reads each line by it.
fn mark(source: &str) -> Vec<Line<'_>> {
    let lines: Vec<&str> = source.lines().collect();
    let plain: Vec<bool> = outside_code(&lines);
    if (0..lines.len()).any(|n| plain[n] && article(lines[n]).is_some()) {
        return by_articles(&lines, &plain);
    }
    if let Some(level) = clause_level(&lines, &plain) {
        return by_headings(&lines, &plain, level);
    }
    if counts_up(&lines, &plain) {
        return by_numbers(&lines, &plain);
    }
    by_paragraphs(&lines, &plain)
}

fn by_articles<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut skip = None;
    for (n, line) in lines.iter().enumerate() {
        if skip == Some(n) {
            continue;
        }
        out.push(if !plain[n] {
            Line::Text(line)
        } else if let Some(mut heading) = chapter(line) {
            // Laws write the title of a chapter on the line below its number.
            if !heading.contains(['.', ':'])
                && let Some(title) = lines.get(n + 1).filter(|l| is_title(l))
            {
                heading = format!("{heading}. {}", bare(title));
                skip = Some(n + 1);
            }
            Line::Chapter(heading)
        } else if let Some((label, title)) = article(line) {
            Line::Clause(label, title, "")
        } else {
            Line::Text(line)
        });
    }
    out
}

fn by_headings<'t>(lines: &[&'t str], plain: &[bool], level: usize) -> Vec<Line<'t>> {
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| match heading(line).filter(|_| *plain) {
            Some((found, title)) if found == level => {
                let (number, rest) = numbered(title).unwrap_or_default();
                let title = if number.is_empty() { title } else { rest };
                Line::Clause(number, bare(title), "")
            }
            Some((found, title)) if found < level => Line::Chapter(bare(title)),
            _ => Line::Text(line),
        })
        .collect()
}

fn by_numbers<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| match numbered(line).filter(|_| *plain) {
            Some((number, rest)) if is_title(rest) => Line::Clause(number, bare(rest), ""),
            Some((number, rest)) => Line::Clause(number, String::new(), rest),
            None => chapter(line).map_or(Line::Text(line), Line::Chapter),
        })
        .collect()
}

fn by_paragraphs<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    let mut fresh = true;
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| {
            let starts = fresh && *plain && !line.is_empty();
            fresh = line.is_empty();
            match heading(line).filter(|_| *plain) {
                Some((_, title)) => {
                    fresh = true;
                    Line::Chapter(bare(title))
                }
                None if starts => Line::Clause(String::new(), String::new(), line),
                None => Line::Text(line),
            }
        })
        .collect()
}

/// Puts the lines together into clauses.
fn assemble(lines: &[Line<'_>]) -> Vec<Cut> {
    let mut pieces: Vec<Cut> = Vec::new();
    let mut before = String::new();
    let mut chapter = String::new();
    for line in lines {
        match line {
            Line::Chapter(heading) if chapter.is_empty() => chapter.clone_from(heading),
            // Two in a row: a part and its chapter.
            Line::Chapter(heading) => chapter = format!("{chapter} · {heading}"),
            Line::Clause(label, heading, first) => pieces.push(Cut {
                label: slug(label),
                chapter: clip(&std::mem::take(&mut chapter)),
                heading: clip(heading),
                body: (*first).to_owned(),
            }),
            Line::Text(text) => {
                let body = pieces
                    .last_mut()
                    .map_or(&mut before, |piece| &mut piece.body);
                body.push('\n');
                body.push_str(text);
            }
        }
    }
    let before = before.trim();
    if !before.is_empty() {
        pieces.insert(
            0,
            Cut {
                label: PREAMBLE.to_owned(),
                chapter: String::new(),
                heading: String::new(),
                body: before.to_owned(),
            },
        );
    }
    // A chapter without a clause after it, as at the end of a text or in a text of headings alone.
    if !chapter.is_empty() {
        match pieces.last_mut() {
            Some(last) => last.body = format!("{}\n\n**{chapter}**", last.body),
            None => pieces.push(Cut {
                label: String::new(),
                chapter: String::new(),
                heading: clip(&chapter),
                body: String::new(),
            }),
        }
    }
    for piece in &mut pieces {
        piece.body = piece.body.trim().to_owned();
    }
    pieces
}

/// Gives a label to those without and makes all different.
fn label(pieces: &mut [Cut]) {
    let mut used = BTreeSet::new();
    let mut place = 0;
    for piece in pieces {
        if piece.label != PREAMBLE {
            place += 1;
        }
        if piece.label.is_empty() {
            piece.label = place.to_string();
        }
        let stem = piece.label.clone();
        let mut copy = 2;
        while !used.insert(piece.label.clone()) {
            piece.label = format!("{stem}-{copy}");
            copy += 1;
        }
    }
}

/// Which lines stand outside fenced code, where nothing begins.
fn outside_code(lines: &[&str]) -> Vec<bool> {
    let mut inside = false;
    lines
        .iter()
        .map(|line| {
            let fence = line.trim_start().starts_with("```");
            let plain = !inside && !fence;
            inside ^= fence;
            plain
        })
        .collect()
}

/// `## Judul` as its level and title.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let title = line.get(level..)?.strip_prefix(' ')?;
    let title = title.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && !title.is_empty()).then_some((level, title))
}

/// The level of headings at which to cut: the deepest that comes more than once, or the only one there is.
fn clause_level(lines: &[&str], plain: &[bool]) -> Option<usize> {
    let mut count = [0_usize; 7];
    for (line, _) in lines.iter().zip(plain).filter(|(_, plain)| **plain) {
        if let Some((level, _)) = heading(line) {
            count[level] += 1;
        }
    }
    (1..=6)
        .rev()
        .find(|level| count[*level] > 1)
        .or_else(|| (1..=6).rev().find(|level| count[*level] > 0))
}

/// A line without marks of emphasis and of headings.
fn bare(line: &str) -> String {
    let line = heading(line).map_or(line, |(_, title)| title);
    line.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// `BAB II. Judul` as `BAB II. Judul`.
fn chapter(line: &str) -> Option<String> {
    let line = bare(line);
    let (word, rest) = line.split_once(' ')?;
    let is_word = ["bab", "chapter", "bagian", "buku", "part"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    let number = rest.split([' ', '.', ':']).next().unwrap_or_default();
    let counts = !number.is_empty()
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| b"IVXLCDM".contains(&b))
            || ORDINALS
                .iter()
                .any(|known| number.eq_ignore_ascii_case(known)));
    let rest = rest[number.len()..].trim();
    // "Bab II berisi …" is a sentence, not a heading.
    let ends = rest.is_empty() || rest.starts_with(['.', ':', '–', '-', '—']);
    let loud = rest.chars().any(char::is_alphabetic) && rest == rest.to_uppercase();
    (is_word && counts && (ends || loud || is_title(rest) && rest.starts_with(char::is_uppercase)))
        .then(|| line.trim_end_matches(['.', ':']).to_owned())
}

const ORDINALS: [&str; 10] = [
    "kesatu",
    "kedua",
    "ketiga",
    "keempat",
    "kelima",
    "keenam",
    "ketujuh",
    "kedelapan",
    "kesembilan",
    "kesepuluh",
];

/// `Pasal 4A. Judul` as `("4a", "Judul")`.
fn article(line: &str) -> Option<(String, String)> {
    let is_heading = heading(line).is_some();
    let line = bare(line);
    let (word, rest) = line.split_once(' ')?;
    if !["pasal", "article", "clause"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    {
        return None;
    }
    let rest = rest.trim_start();
    let label: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let roman = !label.is_empty() && label.bytes().all(|b| b"IVXLC".contains(&b));
    if !(roman || digits > 0 && label.len() <= digits + 2) {
        return None;
    }
    let rest = rest[label.len()..].trim_start();
    let title = rest
        .trim_start_matches(['.', ':', '–', '—', '-', ')'])
        .trim();
    // "Pasal 4 ayat (2) dihapus." is a sentence about a clause; a heading says so, or stops there, or has a mark.
    let marked = title.len() < rest.len() && !title.starts_with(|c: char| c.is_ascii_digit());
    let fits = is_heading || rest.is_empty() || marked && is_title(title);
    fits.then(|| (label.to_lowercase(), bare(title)))
}

/// `1. …` or `1) …` at the very start of a line.
fn numbered(line: &str) -> Option<(String, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    let rest = rest.strip_prefix(' ')?.trim();
    ((1..=4).contains(&digits) && !rest.is_empty())
        .then(|| (line[..digits].trim_start_matches('0').to_owned(), rest))
}

/// Whether there are at least two numbered lines that count upwards from 1.
fn counts_up(lines: &[&str], plain: &[bool]) -> bool {
    let numbers: Vec<usize> = lines
        .iter()
        .zip(plain)
        .filter(|(_, plain)| **plain)
        .filter_map(|(line, _)| numbered(line)?.0.parse().ok())
        .collect();
    numbers.len() > 1 && numbers.iter().enumerate().all(|(n, found)| *found == n + 1)
}

/// Whether a line reads like a title: short, and no sentence.
fn is_title(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty()
        && line.chars().count() <= 100
        && !line.ends_with(['.', ';', ',', ':'])
        && !line.starts_with(['(', '-', '*', '>', '|'])
        && numbered(line).is_none()
        && article(line).is_none()
}

fn slug(label: &str) -> String {
    text::slug_of(label).chars().take(20).collect()
}

fn clip(heading: &str) -> String {
    let heading = heading.trim();
    if heading.chars().count() <= HEADING {
        return heading.to_owned();
    }
    let cut: String = heading.chars().take(HEADING - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut}…")
}

#[cfg(test)]
mod tests;
