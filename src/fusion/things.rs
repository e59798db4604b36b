//! The things that the sets of entities are: their type, labels and slugs.

use super::memo::Memo;
use super::nodes::Nodes;
use crate::entity::keys::fold;
use crate::language::{Language, LanguageData, country_authorities};
use crate::record::{ArticleRecord, EntityType};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// One real thing with the article entities that are it.
#[derive(Debug, Clone)]
pub struct Thing {
    /// The end of its IRI.
    pub slug: String,
    /// Types and names.
    pub naming: Arc<Naming>,
    /// What links and known things tell that it is beside: IRIs that name the same thing.
    pub same_as: BTreeSet<String>,
    /// Article index and entity index.
    pub members: Vec<(usize, usize)>,
}

/// What a thing is called, a function of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The end of its IRI, unless another thing has it too.
    slug: String,
    /// Base type.
    pub kind: EntityType,
    /// Finer schema.org classes.
    pub finer: BTreeSet<String>,
    /// Preferred name by language code.
    pub labels: BTreeMap<&'static str, String>,
    /// Every other name seen, by language code.
    pub others: BTreeSet<(&'static str, String)>,
    /// What it is called by the authorities that the program knows: IRIs that name the same thing.
    pub authorities: BTreeSet<String>,
}

impl Thing {
    /// Whether the graph says the same of both, whoever their members are.
    pub fn is_named_as(&self, other: &Self) -> bool {
        let Self { slug, naming, same_as, members: _ } = self;
        let same = Arc::ptr_eq(naming, &other.naming) || *naming == other.naming;
        same && *slug == other.slug && *same_as == other.same_as
    }
}

/// The things that sets of nodes are, in the order of their slugs.
pub(super) fn things(nodes: &Nodes, groups: Vec<Vec<u32>>, memo: &mut Memo) -> Vec<Thing> {
    let thing = |group: Vec<u32>| {
        let key = members_hash(nodes, &group);
        let naming = memo.namings.get(&key).cloned().unwrap_or_else(|| Arc::new(naming(nodes, &group)));
        let members = group.iter().map(|node| nodes.place(*node as usize)).collect();
        (key, Thing { slug: naming.slug.clone(), naming, same_as: BTreeSet::new(), members })
    };
    let (keys, mut things): (Vec<u64>, Vec<Thing>) = groups.into_par_iter().map(thing).unzip();
    keys.into_iter().zip(&things).for_each(|(key, thing)| memo.namings.keep(key, thing.naming.clone()));
    unique_slugs(nodes.records, &mut things);
    things.par_sort_by(|a, b| a.slug.cmp(&b.slug));
    things
}

/// A hash of all that the name of a set of nodes depends on.
fn members_hash(nodes: &Nodes, group: &[u32]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for node in group.iter().map(|node| *node as usize) {
        hasher.write_u64(nodes.stamp(node));
        hasher.write_usize(nodes.place(node).1);
    }
    hasher.finish()
}

/// A name in one language, as its thing is called.
struct Called {
    /// How often it is the preferred name of an article, and how often a name.
    count: (usize, usize),
    language: Language,
    node: usize,
    rank: usize,
}

/// What a set of nodes is called.
fn naming(nodes: &Nodes, group: &[u32]) -> Naming {
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    let mut finer = BTreeSet::new();
    let mut called: FxHashMap<(u64, u8), Called> = FxHashMap::default();
    let mut country = None;
    for node in group.iter().map(|node| *node as usize) {
        let (article, entity) = nodes.place(node);
        let (card, head) = (nodes.cards[article], nodes.head(node));
        *kinds.entry(head.kind).or_default() += (head.mentions as usize).max(1);
        if head.finer {
            finer.extend(nodes.entity(node).finer.iter().cloned());
        }
        if head.country && country.is_none() {
            country = nodes.entity(node).keys.iter().find_map(|k| k.strip_prefix("country:")).map(str::to_owned);
        }
        for name in card.names_of(entity) {
            let (language, rank) = (card.language, name.rank as usize);
            let new = || Called { count: (0, 0), language, node, rank };
            let one = called.entry((name.hash, language as u8)).or_insert_with(new);
            one.count.0 += usize::from(rank == 0);
            one.count.1 += 1;
        }
    }
    let kind = *kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).expect("a thing has members").0;
    let name = |c: &Called| nodes.entity(c.node).names[c.rank].as_str();
    let mut labels: BTreeMap<&'static str, String> = BTreeMap::new();
    for language in called.values().map(|c| c.language.code()).collect::<BTreeSet<_>>() {
        let own = country.as_ref().and_then(|code| country_name(language, code));
        let names = called.values().filter(|c| c.language.code() == language);
        let best = names.max_by_key(|c| (c.count, std::cmp::Reverse(name(c))));
        labels.insert(language, own.unwrap_or_else(|| name(best.expect("a language has names")).to_owned()));
    }
    let all = called.values().map(|c| (c.language.code(), name(c)));
    let others = all.filter(|(l, n)| labels.get(l).is_none_or(|x| x != n)).map(|(l, n)| (l, n.to_owned())).collect();
    let slug = slug(&labels, country.as_deref());
    let authorities = country.iter().flat_map(|code| country_authorities(code)).collect();
    Naming { slug, kind, finer, labels, others, authorities }
}

fn country_name(language: &str, code: &str) -> Option<String> {
    let data = LanguageData::of(Language::from_code(language)?);
    data.country_names.get(code).cloned()
}

/// From the English name of a country, else the English label, else the first language's.
fn slug(labels: &BTreeMap<&'static str, String>, country: Option<&str>) -> String {
    let english = country.and_then(|c| country_name("en", c));
    let label = english
        .as_ref()
        .or_else(|| labels.get("en"))
        .or_else(|| labels.values().next())
        .map_or("thing", String::as_str);
    let slug = slug_of_name(label);
    if slug.is_empty() { "thing".to_owned() } else { slug }
}

/// The slug that a name gives.
pub(super) fn slug_of_name(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// Two things of one slug: the type is added, then a number drawn from their content.
fn unique_slugs(records: &[&ArticleRecord], things: &mut [Thing]) {
    for index in shared_slugs(things) {
        let thing = &mut things[index];
        thing.slug = format!("{}-{}", thing.slug, format!("{:?}", thing.naming.kind).to_lowercase());
    }
    for index in shared_slugs(things) {
        let thing = &mut things[index];
        let (article, entity) = thing.members[0];
        thing.slug = format!("{}-{}-{entity}", thing.slug, &records[article].id()[..8]);
    }
}

/// The things that have their slug not for themselves.
fn shared_slugs(things: &[Thing]) -> Vec<usize> {
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    things.iter().for_each(|t| *count.entry(&t.slug).or_default() += 1);
    (0..things.len()).filter(|t| count[things[*t].slug.as_str()] > 1).collect()
}
