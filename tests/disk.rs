//! The graph on disk: whatever happens to the articles or to the processes, it is the graph that memory has.

#![cfg(feature = "rocksdb")]

mod common;

use common::{Random, newsgraph, write_articles};
use newsgraph::article::{Options, Reader};
use newsgraph::pipeline::{self, GraphOptions};
use newsgraph::record::ArticleRecord;
use newsgraph::store::{GraphStore, Live, OpenMode, Store, StoreError};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const STEPS: usize = 60;
const KILLS: usize = 25;
const SEED: u64 = 0x6469_736b;

/// The records of files.
fn records(folder: &Path) -> Vec<ArticleRecord> {
    let reader = Reader::new(Options::default()).unwrap();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| reader.read(&path.to_string_lossy(), std::fs::read(path).unwrap());
    paths.iter().flat_map(read).map(|document| pipeline::extract(document.unwrap())).collect()
}

/// The example articles and some more.
fn pool(dir: &Path) -> Vec<ArticleRecord> {
    write_articles(dir, 12, SEED);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    records(&examples).into_iter().chain(records(dir)).collect()
}

/// A graph as sorted N-Quads.
fn lines(graph: &GraphStore) -> Vec<String> {
    let mut lines: Vec<String> = graph.iter().map(|quad| quad.unwrap().to_string()).collect();
    lines.sort();
    lines
}

#[track_caller]
fn assert_as_in_memory(graph: &GraphStore, store: &Store, what: &str) {
    let quads = pipeline::graph(&store.records().unwrap(), &store.options().unwrap());
    let (disk, memory) = (lines(graph), lines(&newsgraph::store::load(quads).unwrap()));
    let first = disk.iter().zip(&memory).find(|(a, b)| a != b);
    assert!(disk == memory, "{what}: {} and {} quads, first {first:?}", disk.len(), memory.len());
    assert_eq!(graph.named_graphs().count() as u64, store.len().unwrap(), "{what}: graphs of articles");
    graph.validate().unwrap();
}

/// The folders of graphs in a store.
fn folders(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut folders: Vec<String> = names.filter(|name| name.contains("graph") && !name.contains('.')).collect();
    folders.sort();
    folders
}

#[test]
fn every_change_leaves_the_graph_that_memory_has() {
    let (dir, articles) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pool = pool(articles.path());
    let store = Store::open(dir.path(), OpenMode::CREATE).unwrap();
    let mut random = Random::new(SEED);
    let mut live = Live::new(&store, &GraphOptions::default()).unwrap();
    for step in 0..STEPS {
        let record = &pool[random.below(pool.len())];
        match random.below(3) {
            0 => drop(store.forget(record.id())),
            _ => drop(store.put(record).unwrap()),
        }
        match random.below(8) {
            // Several changes come at once.
            0 => continue,
            // The process ends, and another one finds the graph with or without the change.
            1 => {
                drop(live);
                live = Live::new(&store, &store.options().unwrap()).unwrap();
            }
            2 => {
                live.follow(&store).unwrap();
                let before = folders(dir.path());
                drop(live);
                live = Live::new(&store, &store.options().unwrap()).unwrap();
                assert_eq!(folders(dir.path()), before, "step {step}: what is up to date is not made again");
            }
            3 => {
                let other = GraphOptions { article_body: step % 2 == 0, ..GraphOptions::default() };
                store.set_options(&other).unwrap();
                live.follow(&store).unwrap();
            }
            _ => drop(live.follow(&store).unwrap()),
        }
        assert_as_in_memory(live.graph(), &store, &format!("step {step}"));
        assert_eq!(folders(dir.path()).len(), 1, "step {step}: one graph is kept");
    }
}

#[test]
fn one_process_changes_the_graph_and_others_read_it() {
    let (dir, articles) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pool = pool(articles.path());
    let store = Store::open(dir.path(), OpenMode::CREATE).unwrap();
    pool.iter().take(5).for_each(|record| drop(store.put(record).unwrap()));
    let options = GraphOptions::default();
    assert_as_in_memory(&store.graph(&options).unwrap(), &store, "made to be read");
    let mut live = Live::new(&store, &options).unwrap();
    assert!(matches!(Live::new(&store, &options), Err(StoreError::InUse(_))));
    assert_as_in_memory(&store.graph(&options).unwrap(), &store, "read beside the process that follows");
    store.put(&pool[7]).unwrap();
    std::thread::scope(|scope| {
        let read = scope.spawn(|| store.graph(&options).unwrap());
        std::thread::sleep(Duration::from_millis(200));
        assert!(!read.is_finished(), "whoever wants the graph of now waits for it");
        assert!(live.follow(&store).unwrap());
        assert_as_in_memory(&read.join().unwrap(), &store, "read after the change");
    });
}

#[test]
fn a_graph_that_a_crash_left_is_not_trusted() {
    let (dir, articles) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pool = pool(articles.path());
    let store = Store::open(dir.path(), OpenMode::CREATE).unwrap();
    pool.iter().take(4).for_each(|record| drop(store.put(record).unwrap()));
    drop(Live::new(&store, &GraphOptions::default()).unwrap());
    let before = folders(dir.path());
    std::fs::remove_file(dir.path().join("graph.stamp")).unwrap();
    let live = Live::new(&store, &GraphOptions::default()).unwrap();
    assert_ne!(folders(dir.path()), before);
    assert_as_in_memory(live.graph(), &store, "made anew");
}

/// A server is killed while it makes its graph or takes in what builds change.
#[test]
fn a_killed_server_leaves_no_wrong_graph() {
    let dir = TempDir::new().unwrap();
    let (articles, store) = (dir.path().join("in"), dir.path().join("store"));
    write_articles(&articles, 40, SEED);
    let build = |from: usize, to: usize| {
        let files = (from..to).map(|n| articles.join(format!("article-{n:03}.txt")));
        let mut command = newsgraph(&["build", "--quiet", "--wait=10", "--store"]);
        assert!(command.arg(&store).args(files).status().unwrap().success());
    };
    build(0, 10);
    let mut random = Random::new(SEED);
    let (mut trusted, mut whole) = (0, Duration::from_millis(300));
    for round in 0..KILLS {
        let start = Instant::now();
        let mut command = newsgraph(&["serve", "--bind", "127.0.0.1:0", "--store"]);
        let mut server = command.arg(&store).stderr(Stdio::null()).spawn().unwrap();
        if round % 2 == 0 {
            build(10 + round, 11 + round);
        } else {
            let open = || Store::open(&store, OpenMode::WRITE.waiting(Duration::from_secs(10))).unwrap();
            let store = open();
            let id = store.records().unwrap()[random.below(5)].id().to_owned();
            store.forget_ids(&[id]).unwrap();
        }
        std::thread::sleep(random.up_to(whole));
        server.kill().unwrap();
        server.wait().unwrap();
        whole = whole.max(2 * start.elapsed()).min(Duration::from_secs(2));
        trusted += usize::from(store.join("graph.stamp").exists());
        let open = Store::open(&store, OpenMode::READ).unwrap();
        assert_as_in_memory(&open.graph(&open.options().unwrap()).unwrap(), &open, &format!("round {round}"));
    }
    assert!(trusted > 0, "no server got as far as a graph");
}
