//! Makes synthetic news with known truth, and measures newsgraph on them; `README.md` tells how.

mod cost;
mod quality;
mod random;
mod story;
mod world;

use clap::{Parser, Subcommand};
use newsgraph::fusion;
use newsgraph::graph::{Brief, Change, Memo, State};
use newsgraph::pipeline;
use newsgraph::store::{Live, OpenMode, Store};
use random::Random;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use story::{Desk, Truth};
use world::World;

/// Makes synthetic news with known truth, and measures newsgraph on them.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write `articles.jsonl` and `truth.jsonl`.
    Generate {
        /// How many articles.
        #[arg(long)]
        articles: usize,
        /// The same seed gives the same articles.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The folder to write into.
        #[arg(long)]
        output: PathBuf,
    },
    /// Compare a store of generated articles with their truth.
    Quality {
        /// The store.
        store: PathBuf,
        /// `truth.jsonl`.
        truth: PathBuf,
    },
    /// Make the graph of a store and tell what it costs.
    Graph {
        /// The store.
        store: PathBuf,
    },
    /// What a change costs without the graph itself, which may not fit in memory: an article is left out, and what its
    /// going changes is worked out.
    Change {
        /// The store.
        store: PathBuf,
        /// How many articles, one at a time.
        #[arg(long, default_value_t = 5)]
        articles: usize,
    },
    /// Follow a store while articles are forgotten and added again, one at a time; tells how long each takes.
    Live {
        /// The store; it ends as it was.
        store: PathBuf,
        /// How many articles.
        #[arg(long, default_value_t = 10)]
        articles: usize,
    },
    /// Generate, build and make the graph for several sizes; a row of a table each.
    Scale {
        /// Numbers of articles.
        #[arg(long, value_delimiter = ',', default_value = "1000,2000,4000,8000")]
        articles: Vec<usize>,
        /// The program.
        #[arg(long, default_value = "target/release/newsgraph")]
        program: PathBuf,
        /// A folder for the articles and stores; they are kept and used again.
        #[arg(long)]
        output: PathBuf,
        /// The seed of the articles.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> std::process::ExitCode {
    let done = match Arguments::parse().command {
        Command::Generate { articles, seed, output } => generate(articles, seed, &output),
        Command::Quality { store, truth } => quality(&store, &truth),
        Command::Graph { store } => graph(&store),
        Command::Change { store, articles } => change(&store, articles),
        Command::Live { store, articles } => live(&store, articles),
        Command::Scale { articles, program, output, seed } => scale(&articles, &program, &output, seed),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn generate(count: usize, seed: u64, output: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(output)?;
    let mut random = Random::new(seed);
    let world = World::new(&mut random, count)?;
    let mut desk = Desk::new(&world, random)?;
    let mut articles = BufWriter::new(File::create(output.join("articles.jsonl"))?);
    let mut truths = BufWriter::new(File::create(output.join("truth.jsonl"))?);
    for _ in 0..count {
        let (article, truth) = desk.article();
        writeln!(articles, "{}", serde_json::to_string(&article)?)?;
        writeln!(truths, "{}", serde_json::to_string(&truth)?)?;
    }
    articles.flush()?;
    truths.flush()?;
    Ok(())
}

fn quality(dir: &Path, truth: &Path) -> Result<(), Box<dyn Error>> {
    let lines = BufReader::new(File::open(truth)?).lines();
    let truth: Vec<Truth> =
        lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_, Box<dyn Error>>>()?;
    let store = Store::open(dir, OpenMode::READ)?;
    let (records, options) = (store.records()?, store.options()?);
    let records = pipeline::sorted(&records);
    let fused = pipeline::fuse(&records, &options);
    println!("{} articles, {} nodes", records.len(), fused.things.len());
    for (kind, score) in quality::scores(&records, &fused, &truth) {
        println!("{kind:<12} {score}");
    }
    for (reason, joins) in quality::joins(&records, &fused, &truth) {
        let wrong: usize = joins.wrong.values().map(|(count, _)| count).sum();
        println!("{reason}: {wrong} of {} joins wrong", joins.all);
        for ((one, other), (count, example)) in &joins.wrong {
            println!("    {count:>6} {one} with {other}, such as {example}");
        }
    }
    Ok(())
}

/// Each step with its seconds, then what the graph is and what it took.
fn graph(dir: &Path) -> Result<(), Box<dyn Error>> {
    let mut lap = Lap::new();
    let store = Store::open(dir, OpenMode::READ)?;
    let options = store.options()?;
    let briefs: Vec<_> = store.records()?.into_iter().map(|r| Arc::new(Brief::of(r, &options))).collect();
    lap.done("read");
    let records: Vec<_> = briefs.iter().map(|b| b.whole()).collect();
    let fused = pipeline::fuse(&records, &options);
    lap.done("fuse");
    let conflicts = fusion::conflicts(&records, &fused).len();
    lap.done("conflicts");
    let (articles, things) = (briefs.len(), fused.things.len());
    drop((fused, records));
    drop(briefs);
    let live = Live::new(&store, &options)?;
    lap.done("graph");
    let quads = live.graph().len()?;
    let each = quads as f64 / articles.max(1) as f64;
    println!("{articles} articles, {things} things, {conflicts} conflicts, {quads} quads, {each:.1} an article");
    Ok(())
}

/// Tells how long the steps take that follow one another, by the clock and in work of all processors.
struct Lap(Instant, f64);

impl Lap {
    fn new() -> Self {
        Self(Instant::now(), cost::worked().unwrap_or_default())
    }

    fn done(&mut self, step: &str) {
        let (time, work) = (self.0.elapsed().as_secs_f64(), cost::worked().unwrap_or_default() - self.1);
        println!("{step:<10}{time:>9.3} s, {work:>8.2} s of work, memory at most {} MiB", memory(cost::peak("self")));
        *self = Self::new();
    }
}

fn change(dir: &Path, articles: usize) -> Result<(), Box<dyn Error>> {
    let mut lap = Lap::new();
    let store = Store::open(dir, OpenMode::READ)?;
    let options = store.options()?;
    let briefs: Vec<_> = store.records()?.into_iter().map(|r| Arc::new(Brief::of(r, &options))).collect();
    lap.done("read");
    let mut memo = Memo::default();
    let old = State::with(briefs.clone(), &options, &mut memo);
    lap.done("state");
    let mut quads = 0;
    old.each_default(|part| {
        quads += part.len();
        Ok::<(), std::convert::Infallible>(())
    })?;
    println!("{} articles, {} things, {quads} quads in the default graph", briefs.len(), old.fused().things.len());
    for i in (0..briefs.len()).step_by((briefs.len() / articles.max(1)).max(1)).take(articles) {
        let mut others = briefs.clone();
        others.remove(i);
        lap = Lap::new();
        let new = State::with(others, &options, &mut memo);
        lap.done("state");
        let change = Change::between(&old, &new);
        lap.done("change");
        let Change { gone, made, removed, added } = change;
        let (gone, made, removed, added) = (gone.len(), made.len(), removed.len(), added.len());
        println!("{gone} graphs go, {made} are made; {removed} quads of the default graph go, {added} come");
    }
    Ok(())
}

fn live(dir: &Path, articles: usize) -> Result<(), Box<dyn Error>> {
    let store = Store::open(dir, OpenMode::WRITE)?;
    let mut lap = Lap::new();
    let mut live = Live::new(&store, &store.options()?)?;
    lap.done("graph");
    let quads = live.graph().len()?;
    let ids: Vec<String> = store.records()?.iter().map(|r| r.id().to_owned()).collect();
    lap.done("ids");
    for id in ids.iter().step_by((ids.len() / articles.max(1)).max(1)).take(articles) {
        let Some(record) = store.record(id)? else { continue };
        lap = Lap::new();
        store.forget_ids(std::slice::from_ref(id))?;
        live.follow(&store)?;
        lap.done("forget");
        store.put(&record)?;
        live.follow(&store)?;
        lap.done("add");
    }
    match live.graph().len()? == quads {
        true => Ok(()),
        false => Err("the graph is not what it was".into()),
    }
}

fn memory(peak: Option<u64>) -> String {
    peak.map_or("?".to_owned(), |mib| mib.to_string())
}

fn scale(sizes: &[usize], program: &Path, output: &Path, seed: u64) -> Result<(), Box<dyn Error>> {
    println!("| articles | build s | MiB | graph s | MiB | log MiB |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for count in sizes {
        let dir = output.join(count.to_string());
        let (articles, store) = (dir.join("articles.jsonl"), dir.join("store"));
        if !articles.exists() {
            generate(*count, seed, &dir)?;
        }
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let built = match store.exists() {
            true => None,
            false => {
                let (time, peak) = cost::run(program, &["build", "-q", "--store", &text(&store), &text(&articles)])?;
                Some((time.as_secs_f64(), peak))
            }
        };
        let (graph, peak) = cost::run(&std::env::current_exe()?, &["graph", &text(&store)])?;
        let (build, build_peak) = built.map_or(("-".to_owned(), None), |(s, peak)| (format!("{s:.1}"), peak));
        let log = cost::size(&store) >> 20;
        let graph = graph.as_secs_f64();
        println!("| {count} | {build} | {} | {graph:.1} | {} | {log} |", memory(build_peak), memory(peak));
    }
    Ok(())
}
