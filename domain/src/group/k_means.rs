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
    /// The points of each cluster, by their places in the list, in an order that follows from the points alone.
    pub(super) members: Vec<Vec<usize>>,
}

/// A point belongs to the nearest centre, of equally near ones to the first; a centre is the weighted mean of its points and
/// stays where it is when it has none.
pub(super) fn k_means(points: &[Point], weights: &[f64], seeds: &[Point]) -> Clusters {
    let mut search = Search::begin(points, weights, seeds);
    for _ in 0..STEPS {
        let farthest = search.move_centres();
        search.step();
        if farthest < STILL * STILL {
            break;
        }
    }
    let places = |members: &Vec<Member>| members.iter().map(|member| member.place).collect();
    Clusters {
        members: search.members.iter().map(places).collect(),
        centres: search.centres,
    }
}

/// The squared distance to the nearest centre, and its place in the list.
pub(super) fn nearest(point: &Point, centres: &[Point]) -> (f64, usize) {
    let mut best = (f64::INFINITY, 0);
    for (n, centre) in centres.iter().enumerate() {
        nearer(&mut best, (point - centre).norm_squared(), n);
    }
    best
}

/// Takes a centre that is nearer, or as near and earlier in the list.
fn nearer(best: &mut (f64, usize), distance: f64, place: usize) {
    if distance < best.0 || (distance <= best.0 && place < best.1) {
        *best = (distance, place);
    }
}

/// How many distances are measured side by side.
const LANES: usize = 8;

/// Centres by coordinate, so that the distances to all of them are found side by side. What is missing in the last block lies
/// infinitely far away.
struct Blocks {
    x: Vec<[f64; LANES]>,
    y: Vec<[f64; LANES]>,
    /// To the point that was last asked for, squared.
    distances: Vec<[f64; LANES]>,
}

impl Blocks {
    fn of(centres: &[Point]) -> Self {
        let far = vec![[f64::INFINITY; LANES]; centres.len().div_ceil(LANES)];
        let mut blocks = Self {
            x: far.clone(),
            y: far.clone(),
            distances: far,
        };
        for (n, centre) in centres.iter().enumerate() {
            blocks.set(n, centre);
        }
        blocks
    }

    fn set(&mut self, place: usize, centre: &Point) {
        self.x[place / LANES][place % LANES] = centre.x;
        self.y[place / LANES][place % LANES] = centre.y;
    }

    fn measure(&mut self, point: &Point) {
        for ((distances, x), y) in self.distances.iter_mut().zip(&self.x).zip(&self.y) {
            for lane in 0..LANES {
                let (x, y) = (point.x - x[lane], point.y - y[lane]);
                distances[lane] = x * x + y * y;
            }
        }
    }

    /// As [`nearest`].
    fn nearest(&mut self, point: &Point) -> (f64, usize) {
        self.measure(point);
        let mut least = [f64::INFINITY; LANES];
        for distances in &self.distances {
            for (least, distance) in least.iter_mut().zip(distances) {
                *least = if distance < least { *distance } else { *least };
            }
        }
        let least = least.into_iter().fold(f64::INFINITY, f64::min);
        let has_it = |block: &[f64; LANES]| block.iter().fold(false, |any, d| any | (*d <= least));
        let block = self.distances.iter().position(has_it).unwrap_or(0);
        let lane = self.distances[block].iter().position(|d| *d <= least);
        (least, block * LANES + lane.unwrap_or(0))
    }
}

/// A point in its cluster.
#[derive(Clone, Copy)]
struct Member {
    point: Point,
    weight: f64,
    /// To the centre, squared.
    distance: f64,
    /// In the list of points.
    place: usize,
}

/// A centre that can be nearer to a point than its own.
#[derive(Clone, Copy)]
struct Near {
    centre: Point,
    /// From the point's own centre, squared.
    distance: f64,
    place: usize,
}

/// The nearest centre of each point, kept while some of the centres move.
struct Search {
    centres: Vec<Point>,
    blocks: Blocks,
    /// Of each cluster. Who leaves is replaced by the last one, who comes is the last one.
    members: Vec<Vec<Member>>,
    /// Which clusters lost or gained a point.
    has_changed: Vec<bool>,
    /// The centres that moved, by place.
    moved: Vec<usize>,
    /// Of each cluster, squared: so far from the centre another one can be nearer to a member.
    reaches: Vec<f64>,
    /// Of each cluster the centres to which a step measures.
    near: Vec<Vec<Near>>,
}

