//! The graph as files: RDF in six syntaxes, and GraphML and CSV for tools that know no RDF.
//!
//! Every format but JSON-LD's and RDF/XML's inner layout is ours alone to decide, and all of
//! them are functions of the set of quads: the same graph gives the same bytes.

mod network;
mod order;
mod rdf;
mod turtle;
mod verify;

pub use network::{Edge, Network, Node};
pub use verify::{VerifyError, canonical_hash, verify};

use crate::prefix::Prefixes;
use oxigraph::model::Quad;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

/// A syntax that the graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RDF 1.1 Turtle.
    Turtle,
    /// RDF 1.1 TriG, with every article's graph.
    TriG,
    /// RDF 1.1 N-Triples, sorted.
    NTriples,
    /// RDF 1.1 N-Quads, sorted.
    NQuads,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD 1.1, expanded.
    JsonLd,
    /// GraphML: entities and the facts between them.
    GraphMl,
    /// CSV: the same network as two tables.
    Csv,
}

impl Format {
    /// Every format, in the order that help lists them.
    pub const ALL: [Format; 8] = [
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
        Format::RdfXml,
        Format::JsonLd,
        Format::GraphMl,
        Format::Csv,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Turtle => "turtle",
            Format::TriG => "trig",
            Format::NTriples => "ntriples",
            Format::NQuads => "nquads",
            Format::RdfXml => "rdfxml",
            Format::JsonLd => "jsonld",
            Format::GraphMl => "graphml",
            Format::Csv => "csv",
        }
    }

    /// Whether the format can hold named graphs.
    pub fn holds_named_graphs(self) -> bool {
        matches!(self, Format::TriG | Format::NQuads | Format::JsonLd)
    }

    /// Whether the format shows entities and facts alone, not RDF.
    pub fn is_network(self) -> bool {
        matches!(self, Format::GraphMl | Format::Csv)
    }

    /// Whether [`verify`] can read the format back.
    pub fn is_verifiable(self) -> bool {
        matches!(self, Format::Turtle | Format::TriG | Format::NTriples | Format::NQuads)
    }

    /// What is exported unless the user says otherwise.
    pub fn default_scope(self) -> Scope {
        if self.holds_named_graphs() { Scope::All } else { Scope::Default }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Format::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| {
            let names: Vec<_> = Format::ALL.iter().map(|f| f.name()).collect();
            format!("unknown format {name:?}; one of {}", names.join(", "))
        })
    }
}

/// Which part of the graph is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The fused default graph.
    Default,
    /// The articles' named graphs.
    Evidence,
    /// Both.
    All,
}

/// The quads that an export of `scope` in `format` holds, sorted and without repeats. In a format
/// without named graphs the graphs flow together.
pub fn select(quads: &[Quad], scope: Scope, format: Format) -> Vec<Quad> {
    let mut chosen: Vec<Quad> = quads
        .iter()
        .filter(|quad| match scope {
            Scope::Default => quad.graph_name.is_default_graph(),
            Scope::Evidence => !quad.graph_name.is_default_graph(),
            Scope::All => true,
        })
        .map(|quad| match format.holds_named_graphs() {
            true => quad.clone(),
            false => Quad { graph_name: oxigraph::model::GraphName::DefaultGraph, ..quad.clone() },
        })
        .collect();
    chosen.sort_by(order::quads);
    chosen.dedup();
    chosen
}

/// Writes quads that [`select`] gave. CSV writes the edges with their labels; the two tables of a
/// folder come from [`Network::write_nodes_csv`] and [`Network::write_edges_csv`].
pub fn write(quads: &[Quad], format: Format, prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Turtle | Format::TriG => turtle::write(quads, prefixes, out),
        Format::NTriples | Format::NQuads => rdf::write_lines(quads, out),
        Format::RdfXml => rdf::write_xml(quads, prefixes, out),
        Format::JsonLd => rdf::write_json(quads, out),
        Format::GraphMl => Network::of(quads, prefixes).write_graphml(out),
        Format::Csv => Network::of(quads, prefixes).write_edges_csv(out),
    }
}
