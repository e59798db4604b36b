//! One article: what its graph says beside what people say that it says.

use super::align::{Parties, Party};
use super::events::{self, Events};
use super::evidence::Evidence;
use super::gold::{Gold, is_literal};
use super::items::{Amount, EventPart, Fact, Object, Spoken, Typed};
use super::tally::{Found, Grounds, Outcome, Tally};
use super::text::{self, Number};
use super::view::{Names, View};
use crate::graph::vocabulary::{OA, PROV, RDFS, ng, schema, term};
use crate::ontology::Ontology;
use oxigraph::model::{NamedNode, vocab::rdf};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// The tracks, in the order in which they are shown.
pub const TRACKS: [&str; 6] = ["entities", "typed", "relations", "events", "quantities", "quotations"];

/// One article's graph, judged.
pub struct Judged {
    /// Entities by name.
    pub entities: Outcome<Party>,
    /// Entities by name and base type.
    pub typed: Outcome<Typed>,
    /// Relations.
    pub relations: Outcome<Fact>,
    /// Relations that are neither right nor wrong: people say more of the same two.
    pub lesser: Vec<Fact>,
    /// Events, type and each role filler.
    pub events: Outcome<EventPart>,
    /// Quantities.
    pub quantities: Outcome<Amount>,
    /// Quotations.
    pub quotations: Outcome<Spoken>,
    /// Whether the words are where the graph says.
    pub evidence: Evidence,
    /// The names of the graph's things.
    pub(super) things: Names,
    /// Who is who.
    pub(super) parties: Parties,
}

impl Judged {
    /// Judges the graph of one article alone.
    pub(super) fn new(gold: &Gold, text: &str, view: &View) -> Self {
        let things = view.mentioned(None);
        let parties = Parties::new(gold, &things);
        let judge = Judge { gold, view, parties: &parties };
        let (entities, typed) = judge.entities(&things);
        let (relations, lesser) = judge.relations();
        Judged {
            entities,
            typed,
            relations,
            lesser,
            events: judge.events().outcome(),
            quantities: judge.quantities(),
            quotations: judge.quotations(),
            evidence: Evidence::of(view, text),
            things,
            parties,
        }
    }

    /// The numbers of a track.
    pub fn tally(&self, track: &str) -> Tally {
        match track {
            "entities" => self.entities.tally(),
            "typed" => self.typed.tally(),
            "relations" => self.relations.tally(),
            "events" => self.events.tally(),
            "quantities" => self.quantities.tally(),
            "quotations" => self.quotations.tally(),
            _ => Tally::default(),
        }
    }

    /// What was missed and what is wrong in a track, in words.
    pub fn differences(&self, track: &str) -> Differences {
        match track {
            "entities" => Differences::of(&self.entities),
            "typed" => Differences::of(&self.typed),
            "relations" => Differences::of(&self.relations),
            "events" => Differences::of(&self.events),
            "quantities" => Differences::of(&self.quantities),
            "quotations" => Differences::of(&self.quotations),
            _ => Differences::default(),
        }
    }
}

/// Misses and false hits in words.
#[derive(Debug, Default)]
pub struct Differences {
    /// In the annotations alone.
    pub missed: Vec<String>,
    /// In the graph alone, with confidence and rules.
    pub wrong: Vec<(String, Grounds)>,
}

impl Differences {
    fn of<K: Display>(outcome: &Outcome<K>) -> Self {
        let mut missed: Vec<String> = outcome.missed.iter().map(ToString::to_string).collect();
        missed.sort();
        let wrong = outcome.wrong.iter().map(|found| (found.key.to_string(), found.grounds.clone()));
        let mut wrong: Vec<_> = wrong.collect();
        wrong.sort_by(|a, b| a.0.cmp(&b.0));
        Differences { missed, wrong }
    }
}

struct Judge<'a> {
    gold: &'a Gold,
    view: &'a View<'a>,
    parties: &'a Parties,
}

