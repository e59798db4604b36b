//! What the articles tell around their entities: evidence that two nodes are one thing.
//!
//! Two entities of different articles are likelier one thing if their articles name the same rare things, and more so
//! if both stand in the same relation to one thing, take part in the same event or said the same words.

use super::nodes::Nodes;
use crate::record::{EntityType, Object, Status};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A hash of something that two articles can have in common; equal within one run of the program.
pub(super) type Feature = u64;

/// What sharing a place's name counts, and the name of anything else, and a relation, event or quotation.
const PLACE: u32 = 1;
const NAME: u32 = 2;
const LINK: u32 = 3;

/// A feature tells something if no more than one article in so many has it, …
const ONE_IN: usize = 50;

/// … but always if at most so many have it, and never if more than so many.
const RARE: usize = 8;
const COMMON: usize = 200;

/// Leading characters of a quotation by which it is known again.
const QUOTE: usize = 60;

/// The features of articles and of nodes that more than one and not too many articles have.
pub(super) struct Context {
    /// Sorted features of each article with their weight.
    articles: Vec<Vec<(Feature, u32)>>,
    /// Sorted features of each node that has any.
    links: HashMap<usize, Vec<Feature>>,
    /// Sorted features that each node gives its article itself.
    own: Vec<Vec<Feature>>,
}

impl Context {
    /// The features of all articles. Linear in what the articles say.
    pub(super) fn new(nodes: &Nodes) -> Self {
        let mut articles = vec![Vec::new(); nodes.records.len()];
        let mut own = vec![Vec::new(); nodes.len()];
        for (node, own) in own.iter_mut().enumerate() {
            let entity = nodes.entity(node);
            let weight = if entity.kind == EntityType::Place { PLACE } else { NAME };
            for key in entity.keys.iter().filter(|k| !entity.unnamed && !is_relative(k)) {
                own.push(feature(&("name", key)));
                if !key.starts_with("country:") {
                    articles[nodes.article(node)].push((feature(&("name", key)), weight));
                }
            }
            own.sort_unstable();
        }
        let mut links: HashMap<usize, Vec<Feature>> = HashMap::new();
        for article in 0..nodes.records.len() {
            link(nodes, article, &mut links);
        }
        let mut count: HashMap<Feature, usize> = HashMap::new();
        for list in &mut articles {
            list.sort_unstable();
            list.dedup();
            list.iter().for_each(|(f, _)| *count.entry(*f).or_default() += 1);
        }
        for list in links.values_mut() {
            list.sort_unstable();
            list.dedup();
            list.iter().for_each(|f| *count.entry(*f).or_default() += 1);
        }
        let most = (nodes.records.len() / ONE_IN).clamp(RARE, COMMON);
        let tells = |f: &Feature| (2..=most).contains(&count[f]);
        articles.iter_mut().for_each(|list| list.retain(|(f, _)| tells(f)));
        links.values_mut().for_each(|list| list.retain(tells));
        Self { articles, links, own }
    }

    /// How much the surroundings of two nodes of different articles have in common.
    pub(super) fn shared(&self, nodes: &Nodes, a: usize, b: usize) -> u32 {
        let (one, two) = (&self.articles[nodes.article(a)], &self.articles[nodes.article(b)]);
        let own = |f: &Feature| self.own[a].binary_search(f).is_ok() || self.own[b].binary_search(f).is_ok();
        let named: u32 = common(one, two).filter(|(f, _)| !own(f)).map(|(_, weight)| weight).sum();
        let linked = self.links.get(&a).zip(self.links.get(&b)).map_or(0, |(a, b)| common(a, b).count());
        named + LINK * linked as u32
    }

    /// What a node's surroundings offer to share.
    pub(super) fn of<'a>(&'a self, nodes: &Nodes, node: usize) -> impl Iterator<Item = Feature> + 'a {
        let own = &self.own[node];
        let named = self.articles[nodes.article(node)].iter().map(|(f, _)| *f);
        let linked = self.links.get(&node).into_iter().flatten().copied();
        named.filter(|f| own.binary_search(f).is_err()).chain(linked)
    }
}

/// A key that says nothing by itself.
fn is_relative(key: &str) -> bool {
    key.starts_with("surname:") || key.starts_with("role:")
}

fn feature(value: &impl Hash) -> Feature {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The elements that two sorted lists share.
fn common<'a, T: Ord + Copy>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = T> + 'a {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().copied().filter(|x| long.binary_search(x).is_ok())
}

/// Relations, events and quotations of an article, at the nodes that take part in them.
fn link(nodes: &Nodes, article: usize, links: &mut HashMap<usize, Vec<Feature>>) {
    let record = nodes.records[article];
    let key = |entity: usize| {
        record.entities[entity].keys.iter().find(|k| !is_relative(k) && !k.starts_with("country:")).map(String::as_str)
    };
    let mut add = |entity: usize, f: Feature| {
        links.entry(nodes.of(article, entity).expect("a claim's entity")).or_default().push(f);
    };
    for claim in record.claims.iter().filter(|c| c.status != Status::Negated) {
        let Object::Entity(object) = claim.object else { continue };
        if let Some(key) = key(object) {
            add(claim.subject, feature(&('>', &claim.relation, key)));
        }
        if let Some(key) = key(claim.subject) {
            add(object, feature(&('<', &claim.relation, key)));
        }
    }
    for event in &record.events {
        let date = event.dates.first().map(|d| &d.iso);
        for (role, of, others) in [("agent", &event.agents, &event.targets), ("target", &event.targets, &event.agents)]
        {
            for entity in of {
                others.iter().filter_map(|o| key(*o)).for_each(|k| add(*entity, feature(&(role, &event.kind, k))));
                if let Some(date) = date {
                    add(*entity, feature(&(role, &event.kind, date)));
                }
            }
        }
    }
    for quotation in &record.quotations {
        let words: String = quotation.text.chars().filter(|c| c.is_alphanumeric()).take(QUOTE).collect();
        add(quotation.speaker, feature(&("quotation", words.to_lowercase())));
    }
}
