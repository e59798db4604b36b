//! The default graph: one node a thing, the facts that hold, how many sources back each, and conflicts.

use super::State;
use super::article::{claim_iri, date_claim_iri, event_iri, quantity_iri};
use super::facts::{Fact, FactObject};
use super::vocabulary::*;
use crate::fusion::{Conflict, Thing};
use crate::ontology::{Ontology, class_iri};
use crate::record::{Claim, EntityType, Event};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Quads of the default graph.
#[derive(Default)]
struct Quads(Vec<Quad>);

impl Quads {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.0.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    }
}

impl State {
    /// The types and names of a thing.
    pub(super) fn thing(&self, thing: &Thing) -> Vec<Quad> {
        let mut quads = Quads::default();
        let naming = &thing.naming;
        let node = self.iris.named("entity", &thing.slug);
        quads.add(&node, TYPE.into_owned(), NamedNode::new_unchecked(class_iri(naming.kind)));
        if naming.kind == EntityType::GovernmentOrganization {
            quads.add(&node, TYPE.into_owned(), schema("Organization"));
        }
        for class in &naming.finer {
            quads.add(&node, TYPE.into_owned(), schema(class));
        }
        for (language, label) in &naming.labels {
            quads.add(&node, term(RDFS, "label"), tagged(label, language));
        }
        for (language, name) in &naming.others {
            quads.add(&node, term(SKOS, "altLabel"), tagged(name, language));
        }
        for iri in naming.authorities.union(&thing.same_as) {
            quads.add(&node, term(OWL, "sameAs"), NamedNode::new_unchecked(iri));
        }
        quads.0
    }

    /// A fact, the fact the other way round, and what supports it.
    pub(super) fn fact(&self, fact: &Fact) -> Vec<Quad> {
        let mut quads = Quads::default();
        let slug = |thing: usize| self.fused.things[thing].slug.as_str();
        let definition = &Ontology::get().relations[fact.relation];
        let predicate = NamedNode::new_unchecked(&definition.iri);
        let subject = self.iris.named("entity", slug(fact.subject));
        let (object, key): (Term, String) = match fact.object {
            FactObject::Thing(o) => (self.iris.named("entity", slug(o)).into(), slug(o).to_owned()),
            FactObject::Text(text, language) => (tagged(text, language), format!("\"{text}\"@{language}")),
        };
        quads.add(&subject, predicate.clone(), object.clone());
        if let Term::NamedNode(other) = &object {
            let inverse =
                definition.inverse.as_ref().map(|i| NamedNode::new_unchecked(&Ontology::get().relations[i].iri));
            if let Some(back) = inverse.or_else(|| definition.symmetric.then(|| predicate.clone())) {
                quads.add(other, back, subject.clone());
            }
        }
        let support = self.iris.hashed("support", &[slug(fact.subject), fact.relation, &key]);
        quads.add(&support, TYPE.into_owned(), ng("Support"));
        quads.add(&support, rdf::SUBJECT.into_owned(), subject);
        quads.add(&support, rdf::PREDICATE.into_owned(), predicate);
        quads.add(&support, rdf::OBJECT.into_owned(), object);
        let articles: BTreeSet<usize> = fact.backing.iter().map(|b| b.0).collect();
        quads.add(&support, ng("sourceCount"), typed(articles.len().to_string(), "integer"));
        quads.add(&support, ng("independentCount"), typed(self.independent(&articles).to_string(), "integer"));
        quads.add(&support, ng("confidence"), confidence(joint_confidence(&fact.backing)));
        for (article, claim) in &fact.backing {
            quads.add(&support, ng("backedBy"), self.claim_iri(*article, claim));
        }
        quads.0
    }

    fn claim_iri(&self, article: usize, claim: &Claim) -> NamedNode {
        claim_iri(&self.iris, self.record(article), &self.fused, article, claim)
    }

    /// The IRI of a happening that an article tells.
    pub(super) fn event_iri(&self, article: usize, event: &Event) -> NamedNode {
        event_iri(&self.iris, self.record(article), &self.fused, article, event)
    }

    /// How many articles, copies and translations of one counted once.
    fn independent(&self, articles: &BTreeSet<usize>) -> usize {
        articles.iter().map(|a| self.origins[*a]).collect::<BTreeSet<_>>().len()
    }

    /// A conflict with what it is about and its claims.
    pub(super) fn conflict(&self, conflict: &Conflict) -> Vec<Quad> {
        let (subject, predicate, claims) = match conflict {
            Conflict::Claims { subject, relation, claims } => {
                let nodes = claims.iter().map(|(a, c)| self.claim_iri(*a, &self.record(*a).claims[*c]));
                let predicate = NamedNode::new_unchecked(&Ontology::get().relations[relation].iri);
                (self.iris.named("entity", subject), predicate, nodes.collect::<BTreeSet<_>>())
            }
            Conflict::Dates(list) => self.date_conflict(list),
            Conflict::Amounts(list) => self.amount_conflict(list),
        };
        let parts: Vec<&str> =
            [subject.as_str(), predicate.as_str()].into_iter().chain(claims.iter().map(NamedNode::as_str)).collect();
        let node = self.iris.hashed("conflict", &parts);
        let mut quads = Quads::default();
        quads.add(&node, TYPE.into_owned(), ng("Conflict"));
        quads.add(&node, ng("conflictOn"), subject);
        quads.add(&node, ng("conflictOn"), predicate);
        for claim in claims {
            quads.add(&node, ng("conflictingClaim"), claim);
        }
        quads.0
    }

    fn amount_conflict(&self, list: &[(usize, usize, usize)]) -> (NamedNode, NamedNode, BTreeSet<NamedNode>) {
        let nodes =
            list.iter().map(|(a, _, q)| quantity_iri(&self.iris, self.record(*a), &self.record(*a).quantities[*q]));
        let events = list.iter().map(|(a, e, _)| self.event_iri(*a, &self.record(*a).events[*e]));
        (events.min().expect("a conflict has amounts"), ng("amount"), nodes.collect())
    }

    fn date_conflict(&self, list: &[(usize, usize, usize)]) -> (NamedNode, NamedNode, BTreeSet<NamedNode>) {
        let event = |a: usize, e: usize| self.event_iri(a, &self.record(a).events[e]);
        let claims = list.iter().map(|(a, e, d)| {
            let iso = &self.record(*a).events[*e].dates[*d].iso;
            date_claim_iri(&self.iris, self.record(*a), &event(*a, *e), iso)
        });
        let first = list.iter().map(|(a, e, _)| event(*a, *e)).min().expect("a conflict has dates");
        (first, ng("date"), claims.collect())
    }
}

/// Independent sources make a fact surer: one minus the product of their doubts.
fn joint_confidence(backing: &[(usize, &Claim)]) -> u8 {
    let mut best: BTreeMap<usize, u8> = BTreeMap::new();
    for (article, claim) in backing {
        let entry = best.entry(*article).or_default();
        *entry = (*entry).max(claim.confidence);
    }
    let doubt = best.values().fold(1.0_f64, |d, c| d * (1.0 - f64::from(*c) / 100.0));
    ((1.0 - doubt) * 100.0).round().min(99.0) as u8
}
