//! Quotations with their speakers: who said the words between the marks, and to whom.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::{Entry, Pronoun};
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
                for verb in range.clone().filter(|i| place.is(*i, |e| *e == Entry::Speech)) {
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

struct Place<'a> {
    resolved: &'a Resolved<'a>,
    found: &'a Found,
    quote: &'a Quote,
    last: Option<&'a Last>,
    /// Tokens inside the marks.
    tokens: Range<usize>,
}

/// Who a verb of saying belongs to.
struct Subject {
    entity: usize,
    span: Span,
}

impl Subject {
    fn of(mention: &Mention) -> Self {
        Self { entity: mention.entity, span: mention.span }
    }
}

impl<'a> Place<'a> {
    fn new(resolved: &'a Resolved<'a>, found: &'a Found, quote: &'a Quote, last: Option<&'a Last>) -> Option<Self> {
        let tokens = &resolved.analysis.tokens;
        let first = tokens.partition_point(|t| t.span.start < quote.inner.start);
        let end = tokens.partition_point(|t| t.span.start < quote.inner.end);
        (first < end).then_some(Self { resolved, found, quote, last, tokens: first..end })
    }

    fn ascribed(&self) -> Option<Ascribed> {
        if self.is_title() {
            return None;
        }
        if self.is_inside_clause() {
            let tail = self.tail();
            let incise = self.lower(tail.start) == "," && self.opens_incise(tail.start + 1, tail.end);
            let first = if incise { self.after() } else { None };
            let governed = first.or_else(|| self.before()).or_else(|| self.after());
            return governed.or_else(|| self.far_after()).or_else(|| self.predicate()).or_else(|| self.reported());
        }
        let found = self.after().or_else(|| self.colon());
        found.or_else(|| self.before()).or_else(|| self.far_after()).or_else(|| self.continued())
    }

    fn lower(&self, at: usize) -> &str {
        self.resolved.analysis.tokens.get(at).map_or("", |t| t.lower.as_str())
    }

    /// Names in quotation marks: every word has a capital, and nothing ends a sentence.
    fn is_title(&self) -> bool {
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
        words == 0 || !closed && (named && words <= 5 || capitals && words <= 6) || capitals && words == 1
    }

    fn words_inside(&self) -> usize {
        self.resolved.analysis.tokens[self.tokens.clone()].iter().filter(|t| t.is_word()).count()
    }

    fn quoted(&self, token: usize) -> bool {
        let span = self.resolved.analysis.tokens[token].span;
        self.found.quotes.iter().any(|q| q.inner.contains(span))
    }

    /// Inside the marks of a whole saying, not of a name in marks.
    fn said(&self, token: usize) -> bool {
        let span = self.resolved.analysis.tokens[token].span;
        self.found.quotes.iter().any(|q| {
            q.inner.contains(span) && q.inner.of(&self.resolved.analysis.document.text).split_whitespace().count() > 3
        })
    }

    fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(at, wanted).is_some()
    }

    /// Whether a verb of naming or judging stands here.
    fn calls(&self, at: usize) -> bool {
        let token = &self.resolved.analysis.tokens[at];
        self.resolved.analysis.language.speech.calling.iter().any(|w| *w == token.lower || *w == token.lemma)
    }

    /// Whether a clause ends at a mark here.
    fn breaks(&self, at: usize) -> bool {
        matches!(self.lower(at), "." | ";" | "?" | "!" | ":")
    }

    /// Tokens after the closing mark, to the end of their sentence or the next quotation.
    fn tail(&self) -> Range<usize> {
        let whole = self.whole_tail();
        let end = whole.end.min(whole.start + REACH + 16);
        let end = (whole.start..end).find(|i| self.said(*i)).unwrap_or(end);
        whole.start..end.max(whole.start)
    }

    /// Tokens after the closing mark to the end of their sentence.
    fn whole_tail(&self) -> Range<usize> {
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
    fn head(&self) -> Range<usize> {
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

    /// `"…", said X`, `"…", X told Y`, `"…", so X`.
    fn after(&self) -> Option<Ascribed> {
        let tail = self.tail();
        let first = self.resolved.analysis.tokens.get(tail.start).filter(|_| !tail.is_empty())?;
        // The clause after the marks must hang on them, not be a sentence of its own.
        let ended = self.resolved.analysis.words(self.quote.inner).ends_with(['.', '!', '?', '…']);
        let comma = first.lower == "," || !first.is_word();
        if ended
            && first.is_capitalized()
            && !self.speech_within(tail.start..(tail.start + 3).min(tail.end))
            && self.resolved.starting(tail.start).is_none()
        {
            return None;
        }
        if self.is_inside_clause() && !comma && !self.speech_within(tail.start..(tail.start + 2).min(tail.end)) {
            return None;
        }
        let clause = tail.clone().skip(1).find(|i| self.breaks(*i)).unwrap_or(tail.end);
        if matches!(first.lower.as_str(), "." | ";") {
            return None;
        }
        let tail = tail.start..clause;
        if let Some(found) = self.according_after(tail.clone()) {
            return Some(found);
        }
        let verb = tail.clone().take(REACH).find(|i| self.is(*i, |e| *e == Entry::Speech) && !self.in_name(*i))?;
        let subject = self.subject(verb, tail.clone(), true)?;
        Some(self.ascribe(&subject, verb, "after", 90))
    }

    /// `"…", so Trump`, `"…", selon la police`.
    fn according_after(&self, tail: Range<usize>) -> Option<Ascribed> {
        let at = tail.clone().take(3).find(|i| self.is(*i, |e| *e == Entry::According))?;
        let length = self.resolved.analysis.at(at, |e| *e == Entry::According)?;
        let speaker =
            self.speakers(at + length..tail.end.max(at + length)).into_iter().find(|m| m.manner != Manner::Pronoun)?;
        let near = speaker.tokens.start <= at + length + 6
            && (at + length..speaker.tokens.start).all(|i| self.lower(i) != ",");
        near.then(|| self.ascribe(&Subject::of(speaker), at, "after", 85))
    }

    /// A verb of saying further on in the sentence, its subject after it: `X "A" and "B", said Y`.
    fn far_after(&self) -> Option<Ascribed> {
        let tail = self.whole_tail();
        let end = tail.end.min(tail.start + 60);
        let at = (tail.start..end).find(|i| {
            let after_mark = *i > 0 && !self.resolved.analysis.tokens[i - 1].is_word();
            after_mark && !self.quoted(*i) && self.opens_incise(*i, end)
        })?;
        if (tail.start..at).any(|i| matches!(self.lower(i), ";" | ":") && !self.quoted(i)) {
            return None;
        }
        let verb = (at..(at + 5).min(end)).find(|i| self.is(*i, |e| *e == Entry::Speech))?;
        let stop = (verb..end).find(|i| self.said(*i) || self.breaks(*i)).unwrap_or(end);
        let subject = self.subject(verb, at..stop, true)?;
        Some(self.ascribe(&subject, verb, "further on", 70))
    }

    /// Whether a clause "a déclaré X", "said X", "a-t-il dit", "he said" begins here.
    fn opens_incise(&self, at: usize, end: usize) -> bool {
        let verb = (at..(at + 4).min(end)).find(|i| self.is(*i, |e| *e == Entry::Speech) && !self.in_name(*i));
        verb.is_some_and(|v| {
            (at..v).all(|i| {
                self.resolved.analysis.tokens[i].is_word()
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

    fn in_name(&self, token: usize) -> bool {
        self.resolved
            .within(token.saturating_sub(10)..token + 1)
            .any(|m| m.manner == Manner::Name && m.tokens.contains(&token))
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
        let mark = head.end.checked_sub(1).filter(|m| head.contains(m) && self.lower(*m) == ":")?;
        let verb = head.clone().rev().find(|i| self.is(*i, |e| *e == Entry::Speech) && !self.in_name(*i));
        let subject = match verb {
            Some(verb) => self.subject(verb, head.clone(), false)?,
            None => Subject::of(
                self.speakers(head.clone())
                    .into_iter()
                    .next()
                    .filter(|m| m.manner != Manner::Pronoun && mark.saturating_sub(m.tokens.end) <= 10)?,
            ),
        };
        Some(self.ascribe(&subject, verb.unwrap_or(mark), "colon", 85))
    }

    /// `X said that the ban is "…"`, `X called it "…"`.
    fn before(&self) -> Option<Ascribed> {
        let head = self.head();
        let verb =
            head.clone().rev().find(|i| (self.is(*i, |e| *e == Entry::Speech) || self.calls(*i)) && !self.in_name(*i));
        let according = head.clone().find(|i| self.is(*i, |e| *e == Entry::According));
        if let Some(subject) = verb.and_then(|v| Some((v, self.subject(v, head.clone(), false)?))) {
            return Some(self.ascribe(&subject.1, subject.0, "before", 80));
        }
        // `"…", said X, adding that it is "…"`
        let tokens = &self.resolved.analysis.tokens;
        if let Some((verb, last)) = verb.zip(self.last).filter(|(v, l)| tokens[*v].sentence == tokens[l.at].sentence) {
            return Some(self.ascribe(
                &Subject { entity: last.speaker, span: tokens[last.at].span },
                verb,
                "before",
                65,
            ));
        }
        let at = according?;
        let length = self.resolved.analysis.at(at, |e| *e == Entry::According)?;
        let speaker =
            self.speakers(at + length..head.end.max(at + length)).into_iter().find(|m| m.manner != Manner::Pronoun)?;
        Some(self.ascribe(&Subject::of(speaker), at, "according", 75))
    }

    /// `Bayer "will make a payment …"`: the words between the marks are what the subject says of itself.
    fn predicate(&self) -> Option<Ascribed> {
        let head = self.head();
        let mention = self.speakers(head.clone()).into_iter().next_back().filter(|m| m.tokens.end == head.end)?;
        let arguments = Arguments::new(self.resolved, mention.tokens.start);
        let free = arguments.governor(mention, head.start).is_empty() && mention.manner != Manner::Pronoun;
        (free && self.words_inside() >= 6).then(|| self.ascribe(&Subject::of(mention), head.end - 1, "subject", 50))
    }

    /// `X will …, so Trump. Sie sei "klug"`: indirect speech goes on.
    fn reported(&self) -> Option<Ascribed> {
        let head = self.head();
        let last = self.last?;
        let tokens = &self.resolved.analysis.tokens;
        let first = head.start.min(tokens.len().checked_sub(1)?);
        let near = tokens[first].sentence.saturating_sub(tokens[last.at].sentence) <= 1 && !self.broken_since(last);
        let sentence = self.resolved.analysis.sentences[tokens[first].sentence].clone();
        let mood = sentence.clone().any(|i| {
            !self.said(i) && self.resolved.analysis.language.speech.reported.iter().any(|w| *w == tokens[i].lower)
        });
        (near && mood).then_some(Ascribed {
            speaker: last.speaker,
            addressee: last.addressee,
            words: last.quote.outer,
            at: first,
            rule: "reported",
            confidence: 60,
        })
    }

    fn broken_since(&self, last: &Last) -> bool {
        let text = &self.resolved.analysis.document.text;
        text.get(last.quote.outer.end..self.quote.outer.start).is_none_or(|t| t.contains('\n'))
    }

    /// A further quotation of the same paragraph: `"…", he said. "…"`.
    fn continued(&self) -> Option<Ascribed> {
        let last = self.last?;
        let complete = self.words_inside() >= 4;
        let text = &self.resolved.analysis.document.text;
        let between = text.get(last.quote.outer.end..self.quote.outer.start)?;
        let tokens = &self.resolved.analysis.tokens;
        let closing = tokens.partition_point(|t| t.span.start < last.quote.inner.end).saturating_sub(1);
        let latest = closing.max(last.at).min(self.tokens.start);
        let apart = tokens[self.tokens.start].sentence.saturating_sub(tokens[latest].sentence);
        let paragraph = between.trim().is_empty() && between.contains('\n') && self.closes_paragraph();
        if !complete || !paragraph && (between.contains('\n') || between.len() > 400 || apart > 1) {
            return None;
        }
        Some(Ascribed {
            speaker: last.speaker,
            addressee: last.addressee,
            words: last.quote.outer,
            at: self.tokens.start,
            rule: "continued",
            confidence: 65,
        })
    }

    /// Whether no preposition governs a mention; an article that opens the sentence is no genitive.
    fn ungoverned(&self, mention: &Mention, from: usize) -> bool {
        let arguments = Arguments::new(self.resolved, mention.tokens.start);
        let first = mention.tokens.start;
        if mention.manner == Manner::Description && self.is(first, |e| *e == Entry::Article) {
            // "des avocats" hides a preposition; German "der" may be a nominative.
            let contracted = self.is(first, |e| matches!(e, Entry::Preposition | Entry::Of))
                && !self.is(first, |e| *e == Entry::GenitiveArticle);
            return !contracted
                && (first <= from
                    || !self.is(first - 1, |e| matches!(e, Entry::Preposition | Entry::Of | Entry::GenitiveArticle)));
        }
        let from = from.max(arguments.sentence.start);
        let opens =
            |i: usize| self.is(i, |e| *e == Entry::GenitiveArticle) && !self.is(i, |e| *e == Entry::Preposition);
        let from = if from < first && opens(from) { from + 1 } else { from };
        arguments.governor(mention, from).is_empty()
    }

    fn closes_paragraph(&self) -> bool {
        self.resolved.analysis.document.text[self.quote.outer.end..].chars().next().is_none_or(|c| c == '\n')
    }

    fn speakers(&self, range: Range<usize>) -> Vec<&'a Mention> {
        use EntityType::*;
        if range.start >= range.end {
            return Vec::new();
        }
        let arguments = Arguments::new(self.resolved, range.start.min(self.resolved.analysis.tokens.len() - 1));
        let list = arguments.mentions(range);
        list.into_iter()
            .filter(|m| {
                let bracketed =
                    m.tokens.start > 0 && self.lower(m.tokens.start - 1) == "(" && self.lower(m.tokens.end) == ")";
                matches!(self.resolved.kind(m), Person | Organization | GovernmentOrganization)
                    && !self.said(m.tokens.start)
                    && !bracketed
            })
            .collect()
    }

    /// Whether the token is a pronoun that can be a subject.
    fn pronoun(&self, at: usize) -> bool {
        let words = &self.resolved.analysis.language.speech.subjects;
        words.iter().any(|w| w == self.lower(at)) && !self.said(at)
    }

    /// Whether the word ends in a pronoun ("katanya").
    fn clitic(&self, at: usize) -> bool {
        let lower = self.lower(at);
        self.resolved
            .analysis
            .language
            .speech
            .clitics
            .iter()
            .any(|c| lower.strip_suffix(c.as_str()).is_some_and(|stem| stem.len() > 2))
    }

    /// The subject of a verb of saying within `range`.
    fn subject(&self, verb: usize, range: Range<usize>, tail: bool) -> Option<Subject> {
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        if self.clitic(verb) {
            return self.antecedent(verb, verb, false);
        }
        if let Some(at) = self.pronoun_beside(verb, length, range.clone()) {
            return self.antecedent(at, range.start.min(verb), false);
        }
        let start = verb + length;
        let found = self.beside(verb, length, range.clone(), tail);
        // "said the 35-year-old", "the governor said": someone told of before.
        let definite = |i: usize| range.contains(&i) && self.is(i, |e| *e == Entry::Definite);
        match found {
            Some((mention, _)) if mention.manner == Manner::Description && self.points_back(mention) => {
                let alike = self.described_alike(mention);
                let known = alike
                    .or_else(|| self.antecedent(verb, mention.tokens.start, false))
                    .filter(|s| s.entity != mention.entity);
                Some(known.unwrap_or_else(|| Subject::of(mention)))
            }
            Some((mention, _)) => Some(Subject::of(mention)),
            None if tail && definite(start) => {
                let thing = (start..(start + 4).min(range.end)).any(|i| {
                    self.is(i, |e| {
                        matches!(e, Entry::Epithet(EntityType::Organization | EntityType::GovernmentOrganization))
                    })
                });
                self.antecedent(verb, range.start, thing)
            }
            None if !tail => self.pronoun_subject(verb, range),
            None => None,
        }
    }

    /// An unnamed person described before with the same noun: "a spokesman for X … the spokesman".
    fn described_alike(&self, mention: &Mention) -> Option<Subject> {
        let tokens = &self.resolved.analysis.tokens;
        let human = |i: &usize| {
            self.is(*i, |e| {
                matches!(e, Entry::Title(_) | Entry::Epithet(EntityType::Person) | Entry::Context(EntityType::Person))
            })
        };
        let nouns: Vec<&str> = mention.tokens.clone().filter(human).map(|i| tokens[i].lemma.as_str()).collect();
        let earlier = self.resolved.within(0..mention.tokens.start).rev().find(|m| {
            m.manner == Manner::Description && m.tokens.clone().any(|i| nouns.contains(&tokens[i].lemma.as_str()))
        })?;
        Some(Subject { entity: earlier.entity, span: mention.span })
    }

    /// A definite description without a complement whose words describe nobody before.
    fn points_back(&self, mention: &Mention) -> bool {
        let first = mention.tokens.start;
        let points = |i: usize| self.is(i, |e| *e == Entry::Definite) && !self.is(i, |e| *e == Entry::Speech);
        let definite =
            points(first) || first > 0 && points(first - 1) && !self.resolved.analysis.language.bare_genitive;
        let complement = mention
            .tokens
            .clone()
            .skip(1)
            .any(|i| self.is(i, |e| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Relative)));
        let further =
            self.is(mention.tokens.end, |e| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Relative));
        let earlier = self.resolved.entities[mention.entity].mentions.iter().any(|m| m.end <= mention.span.start);
        definite && !complement && !further && !earlier
    }

    /// A subject pronoun right before or right after the verb.
    fn pronoun_beside(&self, verb: usize, length: usize, range: Range<usize>) -> Option<usize> {
        let tokens = &self.resolved.analysis.tokens;
        let lowest = verb.saturating_sub(4).max(range.start);
        for at in (lowest..verb).rev() {
            if self.pronoun(at) {
                return Some(at);
            }
            if !tokens[at].is_word()
                || tokens[at].is_capitalized()
                || self.is(at, |e| {
                    matches!(e, Entry::Subordinator | Entry::Relative | Entry::Preposition | Entry::Article)
                }) && !tokens[at].hyphenated
            {
                break;
            }
        }
        let after = verb + length;
        let at =
            if tokens.get(after).is_some_and(|t| t.hyphenated && !self.pronoun(after)) { after + 1 } else { after };
        if at >= range.end || !self.pronoun(at) {
            return None;
        }
        let next = tokens.get(at + 1).filter(|_| at + 1 < range.end);
        // "said sie": a noun after it makes it a possessive in languages that write nouns with a capital.
        let free = next.is_none_or(|t| !t.is_capitalized() || !self.resolved.analysis.language.capital_nouns);
        (tokens[at].hyphenated || free).then_some(at)
    }

    /// Whom a pronoun at `at` means: the last speaker, or the subject of the sentences before.
    fn antecedent(&self, at: usize, from: usize, thing: bool) -> Option<Subject> {
        let analysis = self.resolved.analysis;
        let pronoun = analysis.hits[at].iter().filter_map(|h| match h.entry {
            Entry::Pronoun(kind) => Some(kind),
            _ => None,
        });
        let kinds: Vec<Pronoun> = pronoun.collect();
        let plural = kinds.contains(&Pronoun::Plural) && !kinds.contains(&Pronoun::Person);
        let things = kinds.contains(&Pronoun::Organization) || plural;
        let fits = |e: usize| match self.resolved.entities[e].kind {
            EntityType::Person => !thing,
            EntityType::Organization | EntityType::GovernmentOrganization => things || thing,
            _ => false,
        };
        let here = analysis.tokens[at].sentence;
        let opening = analysis.tokens[self.tokens.start].sentence.min(here);
        let mut seen = 0;
        for sentence in (0..=here).rev() {
            let range = analysis.sentences[sentence].clone();
            let range = range.start..range.end.min(if sentence == here { from } else { range.end });
            let outside: Vec<usize> = range.clone().filter(|i| !self.said(*i)).collect();
            if outside.is_empty() || outside.iter().all(|i| !analysis.tokens[*i].is_word()) {
                continue;
            }
            if let Some(last) = self
                .last
                .filter(|l| (range.contains(&l.at) || analysis.tokens[l.at].sentence == sentence) && fits(l.speaker))
            {
                return Some(Subject { entity: last.speaker, span: analysis.tokens[at].span });
            }
            if sentence != here
                && outside.iter().take(4).any(|i| {
                    self.pronoun(*i)
                        || self.clitic(*i) && self.is(*i, |e| matches!(e, Entry::According | Entry::Speech))
                })
                && here - sentence < 10
            {
                continue;
            }
            let arguments = Arguments::new(self.resolved, range.start);
            let free = |m: &&&Mention| {
                fits(m.entity)
                    && m.manner != Manner::Pronoun
                    && self.ungoverned(m, range.start)
                    && !arguments.is(m.tokens.end, |e| *e == Entry::GenitiveMark)
            };
            let mentions = self.speakers(range.clone());
            let people = |m: &&&Mention| self.resolved.kind(m) == EntityType::Person;
            let speaking = |m: &&&Mention| {
                (m.tokens.end..(m.tokens.end + 3).min(range.end)).any(|i| self.is(i, |e| *e == Entry::Speech))
            };
            let subject = mentions
                .iter()
                .filter(free)
                .filter(people)
                .find(speaking)
                .or_else(|| mentions.iter().filter(free).find(people))
                .or_else(|| mentions.iter().find(free));
            if let Some(mention) = subject {
                return Some(Subject { entity: mention.entity, span: analysis.tokens[at].span });
            }
            if sentence < opening {
                seen += 1;
            }
            if seen >= 4 {
                break;
            }
        }
        let last =
            self.last.filter(|l| fits(l.speaker) && self.quote.outer.start.saturating_sub(l.quote.outer.end) < 1200)?;
        Some(Subject { entity: last.speaker, span: analysis.tokens[at].span })
    }

    /// The named or described speaker of a verb of saying: right after it, or its subject before it.
    fn beside(&self, verb: usize, length: usize, range: Range<usize>, tail: bool) -> Option<(&'a Mention, bool)> {
        use EntityType::Person;
        let tokens = &self.resolved.analysis.tokens;
        let arguments = Arguments::new(self.resolved, verb);
        let person = |m: &&Mention| self.resolved.kind(m) == Person;
        let own =
            |m: &&Mention| m.manner != Manner::Pronoun && !arguments.is(m.tokens.end, |e| *e == Entry::GenitiveMark);
        // "la présidente LR", "der Fed-Vizechef": the party is not who speaks.
        let post = |m: &&Mention| {
            !person(m)
                && m.tokens.start > range.start
                && self.is(m.tokens.start - 1, |e| matches!(e, Entry::Title(_) | Entry::Epithet(Person)))
        };
        let free = |m: &&Mention| own(m) && self.ungoverned(m, range.start) && !post(m);
        let told = self.is(verb, |e| *e == Entry::SpeechToObject);
        let before: Vec<&Mention> = self.speakers(range.start..verb).into_iter().filter(free).collect();
        let plain = |gap: Range<usize>| gap.clone().all(|i| tokens[i].is_word());
        let adjacent = before
            .last()
            .copied()
            .filter(|m| verb.saturating_sub(m.tokens.end) <= 3 && plain(m.tokens.end.min(verb)..verb));
        let start = verb + length;
        let stop = (start..range.end.max(start)).find(|i| {
            self.said(*i)
                || self.breaks(*i)
                || self.is(*i, |e| matches!(e, Entry::Subordinator | Entry::Relative)) && *i > start + 1
        });
        let end = stop.unwrap_or(range.end.max(start)).min(start + 24);
        let following = self.speakers(start..end.max(start));
        // "a commenté l'ancienne ministre de l'Environnement Corinne Lepage": a post governs the name.
        let titled = |m: &&Mention| {
            let governor = (start..m.tokens.start).rev().find(|i| self.is(*i, |e| *e == Entry::Of));
            let post = m.tokens.start > start
                && self.is(m.tokens.start - 1, |e| {
                    matches!(e, Entry::Title(_) | Entry::Epithet(Person) | Entry::Context(Person))
                });
            own(m)
                && person(m)
                && (post
                    || governor.is_some_and(|g| {
                        (start..g).any(|i| {
                            self.is(i, |e| {
                                matches!(e, Entry::Title(_) | Entry::Epithet(Person) | Entry::Context(Person))
                            })
                        })
                    }))
        };
        let reach = |m: &&Mention| m.tokens.start.saturating_sub(start) <= 5 && plain(start..m.tokens.start);
        let close = following.iter().copied().find(|m| free(m) && reach(m));
        let by_name = |m: &&Mention| m.manner == Manner::Name && person(m);
        // "said a lawyer, Jennifer Moore": the name after the description.
        let apposed = close.filter(|m| m.manner == Manner::Description || !person(m)).and_then(|c| {
            let next = following.iter().copied().find(|m| m.tokens.start >= c.tokens.end)?;
            let joint = next.tokens.start.saturating_sub(c.tokens.end) <= 1
                && (c.tokens.end..next.tokens.start).all(|i| self.lower(i) == ",");
            let late = following
                .iter()
                .copied()
                .find(|m| by_name(m) && m.tokens.start > c.tokens.end && self.lower(m.tokens.start - 1) == ",");
            let near = |m: &&Mention| {
                m.tokens.start - c.tokens.end <= 9
                    && (c.tokens.end..m.tokens.start).filter(|i| self.lower(*i) == ",").count() == 1
            };
            if joint && by_name(&next) { Some(next) } else { late.filter(near) }
        });
        // "a commenté l'avocate et ancienne ministre de l'Environnement Corinne Lepage"
        let coordinated = close.filter(|c| tail && c.manner == Manner::Description).and_then(|c| {
            let name = following.iter().copied().find(|m| by_name(m) && m.tokens.start > c.tokens.end)?;
            let gap = c.tokens.end..name.tokens.start;
            let joined = gap.len() <= 8
                && plain(gap.clone())
                && self.is(gap.start, |e| *e == Entry::Conjunction)
                && titled(&name);
            joined.then_some(name)
        });
        let inverted_ok = (!told || before.is_empty()) && (tail || before.is_empty());
        let late = following.iter().copied().find(|m| by_name(m) && (free(m) || titled(m)));
        let verb_first = tail && before.is_empty();
        adjacent
            .or_else(|| coordinated.filter(|_| inverted_ok))
            .or_else(|| apposed.filter(|_| inverted_ok))
            .or_else(|| close.filter(person).filter(|_| inverted_ok))
            .or_else(|| late.filter(|_| verb_first))
            .or_else(|| before.iter().copied().find(person).filter(|m| verb.saturating_sub(m.tokens.end) <= 22))
            .or_else(|| close.filter(|_| inverted_ok))
            .or_else(|| before.last().copied())
            .or_else(|| following.iter().copied().find(free).filter(|_| verb_first))
            // "précise le communiqué de Microsoft"
            .or_else(|| {
                following.iter().copied().find(|m| {
                    verb_first
                        && own(m)
                        && m.manner == Manner::Name
                        && !person(m)
                        && !post(m)
                        && m.tokens.start <= start + 4
                        && self.is(m.tokens.start - 1, |e| matches!(e, Entry::Of))
                        && self.is(start, |e| *e == Entry::Article)
                })
            })
            .map(|m| (m, tail))
    }

    /// "Er bezeichnete …, und erklärte, …": the first pronoun subject of the clause.
    fn pronoun_subject(&self, verb: usize, range: Range<usize>) -> Option<Subject> {
        let at = (range.start..verb.min(range.start + 12)).find(|i| self.pronoun(*i))?;
        self.antecedent(at, at, false)
    }

    /// The noun phrase of an unnamed person beside a verb of saying: with and without its article.
    fn description(&self, verb: usize, range: Range<usize>, tail: bool) -> Option<(Range<usize>, Range<usize>)> {
        let tokens = &self.resolved.analysis.tokens;
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        let start = verb + length;
        let human = |i: usize| {
            self.resolved.analysis.at(i, |e| {
                matches!(e, Entry::Title(_) | Entry::Epithet(EntityType::Person) | Entry::Context(EntityType::Person))
            })
        };
        let article = |i: usize| self.is(i, |e| matches!(e, Entry::Article | Entry::Definite));
        let word = |i: usize| {
            tokens[i].is_word()
                && !self.is(i, |e| {
                    matches!(
                        e,
                        Entry::Preposition
                            | Entry::Speech
                            | Entry::Conjunction
                            | Entry::Copula
                            | Entry::PassiveAuxiliary
                            | Entry::Subordinator
                    )
                })
        };
        // After the verb: "said researchers", "a déclaré cet étudiant", "a expliqué à l'AFP un responsable".
        let mut at = start;
        let mut first = None;
        while tail && at < range.end.min(start + 9) {
            if let Some(n) = human(at).filter(|n| at + n <= range.end) {
                let end = self.with_complement(at + n, range.end);
                let plural = tokens[at + n - 1].lower != tokens[at + n - 1].lemma;
                return (first.is_some() || plural && at <= start + 1)
                    .then(|| (first.unwrap_or(at)..end, first.map_or(at, |f| f + 1)..end));
            }
            if article(at) {
                first = Some(at);
            } else if self.is(at, |e| matches!(e, Entry::Preposition | Entry::SpeechTo)) {
                first = None;
            } else if !word(at) {
                break;
            }
            at += 1;
        }
        // The sentence begins with it: "La personne qui dirige X, …, a déclaré".
        if !tail {
            let clause = (range.start..verb)
                .find(|i| article(*i) && human(*i + 1).is_some())
                .filter(|i| *i == range.start || self.lower(*i - 1) == ",");
            let bare =
                (range.start < verb && human(range.start).is_some() && self.resolved.analysis.language.bare_genitive)
                    .then_some(range.start);
            if let Some(first) = clause.or(bare) {
                let inner = if article(first) { first + 1 } else { first };
                let end = (inner + 1..verb.min(first + 12))
                    .find(|i| !tokens[*i].is_word() || self.is(*i, |e| *e == Entry::Speech));
                let noun = inner + human(inner).unwrap_or(1);
                let joined = self.is(noun, |e| matches!(e, Entry::Relative | Entry::Of | Entry::GenitiveArticle));
                if let Some(end) = end.filter(|e| *e > inner && joined) {
                    return Some((first..end, inner..end));
                }
            }
        }
        // Before the verb: "A company spokesperson said".
        let lowest = verb.saturating_sub(7).max(range.start);
        let noun = (lowest..verb).rev().find(|i| human(*i).is_some_and(|n| i + n <= verb))?;
        let end = noun + human(noun)?;
        if verb - end > 3 || (end..verb).any(|i| !tokens[i].is_word()) {
            return None;
        }
        let first =
            (noun.saturating_sub(4).max(range.start)..noun).rev().take_while(|i| word(*i)).find(|i| article(*i))?;
        Some((first..end, first + 1..end))
    }

    /// Takes "of X" after a noun to it.
    fn with_complement(&self, end: usize, limit: usize) -> usize {
        let next = (end..(end + 3).min(limit))
            .take_while(|i| self.is(*i, |e| matches!(e, Entry::Of | Entry::Article | Entry::GenitiveArticle)))
            .last()
            .map(|i| i + 1);
        let mention = next.and_then(|n| self.resolved.starting(n)).filter(|m| m.tokens.end <= limit);
        mention.map_or(end, |m| m.tokens.end)
    }

    fn ascribe(&self, speaker: &Subject, verb: usize, rule: &'static str, confidence: u8) -> Ascribed {
        let arguments = Arguments::new(self.resolved, verb);
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        let told = self.is(verb, |e| *e == Entry::SpeechToObject);
        let reach = (verb + 10).min(arguments.sentence.end);
        let addressee = self.speakers(verb + length..reach.max(verb + length)).into_iter().find(|m| {
            let governor = arguments.governor(m, verb + length);
            let direct = told && governor.is_empty() && m.tokens.start.saturating_sub(verb + length) <= 2;
            m.entity != speaker.entity && (direct || self.resolved.analysis.language.is_addressing(&governor))
        });
        let words = self.resolved.analysis.span(verb..verb + 1).cover(speaker.span);
        Ascribed { speaker: speaker.entity, addressee: addressee.map(|m| m.entity), words, at: verb, rule, confidence }
    }
}
