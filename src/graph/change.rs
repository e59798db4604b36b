//! What leads from the graph of one set of articles to that of another.
//!
//! Both states are fused whole, by the same function; only what differs between them is made into quads. What a part
//! of the graph depends on decides what has to be compared:
//!
//! - an article's own graph: its record and the names of its things;
//! - a thing: its types and labels;
//! - a fact: the claims that back it, and so the articles just named and those that count as another source now. The triples of a fact can be those of another one
//!   told the other way round, so a fact is compared together with its inverses;
//! - what an article tells beside facts: the article; a happening may be told by others too, and then stays;
//! - conflicts: compared whole, since they are few.

use super::facts::{self, FactName};
use super::{State, article, order};
use crate::fusion::Thing;
use crate::record::{ArticleRecord, Event};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// The difference between two graphs.
#[derive(Debug, Default)]
pub struct Change {
    /// Named graphs that go, or are made anew.
    pub gone: Vec<NamedNode>,
    /// Articles of the new state, by number, whose named graphs are to be made.
    pub made: Vec<usize>,
    /// Quads of the default graph that go.
    pub removed: Vec<Quad>,
    /// Quads of the default graph that come.
    pub added: Vec<Quad>,
}

/// Numbers of articles that are not the same in both states: in the old, in the new.
#[derive(Default)]
struct Touched {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Change {
    /// From the graph of `old` to that of `new`; both with the same options. An article that is in both states by the
    /// same [`Arc`] is taken to be the same.
    pub fn between(old: &State, new: &State) -> Self {
        let touched = touched(old, new);
        let gone = touched.old.iter().map(|a| old.article_iri(*a)).collect();
        let mut change = Self { gone, made: touched.new.clone(), ..Self::default() };
        change.things(old, new);
        change.facts(old, new, &touched);
        change.told(old, new, &touched);
        change.exchange(old.conflicts.clone(), new.conflicts.clone());
        order::sort(&mut change.removed);
        order::sort(&mut change.added);
        change
    }

    /// Whether the graphs are the same.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.made.is_empty() && self.removed.is_empty() && self.added.is_empty()
    }

    /// Takes `before` out and puts `after` in.
    fn exchange(&mut self, mut before: Vec<Quad>, mut after: Vec<Quad>) {
        order::sort(&mut before);
        order::sort(&mut after);
        let missing = |quad: &Quad, list: &[Quad]| list.binary_search_by(|q| order::compare(q, quad)).is_err();
        let stays: Vec<bool> = after.iter().map(|q| !missing(q, &before)).collect();
        self.removed.extend(before.into_iter().filter(|q| missing(q, &after)));
        self.added.extend(after.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(q, _)| q));
    }

    fn things(&mut self, old: &State, new: &State) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let slug = |a: &Thing, b: &Thing| a.slug.cmp(&b.slug);
        merge(&old.fused.things, &new.fused.things, slug, |one, other| {
            if one.zip(other).is_none_or(|(one, other)| !one.is_named_as(other)) {
                before.extend(one.into_iter().flat_map(|t| old.thing(t)));
                after.extend(other.into_iter().flat_map(|t| new.thing(t)));
            }
        });
        self.exchange(before, after);
    }

    fn facts(&mut self, old: &State, new: &State, touched: &Touched) {
        let before = touched.old.iter().flat_map(|a| facts::names_of(old, *a));
        let after = touched.new.iter().flat_map(|a| facts::names_of(new, *a));
        let names: BTreeSet<FactName> = facts::with_inverses(before.chain(after).collect());
        let quads = |state: &State| facts::named(state, &names).iter().flat_map(|f| state.fact(f)).collect();
        self.exchange(quads(old), quads(new));
    }

    fn told(&mut self, old: &State, new: &State, touched: &Touched) {
        let before: Vec<Quad> = touched.old.iter().flat_map(|a| old.told(*a)).collect();
        let mut after: Vec<Quad> = touched.new.iter().flat_map(|a| new.told(*a)).collect();
        // Other articles keep the happenings that they tell too.
        let of_old = touched.old.iter().flat_map(|a| article::shared_events(old.record(*a)).map(|e| (*a, e)));
        let shared: BTreeMap<NamedNode, (&str, &str)> =
            of_old.map(|(a, e)| (old.event_iri(a, e), likeness(old, a, e))).collect();
        let alike: BTreeSet<(&str, &str)> = shared.values().copied().collect();
        let touched: HashSet<usize> = touched.new.iter().copied().collect();
        for other in (0..new.briefs.len()).filter(|a| !alike.is_empty() && !touched.contains(a)) {
            let events = article::shared_events(new.record(other)).filter(|e| alike.contains(&likeness(new, other, e)));
            let nodes: Vec<NamedOrBlankNode> =
                events.map(|e| new.event_iri(other, e)).filter(|n| shared.contains_key(n)).map(Into::into).collect();
            if !nodes.is_empty() {
                after.extend(new.told(other).into_iter().filter(|q| nodes.contains(&q.subject)));
            }
        }
        self.exchange(before, after);
    }
}

/// What happenings with the same IRI have in common, and few others: their kind and the first of their agents.
fn likeness<'a>(state: &'a State, article: usize, event: &'a Event) -> (&'a str, &'a str) {
    let agents = event.agents.iter().map(|a| state.fused.thing(article, *a).slug.as_str());
    (&event.kind, agents.min().unwrap_or_default())
}

/// The articles that only one state has, that have another record, whose things have other names, or that count as another source.
fn touched(old: &State, new: &State) -> Touched {
    let mut touched = Touched::default();
    let ids = |a: &usize, b: &usize| old.briefs[*a].id().cmp(new.briefs[*b].id());
    let (before, after): (Vec<usize>, Vec<usize>) = ((0..old.briefs.len()).collect(), (0..new.briefs.len()).collect());
    merge(&before, &after, ids, |one, other| {
        if let (Some(one), Some(other)) = (one, other)
            && Arc::ptr_eq(&old.briefs[*one], &new.briefs[*other])
            && same_names(old, *one, new, *other)
            && old.origin(*one) == new.origin(*other)
        {
            return;
        }
        touched.old.extend(one);
        touched.new.extend(other);
    });
    touched
}

fn same_names(old: &State, one: usize, new: &State, other: usize) -> bool {
    let entities = |record: &ArticleRecord| record.entities.len();
    (0..entities(old.record(one))).all(|e| old.fused.thing(one, e).slug == new.fused.thing(other, e).slug)
}

/// Walks two sorted lists at once: what is in one of them, and what is in both.
fn merge<T>(old: &[T], new: &[T], order: impl Fn(&T, &T) -> Ordering, mut both: impl FnMut(Option<&T>, Option<&T>)) {
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let which = match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) => order(a, b),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        both(old.get(i).filter(|_| which.is_le()), new.get(j).filter(|_| which.is_ge()));
        i += usize::from(which.is_le());
        j += usize::from(which.is_ge());
    }
}
