//! Which entity a number is about.

use super::Found;
use super::owner::{Owners, Rule, Search};
use crate::entity::{Manner, Mention, Resolved};
use crate::mention::Number;
use crate::ontology::{Ontology, Role};
use crate::record::{EntityType, Event, Quantity, Unit};

/// A quantity for every number, in their order, then those of further owners; those that no entity can be found for
/// have no owner.
pub(super) fn find(resolved: &Resolved, found: &Found) -> Vec<Quantity> {
    let search = Search::new(resolved);
    let mut first = Vec::new();
    let mut further = Vec::new();
    let mut before: Option<(&Number, Owners)> = None;
    for number in &found.numbers {
        let owners = search.owners(number, before.as_ref().map(|(n, o)| (*n, o)));
        let mut all = quantities(resolved, number, owners.as_ref()).into_iter();
        before = owners.map(|o| (number, o));
        first.extend(all.next());
        further.extend(all);
    }
    first.extend(further);
    first
}

/// Gives the amount of an event that nobody owns, or that seems to be another participant's, to the one in the role
/// that owns such amounts: a fine is not its authority's.
pub(super) fn give_to_participants(resolved: &Resolved, quantities: &mut [Quantity], events: &[Event]) {
    let code = resolved.analysis.language.language.code();
    for event in events {
        let Some(role) = Ontology::get().events.get(&event.kind).and_then(|c| c.amount_of) else { continue };
        let (owners, others) = match role {
            Role::Agent => (&event.agents, &event.targets),
            Role::Object => (&event.targets, &event.agents),
        };
        let [owner] = owners[..] else { continue };
        for amount in &event.amounts {
            let quantity = &mut quantities[*amount];
            if quantity.of.is_none_or(|o| others.contains(&o)) {
                quantity.of = Some(owner);
                quantity.evidence = event.evidence.iter().fold(quantity.evidence, |all, e| all.cover(*e));
                quantity.confidence = Rule::Event.confidence();
                quantity.rule = format!("languages/{code}/numbers.toml {}", Rule::Event.name());
            }
        }
    }
}

/// Drops the quantities that neither an entity owns nor an event uses; the events' indices follow.
pub(super) fn drop_unused(quantities: Vec<Quantity>, events: &mut [Event]) -> Vec<Quantity> {
    let used = |i: &usize| events.iter().any(|e| e.amounts.contains(i));
    let kept: Vec<usize> = (0..quantities.len()).filter(|i| quantities[*i].of.is_some() || used(i)).collect();
    for event in events {
        for amount in &mut event.amounts {
            *amount = kept.partition_point(|k| k < amount);
        }
    }
    quantities.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, q)| q).collect()
}

/// Confidence in a number that nobody owns, in percent.
const UNOWNED: u8 = 40;

/// Counts up to this of things in the story ("four resellers") tell nothing of an entity.
const SMALL: f64 = 12.0;

/// Numbers below this may be part of the name before them.
const MODELS: f64 = 1000.0;

/// The quantities of a number, one for each owner.
fn quantities(resolved: &Resolved, number: &Number, owners: Option<&Owners>) -> Vec<Quantity> {
    let owners = owners.filter(|(_, rule)| *rule == Rule::Toll || !is_small(number));
    let owners = owners.filter(|_| !is_model(resolved, number));
    let span = resolved.analysis.span(number.tokens.clone());
    let code = resolved.analysis.language.language.code();
    let quantity = |owner: Option<(&Mention, Rule)>| Quantity {
        of: owner.map(|o| o.0.entity),
        value: number.value.clone(),
        min: number.min.clone(),
        max: number.max.clone(),
        unit: number.unit.clone().expect("numbers without a unit are dropped"),
        evidence: owner.map_or(span, |o| span.cover(o.0.span)),
        confidence: owner.map_or(UNOWNED, |o| o.1.confidence()),
        rule: format!("languages/{code}/numbers.toml {}", owner.map_or("none", |o| o.1.name())),
    };
    match owners {
        Some((list, rule)) => list.iter().map(|m| quantity(Some((m, *rule)))).collect(),
        None => vec![quantity(None)],
    }
}

/// "Boeing 737 jets", "ATR 72 aircraft": the number is part of a name.
fn is_model(resolved: &Resolved, number: &Number) -> bool {
    use EntityType::{Organization, Product};
    let start = number.tokens.start;
    let counts = matches!(number.unit, Some(Unit::Text(_))) && number.core == start;
    let value = number.value.as_ref().and_then(|v| v.parse::<f64>().ok());
    let named = |m: &Mention| m.manner == Manner::Name && matches!(resolved.kind(m), Organization | Product);
    let inside = resolved.within(start.saturating_sub(6)..start).any(|m| m.tokens.contains(&start));
    counts && value.is_some_and(|v| v < MODELS) && (inside || resolved.ending(start).is_some_and(named))
}

fn is_small(number: &Number) -> bool {
    let value = number.value.as_ref().and_then(|v| v.parse::<f64>().ok());
    matches!(number.unit, Some(Unit::Text(_))) && value.is_some_and(|v| v <= SMALL)
}
