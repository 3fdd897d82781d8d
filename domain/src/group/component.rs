//! The two leading principal components of a sparse centred matrix.
//!
//! Rayleigh–Ritz on a block Krylov space (Golub & Underwood 1977; Saad, "Numerical Methods for Large Eigenvalue Problems",
//! ch. 6): only products with the sparse matrix are needed, a few dozen of them, and two equal eigenvalues are found because
//! the block has two vectors. The small eigenproblem is nalgebra's.

use nalgebra::{DMatrix, DVector, SymmetricEigen, Vector2};

use super::{centred::Centred, gram::gram};

/// Sizes of the space at which convergence is tested; at the last one it begins anew from what was found.
const TESTS: [usize; 6] = [30, 40, 56, 80, 112, 160];
/// How often it begins; after that the best found is taken.
const ROUNDS: usize = 6;
/// Largest ‖Av − λv‖ of a component, in units of the first eigenvalue.
const RESIDUAL: f64 = 1e-11;
/// A direction shorter than this part of itself after what is known is taken out is noise of rounding.
const DEPENDENT: f64 = 1e-10;
/// A variance below this part of the first one is none.
const NO_VARIANCE: f64 = 1e-12;

/// What is multiplied with.
struct Operator<'a> {
    matrix: &'a Centred,
    gram: Option<DMatrix<f64>>,
}

impl Operator<'_> {
    fn times(&self, block: &[DVector<f64>; 2]) -> [DVector<f64>; 2] {
        match &self.gram {
            Some(gram) => both(gram, block),
            None => self.matrix.twice(block),
        }
    }
}

/// A square matrix times two vectors at once, each of its columns fetched once.
fn both(matrix: &DMatrix<f64>, block: &[DVector<f64>; 2]) -> [DVector<f64>; 2] {
    let width = matrix.nrows();
    let (mut first, mut second) = (vec![0.0; width], vec![0.0; width]);
    let factors = block[0].iter().zip(&block[1]);
    for (column, (a, b)) in matrix.as_slice().chunks_exact(width).zip(factors) {
        for ((entry, x), y) in column.iter().zip(&mut first).zip(&mut second) {
            *x += entry * a;
            *y += entry * b;
        }
    }
    [first, second].map(DVector::from_vec)
}

/// The components, one pair for each column: unit vectors with the sign fixed, or zeros where there is no variance left.
pub(super) fn leading(matrix: &Centred) -> Vec<Vector2<f64>> {
    let operator = Operator {
        // Only where it has no more entries than there are votes.
        gram: (matrix.width() * matrix.width() <= matrix.len()).then(|| gram(matrix)),
        matrix,
    };
    let mut ritz = Krylov::grow(&operator, [1, 2].map(|n| noise(matrix.width(), n)));
    for _ in 1..ROUNDS {
        if ritz.is_converged {
            break;
        }
        ritz = Krylov::grow(&operator, ritz.vectors);
    }
    let mut components = vec![Vector2::zeros(); matrix.width()];
    for (n, (vector, value)) in ritz.vectors.into_iter().zip(ritz.values).enumerate() {
        if value > ritz.values[0] * NO_VARIANCE {
            for (component, entry) in components.iter_mut().zip(signed(vector.normalize())) {
                component[n] = entry;
            }
        }
    }
    components
}

/// The two best approximations within a space.
struct Ritz {
    values: [f64; 2],
    vectors: [DVector<f64>; 2],
    is_converged: bool,
}

impl Ritz {
    /// Of a matrix of zeros.
    fn none() -> Self {
        Self {
            values: [0.0; 2],
            vectors: [DVector::zeros(0), DVector::zeros(0)],
            is_converged: true,
        }
    }
}

/// An orthonormal basis and its image.
struct Krylov {
    basis: Vec<DVector<f64>>,
    images: Vec<DVector<f64>>,
    /// basisᵀ × images.
    products: Vec<Vec<f64>>,
}

