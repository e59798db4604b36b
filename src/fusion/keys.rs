//! Blocks of entities that share a key.

use super::reason::Reason;
use super::sets::Sets;
use super::{Scene, homonyms};
use crate::record::EntityType;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How types divide the holders of a name: a person is never an organisation of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    Person,
    Place,
    Organization,
    Work,
    Event,
}

/// The family of a type.
pub(super) fn family(kind: EntityType) -> Family {
    match kind {
        EntityType::Person => Family::Person,
        EntityType::Place => Family::Place,
        EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Product => Family::Organization,
        EntityType::Work => Family::Work,
        EntityType::Event => Family::Event,
    }
}

/// Keys of what is known are one thing whatever type the article's words gave it.
fn is_known(key: &str) -> bool {
    key.starts_with("country:") || key.starts_with("known:")
}

/// Joins entities that share the key of something known: a country, a well-known name, an institution word by word.
pub(super) fn join_known(scene: &Scene, sets: &mut Sets) {
    let mut holder: HashMap<(&str, Option<Family>), usize> = HashMap::new();
    for node in 0..scene.nodes.len() {
        let entity = scene.nodes.entity(node);
        for key in entity.keys.iter().filter(|k| is_known(k) || k.starts_with("inst:")) {
            let family = (!is_known(key)).then(|| family(entity.kind));
            let first = *holder.entry((key, family)).or_insert(node);
            sets.join(first, node, Reason::Known);
        }
    }
}

/// Joins entities that share a name and that nothing tells apart: first those of names of many words, so that a short
/// name finds things and no single entities. Persons come last: whom they work for tells.
pub(super) fn join_named(scene: &Scene, sets: &mut Sets) {
    let mut number: HashMap<(&str, Family), usize> = HashMap::new();
    // The words of the name, and its nodes.
    let mut blocks: Vec<(usize, Vec<usize>)> = Vec::new();
    for node in 0..scene.nodes.len() {
        let entity = scene.nodes.entity(node);
        for key in entity.keys.iter().filter(|k| k.starts_with("name:") || k.starts_with("place:")) {
            let next = blocks.len();
            let block = *number.entry((key, family(entity.kind))).or_insert(next);
            if block == next {
                blocks.push((key.split(' ').count(), Vec::new()));
            }
            blocks[block].1.push(node);
        }
    }
    blocks.retain(|(_, block)| block.len() > 1);
    let is_person = |block: &[usize]| scene.nodes.entity(block[0]).kind == EntityType::Person;
    blocks.sort_by_key(|(words, block)| (is_person(block), Reverse(*words)));
    blocks.iter().for_each(|(_, block)| homonyms::join(block, scene, sets));
}
