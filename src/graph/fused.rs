//! The default graph: one node a thing, the facts that hold, how many sources back each, and conflicts.

use super::article::{claim_iri, date_claim_iri, event_iri};
use super::iri::Iris;
use super::vocabulary::*;
use crate::fusion::{Conflict, Fused, Thing};
use crate::ontology::{Ontology, class_iri};
use crate::record::{ArticleRecord, EntityType, Object, Status};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A fact with the claims that back it: article, claim node, confidence.
type Backing = Vec<(usize, NamedNode, u8)>;

/// Appends the quads of the default graph.
pub(super) fn quads(
    records: &[&ArticleRecord],
    things: &Fused,
    conflicts: &[Conflict],
    iris: &Iris,
    quads: &mut Vec<Quad>,
) {
    let mut writer = Writer { records, things, iris, quads };
    things.things.iter().for_each(|t| writer.thing(t));
    for ((subject, relation, object), backing) in facts(records, things, iris) {
        writer.fact(&subject, &relation, object, &backing);
    }
    conflicts.iter().for_each(|c| writer.conflict(c));
    writer.copies();
}

type Fact = (String, String, FactObject);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum FactObject {
    Entity(String),
    Text(String, &'static str),
}

/// The facts that at least one claim backs that is neither negated nor planned.
fn facts(records: &[&ArticleRecord], things: &Fused, iris: &Iris) -> BTreeMap<Fact, Backing> {
    let mut facts: BTreeMap<Fact, Backing> = BTreeMap::new();
    for (a, record) in records.iter().enumerate() {
        for claim in record.claims.iter().filter(|c| !matches!(c.status, Status::Negated | Status::Planned)) {
            let object = match &claim.object {
                Object::Entity(o) => FactObject::Entity(things.thing(a, *o).slug.clone()),
                Object::Text(t) => FactObject::Text(t.clone(), record.document.language.code()),
            };
            let subject = things.thing(a, claim.subject).slug.clone();
            let node = claim_iri(iris, record, things, a, claim);
            facts.entry((subject, claim.relation.clone(), object)).or_default().push((a, node, claim.confidence));
        }
    }
    facts
}

struct Writer<'a> {
    records: &'a [&'a ArticleRecord],
    things: &'a Fused,
    iris: &'a Iris,
    quads: &'a mut Vec<Quad>,
}

