//! Which thing of the graph is which annotated one.

use super::gold::{Entity, Gold};
use super::view::Names;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One who takes part in what is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// An annotated entity, by its id.
    Known(String),
    /// A thing of the graph that is no annotated entity, by its IRI.
    Other(String),
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Party::Known(id) => f.write_str(id),
            Party::Other(iri) => write!(f, "?{}", iri.rsplit('/').next().unwrap_or(iri)),
        }
    }
}

/// The annotated entity that each thing of the graph is, one to one: the pair that shares the most names first, then
/// the pair that shares the longest.
pub(super) fn align(entities: &[Entity], things: &Names) -> BTreeMap<String, String> {
    let mut pairs = Vec::new();
    for entity in entities {
        let names = entity.compared_names();
        for (thing, own) in things {
            pairs.extend(likeness(&names, own).map(|(count, length)| (Reverse((count, length)), &entity.id, thing)));
        }
    }
    pairs.sort();
    let (mut aligned, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, id, thing) in pairs {
        if !aligned.contains_key(thing) && !taken.contains(id) {
            taken.insert(id);
            aligned.insert(thing.clone(), id.clone());
        }
    }
    aligned
}

/// How many names two have in common, and the length of the longest; none if none.
fn likeness(names: &BTreeSet<String>, others: &BTreeSet<String>) -> Option<(usize, usize)> {
    let shared: Vec<_> = names.intersection(others).collect();
    let longest = shared.iter().map(|name| name.chars().count()).max()?;
    Some((shared.len(), longest))
}

/// What the participants of one article are called.
pub(super) struct Parties {
    aligned: BTreeMap<String, String>,
    /// Governments and the countries that they act for.
    stand_ins: BTreeMap<String, String>,
}

impl Parties {
    pub fn new(gold: &Gold, things: &Names) -> Self {
        let country = |e: &Entity| Some((e.id.clone(), e.stands_for.clone()?));
        Parties {
            aligned: align(&gold.entities, things),
            stand_ins: gold.entities.iter().filter_map(country).collect(),
        }
    }

    /// A thing of the graph.
    pub fn thing(&self, iri: &str) -> Party {
        match self.aligned.get(iri) {
            Some(id) => Party::Known(id.clone()),
            None => Party::Other(iri.to_owned()),
        }
    }

    /// A thing of the graph as participant: a government counts as its country.
    pub fn participant(&self, iri: &str) -> Party {
        match self.thing(iri) {
            Party::Known(id) => self.known(&id),
            other => other,
        }
    }

    /// An annotated entity as participant.
    pub fn known(&self, id: &str) -> Party {
        Party::Known(self.stand_ins.get(id).map_or(id, String::as_str).to_owned())
    }

    /// Whether the graph has the annotated entity, or one that counts as the same participant.
    pub fn has(&self, participant: &Party) -> bool {
        self.aligned.values().any(|id| self.known(id) == *participant || Party::Known(id.clone()) == *participant)
    }

    /// The ids of the annotated entities that the graph has.
    pub fn found(&self) -> BTreeSet<&str> {
        self.aligned.values().map(String::as_str).collect()
    }
}
