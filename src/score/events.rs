//! Which event of the graph is which annotated one, and what is told of each.

use super::align::Parties;
use super::gold::{self, Gold};
use super::items::{EventPart, Part};
use super::tally::{Found, Grounds, Outcome};
use super::text::Number;
use super::view::View;
use crate::graph::vocabulary::{ng, schema};
use crate::ontology::Ontology;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is told of one event.
type Parts = BTreeSet<Part>;

/// The events of one class.
struct Class {
    kind: String,
    found: Vec<(Parts, Grounds)>,
    gold: Vec<Parts>,
    /// Of each event of the graph that is an annotated one, which.
    same: BTreeMap<usize, usize>,
}

/// The events of an article, class by class.
pub(super) struct Events(Vec<Class>);

/// Puts the events of the graph and the annotated ones side by side.
pub(super) fn align(gold: &Gold, view: &View, parties: &Parties, grounds: impl Fn(&str) -> Grounds) -> Events {
    let class = |kind: &String| {
        let nodes = view.of_class(&ng(kind)).into_iter().filter(|node| view.in_articles(node));
        let found: Vec<_> = nodes.map(|node| (parts_of(node, view, parties), grounds(node))).collect();
        let gold = gold.events.iter().filter(|e| e.kind == *kind).map(|e| annotated_parts(e, parties));
        let gold: Vec<_> = gold.collect();
        Class { kind: kind.clone(), same: same(&found, &gold), found, gold }
    };
    Events(Ontology::get().events.keys().map(class).collect())
}

/// Most parts in common first. Two that both tell more than their type must have more than that in common.
fn same(found: &[(Parts, Grounds)], gold: &[Parts]) -> BTreeMap<usize, usize> {
    let mut pairs = Vec::new();
    for (i, (found, _)) in found.iter().enumerate() {
        for (j, gold) in gold.iter().enumerate() {
            let shared = found.intersection(gold).count();
            if shared >= 2 || found.len() == 1 || gold.len() == 1 {
                pairs.push((Reverse(shared), i, j));
            }
        }
    }
    pairs.sort();
    let (mut same, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, i, j) in pairs {
        if !same.contains_key(&i) && taken.insert(j) {
            same.insert(i, j);
        }
    }
    same
}

fn parts_of(node: &str, view: &View, parties: &Parties) -> Parts {
    let of = |property: &str| view.get(node, &schema(property)).into_iter().map(|thing| parties.participant(thing));
    let mut parts = Parts::from([Part::Type]);
    parts.extend(of("agent").map(Part::Agent));
    parts.extend(of("object").map(Part::Target));
    parts.extend(of("location").map(Part::Place));
    parts.extend(view.get(node, &ng("date")).into_iter().map(|date| Part::Date(date.to_owned())));
    for amount in view.get(node, &ng("amount")) {
        let numbers = ["value", "minValue", "maxValue"].map(|property| view.get(amount, &schema(property)));
        parts.extend(numbers.into_iter().flatten().map(|number| Part::Amount(Number::parse(number))));
    }
    parts
}

fn annotated_parts(event: &gold::Event, parties: &Parties) -> Parts {
    let known = |id: &String| parties.known(id);
    let mut parts = Parts::from([Part::Type]);
    parts.extend(event.agents.iter().map(known).map(Part::Agent));
    parts.extend(event.targets.iter().map(known).map(Part::Target));
    parts.extend(event.places.iter().map(known).map(Part::Place));
    parts.extend(event.dates.iter().cloned().map(Part::Date));
    let numbers = event.amount.iter().flat_map(|amount| amount.numbers()).flatten();
    parts.extend(numbers.map(|number| Part::Amount(Some(number))));
    parts
}

impl Events {
    /// Part by part: of the same event those are right that both tell, of any other none.
    pub fn outcome(&self) -> Outcome<EventPart> {
        let mut outcome = Outcome::empty();
        let mut number = 0;
        for class in &self.0 {
            let mut open: BTreeSet<usize> = (0..class.gold.len()).collect();
            for (i, (parts, grounds)) in class.found.iter().enumerate() {
                let gold = class.same.get(&i).inspect(|j| {
                    open.remove(j);
                });
                class.compare(number, Some((parts, grounds)), gold.map(|j| &class.gold[*j]), &mut outcome);
                number += 1;
            }
            for j in open {
                class.compare(number, None, Some(&class.gold[j]), &mut outcome);
                number += 1;
            }
        }
        outcome
    }
}

impl Class {
    /// Judges one event: as it is in the graph, as it is annotated, or both.
    fn compare(
        &self,
        event: usize,
        found: Option<(&Parts, &Grounds)>,
        gold: Option<&Parts>,
        outcome: &mut Outcome<EventPart>,
    ) {
        let shared = found.is_some() && gold.is_some();
        let key = |part: &Part| EventPart { kind: self.kind.clone(), event, shared, part: part.clone() };
        let (none, no_grounds) = (Parts::new(), Grounds::default());
        let gold = gold.unwrap_or(&none);
        let (found, grounds) = found.unwrap_or((&none, &no_grounds));
        for part in found {
            let item = Found { key: key(part), grounds: grounds.clone() };
            let side = if gold.contains(part) { &mut outcome.right } else { &mut outcome.wrong };
            side.push(item);
        }
        outcome.missed.extend(gold.difference(found).map(key));
    }
}
