//! The trained network: rows of embeddings → scores of tags, heads, relations and edits.

use super::activation::leaky;
use super::dense::{Dense, step};
use super::file::{File, ModelError};
use std::sync::Arc;

/// How much lower than the best an edit's score may be.
const LIKELY: f32 = 4.0;

/// A direction of a recurrent layer.
struct Direction {
    input: Dense,
    state: Dense,
}

/// Weights of one language.
pub(super) struct Network {
    embedding: usize,
    hidden: usize,
    layers: Vec<[Direction; 2]>,
    tags: Dense,
    arc_dependent: Dense,
    arc_head: Dense,
    arc_bilinear: Dense,
    label_dependent: Dense,
    label_head: Dense,
    relation: Dense,
    lemma: Dense,
}

/// What the network says of a sentence of `n` words.
pub(super) struct Scores {
    together: Arc<Together>,
    /// The rows of the words in what was computed together.
    rows: Vec<usize>,
    /// Scores of heads, `n × (n + 1)`.
    pub arcs: Vec<f32>,
    label_dependent: Vec<f32>,
    label_head: Vec<f32>,
}

/// What was computed for sentences together.
struct Together {
    tags: Vec<f32>,
    tag_width: usize,
    vectors: Vec<f32>,
    vector_width: usize,
}

impl Scores {
    /// The scores of a word's tags.
    pub(super) fn tags(&self, word: usize) -> &[f32] {
        &self.together.tags[self.rows[word] * self.together.tag_width..][..self.together.tag_width]
    }

    fn vector(&self, word: usize) -> &[f32] {
        &self.together.vectors[self.rows[word] * self.together.vector_width..][..self.together.vector_width]
    }
}

/// Sentences side by side: the rows of one time step follow each other, longest sentence first.
struct Pack {
    offsets: Vec<usize>,
    active: Vec<usize>,
    rows: usize,
}

impl Pack {
    /// Of lengths that fall.
    fn new(lengths: &[usize]) -> Self {
        let longest = lengths.first().copied().unwrap_or(0);
        let active: Vec<usize> = (0..longest).map(|t| lengths.partition_point(|l| *l > t)).collect();
        let mut offsets = Vec::with_capacity(longest);
        let mut rows = 0;
        for a in &active {
            offsets.push(rows);
            rows += a;
        }
        Self { offsets, active, rows }
    }

    fn row(&self, sentence: usize, t: usize) -> usize {
        self.offsets[t] + sentence
    }

    /// For every row the row of the same sentence read backwards.
    fn reversed(&self, lengths: &[usize]) -> Vec<usize> {
        let mut index = vec![0; self.rows];
        for (s, length) in lengths.iter().enumerate() {
            for t in 0..*length {
                index[self.row(s, t)] = self.row(s, length - 1 - t);
            }
        }
        index
    }
}

impl Network {
    pub(super) fn new(file: &File) -> Result<Self, ModelError> {
        let d = &file.description;
        let (h, o) = (d.hidden, 2 * d.hidden);
        let dense = |name: &str, inputs: usize, outputs: usize| -> Result<Dense, ModelError> {
            let weights = file.floats(&format!("{name}.weight"))?;
            let bias = file.floats(&format!("{name}.bias"))?;
            if weights.len() != inputs * outputs || bias.len() != outputs {
                return Err(ModelError(format!("{name} is not of {inputs} × {outputs} numbers")));
            }
            Ok(Dense::new(inputs, outputs, &weights, &bias))
        };
        let direction = |layer: usize, direction: &str| -> Result<Direction, ModelError> {
            let input = if layer == 0 { d.embedding } else { o };
            let name = format!("layer{layer}.{direction}");
            let weights = dense(&format!("{name}.input"), input, 3 * h)?;
            Ok(Direction { input: weights, state: dense(&format!("{name}.state"), h, 3 * h)? })
        };
        let layers: Result<Vec<_>, _> =
            (0..d.layers).map(|l| Ok([direction(l, "forward")?, direction(l, "backward")?])).collect();
        Ok(Self {
            embedding: d.embedding,
            hidden: h,
            layers: layers?,
            tags: dense("tags", o, d.tags.iter().map(|t| t.1.len()).sum())?,
            arc_dependent: dense("arc.dependent", o, d.arc)?,
            arc_head: dense("arc.head", o, d.arc)?,
            arc_bilinear: dense("arc.bilinear", d.arc, d.arc)?,
            label_dependent: dense("label.dependent", o, d.label)?,
            label_head: dense("label.head", o, d.label)?,
            relation: dense("relation", d.label, d.relations.len())?,
            lemma: dense("lemma", o, d.scripts.len())?,
        })
    }

