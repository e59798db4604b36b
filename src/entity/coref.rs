//! What points back: pronouns and definite nouns, where it is certain enough.

use super::{Manner, Mention, Resolved};
use crate::language::{Entry, Pronoun};
use crate::record::EntityType;
use std::ops::Range;

/// How many sentences back an antecedent may stand.
const REACH: usize = 3;

/// No mention is longer than this, in tokens.
const LONGEST: usize = 40;

/// Adds a mention for every pronoun and epithet whose antecedent is certain.
pub(super) fn resolve(resolved: &mut Resolved) {
    for sentence in 0..resolved.analysis.sentences.len() {
        let range = resolved.analysis.sentences[sentence].clone();
        for at in range.clone() {
            if resolved.within(at.saturating_sub(LONGEST)..at + 1).any(|m| m.tokens.contains(&at)) {
                continue;
            }
            let found = pronoun(resolved, sentence, at).or_else(|| epithet(resolved, sentence, &range, at));
            if let Some((tokens, entity, manner)) = found {
                let span = resolved.analysis.span(tokens.clone());
                let mention = Mention { tokens, span, entity, manner };
                let place = resolved.mentions.partition_point(|m| m.tokens.start <= mention.tokens.start);
                resolved.mentions.insert(place, mention);
            }
        }
    }
}

type Found = (Range<usize>, usize, Manner);

fn pronoun(resolved: &Resolved, sentence: usize, at: usize) -> Option<Found> {
    let hits = &resolved.analysis.hits[at];
    let kinds = || {
        hits.iter().filter_map(|h| match h.entry {
            Entry::Pronoun(kind) => Some(kind),
            _ => None,
        })
    };
    let first = kinds().next()?;
    let person = kinds().any(|k| k == Pronoun::Person);
    let subject = resolved.analysis.language.speech.subjects.contains(&resolved.analysis.tokens[at].lower);
    let entity = match first {
        Pronoun::Person => antecedent(resolved, sentence, at, |k| k == EntityType::Person)?,
        // "er", "elle": a person, if the last sentence to name anyone begins with one.
        _ if person && subject && kinds().all(|k| k != Pronoun::Plural) => {
            let last = antecedent(resolved, sentence, at, |k| {
                matches!(
                    k,
                    EntityType::Person
                        | EntityType::Organization
                        | EntityType::GovernmentOrganization
                        | EntityType::Product
                )
            })?;
            let person = resolved.entities[last].kind == EntityType::Person;
            Some(last).filter(|_| person || only_one(resolved, sentence, at))?
        }
        // "it": what the sentence, or the one before, is about, if that acts.
        Pronoun::Organization if kinds().all(|k| k == first) && is_argument(resolved, at) => {
            let thing = |k| k != EntityType::Person;
            let last = antecedent(resolved, sentence, at, thing)?;
            let acts = |k| matches!(k, EntityType::Organization | EntityType::GovernmentOrganization);
            Some(last).filter(|e| acts(resolved.entities[*e].kind))?
        }
        _ => return None,
    };
    Some((at..at + 1, entity, Manner::Pronoun))
}

/// Whether a verb has the word at a token as its subject, or a noun as its possessor; a word that only fills the
/// place of one ("it is clear that") is neither.
fn is_argument(resolved: &Resolved, at: usize) -> bool {
    let analysis = resolved.analysis;
    let words = &analysis.syntax[analysis.tokens[at].sentence].words;
    analysis.words_of(at).any(|w| matches!(words[w].deprel, "nsubj" | "nsubj:pass" | "nmod:poss"))
}

