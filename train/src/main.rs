//! Trains newsgraph's models: `newsgraph-train train --recipe train/recipe.toml --data FOLDER --out models`.

mod corpus;
mod evaluate;
mod export;
mod math;
mod net;
mod prepare;

use clap::{Parser, Subcommand};
use math::Random;
use net::{Embeddings, Example, Loss, Network, Sparse};
use newsgraph::analysis::model::Model;
use prepare::{Item, Prepared, Recipe};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Trains newsgraph's models of language from treebanks and corpora of names.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learn from the recipe's files and write a model a language.
    Train {
        /// The recipe: files, their formats, sizes of the network.
        #[arg(long, default_value = "train/recipe.toml")]
        recipe: PathBuf,
        /// Folder that the recipe's paths start from.
        #[arg(long)]
        data: PathBuf,
        /// Folder to write `xx/model.safetensors` into; nothing is written without it.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Learn of these languages only (codes, by commas).
        #[arg(long, value_delimiter = ',')]
        languages: Vec<String>,
        /// Learn from the sentences kept for measuring too, and measure nothing.
        #[arg(long)]
        all: bool,
        /// Epochs, instead of the recipe's.
        #[arg(long)]
        epochs: Option<f32>,
        /// Threads; the model depends on their number.
        #[arg(long, default_value_t = 2)]
        threads: usize,
    },
}

