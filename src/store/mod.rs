//! The store: a folder that keeps articles durably and gives their graph.
//!
//! `DIR/articles.redb` is the truth: a transactional log of [`ArticleRecord`]s, one transaction
//! an article, locked against a second writer. The graph is a function of the records
//! ([`pipeline::graph`]), so it is made from them on demand and can never disagree with them:
//! in memory, or with the feature `rocksdb` on disk, stamped with a hash of the records.
//!
//! Architecture Invariant: only this module knows Oxigraph's store and the database file.

mod codec;
mod error;
mod file;
#[cfg_attr(feature = "rocksdb", path = "disk.rs")]
#[cfg_attr(not(feature = "rocksdb"), path = "memory.rs")]
mod home;
mod ingest;
mod journal;
mod live;
mod log;
mod tables;

pub use error::StoreError;
pub use ingest::{Added, Ingest};
pub use live::{Live, Watch};
pub use oxigraph::store::Store as GraphStore;

use crate::pipeline::{self, GraphOptions};
use crate::record::ArticleRecord;
use log::Log;
use oxigraph::model::Quad;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The version of the store's format; a store of a later one is not opened.
pub const FORMAT: u32 = 1;

/// How many records are read at once; bounds memory.
const PART: usize = 512;

/// How long to wait for the graph that another process makes, and how often to look.
const PATIENCE: Duration = Duration::from_secs(60);
const RETRY: Duration = Duration::from_millis(50);

/// How to open a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenMode {
    /// Make the store if there is none.
    pub create: bool,
    /// How long to wait while another process has it open.
    pub wait: Duration,
    /// Open for reading; any number of processes can at once.
    pub read_only: bool,
}

impl OpenMode {
    /// Read an existing store.
    pub const READ: OpenMode = OpenMode { create: false, wait: Duration::ZERO, read_only: true };
    /// Change an existing store.
    pub const WRITE: OpenMode = OpenMode { read_only: false, ..OpenMode::READ };
    /// Change a store, and make it if there is none.
    pub const CREATE: OpenMode = OpenMode { create: true, ..OpenMode::WRITE };

    /// The same, waiting up to `wait` for another process to finish.
    pub const fn waiting(self, wait: Duration) -> OpenMode {
        OpenMode { wait, ..self }
    }
}

/// What [`Store::put`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// The article is new.
    New,
    /// The store had exactly this record; nothing changed.
    Unchanged,
    /// The record took the place of an earlier one with the same bytes or the same URL.
    Replaced {
        /// The id of the earlier record.
        id: String,
    },
}

/// An article that [`Store::forget`] removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub headline: String,
    /// The inputs it came from.
    pub sources: Vec<String>,
}

/// An open store.
pub struct Store {
    log: Log,
}

impl Store {
    /// Opens the store in the folder `dir`.
    pub fn open(dir: impl AsRef<Path>, mode: OpenMode) -> Result<Store, StoreError> {
        Ok(Store { log: Log::open(dir.as_ref(), mode)? })
    }

    /// An empty store that is gone when it is dropped.
    pub fn in_memory() -> Result<Store, StoreError> {
        Ok(Store { log: Log::in_memory()? })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        self.log.dir()
    }

    /// Keeps an article: one transaction, durable on return.
    ///
    /// An article whose URL another one has takes that one's place.
    pub fn put(&self, record: &ArticleRecord) -> Result<Put, StoreError> {
        self.log.put(record, None)
    }

    /// Like [`Store::put`], noting the input (a path) by which [`Store::forget`] finds it.
    pub fn put_from(&self, record: &ArticleRecord, source: &str) -> Result<Put, StoreError> {
        self.log.put(record, Some(source))
    }

    /// Removes the articles that `name` names: an article id or IRI, a URL, the path of an
    /// input, or the first 8 or more digits of a SHA-256. One transaction.
    pub fn forget(&self, name: &str) -> Result<Vec<Forgotten>, StoreError> {
        self.forget_ids(&self.find(name)?)
    }

    /// Removes articles by their ids, in one transaction.
    pub fn forget_ids(&self, ids: &[String]) -> Result<Vec<Forgotten>, StoreError> {
        self.log.remove(ids)
    }

    /// The ids of the articles that `name` names, at least one; see [`Store::forget`].
    pub fn find(&self, name: &str) -> Result<Vec<String>, StoreError> {
        self.log.find(name, &self.options()?.base)
    }

    /// Every record, sorted by id.
    pub fn records(&self) -> Result<Vec<ArticleRecord>, StoreError> {
        let mut records = Vec::new();
        self.each_part(|part| {
            records.extend(part);
            Ok(())
        })?;
        Ok(records)
    }

    /// Every record, sorted by id, some at a time.
    fn each_part(&self, mut take: impl FnMut(Vec<ArticleRecord>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let raw = self.log.raw_records(&after, PART)?;
            let Some((last, _)) = raw.last() else { return Ok(()) };
            after.clone_from(last);
            let records: Result<Vec<_>, _> = raw.par_iter().map(|(id, bytes)| self.log.decode(id, bytes)).collect();
            take(records?)?;
        }
    }

    /// One article's record.
    pub fn record(&self, id: &str) -> Result<Option<ArticleRecord>, StoreError> {
        let raw = self.log.raw_record(id)?;
        raw.map(|bytes| self.log.decode(id, &bytes)).transpose()
    }

    /// The number of articles.
    pub fn len(&self) -> Result<u64, StoreError> {
        self.log.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// How this store's graph is shaped, as set when it was built.
    pub fn options(&self) -> Result<GraphOptions, StoreError> {
        self.log.options()
    }

    /// Sets how this store's graph is shaped, for every later reader.
    pub fn set_options(&self, options: &GraphOptions) -> Result<(), StoreError> {
        self.log.set_options(options)
    }

    /// Every quad of the graph, sorted, without repeats.
    pub fn quads(&self, options: &GraphOptions) -> Result<Vec<Quad>, StoreError> {
        Ok(pipeline::graph(&self.records()?, options))
    }

    /// The graph, ready for queries: with the feature `rocksdb` the one on disk if it is that of the articles. It does not
    /// need the store any more: drop the store to let other processes write.
    pub fn graph(&self, options: &GraphOptions) -> Result<GraphStore, StoreError> {
        let start = Instant::now();
        loop {
            if let Some(graph) = home::ready(self, options)? {
                return Ok(graph);
            }
            match Live::new(self, options) {
                // Another process makes the graph, or brings it up to the articles.
                Err(StoreError::InUse(_)) if start.elapsed() < PATIENCE => std::thread::sleep(RETRY),
                live => return live?.into_graph(),
            }
        }
    }

    fn graph_error(&self, error: &oxigraph::store::StorageError) -> StoreError {
        StoreError::Graph { dir: self.dir().to_owned(), detail: error.to_string() }
    }
}

/// Quads → an in-memory store for queries.
pub fn load(quads: Vec<Quad>) -> Result<GraphStore, oxigraph::store::StorageError> {
    let store = GraphStore::new()?;
    let mut loader = store.bulk_loader();
    loader.load_quads(quads)?;
    loader.commit()?;
    Ok(store)
}

/// The form in which an input's path is kept: absolute, so that it can be found from anywhere.
pub fn source_name(path: &Path) -> String {
    let absolute: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.to_string_lossy().into_owned()
}
