//! The graph as the scorer looks at it: what is said of each node, in all and by each article.

use crate::graph::vocabulary::{OA, RDFS, SKOS, TYPE, ng, schema, term, value};
use crate::ontology::class_iri;
use crate::record::EntityType;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// The words or IRIs that a property of a node has, in order.
type Values<'a> = BTreeSet<&'a str>;
/// What is said of each node.
type Nodes<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Values<'a>>>;
/// The names of each thing, as names compare.
pub(super) type Names = BTreeMap<String, BTreeSet<String>>;

/// A graph by its nodes.
pub(super) struct View<'a> {
    all: Nodes<'a>,
    articles: BTreeMap<&'a str, Nodes<'a>>,
}

impl<'a> View<'a> {
    pub fn new(quads: &'a [Quad]) -> Self {
        let mut view = View { all: Nodes::new(), articles: BTreeMap::new() };
        for quad in quads {
            let (subject, predicate) = (node(&quad.subject), quad.predicate.as_str());
            let object = value(&quad.object);
            view.all.entry(subject).or_default().entry(predicate).or_default().insert(object);
            if let GraphName::NamedNode(article) = &quad.graph_name {
                let nodes = view.articles.entry(article.as_str()).or_default();
                nodes.entry(subject).or_default().entry(predicate).or_default().insert(object);
            }
        }
        view
    }

    /// The values of a property of a node.
    pub fn get(&self, node: &str, property: &NamedNode) -> Vec<&'a str> {
        let values = self.all.get(node).and_then(|said| said.get(property.as_str()));
        values.into_iter().flatten().copied().collect()
    }

    /// The first value of a property of a node.
    pub fn first(&self, node: &str, property: &NamedNode) -> Option<&'a str> {
        self.get(node, property).first().copied()
    }

    /// The nodes of a class, in the order of their IRIs.
    pub fn of_class(&self, class: &NamedNode) -> Vec<&'a str> {
        let is = |said: &BTreeMap<&str, Values>| said.get(TYPE.as_str()).is_some_and(|t| t.contains(class.as_str()));
        self.all.iter().filter(|(_, said)| is(said)).map(|(node, _)| *node).collect()
    }

    /// Whether an article says something of the node.
    pub fn in_articles(&self, node: &str) -> bool {
        self.articles.values().any(|nodes| nodes.contains_key(node))
    }

    /// The article of this SHA-256.
    pub fn article(&self, sha256: &str) -> Option<&'a str> {
        let property = schema("sha256");
        self.articles.keys().copied().find(|article| self.first(article, &property) == Some(sha256))
    }

    /// The names of the things that an article mentions, or any article.
    pub fn mentioned(&self, article: Option<&str>) -> Names {
        let mut names = Names::new();
        let chosen = self.articles.iter().filter(|(iri, _)| article.is_none_or(|a| a == **iri));
        for said in chosen.flat_map(|(_, nodes)| nodes.values()) {
            self.mention(said, &mut names);
        }
        let labels = [term(RDFS, "label"), term(SKOS, "altLabel")];
        for (thing, names) in &mut names {
            names.extend(labels.iter().flat_map(|l| self.get(thing, l)).map(super::text::name));
            names.remove("");
        }
        names
    }

    /// Adds the words of a node that is a mention to the names of what it refers to.
    fn mention(&self, said: &BTreeMap<&str, Values>, names: &mut Names) {
        let of = |property: &NamedNode| said.get(property.as_str()).into_iter().flatten();
        let is_mention = of(&TYPE.into_owned()).any(|class| *class == ng("Mention").as_str());
        for thing in of(&ng("refersTo")).filter(|_| is_mention) {
            let words = of(&term(OA, "exact")).map(|words| super::text::name(words));
            names.entry((*thing).to_owned()).or_default().extend(words);
        }
    }

    /// The base type of a thing: a government before the organization that it is too.
    pub fn base_type(&self, thing: &str) -> Option<EntityType> {
        use EntityType::*;
        let types = self.get(thing, &TYPE.into_owned());
        // In the order of the names, where a thing has several.
        let order = [GovernmentOrganization, Event, Organization, Person, Place, Product, Work];
        order.into_iter().find(|kind| types.contains(&class_iri(*kind).as_str()))
    }
}

fn node(node: &NamedOrBlankNode) -> &str {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}
