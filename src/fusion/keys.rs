//! Blocks of entities that share a key.

use super::card::{Key, hash};
use super::reason::Reason;
use super::sets::Sets;
use super::{Scene, homonyms};
use crate::record::{ArticleRecord, EntityType};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

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

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A country: one thing whatever type the article's words gave it.
    Country,
    /// A well-known name: the same.
    Known,
    /// An institution word by word.
    Institution,
    /// A name or a place.
    Name,
    /// Something that makes nothing one by itself.
    Other,
}

/// The class of a key by what it begins with; `None` of one that says nothing outside its article.
fn class(key: &str) -> Option<Class> {
    match key.split_once(':').map_or("", |(class, _)| class) {
        "country" => Some(Class::Country),
        "known" => Some(Class::Known),
        "inst" => Some(Class::Institution),
        "name" | "place" => Some(Class::Name),
        "surname" | "role" => None,
        _ => Some(Class::Other),
    }
}

/// The keys of an article's entities.
pub(super) fn of(record: &ArticleRecord) -> Vec<Key> {
    let keys = record.entities.iter().enumerate().flat_map(|(i, e)| e.keys.iter().map(move |key| (i, key)));
    let key = |(entity, key): (usize, &String)| {
        let words = key.split(' ').count() as u32;
        Some(Key { entity: entity as u32, class: class(key)?, words, hash: hash(key) })
    };
    keys.filter_map(key).collect()
}

/// Joins entities that share the key of something known: a country, a well-known name, an institution word by word.
pub(super) fn join_known(scene: &Scene, sets: &mut Sets) {
    let mut holder: FxHashMap<(u64, Option<Family>), usize> = FxHashMap::default();
    for (first, card) in scene.nodes.numbered() {
        for key in &card.keys {
            let family = match key.class {
                Class::Country | Class::Known => None,
                Class::Institution => Some(card.entities[key.entity as usize].family()),
                Class::Name | Class::Other => continue,
            };
            let node = first + key.entity as usize;
            sets.join(*holder.entry((key.hash, family)).or_insert(node), node, Reason::Known);
        }
    }
}

/// Joins entities that share a name and that nothing tells apart: first those of names of many words, so that a short
/// name finds things and no single entities. Persons come last: whom they work for tells.
pub(super) fn join_named(scene: &Scene, sets: &mut Sets) {
    let mut number: FxHashMap<(u64, Family), u32> = FxHashMap::default();
    let mut blocks: Vec<Block> = Vec::new();
    let mut named: Vec<(u32, u32)> = Vec::new();
    for (first, card) in scene.nodes.numbered() {
        for key in card.keys.iter().filter(|k| k.class == Class::Name) {
            let family = card.entities[key.entity as usize].family();
            let block = *number.entry((key.hash, family)).or_insert_with(|| {
                blocks.push(Block { person: family == Family::Person, words: key.words, nodes: Vec::new(), size: 0 });
                blocks.len() as u32 - 1
            });
            blocks[block as usize].size += 1;
            named.push((block, first as u32 + key.entity));
        }
    }
    for (block, node) in named {
        let block = &mut blocks[block as usize];
        if block.size > 1 {
            block.nodes.reserve_exact(block.size - block.nodes.len());
            block.nodes.push(node);
        }
    }
    blocks.retain(|block| block.size > 1);
    blocks.sort_by_key(|block| (block.person, Reverse(block.words)));
    blocks.iter().for_each(|block| homonyms::join(&block.nodes, scene, sets));
}

/// The nodes of one name.
struct Block {
    person: bool,
    /// The words of the name.
    words: u32,
    nodes: Vec<u32>,
    /// How many there are to be.
    size: usize,
}
