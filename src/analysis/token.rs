//! Words, numbers and punctuation.

use super::syntax::Sentence;
use super::{Case, Token};
use crate::language::LanguageData;
use crate::text::Span;

/// A stretch of the text that is one token.
pub(super) struct Piece {
    pub span: Span,
    pub hyphenated: bool,
}

/// Appends the tokens of `span` to `tokens`.
pub(super) fn tokenize(text: &str, span: Span, sentence: usize, language: &LanguageData, tokens: &mut Vec<Token>) {
    tokens.extend(split(text, span).map(|piece| token(text, piece, sentence, language)));
}

fn token(text: &str, piece: Piece, sentence: usize, language: &LanguageData) -> Token {
    let form = piece.span.of(text);
    let lower = straight(form);
    let (lemma, common) = language.lemma(form, &lower);
    Token { span: piece.span, lemma, common, case: case_of(form), hyphenated: piece.hyphenated, sentence, lower }
}

/// A word in lower case, its apostrophes straight: the lists of words have them so.
fn straight(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

/// Appends the tokens of a sentence whose words are given; each lies within one surface token.
pub(super) fn tokenize_given(
    text: &str,
    given: &Sentence,
    sentence: usize,
    language: &LanguageData,
    tokens: &mut Vec<Token>,
) {
    let first = tokens.len();
    let mut hyphenated = false;
    for (i, surface) in given.tokens.iter().enumerate() {
        let inside = i > 0 && !given.tokens[i - 1].space_after && !surface.space_after && i + 1 < given.tokens.len();
        if inside && surface.span.of(text).chars().all(is_hyphen) && joined(text, given, i) {
            // Only a hyphen stands between the tokens before and after.
            hyphenated = true;
            continue;
        }
        for mut piece in split(text, surface.span) {
            piece.hyphenated |= std::mem::take(&mut hyphenated);
            tokens.push(token(text, piece, sentence, language));
        }
        hyphenated = false;
    }
    if let (true, Some((start, end))) = (tokens.len() == first, given.tokens.first().zip(given.tokens.last())) {
        let span = start.span.cover(end.span);
        tokens.push(token(text, Piece { span, hyphenated: false }, sentence, language));
    }
}

/// Whether letters or digits stand right before and after a surface token.
fn joined(text: &str, given: &Sentence, at: usize) -> bool {
    let (before, after) = (given.tokens[at - 1].span.of(text), given.tokens[at + 1].span.of(text));
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Splits a stretch of text into tokens.
pub(super) fn split(text: &str, span: Span) -> impl Iterator<Item = Piece> + '_ {
    let mut at = span.start;
    std::iter::from_fn(move || {
        let mut hyphenated = false;
        loop {
            let rest = &text[at..span.end];
            let c = rest.chars().next()?;
            if c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{ad}' {
                hyphenated = false;
                at += c.len_utf8();
            } else if is_hyphen(c) && joins(text, span, at, c) {
                hyphenated = true;
                at += c.len_utf8();
            } else {
                let end = at + token_length(rest);
                let piece = Piece { span: Span::new(at, end), hyphenated };
                at = end;
                return Some(piece);
            }
        }
    })
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether the hyphen at `at` has a letter or digit on both sides.
fn joins(text: &str, span: Span, at: usize, hyphen: char) -> bool {
    let before = text[span.start..at].chars().next_back();
    let after = text[at + hyphen.len_utf8()..span.end].chars().next();
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// The length in bytes of the token that `rest` begins with.
fn token_length(rest: &str) -> usize {
    let first = rest.chars().next().expect("rest is not empty");
    if first.is_ascii_digit() {
        return number_length(rest);
    }
    if first.is_alphabetic() {
        return abbreviation_length(rest).unwrap_or_else(|| word_length(rest));
    }
    if is_apostrophe(first)
        && let Some(length) = possessive_length(rest)
    {
        return length;
    }
    first.len_utf8()
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// `'s` and `’s` at the end of a word.
fn possessive_length(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let mark = chars.next()?.len_utf8();
    let letter = chars.next().filter(|c| matches!(c, 's' | 'S'))?;
    let closed = chars.next().is_none_or(|c| !c.is_alphanumeric());
    closed.then_some(mark + letter.len_utf8())
}

/// Digits with separators inside ("240.000", "36,4", "2014/15" stays three tokens).
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let digit = bytes[end].is_ascii_digit();
        let mark = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !digit && !mark {
            break;
        }
        end += 1;
    }
    end
}

/// Single letters with full stops ("U.S.", "J.", "M."), as far as they follow without a gap.
fn abbreviation_length(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = 0;
    let mut chars = rest.chars().peekable();
    while let Some(letter) = chars.next() {
        if !letter.is_alphabetic() || chars.peek() != Some(&'.') {
            break;
        }
        chars.next();
        end += letter.len_utf8() + 1;
        letters += 1;
    }
    let capital = rest.chars().next().is_some_and(char::is_uppercase);
    (letters >= 2 || (letters == 1 && capital)).then_some(end)
}

/// Letters, with apostrophes inside where they do not end an elided article, and domain names.
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let chars = rest.char_indices().peekable();
    for (at, c) in chars {
        // A letter may be written with its accent as a character of its own.
        if c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c) {
            end = at + c.len_utf8();
            continue;
        }
        let next = rest[at + c.len_utf8()..].chars().next();
        match c {
            _ if is_apostrophe(c) => return apostrophe(rest, at, c, next),
            // "Booking.com", "lemonde.fr"; not "temps.Le", where a blank is missing.
            '.' if next.is_some_and(char::is_lowercase) => {}
            '&' if next.is_some_and(char::is_uppercase) && rest[..at].chars().all(char::is_uppercase) => {}
            _ => break,
        }
    }
    end
}

