//! Turtle and TriG laid out for reading and for diffs: one block a subject, one line a value.

use crate::prefix::Prefixes;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes sorted quads; named graphs, if any, become TriG blocks.
pub(super) fn write(quads: &[Quad], prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    write_prefixes(quads, prefixes, out)?;
    for graph in quads.chunk_by(|a, b| a.graph_name == b.graph_name) {
        let indent = match &graph[0].graph_name {
            GraphName::DefaultGraph => "",
            GraphName::NamedNode(name) => {
                writeln!(out, "\n{} {{", prefixes.shorten(name.as_str()))?;
                "  "
            }
            GraphName::BlankNode(name) => {
                writeln!(out, "\n{name} {{")?;
                "  "
            }
        };
        for (i, block) in graph.chunk_by(|a, b| a.subject == b.subject).enumerate() {
            if i > 0 || indent.is_empty() {
                writeln!(out)?;
            }
            write_block(block, indent, prefixes, out)?;
        }
        if !indent.is_empty() {
            writeln!(out, "}}")?;
        }
    }
    Ok(())
}

fn write_block(block: &[Quad], indent: &str, prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{indent}{}", subject(&block[0].subject, prefixes))?;
    for (i, group) in block.chunk_by(|a, b| a.predicate == b.predicate).enumerate() {
        match i {
            0 => write!(out, " ")?,
            _ => write!(out, " ;\n{indent}    ")?,
        }
        let predicate = &group[0].predicate;
        match predicate.as_ref() == rdf::TYPE {
            true => write!(out, "a")?,
            false => write!(out, "{}", prefixes.shorten(predicate.as_str()))?,
        }
        write_objects(group, indent, prefixes, out)?;
    }
    writeln!(out, " .")
}

/// Types share a line; of anything else several values stand one a line.
fn write_objects(group: &[Quad], indent: &str, prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    let inline = group.len() == 1 || group[0].predicate.as_ref() == rdf::TYPE;
    for (i, quad) in group.iter().enumerate() {
        match (i, inline) {
            (0, true) => write!(out, " ")?,
            (_, true) => write!(out, ", ")?,
            (0, false) => write!(out, "\n{indent}        ")?,
            (_, false) => write!(out, ",\n{indent}        ")?,
        }
        write!(out, "{}", term(&quad.object, prefixes))?;
    }
    Ok(())
}

fn write_prefixes(quads: &[Quad], prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    let mut used = BTreeSet::new();
    for iri in quads.iter().flat_map(iris) {
        if let Some((prefix, _)) = prefixes.split(iri) {
            used.insert(prefix);
        }
    }
    for (prefix, iri) in prefixes.iter().filter(|(prefix, _)| used.contains(prefix)) {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    Ok(())
}

/// The IRIs that the text of the quad shows.
fn iris(quad: &Quad) -> impl Iterator<Item = &str> {
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let predicate = (quad.predicate.as_ref() != rdf::TYPE).then(|| quad.predicate.as_str());
    let object = match &quad.object {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) if shows_datatype(literal) => Some(literal.datatype().as_str()),
        _ => None,
    };
    let graph = match &quad.graph_name {
        GraphName::NamedNode(node) => Some(node.as_str()),
        _ => None,
    };
    [subject, predicate, object, graph].into_iter().flatten()
}

fn subject(node: &NamedOrBlankNode, prefixes: &Prefixes) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => prefixes.shorten(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// A term as Turtle writes it.
pub(crate) fn term(term: &Term, prefixes: &Prefixes) -> String {
    match term {
        Term::NamedNode(node) => prefixes.shorten(node.as_str()),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) if is_bare_number(literal) => literal.value().to_owned(),
        Term::Literal(literal) if shows_datatype(literal) => {
            let quoted = Literal::new_simple_literal(literal.value());
            format!("{quoted}^^{}", prefixes.shorten(literal.datatype().as_str()))
        }
        Term::Literal(literal) => literal.to_string(),
    }
}

fn shows_datatype(literal: &Literal) -> bool {
    literal.language().is_none() && literal.datatype() != xsd::STRING && !is_bare_number(literal)
}

/// Whether every parser gives the very same literal back from Turtle's shorthand: some read a
/// number as a number, and so lose `+1`, `007` and `.5`.
fn is_bare_number(literal: &Literal) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole = |s: &str| digits(s) && (s == "0" || !s.starts_with('0'));
    let value = literal.value();
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    match literal.datatype() {
        xsd::INTEGER => whole(unsigned) && value != "-0",
        xsd::DECIMAL => unsigned.split_once('.').is_some_and(|(before, after)| whole(before) && digits(after)),
        _ => false,
    }
}
