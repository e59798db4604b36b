//! Blocks of entities that share a key.

use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use crate::record::EntityType;
use std::collections::HashMap;

/// How types divide a key's holders: a person is never an organisation of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Family {
    Person,
    Place,
    Organization,
    Work,
    Event,
    /// Known things are one whatever type the article's words gave them.
    Known,
}

fn family(kind: EntityType, key: &str) -> Family {
    if key.starts_with("country:") || key.starts_with("known:") {
        return Family::Known;
    }
    match kind {
        EntityType::Person => Family::Person,
        EntityType::Place => Family::Place,
        EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Product => Family::Organization,
        EntityType::Work => Family::Work,
        EntityType::Event => Family::Event,
    }
}

/// Joins entities that share a key of a name. Surnames and roles need more than a key.
pub(super) fn join(nodes: &Nodes, sets: &mut Sets) {
    let mut holder: HashMap<(&str, Family), usize> = HashMap::new();
    for node in 0..nodes.len() {
        let entity = nodes.entity(node);
        for key in entity.keys.iter().filter(|k| !k.starts_with("surname:") && !k.starts_with("role:")) {
            let first = *holder.entry((key, family(entity.kind, key))).or_insert(node);
            sets.join(first, node, Reason::Key);
        }
    }
}
