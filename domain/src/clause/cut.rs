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

mod line;
mod rule;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CLAUSES, TEXT_BYTES};
use crate::{Problem, text};
use rule::{Line, mark};

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
