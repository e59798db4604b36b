//! The site's own furniture in a text: contact blocks, share lines, "read also", comments.
//!
//! What it looks like is data: `languages/<code>/furniture.toml`, and `languages/common/` for all.
//! What its shape alone gives away is found without.

use super::data::{self, COMMON, DataError};
use super::{layout, structure};
use crate::language::Language;
use crate::text::Span;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A longer line is a paragraph of the article, however it begins.
const MAX_LINE: usize = 300;

/// A longer line is no title of another article.
const MAX_TITLE: usize = 200;

/// Most bytes of a set's automaton, which grows as it is used. With less the larger sets could not have any, and
/// would be matched far slower.
const AUTOMATON: usize = 1 << 23;

/// `furniture.toml`: regular expressions, case-insensitive, tried on one line at a time.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Patterns {
    /// The line is furniture.
    line: Vec<String>,
    /// The line is furniture, and so is the title of another article right after it.
    heading: Vec<String>,
    /// The line and all after it are furniture, in the last third of the text.
    block: Vec<String>,
    /// The paragraph that holds it is furniture.
    sentence: Vec<String>,
    /// Only the words that match are furniture.
    inline: Vec<String>,
}

/// One language's patterns, compiled.
struct Rules {
    line: RegexSet,
    heading: RegexSet,
    block: RegexSet,
    sentence: RegexSet,
    inline: Vec<Regex>,
}

/// One language's patterns, compiled when a text of that language comes.
struct Lazy {
    own: Patterns,
    rules: OnceLock<Rules>,
}

/// Finds furniture in texts of every language.
pub struct Furniture {
    common: Patterns,
    languages: BTreeMap<Language, Lazy>,
}

impl Furniture {
    /// With the patterns that the program carries.
    pub fn embedded() -> Result<Self, DataError> {
        let lazy = |(language, own)| (language, Lazy { own, rules: OnceLock::new() });
        Ok(Self { common: data::load(COMMON, FILE)?, languages: data::load_all(FILE)?.into_iter().map(lazy).collect() })
    }

    /// Compiles every pattern of every language.
    pub fn check(&self) -> Result<(), DataError> {
        let mut all = self.languages.iter();
        all.try_for_each(|(code, lazy)| Rules::compile(&self.common, &lazy.own, code.code()).map(drop))
    }

    fn rules(&self, language: Language) -> Option<&Rules> {
        let lazy = self.languages.get(&language)?;
        let compile = || Rules::compile(&self.common, &lazy.own, language.code());
        // The patterns are part of the program, and a test compiles them all.
        Some(lazy.rules.get_or_init(|| compile().unwrap_or_else(|error| panic!("{error}"))))
    }

    /// The furniture of a text: sorted, not overlapping. `headline` is where its headline stands;
    /// a second copy of it is furniture.
    pub fn find(&self, text: &str, language: Language, headline: Option<Span>) -> Vec<Span> {
        let lines = layout::lines(text);
        let mut found = structure::repeated_headline(text, &lines, headline);
        found.extend(structure::stray_identifiers(text, &lines));
        found.extend(structure::comments(text, &lines));
        if let Some(rules) = self.rules(language) {
            rules.find(text, &lines, &mut found);
        }
        merged(found)
    }
}

const FILE: &str = "furniture.toml";

impl Rules {
    fn compile(common: &Patterns, own: &Patterns, code: &str) -> Result<Self, DataError> {
        let set = |key: fn(&Patterns) -> &Vec<String>| {
            RegexSetBuilder::new(key(common).iter().chain(key(own)).map(|p| latin(p)))
                .case_insensitive(true)
                .size_limit(1 << 26)
                .dfa_size_limit(AUTOMATON)
                .build()
                .map_err(|error| {
                    first_error(code, key(common), key(own)).unwrap_or_else(|| DataError::new(&file(code), error))
                })
        };
        let inline = |folder: &str, patterns: &Patterns| -> Result<Vec<Regex>, DataError> {
            patterns.inline.iter().map(|p| regex(folder, p)).collect()
        };
        Ok(Self {
            line: set(|p| &p.line)?,
            heading: set(|p| &p.heading)?,
            block: set(|p| &p.block)?,
            sentence: set(|p| &p.sentence)?,
            inline: [inline(COMMON, common)?, inline(code, own)?].concat(),
        })
    }

    fn find(&self, text: &str, lines: &[Span], found: &mut Vec<Span>) {
        for (i, line) in lines.iter().enumerate() {
            self.on_line(text, *line, lines.get(i + 1).copied(), found);
        }
        let paragraphs = layout::paragraphs(text, lines);
        found.extend(paragraphs.into_iter().filter(|p| self.sentence.is_match(&unwrapped(p.of(text)))));
        found.extend(self.block(text, lines));
    }

