//! Where an area lies: its outline in degrees (WGS 84).

use serde::{Deserialize, Serialize};

use crate::AreaId;

/// Parts of a degree in which corners are kept: the fifth decimal, about 1.1 m.
const PARTS: f64 = 100_000.0;
/// Places along each side that are tried for an area's name.
const TRIED: i32 = 32;

/// A corner of an outline, or any other point, in hundred-thousandths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i32, i32)", into = "(i32, i32)")]
pub struct Corner {
    /// Longitude, −18,000,000 to 18,000,000.
    pub lon: i32,
    /// Latitude, −9,000,000 to 9,000,000.
    pub lat: i32,
}

impl From<(i32, i32)> for Corner {
    fn from((lon, lat): (i32, i32)) -> Self {
        Self { lon, lat }
    }
}

impl From<Corner> for (i32, i32) {
    fn from(corner: Corner) -> Self {
        (corner.lon, corner.lat)
    }
}

impl Corner {
    /// At so many degrees; `None` outside −180 to 180 and −90 to 90, and for what is no number.
    pub fn at(lon: f64, lat: f64) -> Option<Self> {
        let parts = |degrees: f64, most: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most 180 degrees are 18,000,000 parts"
            )]
            (degrees.abs() <= most).then(|| (degrees * PARTS).round() as i32)
        };
        Some(Self {
            lon: parts(lon, 180.0)?,
            lat: parts(lat, 90.0)?,
        })
    }

    /// Longitude and latitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / PARTS, f64::from(self.lat) / PARTS)
    }
}

/// The outline of an area: one ring for each of its parts and for each hole in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Whose it is.
    pub area: AreaId,
    /// Where its name has the most room around it.
    pub name_at: Corner,
    /// Rings of three corners or more; the last leads to the first.
    pub rings: Vec<Vec<Corner>>,
}

impl Outline {
    /// An outline of these rings. A corner twice in a row is one, also at the ends; `None` when no ring has three.
    pub fn new(area: AreaId, rings: Vec<Vec<Corner>>) -> Option<Self> {
        let rings: Vec<Vec<Corner>> = rings
            .into_iter()
            .map(|mut ring| {
                ring.dedup();
                if ring.len() > 1 && ring.first() == ring.last() {
                    ring.pop();
                }
                ring
            })
            .filter(|ring| ring.len() >= 3)
            .collect();
        let name_at = roomiest(&rings)?;
        Some(Self {
            area,
            name_at,
            rings,
        })
    }

    /// Whether a point lies inside. One on the outline itself may count either way.
    pub fn holds(&self, at: Corner) -> bool {
        holds(&self.rings, at)
    }
}

/// The even-odd rule: a ray to the east crosses the rings an odd number of times.
fn holds(rings: &[Vec<Corner>], at: Corner) -> bool {
    let mut inside = false;
    for (a, b) in rings.iter().flat_map(|ring| sides(ring)) {
        if (a.lat > at.lat) != (b.lat > at.lat) {
            let (rise, over) = (i64::from(b.lat - a.lat), i64::from(at.lat - a.lat));
            let right = i64::from(b.lon - a.lon) * over - i64::from(at.lon - a.lon) * rise;
            if (right > 0) == (rise > 0) && right != 0 {
                inside = !inside;
            }
        }
    }
    inside
}

/// The corners two by two, the last with the first.
fn sides(ring: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().copied().zip(next.copied())
}

