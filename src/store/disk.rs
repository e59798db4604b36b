//! The graph on disk, by Oxigraph's RocksDB engine, for graphs beyond memory. `memory.rs` has the same functions without it.
//!
//! `DIR/graph-N` holds the graph; `DIR/graph.stamp` says which `N`, and of which state of the articles it is. The stamp is
//! written last and taken away first: before a graph is changed, and before another one takes its place. So a crash leaves
//! a graph without a stamp, which nobody trusts and the next process makes anew, under the next number. Only the process that
//! has locked `DIR/graph.lock` makes or changes a graph; others read the graph of the stamp, if it is of the state they want.

use crate::pipeline::GraphOptions;
use crate::store::file::UNFINISHED_GRAPH;
use crate::store::{GraphStore, Store, StoreError};
use oxigraph::store::StorageError;
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Quads taken out leave no waste behind: RocksDB gives their room back.
pub const WASTE: usize = usize::MAX;

/// Where the graph of a store is kept: in a folder that no other process makes or changes; in memory for a store in memory.
pub struct Home(Option<Disk>);

impl Home {
    /// The home of a store's graph, unless another process has it.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        store.log.folder().map(Disk::lock).transpose().map(Self)
    }

    /// The graph of the store as it is: the one that is there, or one that `fill` fills.
    pub fn graph(
        &mut self,
        store: &Store,
        options: &GraphOptions,
        fill: impl FnOnce(&GraphStore) -> Result<(), StoreError>,
    ) -> Result<GraphStore, StoreError> {
        let stamp = stamp(store, options)?;
        let Some(disk) = &mut self.0 else {
            let graph = GraphStore::new().map_err(|e| store.graph_error(&e))?;
            fill(&graph)?;
            return Ok(graph);
        };
        match disk.open(&stamp) {
            Some(graph) => Ok(graph),
            None => disk.make(&stamp, fill),
        }
    }

    /// Changes the graph to that of the store as it is now.
    pub fn change<T>(
        &mut self,
        store: &Store,
        options: &GraphOptions,
        graph: &GraphStore,
        change: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(disk) = &self.0 else { return change() };
        disk.distrust()?;
        let done = change()?;
        disk.trust(graph, &stamp(store, options)?)?;
        Ok(done)
    }

    /// The graph, to be read and changed no more.
    pub fn into_graph(self, graph: GraphStore) -> Result<GraphStore, StoreError> {
        let Some(disk) = self.0 else { return Ok(graph) };
        drop(graph);
        GraphStore::open_read_only(folder(&disk.dir, disk.number)).map_err(|e| disk.failed(&e))
    }
}

/// The graph of the store as it is, if there is one already, for reading beside other processes.
pub fn ready(store: &Store, options: &GraphOptions) -> Result<Option<GraphStore>, StoreError> {
    let Some(dir) = store.log.folder() else { return Ok(None) };
    let number = trusted(dir, &stamp(store, options)?);
    Ok(number.and_then(|number| GraphStore::open_read_only(folder(dir, number)).ok()))
}

/// Names the state of a store's articles (by their sum) and what the graph is made by.
fn stamp(store: &Store, options: &GraphOptions) -> Result<String, StoreError> {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    let sum = store.log.sum()?;
    hash.update(format!("\n{}\n{}\n{}\n{sum:x}", options.base, options.article_body, options.min_confidence));
    hash.update(format!("\n{}\n{}", options.links, options.known));
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// The right to make and change the graph of a folder.
struct Disk {
    dir: PathBuf,
    /// The number of the graph that is open.
    number: u64,
    /// Locked as long as it is open.
    _lock: File,
}

impl Disk {
    fn lock(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join("graph.lock");
        let lock = File::options().create(true).append(true).open(&path).map_err(|e| io_error(&path, e))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_owned(), number: 0, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
            Err(TryLockError::Error(e)) => Err(io_error(&path, e)),
        }
    }

    /// The graph of that stamp, if it is there.
    fn open(&mut self, stamp: &str) -> Option<GraphStore> {
        self.number = trusted(&self.dir, stamp)?;
        GraphStore::open(folder(&self.dir, self.number)).ok()
    }

    /// Has `fill` fill a graph, and removes the one that was there.
    fn make(
        &mut self,
        stamp: &str,
        fill: impl FnOnce(&GraphStore) -> Result<(), StoreError>,
    ) -> Result<GraphStore, StoreError> {
        let new = self.dir.join(format!("{UNFINISHED_GRAPH}{}", std::process::id()));
        let _ = fs::remove_dir_all(&new);
        let graph = GraphStore::open(&new).map_err(|e| self.failed(&e))?;
        fill(&graph)?;
        graph.flush().map_err(|e| self.failed(&e))?;
        drop(graph);
        self.distrust()?;
        let old = graphs(&self.dir);
        self.number = 1 + old.iter().max().copied().unwrap_or_default();
        let made = folder(&self.dir, self.number);
        fs::rename(&new, &made).map_err(|e| io_error(&made, e))?;
        let graph = GraphStore::open(&made).map_err(|e| self.failed(&e))?;
        self.trust(&graph, stamp)?;
        for number in old {
            let _ = fs::remove_dir_all(folder(&self.dir, number));
        }
        Ok(graph)
    }

    /// Says that the graph is of no known state: it is about to change.
    fn distrust(&self) -> Result<(), StoreError> {
        match fs::remove_file(stamp_file(&self.dir)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_error(&self.dir, e)),
            _ => self.sync(),
        }
    }

    /// Says of which state the graph is, once all of it is on the disk.
    fn trust(&self, graph: &GraphStore, stamp: &str) -> Result<(), StoreError> {
        graph.flush().map_err(|e| self.failed(&e))?;
        let new = self.dir.join(format!("{UNFINISHED_GRAPH}stamp"));
        let write = || -> io::Result<()> {
            let mut file = File::create(&new)?;
            write!(file, "{} {stamp}", self.number)?;
            file.sync_all()?;
            fs::rename(&new, stamp_file(&self.dir))
        };
        write().map_err(|e| io_error(&new, e))?;
        self.sync()
    }

    /// Makes what was renamed or removed in the folder durable.
    fn sync(&self) -> Result<(), StoreError> {
        let sync = || File::open(&self.dir).and_then(|d| d.sync_all());
        if cfg!(unix) { sync().map_err(|e| io_error(&self.dir, e)) } else { Ok(()) }
    }

    fn failed(&self, error: &StorageError) -> StoreError {
        StoreError::Graph { dir: self.dir.clone(), detail: error.to_string() }
    }
}

/// The number of the graph that is of this stamp.
fn trusted(dir: &Path, stamp: &str) -> Option<u64> {
    let text = fs::read_to_string(stamp_file(dir)).ok()?;
    let (number, found) = text.split_once(' ')?;
    number.parse().ok().filter(|_| found == stamp)
}

/// The numbers of the graphs in a folder.
fn graphs(dir: &Path) -> Vec<u64> {
    let names = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.filter_map(|name| name.to_str()?.strip_prefix("graph-")?.parse().ok()).collect()
}

fn folder(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("graph-{number}"))
}

fn stamp_file(dir: &Path) -> PathBuf {
    dir.join("graph.stamp")
}

fn io_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { doing: "write", path: path.to_owned(), source }
}
