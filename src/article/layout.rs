//! How a text is laid out: lines and paragraphs.

use crate::text::Span;

/// The lines that are not blank, without surrounding blanks.
pub(super) fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut spans = Vec::new();
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        spans.extend(trimmed(text, Span::new(start, start + line.len())));
        start += line.len();
    }
    spans
}

/// The span without blanks and byte order marks at its ends; none if nothing is left.
pub(super) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let words = span.of(text);
    let start = span.start + words.len() - words.trim_start_matches(blank).len();
    let words = words.trim_matches(blank);
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

/// Paragraphs: the lines, but of lines wrapped at a width those of a block together.
pub(super) fn paragraphs(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut paragraphs = Vec::new();
    for block in lines.chunk_by(|a, b| !has_blank_line(&text[a.end..b.start])) {
        match block {
            [first, .., last] if is_wrapped(text, block) => paragraphs.push(first.cover(*last)),
            _ => paragraphs.extend_from_slice(block),
        }
    }
    paragraphs
}

fn has_blank_line(gap: &str) -> bool {
    gap.replace("\r\n", "\n").matches(['\n', '\r']).count() > 1
}

/// Lines of nearly one length, most of which end within a sentence.
fn is_wrapped(text: &str, block: &[Span]) -> bool {
    let Some((_, full)) = block.split_last() else {
        return false;
    };
    let widths = || full.iter().map(|line| line.of(text).chars().count());
    let even = widths().all(|width| (45..=110).contains(&width));
    let open = full.iter().filter(|line| !ends_sentence(line.of(text))).count();
    even && open * 2 >= full.len()
}

/// Whether the words end as a sentence does, closing quotation marks and brackets aside.
pub(super) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']', ' ']).ends_with(['.', '!', '?', '…', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let text = "\u{feff}One\r\n\r\n  Two \rThree";
        let found: Vec<&str> = lines(text).iter().map(|l| l.of(text)).collect();
        assert_eq!(found, ["One", "Two", "Three"]);
    }

    #[test]
    fn wrapped_lines_make_one_paragraph() {
        let wrapped = "The council met on Tuesday and talked at some length about\n\
                       the new bridge, which is to be built before the winter and\n\
                       paid by the state.\n\nA second one.\nA third one.";
        let found = paragraphs(wrapped, &lines(wrapped));
        let found: Vec<&str> = found.iter().map(|p| p.of(wrapped)).collect();
        assert_eq!(found.len(), 3);
        assert!(found[0].starts_with("The council") && found[0].ends_with("by the state."));
    }
}
