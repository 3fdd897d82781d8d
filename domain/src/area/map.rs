//! A flat drawing of outlines, and which place on earth a place on it is.
//!
//! Degrees of longitude are shortened by the cosine of the middle latitude (equirectangular projection): true to shape for a
//! city, whose north and south are a small part of a degree away from its middle.

use std::fmt::Write as _;

use super::{Corner, Outline};
use crate::AreaId;

/// Units of the longer side of the whole drawing.
const LONG_SIDE: f64 = 1_000.0;
/// Units around the whole.
const EDGE: i32 = 12;
/// Units of the shorter side of an area's own frame, at least.
const LEAST: i32 = 60;

/// A drawing of outlines.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Degrees of longitude at the left of the drawing.
    pub west: f64,
    /// Degrees of latitude at its top.
    pub north: f64,
    /// Units in a degree of longitude.
    pub across: f64,
    /// Units in a degree of latitude.
    pub down: f64,
    /// All of it.
    pub whole: Frame,
    /// The areas, as their outlines came.
    pub shapes: Vec<Shape>,
    outlines: Vec<Outline>,
}

/// An area as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Which area.
    pub area: AreaId,
    /// The commands of an SVG path, to be filled by the even-odd rule.
    pub path: String,
    /// The middle of its name.
    pub name_at: (i32, i32),
    /// The area with a little around it.
    pub frame: Frame,
}

/// A part of the drawing, in its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its left.
    pub x: i32,
    /// Its top.
    pub y: i32,
    /// Its width, above 0.
    pub width: i32,
    /// Its height, above 0.
    pub height: i32,
}

