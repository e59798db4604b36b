//! The graph on disk, by Oxigraph's RocksDB engine, for graphs beyond memory.
//!
//! `DIR/graph` holds the graph, `DIR/graph.stamp` says of which state of the articles. The stamp is written last and
//! taken away first: before a graph is changed, and before another one takes its place. So a crash leaves a graph
//! without a stamp, which nobody trusts and the next process makes anew. A new graph is filled under another name.

use crate::pipeline::GraphOptions;
use crate::store::file::UNFINISHED_GRAPH;
use crate::store::{GraphStore, StoreError};
use oxigraph::store::StorageError;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names a state of the articles (by their sum) and what the graph is made by.
pub fn stamp(sum: u128, options: &GraphOptions) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(format!("\n{}\n{}\n{}\n{sum:x}", options.base, options.article_body, options.min_confidence));
    hash.update(format!("\n{}\n{}", options.links, options.known));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The graph of that stamp, if it is there, for reading beside others.
pub fn open_read_only(dir: &Path, stamp: &str) -> Option<GraphStore> {
    is_trusted(dir, stamp).then(|| GraphStore::open_read_only(folder(dir)).ok()).flatten()
}

/// The graph of that stamp, if it is there and no other process has it, for changing it.
pub fn open(dir: &Path, stamp: &str) -> Option<GraphStore> {
    is_trusted(dir, stamp).then(|| GraphStore::open(folder(dir)).ok()).flatten()
}

/// Has `fill` fill a graph, and puts it in the place of the one that is there.
pub fn make(
    dir: &Path,
    stamp: &str,
    fill: impl FnOnce(&GraphStore) -> Result<(), StoreError>,
) -> Result<GraphStore, StoreError> {
    let failed = |e: &StorageError| StoreError::Graph { dir: dir.to_owned(), detail: e.to_string() };
    let new = dir.join(format!("{UNFINISHED_GRAPH}{}", std::process::id()));
    let _ = fs::remove_dir_all(&new);
    let graph = GraphStore::open(&new).map_err(|e| failed(&e))?;
    fill(&graph)?;
    graph.flush().map_err(|e| failed(&e))?;
    drop(graph);
    distrust(dir)?;
    let _ = fs::remove_dir_all(folder(dir));
    fs::rename(&new, folder(dir)).map_err(|e| io_error(dir, e))?;
    let graph = GraphStore::open(folder(dir)).map_err(|e| failed(&e))?;
    trust(dir, &graph, stamp)?;
    Ok(graph)
}

/// Says that the graph is of no known state: it is about to change.
pub fn distrust(dir: &Path) -> Result<(), StoreError> {
    match fs::remove_file(stamp_file(dir)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_error(dir, e)),
        _ => sync(dir),
    }
}

/// Says of which state the graph is, once all of it is on the disk.
pub fn trust(dir: &Path, graph: &GraphStore, stamp: &str) -> Result<(), StoreError> {
    graph.flush().map_err(|e| StoreError::Graph { dir: dir.to_owned(), detail: e.to_string() })?;
    let new = dir.join(format!("{UNFINISHED_GRAPH}stamp"));
    let write = || -> io::Result<()> {
        let mut file = File::create(&new)?;
        file.write_all(stamp.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, stamp_file(dir))
    };
    write().map_err(|e| io_error(dir, e))?;
    sync(dir)
}

fn is_trusted(dir: &Path, stamp: &str) -> bool {
    fs::read_to_string(stamp_file(dir)).is_ok_and(|found| found == stamp)
}

fn folder(dir: &Path) -> PathBuf {
    dir.join("graph")
}

fn stamp_file(dir: &Path) -> PathBuf {
    dir.join("graph.stamp")
}

/// Makes what was renamed or removed in the folder durable.
fn sync(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) { File::open(dir).and_then(|d| d.sync_all()).map_err(|e| io_error(dir, e)) } else { Ok(()) }
}

fn io_error(dir: &Path, source: io::Error) -> StoreError {
    StoreError::Io { doing: "write", path: dir.to_owned(), source }
}
