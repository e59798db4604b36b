//! Disjoint sets of nodes (Tarjan, 1975) that remember why they were joined, and what must stay apart.

use super::reason::Reason;
use std::collections::HashMap;

/// Two nodes that were joined, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Join {
    pub left: u32,
    pub right: u32,
    pub reason: Reason,
}

/// Sets of the nodes `0..n`. The root of a set is its least node, so that the order of joins does not show.
#[derive(Debug)]
pub(super) struct Sets {
    parent: Vec<u32>,
    joins: Vec<Join>,
    /// Root → nodes whose sets it must not become one with.
    apart: HashMap<usize, Vec<usize>>,
}

impl Sets {
    /// Each of `n` nodes alone.
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect(), joins: Vec::new(), apart: HashMap::new() }
    }

    /// The least node of a node's set.
    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] as usize != node {
            self.parent[node] = self.parent[self.parent[node] as usize];
            node = self.parent[node] as usize;
        }
        node
    }

    /// Makes the sets of two nodes one, whatever the reason.
    pub(super) fn unite(&mut self, left: usize, right: usize) {
        let (a, b) = (self.root(left), self.root(right));
        self.parent[a.max(b)] = a.min(b) as u32;
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
        self.joins.push(Join { left: left as u32, right: right as u32, reason });
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

    /// The sets with their nodes in ascending order, by the least of them.
    pub(super) fn groups(&mut self) -> Vec<Vec<u32>> {
        let roots: Vec<u32> = (0..self.parent.len()).map(|node| self.root(node) as u32).collect();
        let mut size = vec![0; roots.len()];
        roots.iter().for_each(|root| size[*root as usize] += 1);
        let mut groups: Vec<Vec<u32>> = Vec::new();
        // From here on a root's size is the number of its group.
        for (node, root) in roots.into_iter().enumerate() {
            let root = root as usize;
            if root == node {
                groups.push(Vec::with_capacity(size[root]));
                size[root] = groups.len() - 1;
            }
            groups[size[root]].push(node as u32);
        }
        groups
    }

    /// Every join that made two sets one, in the order in which they were made.
    pub(super) fn into_joins(self) -> Vec<Join> {
        self.joins
    }
}
