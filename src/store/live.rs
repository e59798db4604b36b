//! A graph that follows its store: what changes in the articles changes in it, and nothing else.
//!
//! The articles are kept without their texts ([`Brief`]). After a change they are fused again as a whole, by the function
//! that a build from nothing uses, and the [`Change`] between the two graphs is applied in one transaction. So the graph
//! is always that of a build from nothing, and queries see the one before or the one after.

use super::file;
use super::home::{Home, WASTE};
use super::{GraphStore, OpenMode, Store, StoreError};
use crate::graph::{Brief, Change, Memo, State};
use crate::pipeline::GraphOptions;
use oxigraph::model::{GraphNameRef, NamedNode, Quad};
use oxigraph::store::{StorageError, Transaction};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// The graph of a store, and what is needed to change it as the store changes.
pub struct Live {
    options: GraphOptions,
    state: State,
    /// What fusing the articles of the state has made.
    memo: Memo,
    graph: GraphStore,
    home: Home,
    /// The last change of the store that the graph has.
    last: u64,
    /// Quads that were taken out since the graph was made.
    removed: usize,
}

impl Live {
    /// The graph of all articles of a store.
    pub fn new(store: &Store, options: &GraphOptions) -> Result<Self, StoreError> {
        let mut home = Home::of(store)?;
        let mut memo = Memo::default();
        let (state, last) = state(store, options, &mut memo)?;
        let graph = home.graph(store, options, |graph| fill(graph, store, &state))?;
        Ok(Self { options: options.clone(), state, memo, graph, home, last, removed: 0 })
    }

    /// The graph. It changes with the store; a query sees one state of it.
    pub fn graph(&self) -> &GraphStore {
        &self.graph
    }

    /// The graph alone, for reading; it follows the store no more.
    pub fn into_graph(self) -> Result<GraphStore, StoreError> {
        self.home.into_graph(self.graph)
    }

    /// Brings the graph to the state of its store, and tells whether that changed anything. [`Live::graph`] may be
    /// another one afterwards.
    pub fn follow(&mut self, store: &Store) -> Result<bool, StoreError> {
        let options = store.options()?;
        let news = store.log.news(self.last)?;
        match news.ids {
            Some(ids) if options == self.options && self.removed < WASTE => {
                let changed = !ids.is_empty() && self.take(store, &ids)?;
                self.last = news.last;
                Ok(changed)
            }
            _ => {
                let (state, last) = state(store, &options, &mut self.memo)?;
                self.graph = self.home.graph(store, &options, |graph| fill(graph, store, &state))?;
                (self.options, self.state, self.last, self.removed) = (options, state, last, 0);
                Ok(true)
            }
        }
    }

    /// Reads these articles again.
    fn take(&mut self, store: &Store, ids: &BTreeSet<String>) -> Result<bool, StoreError> {
        let old = self.state.briefs().iter().filter(|b| !ids.contains(b.id()));
        let mut briefs: Vec<Arc<Brief>> = old.cloned().collect();
        for id in ids {
            let record = store.record(id)?;
            briefs.extend(record.map(|r| Arc::new(Brief::of(r, &self.options))));
        }
        let state = State::with(briefs, &self.options, &mut self.memo);
        let change = Change::between(&self.state, &state);
        let graph = &self.graph;
        self.removed += self.home.change(store, &self.options, graph, || apply(graph, store, &state, change))?;
        self.state = state;
        Ok(true)
    }
}

