//! The graph on disk, by Oxigraph's RocksDB engine, for graphs beyond memory.
//!
//! `DIR/graph-<stamp>` holds the graph of one state of the articles; the stamp is a hash of that
//! state. A folder under that name is complete: it is filled under another name, flushed, and
//! then renamed. So a graph is used as long as its stamp is that of the articles, and a crash
//! while filling it leaves nothing that is ever opened.

use crate::pipeline::GraphOptions;
use crate::store::GraphStore;
use crate::store::file::UNFINISHED_GRAPH;
use oxigraph::model::Quad;
use oxigraph::store::StorageError;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const FINISHED: &str = "graph-";

/// Names the state of the articles and of what the graph is made by.
pub fn stamp<'a>(records: impl Iterator<Item = &'a [u8]>, options: &GraphOptions) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(format!("\n{}\n{}\n{}\n", options.base, options.article_body, options.min_confidence));
    for record in records {
        hash.update(Sha256::digest(record));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The graph of that stamp, if it is there.
pub fn open(dir: &Path, stamp: &str) -> Option<GraphStore> {
    let path = finished(dir, stamp);
    path.is_dir().then(|| GraphStore::open_read_only(path).ok()).flatten()
}

/// Fills the graph of that stamp and removes those of other stamps.
pub fn fill(dir: &Path, stamp: &str, quads: Vec<Quad>) -> Result<GraphStore, StorageError> {
    let new = dir.join(format!("{UNFINISHED_GRAPH}{}", std::process::id()));
    let _ = fs::remove_dir_all(&new);
    write(&new, quads)?;
    let finished = finished(dir, stamp);
    sweep(dir, &finished);
    // Another process may have filled it meanwhile: then theirs is as good.
    if let Err(error) = fs::rename(&new, &finished) {
        let _ = fs::remove_dir_all(&new);
        if !finished.is_dir() {
            return Err(StorageError::Io(error));
        }
    }
    GraphStore::open_read_only(finished)
}

fn write(path: &Path, quads: Vec<Quad>) -> Result<(), StorageError> {
    let store = GraphStore::open(path)?;
    let mut loader = store.bulk_loader();
    loader.load_quads(quads)?;
    loader.commit()?;
    store.flush()
}

fn finished(dir: &Path, stamp: &str) -> PathBuf {
    dir.join(format!("{FINISHED}{stamp}"))
}

/// Removes graphs of other stamps; those that a crash left unfinished go with the next writer.
fn sweep(dir: &Path, keep: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let is_graph = entry.file_name().to_string_lossy().starts_with(FINISHED);
        if is_graph && entry.path() != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
