//! Dense matrices and the products that the network needs.

use gemm::Parallelism;

/// A matrix in row-major order.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    pub rows: usize,
    pub columns: usize,
    pub data: Vec<f32>,
}

impl Matrix {
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, data: vec![0.0; rows * columns] }
    }

    pub fn row(&self, i: usize) -> &[f32] {
        &self.data[i * self.columns..(i + 1) * self.columns]
    }

    pub fn row_mut(&mut self, i: usize) -> &mut [f32] {
        &mut self.data[i * self.columns..(i + 1) * self.columns]
    }

    /// The rows named by `index`, in its order.
    pub fn gather(&self, index: &[usize]) -> Matrix {
        let mut data = Vec::with_capacity(index.len() * self.columns);
        index.iter().for_each(|i| data.extend_from_slice(self.row(*i)));
        Matrix { rows: index.len(), columns: self.columns, data }
    }

    /// Adds the rows of `other` to the rows named by `index`.
    pub fn scatter_add(&mut self, index: &[usize], other: &Matrix) {
        for (k, i) in index.iter().enumerate() {
            add(self.row_mut(*i), other.row(k));
        }
    }
}

pub fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
}

/// How a factor is read.
#[derive(Clone, Copy, PartialEq)]
pub enum As {
    Plain,
    Transposed,
}

/// `c += a · b`, each factor as it stands or transposed. Slices are row-major with the given columns.
#[allow(clippy::too_many_arguments)]
pub fn product(c: &mut [f32], m: usize, n: usize, k: usize, a: &[f32], how_a: As, b: &[f32], how_b: As) {
    if m == 0 || n == 0 || k == 0 {
        return;
    }
    assert!(c.len() >= m * n && a.len() >= m * k && b.len() >= k * n);
    let (a_row, a_column) = if how_a == As::Plain { (k, 1) } else { (1, m) };
    let (b_row, b_column) = if how_b == As::Plain { (n, 1) } else { (1, k) };
    // SAFETY: the slices are at least as long as their shapes say, and `c` is borrowed alone.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            c.as_mut_ptr(),
            1,
            n as isize,
            true,
            a.as_ptr(),
            a_column as isize,
            a_row as isize,
            b.as_ptr(),
            b_column as isize,
            b_row as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// `x · wᵀ + b` for weights with a row an output.
pub fn affine(x: &Matrix, w: &[f32], b: &[f32], outputs: usize) -> Matrix {
    let mut y = Matrix::zeros(x.rows, outputs);
    if !b.is_empty() {
        (0..x.rows).for_each(|i| y.row_mut(i).copy_from_slice(b));
    }
    product(&mut y.data, x.rows, outputs, x.columns, &x.data, As::Plain, w, As::Transposed);
    y
}

/// The gradients of [`affine`]: adds to `dw` and `db`, returns that of `x`.
pub fn affine_back(x: &Matrix, w: &[f32], dy: &Matrix, dw: &mut [f32], db: &mut [f32]) -> Matrix {
    product(dw, dy.columns, x.columns, x.rows, &dy.data, As::Transposed, &x.data, As::Plain);
    if !db.is_empty() {
        (0..dy.rows).for_each(|i| add(db, dy.row(i)));
    }
    let mut dx = Matrix::zeros(x.rows, x.columns);
    product(&mut dx.data, x.rows, x.columns, dy.columns, &dy.data, As::Plain, w, As::Plain);
    dx
}

/// A small generator of random numbers (SplitMix64), so that a seed gives the same model everywhere.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Nearly normal, of variance one.
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}
