//! What the user names → what the graph has.

use super::graph::{Graph, Statement};
use crate::cli::CliError;
use crate::cli::terms::{self, local_name, plain};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What is to be explained.
pub enum Target {
    /// A thing.
    Entity(NamedOrBlankNode),
    /// Claims, events, quantities or quotations.
    Statements(Vec<Statement>),
    /// A name that several things have.
    Ambiguous {
        /// The name.
        name: String,
        /// The things.
        candidates: Vec<Candidate>,
    },
}

/// One of several things with a name.
pub struct Candidate {
    /// Its IRI.
    pub iri: String,
    /// Its preferred name.
    pub label: String,
    /// Its classes.
    pub types: Vec<String>,
}

/// How many similar names an error suggests.
const SUGGESTIONS: usize = 5;

/// An entity, a claim, or a fact of three IRIs, in one argument or in three.
pub fn term(graph: &Graph, words: &[String]) -> Result<Target, CliError> {
    let joined = words.join(" ");
    let parts: Vec<String> = joined.split_whitespace().map(str::to_owned).collect();
    if parts.len() == 3 && parts.iter().all(|part| bare(part).contains("://")) {
        return fact(graph, &parts);
    }
    match statement(graph, bare(&joined)) {
        found if !found.is_empty() => Ok(Target::Statements(found)),
        _ => entity(graph, &joined),
    }
}

/// The claims behind a fact.
pub fn fact(graph: &Graph, words: &[String]) -> Result<Target, CliError> {
    let [subject, relation, object] = words else {
        return Err(CliError::Usage("a fact has three parts: give subject, relation, object".into()));
    };
    let subject = match entity(graph, subject)? {
        Target::Entity(entity) => entity,
        other => return Ok(other),
    };
    let object = match entity(graph, object) {
        Ok(Target::Entity(entity)) => Object::Entity(entity.into()),
        Ok(other) => return Ok(other),
        // Facts may end in words, as that of a job does.
        Err(_) => Object::Words(object.to_lowercase()),
    };
    let found = claims(graph, &subject, bare(relation), &object);
    if found.is_empty() {
        let what = words.join(" ");
        let hint = "`newsgraph explain SUBJECT` shows all there are";
        return Err(CliError::NotFound(format!("no claim says so: {what}: {hint}")));
    }
    Ok(Target::Statements(found))
}

enum Object {
    Entity(Term),
    Words(String),
}

impl Object {
    fn is(&self, term: &Term) -> bool {
        match self {
            Object::Entity(entity) => entity == term,
            Object::Words(words) => term.is_literal() && plain(term).to_lowercase() == *words,
        }
    }
}

fn claims(graph: &Graph, subject: &NamedOrBlankNode, relation: &str, object: &Object) -> Vec<Statement> {
    let subject = Term::from(subject.clone());
    let is_relation = |term: &Term| plain(term) == relation || local_name(plain(term)) == relation;
    let of_subject = graph.statements(|q| q.predicate == terms::SUBJECT && q.object == subject);
    let of_relation = set(graph.statements(|q| q.predicate == terms::PREDICATE && is_relation(&q.object)));
    let of_object = set(graph.statements(|q| q.predicate == terms::OBJECT && object.is(&q.object)));
    of_subject.into_iter().filter(|s| of_relation.contains(s) && of_object.contains(s)).collect()
}

fn set(statements: Vec<Statement>) -> HashSet<Statement> {
    statements.into_iter().collect()
}

/// An IRI without its angle brackets.
fn bare(iri: &str) -> &str {
    iri.strip_prefix('<').and_then(|iri| iri.strip_suffix('>')).unwrap_or(iri)
}

fn statement(graph: &Graph, iri: &str) -> Vec<Statement> {
    graph.statements(|quad| iri_of(quad) == Some(iri))
}

fn iri_of(quad: &Quad) -> Option<&str> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The thing of that IRI or name: one whose preferred name it is before others that have it too.
fn entity(graph: &Graph, name: &str) -> Result<Target, CliError> {
    if let Some(quad) = fused(graph).find(|quad| iri_of(quad) == Some(bare(name))) {
        return Ok(Target::Entity(quad.subject.clone()));
    }
    let mut named = named(graph, name, |quad| quad.predicate == terms::LABEL);
    if named.is_empty() {
        named = self::named(graph, name, |quad| quad.predicate == terms::ALT_LABEL);
    }
    let mut nodes = named.into_values();
    match (nodes.next(), nodes.next()) {
        (None, _) => Err(CliError::NotFound(unknown(graph, name))),
        (Some(only), None) => Ok(Target::Entity(only)),
        (Some(one), Some(two)) => {
            let nodes = [one, two].into_iter().chain(nodes).collect();
            Ok(Target::Ambiguous { name: name.to_owned(), candidates: candidates(graph, &nodes) })
        }
    }
}

/// The quads of the default graph.
fn fused(graph: &Graph) -> impl Iterator<Item = &Quad> {
    graph.iter().filter(|quad| quad.graph_name.is_default_graph())
}

/// Things with the name, upper and lower case alike, by IRI.
fn named(graph: &Graph, name: &str, is_name: impl Fn(&Quad) -> bool) -> BTreeMap<String, NamedOrBlankNode> {
    let name = name.to_lowercase();
    fused(graph)
        .filter(|quad| is_name(quad) && plain(&quad.object).to_lowercase() == name)
        .map(|quad| (quad.subject.to_string(), quad.subject.clone()))
        .collect()
}

fn candidates(graph: &Graph, nodes: &HashSet<NamedOrBlankNode>) -> Vec<Candidate> {
    let described = graph.describe(nodes);
    let mut candidates: Vec<_> = nodes
        .iter()
        .map(|node| {
            let term = Term::from(node.clone());
            let types = described.types(node);
            Candidate { iri: plain(&term).to_owned(), label: described.name(&term), types }
        })
        .collect();
    candidates.sort_by(|a, b| a.iri.cmp(&b.iri));
    candidates
}

fn unknown(graph: &Graph, name: &str) -> String {
    let part = name.to_lowercase();
    let similar: BTreeSet<&str> = fused(graph)
        .filter(|quad| quad.predicate == terms::LABEL)
        .map(|quad| plain(&quad.object))
        .filter(|label| label.to_lowercase().contains(&part))
        .collect();
    let similar: Vec<&str> = similar.into_iter().take(SUGGESTIONS).collect();
    let hint = match similar.as_slice() {
        [] => "give a name or IRI that is in the graph".to_owned(),
        names => format!("did you mean {}?", names.join(", ")),
    };
    format!("nothing of that name: {name}: {hint}")
}
