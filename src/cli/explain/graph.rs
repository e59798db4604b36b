//! The quads, searched by scanning: for one question that beats indexing them all.

use crate::cli::terms::{self, local_name, node, plain};
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeSet, HashMap, HashSet};

/// All the graph's quads.
pub struct Graph {
    quads: Vec<Quad>,
}

/// A claim, event, quantity or quotation, and the article that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// The article's graph.
    pub graph: GraphName,
    /// The node that carries the evidence.
    pub node: NamedOrBlankNode,
}

/// Nodes with all that is said of them.
pub struct Described<'a>(HashMap<&'a NamedOrBlankNode, Vec<&'a Quad>>);

impl Graph {
    pub fn new(quads: Vec<Quad>) -> Graph {
        Graph { quads }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Quad> {
        self.quads.iter()
    }

    /// All that is said of the nodes, in any graph.
    pub fn describe(&self, wanted: &HashSet<NamedOrBlankNode>) -> Described<'_> {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for quad in self.iter().filter(|quad| wanted.contains(&quad.subject)) {
            found.entry(&quad.subject).or_default().push(quad);
        }
        Described(found)
    }

    /// The statements that mention the entity, in the order of the graph.
    pub fn statements_about(&self, entity: &NamedOrBlankNode) -> Vec<Statement> {
        let entity = Term::from(entity.clone());
        self.statements(|quad| quad.object == entity)
    }

    /// The statements one of whose quads `matches`.
    pub fn statements(&self, matches: impl Fn(&Quad) -> bool) -> Vec<Statement> {
        let with_evidence: HashSet<_> =
            self.iter().filter(|q| q.predicate == terms::EVIDENCE).map(|q| &q.subject).collect();
        let mut seen = HashSet::new();
        self.iter()
            .filter(|q| !q.graph_name.is_default_graph())
            .filter(|q| with_evidence.contains(&q.subject) && matches(q))
            .map(|q| Statement { graph: q.graph_name.clone(), node: q.subject.clone() })
            .filter(|statement| seen.insert(statement.clone()))
            .collect()
    }
}

impl Described<'_> {
    /// The values of a property, in any graph.
    pub fn values<'s>(&'s self, node: &NamedOrBlankNode, property: NamedNodeRef<'s>) -> impl Iterator<Item = &'s Term> {
        self.quads(node).filter(move |q| q.predicate == property).map(|q| &q.object)
    }

    /// The value of a property that has one.
    pub fn value(&self, node: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> Option<&Term> {
        self.quads(node).find(|q| q.predicate == property).map(|q| &q.object)
    }

    /// All that is said of a node.
    pub fn quads(&self, node: &NamedOrBlankNode) -> impl Iterator<Item = &Quad> {
        self.0.get(node).into_iter().flatten().copied()
    }

    /// The nodes that these nodes point to.
    pub fn objects(&self) -> impl Iterator<Item = NamedOrBlankNode> {
        self.0.values().flatten().filter_map(|quad| node(&quad.object))
    }

    /// What to call a term: its label, else its class and what literals say of it, else the end
    /// of its IRI.
    pub fn name(&self, term: &Term) -> String {
        let Some(node) = node(term) else {
            return plain(term).to_owned();
        };
        if let Some(label) = self.value(&node, terms::LABEL) {
            return plain(label).to_owned();
        }
        let literal = |q: &&Quad| q.object.is_literal() && q.predicate != terms::CONFIDENCE;
        let words: BTreeSet<_> = self.quads(&node).filter(literal).map(|q| plain(&q.object).to_owned()).collect();
        let event = self.types(&node).into_iter().filter(|class| class != "QuantitativeValue");
        let words: Vec<_> = event.chain(words).collect();
        if words.is_empty() { local_name(plain(term)).to_owned() } else { words.join(" ") }
    }

    /// Short names of the node's classes; `Action` says nothing beside `Ban`.
    pub fn types(&self, node: &NamedOrBlankNode) -> Vec<String> {
        let classes = self.values(node, terms::TYPE).map(plain);
        let types: BTreeSet<_> = classes.filter(|class| *class != terms::ACTION.as_str()).map(local_name).collect();
        types.into_iter().map(str::to_owned).collect()
    }
}
