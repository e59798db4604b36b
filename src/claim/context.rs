//! Status and source of what a sentence says: negated, planned, conditional, hearsay.

use super::Found;
use super::argument::Arguments;
use super::tree::Tree;
use crate::entity::Resolved;
use crate::language::Entry;
use crate::record::{Quotation, Status};
use crate::text::Span;
use std::ops::Range;

/// How many words before a word are taken to speak of it whatever the tree says.
const NEAR: usize = 3;

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
    let mood = Mood::new(resolved, tokens.clone());
    let question = resolved.analysis.tokens[arguments.sentence.end - 1].lower == "?";
    let supposed = question || mood.is_conditional() || mood.is_told_as(|e| *e == Entry::Conditional);
    let span = resolved.analysis.span(tokens.clone());
    let (mut status, source) = match sources.around(span) {
        Some(speaker) => (Status::Reported, speaker),
        None => reported(&arguments, tokens.start).map_or((Status::Asserted, None), |s| (Status::Reported, Some(s))),
    };
    if mood.has(|e| *e == Entry::Hearsay) && status == Status::Asserted {
        status = Status::Reported;
    }
    if mood.has(|e| *e == Entry::Future) || mood.is_told_as(|e| *e == Entry::Future) {
        status = Status::Planned;
    }
    if mood.is_negated() {
        status = Status::Negated;
    }
    Standing { status, source, supposed }
}

/// The words that tell how far a word's clause is vouched for.
struct Mood<'a> {
    resolved: &'a Resolved<'a>,
    /// Tokens of the clause: its verbs but the word itself, their auxiliaries, particles and conjunctions.
    clause: Vec<usize>,
    /// The verb that the clause is a finite object of.
    above: Option<usize>,
}

impl<'a> Mood<'a> {
    fn new(resolved: &'a Resolved<'a>, tokens: Range<usize>) -> Self {
        let tree = Tree::new(resolved, tokens.start);
        // "finden … statt": the particle of a verb is not the word that looks like it.
        let mut clause: Vec<usize> = near(resolved, tokens.start).filter(|t| !tree.is_particle(*t)).collect();
        let mut above = None;
        if let Some(word) = tree.head_of(tokens.clone()) {
            let (words, told) = tree.governors(word);
            above = told.map(|w| tree.token_of(w));
            let denied = |argument: usize| tree.children(argument).filter(|c| tree.relation(*c) == "det");
            let arguments = tree.children(word).filter(|c| matches!(tree.relation(*c), "nsubj" | "obj"));
            let beside = words.iter().flat_map(|w| tree.companions(*w).chain([*w]));
            let all = beside.chain(arguments.flat_map(denied)).map(|w| tree.token_of(w));
            clause.extend(all.filter(|t| !tokens.contains(t)));
        }
        Self { resolved, clause, above }
    }

    fn has(&self, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.clause.iter().any(|t| self.resolved.analysis.at(*t, &wanted).is_some())
    }

    /// Whether the clause only supposes. "X said it would buy Y": there the conditional is a future that is told.
    fn is_conditional(&self) -> bool {
        let is = |t: usize, wanted: Entry| self.resolved.analysis.at(t, |e| *e == wanted).is_some();
        let told = self.is_told_as(|e| *e == Entry::Speech);
        self.clause.iter().any(|t| is(*t, Entry::Conditional) && !(told && is(*t, Entry::Future)))
    }

    /// Whether the verb that speaks of the clause is of a kind.
    fn is_told_as(&self, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.above.is_some_and(|t| self.resolved.analysis.at(t, &wanted).is_some())
    }

    fn is_negated(&self) -> bool {
        let is = |t: usize, wanted: Entry| self.resolved.analysis.at(t, |e| *e == wanted).is_some();
        let denies = |t: usize| is(t, Entry::Negation) && !is(t, Entry::NotNegation);
        self.clause.iter().any(|t| denies(*t)) || self.above.is_some_and(denies)
    }
}

/// The few words right before a word, up to a mark or a conjunction, where the tree may be wrong; the word's own
/// first token, and in languages with the verb at the end those after it.
fn near(resolved: &Resolved, at: usize) -> Range<usize> {
    let sentence = resolved.analysis.sentences[resolved.analysis.tokens[at].sentence].clone();
    let lowest = sentence.start.max(at.saturating_sub(NEAR));
    let ends = |i: &usize| {
        let stops = |e: &Entry| matches!(e, Entry::Subordinator | Entry::Speech | Entry::Relative | Entry::Conjunction);
        !resolved.analysis.tokens[*i].is_word() || resolved.analysis.at(*i, stops).is_some()
    };
    let start = (lowest..at).rev().find(ends).map_or(lowest, |i| i + 1);
    let reach = if resolved.analysis.language.capital_nouns { 3 } else { 1 };
    start..(at + reach).min(sentence.end)
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
