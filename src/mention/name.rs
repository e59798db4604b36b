//! Names: capitalised stretches and known names, with votes for what they name.

use super::institution;
use crate::analysis::{Analysis, Case};
use crate::language::{Entry, Known};
use crate::record::EntityType;
use crate::text::Span;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// How strongly the words of a name and its surroundings speak for each type.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Votes([f32; 7]);

impl Votes {
    /// Adds weight to a type.
    pub fn add(&mut self, kind: EntityType, weight: f32) {
        self.0[kind as usize] += weight;
    }

    /// Adds another mention's votes.
    pub fn merge(&mut self, other: &Votes) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
    }

    /// The weight of a type.
    pub fn of(&self, kind: EntityType) -> f32 {
        self.0[kind as usize]
    }

    /// The type with most weight; an organisation where nothing speaks for any.
    pub fn winner(&self) -> EntityType {
        use EntityType::*;
        let order = [Organization, Person, GovernmentOrganization, Place, Product, Work, Event];
        let mut best = Organization;
        for kind in order {
            if self.of(kind) > self.of(best) {
                best = kind;
            }
        }
        best
    }
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// What it may name.
    pub votes: Votes,
    /// What the data files know of it.
    pub known: Option<Known>,
    /// Whether it is an institution named with a common noun ("US government").
    pub institution: bool,
}

