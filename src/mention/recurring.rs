//! Names that the dictionary has as common nouns, told by how the article uses them: "Spar bestätigt", "bei Spar".

use super::{Name, Votes};
use crate::analysis::syntax::Word;
use crate::analysis::{Analysis, Case};
use crate::language::Entry;
use crate::record::EntityType;
use std::collections::BTreeMap;

/// How often the word must stand in the article.
const TIMES: usize = 3;

/// Of how many such places one may look like a common noun's, as trees err.
const ERRORS: usize = 8;

/// How much must speak for one who acts.
const ENOUGH: f32 = 2.0;

/// How much that and the times it stands alone must be together.
const SURE: f32 = 6.5;

/// Where common nouns have capitals: nouns that stand alone almost every time, as no common noun does, and do or have
/// what organisations do and have.
pub(super) fn find(analysis: &Analysis, names: &[Name]) -> Vec<Name> {
    if !analysis.language.capital_nouns {
        return Vec::new();
    }
    let mut taken = vec![false; analysis.tokens.len()];
    names.iter().flat_map(|n| n.tokens.clone()).for_each(|i| taken[i] = true);
    let mut forms: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in (0..analysis.tokens.len()).filter(|i| !taken[*i] && is_candidate(analysis, *i)) {
        forms.entry(analysis.words(analysis.tokens[at].span)).or_default().push(at);
    }
    let recurring = forms.into_values().filter(|places| places.len() >= TIMES && is_name(analysis, names, places));
    recurring.flatten().map(|at| name(analysis, at)).collect()
}

fn is_name(analysis: &Analysis, names: &[Name], places: &[usize]) -> bool {
    let uses: Vec<Use> = places.iter().map(|at| Use::of(analysis, names, *at)).collect();
    let alone = uses.iter().filter(|u| matches!(u, Use::Alone(_))).count();
    let common = uses.iter().filter(|u| **u == Use::Common).count();
    let weight: f32 = uses.iter().map(Use::weight).sum();
    common * ERRORS <= alone && weight >= ENOUGH && alone as f32 + weight >= SURE
}

fn name(analysis: &Analysis, at: usize) -> Name {
    let mut votes = Votes::default();
    votes.add(EntityType::Organization, 1.0);
    Name { tokens: at..at + 1, span: analysis.span(at..at + 1), votes, known: None, institution: false }
}

/// A single noun of the dictionary that no list has.
fn is_candidate(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    token.case == Case::Title
        && token.common
        && !token.hyphenated
        && token.lower.chars().count() > 2
        && analysis.hits[at].iter().all(|h| h.length > 1)
        && !is_post(analysis, at)
}

/// "Fraktionschefin": a compound that ends in a post.
fn is_post(analysis: &Analysis, at: usize) -> bool {
    let tail = analysis.language.compound_tail(analysis.words(analysis.tokens[at].span));
    tail.is_some_and(|(_, lemma)| {
        analysis.language.lexicon.single(&lemma.to_lowercase()).any(|e| matches!(e, Entry::Title(_)))
    })
}

/// How a noun stands.
#[derive(PartialEq)]
enum Use {
    /// As a common noun.
    Common,
    /// As the first part of a compound, with what that says for an organisation.
    Part(f32),
    /// By itself, with what that says for one who acts.
    Alone(f32),
}

impl Use {
    fn weight(&self) -> f32 {
        match self {
            Use::Common => 0.0,
            Use::Part(weight) | Use::Alone(weight) => *weight,
        }
    }

    fn of(analysis: &Analysis, names: &[Name], at: usize) -> Use {
        let listed = |i: usize, wanted: &dyn Fn(&Entry) -> bool| analysis.at(i, |e| wanted(e)).is_some();
        let sentence = analysis.tokens[at].sentence;
        let range = &analysis.sentences[sentence];
        if at + 1 < range.end && analysis.tokens[at + 1].hyphenated {
            let has = listed(at + 1, &|e| matches!(e, Entry::Belonging | Entry::Title(_)));
            return Use::Part(if has { 1.0 } else { 0.0 });
        }
        let syntax = &analysis.syntax[sentence].words;
        let index = analysis.words_of(at).start;
        let Some(word) = syntax.get(index) else { return Use::Common };
        if word.feats.contains(&("Number", "Plur")) || syntax.iter().any(|w| w.head == index + 1 && determines(w)) {
            return Use::Common;
        }
        let mut weight = 0.0;
        if let (true, Some(head)) = (word.deprel == "nsubj", word.head.checked_sub(1)) {
            let mut verb = analysis.tokens_of(sentence, head);
            let acts = verb.any(|i| listed(i, &|e| matches!(e, Entry::Speech | Entry::SupportVerb)));
            weight += if acts { 1.5 } else { 0.5 };
        }
        let joined = |other: usize, joint: usize| {
            listed(joint, &|e| *e == Entry::Conjunction)
                && names.iter().any(|n| n.tokens.contains(&other) && n.votes.winner() == EntityType::Organization)
        };
        if at >= range.start + 2 && joined(at - 2, at - 1) || at + 2 < range.end && joined(at + 2, at + 1) {
            weight += 1.0;
        }
        Use::Alone(weight)
    }
}

/// Whether a word makes the noun that it depends on a common one.
fn determines(word: &Word) -> bool {
    ["det", "amod", "nummod", "nmod:poss", "compound"].iter().any(|d| word.deprel.starts_with(d))
}
