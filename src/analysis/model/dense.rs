//! Products of small matrices, fast on one core and the same to the last bit on every machine.
//!
//! Every element is a chain of fused multiply-adds over the inputs in their order, whatever the
//! width of the machine's vectors, so the result depends neither on the machine nor on what else
//! is computed beside it.

use multiversion::multiversion;

/// Outputs computed at a time.
const LANES: usize = 16;

/// Weights laid out for [`Dense::apply`]: blocks of [`LANES`] outputs, in each the inputs in order.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    /// Number of inputs.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
    blocks: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
}

impl Dense {
    /// Of a matrix with a row an output, and the outputs' biases (none: zero).
    pub fn new(inputs: usize, outputs: usize, weights: &[f32], bias: &[f32]) -> Self {
        let count = outputs.div_ceil(LANES);
        let mut blocks = vec![[0.0; LANES]; count * inputs];
        let mut padded = vec![[0.0; LANES]; count];
        for o in 0..outputs {
            padded[o / LANES][o % LANES] = bias.get(o).copied().unwrap_or(0.0);
            for i in 0..inputs {
                blocks[o / LANES * inputs + i][o % LANES] = weights[o * inputs + i];
            }
        }
        Self { inputs, outputs, blocks, bias: padded }
    }

    /// The outputs for rows of inputs, written over `y`, a row of `outputs` each.
    pub fn apply(&self, x: &[f32], y: &mut [f32]) {
        for row in y.chunks_exact_mut(self.outputs) {
            for (block, bias) in row.chunks_mut(LANES).zip(&self.bias) {
                block.copy_from_slice(&bias[..block.len()]);
            }
        }
        accumulate(&self.blocks, self.inputs, self.outputs, x, y);
    }

    /// Adds to what `y` holds, without bias.
    pub fn add(&self, x: &[f32], y: &mut [f32]) {
        accumulate(&self.blocks, self.inputs, self.outputs, x, y);
    }
}

// Each sum has a name of its own below, since only so does the compiler keep each in a register.

/// Six rows, one block of outputs.
#[inline(always)]
fn six_rows(n: usize, x: [&[f32]; 6], w: [&[[f32; LANES]]; 1], sums: &mut [[f32; LANES]; 6]) {
    let [x0, x1, x2, x3, x4, x5] = x.map(|x| &x[..n]);
    let [w0] = w.map(|w| &w[..n]);
    let [mut s0, mut s1, mut s2, mut s3, mut s4, mut s5] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
            s1[j] = x1[k].mul_add(w0[k][j], s1[j]);
            s2[j] = x2[k].mul_add(w0[k][j], s2[j]);
            s3[j] = x3[k].mul_add(w0[k][j], s3[j]);
            s4[j] = x4[k].mul_add(w0[k][j], s4[j]);
            s5[j] = x5[k].mul_add(w0[k][j], s5[j]);
        }
    }
    *sums = [s0, s1, s2, s3, s4, s5];
}

/// Six rows, two blocks of outputs.
#[inline(always)]
fn six_by_two(n: usize, x: [&[f32]; 6], w: [&[[f32; LANES]]; 2], sums: &mut [[f32; LANES]; 12]) {
    let [x0, x1, x2, x3, x4, x5] = x.map(|x| &x[..n]);
    let [w0, w1] = w.map(|w| &w[..n]);
    let [mut s0, mut s1, mut s2, mut s3, mut s4, mut s5, mut s6, mut s7, mut s8, mut s9, mut s10, mut s11] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
            s1[j] = x0[k].mul_add(w1[k][j], s1[j]);
            s2[j] = x1[k].mul_add(w0[k][j], s2[j]);
            s3[j] = x1[k].mul_add(w1[k][j], s3[j]);
            s4[j] = x2[k].mul_add(w0[k][j], s4[j]);
            s5[j] = x2[k].mul_add(w1[k][j], s5[j]);
            s6[j] = x3[k].mul_add(w0[k][j], s6[j]);
            s7[j] = x3[k].mul_add(w1[k][j], s7[j]);
            s8[j] = x4[k].mul_add(w0[k][j], s8[j]);
            s9[j] = x4[k].mul_add(w1[k][j], s9[j]);
            s10[j] = x5[k].mul_add(w0[k][j], s10[j]);
            s11[j] = x5[k].mul_add(w1[k][j], s11[j]);
        }
    }
    *sums = [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11];
}

