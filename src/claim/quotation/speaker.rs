//! Whom a verb of saying has as its subject: names, descriptions, pronouns.

use super::Last;
use super::place::Place;
use crate::claim::argument::Arguments;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Mention};
use crate::language::{Entry, Pronoun};
use crate::record::EntityType;
use crate::text::Span;
use std::ops::Range;

/// Who a verb of saying belongs to.
pub(super) struct Subject {
    pub(super) entity: usize,
    pub(super) span: Span,
}

impl Subject {
    pub(super) fn of(mention: &Mention) -> Self {
        Self { entity: mention.entity, span: mention.span }
    }
}

impl<'a> Place<'a> {
    /// Whether no preposition governs a mention; an article that opens the sentence is no genitive.
    pub(super) fn ungoverned(&self, mention: &Mention, from: usize) -> bool {
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

    pub(super) fn speakers(&self, range: Range<usize>) -> Vec<&'a Mention> {
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
    pub(super) fn pronoun(&self, at: usize) -> bool {
        let words = &self.resolved.analysis.language.speech.subjects;
        words.iter().any(|w| w == self.lower(at)) && !self.said(at)
    }

    /// Whether the word ends in a pronoun ("katanya").
    pub(super) fn clitic(&self, at: usize) -> bool {
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
    pub(super) fn subject(&self, verb: usize, range: Range<usize>, tail: bool) -> Option<Subject> {
        let length = self.resolved.analysis.at(verb, |e| *e == Entry::Speech).unwrap_or(1);
        if self.clitic(verb) {
            return self.antecedent(verb, verb, false);
        }
        if let Some(at) = self.pronoun_beside(verb, length, range.clone()) {
            return self.antecedent(at, range.start.min(verb), false);
        }
        let start = verb + length;
        if let Some(found) = self.by_tree(verb, length, &range, tail) {
            return Some(found);
        }
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

    /// The subject that the sentence's tree gives the verb, if it stands within `range`; after the marks, where the
    /// verb comes first, what the tree takes for its object may be its subject.
    fn by_tree(&self, verb: usize, length: usize, range: &Range<usize>, tail: bool) -> Option<Subject> {
        let tree = Tree::new(self.resolved, verb);
        let word = self.subject_word(&tree, verb, length, range, tail)?;
        let speaks = |m: &&Mention| {
            use EntityType::{GovernmentOrganization, Organization, Person};
            matches!(self.resolved.kind(m), Person | Organization | GovernmentOrganization)
        };
        if let Some(person) = tree.person_named(word) {
            return Some(Subject::of(person));
        }
        let mention = tree.mention_at(word).filter(speaks);
        if let Some(described) = mention.filter(|m| m.manner == Manner::Description && !self.points_back(m)) {
            return Some(Subject::of(described));
        }
        if tree.is_person(word) && mention.is_none_or(|m| m.manner != Manner::Description) {
            // "la présidente LR de la région": someone told of before, whatever stands beside the noun.
            let phrase = tree.noun_phrase(word);
            let opens = |i: usize| self.is(i, |e| *e == Entry::Definite);
            let definite = opens(phrase.start) && !self.resolved.analysis.language.bare_genitive;
            return definite.then(|| self.antecedent(verb, phrase.start, false)).flatten();
        }
        let plain = |m: &&Mention| matches!(m.manner, Manner::Name | Manner::Epithet);
        mention.filter(plain).map(Subject::of)
    }

    /// The head of the verb's subject within `range`, outside the marks, no pronoun.
    pub(super) fn subject_word(
        &self,
        tree: &Tree,
        verb: usize,
        length: usize,
        range: &Range<usize>,
        tail: bool,
    ) -> Option<usize> {
        let head = tree.head_of(verb..verb + length)?;
        let here = |w: &usize| {
            let token = tree.token_of(*w);
            range.contains(&token) && !(verb..verb + length).contains(&token) && !self.said(token)
        };
        let bare = |c: &usize| {
            matches!(tree.relation(*c), "obj" | "iobj" | "appos" | "flat")
                && tree.token_of(*c) >= verb + length
                && tree.prepositions(*c).is_empty()
        };
        let word = if tail {
            let own = tree.own_subject(head).filter(here);
            let inverted = || tree.children(head).filter(bare).find(here);
            let told = self.is(verb, |e| *e == Entry::SpeechToObject) && !self.speakers(range.start..verb).is_empty();
            own.or_else(|| inverted().filter(|_| !told))
        } else {
            // "X called it “…” and accused Y of “…”": the subject may stand before other marks.
            let first = self.resolved.analysis.sentences[self.resolved.analysis.tokens[verb].sentence].start;
            let before = |w: &usize| {
                let token = tree.token_of(*w);
                (first..range.end).contains(&token) && token < verb && !self.said(token)
            };
            tree.subject(head).filter(|w| before(w) || here(w))
        };
        word.filter(|w| !self.pronoun(tree.token_of(*w)))
    }

    /// An unnamed person described before with the same noun: "a spokesman for X … the spokesman".
    pub(super) fn described_alike(&self, mention: &Mention) -> Option<Subject> {
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
    pub(super) fn points_back(&self, mention: &Mention) -> bool {
        let first = mention.tokens.start;
        let points = |i: usize| self.is(i, |e| *e == Entry::Definite) && !self.says(i);
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
    pub(super) fn pronoun_beside(&self, verb: usize, length: usize, range: Range<usize>) -> Option<usize> {
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
    pub(super) fn antecedent(&self, at: usize, from: usize, thing: bool) -> Option<Subject> {
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
        let subject = |sentence: usize, range: Range<usize>| {
            let tree = Tree::new(self.resolved, analysis.sentences[sentence].start);
            let outside = |w: &usize| range.contains(&tree.token_of(*w)) && !self.said(tree.token_of(*w));
            let named = |w: usize| tree.person_named(w).or_else(|| tree.mention_at(w));
            let told = |m: &&Mention| m.manner != Manner::Pronoun && fits(m.entity);
            tree.all_subjects().into_iter().filter(outside).filter_map(named).filter(told).collect::<Vec<_>>()
        };
        let told = self.told_before(at, from, &fits, subject);
        let entity = told.or_else(|| self.told_before(at, from, &fits, |_, range| self.free(range, &fits)));
        let last = || {
            let near = |l: &&Last| fits(l.speaker) && self.quote.outer.start.saturating_sub(l.quote.outer.end) < 1200;
            self.last.filter(near).map(|l| l.speaker)
        };
        let entity = entity.or_else(last)?;
        Some(Subject { entity, span: analysis.tokens[at].span })
    }

    /// The entity that the nearest of the sentences before `at` tells of: its speaker, or the first of those that
    /// `subjects` finds in it, persons first. Sentences that begin with a pronoun are passed over.
    fn told_before(
        &self,
        at: usize,
        from: usize,
        fits: &impl Fn(usize) -> bool,
        subjects: impl Fn(usize, Range<usize>) -> Vec<&'a Mention>,
    ) -> Option<usize> {
        let analysis = self.resolved.analysis;
        let here = analysis.tokens[at].sentence;
        let opening = analysis.tokens[self.tokens.start].sentence.min(here);
        let mut seen = 0;
        for sentence in (0..=here).rev() {
            let range = analysis.sentences[sentence].clone();
            let range = range.start..range.end.min(if sentence == here { from } else { range.end });
            let spoken =
                |l: &&Last| (range.contains(&l.at) || analysis.tokens[l.at].sentence == sentence) && fits(l.speaker);
            if let Some(last) = self.last.filter(spoken) {
                return Some(last.speaker);
            }
            let outside: Vec<usize> = range.clone().filter(|i| !self.said(*i)).collect();
            if outside.is_empty() || outside.iter().all(|i| !analysis.tokens[*i].is_word()) {
                continue;
            }
            let points = |i: &usize| {
                self.pronoun(*i) || self.clitic(*i) && self.is(*i, |e| matches!(e, Entry::According | Entry::Speech))
            };
            if sentence != here && outside.iter().take(4).any(points) && here - sentence < 10 {
                continue;
            }
            let found = subjects(sentence, range);
            let person = |m: &&&Mention| self.resolved.kind(m) == EntityType::Person;
            if let Some(mention) = found.iter().find(person) {
                return Some(mention.entity);
            }
            if let Some(thing) = found.first() {
                // "EasyJet demande aux clients « … », ajoute-t-il": a person who has just spoken goes on.
                let spoke = |l: &&Last| {
                    self.resolved.entities[l.speaker].kind == EntityType::Person
                        && fits(l.speaker)
                        && here.saturating_sub(analysis.tokens[l.at].sentence) <= 2
                };
                return Some(self.last.filter(spoke).map_or(thing.entity, |l| l.speaker));
            }
            if sentence < opening {
                seen += 1;
            }
            if seen >= 4 {
                break;
            }
        }
        None
    }

    /// The mentions that no preposition governs, those beside a verb of saying first.
    fn free(&self, range: Range<usize>, fits: &impl Fn(usize) -> bool) -> Vec<&'a Mention> {
        let arguments = Arguments::new(self.resolved, range.start);
        let free = |m: &&Mention| {
            fits(m.entity)
                && m.manner != Manner::Pronoun
                && self.ungoverned(m, range.start)
                && !arguments.is(m.tokens.end, |e| *e == Entry::GenitiveMark)
        };
        let speaking = |m: &&Mention| (m.tokens.end..(m.tokens.end + 3).min(range.end)).any(|i| self.says(i));
        let mut list: Vec<&Mention> = self.speakers(range.clone()).into_iter().filter(free).collect();
        list.sort_by_key(|m| !speaking(m));
        list
    }

    /// The named or described speaker of a verb of saying: right after it, or its subject before it.
    pub(super) fn beside(
        &self,
        verb: usize,
        length: usize,
        range: Range<usize>,
        tail: bool,
    ) -> Option<(&'a Mention, bool)> {
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
    pub(super) fn pronoun_subject(&self, verb: usize, range: Range<usize>) -> Option<Subject> {
        let at = (range.start..verb.min(range.start + 12)).find(|i| self.pronoun(*i))?;
        self.antecedent(at, at, false)
    }
}
