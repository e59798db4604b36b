//! Entities and the facts between them as a plain network: GraphML and CSV.

use super::rdf::xml_text;
use crate::prefix::Prefixes;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Base classes of entities (contract).
const BASE_CLASSES: [&str; 7] = [
    "schema:GovernmentOrganization",
    "schema:Organization",
    "schema:Person",
    "schema:Place",
    "schema:Product",
    "schema:CreativeWork",
    "schema:Event",
];

/// One entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The IRI.
    pub id: String,
    /// The preferred name: English where there is one.
    pub label: String,
    /// The base class, shortened (`schema:Person`).
    pub kind: String,
    /// Every class, shortened.
    pub types: Vec<String>,
    /// Every other name.
    pub other_names: Vec<String>,
}

/// One fact between two entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Index of the subject's node.
    pub source: usize,
    /// Index of the object's node.
    pub target: usize,
    /// The relation, shortened (`schema:owner`).
    pub predicate: String,
    /// Articles that say so.
    pub sources: String,
    /// Articles that say so and copy nobody.
    pub independent: String,
    /// 0 to 1.
    pub confidence: String,
}

/// Nodes sorted by IRI, edges by source, relation and target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Entities.
    pub nodes: Vec<Node>,
    /// Facts.
    pub edges: Vec<Edge>,
}

type Values<'a> = BTreeMap<&'a str, Vec<&'a Term>>;

impl Network {
    /// The network of the default graph's quads among `quads`.
    pub fn of(quads: &[Quad], prefixes: &Prefixes) -> Self {
        let subjects = by_subject(quads);
        let nodes: Vec<Node> = subjects.iter().filter_map(|(iri, values)| node(iri, values, prefixes)).collect();
        let index: BTreeMap<String, usize> = nodes.iter().enumerate().map(|(i, node)| (node.id.clone(), i)).collect();
        let supports = supports(&subjects, prefixes);
        let mut edges = Vec::new();
        for (source, node) in nodes.iter().enumerate() {
            for (predicate, objects) in &subjects[node.id.as_str()] {
                for object in objects {
                    let Some(&target) = iri_of(object).and_then(|iri| index.get(iri)) else {
                        continue;
                    };
                    let key = (node.id.as_str(), *predicate, nodes[target].id.as_str());
                    let [sources, independent, confidence] = supports.get(&key).cloned().unwrap_or_default();
                    let predicate = prefixes.shorten(predicate);
                    edges.push(Edge { source, target, predicate, sources, independent, confidence });
                }
            }
        }
        Self { nodes, edges }
    }

    /// Writes GraphML; node ids are IRIs.
    pub fn write_graphml(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for name in ["label", "type", "types", "altLabels"] {
            write_key(out, "node", name, "string")?;
        }
        for (name, kind) in EDGE_KEYS {
            write_key(out, "edge", name, kind)?;
        }
        writeln!(out, "  <graph id=\"newsgraph\" edgedefault=\"directed\">")?;
        for node in &self.nodes {
            writeln!(out, "    <node id=\"{}\">", xml(&node.id))?;
            write_data(out, "node", "label", &node.label)?;
            write_data(out, "node", "type", &node.kind)?;
            write_data(out, "node", "types", &node.types.join(" "))?;
            write_data(out, "node", "altLabels", &node.other_names.join(" | "))?;
            writeln!(out, "    </node>")?;
        }
        for (i, edge) in self.edges.iter().enumerate() {
            let (source, target) = (&self.nodes[edge.source].id, &self.nodes[edge.target].id);
            let (source, target) = (xml(source), xml(target));
            writeln!(out, "    <edge id=\"e{i}\" source=\"{source}\" target=\"{target}\">")?;
            let values = [&edge.predicate, &edge.predicate, &edge.sources, &edge.independent, &edge.confidence];
            for ((name, _), value) in EDGE_KEYS.iter().zip(values) {
                write_data(out, "edge", name, value)?;
            }
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")
    }

    /// Writes the table of entities.
    pub fn write_nodes_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        write_row(out, &["id", "label", "type", "types", "alt_labels"])?;
        for node in &self.nodes {
            let (types, others) = (node.types.join(" "), node.other_names.join(" | "));
            write_row(out, &[&node.id, &node.label, &node.kind, &types, &others])?;
        }
        Ok(())
    }

