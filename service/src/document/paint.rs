//! Sheets as a PDF: PDF/A-2a for archives and PDF/UA-1 for who hears it read, the same bytes for the same sheets.

use std::{collections::HashMap, num::NonZeroU16};

use domain::{Locale, Timestamp, Zone};
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb::Color,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag,
        TableHeaderScope, Tag, TagGroup, TagTree,
    },
};

use super::sheet::{HEIGHT, Ink, Inner, Mark, Op, Part, Sheets, WIDTH};
use crate::{Error, Result, qr::Matrix};

/// What a document says about itself.
#[derive(Clone, Debug)]
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) author: &'a str,
    pub(super) locale: Locale,
    pub(super) at: Timestamp,
    pub(super) zone: &'a Zone,
}

/// Draws the sheets.
pub(super) fn paint(sheets: &Sheets, about: &About<'_>) -> Result<Vec<u8>> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(broken)?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let mut marks = HashMap::new();
    for ops in &sheets.pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("a page"))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for op in ops {
            draw(&mut surface, op, &mut marks);
        }
        surface.finish();
        for op in ops {
            let Op::Link {
                rect: [x, y, w, h],
                address,
                mark,
            } = op
            else {
                continue;
            };
            let rect = Rect::from_xywh(*x, *y, *w, *h).ok_or_else(|| broken("a link"))?;
            let action = Action::Link(LinkAction::new(address.clone()));
            let link = LinkAnnotation::new(rect, Target::Action(action));
            let link = Annotation::new_link(link, Some(address.clone()));
            marks.insert(*mark, page.add_tagged_annotation(link));
        }
        page.finish();
    }
    let mut outline = Outline::new();
    for (text, page, y) in &sheets.landmarks {
        let there = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        outline.push_child(OutlineNode::new(text.clone(), there));
    }
    document.set_outline(outline);
    document.set_tag_tree(tree(sheets, &marks));
    document.set_metadata(metadata(about));
    document.finish().map_err(broken)
}

fn broken(why: impl std::fmt::Debug) -> Error {
    tracing::error!(?why, "a document cannot be drawn");
    Error::Unavailable(storage::Error::Unfit(format!(
        "a document cannot be drawn: {why:?}"
    )))
}

fn metadata(about: &About<'_>) -> Metadata {
    let wall = about.zone.wall(about.at);
    let date = DateTime::new(u16::try_from(wall.year()).unwrap_or(0))
        .month(wall.month().into())
        .day(wall.day())
        .hour(wall.hour())
        .minute(wall.minute())
        .second(wall.second())
        .utc_offset_hour(about.zone.hours)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.to_owned())
        .authors(vec![about.author.to_owned()])
        .creator("Rembug".to_owned())
        .language(about.locale.tag().to_owned())
        .creation_date(date)
}

fn ink(ink: Ink) -> Fill {
    let (r, g, b) = match ink {
        Ink::First => (0x1c, 0x24, 0x21),
        Ink::Second => (0x4b, 0x54, 0x4f),
        Ink::Green => (0x0f, 0x5a, 0x43),
        Ink::Line => (0xc9, 0xc5, 0xb8),
        Ink::Black => (0, 0, 0),
    };
    Fill {
        paint: Color::new(r, g, b).into(),
        rule: FillRule::NonZero,
        ..Fill::default()
    }
}