/// Applies a change in one transaction; how many quads it took out.
fn apply(graph: &GraphStore, store: &Store, state: &State, change: Change) -> Result<usize, StoreError> {
    let failed = |e: StorageError| store.graph_error(&e);
    let mut tx = graph.start_transaction().map_err(failed)?;
    let mut removed = change.removed.len();
    change.removed.iter().for_each(|q| tx.remove(q));
    change.added.iter().for_each(|q| tx.insert(q));
    let mut gone: BTreeSet<NamedNode> = change.gone.into_iter().collect();
    for number in change.made {
        let id = state.briefs()[number].id();
        let record = store.record(id)?.ok_or_else(|| store.log.missing(id))?;
        let quads = state.article(number, &record);
        let name = state.article_iri(number);
        gone.remove(&name);
        removed += exchange(&mut tx, &name, quads).map_err(failed)?;
    }
    for name in &gone {
        removed += exchange(&mut tx, name, Vec::new()).map_err(failed)?;
        tx.remove_named_graph(name).map_err(failed)?;
    }
    tx.commit().map_err(failed)?;
    Ok(removed)
}

/// Makes these the quads of a named graph; how many it took out.
fn exchange(tx: &mut Transaction<'_>, name: &NamedNode, quads: Vec<Quad>) -> Result<usize, StorageError> {
    let graph = GraphNameRef::NamedNode(name.as_ref());
    let old: Vec<Quad> = tx.quads_for_pattern(None, None, None, Some(graph)).collect::<Result<_, _>>()?;
    let new: HashSet<&Quad> = quads.iter().collect();
    let gone: Vec<&Quad> = old.iter().filter(|q| !new.contains(q)).collect();
    gone.iter().for_each(|q| tx.remove(*q));
    quads.iter().for_each(|q| tx.insert(q));
    Ok(gone.len())
}

/// The articles of a store without their texts, fused, and the last change of the store that they have.
fn state(store: &Store, options: &GraphOptions, memo: &mut Memo) -> Result<(State, u64), StoreError> {
    let last = store.log.news(0)?.last;
    let mut briefs = Vec::new();
    store.each_part(|records| {
        briefs.par_extend(records.into_par_iter().map(|r| Arc::new(Brief::of(r, options))));
        Ok(())
    })?;
    Ok((State::with(briefs, options, memo), last))
}

/// Fills an empty graph, part by part.
fn fill(graph: &GraphStore, store: &Store, state: &State) -> Result<(), StoreError> {
    let failed = |e: StorageError| store.graph_error(&e);
    let mut loader = graph.bulk_loader();
    let mut number = 0;
    store.each_part(|records| {
        let numbered = records.into_par_iter().enumerate();
        let quads = numbered.flat_map_iter(|(i, record)| state.article(number + i, &record));
        let quads: Vec<Quad> = quads.collect();
        number = state.briefs().len().min(number + super::PART);
        loader.load_quads(quads).map_err(failed)
    })?;
    state.each_default(|quads| loader.load_quads(quads)).map_err(failed)?;
    loader.commit().map_err(failed)
}

/// Follows a store that other processes write.
pub struct Watch {
    dir: PathBuf,
    live: Live,
    seen: Option<(SystemTime, u64)>,
}

impl Watch {
    /// Follows an open store, which may be dropped then, so that others can write.
    pub fn new(store: &Store) -> Result<Self, StoreError> {
        let (dir, options) = (store.dir().to_owned(), store.options()?);
        let seen = state_of(&dir);
        Ok(Self { live: Live::new(store, &options)?, dir, seen })
    }

    /// The graph as it was when the store was last looked at.
    pub fn graph(&self) -> &GraphStore {
        self.live.graph()
    }

    /// Looks whether the store was written, and if so brings the graph up to it. While another process writes, nothing
    /// changes yet.
    pub fn look(&mut self) -> Result<bool, StoreError> {
        let now = state_of(&self.dir);
        if now == self.seen {
            return Ok(false);
        }
        let store = match Store::open(&self.dir, OpenMode::READ) {
            Err(StoreError::InUse(_)) => return Ok(false),
            store => store?,
        };
        let changed = self.live.follow(&store)?;
        self.seen = now;
        Ok(changed)
    }
}

/// Time and size of a store's file, by which a change shows.
fn state_of(dir: &std::path::Path) -> Option<(SystemTime, u64)> {
    let meta = fs::metadata(file::path(dir)).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}
