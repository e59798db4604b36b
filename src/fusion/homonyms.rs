//! Things of one name: one, unless what is told of them differs and nothing ties them.

use super::Scene;
use super::reason::Reason;
use super::sets::Sets;
use super::traits::{self, Kind, Trait, Traits};
use crate::record::EntityType;
use rustc_hash::FxHashMap;

/// How many things of one name are told apart; those beyond go to the first that they may be.
const HOMONYMS: usize = 64;

/// Nodes of one name that belong together, with what tells of them.
struct Part {
    nodes: Vec<u32>,
    traits: Traits,
}

impl Part {
    fn first(&self) -> usize {
        self.nodes[0] as usize
    }

    /// Makes another part one with this.
    fn take(&mut self, other: Self) {
        self.traits.join(&other.traits);
        self.nodes.extend(other.nodes);
    }
}

/// Joins the nodes of a block (all have one name) into one thing, or into several where what is told of them
/// contradicts and nothing is shared. Linear in the block, but for the few things that it turns out to be.
pub(super) fn join(block: &[u32], scene: &Scene, sets: &mut Sets) {
    if !differ(block, scene, sets) {
        let first = block[0] as usize;
        block.iter().for_each(|node| _ = sets.join(first, *node as usize, Reason::Name));
        return;
    }
    let parts = parts(block, scene, sets);
    keep_full_names_apart(&parts, sets);
    let mut parts = gather(parts, scene, sets);
    parts.sort_by_key(|part| (std::cmp::Reverse(part.nodes.len()), part.nodes[0]));
    let mut things: Vec<Part> = Vec::new();
    for part in parts {
        let fits = things.iter().position(|thing| !apart(thing, &part, scene));
        match fits.or((things.len() >= HOMONYMS).then_some(0)) {
            Some(at) => {
                sets.join(things[at].first(), part.first(), Reason::Name);
                things[at].take(part);
            }
            None => {
                things.iter().for_each(|thing| sets.forbid(thing.first(), part.first()));
                things.push(part);
            }
        }
    }
}

/// What is called by one short name and by different full names is not one, whatever the articles share: everybody
/// who tells of companies shares something.
fn keep_full_names_apart(parts: &[Part], sets: &mut Sets) {
    let mut named: Vec<&Part> = parts.iter().filter(|part| part.traits.has(Kind::FullName)).collect();
    named.sort_by_key(|part| (std::cmp::Reverse(part.nodes.len()), part.nodes[0]));
    for (at, one) in named.iter().enumerate().take(HOMONYMS) {
        for two in named[at + 1..].iter().filter(|two| one.traits.are_differently_named(&two.traits)) {
            sets.forbid(one.first(), two.first());
        }
    }
}

/// Whether two nodes of a block have traits of one kind that could contradict.
fn differ(block: &[u32], scene: &Scene, sets: &mut Sets) -> bool {
    let mut found: Vec<Trait> = Vec::new();
    for node in block {
        for (kind, value) in
            traits::of_node(scene.nodes, *node as usize, sets).filter(|(kind, _)| *kind != Kind::PartOfName)
        {
            match found.iter().find(|(k, _)| *k == kind) {
                Some((_, first)) if *first != value => return true,
                Some(_) => {}
                None => found.push((kind, value)),
            }
        }
    }
    false
}

/// The block's nodes by the sets that they are in already.
fn parts(block: &[u32], scene: &Scene, sets: &mut Sets) -> Vec<Part> {
    let mut at: FxHashMap<usize, usize> = FxHashMap::default();
    let mut parts: Vec<(Vec<u32>, Vec<Trait>)> = Vec::new();
    for node in block {
        let next = parts.len();
        let index = *at.entry(sets.root(*node as usize)).or_insert(next);
        if index == next {
            parts.push((Vec::new(), Vec::new()));
        }
        parts[index].0.push(*node);
        parts[index].1.extend(traits::of_node(scene.nodes, *node as usize, sets));
    }
    parts.into_iter().map(|(nodes, traits)| Part { nodes, traits: Traits::new(traits) }).collect()
}

/// Joins the parts that share a tie or something that their articles tell.
fn gather(parts: Vec<Part>, scene: &Scene, sets: &mut Sets) -> Vec<Part> {
    // What is shared → the first part that has it.
    let mut holder: FxHashMap<(bool, u64), usize> = FxHashMap::default();
    for (number, part) in parts.iter().enumerate() {
        let mut tie = |shared: (bool, u64)| {
            let first = *holder.entry(shared).or_insert(number);
            if first != number {
                sets.join(parts[first].first(), part.first(), Reason::Name);
            }
        };
        part.traits.ties().for_each(|root| tie((true, root)));
        for node in &part.nodes {
            scene.context.of(scene.nodes, *node as usize).for_each(|feature| tie((false, feature)));
        }
    }
    let mut at: FxHashMap<usize, usize> = FxHashMap::default();
    let mut gathered: Vec<Part> = Vec::new();
    for part in parts {
        let next = gathered.len();
        match *at.entry(sets.root(part.first())).or_insert(next) {
            index if index == next => gathered.push(part),
            index => gathered[index].take(part),
        }
    }
    gathered
}

/// Whether two parts that share nothing are two things. Of a person with a rare name told of once, more must differ.
fn apart(one: &Part, two: &Part, scene: &Scene) -> bool {
    let once = one.nodes.len().min(two.nodes.len()) < 2;
    let person = scene.nodes.head(one.first()).kind == EntityType::Person;
    let needed = if person && once && !scene.nodes.is_common(one.first()) { 2 } else { 1 };
    one.traits.contradictions(&two.traits) >= needed
}
