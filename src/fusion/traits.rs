//! What tells two things of one name apart: whom a person works for, which country a thing is of, what post somebody has.
//!
//! Which relations count is said in the ontology (`ng:tellsApart`), for which kind of thing.

use super::nodes::Nodes;
use super::sets::Sets;
use crate::language::{LanguageData, country_of_city};
use crate::ontology::Ontology;
use crate::record::{Entity, EntityType, Object, Status};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Traits of one kind are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A thing that the node belongs to, works for or owns: a node.
    Tie,
    /// A country.
    Country,
    /// A post or profession.
    Post,
    /// A name of several words, in one of the languages, of a node that an acronym names too.
    LongName(u8),
    /// A name of several words, without legal form, of a node that a part of it names too.
    FullName,
    /// Such a name, and every part of it that has several words: no contradiction by itself.
    PartOfName,
}

/// One trait: its kind, and a value that is the same wherever the trait is.
type Trait = (Kind, usize);

/// The traits of a set of nodes by kind.
pub(super) type Traits = BTreeMap<Kind, BTreeSet<usize>>;

/// The traits of the nodes that have any.
pub(super) struct Profiles {
    of: HashMap<usize, Vec<Trait>>,
}

impl Profiles {
    /// Reads the traits off the claims.
    pub(super) fn new<'a>(nodes: &Nodes<'a>) -> Self {
        let mut of: HashMap<usize, Vec<Trait>> = HashMap::new();
        let mut names = Names::default();
        let mut posts: HashMap<(u8, &str), Option<&str>> = HashMap::new();
        for (article, record) in nodes.records.iter().enumerate() {
            let language = record.document.language;
            for claim in record.claims.iter().filter(|c| c.status != Status::Negated) {
                let Some(relation) = Ontology::get().relations.get(&claim.relation) else { continue };
                if relation.tells_apart.is_empty() {
                    continue;
                }
                let node = |entity| nodes.of(article, entity).expect("a claim's entity");
                match &claim.object {
                    Object::Entity(object) => {
                        for (one, other) in [(claim.subject, *object), (*object, claim.subject)] {
                            let told = relation.tells_apart.contains(&record.entities[one].kind);
                            let value = value(&mut names, &record.entities[other], node(other)).filter(|_| told);
                            of.entry(node(one)).or_default().extend(value);
                        }
                    }
                    Object::Text(words) => {
                        let post = posts
                            .entry((language as u8, words))
                            .or_insert_with(|| LanguageData::of(language).post(words))
                            .map(|concept| (Kind::Post, names.number(concept)));
                        of.entry(node(claim.subject)).or_default().extend(post);
                    }
                }
            }
        }
        for node in 0..nodes.len() {
            let entity = nodes.entity(node);
            if entity.names.iter().any(|n| is_acronym(n)) && entity.kind != EntityType::Person {
                let language = nodes.language(node) as u8;
                let long = entity.keys.iter().filter_map(|k| k.strip_prefix("name:")).filter(|n| n.contains(' '));
                let long = long.map(|name| (Kind::LongName(language), names.number(name)));
                of.entry(node).or_default().extend(long.collect::<Vec<_>>());
            }
            for name in full_names(entity, LanguageData::of(nodes.language(node))) {
                let list = of.entry(node).or_default();
                list.push((Kind::FullName, names.number(name)));
                list.extend(runs(name).map(|run| (Kind::PartOfName, names.number(run))));
            }
        }
        of.retain(|_, list| !list.is_empty());
        Self { of }
    }

    /// Adds a node's traits; a tie is to the set that its other end is in now.
    pub(super) fn add_to(&self, traits: &mut Traits, node: usize, sets: &mut Sets) {
        for (kind, value) in self.of.get(&node).into_iter().flatten() {
            let value = if *kind == Kind::Tie { sets.root(*value) } else { *value };
            traits.entry(*kind).or_default().insert(value);
        }
    }
}

/// Names by numbers.
#[derive(Default)]
struct Names<'a>(HashMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}

/// The full names of an entity that a part of them names too, each as what lies between legal forms.
fn full_names<'a>(entity: &'a Entity, language: &LanguageData) -> Vec<&'a str> {
    if matches!(entity.kind, EntityType::Person | EntityType::Place) || entity.names.len() < 2 {
        return Vec::new();
    }
    let names = entity.keys.iter().filter_map(|k| k.strip_prefix("name:")).filter(|n| !n.contains('@'));
    let bare: Vec<&str> = names.map(|name| without_legal_forms(name, language)).collect();
    let mut full: Vec<&str> = bare.iter().copied().filter(|n| bare.iter().any(|part| is_part(part, n))).collect();
    full.sort_unstable();
    full.dedup();
    full
}

fn without_legal_forms<'a>(mut name: &'a str, language: &LanguageData) -> &'a str {
    while let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, word)| language.is_company_form(word)) {
        name = rest;
    }
    while let Some((_, rest)) = name.split_once(' ').filter(|(word, _)| language.is_company_form(word)) {
        name = rest;
    }
    name
}

/// Whether some of a name's words in a row are another name.
fn is_part(part: &str, name: &str) -> bool {
    let at_word = |at: usize| at == 0 || name.as_bytes()[at - 1] == b' ';
    let ends = |at: usize| name[at..].len() == part.len() || name[at + part.len()..].starts_with(' ');
    part.len() < name.len() && name.match_indices(part).any(|(at, _)| at_word(at) && ends(at))
}

/// All runs of several words of a name.
fn runs(name: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(name.match_indices(' ').map(|(at, _)| at + 1));
    starts.flat_map(move |start| {
        let ends = name[start..].match_indices(' ').skip(1).map(move |(at, _)| start + at);
        let whole = name[start..].contains(' ').then_some(name.len());
        ends.chain(whole).map(move |end| &name[start..end])
    })
}

/// What the other end of a relation says: its country if it is a place, itself if it is none.
fn value<'a>(names: &mut Names<'a>, other: &'a Entity, node: usize) -> Option<Trait> {
    if let Some(country) = other.keys.iter().find_map(|k| country(k)) {
        return Some((Kind::Country, names.number(country)));
    }
    let named = !other.unnamed && !matches!(other.kind, EntityType::Place | EntityType::Person);
    named.then_some((Kind::Tie, node))
}

fn country(key: &str) -> Option<&str> {
    key.strip_prefix("country:").or_else(|| country_of_city(key.strip_prefix("place:")?))
}

/// A short name all in capitals.
pub(super) fn is_acronym(name: &str) -> bool {
    (2..=6).contains(&name.chars().count()) && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// How many kinds of traits two sets of traits both have with nothing in common.
pub(super) fn contradictions(a: &Traits, b: &Traits) -> usize {
    let differ = |kind: &Kind, values: &BTreeSet<usize>| match kind {
        Kind::FullName => differently_named(a, b),
        Kind::PartOfName => false,
        _ => b.get(kind).is_some_and(|other| values.is_disjoint(other)),
    };
    a.iter().filter(|(kind, values)| differ(kind, values)).count()
}

/// Whether both have full names and none of one is a part of the other's.
pub(super) fn differently_named(a: &Traits, b: &Traits) -> bool {
    let apart = |one: &Traits, two: &Traits| {
        one.get(&Kind::FullName).zip(two.get(&Kind::PartOfName)).is_some_and(|(full, parts)| full.is_disjoint(parts))
    };
    apart(a, b) && apart(b, a)
}

/// Whether these traits of many hold nothing that could contradict.
pub(super) fn agree(all: &Traits) -> bool {
    all.iter().all(|(kind, values)| *kind == Kind::PartOfName || values.len() < 2)
}
