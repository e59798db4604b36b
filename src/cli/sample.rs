//! The sample graph, for tests.

use crate::article::Document;
use crate::cli::terms::{self, plain};
use crate::language::Language;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad};

/// An invented story told by five articles, as the graph contract has it.
pub fn quads() -> Vec<Quad> {
    let trig = include_str!("../../tests/fixtures/sample.trig");
    RdfParser::from_format(RdfFormat::TriG).for_slice(trig).map(Result::unwrap).collect()
}

/// A document of the sample by its article's id, with what the graph says of it.
pub fn document(id: &str) -> Option<Document> {
    let quads = quads();
    let value = |property: NamedNodeRef| {
        let of_article = |q: &&Quad| match &q.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().ends_with(id),
            NamedOrBlankNode::BlankNode(_) => false,
        };
        let quad = quads.iter().filter(of_article).find(|q| q.predicate == property)?;
        Some(plain(&quad.object).to_owned())
    };
    Some(Document {
        text: value(NamedNodeRef::new_unchecked("https://schema.org/articleBody"))?,
        sha256: value(NamedNodeRef::new_unchecked("https://schema.org/sha256"))?,
        language: Language::from_code(&value(terms::IN_LANGUAGE)?)?,
        headline: value(terms::HEADLINE)?,
        headline_span: None,
        published: None,
        publisher: None,
        author: None,
        url: None,
        furniture: vec![],
    })
}
