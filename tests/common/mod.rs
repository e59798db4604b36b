//! What several test files need.

#![allow(dead_code)]

use newsgraph::article::Document;
use newsgraph::language::Language;
use newsgraph::record::ArticleRecord;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A record of an English text that says nothing.
pub fn record(text: &str, url: Option<&str>) -> ArticleRecord {
    let document = Document {
        text: text.to_owned(),
        sha256: sha256(text.as_bytes()),
        language: Language::En,
        headline: text.lines().next().unwrap_or_default().to_owned(),
        headline_span: None,
        published: None,
        publisher: None,
        author: None,
        url: url.map(str::to_owned),
        furniture: vec![],
    };
    ArticleRecord {
        document,
        entities: vec![],
        claims: vec![],
        events: vec![],
        quantities: vec![],
        quotations: vec![],
    }
}

/// Hex SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
}
