//! What the default graph needs of an article: the record without its text.

use crate::record::ArticleRecord;
use sha2::{Digest, Sha256};

/// An article for fusion and the default graph. Its text, most of a record, is left out: only the article's own graph
/// needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    record: ArticleRecord,
    words: Words,
}

/// Names the words of a text, whatever the space between them: copies of an article have it in common.
pub(super) type Words = [u8; 16];

impl Brief {
    /// Of a record whose text may go.
    pub fn of(mut record: ArticleRecord) -> Self {
        let mut hash = Sha256::new();
        for word in record.document.text.split_whitespace() {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
        let digest = hash.finalize();
        record.document.text = String::new();
        Self { record, words: std::array::from_fn(|i| digest[i]) }
    }

    /// The record; its text is empty.
    pub fn record(&self) -> &ArticleRecord {
        &self.record
    }

    /// The article's id.
    pub fn id(&self) -> &str {
        self.record.id()
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }
}
