//! Where in the article annotated evidence stands: in which sentences, and whether both participants are named there.

use crate::analysis::Analysis;
use crate::language::LanguageData;
use crate::record::ArticleRecord;
use crate::score::align::Party;
use crate::score::gold::Gold;
use crate::score::text::is_word;
use crate::text::{CodePoints, Span};

/// An article's text in sentences.
pub(super) struct Place<'a> {
    gold: &'a Gold,
    text: &'a str,
    points: CodePoints,
    sentences: Vec<Span>,
}

impl<'a> Place<'a> {
    pub fn new(gold: &'a Gold, record: &'a ArticleRecord) -> Self {
        let document = &record.document;
        let analysis = Analysis::new(document, LanguageData::of(document.language));
        let sentences = (0..analysis.sentences.len()).map(|n| analysis.sentence_span(n)).collect();
        Place { gold, text: &document.text, points: CodePoints::new(&document.text), sentences }
    }

    /// The names under which the article has a participant.
    fn names(&self, party: &Party) -> Vec<&'a str> {
        let Party::Known(id) = party else { return Vec::new() };
        let same = |e: &&crate::score::gold::Entity| e.id == *id || e.stands_for.as_ref() == Some(id);
        self.gold.entities.iter().filter(same).flat_map(|e| e.names.iter().map(String::as_str)).collect()
    }

    /// Whether a sentence that the evidence touches names everybody of `parties`, and has the `words`. None if the
    /// evidence is not in the text.
    pub fn in_one_sentence(&self, evidence: &str, parties: &[&Party], words: Option<&str>) -> Option<bool> {
        let span = self.find(evidence)?;
        let touched = self.sentences.iter().filter(|s| s.overlaps(span)).map(|s| s.of(self.text));
        let holds = |sentence: &str| {
            parties.iter().all(|party| self.names(party).iter().any(|name| has(sentence, name)))
                && words.is_none_or(|words| has(sentence, words))
        };
        Some(touched.into_iter().any(holds))
    }

    /// Whether one of the spans, in code points, touches the evidence.
    pub fn touches(&self, evidence: &str, spans: &[(usize, usize)]) -> bool {
        let Some(span) = self.find(evidence) else { return false };
        let (start, end) = (self.points.at(self.text, span.start), self.points.at(self.text, span.end));
        spans.iter().any(|(from, to)| *from < end && start < *to)
    }

    fn find(&self, evidence: &str) -> Option<Span> {
        let start = self.text.find(evidence)?;
        Some(Span::new(start, start + evidence.len()))
    }
}

/// Whether a text has the words, not as parts of others.
fn has(text: &str, words: &str) -> bool {
    let whole = |(at, found): (usize, &str)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + found.len()..].chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    !words.is_empty() && text.match_indices(words).any(whole)
}
