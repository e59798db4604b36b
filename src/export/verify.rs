//! Reading an export back with a parser that did not write it, and comparing.

use super::Format;
use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxigraph::model::{BlankNode, Dataset, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use rio_api::model as rio;
use rio_api::parser::{QuadsParser, TriplesParser};
use rio_turtle::{NQuadsParser, NTriplesParser, TriGParser, TurtleError, TurtleParser};
use sha2::{Digest, Sha256};

/// Why an export is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Another parser cannot read it.
    #[error("the exported {format} cannot be read back: {reason}")]
    Unreadable {
        /// The format written.
        format: Format,
        /// The parser's words.
        reason: String,
    },
    /// It reads back as another graph.
    #[error(
        "the exported {format} reads back as another graph: {written} quads written, {read} read, first difference: {example}"
    )]
    Different {
        /// The format written.
        format: Format,
        /// Quads written.
        written: usize,
        /// Quads read.
        read: usize,
        /// One quad that only one side has.
        example: String,
    },
    /// There is no second parser for the format.
    #[error("{0} cannot be verified: only turtle, trig, ntriples and nquads can")]
    Unsupported(Format),
}

/// Reads `bytes` with rio_turtle and compares it with the quads that were written.
pub fn verify(bytes: &[u8], format: Format, quads: &[Quad]) -> Result<(), VerifyError> {
    if !format.is_verifiable() {
        return Err(VerifyError::Unsupported(format));
    }
    let read = read(bytes, format).map_err(|error| VerifyError::Unreadable { format, reason: error.to_string() })?;
    if canonical_hash(quads) == canonical_hash(&read) {
        return Ok(());
    }
    let (written, read) = (canonical_lines(quads), canonical_lines(&read));
    let example = written
        .iter()
        .find(|line| read.binary_search(line).is_err())
        .or_else(|| read.iter().find(|line| written.binary_search(line).is_err()));
    Err(VerifyError::Different {
        format,
        written: written.len(),
        read: read.len(),
        example: example.cloned().unwrap_or_default(),
    })
}

/// SHA-256 of the canonical N-Quads: equal for isomorphic datasets and for no others.
pub fn canonical_hash(quads: &[Quad]) -> String {
    let mut hash = Sha256::new();
    for line in canonical_lines(quads) {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sorted N-Quads without repeats, blank nodes renamed by RDFC-1.0 if there are any.
fn canonical_lines(quads: &[Quad]) -> Vec<String> {
    let mut lines: Vec<String> = if quads.iter().any(has_blank_node) {
        let mut dataset = Dataset::from_iter(quads);
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        dataset.iter().map(|quad| quad.to_string()).collect()
    } else {
        quads.iter().map(Quad::to_string).collect()
    };
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn has_blank_node(quad: &Quad) -> bool {
    quad.subject.is_blank_node() || quad.object.is_blank_node() || quad.graph_name.is_blank_node()
}

fn read(bytes: &[u8], format: Format) -> Result<Vec<Quad>, TurtleError> {
    let mut quads = Vec::new();
    let mut triple = |t: rio::Triple<'_>| {
        quads.push(quad(t.subject, t.predicate, t.object, None));
        Ok::<_, TurtleError>(())
    };
    match format {
        Format::Turtle => TurtleParser::new(bytes, None).parse_all(&mut triple)?,
        Format::NTriples => NTriplesParser::new(bytes).parse_all(&mut triple)?,
        _ => {
            let mut each = |q: rio::Quad<'_>| {
                quads.push(quad(q.subject, q.predicate, q.object, q.graph_name));
                Ok::<_, TurtleError>(())
            };
            match format {
                Format::TriG => TriGParser::new(bytes, None).parse_all(&mut each)?,
                _ => NQuadsParser::new(bytes).parse_all(&mut each)?,
            }
        }
    }
    Ok(quads)
}

fn quad(
    subject: rio::Subject<'_>,
    predicate: rio::NamedNode<'_>,
    object: rio::Term<'_>,
    graph: Option<rio::GraphName<'_>>,
) -> Quad {
    let subject: NamedOrBlankNode = match subject {
        rio::Subject::NamedNode(node) => NamedNode::new_unchecked(node.iri).into(),
        rio::Subject::BlankNode(node) => BlankNode::new_unchecked(node.id).into(),
        rio::Subject::Triple(triple) => BlankNode::new_unchecked(triple.to_string()).into(),
    };
    let object: Term = match object {
        rio::Term::NamedNode(node) => NamedNode::new_unchecked(node.iri).into(),
        rio::Term::BlankNode(node) => BlankNode::new_unchecked(node.id).into(),
        rio::Term::Literal(value) => literal(value).into(),
        rio::Term::Triple(triple) => BlankNode::new_unchecked(triple.to_string()).into(),
    };
    let graph = match graph {
        None => GraphName::DefaultGraph,
        Some(rio::GraphName::NamedNode(node)) => NamedNode::new_unchecked(node.iri).into(),
        Some(rio::GraphName::BlankNode(node)) => BlankNode::new_unchecked(node.id).into(),
    };
    Quad::new(subject, NamedNode::new_unchecked(predicate.iri), object, graph)
}

fn literal(literal: rio::Literal<'_>) -> Literal {
    match literal {
        rio::Literal::Simple { value } => Literal::new_simple_literal(value),
        rio::Literal::LanguageTaggedString { value, language } => {
            Literal::new_language_tagged_literal_unchecked(value, language.to_ascii_lowercase())
        }
        rio::Literal::Typed { value, datatype } => {
            Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype.iri))
        }
    }
}
