//! The graph in memory, made at every start. `disk.rs` has the same functions for a graph that stays.

use crate::pipeline::GraphOptions;
use crate::store::{GraphStore, Store, StoreError};

/// So many quads taken out of a graph are borne before it is made anew: Oxigraph does not give their room back.
pub const WASTE: usize = 1_000_000;

/// Where the graph of a store is kept.
pub struct Home;

impl Home {
    /// The home of a store's graph.
    pub fn of(_: &Store) -> Result<Self, StoreError> {
        Ok(Self)
    }

    /// The graph of the store as it is, which `fill` fills.
    pub fn graph(
        &mut self,
        store: &Store,
        _: &GraphOptions,
        fill: impl FnOnce(&GraphStore) -> Result<(), StoreError>,
    ) -> Result<GraphStore, StoreError> {
        let graph = GraphStore::new().map_err(|e| store.graph_error(&e))?;
        fill(&graph)?;
        Ok(graph)
    }

    /// Changes the graph to that of the store as it is now.
    pub fn change<T>(
        &mut self,
        _: &Store,
        _: &GraphOptions,
        _: &GraphStore,
        change: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        change()
    }

    /// The graph, to be read and changed no more.
    pub fn into_graph(self, graph: GraphStore) -> Result<GraphStore, StoreError> {
        Ok(graph)
    }
}

/// The graph of the store as it is, if there is one already.
pub fn ready(_: &Store, _: &GraphOptions) -> Result<Option<GraphStore>, StoreError> {
    Ok(None)
}