/// Three rows, two blocks of outputs.
#[inline(always)]
fn three_by_two(n: usize, x: [&[f32]; 3], w: [&[[f32; LANES]]; 2], sums: &mut [[f32; LANES]; 6]) {
    let [x0, x1, x2] = x.map(|x| &x[..n]);
    let [w0, w1] = w.map(|w| &w[..n]);
    let [mut s0, mut s1, mut s2, mut s3, mut s4, mut s5] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
            s1[j] = x0[k].mul_add(w1[k][j], s1[j]);
            s2[j] = x1[k].mul_add(w0[k][j], s2[j]);
            s3[j] = x1[k].mul_add(w1[k][j], s3[j]);
            s4[j] = x2[k].mul_add(w0[k][j], s4[j]);
            s5[j] = x2[k].mul_add(w1[k][j], s5[j]);
        }
    }
    *sums = [s0, s1, s2, s3, s4, s5];
}

/// One row, two blocks of outputs.
#[inline(always)]
fn two_blocks(n: usize, x: [&[f32]; 1], w: [&[[f32; LANES]]; 2], sums: &mut [[f32; LANES]; 2]) {
    let [x0] = x.map(|x| &x[..n]);
    let [w0, w1] = w.map(|w| &w[..n]);
    let [mut s0, mut s1] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
            s1[j] = x0[k].mul_add(w1[k][j], s1[j]);
        }
    }
    *sums = [s0, s1];
}

/// One row, six blocks of outputs.
#[inline(always)]
fn six_blocks(n: usize, x: [&[f32]; 1], w: [&[[f32; LANES]]; 6], sums: &mut [[f32; LANES]; 6]) {
    let [x0] = x.map(|x| &x[..n]);
    let [w0, w1, w2, w3, w4, w5] = w.map(|w| &w[..n]);
    let [mut s0, mut s1, mut s2, mut s3, mut s4, mut s5] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
            s1[j] = x0[k].mul_add(w1[k][j], s1[j]);
            s2[j] = x0[k].mul_add(w2[k][j], s2[j]);
            s3[j] = x0[k].mul_add(w3[k][j], s3[j]);
            s4[j] = x0[k].mul_add(w4[k][j], s4[j]);
            s5[j] = x0[k].mul_add(w5[k][j], s5[j]);
        }
    }
    *sums = [s0, s1, s2, s3, s4, s5];
}

/// One row, one block of outputs.
#[inline(always)]
fn one_block(n: usize, x: [&[f32]; 1], w: [&[[f32; LANES]]; 1], sums: &mut [[f32; LANES]; 1]) {
    let [x0] = x.map(|x| &x[..n]);
    let [w0] = w.map(|w| &w[..n]);
    let [mut s0] = *sums;
    for k in 0..n {
        for j in 0..LANES {
            s0[j] = x0[k].mul_add(w0[k][j], s0[j]);
        }
    }
    *sums = [s0];
}

