//! The facts that at least one claim backs that is neither negated nor planned.

use super::State;
use crate::ontology::Ontology;
use crate::record::{Claim, Object, Status};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// A fact with the claims that back it.
pub(super) struct Fact<'a> {
    /// Index of the thing.
    pub(super) subject: usize,
    /// Relation name.
    pub(super) relation: &'a str,
    /// What the relation leads to.
    pub(super) object: FactObject<'a>,
    /// Article number and claim, in their order.
    pub(super) backing: Vec<(usize, &'a Claim)>,
}

/// The object of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FactObject<'a> {
    /// Index of a thing.
    Thing(usize),
    /// Words and their language.
    Text(&'a str, &'static str),
}

/// A fact by the names of its things: the same in every state of the articles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FactName {
    subject: String,
    relation: String,
    object: NamedObject,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum NamedObject {
    Thing(String),
    Text(String, &'static str),
}

type Key<'a> = (usize, &'a str, FactObject<'a>);

/// Every fact, in a fixed order.
pub(super) fn all(state: &State) -> Vec<Fact<'_>> {
    group((0..state.briefs().len()).into_par_iter().flat_map_iter(|a| of_article(state, a)).collect())
}

/// The facts of these names.
pub(super) fn named<'a>(state: &'a State, names: &'a BTreeSet<FactName>) -> Vec<Fact<'a>> {
    let keys: FxHashSet<Key> = names.iter().filter_map(|name| key(state, name)).collect();
    let subjects: FxHashSet<usize> = keys.iter().map(|(subject, _, _)| *subject).collect();
    let of_these = |(key, _): &(Key, _)| subjects.contains(&key.0) && keys.contains(key);
    let articles = (0..state.briefs().len()).into_par_iter();
    group(articles.flat_map_iter(|a| of_article(state, a).filter(of_these)).collect())
}

/// The names of the facts that an article backs.
pub(super) fn names_of(state: &State, article: usize) -> impl Iterator<Item = FactName> {
    of_article(state, article).map(|(key, _)| name(state, &key))
}

/// The facts whose triples may be those of these facts told the other way round.
pub(super) fn with_inverses(names: BTreeSet<FactName>) -> BTreeSet<FactName> {
    let relations = &Ontology::get().relations;
    let mut all = BTreeSet::new();
    let mut open: Vec<FactName> = names.into_iter().collect();
    while let Some(fact) = open.pop() {
        if let NamedObject::Thing(object) = &fact.object {
            let definition = &relations[&fact.relation];
            let own = definition.inverse.iter().chain(definition.symmetric.then_some(&fact.relation));
            let others = relations.iter().filter(|(_, r)| r.inverse.as_ref() == Some(&fact.relation));
            for relation in own.chain(others.map(|(name, _)| name)) {
                let subject = NamedObject::Thing(fact.subject.clone());
                let back = FactName { subject: object.clone(), relation: relation.clone(), object: subject };
                if !all.contains(&back) && back != fact {
                    open.push(back);
                }
            }
        }
        all.insert(fact);
    }
    all
}

fn of_article(state: &State, article: usize) -> impl Iterator<Item = (Key<'_>, (usize, &Claim))> {
    let record = state.record(article);
    let holds = |c: &&Claim| !matches!(c.status, Status::Negated | Status::Planned);
    record.claims.iter().filter(holds).map(move |claim| {
        let object = match &claim.object {
            Object::Entity(o) => FactObject::Thing(state.fused().thing_index(article, *o)),
            Object::Text(t) => FactObject::Text(t, record.document.language.code()),
        };
        ((state.fused().thing_index(article, claim.subject), claim.relation.as_str(), object), (article, claim))
    })
}

fn group<'a>(mut claims: Vec<(Key<'a>, (usize, &'a Claim))>) -> Vec<Fact<'a>> {
    claims.par_sort_by(|a, b| a.0.cmp(&b.0));
    let chunks = claims.chunk_by(|a, b| a.0 == b.0);
    let fact = |chunk: &[(Key<'a>, (usize, &'a Claim))]| {
        let (subject, relation, object) = chunk[0].0;
        Fact { subject, relation, object, backing: chunk.iter().map(|(_, claim)| *claim).collect() }
    };
    chunks.map(fact).collect()
}

/// What a name of a fact means in a state; `None` if nothing.
fn key<'a>(state: &State, FactName { subject, relation, object }: &'a FactName) -> Option<Key<'a>> {
    let object = match object {
        NamedObject::Thing(slug) => FactObject::Thing(find(state, slug)?),
        NamedObject::Text(words, language) => FactObject::Text(words, language),
    };
    Some((find(state, subject)?, relation, object))
}

/// The thing of a slug.
fn find(state: &State, slug: &str) -> Option<usize> {
    state.fused().things.binary_search_by(|t| t.slug.as_str().cmp(slug)).ok()
}

fn name(state: &State, (subject, relation, object): &Key) -> FactName {
    let slug = |thing: usize| state.fused().things[thing].slug.clone();
    let object = match object {
        FactObject::Thing(o) => NamedObject::Thing(slug(*o)),
        FactObject::Text(text, language) => NamedObject::Text((*text).to_owned(), language),
    };
    FactName { subject: slug(*subject), relation: (*relation).to_owned(), object }
}
