//! The order of quads: that of their N-Quads lines, told without writing them.

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::cmp::Ordering;

/// Sorts quads by graph, subject, predicate and object as N-Quads writes them, and drops repeats.
pub(super) fn sort(quads: &mut Vec<Quad>) {
    quads.sort_unstable_by(compare);
    quads.dedup();
}

/// Compares by graph, subject, predicate, object.
pub(super) fn compare(a: &Quad, b: &Quad) -> Ordering {
    graphs(&a.graph_name, &b.graph_name)
        .then_with(|| subjects(&a.subject, &b.subject))
        .then_with(|| iris(&a.predicate, &b.predicate))
        .then_with(|| objects(&a.object, &b.object))
}

fn graphs(a: &GraphName, b: &GraphName) -> Ordering {
    match (a, b) {
        (GraphName::NamedNode(a), GraphName::NamedNode(b)) => iris(a, b),
        (a, b) if a == b => Ordering::Equal,
        (a, b) => a.to_string().cmp(&b.to_string()),
    }
}

fn subjects(a: &NamedOrBlankNode, b: &NamedOrBlankNode) -> Ordering {
    match (a, b) {
        (NamedOrBlankNode::NamedNode(a), NamedOrBlankNode::NamedNode(b)) => iris(a, b),
        (a, b) => a.to_string().cmp(&b.to_string()),
    }
}

fn objects(a: &Term, b: &Term) -> Ordering {
    match (a, b) {
        (Term::NamedNode(a), Term::NamedNode(b)) => iris(a, b),
        (a, b) if a == b => Ordering::Equal,
        (a, b) => a.to_string().cmp(&b.to_string()),
    }
}

/// As between angle brackets: what ends first is followed by `>`.
fn iris(a: &NamedNode, b: &NamedNode) -> Ordering {
    let (a, b) = (a.as_str().as_bytes(), b.as_str().as_bytes());
    let both = a.len().min(b.len());
    a[..both].cmp(&b[..both]).then_with(|| match (a.get(both), b.get(both)) {
        (None, None) => Ordering::Equal,
        (None, Some(more)) => b'>'.cmp(more),
        (Some(more), _) => more.cmp(&b'>'),
    })
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{plain, tagged, typed};
    use super::*;

    #[test]
    fn quads_are_ordered_as_their_lines() {
        let names = ["http://a.example/b", "http://a.example/b-c", "http://a.example/bc", "http://a.example/b#c"];
        let node = |name: &str| NamedNode::new_unchecked(name);
        let mut objects: Vec<Term> = names.iter().map(|n| node(n).into()).collect();
        objects.extend([plain("b"), plain("b\nc"), plain("b c"), tagged("b", "de"), typed("1", "integer")]);
        let graphs = [GraphName::DefaultGraph, node(names[0]).into(), node(names[1]).into()];
        let mut quads = Vec::new();
        for graph in &graphs {
            for name in names {
                quads.extend(objects.iter().map(|o| Quad::new(node(name), node(names[3]), o.clone(), graph.clone())));
            }
        }
        let parts =
            |q: &Quad| (q.graph_name.to_string(), q.subject.to_string(), q.predicate.to_string(), q.object.to_string());
        let mut lines = quads.clone();
        lines.sort_by_key(parts);
        sort(&mut quads);
        assert!(quads == lines);
    }
}
