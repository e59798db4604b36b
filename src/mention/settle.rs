//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use super::recurring;
use crate::analysis::Analysis;
use crate::analysis::syntax::NameTag;
use crate::record::EntityType;
use std::ops::Range;

/// How sure the tagger must be of a name that no rule finds, in log odds.
const SURE: f32 = 6.0;

/// Decides between the rules and the tagger, which has read what the rules found: what the rules find stays as
/// they draw and class it, since on names that nobody has seen their classes were the better ones; what only the
/// tagger finds is a name where it is sure of a person, the class that it knows best.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let mut names = found;
    names.extend(recurring::find(analysis, &names));
    for (range, kind, margin) in learned(analysis) {
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
