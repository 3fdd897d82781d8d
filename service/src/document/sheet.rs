//! Sheets of A4 that fill from top to bottom: what stands where, and what it is to somebody who hears it read.

use std::{ops::Range, rc::Rc};

use super::{
    font::{Run, Style, shape},
    line::lines,
};
use crate::qr::Matrix;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.276;
/// A4, in points.
pub(super) const HEIGHT: f32 = 841.89;
/// Where text begins at the left, and how far from the right it ends: 24 mm.
pub(super) const SIDE: f32 = 68.0;
/// Where text begins at the top: 20 mm.
const TOP: f32 = 57.0;
/// Where text ends: the foot of the page is below.
const BOTTOM: f32 = HEIGHT - 76.0;
/// The baseline of the foot.
pub(super) const FOOT: f32 = HEIGHT - 42.0;
/// How wide text is.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * SIDE;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    First,
    /// Text beside it.
    Second,
    /// The city.
    Green,
    /// Hairlines.
    Line,
    /// Black, for codes that machines read.
    Black,
}

/// What a part of a document is, for who hears it read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Parts that belong together.
    Group,
    /// A heading, with its level from 1.
    Heading(u16, String),
    Paragraph,
    Table,
    Row,
    /// The head of a row.
    Head,
    Cell,
    List,
    Item,
    /// What an item says.
    Body,
    /// A picture, in words.
    Figure(String),
    Link,
}

/// A part with what is in it, in the order of reading.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) part: Part,
    pub(super) inner: Vec<Inner>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inner {
    Branch(usize),
    Mark(Mark),
}

/// Something on a page that belongs to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark(pub(super) usize);

/// Something to draw. Lengths are points from the upper left corner.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// Glyphs of a text, from their baseline.
    Text {
        run: Rc<Run>,
        glyphs: Range<usize>,
        at: (f32, f32),
        size: f32,
        ink: Ink,
        /// `None` for what only repeats or adorns.
        mark: Option<Mark>,
    },
    /// A filled rectangle that only adorns: left, top, width, height.
    Bar { rect: [f32; 4], ink: Ink },
    /// The mountains of the city, that only adorn.
    Logo { at: (f32, f32) },
    /// A QR code.
    Code {
        code: Matrix,
        at: (f32, f32),
        side: f32,
        mark: Mark,
    },
    /// A place that leads to an address: left, top, width, height.
    Link {
        rect: [f32; 4],
        address: String,
        mark: Mark,
    },
}

/// How text is set in a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    pub(super) style: Style,
    pub(super) size: f32,
    /// From baseline to baseline.
    pub(super) leading: f32,
    pub(super) ink: Ink,
    pub(super) left: f32,
    pub(super) width: f32,
}

/// A heading's place: its text, page and height.
pub(super) type Landmark = (String, usize, f32);

/// The sheets of one document.
#[derive(Debug)]
pub(super) struct Sheets {
    pub(super) pages: Vec<Vec<Op>>,
    /// The first one is the document.
    pub(super) tree: Vec<Branch>,
    pub(super) marks: usize,
    pub(super) landmarks: Vec<Landmark>,
    /// How far the page is filled.
    pub(super) y: f32,
}

impl Set {
    /// The text of a document, as wide as the page.
    pub(super) const TEXT: Self = Self {
        style: Style::Text,
        size: 10.5,
        leading: 15.5,
        ink: Ink::First,
        left: SIDE,
        width: MEASURE,
    };

    /// The lines of a text, one after another.
    fn lines(self, text: &str) -> Vec<(Rc<Run>, Range<usize>)> {
        let of_line = |line: &str| {
            let run = Rc::new(shape(self.style, line));
            let lines = lines(&run, self.size, self.width);
            lines.into_iter().map(move |glyphs| (run.clone(), glyphs))
        };
        text.trim_end().split('\n').flat_map(of_line).collect()
    }

    /// How high a text is.
    #[expect(clippy::cast_precision_loss, reason = "nobody writes so many lines")]
    pub(super) fn height(self, text: &str) -> f32 {
        self.lines(text).len() as f32 * self.leading
    }
}

