//! Products of small matrices, fast on one core and the same to the last bit on every machine.
//!
//! Weights and inputs are whole numbers of 16 bits, with a unit for each output and each row of inputs, and
//! their products are summed exactly. What is left is one multiplication and one addition an output, so the
//! result depends neither on the machine nor on what else is computed beside it.

use super::kernel::{BLOCKS, Block, Kernel, LANES, Pair, ROWS, STRIP, Sums};
use multiversion::multiversion;
use std::ops::Range;

/// One, as a state.
const ONE: f32 = 4096.0;
/// The greatest number of a row, as a whole number.
const GREATEST: f32 = 2048.0;
/// The most that the weights of an output may sum up to, signs apart: with inputs a little over [`ONE`] their
/// products stay within 32 bits.
const MOST: f32 = 520_000.0;
/// Most inputs: products of rows with rows stay within 32 bits.
pub const INPUTS: usize = 510;
/// Where the distance of neighbouring numbers is one: what is added to this is rounded.
const ROUNDING: f32 = 12_582_912.0;

/// No row's unit is less than what belongs to this.
const LEAST: f32 = 1e-20;

/// The unit of states, which lie between -1 and 1.
const STATE: f32 = 1.0 / ONE;

/// Weights laid out for products.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    /// Number of inputs, an even one.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
    /// For every strip of outputs the weights by pairs of inputs.
    strips: Vec<[Block; BLOCKS]>,
    /// The units of the outputs' weights.
    units: Vec<[f32; STRIP]>,
    /// What is added to the outputs.
    bias: Vec<f32>,
}

impl Dense {
    /// Of a matrix with a row an output, and the outputs' biases (none: zero).
    pub fn new(inputs: usize, weights: &[f32], bias: &[f32]) -> Self {
        let outputs = weights.len() / inputs;
        let mut dense = Self::empty(inputs, outputs);
        for (o, row) in weights.chunks_exact(inputs).enumerate() {
            let unit = weight_unit(row);
            dense.set(o, unit, row.as_chunks().0.iter().map(|pair| pair.map(|w: f32| rounded(w / unit))));
        }
        dense.bias[..bias.len()].copy_from_slice(bias);
        dense
    }

    /// Of rows, an output each, without biases: its products are those of rows with rows.
    pub fn between((x, units): (&[i16], &[f32])) -> Self {
        let inputs = x.len() / units.len();
        let mut dense = Self::empty(inputs, units.len());
        for (o, (row, unit)) in x.chunks_exact(inputs).zip(units).enumerate() {
            dense.set(o, *unit, row.as_chunks().0.iter().copied());
        }
        dense
    }

    fn empty(inputs: usize, outputs: usize) -> Self {
        let count = outputs.div_ceil(STRIP);
        Self {
            inputs,
            outputs,
            strips: vec![[Block::default(); BLOCKS]; count * inputs / 2],
            units: vec![[0.0; STRIP]; count],
            bias: vec![0.0; outputs],
        }
    }

    /// Sets the weights of an output and their unit.
    fn set(&mut self, o: usize, unit: f32, pairs: impl Iterator<Item = Pair>) {
        self.units[o / STRIP][o % STRIP] = unit;
        let strip = self.strips[o / STRIP * self.inputs / 2..].iter_mut();
        let (block, lane) = (o % STRIP / LANES, o % LANES);
        strip.zip(pairs).for_each(|(blocks, pair)| blocks[block].0[lane] = pair);
    }

    /// For rows of inputs in their units the products, written over `y`, a row of `outputs` each, and added to
    /// the row's `base`. Strips of weights stay in the nearest cache while all rows pass by.
    fn product<'b>(&self, x: &[i16], unit: impl Fn(usize) -> f32, base: impl Fn(usize) -> &'b [f32], y: &mut [f32]) {
        let kernel = Kernel::best();
        let mut sums = Sums::default();
        let strips = self.strips.chunks_exact(self.inputs / 2).zip(&self.units);
        for (number, (strip, units)) in strips.enumerate() {
            let at = number * STRIP;
            let groups = x.chunks(ROWS * self.inputs).zip(y.chunks_mut(ROWS * self.outputs));
            for (group, (x, y)) in groups.enumerate() {
                kernel.sums(x.as_chunks().0, strip, &mut sums);
                let rows = y.len() / self.outputs;
                let row = |r: usize| group * ROWS + r.min(rows - 1);
                let row_units = std::array::from_fn(|r| unit(row(r)));
                let bases = std::array::from_fn(|r| &base(row(r))[at..]);
                finish(&sums, units, row_units, bases, y, [self.outputs, at]);
            }
        }
    }

    /// Products of states in units of [`STATE`], biases added.
    pub fn of_states(&self, x: &[i16], y: &mut [f32]) {
        self.product(x, |_| STATE, |_| &self.bias, y);
    }

    /// Products of states in units of [`STATE`], added to `base`, without biases.
    pub fn onto<'b>(&self, x: &[i16], base: impl Fn(usize) -> &'b [f32], y: &mut [f32]) {
        self.product(x, |_| STATE, base, y);
    }

    /// Products of rows, biases added.
    pub fn of_rows(&self, (x, units): (&[i16], &[f32]), y: &mut [f32]) {
        self.product(x, |r| units[r], |_| &self.bias, y);
    }
}

/// The unit in which an output's weights are whole numbers of 16 bits whose products can be summed.
fn weight_unit(row: &[f32]) -> f32 {
    let greatest = row.iter().fold(0.0_f32, |greatest, w| greatest.max(w.abs()));
    let sum: f32 = row.iter().map(|w| w.abs()).sum();
    (greatest / f32::from(i16::MAX)).max(sum / MOST).max(f32::MIN_POSITIVE)
}

