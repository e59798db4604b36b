//! How well things were told apart: B-cubed (Bagga and Baldwin 1998) over the mentions of all articles.

use crate::story::Truth;
use newsgraph::fusion::Fused;
use newsgraph::record::ArticleRecord;
use newsgraph::text::CodePoints;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Of a group of things: how pure and how complete the nodes of its mentions are.
#[derive(Default, Clone, Copy)]
pub struct Score {
    /// Mentions that the program found.
    pub found: usize,
    /// Mentions that there are.
    pub all: usize,
    precision: f64,
    recall: f64,
}

impl Score {
    fn mean(&self, sum: f64) -> f64 {
        if self.found == 0 { 0.0 } else { sum / self.found as f64 }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.mean(self.precision), self.mean(self.recall));
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let found = 100.0 * self.found as f64 / self.all.max(1) as f64;
        let (p, r) = (self.mean(self.precision), self.mean(self.recall));
        write!(f, "P {p:.4} R {r:.4} F1 {:.4}, {found:.1} % of {} mentions found", self.f1(), self.all)
    }
}

/// The scores by kind of thing, and of all things under `all`. Mentions that the program did not find are counted and
/// not scored: finding names is measured elsewhere.
pub fn scores(records: &[&ArticleRecord], fused: &Fused, truth: &[Truth]) -> BTreeMap<String, Score> {
    let by_url: HashMap<&str, usize> =
        records.iter().enumerate().filter_map(|(a, r)| Some((r.document.url.as_deref()?, a))).collect();
    let mut pairs: Vec<(&str, Option<&str>)> = Vec::new();
    for article in truth {
        let nodes = by_url.get(article.url.as_str()).map(|a| nodes(*a, records[*a], fused));
        for (start, end, thing) in &article.mentions {
            pairs.push((thing, nodes.as_ref().and_then(|n| node_at(n, *start, *end))));
        }
    }
    b_cubed(&pairs)
}

/// Of one article, every mention with its node: start, end in code points.
fn nodes<'a>(article: usize, record: &ArticleRecord, fused: &'a Fused) -> Vec<(usize, usize, &'a str)> {
    let text = &record.document.text;
    let points = CodePoints::new(text);
    let mut list = Vec::new();
    for (e, entity) in record.entities.iter().enumerate() {
        let slug = fused.thing(article, e).slug.as_str();
        list.extend(entity.mentions.iter().map(|s| (points.at(text, s.start), points.at(text, s.end), slug)));
    }
    list
}

/// The node whose mention covers most of a span, and at least half of both together.
fn node_at<'a>(nodes: &[(usize, usize, &'a str)], start: usize, end: usize) -> Option<&'a str> {
    let overlap = |s: usize, e: usize| end.min(e).saturating_sub(start.max(s));
    let shared = |n: &&(usize, usize, &str)| 2 * overlap(n.0, n.1) >= end.max(n.1) - start.min(n.0);
    let best = |n: &&(usize, usize, &str)| (overlap(n.0, n.1), std::cmp::Reverse(n.1 - n.0));
    nodes.iter().filter(shared).max_by_key(best).map(|n| n.2)
}

fn b_cubed(pairs: &[(&str, Option<&str>)]) -> BTreeMap<String, Score> {
    let mut both: HashMap<(&str, &str), usize> = HashMap::new();
    let (mut things, mut nodes): (HashMap<&str, usize>, HashMap<&str, usize>) = (HashMap::new(), HashMap::new());
    for (thing, node) in pairs.iter().filter_map(|(t, n)| Some((*t, (*n)?))) {
        *both.entry((thing, node)).or_default() += 1;
        *things.entry(thing).or_default() += 1;
        *nodes.entry(node).or_default() += 1;
    }
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for (thing, node) in pairs {
        let kind = thing.split('/').next().unwrap_or_default();
        for name in [kind, "all"] {
            let score = scores.entry(name.to_owned()).or_default();
            score.all += 1;
            if let Some(node) = node {
                let shared = both[&(*thing, *node)] as f64;
                score.found += 1;
                score.precision += shared / nodes[node] as f64;
                score.recall += shared / things[thing] as f64;
            }
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_of_two_things_costs_precision_and_a_thing_of_two_nodes_recall() {
        let melted = [("x/1", Some("a")), ("x/2", Some("a"))];
        let split = [("x/1", Some("a")), ("x/1", Some("b")), ("x/1", None)];
        let all = |pairs: &[_]| b_cubed(pairs)["all"];
        assert_eq!((all(&melted).precision, all(&melted).recall), (1.0, 2.0));
        assert_eq!((all(&split).precision, all(&split).recall), (2.0, 1.0));
        assert_eq!((all(&split).found, all(&split).all), (2, 3));
    }
}
