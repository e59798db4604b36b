//! Unnamed bearers of a role: "the owner of X" is the same in every article.

use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use std::collections::HashMap;

/// Joins the unnamed bearers of one role of one thing.
pub(super) fn join(nodes: &Nodes, sets: &mut Sets) {
    let mut bearer: HashMap<(&str, usize), usize> = HashMap::new();
    for node in 0..nodes.len() {
        for key in nodes.entity(node).keys.iter().filter_map(|k| k.strip_prefix("role:")) {
            let Some((concept, whole)) = key.split_once(' ') else { continue };
            let Some(whole) = whole.parse().ok().and_then(|w| nodes.of(nodes.article(node), w)) else { continue };
            let root = sets.root(whole);
            let first = *bearer.entry((concept, root)).or_insert(node);
            sets.join(first, node, Reason::Role);
        }
    }
}
