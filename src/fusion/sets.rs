//! Disjoint sets of nodes (Tarjan, 1975) that remember why they were joined, and what must stay apart.

use super::reason::Reason;
use std::collections::HashMap;

/// Two nodes that were joined, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Join {
    pub left: usize,
    pub right: usize,
    pub reason: Reason,
}

/// Sets of the nodes `0..n`. The root of a set is its least node, so that the order of joins does not show.
#[derive(Debug)]
pub(super) struct Sets {
    parent: Vec<usize>,
    joins: Vec<Join>,
    /// Root → nodes whose sets it must not become one with.
    apart: HashMap<usize, Vec<usize>>,
}

impl Sets {
    /// Each of `n` nodes alone.
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), joins: Vec::new(), apart: HashMap::new() }
    }

    /// The least node of a node's set.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    /// Makes the sets of two nodes one, whatever the reason.
    pub(super) fn unite(&mut self, left: usize, right: usize) {
        let (a, b) = (self.root(left), self.root(right));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Makes the sets of two nodes one, unless they are to stay apart; whether they are one now.
    pub(super) fn join(&mut self, left: usize, right: usize, reason: Reason) -> bool {
        let (a, b) = (self.root(left), self.root(right));
        if a == b {
            return true;
        }
        if self.are_apart(a, b) {
            return false;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.unite(a, b);
        self.joins.push(Join { left, right, reason });
        if let Some(list) = self.apart.remove(&high) {
            self.apart.entry(low).or_default().extend(list);
        }
        true
    }

    /// Keeps the sets of two nodes apart for good. Of two that are one already this says nothing.
    pub(super) fn forbid(&mut self, left: usize, right: usize) {
        let (a, b) = (self.root(left), self.root(right));
        if a != b && !self.are_apart(a, b) {
            self.apart.entry(a).or_default().push(right);
            self.apart.entry(b).or_default().push(left);
        }
    }

    /// Whether two roots are to stay apart.
    fn are_apart(&mut self, a: usize, b: usize) -> bool {
        let Some(others) = self.apart.get(&a) else { return false };
        others.clone().into_iter().any(|other| self.root(other) == b)
    }

    /// Every join that made two sets one, in the order in which they were made.
    pub(super) fn into_joins(self) -> Vec<Join> {
        self.joins
    }
}