/// The nearest whole number, of equally near ones the even.
#[inline(always)]
fn rounded(x: f32) -> i16 {
    (x + ROUNDING).to_bits() as i16
}

/// Makes outputs of sums: `place` is the outputs' number and where the strip begins among them.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn finish(
    sums: &Sums,
    units: &[f32; STRIP],
    row_units: [f32; ROWS],
    bases: [&[f32]; ROWS],
    y: &mut [f32],
    place: [usize; 2],
) {
    let [outputs, at] = place;
    let width = STRIP.min(outputs - at);
    for (r, y) in y.chunks_exact_mut(outputs).enumerate() {
        let (sums, y, base) = (sums[r].as_flattened(), &mut y[at..][..width], &bases[r][..width]);
        for (((y, base), sum), unit) in y.iter_mut().zip(base).zip(sums).zip(units) {
            *y = base + *sum as f32 * (unit * row_units[r]);
        }
    }
}

/// Rows of numbers as whole numbers, with a unit each.
#[derive(Debug, Default)]
pub struct Rows {
    values: Vec<i16>,
    units: Vec<f32>,
}

impl Rows {
    /// Forgets every row.
    pub fn clear(&mut self) {
        self.values.clear();
        self.units.clear();
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f32]) {
        let greatest = greatest(row).max(LEAST);
        let start = self.values.len();
        self.values.resize(start + row.len(), 0);
        whole(row, GREATEST / greatest, &mut self.values[start..]);
        self.units.push(greatest / GREATEST);
    }

    /// Every row, with the units.
    pub fn all(&self) -> (&[i16], &[f32]) {
        (&self.values, &self.units)
    }

    /// Some of the rows, with their units.
    pub fn some(&self, rows: Range<usize>) -> (&[i16], &[f32]) {
        let width = self.values.len() / self.units.len().max(1);
        (&self.values[rows.start * width..rows.end * width], &self.units[rows])
    }
}

/// Adds whole numbers of eight bits in a unit to a row.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn add(sum: &mut [f32], values: &[u8], unit: f32) {
    sum.iter_mut().zip(values).for_each(|(s, v)| *s += unit * f32::from(v.cast_signed()));
}

/// The greatest number of a row, signs apart.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn greatest(row: &[f32]) -> f32 {
    let greater = |a: f32, b: f32| if b.abs() > a { b.abs() } else { a };
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0.0_f32; LANES];
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = greater(lanes[i], chunk[i]);
        }
    }
    lanes.iter().chain(rest).fold(0.0, |a, b| greater(a, *b))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn whole(row: &[f32], scale: f32, y: &mut [i16]) {
    y.iter_mut().zip(row).for_each(|(y, v)| *y = rounded(v * scale));
}

/// A recurrent step: `gates` of each row are the forget gates, the output gates and the new contents, `width`
/// each; contents of cells are replaced, and states written in units of [`STATE`].
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn step(gates: &[f32], cells: &mut [f32], states: &mut [i16], width: usize) {
    use super::activation::{sigmoid, tanh};
    let rows = gates.chunks_exact(3 * width).zip(cells.chunks_exact_mut(width)).zip(states.chunks_exact_mut(width));
    for ((gates, cells), states) in rows {
        let (forget, rest) = gates.split_at(width);
        let (output, content) = rest.split_at(width);
        for k in 0..width {
            let f = sigmoid(forget[k]);
            cells[k] = f * cells[k] + (1.0 - f) * tanh(content[k]);
            states[k] = rounded(sigmoid(output[k]) * cells[k] * ONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: usize, factor: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * factor) % 1000) as f32 / 500.0 - 1.0).collect()
    }

    #[test]
    fn rows_do_not_depend_on_their_neighbours_and_are_close_to_the_exact_product() {
        let (inputs, outputs) = (38, 121);
        let weights = wave(inputs * outputs, 7919);
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let dense = Dense::new(inputs, &weights, &bias);
        let x = wave(inputs * 13, 104_729);
        let mut rows = Rows::default();
        x.chunks_exact(inputs).for_each(|row| rows.push(row));
        let mut together = vec![0.0; outputs * 13];
        dense.of_rows(rows.all(), &mut together);
        for (r, x) in x.chunks_exact(inputs).enumerate() {
            let mut alone = vec![0.0; outputs];
            let mut row = Rows::default();
            row.push(x);
            dense.of_rows(row.all(), &mut alone);
            assert_eq!(alone, together[r * outputs..][..outputs]);
            for (o, value) in alone.iter().enumerate() {
                let exact: f32 = (0..inputs).map(|k| x[k] * weights[o * inputs + k]).sum::<f32>() + bias[o];
                assert!((exact - value).abs() < 5e-3, "{exact} {value}");
            }
        }
    }

    #[test]
    fn sums_stay_within_their_range() {
        let inputs = 256;
        let weights: Vec<f32> = [1.0, -1.0].into_iter().flat_map(|sign| vec![sign; inputs]).collect();
        let dense = Dense::new(inputs, &weights, &[]);
        let mut y = [0.0; 2];
        dense.of_states(&[ONE as i16 + 1; 256], &mut y);
        assert!((y[0] - 256.0).abs() < 0.2 && y[1] == -y[0], "{y:?}");
    }

    #[test]
    fn a_row_of_zeros_stays_one() {
        let mut rows = Rows::default();
        rows.push(&[0.0; 4]);
        assert_eq!(rows.some(0..1).0, [0; 4]);
    }
}
