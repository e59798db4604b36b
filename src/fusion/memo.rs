//! What fusing a set of articles has made, to be used again for a set that differs in a few: the same comes out without it.

use super::things::Naming;
use super::variants::{Spelling, SpellingKey};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What things are called, by a hash of their members, and names as the rules compare them.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) namings: Kept<u64, Arc<Naming>>,
    pub(super) spellings: Kept<SpellingKey, Arc<Spelling>>,
}

impl Memo {
    /// Forgets what the last set of articles had no use for.
    pub(super) fn turn(&mut self) {
        self.namings.turn();
        self.spellings.turn();
    }
}

/// What was made for the last set of articles, and what this one uses.
#[derive(Debug)]
pub(super) struct Kept<K, V> {
    last: FxHashMap<K, V>,
    used: FxHashMap<K, V>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { last: FxHashMap::default(), used: FxHashMap::default() }
    }
}

impl<K: Eq + std::hash::Hash, V: Clone> Kept<K, V> {
    /// What there is of a key.
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.used.get(key).or_else(|| self.last.get(key))
    }

    /// Keeps what this set of articles uses.
    pub(super) fn keep(&mut self, key: K, value: V) {
        self.used.insert(key, value);
    }

    fn turn(&mut self) {
        self.last = std::mem::take(&mut self.used);
    }
}