fn draw(surface: &mut Surface<'_>, op: &Op, marks: &mut HashMap<Mark, Identifier>) {
    match op {
        Op::Text {
            run,
            glyphs,
            at: (x, y),
            size,
            ink: colour,
            mark,
        } => {
            let tag = match mark {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => artifact(ArtifactType::Footer),
            };
            let id = surface.start_tagged(tag);
            surface.set_fill(Some(ink(*colour)));
            let glyphs = run.glyphs.get(glyphs.clone()).unwrap_or_default();
            let from = Point::from_xy(*x, *y);
            surface.draw_glyphs(from, glyphs, run.style.font(), &run.text, *size, false);
            surface.end_tagged();
            if let Some(mark) = mark {
                marks.insert(*mark, id);
            }
        }
        Op::Bar {
            rect: [x, y, w, h],
            ink: colour,
        } => {
            surface.start_tagged(artifact(ArtifactType::Layout));
            fill(surface, *colour, rectangle(&[[*x, *y, *w, *h]]));
            surface.end_tagged();
        }
        Op::Logo { at: (x, y) } => {
            surface.start_tagged(artifact(ArtifactType::Layout));
            logo(surface, *x, *y);
            surface.end_tagged();
        }
        Op::Code {
            code,
            at: (x, y),
            side,
            mark,
        } => {
            let id = surface.start_tagged(ContentTag::Other);
            fill(surface, Ink::Black, modules(code, *x, *y, *side));
            surface.end_tagged();
            marks.insert(*mark, id);
        }
        Op::Link { .. } => {}
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(surface: &mut Surface<'_>, colour: Ink, path: Option<Path>) {
    surface.set_fill(Some(ink(colour)));
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn rectangle(all: &[[f32; 4]]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for [x, y, w, h] in all {
        if let Some(rect) = Rect::from_xywh(*x, *y, *w, *h) {
            path.push_rect(rect);
        }
    }
    path.finish()
}

/// The dark modules of a code as one path.
#[expect(clippy::cast_precision_loss, reason = "at most 177 modules")]
fn modules(code: &Matrix, x: f32, y: f32, side: f32) -> Option<Path> {
    let one = side / code.size() as f32;
    let runs: Vec<[f32; 4]> = code
        .runs()
        .into_iter()
        .map(|run| {
            let at = |n: u32| n as f32 * one;
            [x + at(run.x), y + at(run.y), at(run.length), one]
        })
        .collect();
    rectangle(&runs)
}

/// Arjuno and Welirang: the mountains of the site's header.
fn logo(surface: &mut Surface<'_>, x: f32, y: f32) {
    let mut ridge = PathBuilder::new();
    ridge.move_to(0.0, 20.0);
    for (x, y) in [(10.5, 1.0), (16.1, 11.2), (19.5, 6.0), (30.0, 20.0)] {
        ridge.line_to(x, y);
    }
    ridge.close();
    surface.push_transform(&Transform::from_row(1.2, 0.0, 0.0, 1.2, x, y));
    fill(surface, Ink::Green, ridge.finish());
    surface.pop();
}

fn tree(sheets: &Sheets, marks: &HashMap<Mark, Identifier>) -> TagTree {
    let mut tree = TagTree::new();
    for node in nodes(sheets, 0, marks) {
        tree.push(node);
    }
    tree
}

fn nodes(sheets: &Sheets, branch: usize, marks: &HashMap<Mark, Identifier>) -> Vec<Node> {
    let inner = &sheets.tree[branch].inner;
    inner
        .iter()
        .filter_map(|inner| match inner {
            Inner::Mark(mark) => marks.get(mark).copied().map(Node::from),
            Inner::Branch(branch) => {
                let inner = nodes(sheets, *branch, marks);
                // A part without anything in it is no part.
                (!inner.is_empty()).then(|| group(&sheets.tree[*branch].part, inner).into())
            }
        })
        .collect()
}

fn group(part: &Part, inner: Vec<Node>) -> TagGroup {
    match part {
        Part::Group => TagGroup::with_children(Tag::Div, inner),
        Part::Heading(level, text) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(text.clone())), inner)
        }
        Part::Paragraph => TagGroup::with_children(Tag::P, inner),
        Part::Table => TagGroup::with_children(Tag::Table, inner),
        Part::Row => TagGroup::with_children(Tag::TR, inner),
        Part::Head => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), inner),
        Part::Cell => TagGroup::with_children(Tag::TD, inner),
        Part::List => TagGroup::with_children(Tag::L(ListNumbering::None), inner),
        Part::Item => TagGroup::with_children(Tag::LI, inner),
        Part::Body => TagGroup::with_children(Tag::LBody, inner),
        Part::Figure(words) => TagGroup::with_children(Tag::Figure(Some(words.clone())), inner),
        Part::Link => TagGroup::with_children(Tag::Link, inner),
    }
}
