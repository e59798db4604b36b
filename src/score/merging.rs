//! Whether the same thing in several articles is one thing in the graph: B³ (Bagga and Baldwin, 1998).

use super::tally::Measure;
use std::collections::{BTreeMap, BTreeSet};

/// One annotated entity of one article, and the thing of the joint graph that it is.
pub(super) struct Member {
    pub id: String,
    pub thing: Option<String>,
}

/// How well the things of several articles are told apart and put together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merging {
    /// Of everything annotated.
    pub all: Measure,
    /// Of what is named in two articles or more.
    pub shared: Measure,
}

impl Merging {
    pub(super) fn of(members: &[Member]) -> Self {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        members.iter().for_each(|m| *count.entry(&m.id).or_default() += 1);
        let shared = members.iter().filter(|m| count[m.id.as_str()] > 1);
        Merging { all: b_cubed(&members.iter().collect::<Vec<_>>()), shared: b_cubed(&shared.collect::<Vec<_>>()) }
    }
}

/// The numbers of the members of each group.
type Groups<'a> = BTreeMap<&'a str, BTreeSet<usize>>;

/// For each member the share of those in its thing that belong to it, and of those that belong to it in its thing.
/// What the graph does not have stands alone.
fn b_cubed(members: &[&Member]) -> Measure {
    let (mut ids, mut things) = (Groups::new(), Groups::new());
    for (n, member) in members.iter().enumerate() {
        ids.entry(&member.id).or_default().insert(n);
        if let Some(thing) = &member.thing {
            things.entry(thing).or_default().insert(n);
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (n, member) in members.iter().enumerate() {
        let alone = BTreeSet::from([n]);
        let thing = member.thing.as_ref().map_or(&alone, |thing| &things[thing.as_str()]);
        let id = &ids[member.id.as_str()];
        let both = id.intersection(thing).count() as f64;
        precision += both / thing.len() as f64;
        recall += both / id.len() as f64;
    }
    let all = members.len().max(1) as f64;
    Measure::of(precision / all, recall / all)
}
