//! Right, wrong and missed, and what follows from their numbers.

use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::AddAssign;

/// What the graph says of one item, and on what grounds.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// The highest confidence that is claimed for it; none for entities.
    pub confidence: Option<f64>,
    /// The rules that fired.
    pub rules: Vec<String>,
    /// Where the words stand, in code points.
    pub spans: Vec<(usize, usize)>,
}

impl Grounds {
    /// Adds those of another place that says the same.
    pub fn join(&mut self, other: Grounds) {
        self.confidence = greater(self.confidence, other.confidence);
        self.rules.extend(other.rules);
        self.rules.sort();
        self.rules.dedup();
        self.spans.extend(other.spans);
    }
}

/// The greater of two numbers that may be missing.
fn greater(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// What the graph says.
#[derive(Debug, Clone)]
pub struct Found<K> {
    /// The item.
    pub key: K,
    /// Why it says so.
    pub grounds: Grounds,
}

/// What the graph says beside what people say, of one track.
#[derive(Debug, Clone)]
pub struct Outcome<K> {
    /// In both.
    pub right: Vec<Found<K>>,
    /// In the graph alone.
    pub wrong: Vec<Found<K>>,
    /// In the annotations alone.
    pub missed: Vec<K>,
}

impl<K> Outcome<K> {
    /// Nothing said and nothing missed.
    pub fn empty() -> Self {
        Outcome { right: Vec::new(), wrong: Vec::new(), missed: Vec::new() }
    }

    /// Everything that the graph says, with whether it is right.
    pub fn judged(&self) -> impl Iterator<Item = (&Found<K>, bool)> {
        self.right.iter().map(|f| (f, true)).chain(self.wrong.iter().map(|f| (f, false)))
    }

    /// The numbers.
    pub fn tally(&self) -> Tally {
        Tally { right: self.right.len(), wrong: self.wrong.len(), missed: self.missed.len() }
    }
}

impl<K: Ord + Clone> Outcome<K> {
    /// Item by item; what people say once and the graph twice is right once.
    pub fn compare(found: Vec<Found<K>>, gold: Vec<K>) -> Self {
        let mut open: BTreeMap<K, usize> = BTreeMap::new();
        for key in gold {
            *open.entry(key).or_default() += 1;
        }
        let mut outcome = Outcome::empty();
        for item in found {
            match open.get_mut(&item.key).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    outcome.right.push(item);
                }
                None => outcome.wrong.push(item),
            }
        }
        outcome.missed.extend(open.into_iter().flat_map(|(key, count)| std::iter::repeat_n(key, count)));
        outcome
    }
}

/// How many items were right, wrong and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said and annotated.
    pub right: usize,
    /// Said alone.
    pub wrong: usize,
    /// Annotated alone.
    pub missed: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |mut sum, tally| {
            sum += tally;
            sum
        })
    }
}

impl Tally {
    /// Precision, recall and F1; 0 where there is nothing to divide by.
    pub fn measure(self) -> Measure {
        let share = |all: usize| if all == 0 { 0.0 } else { self.right as f64 / all as f64 };
        Measure::of(share(self.right + self.wrong), share(self.right + self.missed))
    }
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The share of what is said that is right.
    pub precision: f64,
    /// The share of what is annotated that is said.
    pub recall: f64,
    /// Both in one.
    pub f1: f64,
}

impl Measure {
    /// With the harmonic mean of the two.
    pub fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Measure { precision, recall, f1 }
    }
}
