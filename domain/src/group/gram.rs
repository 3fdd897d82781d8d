//! BᵀB of the centred votes, from whole numbers.
//!
//! An entry of B is v − m where there is a vote v on a statement whose mean is m, and 0 where there is none. With s = 1 for a
//! vote and 0 for none,
//!
//! (BᵀB)ᵢⱼ = Σ vᵢvⱼ − mⱼ Σ vᵢsⱼ − mᵢ Σ sᵢvⱼ + mᵢmⱼ Σ sᵢsⱼ,
//!
//! and all four sums are whole numbers. They follow from three counters for each i and j, one for each answer on i, to which
//! everybody who gave it adds their vote on j: 2¹⁶ v + s, which is two sums in one addition and no product.

use nalgebra::DMatrix;

use super::{centred::Centred, table::Cell};

/// What agree, disagree, pass add to a counter.
const ADDS: [i32; 3] = [(1 << 16) + 1, 1 - (1 << 16), 1];
/// A counter holds so many votes.
const MOST_ROWS: usize = 32_767;
/// A row is full when it has an entry in one of so many columns.
const FULL: usize = 4;

/// Numbers that are added side by side.
const LANES: usize = 8;

/// Numbers for each statement, in as many blocks as they need.
type Block = [i32; LANES];

/// The matrix.
pub(super) fn gram(matrix: &Centred) -> DMatrix<f64> {
    let width = matrix.width();
    let mut gram = DMatrix::zeros(width, width);
    // Without statements there is nothing to count.
    if width == 0 {
        return gram;
    }
    let mut pairs = Pairs::new(width);
    let mut room = MOST_ROWS;
    for row in matrix.rows() {
        if room == 0 {
            pairs.add_to(gram.as_mut_slice(), matrix.means());
            room = MOST_ROWS;
        }
        pairs.count(row);
        room -= 1;
    }
    pairs.add_to(gram.as_mut_slice(), matrix.means());
    gram.fill_upper_triangle_with_lower_triangle();
    gram
}

/// The counters.
struct Pairs {
    width: usize,
    /// How many make room for each statement once.
    blocks: usize,
    /// For each answer on each statement, by [`Cell::index`], one for each statement; those of the statements before it are
    /// not meant.
    counters: Vec<Block>,
    tile: Tile,
    /// The row that is counted: column, and what it adds.
    row: Vec<(usize, i32)>,
}

impl Pairs {
    fn new(width: usize) -> Self {
        let blocks = width.div_ceil(LANES);
        Self {
            width,
            blocks,
            counters: vec![[0; LANES]; width * Cell::SLOTS * blocks],
            tile: Tile::new(width, blocks),
            row: Vec::with_capacity(width),
        }
    }

    /// Counts a person's votes, by column.
    fn count(&mut self, row: &[Cell]) {
        if row.len() * FULL > self.width {
            self.tile.take(row);
            if self.tile.rows == TILE {
                self.tile.empty(&mut self.counters);
            }
            return;
        }
        self.row.clear();
        let adds = row.iter().map(|cell| (cell.column(), ADDS[cell.answer()]));
        self.row.extend(adds);
        for (n, cell) in row.iter().enumerate() {
            let counters = &mut self.counters[cell.index() * self.blocks..][..self.blocks];
            let counters = counters.as_flattened_mut();
            for (column, adds) in &self.row[n..] {
                counters[*column] += adds;
            }
        }
    }

    /// Adds what was counted to the lower half of the matrix, and begins anew.
    fn add_to(&mut self, gram: &mut [f64], means: &[f64]) {
        self.tile.empty(&mut self.counters);
        for (column, mean) in means.iter().enumerate() {
            let from = |answer: usize| {
                let index = column * Cell::SLOTS + answer;
                let counters = &self.counters[index * self.blocks..][..self.blocks];
                &counters.as_flattened()[column..self.width]
            };
            let counters = from(0).iter().zip(from(1)).zip(from(2));
            let sums = &mut gram[column * self.width..][column..self.width];
            for ((sum, other), ((agree, disagree), pass)) in
                sums.iter_mut().zip(&means[column..]).zip(counters)
            {
                let [agree, disagree, pass] =
                    [agree, disagree, pass].map(|n| (n >> 16, n & 0xffff));
                let product = agree.0 - disagree.0;
                let own = agree.1 - disagree.1;
                let others = agree.0 + disagree.0 + pass.0;
                let both = agree.1 + disagree.1 + pass.1;
                *sum += f64::from(product) - other * f64::from(own) - mean * f64::from(others)
                    + mean * other * f64::from(both);
            }
        }
        self.counters.fill([0; LANES]);
    }
}

