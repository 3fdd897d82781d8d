//! Groups of people who stand close together: k-means, its number by the silhouette.

use nalgebra::Vector2;

use super::{
    PEOPLE_TO_COUNT, VOTES_TO_COUNT,
    space::{Space, float},
    table::Table,
};

/// Clusters of which groups are made. They keep one crowded place from outweighing the shape of the whole.
const BASE: usize = 100;
/// Most groups.
const MOST_GROUPS: usize = 5;
/// One more group is tried for so many base clusters.
const BASE_PER_GROUP: usize = 12;
/// k-means ends when no centre moves as far as this, in units of the space.
const STILL: f64 = 0.01;
/// k-means ends after so many steps in any case.
const STEPS: usize = 100;

/// Far more than rounding does to a distance.
const ROUNDING: f64 = 1.0 + 1e-9;

type Point = Vector2<f64>;

/// The groups with their numbers: the largest is 0, of equal ones the one with the smallest id. Members by id.
pub(super) fn groups(table: &Table, space: &Space) -> Vec<(i64, Vec<i64>)> {
    let rows = counted(table);
    let points: Vec<Point> = rows.iter().map(|row| space.places[*row]).collect();
    let mut members: Vec<Vec<i64>> = Vec::new();
    for (row, group) in rows.iter().zip(partition(&points)) {
        if members.len() <= group {
            members.resize(group + 1, Vec::new());
        }
        members[group].push(table.people()[*row]);
    }
    members.retain(|group| !group.is_empty());
    for group in &mut members {
        group.sort_unstable();
    }
    members.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    (0..).zip(members).collect()
}

/// Who counts: at least min(7, number of statements) votes, those on statements left out too. Where these are fewer than 15,
/// the most active are added until there are 15: most votes first, ties in canonical order. In canonical order.
fn counted(table: &Table) -> Vec<usize> {
    let enough = VOTES_TO_COUNT.min(table.statements().len());
    let everybody = 0..table.people().len();
    let counted: Vec<usize> = everybody
        .clone()
        .filter(|row| table.row(*row).len() >= enough)
        .collect();
    if counted.len() >= PEOPLE_TO_COUNT {
        return counted;
    }
    // Those who have enough votes are the most active, too.
    let mut active: Vec<usize> = everybody.collect();
    active.sort_by_key(|row| (std::cmp::Reverse(table.row(*row).len()), *row));
    active.truncate(PEOPLE_TO_COUNT);
    active.sort_unstable();
    active
}

/// The group of each point: of 2 … min(5, 2 + ⌊base clusters ÷ 12⌋) groups as many as have the largest silhouette over the
/// base clusters, the fewest on a tie. In the end everybody belongs to the nearest centre (of equally near ones the first),
/// also those at the rim of a base cluster. One group where all stand at one place.
fn partition(points: &[Point]) -> Vec<usize> {
    let base = k_means(
        points,
        &vec![1.0; points.len()],
        &first_distinct(points, BASE),
    );
    let mut sizes = vec![0; base.centres.len()];
    for cluster in &base.of {
        sizes[*cluster] += 1;
    }
    let filled = |cluster: &usize| sizes[*cluster] > 0;
    let clusters: Vec<usize> = (0..sizes.len()).filter(filled).collect();
    let centres: Vec<Point> = clusters.iter().map(|c| base.centres[*c]).collect();
    let weights: Vec<f64> = clusters.iter().map(|c| float(sizes[*c])).collect();
    let distances = Distances::between(&centres);
    let most = MOST_GROUPS.min(2 + centres.len() / BASE_PER_GROUP);
    let mut best: Option<(f64, Clusters)> = None;
    for k in 2..=most {
        let seeds = first_distinct(&centres, k);
        if seeds.len() < k {
            break;
        }
        let found = k_means(&centres, &weights, &seeds);
        let silhouette = distances.silhouette(&found.of, k);
        if best.as_ref().is_none_or(|(least, _)| silhouette > *least) {
            best = Some((silhouette, found));
        }
    }
    match best {
        Some((_, found)) => {
            let mut nearest = Nearest::new(points);
            nearest.begin(points, &found.centres);
            nearest.of
        }
        None => vec![0; points.len()],
    }
}

/// The first `most` points that differ, in canonical order: those who came first are the seeds, so that the seeds stay as
/// they are when others come.
fn first_distinct(points: &[Point], most: usize) -> Vec<Point> {
    let mut seeds: Vec<Point> = Vec::new();
    for point in points {
        if seeds.len() == most {
            break;
        }
        if !seeds.contains(point) {
            seeds.push(*point);
        }
    }
    seeds
}

/// A partition of points.
struct Clusters {
    centres: Vec<Point>,
    /// The cluster of each point.
    of: Vec<usize>,
}

