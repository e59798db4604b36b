//! Persons named by their surname alone, or by their first name where that is the custom.

use super::Scene;
use super::reason::Reason;
use super::sets::Sets;
use crate::language::LanguageData;
use crate::record::EntityType;
use std::collections::{BTreeMap, HashMap};

/// A surname (or first name) alone is the person of that name of whose surroundings the article tells too; of several, the one
/// with whom it shares most.
pub(super) fn join_surnames(scene: &Scene, sets: &mut Sets) {
    let nodes = scene.nodes;
    let mut full: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut alone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let person = |n: &usize| nodes.entity(*n).kind == EntityType::Person && !nodes.entity(*n).unnamed;
    for node in (0..nodes.len()).filter(person) {
        for key in &nodes.entity(node).keys {
            if let Some(surname) = key.strip_prefix("surname:") {
                alone.entry(surname).or_default().push(node);
            } else if let Some(name) = key.strip_prefix("name:").filter(|n| n.contains(' ')) {
                full.entry(name.rsplit(' ').next().unwrap_or(name)).or_default().push(node);
                if LanguageData::of(nodes.language(node)).first_names {
                    full.entry(name.split(' ').next().unwrap_or(name)).or_default().push(node);
                }
            }
        }
    }
    for (surname, list) in alone {
        let candidates = full.get(surname).map_or(&[][..], Vec::as_slice);
        join_block(&list, candidates, scene, sets);
    }
}

/// Joins the bearers of a surname alone with those named in full, and with each other, by what is shared.
fn join_block(alone: &[usize], full: &[usize], scene: &Scene, sets: &mut Sets) {
    // Feature → the nodes in full whose articles have it.
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for node in full {
        scene.context.of(scene.nodes, *node).for_each(|f| holders.entry(f).or_default().push(*node));
    }
    let mut together: HashMap<u64, usize> = HashMap::new();
    for node in alone {
        let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for feature in scene.context.of(scene.nodes, *node) {
            let mut roots: Vec<(usize, usize)> =
                holders.get(&feature).into_iter().flatten().map(|n| (sets.root(*n), *n)).collect();
            roots.sort_unstable();
            roots.dedup_by_key(|(root, _)| *root);
            for (root, of) in roots {
                shared.entry(root).or_insert((0, of)).0 += 1;
            }
        }
        let best = shared.values().map(|(count, _)| *count).max();
        let mut likeliest = shared.values().filter(|(count, _)| Some(*count) == best);
        match (likeliest.next(), likeliest.next()) {
            (Some((_, of)), None) => {
                sets.join(*of, *node, Reason::Surname);
            }
            _ => {
                for feature in scene.context.of(scene.nodes, *node) {
                    let first = *together.entry(feature).or_insert(*node);
                    sets.join(first, *node, Reason::Surname);
                }
            }
        }
    }
}
