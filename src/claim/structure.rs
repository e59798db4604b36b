//! What the form of an institution's name tells: its country, its head, the body it belongs to.

use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::record::{Claim, EntityType, Object, Status};
use crate::text::Span;

/// The claims that names of institutions make by themselves.
pub(super) fn find(resolved: &Resolved, claims: &mut Vec<Claim>) {
    let authority = |m: &&Mention| m.manner == Manner::Name && resolved.kind(m) == EntityType::GovernmentOrganization;
    for mention in resolved.mentions.iter().filter(authority) {
        inside(resolved, mention, claims);
        if let Some(whole) = belongs_to(resolved, mention) {
            claims.push(claim(
                mention.entity,
                "parentOrganization",
                whole.entity,
                mention.span.cover(whole.span),
                "part of",
            ));
        }
    }
}

fn claim(subject: usize, relation: &str, object: usize, evidence: Span, rule: &str) -> Claim {
    Claim {
        subject,
        relation: relation.to_owned(),
        object: Object::Entity(object),
        status: Status::Asserted,
        attributed_to: None,
        confidence: 80,
        evidence,
        rule: format!("name of an institution: {rule}"),
    }
}

/// "US government", "ministère américain": its country; "Biden administration": who leads it.
fn inside(resolved: &Resolved, mention: &Mention, claims: &mut Vec<Claim>) {
    if let Some(country) = country_inside(resolved, mention) {
        claims.push(claim(mention.entity, "basedIn", country, mention.span, "its country"));
    }
    for inner in resolved
        .within(mention.tokens.clone())
        .filter(|m| m.tokens.end <= mention.tokens.end && m.entity != mention.entity)
    {
        match resolved.kind(inner) {
            EntityType::Place => {
                claims.push(claim(mention.entity, "basedIn", inner.entity, mention.span, "its country"))
            }
            EntityType::Person if !is_field(resolved, inner) => {
                claims.push(claim(mention.entity, "leader", inner.entity, mention.span, "its head"))
            }
            _ => {}
        }
    }
}

/// "ministère du Commerce": what follows a joint is the institution's field, not who leads it.
fn is_field(resolved: &Resolved, inner: &Mention) -> bool {
    let before = inner.tokens.start.checked_sub(1);
    before.is_some_and(|b| {
        resolved
            .analysis
            .at(b, |e| matches!(e, Entry::Of | Entry::Article | Entry::GenitiveArticle | Entry::Conjunction))
            .is_some()
    })
}

/// "US-Handelsministerium": a country among the words of a name that is not a mention of its own.
fn country_inside(resolved: &Resolved, mention: &Mention) -> Option<usize> {
    let analysis = resolved.analysis;
    let code = mention
        .tokens
        .clone()
        .find_map(|i| analysis.language.gazetteer.country(analysis.words(analysis.tokens[i].span)))?;
    let key = format!("country:{code}");
    resolved.entities.iter().position(|e| e.keys.first() == Some(&key))
}

/// "the Commerce Department's Bureau", "Bureau … des Handelsministeriums", "Biro … Departemen …".
fn belongs_to<'a>(resolved: &'a Resolved<'a>, part: &Mention) -> Option<&'a Mention> {
    let arguments = Arguments::new(resolved, part.tokens.start);
    let body = |m: &&Mention| {
        resolved.kind(m) == EntityType::GovernmentOrganization
            && m.manner == Manner::Name
            && m.entity != part.entity
            && arguments.sentence.contains(&m.tokens.start)
    };
    let mark = part.tokens.start.checked_sub(1).filter(|m| arguments.is(*m, |e| *e == Entry::GenitiveMark));
    if let Some(whole) = mark.and_then(|m| resolved.ending(m)).filter(body) {
        return Some(whole);
    }
    let end = part.tokens.end;
    let mut next = end;
    while next < end + 3 && arguments.is(next, |e| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Article)) {
        next += 1;
    }
    let joined = next > end || resolved.analysis.language.bare_genitive;
    joined.then(|| resolved.starting(next)).flatten().filter(body)
}
