//! The trained network: rows of embeddings → scores of tags, heads, relations and edits.

use super::activation::leaky;
use super::dense::{Dense, INPUTS, Rows, step};
use super::file::{File, ModelError};
use std::ops::Range;
use std::sync::Arc;

/// How much lower than the best an edit's score may be.
const LIKELY: f32 = 4.0;

/// A recurrent layer.
struct Layer {
    /// What inputs become for both directions, side by side.
    input: Dense,
    /// What the state before becomes, forward and backward.
    state: [Dense; 2],
}

/// Weights of one language.
pub(super) struct Network {
    hidden: usize,
    layers: Vec<Layer>,
    /// Tags and the vectors that arcs and relations are chosen by, side by side.
    heads: Dense,
    columns: Columns,
    arc_bilinear: Dense,
    relation: Dense,
    lemma: Dense,
}

/// Where in a row of `heads` each part stands.
struct Columns {
    tags: Range<usize>,
    arc_dependent: Range<usize>,
    arc_head: Range<usize>,
    label_dependent: Range<usize>,
    label_head: Range<usize>,
}

/// What is computed for sentences side by side; kept from call to call, for the memory's sake. A sentence's rows
/// follow each other, the root's first.
#[derive(Default)]
pub(super) struct Batch {
    /// The rows of each sentence.
    sentences: Vec<Range<usize>>,
    /// The states of the last layer.
    states: Vec<i16>,
    /// The states of the layer before, while a layer is computed.
    before: Vec<i16>,
    gates: Vec<f32>,
    pass: Pass,
    heads: Vec<f32>,
    arc_dependents: Rows,
    arc_heads: Rows,
    bilinear: Vec<f32>,
    /// What the dependents' vectors become, to be multiplied with those of heads.
    turned: Rows,
}

/// What a direction of a layer needs for one step of all sentences.
#[derive(Default)]
struct Pass {
    gates: Vec<f32>,
    cells: Vec<f32>,
    states: Vec<i16>,
}

/// The first `n` of a vector, which is made longer if need be and never shorter.
fn room<T: Copy + Default>(vector: &mut Vec<T>, n: usize) -> &mut [T] {
    if vector.len() < n {
        vector.resize(n, T::default());
    }
    &mut vector[..n]
}

impl Network {
    pub(super) fn new(file: &File) -> Result<Self, ModelError> {
        let d = &file.description;
        let (h, o) = (d.hidden, 2 * d.hidden);
        let side_by_side = |names: &[&str], inputs: usize, outputs: usize| -> Result<Dense, ModelError> {
            let (mut weights, mut bias) = (Vec::new(), Vec::new());
            for name in names {
                weights.extend(file.floats(&format!("{name}.weight"))?);
                bias.extend(file.floats(&format!("{name}.bias"))?);
            }
            if weights.len() != inputs * outputs
                || bias.len() != outputs
                || !inputs.is_multiple_of(2)
                || inputs > INPUTS
            {
                return Err(ModelError(format!("{} are not of {inputs} × {outputs} numbers", names.join(", "))));
            }
            Ok(Dense::new(inputs, &weights, &bias))
        };
        let dense = |name: &str, inputs: usize, outputs: usize| side_by_side(&[name], inputs, outputs);
        let layer = |layer: usize| -> Result<Layer, ModelError> {
            let names = ["forward", "backward"].map(|direction| format!("layer{layer}.{direction}"));
            let input = names.each_ref().map(|name| format!("{name}.input"));
            let width = if layer == 0 { d.embedding } else { o };
            let [forward, backward] = names.map(|name| dense(&format!("{name}.state"), h, 3 * h));
            Ok(Layer { input: side_by_side(&[&input[0], &input[1]], width, 6 * h)?, state: [forward?, backward?] })
        };
        let layers: Result<Vec<_>, _> = (0..d.layers).map(layer).collect();
        let columns = Columns::new(d.tags.iter().map(|t| t.1.len()).sum(), d.arc, d.label);
        let heads = ["tags", "arc.dependent", "arc.head", "label.dependent", "label.head"];
        Ok(Self {
            hidden: h,
            layers: layers?,
            heads: side_by_side(&heads, o, columns.label_head.end)?,
            columns,
            arc_bilinear: dense("arc.bilinear", d.arc, d.arc)?,
            relation: dense("relation", d.label, d.relations.len())?,
            lemma: dense("lemma", o, d.scripts.len())?,
        })
    }

