//! The network: embeddings of features, two or more bidirectional recurrent layers, and a head a task.
//!
//! The recurrent cell is an LSTM whose input gate is one minus its forget gate (Greff et al. 2017)
//! and whose state, bounded then, is put out through the output gate as it is. Trees are scored by
//! two perceptrons and a bilinear form, after Dozat and Manning (2017).

use crate::math::{As, Matrix, Random, add, affine, affine_back, product};
use newsgraph::analysis::model::activation::{leaky, sigmoid, tanh};
use std::collections::HashMap;

/// Sizes of the network.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Length of an embedding.
    pub embedding: usize,
    /// Length of a direction's state.
    pub hidden: usize,
    pub layers: usize,
    /// Length of the vectors that arcs are scored by.
    pub arc: usize,
    /// Length of the vector that labels are chosen by.
    pub label: usize,
}

/// A part of the parameters: rows of outputs.
#[derive(Debug, Clone)]
pub struct Slot {
    pub rows: usize,
    pub columns: usize,
    pub offset: usize,
}

/// The tasks that are a softmax over each word's vector, and their numbers of classes.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    pub names: Vec<String>,
    pub classes: Vec<usize>,
}

pub struct Network {
    pub size: Size,
    pub tasks: Tasks,
    pub relations: usize,
    pub slots: Vec<Slot>,
    index: HashMap<String, usize>,
    pub weights: Vec<f32>,
    /// How much names count beside the other tasks.
    pub name_weight: f32,
}

impl Network {
    pub fn new(size: Size, tasks: Tasks, relations: usize, name_weight: f32, random: &mut Random) -> Self {
        let mut net =
            Self { size, tasks, relations, slots: Vec::new(), index: HashMap::new(), weights: Vec::new(), name_weight };
        let (h, o) = (size.hidden, 2 * size.hidden);
        for layer in 0..size.layers {
            let input = if layer == 0 { size.embedding } else { o };
            for direction in ["forward", "backward"] {
                let name = |part: &str| format!("layer{layer}.{direction}.{part}");
                net.add(&name("input"), 3 * h, input, (1.0 / input as f32).sqrt(), random);
                net.add(&name("state"), 3 * h, h, (1.0 / h as f32).sqrt(), random);
                net.add(&name("bias"), 1, 3 * h, 0.0, random);
                let slot = net.slots.last().expect("added").clone();
                // Remember at first.
                net.weights[slot.offset..slot.offset + h].fill(1.0);
            }
        }
        let tasks = net.tasks.clone();
        for (name, classes) in tasks.names.iter().zip(&tasks.classes) {
            net.add(&format!("{name}.weight"), *classes, o, (1.0 / o as f32).sqrt(), random);
            net.add(&format!("{name}.bias"), 1, *classes, 0.0, random);
        }
        for (name, rows) in [
            ("arc.dependent", size.arc),
            ("arc.head", size.arc),
            ("label.dependent", size.label),
            ("label.head", size.label),
        ] {
            net.add(&format!("{name}.weight"), rows, o, (1.0 / o as f32).sqrt(), random);
            net.add(&format!("{name}.bias"), 1, rows, 0.0, random);
        }
        net.add("arc.bilinear", size.arc, size.arc, 0.5 / size.arc as f32, random);
        net.add("arc.prior", 1, size.arc, 0.0, random);
        net.add("relation.weight", relations, size.label, (1.0 / size.label as f32).sqrt(), random);
        net.add("relation.bias", 1, relations, 0.0, random);
        net
    }

    fn add(&mut self, name: &str, rows: usize, columns: usize, scale: f32, random: &mut Random) {
        let offset = self.weights.len();
        self.weights.extend((0..rows * columns).map(|_| (random.unit() * 2.0 - 1.0) * scale * 1.5));
        self.index.insert(name.to_owned(), self.slots.len());
        self.slots.push(Slot { rows, columns, offset });
    }

    pub fn slot(&self, name: &str) -> &Slot {
        &self.slots[self.index[name]]
    }

