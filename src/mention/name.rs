//! Names: capitalised stretches and known names, with votes for what they name.

use super::vote::Votes;
use super::{acronym, institution, settle};
use crate::analysis::{Analysis, Case, Token};
use crate::language::{Entry, Known};
use crate::record::EntityType;
use crate::text::Span;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

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

impl Name {
    /// Whether another name is this institution's own: all of it, the "Pasteur" of "lycée Pasteur", or its field, the
    /// "Commerce" of "ministère du Commerce".
    fn covers(&self, other: &Self) -> bool {
        let kind = other.votes.winner();
        let own = self.votes.winner() == EntityType::Organization && kind != EntityType::Place;
        let field = other.known.is_none() && !matches!(kind, EntityType::Place | EntityType::Person);
        let inside = self.tokens.start <= other.tokens.start && other.tokens.end <= self.tokens.end;
        self.tokens == other.tokens || (own || field) && inside
    }
}

/// Every name of the text, in text order; an institution comes before the name inside it.
pub fn find(analysis: &Analysis) -> Vec<Name> {
    let seen = Seen::new(analysis);
    let mut names = Vec::new();
    for sentence in &analysis.sentences {
        let style = Style::of(analysis, sentence);
        let finder = Finder { analysis, sentence: sentence.clone(), style, seen: &seen };
        let mut found = finder.find();
        for range in acronym::spelled(analysis, sentence) {
            finder.redraw(&mut found, range);
        }
        let institutions = institution::find(analysis, sentence, &found);
        names.extend(found.into_iter().filter(|n| !institutions.iter().any(|i| i.covers(n))));
        names.extend(institutions);
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    let surnames = surnames(analysis, &names);
    names.extend(surnames);
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// The name that a range of tokens is, with what its words and its surroundings vote for.
pub(super) fn at(analysis: &Analysis, tokens: Range<usize>) -> Name {
    let sentence = analysis.sentences[analysis.tokens[tokens.start].sentence].clone();
    let style = Style::of(analysis, &sentence);
    let seen = Seen::default();
    let finder = Finder { analysis, sentence, style, seen: &seen };
    let known = finder.known_at(tokens.start).filter(|(length, _)| tokens.start + length == tokens.end);
    finder.name(tokens, known.map(|k| k.1))
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
pub(super) enum Style {
    /// As in running text.
    Running,
    /// Every Main Word of a Headline.
    TitleCase,
    /// ALL OF THEM.
    AllCaps,
}

impl Style {
    fn of(analysis: &Analysis, sentence: &Range<usize>) -> Style {
        let tokens = &analysis.tokens[sentence.clone()];
        // Of a headline's compounds, the first part tells: "Blak-blakan".
        let headline = tokens.last().is_some_and(|t| t.lower != ".");
        let part = |t: &Token| headline && t.hyphenated;
        let words: Vec<_> = tokens.iter().filter(|t| t.is_word() && !part(t) && t.lower.chars().count() > 3).collect();
        // A headline has no full stop; a sentence of many names has one small word at least.
        let share = if headline { 8 } else { 10 };
        let upper = words.iter().filter(|t| t.case == Case::Upper).count();
        let capital = words.iter().filter(|t| t.is_capitalized()).count();
        if words.len() >= 3 && upper * 10 >= words.len() * 8 {
            Style::AllCaps
        } else if words.len() >= 4 && capital * 10 >= words.len() * share && !analysis.language.capital_nouns {
            Style::TitleCase
        } else {
            Style::Running
        }
    }
}

/// How many different words of sport make an article one of sport.
const SPORT_WORDS: usize = 5;

/// Words that occur with a capital, or without, where it tells something.
#[derive(Default)]
pub(super) struct Seen {
    capital: HashSet<String>,
    lower: HashSet<String>,
    /// Whether the article tells of matches between teams, which bear the names of their towns.
    pub(super) sport: bool,
}

impl Seen {
    fn new(analysis: &Analysis) -> Self {
        let told = analysis.tokens.iter().filter(|t| analysis.language.is_sport(&t.lower, &t.lemma));
        let words: HashSet<&str> = told.map(|t| t.lemma.as_str()).collect();
        let mut seen = Seen { capital: HashSet::new(), lower: HashSet::new(), sport: words.len() >= SPORT_WORDS };
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
pub(super) fn is_initial(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> bool {
    at == sentence.start
        || (!analysis.tokens[at - 1].is_word()
            && !matches!(analysis.tokens[at - 1].lower.as_str(), "," | ")" | "'s" | "&" | "/" | "'"))
}

pub(super) struct Finder<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) sentence: Range<usize>,
    pub(super) style: Style,
    pub(super) seen: &'a Seen,
}

impl Finder<'_> {
    fn find(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            match self.quoted(at).or_else(|| self.name_at(at)) {
                Some(name) => {
                    at = name.tokens.end;
                    names.push(name);
                }
                None => at += self.passed(at),
            }
        }
        names
    }

    /// How many tokens to pass where no name begins: a currency holds none ("dolar AS"), nor does a post of several
    /// words ("Direktur Utama"), but for the word for an organisation in it ("Kepala Badan").
    fn passed(&self, at: usize) -> usize {
        let currency = self.analysis.at(at, |e| matches!(e, Entry::Currency(_)));
        let post = self.analysis.at(at, |e| matches!(e, Entry::Title(_)));
        let post = post.filter(|_| self.analysis.language.bare_genitive);
        let end = self.sentence.end.min(at + currency.or(post).unwrap_or(1));
        (at + 1..end).find(|i| currency.is_none() && self.is_organized(*i)).unwrap_or(end) - at
    }

    /// Whether a word is one for an organisation, with which its name may begin.
    fn is_organized(&self, at: usize) -> bool {
        use EntityType::{GovernmentOrganization, Organization};
        let noun = |e: &Entry| matches!(e, Entry::Context(Organization) | Entry::Epithet(Organization));
        match self.analysis.language.head(self.form(at)) {
            Some(GovernmentOrganization) => true,
            Some(Organization) => self.is(at, noun),
            _ => false,
        }
    }

    /// Makes one name of a stretch that an acronym spells, unless a name reaches beyond it.
    fn redraw(&self, names: &mut Vec<Name>, range: Range<usize>) {
        let over = |n: &Name| n.tokens.start < range.end && range.start < n.tokens.end;
        let beyond = |n: &Name| n.tokens.start < range.start || n.tokens.end > range.end;
        if names.iter().any(|n| over(n) && (beyond(n) || n.tokens == range)) {
            return;
        }
        names.retain(|n| !over(n));
        let mut name = self.name(range, None);
        name.votes.add(EntityType::Organization, 2.0);
        let at = names.partition_point(|n| n.tokens.start < name.tokens.start);
        names.insert(at, name);
    }

    pub(super) fn form(&self, at: usize) -> &str {
        self.analysis.words(self.analysis.tokens[at].span)
    }

    pub(super) fn is(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        at < self.sentence.end && self.analysis.at(at, wanted).is_some()
    }

    pub(super) fn known_at(&self, at: usize) -> Option<(usize, Known)> {
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
        (place && !self.is(at, |e| *e == Entry::Never))
            || context
            || marked
            || (kind == EntityType::Organization && self.is_listed(at..at + 1, kind))
    }

    fn name_at(&self, at: usize) -> Option<Name> {
        // "US$"
        let sign = |t: &Token| t.lower == "$" && t.span.start == self.analysis.tokens[at].span.end;
        if self.analysis.tokens.get(at + 1).is_some_and(sign) {
            return None;
        }
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
                    && !self.analysis.language.is_institution(self.form(at))
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

    /// Whether a name can begin at this token.
    fn starts(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        // "@anna_b": an account.
        if at > self.sentence.start && self.analysis.tokens[at - 1].lower == "@" {
            return token.is_word() && token.span.start == self.analysis.tokens[at - 1].span.end;
        }
        if !token.is_capitalized() || token.lower.chars().count() < 2 || token.lower.ends_with('\'') {
            return false;
        }
        // "20H30"
        if token.lower.starts_with('h') && token.lower.len() > 1 && token.lower[1..].bytes().all(|b| b.is_ascii_digit())
        {
            return false;
        }
        if self.is_field_of_post(at) {
            return false;
        }
        let never = !self.is_given_month(at)
            && self.is(at, |e| matches!(e, Entry::Never | Entry::Month(_) | Entry::Weekday(_) | Entry::Currency(_)));
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

    /// "Jan Oblak": a month's name as a given name, before a word that is none and after no number.
    fn is_given_month(&self, at: usize) -> bool {
        let dated = at > self.sentence.start && self.analysis.tokens[at - 1].case == Case::None;
        self.is(at, |e| matches!(e, Entry::Month(_)))
            && !dated
            && self.joins_next(at)
            && self.analysis.tokens[at + 1].case == Case::Title
            && !self.analysis.tokens[at + 1].common
            && self.known_at(at + 1).is_none()
            && self.analysis.language.gazetteer.is_given(self.form(at), true)
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
        let headed = next_capital && (!self.seen.lower.contains(&token.lower) || self.heads_unknown(at));
        named || !token.common || elsewhere || headed
    }

    /// "Bandara Zaventem", "Bank Wijaya": where the head comes first, the word for an authority, an organisation or a
    /// place begins the name that an unknown word goes on with, though it stands as a common noun elsewhere.
    fn heads_unknown(&self, at: usize) -> bool {
        use EntityType::{GovernmentOrganization, Organization, Place};
        let language = self.analysis.language;
        language.bare_genitive
            && matches!(language.head(self.form(at)), Some(GovernmentOrganization | Organization | Place))
            && !self.analysis.tokens[at + 1].common
            && self.known_at(at + 1).is_none()
    }

    pub(super) fn joins_next(&self, at: usize) -> bool {
        at + 1 < self.sentence.end && self.analysis.tokens[at + 1].is_capitalized()
    }

    /// German: a noun of the dictionary is no name unless it is known as one.
    fn german_start(&self, at: usize, initial: bool, named: bool) -> bool {
        let token = &self.analysis.tokens[at];
        let form = self.form(at);
        if matches!(token.case, Case::Upper | Case::Mixed) && form.chars().count() > 1 {
            return !initial || !token.common || named;
        }
        let told = self.is_formed(at) || self.is_before_post(at);
        if told || self.is_institution_noun(at) || self.is_headed(at) || self.english_run(at) > at + 1 {
            return true;
        }
        if initial {
            return named || !token.common;
        }
        named || !token.common || self.is_capital_adjective(at)
    }

    /// "Nordbank AG", "Hexa Chips GmbH": common as its words may be, what stands before the letters of a legal form.
    fn is_formed(&self, at: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let letters = |i: usize| {
            self.is(i, |e| *e == Entry::CompanyForm)
                && matches!(tokens[i].case, Case::Upper | Case::Mixed)
                && !tokens[i].hyphenated
        };
        let plain = |i: usize| {
            !self.is(i, |e| matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::Epithet(_) | Entry::Never))
        };
        plain(at) && (letters(at + 1) || self.joins_next(at) && plain(at + 1) && letters(at + 2))
    }

    /// "Handelsministerium", "Bundeskartellamt": a compound that ends in the name of an authority.
    fn is_institution_noun(&self, at: usize) -> bool {
        let form = self.form(at);
        let language = self.analysis.language;
        // "die Statistikbehörde INDEC"
        let named = self.joins_next(at)
            && self.analysis.tokens[at + 1].case == Case::Upper
            && !self.analysis.tokens[at + 1].hyphenated;
        language.head(form) == Some(EntityType::GovernmentOrganization)
            && !named
            && form.chars().count() > 9
            && !self.is(at, |e| matches!(e, Entry::Never | Entry::Title(_) | Entry::Context(_) | Entry::Epithet(_)))
    }

    /// "Klinikum Bergheim", "Brauerei Thalheim": an organisation's noun and the place that it is named after.
    fn is_headed(&self, at: usize) -> bool {
        let next = at + 1;
        if self.analysis.language.head(self.form(at)) != Some(EntityType::Organization) || !self.joins_next(at) {
            return false;
        }
        let token = &self.analysis.tokens[next];
        let class = self.is(at, |e| matches!(e, Entry::Title(_))) || settle::class(self.analysis, at).is_some();
        let other = |e: &Entry| matches!(e, Entry::Title(_) | Entry::Honorific | Entry::Never | Entry::Context(_));
        let place = self.known_at(next).is_some_and(|(_, k)| k.kind == EntityType::Place && !k.adjective);
        let unknown = !token.common && token.case == Case::Title && self.known_at(next).is_none();
        !token.hyphenated
            && !self.is(next, other)
            && !self.analysis.language.gazetteer.is_given(self.form(next), true)
            && (place || unknown && !class)
    }

    /// "Deutsche" in "Deutsche Bank": an adjective with a capital inside a sentence.
    pub(super) fn is_capital_adjective(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        self.joins_next(at)
            && token.case == Case::Title
            && self.analysis.language.is_adjective_form(self.form(at), &token.lower)
            && !self.analysis.tokens[at + 1].hyphenated
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
            if at == end || (end - at == 1 && self.alone_is_nothing(at)) || self.is_shouted(at..end) {
                return None;
            }
        }
        Some(self.name(at..end, known))
    }

    pub(super) fn name(&self, tokens: Range<usize>, known: Option<Known>) -> Name {
        let span = self.analysis.span(tokens.clone());
        let mut name = Name { tokens, span, votes: Votes::default(), known, institution: false };
        self.vote_inside(&mut name);
        self.vote_outside(&mut name);
        name
    }

    /// "YOU FOR STANDING UP": common words in capitals.
    fn is_shouted(&self, range: Range<usize>) -> bool {
        range.len() > 1
            && range.clone().all(|i| {
                let token = &self.analysis.tokens[i];
                let known = token.common || self.analysis.language.is_foreign_common(&token.lower);
                token.case == Case::Upper && known && token.lower.chars().count() > 1
            })
            && range.clone().any(|i| self.form(i).chars().count() > 4)
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
            || self.form(at).chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
    }
}
