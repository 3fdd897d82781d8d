//! A document in its parts, before it has lines and pages.

use domain::{Locale, Timestamp, Zone};

use super::{
    font::Style,
    paint::{About, paint},
    sheet::{Ink, MEASURE, Op, Part, SIDE, Set, Sheets},
};
use crate::{Result, qr};

/// A document to be drawn. Texts may hold line feeds; whatever is in them, they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its language.
    pub locale: Locale,
    /// The city, the office, how to reach it: one line each, the first two larger.
    pub letterhead: Vec<String>,
    /// Its title.
    pub title: String,
    /// A line below the title, such as its number; or empty.
    pub subtitle: String,
    /// What stands in the foot of every page.
    pub foot: String,
    /// When it was made: nothing else of it depends on the time.
    pub at: Timestamp,
    /// The city's wall clock.
    pub zone: Zone,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the title.
    Heading(String),
    /// Paragraphs, with an empty line between two.
    Text(String),
    /// What something is called, and what it is.
    Facts(Vec<(String, String)>),
    /// A list.
    List(Vec<String>),
    /// Who signs: place and day, post, name.
    Signature {
        /// `Batu, 24 November 2026`.
        place: String,
        /// The post, of one line or more.
        post: String,
        /// The name.
        name: String,
    },
    /// A QR code of an address beside what it is for.
    Code {
        /// The address.
        address: String,
        /// What the picture is, for who hears it read.
        words: String,
        /// What it is for; the address stands below.
        text: String,
    },
}

/// Room between two blocks.
const GAP: f32 = 9.0;

/// Draws a document as a PDF: A4, tagged, fonts embedded, the same bytes for the same document.
///
/// Takes the time of a few thousand glyphs: call it where waiting does no harm. Errors: [`crate::Error::Unavailable`] when it
/// cannot be drawn, which no text brings about.
pub fn draw(paper: &Paper) -> Result<Vec<u8>> {
    let mut sheets = Sheets::new();
    head(&mut sheets, paper);
    for block in &paper.blocks {
        put(&mut sheets, block);
    }
    let locale = paper.locale;
    sheets.feet(&paper.foot, |page, of| match locale {
        Locale::Id => format!("Halaman {page} dari {of}"),
        Locale::En => format!("Page {page} of {of}"),
    });
    let about = About {
        title: &said(&paper.title),
        author: &said(paper.letterhead.get(1).map_or("", String::as_str)),
        locale,
        at: paper.at,
        zone: &paper.zone,
    };
    paint(&sheets, &about)
}

/// A text for the properties of a document: short, in one line, never empty.
fn said(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect();
    match text.trim() {
        "" => "–".to_owned(),
        text => text.to_owned(),
    }
}

/// Letterhead and title.
fn head(sheets: &mut Sheets, paper: &Paper) {
    let group = sheets.open(0, Part::Group);
    sheets.draw(Op::Logo {
        at: (SIDE, sheets.y + 2.0),
    });
    let beside = Set {
        left: SIDE + 48.0,
        width: MEASURE - 48.0,
        ..Set::TEXT
    };
    for (place, line) in paper.letterhead.iter().enumerate() {
        let set = match place {
            0 => Set {
                style: Style::Strong,
                size: 9.5,
                leading: 13.0,
                ink: Ink::Green,
                ..beside
            },
            1 => Set {
                style: Style::Title,
                size: 15.0,
                leading: 20.0,
                ..beside
            },
            _ => Set {
                size: 8.5,
                leading: 12.0,
                ink: Ink::Second,
                ..beside
            },
        };
        let part = sheets.open(group, Part::Paragraph);
        sheets.text(part, set, line);
    }
    sheets.y += 9.0;
    sheets.bar(1.2, Ink::Green);
    sheets.y += 26.0;
    let set = Set {
        style: Style::Title,
        size: 19.0,
        leading: 25.0,
        ..Set::TEXT
    };
    heading(sheets, 1, set, &paper.title);
    if !paper.subtitle.is_empty() {
        let part = sheets.open(0, Part::Paragraph);
        let set = Set {
            style: Style::Strong,
            ..Set::TEXT
        };
        sheets.text(part, set, &paper.subtitle);
    }
    sheets.y += GAP;
}

fn heading(sheets: &mut Sheets, level: u16, set: Set, text: &str) {
    let part = sheets.open(0, Part::Heading(level, said(text)));
    // A heading does not stand alone at the end of a page.
    sheets.room(set.height(text) + 3.0 * Set::TEXT.leading);
    let landmark = (said(text), sheets.pages.len() - 1, sheets.y);
    sheets.landmarks.push(landmark);
    sheets.text(part, set, text);
}

fn put(sheets: &mut Sheets, block: &Block) {
    match block {
        Block::Heading(text) => {
            let set = Set {
                style: Style::Title,
                size: 13.0,
                leading: 18.0,
                ..Set::TEXT
            };
            sheets.skip(GAP);
            heading(sheets, 2, set, text);
            sheets.skip(3.0);
        }
        Block::Text(text) => {
            for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
                let part = sheets.open(0, Part::Paragraph);
                sheets.text(part, Set::TEXT, paragraph);
                sheets.skip(GAP);
            }
        }
        Block::Facts(rows) => facts(sheets, rows),
        Block::List(items) => list(sheets, items),
        Block::Signature { place, post, name } => signature(sheets, [place, post, name]),
        Block::Code {
            address,
            words,
            text,
        } => code(sheets, address, words, text),
    }
}

