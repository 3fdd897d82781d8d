//! The least that puts the same words on paper, to compare with: shaped with the same fonts, broken at blanks, one line below
//! the other, as a plain PDF. No tags, no outline, no rules of PDF/A and PDF/UA, no columns, lines, links or codes.

use std::sync::LazyLock;

use krilla::{
    Document, SerializeSettings,
    geom::Point,
    page::PageSettings,
    text::{Font, GlyphId, KrillaGlyph},
};
use rustybuzz::{Face as Shaper, UnicodeBuffer};
use service::document::{Block, Paper};

/// Sizes of the sheet, as the documents have them.
const WIDTH: f32 = 595.276;
const HEIGHT: f32 = 841.89;
const SIDE: f32 = 68.0;
const TOP: f32 = 57.0;
const BOTTOM: f32 = HEIGHT - 76.0;
const SIZE: f32 = 10.5;
const LEADING: f32 = 15.0;

struct Face {
    shaper: Shaper<'static>,
    font: Font,
}

static TEXT: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/NotoSans-Regular.ttf")));
static STRONG: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/NotoSans-SemiBold.ttf")));
static TITLE: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/SourceSerif4-SemiBold.ttf")));

fn face(bytes: &'static [u8]) -> Face {
    Face {
        shaper: Shaper::from_slice(bytes, 0).expect("is a font"),
        font: Font::new(bytes.into(), 0).expect("is a font"),
    }
}

/// The words of a paper as a PDF.
pub(crate) fn draw(paper: &Paper) -> Vec<u8> {
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    let lines: Vec<Line<'_>> = texts(paper)
        .into_iter()
        .flat_map(|(face, text)| text.lines().flat_map(|line| broken(face, line)))
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some fifty lines"
    )]
    let a_page = ((BOTTOM - TOP) / LEADING) as usize;
    for lines in lines.chunks(a_page) {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("is a size");
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        let mut y = TOP;
        for line in lines {
            y += LEADING;
            let from = Point::from_xy(SIDE, y);
            let font = line.face.font.clone();
            surface.draw_glyphs(from, &line.glyphs, font, line.text, SIZE, false);
        }
        surface.finish();
        page.finish();
    }
    document.finish().expect("is a document")
}

/// All texts in their order, each in the font that it has in ours.
fn texts(paper: &Paper) -> Vec<(&'static Face, &str)> {
    let mut all: Vec<(&'static Face, &str)> = Vec::new();
    for (place, line) in paper.letterhead.iter().enumerate() {
        let face: &'static Face = match place {
            0 => &STRONG,
            1 => &TITLE,
            _ => &TEXT,
        };
        all.push((face, line));
    }
    all.extend([(&*TITLE, &*paper.title), (&*STRONG, &*paper.subtitle)]);
    for block in &paper.blocks {
        match block {
            Block::Heading(text) => all.push((&TITLE, text)),
            Block::Text(text) => all.push((&TEXT, text)),
            Block::Facts(rows) => {
                let cells = rows.iter().flat_map(|(name, value)| [name, value]);
                all.extend(cells.map(|cell| (&*TEXT, &**cell)));
            }
            Block::List(items) => all.extend(items.iter().map(|item| (&*TEXT, &**item))),
            Block::Signature { place, post, name } => {
                all.extend([(&*TEXT, &**place), (&*TEXT, &**post), (&*STRONG, &**name)]);
            }
            Block::Code { address, text, .. } => {
                all.extend([(&*TEXT, &**text), (&*TEXT, &**address)]);
            }
        }
    }
    all
}

/// A line with the whole text that its glyphs are a part of.
struct Line<'a> {
    face: &'static Face,
    text: &'a str,
    glyphs: Vec<KrillaGlyph>,
}

/// A paragraph shaped once and cut at the last blank that fits.
fn broken<'a>(face: &'static Face, text: &'a str) -> Vec<Line<'a>> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(&face.shaper, &[], buffer);
    let em = face.font.units_per_em();
    #[expect(clippy::cast_precision_loss, reason = "units of a font are small")]
    let ems = |units: i32| units as f32 / em;
    let infos = shaped.glyph_infos();
    let glyphs: Vec<KrillaGlyph> = infos
        .iter()
        .zip(shaped.glyph_positions())
        .enumerate()
        .map(|(place, (info, position))| {
            let next = infos.get(place + 1);
            let end = next.map_or(text.len(), |next| next.cluster as usize);
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(position.x_advance),
                ems(position.x_offset),
                ems(position.y_offset),
                0.0,
                info.cluster as usize..end,
                None,
            )
        })
        .collect();
    let line = |glyphs: &[KrillaGlyph]| Line {
        face,
        text,
        glyphs: glyphs.to_vec(),
    };
    let mut lines = Vec::new();
    let (mut from, mut blank, mut width) = (0, None, 0.0);
    for (place, glyph) in glyphs.iter().enumerate() {
        width += glyph.x_advance * SIZE;
        if text[glyph.text_range.clone()].trim().is_empty() {
            blank = Some(place + 1);
        }
        if let Some(cut) = blank.filter(|_| width > WIDTH - 2.0 * SIDE) {
            lines.push(line(&glyphs[from..cut]));
            let rest = glyphs[cut..=place].iter();
            width = rest.map(|glyph| glyph.x_advance * SIZE).sum();
            (from, blank) = (cut, None);
        }
    }
    lines.push(line(&glyphs[from..]));
    lines
}