    /// What the first layer's two directions make of embeddings, each in a vector of its own.
    pub(super) fn project(&self, embedded: &[f32]) -> Vec<Arc<[f32]>> {
        let rows = embedded.len() / self.embedding;
        let width = 3 * self.hidden;
        let [forward, backward] = self.layers[0].each_ref().map(|direction| {
            let mut y = vec![0.0; rows * width];
            direction.input.apply(embedded, &mut y);
            y
        });
        let both = |row: usize| [&forward[row * width..][..width], &backward[row * width..][..width]].concat().into();
        (0..rows).map(both).collect()
    }

    /// The scores for sentences, given what the first layer makes of the root and the words of each; `sentences`
    /// are sorted, longest first.
    pub(super) fn run(&self, sentences: &[Vec<&[f32]>]) -> Vec<Scores> {
        let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
        let pack = Pack::new(&lengths);
        let reversed = pack.reversed(&lengths);
        let mut x = self.first(sentences, &pack, &reversed);
        for directions in &self.layers[1..] {
            x = self.layer(&x, directions, &pack, &reversed);
        }
        let width = 2 * self.hidden;
        let all = |dense: &Dense| {
            let mut y = vec![0.0; pack.rows * dense.outputs];
            dense.apply(&x, &mut y);
            y
        };
        let perceptron = |dense: &Dense| {
            let mut y = all(dense);
            y.iter_mut().for_each(|v| *v = leaky(*v));
            y
        };
        let tags = all(&self.tags);
        let (dependents, heads) = (perceptron(&self.arc_dependent), perceptron(&self.arc_head));
        let mut turned = vec![0.0; pack.rows * self.arc_bilinear.outputs];
        self.arc_bilinear.apply(&dependents, &mut turned);
        let (label_dependent, label_head) = (all(&self.label_dependent), all(&self.label_head));
        let gather = |from: &[f32], width: usize, s: usize, skip: usize| -> Vec<f32> {
            let mut rows = Vec::with_capacity(lengths[s] * width);
            (skip..lengths[s]).for_each(|t| rows.extend_from_slice(&from[pack.row(s, t) * width..][..width]));
            rows
        };
        let together = Arc::new(Together { tags, tag_width: self.tags.outputs, vectors: x, vector_width: width });
        (0..sentences.len())
            .map(|s| {
                let arc = self.arc_head.outputs;
                let heads = Dense::new(arc, lengths[s], &gather(&heads, arc, s, 0), &[]);
                let mut arcs = vec![0.0; (lengths[s] - 1) * lengths[s]];
                heads.add(&gather(&turned, arc, s, 1), &mut arcs);
                Scores {
                    together: together.clone(),
                    rows: (1..lengths[s]).map(|t| pack.row(s, t)).collect(),
                    arcs,
                    label_dependent: gather(&label_dependent, self.relation.inputs, s, 1),
                    label_head: gather(&label_head, self.relation.inputs, s, 0),
                }
            })
            .collect()
    }

