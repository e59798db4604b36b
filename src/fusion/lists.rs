//! A list for each article, all in one piece of memory, so that walking them costs little.

use rayon::prelude::*;

/// Articles of which one processor makes the lists at a time.
const PART: usize = 1024;

/// Lists by number (compressed sparse rows).
pub(super) struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl<T: Send> Lists<T> {
    /// As many lists as said; each adds its items to what it is given.
    pub(super) fn new(count: usize, list: impl Fn(usize, &mut Vec<T>) + Sync) -> Self {
        let starts: Vec<usize> = (0..count).step_by(PART).collect();
        let parts: Vec<(Vec<T>, Vec<usize>)> = starts
            .into_par_iter()
            .map(|start| {
                let mut items = Vec::new();
                let of = |number| {
                    list(number, &mut items);
                    items.len()
                };
                let ends = (start..count.min(start + PART)).map(of).collect();
                (items, ends)
            })
            .collect();
        let mut lists =
            Self { items: Vec::with_capacity(parts.iter().map(|p| p.0.len()).sum()), ends: Vec::with_capacity(count) };
        for (items, ends) in parts {
            let before = lists.items.len();
            lists.items.extend(items);
            lists.ends.extend(ends.into_iter().map(|end| before + end));
        }
        lists
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The items of all lists.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    /// A list.
    pub(super) fn of(&self, number: usize) -> &[T] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[number]]
    }
}
