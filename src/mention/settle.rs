//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use super::recurring;
use crate::analysis::syntax::{NameTag, Upos};
use crate::analysis::{Analysis, Case};
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// How sure the tagger must be of a person that no rule finds, in log odds.
const SURE: f32 = 6.0;

/// How sure it must be of two or more proper nouns in a row, where common nouns have capitals.
const SURE_OF_SEVERAL: f32 = 4.0;

/// A name as the tagger draws it.
struct Learned {
    tokens: Range<usize>,
    kind: EntityType,
    /// How sure it is of its least sure word, in log odds against no name.
    margin: f32,
    /// Whether the tags make every word with a capital a proper noun.
    proper: bool,
}

/// Decides between the rules and the tagger, which has read what the rules found: what the rules find stays as
/// they draw and class it, since on names that nobody has seen their classes were the better ones; what only the
/// tagger finds is a name where it is sure of a person, the class that it knows best, and, where common nouns have
/// capitals, where tags and tree say so.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let mut names = found;
    names.extend(recurring::find(analysis, &names));
    for learned in learned(analysis) {
        let range = &learned.tokens;
        let over = |n: &Name| n.tokens.start < range.end && range.start < n.tokens.end;
        let free = !names.iter().any(over);
        if free && is_new(analysis, &learned) || !free && is_longer(analysis, &names, &learned) {
            names.retain(|n| !over(n));
            let mut name = name::at(analysis, range.clone());
            name.votes.add(learned.kind, 1.0);
            names.push(name);
        }
    }
    let apposed = apposed(analysis, &names);
    names.extend(apposed);
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// Whether what only the tagger finds is a name.
fn is_new(analysis: &Analysis, learned: &Learned) -> bool {
    let several = analysis.language.capital_nouns
        && learned.proper
        && learned.tokens.len() > 1
        && learned.tokens.clone().all(|i| is_bare(analysis, i))
        && learned.margin >= SURE_OF_SEVERAL;
    several || learned.kind == EntityType::Person && learned.margin >= SURE
}

/// Whether the tagger draws a name of two words where the rules find one of them, as the other is a common noun too:
/// a person's ("Verteidiger Max Ohlsen"), or one after a noun that tells what it names ("Logistiker Cargo Nord").
fn is_longer(analysis: &Analysis, names: &[Name], learned: &Learned) -> bool {
    let range = &learned.tokens;
    let language = analysis.language;
    let mut inside = names.iter().filter(|n| n.tokens.start < range.end && range.start < n.tokens.end);
    let (Some(name), None) = (inside.next(), inside.next()) else { return false };
    let known = name.known.as_ref().is_some_and(|k| !k.doubtful && k.kind != EntityType::Person);
    let within = range.start <= name.tokens.start && name.tokens.end <= range.end && name.tokens.len() == 1;
    let given = || language.gazetteer.is_given(analysis.words(analysis.tokens[range.start].span), true);
    let titled = || range.start > 0 && analysis.at(range.start - 1, |e| matches!(e, Entry::Title(_))).is_some();
    let person = || learned.kind == EntityType::Person && learned.margin >= SURE && (given() || titled());
    let classed = || range.start > 0 && name.tokens.start == range.start && class(analysis, range.start - 1).is_some();
    language.capital_nouns && learned.proper && range.len() == 2 && within && !known && (person() || classed())
}

/// The names that the tagger finds.
fn learned(analysis: &Analysis) -> Vec<Learned> {
    let mut names: Vec<Learned> = Vec::new();
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for (w, word) in sentence.words.iter().enumerate() {
            let tokens = analysis.tokens_of(s, w);
            let proper = word.upos == Upos::Propn || !word.form.starts_with(char::is_uppercase);
            match word.name {
                NameTag::B(kind) if !tokens.is_empty() => {
                    names.push(Learned { tokens, kind, margin: word.name_margin, proper });
                }
                NameTag::I(_) => {
                    if let Some(last) = names.last_mut() {
                        last.tokens.end = last.tokens.end.max(tokens.end);
                        last.margin = last.margin.min(word.name_margin);
                        last.proper &= proper;
                    }
                }
                _ => {}
            }
        }
    }
    names
}

/// Where common nouns have capitals: words that the tree puts beside the noun before them, which tells what they name
/// ("der Händler Kaufring", "die Elektronikkette Technomarkt").
fn apposed(analysis: &Analysis, names: &[Name]) -> Vec<Name> {
    let mut found = Vec::new();
    if !analysis.language.capital_nouns {
        return found;
    }
    let mut taken = vec![false; analysis.tokens.len()];
    names.iter().flat_map(|n| n.tokens.clone()).for_each(|i| taken[i] = true);
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for w in 1..sentence.words.len() {
            let word = &sentence.words[w];
            let (before, tokens) = (analysis.tokens_of(s, w - 1), analysis.tokens_of(s, w));
            let beside = word.head == w && matches!(word.deprel, "appos" | "flat" | "flat:name");
            let proper = word.upos == Upos::Propn && word.head == w && word.deprel == "nmod";
            if !(beside || proper) || before.len() != 1 || tokens.len() != 1 || taken[tokens.start] {
                continue;
            }
            let at = tokens.start;
            let Some(kind) = class(analysis, before.start).filter(|_| is_bare(analysis, at)) else { continue };
            let mut end = at + 1;
            while end < analysis.sentences[s].end && !taken[end] && is_flat(analysis, s, at, end) {
                end += 1;
            }
            let mut name = name::at(analysis, at..end);
            name.votes.add(kind, 2.0);
            found.push(name);
        }
    }
    found
}

/// What a common noun tells of the name after it; a compound tells what its last part does.
pub(super) fn class(analysis: &Analysis, at: usize) -> Option<EntityType> {
    let classes = |word: &str| {
        analysis.language.lexicon.single(word).find_map(|e| match e {
            Entry::Context(kind) if kind != EntityType::Person => Some(kind),
            _ => None,
        })
    };
    let token = &analysis.tokens[at];
    let tail = || analysis.language.compound_tail(analysis.words(token.span)).map(|(_, tail)| tail.to_lowercase());
    classes(&token.lower).or_else(|| classes(&token.lemma)).or_else(|| tail().and_then(|t| classes(&t)))
}

/// A word with a capital that is no post, no class noun and no other listed word.
fn is_bare(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let listed = |e: &Entry| !matches!(e, Entry::Head(_) | Entry::Frame(_));
    token.case != Case::Lower && token.is_capitalized() && !token.hyphenated && analysis.at(at, listed).is_none()
}

/// Whether a token goes on a name that begins at another.
fn is_flat(analysis: &Analysis, sentence: usize, first: usize, at: usize) -> bool {
    let words = &analysis.syntax[sentence].words;
    let (from, index) = (analysis.words_of(first).start, analysis.words_of(at).start);
    let flat = words.get(index).is_some_and(|w| w.head == from + 1 && w.deprel.starts_with("flat"));
    flat && (analysis.tokens[at].is_capitalized() || analysis.tokens[at].case == Case::None)
}
