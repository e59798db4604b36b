//! Who said what stands between the marks: each way that newspapers say so.

use super::place::Place;
use super::speaker::Subject;
use super::{Ascribed, REACH};
use crate::claim::argument::Arguments;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Mention};
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// A sentence longer than this, in tokens, introduces no quotation by its colon alone.
const LONGEST_LINE: usize = 16;

impl<'a> Place<'a> {
    pub(super) fn ascribed(&self) -> Option<Ascribed> {
        if self.is_title() {
            return None;
        }
        if self.is_bracketed() {
            return self.after();
        }
        if self.is_inside_clause() {
            let tail = self.tail();
            let incise = self.lower(tail.start) == "," && self.opens_incise(tail.start + 1, tail.end);
            let first = if incise { self.after() } else { None };
            let governed = first.or_else(|| self.before()).or_else(|| self.after());
            let later = governed.or_else(|| self.far_after()).or_else(|| self.view());
            return later.or_else(|| self.predicate()).or_else(|| self.reported());
        }
        let found = self.after().or_else(|| self.colon());
        let later = found.or_else(|| self.before()).or_else(|| self.far_after());
        later.or_else(|| self.view()).or_else(|| self.continued())
    }

    /// `"…", said X`, `"…", X told Y`, `"…", so X`.
    pub(super) fn after(&self) -> Option<Ascribed> {
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
        let verb = tail.clone().take(REACH).find(|i| self.says(*i) && !self.in_name(*i))?;
        let subject = self.subject(verb, tail.clone(), true)?;
        Some(self.ascribe(&subject, verb, "after", 90))
    }

    /// `"…", so Trump`, `"…", selon la police`.
    pub(super) fn according_after(&self, tail: Range<usize>) -> Option<Ascribed> {
        let at = tail.clone().take(3).find(|i| self.is(*i, |e| *e == Entry::According))?;
        let length = self.resolved.analysis.at(at, |e| *e == Entry::According)?;
        let speaker =
            self.speakers(at + length..tail.end.max(at + length)).into_iter().find(|m| m.manner != Manner::Pronoun)?;
        let near = speaker.tokens.start <= at + length + 6
            && (at + length..speaker.tokens.start).all(|i| self.lower(i) != ",");
        near.then(|| self.ascribe(&Subject::of(speaker), at, "after", 85))
    }

    /// A verb of saying further on in the sentence, its subject after it: `X "A" and "B", said Y`.
    pub(super) fn far_after(&self) -> Option<Ascribed> {
        let tail = self.whole_tail();
        let end = tail.end.min(tail.start + 60);
        let at = (tail.start..end).find(|i| {
            let after_mark = *i > 0 && !self.resolved.analysis.tokens[i - 1].is_word();
            after_mark && !self.quoted(*i) && self.opens_incise(*i, end)
        })?;
        if (tail.start..at).any(|i| matches!(self.lower(i), ";" | ":") && !self.quoted(i)) {
            return None;
        }
        let verb = (at..(at + 5).min(end)).find(|i| self.says(*i))?;
        let stop = (verb..end).find(|i| self.said(*i) || self.breaks(*i)).unwrap_or(end);
        let subject = self.subject(verb, at..stop, true)?;
        Some(self.ascribe(&subject, verb, "further on", 70))
    }

    /// `X said: "…"`, `X: "…"`.
    pub(super) fn colon(&self) -> Option<Ascribed> {
        let head = self.head();
        let mark = head.end.checked_sub(1).filter(|m| head.contains(m) && self.lower(*m) == ":")?;
        let verb = head.clone().rev().find(|i| self.says(*i) && !self.in_name(*i));
        let subject = match verb {
            Some(verb) => self.subject(verb, head.clone(), false)?,
            None => Subject::of(self.named_before_colon(head.clone(), mark)?),
        };
        Some(self.ascribe(&subject, verb.unwrap_or(mark), "colon", 85))
    }

