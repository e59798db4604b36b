//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use crate::analysis::Analysis;
use crate::analysis::syntax::NameTag;
use crate::record::EntityType;
use std::ops::Range;


/// Decides between the rules and the tagger, which has read what the rules found: a name of both has
/// the votes of both; where they differ, the tagger says where the name begins and ends. What only the
/// rules find stays where the data files know it.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let env = |name: &str, or: f32| std::env::var(name).ok().and_then(|p| p.parse().ok()).unwrap_or(or);
    let (weight, sure, drop) = (env("WEIGHT", 1.0), env("SURE", 2.0), env("DROP", 100.0));
    let mut names = found;
    let _ = drop;
    for (range, kind, margin) in learned(analysis) {
        let mut same = names.iter_mut().filter(|n| n.tokens == range && !n.known.as_ref().is_some_and(|k| k.adjective));
        if let Some(name) = same.next() {
            name.votes.add(kind, weight);
            continue;
        }
        let over = names.iter().any(|n| n.tokens.start < range.end && range.start < n.tokens.end);
        if !over && margin >= sure {
            let mut name = name::at(analysis, range);
            name.votes.add(kind, weight);
            names.push(name);
        }
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// The tokens of each name that the tagger finds, and its class.
fn learned(analysis: &Analysis) -> Vec<(Range<usize>, EntityType, f32)> {
    let mut names: Vec<(Range<usize>, EntityType, f32)> = Vec::new();
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