/// Lloyd's algorithm. A point belongs to the nearest centre, of equally near ones to the first; a centre is the weighted mean
/// of its points and stays where it is when it has none.
fn k_means(points: &[Point], weights: &[f64], seeds: &[Point]) -> Clusters {
    let mut centres = seeds.to_vec();
    let mut moved: Vec<usize> = (0..centres.len()).collect();
    let mut nearest = Nearest::new(points);
    for _ in 0..STEPS {
        let changed = nearest.update(points, &centres, &moved);
        let mut sums = vec![(Point::zeros(), 0.0); centres.len()];
        for ((point, weight), cluster) in points.iter().zip(weights).zip(&nearest.of) {
            // What a cluster without a change sums up to is known: its centre.
            if changed[*cluster] {
                let (sum, total) = &mut sums[*cluster];
                *sum += point * *weight;
                *total += weight;
            }
        }
        let mut farthest: f64 = 0.0;
        moved.clear();
        for (n, (centre, (sum, total))) in centres.iter_mut().zip(sums).enumerate() {
            if total > 0.0 {
                let next = sum / total;
                farthest = farthest.max((next - *centre).norm_squared());
                *centre = next;
                moved.push(n);
            }
        }
        if farthest < STILL * STILL {
            break;
        }
    }
    nearest.update(points, &centres, &moved);
    Clusters {
        centres,
        of: nearest.of,
    }
}

/// The nearest centre of each point, kept while some of the centres move.
struct Nearest {
    /// Its place in the list, of equally near ones the first; nothing before the first update.
    of: Vec<usize>,
    /// Its squared distance.
    distances: Vec<f64>,
}

impl Nearest {
    fn new(points: &[Point]) -> Self {
        Self {
            of: Vec::new(),
            distances: vec![0.0; points.len()],
        }
    }

    /// Measures only to centres that can be nearer, so the answer is that of measuring to all. Returns which clusters lost
    /// or gained a point.
    fn update(&mut self, points: &[Point], centres: &[Point], moved: &[usize]) -> Vec<bool> {
        if self.of.is_empty() {
            return self.begin(points, centres);
        }
        let mut has_moved = vec![false; centres.len()];
        for n in moved {
            has_moved[*n] = true;
        }
        let mut radii = vec![0.0_f64; centres.len()];
        for ((point, of), distance) in points.iter().zip(&self.of).zip(&mut self.distances) {
            if has_moved[*of] {
                *distance = (point - centres[*of]).norm_squared();
            }
            radii[*of] = radii[*of].max(*distance);
        }
        let near: Vec<Vec<(Point, usize)>> = (0..centres.len())
            .map(|n| near(centres, n, radii[n], moved, has_moved[n]))
            .collect();
        let mut changed = vec![false; centres.len()];
        for ((point, of), distance) in points.iter().zip(&mut self.of).zip(&mut self.distances) {
            let mut best = (*distance, *of);
            for (centre, n) in &near[*of] {
                nearer(&mut best, (point - centre).norm_squared(), *n);
            }
            if best.1 != *of {
                changed[*of] = true;
                changed[best.1] = true;
                (*distance, *of) = best;
            }
        }
        changed
    }

    /// Measures to all.
    fn begin(&mut self, points: &[Point], centres: &[Point]) -> Vec<bool> {
        let mut changed = vec![false; centres.len()];
        for (point, distance) in points.iter().zip(&mut self.distances) {
            let mut best = (f64::INFINITY, 0);
            for (n, centre) in centres.iter().enumerate() {
                nearer(&mut best, (point - centre).norm_squared(), n);
            }
            changed[best.1] = true;
            self.of.push(best.1);
            *distance = best.0;
        }
        changed
    }
}

/// The centres that can be nearer to a point of cluster `own` than its own centre. One that is farther from that centre than
/// twice the cluster's radius cannot (Elkan 2003); and while it did not move, none that did not move either, for it was no
/// nearer before. `radius` is squared.
fn near(
    centres: &[Point],
    own: usize,
    radius: f64,
    moved: &[usize],
    has_moved: bool,
) -> Vec<(Point, usize)> {
    let reach = 4.0 * ROUNDING * radius;
    let other = |n: usize| {
        let centre = centres[n];
        let is_near = n != own && (centre - centres[own]).norm_squared() <= reach;
        is_near.then_some((centre, n))
    };
    if has_moved {
        (0..centres.len()).filter_map(other).collect()
    } else {
        moved.iter().copied().filter_map(other).collect()
    }
}

/// Takes a centre that is nearer, or as near and earlier in the list.
fn nearer(best: &mut (f64, usize), distance: f64, place: usize) {
    if distance < best.0 || (distance <= best.0 && place < best.1) {
        *best = (distance, place);
    }
}

/// Distances between all pairs of points.
struct Distances(Vec<Vec<f64>>);

impl Distances {
    fn between(points: &[Point]) -> Self {
        let row = |a: &Point| points.iter().map(|b| (a - b).norm()).collect();
        Self(points.iter().map(row).collect())
    }

    /// Mean silhouette of a partition into at most k clusters, in [−1, 1]. A point alone in its cluster has 0.
    fn silhouette(&self, of: &[usize], k: usize) -> f64 {
        let mut sizes = vec![0; k];
        for cluster in of {
            sizes[*cluster] += 1;
        }
        let mut total = 0.0;
        for (row, own) in self.0.iter().zip(of) {
            let mut sums = vec![0.0; k];
            for (distance, cluster) in row.iter().zip(of) {
                sums[*cluster] += distance;
            }
            let within = sums[*own] / float(sizes[*own] - 1).max(1.0);
            let beside = (0..k)
                .filter(|cluster| cluster != own && sizes[*cluster] > 0)
                .map(|cluster| sums[cluster] / float(sizes[cluster]))
                .fold(f64::INFINITY, f64::min);
            let larger = within.max(beside);
            if sizes[*own] > 1 && beside.is_finite() && larger > 0.0 {
                total += (beside - within) / larger;
            }
        }
        total / float(of.len().max(1))
    }
}
