//! What people say that an article says: one JSON file an article. `docs/gold.md` describes the format.

use super::text::{self, Number};
use crate::ontology::Ontology;
use crate::record::{EntityType, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The annotations of one article.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// The article's file name.
    pub article: String,
    /// The code of its language.
    pub language: String,
    /// What it names.
    pub entities: Vec<Entity>,
    /// Who stands how to whom.
    pub relations: Vec<Relation>,
    /// What happened.
    pub events: Vec<Event>,
    /// Numbers and what they are about.
    pub quantities: Vec<Quantity>,
    /// Who said what.
    pub quotations: Vec<Quotation>,
}

/// One thing.
#[derive(Debug, Clone, Deserialize)]
pub struct Entity {
    /// The same for the same thing in every article.
    pub id: String,
    /// Base type.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The names that the article has for it.
    pub names: Vec<String>,
    /// Names that are right although the article does not have them.
    #[serde(default)]
    pub also: Vec<String>,
    /// The id of the country that this government acts for: both count as one participant.
    #[serde(rename = "standsFor")]
    pub stands_for: Option<String>,
}

impl Entity {
    /// Its names as names compare.
    pub fn compared_names(&self) -> BTreeSet<String> {
        self.names.iter().chain(&self.also).map(|n| text::name(n)).collect()
    }
}

/// One relation.
#[derive(Debug, Clone, Deserialize)]
pub struct Relation {
    /// The subject's id.
    #[serde(rename = "s")]
    pub subject: String,
    /// The relation's name in the ontology.
    #[serde(rename = "p")]
    pub relation: String,
    /// The object's id, or words.
    #[serde(rename = "o")]
    pub object: String,
    /// How far the article vouches for it; asserted if left out.
    pub status: Option<Status>,
    /// The article's words that say so.
    pub evidence: String,
}

impl Relation {
    /// The ids that it names.
    fn ids(&self) -> impl Iterator<Item = &String> {
        let object = (!is_literal(&self.relation)).then_some(&self.object);
        [&self.subject].into_iter().chain(object)
    }
}

/// One happening.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// Event class of the ontology.
    #[serde(rename = "type")]
    pub kind: String,
    /// Ids of who does it.
    #[serde(default, rename = "agent")]
    pub agents: Vec<String>,
    /// Ids of whom or what it is done to.
    #[serde(default, rename = "target")]
    pub targets: Vec<String>,
    /// Ids of where.
    #[serde(default, rename = "place")]
    pub places: Vec<String>,
    /// ISO dates.
    #[serde(default, rename = "date")]
    pub dates: Vec<String>,
    /// Money.
    pub amount: Option<Bounds>,
    /// The article's words that say so.
    pub evidence: String,
}

/// A value, or bounds.
#[derive(Debug, Clone, Deserialize)]
pub struct Bounds {
    /// The value.
    pub value: Option<serde_json::Number>,
    /// Lower bound.
    pub min: Option<serde_json::Number>,
    /// Upper bound.
    pub max: Option<serde_json::Number>,
}

impl Bounds {
    /// Value, lower and upper bound as numbers compare.
    pub fn numbers(&self) -> [Option<Number>; 3] {
        [&self.value, &self.min, &self.max].map(|n| n.as_ref().and_then(|n| Number::parse(&n.to_string())))
    }
}

/// A number that is about an entity.
#[derive(Debug, Clone, Deserialize)]
pub struct Quantity {
    /// The id of what it is about.
    #[serde(rename = "s")]
    pub owner: String,
    /// The number.
    #[serde(flatten)]
    pub bounds: Bounds,
    /// The article's words that say so.
    pub evidence: String,
}

/// Words that somebody said.
#[derive(Debug, Clone, Deserialize)]
pub struct Quotation {
    /// The speaker's id.
    pub speaker: String,
    /// The words between the marks, or the first of them.
    pub text: String,
    /// The id of who was told.
    pub addressee: Option<String>,
    /// The article's words with those that ascribe it.
    pub evidence: String,
}

impl Gold {
    /// Reads a gold file.
    pub fn parse(json: &[u8]) -> Result<Gold, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// What is wrong with the annotations of an article of this text, a line each: they are scored, but no program can
    /// agree with them.
    pub fn faults(&self, text: &str) -> Vec<String> {
        let mut faults = self.strange_ids();
        faults.extend(self.strange_kinds());
        for (n, (kind, evidence)) in self.evidence().enumerate() {
            if !text.contains(evidence) {
                let short: String = evidence.chars().take(60).collect();
                faults.push(format!("{kind}, evidence {}: not in the article: {short:?}", n + 1));
            }
        }
        faults
    }

    /// Every evidence with what it is of.
    fn evidence(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let relations = self.relations.iter().map(|r| ("relations", r.evidence.as_str()));
        let events = self.events.iter().map(|e| ("events", e.evidence.as_str()));
        let quantities = self.quantities.iter().map(|q| ("quantities", q.evidence.as_str()));
        let quotations = self.quotations.iter().map(|q| ("quotations", q.evidence.as_str()));
        relations.chain(events).chain(quantities).chain(quotations)
    }

    /// Ids that are given twice, and ids that no entity has.
    fn strange_ids(&self) -> Vec<String> {
        let mut known = BTreeSet::new();
        let twice = self.entities.iter().filter(|e| !known.insert(e.id.as_str()));
        let mut faults: Vec<String> = twice.map(|e| format!("entities: two have the id {:?}", e.id)).collect();
        let unknown: BTreeMap<&str, &str> =
            self.references().filter(|(_, id)| !known.contains(id)).map(|(kind, id)| (id, kind)).collect();
        faults.extend(unknown.iter().map(|(id, kind)| format!("{kind}: no entity has the id {id:?}")));
        faults
    }

    /// Every use of an id with where it stands.
    fn references(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let entities = self.entities.iter().flat_map(|e| &e.stands_for).map(|id| ("entities", id));
        let relations = self.relations.iter().flat_map(Relation::ids).map(|id| ("relations", id));
        let events = self
            .events
            .iter()
            .flat_map(|e| e.agents.iter().chain(&e.targets).chain(&e.places))
            .map(|id| ("events", id));
        let quantities = self.quantities.iter().map(|q| ("quantities", &q.owner));
        let quotations = self.quotations.iter().flat_map(|q| [&q.speaker].into_iter().chain(&q.addressee));
        let quotations = quotations.map(|id| ("quotations", id));
        let all = entities.chain(relations).chain(events).chain(quantities).chain(quotations);
        all.map(|(kind, id)| (kind, id.as_str()))
    }

    /// Relations and events that the ontology does not have.
    fn strange_kinds(&self) -> Vec<String> {
        let ontology = Ontology::get();
        let relations = self.relations.iter().map(|r| r.relation.as_str());
        let relations: BTreeSet<&str> = relations.filter(|r| !ontology.relations.contains_key(*r)).collect();
        let events = self.events.iter().map(|e| e.kind.as_str());
        let events: BTreeSet<&str> = events.filter(|e| !ontology.events.contains_key(*e)).collect();
        let relations = relations.iter().map(|r| format!("relations: the ontology has no {r:?}"));
        relations.chain(events.iter().map(|e| format!("events: the ontology has no {e:?}"))).collect()
    }
}

/// Whether the object of the relation is words.
pub(super) fn is_literal(relation: &str) -> bool {
    Ontology::get().relations.get(relation).is_some_and(|r| r.literal)
}
