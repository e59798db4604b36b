//! Unnamed persons that nothing told of needs, and what they leave behind.

use super::Said;
use crate::entity::Resolved;
use crate::language::LanguageData;
use crate::record::{Claim, Object};

/// Drops the unnamed persons of whom the article tells nothing but their post, unless the post is one of those
/// that speak for an organisation without naming it; an unnamed addressee is none.
pub(super) fn drop_others(resolved: &mut Resolved, said: &mut Said) {
    for quotation in &mut said.quotations {
        quotation.addressee = quotation.addressee.filter(|e| !resolved.entities[*e].unnamed);
    }
    let needed = needed(resolved, said);
    if needed.iter().all(|n| *n) {
        return;
    }
    let mut place = Vec::with_capacity(needed.len());
    let mut kept = 0;
    for needed in &needed {
        place.push(kept);
        kept += usize::from(*needed);
    }
    said.claims.retain(|c| entities(c).all(|e| needed[e]));
    renumber(said, &place);
    resolved.mentions.retain(|m| needed[m.entity]);
    resolved.mentions.iter_mut().for_each(|m| m.entity = place[m.entity]);
    let mut at = needed.iter();
    resolved.entities.retain(|_| at.next().is_none_or(|n| *n));
}

/// Whether each entity has a name or is needed.
fn needed(resolved: &Resolved, said: &Said) -> Vec<bool> {
    let mut needed: Vec<bool> = resolved.entities.iter().map(|e| !e.unnamed).collect();
    let claims = said.claims.iter().filter(|c| tells(c, resolved.analysis.language)).flat_map(entities);
    let events = said.events.iter().flat_map(|e| e.agents.iter().chain(&e.targets).chain(&e.places).copied());
    let quantities = said.quantities.iter().filter_map(|q| q.of);
    let quotations = said.quotations.iter().map(|q| q.speaker);
    claims.chain(events).chain(quantities).chain(quotations).for_each(|e| needed[e] = true);
    needed
}

/// The entities of a claim.
fn entities(claim: &Claim) -> impl Iterator<Item = usize> {
    let object = match claim.object {
        Object::Entity(e) => Some(e),
        Object::Text(_) => None,
    };
    [Some(claim.subject), object, claim.attributed_to].into_iter().flatten()
}

/// Whether a claim tells more of a person than the post that describes it.
fn tells(claim: &Claim, language: &LanguageData) -> bool {
    match &claim.object {
        Object::Entity(_) => true,
        Object::Text(post) => {
            let lower = post.to_lowercase();
            language.titles.iter().any(|t| t.of_topic && t.word.iter().any(|w| w.to_lowercase() == lower))
        }
    }
}

fn renumber(said: &mut Said, place: &[usize]) {
    let new = |e: &mut usize| *e = place[*e];
    for claim in &mut said.claims {
        new(&mut claim.subject);
        claim.attributed_to.as_mut().map(new);
        if let Object::Entity(e) = &mut claim.object {
            new(e);
        }
    }
    for event in &mut said.events {
        event.agents.iter_mut().chain(&mut event.targets).chain(&mut event.places).for_each(new);
    }
    said.quantities.iter_mut().filter_map(|q| q.of.as_mut()).for_each(new);
    for quotation in &mut said.quotations {
        new(&mut quotation.speaker);
        quotation.addressee.as_mut().map(new);
    }
}