    /// Writes the table of facts, with the labels of both ends.
    pub fn write_edges_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        write_row(
            out,
            &["source", "source_label", "predicate", "target", "target_label", "sources", "independent", "confidence"],
        )?;
        for edge in &self.edges {
            let (source, target) = (&self.nodes[edge.source], &self.nodes[edge.target]);
            write_row(
                out,
                &[
                    &source.id,
                    &source.label,
                    &edge.predicate,
                    &target.id,
                    &target.label,
                    &edge.sources,
                    &edge.independent,
                    &edge.confidence,
                ],
            )?;
        }
        Ok(())
    }
}

/// Edges carry their relation as `label` too, which graph tools show.
const EDGE_KEYS: [(&str, &str); 5] = [
    ("label", "string"),
    ("predicate", "string"),
    ("sources", "int"),
    ("independent", "int"),
    ("confidence", "double"),
];

fn by_subject(quads: &[Quad]) -> BTreeMap<&str, Values<'_>> {
    let mut subjects: BTreeMap<&str, Values<'_>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.graph_name.is_default_graph()) {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            let values = subjects.entry(subject.as_str()).or_default();
            values.entry(quad.predicate.as_str()).or_default().push(&quad.object);
        }
    }
    subjects
}

fn node(iri: &str, values: &Values<'_>, prefixes: &Prefixes) -> Option<Node> {
    let types: Vec<String> =
        values.get(rdf::TYPE.as_str())?.iter().filter_map(|term| Some(prefixes.shorten(iri_of(term)?))).collect();
    let kind = BASE_CLASSES.iter().find(|class| types.iter().any(|t| t == *class))?;
    let labels = values.get(rdfs::LABEL.as_str()).map_or(&[][..], Vec::as_slice);
    let alternatives = prefixes.expand("skos:altLabel")?;
    let alternatives = values.get(alternatives.as_str()).map_or(&[][..], Vec::as_slice);
    let label = preferred(labels).unwrap_or_else(|| iri.rsplit('/').next().unwrap_or(iri));
    let others: BTreeSet<&str> =
        labels.iter().chain(alternatives).filter_map(|t| text_of(t)).filter(|t| *t != label).collect();
    Some(Node {
        id: iri.to_owned(),
        label: label.to_owned(),
        kind: (*kind).to_owned(),
        types,
        other_names: others.into_iter().map(str::to_owned).collect(),
    })
}

/// The English label, else the first by language and value.
fn preferred<'a>(labels: &[&'a Term]) -> Option<&'a str> {
    labels
        .iter()
        .filter_map(|term| match term {
            Term::Literal(literal) => Some((literal.language(), literal.value())),
            _ => None,
        })
        .min_by_key(|(language, value)| (*language != Some("en"), *language, *value))
        .map(|(_, value)| value)
}

type Supports<'a> = BTreeMap<(&'a str, &'a str, &'a str), [String; 3]>;

fn supports<'a>(subjects: &BTreeMap<&'a str, Values<'a>>, prefixes: &Prefixes) -> Supports<'a> {
    let names = ["sourceCount", "independentCount", "confidence"]
        .map(|name| prefixes.expand(&format!("ng:{name}")).unwrap_or_default());
    let mut supports = Supports::new();
    for values in subjects.values() {
        let part = |name: &str| values.get(name).and_then(|terms| iri_of(terms[0]));
        let (Some(s), Some(p), Some(o)) =
            (part(rdf::SUBJECT.as_str()), part(rdf::PREDICATE.as_str()), part(rdf::OBJECT.as_str()))
        else {
            continue;
        };
        let number = |name: &String| {
            let terms = values.get(name.as_str());
            terms.and_then(|terms| text_of(terms[0])).unwrap_or_default().to_owned()
        };
        supports.insert((s, p, o), [number(&names[0]), number(&names[1]), number(&names[2])]);
    }
    supports
}

fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn text_of(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

fn write_key(out: &mut dyn Write, domain: &str, name: &str, kind: &str) -> io::Result<()> {
    writeln!(out, "  <key id=\"{domain}-{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
}

fn write_data(out: &mut dyn Write, domain: &str, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    writeln!(out, "      <data key=\"{domain}-{name}\">{}</data>", xml(value))
}

fn xml(text: &str) -> String {
    xml_text(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\r', "&#13;")
}

/// One row after RFC 4180, with `\n` line ends.
fn write_row(out: &mut dyn Write, fields: &[&str]) -> io::Result<()> {
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            write!(out, ",")?;
        }
        match field.contains([',', '"', '\n', '\r']) {
            true => write!(out, "\"{}\"", field.replace('"', "\"\""))?,
            false => write!(out, "{field}")?,
        }
    }
    writeln!(out)
}
