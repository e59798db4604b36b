//! Status and source of what a sentence says: negated, planned, conditional, hearsay.

use super::Found;
use super::argument::Arguments;
use crate::entity::Resolved;
use crate::language::Entry;
use crate::record::{Quotation, Status};
use crate::text::Span;
use std::ops::Range;

/// Who speaks in which stretch of the text.
pub(super) struct Sources {
    quoted: Vec<(Span, Option<usize>)>,
}

impl Sources {
    pub(super) fn new(_resolved: &Resolved, found: &Found, quotations: &[Quotation]) -> Self {
        let speaker = |span: Span| quotations.iter().find(|q| q.evidence.contains(span)).map(|q| q.speaker);
        Self { quoted: found.quotes.iter().map(|q| (q.inner, speaker(q.inner))).collect() }
    }

    /// The quotation around a span: its speaker, if known.
    fn around(&self, span: Span) -> Option<Option<usize>> {
        self.quoted.iter().find(|(q, _)| q.contains(span) && q.end - q.start > 2 * (span.end - span.start)).map(|q| q.1)
    }
}

/// How far the article vouches for what a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub status: Status,
    pub source: Option<usize>,
    /// Whether the sentence only asks or supposes: then it is no fact.
    pub supposed: bool,
}

/// The standing of a word at `tokens`.
pub(super) fn standing(resolved: &Resolved, sources: &Sources, tokens: Range<usize>) -> Standing {
    let arguments = Arguments::new(resolved, tokens.start);
    let window = window(resolved, &arguments, tokens.start);
    let has = |wanted: &dyn Fn(&Entry) -> bool| window.clone().any(|i| arguments.is(i, wanted));
    let question = resolved.analysis.tokens[arguments.sentence.end - 1].lower == "?";
    let supposed = question || has(&|e| matches!(e, Entry::Conditional));
    let span = resolved.analysis.span(tokens.clone());
    let (mut status, source) = match sources.around(span) {
        Some(speaker) => (Status::Reported, speaker),
        None => reported(&arguments, tokens.start).map_or((Status::Asserted, None), |s| (Status::Reported, Some(s))),
    };
    if has(&|e| *e == Entry::Hearsay) && status == Status::Asserted {
        status = Status::Reported;
    }
    if has(&|e| *e == Entry::Future) {
        status = Status::Planned;
    }
    let negated = window
        .clone()
        .any(|i| arguments.is(i, |e| *e == Entry::Negation) && !arguments.is(i, |e| *e == Entry::NotNegation));
    if negated {
        status = Status::Negated;
    }
    Standing { status, source, supposed }
}

/// The words before a word in its clause, where negation and mood stand; in languages with the verb
/// at the end, also the few words after it.
fn window(resolved: &Resolved, arguments: &Arguments, at: usize) -> Range<usize> {
    let lowest = arguments.sentence.start.max(at.saturating_sub(6));
    let start = (lowest..at)
        .rev()
        .find(|i| {
            matches!(resolved.analysis.tokens[*i].lower.as_str(), "," | ";" | ":" | "“" | "„")
                || arguments.is(*i, |e| matches!(e, Entry::Subordinator | Entry::Speech) && *e != Entry::Conditional)
        })
        .unwrap_or(lowest);
    let reach = if resolved.analysis.language.capital_nouns { 3 } else { 1 };
    start..(at + reach).min(arguments.sentence.end)
}

/// The source of a clause that hangs on a verb of saying, or of "according to X".
fn reported(arguments: &Arguments, at: usize) -> Option<usize> {
    let sentence = arguments.sentence.clone();
    let verb = (sentence.start..at).rev().find(|i| arguments.is(*i, |e| *e == Entry::Speech));
    if let Some(verb) = verb {
        let joined = (verb..at.min(verb + 7)).any(|i| {
            arguments.is(i, |e| *e == Entry::Subordinator)
                || matches!(arguments.resolved.analysis.tokens[i].lower.as_str(), "," | ":")
        });
        let near = at - verb < 20;
        if joined
            && near
            && let Some(speaker) = arguments.subject_before(verb).first()
        {
            return Some(speaker.entity);
        }
    }
    let according = sentence.clone().find(|i| arguments.is(*i, |e| *e == Entry::According))?;
    let length = arguments.resolved.analysis.at(according, |e| *e == Entry::According)?;
    let (source, _) = arguments.after(according + length).into_iter().next()?;
    (source.tokens.start <= according + length + 2).then_some(source.entity)
}
