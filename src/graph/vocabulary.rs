//! The terms of the graph contract that are not relations.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};

pub use crate::ontology::{NG, SCHEMA};

/// RDF Schema
pub const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
/// SKOS
pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
/// OWL
pub const OWL: &str = "http://www.w3.org/2002/07/owl#";
/// PROV-O
pub const PROV: &str = "http://www.w3.org/ns/prov#";
/// Web Annotation
pub const OA: &str = "http://www.w3.org/ns/oa#";

/// `rdf:type`
pub const TYPE: NamedNodeRef<'static> = oxigraph::model::vocab::rdf::TYPE;

/// A term of newsgraph's own ontology.
pub fn ng(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NG}{local}"))
}

/// A term of schema.org.
pub fn schema(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SCHEMA}{local}"))
}

/// A term of another vocabulary.
pub fn term(namespace: &str, local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{local}"))
}

/// A literal of an XML Schema type.
pub fn typed(value: impl Into<String>, local: &str) -> Term {
    Literal::new_typed_literal(value, term("http://www.w3.org/2001/XMLSchema#", local)).into()
}

/// A literal in a language.
pub fn tagged(value: &str, language: &str) -> Term {
    Literal::new_language_tagged_literal_unchecked(value, language).into()
}

/// A plain literal.
pub fn plain(value: &str) -> Term {
    Literal::new_simple_literal(value).into()
}

/// A confidence in hundredths as xsd:decimal.
pub fn confidence(hundredths: u8) -> Term {
    let hundredths = hundredths.min(100);
    let text = if hundredths == 100 { "1.0".to_owned() } else { format!("0.{hundredths:02}") };
    typed(text, "decimal")
}

/// A date with the XML Schema type that fits how much of it is known.
pub fn date(iso: &str) -> Term {
    let kind = match iso.len() {
        4 => "gYear",
        7 if iso.starts_with("--") => "gMonthDay",
        7 => "gYearMonth",
        _ => "date",
    };
    typed(iso, kind)
}

/// The IRI or the words of a term, without marks.
pub fn value(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        #[allow(unreachable_patterns)]
        _ => "",
    }
}