impl Judge<'_> {
    fn entities(&self, things: &Names) -> (Outcome<Party>, Outcome<Typed>) {
        let found = |iri: &String| Found { key: self.parties.thing(iri), grounds: Grounds::default() };
        let gold = self.gold.entities.iter().map(|e| Party::Known(e.id.clone()));
        let entities = Outcome::compare(things.keys().map(found).collect(), gold.collect());
        let found = |iri: &String| {
            let key = Typed { party: self.parties.thing(iri), kind: self.view.base_type(iri) };
            Found { key, grounds: Grounds::default() }
        };
        // An id that is given twice has one type, the last.
        let gold: BTreeMap<_, _> = self.gold.entities.iter().map(|e| (&e.id, e.kind)).collect();
        let gold = gold.into_iter().map(|(id, kind)| Typed { party: Party::Known(id.clone()), kind: Some(kind) });
        (entities, Outcome::compare(things.keys().map(found).collect(), gold.collect()))
    }

    /// Confidence, rules and spans of a node.
    fn grounds(&self, node: &str) -> Grounds {
        let view = self.view;
        let runs = view.get(node, &term(PROV, "wasGeneratedBy"));
        let rules = runs.iter().flat_map(|run| view.get(run, &term(RDFS, "label"))).map(str::to_owned).collect();
        let offset = |span: &str, end: &str| view.first(span, &term(OA, end))?.parse().ok();
        let spans = view.get(node, &ng("evidence")).into_iter();
        let spans = spans.filter_map(|span| Some((offset(span, "start")?, offset(span, "end")?))).collect();
        let confidence = view.first(node, &ng("confidence")).and_then(|c| c.parse().ok());
        Grounds { confidence, rules, spans }
    }

    /// The relations, and those that count neither way.
    fn relations(&self) -> (Outcome<Fact>, Vec<Fact>) {
        let gold: BTreeSet<Fact> = self.gold.relations.iter().filter_map(|r| self.annotated_fact(r)).collect();
        let mut found: BTreeMap<Fact, Grounds> = BTreeMap::new();
        for claim in self.view.of_class(&ng("Claim")) {
            for fact in self.claimed_facts(claim) {
                found.entry(fact).or_default().join(self.grounds(claim));
            }
        }
        let lesser: Vec<Fact> = found.keys().filter(|fact| self.yields(fact, &gold)).cloned().collect();
        found.retain(|fact, _| !lesser.contains(fact));
        let found = found.into_iter().map(|(key, grounds)| Found { key, grounds });
        (Outcome::compare(found.collect(), gold.into_iter().collect()), lesser)
    }

    /// Whether people say more than the relation, of the same two the other way round: then it is neither right nor wrong.
    fn yields(&self, fact: &Fact, gold: &BTreeSet<Fact>) -> bool {
        let Object::Party(object) = &fact.object else { return false };
        let stronger = &Ontology::get().relations[&fact.relation].yields_to;
        let says_more = |g: &&Fact| {
            g.subject == *object && g.object == Object::Party(fact.subject.clone()) && stronger.contains(&g.relation)
        };
        gold.iter().any(|g| says_more(&g))
    }

    fn annotated_fact(&self, relation: &super::gold::Relation) -> Option<Fact> {
        let object = match is_literal(&relation.relation) {
            true => Object::Words(text::name(&relation.object)),
            false => Object::Party(self.parties.known(&relation.object)),
        };
        let negated = relation.status == Some(crate::record::Status::Negated);
        fact(self.parties.known(&relation.subject), &relation.relation, object, negated)
    }

    /// What a claim says; two things where two statuses are given.
    fn claimed_facts(&self, claim: &str) -> Vec<Fact> {
        let get = |property: NamedNode| self.view.get(claim, &property);
        let relations = get(rdf::PREDICATE.into_owned()).into_iter().filter_map(relation_of);
        let mut statuses: BTreeSet<bool> = get(ng("status")).iter().map(|s| *s == ng("Negated").as_str()).collect();
        if statuses.is_empty() {
            statuses.insert(false);
        }
        let mut facts = Vec::new();
        for relation in relations {
            for subject in get(rdf::SUBJECT.into_owned()) {
                for object in get(rdf::OBJECT.into_owned()) {
                    let object = match is_literal(relation) {
                        true => Object::Words(text::name(object)),
                        false => Object::Party(self.parties.participant(object)),
                    };
                    let subject = self.parties.participant(subject);
                    let said = |negated: &bool| fact(subject.clone(), relation, object.clone(), *negated);
                    facts.extend(statuses.iter().filter_map(said));
                }
            }
        }
        facts
    }

    fn events(&self) -> Events {
        events::align(self.gold, self.view, self.parties, |node| self.grounds(node))
    }

    fn quantities(&self) -> Outcome<Amount> {
        let view = self.view;
        let number = |node: &str, property: &str| view.first(node, &schema(property)).and_then(Number::parse);
        let mut found: BTreeMap<Amount, Grounds> = BTreeMap::new();
        for node in view.of_class(&schema("QuantitativeValue")) {
            for owner in view.get(node, &ng("quantityOf")) {
                let bounds = ["value", "minValue", "maxValue"].map(|property| number(node, property));
                let amount = Amount { owner: self.parties.thing(owner), bounds };
                found.entry(amount).or_default().join(self.grounds(node));
            }
        }
        let annotated =
            |q: &super::gold::Quantity| Amount { owner: Party::Known(q.owner.clone()), bounds: q.bounds.numbers() };
        let gold: BTreeSet<Amount> = self.gold.quantities.iter().map(annotated).collect();
        let found = found.into_iter().map(|(key, grounds)| Found { key, grounds });
        Outcome::compare(found.collect(), gold.into_iter().collect())
    }

    /// A quotation is right if its speaker is and its words begin as those of one that is still open.
    fn quotations(&self) -> Outcome<Spoken> {
        let annotated = |q: &super::gold::Quotation| Spoken {
            speaker: Some(Party::Known(q.speaker.clone())),
            words: text::quotation(&q.text),
        };
        let mut outcome = Outcome::empty();
        outcome.missed = self.gold.quotations.iter().map(annotated).collect();
        for node in self.view.of_class(&schema("Quotation")) {
            let Some(said) = self.view.first(node, &schema("text")) else { continue };
            let words = text::quotation(said);
            let speakers = self.view.get(node, &schema("creator"));
            let speakers: Vec<Party> = speakers.into_iter().map(|s| self.parties.thing(s)).collect();
            let same = |open: &Spoken| {
                open.speaker.as_ref().is_some_and(|s| speakers.contains(s)) && begin_alike(&open.words, &words)
            };
            let hit = outcome.missed.iter().position(same).map(|n| outcome.missed.remove(n));
            let grounds = self.grounds(node);
            match hit {
                Some(key) => outcome.right.push(Found { key, grounds }),
                None => {
                    let key = Spoken { speaker: speakers.into_iter().next(), words };
                    outcome.wrong.push(Found { key, grounds });
                }
            }
        }
        outcome
    }
}

