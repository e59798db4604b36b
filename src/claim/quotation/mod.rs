//! Quotations with their speakers: who said the words between the marks, and to whom.

mod ascription;
mod description;
mod place;
mod speaker;

use super::Found;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::mention::Quote;
use crate::record::{EntityType, Quotation};
use crate::text::Span;
use place::Place;
use std::ops::Range;

/// How far a verb of saying may stand from the marks, in tokens.
const REACH: usize = 14;

/// Who said it, how it was found, and the words that say so.
struct Ascribed {
    speaker: usize,
    addressee: Option<usize>,
    words: Span,
    /// A token of those words.
    at: usize,
    rule: &'static str,
    confidence: u8,
}

/// The quotation before the one at hand.
struct Last {
    quote: Quote,
    speaker: usize,
    addressee: Option<usize>,
    /// A token of the words that ascribe it.
    at: usize,
}

/// Every quotation whose speaker is told.
pub(super) fn find(resolved: &mut Resolved, found: &Found) -> Vec<Quotation> {
    describe_speakers(resolved, found);
    let resolved = &*resolved;
    let mut list: Vec<Quotation> = Vec::new();
    let mut last: Option<Last> = None;
    for quote in &found.quotes {
        let Some(place) = Place::new(resolved, found, quote, last.as_ref()) else { continue };
        let Some(ascribed) = place.ascribed() else { continue };
        last = Some(Last { quote: *quote, speaker: ascribed.speaker, addressee: ascribed.addressee, at: ascribed.at });
        list.push(Quotation {
            speaker: ascribed.speaker,
            text: resolved.analysis.words(quote.inner).trim_end_matches([',']).to_owned(),
            addressee: ascribed.addressee,
            evidence: quote.outer.cover(ascribed.words),
            confidence: ascribed.confidence,
            rule: format!("languages/{}/speech.toml {}", resolved.analysis.language.language.code(), ascribed.rule),
        });
    }
    distinct(list)
}

/// Adds the unnamed persons that stand beside a verb of saying at a quotation:
/// "said researchers", "a company spokesperson said", "cet étudiant", "Orang yang menjalankan X".
fn describe_speakers(resolved: &mut Resolved, found: &Found) {
    let analysis = resolved.analysis;
    for quote in &found.quotes {
        let mut wanted: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        {
            let Some(place) = Place::new(resolved, found, quote, None) else { continue };
            for (range, tail) in [(place.tail(), true), (place.head(), false)] {
                let near = |i: usize| tail && i < range.start + 3 && place.is(i, |e| *e == Entry::According);
                for verb in range.clone().filter(|i| place.says(*i) || near(*i)) {
                    wanted.extend(place.description(verb, range.clone(), tail));
                }
            }
        }
        for (whole, inner) in wanted {
            let crosses = |m: &&Mention| {
                m.tokens.start < whole.end && whole.start < m.tokens.end && m.manner != Manner::Adjective
            };
            let part = |m: &Mention| {
                whole.start <= m.tokens.start && m.tokens.end <= whole.end && resolved.kind(m) != EntityType::Person
            };
            if resolved.mentions.iter().filter(crosses).all(part) {
                let key = analysis.words(analysis.span(inner.clone())).to_lowercase();
                resolved.describe(whole, inner, Some(format!("speaker:{key}")));
            }
        }
    }
}

/// The same words by the same speaker count once.
fn distinct(list: Vec<Quotation>) -> Vec<Quotation> {
    let mut kept: Vec<Quotation> = Vec::new();
    for quotation in list {
        if !kept.iter().any(|q| q.speaker == quotation.speaker && q.text == quotation.text) {
            kept.push(quotation);
        }
    }
    kept
}
