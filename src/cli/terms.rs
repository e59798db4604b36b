//! The terms of the graph contract that `stats` and `explain` look for.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};

pub use crate::graph::vocabulary::value as plain;
pub use oxigraph::model::vocab::rdf::{OBJECT, PREDICATE, SUBJECT, TYPE};
pub use oxigraph::model::vocab::rdfs::LABEL;

/// Namespace of newsgraph's own terms.
pub const NG: &str = "https://w3id.org/newsgraph/ontology#";
/// Namespace of schema.org.
pub const SCHEMA: &str = "https://schema.org/";

macro_rules! terms {
    ($($name:ident = $iri:literal;)*) => {
        $(pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);)*
    };
}

terms! {
    CLAIM = "https://w3id.org/newsgraph/ontology#Claim";
    SUPPORT = "https://w3id.org/newsgraph/ontology#Support";
    CONFLICT = "https://w3id.org/newsgraph/ontology#Conflict";
    STATUS = "https://w3id.org/newsgraph/ontology#status";
    CONFIDENCE = "https://w3id.org/newsgraph/ontology#confidence";
    EVIDENCE = "https://w3id.org/newsgraph/ontology#evidence";
    ACTION = "https://schema.org/Action";
    QUOTATION = "https://schema.org/Quotation";
    QUANTITY = "https://schema.org/QuantitativeValue";
    IN_LANGUAGE = "https://schema.org/inLanguage";
    HEADLINE = "https://schema.org/headline";
    SAME_AS = "http://www.w3.org/2002/07/owl#sameAs";
    ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
    ATTRIBUTED = "http://www.w3.org/ns/prov#wasAttributedTo";
    DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom";
    GENERATED = "http://www.w3.org/ns/prov#wasGeneratedBy";
    START = "http://www.w3.org/ns/oa#start";
    END = "http://www.w3.org/ns/oa#end";
    EXACT = "http://www.w3.org/ns/oa#exact";
}

/// The last part of an IRI: `founder` of `https://schema.org/founder`.
pub fn local_name(iri: &str) -> &str {
    iri.trim_end_matches(['/', '#']).rsplit(['/', '#']).next().unwrap_or(iri)
}

/// The term as a node, if it is one.
pub fn node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        _ => None,
    }
}

/// Whether the quad says that its subject is of the class.
pub fn is_a(quad: &Quad, class: NamedNodeRef) -> bool {
    quad.predicate == TYPE && matches!(&quad.object, Term::NamedNode(object) if *object == class)
}
