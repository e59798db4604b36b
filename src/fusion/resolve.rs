//! Which entities of which articles are one thing: they share a key, and nothing speaks against it.

use crate::entity::keys::fold;
use crate::language::{Language, LanguageData};
use crate::record::{ArticleRecord, Entity, EntityType};
use std::collections::{BTreeMap, BTreeSet};

/// One real thing with the article entities that are it.
#[derive(Debug, Clone)]
pub struct Thing {
    /// The end of its IRI.
    pub slug: String,
    /// Base type.
    pub kind: EntityType,
    /// Finer schema.org classes.
    pub finer: BTreeSet<String>,
    /// Preferred name by language code.
    pub labels: BTreeMap<&'static str, String>,
    /// Every other name seen, by language code.
    pub others: BTreeSet<(&'static str, String)>,
    /// Article index and entity index.
    pub members: Vec<(usize, usize)>,
}

/// The things of a set of articles.
#[derive(Debug)]
pub struct Fused {
    /// Things, in the order of their slugs.
    pub things: Vec<Thing>,
    /// For each article and entity its thing.
    thing_of: Vec<Vec<usize>>,
}

impl Fused {
    /// The thing that an article's entity is.
    pub fn thing(&self, article: usize, entity: usize) -> &Thing {
        &self.things[self.thing_of[article][entity]]
    }
}

struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Fuses the entities of articles that are sorted by id.
pub fn fuse(records: &[&ArticleRecord]) -> Fused {
    let nodes: Vec<(usize, usize)> =
        records.iter().enumerate().flat_map(|(a, r)| (0..r.entities.len()).map(move |e| (a, e))).collect();
    let entity = |i: usize| &records[nodes[i].0].entities[nodes[i].1];
    let mut sets = Sets { parent: (0..nodes.len()).collect() };
    join_named(&nodes, &entity, &mut sets);
    join_surnames(&nodes, &entity, &mut sets);
    join_roles(records, &nodes, &entity, &mut sets);
    join_spellings(&nodes, &entity, &mut sets);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..nodes.len() {
        groups.entry(sets.root(i)).or_default().push(i);
    }
    let mut things: Vec<Thing> =
        groups.values().map(|members| thing(records, members.iter().map(|i| nodes[*i]).collect())).collect();
    unique_slugs(records, &mut things);
    things.sort_by(|a, b| a.slug.cmp(&b.slug));
    let mut thing_of: Vec<Vec<usize>> = records.iter().map(|r| vec![0; r.entities.len()]).collect();
    for (t, thing) in things.iter().enumerate() {
        thing.members.iter().for_each(|(a, e)| thing_of[*a][*e] = t);
    }
    Fused { things, thing_of }
}

/// How types divide a key's holders: a person is never an organisation of the same name.
fn family(kind: EntityType) -> u8 {
    match kind {
        EntityType::Person => 0,
        EntityType::Place => 1,
        EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Product => 2,
        EntityType::Work => 3,
        EntityType::Event => 4,
    }
}

fn join_named<'a>(nodes: &[(usize, usize)], entity: &impl Fn(usize) -> &'a Entity, sets: &mut Sets) {
    let mut by_key: BTreeMap<(&str, u8), usize> = BTreeMap::new();
    for i in 0..nodes.len() {
        for key in entity(i).keys.iter().filter(|k| !k.starts_with("surname:") && !k.starts_with("role:")) {
            // Known things are one whatever type the article's words gave them.
            let known = key.starts_with("country:") || key.starts_with("known:");
            let family = if known { 9 } else { family(entity(i).kind) };
            match by_key.get(&(key.as_str(), family)) {
                Some(first) => sets.join(*first, i),
                None => {
                    by_key.insert((key, family), i);
                }
            }
        }
    }
}

/// A surname alone is the one person of that surname that the articles name in full.
fn join_surnames<'a>(nodes: &[(usize, usize)], entity: &impl Fn(usize) -> &'a Entity, sets: &mut Sets) {
    let mut full: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut alone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in 0..nodes.len() {
        if entity(i).kind != EntityType::Person || entity(i).unnamed {
            continue;
        }
        for key in &entity(i).keys {
            if let Some(surname) = key.strip_prefix("surname:") {
                alone.entry(surname).or_default().push(i);
            } else if let Some((_, last)) = key.strip_prefix("name:").and_then(|n| n.rsplit_once(' ')) {
                let root = sets.root(i);
                full.entry(last.to_owned()).or_default().insert(root);
            }
        }
    }
    for (surname, list) in alone {
        let roots: BTreeSet<usize> = full.get(surname).into_iter().flatten().map(|i| sets.root(*i)).collect();
        let first = roots.iter().next().filter(|_| roots.len() == 1).copied().unwrap_or(list[0]);
        if roots.len() <= 1 {
            list.iter().for_each(|i| sets.join(first, *i));
        }
    }
}

