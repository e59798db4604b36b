//! Words in quotation marks.

use crate::analysis::Analysis;
use crate::text::Span;

/// One stretch between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The words between the marks.
    pub inner: Span,
    /// The words with the marks.
    pub outer: Span,
}

/// A quotation longer than this (bytes) is a mark that was never closed.
const LONGEST: usize = 1500;

/// Every stretch between quotation marks outside the furniture, in text order.
pub fn find(analysis: &Analysis) -> Vec<Quote> {
    let text = &analysis.document.text;
    let mut quotes: Vec<Quote> = Vec::new();
    let mut at = 0;
    while let Some((start, open)) = next_opening(text, at) {
        at = start + open.len_utf8();
        if analysis.document.furniture.iter().any(|f| f.start <= start && start < f.end) {
            continue;
        }
        if let Some(quote) = close(text, start, open) {
            at = quote.outer.end;
            quotes.push(quote);
        }
    }
    quotes
}

/// The next mark that can open a quotation.
fn next_opening(text: &str, from: usize) -> Option<(usize, char)> {
    text[from..].char_indices().map(|(i, c)| (from + i, c)).find(|(i, c)| match c {
        '“' | '„' | '«' | '"' | '»' | '”' => opens(text, *i, *c),
        '‘' | '‚' => opens(text, *i, *c),
        '\'' => opens(text, *i, *c),
        _ => false,
    })
}

/// Whether the mark at `at` stands where a quotation can begin: after a blank, before a word.
fn opens(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let rest = &text[at + mark.len_utf8()..];
    let next = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).chars().next();
    let word = next.is_some_and(|c| {
        c.is_alphanumeric()
            || matches!(c, '[' | '…' | '.' | '(' | '-' | '–' | '¡' | '¿' | '#' | '@' | '\'' | '‘' | '$' | '€')
    });
    let blank = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | ':' | '.' | ',' | '-' | '!' | '?' | '\u{feff}')
    });
    let tight = !rest.starts_with(char::is_whitespace);
    match mark {
        '„' | '«' | '‚' => word,
        '“' | '»' | '”' | '‘' => word && blank && tight,
        _ => word && blank && tight,
    }
}

/// The marks that close what `open` opened.
fn closers(open: char) -> &'static [char] {
    match open {
        '“' => &['”', '"', '“'],
        '”' => &['”', '"'],
        '„' => &['“', '”', '"'],
        '«' => &['»', '"'],
        '»' => &['«'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '"' => &['"', '”', '“', '»'],
        _ => &['\''],
    }
}

/// Finds where the quotation that begins at `start` ends; quotations in it of another kind are part of it.
fn close(text: &str, start: usize, open: char) -> Option<Quote> {
    let inner = start + open.len_utf8();
    let closers = closers(open);
    let mut depth = 0;
    let mut again = None;
    for (i, c) in text[inner..].char_indices() {
        let at = inner + i;
        if i > LONGEST {
            return None;
        }
        if c == '\n' {
            match paragraph_end(text, at, open) {
                Paragraph::Inside => {}
                // A quotation of several paragraphs opens each of them anew.
                Paragraph::Reopened(mark) => again = Some(mark),
                Paragraph::Ended => return unclosed(text, start, open, at),
            }
        }
        if again == Some(at) {
            continue;
        }
        if c == open && open != '"' && open != '\'' && !closers.contains(&c) {
            depth += 1;
        } else if closers.contains(&c) && ends(text, at, c) {
            if depth > 0 {
                depth -= 1;
                continue;
            }
            let words = trimmed(text, inner, at);
            return (words.end > words.start)
                .then_some(Quote { inner: words, outer: Span::new(start, at + c.len_utf8()) });
        }
    }
    None
}

/// What a line break inside a quotation means.
enum Paragraph {
    /// The line is only broken.
    Inside,
    /// The next paragraph opens the quotation again, with the mark at this offset.
    Reopened(usize),
    /// The paragraph is over and nothing closed the quotation.
    Ended,
}

fn paragraph_end(text: &str, at: usize, open: char) -> Paragraph {
    let rest = &text[at..];
    let next = at + (rest.len() - rest.trim_start().len());
    let blank_line = rest.trim_start_matches(['\r', ' ', '\t']).starts_with('\n') && text[at + 1..next].contains('\n');
    let sentence = text[..at].trim_end().ends_with(['.', '!', '?', '…', ':']);
    if !blank_line && !sentence {
        return Paragraph::Inside;
    }
    let reopened = text[next..].starts_with(open) && matches!(open, '“' | '„' | '«');
    if reopened && sentence { Paragraph::Reopened(next) } else { Paragraph::Ended }
}

/// A mark that nothing closes before the paragraph's end; single marks may be apostrophes.
fn unclosed(text: &str, start: usize, open: char, end: usize) -> Option<Quote> {
    let words = trimmed(text, start + open.len_utf8(), end);
    let single = matches!(open, '\'' | '‘' | '‚');
    let begins = text[..start].trim_end().ends_with(['.', ',', ':', '?', '!', '”', '"', '\''])
        || text[..start].trim().is_empty();
    let said = words.of(text).split_whitespace().count() >= if single { 8 } else { 5 } && (!single || begins);
    said.then_some(Quote { inner: words, outer: Span::new(start, words.end) })
}

/// An apostrophe inside a word does not close; nor does a straight mark before a word.
fn ends(text: &str, at: usize, mark: char) -> bool {
    let next = text[at + mark.len_utf8()..].chars().next();
    let before = text[..at].chars().next_back();
    let after_blank = before.is_some_and(char::is_whitespace);
    match mark {
        '’' | '\'' => !next.is_some_and(char::is_alphanumeric) && !after_blank,
        '"' => !(next.is_some_and(char::is_alphanumeric) && after_blank),
        _ => true,
    }
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let words = &text[start..end];
    let left = words.len() - words.trim_start().len();
    let right = words.trim_end().len();
    Span::new(start + left.min(right), start + right.max(left.min(right)))
}
