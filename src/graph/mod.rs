//! Records and fusion → RDF, in the words of the graph contract.

mod article;
mod fused;
mod iri;
pub mod vocabulary;

use crate::fusion::{self, Fused};
use crate::pipeline::GraphOptions;
use crate::record::ArticleRecord;
use oxigraph::model::Quad;

/// Every quad of the graph, sorted, without repeats. The records are sorted by id.
pub fn quads(records: &[&ArticleRecord], things: &Fused, options: &GraphOptions) -> Vec<Quad> {
    let names = iri::Iris::new(&options.base);
    let mut quads = Vec::new();
    for (index, record) in records.iter().enumerate() {
        article::quads(index, record, things, &names, options, &mut quads);
    }
    let conflicts = fusion::conflicts(records, things);
    fused::quads(records, things, &conflicts, &names, &mut quads);
    quads.sort_by_cached_key(|q| {
        (q.graph_name.to_string(), q.subject.to_string(), q.predicate.to_string(), q.object.to_string())
    });
    quads.dedup();
    quads
}
