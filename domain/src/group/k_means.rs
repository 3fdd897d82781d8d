//! k-means: Lloyd's algorithm, which measures only to centres that can be nearer.

use nalgebra::Vector2;

/// It ends when no centre moves as far as this, in units of the space.
const STILL: f64 = 0.01;
/// It ends after so many steps in any case.
const STEPS: usize = 100;
/// Far more than rounding does to a distance.
const ROUNDING: f64 = 1.0 + 1e-9;

/// A place in the opinion space.
pub(super) type Point = Vector2<f64>;

/// A partition of points.
pub(super) struct Clusters {
    pub(super) centres: Vec<Point>,
    /// The points of each cluster, by their places in the list, ascending.
    pub(super) members: Vec<Vec<usize>>,
}

/// A point belongs to the nearest centre, of equally near ones to the first; a centre is the weighted mean of its points,
/// added in their order, and stays where it is when it has none.
pub(super) fn k_means(points: &[Point], weights: &[f64], seeds: &[Point]) -> Clusters {
    let mut search = Search::begin(points, seeds);
    let mut changed = vec![true; seeds.len()];
    for _ in 0..STEPS {
        let mut farthest: f64 = 0.0;
        search.moved.clear();
        for (n, members) in search.clusters.members.iter().enumerate() {
            // What a cluster without a change has for its mean is known: its centre.
            if members.is_empty() || !changed[n] {
                continue;
            }
            let (mut sum, mut total) = (Point::zeros(), 0.0);
            for place in members {
                sum += points[*place] * weights[*place];
                total += weights[*place];
            }
            let centre = &mut search.clusters.centres[n];
            let next = sum / total;
            farthest = farthest.max((next - *centre).norm_squared());
            *centre = next;
            search.moved.push(n);
        }
        changed = search.step(points);
        if farthest < STILL * STILL {
            break;
        }
    }
    search.clusters
}

/// The squared distance to the nearest centre, and its place in the list.
pub(super) fn nearest(point: &Point, centres: &[Point]) -> (f64, usize) {
    let mut best = (f64::INFINITY, 0);
    for (n, centre) in centres.iter().enumerate() {
        nearer(&mut best, (point - centre).norm_squared(), n);
    }
    best
}

/// How many distances are compared side by side.
const LANES: usize = 8;

/// Centres by coordinate, so that the distances to all of them are found side by side.
struct All {
    x: Vec<f64>,
    y: Vec<f64>,
    distances: Vec<f64>,
}

impl All {
    fn of(centres: &[Point]) -> Self {
        Self {
            x: centres.iter().map(|centre| centre.x).collect(),
            y: centres.iter().map(|centre| centre.y).collect(),
            distances: vec![0.0; centres.len()],
        }
    }

    /// As [`nearest`].
    fn nearest(&mut self, point: &Point) -> (f64, usize) {
        for ((distance, x), y) in self.distances.iter_mut().zip(&self.x).zip(&self.y) {
            let (x, y) = (point.x - x, point.y - y);
            *distance = x * x + y * y;
        }
        let (blocks, rest) = self.distances.as_chunks::<LANES>();
        let mut least = [f64::INFINITY; LANES];
        for block in blocks {
            for (least, distance) in least.iter_mut().zip(block) {
                *least = if distance < least { *distance } else { *least };
            }
        }
        let least = least
            .iter()
            .chain(rest)
            .copied()
            .fold(f64::INFINITY, f64::min);
        let first = self.distances.iter().position(|d| *d <= least);
        (least, first.unwrap_or(0))
    }
}

/// Takes a centre that is nearer, or as near and earlier in the list.
fn nearer(best: &mut (f64, usize), distance: f64, place: usize) {
    if distance < best.0 || (distance <= best.0 && place < best.1) {
        *best = (distance, place);
    }
}