impl Krylov {
    /// Grows the space from two vectors until the components in it are exact, or it is as large as allowed.
    fn grow(operator: &Operator<'_>, start: [DVector<f64>; 2]) -> Ritz {
        let mut space = Self {
            basis: Vec::new(),
            images: Vec::new(),
            products: Vec::new(),
        };
        let mut block = start;
        let mut tests = TESTS.into_iter();
        let mut size = tests.next();
        loop {
            let before = space.basis.len();
            for vector in &block {
                space.take(vector);
            }
            if space.basis.len() == before {
                // It maps into itself: what lies in it is exact.
                return space.ritz(true);
            }
            let zero = || DVector::zeros(operator.matrix.width());
            let mut new = space.basis[before..].iter().cloned();
            block = operator.times(&[(); 2].map(|()| new.next().unwrap_or_else(zero)));
            for image in block.iter().take(space.basis.len() - before) {
                space.images.push(image.clone());
            }
            space.multiply(before);
            if size.is_some_and(|size| space.basis.len() >= size) {
                size = tests.next();
                let ritz = space.ritz(false);
                if ritz.is_converged || size.is_none() {
                    return ritz;
                }
            }
        }
    }

    /// Adds what of a vector is new; Gram–Schmidt twice, which is enough (Kahan & Parlett).
    fn take(&mut self, vector: &DVector<f64>) {
        let mut new = vector.clone();
        for _ in 0..2 {
            for old in &self.basis {
                let part = old.dot(&new);
                new.axpy(-part, old, 1.0);
            }
        }
        let (whole, rest) = (vector.norm(), new.norm());
        if rest > whole * DEPENDENT && rest > 0.0 && self.basis.len() < vector.len() {
            self.basis.push(new / rest);
        }
    }

    /// Fills in the products with the images from `before` on.
    fn multiply(&mut self, before: usize) {
        for image in &self.images[before..] {
            let column = self.basis.iter().map(|vector| vector.dot(image)).collect();
            self.products.push(column);
        }
    }

    /// The two largest eigenvalues of the matrix restricted to the space, ties in the order in which they are found.
    fn ritz(&self, is_exact: bool) -> Ritz {
        let size = self.basis.len();
        let Some(width) = self.basis.first().map(DVector::len) else {
            return Ritz::none();
        };
        // The upper half says everything; the lower one was not computed for the older columns.
        let small = DMatrix::from_fn(size, size, |i, j| self.products[i.max(j)][i.min(j)]);
        let eigen = SymmetricEigen::new(small);
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        let mut values = [0.0; 2];
        let mut vectors = [DVector::zeros(width), DVector::zeros(width)];
        let mut is_converged = true;
        for (n, place) in order.into_iter().take(2).enumerate() {
            let weights = eigen.eigenvectors.column(place);
            let mut image = DVector::zeros(width);
            for (weight, (vector, own)) in weights.iter().zip(self.basis.iter().zip(&self.images)) {
                vectors[n].axpy(*weight, vector, 1.0);
                image.axpy(*weight, own, 1.0);
            }
            values[n] = eigen.eigenvalues[place].max(0.0);
            image.axpy(-values[n], &vectors[n], 1.0);
            is_converged &= image.norm() <= RESIDUAL * values[0];
        }
        Ritz {
            values,
            vectors,
            is_converged: is_converged || is_exact,
        }
    }
}

/// The entry with the largest size is positive; of equal ones the first.
fn signed(vector: DVector<f64>) -> Vec<f64> {
    let largest = vector.iter().fold(
        0.0_f64,
        |most, v| if v.abs() > most.abs() { *v } else { most },
    );
    let sign = if largest < 0.0 { -1.0 } else { 1.0 };
    // Adding 0 makes a negative zero a zero.
    vector.iter().map(|v| v * sign + 0.0).collect()
}

/// A vector without a pattern, in [−1, 1): the same each time (SplitMix64, Steele et al. 2014).
fn noise(width: usize, stream: u64) -> DVector<f64> {
    let mut state = stream.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    DVector::from_fn(width, |_, _| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0);
        f64::from(high) / 2_147_483_648.0 - 1.0
    })
}
