//! The shapes of a report's sections: counts by two criteria, rules with their precision, bands of confidence.

use super::RIGHT;
use crate::score::Grounds;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One section of the report.
pub struct Section {
    /// The track that it is about.
    pub track: &'static str,
    /// What it counts: `missed`, `wrong`, `rules`, …
    pub name: &'static str,
    /// The numbers.
    pub body: Body,
}

/// The numbers of a section.
pub enum Body {
    /// Items by kind and cause.
    Counts(Counts),
    /// Rules, the least precise first.
    Rates(Vec<Rate>),
    /// Bands of confidence, from low to high.
    Bands(Vec<Band>),
}

impl Body {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Body::Counts(counts) => counts.0.is_empty(),
            Body::Rates(rates) => rates.is_empty(),
            Body::Bands(bands) => bands.is_empty(),
        }
    }
}

/// Items counted by kind (row) and cause (column).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, BTreeMap<String, usize>>);

impl Counts {
    /// Counts one item.
    pub(super) fn add(&mut self, row: impl Into<String>, column: impl Into<String>) {
        *self.0.entry(row.into()).or_default().entry(column.into()).or_default() += 1;
    }

    /// A count.
    pub fn get(&self, row: &str, column: &str) -> usize {
        self.0.get(row).and_then(|r| r.get(column)).copied().unwrap_or(0)
    }

    /// The rows, those with the most that is not right first.
    pub fn rows(&self) -> Vec<&str> {
        let mut rows: Vec<&str> = self.0.keys().map(String::as_str).collect();
        rows.sort_by_key(|row| Reverse(self.faults(row)));
        rows
    }

    /// The columns: what is right, then the most frequent first.
    pub fn columns(&self) -> Vec<&str> {
        let columns: BTreeSet<&str> = self.0.values().flat_map(|row| row.keys().map(String::as_str)).collect();
        let mut columns: Vec<&str> = columns.into_iter().collect();
        columns.sort_by_key(|column| (*column != RIGHT, Reverse(self.column_sum(column))));
        columns
    }

    /// The sum of a column.
    pub fn column_sum(&self, column: &str) -> usize {
        self.0.keys().map(|row| self.get(row, column)).sum()
    }

    fn faults(&self, row: &str) -> usize {
        self.0[row].iter().filter(|(column, _)| *column != RIGHT).map(|(_, count)| count).sum()
    }
}

/// A rule, and how often it was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The relation or the kind of event that it found; empty in other tracks.
    pub kind: String,
    /// The rule's file and name.
    pub rule: String,
    /// Items that it found and people too.
    pub right: usize,
    /// Items that it alone found.
    pub wrong: usize,
}

impl Rate {
    /// The share that is right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    /// The share that is right as far as so few items can tell (Laplace's rule): one of one proves less than nine of ten.
    fn expected(&self) -> f64 {
        (self.right + 1) as f64 / (self.right + self.wrong + 2) as f64
    }
}

/// How often each rule was right, the least precise first.
pub(super) fn rates<'a>(judged: impl Iterator<Item = (&'a str, &'a Grounds, bool)>) -> Vec<Rate> {
    let mut rates: BTreeMap<(&str, &str), Rate> = BTreeMap::new();
    for (kind, grounds, right) in judged {
        for rule in &grounds.rules {
            let new = || Rate { kind: kind.to_owned(), rule: rule.clone(), right: 0, wrong: 0 };
            let rate = rates.entry((kind, rule)).or_insert_with(new);
            let side = if right { &mut rate.right } else { &mut rate.wrong };
            *side += 1;
        }
    }
    let mut rates: Vec<Rate> = rates.into_values().collect();
    rates.sort_by(|a, b| a.expected().total_cmp(&b.expected()).then(b.wrong.cmp(&a.wrong)));
    rates
}

/// The items whose confidence lies in a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The least confidence, in hundredths.
    pub from: u32,
    /// One more than the greatest.
    pub to: u32,
    /// How many items.
    pub items: usize,
    /// The mean confidence that is claimed for them.
    pub claimed: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// Where bands end, in hundredths.
