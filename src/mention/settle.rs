//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use super::tags;
use crate::analysis::Analysis;
use crate::analysis::syntax::NameTag;
use crate::record::EntityType;
use std::ops::Range;

/// How much the tagger's class weighs beside the words that the rules count.
const WEIGHT: f32 = 3.0;

/// Decides between the rules and the tagger, which has read what the rules found: a name of both has
/// the votes of both; where they differ, the tagger says where the name begins and ends. What only the
/// rules find stays where the data files know it.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let learned = learned(analysis);
    let policy: i32 = std::env::var("POLICY").ok().and_then(|p| p.parse().ok()).unwrap_or(1);
    let weight: f32 = std::env::var("WEIGHT").ok().and_then(|p| p.parse().ok()).unwrap_or(WEIGHT);
    if policy < 0 {
        return found;
    }
    let outer: Vec<Range<usize>> = tags::outermost(&found).into_iter().map(|n| n.tokens.clone()).collect();
    let mut names: Vec<Name> = Vec::with_capacity(found.len());
    for mut name in found {
        if name.known.as_ref().is_some_and(|k| k.adjective) {
            names.push(name);
            continue;
        }
        let over = |r: &Range<usize>| r.start < name.tokens.end && name.tokens.start < r.end;
        match learned.iter().find(|(r, _)| over(r)) {
            Some((range, kind)) if *range == name.tokens => {
                name.votes.add(*kind, weight);
                names.push(name);
            }
            // Inside of another name, or one that the tagger draws otherwise.
            Some(_) if policy >= 3 || !outer.contains(&name.tokens) => names.push(name),
            Some(_) => {}
            None if policy == 0 => {}
            None if policy == 1 && name.known.is_none() && !name.institution && name.tokens.len() == 1 => {}
            None => names.push(name),
        }
    }
    for (range, kind) in learned {
        if names.iter().all(|n| n.tokens != range) && (policy < 3 || !outer.iter().any(|o| o.start < range.end && range.start < o.end)) {
            let mut name = name::at(analysis, range);
            name.votes.add(kind, weight);
            names.push(name);
        }
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// The tokens of each name that the tagger finds, and its class.
fn learned(analysis: &Analysis) -> Vec<(Range<usize>, EntityType)> {
    let mut names: Vec<(Range<usize>, EntityType)> = Vec::new();
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for (w, word) in sentence.words.iter().enumerate() {
            let tokens = analysis.tokens_of(s, w);
            match word.name {
                NameTag::B(kind) if !tokens.is_empty() => names.push((tokens, kind)),
                NameTag::I(_) => {
                    if let Some(last) = names.last_mut() {
                        last.0.end = last.0.end.max(tokens.end);
                    }
                }
                _ => {}
            }
        }
    }
    names
}