/// The nearest centre of each point, kept while some of the centres move.
struct Search {
    clusters: Clusters,
    /// Of each point to its centre, squared.
    distances: Vec<f64>,
    /// Of each cluster, squared: no member is farther from the centre.
    radii: Vec<f64>,
    /// The centres that moved, by place.
    moved: Vec<usize>,
    /// Of each cluster the centres to which a step measures.
    near: Vec<Vec<(Point, usize)>>,
}

impl Search {
    /// Measures to all.
    fn begin(points: &[Point], seeds: &[Point]) -> Self {
        let mut search = Self {
            clusters: Clusters {
                centres: seeds.to_vec(),
                members: vec![Vec::new(); seeds.len()],
            },
            distances: Vec::with_capacity(points.len()),
            radii: vec![0.0; seeds.len()],
            moved: Vec::new(),
            near: vec![Vec::new(); seeds.len()],
        };
        if seeds.is_empty() {
            return search;
        }
        let mut all = All::of(seeds);
        for (place, point) in points.iter().enumerate() {
            let (distance, n) = all.nearest(point);
            search.clusters.members[n].push(place);
            search.distances.push(distance);
            search.radii[n] = search.radii[n].max(distance);
        }
        search
    }

    /// Finds the nearest centres after some have moved: the answer is that of measuring to all. Returns which clusters lost
    /// or gained a point.
    fn step(&mut self, points: &[Point]) -> Vec<bool> {
        let Clusters { centres, members } = &mut self.clusters;
        let mut has_moved = vec![false; centres.len()];
        for n in &self.moved {
            has_moved[*n] = true;
            self.radii[*n] = 0.0;
            for place in &members[*n] {
                let distance = (points[*place] - centres[*n]).norm_squared();
                self.distances[*place] = distance;
                self.radii[*n] = self.radii[*n].max(distance);
            }
        }
        find_near(
            &mut self.near,
            centres,
            &self.radii,
            &self.moved,
            &has_moved,
        );
        let mut leaving = Vec::new();
        for (n, (members, near)) in members.iter().zip(&self.near).enumerate() {
            if near.is_empty() {
                continue;
            }
            for place in members {
                let mut best = (self.distances[*place], n);
                for (centre, other) in near {
                    nearer(&mut best, (points[*place] - centre).norm_squared(), *other);
                }
                if best.1 != n {
                    leaving.push((*place, n, best));
                }
            }
        }
        let mut changed = vec![false; centres.len()];
        for (place, from, (distance, to)) in leaving {
            if let Ok(at) = members[from].binary_search(&place) {
                members[from].remove(at);
            }
            if let Err(at) = members[to].binary_search(&place) {
                members[to].insert(at, place);
            }
            self.distances[place] = distance;
            self.radii[to] = self.radii[to].max(distance);
            changed[from] = true;
            changed[to] = true;
        }
        changed
    }
}

/// Of each cluster the centres that can be nearer to one of its points than its own centre. One that is farther from that
/// centre than twice the cluster's radius cannot (Elkan 2003); and while it did not move, none that did not move either, for it
/// was no nearer before. `radii` are squared; a cluster without points has 0 and nothing near.
fn find_near(
    near: &mut [Vec<(Point, usize)>],
    centres: &[Point],
    radii: &[f64],
    moved: &[usize],
    has_moved: &[bool],
) {
    let reaches: Vec<f64> = radii.iter().map(|r| 4.0 * ROUNDING * r).collect();
    near.iter_mut().for_each(Vec::clear);
    let mut distances = vec![0.0; centres.len()];
    for moved in moved {
        let centre = centres[*moved];
        for (distance, other) in distances.iter_mut().zip(centres) {
            *distance = (other - centre).norm_squared();
        }
        for (n, distance) in distances.iter().enumerate() {
            if n == *moved {
                continue;
            }
            if *distance <= reaches[*moved] {
                near[*moved].push((centres[n], n));
            }
            if *distance <= reaches[n] && !has_moved[n] {
                near[n].push((centre, *moved));
            }
        }
    }
}
