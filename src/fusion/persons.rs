//! Persons named by their surname alone, or by their first name where that is the custom.

use super::Scene;
use super::card::hash;
use super::reason::Reason;
use super::sets::Sets;
use crate::language::LanguageData;
use crate::record::{ArticleRecord, EntityType};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A part by which a person may be called in another article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    person: u32,
    /// Whether the article calls the person by that alone.
    alone: bool,
    hash: u64,
}

/// The persons of an article by the surname (or first name) alone, and by the surname of their full name; where that is the
/// custom by the first name too.
pub(super) fn parts(record: &ArticleRecord) -> Vec<Part> {
    let first_names = LanguageData::of(record.document.language).first_names;
    let mut parts = Vec::new();
    let persons = record.entities.iter().enumerate().filter(|(_, e)| e.kind == EntityType::Person && !e.unnamed);
    for (i, entity) in persons {
        let part = |alone, name: &str| Part { person: i as u32, alone, hash: hash(name) };
        for key in &entity.keys {
            if let Some(surname) = key.strip_prefix("surname:") {
                parts.push(part(true, surname));
            } else if let Some((before, last)) = key.strip_prefix("name:").and_then(|n| n.rsplit_once(' ')) {
                parts.push(part(false, last));
                if first_names {
                    parts.push(part(false, before.split(' ').next().unwrap_or(before)));
                }
            }
        }
    }
    parts
}

/// A surname (or first name) alone is the person of that name of whose surroundings the article tells too; of several, the one
/// with whom it shares most.
pub(super) fn join_surnames(scene: &Scene, sets: &mut Sets) {
    let mut full: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut alone: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (first, card) in scene.nodes.numbered() {
        for part in &card.persons {
            let list =
                if part.alone { alone.entry(part.hash).or_default() } else { full.entry(part.hash).or_default() };
            list.push(first + part.person as usize);
        }
    }
    for (surname, list) in alone {
        let candidates = full.get(&surname).map_or(&[][..], Vec::as_slice);
        join_block(&list, candidates, scene, sets);
    }
}

/// Joins the bearers of a surname alone with those named in full, and with each other, by what is shared.
fn join_block(alone: &[usize], full: &[usize], scene: &Scene, sets: &mut Sets) {
    // Feature → the nodes in full whose articles have it.
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for node in full {
        scene.context.of(scene.nodes, *node).for_each(|f| holders.entry(f).or_default().push(*node));
    }
    let mut together: FxHashMap<u64, usize> = FxHashMap::default();
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
