//! What the words of a name and its surroundings say of its type.

use super::name::{Finder, Name};
use super::settle;
use crate::analysis::Case;
use crate::language::{Entry, Known};
use crate::record::EntityType;
use std::ops::Range;

/// What the word for something that companies have weighs beside a name.
const BELONGING: f32 = 2.0;

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

impl Finder<'_> {
    /// What the words of the name say.
    pub(super) fn vote_inside(&self, name: &mut Name) {
        use EntityType::*;
        let language = self.analysis.language;
        let gazetteer = &language.gazetteer;
        let range = name.tokens.clone();
        if let Some(known) = &name.known {
            name.votes.add(known.kind, if known.doubtful { 3.0 } else { 10.0 });
            if self.is_team(&name.tokens, known) {
                name.votes.add(Organization, 12.0);
            }
        }
        let (first, last) = (range.start, range.end - 1);
        if self.is(last, |e| *e == Entry::CompanyForm) && range.len() > 1 {
            name.votes.add(Organization, 8.0);
        }
        // In English and German the head closes a name, in French and Indonesian it begins it.
        let weights = if language.bare_genitive { (6.0, 5.0) } else { (4.0, 5.0) };
        for (i, weight) in [(first, weights.0), (last, weights.1)] {
            let alone =
                |kind: &EntityType| range.len() > 1 || language.capital_nouns || *kind == GovernmentOrganization;
            if let Some(kind) = language.head(self.form(i)).filter(alone) {
                if i == first && range.len() > 1 && !self.decides(&range, kind) {
                    name.votes.add(Organization, 1.5);
                } else {
                    name.votes.add(kind, weight);
                }
            }
        }
        // "Civil Aviation Authority of Nepal"
        let joint = |i: &usize| self.analysis.tokens[*i].case == Case::Lower && self.is(*i, |e| *e == Entry::Of);
        if let Some(of) = (first + 2..last).find(joint)
            && let Some(kind) = language.head(self.form(of - 1)).filter(|k| *k != Person)
        {
            name.votes.add(kind, 5.0);
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
        if first > self.sentence.start && self.analysis.tokens[first - 1].lower == "@" {
            name.votes.add(Person, 3.0);
        }
        if self.form(last) == "+" {
            name.votes.add(Product, 12.0);
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
            name.votes.add(Organization, 4.0);
        }
        let quoted = first > self.sentence.start
            && self.is_mark(first - 1)
            && last + 1 < self.sentence.end
            && self.is_mark(last + 1);
        if quoted && name.known.is_none() {
            name.votes.add(Work, if range.len() > 1 { 2.0 } else { 0.5 });
        }
    }

    /// "Liverpool won": a town's name in a report of a match, where nothing is said to be in the town.
    fn is_team(&self, range: &Range<usize>, known: &Known) -> bool {
        let local = |i: usize| {
            self.analysis.hits[i].iter().any(|h| {
                i + h.length == range.start && matches!(h.entry, Entry::Locative | Entry::Context(EntityType::Place))
            })
        };
        // "PSG-Bayern"
        let paired = range.start > self.sentence.start
            && self.analysis.tokens[range.start].hyphenated
            && self
                .known_at(range.start - 1)
                .is_some_and(|(l, k)| l == 1 && k.kind == EntityType::Organization && !k.doubtful);
        (self.seen.sport || paired)
            && known.kind == EntityType::Place
            && known.finer != Some("Country")
            && !known.adjective
            && self.analysis.language.can_be_team(self.analysis.words(self.analysis.span(range.clone())))
            && !(range.start.saturating_sub(3).max(self.sentence.start)..range.start).any(local)
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
                self.analysis.tokens[range.start].case == Case::Upper
                    || rest.clone().any(|i| self.form(i).chars().any(|c| c.is_ascii_digit()))
                    || rest.clone().all(|i| self.is_common(i))
            }
            _ => true,
        }
    }

    /// Whether a word is a common one here or in English, and no part of persons' names.
    pub(super) fn is_common(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        let gazetteer = &self.analysis.language.gazetteer;
        (token.common || self.analysis.language.is_foreign_common(&token.lower))
            && !gazetteer.is_given(self.form(at), false)
            && !gazetteer.is_surname(self.form(at))
    }

    /// Whether a token is a quotation mark.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        matches!(self.analysis.tokens[at].lower.as_str(), "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "‚")
    }

    /// What stands before and after the name.
    pub(super) fn vote_outside(&self, name: &mut Name) {
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
        if self.has_belonging(next) {
            name.votes.add(Organization, BELONGING);
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
            let noun = !self.analysis.tokens[next].hyphenated
                && !self.is(next, |e| *e == Entry::Speech)
                && !self.analysis.language.lower_names
                && matches!(kind, Product | Work | Event | Place);
            name.votes.add(kind, if noun { 2.5 } else { 1.5 });
        }
        if self.is_dateline(&range) {
            name.votes.add(Place, 2.0);
        }
        if name.known.is_none() && self.is_listed(range.clone(), Organization) {
            name.votes.add(Organization, 1.5);
        }
    }

    /// "Baar, Switzerland": a place and its country, where it is or at the beginning of a text.
    fn is_dateline(&self, range: &Range<usize>) -> bool {
        let country = |i: usize| self.known_at(i).is_some_and(|(_, k)| k.finer == Some("Country") && !k.adjective);
        let first = range.start == self.sentence.start;
        let located = !first && self.is(range.start - 1, |e| *e == Entry::Locative);
        (first || located)
            && range.end + 1 < self.sentence.end
            && matches!(self.analysis.tokens[range.end].lower.as_str(), "," | "(")
            && country(range.end + 1)
            && !self.is(range.end + 2, |e| *e == Entry::GenitiveMark)
    }

    /// "Miller shares", "Miller-Aktie": what companies have, after the name of one.
    fn has_belonging(&self, at: usize) -> bool {
        let language = self.analysis.language;
        !language.bare_genitive
            && !language.lower_names
            && self.analysis.tokens[at].hyphenated == language.capital_nouns
            && self.is(at, |e| *e == Entry::Belonging)
    }

    pub(super) fn context_ending(&self, at: usize, starts: bool) -> Option<EntityType> {
        let hit = |i: usize, end: usize| {
            let nouns = self.analysis.hits[i].iter().filter_map(|h| match h.entry {
                Entry::Context(kind) if starts || i + h.length == end => Some((h.length, kind)),
                _ => None,
            });
            // "anak usaha" is not "anak".
            nouns.rev().max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
        };
        if starts {
            return hit(at, at);
        }
        (at.saturating_sub(3).max(self.sentence.start)..at).find_map(|i| hit(i, at))
    }

    /// "l'éditeur américain Lambert", "perusahaan teknologi Wijaya": an adjective or a field between.
    fn context_apart(&self, start: usize) -> Option<EntityType> {
        let language = self.analysis.language;
        if !(language.lower_names || language.bare_genitive) || start < self.sentence.start + 2 {
            return None;
        }
        let between = &self.analysis.tokens[start - 1];
        let adjective =
            |e: &Entry| matches!(e, Entry::Frame(_)) || language.lower_names && matches!(e, Entry::Title(_));
        let plain = self.analysis.hits[start - 1].iter().all(|h| adjective(&h.entry));
        let lower = between.case == Case::Lower && between.is_word() && !between.hyphenated;
        (lower && plain).then(|| self.context_ending(start - 1, false)).flatten()
    }

    /// "der Solarhersteller Helion": the organisation's noun that ends the compound before a token.
    fn compound_class(&self, start: usize) -> Option<EntityType> {
        let organized =
            |kind: &EntityType| matches!(kind, EntityType::Organization | EntityType::GovernmentOrganization);
        let compounds = self.analysis.language.capital_nouns && start > self.sentence.start;
        compounds.then(|| settle::class(self.analysis, start - 1)).flatten().filter(organized)
    }

    fn vote_before(&self, start: usize, name: &mut Name) {
        use EntityType::*;
        let ends_here = |wanted: &dyn Fn(&Entry) -> bool| {
            (start.saturating_sub(5).max(self.sentence.start)..start)
                .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == start && wanted(&h.entry)))
        };
        if ends_here(&|e| *e == Entry::Honorific) {
            name.votes.add(Person, 6.0);
        } else if ends_here(&|e| matches!(e, Entry::Title(_)))
            // "le groupe conservateur Valdor": the post is an adjective too.
            && !(self.analysis.language.lower_names && self.context_apart(start) == Some(Organization))
        {
            // "pendiri Technical Difficulties": where a possessor follows bare, common words speak against a person.
            let given = self.analysis.language.gazetteer.is_given(self.form(start), false);
            let common = name.tokens.clone().any(|i| self.is_common(i)) && !given;
            match self.analysis.language.bare_genitive {
                true if self.is_possessor(&name.tokens) || self.closes_apposed_post(&name.tokens) => {
                    name.votes.add(Organization, if name.known.is_some() { 2.5 } else { 5.0 });
                }
                true if common => name.votes.add(Organization, 2.0),
                true => name.votes.add(Person, 2.0),
                // "chip designer Arcalis": what companies are called too, before no given name.
                false
                    if self.context_ending(start, false) == Some(Organization)
                        && !self.analysis.language.gazetteer.is_given(self.form(start), true) =>
                {
                    name.votes.add(Organization, 3.5);
                }
                false => name.votes.add(Person, 4.5),
            }
        } else if let Some(kind) = self
            .context_ending(start, false)
            .or_else(|| self.context_apart(start))
            .or_else(|| self.compound_class(start))
        {
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
        // "Menteri Luar Negeri Korea Utara Ri Yong Ho": who holds a post of the place before.
        let place = |i: usize| {
            self.known_at(i).is_some_and(|(l, k)| i + l == start && k.kind == Place && !k.adjective)
                && self.after_title(i)
        };
        if self.analysis.language.bare_genitive
            && name.known.is_none()
            && (2..=4).contains(&name.tokens.len())
            && name.tokens.clone().all(|i| self.analysis.tokens[i].case == Case::Title)
            && (start.saturating_sub(4).max(self.sentence.start)..start).any(place)
        {
            name.votes.add(Person, 3.0);
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
        // "filiale de Lambert", "saham Wijaya"
        if of.is_some_and(|of| self.belongs(of)) || (self.analysis.language.bare_genitive && self.belongs(start)) {
            name.votes.add(Organization, BELONGING);
        }
        // "province de Guizhou", "city of Palu"
        if let Some(of) = of.filter(|_| name.known.is_none())
            && self.context_ending(of, false) == Some(Place)
        {
            name.votes.add(Place, 2.5);
        }
        if let Some(kind) = self.noun_apposed(start, name.tokens.end) {
            name.votes.add(kind, 3.0);
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

    /// "its rival drug, Slimora,": what the noun before a name between commas is for.
    fn noun_apposed(&self, start: usize, end: usize) -> Option<EntityType> {
        let mark = |i: usize, marks: &[&str]| marks.contains(&self.analysis.tokens[i].lower.as_str());
        let before = start.checked_sub(1).filter(|b| *b > self.sentence.start && mark(*b, &[","]))?;
        let closed = end >= self.sentence.end || mark(end, &[",", ".", ")"]);
        self.context_ending(before, false).filter(|_| closed)
    }

    /// "Mike Coupe, kepala eksekutif Sainsbury,": whether a post in apposition to a name without one ends with a name, or one
    /// that somebody becomes.
    fn closes_apposed_post(&self, range: &Range<usize>) -> bool {
        let tokens = &self.analysis.tokens;
        let comma = |i: usize| self.sentence.contains(&i) && tokens[i].lower == ",";
        let ends = |i: &usize| {
            self.analysis.hits[*i].iter().any(|h| i + h.length == range.start && matches!(h.entry, Entry::Title(_)))
        };
        let lowest = range.start.saturating_sub(5).max(self.sentence.start);
        let Some(post) = (lowest..range.start).find(ends) else { return false };
        // "menjadi direktur utama Sagara Boga"
        let copula = (post.saturating_sub(3).max(self.sentence.start)..post)
            .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == post && h.entry == Entry::Copula));
        if copula && !self.analysis.language.gazetteer.is_given(self.form(range.start), true) {
            return true;
        }
        let before = post.checked_sub(1).filter(|b| self.is(*b, |e| *e == Entry::PastMark)).unwrap_or(post);
        let Some(mark) = before.checked_sub(1).filter(|m| comma(*m)) else { return false };
        let first = (self.sentence.start..mark).rev().take_while(|i| tokens[*i].is_capitalized()).last();
        let closed = range.end >= self.sentence.end || comma(range.end) || !tokens[range.end].is_word();
        closed && first.is_some_and(|f| !self.after_title(f))
    }

    /// "pegawai Wijaya", "Direktur Wijaya, Budi Santoso": whose post it is, where possessors follow bare.
    fn is_possessor(&self, range: &Range<usize>) -> bool {
        let end = range.end;
        let named = end + 1 < self.sentence.end
            && self.analysis.tokens[end].lower == ","
            && self.analysis.tokens[end + 1].case == Case::Title
            && (self.analysis.language.gazetteer.is_given(self.form(end + 1), true) || self.is_named_alone(end + 1));
        // A name right after it is the holder's.
        let beside = end < self.sentence.end && self.is_name_part(end);
        named || beside || self.belongs(range.start)
    }

    /// Whether two to four words with capitals stand before a comma or a verb of saying: who holds the post told of before.
    fn is_named_alone(&self, at: usize) -> bool {
        let end = (at..self.sentence.end).find(|i| !self.is_name_part(*i)).unwrap_or(self.sentence.end);
        let closed = |i: usize| self.analysis.tokens[i].lower == "," || self.is(i, |e| *e == Entry::Speech);
        (2..=4).contains(&(end - at)) && end < self.sentence.end && closed(end)
    }

    /// Whether a word with a capital may be of a person's name: no post's, no organisation's, no date's, no known
    /// name but a town's ("Bima").
    fn is_name_part(&self, at: usize) -> bool {
        let other = |e: &Entry| {
            matches!(e, Entry::Title(_) | Entry::Never | Entry::CompanyForm | Entry::Month(_) | Entry::Weekday(_))
        };
        self.analysis.tokens[at].case == Case::Title
            && self.analysis.language.head(self.form(at)).is_none()
            && !self.is(at, other)
            && self.known_at(at).is_none_or(|(_, k)| k.kind == EntityType::Place && k.finer != Some("Country"))
    }

    /// "Spar und Rewe": in a row with a sure name of the type.
    pub(super) fn is_listed(&self, range: Range<usize>, kind: EntityType) -> bool {
        let sure = |i: usize| {
            let tokens = &self.analysis.tokens[i..self.sentence.end];
            let known = self.analysis.language.gazetteer.at(&self.analysis.document.text, tokens);
            known.is_some_and(|(l, k)| l == 1 && k.kind == kind && !k.doubtful && !k.adjective)
        };
        let joint = |i: usize| self.is(i, |e| *e == Entry::Conjunction);
        let (at, end) = (range.start, range.end);
        let after = end + 1 < self.sentence.end && joint(end) && sure(end + 1);
        let before = at >= self.sentence.start + 2 && joint(at - 1) && sure(at - 2);
        (after || before) && !self.is(at, |e| *e == Entry::Never)
    }

    /// Whether a word for what companies have ends before a token.
    fn belongs(&self, end: usize) -> bool {
        (end.saturating_sub(3).max(self.sentence.start)..end)
            .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == end && h.entry == Entry::Belonging))
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
                // "a video game studio": where the noun that decides comes last.
                let last = (i + 1..end)
                    .take_while(|k| self.context_ending(*k, true).is_some() && !self.analysis.language.bare_genitive)
                    .last();
                name.votes.add(last.and_then(|k| self.context_ending(k, true)).unwrap_or(kind), 2.5);
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
