//! Bytes → [`Document`]: plain text, HTML, JSON Lines; metadata; language; furniture.

use crate::language::Language;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// One article as read: the text that all spans count in, and what the input says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The text that offsets count in (`schema:articleBody`). Of a plain-text file the decoded
    /// file unchanged; of HTML or JSON the text taken from it.
    pub text: String,
    /// Hex SHA-256 of the input's bytes: the file, or the JSON line.
    pub sha256: String,
    /// The language the text is in.
    pub language: Language,
    /// The headline: the input's title, else the first line of the text.
    pub headline: String,
    /// Where the headline stands in `text`, if it does.
    pub headline_span: Option<Span>,
    /// Publication date, ISO 8601 (`2024-07-20` or with a time), where the input gives it.
    pub published: Option<String>,
    /// Publisher's name, where the input gives it.
    pub publisher: Option<String>,
    /// Author's name, where the input gives it.
    pub author: Option<String>,
    /// The article's address, where the input gives it.
    pub url: Option<String>,
    /// Stretches that are the site's own furniture (contact blocks, share lines, comments,
    /// "read also"), sorted, not overlapping. Nothing in them becomes part of the graph.
    pub furniture: Vec<Span>,
}