/// "the company", "der Konzern", "perusahaan itu": a definite noun without a name beside it.
fn epithet(resolved: &Resolved, sentence: usize, range: &Range<usize>, at: usize) -> Option<Found> {
    let analysis = resolved.analysis;
    let (kind, length) = analysis.hits[at].iter().find_map(|h| match h.entry {
        Entry::Epithet(kind) => Some((kind, h.length)),
        _ => None,
    })?;
    let end = at + length;
    let definite = |i: usize| analysis.at(i, |e| *e == Entry::Definite).is_some();
    // "the Russian company": a country's adjective may stand between.
    let adjective =
        |i: usize| resolved.starting(i).is_some_and(|m| m.manner == Manner::Adjective && m.tokens.len() == 1);
    let start = if at > range.start && definite(at - 1) {
        at - 1
    } else if at > range.start + 1 && definite(at - 2) && adjective(at - 1) {
        at - 2
    } else if analysis.language.bare_genitive && end < range.end && definite(end) {
        at
    } else {
        return None;
    };
    let end = if start == at { end + 1 } else { end };
    let named = resolved.starting(end).is_some_and(|m| m.manner == Manner::Name);
    let is = |i: usize, wanted: fn(&Entry) -> bool| i < range.end && analysis.at(i, wanted).is_some();
    let further = is(end, |e| matches!(e, Entry::Of | Entry::Relative | Entry::GenitiveArticle))
        && !is_field(resolved, range, end);
    if named || further || kind == EntityType::Person || kind == EntityType::Place {
        return None;
    }
    let wanted = |k: EntityType| k == kind;
    Some((start..end, antecedent(resolved, sentence, start, wanted)?, Manner::Epithet))
}

/// "the maker of chips", "le fournisseur d'énergie": whether what follows a noun at a token only tells its field.
fn is_field(resolved: &Resolved, range: &Range<usize>, at: usize) -> bool {
    let analysis = resolved.analysis;
    let of = analysis.at(at, |e| *e == Entry::Of).is_some();
    let article = |i: usize| analysis.at(i, |e| *e == Entry::Article).is_some();
    let Some(noun) = (at + 1..range.end.min(at + 3)).find(|i| !article(*i)) else { return false };
    let token = &analysis.tokens[noun];
    of && token.is_word()
        && token.common
        && !token.is_capitalized()
        && resolved.starting(noun).is_none()
        && analysis.at(noun, |e| matches!(e, Entry::Epithet(_) | Entry::Context(_) | Entry::Title(_))).is_none()
}

/// Whether the sentence names one person or organisation before a token, and no other.
fn only_one(resolved: &Resolved, sentence: usize, at: usize) -> bool {
    let named = |m: &&Mention| {
        !matches!(resolved.kind(m), EntityType::Place | EntityType::Event | EntityType::Work)
            && m.manner != Manner::Adjective
    };
    let start = resolved.analysis.sentences[sentence].start;
    let mut entities: Vec<usize> = resolved.within(start..at).filter(named).map(|m| m.entity).collect();
    entities.dedup();
    entities.len() == 1
}

/// "KATHMANDU, April 25 (Reuters)": a name that stands alone in brackets.
fn is_bracketed(resolved: &Resolved, mention: &Mention) -> bool {
    let form = |i: usize| resolved.analysis.tokens.get(i).map(|t| t.lower.as_str());
    mention.tokens.start > 0 && form(mention.tokens.start - 1) == Some("(") && form(mention.tokens.end) == Some(")")
}

/// The entity last told of: the first fitting mention of the nearest sentence that has one.
fn antecedent(resolved: &Resolved, sentence: usize, at: usize, wanted: impl Fn(EntityType) -> bool) -> Option<usize> {
    for back in 0..=REACH.min(sentence) {
        let range = resolved.analysis.sentences[sentence - back].clone();
        let range = range.start..range.end.min(at);
        let fitting = |m: &&Mention| {
            wanted(resolved.kind(m))
                && m.manner != Manner::Adjective
                && !resolved.entities[m.entity].unnamed
                && !is_bracketed(resolved, m)
        };
        if let Some(mention) = resolved.within(range).find(fitting) {
            return Some(mention.entity);
        }
    }
    None
}