    /// What the first layer's two directions make of embeddings, side by side.
    pub(super) fn project(&self, embedded: &Rows) -> Vec<Arc<[f32]>> {
        let input = &self.layers[0].input;
        let mut y = vec![0.0; embedded.len() * input.outputs];
        input.of_rows(embedded.all(), &mut y);
        y.chunks_exact(input.outputs).map(Arc::from).collect()
    }

    /// Computes sentences, given how long they are, with the root, longest first, and what the first layer makes
    /// of the root and the words of each, one sentence after the other.
    pub(super) fn run(&self, lengths: &[usize], words: &[&[f32]], batch: &mut Batch) {
        let Batch { sentences, states, before, gates, pass, .. } = batch;
        sentences.clear();
        let mut end = 0;
        sentences.extend(lengths.iter().map(|length| (end, end += length).0..end));
        let width = 2 * self.hidden;
        for (number, layer) in self.layers.iter().enumerate() {
            let states = room(states, end * width);
            if number == 0 {
                layer.passes(sentences, |row| words[row], states, pass);
            } else {
                let before = room(before, end * width);
                before.copy_from_slice(states);
                let gates = room(gates, end * layer.input.outputs);
                layer.input.of_states(before, gates);
                layer.passes(sentences, |row| &gates[row * 3 * width..][..3 * width], states, pass);
            }
        }
        self.score(end, batch);
    }

    /// The scores and vectors of every row.
    fn score(&self, rows: usize, batch: &mut Batch) {
        let heads = room(&mut batch.heads, rows * self.heads.outputs);
        self.heads.of_states(&batch.states[..rows * self.heads.inputs], heads);
        batch.arc_dependents.clear();
        batch.arc_heads.clear();
        for row in heads.chunks_exact_mut(self.heads.outputs) {
            let arcs = self.columns.arc_dependent.start..self.columns.arc_head.end;
            row[arcs].iter_mut().for_each(|v| *v = leaky(*v));
            batch.arc_dependents.push(&row[self.columns.arc_dependent.clone()]);
            batch.arc_heads.push(&row[self.columns.arc_head.clone()]);
        }
        let bilinear = room(&mut batch.bilinear, rows * self.arc_bilinear.outputs);
        self.arc_bilinear.of_rows(batch.arc_dependents.all(), bilinear);
        batch.turned.clear();
        bilinear.chunks_exact(self.arc_bilinear.outputs).for_each(|row| batch.turned.push(row));
    }

    /// A part of a row of `heads`.
    fn part<'b>(&self, batch: &'b Batch, row: usize, columns: &Range<usize>) -> &'b [f32] {
        &batch.heads[row * self.heads.outputs..][columns.clone()]
    }

    /// The scores of the tags of each word of a sentence.
    pub(super) fn tags<'b>(&self, batch: &'b Batch, sentence: usize) -> Vec<&'b [f32]> {
        words(batch, sentence).map(|row| self.part(batch, row, &self.columns.tags)).collect()
    }

    /// The scores of heads, a row a word: the root, then the words.
    pub(super) fn arcs(&self, batch: &Batch, sentence: usize) -> Vec<f32> {
        let rows = batch.sentences[sentence].clone();
        let heads = Dense::between(batch.arc_heads.some(rows.clone()));
        let mut arcs = vec![0.0; (rows.len() - 1) * rows.len()];
        heads.of_rows(batch.turned.some(words(batch, sentence)), &mut arcs);
        arcs
    }

    /// The relation of every word to its head.
    pub(super) fn relations(&self, batch: &Batch, sentence: usize, heads: &[usize]) -> Vec<usize> {
        let mut joined = Rows::default();
        let mut both = Vec::with_capacity(self.relation.inputs);
        for (row, head) in words(batch, sentence).zip(heads) {
            let a = self.part(batch, row, &self.columns.label_dependent);
            let b = self.part(batch, batch.sentences[sentence].start + head, &self.columns.label_head);
            both.clear();
            both.extend(a.iter().zip(b).map(|(a, b)| leaky(a + b)));
            joined.push(&both);
        }
        let mut y = vec![0.0; heads.len() * self.relation.outputs];
        self.relation.of_rows(joined.all(), &mut y);
        y.chunks_exact(self.relation.outputs).map(best).collect()
    }

    /// For each of some words of a sentence the edits that may make its lemma, the likeliest first: none that is
    /// much less likely than the best.
    pub(super) fn scripts(&self, batch: &Batch, sentence: usize, chosen: &[usize]) -> Vec<Vec<usize>> {
        let width = self.lemma.inputs;
        let first = words(batch, sentence).start;
        let states: Vec<i16> =
            chosen.iter().flat_map(|word| &batch.states[(first + word) * width..][..width]).copied().collect();
        let mut y = vec![0.0; chosen.len() * self.lemma.outputs];
        self.lemma.of_states(&states, &mut y);
        y.chunks_exact(self.lemma.outputs).map(likely).collect()
    }
}

