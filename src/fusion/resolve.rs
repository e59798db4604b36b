//! Which entities of which articles are one thing: the rules one after the other, then the things they make.

use super::card::Card;
use super::context::Context;
use super::copies::{Pair, copies};
use super::memo::Memo;
use super::nodes::Nodes;
use super::pins::Pins;
use super::reason::Merge;
use super::sets::{Join, Sets};
use super::things::{Thing, things};
use super::{Given, Scene, keys, known, persons, roles, variants};
use crate::record::ArticleRecord;

/// The things of a set of articles.
#[derive(Debug)]
pub struct Fused {
    /// Things, in the order of their slugs.
    pub things: Vec<Thing>,
    /// IRIs of links that name nothing in the articles.
    pub unheard: Vec<String>,
    /// Pairs of articles of which one is a copy of the other.
    pub(super) copies: Vec<Pair>,
    /// Entities by their places in `thing_of` that the rules joined, in their order.
    joins: Vec<Join>,
    /// The thing of each entity, article after article.
    thing_of: Vec<u32>,
    /// Where the entities of each article begin there.
    first: Vec<usize>,
}

impl Fused {
    /// Why the members of things are one, in the order in which the rules joined them.
    pub fn merges(&self) -> impl Iterator<Item = Merge> {
        let place = |node: u32| {
            let article = self.first.partition_point(|first| *first <= node as usize) - 1;
            (article, node as usize - self.first[article])
        };
        self.joins.iter().map(move |join| Merge {
            left: place(join.left),
            right: place(join.right),
            reason: join.reason,
        })
    }

    /// The thing that an article's entity is.
    pub fn thing(&self, article: usize, entity: usize) -> &Thing {
        &self.things[self.thing_index(article, entity)]
    }

    /// The indices of the things that an article's entities are.
    pub fn of_article(&self, article: usize) -> &[u32] {
        &self.thing_of[self.first[article]..self.first[article + 1]]
    }

    /// The index in [`Fused::things`] of the thing that an article's entity is.
    pub fn thing_index(&self, article: usize, entity: usize) -> usize {
        self.thing_of[self.first[article] + entity] as usize
    }
}

/// Fuses the entities of articles that are sorted by id and come with their cards. Their texts are not read: a running
/// store keeps none of them. What `memo` has of articles fused before is not made again.
pub fn fuse(records: &[&ArticleRecord], cards: &[&Card], given: &Given, memo: &mut Memo) -> Fused {
    let nodes = Nodes::new(records, cards);
    let scene = Scene { nodes: &nodes, context: Context::new(cards) };
    let mut sets = Sets::new(nodes.len());
    let (mut outside, mut unheard) = (Vec::new(), Vec::new());
    if !given.links.is_empty() {
        // A link names things as the rules alone make them.
        let alone = by_rules(&scene, given, Sets::new(nodes.len()), Vec::new(), memo);
        let pins = Pins::new(given, &fused(&nodes, alone, memo).things, &nodes);
        outside = pins.apply(given, &mut sets);
        unheard = pins.unheard(given);
    }
    // The rules run one after the other, so that another processor has time for copies.
    let (resolved, copies) = rayon::join(|| by_rules(&scene, given, sets, outside, memo), || copies(cards));
    let fused = Fused { unheard, copies, ..fused(&nodes, resolved, memo) };
    memo.turn();
    fused
}

/// The sets that the rules make, and what their nodes are called by other authorities.
type Resolved<'a> = (Sets, Vec<(usize, &'a str)>);

/// Runs the rules, the surest first.
fn by_rules<'a>(
    scene: &Scene,
    given: &Given<'a>,
    mut sets: Sets,
    mut outside: Vec<(usize, &'a str)>,
    memo: &mut Memo,
) -> Resolved<'a> {
    outside.extend(known::join(given.known, scene.nodes, &mut sets));
    keys::join_known(scene, &mut sets);
    keys::join_named(scene, &mut sets);
    variants::join(scene, &mut sets, memo);
    persons::join_surnames(scene, &mut sets);
    roles::join(scene.nodes, &mut sets);
    (sets, outside)
}

/// The sets as things.
fn fused(nodes: &Nodes, (mut sets, outside): Resolved, memo: &mut Memo) -> Fused {
    let mut things = things(nodes, sets.groups(), memo);
    let mut thing_of = vec![0; nodes.len()];
    for (t, thing) in things.iter().enumerate() {
        thing.members.iter().for_each(|(a, e)| thing_of[nodes.of(*a, *e)] = t as u32);
    }
    for (node, iri) in outside {
        things[thing_of[node] as usize].same_as.insert(iri.to_owned());
    }
    let first = nodes.starts();
    Fused { things, joins: sets.into_joins(), unheard: Vec::new(), copies: Vec::new(), thing_of, first }
}
