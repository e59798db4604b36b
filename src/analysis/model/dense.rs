//! Products of small matrices, fast on one core and the same to the last bit on every machine.
//!
//! Every element is a chain of fused multiply-adds over the inputs in their order, whatever the
//! width of the machine's vectors, so the result depends neither on the machine nor on what else
//! is computed beside it.

use multiversion::multiversion;

/// Outputs computed at a time.
const LANES: usize = 16;
/// Rows computed at a time.
const ROWS: usize = 4;

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

    /// The outputs for one row.
    pub fn row(&self, x: &[f32]) -> Vec<f32> {
        let mut y = vec![0.0; self.outputs];
        self.apply(x, &mut y);
        y
    }

    /// Adds to what `y` holds, without bias.
    pub fn add(&self, x: &[f32], y: &mut [f32]) {
        accumulate(&self.blocks, self.inputs, self.outputs, x, y);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn accumulate(blocks: &[[f32; LANES]], inputs: usize, outputs: usize, x: &[f32], y: &mut [f32]) {
    let rows = if inputs == 0 { 0 } else { x.len() / inputs };
    for (b, weights) in blocks.chunks_exact(inputs.max(1)).enumerate() {
        let from = b * LANES;
        let width = LANES.min(outputs - from);
        let mut row = 0;
        while row + ROWS <= rows {
            let mut sums = [[0.0_f32; LANES]; ROWS];
            for r in 0..ROWS {
                sums[r][..width].copy_from_slice(&y[(row + r) * outputs + from..][..width]);
            }
            let x0 = &x[row * inputs..][..inputs];
            let x1 = &x[(row + 1) * inputs..][..inputs];
            let x2 = &x[(row + 2) * inputs..][..inputs];
            let x3 = &x[(row + 3) * inputs..][..inputs];
            for k in 0..inputs {
                let w = &weights[k];
                for j in 0..LANES {
                    sums[0][j] = x0[k].mul_add(w[j], sums[0][j]);
                    sums[1][j] = x1[k].mul_add(w[j], sums[1][j]);
                    sums[2][j] = x2[k].mul_add(w[j], sums[2][j]);
                    sums[3][j] = x3[k].mul_add(w[j], sums[3][j]);
                }
            }
            for r in 0..ROWS {
                y[(row + r) * outputs + from..][..width].copy_from_slice(&sums[r][..width]);
            }
            row += ROWS;
        }
        while row < rows {
            let mut sums = [0.0_f32; LANES];
            sums[..width].copy_from_slice(&y[row * outputs + from..][..width]);
            let x0 = &x[row * inputs..][..inputs];
            for k in 0..inputs {
                for j in 0..LANES {
                    sums[j] = x0[k].mul_add(weights[k][j], sums[j]);
                }
            }
            y[row * outputs + from..][..width].copy_from_slice(&sums[..width]);
            row += 1;
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
        let (inputs, outputs) = (37, 21);
        let weights: Vec<f32> = (0..inputs * outputs).map(|i| ((i * 7919) % 1000) as f32 / 500.0 - 1.0).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let dense = Dense::new(inputs, outputs, &weights, &bias);
        let x: Vec<f32> = (0..inputs * 7).map(|i| ((i * 104_729) % 1000) as f32 / 500.0 - 1.0).collect();
        let mut together = vec![0.0; outputs * 7];
        dense.apply(&x, &mut together);
        for row in 0..7 {
            let alone = dense.row(&x[row * inputs..(row + 1) * inputs]);
            assert_eq!(alone, together[row * outputs..(row + 1) * outputs]);
            for (o, value) in alone.iter().enumerate() {
                let chain = (0..inputs)
                    .fold(bias[o], |sum, k| x[row * inputs + k].mul_add(weights[o * inputs + k], sum));
                assert_eq!(chain, *value);
            }
        }
    }
}
