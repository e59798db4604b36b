//! Which entities of which articles are one thing: the rules one after the other, then the things they make.

use super::context::Context;
use super::nodes::Nodes;
use super::pins::Pins;
use super::reason::Merge;
use super::sets::{Join, Sets};
use super::things::{Thing, thing, unique_slugs};
use super::traits::Profiles;
use super::{Given, Scene, keys, known, persons, roles, variants};
use crate::record::ArticleRecord;
use std::collections::BTreeMap;

/// The things of a set of articles.
#[derive(Debug)]
pub struct Fused {
    /// Things, in the order of their slugs.
    pub things: Vec<Thing>,
    /// Why their members are one, in the order in which the rules joined them.
    pub merges: Vec<Merge>,
    /// IRIs of links that name nothing in the articles.
    pub unheard: Vec<String>,
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
pub fn fuse(records: &[&ArticleRecord], given: &Given) -> Fused {
    let nodes = Nodes::new(records);
    let scene = Scene { nodes: &nodes, context: Context::new(&nodes), profiles: Profiles::new(&nodes) };
    if given.links.is_empty() {
        return fused(&nodes, by_rules(&scene, given, Sets::new(nodes.len()), Vec::new()));
    }
    // A link names things as the rules alone make them.
    let things = fused(&nodes, by_rules(&scene, given, Sets::new(nodes.len()), Vec::new())).things;
    let pins = Pins::new(given, &things, &nodes);
    let mut sets = Sets::new(nodes.len());
    let outside = pins.apply(given, &mut sets);
    Fused { unheard: pins.unheard(given), ..fused(&nodes, by_rules(&scene, given, sets, outside)) }
}

/// The sets that the rules make, and what their nodes are called by other authorities.
type Resolved<'a> = (Sets, Vec<(usize, &'a str)>);

/// Runs the rules, the surest first.
fn by_rules<'a>(scene: &Scene, given: &Given<'a>, mut sets: Sets, mut outside: Vec<(usize, &'a str)>) -> Resolved<'a> {
    outside.extend(known::join(given.known, scene.nodes, &mut sets));
    keys::join_known(scene, &mut sets);
    keys::join_named(scene, &mut sets);
    variants::join(scene, &mut sets);
    persons::join_surnames(scene, &mut sets);
    roles::join(scene.nodes, &mut sets);
    (sets, outside)
}

/// The sets as things.
fn fused(nodes: &Nodes, (mut sets, outside): Resolved) -> Fused {
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
    for (node, iri) in outside {
        let (article, entity) = nodes.place(node);
        things[thing_of[article][entity]].same_as.insert(iri.to_owned());
    }
    let merge = |j: Join| Merge { left: nodes.place(j.left), right: nodes.place(j.right), reason: j.reason };
    let merges = sets.into_joins().into_iter().map(merge).collect();
    Fused { things, merges, unheard: Vec::new(), thing_of }
}
