//! Entities → claims, events, quantities and quotations: who did what, says whom, in which words.

mod argument;
mod context;
mod deadline;
mod event;
mod frame;
mod group;
mod needed;
mod nominal;
mod owner;
mod pattern;
mod period;
mod quantity;
mod quotation;
mod role;
mod structure;
mod tree;

use crate::entity::Resolved;
use crate::language::Calibration;
use crate::mention::{Date, Number, Quote};
use crate::ontology::Ontology;
use crate::record::{Claim, EntityType, Event, Object, Quantity, Quotation, Status};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// All that the article says.
#[derive(Debug, Default)]
pub struct Said {
    /// Relations.
    pub claims: Vec<Claim>,
    /// Events.
    pub events: Vec<Event>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
}

/// The dates, numbers and quotations of a text, which the rules need beside its entities.
pub struct Found {
    /// Dates.
    pub dates: Vec<Date>,
    /// Numbers.
    pub numbers: Vec<Number>,
    /// Stretches in quotation marks.
    pub quotes: Vec<Quote>,
}

/// Runs every rule of the language over an article; adds the unnamed persons that the rules need.
pub fn find(resolved: &mut Resolved, found: &Found) -> Said {
    let mut said = Said { claims: role::find(resolved, found), ..Said::default() };
    structure::find(resolved, &mut said.claims);
    group::find(resolved, &mut said.claims);
    said.quotations = quotation::find(resolved, found);
    let sources = context::Sources::new(resolved, found, &said.quotations);
    let mut happenings = Vec::new();
    frame::find(resolved, &sources, &mut said.claims, &mut happenings);
    pattern::find(resolved, &sources, &mut said.claims, &mut happenings);
    said.quantities = quantity::find(resolved, found);
    said.events = event::find(resolved, found, happenings, &mut said.quantities, &said.claims);
    quantity::give_to_participants(resolved, &mut said.quantities, &said.events);
    deadline::find(resolved, found, &mut said.events);
    said.quantities = quantity::drop_unused(said.quantities, &mut said.events);
    said.claims = distinct(resolved, said.claims);
    needed::drop_others(resolved, &mut said);
    period::find(resolved, found, &said.events, &mut said.claims);
    calibrate(&resolved.analysis.language.calibration, &mut said);
    said
}

/// Puts in place of each rule's certainty how often what is said so surely is right.
fn calibrate(scale: &Calibration, said: &mut Said) {
    said.claims.iter_mut().for_each(|c| c.confidence = scale.claims.of(c.confidence));
    said.events.iter_mut().for_each(|e| e.confidence = scale.events.of(e.confidence));
    said.quantities.iter_mut().for_each(|q| q.confidence = scale.quantities.of(q.confidence));
    said.quotations.iter_mut().for_each(|q| q.confidence = scale.quotations.of(q.confidence));
}

/// Drops claims that the ontology does not allow or that say the same again.
fn distinct(resolved: &Resolved, claims: Vec<Claim>) -> Vec<Claim> {
    let ontology = Ontology::get();
    let mut kept: BTreeMap<(usize, String, Object, bool), Claim> = BTreeMap::new();
    let titled: BTreeSet<usize> = claims.iter().filter(|c| c.relation == "jobTitle").map(|c| c.subject).collect();
    for claim in claims {
        let subject = resolved.entities[claim.subject].kind;
        let fits = match &claim.object {
            Object::Entity(o) => {
                *o != claim.subject && ontology.allows(&claim.relation, subject, resolved.entities[*o].kind)
            }
            Object::Text(_) => ontology.relations.get(&claim.relation).is_some_and(|r| r.literal),
        };
        let is_country = |e: usize| resolved.entities[e].keys.iter().any(|k| k.starts_with("country:"));
        // Nobody is a citizen of a town ("the Brighton keeper").
        let abroad = |o: &Object| matches!(o, Object::Entity(e) if is_country(*e));
        let citizen = claim.relation == "nationality" && !abroad(&claim.object);
        // Who signs an agreement for a firm is no partner of the other.
        let person = |e: usize| resolved.entities[e].kind == EntityType::Person;
        let signed = |a: usize, b: usize| titled.contains(&a) && !person(b);
        let signs = claim.relation == "partnerOf"
            && matches!(claim.object, Object::Entity(o) if signed(o, claim.subject) || signed(claim.subject, o));
        // A state lies in no other place that the rules could tell from a mere list.
        if !fits || signs || citizen || claim.relation == "locatedIn" && is_country(claim.subject) {
            continue;
        }
        let key = (claim.subject, claim.relation.clone(), claim.object.clone(), claim.status == Status::Negated);
        let better = kept.get(&key).is_none_or(|old| claim.confidence > old.confidence);
        if better {
            kept.insert(key, claim);
        }
    }
    without_weaker(resolved, kept.into_values().collect())
}

/// `worksFor` is not given beside `leader`, `owner` or `founder` of the same pair, nor beside `memberOf` of a
/// party or club.
fn without_weaker(resolved: &Resolved, mut claims: Vec<Claim>) -> Vec<Claim> {
    let ties: Vec<(Object, usize)> = claims
        .iter()
        .filter(|c| matches!(c.relation.as_str(), "leader" | "owner" | "founder"))
        .map(|c| (c.object.clone(), c.subject))
        .chain(claims.iter().filter(|c| c.relation == "memberOf").filter_map(|c| match c.object {
            Object::Entity(whole) if resolved.entities[whole].kind == EntityType::Organization => {
                Some((Object::Entity(c.subject), whole))
            }
            _ => None,
        }))
        .collect();
    // "striker Persija asal Brasil, Marco Simic": where the player is from, not the club.
    let from: Vec<(Object, Span)> =
        claims.iter().filter(|c| c.relation == "nationality").map(|c| (c.object.clone(), c.evidence)).collect();
    let within =
        |c: &Claim| from.iter().any(|(o, s)| *o == c.object && s.start < c.evidence.end && c.evidence.start < s.end);
    claims.retain(|c| c.relation != "basedIn" || !within(c));
    claims.retain(|c| {
        let Object::Entity(organization) = c.object else { return true };
        c.relation != "worksFor" || !ties.contains(&(Object::Entity(c.subject), organization))
    });
    claims.sort_by_key(|c| (c.evidence, c.subject, c.relation.clone()));
    claims
}

/// The smallest stretch that holds all the spans.
fn cover(spans: impl IntoIterator<Item = Span>) -> Option<Span> {
    spans.into_iter().reduce(Span::cover)
}