/// The rows of a sentence's words.
fn words(batch: &Batch, sentence: usize) -> Range<usize> {
    let rows = &batch.sentences[sentence];
    rows.start + 1..rows.end
}

impl Columns {
    fn new(tags: usize, arc: usize, label: usize) -> Self {
        let mut end = 0;
        let mut next = |width: usize| (end, end += width).0..end;
        Self {
            tags: next(tags),
            arc_dependent: next(arc),
            arc_head: next(arc),
            label_dependent: next(label),
            label_head: next(label),
        }
    }
}

impl Layer {
    /// Both directions, given what the inputs of a row have become; their states side by side.
    fn passes<'g>(
        &self,
        sentences: &[Range<usize>],
        gates: impl Fn(usize) -> &'g [f32],
        states: &mut [i16],
        pass: &mut Pass,
    ) {
        let width = self.state[0].outputs;
        pass.run(&self.state[0], sentences, |s, t| s.start + t, |row| &gates(row)[..width], states, 0);
        pass.run(&self.state[1], sentences, |s, t| s.end - 1 - t, |row| &gates(row)[width..], states, 1);
    }
}

impl Pass {
    /// One direction: the sentences, longest first, step by step; `at` tells the row of a sentence's step.
    fn run<'g>(
        &mut self,
        dense: &Dense,
        sentences: &[Range<usize>],
        at: impl Fn(&Range<usize>, usize) -> usize,
        input: impl Fn(usize) -> &'g [f32],
        y: &mut [i16],
        side: usize,
    ) {
        let h = dense.inputs;
        let longest = sentences.first().map_or(0, Range::len);
        let gates = room(&mut self.gates, sentences.len() * dense.outputs);
        let cells = room(&mut self.cells, sentences.len() * h);
        let states = room(&mut self.states, sentences.len() * h);
        cells.fill(0.0);
        states.fill(0);
        for t in 0..longest {
            let active = &sentences[..sentences.partition_point(|s| s.len() > t)];
            let n = active.len();
            let gates = &mut gates[..n * dense.outputs];
            dense.onto(&states[..n * h], |s| input(at(&active[s], t)), gates);
            step(gates, &mut cells[..n * h], &mut states[..n * h], h);
            for (sentence, state) in active.iter().zip(states.chunks_exact(h)) {
                y[(2 * at(sentence, t) + side) * h..][..h].copy_from_slice(state);
            }
        }
    }
}

/// The indices of scores not much lower than the highest, which comes first.
fn likely(row: &[f32]) -> Vec<usize> {
    let least = row[best(row)] - LIKELY;
    let mut likely: Vec<usize> = (0..row.len()).filter(|i| row[*i] >= least).collect();
    likely.sort_by(|a, b| row[*b].total_cmp(&row[*a]).then(a.cmp(b)));
    likely
}

/// The index of the highest score, the first of equals.
pub(super) fn best(row: &[f32]) -> usize {
    (0..row.len()).fold(0, |b, i| if row[i] > row[b] { i } else { b })
}
