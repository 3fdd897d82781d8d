//! Groups of people who stand close together: k-means, its number by the silhouette.

use super::{
    PEOPLE_TO_COUNT, VOTES_TO_COUNT,
    k_means::{Point, k_means, nearest},
    space::{Space, float},
    table::Table,
};

/// Clusters of which groups are made. They keep one crowded place from outweighing the shape of the whole.
const BASE: usize = 100;
/// Most groups.
const MOST_GROUPS: usize = 5;
/// One more group is tried for so many base clusters.
const BASE_PER_GROUP: usize = 12;

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
    let filled = base
        .members
        .iter()
        .zip(&base.centres)
        .filter(|(members, _)| !members.is_empty());
    let (weights, centres): (Vec<f64>, Vec<Point>) = filled
        .map(|(members, centre)| (float(members.len()), *centre))
        .unzip();
    let distances = Distances::between(&centres);
    let most = MOST_GROUPS.min(2 + centres.len() / BASE_PER_GROUP);
    let mut best: Option<(f64, Vec<Point>)> = None;
    for k in 2..=most {
        let seeds = first_distinct(&centres, k);
        if seeds.len() < k {
            break;
        }
        let found = k_means(&centres, &weights, &seeds);
        let silhouette = distances.silhouette(&found.members);
        if best.as_ref().is_none_or(|(least, _)| silhouette > *least) {
            best = Some((silhouette, found.centres));
        }
    }
    match best {
        Some((_, centres)) => points
            .iter()
            .map(|point| nearest(point, &centres).1)
            .collect(),
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

/// Distances between all pairs of points.
struct Distances(Vec<Vec<f64>>);

impl Distances {
    fn between(points: &[Point]) -> Self {
        let row = |a: &Point| points.iter().map(|b| (a - b).norm()).collect();
        Self(points.iter().map(row).collect())
    }

    /// Mean silhouette of a partition, in [−1, 1]. A point alone in its cluster has 0.
    fn silhouette(&self, clusters: &[Vec<usize>]) -> f64 {
        let mut total = 0.0;
        for (own, members) in clusters.iter().enumerate() {
            for point in members {
                let row = &self.0[*point];
                let sum = |members: &Vec<usize>| members.iter().map(|m| row[*m]).sum::<f64>();
                let within = sum(members) / float(members.len() - 1).max(1.0);
                let beside = clusters
                    .iter()
                    .enumerate()
                    .filter(|(n, members)| *n != own && !members.is_empty())
                    .map(|(_, members)| sum(members) / float(members.len()))
                    .fold(f64::INFINITY, f64::min);
                let larger = within.max(beside);
                if members.len() > 1 && beside.is_finite() && larger > 0.0 {
                    total += (beside - within) / larger;
                }
            }
        }
        total / float(self.0.len().max(1))
    }
}
