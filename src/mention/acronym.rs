//! Names that an acronym in brackets spells: "Deutsches Institut für Normung (DIN)".

use crate::analysis::{Analysis, Case};
use crate::language::Entry;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// How far before its brackets a spelled-out name may begin, in tokens.
const REACH: usize = 14;

/// The stretches of a sentence that an acronym in brackets after them spells.
pub(super) fn spelled(analysis: &Analysis, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let brackets = (sentence.start + 2..sentence.end.saturating_sub(2))
        .filter(|i| analysis.tokens[*i].lower == "(" && matches!(analysis.tokens[*i + 2].lower.as_str(), ")" | ","));
    brackets.filter_map(|at| Some(start(analysis, sentence, at)?..at)).collect()
}

/// Where the name begins whose initials the word in the brackets at `open` is.
fn start(analysis: &Analysis, sentence: &Range<usize>, open: usize) -> Option<usize> {
    let acronym = &analysis.tokens[open + 1];
    let mut letters: Vec<char> = acronym.lower.chars().collect();
    if analysis.at(open + 1, |e| matches!(e, Entry::Never | Entry::Title(_))).is_some() {
        return None;
    }
    if letters.len() < 3 || letters.len() > 8 || !acronym.is_capitalized() || !letters.iter().all(|c| c.is_alphabetic())
    {
        return None;
    }
    let mut skipped = false;
    let lowest = open.saturating_sub(REACH).max(sentence.start);
    for at in (lowest..open).rev() {
        let token = &analysis.tokens[at];
        if letters.last() == initial(&token.lower).as_ref() {
            letters.pop();
        } else if token.is_capitalized() && analysis.language.head(analysis.words(token.span)).is_some() && !skipped {
            // "Deutsches Zentrum für Luft- und Raumfahrt (DLR)"
            skipped = true;
        } else if token.is_capitalized() || !is_small(analysis, at) {
            return None;
        }
        if letters.is_empty() {
            let enough = open - at > 1 && token.is_capitalized() && token.case != Case::Upper;
            return enough.then_some(at);
        }
    }
    None
}

/// A word or mark that an acronym leaves out.
fn is_small(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let joins = |e: &Entry| matches!(e, Entry::Connector | Entry::Article | Entry::Preposition | Entry::Conjunction);
    matches!(token.lower.as_str(), "-" | "&")
        || token.lower.chars().count() <= 3 && token.is_word()
        || analysis.at(at, joins).is_some()
}

/// The first letter of a word, without its accent.
fn initial(word: &str) -> Option<char> {
    word.nfkd().next().filter(|c| c.is_alphabetic())
}
