//! Institutions word by word: the concepts that the words of a name stand for in every language.

use super::LanguageData;
use super::read::{DataError, parse, text};
use std::collections::{BTreeMap, HashMap};

/// The most words of one concept ("kitab undang-undang").
const LONGEST_CONCEPT: usize = 4;

/// The most words of a country's name that stand in names of institutions.
const LONGEST_COUNTRY: usize = 3;

impl LanguageData {
    /// A name's words as concepts, the country among them, and the capitalised words that are neither.
    /// None if nothing but unknown words is left.
    pub fn concepts(&self, name: &str) -> Option<(Vec<String>, Option<String>, Vec<String>)> {
        let (mut concepts, mut country, mut others) = (Vec::new(), None, Vec::new());
        let words = crate::analysis::tokenize_phrase(name);
        let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        let mut at = 0;
        while at < words.len() {
            let phrase = (2..=LONGEST_CONCEPT.min(words.len() - at))
                .rev()
                .find_map(|length| Some((length, self.concepts.get(&lower[at..at + length].join(" "))?)));
            if let Some((length, found)) = phrase {
                concepts.extend(found.split(' ').map(str::to_owned));
                at += length;
                continue;
            }
            // "Amerika Serikat", "South Africa"
            let land = (2..=LONGEST_COUNTRY.min(words.len() - at))
                .rev()
                .find_map(|length| Some((length, self.gazetteer.country(&words[at..at + length].join(" "))?)));
            if let Some((length, code)) = land {
                country = Some(code);
                at += length;
                continue;
            }
            let word = &words[at];
            let (lemma, _) = self.lemma(word, &lower[at]);
            if let Some(known) = self.gazetteer.country(word) {
                country = Some(known);
            } else if let Some(found) = self.concepts.get(&lower[at]).or_else(|| self.concepts.get(&lemma)) {
                concepts.extend(found.split(' ').map(str::to_owned));
            } else if let Some(parts) = self.compound_concepts(word) {
                concepts.extend(parts.iter().flat_map(|p| p.split(' ')).map(str::to_owned));
            } else if word.chars().next().is_some_and(char::is_uppercase) {
                others.push(crate::entity::keys::fold(word));
            }
            at += 1;
        }
        (!concepts.is_empty()).then_some((concepts, country, others))
    }

    /// "Handelsministerium" as the concepts of its parts.
    fn compound_concepts(&self, word: &str) -> Option<Vec<String>> {
        if !self.capital_nouns {
            return None;
        }
        let lower = word.to_lowercase();
        let part = |p: &str| {
            let plain = p.strip_suffix("es").or_else(|| p.strip_suffix('s')).unwrap_or(p);
            self.concepts.get(p).or_else(|| self.concepts.get(plain)).cloned()
        };
        let cuts = lower.char_indices().map(|(i, _)| i).filter(|i| *i > 2 && lower.len() - i > 2);
        cuts.into_iter().find_map(|i| Some(vec![part(&lower[..i])?, part(&lower[i..])?]))
    }
}

/// `common/concepts.toml`: every word of this language with the concept it stands for.
pub(super) fn concepts(code: &str) -> Result<HashMap<String, String>, DataError> {
    if text("common/concepts.toml").is_none() {
        return Ok(HashMap::new());
    }
    let table: BTreeMap<String, BTreeMap<String, Vec<String>>> = parse("common/concepts.toml")?;
    let same = same_concepts(&table);
    // "supreme-court" is what "supreme" and "court" are, where both are concepts.
    let parts = |concept: &str| -> String {
        let split: Vec<&str> = concept.split('-').collect();
        let names = if split.iter().all(|p| table.contains_key(*p)) { split } else { vec![concept] };
        names.iter().map(|name| same.get(*name).map_or(*name, |s| *s)).collect::<Vec<_>>().join(" ")
    };
    let mut words = HashMap::new();
    // Names of institutions stand in English in texts of every language.
    for language in [code, "en"] {
        for (concept, languages) in &table {
            for word in languages.get(language).into_iter().flatten() {
                words.entry(word.to_lowercase()).or_insert_with(|| parts(concept));
            }
        }
    }
    Ok(words)
}

/// Concepts that some language has one word for are one when names are compared: each with the first of its like.
pub(super) fn same_concepts(table: &BTreeMap<String, BTreeMap<String, Vec<String>>>) -> BTreeMap<&str, &str> {
    let mut first: BTreeMap<&str, &str> = table.keys().map(|c| (c.as_str(), c.as_str())).collect();
    let mut of_word: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (concept, languages) in table {
        let words = languages.iter().flat_map(|(l, words)| words.iter().map(move |w| (l.as_str(), w)));
        for (language, word) in words.filter(|(_, w)| !w.ends_with('?')) {
            let other = *of_word.entry((language, word.to_lowercase())).or_insert(concept);
            let (one, two) = (first[concept.as_str()], first[other]);
            let (low, high) = (one.min(two), one.max(two));
            first.values_mut().filter(|f| **f == high).for_each(|f| *f = low);
        }
    }
    first
}