    pub fn get<'w>(&self, weights: &'w [f32], name: &str) -> &'w [f32] {
        let slot = self.slot(name);
        &weights[slot.offset..slot.offset + slot.rows * slot.columns]
    }
}

/// Two disjoint parts of the gradients.
fn pair<'g>(net: &Network, grads: &'g mut [f32], first: &str, second: &str) -> (&'g mut [f32], &'g mut [f32]) {
    let (a, b) = (net.slot(first), net.slot(second));
    assert!(a.offset + a.rows * a.columns <= b.offset);
    let (left, right) = grads.split_at_mut(b.offset);
    (&mut left[a.offset..a.offset + a.rows * a.columns], &mut right[..b.rows * b.columns])
}

fn part<'g>(net: &Network, grads: &'g mut [f32], name: &str) -> &'g mut [f32] {
    let slot = net.slot(name);
    &mut grads[slot.offset..slot.offset + slot.rows * slot.columns]
}

/// Embeddings of features; a row a feature.
pub struct Embeddings {
    pub width: usize,
    pub data: Vec<f32>,
}

/// One sentence as numbers; word 0 is the root.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Rows of embeddings for every word.
    pub features: Vec<Vec<u32>>,
    /// For every task and word the class, or `u32::MAX` where it is not known.
    pub classes: Vec<(usize, Vec<u32>)>,
    /// The task of names and for every word the set of labels allowed (0 not known).
    pub names: Option<(usize, Vec<u32>)>,
    /// For every word but the root its head and relation.
    pub tree: Option<Vec<(u32, u32)>>,
}

/// Sentences side by side: the rows of one time step follow each other, longest sentence first.
struct Pack {
    lengths: Vec<usize>,
    offsets: Vec<usize>,
    active: Vec<usize>,
    rows: usize,
}

impl Pack {
    fn new(lengths: Vec<usize>) -> Self {
        let longest = lengths.first().copied().unwrap_or(0);
        let active: Vec<usize> = (0..longest).map(|t| lengths.iter().filter(|l| **l > t).count()).collect();
        let mut offsets = Vec::with_capacity(longest);
        let mut rows = 0;
        for a in &active {
            offsets.push(rows);
            rows += a;
        }
        Self { lengths, offsets, active, rows }
    }

    fn row(&self, sentence: usize, t: usize) -> usize {
        self.offsets[t] + sentence
    }

    /// For every row the row of the same sentence read backwards.
    fn reversed(&self) -> Vec<usize> {
        let mut index = vec![0; self.rows];
        for (s, length) in self.lengths.iter().enumerate() {
            for t in 0..*length {
                index[self.row(s, t)] = self.row(s, length - 1 - t);
            }
        }
        index
    }

    fn sentence_rows(&self, s: usize) -> Vec<usize> {
        (0..self.lengths[s]).map(|t| self.row(s, t)).collect()
    }
}

struct Pass {
    gates: Matrix,
    cells: Matrix,
    states: Matrix,
}

fn run(x: &Matrix, w: &[f32], u: &[f32], b: &[f32], h: usize, pack: &Pack) -> Pass {
    let mut gates = affine(x, w, b, 3 * h);
    let mut cells = Matrix::zeros(x.rows, h);
    let mut states = Matrix::zeros(x.rows, h);
    for t in 0..pack.active.len() {
        let (start, n) = (pack.offsets[t], pack.active[t]);
        let before = if t > 0 { pack.offsets[t - 1] } else { 0 };
        if t > 0 {
            product(
                &mut gates.data[start * 3 * h..(start + n) * 3 * h],
                n,
                3 * h,
                h,
                &states.data[before * h..(before + n) * h],
                As::Plain,
                u,
                As::Transposed,
            );
        }
        for i in 0..n {
            let gate = gates.row_mut(start + i);
            let (f, rest) = gate.split_at_mut(h);
            let (o, g) = rest.split_at_mut(h);
            f.iter_mut().for_each(|x| *x = sigmoid(*x));
            o.iter_mut().for_each(|x| *x = sigmoid(*x));
            g.iter_mut().for_each(|x| *x = tanh(*x));
            let (head, tail) = cells.data.split_at_mut((start + i) * h);
            let cell = &mut tail[..h];
            let state = &mut states.data[(start + i) * h..(start + i + 1) * h];
            let last = (t > 0).then(|| &head[(before + i) * h..(before + i + 1) * h]);
            for k in 0..h {
                let last = last.map_or(0.0, |c| c[k]);
                cell[k] = f[k] * last + (1.0 - f[k]) * g[k];
                state[k] = o[k] * cell[k];
            }
        }
    }
    Pass { gates, cells, states }
}

