//! The opinion space: two principal components of the votes, and where each person stands.

use std::collections::BTreeMap;

use nalgebra::Vector2;

use super::{Compass, Pca, Statement, centred::Centred, component, table::Table};

/// The space, with the places of all people in the order of the table.
#[derive(Debug)]
pub(super) struct Space {
    center: Vec<f64>,
    components: [Vec<f64>; 2],
    /// One for each row of the table.
    pub(super) places: Vec<Vector2<f64>>,
}

impl Space {
    /// Shapes: with p people and s statements the matrix is p × s, never built: a missing vote is its column's mean, so after
    /// centring it is 0 and the matrix has as many entries as there are votes. Statements on which nobody differs have no
    /// part in any direction and no column.
    pub(super) fn of(table: &Table) -> Self {
        let statements = table.statements();
        let mut center = means(table);
        let mut columns = vec![None; statements.len()];
        let mut means = Vec::new();
        for (column, statement) in statements.iter().enumerate() {
            if statement.is_left_out() {
                center[column] = 0.0;
            } else if table.totals()[column].iter().filter(|n| **n > 0).count() > 1 {
                columns[column] = Some(means.len());
                means.push(center[column]);
            }
        }
        let mut centred = Centred::new(means, table.len());
        let is_left_out: Vec<bool> = statements.iter().map(Statement::is_left_out).collect();
        let zeros = left_out(statements);
        let mut cast = Vec::with_capacity(table.people().len());
        for row in 0..table.people().len() {
            let mut votes = 0;
            for cell in table.row(row) {
                let place = cell.column();
                if let Some(column) = columns[place] {
                    centred.push(cell.in_column(column));
                }
                votes += usize::from(!is_left_out[place]);
            }
            centred.end_row();
            cast.push(votes + zeros);
        }
        let axes = component::leading(&centred);
        let places = centred
            .times(&axes)
            .zip(cast)
            .map(|(place, cast)| place * stretch(statements.len(), cast))
            .collect();
        let components = [0, 1].map(|n: usize| {
            let entries = columns.iter();
            entries
                .map(|column| column.map_or(0.0, |column: usize| axes[column][n]))
                .collect()
        });
        Self {
            center,
            components,
            places,
        }
    }

    /// Mean of the places of these people, added in the order given; the origin for nobody.
    pub(super) fn centre(&self, rows: &[usize]) -> [f64; 2] {
        let sum: Vector2<f64> = rows.iter().map(|row| self.places[*row]).sum();
        let mean = sum / float(rows.len().max(1));
        [mean.x, mean.y]
    }

    /// How far from the origin a person stands whose only vote is to agree with this statement.
    pub(super) fn extremity(&self, column: usize) -> f64 {
        extremity(&self.center, &self.components, column)
    }

    pub(super) fn pca(&self) -> Pca {
        Pca {
            center: self.center.clone(),
            components: self.components.clone(),
        }
    }
}

/// See [`Space::extremity`].
pub(super) fn extremity(center: &[f64], components: &[Vec<f64>; 2], column: usize) -> f64 {
    let [x, y] = [0, 1].map(|n: usize| components[n][column]);
    float(center.len()).sqrt() * (1.0 - center[column]).abs() * (x * x + y * y).sqrt()
}

/// See [`Compass::place`].
pub(super) fn place(compass: &Compass, votes: &BTreeMap<i64, i64>) -> Option<[f64; 2]> {
    let (mut place, mut cast) = (Vector2::zeros(), 0);
    for (column, statement) in compass.statements.iter().enumerate() {
        let value = votes
            .get(&statement.id)
            .filter(|_| !statement.is_left_out());
        let Some(value) = value.and_then(|value| i8::try_from(*value).ok()) else {
            continue;
        };
        let [x, y] = [0, 1].map(|n: usize| compass.components[n][column]);
        place += Vector2::new(x, y) * (f64::from(value.clamp(-1, 1)) - compass.center[column]);
        cast += 1;
    }
    place *= stretch(
        compass.statements.len(),
        cast + left_out(&compass.statements),
    );
    (cast > 0).then_some([place.x, place.y])
}

/// √(statements ÷ votes cast): who voted on little is not drawn to the middle for it.
fn stretch(statements: usize, cast: usize) -> f64 {
    (float(statements) / float(cast.max(1))).sqrt()
}

/// Statements left out have the value 0 in everybody's row: in the stretch they count as cast by everybody.
fn left_out(statements: &[Statement]) -> usize {
    statements.iter().filter(|s| s.is_left_out()).count()
}

/// Mean of the votes on each statement; 0 without a vote. Whole numbers are added, so the order does not matter.
fn means(table: &Table) -> Vec<f64> {
    let totals = table.totals().iter();
    totals
        .map(|[agrees, disagrees, passes]| {
            let votes = f64::from(*agrees) + f64::from(*disagrees) + f64::from(*passes);
            (f64::from(*agrees) - f64::from(*disagrees)) / votes.max(1.0)
        })
        .collect()
}

/// Counts here are far below 2³².
pub(super) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
