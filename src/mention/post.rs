//! Names beside posts, and where a person's name begins after one.

use super::name::{Finder, Style};
use super::settle::class;
use crate::analysis::Case;
use crate::language::{Entry, Known};
use crate::record::EntityType;

impl Finder<'_> {
    /// "Jordan" in "Jordan Spieth", "Wayne" in "Wayne Rooney": a place's name as a given name.
    pub(super) fn is_given_here(&self, at: usize, known: &Known) -> bool {
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

    /// Whether a word is the last of a listed post ("ministre des Transports Jean Morel") and no name by itself, where a
    /// capital means neither a noun nor a post.
    pub(super) fn is_field_of_post(&self, at: usize) -> bool {
        let reaches = |i: usize| {
            self.analysis.hits[i].iter().any(|h| i + h.length == at + 1 && matches!(h.entry, Entry::Title(_)))
        };
        self.analysis.language.lower_names
            && (at.saturating_sub(5).max(self.sentence.start)..at).any(reaches)
            && self.known_at(at).is_none()
            && self.analysis.language.head(self.form(at)) != Some(EntityType::GovernmentOrganization)
    }

    /// "Rheinstahl-Chef Arndt Lohmann", but not "Pensionskassen-Chef": a compound that no dictionary has and that does not
    /// tell what kind of thing it is, before a post and who holds it.
    pub(super) fn is_before_post(&self, at: usize) -> bool {
        let post = at + 1;
        let token = self.analysis.tokens.get(post).filter(|_| post < self.sentence.end);
        token.is_some_and(|t| t.hyphenated)
            && self.is(post, |e| matches!(e, Entry::Title(_)))
            && self.joins_next(post)
            && !self.analysis.language.has_lemma(self.form(at))
            && class(self.analysis, at).is_none()
    }

    /// Whether a post stands right before a token.
    pub(super) fn after_title(&self, at: usize) -> bool {
        (at.saturating_sub(4).max(self.sentence.start)..at)
            .any(|i| self.analysis.hits[i].iter().any(|h| i + h.length == at && matches!(h.entry, Entry::Title(_))))
    }

    /// Where a name begins after the field of a post, and whether it looks like a person's.
    pub(super) fn after_field(&self, at: usize, end: usize) -> Option<(usize, bool)> {
        let token = |i: usize| &self.analysis.tokens[i];
        let field = |i: usize| token(i).common && token(i).case == Case::Title && self.known_at(i).is_none();
        let organized = |i: usize| {
            self.analysis.language.head(self.form(i)).is_some_and(|k| k != EntityType::Person)
                || self.is(i, |e| *e == Entry::CompanyForm)
        };
        if organized(at) {
            // "Direktur Jenderal Imigrasi Yuldi Yusman"
            let gazetteer = &self.analysis.language.gazetteer;
            let authority = self.analysis.language.head(self.form(at)) == Some(EntityType::GovernmentOrganization);
            let start = (at + 1..end).find(|i| !field(*i) && !organized(*i))?;
            let person = authority
                && self.known_at(at).is_none_or(|(l, _)| at + l <= start)
                && end - start >= 2
                && (start..end).all(|i| token(i).case == Case::Title && !token(i).common && !organized(i))
                && (start..end).any(|i| gazetteer.is_given(self.form(i), true) || gazetteer.is_surname(self.form(i)))
                && self.known_at(start).is_none();
            return person.then_some((start, true));
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
    pub(super) fn person_inside(&self, at: usize, end: usize) -> Option<usize> {
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
            && (self.after_title(at) || at > self.sentence.start && self.is(at - 1, |e| *e == Entry::Of))
        {
            // "Jubir KPK Budi Prasetyo", "pengamat dari Universitas Indonesia Budi Prasetyo"
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
        // "Purbaya Yudhi Sadewa": one unknown word before a given name may be the person's first.
        let owner = known || person > at + 1 || self.analysis.tokens[at].case != Case::Title;
        let split = known || (self.analysis.language.bare_genitive && !headed && owner);
        (surname && split).then_some(person)
    }

    /// A capitalised post before a name is no part of it ("President Biden").
    pub(super) fn title_before_name(&self, at: usize, known_length: usize) -> bool {
        let Some(length) = self.analysis.at(at, |e| matches!(e, Entry::Title(_) | Entry::Honorific)) else {
            return false;
        };
        length >= known_length
    }
}
