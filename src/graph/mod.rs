//! Records and fusion → RDF, in the words of the graph contract.
//!
//! The graph has two parts: the named graph of each article, made of its record and the names of its things, and the
//! default graph, made of all [`Brief`]s at once. [`State`] is a set of articles with what fusion makes of them;
//! [`Change`] is what leads from the graph of one state to that of another.

mod article;
mod brief;
mod change;
mod facts;
mod fused;
mod iri;
mod order;
pub mod vocabulary;

pub use brief::Brief;
pub use change::Change;
// What a state leaves to the next.
pub use crate::fusion::Memo;

use crate::fusion::{self, Card, Conflict, Fused};
use crate::pipeline::GraphOptions;
use crate::record::ArticleRecord;
use oxigraph::model::{NamedNode, Quad};
use rayon::prelude::*;
use std::sync::Arc;

/// How many articles or things are made into quads at once; bounds memory.
const PART: usize = 4096;

/// A set of articles, fused: all that the graph is a function of but the texts.
pub struct State {
    /// Sorted by id, each once.
    briefs: Vec<Arc<Brief>>,
    fused: Fused,
    /// For each article the number of the first of those that it is a copy or translation of.
    origins: Vec<usize>,
    conflicts: Vec<Conflict>,
    iris: iri::Iris,
    options: GraphOptions,
}

impl State {
    /// Fuses articles, given in any order; of several with one id the first counts.
    pub fn new(briefs: Vec<Arc<Brief>>, options: &GraphOptions) -> Self {
        Self::with(briefs, options, &mut Memo::default())
    }

    /// The same with what a state of nearly the same articles has left in the memo, sooner.
    pub fn with(mut briefs: Vec<Arc<Brief>>, options: &GraphOptions, memo: &mut Memo) -> Self {
        briefs.sort_by(|a, b| a.id().cmp(b.id()));
        briefs.dedup_by(|a, b| a.id() == b.id());
        let whole: Vec<&ArticleRecord> = briefs.iter().map(|b| b.whole()).collect();
        let cards: Vec<&Card> = briefs.iter().map(|b| b.card()).collect();
        let fused = fusion::fuse(&whole, &cards, &options.given(), memo);
        let records: Vec<&ArticleRecord> = briefs.iter().map(|b| b.record()).collect();
        let conflicts = fusion::conflicts(&records, &fused);
        let origins = fusion::origins(&cards, &fused);
        let iris = iri::Iris::new(&options.base);
        Self { briefs, fused, origins, conflicts, iris, options: options.clone() }
    }

    /// The articles, sorted by id.
    pub fn briefs(&self) -> &[Arc<Brief>] {
        &self.briefs
    }

    /// What shapes the graph beside the articles.
    pub fn options(&self) -> &GraphOptions {
        &self.options
    }

    /// The things of the articles, which are numbered as in [`State::briefs`].
    pub fn fused(&self) -> &Fused {
        &self.fused
    }

    /// The quads of the named graph of an article, given by its number and its record with the text; sorted, without
    /// repeats.
    pub fn article(&self, index: usize, record: &ArticleRecord) -> Vec<Quad> {
        let least = self.options.min_confidence;
        let certain = (least > 0).then(|| record.at_least(least));
        let record = certain.as_ref().unwrap_or(record);
        let mut quads = article::quads(index, record, &self.fused, &self.iris, &self.options);
        order::sort(&mut quads);
        quads
    }

    /// The IRI of an article and of its named graph.
    pub fn article_iri(&self, index: usize) -> NamedNode {
        article::name(&self.iris, self.briefs[index].record())
    }

    /// The id of the first article that an article is a copy or translation of.
    fn origin(&self, index: usize) -> &str {
        self.briefs[self.origins[index]].id()
    }

    /// Whether an article is a copy or translation of none before it.
    fn is_its_own_origin(&self, index: usize) -> bool {
        self.origins[index] == index
    }

    fn record(&self, index: usize) -> &ArticleRecord {
        self.briefs[index].record()
    }

    /// The default graph, part by part, so that it is never in memory as a whole; a quad may come several times.
    pub fn each_default<E>(&self, mut part: impl FnMut(Vec<Quad>) -> Result<(), E>) -> Result<(), E> {
        for things in self.fused.things.chunks(PART) {
            part(things.par_iter().flat_map_iter(|t| self.thing(t)).collect())?;
        }
        let facts = facts::all(self);
        for some in facts.chunks(PART) {
            part(some.par_iter().flat_map_iter(|f| self.fact(f)).collect())?;
        }
        let numbers: Vec<usize> = (0..self.briefs.len()).collect();
        for some in numbers.chunks(PART) {
            part(some.par_iter().flat_map_iter(|a| self.told(*a)).collect())?;
        }
        for some in self.conflicts.chunks(PART) {
            part(some.par_iter().flat_map_iter(|c| self.conflict(c)).collect())?;
        }
        Ok(())
    }

    /// What an article adds to the default graph beside facts.
    fn told(&self, index: usize) -> Vec<Quad> {
        article::told(index, self.record(index), &self.fused, &self.iris)
    }
}

/// Every quad of the graph, sorted, without repeats.
pub fn quads(records: &[&ArticleRecord], options: &GraphOptions) -> Vec<Quad> {
    let mut sorted: Vec<&ArticleRecord> = records.to_vec();
    sorted.sort_by(|a, b| a.id().cmp(b.id()));
    sorted.dedup_by(|a, b| a.id() == b.id());
    let briefs: Vec<_> = sorted.par_iter().map(|r| Arc::new(Brief::of((*r).clone(), options))).collect();
    let state = State::new(briefs, options);
    let graphs: Vec<Vec<Quad>> =
        sorted.par_iter().enumerate().map(|(number, record)| state.article(number, record)).collect();
    // Graphs are named by ids, and `<` comes before `D`, as which the default graph is ordered.
    let mut quads: Vec<Quad> = graphs.into_iter().flatten().collect();
    let mut default = Vec::new();
    let collected = state.each_default(|part| {
        default.extend(part);
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(()) = collected;
    order::sort(&mut default);
    quads.extend(default);
    quads
}
