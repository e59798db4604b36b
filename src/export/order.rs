//! The order of quads in every export: default graph first, `rdf:type` before other predicates.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::cmp::Ordering;

/// Orders by graph, subject, predicate, object.
pub(super) fn quads(a: &Quad, b: &Quad) -> Ordering {
    graph_key(&a.graph_name)
        .cmp(&graph_key(&b.graph_name))
        .then_with(|| node_key(&a.subject).cmp(&node_key(&b.subject)))
        .then_with(|| predicate_key(&a.predicate).cmp(&predicate_key(&b.predicate)))
        .then_with(|| term_key(&a.object).cmp(&term_key(&b.object)))
}

fn graph_key(graph: &GraphName) -> (u8, &str) {
    match graph {
        GraphName::DefaultGraph => (0, ""),
        GraphName::NamedNode(node) => (1, node.as_str()),
        GraphName::BlankNode(node) => (2, node.as_str()),
    }
}

fn node_key(node: &NamedOrBlankNode) -> (u8, &str) {
    match node {
        NamedOrBlankNode::NamedNode(node) => (0, node.as_str()),
        NamedOrBlankNode::BlankNode(node) => (1, node.as_str()),
    }
}

fn predicate_key(predicate: &NamedNode) -> (bool, &str) {
    (predicate.as_ref() != rdf::TYPE, predicate.as_str())
}

/// IRIs, then blank nodes, then literals by value, language and datatype.
fn term_key(term: &Term) -> (u8, &str, &str, &str) {
    match term {
        Term::NamedNode(node) => (0, node.as_str(), "", ""),
        Term::BlankNode(node) => (1, node.as_str(), "", ""),
        Term::Literal(literal) => (2, literal.value(), literal.language().unwrap_or(""), literal.datatype().as_str()),
    }
}