/// The gradient of `run`'s input; adds to those of its parameters.
#[allow(clippy::too_many_arguments)]
fn run_back(
    x: &Matrix,
    pass: &Pass,
    w: &[f32],
    u: &[f32],
    dstates: &Matrix,
    grads: (&mut [f32], &mut [f32], &mut [f32]),
    h: usize,
    pack: &Pack,
) -> Matrix {
    let mut dgates = Matrix::zeros(x.rows, 3 * h);
    let mut dh = dstates.clone();
    let mut dc = Matrix::zeros(x.rows, h);
    let mut before_rows = Matrix::zeros(x.rows, h);
    for t in (0..pack.active.len()).rev() {
        let (start, n) = (pack.offsets[t], pack.active[t]);
        let before = if t > 0 { pack.offsets[t - 1] } else { 0 };
        for i in 0..n {
            let gate = pass.gates.row(start + i);
            let cell = pass.cells.row(start + i);
            let dgate = &mut dgates.data[(start + i) * 3 * h..(start + i + 1) * 3 * h];
            for k in 0..h {
                let (f, o, g) = (gate[k], gate[h + k], gate[2 * h + k]);
                let last = if t > 0 { pass.cells.data[(before + i) * h + k] } else { 0.0 };
                let dhk = dh.data[(start + i) * h + k];
                let dck = dc.data[(start + i) * h + k] + dhk * o;
                dgate[k] = dck * (last - g) * f * (1.0 - f);
                dgate[h + k] = dhk * cell[k] * o * (1.0 - o);
                dgate[2 * h + k] = dck * (1.0 - f) * (1.0 - g * g);
                if t > 0 {
                    dc.data[(before + i) * h + k] += dck * f;
                }
            }
            if t > 0 {
                before_rows.row_mut(start + i).copy_from_slice(pass.states.row(before + i));
            }
        }
        if t > 0 {
            product(
                &mut dh.data[before * h..(before + n) * h],
                n,
                h,
                3 * h,
                &dgates.data[start * 3 * h..(start + n) * 3 * h],
                As::Plain,
                u,
                As::Plain,
            );
        }
    }
    let (dw, du, db) = grads;
    product(du, 3 * h, h, x.rows, &dgates.data, As::Transposed, &before_rows.data, As::Plain);
    affine_back(x, w, &dgates, dw, db)
}

/// Probabilities over a row, in place.
pub fn softmax(row: &mut [f32]) {
    let top = row.iter().fold(f32::NEG_INFINITY, |a, b| a.max(*b));
    let mut sum = 0.0;
    for x in row.iter_mut() {
        *x = (*x - top).exp();
        sum += *x;
    }
    row.iter_mut().for_each(|x| *x /= sum);
}

/// Gradients of embeddings, of the rows that were used.
#[derive(Default)]
pub struct Sparse {
    pub rows: HashMap<u32, usize>,
    pub data: Vec<f32>,
}

