//! Names of things: IRI → label, and name → IRIs.

use crate::prefix::Prefixes;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::{StorageError, Store};
use std::collections::{BTreeSet, HashMap};

const ALT_LABEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");
const ACTION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Action");
const AGENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/agent");
const OBJECT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/object");
const HEADLINE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/headline");

/// The name of everything that has one.
#[derive(Debug, Clone, Default)]
pub struct Labels(HashMap<String, (String, String)>);

impl Labels {
    /// Labels of the default graph and headlines of articles; of several that in `language`,
    /// else the English, else the first.
    pub fn of(store: &Store, language: &str) -> Result<Self, StorageError> {
        let mut labels = Labels::default();
        let named = store.quads_for_pattern(None, Some(rdfs::LABEL), None, Some(GraphNameRef::DefaultGraph));
        let headlines = store.quads_for_pattern(None, Some(HEADLINE), None, None);
        for quad in named.chain(headlines) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (quad.subject, quad.object) {
                let tag = label.language().unwrap_or("").to_owned();
                labels.add(subject.into_string(), tag, label.value().to_owned(), language);
            }
        }
        labels.add_events(store)?;
        Ok(labels)
    }

    /// Events have no label of their own: theirs is "Ban: who → whom".
    fn add_events(&mut self, store: &Store) -> Result<(), StorageError> {
        let graph = Some(GraphNameRef::DefaultGraph);
        for quad in store.quads_for_pattern(None, Some(rdf::TYPE), Some(ACTION.into()), graph) {
            let NamedOrBlankNode::NamedNode(event) = quad?.subject else {
                continue;
            };
            let class = objects(store, &event, rdf::TYPE)?.into_iter().find(|class| class != ACTION.as_str());
            let who = self.names(&objects(store, &event, AGENT)?);
            let whom = self.names(&objects(store, &event, OBJECT)?);
            let class = class.as_deref().and_then(|c| c.rsplit(['#', '/']).next());
            let label = match (who.is_empty(), whom.is_empty()) {
                (true, true) => continue,
                (false, true) => format!("{}: {who}", class.unwrap_or("Event")),
                _ => format!("{}: {who} → {whom}", class.unwrap_or("Event")),
            };
            self.0.entry(event.into_string()).or_insert((String::new(), label));
        }
        Ok(())
    }

    fn names(&self, iris: &[String]) -> String {
        let names: Vec<_> = iris.iter().filter_map(|iri| self.get(iri)).collect();
        names.join(", ")
    }

    fn add(&mut self, iri: String, tag: String, label: String, language: &str) {
        let rank = |tag: &str, label: &str| (tag != language, tag != "en", tag.to_owned(), label.to_owned());
        match self.0.get(&iri) {
            Some((old_tag, old)) if rank(old_tag, old) <= rank(&tag, &label) => {}
            _ => drop(self.0.insert(iri, (tag, label))),
        }
    }

    /// The name of `iri`.
    pub fn get(&self, iri: &str) -> Option<&str> {
        self.0.get(iri).map(|(_, label)| label.as_str())
    }
}

/// The IRIs that the default graph gives for a predicate, sorted.
fn objects(store: &Store, subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<Vec<String>, StorageError> {
    let graph = Some(GraphNameRef::DefaultGraph);
    let mut iris = Vec::new();
    for quad in store.quads_for_pattern(Some(subject.into()), Some(predicate), None, graph) {
        if let Term::NamedNode(node) = quad?.object {
            iris.push(node.into_string());
        }
    }
    iris.sort();
    Ok(iris)
}

/// The entities that `name` can mean: an IRI, a short IRI (`:office-smith`), or any label or
/// alternative label, case aside. Where some of them have the class, only those.
/// `Err` holds names that come near.
pub fn resolve(
    store: &Store,
    name: &str,
    class: Option<&NamedNode>,
    prefixes: &Prefixes,
) -> Result<Result<Vec<NamedNode>, Vec<String>>, StorageError> {
    if let Some(iri) = as_iri(name, prefixes) {
        return Ok(Ok(vec![iri]));
    }
    let wanted = name.trim().to_lowercase();
    let (mut found, mut near) = (BTreeSet::new(), BTreeSet::new());
    for predicate in [rdfs::LABEL, ALT_LABEL] {
        let graph = Some(GraphNameRef::DefaultGraph);
        for quad in store.quads_for_pattern(None, Some(predicate), None, graph) {
            let quad = quad?;
            let Term::Literal(label) = &quad.object else {
                continue;
            };
            let folded = label.value().to_lowercase();
            if folded == wanted {
                found.insert(quad.subject.to_string());
            } else if is_near(&folded, &wanted) {
                near.insert(label.value().to_owned());
            }
        }
    }
    if found.is_empty() {
        return Ok(Err(near.into_iter().take(5).collect()));
    }
    let found: Vec<NamedNode> = found.iter().filter_map(|node| node.parse().ok()).collect();
    of_class(store, found, class).map(Ok)
}

/// `<iri>`, `https://…`, `:slug` or `prefix:name`.
pub(super) fn as_iri(name: &str, prefixes: &Prefixes) -> Option<NamedNode> {
    let name = name.trim();
    if let Some(iri) = name.strip_prefix('<').and_then(|n| n.strip_suffix('>')) {
        return NamedNode::new(iri).ok();
    }
    if name.contains("://") {
        return NamedNode::new(name).ok();
    }
    if name.contains(char::is_whitespace) {
        return None;
    }
    prefixes.expand(name).and_then(|iri| NamedNode::new(iri).ok())
}

fn is_near(label: &str, wanted: &str) -> bool {
    if wanted.chars().count() < 3 {
        return label.starts_with(wanted);
    }
    label.contains(wanted) || wanted.split_whitespace().any(|w| w.len() > 3 && label.contains(w))
}

fn of_class(store: &Store, found: Vec<NamedNode>, class: Option<&NamedNode>) -> Result<Vec<NamedNode>, StorageError> {
    let Some(class) = class else { return Ok(found) };
    let mut matching = Vec::new();
    for node in &found {
        let quad = oxigraph::model::QuadRef::new(node, rdf::TYPE, class, GraphNameRef::DefaultGraph);
        if store.contains(quad)? {
            matching.push(node.clone());
        }
    }
    Ok(if matching.is_empty() { found } else { matching })
}