    fn on_line(&self, text: &str, line: Span, next: Option<Span>, found: &mut Vec<Span>) {
        let words = line.of(text);
        let short = words.len() <= MAX_LINE;
        if short && self.heading.is_match(words) {
            let title = next.filter(|next| is_title(next.of(text)));
            found.extend([line].into_iter().chain(title));
        } else if short && self.line.is_match(words) {
            found.push(line);
        }
        for hit in self.inline.iter().flat_map(|regex| regex.find_iter(words)) {
            let span = Span::new(line.start + hit.start(), line.start + hit.end());
            found.extend(layout::trimmed(text, span));
        }
    }

    /// From the first heading of a closing block to the end.
    fn block(&self, text: &str, lines: &[Span]) -> Option<Span> {
        let last_third = text.len() / 3 * 2;
        let mut tail = lines.iter().filter(|line| line.start >= last_third && line.end - line.start <= MAX_LINE);
        let first = tail.find(|line| self.block.is_match(line.of(text)))?;
        Some(first.cover(*lines.last()?))
    }
}

fn file(folder: &str) -> String {
    format!("{folder}/{FILE}")
}

/// Which of the patterns is wrong, and in which file.
fn first_error(code: &str, common: &[String], own: &[String]) -> Option<DataError> {
    let mut all = common.iter().map(|p| (COMMON, p)).chain(own.iter().map(|p| (code, p)));
    all.find_map(|(folder, pattern)| regex(folder, pattern).err())
}

/// The pattern with `\w` and `\W` meant for Latin letters: all the languages need, and much faster
/// to compile than those of all scripts.
fn latin(pattern: &str) -> String {
    pattern.replace(r"\w", "[0-9a-zà-ɏ_]").replace(r"\W", "[^0-9a-zà-ɏ_]")
}

fn regex(folder: &str, pattern: &str) -> Result<Regex, DataError> {
    RegexBuilder::new(&latin(pattern))
        .case_insensitive(true)
        .build()
        .map_err(|error| DataError::new(&file(folder), error))
}

/// A paragraph of wrapped lines as one line.
fn unwrapped(paragraph: &str) -> String {
    paragraph.replace(['\n', '\r'], " ")
}

/// Whether a line is a title rather than a sentence.
fn is_title(line: &str) -> bool {
    line.len() <= MAX_TITLE && !line.ends_with(['.', ':', '"', '”', '“', '»', ';', ','])
}

/// Sorted; those that overlap made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<&str> {
        let spans = Furniture::embedded().unwrap().find(text, language, None);
        spans.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn contact_blocks_and_links_in_four_languages() {
        for (language, text, wanted) in [
            (
                Language::En,
                "The mill shut.\nRead also: Another mill shuts\nJobs went.",
                "Read also: Another mill shuts",
            ),
            (
                Language::De,
                "Die Mühle schloss.\nLesen Sie auch: Noch eine Mühle\nStellen fielen weg.",
                "Lesen Sie auch: Noch eine Mühle",
            ),
            (Language::Fr, "Le moulin ferme.\nLire aussi : Un autre moulin\nFin.", "Lire aussi : Un autre moulin"),
            (Language::Id, "Pabrik itu tutup.\nBaca juga: Pabrik lain\nSelesai.", "Baca juga: Pabrik lain"),
        ] {
            assert_eq!(found(text, language), [wanted]);
        }
    }

    #[test]
    fn a_paragraph_that_asks_for_contact() {
        let text = "The mill shut.\nDo you know more about the mill? You can reach our reporter securely on Signal at +1 555 0100.\nJobs went.";
        assert_eq!(found(text, Language::En).len(), 1);
        let wrapped = "The mill shut.\n\nDo you know more about the mill and what is behind it? You can\ncontact our reporter, who has followed it for years, securely on\nSignal at +1 555 0100.\n\nJobs went.";
        assert!(found(wrapped, Language::En)[0].starts_with("Do you know more"));
    }

    #[test]
    fn blocks_begin_in_the_last_third_only() {
        let body = "Die Mühle hat am Freitag geschlossen, sagte der Besitzer.\n".repeat(5);
        let text = format!("Kommentar schreiben\n{body}Kommentare\nSchade!");
        assert_eq!(found(&text, Language::De), ["Kommentare\nSchade!"]);
    }

    #[test]
    fn credits_within_a_line() {
        let text = "Der Bürgermeister bei der Eröffnung (Foto: Eva Maier) sprach lange.";
        assert_eq!(found(text, Language::De), ["(Foto: Eva Maier)"]);
        assert!(found("BERLIN (Reuters) - The mill shut.", Language::En).is_empty());
    }

    #[test]
    fn every_pattern_compiles_and_a_bad_one_is_named() {
        Furniture::embedded().unwrap().check().unwrap();
        let bad = Patterns { block: vec!["good".into(), "(bad".into()], ..Patterns::default() };
        let error = Rules::compile(&Patterns::default(), &bad, "en").err().unwrap();
        assert!(error.to_string().starts_with("languages/en/furniture.toml: regex parse error"));
    }

    #[test]
    fn spans_are_merged() {
        let spans = vec![Span::new(5, 9), Span::new(0, 3), Span::new(2, 6)];
        assert_eq!(merged(spans), [Span::new(0, 9)]);
    }
}
