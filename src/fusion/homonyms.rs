//! Things of one name: one, unless what is told of them differs and nothing ties them.

use super::Scene;
use super::reason::Reason;
use super::sets::Sets;
use super::traits::{Kind, Traits, agree, contradictions, differently_named};
use crate::record::EntityType;
use std::collections::HashMap;

/// How many things of one name are told apart; those beyond go to the first that they may be.
const HOMONYMS: usize = 64;

/// Nodes of one name that belong together, with what tells of them.
struct Part {
    nodes: Vec<usize>,
    traits: Traits,
}

/// Joins the nodes of a block (all have one name) into one thing, or into several where what is told of them
/// contradicts and nothing is shared. Linear in the block, but for the few things that it turns out to be.
pub(super) fn join(block: &[usize], scene: &Scene, sets: &mut Sets) {
    let mut parts = parts(block, scene, sets);
    if parts.len() < 2 {
        return;
    }
    let mut all = Traits::new();
    parts.iter().for_each(|part| add(&mut all, &part.traits));
    if agree(&all) {
        for part in &parts {
            sets.join(block[0], part.nodes[0], Reason::Name);
        }
        return;
    }
    keep_full_names_apart(&parts, sets);
    parts = gather(parts, scene, sets);
    parts.sort_by_key(|part| (std::cmp::Reverse(part.nodes.len()), part.nodes[0]));
    let mut things: Vec<Part> = Vec::new();
    for part in parts {
        let fits = things.iter().position(|thing| !apart(thing, &part, scene));
        match fits.or((things.len() >= HOMONYMS).then_some(0)) {
            Some(at) => {
                sets.join(things[at].nodes[0], part.nodes[0], Reason::Name);
                add(&mut things[at].traits, &part.traits);
                things[at].nodes.extend(part.nodes);
            }
            None => {
                things.iter().for_each(|thing| sets.forbid(thing.nodes[0], part.nodes[0]));
                things.push(part);
            }
        }
    }
}

/// What is called by one short name and by different full names is not one, whatever the articles share: everybody
/// who tells of companies shares something.
fn keep_full_names_apart(parts: &[Part], sets: &mut Sets) {
    let mut named: Vec<&Part> = parts.iter().filter(|part| part.traits.contains_key(&Kind::FullName)).collect();
    named.sort_by_key(|part| (std::cmp::Reverse(part.nodes.len()), part.nodes[0]));
    for (at, one) in named.iter().enumerate().take(HOMONYMS) {
        for two in named[at + 1..].iter().filter(|two| differently_named(&one.traits, &two.traits)) {
            sets.forbid(one.nodes[0], two.nodes[0]);
        }
    }
}

fn add(traits: &mut Traits, more: &Traits) {
    more.iter().for_each(|(kind, values)| traits.entry(*kind).or_default().extend(values));
}

/// The block's nodes by the sets that they are in already.
fn parts(block: &[usize], scene: &Scene, sets: &mut Sets) -> Vec<Part> {
    let mut at: HashMap<usize, usize> = HashMap::new();
    let mut parts: Vec<Part> = Vec::new();
    for node in block {
        let next = parts.len();
        let index = *at.entry(sets.root(*node)).or_insert(next);
        if index == next {
            parts.push(Part { nodes: Vec::new(), traits: Traits::new() });
        }
        parts[index].nodes.push(*node);
        scene.profiles.add_to(&mut parts[index].traits, *node, sets);
    }
    parts
}

/// Joins the parts that share a tie or something that their articles tell.
fn gather(parts: Vec<Part>, scene: &Scene, sets: &mut Sets) -> Vec<Part> {
    let mut holder: HashMap<(bool, u64), usize> = HashMap::new();
    let mut tie = |sets: &mut Sets, feature: (bool, u64), node: usize| {
        let first = *holder.entry(feature).or_insert(node);
        sets.join(first, node, Reason::Name);
    };
    for part in &parts {
        for value in part.traits.get(&Kind::Tie).into_iter().flatten() {
            tie(sets, (true, *value as u64), part.nodes[0]);
        }
        for node in &part.nodes {
            scene.context.of(scene.nodes, *node).for_each(|feature| tie(sets, (false, feature), part.nodes[0]));
        }
    }
    let block: Vec<usize> = parts.into_iter().flat_map(|part| part.nodes).collect();
    self::parts(&block, scene, sets)
}

/// Whether two parts that share nothing are two things. Of a person with a rare name told of once, more must differ.
fn apart(one: &Part, two: &Part, scene: &Scene) -> bool {
    let once = one.nodes.len().min(two.nodes.len()) < 2;
    let person = scene.nodes.entity(one.nodes[0]).kind == EntityType::Person;
    let needed = if person && once && !scene.nodes.is_common(one.nodes[0]) { 2 } else { 1 };
    contradictions(&one.traits, &two.traits) >= needed
}