impl Sparse {
    pub fn add(&mut self, row: u32, gradient: &[f32]) {
        let width = gradient.len();
        let next = self.rows.len();
        let at = *self.rows.entry(row).or_insert(next);
        if at == next && self.data.len() == next * width {
            self.data.resize((next + 1) * width, 0.0);
        }
        add(&mut self.data[at * width..(at + 1) * width], gradient);
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Loss {
    pub classes: f64,
    pub names: f64,
    pub arcs: f64,
    pub labels: f64,
    pub words: f64,
}

struct Forward {
    inputs: Vec<Matrix>,
    masks: Vec<Matrix>,
    passes: Vec<[Pass; 2]>,
    reversed_inputs: Vec<Matrix>,
    embedded: Matrix,
    output: Matrix,
    output_mask: Matrix,
}

/// A mask that drops whole units of a sentence, the same at every word (Gal and Ghahramani 2016).
fn mask(pack: &Pack, width: usize, rate: f32, random: &mut Random) -> Matrix {
    let mut mask = Matrix::zeros(if rate > 0.0 { pack.rows } else { 0 }, width);
    if rate > 0.0 {
        for s in 0..pack.lengths.len() {
            let row: Vec<f32> =
                (0..width).map(|_| if random.unit() < rate { 0.0 } else { 1.0 / (1.0 - rate) }).collect();
            for t in 0..pack.lengths[s] {
                mask.row_mut(pack.row(s, t)).copy_from_slice(&row);
            }
        }
    }
    mask
}

fn apply(mask: &Matrix, x: &mut Matrix) {
    if mask.rows > 0 {
        x.data.iter_mut().zip(&mask.data).for_each(|(a, m)| *a *= m);
    }
}

impl Network {
    fn forward(
        &self,
        weights: &[f32],
        embeddings: &Embeddings,
        batch: &[&Example],
        pack: &Pack,
        rate: f32,
        random: &mut Random,
    ) -> Forward {
        let width = embeddings.width;
        let mut embedded = Matrix::zeros(pack.rows, width);
        for (s, example) in batch.iter().enumerate() {
            for (t, features) in example.features.iter().enumerate() {
                let row = embedded.row_mut(pack.row(s, t));
                for f in features {
                    add(row, &embeddings.data[*f as usize * width..(*f as usize + 1) * width]);
                }
            }
        }
        let mut x = embedded.clone();
        x.data.iter_mut().for_each(|v| *v = leaky(*v));
        let reversed = pack.reversed();
        let h = self.size.hidden;
        let (mut inputs, mut masks, mut passes, mut reversed_inputs) = (vec![], vec![], vec![], vec![]);
        for layer in 0..self.size.layers {
            let drop = mask(pack, x.columns, rate, random);
            apply(&drop, &mut x);
            let part = |direction: &str, part: &str| self.get(weights, &format!("layer{layer}.{direction}.{part}"));
            let forward = run(&x, part("forward", "input"), part("forward", "state"), part("forward", "bias"), h, pack);
            let back_input = x.gather(&reversed);
            let backward = run(
                &back_input,
                part("backward", "input"),
                part("backward", "state"),
                part("backward", "bias"),
                h,
                pack,
            );
            let mut next = Matrix::zeros(pack.rows, 2 * h);
            for (i, back) in reversed.iter().enumerate() {
                next.row_mut(i)[..h].copy_from_slice(forward.states.row(i));
                next.row_mut(i)[h..].copy_from_slice(backward.states.row(*back));
            }
            inputs.push(std::mem::replace(&mut x, next));
            reversed_inputs.push(back_input);
            masks.push(drop);
            passes.push([forward, backward]);
        }
        let output_mask = mask(pack, x.columns, rate, random);
        apply(&output_mask, &mut x);
        Forward { inputs, masks, passes, reversed_inputs, embedded, output: x, output_mask }
    }

    fn arc_scores(&self, weights: &[f32], dependents: &Matrix, heads: &Matrix) -> Matrix {
        let a = self.size.arc;
        let mut turned = Matrix::zeros(dependents.rows, a);
        product(
            &mut turned.data,
            dependents.rows,
            a,
            a,
            &dependents.data,
            As::Plain,
            self.get(weights, "arc.bilinear"),
            As::Plain,
        );
        let prior = self.get(weights, "arc.prior");
        (0..turned.rows).for_each(|i| add(turned.row_mut(i), prior));
        let mut scores = Matrix::zeros(dependents.rows, heads.rows);
        product(&mut scores.data, dependents.rows, heads.rows, a, &turned.data, As::Plain, &heads.data, As::Transposed);
        scores
    }

    /// Adds the gradients of a batch's loss, a mean over its words; the sum of the losses.
    #[allow(clippy::too_many_arguments)]
    pub fn learn(
        &self,
        weights: &[f32],
        embeddings: &Embeddings,
        batch: &[&Example],
        rate: f32,
        scale: f32,
        random: &mut Random,
        grads: &mut [f32],
        sparse: &mut Sparse,
    ) -> Loss {
        let mut sorted = batch.to_vec();
        sorted.sort_by_key(|e| std::cmp::Reverse(e.features.len()));
        let pack = Pack::new(sorted.iter().map(|e| e.features.len()).collect());
        let forward = self.forward(weights, embeddings, &sorted, &pack, rate, random);
        let mut loss = Loss { words: pack.rows as f64, ..Loss::default() };
        let mut doutput = Matrix::zeros(pack.rows, forward.output.columns);
        self.learn_classes(weights, &sorted, &pack, &forward, scale, grads, &mut doutput, &mut loss);
        if sorted.iter().any(|e| e.tree.is_some()) {
            self.learn_trees(weights, &sorted, &pack, &forward, scale, rate, random, grads, &mut doutput, &mut loss);
        }
        self.back(weights, &sorted, &pack, forward, doutput, grads, sparse);
        loss
    }

    #[allow(clippy::too_many_arguments)]
    fn learn_classes(
        &self,
        weights: &[f32],
        batch: &[&Example],
        pack: &Pack,
        forward: &Forward,
        scale: f32,
        grads: &mut [f32],
        doutput: &mut Matrix,
        loss: &mut Loss,
    ) {
        let mut wanted: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.tasks.names.len()];
        let mut sets: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.tasks.names.len()];
        for (s, example) in batch.iter().enumerate() {
            for (task, classes) in &example.classes {
                let known = classes.iter().enumerate().filter(|(_, c)| **c != u32::MAX);
                wanted[*task].extend(known.map(|(i, c)| (pack.row(s, i + 1), *c)));
            }
            if let Some((task, labels)) = &example.names {
                let known = labels.iter().enumerate().filter(|(_, c)| **c != 0);
                sets[*task].extend(known.map(|(i, c)| (pack.row(s, i + 1), *c)));
            }
        }
        for task in 0..self.tasks.names.len() {
            let as_set = !sets[task].is_empty();
            let list = if as_set { &sets[task] } else { &wanted[task] };
            if list.is_empty() {
                continue;
            }
            let (weight, bias) =
                (format!("{}.weight", self.tasks.names[task]), format!("{}.bias", self.tasks.names[task]));
            let rows: Vec<usize> = list.iter().map(|p| p.0).collect();
            let x = forward.output.gather(&rows);
            let w = self.get(weights, &weight);
            let mut y = affine(&x, w, self.get(weights, &bias), self.tasks.classes[task]);
            for (i, (_, class)) in list.iter().enumerate() {
                let row = y.row_mut(i);
                softmax(row);
                if as_set {
                    let sum: f32 =
                        (0..row.len()).filter(|k| class >> k & 1 == 1).map(|k| row[k]).sum::<f32>().max(1e-9);
                    loss.names -= f64::from(sum.ln());
                    for (k, p) in row.iter_mut().enumerate() {
                        *p = scale * self.name_weight * if class >> k & 1 == 1 { *p - *p / sum } else { *p };
                    }
                } else {
                    loss.classes -= f64::from(row[*class as usize].max(1e-9).ln());
                    row[*class as usize] -= 1.0;
                    row.iter_mut().for_each(|p| *p *= scale);
                }
            }
            let (dw, db) = pair(self, grads, &weight, &bias);
            let dx = affine_back(&x, w, &y, dw, db);
            doutput.scatter_add(&rows, &dx);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn learn_trees(
        &self,
        weights: &[f32],
        batch: &[&Example],
        pack: &Pack,
        forward: &Forward,
        scale: f32,
        rate: f32,
        random: &mut Random,
        grads: &mut [f32],
        doutput: &mut Matrix,
        loss: &mut Loss,
    ) {
        let names = ["arc.dependent", "arc.head", "label.dependent", "label.head"];
        let (a, l) = (self.size.arc, self.size.label);
        let raw: Vec<Matrix> = names
            .iter()
            .map(|name| {
                affine(
                    &forward.output,
                    self.get(weights, &format!("{name}.weight")),
                    self.get(weights, &format!("{name}.bias")),
                    if name.starts_with("arc") { a } else { l },
                )
            })
            .collect();
        let mut active = [raw[0].clone(), raw[1].clone()];
        active.iter_mut().for_each(|m| m.data.iter_mut().for_each(|v| *v = leaky(*v)));
        let drops = [mask(pack, a, rate, random), mask(pack, a, rate, random)];
        active.iter_mut().zip(&drops).for_each(|(m, d)| apply(d, m));
        let label_drop = mask(pack, l, rate, random);
        let mut draw: Vec<Matrix> = raw.iter().map(|m| Matrix::zeros(m.rows, m.columns)).collect();
        let bilinear = self.get(weights, "arc.bilinear");
        let relation = self.get(weights, "relation.weight");
        for (s, example) in batch.iter().enumerate() {
            let Some(tree) = &example.tree else { continue };
            let rows = pack.sentence_rows(s);
            let (d, hd) = (active[0].gather(&rows[1..]), active[1].gather(&rows));
            let mut scores = self.arc_scores(weights, &d, &hd);
            let n = d.rows;
            for (i, (head, _)) in tree.iter().enumerate() {
                let row = scores.row_mut(i);
                row[i + 1] = -1e9;
                softmax(row);
                loss.arcs -= f64::from(row[*head as usize].max(1e-9).ln());
                row[*head as usize] -= 1.0;
                row.iter_mut().for_each(|p| *p *= scale);
                row[i + 1] = 0.0;
            }
            // scores = (d U + prior) hᵀ
            let mut dturned = Matrix::zeros(n, a);
            product(&mut dturned.data, n, a, n + 1, &scores.data, As::Plain, &hd.data, As::Plain);
            let mut turned = Matrix::zeros(n, a);
            product(&mut turned.data, n, a, a, &d.data, As::Plain, bilinear, As::Plain);
            let prior = self.get(weights, "arc.prior");
            (0..n).for_each(|i| add(turned.row_mut(i), prior));
            let mut dhead = Matrix::zeros(n + 1, a);
            product(&mut dhead.data, n + 1, a, n, &scores.data, As::Transposed, &turned.data, As::Plain);
            let mut ddep = Matrix::zeros(n, a);
            product(&mut ddep.data, n, a, a, &dturned.data, As::Plain, bilinear, As::Transposed);
            {
                let (dbilinear, dprior) = pair(self, grads, "arc.bilinear", "arc.prior");
                product(dbilinear, a, a, n, &d.data, As::Transposed, &dturned.data, As::Plain);
                (0..n).for_each(|i| add(dprior, dturned.row(i)));
            }
            draw[0].scatter_add(&rows[1..], &ddep);
            draw[1].scatter_add(&rows, &dhead);
            // Relations, at the right heads.
            let mut joined = Matrix::zeros(n, l);
            for (i, (head, _)) in tree.iter().enumerate() {
                let (x, y) = (raw[2].row(rows[i + 1]), raw[3].row(rows[*head as usize]));
                joined.row_mut(i).iter_mut().zip(x.iter().zip(y)).for_each(|(j, (x, y))| *j = leaky(x + y));
                if label_drop.rows > 0 {
                    joined.row_mut(i).iter_mut().zip(label_drop.row(rows[0])).for_each(|(j, m)| *j *= m);
                }
            }
            let mut y = affine(&joined, relation, self.get(weights, "relation.bias"), self.relations);
            for (i, (_, label)) in tree.iter().enumerate() {
                let row = y.row_mut(i);
                softmax(row);
                loss.labels -= f64::from(row[*label as usize].max(1e-9).ln());
                row[*label as usize] -= 1.0;
                row.iter_mut().for_each(|p| *p *= scale);
            }
            let (dw, db) = pair(self, grads, "relation.weight", "relation.bias");
            let mut djoined = affine_back(&joined, relation, &y, dw, db);
            for (i, (head, _)) in tree.iter().enumerate() {
                let (x, y) = (raw[2].row(rows[i + 1]).to_vec(), raw[3].row(rows[*head as usize]));
                let dj = djoined.row_mut(i);
                if label_drop.rows > 0 {
                    dj.iter_mut().zip(label_drop.row(rows[0])).for_each(|(j, m)| *j *= m);
                }
                dj.iter_mut().zip(x.iter().zip(y)).for_each(|(g, (x, y))| *g *= if x + y > 0.0 { 1.0 } else { 0.1 });
                add(draw[2].row_mut(rows[i + 1]), dj);
                add(draw[3].row_mut(rows[*head as usize]), dj);
            }
        }
        for k in 0..2 {
            apply(&drops[k], &mut draw[k]);
            draw[k].data.iter_mut().zip(&raw[k].data).for_each(|(g, x)| *g *= if *x > 0.0 { 1.0 } else { 0.1 });
        }
        for (name, dy) in names.iter().zip(&draw) {
            let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
            let w = self.get(weights, &weight);
            let (dw, db) = pair(self, grads, &weight, &bias);
            let dx = affine_back(&forward.output, w, dy, dw, db);
            add(&mut doutput.data, &dx.data);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn back(
        &self,
        weights: &[f32],
        batch: &[&Example],
        pack: &Pack,
        forward: Forward,
        mut dx: Matrix,
        grads: &mut [f32],
        sparse: &mut Sparse,
    ) {
        let h = self.size.hidden;
        let reversed = pack.reversed();
        apply(&forward.output_mask, &mut dx);
        for layer in (0..self.size.layers).rev() {
            let mut dforward = Matrix::zeros(pack.rows, h);
            let mut dbackward = Matrix::zeros(pack.rows, h);
            for (i, back) in reversed.iter().enumerate() {
                dforward.row_mut(i).copy_from_slice(&dx.row(i)[..h]);
                dbackward.row_mut(*back).copy_from_slice(&dx.row(i)[h..]);
            }
            let mut total: Option<Matrix> = None;
            for (k, direction) in ["forward", "backward"].iter().enumerate() {
                let name = |part: &str| format!("layer{layer}.{direction}.{part}");
                let x = if k == 0 { &forward.inputs[layer] } else { &forward.reversed_inputs[layer] };
                let (w, u) = (self.get(weights, &name("input")), self.get(weights, &name("state")));
                let mut du = vec![0.0; 3 * h * h];
                let (dw, db) = pair(self, grads, &name("input"), &name("bias"));
                let d = if k == 0 { &dforward } else { &dbackward };
                let gradient = run_back(x, &forward.passes[layer][k], w, u, d, (dw, &mut du, db), h, pack);
                add(part(self, grads, &name("state")), &du);
                total = Some(match total {
                    None => gradient,
                    Some(mut first) => {
                        let turned = gradient.gather(&reversed);
                        add(&mut first.data, &turned.data);
                        first
                    }
                });
            }
            dx = total.expect("two directions");
            apply(&forward.masks[layer], &mut dx);
        }
        dx.data.iter_mut().zip(&forward.embedded.data).for_each(|(g, x)| *g *= if *x > 0.0 { 1.0 } else { 0.1 });
        for (s, example) in batch.iter().enumerate() {
            for (t, features) in example.features.iter().enumerate() {
                let row = pack.row(s, t);
                features.iter().for_each(|f| sparse.add(*f, dx.row(row)));
            }
        }
    }
}
