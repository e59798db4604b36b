//! The sentence around a piece of evidence.

use crate::analysis::Analysis;
use crate::article::Document;
use crate::language::LanguageData;
use crate::text::Span;

/// How many characters of a sentence are shown on either side of the evidence.
const CONTEXT: usize = 240;

/// A document's sentences.
pub struct Sentences<'a> {
    document: &'a Document,
    spans: Vec<Span>,
}

impl<'a> Sentences<'a> {
    /// Splits the document as the extraction did.
    pub fn new(document: &'a Document) -> Self {
        let analysis = Analysis::new(document, LanguageData::of(document.language));
        let spans = (0..analysis.sentences.len()).map(|i| analysis.sentence_span(i)).collect();
        Self { document, spans }
    }

    /// The document's headline.
    pub fn headline(&self) -> &str {
        &self.document.headline
    }

    /// The sentences that hold the code points `start..end`, with these marked `[[so]]`, on one
    /// line; `None` if the text has no such place.
    pub fn marked(&self, start: usize, end: usize) -> Option<String> {
        let text = &self.document.text;
        let evidence = Span::new(byte(text, start)?, byte(text, end).filter(|_| start <= end)?);
        let whole = self.spans.iter().filter(|s| s.overlaps(evidence)).fold(evidence, |a, s| a.cover(*s));
        let before = last(&text[whole.start..evidence.start]);
        let after = first(&text[evidence.end..whole.end]);
        Some(one_line(&format!("{before}[[{}]]{after}", evidence.of(text))))
    }
}

/// The byte at which the code point of that number begins.
fn byte(text: &str, point: usize) -> Option<usize> {
    let ends = std::iter::once(text.len());
    text.char_indices().map(|(byte, _)| byte).chain(ends).nth(point)
}

fn first(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(CONTEXT) {
        Some((start, _)) => format!("…{}", &text[start..]),
        None => text.to_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    const TEXT: &str = "About us.\n\nÉlan was founded in 1990. The firm was fined on Monday. It is in Oslo.\n";

    fn marked(text: &str, evidence: &str) -> Option<String> {
        let document = Document { text: text.to_owned(), ..sample::document("60a8fa541772b6a2")? };
        let start = text[..text.find(evidence)?].chars().count();
        Sentences::new(&document).marked(start, start + evidence.chars().count())
    }

    #[test]
    fn marks_the_evidence_in_its_sentence() {
        assert_eq!(marked(TEXT, "firm was fined").unwrap(), "The [[firm was fined]] on Monday.");
        assert_eq!(marked(TEXT, "Élan").unwrap(), "[[Élan]] was founded in 1990.");
    }

    #[test]
    fn evidence_over_several_sentences_is_whole() {
        let marked = marked(TEXT, "Monday. It").unwrap();
        assert_eq!(marked, "The firm was fined on [[Monday. It]] is in Oslo.");
    }

    #[test]
    fn long_sentences_are_cut() {
        let text = format!("The {}firm was fined{}.\n", "very ".repeat(99), " today".repeat(99));
        let marked = marked(&text, "firm was fined").unwrap();
        assert!(marked.starts_with('…') && marked.ends_with('…'), "{marked}");
        assert!(marked.chars().count() < 3 * CONTEXT);
    }

    #[test]
    fn a_place_outside_the_text_has_no_sentence() {
        let document = sample::document("60a8fa541772b6a2").unwrap();
        assert_eq!(Sentences::new(&document).marked(2, 99_999), None);
        assert_eq!(Sentences::new(&document).marked(3, 2), None);
    }
}