impl Writer<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    }

    fn thing(&mut self, thing: &Thing) {
        let node = self.iris.named("entity", &thing.slug);
        self.add(&node, TYPE.into_owned(), NamedNode::new_unchecked(class_iri(thing.kind)));
        if thing.kind == EntityType::GovernmentOrganization {
            self.add(&node, TYPE.into_owned(), schema("Organization"));
        }
        for class in &thing.finer {
            self.add(&node, TYPE.into_owned(), schema(class));
        }
        for (language, label) in &thing.labels {
            self.add(&node, term(RDFS, "label"), tagged(label, language));
        }
        for (language, name) in &thing.others {
            self.add(&node, term(SKOS, "altLabel"), tagged(name, language));
        }
    }

    fn fact(&mut self, subject: &str, relation: &str, object: FactObject, backing: &Backing) {
        let definition = &Ontology::get().relations[relation];
        let predicate = NamedNode::new_unchecked(&definition.iri);
        let subject_node = self.iris.named("entity", subject);
        let (object_term, key): (Term, String) = match &object {
            FactObject::Entity(slug) => (self.iris.named("entity", slug).into(), slug.clone()),
            FactObject::Text(text, language) => (tagged(text, language), format!("\"{text}\"@{language}")),
        };
        self.add(&subject_node, predicate.clone(), object_term.clone());
        if let Term::NamedNode(other) = &object_term {
            let inverse =
                definition.inverse.as_ref().map(|i| NamedNode::new_unchecked(&Ontology::get().relations[i].iri));
            if let Some(back) = inverse.or_else(|| definition.symmetric.then(|| predicate.clone())) {
                self.add(other, back, subject_node.clone());
            }
        }
        let support = self.iris.hashed("support", &[subject, relation, &key]);
        self.add(&support, TYPE.into_owned(), ng("Support"));
        self.add(&support, rdf::SUBJECT.into_owned(), subject_node);
        self.add(&support, rdf::PREDICATE.into_owned(), predicate);
        self.add(&support, rdf::OBJECT.into_owned(), object_term);
        let articles: BTreeSet<usize> = backing.iter().map(|b| b.0).collect();
        self.add(&support, ng("sourceCount"), typed(articles.len().to_string(), "integer"));
        self.add(&support, ng("independentCount"), typed(self.independent(&articles).to_string(), "integer"));
        self.add(&support, ng("confidence"), confidence(joint_confidence(backing)));
        for (_, claim, _) in backing {
            self.add(&support, ng("backedBy"), claim.clone());
        }
    }

    /// Articles that are not copies of one another: the same words, differently spaced, count once.
    fn independent(&self, articles: &BTreeSet<usize>) -> usize {
        let bodies = articles.iter().map(|a| self.records[*a].document.text.split_whitespace().collect::<Vec<_>>());
        bodies.collect::<BTreeSet<_>>().len()
    }

    fn conflict(&mut self, conflict: &Conflict) {
        let (subject, predicate, claims) = match conflict {
            Conflict::Claims { subject, relation, claims } => {
                let nodes = claims.iter().map(|(a, c)| {
                    claim_iri(self.iris, self.records[*a], self.things, *a, &self.records[*a].claims[*c])
                });
                let predicate = NamedNode::new_unchecked(&Ontology::get().relations[relation].iri);
                (self.iris.named("entity", subject), predicate, nodes.collect::<BTreeSet<_>>())
            }
            Conflict::Dates(list) => self.date_conflict(list),
        };
        let parts: Vec<&str> =
            [subject.as_str(), predicate.as_str()].into_iter().chain(claims.iter().map(NamedNode::as_str)).collect();
        let node = self.iris.hashed("conflict", &parts);
        self.add(&node, TYPE.into_owned(), ng("Conflict"));
        self.add(&node, ng("conflictOn"), subject);
        self.add(&node, ng("conflictOn"), predicate);
        for claim in claims {
            self.add(&node, ng("conflictingClaim"), claim);
        }
    }

    fn date_conflict(&self, list: &[(usize, usize, usize)]) -> (NamedNode, NamedNode, BTreeSet<NamedNode>) {
        let event =
            |a: usize, e: usize| event_iri(self.iris, self.records[a], self.things, a, &self.records[a].events[e]);
        let claims = list.iter().map(|(a, e, d)| {
            date_claim_iri(self.iris, self.records[*a], &event(*a, *e), &self.records[*a].events[*e].dates[*d].iso)
        });
        let first = list.iter().map(|(a, e, _)| event(*a, *e)).min().expect("a conflict has dates");
        (first, ng("date"), claims.collect())
    }

    /// Events, quantities and quotations with their own properties, without the evidence layer.
    fn copies(&mut self) {
        let kept =
            ["agent", "object", "location", "value", "minValue", "maxValue", "unitText", "unitCode", "creator", "text"]
                .map(schema);
        let own = ["date", "amount", "quantityOf", "addressee"].map(ng);
        let classes: std::collections::HashSet<Term> = Ontology::get()
            .events
            .keys()
            .map(|e| Term::from(ng(e)))
            .chain([schema("Action"), schema("QuantitativeValue"), schema("Quotation")].map(Term::from))
            .collect();
        let nodes: BTreeSet<String> = self
            .quads
            .iter()
            .filter(|q| q.predicate.as_ref() == TYPE && classes.contains(&q.object))
            .map(|q| q.subject.to_string())
            .collect();
        let copied: Vec<Quad> = self
            .quads
            .iter()
            .filter(|q| q.graph_name != GraphName::DefaultGraph && nodes.contains(&q.subject.to_string()))
            .filter(|q| kept.contains(&q.predicate) || own.contains(&q.predicate) || q.predicate.as_ref() == TYPE)
            .map(|q| Quad::new(q.subject.clone(), q.predicate.clone(), q.object.clone(), GraphName::DefaultGraph))
            .collect();
        self.quads.extend(copied);
    }
}

/// Independent sources make a fact surer: one minus the product of their doubts.
fn joint_confidence(backing: &Backing) -> u8 {
    let mut best: BTreeMap<usize, u8> = BTreeMap::new();
    for (article, _, confidence) in backing {
        let entry = best.entry(*article).or_default();
        *entry = (*entry).max(*confidence);
    }
    let doubt = best.values().fold(1.0_f64, |d, c| d * (1.0 - f64::from(*c) / 100.0));
    ((1.0 - doubt) * 100.0).round().min(99.0) as u8
}