/// How much of a quotation must agree.
const BEGINNING: usize = 60;

/// Whether the beginning of one of two quotations is the beginning of the other.
pub(super) fn begin_alike(a: &str, b: &str) -> bool {
    let beginning = |text: &str| text.char_indices().nth(BEGINNING).map_or(text.len(), |(end, _)| end);
    let (a, b) = (&a[..beginning(a)], &b[..beginning(b)]);
    !a.is_empty() && !b.is_empty() && (a.starts_with(b) || b.starts_with(a))
}

/// A fact as facts compare: of a symmetric relation, one way round. None if it says nothing.
fn fact(subject: Party, relation: &str, object: Object, negated: bool) -> Option<Fact> {
    if object.is(&subject) {
        return None;
    }
    let symmetric = Ontology::get().relations.get(relation).is_some_and(|r| r.symmetric);
    let (subject, object) = match object {
        Object::Party(object) if symmetric && object < subject => (object, Object::Party(subject)),
        object => (subject, object),
    };
    Some(Fact { subject, relation: relation.to_owned(), object, negated })
}

/// The relation of a property.
fn relation_of(property: &str) -> Option<&'static str> {
    let mut relations = Ontology::get().relations.iter();
    relations.find(|(_, relation)| relation.iri == property).map(|(name, _)| name.as_str())
}