impl Frame {
    /// Around places, with a share of their longer side on each side.
    fn around(places: impl Iterator<Item = (i32, i32)>, share: f64, least: i32) -> Option<Self> {
        let (mut low, mut high) = ((i32::MAX, i32::MAX), (i32::MIN, i32::MIN));
        for (x, y) in places {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        if low.0 > high.0 {
            return None;
        }
        let longer = (high.0 - low.0).max(high.1 - low.1);
        let room = whole(f64::from(longer) * share);
        let side = |low: i32, high: i32| {
            let side = (high - low + 2 * room).max(least);
            ((low + high - side).div_euclid(2), side)
        };
        let ((x, width), (y, height)) = (side(low.0, high.0), side(low.1, high.1));
        Some(Self {
            x,
            y,
            width,
            height,
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawing has a thousand units"
)]
fn whole(units: f64) -> i32 {
    units.round() as i32
}

impl Map {
    /// The drawing of these outlines; `None` without one.
    pub fn of(outlines: Vec<Outline>) -> Option<Self> {
        let corners = || outlines.iter().flat_map(|one| &one.rings).flatten();
        let west = corners().map(|c| c.lon).min()?;
        let east = corners().map(|c| c.lon).max()?;
        let south = corners().map(|c| c.lat).min()?;
        let north = corners().map(|c| c.lat).max()?;
        let (left, top) = Corner {
            lon: west,
            lat: north,
        }
        .degrees();
        let (right, bottom) = Corner {
            lon: east,
            lat: south,
        }
        .degrees();
        let shortened = f64::midpoint(top, bottom).to_radians().cos().max(0.01);
        // Of what is a point, any measure will do.
        let longer = (top - bottom).max((right - left) * shortened).max(1e-5);
        let down = LONG_SIDE / longer;
        let mut map = Self {
            west: left,
            north: top,
            across: down * shortened,
            down,
            whole: Frame {
                x: -EDGE,
                y: -EDGE,
                width: 2 * EDGE + whole((right - left) * down * shortened),
                height: 2 * EDGE + whole((top - bottom) * down),
            },
            shapes: Vec::new(),
            outlines: Vec::new(),
        };
        map.shapes = outlines.iter().filter_map(|one| map.shape(one)).collect();
        map.outlines = outlines;
        Some(map)
    }

    fn shape(&self, outline: &Outline) -> Option<Shape> {
        let mut path = String::new();
        for ring in &outline.rings {
            let mut places: Vec<(i32, i32)> = ring.iter().map(|c| self.place(*c)).collect();
            places.dedup();
            draw(&mut path, &places);
        }
        let places = outline.rings.iter().flatten().map(|c| self.place(*c));
        Some(Shape {
            area: outline.area.clone(),
            path,
            name_at: self.place(outline.name_at),
            frame: Frame::around(places, 0.15, LEAST)?,
        })
    }

    /// Where a point is drawn.
    pub fn place(&self, at: Corner) -> (i32, i32) {
        let (lon, lat) = at.degrees();
        (
            whole((lon - self.west) * self.across),
            whole((self.north - lat) * self.down),
        )
    }

    /// The area in which a point lies.
    pub fn area_at(&self, at: Corner) -> Option<&AreaId> {
        let found = self.outlines.iter().find(|one| one.holds(at))?;
        Some(&found.area)
    }
}

/// A closed ring in steps from each corner to the next: `M12 40l3-2 1 7z`.
fn draw(path: &mut String, places: &[(i32, i32)]) {
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    // Writing to a string does not fail.
    let _ = write!(path, "M{} {}", first.0, first.1);
    let mut before = *first;
    for (n, place) in rest.iter().enumerate() {
        let (dx, dy) = (place.0 - before.0, place.1 - before.1);
        let lead = match n {
            0 => "l",
            _ if dx < 0 => "",
            _ => " ",
        };
        let between = if dy < 0 { "" } else { " " };
        let _ = write!(path, "{lead}{dx}{between}{dy}");
        before = *place;
    }
    path.push('z');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(id: &str, corners: &[(i32, i32)]) -> Outline {
        let ring = corners.iter().copied().map(Corner::from).collect();
        Outline::new(AreaId::new(id), vec![ring]).expect("an outline")
    }

    /// Two squares beside each other, a tenth of a degree wide, on the equator.
    fn two() -> Map {
        let square = |west: i32| {
            [
                (west, 0),
                (west + 10_000, 0),
                (west + 10_000, 10_000),
                (west, 10_000),
            ]
        };
        Map::of(vec![
            outline("1", &square(0)),
            outline("2", &square(10_000)),
        ])
        .expect("a map")
    }

    #[test]
    fn north_is_up_and_the_longer_side_has_a_thousand_units() {
        let map = two();
        assert_eq!(map.whole.width - 2 * EDGE, 1_000);
        assert_eq!(map.whole.height - 2 * EDGE, 500);
        assert_eq!(map.place((0, 10_000).into()), (0, 0));
        assert_eq!(map.place((20_000, 0).into()), (1_000, 500));
        assert_eq!(map.shapes[0].path, "M0 500l500 0 0-500-500 0z");
        assert_eq!(map.shapes[1].name_at.1, 242);
    }

    #[test]
    fn a_degree_of_longitude_is_shorter_away_from_the_equator() {
        let far = outline(
            "1",
            &[
                (0, 5_995_000),
                (10_000, 5_995_000),
                (10_000, 6_005_000),
                (0, 6_005_000),
            ],
        );
        let map = Map::of(vec![far]).expect("a map");
        assert_eq!(
            (map.whole.width - 2 * EDGE, map.whole.height - 2 * EDGE),
            (500, 1_000)
        );
    }

    #[test]
    fn an_area_has_a_frame_of_its_own() {
        let map = two();
        let own = map.shapes[1].frame;
        assert_eq!((own.x, own.y, own.width, own.height), (425, -75, 650, 650));
        assert_eq!(Map::of(Vec::new()), None);
    }

    #[test]
    fn a_point_lies_in_its_area() {
        let map = two();
        let at = |lon, lat| map.area_at(Corner::from((lon, lat))).map(AreaId::as_str);
        assert_eq!(at(5_000, 5_000), Some("1"));
        assert_eq!(at(15_000, 5_000), Some("2"));
        assert_eq!(at(15_000, 15_000), None);
    }

    #[test]
    fn a_speck_has_a_frame_that_can_be_looked_at() {
        let speck = outline("1", &[(0, 0), (1, 0), (0, 1)]);
        let wide = outline("2", &[(100, 0), (90_000, 0), (90_000, 9_000)]);
        let map = Map::of(vec![speck, wide]).expect("a map");
        let own = map.shapes[0].frame;
        assert_eq!((own.width, own.height), (LEAST, LEAST));
    }
}