/// Of places in a grid over the rings the one that is furthest from every side; the first corner where none lies inside.
fn roomiest(rings: &[Vec<Corner>]) -> Option<Corner> {
    let all = || rings.iter().flatten();
    let first = *all().next()?;
    let (west, east) = (all().map(|c| c.lon).min()?, all().map(|c| c.lon).max()?);
    let (south, north) = (all().map(|c| c.lat).min()?, all().map(|c| c.lat).max()?);
    let step = |low: i32, high: i32, n: i32| {
        let way = i64::from(high) - i64::from(low);
        let along = way * i64::from(2 * n + 1) / i64::from(2 * TRIED);
        i32::try_from(along).map_or(low, |along| low + along)
    };
    let mut best = (0.0, first);
    for (x, y) in (0..TRIED).flat_map(|x| (0..TRIED).map(move |y| (x, y))) {
        let at = Corner {
            lon: step(west, east, x),
            lat: step(south, north, y),
        };
        if !holds(rings, at) {
            continue;
        }
        let room = rings
            .iter()
            .flat_map(|ring| sides(ring))
            .map(|(a, b)| distance(at, a, b))
            .fold(f64::INFINITY, f64::min);
        if room > best.0 {
            best = (room, at);
        }
    }
    Some(best.1)
}

/// How far a point is from a side, squared.
fn distance(at: Corner, a: Corner, b: Corner) -> f64 {
    let way = |from: Corner, to: Corner| {
        (
            f64::from(to.lon) - f64::from(from.lon),
            f64::from(to.lat) - f64::from(from.lat),
        )
    };
    let (side, to) = (way(a, b), way(a, at));
    let length = side.0 * side.0 + side.1 * side.1;
    let along = if length > 0.0 {
        ((to.0 * side.0 + to.1 * side.1) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = (to.0 - along * side.0, to.1 - along * side.1);
    off.0 * off.0 + off.1 * off.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(i32, i32)]) -> Vec<Corner> {
        corners.iter().copied().map(Corner::from).collect()
    }

    fn outline(rings: &[&[(i32, i32)]]) -> Option<Outline> {
        let rings = rings.iter().map(|corners| ring(corners)).collect();
        Outline::new(AreaId::new("1"), rings)
    }

    #[test]
    fn a_point_is_inside_by_the_even_odd_rule_also_with_a_hole_and_an_exclave() {
        let found = outline(&[
            &[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)],
            &[(40, 40), (60, 40), (60, 60), (40, 60)],
            &[(200, 0), (220, 0), (220, 20)],
        ]);
        let found = found.expect("an outline");
        assert_eq!(
            found.rings[0].len(),
            4,
            "the last corner leads to the first"
        );
        for (at, expected) in [
            ((10, 10), true),
            ((50, 50), false),
            ((39, 50), true),
            ((215, 5), true),
            ((150, 5), false),
            ((-1, 50), false),
            ((101, 50), false),
            ((50, 101), false),
        ] {
            assert_eq!(found.holds(at.into()), expected, "{at:?}");
        }
    }

    #[test]
    fn a_concave_outline_is_not_its_hull() {
        let found = outline(&[&[(0, 0), (100, 0), (100, 100), (50, 10), (0, 100)]]);
        let found = found.expect("an outline");
        assert!(found.holds((5, 50).into()) && found.holds((97, 60).into()));
        assert!(!found.holds((50, 60).into()));
    }

    #[test]
    fn the_name_stands_inside_where_there_is_room() {
        // A long arm to the west of a wide hall: the middle of the whole lies in the arm.
        let found = outline(&[&[
            (0, 48),
            (600, 48),
            (600, 0),
            (800, 0),
            (800, 100),
            (600, 100),
            (600, 52),
            (0, 52),
        ]]);
        let found = found.expect("an outline");
        assert!(found.holds(found.name_at));
        assert!(found.name_at.lon > 620, "{:?}", found.name_at);
    }

    #[test]
    fn what_has_no_three_corners_is_no_outline() {
        assert_eq!(outline(&[]), None);
        assert_eq!(outline(&[&[(0, 0), (1, 1), (1, 1), (0, 0)]]), None);
    }

    #[test]
    fn degrees_are_kept_to_the_fifth_decimal() {
        let corner = Corner::at(112.526_904, -7.871_236).expect("on earth");
        assert_eq!(corner, Corner::from((11_252_690, -787_124)));
        assert_eq!(corner.degrees(), (112.526_90, -7.871_24));
        for (lon, lat) in [
            (180.1, 0.0),
            (0.0, 90.1),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert_eq!(Corner::at(lon, lat), None, "{lon} {lat}");
        }
    }
}