/// Where a word with an apostrophe at `at` ends: after it in "l'", before it in "Kaspersky's",
/// at the second part's end in "aujourd'hui", "O'Brien", "Qur'an".
fn apostrophe(rest: &str, at: usize, mark: char, next: Option<char>) -> usize {
    let after = at + mark.len_utf8();
    if possessive_length(&rest[at..]).is_some() || !next.is_some_and(char::is_alphabetic) {
        return at;
    }
    if is_elided(&rest[..after]) {
        return after;
    }
    after + word_length(&rest[after..])
}

/// Whether a word is one that lost its last vowel ("l'", "Qu’"), apostrophe and all.
pub(super) fn is_elided(word: &str) -> bool {
    let head = word.strip_suffix(is_apostrophe).map(str::to_lowercase);
    matches!(
        head.as_deref(),
        Some(
            "l" | "d" | "j" | "m" | "n" | "s" | "t" | "c" | "qu" | "jusqu" | "lorsqu" | "puisqu" | "quoiqu" | "presqu"
        )
    )
}

fn case_of(form: &str) -> Case {
    let mut letters = form.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    let count = form.chars().filter(|c| c.is_alphabetic()).count();
    match capitals {
        0 => Case::Lower,
        1 if first.is_uppercase() && count > 1 => Case::Title,
        1 if first.is_uppercase() => Case::Title,
        n if n == count => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<&str> {
        split(text, Span::new(0, text.len())).map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn words_are_split_the_way_the_lexicon_writes_them() {
        assert_eq!(forms("l'éditeur d’Office"), ["l'", "éditeur", "d’", "Office"]);
        assert_eq!(forms("Kaspersky's US-based rivals"), ["Kaspersky", "'s", "US", "based", "rivals"]);
        assert_eq!(
            forms("the U.S. said 240.000, or 36,4 %."),
            ["the", "U.S.", "said", "240.000", ",", "or", "36,4", "%", "."]
        );
        assert_eq!(
            forms("temps.Le Booking.com O'Brien aujourd'hui"),
            ["temps", ".", "Le", "Booking.com", "O'Brien", "aujourd'hui"]
        );
        assert_eq!(forms("J. K. AT&T"), ["J.", "K.", "AT&T"]);
    }
}
