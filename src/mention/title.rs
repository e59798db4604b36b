//! Names in quotation marks: titles of works, papers.

use super::name::{Finder, Name, Style};
use crate::analysis::Case;
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// How long a title in marks can be, in tokens.
const QUOTED: usize = 9;

impl Finder<'_> {
    /// "la série « Poupée russe »": a stretch in marks after a word for what has a title, or written as one.
    pub(super) fn quoted(&self, at: usize) -> Option<Name> {
        let opens = at > self.sentence.start && self.is_mark(at - 1) && self.analysis.tokens[at].is_word();
        if !opens {
            return None;
        }
        let close = (at + 1..self.sentence.end.min(at + QUOTED)).find(|i| self.is_mark(*i))?;
        let end = if self.form(close - 1) == "," { close - 1 } else { close };
        let told = self
            .context_ending(at - 1, false)
            .filter(|k| *k == EntityType::Work || self.is_quoted_name(at..end, *k))
            .or_else(|| self.is_paper(at, end).then_some(EntityType::Organization))
            .filter(|_| at >= self.sentence.start + 2);
        let words =
            (at..end).all(|i| self.analysis.tokens[i].is_word() || matches!(self.form(i), ":" | "," | "'" | "’" | "-"));
        let titled = told.is_some() && self.analysis.tokens[at].case != Case::Lower || self.is_title(at..end);
        (words && titled).then(|| {
            let mut name = self.name(at..end, self.known_at(at).filter(|(l, _)| at + l == end).map(|k| k.1));
            name.votes.add(told.unwrap_or(EntityType::Work), 4.0);
            name
        })
    }

    /// „Prisma“ after "Magazin": few words with capitals, where common nouns have them.
    fn is_quoted_name(&self, words: Range<usize>, kind: EntityType) -> bool {
        self.analysis.language.capital_nouns
            && matches!(kind, EntityType::Organization | EntityType::Product)
            && words.len() <= 3
            && words.clone().all(|i| self.analysis.tokens[i].is_capitalized())
    }

    /// "der „Hansezeitung“", where common nouns have capitals: an article, and in marks a word that papers are named with.
    fn is_paper(&self, at: usize, end: usize) -> bool {
        let article =
            at >= self.sentence.start + 2 && self.is(at - 2, |e| matches!(e, Entry::Article | Entry::Definite));
        let head = self.analysis.language.head(self.form(end - 1)) == Some(EntityType::Organization);
        article && head && self.is_quoted_name(at..end, EntityType::Organization)
    }

    /// "The Lighthouse Keeper": several words in marks, all with capitals but small ones, and no nickname within a name.
    fn is_title(&self, range: Range<usize>) -> bool {
        let capital = |i: usize| self.analysis.tokens[i].is_capitalized();
        let small = |i: usize| self.analysis.tokens[i].lower.chars().count() <= 3;
        let nickname = range.start >= self.sentence.start + 2 && capital(range.start - 2);
        range.len() >= 2
            && self.style == Style::Running
            && !self.analysis.language.capital_nouns
            && !nickname
            && capital(range.start)
            && capital(range.end - 1)
            && range.clone().all(|i| capital(i) || small(i))
    }
}
