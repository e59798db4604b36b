//! The whole flow on one screen.

use crate::analysis::Analysis;
use crate::article::Document;
use crate::claim::{self, Found};
use crate::entity::Resolved;
use crate::fusion::{self, Card, Fused, Given, KnownThings, Links, Memo};
use crate::graph;
use crate::language::LanguageData;
use crate::mention::{self, Name, date, name, number, quote, tags};
use crate::record::ArticleRecord;
use oxigraph::model::Quad;
use rayon::prelude::*;

/// The default `{base}` of instance IRIs.
pub const DEFAULT_BASE: &str = "https://w3id.org/newsgraph/data/";

/// What shapes the graph beside the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphOptions {
    /// `{base}` of instance IRIs.
    pub base: String,
    /// Whether `schema:articleBody` is in the graph.
    pub article_body: bool,
    /// What is less certain than this, in hundredths, is left out.
    pub min_confidence: u8,
    /// Links that a person made between things.
    pub links: Links,
    /// Known things, to which the articles' are linked.
    pub known: KnownThings,
}

impl Default for GraphOptions {
    fn default() -> Self {
        Self {
            base: DEFAULT_BASE.to_owned(),
            article_body: true,
            min_confidence: 0,
            links: Links::default(),
            known: KnownThings::default(),
        }
    }
}

impl GraphOptions {
    /// What fusion is given of them.
    pub(crate) fn given(&self) -> Given<'_> {
        Given { base: &self.base, links: &self.links, known: &self.known }
    }
}

/// Document → record: analysis, mentions, entities, claims. Total: it cannot fail.
pub fn extract(document: Document) -> ArticleRecord {
    let mut analysis = Analysis::new(&document, LanguageData::of(document.language));
    let names = names(&mut analysis);
    let dates = date::find(&analysis);
    let numbers = number::find(&analysis, &dates);
    let found = Found { quotes: quote::find(&analysis), dates, numbers };
    let mut resolved = Resolved::new(&analysis, &names);
    let said = claim::find(&mut resolved, &found);
    let entities = resolved.entities;
    ArticleRecord {
        entities,
        claims: said.claims,
        events: said.events,
        quantities: said.quantities,
        quotations: said.quotations,
        document,
    }
}

/// The names of a text: the rules find them, the model reads the sentences with that in view, and
/// both decide. Fills in the analysis's tags and trees.
pub fn names(analysis: &mut Analysis) -> Vec<Name> {
    let found = name::find(analysis);
    analysis.understand(&tags::of(analysis, &found));
    mention::settle(analysis, found)
}

/// Records → every quad of the graph: one named graph an article, and the fused default graph.
/// Depends on the set of records alone, not on their order; the result is sorted, without repeats.
pub fn graph(records: &[ArticleRecord], options: &GraphOptions) -> Vec<Quad> {
    graph::quads(&records.iter().collect::<Vec<_>>(), options)
}

/// Records sorted by id, each once.
pub fn sorted(records: &[ArticleRecord]) -> Vec<&ArticleRecord> {
    let mut sorted: Vec<&ArticleRecord> = records.iter().collect();
    sorted.sort_by(|a, b| a.id().cmp(b.id()));
    sorted.dedup_by(|a, b| a.id() == b.id());
    sorted
}

/// The things of sorted records.
pub fn fuse(sorted: &[&ArticleRecord], options: &GraphOptions) -> Fused {
    let cards: Vec<Card> = sorted.par_iter().map(|r| Card::of(r)).collect();
    let cards: Vec<&Card> = cards.iter().collect();
    fusion::fuse(sorted, &cards, &options.given(), &mut Memo::default())
}
