//! The headline and where it stands in the text.

use super::layout;
use crate::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// A longer line is a paragraph.
const MAX_CHARS: usize = 250;

/// A title stands among the first lines or nowhere.
const FIRST_LINES: usize = 6;

/// The headline: the title that the input gives, else the first line, or the first sentence of
/// a text that has no headline; and where it stands.
pub fn find(text: &str, title: Option<String>) -> (String, Option<Span>) {
    let lines = layout::lines(text);
    match title {
        Some(title) => {
            let span = line_that_says(text, &lines, &title);
            (title, span)
        }
        None => match in_text(text, &lines) {
            Some(span) => (one_line(span.of(text)), Some(span)),
            None => (String::new(), None),
        },
    }
}

fn line_that_says(text: &str, lines: &[Span], title: &str) -> Option<Span> {
    let title = one_line(title);
    lines.iter().take(FIRST_LINES).copied().find(|line| one_line(line.of(text)) == title)
}

fn in_text(text: &str, lines: &[Span]) -> Option<Span> {
    let first = *lines.first()?;
    let first = match lines.get(1) {
        Some(second) if is_label(first.of(text)) => *second,
        _ => first,
    };
    if is_headline(first.of(text)) && lines.len() > 1 {
        return Some(first);
    }
    Some(first_sentence(text, first))
}

/// A word or two: the name of a section or a place, no headline.
fn is_label(line: &str) -> bool {
    line.split_whitespace().count() < 3
}

/// Whether a first line is a headline: short, and not the end of a sentence.
fn is_headline(line: &str) -> bool {
    let stop = line.ends_with(['.', ':']) && !line.ends_with("...") && !ends_in_abbreviation(line);
    line.chars().count() <= MAX_CHARS && !is_label(line) && !stop
}

/// Whether the last word has a full stop within too ("U.S.").
fn ends_in_abbreviation(line: &str) -> bool {
    let last = line.split_whitespace().last().unwrap_or("");
    last.trim_end_matches('.').contains('.')
}

/// The first sentence of a paragraph; one that is too short to be any goes on to the next.
fn first_sentence(text: &str, paragraph: Span) -> Span {
    let words = paragraph.of(text);
    let end = words
        .split_sentence_bound_indices()
        .map(|(start, sentence)| start + sentence.trim_end().len())
        .find(|end| *end >= 40)
        .unwrap_or(words.len());
    Span::new(paragraph.start, paragraph.start + shortened(&words[..end]))
}

/// The length of at most [`MAX_CHARS`] characters, cut between words.
fn shortened(words: &str) -> usize {
    match words.char_indices().nth(MAX_CHARS) {
        None => words.len(),
        Some((limit, _)) => words[..limit].rfind(char::is_whitespace).unwrap_or(limit),
    }
}

/// Blanks made single.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(text: &str) -> String {
        let (headline, span) = find(text, None);
        assert_eq!(one_line(span.unwrap().of(text)), headline);
        headline
    }

    #[test]
    fn the_first_line_if_it_is_one() {
        assert_eq!(headline("\u{feff}\n Mill shuts in Northam\nThe mill shut. Jobs went."), "Mill shuts in Northam");
        assert_eq!(headline("Who will save the mill?\nNobody knows."), "Who will save the mill?");
        assert_eq!(headline("Mill to leave the U.S.\nThe mill will leave."), "Mill to leave the U.S.");
        assert_eq!(headline("Business\nMill shuts in Northam\nThe mill shut."), "Mill shuts in Northam");
    }

    #[test]
    fn the_first_sentence_of_a_text_without() {
        let text = "The old mill in Northam shut on Friday after 90 years. Its owner said so.\nMore text.";
        assert_eq!(headline(text), "The old mill in Northam shut on Friday after 90 years.");
        assert_eq!(headline("Acme bought Widget."), "Acme bought Widget.");
        assert_eq!(
            headline("NORTHAM, OHIO\nThe old mill in Northam has shut, its owner said. More."),
            "The old mill in Northam has shut, its owner said."
        );
        assert!(headline(&"word ".repeat(100)).len() <= 250);
    }

    #[test]
    fn a_given_title_is_found_on_its_line() {
        let text = "News\nMill  shuts\nThe mill shuts.";
        assert_eq!(find(text, Some("Mill shuts".into())), ("Mill shuts".into(), Some(Span::new(5, 16))));
        assert_eq!(find(text, Some("Other".into())), ("Other".into(), None));
    }
}
