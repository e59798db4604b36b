//! Sentence boundaries.

use crate::article::Document;
use crate::language::LanguageData;
use crate::text::Span;

/// The sentences of a document outside its furniture, in text order.
pub(super) fn split(document: &Document, language: &LanguageData) -> Vec<Span> {
    let text = &document.text;
    let wrapped = is_hard_wrapped(text);
    let mut sentences = Vec::new();
    for part in outside(document) {
        let mut start = part.start;
        for end in boundaries(text, part, wrapped, language) {
            sentences.push(Span::new(start, end));
            start = end;
        }
        sentences.push(Span::new(start, part.end));
    }
    sentences.retain(|s| !s.of(text).trim().is_empty());
    sentences
}

/// The stretches of the text that are not furniture.
fn outside(document: &Document) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut at = 0;
    for furniture in &document.furniture {
        if furniture.start > at {
            parts.push(Span::new(at, furniture.start));
        }
        at = at.max(furniture.end);
    }
    if at < document.text.len() {
        parts.push(Span::new(at, document.text.len()));
    }
    parts
}

/// Whether lines are broken at a column rather than at the end of a paragraph.
fn is_hard_wrapped(text: &str) -> bool {
    let lines: Vec<usize> = text.lines().map(str::len).filter(|n| *n > 0).collect();
    let within = lines.iter().filter(|n| (45..=100).contains(*n)).count();
    let open = text
        .lines()
        .filter(|l| l.len() > 40 && l.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ','))
        .count();
    lines.len() >= 6 && within * 10 >= lines.len() * 7 && open * 2 > lines.len()
}

/// Byte offsets inside `part` at which a new sentence begins.
fn boundaries(text: &str, part: Span, wrapped: bool, language: &LanguageData) -> Vec<usize> {
    let slice = part.of(text);
    let mut found = Vec::new();
    let mut newlines = 0;
    for (at, c) in slice.char_indices() {
        if c == '\n' {
            newlines += 1;
            if newlines > 1 || !wrapped {
                found.push(part.start + at + 1);
            }
        } else if !c.is_whitespace() {
            newlines = 0;
        }
        if matches!(c, '.' | '!' | '?' | '…')
            && let Some(end) = sentence_end(slice, at, c, language)
        {
            found.push(part.start + end);
        }
    }
    found.dedup();
    found
}

