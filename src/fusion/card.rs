//! What fusion compares of one article, with hashes in the place of names: made once, when the article is read.
//!
//! Fusion looks at every name of every article. Strings would cost it most of its time; hashes of 64 bits tell a billion
//! names apart with a chance of 3 in 100 that any two are taken for one.

use super::context::{self, Feature};
use super::copies::Fingerprint;
use super::keys::{self, Class, Family};
use super::traits::{self, Trait};
use super::{persons, roles};
use crate::language::Language;
use crate::record::{ArticleRecord, Entity, EntityType};
use std::hash::{DefaultHasher, Hash, Hasher};

/// An article as fusion sees it: a function of its record with the text. Entities are told by their index.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub(super) language: Language,
    /// A hash of what things are called by: another one where the article names something otherwise.
    pub(super) stamp: u64,
    pub(super) entities: Vec<Head>,
    /// The keys of the entities, in their order.
    pub(super) keys: Vec<Key>,
    /// The names of the entities, in their order.
    pub(super) names: Vec<Name>,
    /// What two articles can have in common, with its weight; sorted.
    pub(super) told: Vec<(Feature, u32)>,
    /// What two entities can have in common beside their names; sorted.
    pub(super) links: Vec<(u32, Feature)>,
    /// What tells entities of one name apart; sorted by entity.
    pub(super) traits: Vec<(u32, Trait)>,
    /// Persons by parts of their names.
    pub(super) persons: Vec<persons::Part>,
    /// Unnamed bearers of roles.
    pub(super) roles: Vec<roles::Role>,
    /// What tells copies and translations.
    pub(super) print: Fingerprint,
}

/// What is told of an entity at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: EntityType,
    pub(super) unnamed: bool,
    /// Whether it has finer types.
    pub(super) finer: bool,
    /// Whether it is a country.
    pub(super) country: bool,
    /// How many times it is mentioned.
    pub(super) mentions: u32,
}

impl Head {
    pub(super) fn family(self) -> Family {
        keys::family(self.kind)
    }
}

/// A key of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) entity: u32,
    pub(super) class: Class,
    /// How many words it has.
    pub(super) words: u32,
    pub(super) hash: Feature,
}

/// A name of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) entity: u32,
    /// Its place among the names of the entity.
    pub(super) rank: u32,
    pub(super) hash: u64,
}

impl Card {
    /// Of a record with its text.
    pub fn of(record: &ArticleRecord) -> Self {
        let keys = keys::of(record);
        let head = |(i, e): (usize, &Entity)| Head {
            kind: e.kind,
            unnamed: e.unnamed,
            finer: !e.finer.is_empty(),
            country: keys.iter().any(|k| k.entity as usize == i && k.class == Class::Country),
            mentions: e.mentions.len() as u32,
        };
        let entities: Vec<Head> = record.entities.iter().enumerate().map(head).collect();
        let names = record.entities.iter().enumerate().flat_map(|(entity, e)| {
            let numbered = e.names.iter().enumerate();
            numbered.map(move |(rank, n)| Name { entity: entity as u32, rank: rank as u32, hash: hash(n) })
        });
        Self {
            language: record.document.language,
            stamp: stamp(record),
            names: names.collect(),
            told: context::told(&entities, &keys),
            links: context::links(record),
            traits: traits::of(record),
            persons: persons::parts(record),
            roles: roles::of(record),
            print: Fingerprint::of(record),
            entities,
            keys,
        }
    }

    /// The key of the institution that an entity is.
    pub(super) fn institution_of(&self, entity: u32) -> Option<u64> {
        let institution = |k: &&Key| k.entity == entity && matches!(k.class, Class::Institution | Class::Other);
        self.keys.iter().find(institution).map(|k| k.hash)
    }

    /// Everything that its article can have in common with another.
    pub(super) fn features(&self) -> impl Iterator<Item = Feature> + '_ {
        self.told.iter().map(|(f, _)| *f).chain(self.links.iter().map(|(_, f)| *f))
    }

    /// The names of an entity.
    pub(super) fn names_of(&self, entity: usize) -> &[Name] {
        let start = self.names.partition_point(|n| (n.entity as usize) < entity);
        let count = self.names[start..].iter().take_while(|n| n.entity as usize == entity).count();
        &self.names[start..start + count]
    }
}

fn stamp(record: &ArticleRecord) -> u64 {
    let entity = |e: &Entity| hash(&(e.kind as u8, &e.finer, &e.names, &e.keys, e.mentions.len(), e.unnamed));
    hash(&(record.document.language as u8, record.entities.iter().map(entity).collect::<Vec<_>>()))
}

/// A hash of something that articles can have in common: the same in every article.
pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
