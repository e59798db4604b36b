//! Quotations with their speakers: who said the words between the marks, and to whom.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::mention::Quote;
use crate::record::{EntityType, Quotation};
use crate::text::Span;
use std::ops::Range;

/// How far a verb of saying may stand from the marks, in tokens.
const REACH: usize = 14;

/// Who said it, how it was found, and the words that say so.
struct Ascribed {
    speaker: usize,
    addressee: Option<usize>,
    words: Span,
    rule: &'static str,
    confidence: u8,
}

/// Every quotation whose speaker is told.
pub(super) fn find(resolved: &Resolved, found: &Found) -> Vec<Quotation> {
    let mut list: Vec<Quotation> = Vec::new();
    let mut last: Option<(Quote, usize, Option<usize>)> = None;
    for quote in &found.quotes {
        let place = Place::new(resolved, found, quote);
        let Some(place) = place else { continue };
        let ascribed = place.after().or_else(|| place.colon()).or_else(|| place.before()).or_else(|| place.continued(last.as_ref()));
        let Some(ascribed) = ascribed else { continue };
        last = Some((*quote, ascribed.speaker, ascribed.addressee));
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

struct Place<'a> {
    resolved: &'a Resolved<'a>,
    found: &'a Found,
    quote: &'a Quote,
    /// Tokens inside the marks.
    tokens: Range<usize>,
}

impl<'a> Place<'a> {
    fn new(resolved: &'a Resolved<'a>, found: &'a Found, quote: &'a Quote) -> Option<Self> {
        let tokens = &resolved.analysis.tokens;
        let first = tokens.partition_point(|t| t.span.start < quote.inner.start);
        let last = tokens.partition_point(|t| t.span.start < quote.inner.end);
        (first < last).then_some(Self { resolved, found, quote, tokens: first..last })
    }

    fn quoted(&self, token: usize) -> bool {
        let span = self.resolved.analysis.tokens[token].span;
        self.found.quotes.iter().any(|q| q.inner.contains(span))
    }

    fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(at, wanted).is_some()
    }

    /// Tokens after the closing mark, to the end of their sentence or the next quotation.
    fn tail(&self) -> Range<usize> {
        let tokens = &self.resolved.analysis.tokens;
        let start = (self.tokens.end..tokens.len()).find(|i| tokens[*i].span.start >= self.quote.outer.end).unwrap_or(tokens.len());
        let Some(first) = tokens.get(start) else { return start..start };
        let gap = &self.resolved.analysis.document.text[self.quote.outer.end..first.span.start];
        if gap.contains('\n') {
            return start..start;
        }
        let end = self.resolved.analysis.sentences[first.sentence].end;
        let end = (start..end.min(start + REACH + 8)).find(|i| self.quoted(*i)).unwrap_or(end.min(start + REACH + 8));
        start..end
    }

    /// Tokens before the opening mark, from the start of their sentence or the quotation before.
    fn head(&self) -> Range<usize> {
        let tokens = &self.resolved.analysis.tokens;
        let end = (0..self.tokens.start).rev().find(|i| tokens[*i].span.end <= self.quote.outer.start).map_or(0, |i| i + 1);
        if end == 0 {
            return 0..0;
        }
        let sentence = self.resolved.analysis.sentences[tokens[end - 1].sentence].clone();
        let start = (sentence.start..end).rev().find(|i| self.quoted(*i)).map_or(sentence.start, |i| i + 1);
        start..end
    }

    /// `"…", said X`, `"…", X told Y`.
    fn after(&self) -> Option<Ascribed> {
        let tail = self.tail();
        let first = self.resolved.analysis.tokens.get(tail.start)?;
        // The clause after the marks must hang on them, not be a sentence of its own.
        let ended = self.resolved.analysis.words(self.quote.inner).ends_with(['.', '!', '?', '…']);
        let comma = first.lower == "," || !first.is_word();
        if ended && first.is_capitalized() && !self.speech_within(tail.start..(tail.start + 3).min(tail.end)) && self.resolved.starting(tail.start).is_none() {
            return None;
        }
        if self.is_inside_clause() && !comma && !self.speech_within(tail.start..(tail.start + 2).min(tail.end)) {
            return None;
        }
        let verb = tail.clone().take(REACH).find(|i| self.is(*i, |e| *e == Entry::Speech) && !self.in_name(*i))?;
        let full_stop = (tail.start..verb).any(|i| matches!(self.resolved.analysis.tokens[i].lower.as_str(), "." | ";" | ":" | "?" | "!") && i > tail.start);
        if full_stop {
            return None;
        }
        let speaker = self.beside(verb, tail.clone())?;
        Some(self.ascribe(speaker, verb, tail, "after", 90))
    }

    fn in_name(&self, token: usize) -> bool {
        self.resolved.mentions.iter().any(|m| m.manner == Manner::Name && m.tokens.contains(&token))
    }

    fn speech_within(&self, mut range: Range<usize>) -> bool {
        range.any(|i| self.is(i, |e| *e == Entry::Speech))
    }

    /// Whether the quotation is part of a clause that began before it.
    fn is_inside_clause(&self) -> bool {
        let head = self.head();
        !head.is_empty() && self.resolved.analysis.tokens[head.end - 1].is_word()
    }

    /// `X said: "…"`, `X: "…"`.
    fn colon(&self) -> Option<Ascribed> {
        let head = self.head();
        let mark = head.end.checked_sub(1).filter(|m| head.contains(m) && self.resolved.analysis.tokens[*m].lower == ":")?;
        let verb = head.clone().rev().find(|i| self.is(*i, |e| *e == Entry::Speech));
        let speaker = match verb {
            Some(verb) => self.beside(verb, head.clone())?,
            None => self.speakers(head.clone()).into_iter().next().filter(|m| mark - m.tokens.end <= 10)?,
        };
        Some(self.ascribe(speaker, verb.unwrap_or(mark), head, "colon", 85))
    }

    /// `X said that the ban is "…"`.
    fn before(&self) -> Option<Ascribed> {
        let head = self.head();
        let verb = head.clone().rev().find(|i| self.is(*i, |e| *e == Entry::Speech) && !self.in_name(*i));
        let according = head.clone().find(|i| self.is(*i, |e| *e == Entry::According));
        if let Some(verb) = verb {
            let speaker = self.beside(verb, head.clone())?;
            return Some(self.ascribe(speaker, verb, head, "before", 80));
        }
        let at = according?;
        let length = self.resolved.analysis.at(at, |e| *e == Entry::According)?;
        let speaker = self.speakers(at + length..head.end).into_iter().next()?;
        Some(self.ascribe(speaker, at, head, "according", 75))
    }

    /// A further quotation of the same paragraph: `"…", he said. "…"`.
    fn continued(&self, last: Option<&(Quote, usize, Option<usize>)>) -> Option<Ascribed> {
        let (quote, speaker, addressee) = last?;
        let between = &self.resolved.analysis.document.text.get(quote.outer.end..self.quote.outer.start)?;
        let complete = self.resolved.analysis.words(self.quote.inner).split_whitespace().count() >= 4;
        let sentences = between.matches(['.', '!', '?']).count();
        if between.contains('\n') || between.len() > 160 || !complete || sentences > 1 || self.is_inside_clause() {
            return None;
        }
        Some(Ascribed { speaker: *speaker, addressee: *addressee, words: quote.outer, rule: "continued", confidence: 65 })
    }

    fn speakers(&self, range: Range<usize>) -> Vec<&'a Mention> {
        use EntityType::*;
        let arguments = Arguments::new(self.resolved, range.start.min(self.resolved.analysis.tokens.len() - 1));
        let list = arguments.mentions(range);
        list.into_iter().filter(|m| matches!(self.resolved.kind(m), Person | Organization | GovernmentOrganization) && !self.quoted(m.tokens.start)).collect()
    }

    /// The speaker of a verb of saying: right after it, or its subject before it.
    fn beside(&self, verb: usize, range: Range<usize>) -> Option<&'a Mention> {
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        let arguments = Arguments::new(self.resolved, verb);
        let free = |m: &&Mention| {
            let governor = arguments.governor(m, range.start.max(arguments.sentence.start));
            governor.is_empty() && !arguments.is(m.tokens.end, |e| *e == Entry::GenitiveMark)
        };
        let told = self.is(verb, |e| *e == Entry::SpeechToObject);
        let before: Vec<&Mention> = self.speakers(range.start..verb).into_iter().filter(free).collect();
        let adjacent = before.last().copied().filter(|m| verb - m.tokens.end <= 3 && (m.tokens.end..verb).all(|i| self.resolved.analysis.tokens[i].is_word()));
        let after = self.speakers(verb + length..range.end.max(verb + length)).into_iter().find(|m| m.tokens.start - (verb + length) <= 5 && free(m));
        let direct = after.filter(|m| (verb + length..m.tokens.start).all(|i| self.resolved.analysis.tokens[i].is_word()));
        let inverted = direct.filter(|m| !told || before.is_empty() && m.tokens.start - verb <= 2);
        let person = |m: &&Mention| self.resolved.kind(m) == EntityType::Person;
        adjacent
            .or_else(|| inverted.filter(person))
            .or_else(|| before.iter().copied().find(person).filter(|m| verb - m.tokens.end <= 22))
            .or(inverted)
            .or_else(|| before.last().copied())
    }

    fn ascribe(&self, speaker: &Mention, verb: usize, range: Range<usize>, rule: &'static str, confidence: u8) -> Ascribed {
        let arguments = Arguments::new(self.resolved, verb);
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        let told = self.is(verb, |e| *e == Entry::SpeechToObject);
        let reach = (verb + 10).min(arguments.sentence.end);
        let addressee = self.speakers(verb + length..reach.max(verb + length)).into_iter().find(|m| {
            let governor = arguments.governor(m, verb + length);
            let direct = told && governor.is_empty() && m.tokens.start - (verb + length) <= 2;
            m.entity != speaker.entity && (direct || self.resolved.analysis.language.is_addressing(&governor))
        });
        let words = self.resolved.analysis.span(verb..verb + 1).cover(speaker.span);
        let words = if range.is_empty() { speaker.span } else { words };
        Ascribed { speaker: speaker.entity, addressee: addressee.map(|m| m.entity), words, rule, confidence }
    }
}
