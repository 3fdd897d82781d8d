//! What a page draws of the findings: sizes and counts of groups instead of their members, dots on a grid instead of persons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Findings, Names, Representative, Statement, space};

/// Dots stand on a grid with this many cells across and as many down: who votes nearly alike is one dot, and a page of two
/// thousand people stays small.
const CELLS: f64 = 48.0;
/// Share of a group's members, the nearest to its centre, around whom its outline is drawn.
const OUTLINED: (usize, usize) = (9, 10);

/// The findings as they are shown. Lists about statements are in the order of [`Self::statements`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// People who voted on at least one statement.
    pub participants: u32,
    /// Votes that count.
    pub votes: u32,
    /// The statements, by number; those that moderators took out are missing.
    pub statements: Vec<Judged>,
    /// The groups that may be shown, in the order of their labels; empty when nothing may be shown.
    pub groups: Vec<Shape>,
    /// People who are in no group that is shown: too few votes, or too few of them.
    pub ungrouped: u32,
    /// Dots of the map.
    pub dots: Vec<Dot>,
    /// Half the width of the square, around the origin, in which all dots lie; greater than 0.
    pub reach: f64,
}

/// A statement with its counts over everybody.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Its number.
    pub id: i64,
    /// Agree, disagree, pass.
    pub votes: [u32; 3],
    /// Group-informed consensus, in (0, 1).
    pub consensus: f64,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Its label, the same between updates: 0 is A.
    pub label: u32,
    /// Its members.
    pub people: u32,
    /// Mean of its members' places.
    pub center: [f64; 2],
    /// Corners of the outline around the nearest nine tenths of its members.
    pub outline: Vec<[f64; 2]>,
    /// For each statement: members who agree, disagree, pass.
    pub votes: Vec<[u32; 3]>,
    /// What it says unlike the others, the most telling first.
    pub representative: Vec<Representative>,
}

/// People of one group who stand so close together that they are drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Along the first component.
    pub x: f64,
    /// Along the second.
    pub y: f64,
    /// How many.
    pub people: u32,
    /// The label of their group.
    pub label: u32,
}

impl Picture {
    /// Of these findings under these names. Statements say which of them were taken out.
    pub fn of(findings: &Findings, names: &Names, statements: &[Statement]) -> Self {
        let drawn = |[x, y]: [f64; 2]| [x * names.axes[0], y * names.axes[1]];
        let is_out = |id| statements.iter().any(|s| s.id == id && s.is_left_out());
        let columns: Vec<usize> = (0..findings.statements.len())
            .filter(|column| !is_out(findings.statements[*column].id))
            .collect();
        let mut picture = Self {
            participants: findings.participants,
            votes: findings.votes,
            statements: columns
                .iter()
                .map(|column| findings.statements[*column])
                .map(|figures| Judged {
                    id: figures.id,
                    votes: [figures.agrees, figures.disagrees, figures.passes],
                    consensus: figures.consensus,
                })
                .collect(),
            ungrouped: findings.participants,
            reach: 1.0,
            ..Self::default()
        };
        let place = |id: &i64| {
            let at = findings
                .projection
                .binary_search_by_key(id, |place| place.participant);
            at.ok().map(|at| findings.projection[at])
        };
        let mut dots: Vec<(u32, Vec<[f64; 2]>)> = Vec::new();
        for (group, label) in findings.groups.iter().zip(&names.labels) {
            if !findings.is_shown() || !group.is_shown() {
                continue;
            }
            let places: Vec<[f64; 2]> = group
                .members
                .iter()
                .filter_map(place)
                .map(|place| drawn([place.x, place.y]))
                .collect();
            let center = drawn(group.center);
            let people = u32::try_from(group.members.len()).unwrap_or(u32::MAX);
            picture.ungrouped = picture.ungrouped.saturating_sub(people);
            picture.groups.push(Shape {
                label: *label,
                people,
                center,
                outline: outline(&places, center),
                votes: columns.iter().map(|column| group.votes[*column]).collect(),
                representative: group.representative.clone(),
            });
            dots.push((*label, places));
        }
        picture.groups.sort_by_key(|group| group.label);
        dots.sort_by_key(|(label, _)| *label);
        picture.reach = reach(dots.iter().flat_map(|(_, places)| places));
        picture.dots = on_grid(&dots, picture.reach);
        picture
    }

    /// The group whose centre is nearest to a place.
    pub fn nearest(&self, place: [f64; 2]) -> Option<&Shape> {
        self.groups
            .iter()
            .min_by(|a, b| distance(a.center, place).total_cmp(&distance(b.center, place)))
    }
}

