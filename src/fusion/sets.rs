//! Disjoint sets of nodes (Tarjan, 1975) that remember why they were joined.

use super::reason::Reason;

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
}

impl Sets {
    /// Each of `n` nodes alone.
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), joins: Vec::new() }
    }

    /// The least node of a node's set.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    /// Makes the sets of two nodes one, if they are two.
    pub(super) fn join(&mut self, left: usize, right: usize, reason: Reason) {
        let (a, b) = (self.root(left), self.root(right));
        if a != b {
            self.parent[a.max(b)] = a.min(b);
            self.joins.push(Join { left, right, reason });
        }
    }

    /// Every join that made two sets one, in the order in which they were made.
    pub(super) fn into_joins(self) -> Vec<Join> {
        self.joins
    }
}