/// If the stop at `at` ends a sentence, where the next one begins.
fn sentence_end(slice: &str, at: usize, stop: char, language: &LanguageData) -> Option<usize> {
    let mut end = at + stop.len_utf8();
    let closing = |c: &char| matches!(c, '.' | '!' | '?' | '"' | '”' | '“' | '’' | '\'' | '»' | ')' | ']' | '…');
    let mut closed = false;
    while let Some(c) = slice[end..].chars().next().filter(closing) {
        // A mark with no blank before the next word opens a quotation rather than closes one.
        let next = slice[end + c.len_utf8()..].chars().next();
        let opens = matches!(c, '"' | '“' | '\'') && next.is_some_and(char::is_alphanumeric);
        if opens && !(c == '"' && is_open(slice, end)) {
            break;
        }
        closed |= !matches!(c, '.' | '!' | '?' | '…');
        end += c.len_utf8();
    }
    // French: a blank before the closing guillemet.
    let trimmed = slice[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if let Some(after) = trimmed.strip_prefix('»') {
        end = slice.len() - after.len();
        closed = true;
    }
    let rest = &slice[end..];
    let next = rest.trim_start().chars().next()?;
    let gap = rest.starts_with(char::is_whitespace);
    let starts = next.is_uppercase()
        || next.is_ascii_digit()
        || matches!(next, '"' | '“' | '„' | '«' | '‘' | '\'' | '(' | '–' | '—' | '-' | '[' | '¿' | '¡');
    if !gap {
        let first = rest.trim_start_matches(['"', '“', '«', '„']).trim_start().chars().next();
        return (first.is_some_and(char::is_uppercase) && missing_blank(slice, at)).then_some(end);
    }
    if !starts && !closed && next.is_lowercase() {
        return is_plain_word(slice, at, language).then_some(end);
    }
    if closed && !starts {
        return None;
    }
    (starts && (stop != '.' || !is_abbreviation(slice, at, language))).then_some(end)
}

/// Whether a straight quotation mark at `at` closes what one before it on the line opened.
fn is_open(slice: &str, at: usize) -> bool {
    let line = slice[..at].rfind('\n').map_or(0, |i| i + 1);
    slice[line..at].matches('"').count() % 2 == 1
}

/// "temps.Le", "dit-il.Le", "2024.Le": a lower-case word of three letters or more, or a year, before the stop.
fn missing_blank(slice: &str, at: usize) -> bool {
    let joined = |c: &char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    let word: Vec<char> = slice[..at].chars().rev().take_while(joined).collect();
    let year = slice[..at].chars().rev().take_while(char::is_ascii_digit).count();
    (word.len() >= 3 && word.iter().take(2).all(|c| c.is_lowercase()))
        || year == 4
        || slice[..at].ends_with(['"', '”', '»', ')', '?'])
}

/// Whether a common word that is no abbreviation stands before the stop: what follows is a sentence though it
/// begins in lower case.
fn is_plain_word(slice: &str, at: usize, language: &LanguageData) -> bool {
    let word = slice[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() > 3
        && word.chars().all(char::is_lowercase)
        && language.knows(word)
        && !language.multiword.is_abbreviation(word)
}

/// Whether the stop at `at` belongs to an abbreviation, an initial or (in German) an ordinal.
fn is_abbreviation(slice: &str, at: usize, language: &LanguageData) -> bool {
    let head = &slice[..at];
    let word = head.rsplit(|c: char| c.is_whitespace() || c == '(' || c == '"').next().unwrap_or("");
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
        return language.ordinal_stop && word.len() <= 2;
    }
    letters == 1
        || word.contains('.') && letters <= 3
        || language.is_abbreviation(word)
        || language.multiword.is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    /// The sentences of a stretch of text on one line.
    fn cut(language: Language, text: &str) -> Vec<&str> {
        let mut at = 0;
        let ends = boundaries(text, Span::new(0, text.len()), false, LanguageData::of(language));
        let starts = ends.into_iter().chain([text.len()]);
        starts.map(|end| text[std::mem::replace(&mut at, end)..end].trim()).filter(|s| !s.is_empty()).collect()
    }

    #[test]
    fn sentences_end_though_the_text_is_untidy() {
        assert_eq!(
            cut(Language::Fr, "Il a le temps.Le reste suit en 2024.Fin."),
            ["Il a le temps.", "Le reste suit en 2024.", "Fin."]
        );
        assert_eq!(
            cut(Language::Fr, "Il reste \"confiant\".\"Tout va\", dit-il.Elle: \"C'est fini.\"Le temps passe."),
            ["Il reste \"confiant\".", "\"Tout va\", dit-il.", "Elle: \"C'est fini.\"", "Le temps passe."]
        );
        assert_eq!(cut(Language::En, "what a mess. they left early"), ["what a mess.", "they left early"]);
        assert_eq!(cut(Language::En, "BAN ANNOUNCED\nShops close"), ["BAN ANNOUNCED", "Shops close"]);
        assert_eq!(
            cut(Language::En, "“Never!” He left. \"Why?\" she asked."),
            ["“Never!”", "He left.", "\"Why?\" she asked."]
        );
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(cut(Language::En, "Mr. Smith of Acme Inc. sold it in Sept. 2024.").len(), 1);
        assert_eq!(cut(Language::De, "Am 3. Mai kam Dr. Weber, vgl. Seite 2.").len(), 1);
        assert_eq!(cut(Language::Fr, "M. Dupont, cf. art. 3, est venu.").len(), 1);
    }
}
