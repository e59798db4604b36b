//! Known names: countries, cities, organisations, persons, and the parts persons' names are made of.

use crate::analysis::{Token, tokenize_phrase};
use crate::record::EntityType;
use std::collections::{HashMap, HashSet};

/// A name that the data files know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it names.
    pub kind: EntityType,
    /// Finer class (`Country`, `City`).
    pub finer: Option<&'static str>,
    /// The key that all its names share in every language (`country:US`, `known:Microsoft`).
    pub key: String,
    /// Whether this is an adjective or demonym of a country, region or city.
    pub adjective: bool,
    /// Whether it is as often something else; then the context must support it.
    pub doubtful: bool,
}

/// All known names of one language.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: HashMap<String, Vec<(Vec<String>, Known)>>,
    /// Given names; the value says whether the word is ambiguous.
    given: HashMap<String, bool>,
    surnames: HashSet<String>,
    /// Whether adjectives inside names change their endings.
    pub inflects: bool,
}

impl Gazetteer {
    /// Adds a name; the first entry of a name stays.
    pub fn add(&mut self, name: &str, known: Known) {
        let words = tokenize_phrase(name);
        let Some((first, rest)) = words.split_first() else { return };
        let list = self.names.entry(first.clone()).or_default();
        if list.iter().all(|(r, k)| r != rest || k.adjective != known.adjective) {
            list.push((rest.to_vec(), known));
        }
    }

    /// Adds a given name; a trailing `?` marks an ambiguous word.
    pub fn add_given(&mut self, line: &str) {
        let (name, doubtful) = line.strip_suffix('?').map_or((line, false), |n| (n, true));
        self.given.insert(name.trim().to_owned(), doubtful);
    }

    /// Adds a surname; ambiguous ones (trailing `?`) are left out.
    pub fn add_surname(&mut self, line: &str) {
        if !line.ends_with('?') {
            self.surnames.insert(line.trim().to_owned());
        }
    }

    /// Whether a word is a given name; ambiguous ones count if `doubtful`.
    pub fn is_given(&self, word: &str, doubtful: bool) -> bool {
        self.given.get(word).is_some_and(|d| doubtful || !d)
    }

    /// Whether a word is a surname.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// The code of the country that a single word names.
    pub fn country(&self, word: &str) -> Option<String> {
        let list = self.names.get(word)?;
        let known = list.iter().find(|(rest, k)| rest.is_empty() && k.key.starts_with("country:"))?;
        known.1.key.strip_prefix("country:").map(str::to_owned)
    }

    /// The known names that a word is by itself.
    pub fn single(&self, word: &str) -> impl Iterator<Item = &Known> {
        self.names.get(word).into_iter().flatten().filter(|(rest, _)| rest.is_empty()).map(|(_, known)| known)
    }

    /// Whether a known name of several words begins with a word.
    pub fn begins(&self, word: &str) -> bool {
        self.names.get(word).is_some_and(|list| list.iter().any(|(rest, _)| !rest.is_empty()))
    }

    /// Whether a word by itself is any known name.
    pub fn is_name(&self, word: &str) -> bool {
        self.names.get(word).is_some_and(|l| l.iter().any(|(rest, k)| rest.is_empty() && !k.doubtful))
            || self.is_given(word, false)
            || self.is_surname(word)
    }

    /// The longest known name at the first of `tokens`: its length in tokens.
    pub fn at(&self, text: &str, tokens: &[Token]) -> Option<(usize, &Known)> {
        let first = tokens.first()?.span.of(text);
        let mut best: Option<(usize, &Known)> = None;
        for form in variants(first) {
            for (rest, known) in self.names.get(form.as_str()).map_or(&[][..], Vec::as_slice) {
                let length = rest.len() + 1;
                let longer = best.is_none_or(|(l, k)| {
                    length > l || (length == l && k.adjective && !known.adjective && form == first)
                });
                if longer
                    && (rest.is_empty() || follows(text, rest, &tokens[1..]))
                    && (!rest.is_empty() || known_alone(&form, first, known))
                {
                    best = Some((length, known));
                }
            }
        }
        if best.is_none() && first.starts_with(char::is_uppercase) && self.inflects {
            for form in inflected(first) {
                for (rest, known) in self.names.get(form.as_str()).map_or(&[][..], Vec::as_slice) {
                    if !rest.is_empty()
                        && best.is_none_or(|(l, _)| rest.len() + 1 > l)
                        && follows(text, rest, &tokens[1..])
                    {
                        best = Some((rest.len() + 1, known));
                    }
                }
            }
        }
        best
    }
}

/// A single word matches in its own spelling; an inflected variant only a sure name.
fn known_alone(form: &str, word: &str, known: &Known) -> bool {
    form == word || !known.doubtful
}

/// The word itself, without a genitive s, and, for a word all in capitals, in title case.
fn variants(word: &str) -> Vec<String> {
    let mut list = vec![word.to_owned()];
    if word.len() > 4 && word.ends_with('s') {
        list.push(word[..word.len() - 1].to_owned());
    }
    let letters = word.chars().count();
    if letters > 3 && word.chars().all(char::is_uppercase) {
        let mut chars = word.chars();
        let first = chars.next().map(String::from).unwrap_or_default();
        list.push(first + &chars.as_str().to_lowercase());
    }
    list
}

/// An adjective of a name of several words in its other endings ("Weißen Hauses").
fn inflected(word: &str) -> Vec<String> {
    let stem = ["en", "er", "es", "em", "e"].iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.len() > 3);
    stem.into_iter().flat_map(|s| ["e", "er", "es", "en"].map(|e| format!("{s}{e}"))).filter(|f| f != word).collect()
}

fn follows(text: &str, rest: &[String], tokens: &[Token]) -> bool {
    rest.len() <= tokens.len()
        && rest.iter().zip(tokens).enumerate().all(|(i, (word, token))| {
            let form = token.span.of(text);
            form == word
                || (form.chars().all(|c| !c.is_lowercase())
                    && word.to_lowercase() == token.lower
                    && form.chars().count() > 3)
                || (i + 1 == rest.len()
                    && (form.strip_suffix('s') == Some(word)
                        || (word.len() > 3 && form.strip_suffix("es") == Some(word))))
                || (form.len() > 5
                    && word.len() > 5
                    && inflected(form).iter().any(|f| f == word)
                    && word.starts_with(char::is_uppercase)
                    && form.ends_with("en"))
        })
}
