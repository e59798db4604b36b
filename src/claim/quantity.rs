//! Which entity a number is about.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::mention::Number;
use crate::record::{EntityType, Quantity};

/// A quantity for every number that an entity can be found for.
pub(super) fn find(resolved: &Resolved, found: &Found) -> Vec<Quantity> {
    found.numbers.iter().map(|n| quantity(resolved, n)).collect()
}

fn quantity(resolved: &Resolved, number: &Number) -> Quantity {
    let owner = owner(resolved, number);
    let span = resolved.analysis.span(number.tokens.clone());
    Quantity {
        of: owner.as_ref().map(|o| o.0.entity),
        value: number.value.clone(),
        min: number.min.clone(),
        max: number.max.clone(),
        unit: number.unit.clone().expect("numbers without a unit are dropped"),
        evidence: owner.as_ref().map_or(span, |o| span.cover(o.0.span)),
        confidence: owner.as_ref().map_or(40, |o| o.1),
        rule: format!("languages/{}/numbers.toml {}", resolved.analysis.language.language.code(), owner.as_ref().map_or("none", |o| o.2)),
    }
}

/// The one the number is about, how sure that is, and why.
fn owner<'a>(resolved: &'a Resolved<'a>, number: &Number) -> Option<(&'a Mention, u8, &'static str)> {
    let arguments = Arguments::new(resolved, number.core);
    let sentence = arguments.sentence.clone();
    let fits = |m: &&Mention| {
        !matches!(resolved.kind(m), EntityType::Event | EntityType::Work) && !number.tokens.contains(&m.tokens.start)
    };
    // "400 million customers of Kaspersky"
    let after = arguments.after(number.tokens.end).into_iter().find(|(m, _)| fits(m));
    if let Some((mention, preposition)) = &after {
        let joint = mention.tokens.start.saturating_sub(2)..mention.tokens.start;
        let of = !preposition.is_empty() && joint.clone().any(|i| arguments.is(i, |e| matches!(e, Entry::Of | Entry::GenitiveArticle)));
        if of && mention.tokens.start - number.tokens.end <= 3 {
            return Some((mention, 75, "of"));
        }
    }
    let before: Vec<&Mention> = arguments.mentions(sentence.start..number.tokens.start).into_iter().filter(fits).collect();
    // "Kaspersky's 400 million customers"
    if let Some(possessor) = before.last().filter(|m| number.tokens.start.saturating_sub(m.tokens.end) <= 2 && arguments.is(m.tokens.end, |e| *e == Entry::GenitiveMark)) {
        return Some((possessor, 80, "possessor"));
    }
    let free = |m: &&&Mention| arguments.governor(m, sentence.start).is_empty() && m.manner != Manner::Description;
    let subject = before.iter().rev().find(|m| free(m) && resolved.kind(m) != EntityType::Place);
    if let Some(subject) = subject {
        return Some((subject, 70, "subject"));
    }
    if let Some((mention, _)) = after.filter(|(m, _)| m.manner == Manner::Name) {
        return Some((mention, 55, "after"));
    }
    if let Some(near) = before.last() {
        return Some((near, 55, "near"));
    }
    topic(resolved, sentence.start).map(|m| (m, 45, "topic"))
}

/// The organisation or person that the sentences before speak of.
fn topic<'a>(resolved: &'a Resolved<'a>, before: usize) -> Option<&'a Mention> {
    let kind = |m: &&Mention| matches!(resolved.kind(m), EntityType::Organization | EntityType::Product) && m.manner == Manner::Name;
    let start = before.saturating_sub(80);
    let recent: Vec<&Mention> = resolved.within(start..before).filter(kind).collect();
    recent.into_iter().rev().max_by_key(|m| resolved.entities[m.entity].mentions.len())
}
