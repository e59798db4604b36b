//! Institutions named with a common noun: "the US government", "ministère américain du Commerce",
//! "Biden-Regierung", "pemerintah AS".

use super::{Name, Votes};
use crate::analysis::Analysis;
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// How many words of a post may stand before the noun for an institution that ends it.
const LONGEST_POST: usize = 5;

/// The institutions of a sentence whose names stand in `names`.
pub(super) fn find(analysis: &Analysis, sentence: &Range<usize>, names: &[Name]) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for at in sentence.clone() {
        let Some((length, kind)) = noun_at(analysis, at) else { continue };
        if names.iter().any(|n| n.tokens.contains(&at)) || found.iter().any(|n: &Name| n.tokens.contains(&at)) {
            continue;
        }
        let noun = at..at + length;
        let extent = match kind {
            EntityType::GovernmentOrganization => extent(analysis, sentence, noun, names),
            _ => seated(analysis, sentence, noun, names),
        };
        if let Some(tokens) = extent {
            let official = kind == EntityType::GovernmentOrganization && !analysis.language.bare_genitive;
            if official && names.iter().any(|n| n.tokens.start == tokens.end && names_body(n)) {
                continue;
            }
            let place = |n: &&Name| {
                matches!(n.votes.winner(), EntityType::Place)
                    && tokens.contains(&n.tokens.start)
                    && tokens.contains(&(n.tokens.end - 1))
            };
            let told: usize = names.iter().filter(place).map(|n| n.tokens.len()).sum();
            let joints = tokens
                .clone()
                .filter(|i| analysis.at(*i, |e| matches!(e, Entry::Of | Entry::Article)).is_some())
                .count();
            if length == 1
                && told > 0
                && length + told + joints >= tokens.len()
                && (analysis.language.is_generic(&analysis.tokens[at].lower)
                    || analysis.language.is_generic(&analysis.tokens[at].lemma))
            {
                continue;
            }
            let mut votes = Votes::default();
            votes.add(kind, 9.0);
            found.push(Name { span: analysis.span(tokens.clone()), tokens, votes, known: None, institution: true });
        }
    }
    found
}

/// Whether a name after an institution's noun names the institution ("die irische Datenschutzbehörde DPC").
fn names_body(name: &Name) -> bool {
    matches!(name.votes.winner(), EntityType::Organization | EntityType::GovernmentOrganization)
}

/// The length of an institution's noun at a token, and what it is the noun of.
fn noun_at(analysis: &Analysis, at: usize) -> Option<(usize, EntityType)> {
    let kind = |e: &Entry| match e {
        Entry::Context(EntityType::GovernmentOrganization) => Some(EntityType::GovernmentOrganization),
        Entry::Seated(kind) => Some(*kind),
        _ => None,
    };
    let found = analysis.hits[at].iter().filter_map(|h| Some((h.length, kind(&h.entry)?))).max_by_key(|f| f.0)?;
    let person = analysis.at(at, |e| matches!(e, Entry::Title(_) | Entry::Speech)).is_some();
    (!person).then_some(found)
}

/// "université de Caen", "lycée Pasteur": the noun and its seat, or the name right after it.
fn seated(analysis: &Analysis, sentence: &Range<usize>, noun: Range<usize>, names: &[Name]) -> Option<Range<usize>> {
    let called = |n: &&Name| n.tokens.start == noun.end && n.known.as_ref().is_none_or(|k| !k.adjective);
    let end = names.iter().find(called).map(|n| n.tokens.end);
    end.or_else(|| field(analysis, sentence, noun.end, false)).map(|end| noun.start..end)
}

/// The tokens of the institution with the names that tell which one it is.
fn extent(analysis: &Analysis, sentence: &Range<usize>, noun: Range<usize>, names: &[Name]) -> Option<Range<usize>> {
    let before = names.iter().rfind(|n| n.tokens.end == noun.start && tells(n));
    let start = before.map_or(noun.start, |n| n.tokens.start);
    let mut end = noun.end;
    let mut told = before.is_some();
    // "gouvernement américain", "pemerintah AS"
    let after = names.iter().find(|n| n.tokens.start == end && tells(n));
    if let Some(name) = after.filter(|n| {
        n.known.as_ref().is_some_and(|k| k.adjective)
            || analysis.language.bare_genitive
            || (analysis.language.lower_names
                && n.votes.winner() == EntityType::Person
                && !closes_post(analysis, &noun))
    }) {
        end = name.tokens.end;
        told = true;
    }
    if let Some(next) = field(analysis, sentence, end, told) {
        end = next;
        told = true;
    }
    told.then_some(start..end)
}

/// "capitaine de police Jeanne Morel": whether the noun is the end of a post, so that who holds it comes next.
fn closes_post(analysis: &Analysis, noun: &Range<usize>) -> bool {
    let first = analysis.sentences[analysis.tokens[noun.start].sentence].start;
    let post = |i: usize| analysis.at(i, |e| matches!(e, Entry::Title(_))).is_some_and(|n| i + n == noun.end);
    (noun.start.saturating_sub(LONGEST_POST).max(first)..noun.start).any(post)
}

/// Countries, other places, and persons ("Biden administration") tell which institution it is.
fn tells(name: &Name) -> bool {
    use EntityType::*;
    !name.institution
        && matches!(name.votes.winner(), Place | Person | GovernmentOrganization)
        && (name.known.is_some() || name.votes.of(Person) + name.votes.of(Place) > 1.0)
}

/// "du Commerce", "de la Santé et des Sports", "of Justice": where the field of the institution ends.
fn field(analysis: &Analysis, sentence: &Range<usize>, from: usize, told: bool) -> Option<usize> {
    let mut at = from;
    let mut end = None;
    while at < sentence.end {
        let joint = analysis.at(at, |e| *e == Entry::Of || (end.is_some() && *e == Entry::Conjunction))?.min(1);
        let mut next = at + joint;
        while next < sentence.end
            && next < at + joint + 2
            && analysis.at(next, |e| matches!(e, Entry::Article | Entry::Of)).is_some()
        {
            next += 1;
        }
        let capital = next < sentence.end && analysis.tokens[next].is_capitalized() && !analysis.language.capital_nouns;
        if !capital || analysis.at(next, |e| matches!(e, Entry::Title(_) | Entry::Never)).is_some() {
            return end;
        }
        let gazetteer = &analysis.language.gazetteer;
        let known = gazetteer.at(&analysis.document.text, &analysis.tokens[next..sentence.end]);
        if let Some((length, known)) = known {
            let place = matches!(known.kind, EntityType::Place) && !told;
            return if place { Some(next + length) } else { end };
        }
        at = next + 1;
        while at < sentence.end && analysis.tokens[at].is_capitalized() {
            at += 1;
        }
        end = Some(at);
        if analysis.at(at.min(sentence.end - 1), |e| matches!(e, Entry::Conjunction | Entry::Of)).is_none() {
            return end;
        }
    }
    end
}
