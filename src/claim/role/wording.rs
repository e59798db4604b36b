//! The words of a title: the listed noun with what the post is for ("head of sales", "Menteri Keuangan").

use super::Item;
use super::whole::Whole;
use crate::claim::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use std::ops::Range;

/// How many words a title may have beside the listed ones.
const LONGEST: usize = 8;

/// The tokens of a title, without the organisation and its country.
pub(super) fn tokens(resolved: &Resolved, item: &Item, whole: Option<&Whole>, bearer: &Mention) -> Range<usize> {
    let start = leftmost(resolved, item);
    let end = match whole {
        Some(Whole { field: Some(field), .. }) => field.end,
        Some(_) => capitals_end(resolved, item, bearer),
        None if bearer.tokens.start > item.tokens.end => before_bearer(resolved, item, bearer),
        None => capitals_end(resolved, item, bearer),
    };
    start..end.max(item.tokens.end)
}

/// "Direktur Operasional", "Hakim Distrik": capitalised words after the noun that are part of no name.
fn capitals_end(resolved: &Resolved, item: &Item, bearer: &Mention) -> usize {
    let analysis = resolved.analysis;
    let end = item.tokens.end;
    if !analysis.language.bare_genitive || !analysis.tokens[item.tokens.start].is_capitalized() {
        return end;
    }
    let sentence = analysis.sentences[analysis.tokens[end - 1].sentence].end;
    let free = |i: &usize| {
        let token = &analysis.tokens[*i];
        let named = resolved.within(i.saturating_sub(14)..i + 1).any(|m| m.tokens.contains(i));
        let rank = analysis.at(*i, |e| matches!(e, Entry::Title(_) | Entry::Honorific)).is_some();
        token.is_capitalized() && *i != bearer.tokens.start && !named && !rank
    };
    (end..sentence.min(end + LONGEST)).take_while(free).last().map_or(end, |i| i + 1)
}

/// "ministre de l'Intérieur Jean Morel": all up to the name, if no mark stands between but a comma after a capital that
/// names nothing; countries are left out.
fn before_bearer(resolved: &Resolved, item: &Item, bearer: &Mention) -> usize {
    let analysis = resolved.analysis;
    let arguments = Arguments::new(resolved, item.tokens.start);
    let mut field = item.tokens.end..bearer.tokens.start;
    // "ministre de la Mer, Jean Morel"
    let comma = analysis.tokens[field.end - 1].lower == ",";
    let named = resolved.within(field.clone()).any(|m| m.manner == Manner::Name);
    if comma && field.len() > 1 && analysis.tokens[field.end - 2].is_capitalized() && !named {
        field.end -= 1;
    }
    let joint = |e: &Entry| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Locative);
    let joined = !field.is_empty() && arguments.is(field.start, joint) && !arguments.is(field.end - 1, joint);
    let plain = |i: usize| analysis.tokens[i].is_word() && !arguments.is(i, |e| *e == Entry::Honorific);
    if field.len() > LONGEST || !field.clone().all(plain) || !joined {
        return capitals_end(resolved, item, bearer);
    }
    let country = |m: &&Mention| m.manner == Manner::Adjective && m.tokens.end == field.end;
    resolved.within(field.clone()).find(country).map_or(field.end, |m| m.tokens.start)
}

/// "State Health Commissioner": capitalised words before a capitalised noun that are part of no name.
fn leftmost(resolved: &Resolved, item: &Item) -> usize {
    let analysis = resolved.analysis;
    let start = item.tokens.start;
    let language = analysis.language;
    if !analysis.tokens[start].is_capitalized() || language.capital_nouns || language.bare_genitive {
        return start;
    }
    let first = analysis.sentences[analysis.tokens[start].sentence].start;
    let free = |i: &usize| {
        analysis.tokens[*i].is_capitalized()
            && analysis.tokens[*i].common
            && analysis.at(*i, |e| matches!(e, Entry::Article | Entry::PastMark | Entry::Preposition)).is_none()
            && resolved.ending(*i + 1).is_none()
    };
    (first.max(start.saturating_sub(3))..start).rev().take_while(free).last().unwrap_or(start)
}
