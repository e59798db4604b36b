//! What points back: pronouns and definite nouns, where it is certain enough.

use super::{Manner, Mention, Resolved};
use crate::analysis::Analysis;
use crate::analysis::syntax::Word;
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
    if resolved.analysis.words_of(at).any(|w| resolved.analysis.syntax[sentence].stands_for_nothing(w)) {
        return None;
    }
    let person = kinds().any(|k| k == Pronoun::Person);
    let subject = resolved.analysis.language.speech.subjects.contains(&resolved.analysis.tokens[at].lower);
    let entity = match first {
        Pronoun::Person => {
            let beside = (!subject && is_possessive(resolved, at)).then(|| kin_beside(resolved, at)).flatten();
            beside.or_else(|| person_told(resolved, at))?
        }
        // "er", "elle": a person, if the last sentence to name anyone begins with one.
        _ if person && subject && kinds().all(|k| k != Pronoun::Plural) => {
            let last = antecedent(resolved, sentence, at, |m| {
                matches!(
                    resolved.kind(m),
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
            let thing = |m: &Mention| resolved.kind(m) != EntityType::Person;
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

/// Whether a noun has the word at a token as its possessor.
fn is_possessive(resolved: &Resolved, at: usize) -> bool {
    let analysis = resolved.analysis;
    let words = &analysis.syntax[analysis.tokens[at].sentence].words;
    analysis.words_of(at).any(|w| words[w].deprel.ends_with(":poss"))
}

/// "the company", "der Konzern", "perusahaan itu": a definite noun without a name beside it.
fn epithet(resolved: &Resolved, sentence: usize, range: &Range<usize>, at: usize) -> Option<Found> {
    let analysis = resolved.analysis;
    let (kind, length) = analysis.hits[at].iter().find_map(|h| match h.entry {
        Entry::Epithet(kind) => Some((kind, h.length)),
        _ => None,
    })?;
    let end = at + length;
    // "the Dutch hospital group": the noun only describes another.
    let words = &analysis.syntax[sentence].words;
    if analysis.words_of(end - 1).any(|w| words[w].deprel == "compound") {
        return None;
    }
    let definite = |i: usize| i < range.end && analysis.at(i, |e| *e == Entry::Definite).is_some();
    let start = match phrase_start(resolved, range, at) {
        Some(start) => start,
        None if analysis.language.bare_genitive && definite(end) => at,
        None => {
            let found = is_closed(resolved, sentence, at)
                .then(|| antecedent(resolved, sentence, at, |m| resolved.kind(m) == kind));
            let person = kind == EntityType::Person || kind == EntityType::Place;
            return found.flatten().filter(|_| !person).map(|entity| (at..end, entity, Manner::Epithet));
        }
    };
    let end = if start == at { end + 1 } else { end };
    let named = introduces_name(resolved, range, end);
    let is = |i: usize, wanted: fn(&Entry) -> bool| i < range.end && analysis.at(i, wanted).is_some();
    let further = is(end, |e| matches!(e, Entry::Of | Entry::Relative | Entry::GenitiveArticle))
        && !is_field(resolved, range, end);
    if named || further || kind == EntityType::Person || kind == EntityType::Place {
        return None;
    }
    let home = country(resolved, start..end);
    let fits = |m: &Mention| {
        resolved.kind(m) == kind && !is_coargument(analysis, at, m) && !is_elsewhere(resolved, m.entity, home)
    };
    Some((start..end, antecedent(resolved, sentence, start, fits)?, Manner::Epithet))
}

/// Where the phrase of a definite noun at a token begins: at its article, past what describes the noun
/// ("the Danish company", "the Stockholm-based streaming service").
fn phrase_start(resolved: &Resolved, range: &Range<usize>, at: usize) -> Option<usize> {
    let analysis = resolved.analysis;
    let definite = |i: usize| analysis.at(i, |e| *e == Entry::Definite).is_some();
    let before = at.checked_sub(1).filter(|b| *b >= range.start)?;
    if definite(before) {
        return Some(before);
    }
    let mut origin = false;
    for i in (at.saturating_sub(5).max(range.start)..at).rev() {
        if definite(i) {
            let clause = analysis.at(i, |e| matches!(e, Entry::Subordinator | Entry::Relative)).is_some();
            return Some(i).filter(|_| origin && !clause);
        }
        let place = |m: &Mention| m.manner == Manner::Adjective || resolved.kind(m) == EntityType::Place;
        let described = resolved.within(i..i + 1).any(place);
        let token = &analysis.tokens[i];
        let plain = token.is_word()
            && (!token.is_capitalized() || token.hyphenated)
            && analysis.hits[i].iter().all(|h| matches!(h.entry, Entry::Context(_) | Entry::Epithet(_)));
        if !described && !plain {
            return None;
        }
        origin |= described;
    }
    None
}

/// The country or place that a phrase names, as an entity.
fn country(resolved: &Resolved, phrase: Range<usize>) -> Option<usize> {
    let place = |m: &&Mention| m.manner == Manner::Adjective || resolved.kind(m) == EntityType::Place;
    resolved.within(phrase).find(place).map(|m| m.entity)
}

/// Whether an entity is called one of another country than the given one ("its Danish rival Tarn Media").
fn is_elsewhere(resolved: &Resolved, entity: usize, home: Option<usize>) -> bool {
    let Some(home) = home else { return false };
    let analysis = resolved.analysis;
    let origins = resolved.mentions.iter().filter(|m| m.entity == entity && m.manner == Manner::Name).filter_map(|m| {
        let start = analysis.sentences[analysis.tokens[m.tokens.start].sentence].start;
        let lowest = m.tokens.start.saturating_sub(4).max(start);
        let adjective = resolved.within(lowest..m.tokens.start).rfind(|a| a.manner == Manner::Adjective)?;
        (adjective.tokens.end..m.tokens.start).all(|i| !analysis.tokens[i].is_capitalized()).then_some(adjective.entity)
    });
    let origins: Vec<usize> = origins.collect();
    !origins.is_empty() && !origins.contains(&home)
}

/// Whether a noun at a token and a mention depend on the same verb: "UEFA fined the club" is not about one thing.
fn is_coargument(analysis: &Analysis, noun: usize, mention: &Mention) -> bool {
    let sentence = analysis.tokens[noun].sentence;
    if analysis.tokens[mention.tokens.start].sentence != sentence {
        return false;
    }
    let words = &analysis.syntax[sentence].words;
    let role = |tokens: Range<usize>| {
        let own = tokens.clone().flat_map(|i| analysis.words_of(i));
        let own: Vec<usize> = own.collect();
        let head = own.iter().find(|w| words[**w].head.checked_sub(1).is_none_or(|h| !own.contains(&h)));
        head.map(|w| (words[*w].head, words[*w].deprel))
    };
    let (noun, mention) = (role(noun..noun + 1), role(mention.tokens.clone()));
    matches!((noun, mention), (Some((a, "obj" | "obl" | "iobj")), Some((b, subject))) if a == b && subject.starts_with("nsubj"))
}

/// "l'éditeur Pyxis", "le géant danois du transport maritime Halden": whether a noun that ends at a token belongs to
/// the name after it, a country's adjective and the field between them or not.
fn introduces_name(resolved: &Resolved, range: &Range<usize>, end: usize) -> bool {
    let past_adjective = |at: usize| {
        let adjective = resolved.starting(at).filter(|m| m.manner == Manner::Adjective);
        adjective.map_or(at, |m| m.tokens.end)
    };
    let is_name = |at: usize| at < range.end && resolved.starting(at).is_some_and(|m| m.manner == Manner::Name);
    let at = past_adjective(end);
    let plain = |i: usize| {
        let token = &resolved.analysis.tokens[i];
        let said = |e: &Entry| matches!(e, Entry::Frame(_) | Entry::Speech | Entry::Copula | Entry::PassiveAuxiliary);
        token.is_word() && token.common && !token.is_capitalized() && resolved.analysis.at(i, said).is_none()
    };
    let field = at..range.end.min(at + 6);
    let field_end = field.clone().find(|i| !plain(*i)).unwrap_or(field.end);
    is_name(at) || is_field(resolved, range, at) && is_name(field_end)
}

/// "perusahaan asal Taiwan itu", "maskapai Portugal itu": whether a definite word closes what a noun begins, with a
/// place or a clause between that tells more of it, but no name of its own.
fn is_closed(resolved: &Resolved, sentence: usize, at: usize) -> bool {
    let analysis = resolved.analysis;
    let noun = analysis.words_of(at).start;
    let closes = |(w, word): (usize, &Word)| {
        let token = analysis.tokens_of(sentence, w).start;
        word.deprel == "det" && word.head == noun + 1 && token > at && {
            analysis.at(token, |e| *e == Entry::Definite).is_some()
        }
    };
    let named = resolved.starting(at + 1).is_some_and(|m| resolved.kind(m) != EntityType::Place);
    analysis.language.bare_genitive && !named && analysis.syntax[sentence].words.iter().enumerate().any(closes)
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

fn is_organization(resolved: &Resolved, mention: &Mention) -> bool {
    matches!(resolved.kind(mention), EntityType::Organization | EntityType::GovernmentOrganization)
}

/// The organisation that a possessive pronoun at a token points to, as an entity: the first one that its sentence, or
/// the nearest before it, tells of.
pub(super) fn possessor(resolved: &Resolved, at: usize) -> Option<usize> {
    // "Inditex and its rival": of what stands beside it.
    let joint = at.checked_sub(1).filter(|i| resolved.analysis.at(*i, |e| *e == Entry::Conjunction).is_some());
    let beside = joint.and_then(|i| resolved.ending(i)).filter(|m| m.manner == Manner::Name);
    if let Some(beside) = beside.filter(|m| is_organization(resolved, m)) {
        return Some(beside.entity);
    }
    antecedent(resolved, resolved.analysis.tokens[at].sentence, at, |m| is_organization(resolved, m))
}

/// The person whose kin a possessive pronoun at a token tells of, as an entity, where one is coordinated right before it
/// ("Jane Roe et de son mari"): that one, or whose kin that one is by a pronoun, too ("X, sa femme Y et son fils").
pub(super) fn kin_beside(resolved: &Resolved, at: usize) -> Option<usize> {
    let analysis = resolved.analysis;
    let sentence = analysis.tokens[at].sentence;
    let first = analysis.sentences[sentence].start;
    let is = |i: usize, wanted: fn(&Entry) -> bool| analysis.at(i, wanted).is_some();
    let before = (first..at).rev().find(|i| !is(*i, |e| matches!(e, Entry::Of | Entry::Preposition)));
    let joint = before.filter(|i| is(*i, |e| *e == Entry::Conjunction) || analysis.tokens[*i].lower == ",")?;
    let person = |m: &&Mention| resolved.kind(m) == EntityType::Person && m.manner == Manner::Name;
    let beside = resolved.ending(joint).filter(person)?;
    let start = beside.tokens.start;
    let owner = (start.saturating_sub(3).max(first)..start).rev().find(|i| is(*i, |e| matches!(e, Entry::Pronoun(_))));
    match owner {
        Some(owner) => kin_beside(resolved, owner).or_else(|| person_told(resolved, owner)),
        None => Some(beside.entity),
    }
}

/// The person that the sentence of a token, or the nearest before it, tells of first, as an entity.
pub(super) fn person_told(resolved: &Resolved, at: usize) -> Option<usize> {
    antecedent(resolved, resolved.analysis.tokens[at].sentence, at, |m| resolved.kind(m) == EntityType::Person)
}

/// "KATHMANDU, April 25 (Reuters)": a name that stands alone in brackets.
fn is_bracketed(resolved: &Resolved, mention: &Mention) -> bool {
    let form = |i: usize| resolved.analysis.tokens.get(i).map(|t| t.lower.as_str());
    mention.tokens.start > 0 && form(mention.tokens.start - 1) == Some("(") && form(mention.tokens.end) == Some(")")
}

/// The entity last told of: the first fitting mention of the nearest sentence that has one.
fn antecedent(resolved: &Resolved, sentence: usize, at: usize, wanted: impl Fn(&Mention) -> bool) -> Option<usize> {
    for back in 0..=REACH.min(sentence) {
        let range = resolved.analysis.sentences[sentence - back].clone();
        let range = range.start..range.end.min(at);
        let fitting = |m: &&Mention| {
            wanted(m)
                && !is_bracketed(resolved, m)
                && m.manner != Manner::Adjective
                && !resolved.entities[m.entity].unnamed
        };
        if let Some(mention) = resolved.within(range).find(fitting) {
            return Some(mention.entity);
        }
    }
    None
}
