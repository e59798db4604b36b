//! A person's links at the nodes of the articles.

use super::Given;
use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use super::things::{Thing, slug_of_name};
use std::collections::{BTreeMap, HashMap};

/// What the IRIs of the links name.
pub(super) struct Pins<'a> {
    /// The nodes of each IRI that names some.
    nodes: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Pins<'a> {
    /// Looks the IRIs up. `things` are those that the rules alone make: an IRI names the nodes of the thing of that IRI
    /// that are called so, or all of that thing; where no thing has it, the nodes that are called so.
    pub(super) fn new(given: &Given<'a>, things: &[Thing], nodes: &Nodes) -> Self {
        let of_slug: HashMap<&str, &Thing> = things.iter().map(|t| (t.slug.as_str(), t)).collect();
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for node in 0..nodes.len() {
            for name in &nodes.entity(node).names {
                called.entry(slug_of_name(name)).or_default().push(node);
            }
        }
        let mut found = BTreeMap::new();
        for iri in given.links.iris() {
            let list = match iri.strip_prefix(given.base) {
                Some(local) => in_base(local, &of_slug, &called, nodes),
                None => Vec::new(),
            };
            if !list.is_empty() {
                found.insert(iri, list);
            }
        }
        Self { nodes: found }
    }

    /// Joins and forbids as the links say. What each node is told to be of other authorities comes out.
    pub(super) fn apply(&self, given: &Given<'a>, sets: &mut Sets) -> Vec<(usize, &'a str)> {
        for list in self.nodes.values() {
            for node in list {
                sets.join(list[0], *node, Reason::Link);
            }
        }
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut outside = Vec::new();
        let classes = given.links.classes();
        for (iri, class) in &classes {
            if let Some(list) = self.nodes.get(iri) {
                let one = *first.entry(class).or_insert(list[0]);
                sets.join(one, list[0], Reason::Link);
            }
        }
        for (iri, class) in &classes {
            if let (None, Some(node)) = (self.nodes.get(iri), first.get(class))
                && !iri.starts_with(given.base)
            {
                outside.push((*node, *iri));
            }
        }
        let node = |iri: &str| {
            let class = classes.get(iri).and_then(|class| first.get(class)).copied();
            class.or_else(|| self.nodes.get(iri).map(|list| list[0]))
        };
        for (a, b) in &given.links.different {
            if let (Some(a), Some(b)) = (node(a), node(b)) {
                sets.forbid(a, b);
            }
        }
        outside
    }

    /// The IRIs of this base that name nothing in the articles.
    pub(super) fn unheard(&self, given: &Given) -> Vec<String> {
        let own = given.links.iris().into_iter().filter(|iri| iri.starts_with(given.base));
        own.filter(|iri| !self.nodes.contains_key(iri)).map(str::to_owned).collect()
    }
}

/// The nodes of `entity/{slug}` and `article/{id}#{slug}`.
fn in_base(
    local: &str,
    of_slug: &HashMap<&str, &Thing>,
    called: &HashMap<String, Vec<usize>>,
    nodes: &Nodes,
) -> Vec<usize> {
    if let Some((article, slug)) = local.strip_prefix("article/").and_then(|l| l.split_once('#')) {
        let of_article = |n: &&usize| nodes.records[nodes.article(**n)].id() == article;
        return called.get(slug).into_iter().flatten().filter(of_article).copied().collect();
    }
    let Some(slug) = local.strip_prefix("entity/") else { return Vec::new() };
    let called = called.get(slug).map_or(&[][..], Vec::as_slice);
    let Some(thing) = of_slug.get(slug) else { return called.to_vec() };
    let members: Vec<usize> = thing.members.iter().map(|(a, e)| nodes.of(*a, *e)).collect();
    let named: Vec<usize> = members.iter().copied().filter(|n| called.binary_search(n).is_ok()).collect();
    if named.is_empty() { members } else { named }
}
