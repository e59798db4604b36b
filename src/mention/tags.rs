//! Names → tags of syntactic words.

use super::Name;
use crate::analysis::Analysis;
use crate::analysis::syntax::NameTag;

/// The names that stand in no other: the longest of those that overlap. Adjectives of countries are none.
pub fn outermost(names: &[Name]) -> Vec<&Name> {
    let mut sorted: Vec<&Name> = names.iter().filter(|n| !n.known.as_ref().is_some_and(|k| k.adjective)).collect();
    sorted.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
    let mut kept: Vec<&Name> = Vec::new();
    for name in sorted {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(name.span) => {
                if name.tokens.len() > last.tokens.len() {
                    *last = name;
                }
            }
            _ => kept.push(name),
        }
    }
    kept
}

/// For each word of each sentence whether it is part of a name.
pub fn of(analysis: &Analysis, names: &[Name]) -> Vec<Vec<NameTag>> {
    let mut tags: Vec<Vec<NameTag>> = analysis.syntax.iter().map(|s| vec![NameTag::O; s.words.len()]).collect();
    for name in outermost(names) {
        let sentence = analysis.tokens[name.tokens.start].sentence;
        let words = analysis.syntax[sentence].words_at(name.span);
        let kind = name.votes.winner();
        for (i, word) in words.enumerate() {
            tags[sentence][word] = if i == 0 { NameTag::B(kind) } else { NameTag::I(kind) };
        }
    }
    tags
}