fn main() -> std::process::ExitCode {
    let Command::Train { recipe, data, out, languages, all, epochs, threads } = Arguments::parse().command;
    match train(&recipe, &data, out.as_deref(), &languages, all, epochs, threads) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn train(
    recipe: &Path,
    data: &Path,
    out: Option<&Path>,
    languages: &[String],
    all: bool,
    epochs: Option<f32>,
    threads: usize,
) -> Result<(), String> {
    let text = std::fs::read_to_string(recipe).map_err(|e| format!("{}: {e}", recipe.display()))?;
    let mut recipe: Recipe = toml::from_str(&text).map_err(|e| format!("{}: {e}", recipe.display()))?;
    recipe.training.epochs = epochs.unwrap_or(recipe.training.epochs);
    if !languages.is_empty() {
        recipe.language.retain(|l| languages.contains(&l.code));
    }
    let start = Instant::now();
    let mut prepared = prepare::prepare(&recipe, data, all)?;
    println!(
        "{} sentences to learn from, {} to measure on, {} features, {} relations, {} tasks ({:.0?})",
        prepared.learn.len(),
        prepared.held_out.len(),
        prepared.rows.len(),
        prepared.relations.len(),
        prepared.tasks.names.len(),
        start.elapsed()
    );
    let mut random = Random(recipe.training.seed);
    let mut network = Network::new(
        recipe.size,
        prepared.tasks.clone(),
        prepared.relations.len(),
        recipe.training.name_weight,
        &mut random,
    );
    let width = recipe.size.embedding;
    let mut embeddings =
        Embeddings { width, data: (0..prepared.rows.len() * width).map(|_| random.normal() * 0.08).collect() };
    println!("{} dense weights", network.weights.len());
    let mut trainer = Trainer::new(&network, &embeddings, &recipe, threads);
    let epochs = recipe.training.epochs.ceil() as usize;
    for epoch in 0..epochs {
        let started = Instant::now();
        let batches = prepare::batches(&mut prepared, recipe.training.batch, &mut random);
        trainer.total = (batches.len() as f32 * recipe.training.epochs) as usize;
        let mut sum = Loss::default();
        for batch in &batches {
            if trainer.step >= trainer.total {
                break;
            }
            let items: Vec<&Item> = batch.iter().map(|i| &prepared.learn[*i]).collect();
            let loss = trainer.step(&mut network, &mut embeddings, &items, &prepared, &mut random);
            sum = plus(sum, loss);
        }
        println!(
            "epoch {}: classes {:.3} names {:.3} arcs {:.3} labels {:.3} a word; {:.0} words/s",
            epoch + 1,
            sum.classes / sum.words,
            sum.names / sum.words,
            sum.arcs / sum.words,
            sum.labels / sum.words,
            sum.words / started.elapsed().as_secs_f64()
        );
        let last = epoch + 1 == epochs;
        if !prepared.held_out.is_empty() && (last || (epoch + 1) % recipe.training.measure_every == 0) {
            evaluate::report(&models(&network, &embeddings, &prepared)?, &prepared);
        }
    }
    println!("learned in {:.0?}", start.elapsed());
    if let Some(out) = out {
        for language in &recipe.language {
            let path = out.join(&language.code).join("model.safetensors");
            let bytes = export::write(&path, &network, &embeddings, &prepared, &language.code)?;
            println!("{}: {bytes} bytes", path.display());
        }
    }
    Ok(())
}

/// The models as the program would open them.
fn models(network: &Network, embeddings: &Embeddings, prepared: &Prepared) -> Result<Vec<Model>, String> {
    let open = |code: &String| {
        let bytes = export::bytes(network, embeddings, prepared, code)?;
        Model::open(Box::leak(bytes.into_boxed_slice())).map_err(|e| e.to_string())
    };
    prepared.languages.iter().map(open).collect()
}

fn plus(a: Loss, b: Loss) -> Loss {
    Loss {
        classes: a.classes + b.classes,
        names: a.names + b.names,
        arcs: a.arcs + b.arcs,
        labels: a.labels + b.labels,
        words: a.words + b.words,
    }
}

/// Adam (Kingma and Ba 2015) over dense weights and the embeddings that a batch used.
struct Trainer {
    step: usize,
    total: usize,
    rate: f32,
    dropout: f32,
    threads: usize,
    dense: [Vec<f32>; 2],
    sparse: [Vec<f32>; 2],
}

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;

impl Trainer {
    fn new(network: &Network, embeddings: &Embeddings, recipe: &Recipe, threads: usize) -> Self {
        let zeros = |n: usize| [vec![0.0; n], vec![0.0; n]];
        Self {
            step: 0,
            total: 1,
            rate: recipe.training.rate,
            dropout: recipe.training.dropout,
            threads,
            dense: zeros(network.weights.len()),
            sparse: zeros(embeddings.data.len()),
        }
    }

    /// Rises over the first steps, then falls to nothing.
    fn rate(&self) -> f32 {
        let warm = (self.step as f32 / 200.0).min(1.0);
        let left = 1.0 - self.step as f32 / self.total.max(1) as f32;
        self.rate * warm * left.max(0.01)
    }

    fn step(
        &mut self,
        network: &mut Network,
        embeddings: &mut Embeddings,
        items: &[&Item],
        prepared: &Prepared,
        random: &mut Random,
    ) -> Loss {
        let examples: Vec<Example> = items.iter().map(|item| prepared.example(item, random)).collect();
        let words: usize = examples.iter().map(|e| e.features.len()).sum();
        let scale = 1.0 / words as f32;
        // Every nth sentence of the batch, so that threads have much the same to do.
        let parts: Vec<Vec<&Example>> =
            (0..self.threads).map(|k| examples.iter().skip(k).step_by(self.threads).collect()).collect();
        let seeds: Vec<u64> = (0..self.threads).map(|_| random.next()).collect();
        let (network_ref, embeddings_ref, dropout) = (&*network, &*embeddings, self.dropout);
        let results: Vec<(Vec<f32>, Sparse, Loss)> = std::thread::scope(|scope| {
            let handles: Vec<_> = parts
                .iter()
                .zip(seeds)
                .map(|(part, seed)| {
                    scope.spawn(move || {
                        let mut grads = vec![0.0; network_ref.weights.len()];
                        let mut sparse = Sparse::default();
                        let loss = network_ref.learn(
                            &network_ref.weights,
                            embeddings_ref,
                            part,
                            dropout,
                            scale,
                            &mut Random(seed),
                            &mut grads,
                            &mut sparse,
                        );
                        (grads, sparse, loss)
                    })
                })
                .collect();
            handles.into_iter().map(|h| h.join().expect("a thread that learns does not panic")).collect()
        });
        self.step += 1;
        let mut results = results.into_iter();
        let (mut grads, mut sparse, mut loss) = results.next().expect("a thread at least");
        for (other, rows, part) in results {
            math::add(&mut grads, &other);
            let mut order: Vec<(&u32, &usize)> = rows.rows.iter().collect();
            order.sort_unstable();
            let width = embeddings.width;
            order.into_iter().for_each(|(row, at)| sparse.add(*row, &rows.data[at * width..(at + 1) * width]));
            loss = plus(loss, part);
        }
        self.update(network, embeddings, &grads, &sparse);
        loss
    }

    fn update(&mut self, network: &mut Network, embeddings: &mut Embeddings, grads: &[f32], sparse: &Sparse) {
        let norm = grads.iter().chain(&sparse.data).map(|g| f64::from(g * g)).sum::<f64>().sqrt() as f32;
        let clip = (5.0 / norm.max(1e-9)).min(1.0);
        let rate = self.rate();
        let (one, two) = (1.0 - BETA1.powi(self.step as i32), 1.0 - BETA2.powi(self.step.min(10_000) as i32));
        let adam = |w: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32]| {
            for k in 0..w.len() {
                let gradient = g[k] * clip;
                m[k] = BETA1 * m[k] + (1.0 - BETA1) * gradient;
                v[k] = BETA2 * v[k] + (1.0 - BETA2) * gradient * gradient;
                w[k] -= rate * (m[k] / one) / ((v[k] / two).sqrt() + 1e-8);
            }
        };
        let [m, v] = &mut self.dense;
        adam(&mut network.weights, grads, m, v);
        let width = embeddings.width;
        let [m, v] = &mut self.sparse;
        for (row, at) in &sparse.rows {
            let range = *row as usize * width..(*row as usize + 1) * width;
            adam(
                &mut embeddings.data[range.clone()],
                &sparse.data[at * width..(at + 1) * width],
                &mut m[range.clone()],
                &mut v[range],
            );
        }
    }
}
