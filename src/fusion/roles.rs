//! Unnamed bearers of a role: "the owner of X" is the same in every article.

use super::card::hash;
use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use crate::record::ArticleRecord;
use rustc_hash::FxHashMap;

/// An unnamed bearer, the concept of the role and the entity that it is a role of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    bearer: u32,
    concept: u64,
    whole: u32,
}

/// The unnamed bearers of roles in an article.
pub(super) fn of(record: &ArticleRecord) -> Vec<Role> {
    let mut roles = Vec::new();
    for (bearer, entity) in record.entities.iter().enumerate() {
        for key in entity.keys.iter().filter_map(|k| k.strip_prefix("role:")) {
            let Some((concept, whole)) = key.split_once(' ') else { continue };
            let Some(whole) = whole.parse().ok().filter(|w| (*w as usize) < record.entities.len()) else { continue };
            roles.push(Role { bearer: bearer as u32, concept: hash(concept), whole });
        }
    }
    roles
}

/// Joins the unnamed bearers of one role of one thing.
pub(super) fn join(nodes: &Nodes, sets: &mut Sets) {
    let mut bearer: FxHashMap<(u64, usize), usize> = FxHashMap::default();
    for (first, card) in nodes.numbered() {
        for role in &card.roles {
            let root = sets.root(first + role.whole as usize);
            let node = first + role.bearer as usize;
            sets.join(*bearer.entry((role.concept, root)).or_insert(node), node, Reason::Role);
        }
    }
}