/// Every name of the text, in text order; an institution comes before the name inside it.
pub fn find(analysis: &Analysis) -> Vec<Name> {
    let seen = Seen::new(analysis);
    let mut names = Vec::new();
    for sentence in &analysis.sentences {
        let style = Style::of(analysis, sentence);
        let finder = Finder { analysis, sentence: sentence.clone(), style, seen: &seen };
        let found = finder.find();
        let institutions = institution::find(analysis, sentence, &found);
        names.extend(found.into_iter().filter(|n| !institutions.iter().any(|i| i.tokens == n.tokens)));
        names.extend(institutions);
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    let surnames = surnames(analysis, &names);
    names.extend(surnames);
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// Words that are surnames of persons named in full before, where nothing else took them for a name:
/// "Fleischer" (a butcher) after "Avi Fleischer".
fn surnames(analysis: &Analysis, names: &[Name]) -> Vec<Name> {
    let mut full: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.iter().filter(|n| n.tokens.len() > 1 && n.votes.winner() == EntityType::Person) {
        let last = analysis.tokens[name.tokens.end - 1].span;
        full.entry(analysis.words(last)).or_insert(name.tokens.end);
    }
    let mut taken = vec![false; analysis.tokens.len()];
    names.iter().flat_map(|n| n.tokens.clone()).for_each(|i| taken[i] = true);
    let surname = |i: &usize| {
        let token = &analysis.tokens[*i];
        let alone = !token.hyphenated && !analysis.tokens.get(i + 1).is_some_and(|t| t.hyphenated);
        // An article makes it the common noun.
        let article = *i > 0 && analysis.at(i - 1, |e| matches!(e, Entry::Article | Entry::Definite)).is_some();
        let named = full.get(analysis.words(token.span)).is_some_and(|first| first <= i);
        token.case == Case::Title && named && alone && !article && !taken[*i] && token.lower.chars().count() > 2
    };
    (0..analysis.tokens.len())
        .filter(surname)
        .map(|i| {
            let mut votes = Votes::default();
            votes.add(EntityType::Person, 3.0);
            Name { tokens: i..i + 1, span: analysis.span(i..i + 1), votes, known: None, institution: false }
        })
        .collect()
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// As in running text.
    Running,
    /// Every Main Word of a Headline.
    TitleCase,
    /// ALL OF THEM.
    AllCaps,
}

impl Style {
    fn of(analysis: &Analysis, sentence: &Range<usize>) -> Style {
        let words: Vec<_> =
            analysis.tokens[sentence.clone()].iter().filter(|t| t.is_word() && t.lower.chars().count() > 3).collect();
        let upper = words.iter().filter(|t| t.case == Case::Upper).count();
        let capital = words.iter().filter(|t| t.is_capitalized()).count();
        if words.len() >= 3 && upper * 10 >= words.len() * 8 {
            Style::AllCaps
        } else if words.len() >= 4 && capital * 10 >= words.len() * 8 && !analysis.language.capital_nouns {
            Style::TitleCase
        } else {
            Style::Running
        }
    }
}

/// Words that occur with a capital, or without, where it tells something.
struct Seen {
    capital: HashSet<String>,
    lower: HashSet<String>,
}

impl Seen {
    fn new(analysis: &Analysis) -> Self {
        let mut seen = Seen { capital: HashSet::new(), lower: HashSet::new() };
        for sentence in &analysis.sentences {
            if Style::of(analysis, sentence) != Style::Running {
                continue;
            }
            for i in sentence.clone() {
                let token = &analysis.tokens[i];
                if token.case == Case::Lower {
                    seen.lower.insert(token.lower.clone());
                } else if token.is_capitalized() && !is_initial(analysis, sentence, i) {
                    seen.capital.insert(token.lower.clone());
                }
            }
        }
        seen
    }
}

/// Whether a capital at this token says nothing: sentence start, after a colon or an opening mark.
fn is_initial(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> bool {
    at == sentence.start
        || (!analysis.tokens[at - 1].is_word()
            && !matches!(analysis.tokens[at - 1].lower.as_str(), "," | ")" | "'s" | "’s" | "&" | "/" | "'"))
}

struct Finder<'a> {
    analysis: &'a Analysis<'a>,
    sentence: Range<usize>,
    style: Style,
    seen: &'a Seen,
}

impl Finder<'_> {
    fn find(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            match self.name_at(at) {
                Some(name) => {
                    at = name.tokens.end;
                    names.push(name);
                }
                None => at += 1,
            }
        }
        names
    }

    fn form(&self, at: usize) -> &str {
        self.analysis.words(self.analysis.tokens[at].span)
    }

    fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        at < self.sentence.end && self.analysis.at(at, wanted).is_some()
    }

    fn known_at(&self, at: usize) -> Option<(usize, Known)> {
        if at >= self.sentence.end {
            return None;
        }
        let tokens = &self.analysis.tokens[at..self.sentence.end];
        let (length, known) = self.analysis.language.gazetteer.at(&self.analysis.document.text, tokens)?;
        let lower = tokens[0].case == Case::Lower;
        if lower && !known.adjective && length == 1 {
            return None;
        }
        if length == 1
            && !known.adjective
            && !known.key.starts_with("country:")
            && self.is_doubtful(at, known)
            && !self.is_supported(at, known.kind)
        {
            return None;
        }
        // A lower-case adjective of a country or a capitalised name; "us" is not "US".
        Some((length, known.clone()))
    }

    /// Whether a known single word is as well something else here.
    fn is_doubtful(&self, at: usize, known: &Known) -> bool {
        if self.is(at, |e| *e == Entry::Never) {
            return true;
        }
        let token = &self.analysis.tokens[at];
        let plain = token.case == Case::Title;
        if self.analysis.language.capital_nouns {
            return plain && known.doubtful;
        }
        known.doubtful && plain && (self.style != Style::Running || is_initial(self.analysis, &self.sentence, at))
    }

    /// Whether the words before a doubtful name speak for it: "in Essen", "die Zeitung Bild".
    fn is_supported(&self, at: usize, kind: EntityType) -> bool {
        if at == self.sentence.start {
            return false;
        }
        let place = kind == EntityType::Place
            && self.is(at - 1, |e| *e == Entry::Locative)
            && !self.is(at - 1, |e| *e == Entry::Of);
        let context = self.context_ending(at, false).is_some_and(|k| k == kind);
        let marked = at + 1 < self.sentence.end && self.is(at + 1, |e| *e == Entry::CompanyForm);
        (place && !self.is(at, |e| *e == Entry::Never)) || context || marked
    }

    fn name_at(&self, at: usize) -> Option<Name> {
        let mut known = self.known_at(at);
        if known.as_ref().is_some_and(|(l, k)| *l == 1 && self.is_given_here(at, k)) {
            known = None;
        }
        let length = known.as_ref().map_or(0, |k| k.0);
        if length == 0 && !self.starts(at) {
            return None;
        }
        if self.title_before_name(at, length) {
            return None;
        }
        let end = if known.as_ref().is_some_and(|(_, k)| k.adjective && self.analysis.tokens[at].case == Case::Lower) {
            at + length
        } else {
            self.extend(at, length.max(1), known.as_ref().map(|k| &k.1))
        };
        if known.is_none() && self.analysis.language.bare_genitive && self.after_title(at) {
            match self.after_field(at, end) {
                // "Direktur Utama PT Dosni Roha"
                Some((start, false)) => {
                    let known = self.known_at(start).filter(|(l, _)| start + l == end).map(|k| k.1);
                    return self.finish(start, end, known);
                }
                // "Menteri Keuangan Purbaya Yudhi Sadewa"
                Some((start, true)) => {
                    return self.finish(start, end, None).map(|mut name| {
                        name.votes.add(EntityType::Person, 4.0);
                        name
                    });
                }
                None => {}
            }
        }
        match self.person_inside(at, end) {
            // "Menteri Keuangan Purbaya Yudhi Sadewa": the field of a post, then the person.
            Some(person)
                if self.after_title(at)
                    && known.is_none()
                    && (at..person)
                        .all(|i| self.analysis.tokens[i].common || self.analysis.tokens[i].case == Case::Lower) =>
            {
                return self.finish(person, end, None);
            }
            Some(person) => {
                let known = self.known_at(at).filter(|(l, _)| at + l == person).map(|k| k.1);
                return self.finish(at, person, known);
            }
            None => {}
        }
        let known = known.filter(|(l, _)| at + l == end).map(|k| k.1);
        self.finish(at, end, known)
    }

    /// "Jordan" in "Jordan Spieth", "Wayne" in "Wayne Rooney": a place's name as a given name.
    fn is_given_here(&self, at: usize, known: &Known) -> bool {
        let gazetteer = &self.analysis.language.gazetteer;
        if known.kind != EntityType::Place
            || known.adjective
            || self.style != Style::Running
            || !gazetteer.is_given(self.form(at), true)
        {
            return false;
        }
        let next = at + 1;
        next < self.sentence.end && {
            let token = &self.analysis.tokens[next];
            let form = self.form(next);
            token.case != Case::Upper
                && token.is_capitalized()
                && !token.hyphenated
                && ((gazetteer.is_surname(form) && !(self.analysis.language.bare_genitive && token.common))
                    || (!token.common && !gazetteer.is_name(form)))
                && self.analysis.language.head(form).is_none()
                && !self.is(next, |e| {
                    matches!(
                        e,
                        Entry::Title(_) | Entry::Context(_) | Entry::Month(_) | Entry::Weekday(_) | Entry::Never
                    )
                })
                && gazetteer
                    .at(&self.analysis.document.text, &self.analysis.tokens[at..self.sentence.end])
                    .is_some_and(|(l, _)| l == 1)
        }
    }

    /// Whether a post stands right before a token.
    fn after_title(&self, at: usize) -> bool {
        (at.saturating_sub(4).max(self.sentence.start)..at)
            .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == at && matches!(h.entry, Entry::Title(_))))
    }

    /// Where a name begins after the field of a post, and whether it looks like a person's.
    fn after_field(&self, at: usize, end: usize) -> Option<(usize, bool)> {
        let token = |i: usize| &self.analysis.tokens[i];
        let field = |i: usize| token(i).common && token(i).case == Case::Title && self.known_at(i).is_none();
        let organized = |i: usize| {
            self.analysis.language.head(self.form(i)).is_some_and(|k| k != EntityType::Person)
                || self.is(i, |e| *e == Entry::CompanyForm)
        };
        if organized(at) {
            return None;
        }
        let start = (at..end).find(|i| !field(*i) || organized(*i)).filter(|i| *i > at)?;
        if organized(start) || self.known_at(start).is_some() {
            return Some((start, false));
        }
        let person = end - start >= 2
            && (start..end).all(|i| {
                token(i).case == Case::Title
                    && (!token(i).common || self.analysis.language.gazetteer.is_name(self.form(i)))
            });
        person.then_some((start, true))
    }

    /// Where a person's name begins after another name or the field of a post:
    /// "Presiden Makedonia Gjorge Ivanov", "Mahkamah Agung Brett Kavanaugh".
    fn person_inside(&self, at: usize, end: usize) -> Option<usize> {
        let gazetteer = &self.analysis.language.gazetteer;
        if end < at + 3 || self.style != Style::Running || gazetteer.is_given(self.form(at), true) {
            return None;
        }
        let given = |i: usize| {
            gazetteer.is_given(self.form(i), false)
                && self.analysis.tokens[i].case == Case::Title
                && !self.analysis.tokens[i].common
        };
        if self.analysis.language.bare_genitive
            && let Some((length, known)) = self.known_at(at)
            && at + length + 2 <= end
            && matches!(known.kind, EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Place)
            && self.after_title(at)
        {
            // "Jubir KPK Budi Prasetyo"
            let first = at + length;
            let title = |i: usize| {
                self.analysis.tokens[i].case == Case::Title && self.analysis.language.head(self.form(i)).is_none()
            };
            let named = gazetteer.is_given(self.form(first), true)
                || (first + 1..end)
                    .any(|i| gazetteer.is_surname(self.form(i)) || gazetteer.is_given(self.form(i), false));
            if named && (first..end).all(title) && self.known_at(first).is_none() {
                return Some(first);
            }
        }
        let person = (at + 1..end - 1).find(|i| {
            given(*i) && self.analysis.tokens[*i - 1].is_capitalized() && !self.analysis.tokens[*i].hyphenated
        })?;
        let surname = self.analysis.tokens[person + 1].case == Case::Title
            && self.analysis.language.head(self.form(person + 1)).is_none();
        let known = self.known_at(at).is_some_and(|(l, _)| at + l == person);
        let headed = self.analysis.language.head(self.form(at)).is_some() && person == at + 1;
        let split =
            known || (self.analysis.language.bare_genitive && !headed && (self.after_title(at) || person > at + 1));
        (surname && split).then_some(person)
    }

    /// A capitalised post before a name is no part of it ("President Biden").
    fn title_before_name(&self, at: usize, known_length: usize) -> bool {
        let Some(length) = self.analysis.at(at, |e| matches!(e, Entry::Title(_) | Entry::Honorific)) else {
            return false;
        };
        length >= known_length
    }

    /// Whether a name can begin at this token.
    fn starts(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        if !token.is_capitalized() || token.lower.chars().count() < 2 || token.lower.ends_with(['\'', '’']) {
            return false;
        }
        // "20H30"
        if token.lower.starts_with('h') && token.lower.len() > 1 && token.lower[1..].bytes().all(|b| b.is_ascii_digit())
        {
            return false;
        }
        let never =
            self.is(at, |e| matches!(e, Entry::Never | Entry::Month(_) | Entry::Weekday(_) | Entry::Currency(_)));
        let initial = is_initial(self.analysis, &self.sentence, at);
        let named = self.analysis.language.gazetteer.is_name(self.form(at));
        if self.style == Style::AllCaps {
            return false;
        }
        if self.is(at, |e| {
            matches!(
                e,
                Entry::Article
                    | Entry::Preposition
                    | Entry::Conjunction
                    | Entry::Pronoun(_)
                    | Entry::Subordinator
                    | Entry::Relative
                    | Entry::Copula
            )
        }) && (initial || never)
        {
            return false;
        }
        if self.analysis.language.capital_nouns {
            return !never && self.german_start(at, initial, named);
        }
        if initial || self.style == Style::TitleCase {
            return self.initial_start(at, never, named);
        }
        !never
            || (self.joins_next(at)
                && self.known_at(at + 1).is_none()
                && !self.is(at, |e| matches!(e, Entry::Month(_) | Entry::Weekday(_))))
    }

    /// Where a capital says nothing: an unknown word, a known name, or a word seen as a name elsewhere.
    fn initial_start(&self, at: usize, never: bool, named: bool) -> bool {
        let token = &self.analysis.tokens[at];
        if never || self.is(at, |e| matches!(e, Entry::Article | Entry::Preposition | Entry::Speech)) {
            return false;
        }
        let elsewhere = self.seen.capital.contains(&token.lower) && !self.seen.lower.contains(&token.lower);
        if matches!(token.case, Case::Upper | Case::Mixed) && self.style == Style::Running {
            return true;
        }
        let language = self.analysis.language;
        // "Kemungkinan Trump", "Former Google engineer": a common word before a name.
        if (token.common || language.is_foreign_common(&token.lower))
            && !named
            && self.joins_next(at)
            && language.head(self.form(at)).is_none()
        {
            let next = self.form(at + 1);
            if self.known_at(at + 1).is_some_and(|(_, k)| !k.adjective) || language.gazetteer.is_given(next, false) {
                return false;
            }
        }
        let spoken = at + 1 < self.sentence.end && self.is(at + 1, |e| *e == Entry::Speech);
        if language.bare_genitive
            && !named
            && !elsewhere
            && !self.joins_next(at)
            && !spoken
            && token.case == Case::Title
        {
            return false;
        }
        let next_capital =
            self.style == Style::Running && self.joins_next(at) && !self.is(at, |e| matches!(e, Entry::Negation));
        let headed = next_capital && !self.seen.lower.contains(&token.lower);
        named || !token.common || elsewhere || headed
    }

    fn joins_next(&self, at: usize) -> bool {
        at + 1 < self.sentence.end && self.analysis.tokens[at + 1].is_capitalized()
    }

    /// German: a noun of the dictionary is no name unless it is known as one.
    fn german_start(&self, at: usize, initial: bool, named: bool) -> bool {
        let token = &self.analysis.tokens[at];
        let form = self.form(at);
        if matches!(token.case, Case::Upper | Case::Mixed) && form.chars().count() > 1 {
            return !initial || !token.common || named;
        }
        if self.is_institution_noun(at) {
            return true;
        }
        if initial {
            return named || !token.common;
        }
        named || !token.common || self.is_capital_adjective(at)
    }

    /// "Handelsministerium", "Bundeskartellamt": a compound that ends in the name of an authority.
    fn is_institution_noun(&self, at: usize) -> bool {
        let form = self.form(at);
        let language = self.analysis.language;
        language.head(form) == Some(EntityType::GovernmentOrganization)
            && form.chars().count() > 9
            && !self.is(at, |e| matches!(e, Entry::Never | Entry::Title(_) | Entry::Context(_) | Entry::Epithet(_)))
    }

    /// "Deutsche" in "Deutsche Bank": an adjective with a capital inside a sentence.
    fn is_capital_adjective(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        self.joins_next(at)
            && token.case == Case::Title
            && self.analysis.language.is_adjective_form(self.form(at), &token.lower)
            && !self.analysis.tokens[at + 1].hyphenated
    }

    /// Where the name that begins at `at` ends.
    fn extend(&self, at: usize, first: usize, known: Option<&Known>) -> usize {
        let mut end = at + first;
        let adjective = known.is_none() && self.analysis.language.capital_nouns && self.is_capital_adjective(at);
        let country = known.is_some_and(|k| k.key.starts_with("country:"));
        let lowered = self.is_lowered(at);
        while end < self.sentence.end {
            let token = &self.analysis.tokens[end];
            if lowered && let Some(next) = self.lower_part(at, end) {
                end = next;
            } else if token.is_word() && self.continues(at, end, adjective && end == at + 1) {
                end += 1;
            } else if let Some(next) = self.connected(at, end) {
                end = next;
            } else {
                break;
            }
        }
        if country && end > at + first && !self.keeps_country(at, at + first, end) {
            end = at + first;
        }
        let parts = known.is_some_and(|k| k.kind == EntityType::Person) && self.known_at(at + first).is_some();
        let place = known.is_some_and(|k| k.kind == EntityType::Place)
            && self
                .known_at(at + first)
                .is_some_and(|(_, k)| matches!(k.kind, EntityType::Organization | EntityType::Person) && !k.doubtful);
        if (parts || place) && end > at + first {
            end = at + first;
        }
        end
    }

    /// Whether a name that begins here may go on in lower case: "Cour suprême", "Conseil de sécurité".
    fn is_lowered(&self, at: usize) -> bool {
        self.analysis.language.lower_names
            && !self.is(at, |e| *e == Entry::Never)
            && matches!(
                self.analysis.language.head(self.form(at)),
                Some(EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Event)
            )
    }

    /// The end of the lower-case adjective or field that begins at `end`.
    fn lower_part(&self, at: usize, end: usize) -> Option<usize> {
        let concept = |i: usize| {
            let token = self.analysis.tokens.get(i).filter(|_| i < self.sentence.end)?;
            let adjective = || self.known_at(i).is_some_and(|(l, k)| l == 1 && k.adjective);
            let head = self.analysis.language.head(&crate::language::capitalize(&token.lower)).is_some();
            (token.case == Case::Lower
                && !head
                && !self.is(i, |e| matches!(e, Entry::Title(_) | Entry::Article | Entry::Preposition | Entry::Speech))
                && (self.analysis.language.is_concept(&token.lower, &token.lemma) || adjective()))
            .then_some(i + 1)
        };
        if let Some(next) = concept(end) {
            return Some(next);
        }
        if end > at + 3 || !self.is(end, |e| *e == Entry::Of) {
            return None;
        }
        let next = end + 1 + usize::from(self.is(end + 1, |e| *e == Entry::Article));
        concept(next)
    }

    /// A country stays part of a name that a head closes ("US Department of …", "British Airways").
    fn keeps_country(&self, at: usize, rest: usize, end: usize) -> bool {
        let language = self.analysis.language;
        if self.analysis.tokens[rest].hyphenated && language.capital_nouns {
            return false;
        }
        let person = language.gazetteer.is_given(self.form(rest), true) && end - rest >= 2;
        if person
            || self.known_at(rest).is_some_and(|(l, k)| rest + l == end && k.kind != EntityType::GovernmentOrganization)
        {
            return false;
        }
        (at..end).any(|i| language.head(self.form(i)).is_some_and(|k| k != EntityType::Person))
    }

    /// Whether the token at `end` continues the name begun at `at`.
    fn continues(&self, at: usize, end: usize, after_adjective: bool) -> bool {
        let token = &self.analysis.tokens[end];
        let form = self.form(end);
        let language = self.analysis.language;
        if token.case == Case::None {
            // "Covid-19", "A-320"
            return token.hyphenated && self.analysis.tokens[end - 1].is_capitalized();
        }
        if !token.is_capitalized() {
            return token.hyphenated && !token.common && !self.is(end, |_| true);
        }
        if language.bare_genitive
            && end >= at + 2
            && token.case == Case::Title
            && !self.is(end - 1, |e| *e == Entry::Connector)
        {
            // "Biro Industri Departemen Perdagangan": the institution it belongs to.
            let authority = |i: usize| language.head(self.form(i)) == Some(EntityType::GovernmentOrganization);
            if authority(end) && authority(at) {
                return false;
            }
        }
        let given = language.gazetteer.is_given(self.form(end - 1), true);
        if self.is(end, |e| matches!(e, Entry::Title(_) | Entry::Honorific)) && !given {
            let headed = self.analysis.at(end, |e| matches!(e, Entry::Head(_))).is_some();
            return headed && !self.names_person_after(end);
        }
        if self.is(end, |e| matches!(e, Entry::Month(_) | Entry::Weekday(_))) && !given {
            return false;
        }
        if self.style == Style::TitleCase {
            return !token.common || language.gazetteer.is_name(form) || language.head(form).is_some();
        }
        if language.capital_nouns {
            let head = self.analysis.at(end, |e| matches!(e, Entry::Head(_) | Entry::CompanyForm)).is_some();
            let post = self.is(end, |e| matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::Never));
            // "Karen Hunter", "Gabriel Deck": the surname may be a noun.
            if end == at + 1
                && token.case == Case::Title
                && !token.hyphenated
                && !post
                && language.gazetteer.is_given(self.form(at), false)
                && !self.analysis.tokens[at].common
            {
                return true;
            }
            // "Gerrards Mannschaft", "Dolly Mengas Treffer": a genitive before a noun.
            let genitive = self.form(end - 1).ends_with('s') && !self.analysis.tokens[end - 1].common;
            if genitive
                && token.common
                && token.case == Case::Title
                && !token.hyphenated
                && !language.gazetteer.is_given(self.form(end - 1), true)
                && (head || (at..end).any(|i| language.gazetteer.is_given(self.form(i), true)))
            {
                return false;
            }
            let unknown =
                !token.common || language.gazetteer.is_name(form) || matches!(token.case, Case::Upper | Case::Mixed);
            if token.hyphenated && token.common && token.case == Case::Title {
                let authority = self
                    .analysis
                    .at(end, |e| {
                        matches!(e, Entry::Head(EntityType::GovernmentOrganization | EntityType::Organization))
                    })
                    .is_some();
                let known = self.known_at(at).is_some_and(|(l, _)| at + l == end);
                return head
                    && (authority || !known)
                    && self
                        .analysis
                        .at(end, |e| {
                            matches!(e, Entry::Context(_) | Entry::Epithet(_) | Entry::Frame(_) | Entry::Title(_))
                        })
                        .is_none();
            }
            return after_adjective
                || unknown
                || (head
                    && !token.hyphenated
                    && (end == at + 1
                        || (at..end).all(|i| {
                            !self.analysis.tokens[i].common
                                || self.analysis.tokens[i].case != Case::Title
                                || self.known_at(i).is_some()
                        })))
                || self.foreign_run(at, end);
        }
        if token.hyphenated && token.common && self.is(end, |e| matches!(e, Entry::Frame(_) | Entry::Context(_))) {
            return false;
        }
        true
    }

    /// German: inside a name of foreign words every capitalised word belongs to it.
    fn foreign_run(&self, at: usize, end: usize) -> bool {
        end >= at + 2 && (at..end).filter(|i| !self.analysis.tokens[*i].common).count() >= 2
    }

    /// After a post stands a person's name: "Kaspersky Chief Executive Eugene Kaspersky".
    fn names_person_after(&self, title: usize) -> bool {
        let length = self.analysis.at(title, |e| matches!(e, Entry::Title(_))).unwrap_or(1);
        let next = title + length;
        next < self.sentence.end
            && self.analysis.tokens[next].is_capitalized()
            && self.analysis.language.gazetteer.is_given(self.form(next), true)
    }

    /// Lower-case words and marks inside a name: "Bank of America", "Ludwig van Beethoven", "AT & T".
    fn connected(&self, at: usize, end: usize) -> Option<usize> {
        let token = &self.analysis.tokens[end];
        let next = end + 1;
        let follows = |i: usize| {
            i < self.sentence.end
                && self.analysis.tokens[i].is_capitalized()
                && !self.is(i, |e| matches!(e, Entry::Title(_)))
        };
        if token.lower == "&" && follows(next) {
            return Some(next + 1);
        }
        if self.is(end, |e| *e == Entry::GenitiveMark)
            && !token.is_word()
            && follows(next)
            && self.is_possessed(at, end, next)
        {
            return Some(next + 1);
        }
        if token.case != Case::Lower || token.hyphenated {
            return None;
        }
        let native = self.is(end, |e| matches!(e, Entry::Article | Entry::Preposition | Entry::Locative));
        // "Ursula von der Leyen", but not "Sergio Agüero von Manchester City".
        let person = !native
            || (end == at + 1
                && !self.is(end, |e| *e == Entry::Locative)
                && self.known_at(next).is_none()
                && !self.analysis.tokens[next.min(self.sentence.end - 1)].common);
        if person
            && self.is(end, |e| *e == Entry::PersonConnector)
            && follows(next)
            && self.analysis.language.gazetteer.is_given(self.form(at), true)
            && !self.is(end, |e| *e == Entry::Conjunction)
        {
            return Some(next);
        }
        let mut second = next;
        while second < next + 2
            && !follows(second)
            && self.is(second, |e| matches!(e, Entry::Connector | Entry::Article))
        {
            second += 1;
        }
        if !self.is(end, |e| *e == Entry::Connector) || !follows(second) {
            return None;
        }
        let authority =
            |i: usize| self.analysis.language.head(self.form(i)) == Some(EntityType::GovernmentOrganization);
        if end > at + 2
            && authority(at)
            && authority(second)
            && self.is(end, |e| *e == Entry::Of)
            && self.is(second + 1, |e| *e == Entry::Of)
        {
            return None;
        }
        if self.analysis.language.capital_nouns
            && self.is(end, |e| matches!(e, Entry::Article | Entry::Locative | Entry::Of))
            && !self.is_foreign_connector(end)
        {
            // "Bundesamt für Sicherheit in der Informationstechnik", but not "Arena in Wheeling".
            let inside = (at..end)
                .any(|i| self.analysis.tokens[i].case == Case::Lower && self.is(i, |e| *e == Entry::Preposition));
            if !inside || self.known_at(second).is_some() {
                return None;
            }
        }
        self.head_joins(at, end, second).then_some(second)
    }

    /// "Rady Children's Hospital", "Belfast Magistrates' Court": a possessor inside a name that a head closes.
    fn is_possessed(&self, at: usize, end: usize, next: usize) -> bool {
        let language = self.analysis.language;
        let closed = next + 1 >= self.sentence.end || !self.analysis.tokens[next + 1].is_capitalized();
        let known = (at..end)
            .any(|i| self.known_at(i).is_some_and(|(l, k)| i + l == end && (i == at || k.kind != EntityType::Place)));
        let person =
            language.gazetteer.is_given(self.form(at), true) || language.gazetteer.is_surname(self.form(end - 1));
        let head = language
            .head(self.form(next))
            .is_some_and(|k| !matches!(k, EntityType::Person | EntityType::Product | EntityType::Work));
        closed
            && head
            && !known
            && !person
            && self.style == Style::Running
            && !self.is(next, |e| matches!(e, Entry::Never | Entry::Epithet(_) | Entry::Context(_)) && end == at + 1)
    }

    /// A connector that is no word of the article's own language ("of").
    fn is_foreign_connector(&self, at: usize) -> bool {
        !self.is(at, |e| matches!(e, Entry::Article | Entry::Preposition))
    }

    /// A head before the connector ("Ministry of Defence") or, after "and", at the run's end.
    fn head_joins(&self, at: usize, end: usize, next: usize) -> bool {
        let language = self.analysis.language;
        let heads = |range: Range<usize>| {
            range.clone().any(|i| {
                language.head(self.form(i)).is_some_and(|k| !matches!(k, EntityType::Person | EntityType::Product))
            })
        };
        if self.is(end, |e| *e == Entry::Conjunction) {
            let connected = (at..end).any(|i| self.analysis.tokens[i].case == Case::Lower);
            let known = self.known_at(next).is_some_and(|(_, k)| !k.adjective);
            let mut close = next;
            while close < self.sentence.end && self.analysis.tokens[close].is_capitalized() {
                close += 1;
            }
            let authority =
                close > next + 1 && language.head(self.form(close - 1)) == Some(EntityType::GovernmentOrganization);
            let plain =
                (at..end).all(|i| !matches!(language.head(self.form(i)), Some(EntityType::GovernmentOrganization)));
            let whole = self.known_at(at).is_some_and(|(l, k)| at + l == end && k.kind != EntityType::Place);
            let office = authority && plain && !whole && end - at <= 2;
            return !known
                && !language.capital_nouns
                && (office
                    || (connected && heads(at..end))
                    || (heads(next + 1..close) && !heads(at..end) && end - at <= 2 && self.known_at(at).is_none()))
                || (language.capital_nouns && connected && self.foreign_run(at, end));
        }
        let foreign = !self.is(end, |e| {
            matches!(e, Entry::Article | Entry::Preposition | Entry::Conjunction | Entry::Of | Entry::PersonConnector)
        });
        // "Game of Thrones" in a text of another language, "Color of Change".
        let single = end == at + 1
            && !is_initial(self.analysis, &self.sentence, at)
            && self.style == Style::Running
            && self.known_at(at).is_none()
            && self.known_at(next).is_none();
        let apart = self.is(at, |e| {
            matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::Epithet(_) | Entry::Month(_) | Entry::Weekday(_))
        });
        let pure = !language.capital_nouns
            && !language.bare_genitive
            && !language.lower_names
            && single
            && !apart
            && self.is(end, |e| *e == Entry::Of)
            && !self.is(end, |e| *e == Entry::Locative)
            && self.analysis.tokens[at].common;
        if foreign || pure {
            return true;
        }
        let place = self.is(end, |e| *e == Entry::Locative)
            && self.known_at(next).is_some_and(|(_, k)| k.kind == EntityType::Place);
        let mixed =
            language.capital_nouns && !self.analysis.tokens[at].common && !self.is(end, |e| *e == Entry::Preposition);
        heads(at..end) && !place || mixed
    }

    /// Trims what is no part of the name, and votes.
    fn finish(&self, mut at: usize, mut end: usize, known: Option<Known>) -> Option<Name> {
        if known.is_none() {
            while at < end && self.is(at, |e| *e == Entry::Article) && self.analysis.tokens[at].lower.len() <= 3 {
                at += 1;
            }
            let lowered = self.is_lowered(at);
            while end > at
                && !lowered
                && !self.analysis.tokens[end - 1].is_capitalized()
                && self.analysis.tokens[end - 1].case == Case::Lower
                && !self.analysis.tokens[end - 1].hyphenated
            {
                end -= 1;
            }
            if at == end || (end - at == 1 && self.alone_is_nothing(at)) {
                return None;
            }
        }
        let mut name = Name {
            tokens: at..end,
            span: self.analysis.span(at..end),
            votes: Votes::default(),
            known,
            institution: false,
        };
        self.vote_inside(&mut name);
        self.vote_outside(&mut name);
        Some(name)
    }

    fn alone_is_nothing(&self, at: usize) -> bool {
        self.is(at, |e| {
            matches!(
                e,
                Entry::Never
                    | Entry::Honorific
                    | Entry::CompanyForm
                    | Entry::Title(_)
                    | Entry::Scale(_)
                    | Entry::NumberWord(_)
                    | Entry::Currency(_)
            )
        }) || self.analysis.tokens[at].lower.chars().count() < 2
            || self.form(at).ends_with('.') && self.form(at).len() == 2
    }

    /// What the words of the name say.
    fn vote_inside(&self, name: &mut Name) {
        use EntityType::*;
        let language = self.analysis.language;
        let gazetteer = &language.gazetteer;
        let range = name.tokens.clone();
        if let Some(known) = &name.known {
            name.votes.add(known.kind, if known.doubtful { 3.0 } else { 10.0 });
        }
        let (first, last) = (range.start, range.end - 1);
        if self.is(last, |e| *e == Entry::CompanyForm) && range.len() > 1 {
            name.votes.add(Organization, 8.0);
        }
        // In English and German the head closes a name, in French and Indonesian it begins it.
        for (i, weight) in [(first, 4.0), (last, 5.0)] {
            if let Some(kind) = language.head(self.form(i)).filter(|_| range.len() > 1 || language.capital_nouns) {
                if i == first && range.len() > 1 && !self.decides(&range, kind) {
                    name.votes.add(Organization, 1.5);
                } else {
                    name.votes.add(kind, weight);
                }
            }
        }
        // "Virginia Barat": a place and where in it.
        if language.bare_genitive
            && range.len() == 2
            && self.analysis.tokens[last].common
            && gazetteer
                .at(&self.analysis.document.text, &self.analysis.tokens[first..self.sentence.end])
                .is_some_and(|(l, k)| l == 1 && k.kind == Place)
        {
            name.votes.add(Place, 6.0);
        }
        if range.len() > 1 && gazetteer.is_given(self.form(first), true) {
            name.votes.add(Person, if gazetteer.is_given(self.form(first), false) { 4.5 } else { 3.0 });
        }
        if gazetteer.is_surname(self.form(last)) {
            let bare = range.len() == 1 || self.is_common(first);
            name.votes.add(Person, if bare { 1.5 } else { 2.5 });
        }
        if range.len() == 1 && gazetteer.is_given(self.form(first), false) {
            name.votes.add(Person, 1.0);
        }
        let mixed =
            range.clone().any(|i| self.analysis.tokens[i].case == Case::Mixed && !self.analysis.tokens[i].hyphenated);
        let upper = range.len() == 1 && self.analysis.tokens[first].case == Case::Upper;
        if mixed {
            name.votes.add(Organization, 1.5);
        }
        if upper {
            name.votes.add(Organization, 2.0);
        }
        let digits = range.clone().any(|i| self.form(i).chars().any(|c| c.is_ascii_digit()));
        if digits {
            name.votes.add(Product, 2.5);
        }
        let plain = range.clone().all(|i| matches!(self.analysis.tokens[i].case, Case::Title | Case::Lower));
        let given = gazetteer.is_given(self.form(first), true);
        if (2..=3).contains(&range.len()) && plain && !digits {
            // "Technical Difficulties", "World Vision": common words name no person.
            let common = range.clone().filter(|i| self.is_common(*i)).count();
            if common == range.len() || (common > 0 && !given) {
                name.votes.add(Organization, 1.5);
            } else {
                name.votes.add(Person, 1.2);
            }
        }
        // "Danone Indonesia", "Facebook Gaming": what bears a known organisation's name first.
        if range.len() > 1
            && name.known.is_none()
            && self.known_at(first).is_some_and(|(l, k)| l < range.len() && !k.doubtful && k.kind == Organization)
        {
            name.votes.add(Organization, 2.5);
        }
        let quoted = first > self.sentence.start
            && self.is_mark(first - 1)
            && last + 1 < self.sentence.end
            && self.is_mark(last + 1);
        if quoted && name.known.is_none() {
            name.votes.add(Work, if range.len() > 1 { 2.0 } else { 0.5 });
        }
    }

    /// Whether a head that begins a name decides what it names: "Department of Justice", "Amtsgericht Hamburg",
    /// but not "Office Smith".
    fn decides(&self, range: &Range<usize>, kind: EntityType) -> bool {
        let rest = range.start + 1..range.end;
        match kind {
            EntityType::GovernmentOrganization if !self.analysis.language.bare_genitive => {
                rest.clone().any(|i| self.analysis.tokens[i].case == Case::Lower)
                    || rest.clone().any(|i| self.known_at(i).is_some_and(|(_, k)| k.kind == EntityType::Place))
            }
            EntityType::Product => {
                rest.clone().any(|i| self.form(i).chars().any(|c| c.is_ascii_digit()))
                    || rest.clone().all(|i| self.is_common(i))
            }
            _ => true,
        }
    }

    /// Whether a word is a common one here or in English, and no part of persons' names.
    fn is_common(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        let gazetteer = &self.analysis.language.gazetteer;
        (token.common || self.analysis.language.is_foreign_common(&token.lower))
            && !gazetteer.is_given(self.form(at), false)
            && !gazetteer.is_surname(self.form(at))
    }

    /// Whether a token is a quotation mark.
    fn is_mark(&self, at: usize) -> bool {
        matches!(self.analysis.tokens[at].lower.as_str(), "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "‚")
    }

    /// What stands before and after the name.
    fn vote_outside(&self, name: &mut Name) {
        use EntityType::*;
        let range = name.tokens.clone();
        if range.start > self.sentence.start {
            self.vote_before(range.start, name);
        }
        let next = range.end;
        if next >= self.sentence.end {
            return;
        }
        if self.is(next, |e| *e == Entry::Speech) {
            name.votes.add(Person, 1.0);
            name.votes.add(Organization, 0.7);
        }
        if self.is(next, |e| *e == Entry::GenitiveMark) {
            name.votes.add(Person, 0.2);
            name.votes.add(Organization, 0.4);
        }
        if matches!(self.analysis.tokens[next].lower.as_str(), "," | "(" | "–") {
            self.vote_apposition(next + 1, name);
        }
        if !self.analysis.language.bare_genitive
            && let Some(kind) = self.context_ending(next, true)
        {
            name.votes.add(kind, 1.5);
        }
    }

    fn context_ending(&self, at: usize, starts: bool) -> Option<EntityType> {
        let hit = |i: usize, end: usize| {
            self.analysis.hits[i].iter().find_map(|h| match h.entry {
                Entry::Context(kind) if starts || i + h.length == end => Some(kind),
                _ => None,
            })
        };
        if starts {
            return hit(at, at);
        }
        (at.saturating_sub(3).max(self.sentence.start)..at).find_map(|i| hit(i, at))
    }

    fn vote_before(&self, start: usize, name: &mut Name) {
        use EntityType::*;
        let ends_here = |wanted: &dyn Fn(&Entry) -> bool| {
            (start.saturating_sub(5).max(self.sentence.start)..start)
                .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == start && wanted(&h.entry)))
        };
        if ends_here(&|e| *e == Entry::Honorific) {
            name.votes.add(Person, 6.0);
        } else if ends_here(&|e| matches!(e, Entry::Title(_))) {
            // "pendiri Technical Difficulties": where a possessor follows bare, common words speak against a person.
            let given = self.analysis.language.gazetteer.is_given(self.form(start), false);
            let common = name.tokens.clone().any(|i| self.is_common(i)) && !given;
            match self.analysis.language.bare_genitive {
                true if common => name.votes.add(Organization, 2.0),
                true => name.votes.add(Person, 2.0),
                false => name.votes.add(Person, 4.5),
            }
        } else if let Some(kind) = self.context_ending(start, false) {
            name.votes.add(kind, 3.5);
        } else if ends_here(&|e| *e == Entry::Locative) {
            let plain = name.tokens.clone().all(|i| self.analysis.tokens[i].case == Case::Title);
            let bare = name.tokens.len() == 1 && plain;
            let given = self.analysis.language.gazetteer.is_given(self.form(start), true);
            name.votes.add(Place, if bare || (plain && !given) { 1.6 } else { 0.8 });
        } else if ends_here(&|e| *e == Entry::Speech)
            && name.tokens.clone().all(|i| self.analysis.tokens[i].case == Case::Title)
        {
            name.votes.add(Person, 1.5);
        }
        // "president of Georgia IT Consulting"
        let of = (start.saturating_sub(2).max(self.sentence.start)..start).find(|i| {
            self.is(*i, |e| *e == Entry::Of) && (*i + 1 == start || self.is(*i + 1, |e| *e == Entry::Article))
        });
        if let Some(of) = of.filter(|_| name.known.is_none() && name.tokens.len() > 1) {
            let given = self.analysis.language.gazetteer.is_given(self.form(start), false);
            if self.after_title(of) && !given {
                name.votes.add(Organization, 1.5);
            }
        }
        // "province de Guizhou", "city of Palu"
        if let Some(of) = of.filter(|_| name.known.is_none())
            && self.context_ending(of, false) == Some(Place)
        {
            name.votes.add(Place, 2.5);
        }
        // "Birkenhead, Merseyside", "Marlow (Buckinghamshire)"
        let comma =
            start >= self.sentence.start + 2 && matches!(self.analysis.tokens[start - 1].lower.as_str(), "," | "(");
        if comma && name.known.is_none() && name.tokens.len() <= 2 {
            let before = (start.saturating_sub(5).max(self.sentence.start)..start - 1)
                .any(|i| self.known_at(i).is_some_and(|(l, k)| i + l == start - 1 && k.kind == Place && !k.adjective));
            let located = self.is(start.saturating_sub(3).max(self.sentence.start), |e| *e == Entry::Locative);
            if before || located {
                name.votes.add(Place, if before { 1.6 } else { 1.0 });
            }
        }
    }

    /// ", founder of", ", a company", ", 48,", ", California".
    fn vote_apposition(&self, from: usize, name: &mut Name) {
        use EntityType::*;
        let end = self.sentence.end.min(from + 5);
        if from < end
            && self.analysis.tokens[from].lower.parse::<u8>().is_ok_and(|n| n > 15)
            && self.analysis.tokens.get(from + 1).is_some_and(|t| !t.is_word())
        {
            name.votes.add(Person, 3.0);
        }
        for i in from..end {
            if i > from && !self.analysis.tokens[i].is_word() {
                break;
            }
            if self.is(i, |e| matches!(e, Entry::Title(_))) {
                name.votes.add(Person, 3.5);
                return;
            }
            if let Some(kind) = self.context_ending(i, true) {
                name.votes.add(kind, 2.5);
                return;
            }
            if self.is(i, |e| matches!(e, Entry::Preposition | Entry::Speech | Entry::Copula | Entry::Relative))
                || self.analysis.tokens[i].is_capitalized()
            {
                break;
            }
        }
    }
}
