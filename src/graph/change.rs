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
//! - a conflict: its claims, and so the articles just named.

use super::facts::{self, FactName};
use super::{Brief, State, article, order};
use crate::record::Event;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
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
    /// The other articles: for each of the old state its number in the new.
    kept: Vec<Option<usize>>,
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
        change.conflicts(old, new, &touched);
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
        let (before, after) = (&old.fused.things, &new.fused.things);
        let mut changed = (Vec::new(), Vec::new());
        merge(
            before,
            after,
            |a, b| a.slug.cmp(&b.slug),
            |one, other| {
                if one.zip(other).is_none_or(|(one, other)| !before[one].is_named_as(&after[other])) {
                    changed.0.extend(one.into_iter().flat_map(|t| old.thing(&before[t])));
                    changed.1.extend(other.into_iter().flat_map(|t| new.thing(&after[t])));
                }
            },
        );
        self.exchange(changed.0, changed.1);
    }

    fn conflicts(&mut self, old: &State, new: &State, touched: &Touched) {
        // A conflict of the old state as the new one numbers its articles, if all of them are kept.
        let before: Vec<Option<u64>> =
            old.conflicts.par_iter().map(|c| c.stamp(|article| touched.kept[article])).collect();
        let after: Vec<Option<u64>> = new.conflicts.par_iter().map(|c| c.stamp(Some)).collect();
        let only = |these: &[Option<u64>], others: &[Option<u64>]| -> Vec<usize> {
            let others: FxHashSet<u64> = others.iter().flatten().copied().collect();
            let is_other = |stamp: &Option<u64>| stamp.is_some_and(|stamp| others.contains(&stamp));
            (0..these.len()).filter(|i| !is_other(&these[*i])).collect()
        };
        let gone = only(&before, &after).into_iter().flat_map(|i| old.conflict(&old.conflicts[i]));
        let come = only(&after, &before).into_iter().flat_map(|i| new.conflict(&new.conflicts[i]));
        self.exchange(gone.collect(), come.collect());
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
        let touched: FxHashSet<usize> = touched.new.iter().copied().collect();
        let others = if alike.is_empty() { 0..0 } else { 0..new.briefs.len() };
        let kinds: FxHashSet<&str> = alike.iter().map(|(kind, _)| *kind).collect();
        let kept = others.into_par_iter().filter(|article| !touched.contains(article)).flat_map_iter(|other| {
            let events = article::shared_events(new.record(other)).filter(|e| kinds.contains(e.kind.as_str()));
            let events = events.filter(|e| alike.contains(&likeness(new, other, e)));
            let nodes: Vec<NamedOrBlankNode> =
                events.map(|e| new.event_iri(other, e)).filter(|n| shared.contains_key(n)).map(Into::into).collect();
            let told = if nodes.is_empty() { Vec::new() } else { new.told(other) };
            told.into_iter().filter(move |q| nodes.contains(&q.subject))
        });
        after.par_extend(kept);
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
    let mut pairs = Vec::with_capacity(new.briefs.len());
    let order = |a: &Arc<Brief>, b: &Arc<Brief>| if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.id().cmp(b.id()) };
    merge(&old.briefs, &new.briefs, order, |one, other| pairs.push((one, other)));
    let kept_thing = kept_things(old, new);
    let is_kept = |(one, other): (usize, usize)| {
        let (before, after) = (old.fused.of_article(one), new.fused.of_article(other));
        Arc::ptr_eq(&old.briefs[one], &new.briefs[other])
            && before.iter().zip(after).all(|(a, b)| kept_thing[*a as usize] == Some(*b as usize))
            && (old.is_its_own_origin(one) && new.is_its_own_origin(other) || old.origin(one) == new.origin(other))
    };
    let kept: Vec<bool> = pairs.par_iter().map(|(one, other)| one.zip(*other).is_some_and(is_kept)).collect();
    let mut touched = Touched { kept: vec![None; old.briefs.len()], ..Touched::default() };
    for ((one, other), kept) in pairs.into_iter().zip(kept) {
        match one {
            Some(one) if kept => touched.kept[one] = other,
            _ => {
                touched.old.extend(one);
                touched.new.extend(other);
            }
        }
    }
    touched
}

/// For each thing of the old state the one of the new that has its name.
fn kept_things(old: &State, new: &State) -> Vec<Option<usize>> {
    let mut kept = vec![None; old.fused.things.len()];
    merge(
        &old.fused.things,
        &new.fused.things,
        |a, b| a.slug.cmp(&b.slug),
        |one, other| {
            one.into_iter().for_each(|one| kept[one] = other);
        },
    );
    kept
}

/// Walks two sorted lists at once: the indices of what is in one of them, and in both.
fn merge<T>(
    old: &[T],
    new: &[T],
    order: impl Fn(&T, &T) -> Ordering,
    mut each: impl FnMut(Option<usize>, Option<usize>),
) {
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let which = match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) => order(a, b),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        each(which.is_le().then_some(i), which.is_ge().then_some(j));
        i += usize::from(which.is_le());
        j += usize::from(which.is_ge());
    }
}
