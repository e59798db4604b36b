//! Furniture that its shape gives away, whatever the language.

use super::layout;
use crate::text::Span;

/// A headline that is said twice is said twice near the start.
const FIRST_LINES: usize = 6;

/// Readers' comments are lines no longer than this …
const COMMENT_CHARS: usize = 300;

/// … in the last quarter of the text.
const COMMENT_PART: usize = 4;

/// The second copy of the headline, and short labels between the two (the section's name).
pub(super) fn repeated_headline(text: &str, lines: &[Span], headline: Option<Span>) -> Vec<Span> {
    let Some(headline) = headline else {
        return Vec::new();
    };
    let Some(first) = lines.iter().position(|line| line.start == headline.start) else {
        return Vec::new();
    };
    let after = &lines[first + 1..];
    let copy = after.iter().take(FIRST_LINES).position(|line| same(line.of(text), headline.of(text)));
    copy.map_or_else(Vec::new, |copy| {
        let labels = after[..copy].iter().filter(|line| is_label(line.of(text)));
        labels.chain([&after[copy]]).copied().collect()
    })
}

fn same(a: &str, b: &str) -> bool {
    let letters = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

fn is_label(line: &str) -> bool {
    line.split_whitespace().count() <= 3 && !layout::ends_sentence(line)
}

/// Lines that are an identifier of the site's software: one lower-case token with hyphens or
/// underscores ("wide-2-col").
pub(super) fn stray_identifiers(text: &str, lines: &[Span]) -> Vec<Span> {
    lines.iter().copied().filter(|line| is_identifier(line.of(text))).collect()
}

fn is_identifier(line: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    line.contains(['-', '_']) && line.bytes().any(|b| b.is_ascii_lowercase()) && line.split(['-', '_']).all(part)
}

/// Readers' comments below the article: from the first line with an emoji on, if it is near the
/// end and only short lines follow. Quotations with emojis are part of an article.
pub(super) fn comments(text: &str, lines: &[Span]) -> Option<Span> {
    let last = *lines.last()?;
    let begin = text.len() - text.len() / COMMENT_PART;
    let tail = lines.partition_point(|line| line.start < begin).max(1);
    let first = (tail..lines.len()).find(|i| has_emoji(lines[*i].of(text)))?;
    let chatty = |line: &Span| {
        let words = line.of(text);
        words.chars().count() <= COMMENT_CHARS && !has_quotation(words)
    };
    lines[first..].iter().all(chatty).then(|| lines[first].cover(last))
}

fn has_quotation(words: &str) -> bool {
    words.contains(['"', '“', '”', '„', '«', '»'])
}

fn has_emoji(words: &str) -> bool {
    words.chars().any(|c| matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2639}'..='\u{263B}' | '\u{2764}' | '\u{FE0F}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, spans: impl IntoIterator<Item = Span>) -> Vec<&str> {
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn the_second_headline_and_the_section_between() {
        let text = "Mill shuts\nBusiness\nMill shuts\nThe mill shut on Friday.";
        let lines = layout::lines(text);
        assert_eq!(of(text, repeated_headline(text, &lines, Some(lines[0]))), ["Business", "Mill shuts"]);
        assert!(repeated_headline(text, &lines, None).is_empty());
    }

    #[test]
    fn identifiers_but_no_words() {
        let text = "wide-2-col\nWell-known\n2024-07-20\nsome words\nend-of-page";
        assert_eq!(of(text, stray_identifiers(text, &layout::lines(text))), ["wide-2-col", "end-of-page"]);
    }

    #[test]
    fn comments_at_the_end() {
        let article = "The mill in Northam shut its gates on Friday, its owner said.\n".repeat(6);
        let text = format!("{article}Good riddance!!! 😎😎\nNo, what a shame");
        let found = comments(&text, &layout::lines(&text)).unwrap();
        assert_eq!(found.of(&text), "Good riddance!!! 😎😎\nNo, what a shame");
        let quoted = format!("{article}\"Good riddance 😎\", one neighbour wrote.");
        assert_eq!(comments(&quoted, &layout::lines(&quoted)), None);
    }
}
