//! Where Universal Dependencies sees other words than the blanks show: `multiword.toml`.

use super::files::{self, Hyphens};
use std::collections::{HashMap, HashSet};

/// One language's rules, ready for use. Apostrophes are straight ones here.
pub struct Multiword {
    /// What becomes of a hyphen between two words.
    pub hyphens: Hyphens,
    /// Whether the words of a capitalised form begin with a capital too.
    pub keeps_case: bool,
    /// Whether a blank may part the thousands of one word ("80 000").
    pub blanks_in_numbers: bool,
    /// Whether several marks of exclamation or question are one word.
    pub runs_of_marks: bool,
    /// Whether a letter and the full stop after it are one word.
    pub initials: bool,
    joined: HashSet<String>,
    keep: HashSet<String>,
    elided: HashSet<String>,
    tails: Vec<String>,
    clitics: Vec<String>,
    known_clitics: Vec<String>,
    abbreviations: HashSet<String>,
    units: HashSet<String>,
    verb_endings: Vec<String>,
    infinitives: Vec<String>,
    words: HashMap<String, Vec<String>>,
    plain: HashMap<String, HashSet<String>>,
}

impl Multiword {
    /// The rules of a file.
    pub(super) fn new(file: files::Multiword) -> Self {
        let longest_first = |mut list: Vec<String>| {
            list.sort_by_key(|e| std::cmp::Reverse(e.len()));
            list
        };
        Self {
            hyphens: file.hyphens,
            keeps_case: file.keeps_case,
            blanks_in_numbers: file.blanks_in_numbers,
            runs_of_marks: file.runs_of_marks,
            initials: file.initials,
            joined: file.joined.into_iter().collect(),
            keep: file.keep.into_iter().collect(),
            elided: file.elided.into_iter().collect(),
            tails: longest_first(file.tails),
            clitics: longest_first(file.clitics),
            known_clitics: longest_first(file.known_clitics),
            abbreviations: file.abbreviations.into_iter().collect(),
            units: file.units.into_iter().collect(),
            verb_endings: file.verb_endings,
            infinitives: file.infinitives,
            words: file.words.into_iter().collect(),
            plain: file.plain.into_iter().map(|(form, before)| (form, before.into_iter().collect())).collect(),
        }
    }

    /// Whether what stands before a hyphen stays joined to what follows.
    pub fn is_joined(&self, lower: &str) -> bool {
        self.joined.contains(lower)
    }

    /// Whether a form is one word whatever the rules say.
    pub fn keeps(&self, lower: &str) -> bool {
        self.keep.contains(lower)
    }

    /// Whether letters before an apostrophe are an elided word.
    pub fn is_elided(&self, lower: &str) -> bool {
        self.elided.contains(lower)
    }

    /// Whether a full stop after the word belongs to it.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// The length of the pronoun with a hyphen ("-t-il") that the lower-cased rest of a word is.
    pub fn tail(&self, lower: &str) -> Option<usize> {
        let end = |tail: &&String| {
            let rest = lower.strip_prefix(tail.as_str());
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        self.tails.iter().find(end).map(String::len)
    }

    /// Whether letters right after a number are a word of their own.
    pub fn is_unit(&self, letters: &str) -> bool {
        self.units.contains(letters)
    }

    /// The words that a form as a whole stands for.
    pub fn words(&self, lower: &str) -> Option<&[String]> {
        self.words.get(lower).map(Vec::as_slice)
    }

    /// The clitics that are taken off whatever is left, and those that a known word must be left of.
    pub fn clitics(&self) -> (&[String], &[String]) {
        (&self.clitics, &self.known_clitics)
    }

    /// Whether a form of several words is a single one at times.
    pub fn may_be_plain(&self, lower: &str) -> bool {
        self.plain.contains_key(lower)
    }

    /// Whether a form that may be several words is a single one after this word; `lemma` is that word's.
    /// None stands for the beginning of a sentence or a mark.
    pub fn is_plain(&self, lower: &str, before: Option<(&str, &str)>) -> bool {
        let Some(words) = self.plain.get(lower) else { return false };
        let Some((before, lemma)) = before else { return true };
        let endings = match before.strip_prefix(lemma) {
            Some("") => &self.infinitives,
            // A plural, of a noun.
            Some("s") => return words.contains(before),
            _ => &self.verb_endings,
        };
        words.contains(before) || endings.iter().any(|e| lemma.ends_with(e.as_str()))
    }
}
