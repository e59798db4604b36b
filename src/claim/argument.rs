//! Who stands where around a word: the arguments of verbs and nouns, by word order and prepositions.

use crate::entity::{Manner, Mention, Resolved};
use crate::language::{Entry, Rule};
use std::ops::Range;

/// How far from its verb an argument may stand, in tokens.
const REACH: usize = 14;

/// Looks for arguments in one sentence.
pub(super) struct Arguments<'a> {
    pub resolved: &'a Resolved<'a>,
    pub sentence: Range<usize>,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(resolved: &'a Resolved<'a>, token: usize) -> Self {
        let sentence = resolved.analysis.tokens[token].sentence;
        Self { resolved, sentence: resolved.analysis.sentences[sentence].clone() }
    }

    pub(super) fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.sentence.contains(&at) && self.resolved.analysis.at(at, wanted).is_some()
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.sentence.contains(&at) && self.lower(at) == ","
    }

    fn lower(&self, at: usize) -> &str {
        &self.resolved.analysis.tokens[at].lower
    }

    /// The outermost mentions of a range, in order; adjectives of countries are no arguments.
    pub(super) fn mentions(&self, range: Range<usize>) -> Vec<&'a Mention> {
        let mut list: Vec<&Mention> = Vec::new();
        for mention in self.resolved.within(range) {
            let inside = list.last().is_some_and(|m| m.tokens.end > mention.tokens.start);
            if mention.manner != Manner::Adjective && !inside {
                list.push(mention);
            }
        }
        list
    }

    /// The preposition that governs a mention, as its lower-cased words; empty if none does.
    pub(super) fn governor(&self, mention: &Mention, from: usize) -> String {
        let first = mention.tokens.start;
        let lowest = from.max(self.sentence.start).max(first.saturating_sub(7)).max(self.nearer_than(first));
        for at in (lowest..first).rev() {
            if self.is(at, |e| {
                matches!(e, Entry::Preposition | Entry::Of | Entry::By | Entry::Locative | Entry::GenitiveArticle)
            }) {
                let article =
                    self.is(at, |e| *e == Entry::GenitiveArticle) && !self.is(at, |e| *e == Entry::Preposition);
                if article && !self.follows_noun(at) {
                    continue;
                }
                return self.resolved.analysis.preposition(at, from);
            }
            let token = &self.resolved.analysis.tokens[at];
            let stops = |e: &Entry| {
                matches!(
                    e,
                    Entry::Conjunction
                        | Entry::Speech
                        | Entry::Copula
                        | Entry::PassiveAuxiliary
                        | Entry::Subordinator
                        | Entry::Relative
                )
            };
            if !token.is_word() || self.is(at, stops) && !self.is(at, |e| *e == Entry::Article) || self.is_verb(at) {
                return String::new();
            }
        }
        String::new()
    }

    /// Where the mention before a token ends: what governs that one does not govern what comes after,
    /// unless a compound or a title joins them ("by Kaspersky chief X", "der Verizon-Tochter X").
    fn nearer_than(&self, first: usize) -> usize {
        let list = self.mentions(first.saturating_sub(7).max(self.sentence.start)..first);
        let Some(last) = list.into_iter().rev().find(|m| m.tokens.end <= first) else { return 0 };
        let end = last.tokens.end;
        let joined = end < first
            && (self.resolved.analysis.tokens[end].hyphenated
                || self.is(end, |e| matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::GenitiveMark)));
        if joined { 0 } else { end }
    }

    /// Whether an article that may be a genitive follows a noun ("Übernahme der …", not "mit der …").
    fn follows_noun(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|b| *b >= self.sentence.start) else { return false };
        let token = &self.resolved.analysis.tokens[before];
        let named = self.resolved.ending(at).is_some_and(|m| m.manner == Manner::Name);
        token.is_word()
            && token.is_capitalized()
            && !named
            && !self.is(before, |e| {
                matches!(
                    e,
                    Entry::Preposition
                        | Entry::Article
                        | Entry::Conjunction
                        | Entry::Copula
                        | Entry::Subordinator
                        | Entry::Weekday(_)
                        | Entry::Month(_)
                )
            })
    }

    /// Whether a verb of the rules stands at a token.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let analysis = self.resolved.analysis;
        let noun = analysis.language.capital_nouns && analysis.tokens[at].is_capitalized();
        !noun
            && self.is(at, |e| match e {
                Entry::Frame(i) => matches!(analysis.language.frames[*i].rule, Rule::Verb(_)),
                Entry::SupportVerb | Entry::UndergoVerb => analysis.language.capital_nouns,
                _ => false,
            })
    }

    fn is_possessor(&self, mention: &Mention) -> bool {
        self.is(mention.tokens.end, |e| *e == Entry::GenitiveMark)
    }

    /// Whether a clause ends somewhere in the gap.
    fn breaks(&self, gap: Range<usize>, relative_ok: bool) -> bool {
        gap.clone().any(|i| {
            matches!(self.lower(i), ";" | ":" | "." | "!" | "?" | "“" | "”" | "„" | "\"" | "»" | "«")
                || self.is(i, |e| matches!(e, Entry::Speech | Entry::According))
                || (self.is(i, |e| *e == Entry::Subordinator) && !(relative_ok && self.is_relative(i)))
                || (!relative_ok && self.is_relative(i))
        })
    }

    /// Whether a relative clause begins; a word that is also an article begins one only after a comma.
    fn is_relative(&self, at: usize) -> bool {
        let comma = at > self.sentence.start && self.lower(at - 1) == ",";
        self.is(at, |e| *e == Entry::Relative) && (comma || !self.is(at, |e| *e == Entry::Article))
    }

    fn commas(&self, gap: Range<usize>) -> usize {
        gap.filter(|i| self.lower(*i) == ",").count()
    }

    /// The subject before a verb, with what is coordinated to it.
    pub(super) fn subject_before(&self, verb: usize) -> Vec<&'a Mention> {
        let start = verb.saturating_sub(REACH + 6).max(self.sentence.start);
        let before = self.mentions(start..verb);
        for (i, mention) in before.iter().enumerate().rev() {
            if mention.tokens.end > verb {
                continue;
            }
            let gap = mention.tokens.end..verb;
            if gap.len() > REACH || self.breaks(gap.clone(), true) {
                return Vec::new();
            }
            let relative = gap.clone().any(|g| self.is_relative(g));
            let governed = !self.governor(mention, self.sentence.start).is_empty() && !(relative && gap.len() <= 2);
            let other_verb = gap.clone().any(|g| self.is(g, |e| *e == Entry::Conjunction))
                && self.mentions_between(&before[i + 1..]);
            if self.is_possessor(mention) || governed || other_verb {
                continue;
            }
            // "X bought Y and sued Z": what stands right before the "and" is no subject of "sued".
            let coordinated = self.is(gap.start, |e| *e == Entry::Conjunction)
                && i > 0
                && self.verb_between(before[i - 1].tokens.end..mention.tokens.start);
            if coordinated {
                continue;
            }
            let commas = self.commas(gap);
            if commas == 1
                && !relative
                && mention.tokens.start != self.sentence.start
                && !self.resolved.analysis.language.capital_nouns
            {
                continue;
            }
            return self.with_coordinated(&before, i);
        }
        Vec::new()
    }

    fn verb_between(&self, mut gap: Range<usize>) -> bool {
        gap.any(|i| self.is_verb(i) || self.is(i, |e| matches!(e, Entry::SupportVerb | Entry::UndergoVerb)))
    }

    fn mentions_between(&self, rest: &[&Mention]) -> bool {
        rest.iter().any(|m| self.governor(m, self.sentence.start).is_empty() && !self.is_possessor(m))
    }

    /// The mention at `i` of a list with those joined to it by "and" and commas before it.
    fn with_coordinated(&self, list: &[&'a Mention], i: usize) -> Vec<&'a Mention> {
        let mut group = vec![list[i]];
        let mut at = i;
        while at > 0 {
            let gap = list[at - 1].tokens.end..list[at].tokens.start;
            let joins = !gap.is_empty()
                && gap
                    .clone()
                    .all(|g| self.lower(g) == "," || self.is(g, |e| matches!(e, Entry::Conjunction | Entry::Article)));
            let some_and = at < i || gap.clone().any(|g| self.is(g, |e| *e == Entry::Conjunction));
            let same = (self.resolved.kind(list[at - 1]) as u8).abs_diff(self.resolved.kind(list[i]) as u8) <= 1;
            if !joins || !some_and || !same {
                break;
            }
            at -= 1;
            group.push(list[at]);
        }
        group
    }

    /// Mentions after a word, each with its governing preposition, up to the clause's end.
    pub(super) fn after(&self, word_end: usize) -> Vec<(&'a Mention, String)> {
        let end = (word_end + REACH + 4).min(self.sentence.end);
        let mut found: Vec<(&Mention, String)> = Vec::new();
        for mention in self.mentions(word_end..end) {
            let gap = found.last().map_or(word_end, |f| f.0.tokens.end)..mention.tokens.start;
            if gap.len() > 8 || self.breaks(gap.clone(), false) {
                break;
            }
            let preposition = self.governor(mention, word_end);
            // "X, Y and Z" share the first one's preposition.
            let list = !gap.is_empty()
                && gap
                    .clone()
                    .all(|g| self.lower(g) == "," || self.is(g, |e| matches!(e, Entry::Conjunction | Entry::Article)));
            let preposition = match found.last() {
                Some((_, before)) if list && preposition.is_empty() => before.clone(),
                _ => preposition,
            };
            found.push((mention, preposition));
        }
        found
    }

    /// The direct or prepositional objects of a verb.
    pub(super) fn objects(&self, verb_end: usize, prepositions: &[String]) -> Vec<&'a Mention> {
        let after = self.after(verb_end);
        let mut objects: Vec<&Mention> = Vec::new();
        for (i, (mention, preposition)) in after.iter().enumerate() {
            let gap = if i == 0 { verb_end } else { after[i - 1].0.tokens.end }..mention.tokens.start;
            if self.is_possessor(mention) || !prepositions.iter().any(|p| p == preposition) {
                if objects.is_empty() && i < 2 {
                    continue;
                }
                break;
            }
            let list = gap
                .clone()
                .all(|g| self.lower(g) == "," || self.is(g, |e| matches!(e, Entry::Conjunction | Entry::Article)));
            let second_clause = !objects.is_empty() && !list;
            // "invested 20 million euros in X"
            let amount =
                |i: &usize| self.is(*i, |e| matches!(e, Entry::Scale(_) | Entry::Currency(_) | Entry::NumberWord(_)));
            let digits = |i: &usize| self.lower(*i).starts_with(|c: char| c.is_ascii_digit());
            let too_far = objects.is_empty() && gap.clone().filter(|i| !amount(i) && !digits(i)).count() > 6;
            let comma = objects.is_empty() && self.commas(gap) > 0;
            if second_clause || too_far || comma {
                break;
            }
            // "kepala Badan Pangan Toni Prakoso": who holds the post, not whose it is.
            let person = self.resolved.kind(mention) == crate::record::EntityType::Person;
            if i > 0 && person && after[i - 1].0.tokens.end == mention.tokens.start {
                objects.pop();
            }
            objects.push(mention);
        }
        if objects.is_empty() && prepositions.iter().any(String::is_empty) {
            objects.extend(after.first().filter(|(m, p)| self.is_whole(m, p, verb_end)).map(|(m, _)| *m));
        }
        objects
    }

    /// "bought the French arm of X": what is done to a part is done to the whole, unless the part is a person.
    fn is_whole(&self, mention: &Mention, preposition: &str, verb_end: usize) -> bool {
        let gap = verb_end..mention.tokens.start;
        if gap.len() < 2
            || gap.len() > 6
            || !self.resolved.analysis.language.joins_whole(preposition)
            || self.commas(gap.clone()) > 0
            || self.is_possessor(mention)
            || gap.clone().any(|i| self.is(i, |e| *e == Entry::Percent))
        {
            return false;
        }
        let Some(joint) = gap.clone().rev().find(|i| self.lower(*i) == preposition) else { return false };
        let person = |i: usize| {
            self.is(i, |e| {
                matches!(
                    e,
                    Entry::Title(_)
                        | Entry::Epithet(crate::record::EntityType::Person)
                        | Entry::Context(crate::record::EntityType::Person)
                )
            })
        };
        let introduces =
            |e: &Entry| matches!(e, Entry::Article | Entry::GenitiveArticle | Entry::Context(_) | Entry::Epithet(_));
        let adjective = |i: usize| self.resolved.starting(i).is_some_and(|m| m.manner == Manner::Adjective);
        joint > verb_end
            && (joint + 1..mention.tokens.start).all(|i| self.is(i, introduces) || adjective(i))
            && (verb_end..joint)
                .all(|i| !person(i) && !self.is(i, |e| matches!(e, Entry::Preposition | Entry::Conjunction)))
    }

    /// The mention right after a comma at a token, past articles and honorifics.
    pub(super) fn after_comma(&self, at: usize) -> Option<&'a Mention> {
        if !self.sentence.contains(&at) || self.lower(at) != "," {
            return None;
        }
        let start = (at + 1..(at + 3).min(self.sentence.end))
            .find(|i| !self.is(*i, |e| matches!(e, Entry::Article | Entry::Honorific)))?;
        self.mentions(start..start + 1).into_iter().next()
    }

    /// The agents of a passive or a nominalization: after one of the prepositions.
    pub(super) fn agents_by(&self, from: usize, prepositions: &[String]) -> Vec<&'a Mention> {
        let after = self.after(from);
        let by = |p: &String| prepositions.contains(p);
        after.into_iter().skip_while(|(_, p)| !by(p)).take_while(|(_, p)| by(p)).map(|(m, _)| m).collect()
    }

    /// Unpreposed mentions of the clause around a verb: for verbs at the clause's end or before their subject.
    pub(super) fn clause(&self, verb: Range<usize>) -> (Vec<&'a Mention>, Vec<&'a Mention>) {
        let free = |m: &&Mention| self.governor(m, self.sentence.start).is_empty() && !self.is_possessor(m);
        let start = (verb.start.saturating_sub(REACH + 6).max(self.sentence.start)..verb.start)
            .rev()
            .find(|i| {
                matches!(self.lower(*i), "," | ";" | ":" | "“" | "„" | "”")
                    || self.is(*i, |e| *e == Entry::Subordinator)
            })
            .map_or(verb.start.saturating_sub(REACH + 6).max(self.sentence.start), |i| i + 1);
        let left = self.mentions(start..verb.start).into_iter().filter(free).collect();
        let right =
            self.after(verb.end).into_iter().filter(|(_, p)| p.is_empty()).map(|(m, _)| m).filter(free).collect();
        (left, right)
    }
}