/// From what the place of a person is reckoned who has just voted: kept beside the picture, which most readers need alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compass {
    /// The statements, by id.
    pub(super) statements: Vec<Statement>,
    /// Mean of the votes on each.
    pub(super) center: Vec<f64>,
    /// The two components over them.
    pub(super) components: [Vec<f64>; 2],
}

impl Compass {
    /// Of the findings in these statements, as the picture under these names lies.
    pub fn of(findings: &Findings, names: &Names, statements: &[Statement]) -> Self {
        let named = |id| Statement {
            id,
            out: statements.iter().any(|s| s.id == id && s.out),
            meta: statements.iter().any(|s| s.id == id && s.meta),
        };
        Self {
            statements: findings.statements.iter().map(|f| named(f.id)).collect(),
            center: findings.pca.center.clone(),
            components: [0, 1].map(|axis: usize| {
                let entries = findings.pca.components[axis].iter();
                entries.map(|entry| entry * names.axes[axis]).collect()
            }),
        }
    }

    /// How far from the origin whoever only agrees with a statement stands, by statement; 0 or more.
    pub fn extremities(&self) -> Vec<(i64, f64)> {
        let statements = self.statements.iter().enumerate();
        statements
            .map(|(column, statement)| {
                let extremity = space::extremity(&self.center, &self.components, column);
                (statement.id, extremity)
            })
            .collect()
    }

    /// Where somebody with these votes (statement, value) stands in the picture; `None` for who judged nothing that counts.
    pub fn place(&self, votes: &BTreeMap<i64, i64>) -> Option<[f64; 2]> {
        space::place(self, votes)
    }
}

fn distance([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    ((ax - bx) * (ax - bx) + (ay - by) * (ay - by)).sqrt()
}

fn reach<'a>(places: impl Iterator<Item = &'a [f64; 2]>) -> f64 {
    let far = places.flatten().fold(0.0, |far: f64, x| far.max(x.abs()));
    if far > 0.0 { far } else { 1.0 }
}

/// Each group's people gathered in the cells of the grid, by label, then row by row; a dot stands in the middle of its people.
fn on_grid(groups: &[(u32, Vec<[f64; 2]>)], reach: f64) -> Vec<Dot> {
    let cell = 2.0 * reach / CELLS;
    let mut dots = Vec::new();
    for (label, places) in groups {
        let mut cells: Vec<([f64; 2], [f64; 2])> = places
            .iter()
            .map(|place| (place.map(|x| (x / cell).round()), *place))
            .collect();
        let order = |a: &[f64; 2], b: &[f64; 2]| a[1].total_cmp(&b[1]).then(a[0].total_cmp(&b[0]));
        cells.sort_by(|a, b| order(&a.0, &b.0).then(order(&a.1, &b.1)));
        for same in cells.chunk_by(|a, b| order(&a.0, &b.0).is_eq()) {
            let mean = |axis: usize| {
                same.iter().map(|(_, place)| place[axis]).sum::<f64>() / space::float(same.len())
            };
            dots.push(Dot {
                x: mean(0),
                y: mean(1),
                people: u32::try_from(same.len()).unwrap_or(u32::MAX),
                label: *label,
            });
        }
    }
    dots
}

/// The convex hull (Andrew 1979, monotone chain) of the members nearest to the centre; a far outsider would make it say that
/// the whole space is the group's. Fewer than three corners when they stand on a point or a line.
fn outline(places: &[[f64; 2]], center: [f64; 2]) -> Vec<[f64; 2]> {
    let mut near = places.to_vec();
    near.sort_by(|a, b| {
        let by_distance = distance(*a, center).total_cmp(&distance(*b, center));
        by_distance
            .then(a[0].total_cmp(&b[0]))
            .then(a[1].total_cmp(&b[1]))
    });
    near.truncate((near.len() * OUTLINED.0).div_ceil(OUTLINED.1));
    near.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    near.dedup();
    if near.len() < 3 {
        return near;
    }
    let mut hull = half(near.iter());
    hull.extend(half(near.iter().rev()));
    hull
}

/// One side of the hull, without its last corner, with which the other side begins.
fn half<'a>(places: impl Iterator<Item = &'a [f64; 2]>) -> Vec<[f64; 2]> {
    let mut side: Vec<[f64; 2]> = Vec::new();
    for place in places {
        while let [.., a, b] = side[..]
            && (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0]) <= 0.0
        {
            side.pop();
        }
        side.push(*place);
    }
    side.pop();
    side
}