/// An unnamed bearer of a role of one thing ("the owner of X") is the same in every article.
fn join_roles<'a>(
    records: &[&ArticleRecord],
    nodes: &[(usize, usize)],
    entity: &impl Fn(usize) -> &'a Entity,
    sets: &mut Sets,
) {
    let index: BTreeMap<(usize, usize), usize> = nodes.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let mut by_role: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for i in 0..nodes.len() {
        for key in entity(i).keys.iter().filter_map(|k| k.strip_prefix("role:")) {
            let Some((concept, whole)) = key.split_once(' ') else { continue };
            let Some(whole) = whole.parse().ok().filter(|w| *w < records[nodes[i].0].entities.len()) else { continue };
            let root = sets.root(index[&(nodes[i].0, whole)]);
            match by_role.get(&(concept.to_owned(), root)) {
                Some(first) => sets.join(*first, i),
                None => {
                    by_role.insert((concept.to_owned(), root), i);
                }
            }
        }
    }
}

/// "Danny Falin" and "Danny Fallin" are one person if their articles tell of one organisation.
fn join_spellings<'a>(nodes: &[(usize, usize)], entity: &impl Fn(usize) -> &'a Entity, sets: &mut Sets) {
    let mut organizations: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut by_given: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (i, (article, _)) in nodes.iter().enumerate() {
        let one = entity(i);
        if matches!(one.kind, EntityType::Organization) {
            let root = sets.root(i);
            organizations.entry(*article).or_default().insert(root);
        }
        if one.kind != EntityType::Person || one.unnamed {
            continue;
        }
        if let Some((given, surname)) = one.names.first().map(|n| fold(n)).as_deref().and_then(|n| n.split_once(' '))
            && surname.chars().count() >= 5
            && !surname.contains(' ')
        {
            by_given
                .entry(format!("{given} {}", surname.chars().next().unwrap_or_default()))
                .or_default()
                .push((i, surname.to_owned()));
        }
    }
    for list in by_given.values_mut() {
        // A spelling that many articles share is compared once.
        list.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        list.dedup_by(|a, b| a.1 == b.1);
        for (x, (a, surname)) in list.iter().enumerate().take(64) {
            for (b, other) in list[x + 1..].iter().take(64) {
                let shared = || {
                    let (one, two) = (organizations.get(&nodes[*a].0), organizations.get(&nodes[*b].0));
                    one.zip(two).is_some_and(|(one, two)| one.intersection(two).next().is_some())
                };
                if nodes[*a].0 != nodes[*b].0 && one_edit(surname, other) && shared() {
                    sets.join(*a, *b);
                }
            }
        }
    }
}

/// Whether one letter added, left out or changed makes one word of the other.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - front - back <= 1
}

fn thing(records: &[&ArticleRecord], members: Vec<(usize, usize)>) -> Thing {
    let entity = |(a, e): (usize, usize)| &records[a].entities[e];
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    let mut finer = BTreeSet::new();
    let mut counts: BTreeMap<(&'static str, &str), (usize, usize)> = BTreeMap::new();
    let mut country = None;
    for member in &members {
        let one = entity(*member);
        *kinds.entry(one.kind).or_default() += one.mentions.len().max(1);
        finer.extend(one.finer.iter().cloned());
        country = country.or_else(|| one.keys.iter().find_map(|k| k.strip_prefix("country:")).map(str::to_owned));
        let language = records[member.0].document.language.code();
        for (rank, name) in one.names.iter().enumerate() {
            let count = counts.entry((language, name)).or_default();
            count.0 += usize::from(rank == 0);
            count.1 += 1;
        }
    }
    let kind = *kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).expect("a thing has members").0;
    let mut labels: BTreeMap<&'static str, String> = BTreeMap::new();
    for language in counts.keys().map(|k| k.0).collect::<BTreeSet<_>>() {
        let own = country.as_ref().and_then(|code| country_name(language, code));
        let best = counts
            .iter()
            .filter(|((l, _), _)| *l == language)
            .max_by_key(|((_, name), count)| (**count, std::cmp::Reverse(*name)));
        labels.insert(language, own.unwrap_or_else(|| best.expect("a language has names").0.1.to_owned()));
    }
    let others = counts
        .keys()
        .filter(|(l, n)| labels.get(l).is_none_or(|x| x != n))
        .map(|(l, n)| (*l, (*n).to_owned()))
        .collect();
    let slug = slug(&labels, country.as_deref());
    Thing { slug, kind, finer, labels, others, members }
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
    let slug = fold(label).replace(' ', "-");
    if slug.is_empty() { "thing".to_owned() } else { slug }
}

/// Two things of one slug: the type is added, then a number drawn from their content.
fn unique_slugs(records: &[&ArticleRecord], things: &mut [Thing]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    things.iter().for_each(|t| *count.entry(t.slug.clone()).or_default() += 1);
    for thing in things.iter_mut().filter(|t| count[&t.slug] > 1) {
        thing.slug = format!("{}-{}", thing.slug, format!("{:?}", thing.kind).to_lowercase());
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    things.iter().for_each(|t| *count.entry(t.slug.clone()).or_default() += 1);
    for thing in things.iter_mut().filter(|t| count[&t.slug] > 1) {
        let (article, entity) = thing.members[0];
        thing.slug = format!("{}-{}-{entity}", thing.slug, &records[article].id()[..8]);
    }
}
