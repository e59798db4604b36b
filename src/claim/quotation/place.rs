//! A quotation in its text: the words before and after the marks.

use super::{Last, REACH};
use crate::analysis::syntax::Upos;
use crate::claim::Found;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Resolved};
use crate::language::Entry;
use crate::mention::Quote;
use crate::record::EntityType;
use std::ops::Range;

/// A quotation with what stands around it.
pub(super) struct Place<'a> {
    pub(super) resolved: &'a Resolved<'a>,
    pub(super) found: &'a Found,
    pub(super) quote: &'a Quote,
    pub(super) last: Option<&'a Last>,
    /// Tokens inside the marks.
    pub(super) tokens: Range<usize>,
}

impl<'a> Place<'a> {
    pub(super) fn new(
        resolved: &'a Resolved<'a>,
        found: &'a Found,
        quote: &'a Quote,
        last: Option<&'a Last>,
    ) -> Option<Self> {
        let tokens = &resolved.analysis.tokens;
        let first = tokens.partition_point(|t| t.span.start < quote.inner.start);
        let end = tokens.partition_point(|t| t.span.start < quote.inner.end);
        (first < end).then_some(Self { resolved, found, quote, last, tokens: first..end })
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.resolved.analysis.tokens.get(at).map_or("", |t| t.lower.as_str())
    }

    /// Names in quotation marks: every word has a capital, and nothing ends a sentence.
    pub(super) fn is_title(&self) -> bool {
        let tokens = &self.resolved.analysis.tokens[self.tokens.clone()];
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let named = self.resolved.mentions.iter().any(|m| {
            m.manner == Manner::Name
                && m.tokens.start <= self.tokens.start
                && m.tokens.end + 1 >= self.tokens.end
                && m.tokens.len() + 1 >= self.tokens.len()
        });
        let capitals = tokens.iter().all(|t| t.is_capitalized() || !t.lower.chars().any(char::is_alphabetic));
        let closed = self.resolved.analysis.words(self.quote.inner).ends_with(['.', '!', '?', ',', '…']);
        // "called the law “a grave error”": titles begin with a capital.
        let small = tokens.iter().find(|t| t.is_word()).is_some_and(|t| !t.is_capitalized());
        if !closed && words <= 8 && !small && self.follows_work() {
            return true;
        }
        words == 0 || !closed && (named && words <= 5 || capitals && words <= 6) || capitals && words == 1
    }

    /// "la série « … »", "buku berjudul “…”": right after a word for what bears a title.
    fn follows_work(&self) -> bool {
        let head = self.head();
        let at = head.end.checked_sub(1).filter(|_| !head.clone().any(|i| self.is(i, |e| *e == Entry::Copula)));
        let titled = |e: &Entry| {
            matches!(e, Entry::Context(EntityType::Work | EntityType::Event) | Entry::Head(EntityType::Work))
        };
        at.is_some_and(|i| self.is(i, titled))
    }

    /// Right after an opening bracket, as the meaning or wording of what stands before it.
    pub(super) fn is_bracketed(&self) -> bool {
        self.resolved.analysis.document.text[..self.quote.outer.start].ends_with(['(', '['])
    }

    pub(super) fn words_inside(&self) -> usize {
        self.resolved.analysis.tokens[self.tokens.clone()].iter().filter(|t| t.is_word()).count()
    }

    pub(super) fn quoted(&self, token: usize) -> bool {
        let span = self.resolved.analysis.tokens[token].span;
        self.found.quotes.iter().any(|q| q.inner.contains(span))
    }

    /// Inside the marks of a whole saying, not of a name in marks.
    pub(super) fn said(&self, token: usize) -> bool {
        let span = self.resolved.analysis.tokens[token].span;
        self.found.quotes.iter().any(|q| {
            q.inner.contains(span) && q.inner.of(&self.resolved.analysis.document.text).split_whitespace().count() > 3
        })
    }

