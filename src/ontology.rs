//! The ontology (`ontology/newsgraph.ttl`): what each relation may join, and how its values agree.

use crate::record::EntityType;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The namespace of newsgraph's own terms.
pub const NG: &str = "https://w3id.org/newsgraph/ontology#";
/// schema.org
pub const SCHEMA: &str = "https://schema.org/";

static TURTLE: &str = include_str!("../ontology/newsgraph.ttl");

/// One relation.
#[derive(Debug, Clone, Default)]
pub struct Relation {
    /// Its property.
    pub iri: String,
    /// Base types of subjects; empty for any.
    pub domain: Vec<EntityType>,
    /// Base types of objects; empty for any.
    pub range: Vec<EntityType>,
    /// Whether its object is text.
    pub literal: bool,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// The relation that says the same the other way round.
    pub inverse: Option<String>,
    /// Whether two different objects of one subject contradict each other.
    pub single_valued: bool,
    /// The relations beside which it is left out, between the same two.
    pub yields_to: Vec<String>,
}

/// A side of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who does it.
    Agent,
    /// To whom or what it is done.
    Object,
}

/// One kind of event.
#[derive(Debug, Clone, Default)]
pub struct EventClass {
    /// The relation that goes with it, if any.
    pub relation: Option<String>,
    /// The relations between its participants that its day begins, beside its own.
    pub begins: Vec<String>,
    /// The relations between its participants that its day ends.
    pub ends: Vec<String>,
    /// Whether it is not told without an agent.
    pub needs_agent: bool,
    /// Whether it is not told without an object.
    pub needs_object: bool,
    /// Whether it is no such event without an agent, dated or not.
    pub demands_agent: bool,
    /// Whether it is no such event without an object (of mutual ones: a second agent), dated or not.
    pub demands_object: bool,
    /// Whether what it brings about holds for a time, from a day on.
    pub lasts: bool,
    /// Whether a place is enough to tell it where no participant is named.
    pub told_by_place: bool,
    /// The relations by which its agent is tied to its object where the object is left out.
    pub object_by: Vec<String>,
    /// Whether a sum of money changes hands in it.
    pub takes_amount: bool,
    /// Whether its amount is a count of things or people.
    pub takes_count: bool,
    /// Whose its amount is, where one role owns it.
    pub amount_of: Option<Role>,
    /// The wider class under whose name it may be mentioned again.
    pub specializes: Option<String>,
    /// Base types that do such things rather than bear them, where the words tell either.
    pub act_of: Vec<EntityType>,
    /// Base types of agents; empty for any.
    pub agents: Vec<EntityType>,
    /// Base types of objects; empty for any.
    pub objects: Vec<EntityType>,
}

impl EventClass {
    /// Whether a thing of the type can be an agent.
    pub fn has_agent(&self, kind: EntityType) -> bool {
        fits(&self.agents, kind)
    }

    /// Whether a thing of the type can be an object.
    pub fn has_object(&self, kind: EntityType) -> bool {
        fits(&self.objects, kind)
    }
}

/// Relations by name, and the kinds of events.
#[derive(Debug, Default)]
pub struct Ontology {
    /// Relations by their short name (`owner`).
    pub relations: BTreeMap<String, Relation>,
    /// The event classes by local name (`Ban`).
    pub events: BTreeMap<String, EventClass>,
}

type Triples = BTreeMap<String, Vec<(String, Term)>>;

impl Ontology {
    /// The ontology built into the program.
    ///
    /// # Panics
    /// If the file built in is not Turtle; a test loads it.
    pub fn get() -> &'static Ontology {
        static LOADED: OnceLock<Ontology> = OnceLock::new();
        LOADED.get_or_init(|| Ontology::parse(TURTLE))
    }

    fn parse(turtle: &str) -> Self {
        let mut triples = Triples::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
            let quad = quad.expect("ontology/newsgraph.ttl is Turtle");
            if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
                triples.entry(subject.into_string()).or_default().push((quad.predicate.into_string(), quad.object));
            }
        }
        let names: BTreeMap<&String, String> =
            triples.iter().filter_map(|(s, po)| Some((s, text(po, "name")?))).collect();
        let properties =
            names.iter().filter(|(iri, _)| nodes(&triples[**iri], "#type").any(|n| n.as_str().ends_with("Property")));
        let relations = properties.map(|(iri, name)| (name.clone(), relation(iri, &triples[*iri], &names)));
        Self { relations: relations.collect(), events: events(&triples, &names) }
    }

    /// Whether the relation may join things of these types.
    pub fn allows(&self, relation: &str, subject: EntityType, object: EntityType) -> bool {
        self.relations.get(relation).is_some_and(|r| fits(&r.domain, subject) && fits(&r.range, object))
    }
}

fn fits(types: &[EntityType], kind: EntityType) -> bool {
    types.is_empty()
        || types.contains(&kind)
        || (kind == EntityType::GovernmentOrganization && types.contains(&EntityType::Organization))
}