/// A table with a head in each row.
fn facts(sheets: &mut Sheets, rows: &[(String, String)]) {
    let table = sheets.open(0, Part::Table);
    let left = Set {
        size: 9.5,
        leading: 15.0,
        ink: Ink::Second,
        width: MEASURE * 0.34,
        ..Set::TEXT
    };
    let right = Set {
        leading: 15.0,
        left: SIDE + MEASURE * 0.37,
        width: MEASURE * 0.63,
        ..Set::TEXT
    };
    for (name, value) in rows {
        let (name, value) = (filled(name), filled(value));
        let row = sheets.open(table, Part::Row);
        let (head, cell) = (sheets.open(row, Part::Head), sheets.open(row, Part::Cell));
        // A row of a few lines stays together.
        let height = left.height(name).max(right.height(value)) + 8.0;
        sheets.room(height.min(8.0 * right.leading));
        sheets.bar(0.5, Ink::Line);
        sheets.y += 3.0;
        sheets.columns(&[(head, left, name), (cell, right, value)]);
        sheets.y += 5.0;
    }
    sheets.skip(GAP);
}

/// A cell is never empty: tables are read by their cells.
fn filled(text: &str) -> &str {
    match text.trim() {
        "" => "–",
        text => text,
    }
}

fn list(sheets: &mut Sheets, items: &[String]) {
    let list = sheets.open(0, Part::List);
    let set = Set {
        left: SIDE + 12.0,
        width: MEASURE - 12.0,
        ..Set::TEXT
    };
    for item in items {
        let item_part = sheets.open(list, Part::Item);
        let body = sheets.open(item_part, Part::Body);
        sheets.room(set.leading);
        sheets.draw(Op::Bar {
            rect: [SIDE, sheets.y + 7.0, 5.0, 1.2],
            ink: Ink::Green,
        });
        sheets.text(body, set, filled(item));
    }
    sheets.skip(GAP);
}

/// At the right, together on one page.
fn signature(sheets: &mut Sheets, lines: [&str; 3]) {
    let beside = Set {
        left: SIDE + MEASURE * 0.52,
        width: MEASURE * 0.48,
        ..Set::TEXT
    };
    let strong = Set {
        style: Style::Strong,
        ..beside
    };
    let sets = [beside, beside, strong];
    let height: f32 = sets
        .iter()
        .zip(lines)
        .map(|(set, text)| set.height(text))
        .sum();
    sheets.skip(GAP);
    sheets.room(height + 40.0);
    for (place, (set, text)) in sets.into_iter().zip(lines).enumerate() {
        if place == 2 {
            sheets.y += 34.0;
        }
        if !text.trim().is_empty() {
            let part = sheets.open(0, Part::Paragraph);
            sheets.text(part, set, text);
        }
    }
    sheets.skip(GAP);
}

/// A code with its words at the right, framed by hairlines; alone its words when the address is too long for a code.
fn code(sheets: &mut Sheets, address: &str, words: &str, text: &str) {
    const SIDE_OF_CODE: f32 = 78.0;
    let set = Set {
        size: 9.0,
        leading: 13.0,
        left: SIDE + SIDE_OF_CODE + 20.0,
        width: MEASURE - SIDE_OF_CODE - 20.0,
        ..Set::TEXT
    };
    sheets.skip(GAP);
    sheets.room(SIDE_OF_CODE + 24.0);
    sheets.bar(0.5, Ink::Line);
    let top = sheets.y + 12.0;
    if let Some(code) = qr::matrix(address) {
        let part = sheets.open(0, Part::Figure(said(words)));
        let mark = sheets.mark(part);
        sheets.draw(Op::Code {
            code,
            at: (SIDE, top),
            side: SIDE_OF_CODE,
            mark,
        });
    }
    sheets.y = top - 2.0;
    let page = sheets.pages.len();
    let part = sheets.open(0, Part::Paragraph);
    sheets.text(part, set, text);
    // Without an address there is nowhere to lead.
    if !address.is_empty() {
        sheets.y += 4.0;
        link(sheets, set, address);
    }
    if sheets.pages.len() == page {
        sheets.y = sheets.y.max(top + SIDE_OF_CODE + 10.0);
    }
}

/// An address that leads where it says.
fn link(sheets: &mut Sheets, set: Set, address: &str) {
    let part = sheets.open(0, Part::Paragraph);
    let link = sheets.open(part, Part::Link);
    let mark = sheets.mark(link);
    let strong = Set {
        style: Style::Strong,
        ink: Ink::Green,
        ..set
    };
    sheets.text(link, strong, address);
    let height = strong.height(address);
    sheets.draw(Op::Link {
        rect: [set.left, (sheets.y - height).max(0.0), set.width, height],
        address: address.to_owned(),
        mark,
    });
}
