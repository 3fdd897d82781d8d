//! The letters of documents: shaped, measured, and never simply left out.

use std::{ops::Range, sync::LazyLock};

use krilla::text::{Font, Glyph as Drawn, GlyphId};
use rustybuzz::{Direction, Face as Shaper, UnicodeBuffer};

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Noto Sans.
    Text,
    /// Noto Sans, semi-bold.
    Strong,
    /// Source Serif, semi-bold: headings.
    Title,
}

/// A glyph at its place in a text. Lengths are in ems: times the size in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    id: u32,
    pub(super) advance: f32,
    x: f32,
    y: f32,
    /// The bytes of the text that it stands for.
    pub(super) range: Range<usize>,
}

/// A text without line ends, shaped.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
}

struct Face {
    shaper: Shaper<'static>,
    font: Font,
    em: f32,
    /// What is drawn for a character that the font does not have: its glyph and advance.
    missing: (u32, f32),
}

static TEXT: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/NotoSans-Regular.ttf")));
static STRONG: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/NotoSans-SemiBold.ttf")));
static TITLE: LazyLock<Face> =
    LazyLock::new(|| face(include_bytes!("../../../fonts/SourceSerif4-SemiBold.ttf")));

fn face(bytes: &'static [u8]) -> Face {
    let shaper = Shaper::from_slice(bytes, 0).expect("the font is part of the program");
    let font = Font::new(bytes.into(), 0).expect("the font is part of the program");
    let em = font.units_per_em();
    let sign = ['\u{fffd}', '?']
        .into_iter()
        .find_map(|c| shaper.glyph_index(c))
        .expect("every font has a question mark");
    let advance = f32::from(shaper.glyph_hor_advance(sign).unwrap_or(0)) / em;
    Face {
        missing: (u32::from(sign.0), advance),
        shaper,
        font,
        em,
    }
}

impl Style {
    fn face(self) -> &'static Face {
        match self {
            Self::Text => &TEXT,
            Self::Strong => &STRONG,
            Self::Title => &TITLE,
        }
    }

    pub(super) fn font(self) -> Font {
        self.face().font.clone()
    }

    /// This one, or the one with more characters when it lacks one of the text.
    fn fit_for(self, text: &str) -> Self {
        let lacks = |c: char| !c.is_whitespace() && self.face().shaper.glyph_index(c).is_none();
        if self == Self::Title && text.chars().any(lacks) {
            Self::Strong
        } else {
            self
        }
    }
}

/// Shapes a text that has no line ends, from left to right. A character that no font has is drawn as �, and copied out of the
/// document as what it is: our fonts have no script that runs to the left, so that such a text is a row of � in its order.
pub(super) fn shape(style: Style, text: &str) -> Run {
    let text = clean(text);
    let style = style.fit_for(&text);
    let face = style.face();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    buffer.set_direction(Direction::LeftToRight);
    let shaped = rustybuzz::shape(&face.shaper, &[], buffer);
    let infos = shaped.glyph_infos();
    let start = |place: usize| infos.get(place).map_or(text.len(), |i| i.cluster as usize);
    #[expect(clippy::cast_precision_loss, reason = "units of a font are small")]
    let ems = |units: i32| units as f32 / face.em;
    let glyphs = infos
        .iter()
        .zip(shaped.glyph_positions())
        .enumerate()
        .map(|(place, (info, position))| {
            let from = info.cluster as usize;
            let end = (place + 1..=infos.len())
                .map(start)
                .find(|end| *end != from);
            let range = from..end.unwrap_or(text.len()).max(from);
            if info.glyph_id == 0 {
                let (id, advance) = face.missing;
                return Glyph {
                    id,
                    advance,
                    x: 0.0,
                    y: 0.0,
                    range,
                };
            }
            Glyph {
                id: info.glyph_id,
                advance: ems(position.x_advance),
                x: ems(position.x_offset),
                y: ems(position.y_offset),
                range,
            }
        })
        .collect();
    Run {
        style,
        text,
        glyphs,
    }
}

/// Without what cannot be printed: signs of control and of direction go, blanks of every kind become one, and what has no
/// meaning outside of one program (private use, no characters) becomes �.
fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Some(' ')
            }
            c if c.is_control() => None,
            '\u{ad}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' => None,
            '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'.. => Some('\u{fffd}'),
            c if u32::from(c) & 0xfffe == 0xfffe => Some('\u{fffd}'),
            c => Some(c),
        })
        .collect()
}

impl Run {
    /// How wide some of its glyphs are at a size, in points.
    pub(super) fn width(&self, glyphs: Range<usize>, size: f32) -> f32 {
        let glyphs = self.glyphs.get(glyphs).unwrap_or_default();
        glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size
    }

    /// How wide it is at a size, in points.
    pub(super) fn full_width(&self, size: f32) -> f32 {
        self.width(0..self.glyphs.len(), size)
    }

    /// Whether a glyph stands for blanks alone.
    pub(super) fn is_blank(&self, glyph: &Glyph) -> bool {
        let text = self.text.get(glyph.range.clone()).unwrap_or_default();
        text.chars().all(char::is_whitespace)
    }
}

impl Drawn for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.id)
    }

    fn text_range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.x * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.y * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<krilla::surface::Location> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<u32> {
        shape(Style::Text, text)
            .glyphs
            .iter()
            .map(|g| g.id)
            .collect()
    }

    #[test]
    fn every_glyph_knows_its_text() {
        let run = shape(Style::Text, "Ñoño, I Gede – 3×4");
        let text: String = run
            .glyphs
            .iter()
            .map(|g| &run.text[g.range.clone()])
            .collect();
        assert_eq!(text, "Ñoño, I Gede – 3×4");
        assert!(run.full_width(10.0) > 60.0 && run.full_width(10.0) < 110.0);
        assert!(shape(Style::Text, "").glyphs.is_empty());
    }

    #[test]
    fn what_is_missing_is_seen_and_kept() {
        let sign = TEXT.missing.0;
        assert_eq!(signs("�"), [sign]);
        // Javanese, Arabic, Han: a sign each, with the character behind it.
        let run = shape(Style::Text, "ꦧ北");
        assert_eq!(
            run.glyphs.iter().map(|g| g.id).collect::<Vec<_>>(),
            [sign; 2]
        );
        assert_eq!(&run.text[run.glyphs[1].range.clone()], "北");
        assert_eq!(signs("محمد").len(), 4);
        let title = shape(Style::Title, "Đặng Thị");
        assert!(title.glyphs.iter().all(|g| g.id != STRONG.missing.0));
        assert_eq!(shape(Style::Title, "Surat").style, Style::Title);
        assert_eq!(shape(Style::Title, "Surat 北").style, Style::Strong);
    }

    #[test]
    fn signs_that_only_mislead_are_gone() {
        assert_eq!(clean("a\u{202e}b\u{200b}\0c\td"), "abc d");
        assert_eq!(
            clean("\u{f8ff}\u{ffff}\u{10ffff}"),
            "\u{fffd}\u{fffd}\u{fffd}"
        );
    }
}
