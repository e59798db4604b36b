//! What fusion and the default graph need of an article: the record without its text.

use crate::fusion::Card;
use crate::pipeline::GraphOptions;
use crate::record::ArticleRecord;

/// An article for fusion and the default graph. Its text, most of a record, is left out: only the article's own graph
/// needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    record: ArticleRecord,
    /// The record as the graph has it, if it leaves out what is uncertain.
    certain: Option<ArticleRecord>,
    card: Card,
}

impl Brief {
    /// Of a record whose text may go, for a graph with these options.
    pub fn of(mut record: ArticleRecord, options: &GraphOptions) -> Self {
        let card = Card::of(&record);
        record.document.text = String::new();
        let certain = (options.min_confidence > 0).then(|| record.at_least(options.min_confidence));
        Self { record, certain, card }
    }

    /// All that the article says; what the graph leaves out still tells which thing is which. The text is empty.
    pub fn whole(&self) -> &ArticleRecord {
        &self.record
    }

    /// What the graph has of it. The text is empty.
    pub fn record(&self) -> &ArticleRecord {
        self.certain.as_ref().unwrap_or(&self.record)
    }

    /// The article's id.
    pub fn id(&self) -> &str {
        self.record.id()
    }

    /// What fusion compares of it.
    pub(super) fn card(&self) -> &Card {
        &self.card
    }
}