    /// `X: "…"`, `X zum Urteil: "…"`, `the statement of X: "…"`: who begins the line, or whose statement it is.
    fn named_before_colon(&self, head: Range<usize>, mark: usize) -> Option<&'a Mention> {
        let speakers = self.speakers(head.clone());
        let near = |m: &&&Mention| m.manner != Manner::Pronoun && mark.saturating_sub(m.tokens.end) <= 10;
        let noun = head.clone().any(|i| self.is_statement(i));
        let first = speakers.iter().find(near)?;
        let plain = |i: usize| self.resolved.analysis.tokens[i].is_word() && !self.is(i, |e| *e == Entry::Preposition);
        let opens = (head.start..first.tokens.start).all(plain);
        let tree = Tree::new(self.resolved, mark);
        let predicate = (first.tokens.end..mark).any(|i| tree.is_finite_at(i));
        // "Sur X, Luc Bernier s'est félicité : « … »": whatever the person does in a short sentence.
        let acts = || tree.all_subjects().first().is_some_and(|w| tree.person_named(*w) == Some(*first));
        if predicate && head.len() <= LONGEST_LINE && acts() {
            return Some(first);
        }
        (noun || opens && !predicate).then_some(first)
    }

    /// `Pour X, c'est "…"`, `Bagi X, …`: how someone sees it.
    fn view(&self) -> Option<Ascribed> {
        let head = self.head();
        let views = &self.resolved.analysis.language.speech.views;
        let at = head.start;
        let sees = |i: usize| views.iter().any(|w| w == self.lower(i));
        // "l'avis du ministère, pour qui « … »"
        let relative = |i: &usize| sees(*i) && i + 1 < head.end && self.is(i + 1, |e| *e == Entry::Relative);
        if let Some(of) = head.clone().rev().take(4).find(relative) {
            let near = |m: &&Mention| m.tokens.end <= of && of - m.tokens.end <= 1 && m.manner != Manner::Pronoun;
            let before = self.speakers(head.start..of).into_iter().rev().find(near)?;
            return Some(self.ascribe(&Subject::of(before), of, "view", 65));
        }
        if head.len() > REACH + 16 || !sees(at) {
            return None;
        }
        let tree = Tree::new(self.resolved, at);
        let noun = tree.governed_by(at)?;
        let speaker = match tree.person_named(noun) {
            Some(person) => Subject::of(person),
            None if tree.is_person(noun) => self.antecedent(at, at, false)?,
            None => Subject::of(self.speakers(at..at + 6).into_iter().find(|m| tree.mention_at(noun) == Some(m))?),
        };
        Some(self.ascribe(&speaker, at, "view", 65))
    }

    /// The verb of saying that reports a judgement ("saying that many call it “…”"), or the verb itself.
    fn reporting(&self, verb: usize, head: &Range<usize>) -> usize {
        let tree = Tree::new(self.resolved, verb);
        let reports = |w: usize| tree.relation(w) == "ccomp";
        let above = tree.head_of(verb..verb + 1).filter(|w| reports(*w)).and_then(|w| tree.parent(w));
        let at = above.map(|w| tree.token_of(w)).filter(|t| head.contains(t) && self.says(*t));
        at.filter(|_| !self.is(verb, |e| *e == Entry::Speech)).unwrap_or(verb)
    }

    /// Whether the verb is a passive that does not say who speaks ("poursuivis pour « … »").
    fn is_undergone(&self, verb: usize) -> bool {
        let tree = Tree::new(self.resolved, verb);
        let passive = |w: usize| tree.own_subject(w).is_some() && tree.is_passive(verb..verb + 1, w);
        self.resolved.analysis.language.passive_prefix.is_none()
            && !self.calls(verb)
            && self.resolved.analysis.at(verb, |e| *e == Entry::Speech).is_none_or(|n| n == 1)
            && tree.head_of(verb..verb + 1).is_some_and(passive)
    }

    /// Whether a noun for something said stands here ("statement", "communiqué").
    fn is_statement(&self, at: usize) -> bool {
        let token = &self.resolved.analysis.tokens[at];
        self.resolved.analysis.language.speech.nouns.iter().any(|w| *w == token.lower || *w == token.lemma)
    }

    /// `X said that the ban is "…"`, `X called it "…"`.
    pub(super) fn before(&self) -> Option<Ascribed> {
        let head = self.head();
        let verb = head.clone().rev().find(|i| (self.says(*i) || self.calls(*i)) && !self.in_name(*i));
        let verb = verb.map(|v| self.reporting(v, &head)).filter(|v| !self.is_undergone(*v));
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
        // "Garten zufolge": before its postposition.
        let before = self.speakers(head.start..at).into_iter().find(|m| m.tokens.end == at);
        let after = self.speakers(at + length..head.end.max(at + length));
        let near = |m: &&Mention| {
            m.tokens.start <= at + length + 8 && (at + length..m.tokens.start).all(|i| self.lower(i) != ",")
        };
        let speaker = after.into_iter().filter(near).chain(before).find(|m| m.manner != Manner::Pronoun)?;
        Some(self.ascribe(&Subject::of(speaker), at, "according", 75))
    }

    /// `Bayer "will make a payment …"`: the words between the marks are what the subject says of itself.
    pub(super) fn predicate(&self) -> Option<Ascribed> {
        let head = self.head();
        let mention = self.speakers(head.clone()).into_iter().next_back().filter(|m| m.tokens.end == head.end)?;
        let arguments = Arguments::new(self.resolved, mention.tokens.start);
        let free = arguments.governor(mention, head.start).is_empty() && mention.manner != Manner::Pronoun;
        (free && self.words_inside() >= 6).then(|| self.ascribe(&Subject::of(mention), head.end - 1, "subject", 50))
    }

    /// `X will …, so Trump. Sie sei "klug"`: indirect speech goes on.
    pub(super) fn reported(&self) -> Option<Ascribed> {
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

    /// A further quotation of the same paragraph: `"…", he said. "…"`.
    pub(super) fn continued(&self) -> Option<Ascribed> {
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

    pub(super) fn ascribe(&self, speaker: &Subject, verb: usize, rule: &'static str, confidence: u8) -> Ascribed {
        let words = self.resolved.analysis.span(verb..verb + 1).cover(speaker.span);
        let addressee = self.addressee(verb, speaker.entity).map(|m| m.entity);
        Ascribed { speaker: speaker.entity, addressee, words, at: verb, rule, confidence }
    }

    /// Who is told: after the verb with a preposition, its object, or named with the interview that the words are from.
    fn addressee(&self, verb: usize, speaker: usize) -> Option<&'a Mention> {
        let arguments = Arguments::new(self.resolved, verb);
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        let told = self.is(verb, |e| *e == Entry::SpeechToObject);
        let reach = (verb + 10).min(arguments.sentence.end);
        let beside = self.speakers(verb + length..reach.max(verb + length)).into_iter().find(|m| {
            let governor = arguments.governor(m, verb + length);
            let direct = told && governor.is_empty() && m.tokens.start.saturating_sub(verb + length) <= 2;
            m.entity != speaker && (direct || self.resolved.analysis.language.is_addressing(&governor))
        });
        beside.or_else(|| self.dative(verb, speaker)).or_else(|| self.interviewer(verb, speaker))
    }

    /// "sagte X der Zeitung": whom the sentence's tree gives the verb as its indirect object.
    fn dative(&self, verb: usize, speaker: usize) -> Option<&'a Mention> {
        let tree = Tree::new(self.resolved, verb);
        let head = tree.head_of(verb..verb + 1)?;
        let indirect = |c: &usize| {
            matches!(tree.relation(*c), "iobj" | "obl")
                && tree.prepositions(*c).is_empty()
                && tree.has(*c, "Case", "Dat")
        };
        let told = tree.children(head).filter(indirect).flat_map(|c| tree.fillers(c)).map(|m| m.tokens.clone());
        let told: Vec<Range<usize>> = told.collect();
        told.into_iter().find_map(|t| self.speakers(t).into_iter().find(|m| m.entity != speaker))
    }

    /// "in an interview with X", "speaking to X", "au micro de X": the medium, anywhere in the sentence.
    fn interviewer(&self, verb: usize, speaker: usize) -> Option<&'a Mention> {
        const GAP: usize = 3;
        let arguments = Arguments::new(self.resolved, verb);
        let phrase = |i: usize| self.resolved.analysis.at(i, |e| *e == Entry::Interview);
        let mut phrases = arguments.sentence.clone().filter(|i| !self.said(*i)).filter_map(|i| Some(i + phrase(i)?));
        phrases.find_map(|end| {
            let near = self.speakers(end..(end + GAP).min(arguments.sentence.end)).into_iter().next()?;
            (near.entity != speaker && self.resolved.kind(near) != EntityType::Person).then_some(near)
        })
    }
}