const BOUNDS: [(u32, u32); 9] =
    [(0, 30), (30, 40), (40, 50), (50, 60), (60, 70), (70, 80), (80, 90), (90, 95), (95, 101)];

/// Claimed confidence beside the share that is right.
pub(super) fn bands<'a>(judged: impl Iterator<Item = (&'a Grounds, bool)>) -> Vec<Band> {
    let items: Vec<(f64, bool)> = judged.filter_map(|(grounds, right)| Some((grounds.confidence?, right))).collect();
    let band = |(from, to): (u32, u32)| {
        let hundredths = |confidence: f64| (confidence * 100.0).round() as u32;
        let inside: Vec<_> = items.iter().filter(|(c, _)| (from..to).contains(&hundredths(*c))).collect();
        let count = inside.len() as f64;
        let claimed = inside.iter().map(|(confidence, _)| confidence).sum::<f64>() / count;
        let right = inside.iter().filter(|(_, right)| *right).count() as f64 / count;
        (!inside.is_empty()).then_some(Band { from, to, items: inside.len(), claimed, right })
    };
    BOUNDS.into_iter().filter_map(band).collect()
}

/// How far claimed confidence and share right lie apart, on the mean of all items.
pub fn calibration_error(bands: &[Band]) -> f64 {
    let items: usize = bands.iter().map(|band| band.items).sum();
    let sum: f64 = bands.iter().map(|band| band.items as f64 * (band.claimed - band.right).abs()).sum();
    sum / items.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds(rule: &str, confidence: f64) -> Grounds {
        Grounds { confidence: Some(confidence), rules: vec![rule.to_owned()], spans: vec![] }
    }

    #[test]
    fn the_least_precise_rules_come_first_and_few_items_prove_little() {
        let judged = [("a", true), ("b", false), ("c", false), ("c", false), ("d", true), ("d", true)];
        let judged: Vec<_> = judged.iter().map(|(rule, right)| (grounds(rule, 0.5), *right)).collect();
        let rates = rates(judged.iter().map(|(grounds, right)| ("", grounds, *right)));
        let order: Vec<_> = rates.iter().map(|r| (r.rule.as_str(), r.right, r.wrong)).collect();
        assert_eq!(order, [("c", 0, 2), ("b", 0, 1), ("a", 1, 0), ("d", 2, 0)]);
        assert_eq!((rates[0].precision(), rates[3].precision()), (0.0, 1.0));
    }

    #[test]
    fn bands_set_claimed_confidence_beside_the_share_that_is_right() {
        let judged = [(0.9, true), (0.94, false), (0.95, true), (0.5, false)];
        let judged: Vec<_> = judged.iter().map(|(confidence, right)| (grounds("r", *confidence), *right)).collect();
        let bands = bands(judged.iter().map(|(grounds, right)| (grounds, *right)));
        let shown: Vec<_> = bands.iter().map(|b| (b.from, b.to, b.items, b.right)).collect();
        assert_eq!(shown, [(50, 60, 1, 0.0), (90, 95, 2, 0.5), (95, 101, 1, 1.0)]);
        assert!((bands[1].claimed - 0.92).abs() < 1e-9);
        assert!((calibration_error(&bands) - (0.5 + 2.0 * 0.42 + 0.05) / 4.0).abs() < 1e-9);
    }

    #[test]
    fn the_greatest_faults_come_first() {
        let mut counts = Counts::default();
        for (row, column) in [("a", RIGHT), ("a", RIGHT), ("b", "late"), ("b", "lost"), ("c", "lost")] {
            counts.add(row, column);
        }
        assert_eq!((counts.rows(), counts.columns()), (vec!["b", "c", "a"], vec![RIGHT, "lost", "late"]));
        assert_eq!((counts.get("b", "lost"), counts.column_sum("lost")), (1, 2));
    }
}
