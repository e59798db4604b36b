//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use super::recurring;
use crate::analysis::syntax::NameTag;
use crate::analysis::{Analysis, Case};
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// How sure the tagger must be of a name that no rule finds, in log odds.
const SURE: f32 = 6.0;

/// What it weighs for a person that a post stands before.
const HOLDER: f32 = 4.0;

/// Decides between the rules and the tagger, which has read what the rules found: what the rules find stays as
/// they draw and class it, since on names that nobody has seen their classes were the better ones; what only the
/// tagger finds is a name where it is sure of a person, the class that it knows best.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let learned = learned(analysis);
    let cut = |name: &Name| cut(analysis, &learned, &found, name.clone());
    let mut names: Vec<Name> = found.iter().flat_map(cut).collect();
    names.extend(recurring::find(analysis, &names));
    for (range, kind, margin) in learned {
        let over = names.iter().any(|n| n.tokens.start < range.end && range.start < n.tokens.end);
        if !over && kind == EntityType::Person && margin >= SURE {
            let mut name = name::at(analysis, range);
            name.votes.add(kind, 1.0);
            names.push(name);
        }
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// "Presiden Serikat Buruh Wijaya Budi Santoso": where possessors follow bare, what the rules draw as one name after
/// a post is whose post it is and who holds it.
fn cut(analysis: &Analysis, learned: &[Learned], found: &[Name], name: Name) -> Vec<Name> {
    let start = name.tokens.start;
    if !analysis.language.bare_genitive || name.known.is_some() || !ends_post(analysis, start) {
        return vec![name];
    }
    let owner = tagged_owner(learned, &name).or_else(|| told_owner(analysis, found, &name));
    let Some(at) = owner.or_else(|| given_owner(analysis, found, &name)) else {
        return vec![name];
    };
    let mut holder = name::at(analysis, at..name.tokens.end);
    holder.votes.add(EntityType::Person, HOLDER);
    vec![name::at(analysis, start..at), holder]
}

/// Where the owner of a post ends that the article names by itself, too.
fn told_owner(analysis: &Analysis, found: &[Name], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let told = |at: &usize| told_alone(analysis, found, start..*at).any(|n| n.votes.winner() != EntityType::Person);
    (start + 1..end).rev().find(|at| is_holder(analysis, *at..end) && told(at))
}

/// Where the owner of a post ends before a given name, unless the word before it is told of as a person by itself, too:
/// "Menteri Keuangan Purbaya Yudhi Sadewa".
fn given_owner(analysis: &Analysis, found: &[Name], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let given =
        |at: usize, doubtful| analysis.language.gazetteer.is_given(analysis.words(analysis.tokens[at].span), doubtful);
    let person = told_alone(analysis, found, start..start + 1).any(|n| n.votes.winner() == EntityType::Person);
    let at = start + 1;
    (is_holder(analysis, at..end) && given(at, false) && !given(start, true) && !person).then_some(at)
}

/// The other names of the article that are these words.
fn told_alone<'a>(analysis: &'a Analysis, found: &'a [Name], words: Range<usize>) -> impl Iterator<Item = &'a Name> {
    let text = |tokens: Range<usize>| analysis.words(analysis.span(tokens));
    found.iter().filter(move |n| n.tokens.start != words.start && text(n.tokens.clone()) == text(words.clone()))
}

/// Whether tokens may name who holds a post: several words with capitals, none of them only common or an organisation's, that
/// begin with no known name.
fn is_holder(analysis: &Analysis, tokens: Range<usize>) -> bool {
    let language = analysis.language;
    let known = language.gazetteer.at(&analysis.document.text, &analysis.tokens[tokens.clone()]).is_some();
    let proper = |i: usize| {
        let token = &analysis.tokens[i];
        let word = analysis.words(token.span);
        let plain = token.common && !language.gazetteer.is_given(word, true) && !language.gazetteer.is_surname(word);
        token.case == Case::Title && !plain && language.head(word).is_none()
    };
    tokens.len() >= 2 && !known && tokens.clone().all(proper)
}

/// Where the owner of a post ends, if the tagger begins a person there.
fn tagged_owner(learned: &[Learned], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let person = |l: &&Learned| l.1 == EntityType::Person && l.0.end == end && l.0.start > start;
    let at = learned.iter().find(person)?.0.start;
    learned.iter().any(|(range, kind, _)| *kind != EntityType::Person && *range == (start..at)).then_some(at)
}

/// Whether a post ends before a token.
fn ends_post(analysis: &Analysis, at: usize) -> bool {
    let sentence = &analysis.sentences[analysis.tokens[at].sentence];
    (sentence.start..at)
        .any(|i| analysis.hits[i].iter().any(|h| i + h.length == at && matches!(h.entry, Entry::Title(_))))
}

/// A name that the tagger finds: its tokens, its class, and how sure it is.
type Learned = (Range<usize>, EntityType, f32);

/// The names that the tagger finds.
fn learned(analysis: &Analysis) -> Vec<Learned> {
    let mut names: Vec<Learned> = Vec::new();
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for (w, word) in sentence.words.iter().enumerate() {
            let tokens = analysis.tokens_of(s, w);
            match word.name {
                NameTag::B(kind) if !tokens.is_empty() => names.push((tokens, kind, word.name_margin)),
                NameTag::I(_) => {
                    if let Some(last) = names.last_mut() {
                        last.0.end = last.0.end.max(tokens.end);
                        last.2 = last.2.min(word.name_margin);
                    }
                }
                _ => {}
            }
        }
    }
    names
}