/// Adds the product to `y`. Blocks of weights stay in the nearest cache while all rows pass by.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn accumulate(blocks: &[[f32; LANES]], inputs: usize, outputs: usize, x: &[f32], y: &mut [f32]) {
    let rows = x.len().checked_div(inputs).unwrap_or(0);
    let input = |row: usize| &x[row * inputs..][..inputs];
    let weights = |block: usize| &blocks[block * inputs..][..inputs];
    let whole = outputs / LANES;
    let at = |row: usize, block: usize| row * outputs + block * LANES;
    let mut block = 0;
    while rows < 3 && block + 6 <= whole {
        for row in 0..rows {
            let mut sums = load::<6>(y, |i| at(row, block + i), LANES);
            six_blocks(inputs, [input(row)], std::array::from_fn(|i| weights(block + i)), &mut sums);
            store(&sums, y, |i| at(row, block + i), LANES);
        }
        block += 6;
    }
    while rows >= 3 && block + 2 <= whole {
        let w = [weights(block), weights(block + 1)];
        let mut row = 0;
        while row + 6 <= rows {
            let mut sums = load::<12>(y, |i| at(row + i / 2, block + i % 2), LANES);
            six_by_two(inputs, std::array::from_fn(|r| input(row + r)), w, &mut sums);
            store(&sums, y, |i| at(row + i / 2, block + i % 2), LANES);
            row += 6;
        }
        while row + 3 <= rows {
            let mut sums = load::<6>(y, |i| at(row + i / 2, block + i % 2), LANES);
            three_by_two(inputs, std::array::from_fn(|r| input(row + r)), w, &mut sums);
            store(&sums, y, |i| at(row + i / 2, block + i % 2), LANES);
            row += 3;
        }
        while row < rows {
            let mut sums = load::<2>(y, |i| at(row, block + i), LANES);
            two_blocks(inputs, [input(row)], w, &mut sums);
            store(&sums, y, |i| at(row, block + i), LANES);
            row += 1;
        }
        block += 2;
    }
    while block * LANES < outputs {
        let width = LANES.min(outputs - block * LANES);
        let mut row = 0;
        while row + 6 <= rows {
            let mut sums = load::<6>(y, |i| at(row + i, block), width);
            six_rows(inputs, std::array::from_fn(|r| input(row + r)), [weights(block)], &mut sums);
            store(&sums, y, |i| at(row + i, block), width);
            row += 6;
        }
        while row < rows {
            let mut sums = load::<1>(y, |_| at(row, block), width);
            one_block(inputs, [input(row)], [weights(block)], &mut sums);
            store(&sums, y, |_| at(row, block), width);
            row += 1;
        }
        block += 1;
    }
}

#[inline(always)]
fn load<const N: usize>(y: &[f32], at: impl Fn(usize) -> usize, width: usize) -> [[f32; LANES]; N] {
    let mut sums = [[0.0; LANES]; N];
    for (i, sum) in sums.iter_mut().enumerate() {
        match y[at(i)..].first_chunk() {
            Some(whole) if width == LANES => *sum = *whole,
            _ => sum[..width].copy_from_slice(&y[at(i)..][..width]),
        }
    }
    sums
}

#[inline(always)]
fn store<const N: usize>(sums: &[[f32; LANES]; N], y: &mut [f32], at: impl Fn(usize) -> usize, width: usize) {
    for (i, sum) in sums.iter().enumerate() {
        match y[at(i)..].first_chunk_mut() {
            Some(whole) if width == LANES => *whole = *sum,
            _ => y[at(i)..][..width].copy_from_slice(&sum[..width]),
        }
    }
}

/// Applies the non-linear functions of a recurrent step in place: `gates` of each row are the forget
/// gates, the output gates and the new contents, `width` each.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn step(gates: &mut [f32], cells: &mut [f32], states: &mut [f32], width: usize) {
    use super::activation::{sigmoid, tanh};
    let rows = gates.chunks_exact(3 * width).zip(cells.chunks_exact_mut(width)).zip(states.chunks_exact_mut(width));
    for ((gates, cells), states) in rows {
        let (forget, rest) = gates.split_at(width);
        let (output, content) = rest.split_at(width);
        for k in 0..width {
            let f = sigmoid(forget[k]);
            cells[k] = f * cells[k] + (1.0 - f) * tanh(content[k]);
            states[k] = sigmoid(output[k]) * cells[k];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_do_not_depend_on_their_neighbours() {
        let (inputs, outputs) = (37, 121);
        let weights: Vec<f32> = (0..inputs * outputs).map(|i| ((i * 7919) % 1000) as f32 / 500.0 - 1.0).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let dense = Dense::new(inputs, outputs, &weights, &bias);
        let x: Vec<f32> = (0..inputs * 13).map(|i| ((i * 104_729) % 1000) as f32 / 500.0 - 1.0).collect();
        let mut together = vec![0.0; outputs * 13];
        dense.apply(&x, &mut together);
        for row in 0..13 {
            let mut alone = vec![0.0; outputs];
            dense.apply(&x[row * inputs..(row + 1) * inputs], &mut alone);
            assert_eq!(alone, together[row * outputs..(row + 1) * outputs]);
            for (o, value) in alone.iter().enumerate() {
                let chain =
                    (0..inputs).fold(bias[o], |sum, k| x[row * inputs + k].mul_add(weights[o * inputs + k], sum));
                assert_eq!(chain, *value);
            }
        }
    }
}
