//! Which entity a number is about.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::mention::Number;
use crate::record::{EntityType, Event, Quantity, Unit};

/// A quantity for every number; those that no entity can be found for have no owner.
pub(super) fn find(resolved: &Resolved, found: &Found) -> Vec<Quantity> {
    let main = main(resolved);
    found.numbers.iter().map(|n| quantity(resolved, n, main)).collect()
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

/// Mentions that weigh less own nothing.
const THRESHOLD: i32 = 9;

/// Counts up to this of things in the story ("four resellers") tell nothing of an entity.
const SMALL: f64 = 12.0;

/// The organisation, country or product that the article is about: by far the most often mentioned.
fn main(resolved: &Resolved) -> Option<usize> {
    use EntityType::*;
    let mut counts = vec![0usize; resolved.entities.len()];
    for mention in resolved.mentions.iter().filter(|m| m.manner != Manner::Pronoun) {
        if matches!(resolved.kind(mention), Organization | GovernmentOrganization | Product) {
            counts[mention.entity] += if mention.tokens.start < 30 { 2 } else { 1 };
        }
    }
    let best = (0..counts.len()).max_by_key(|i| (counts[*i], std::cmp::Reverse(*i)))?;
    let second = (0..counts.len()).filter(|i| *i != best).map(|i| counts[i]).max().unwrap_or(0);
    (counts[best] >= 3 && counts[best] * 2 >= second * 3).then_some(best)
}

fn quantity(resolved: &Resolved, number: &Number, main: Option<usize>) -> Quantity {
    let owner = owner(resolved, number, main).filter(|_| !is_small(number));
    let span = resolved.analysis.span(number.tokens.clone());
    Quantity {
        of: owner.as_ref().map(|o| o.0.entity),
        value: number.value.clone(),
        min: number.min.clone(),
        max: number.max.clone(),
        unit: number.unit.clone().expect("numbers without a unit are dropped"),
        evidence: owner.as_ref().map_or(span, |o| span.cover(o.0.span)),
        confidence: owner.as_ref().map_or(40, |o| o.1),
        rule: format!(
            "languages/{}/numbers.toml {}",
            resolved.analysis.language.language.code(),
            owner.as_ref().map_or("none", |o| o.2)
        ),
    }
}

fn is_small(number: &Number) -> bool {
    let value = number.value.as_ref().and_then(|v| v.parse::<f64>().ok());
    matches!(number.unit, Some(Unit::Text(_))) && value.is_some_and(|v| v <= SMALL)
}

/// The one the number is about, how sure that is, and why: every mention of the sentence is weighed.
fn owner<'a>(
    resolved: &'a Resolved<'a>,
    number: &Number,
    main: Option<usize>,
) -> Option<(&'a Mention, u8, &'static str)> {
    let arguments = Arguments::new(resolved, number.core);
    let mentions = arguments.mentions(arguments.sentence.clone());
    // "les employés de Kaspersky": what the described ones belong to owns the number.
    let inner = |m: &'a Mention| {
        if m.manner == Manner::Description {
            resolved
                .within(m.tokens.clone())
                .find(|i| i.manner == Manner::Name && i.tokens.end <= m.tokens.end)
                .unwrap_or(m)
        } else {
            m
        }
    };
    let weighed = mentions
        .into_iter()
        .map(inner)
        .filter_map(|m| weigh(resolved, &arguments, number, m, main).map(|(w, rule)| (w, m, rule)));
    let best = weighed.max_by_key(|(w, m, _)| (*w, std::cmp::Reverse(m.tokens.start.abs_diff(number.core))));
    if let Some((weight, mention, rule)) = best.filter(|(w, ..)| *w >= THRESHOLD) {
        return Some((mention, (50 + weight.min(40)) as u8, rule));
    }
    let topic = resolved
        .mentions
        .iter()
        .rev()
        .filter(|m| m.tokens.start < number.core && Some(m.entity) == main && m.manner == Manner::Name);
    topic.take(1).next().map(|m| (m, 45, "topic"))
}

