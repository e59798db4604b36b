//! Known things: entities of another source with their labels, to which the articles' entities are linked.

use super::keys::{Family, family};
use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use super::turtle::{FileError, triples};
use crate::entity::keys::fold;
use crate::ontology;
use crate::record::EntityType;
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// Properties that give a thing a name.
const LABELS: [&str; 7] = [
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "https://schema.org/name",
    "https://schema.org/alternateName",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
];

/// One known thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct KnownThing {
    /// Its names as the source gives them.
    labels: BTreeSet<String>,
    /// Base types; empty if the source tells none that is aligned with one.
    kinds: BTreeSet<EntityType>,
    /// IRIs of things it stands in some relation to, either way.
    near: BTreeSet<String>,
}

/// The known things of a store, by IRI.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownThings {
    things: BTreeMap<String, KnownThing>,
}

impl KnownThings {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// How many things are known.
    pub fn len(&self) -> usize {
        self.things.len()
    }
}

impl FromStr for KnownThings {
    type Err = FileError;

    /// Reads Turtle or N-Triples: labels (`rdfs:label`, `skos:prefLabel`, `skos:altLabel`, `schema:name`,
    /// `schema:alternateName`, `foaf:name`), `rdf:type`, and what relates the things to each other; the rest is passed over.
    ///
    /// # Errors
    /// Syntax, and a file in which nothing has a label, with the line.
    fn from_str(text: &str) -> Result<Self, FileError> {
        let mut things: BTreeMap<String, KnownThing> = BTreeMap::new();
        let mut relations: Vec<(String, String)> = Vec::new();
        let mut last = 1;
        for triple in triples(text) {
            let (line, triple) = triple?;
            last = line;
            let NamedOrBlankNode::NamedNode(subject) = triple.subject else { continue };
            let subject = subject.into_string();
            match triple.object {
                Term::Literal(label) if LABELS.contains(&triple.predicate.as_str()) => {
                    things.entry(subject).or_default().labels.insert(label.value().to_owned());
                }
                Term::NamedNode(class) if triple.predicate.as_str() == TYPE => {
                    things.entry(subject).or_default().kinds.extend(ontology::aligned_type(class.as_str()));
                }
                Term::NamedNode(object) => relations.push((subject, object.into_string())),
                _ => {}
            }
        }
        things.retain(|_, thing| !thing.labels.is_empty());
        if things.is_empty() && !text.trim().is_empty() {
            return Err(FileError::new(
                last,
                "nothing in the file has a label (rdfs:label, skos:altLabel, schema:name)",
            ));
        }
        for (a, b) in relations {
            if things.contains_key(&a) && things.contains_key(&b) {
                things.get_mut(&a).expect("it is there").near.insert(b.clone());
                things.get_mut(&b).expect("it is there").near.insert(a);
            }
        }
        Ok(Self { things })
    }
}

/// N-Triples, sorted: what [`str::parse`] reads back as the same.
impl fmt::Display for KnownThings {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (iri, thing) in &self.things {
            for label in &thing.labels {
                let literal = oxigraph::model::Literal::new_simple_literal(label);
                writeln!(f, "<{iri}> <{}> {literal} .", LABELS[0])?;
            }
            for kind in &thing.kinds {
                writeln!(f, "<{iri}> <{TYPE}> <{}> .", ontology::class_iri(*kind))?;
            }
            for other in &thing.near {
                writeln!(f, "<{iri}> <http://www.w3.org/2004/02/skos/core#related> <{other}> .")?;
            }
        }
        Ok(())
    }
}

/// The known things by their folded labels.
struct Index<'a> {
    by_label: HashMap<String, Vec<&'a str>>,
    folded: HashMap<&'a str, Vec<String>>,
    known: &'a KnownThings,
}

impl<'a> Index<'a> {
    fn new(known: &'a KnownThings) -> Self {
        let mut by_label: HashMap<String, Vec<&str>> = HashMap::new();
        let mut folded: HashMap<&str, Vec<String>> = HashMap::new();
        for (iri, thing) in &known.things {
            let labels: BTreeSet<String> = thing.labels.iter().map(|l| fold(l)).filter(|l| !l.is_empty()).collect();
            labels.iter().for_each(|l| by_label.entry(l.clone()).or_default().push(iri));
            folded.insert(iri, labels.into_iter().collect());
        }
        Self { by_label, folded, known }
    }

    /// The one known thing that an entity can be: by its names and type, and if those leave several, by what stands
    /// near it there and here.
    fn link(&self, names: &[String], kind: EntityType, here: &HashSet<String>) -> Option<&'a str> {
        let fits = |iri: &&str| {
            let kinds = &self.known.things[*iri].kinds;
            kinds.is_empty() || kinds.iter().any(|k| family(*k) == family(kind))
        };
        let named = names.iter().filter_map(|n| self.by_label.get(n)).flatten().copied();
        let candidates: BTreeSet<&str> = named.filter(|iri| fits(iri)).collect();
        if candidates.len() < 2 {
            return candidates.first().copied();
        }
        let told = |iri: &&str| {
            let near = self.known.things[*iri].near.iter().filter_map(|n| self.folded.get(n.as_str()));
            let near = near.filter(|labels| labels.iter().any(|l| here.contains(l))).count();
            let called = names.iter().filter(|n| self.folded[*iri].contains(n)).count();
            (near, called)
        };
        let mut ranked: Vec<((usize, usize), &str)> = candidates.into_iter().map(|iri| (told(&iri), iri)).collect();
        ranked.sort();
        let [.., second, best] = ranked.as_slice() else { return None };
        (best.0 > second.0).then_some(best.1)
    }
}

/// Joins the nodes that are one known thing, keeps apart those that are two of one label, and tells what each is.
pub(super) fn join<'a>(known: &'a KnownThings, nodes: &Nodes, sets: &mut Sets) -> Vec<(usize, &'a str)> {
    if known.is_empty() {
        return Vec::new();
    }
    let index = Index::new(known);
    let mut linked = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut of_label: BTreeMap<(&str, Family), BTreeSet<usize>> = BTreeMap::new();
    for (article, record) in nodes.records.iter().enumerate() {
        let folded: Vec<Vec<String>> =
            record.entities.iter().map(|e| e.names.iter().map(|n| fold(n)).collect()).collect();
        let here: HashSet<String> = folded.iter().flatten().cloned().collect();
        for (entity, one) in record.entities.iter().enumerate().filter(|(_, e)| !e.unnamed) {
            let Some(iri) = index.link(&folded[entity], one.kind, &here) else { continue };
            let node = nodes.of(article, entity);
            let one_node = *first.entry(iri).or_insert(node);
            sets.join(one_node, node, Reason::KnownThing);
            linked.push((node, iri));
        }
    }
    for (iri, node) in &first {
        for label in index.folded.get(iri).into_iter().flatten() {
            let (label, _) = index.by_label.get_key_value(label).expect("its label");
            of_label.entry((label, family(nodes.entity(*node).kind))).or_default().insert(*node);
        }
    }
    for namesakes in of_label.into_values() {
        let list: Vec<usize> = namesakes.into_iter().collect();
        list.iter().enumerate().for_each(|(i, a)| list[i + 1..].iter().for_each(|b| sets.forbid(*a, *b)));
    }
    linked
}
