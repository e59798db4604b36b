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
    let pairs: Vec<(&str, Option<&str>)> = mentions(records, truth)
        .map(|(thing, entity)| (thing, entity.map(|(a, e)| fused.thing(a, e).slug.as_str())))
        .collect();
    b_cubed(&pairs)
}

/// What one reason joined.
#[derive(Default)]
pub struct Joins {
    /// Joins of entities whose things are known.
    pub all: usize,
    /// Those of two things, by the kinds of both, with a name of each of the first of them.
    pub wrong: BTreeMap<(String, String), (usize, String)>,
}

/// Which joins were wrong, by their reason.
pub fn joins(records: &[&ArticleRecord], fused: &Fused, truth: &[Truth]) -> BTreeMap<&'static str, Joins> {
    let mut thing_of: HashMap<(usize, usize), &str> = HashMap::new();
    for (thing, entity) in mentions(records, truth) {
        entity.map(|entity| thing_of.entry(entity).or_insert(thing));
    }
    let name = |(a, e): (usize, usize)| records[a].entities[e].names.first().map_or("", String::as_str);
    let mut joins: BTreeMap<&str, Joins> = BTreeMap::new();
    for merge in fused.merges() {
        let (Some(left), Some(right)) = (thing_of.get(&merge.left), thing_of.get(&merge.right)) else { continue };
        let found = joins.entry(merge.reason.words()).or_default();
        found.all += 1;
        if left != right {
            let example = || (0, format!("{} / {}", name(merge.left), name(merge.right)));
            found.wrong.entry((kind(left), kind(right))).or_insert_with(example).0 += 1;
        }
    }
    joins
}

fn kind(thing: &str) -> String {
    thing.split('/').next().unwrap_or_default().to_owned()
}

/// Every mention's thing, and the article and entity that the program found there.
fn mentions<'a>(
    records: &'a [&'a ArticleRecord],
    truth: &'a [Truth],
) -> impl Iterator<Item = (&'a str, Option<(usize, usize)>)> + 'a {
    let by_url: HashMap<&str, usize> =
        records.iter().enumerate().filter_map(|(a, r)| Some((r.document.url.as_deref()?, a))).collect();
    truth.iter().flat_map(move |article| {
        let found = by_url.get(article.url.as_str()).map(|a| (*a, spans(records[*a])));
        let mentions = article.mentions.iter();
        mentions.map(move |(start, end, thing)| {
            let entity = found.as_ref().and_then(|(a, spans)| Some((*a, entity_at(spans, *start, *end)?)));
            (thing.as_str(), entity)
        })
    })
}

/// Of one article, every mention with its entity: start, end in code points.
fn spans(record: &ArticleRecord) -> Vec<(usize, usize, usize)> {
    let text = &record.document.text;
    let points = CodePoints::new(text);
    let mut list = Vec::new();
    for (e, entity) in record.entities.iter().enumerate() {
        list.extend(entity.mentions.iter().map(|s| (points.at(text, s.start), points.at(text, s.end), e)));
    }
    list
}

/// The entity whose mention covers most of a span, and at least half of both together.
fn entity_at(spans: &[(usize, usize, usize)], start: usize, end: usize) -> Option<usize> {
    let overlap = |s: usize, e: usize| end.min(e).saturating_sub(start.max(s));
    let shared = |n: &&(usize, usize, usize)| 2 * overlap(n.0, n.1) >= end.max(n.1) - start.min(n.0);
    let best = |n: &&(usize, usize, usize)| (overlap(n.0, n.1), std::cmp::Reverse(n.1 - n.0));
    spans.iter().filter(shared).max_by_key(best).map(|n| n.2)
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
        for name in [kind(thing), "all".to_owned()] {
            let score = scores.entry(name).or_default();
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