impl Search {
    /// Measures to all.
    fn begin(points: &[Point], weights: &[f64], seeds: &[Point]) -> Self {
        let mut search = Self {
            centres: seeds.to_vec(),
            blocks: Blocks::of(seeds),
            members: vec![Vec::new(); seeds.len()],
            has_changed: vec![true; seeds.len()],
            moved: Vec::new(),
            reaches: vec![0.0; seeds.len()],
            near: vec![Vec::new(); seeds.len()],
        };
        if seeds.is_empty() {
            return search;
        }
        for (place, (point, weight)) in points.iter().zip(weights).enumerate() {
            let (distance, n) = search.blocks.nearest(point);
            search.members[n].push(Member {
                point: *point,
                weight: *weight,
                distance,
                place,
            });
        }
        search
    }

    /// Moves the centres to the middle of their members, and returns how far the farthest went, squared. What a cluster
    /// without a change has for its mean is known: its centre.
    fn move_centres(&mut self) -> f64 {
        let mut farthest: f64 = 0.0;
        self.moved.clear();
        for (n, members) in self.members.iter_mut().enumerate() {
            if members.is_empty() || !self.has_changed[n] {
                continue;
            }
            let (mut sum, mut total) = (Point::zeros(), 0.0);
            for member in &*members {
                sum += member.point * member.weight;
                total += member.weight;
            }
            let centre = sum / total;
            let mut radius: f64 = 0.0;
            for member in members {
                member.distance = (member.point - centre).norm_squared();
                radius = if member.distance > radius {
                    member.distance
                } else {
                    radius
                };
            }
            farthest = farthest.max((centre - self.centres[n]).norm_squared());
            self.reaches[n] = 4.0 * ROUNDING * radius;
            self.centres[n] = centre;
            self.blocks.set(n, &centre);
            self.moved.push(n);
        }
        farthest
    }

    /// Finds the nearest centres after some have moved: the answer is that of measuring to all.
    fn step(&mut self) {
        self.find_near();
        let (mut leaving, mut rim) = (Vec::new(), Vec::new());
        for (n, (members, near)) in self.members.iter().zip(&self.near).enumerate() {
            let Some(least) = near.iter().map(|other| other.distance).reduce(f64::min) else {
                continue;
            };
            // Half of the way to a centre that is nearer.
            let least = least / (4.0 * ROUNDING);
            rim.resize(members.len(), 0);
            let mut many = 0;
            for (place, member) in members.iter().enumerate() {
                rim[many] = place;
                many += usize::from(member.distance >= least);
            }
            for place in &rim[..many] {
                let member = &members[*place];
                let mut best = (member.distance, n);
                for other in near {
                    nearer(
                        &mut best,
                        (member.point - other.centre).norm_squared(),
                        other.place,
                    );
                }
                if best.1 != n {
                    leaving.push((n, *place, best));
                }
            }
        }
        self.has_changed.fill(false);
        // From the last on, so that the places of those before it stay.
        for (from, place, (distance, to)) in leaving.into_iter().rev() {
            let member = self.members[from].swap_remove(place);
            self.members[to].push(Member { distance, ..member });
            self.has_changed[from] = true;
            self.has_changed[to] = true;
        }
    }

    /// Of each cluster the centres that can be nearer to one of its points than its own centre. One that is farther from that
    /// centre than twice the cluster's radius cannot (Elkan 2003); and while it did not move, none that did not move either,
    /// for it was no nearer before.
    fn find_near(&mut self) {
        self.near.iter_mut().for_each(Vec::clear);
        // Of the clusters that did not move; negative for the others.
        let mut still = vec![[-1.0; LANES]; self.blocks.distances.len()];
        let all = still.as_flattened_mut();
        all[..self.reaches.len()].copy_from_slice(&self.reaches);
        for moved in &self.moved {
            all[*moved] = -1.0;
        }
        for moved in &self.moved {
            let (centre, reach) = (self.centres[*moved], self.reaches[*moved]);
            self.blocks.measure(&centre);
            for (block, (distances, still)) in self.blocks.distances.iter().zip(&still).enumerate()
            {
                let is_near =
                    |lane: usize| (distances[lane] <= reach) | (distances[lane] <= still[lane]);
                if !(0..LANES).fold(false, |is_any, lane| is_any | is_near(lane)) {
                    continue;
                }
                for lane in 0..LANES {
                    let n = block * LANES + lane;
                    if distances[lane] <= reach && n != *moved {
                        self.near[*moved].push(Near {
                            distance: distances[lane],
                            centre: self.centres[n],
                            place: n,
                        });
                    }
                    if distances[lane] <= still[lane] {
                        self.near[n].push(Near {
                            distance: distances[lane],
                            centre,
                            place: *moved,
                        });
                    }
                }
            }
        }
    }
}
