//! Persons named by their surname alone, or with another spelling of it.

use super::nodes::Nodes;
use super::reason::Reason;
use super::sets::Sets;
use crate::entity::keys::fold;
use crate::record::EntityType;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many spellings of one initial are compared with each other, at most.
const SPELLINGS: usize = 64;

/// The fewest letters of a surname in which one letter may differ.
const LETTERS: usize = 5;

/// A surname alone is the one person of that surname that the articles name in full.
pub(super) fn join_surnames(nodes: &Nodes, sets: &mut Sets) {
    let mut full: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    let mut alone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for node in named_persons(nodes) {
        for key in &nodes.entity(node).keys {
            if let Some(surname) = key.strip_prefix("surname:") {
                alone.entry(surname).or_default().push(node);
            } else if let Some((_, last)) = key.strip_prefix("name:").and_then(|n| n.rsplit_once(' ')) {
                let root = sets.root(node);
                full.entry(last).or_default().insert(root);
            }
        }
    }
    for (surname, list) in alone {
        let roots: BTreeSet<usize> = full.get(surname).into_iter().flatten().map(|n| sets.root(*n)).collect();
        let first = roots.first().copied().unwrap_or(list[0]);
        if roots.len() <= 1 {
            list.iter().for_each(|node| sets.join(first, *node, Reason::Surname));
        }
    }
}

/// "Danny Falin" and "Danny Fallin" are one person if their articles tell of one organisation.
pub(super) fn join_spellings(nodes: &Nodes, sets: &mut Sets) {
    let mut organizations: HashMap<usize, HashSet<usize>> = HashMap::new();
    for node in 0..nodes.len() {
        if nodes.entity(node).kind == EntityType::Organization {
            let root = sets.root(node);
            organizations.entry(nodes.article(node)).or_default().insert(root);
        }
    }
    // Given name and initial of the surname → the surnames.
    let mut blocks: BTreeMap<(String, char), Vec<(String, usize)>> = BTreeMap::new();
    for node in named_persons(nodes) {
        let Some(name) = nodes.entity(node).names.first().map(|n| fold(n)) else { continue };
        let Some((given, surname)) = name.split_once(' ').filter(|(_, s)| !s.contains(' ')) else { continue };
        if let Some(initial) = surname.chars().next().filter(|_| surname.chars().count() >= LETTERS) {
            blocks.entry((given.to_owned(), initial)).or_default().push((surname.to_owned(), node));
        }
    }
    let shared = |a: usize, b: usize| {
        let (one, two) = (organizations.get(&nodes.article(a)), organizations.get(&nodes.article(b)));
        one.zip(two).is_some_and(|(one, two)| !one.is_disjoint(two))
    };
    for mut block in blocks.into_values() {
        // A spelling that many articles share is compared once.
        block.sort();
        block.dedup_by(|a, b| a.0 == b.0);
        for (at, (surname, a)) in block.iter().enumerate().take(SPELLINGS) {
            for (other, b) in block[at + 1..].iter().take(SPELLINGS) {
                if nodes.article(*a) != nodes.article(*b) && one_edit(surname, other) && shared(*a, *b) {
                    sets.join(*a, *b, Reason::Spelling);
                }
            }
        }
    }
}

fn named_persons<'a>(nodes: &'a Nodes<'a>) -> impl Iterator<Item = usize> + 'a {
    (0..nodes.len()).filter(|n| nodes.entity(*n).kind == EntityType::Person && !nodes.entity(*n).unnamed)
}

/// Whether one letter added, left out or changed makes one word of the other.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - front - back <= 1
}