fn text(po: &[(String, Term)], local: &str) -> Option<String> {
    po.iter().find(|(p, _)| p.strip_prefix(NG) == Some(local)).and_then(|(_, o)| match o {
        Term::Literal(l) => Some(l.value().to_owned()),
        Term::NamedNode(n) => Some(n.as_str().to_owned()),
        _ => None,
    })
}

fn nodes<'a>(po: &'a [(String, Term)], predicate: &str) -> impl Iterator<Item = &'a NamedNode> {
    po.iter().filter(move |(p, _)| p.ends_with(predicate)).filter_map(|(_, o)| match o {
        Term::NamedNode(n) => Some(n),
        _ => None,
    })
}

fn types(po: &[(String, Term)], predicate: &str) -> Vec<EntityType> {
    nodes(po, predicate).filter_map(|n| entity_type(n.as_str())).collect()
}

fn relation(iri: &str, po: &[(String, Term)], names: &BTreeMap<&String, String>) -> Relation {
    let is = |class: &str| nodes(po, "#type").any(|n| n.as_str().ends_with(class));
    Relation {
        iri: iri.to_owned(),
        domain: types(po, "/domainIncludes"),
        range: types(po, "/rangeIncludes"),
        literal: is("#DatatypeProperty"),
        symmetric: is("#SymmetricProperty"),
        inverse: nodes(po, "#inverseOf").find_map(|n| names.get(&n.as_str().to_owned()).cloned()),
        single_valued: text(po, "singleValued").as_deref() == Some("true") || is("#FunctionalProperty"),
        yields_to: nodes(po, "#yieldsTo").filter_map(|n| names.get(&n.as_str().to_owned()).cloned()).collect(),
    }
}

fn events(triples: &Triples, names: &BTreeMap<&String, String>) -> BTreeMap<String, EventClass> {
    let is_event = |po: &[(String, Term)]| nodes(po, "#subClassOf").any(|n| n.as_str() == "https://schema.org/Action");
    let classes = triples.iter().filter(|(_, po)| is_event(po));
    let is = |po: &[(String, Term)], name: &str| text(po, name).as_deref() == Some("true");
    classes
        .filter_map(|(iri, po)| {
            let relation = nodes(po, "#eventOf").next().and_then(|n| names.get(&n.as_str().to_owned()).cloned());
            let needs = |role: &str| nodes(po, "#requires").any(|n| n.as_str().strip_prefix(SCHEMA) == Some(role));
            let demands = |role: &str| nodes(po, "#demands").any(|n| n.as_str().strip_prefix(SCHEMA) == Some(role));
            let relations = |of: &str| -> Vec<String> {
                nodes(po, of).filter_map(|n| names.get(&n.as_str().to_owned()).cloned()).collect()
            };
            let class = EventClass {
                relation,
                begins: relations("#begins"),
                ends: relations("#ends"),
                needs_agent: needs("agent"),
                needs_object: needs("object"),
                demands_agent: demands("agent"),
                demands_object: demands("object"),
                lasts: is(po, "lasts"),
                told_by_place: nodes(po, "#toldBy").any(|n| n.as_str().strip_prefix(SCHEMA) == Some("location")),
                object_by: relations("#objectBy"),
                takes_amount: is(po, "takesAmount"),
                takes_count: is(po, "takesCount"),
                amount_of: nodes(po, "#amountOf").find_map(|n| match n.as_str().strip_prefix(SCHEMA) {
                    Some("agent") => Some(Role::Agent),
                    Some("object") => Some(Role::Object),
                    _ => None,
                }),
                specializes: nodes(po, "#specializes").find_map(|n| n.as_str().strip_prefix(NG)).map(str::to_owned),
                act_of: types(po, "#actOf"),
                agents: types(po, "#agentIncludes"),
                objects: types(po, "#objectIncludes"),
            };
            Some((iri.strip_prefix(NG)?.to_owned(), class))
        })
        .collect()
}

/// The class of a base type.
pub fn class_iri(kind: EntityType) -> String {
    let local = match kind {
        EntityType::Person => "Person",
        EntityType::Organization => "Organization",
        EntityType::GovernmentOrganization => "GovernmentOrganization",
        EntityType::Place => "Place",
        EntityType::Product => "Product",
        EntityType::Work => "CreativeWork",
        EntityType::Event => "Event",
    };
    format!("{SCHEMA}{local}")
}

fn entity_type(iri: &str) -> Option<EntityType> {
    use EntityType::*;
    [Person, Organization, GovernmentOrganization, Place, Product, Work, Event]
        .into_iter()
        .find(|k| class_iri(*k) == iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_and_event_of_the_contract_is_defined() {
        let ontology = Ontology::get();
        assert_eq!(ontology.relations.len(), 33, "{:?}", ontology.relations.keys());
        assert_eq!(ontology.events.len(), 19, "{:?}", ontology.events.keys());
        assert!(ontology.relations["spouse"].symmetric && ontology.relations["jobTitle"].literal);
        assert_eq!(ontology.relations["worksFor"].yields_to, ["leader", "owner", "founder"]);
        assert!(ontology.allows("owner", EntityType::Organization, EntityType::Person));
        assert!(!ontology.allows("owner", EntityType::Person, EntityType::Place));
    }
}