/// How well a mention fits as the owner of a number, in points, and by which rule.
fn weigh(
    resolved: &Resolved,
    arguments: &Arguments,
    number: &Number,
    mention: &Mention,
    main: Option<usize>,
) -> Option<(i32, &'static str)> {
    use EntityType::*;
    let kind = resolved.kind(mention);
    let compound = kind == Place && resolved.analysis.tokens.get(mention.tokens.end).is_some_and(|t| t.hyphenated);
    let bracketed = mention.tokens.start > 0
        && mention.tokens.len() <= 2
        && resolved.analysis.tokens[mention.tokens.start - 1].lower == "("
        && resolved.analysis.tokens.get(mention.tokens.end).is_some_and(|t| t.lower == ")");
    let overlaps = mention.tokens.start < number.tokens.end && number.tokens.start < mention.tokens.end;
    if matches!(kind, Event | Work) || overlaps || compound || bracketed || mention.manner == Manner::Adjective {
        return None;
    }
    let lower = |i: usize| resolved.analysis.tokens.get(i).map_or("", |t| t.lower.as_str());
    // An article that opens the sentence is no genitive.
    let opening = arguments.sentence.start;
    let article = arguments.is(opening, |e| *e == Entry::GenitiveArticle)
        && !arguments.is(opening, |e| *e == Entry::Preposition)
        && mention.tokens.start > opening;
    let governor = arguments.governor(mention, if article { opening + 1 } else { opening });
    let is_main = Some(mention.entity) == main;
    let kind_points = match kind {
        Organization => 4,
        Product | GovernmentOrganization => 2,
        Person => -3,
        _ => -12,
    };
    let bonus = kind_points + if is_main { 5 } else { 0 } - if mention.manner == Manner::Description { 8 } else { 0 };
    if mention.tokens.end <= number.tokens.start {
        let gap = mention.tokens.end..number.tokens.start;
        let distance = gap.len() as i32;
        let commas = gap.clone().filter(|i| matches!(lower(*i), "," | ";" | ":")).count() as i32;
        if arguments.is(mention.tokens.end, |e| *e == Entry::GenitiveMark) && gap.len() <= 4 {
            return Some((34 + bonus, "possessor"));
        }
        if gap.len() == 1 && lower(gap.start) == "(" {
            return Some((36 + bonus, "brackets"));
        }
        // "Reuters reported that", "according to X": the source is not what the number is about.
        let source = (gap.start..(gap.start + 4).min(gap.end)).any(|i| arguments.is(i, |e| *e == Entry::Speech))
            || mention.tokens.start > arguments.sentence.start
                && arguments.is(mention.tokens.start - 1, |e| *e == Entry::According);
        // "he has 300 customers": the pronoun right before it is the subject.
        let pronoun = mention.manner == Manner::Pronoun && gap.len() <= 4;
        let points = if governor.is_empty() { 22 } else { 12 } + if pronoun { 8 } else { 0 };
        return Some((
            points + bonus - distance / 2 - 2 * commas - if source { 14 } else { 0 },
            if governor.is_empty() { "subject" } else { "near" },
        ));
    }
    let gap = number.tokens.end..mention.tokens.start;
    let distance = gap.len() as i32;
    let commas = gap.clone().filter(|i| matches!(lower(*i), "," | ";" | ":" | "(")).count() as i32;
    let source = (mention.tokens.start.saturating_sub(3).max(gap.start)..mention.tokens.start)
        .any(|i| arguments.is(i, |e| matches!(e, Entry::Speech | Entry::According)))
        || (mention.tokens.end..mention.tokens.end + 2).any(|i| arguments.is(i, |e| *e == Entry::Speech));
    let of =
        gap.len() <= 3 && gap.clone().any(|i| arguments.is(i, |e| matches!(e, Entry::Of | Entry::GenitiveArticle)));
    if of && commas == 0 {
        return Some((30 + bonus, "of"));
    }
    let points = if governor.is_empty() { 12 } else { 8 };
    Some((points + bonus - distance / 2 - 3 * commas - if source { 14 } else { 0 }, "after"))
}