    pub(super) fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(at, wanted).is_some()
    }

    /// Whether a verb of saying stands here: by the word lists, or by the lemma that the tagger gives a verb; no noun.
    pub(super) fn says(&self, at: usize) -> bool {
        let analysis = self.resolved.analysis;
        let Some(word) = analysis.tokens.get(at).and_then(|_| analysis.words_of(at).next()) else { return false };
        let tree = Tree::new(self.resolved, at);
        let noun = tree.word(word).upos == Upos::Noun && tree.companions(word).any(|c| tree.relation(c) == "det");
        let lemma = || {
            let tagged = tree.word(word);
            tagged.upos == Upos::Verb && analysis.language.speech.verbs.contains(&tagged.lemma)
        };
        !noun && (self.is(at, |e| *e == Entry::Speech) || lemma())
    }

    /// Whether a verb of naming or judging stands here.
    pub(super) fn calls(&self, at: usize) -> bool {
        let token = &self.resolved.analysis.tokens[at];
        self.resolved.analysis.language.speech.calling.iter().any(|w| *w == token.lower || *w == token.lemma)
    }

    /// Whether a clause ends at a mark here.
    pub(super) fn breaks(&self, at: usize) -> bool {
        matches!(self.lower(at), "." | ";" | "?" | "!" | ":")
    }

    /// Tokens after the closing mark, to the end of their sentence or the next quotation.
    pub(super) fn tail(&self) -> Range<usize> {
        let whole = self.whole_tail();
        let end = whole.end.min(whole.start + REACH + 16);
        let end = (whole.start..end).find(|i| self.said(*i)).unwrap_or(end);
        whole.start..end.max(whole.start)
    }

    /// Tokens after the closing mark to the end of their sentence.
    pub(super) fn whole_tail(&self) -> Range<usize> {
        let tokens = &self.resolved.analysis.tokens;
        let start = (self.tokens.end..tokens.len())
            .find(|i| tokens[*i].span.start >= self.quote.outer.end)
            .unwrap_or(tokens.len());
        let Some(first) = tokens.get(start) else { return start..start };
        let gap = &self.resolved.analysis.document.text[self.quote.outer.end..first.span.start];
        if gap.contains('\n') {
            return start..start;
        }
        start..self.resolved.analysis.sentences[first.sentence].end
    }

    /// Tokens before the opening mark, from the start of their sentence or the quotation before.
    pub(super) fn head(&self) -> Range<usize> {
        let tokens = &self.resolved.analysis.tokens;
        let end =
            (0..self.tokens.start).rev().find(|i| tokens[*i].span.end <= self.quote.outer.start).map_or(0, |i| i + 1);
        if end == 0
            || self.resolved.analysis.document.text[tokens[end - 1].span.end..self.quote.outer.start].contains('\n')
        {
            return end..end;
        }
        let sentence = self.resolved.analysis.sentences[tokens[end - 1].sentence].clone();
        let stops = |i: usize| self.said(i) || matches!(self.lower(i), "." | "!" | "?") && i + 1 < end;
        let start = (sentence.start..end).rev().find(|i| stops(*i)).map_or(sentence.start, |i| i + 1);
        if (start..end).all(|i| !tokens[i].is_word()) && !(start..end).any(|i| self.lower(i) == ":")
            || self.lower(end - 1) == "."
        {
            return end..end;
        }
        start..end
    }

    pub(super) fn in_name(&self, token: usize) -> bool {
        self.resolved
            .within(token.saturating_sub(10)..token + 1)
            .any(|m| m.manner == Manner::Name && m.tokens.contains(&token))
    }

    /// Whether the quotation is part of a clause that began before it.
    pub(super) fn is_inside_clause(&self) -> bool {
        let head = self.head();
        !head.is_empty() && self.resolved.analysis.tokens[head.end - 1].is_word()
    }

    pub(super) fn closes_paragraph(&self) -> bool {
        self.resolved.analysis.document.text[self.quote.outer.end..].chars().next().is_none_or(|c| c == '\n')
    }

    pub(super) fn speech_within(&self, mut range: Range<usize>) -> bool {
        range.any(|i| self.says(i))
    }

    /// Whether a clause "a déclaré X", "said X", "a-t-il dit", "he said" begins here.
    pub(super) fn opens_incise(&self, at: usize, end: usize) -> bool {
        let verb = (at..(at + 4).min(end)).find(|i| self.says(*i) && !self.in_name(*i));
        verb.is_some_and(|v| {
            (at..v).all(|i| {
                let reflexive = self.resolved.analysis.language.reflexives.iter().any(|r| r == self.lower(i));
                reflexive
                    || self.resolved.analysis.tokens[i].is_word()
                        && !self.resolved.analysis.tokens[i].is_capitalized()
                        && !self.is(i, |e| {
                            matches!(
                                e,
                                Entry::Article
                                    | Entry::Preposition
                                    | Entry::Subordinator
                                    | Entry::Relative
                                    | Entry::Conjunction
                                    | Entry::Negation
                            )
                        })
            })
        }) && !self.is(at, |e| *e == Entry::Relative)
    }

    pub(super) fn broken_since(&self, last: &Last) -> bool {
        let text = &self.resolved.analysis.document.text;
        text.get(last.quote.outer.end..self.quote.outer.start).is_none_or(|t| t.contains('\n'))
    }
}
