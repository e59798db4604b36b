//! What the form of an institution's name tells: its country, its head, the body it belongs to.

use super::argument::Arguments;
use super::role::last_organization;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::record::{Claim, Entity, EntityType, Object, Period, Status};
use crate::text::Span;

/// The claims that names of institutions make by themselves.
pub(super) fn find(resolved: &Resolved, claims: &mut Vec<Claim>) {
    for mention in &resolved.mentions {
        described(resolved, mention, claims);
        party_letter(resolved, mention, claims);
    }
    let seated = |m: &Mention| resolved.analysis.at(m.tokens.start, |e| matches!(e, Entry::Seated(_))).is_some();
    let institution = |m: &&Mention| {
        m.manner == Manner::Name && (resolved.kind(m) == EntityType::GovernmentOrganization || seated(m))
    };
    for mention in resolved.mentions.iter().filter(institution) {
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

/// "the Chinese company", "the Oslo-based bank" of one told of before; "Air France", "Bank Indonesia": the country at a name's end.
fn described(resolved: &Resolved, mention: &Mention, claims: &mut Vec<Claim>) {
    if resolved.kind(mention) != EntityType::Organization {
        return;
    }
    let home = match mention.manner {
        Manner::Epithet => {
            let country = |m: &&Mention| m.manner == Manner::Adjective || resolved.kind(m) == EntityType::Place;
            let certain = last_organization(resolved, mention.tokens.start).is_some_and(|m| m.entity == mention.entity);
            let around = mention.tokens.start..mention.tokens.end + 1;
            resolved.within(around).find(country).map(|m| m.entity).filter(|_| certain)
        }
        Manner::Name if mention.tokens.len() > 1 => {
            let last = mention.tokens.end - 1;
            country_at(resolved, last).filter(|_| country_at(resolved, last - 1).is_none())
        }
        _ => None,
    };
    claims.extend(home.map(|h| claim(mention.entity, "basedIn", h, mention.span, "its country")));
}

/// "Jane Roe (D., Conn.)": the letter of a party that the article names.
fn party_letter(resolved: &Resolved, mention: &Mention, claims: &mut Vec<Claim>) {
    let analysis = resolved.analysis;
    let end = mention.tokens.end;
    let word = |i: usize| analysis.tokens.get(i).map_or("", |t| analysis.words(t.span));
    if resolved.kind(mention) != EntityType::Person || word(end) != "(" {
        return;
    }
    let Some(party) = analysis.language.party_letters.get(word(end + 1)) else { return };
    let known = |e: &Entity| e.keys.iter().any(|k| k.strip_prefix("known:") == Some(party));
    let closed = (end + 2..end + 7).find(|i| word(*i) == ")");
    if let (Some(whole), Some(close)) = (resolved.entities.iter().position(known), closed) {
        let evidence = mention.span.cover(analysis.tokens[close].span);
        claims.push(claim(mention.entity, "memberOf", whole, evidence, "its letter"));
    }
}

fn claim(subject: usize, relation: &str, object: usize, evidence: Span, rule: &str) -> Claim {
    Claim {
        subject,
        relation: relation.to_owned(),
        object: Object::Entity(object),
        status: Status::Asserted,
        attributed_to: None,
        held: Period::default(),
        confidence: 80,
        evidence,
        rule: format!("name of an institution: {rule}"),
    }
}

/// "US government", "ministère américain": its country; "Biden administration": who leads it.
fn inside(resolved: &Resolved, mention: &Mention, claims: &mut Vec<Claim>) {
    if let Some(country) = country_inside(resolved, mention) {
        claims.push(claim(mention.entity, "basedIn", country, mention.span, "its country"));
    } else if let Some(seat) = seat_at_end(resolved, mention) {
        claims.push(claim(mention.entity, "basedIn", seat, mention.span, "its seat"));
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
    mention.tokens.clone().find_map(|i| country_at(resolved, i))
}

/// "Konsulat Jenderal Karachi": a known place, told of by itself too, at the end of a name.
fn seat_at_end(resolved: &Resolved, mention: &Mention) -> Option<usize> {
    let analysis = resolved.analysis;
    let end = mention.tokens.end;
    let known = |i: usize| {
        let found = analysis.language.gazetteer.at(&analysis.document.text, &analysis.tokens[i..end]);
        found.filter(|(length, k)| i + length == end && k.kind == EntityType::Place && !k.adjective)
    };
    // "Uni Eropa" lies in no town.
    let famous =
        resolved.entities[mention.entity].keys.iter().any(|k| k.starts_with("known:") || k.starts_with("country:"));
    let (_, place) = (mention.tokens.start + 1..end).find_map(known).filter(|_| !famous)?;
    resolved.entities.iter().position(|e| e.kind == EntityType::Place && e.keys.first() == Some(&place.key))
}

/// The country that a token names.
fn country_at(resolved: &Resolved, at: usize) -> Option<usize> {
    let analysis = resolved.analysis;
    let code = analysis.language.gazetteer.country(analysis.words(analysis.tokens[at].span))?;
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
