//! What the articles tell around their entities: evidence that two nodes are one thing.
//!
//! Two entities of different articles are likelier one thing if their articles name the same rare things, and more so
//! if both stand in the same relation to one thing, take part in the same event or said the same words.

use super::card::{Card, Head, Key, hash};
use super::keys::Class;
use super::lists::Lists;
use super::nodes::Nodes;
use super::repeated::Repeated;
use crate::record::{ArticleRecord, EntityType, Object, Status};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// A hash of something that two articles can have in common.
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

/// What an article names: a country is named too often to tell anything.
pub(super) fn told(entities: &[Head], keys: &[Key]) -> Vec<(Feature, u32)> {
    let named = keys.iter().map(|key| (key, entities[key.entity as usize]));
    let telling = named.filter(|(key, head)| !head.unnamed && key.class != Class::Country);
    let weighed = telling.map(|(key, head)| (key.hash, if head.kind == EntityType::Place { PLACE } else { NAME }));
    let mut told: Vec<_> = weighed.collect();
    told.sort_unstable();
    told.dedup();
    told
}

/// Relations, events and quotations of an article, at the entities that take part in them.
pub(super) fn links(record: &ArticleRecord) -> Vec<(u32, Feature)> {
    let is_telling = |k: &&String| !["surname:", "role:", "country:"].iter().any(|class| k.starts_with(class));
    let key = |entity: usize| record.entities[entity].keys.iter().find(is_telling).map(String::as_str);
    let mut links = Vec::new();
    let mut add = |entity: usize, feature: Feature| links.push((entity as u32, feature));
    for claim in record.claims.iter().filter(|c| c.status != Status::Negated) {
        let Object::Entity(object) = claim.object else { continue };
        if let Some(key) = key(object) {
            add(claim.subject, hash(&('>', &claim.relation, key)));
        }
        if let Some(key) = key(claim.subject) {
            add(object, hash(&('<', &claim.relation, key)));
        }
    }
    for event in &record.events {
        let date = event.dates.first().map(|d| &d.iso);
        for (role, of, others) in [("agent", &event.agents, &event.targets), ("target", &event.targets, &event.agents)]
        {
            for entity in of {
                others.iter().filter_map(|o| key(*o)).for_each(|k| add(*entity, hash(&(role, &event.kind, k))));
                if let Some(date) = date {
                    add(*entity, hash(&(role, &event.kind, date)));
                }
            }
        }
    }
    for quotation in &record.quotations {
        let words: String = quotation.text.chars().filter(|c| c.is_alphanumeric()).take(QUOTE).collect();
        add(quotation.speaker, hash(&("quotation", words.to_lowercase())));
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// The features of articles and of entities that more than one and not too many articles have.
pub(super) struct Context {
    /// What each article tells, with its weight; sorted.
    told: Lists<(Feature, u32)>,
    /// What its entities give of that themselves.
    own: Lists<(u32, Feature)>,
    /// What tells of its entities; sorted.
    links: Lists<(u32, Feature)>,
}

impl Context {
    /// The features of all articles. Near-linear in what the articles say.
    pub(super) fn new(cards: &[&Card]) -> Self {
        let features = Lists::new(cards.len(), |article, list| list.extend(cards[article].features()));
        let repeated = Repeated::new(features.items());
        let telling = telling(&features, &repeated);
        let has = |feature: &Feature| repeated.may_have(*feature) && telling.contains(feature);
        let told = |article: usize, list: &mut Vec<_>| list.extend(cards[article].told.iter().filter(|t| has(&t.0)));
        let told = Lists::new(cards.len(), told);
        let own = |article: usize, list: &mut Vec<_>| {
            let named = cards[article].keys.iter().filter(|k| !cards[article].entities[k.entity as usize].unnamed);
            list.extend(named.filter(|k| has(&k.hash)).map(|k| (k.entity, k.hash)));
        };
        let links = |article: usize, list: &mut Vec<_>| list.extend(cards[article].links.iter().filter(|l| has(&l.1)));
        Self { told, own: Lists::new(cards.len(), own), links: Lists::new(cards.len(), links) }
    }

    /// How much the surroundings of two nodes of different articles have in common.
    pub(super) fn shared(&self, nodes: &Nodes, a: usize, b: usize) -> u32 {
        let ((one, a), (two, b)) = (nodes.place(a), nodes.place(b));
        let own = |f: Feature| self.gives(one, a, f) || self.gives(two, b, f);
        let told = common(self.told.of(one), self.told.of(two));
        let named: u32 = told.filter(|(f, _)| !own(*f)).map(|(_, weight)| weight).sum();
        let links = |(_, f): &&(u32, Feature)| self.links_of(two, b).any(|other| other == *f);
        named + LINK * of_entity(self.links.of(one), a).filter(links).count() as u32
    }

    /// What a node's surroundings offer to share.
    pub(super) fn of(&self, nodes: &Nodes, node: usize) -> impl Iterator<Item = Feature> + '_ {
        let (article, entity) = nodes.place(node);
        let named = self.told.of(article).iter().map(|(f, _)| *f);
        named.filter(move |f| !self.gives(article, entity, *f)).chain(self.links_of(article, entity))
    }

    fn links_of(&self, article: usize, entity: usize) -> impl Iterator<Item = Feature> + '_ {
        of_entity(self.links.of(article), entity).map(|(_, f)| *f)
    }

    /// Whether an entity itself gives its article a feature.
    fn gives(&self, article: usize, entity: usize, feature: Feature) -> bool {
        of_entity(self.own.of(article), entity).any(|(_, f)| *f == feature)
    }
}

/// The features of articles that tell something.
fn telling(features: &Lists<Feature>, repeated: &Repeated) -> FxHashSet<Feature> {
    let again = features.items().par_iter().copied().filter(|f| repeated.may_have(*f));
    let mut again: Vec<Feature> = again.collect();
    again.par_sort_unstable();
    let most = (features.len() / ONE_IN).clamp(RARE, COMMON);
    again.chunk_by(|a, b| a == b).filter(|run| (2..=most).contains(&run.len())).map(|run| run[0]).collect()
}

/// What a list of an article, sorted by entities, has of one.
fn of_entity<T>(list: &[(u32, T)], entity: usize) -> impl Iterator<Item = &(u32, T)> {
    list.iter().skip_while(move |(e, _)| (*e as usize) < entity).take_while(move |(e, _)| *e as usize == entity)
}

/// The elements that two sorted lists share.
fn common<'a, T: Ord + Copy>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = T> + 'a {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().copied().filter(|x| long.binary_search(x).is_ok())
}
