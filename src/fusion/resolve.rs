//! Which entities of which articles are one thing: the rules one after the other, then the things they make.

use super::nodes::Nodes;
use super::reason::Merge;
use super::sets::Sets;
use super::things::{Thing, thing, unique_slugs};
use super::{keys, persons, roles};
use crate::record::ArticleRecord;
use std::collections::BTreeMap;

/// The things of a set of articles.
#[derive(Debug)]
pub struct Fused {
    /// Things, in the order of their slugs.
    pub things: Vec<Thing>,
    /// Why their members are one, in the order in which the rules joined them.
    pub merges: Vec<Merge>,
    /// For each article and entity its thing.
    thing_of: Vec<Vec<usize>>,
}

impl Fused {
    /// The thing that an article's entity is.
    pub fn thing(&self, article: usize, entity: usize) -> &Thing {
        &self.things[self.thing_index(article, entity)]
    }

    /// The index in [`Fused::things`] of the thing that an article's entity is.
    pub fn thing_index(&self, article: usize, entity: usize) -> usize {
        self.thing_of[article][entity]
    }
}

/// Fuses the entities of articles that are sorted by id. Their texts are not read: a running store keeps none of them.
pub fn fuse(records: &[&ArticleRecord]) -> Fused {
    let nodes = Nodes::new(records);
    let mut sets = Sets::new(nodes.len());
    keys::join(&nodes, &mut sets);
    persons::join_surnames(&nodes, &mut sets);
    roles::join(&nodes, &mut sets);
    persons::join_spellings(&nodes, &mut sets);
    fused(&nodes, sets)
}

/// The sets as things.
fn fused(nodes: &Nodes, mut sets: Sets) -> Fused {
    let mut groups: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for node in 0..nodes.len() {
        groups.entry(sets.root(node)).or_default().push(nodes.place(node));
    }
    let mut things: Vec<Thing> = groups.into_values().map(|members| thing(nodes.records, members)).collect();
    unique_slugs(nodes.records, &mut things);
    things.sort_by(|a, b| a.slug.cmp(&b.slug));
    let mut thing_of: Vec<Vec<usize>> = nodes.records.iter().map(|r| vec![0; r.entities.len()]).collect();
    for (t, thing) in things.iter().enumerate() {
        thing.members.iter().for_each(|(a, e)| thing_of[*a][*e] = t);
    }
    let merge =
        |j: super::sets::Join| Merge { left: nodes.place(j.left), right: nodes.place(j.right), reason: j.reason };
    Fused { things, merges: sets.into_joins().into_iter().map(merge).collect(), thing_of }
}
