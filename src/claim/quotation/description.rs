//! Unnamed persons described beside a verb of saying.

use super::place::Place;
use crate::claim::tree::Tree;
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

impl<'a> Place<'a> {
    /// The noun phrase of an unnamed person beside a verb of saying: with and without its article.
    pub(super) fn description(
        &self,
        verb: usize,
        range: Range<usize>,
        tail: bool,
    ) -> Option<(Range<usize>, Range<usize>)> {
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
        if let Some(found) = self.described_by_tree(verb, length, &range, tail) {
            return Some(found);
        }
        // After the verb: "said researchers", "a déclaré cet étudiant", "a expliqué à l'AFP un responsable".
        let mut at = start;
        let mut first = None;
        while tail && at < range.end.min(start + 9) {
            if let Some(n) = human(at).filter(|n| at + n <= range.end && !article(at)) {
                let end = self.with_complement(at + n, range.end);
                // "la présidente de la région": who holds an office was named before.
                if first.is_some_and(|f| self.is(f, |e| *e == Entry::Definite)) && self.is_office(at) {
                    return None;
                }
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
                let end = (inner + 1..verb.min(first + 12)).find(|i| !tokens[*i].is_word() || self.says(*i));
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

    /// An office that one person holds, unlike those who only speak for others.
    fn is_office(&self, at: usize) -> bool {
        let titles = &self.resolved.analysis.language.titles;
        self.is(at, |e| matches!(e, Entry::Title(i) if !titles[*i].of_topic))
    }

    /// The verb's subject in the tree, if it is an indefinite noun for a person and names nobody.
    fn described_by_tree(
        &self,
        verb: usize,
        length: usize,
        range: &Range<usize>,
        tail: bool,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let tree = Tree::new(self.resolved, verb);
        let word = self.subject_word(&tree, verb, length, range, tail)?;
        if !tree.is_person(word) || tree.person_named(word).is_some() {
            return None;
        }
        let phrase = tree.noun_phrase(word);
        let indefinite = self.is(phrase.start, |e| *e == Entry::Article)
            && !self.is(phrase.start, |e| matches!(e, Entry::Definite | Entry::GenitiveArticle));
        let inside = phrase.start >= range.start && phrase.end <= range.end && phrase.len() > 1;
        let plain = phrase.clone().all(|i| self.resolved.analysis.tokens[i].is_word());
        (indefinite && inside && plain).then(|| (phrase.clone(), phrase.start + 1..phrase.end))
    }

    /// Takes "of X" after a noun to it.
    pub(super) fn with_complement(&self, end: usize, limit: usize) -> usize {
        let next = (end..(end + 3).min(limit))
            .take_while(|i| self.is(*i, |e| matches!(e, Entry::Of | Entry::Article | Entry::GenitiveArticle)))
            .last()
            .map(|i| i + 1);
        let mention = next.and_then(|n| self.resolved.starting(n)).filter(|m| m.tokens.end <= limit);
        mention.map_or(end, |m| m.tokens.end)
    }
}