/// Most rows of a tile: as many as a word has bits.
const TILE: usize = 64;

/// Full rows that wait to be counted together, so that a counter is fetched once for several of them. Of a full row the gaps
/// are zeros that cost less than jumping over them.
struct Tile {
    blocks: usize,
    /// What each row adds, row by row, and last a row of zeros.
    adds: Vec<Block>,
    /// For each answer on each statement the rows that have it, a bit each.
    with: Vec<u64>,
    /// How many rows wait.
    rows: usize,
}

impl Tile {
    fn new(width: usize, blocks: usize) -> Self {
        Self {
            blocks,
            adds: vec![[0; LANES]; blocks * (TILE + 1)],
            with: vec![0; width * Cell::SLOTS],
            rows: 0,
        }
    }

    /// There is room for the row.
    fn take(&mut self, row: &[Cell]) {
        let adds = self.adds[self.rows * self.blocks..][..self.blocks].as_flattened_mut();
        for cell in row {
            adds[cell.column()] = ADDS[cell.answer()];
            self.with[cell.index()] |= 1 << self.rows;
        }
        self.rows += 1;
    }

    /// Counts the rows that wait.
    fn empty(&mut self, counters: &mut [Block]) {
        let counters = counters.chunks_exact_mut(self.blocks);
        for (index, (with, counters)) in self.with.iter_mut().zip(counters).enumerate() {
            let first = index / Cell::SLOTS / LANES;
            let row = |n: usize| &self.adds[n * self.blocks..][first..self.blocks];
            while *with != 0 {
                let four = [(); 4].map(|()| row(next(with)));
                let [a, b, c, d] = four;
                let rows = a.iter().zip(b).zip(c).zip(d);
                for (counters, (((a, b), c), d)) in counters[first..].iter_mut().zip(rows) {
                    for lane in 0..LANES {
                        counters[lane] += (a[lane] + b[lane]) + (c[lane] + d[lane]);
                    }
                }
            }
        }
        self.adds.fill([0; LANES]);
        self.rows = 0;
    }
}

/// Takes out the lowest bit and says where it was; where there is none, the row of zeros.
fn next(bits: &mut u64) -> usize {
    let place = bits.trailing_zeros();
    *bits &= bits.wrapping_sub(1);
    usize::try_from(place).map_or(TILE, |place| place.min(TILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows in which everybody votes on one in `gap` statements, and means that are nobody's.
    fn votes(people: usize, width: usize, gap: usize) -> Centred {
        let means =
            (0..width).map(|column| 0.75 - 0.01 * f64::from(u8::try_from(column).expect("few")));
        let mut matrix = Centred::new(means.collect(), people * width);
        for person in 0..people {
            for column in 0..width {
                let chance = (person * 31 + column * 17 + person * column) % (gap * 3);
                if chance < 3 {
                    let cell = Cell::of(column)[chance].expect("three answers");
                    matrix.push(cell);
                }
            }
            matrix.end_row();
        }
        matrix
    }

    /// Each product on its own.
    fn plain(matrix: &Centred) -> DMatrix<f64> {
        let width = matrix.width();
        let rows: Vec<Vec<f64>> = matrix
            .rows()
            .map(|row| {
                let mut dense = vec![0.0; width];
                for cell in row {
                    let column = cell.column();
                    dense[column] = f64::from(cell.value()) - matrix.means()[column];
                }
                dense
            })
            .collect();
        DMatrix::from_fn(width, width, |i, j| {
            rows.iter().map(|row| row[i] * row[j]).sum()
        })
    }

    #[test]
    fn it_is_the_product_for_rows_with_many_gaps_and_with_few() {
        for (people, width, gap) in [
            (200, 30, 1),
            (500, 21, 2),
            (300, 40, 9),
            (3, 1, 1),
            (0, 2, 1),
        ] {
            let matrix = votes(people, width, gap);
            let difference = (gram(&matrix) - plain(&matrix)).abs().max();
            assert!(difference < 1e-9, "{people} × {width}: {difference}");
        }
    }

    #[test]
    fn more_people_than_a_counter_holds_are_counted() {
        // All with one answer: the counters come as far as they can.
        for answer in 0..3 {
            let mut matrix = Centred::new(vec![0.25, -0.5], 0);
            for _ in 0..MOST_ROWS * 2 + 5 {
                for column in 0..2 {
                    matrix.push(Cell::of(column)[answer].expect("three answers"));
                }
                matrix.end_row();
            }
            let difference = (gram(&matrix) - plain(&matrix)).abs().max();
            assert!(difference < 1e-6, "{answer}: {difference}");
        }
    }
}
