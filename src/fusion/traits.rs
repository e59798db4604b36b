//! What tells two things of one name apart: whom a person works for, which country a thing is of, what post somebody has.
//!
//! Which relations count is said in the ontology (`ng:tellsApart`), for which kind of thing.

use super::card::hash;
use super::nodes::Nodes;
use super::sets::Sets;
use crate::language::{LanguageData, country_of_city};
use crate::ontology::Ontology;
use crate::record::{ArticleRecord, Entity, EntityType, Object, Status};

/// Traits of one kind are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A thing that the node belongs to, works for or owns: an entity of the article, or a node.
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
pub(super) type Trait = (Kind, u64);

/// The traits of a set of nodes, sorted, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Traits(Vec<Trait>);

/// The traits of an article's entities, read off its claims and names; sorted.
pub(super) fn of(record: &ArticleRecord) -> Vec<(u32, Trait)> {
    let data = LanguageData::of(record.document.language);
    let mut traits = Vec::new();
    let mut add = |entity: usize, found: Option<Trait>| traits.extend(found.map(|one| (entity as u32, one)));
    for claim in record.claims.iter().filter(|c| c.status != Status::Negated) {
        let Some(relation) = Ontology::get().relations.get(&claim.relation) else { continue };
        if relation.tells_apart.is_empty() {
            continue;
        }
        match &claim.object {
            Object::Entity(object) => {
                for (one, other) in [(claim.subject, *object), (*object, claim.subject)] {
                    let told = relation.tells_apart.contains(&record.entities[one].kind);
                    add(one, value(&record.entities[other], other).filter(|_| told));
                }
            }
            Object::Text(words) => {
                add(claim.subject, data.post(words).map(|concept| (Kind::Post, hash(concept))));
            }
        }
    }
    for (i, entity) in record.entities.iter().enumerate() {
        if entity.names.iter().any(|n| is_acronym(n)) && entity.kind != EntityType::Person {
            let language = record.document.language as u8;
            let long = entity.keys.iter().filter_map(|k| k.strip_prefix("name:")).filter(|n| n.contains(' '));
            long.for_each(|name| add(i, Some((Kind::LongName(language), hash(name)))));
        }
        for name in full_names(entity, data) {
            add(i, Some((Kind::FullName, hash(name))));
            runs(name).for_each(|run| add(i, Some((Kind::PartOfName, hash(run)))));
        }
    }
    traits.sort_unstable();
    traits.dedup();
    traits
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
fn value(other: &Entity, index: usize) -> Option<Trait> {
    if let Some(country) = other.keys.iter().find_map(|k| country(k)) {
        return Some((Kind::Country, hash(country)));
    }
    let named = !other.unnamed && !matches!(other.kind, EntityType::Place | EntityType::Person);
    named.then_some((Kind::Tie, index as u64))
}

fn country(key: &str) -> Option<&str> {
    key.strip_prefix("country:").or_else(|| country_of_city(key.strip_prefix("place:")?))
}

/// The traits of a node; a tie is to the set that its other end is in now.
pub(super) fn of_node(nodes: &Nodes, node: usize, sets: &mut Sets) -> impl Iterator<Item = Trait> {
    let article = nodes.article(node);
    nodes.traits(node).map(move |(kind, value)| match kind {
        Kind::Tie => (Kind::Tie, sets.root(nodes.of(article, value as usize)) as u64),
        _ => (kind, value),
    })
}

impl Traits {
    /// Of nodes whose traits are given.
    pub(super) fn new(mut traits: Vec<Trait>) -> Self {
        traits.sort_unstable();
        traits.dedup();
        Self(traits)
    }

    /// Adds those of another set of nodes.
    pub(super) fn join(&mut self, other: &Self) {
        *self = Self::new([self.0.as_slice(), &other.0].concat());
    }

    /// The things that the nodes belong to, work for or own, by the roots of their sets.
    pub(super) fn ties(&self) -> impl Iterator<Item = u64> {
        self.of(Kind::Tie).iter().map(|(_, root)| *root)
    }

    /// How many kinds of traits two sets of nodes both have with nothing in common.
    pub(super) fn contradictions(&self, other: &Self) -> usize {
        let contradict = |of_kind: &&[Trait]| match of_kind[0].0 {
            Kind::FullName => self.are_differently_named(other),
            Kind::PartOfName => false,
            kind => self.apart(kind, other, kind),
        };
        self.0.chunk_by(|a, b| a.0 == b.0).filter(contradict).count()
    }

    /// Whether both have full names and none of one is a part of the other's.
    pub(super) fn are_differently_named(&self, other: &Self) -> bool {
        self.apart(Kind::FullName, other, Kind::PartOfName) && other.apart(Kind::FullName, self, Kind::PartOfName)
    }

    /// Whether both have values, these of one kind and those of another, and none in common.
    fn apart(&self, kind: Kind, other: &Self, of: Kind) -> bool {
        let (one, two) = (self.of(kind), other.of(of));
        let shared = |(_, value): &Trait| two.binary_search(&(of, *value)).is_ok();
        !one.is_empty() && !two.is_empty() && !one.iter().any(shared)
    }

    /// Whether there are traits of a kind.
    pub(super) fn has(&self, kind: Kind) -> bool {
        !self.of(kind).is_empty()
    }

    fn of(&self, kind: Kind) -> &[Trait] {
        let start = self.0.partition_point(|(k, _)| *k < kind);
        &self.0[start..start + self.0[start..].partition_point(|(k, _)| *k == kind)]
    }
}

/// A short name all in capitals.
pub(super) fn is_acronym(name: &str) -> bool {
    (2..=6).contains(&name.chars().count()) && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}