    /// The first layer, whose inputs are multiplied with its weights already.
    fn first(&self, sentences: &[Vec<&[f32]>], pack: &Pack, reversed: &[usize]) -> Vec<f32> {
        let width = 3 * self.hidden;
        let mut gates = [vec![0.0; pack.rows * width], vec![0.0; pack.rows * width]];
        for (s, words) in sentences.iter().enumerate() {
            for (t, word) in words.iter().enumerate() {
                let row = pack.row(s, t);
                gates[0][row * width..][..width].copy_from_slice(&word[..width]);
                gates[1][reversed[row] * width..][..width].copy_from_slice(&word[width..]);
            }
        }
        self.passes(gates, &self.layers[0], pack, reversed)
    }

    fn layer(&self, x: &[f32], directions: &[Direction; 2], pack: &Pack, reversed: &[usize]) -> Vec<f32> {
        let inputs = directions[0].input.inputs;
        let mut turned = Vec::with_capacity(x.len());
        reversed.iter().for_each(|row| turned.extend_from_slice(&x[row * inputs..][..inputs]));
        let gates = [(x, &directions[0]), (&turned, &directions[1])].map(|(x, direction)| {
            let mut gates = vec![0.0; pack.rows * 3 * self.hidden];
            direction.input.apply(x, &mut gates);
            gates
        });
        self.passes(gates, directions, pack, reversed)
    }

    /// Both directions over their gates; their states side by side.
    fn passes(&self, gates: [Vec<f32>; 2], directions: &[Direction; 2], pack: &Pack, reversed: &[usize]) -> Vec<f32> {
        let h = self.hidden;
        let [ahead, back] = gates;
        let (ahead, back) = (self.pass(ahead, &directions[0], pack), self.pass(back, &directions[1], pack));
        let mut y = vec![0.0; pack.rows * 2 * h];
        for (row, other) in reversed.iter().enumerate() {
            y[row * 2 * h..][..h].copy_from_slice(&ahead[row * h..][..h]);
            y[row * 2 * h + h..][..h].copy_from_slice(&back[other * h..][..h]);
        }
        y
    }

    fn pass(&self, mut gates: Vec<f32>, direction: &Direction, pack: &Pack) -> Vec<f32> {
        let h = self.hidden;
        let mut states = vec![0.0; pack.rows * h];
        let mut cells = vec![0.0; pack.active.first().copied().unwrap_or(0) * h];
        for (t, n) in pack.active.iter().enumerate() {
            let start = pack.offsets[t];
            let gates = &mut gates[start * 3 * h..(start + n) * 3 * h];
            let (done, next) = states.split_at_mut(start * h);
            if t > 0 {
                direction.state.add(&done[pack.offsets[t - 1] * h..][..n * h], gates);
            }
            step(gates, &mut cells[..n * h], &mut next[..n * h], h);
        }
        states
    }

    /// The relation of every word to its head.
    pub(super) fn relations(&self, scores: &Scores, heads: &[usize]) -> Vec<usize> {
        let l = self.relation.inputs;
        let mut joined = Vec::with_capacity(heads.len() * l);
        for (i, head) in heads.iter().enumerate() {
            let (a, b) = (&scores.label_dependent[i * l..][..l], &scores.label_head[head * l..][..l]);
            joined.extend(a.iter().zip(b).map(|(a, b)| leaky(a + b)));
        }
        let mut y = vec![0.0; heads.len() * self.relation.outputs];
        self.relation.apply(&joined, &mut y);
        y.chunks_exact(self.relation.outputs).map(best).collect()
    }

    /// For each of some words the edits that may make its lemma, the likeliest first: none that is much less
    /// likely than the best.
    pub(super) fn scripts(&self, scores: &Scores, words: &[usize]) -> Vec<Vec<usize>> {
        let vectors: Vec<f32> = words.iter().flat_map(|word| scores.vector(*word)).copied().collect();
        let mut y = vec![0.0; words.len() * self.lemma.outputs];
        self.lemma.apply(&vectors, &mut y);
        y.chunks_exact(self.lemma.outputs).map(likely).collect()
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