impl Sheets {
    pub(super) fn new() -> Self {
        Self {
            pages: vec![Vec::new()],
            tree: vec![Branch {
                part: Part::Group,
                inner: Vec::new(),
            }],
            marks: 0,
            landmarks: Vec::new(),
            y: TOP,
        }
    }

    /// Begins a part inside of another one.
    pub(super) fn open(&mut self, outer: usize, part: Part) -> usize {
        let branch = self.tree.len();
        self.tree.push(Branch {
            part,
            inner: Vec::new(),
        });
        self.tree[outer].inner.push(Inner::Branch(branch));
        branch
    }

    /// A mark of something that belongs to a part.
    pub(super) fn mark(&mut self, branch: usize) -> Mark {
        let mark = Mark(self.marks);
        self.marks += 1;
        self.tree[branch].inner.push(Inner::Mark(mark));
        mark
    }

    pub(super) fn draw(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    /// On to a new page, unless so much fits on this one.
    pub(super) fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// Leaves some room free; none at the top of a page.
    pub(super) fn skip(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// One line of glyphs with its baseline at `y`.
    fn line(&mut self, branch: usize, set: Set, y: f32, (run, glyphs): (Rc<Run>, Range<usize>)) {
        if glyphs.is_empty() {
            return;
        }
        let mark = Some(self.mark(branch));
        self.draw(Op::Text {
            run,
            glyphs,
            at: (set.left, y),
            size: set.size,
            ink: set.ink,
            mark,
        });
    }

    /// A text, line by line, over as many pages as it takes.
    pub(super) fn text(&mut self, branch: usize, set: Set, text: &str) {
        for line in set.lines(text) {
            self.room(set.leading);
            self.y += set.leading;
            self.line(branch, set, self.y - set.leading * 0.3, line);
        }
    }

    /// Texts beside one another, over as many pages as the longest takes.
    pub(super) fn columns(&mut self, columns: &[(usize, Set, &str)]) {
        let mut set: Vec<_> = columns
            .iter()
            .map(|(branch, set, text)| (*branch, *set, set.lines(text).into_iter()))
            .collect();
        let leading = columns
            .iter()
            .map(|(_, set, _)| set.leading)
            .fold(1.0, f32::max);
        loop {
            let next: Vec<_> = set
                .iter_mut()
                .map(|(branch, set, lines)| (*branch, *set, lines.next()))
                .collect();
            if next.iter().all(|(_, _, line)| line.is_none()) {
                return;
            }
            self.room(leading);
            self.y += leading;
            for (branch, set, line) in next {
                if let Some(line) = line {
                    self.line(branch, set, self.y - leading * 0.3, line);
                }
            }
        }
    }

    /// A bar across the text: nothing to read.
    pub(super) fn bar(&mut self, height: f32, ink: Ink) {
        self.draw(Op::Bar {
            rect: [SIDE, self.y, MEASURE, height],
            ink,
        });
    }

    /// A text on every page in the foot: left one way, right the number of the page.
    pub(super) fn feet(&mut self, left: &str, right: impl Fn(usize, usize) -> String) {
        let of = self.pages.len();
        for (place, page) in self.pages.iter_mut().enumerate() {
            page.push(Op::Bar {
                rect: [SIDE, FOOT - 14.0, MEASURE, 0.5],
                ink: Ink::Line,
            });
            let number = Rc::new(shape(Style::Text, &right(place + 1, of)));
            let foot = Rc::new(shape(Style::Text, left));
            let at = WIDTH - SIDE - number.full_width(8.0);
            let room = at - SIDE - 12.0;
            let first = lines(&foot, 8.0, room).into_iter().next();
            for (run, glyphs, x) in [
                (foot, first.unwrap_or(0..0), SIDE),
                (number.clone(), 0..number.glyphs.len(), at),
            ] {
                page.push(Op::Text {
                    run,
                    glyphs,
                    at: (x, FOOT),
                    size: 8.0,
                    ink: Ink::Second,
                    mark: None,
                });
            }
        }
    }
}
