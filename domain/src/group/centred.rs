//! The votes less the mean of their statement, as a sparse matrix.

use nalgebra::{DVector, Vector2};

use super::table::Cell;

/// A p × s matrix whose columns have the mean 0, row by row. Where there is no vote, there is 0; all votes with one answer on
/// one statement have one value, so an entry is the cell of its vote.
#[derive(Debug)]
pub(super) struct Centred {
    means: Vec<f64>,
    /// By [`Cell::index`].
    values: Vec<f64>,
    starts: Vec<usize>,
    cells: Vec<Cell>,
}

impl Centred {
    /// Without rows; `entries` is how many there will be at most.
    pub(super) fn new(means: Vec<f64>, entries: usize) -> Self {
        let values = means.iter().enumerate();
        let values = values
            .flat_map(|(column, mean)| {
                Cell::of(column).map(|cell| cell.map_or(0.0, |cell| f64::from(cell.value()) - mean))
            })
            .collect();
        Self {
            means,
            values,
            starts: vec![0],
            cells: Vec::with_capacity(entries),
        }
    }

    /// Adds an entry to the row; columns ascend within it.
    pub(super) fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    pub(super) fn end_row(&mut self) {
        self.starts.push(self.cells.len());
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.means.len()
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The mean that was taken off each column.
    pub(super) fn means(&self) -> &[f64] {
        &self.means
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.starts
            .windows(2)
            .map(|ends| &self.cells[ends[0]..ends[1]])
    }

    /// The product of each row with two vectors, given as one pair for each column. Sums run along the row.
    pub(super) fn times(&self, pairs: &[Vector2<f64>]) -> impl Iterator<Item = Vector2<f64>> {
        let values = self.values.chunks_exact(Cell::SLOTS).zip(pairs);
        let products: Vec<Vector2<f64>> = values
            .flat_map(|(values, pair)| values.iter().map(move |value| pair * *value))
            .collect();
        self.rows().map(move |row| {
            row.iter()
                .fold(Vector2::zeros(), |sum, cell| sum + products[cell.index()])
        })
    }

    /// BᵀB times two vectors. Sums run along rows, and down the rows, always in this order.
    pub(super) fn twice(&self, block: &[DVector<f64>; 2]) -> [DVector<f64>; 2] {
        let pairs: Vec<Vector2<f64>> = (block[0].iter().zip(&block[1]))
            .map(|(a, b)| Vector2::new(*a, *b))
            .collect();
        let mut sums: Vec<Vector2<f64>> = vec![Vector2::zeros(); self.width()];
        for (row, along) in self.rows().zip(self.times(&pairs)) {
            for cell in row {
                sums[cell.column()] += along * self.values[cell.index()];
            }
        }
        [0, 1].map(|n: usize| DVector::from_iterator(self.width(), sums.iter().map(|pair| pair[n])))
    }
}
