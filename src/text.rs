//! Spans and the text they point into.

use serde::{Deserialize, Serialize};

/// A stretch of a text: byte offsets, `end` exclusive, always on character boundaries.
///
/// Only the graph speaks of code points; [`CodePoints`] converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of the bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The words that the span covers in `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Converts byte offsets of one text into Unicode code point offsets.
pub struct CodePoints {
    /// For an ASCII text nothing is stored; otherwise the code point count at every 64th byte.
    marks: Vec<usize>,
    ascii: bool,
}

const STEP: usize = 64;

impl CodePoints {
    /// Indexes `text` in one pass.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new(), ascii: true };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STEP == 0 {
                marks.push(count);
            }
            // Every byte but a continuation byte starts a code point.
            count += usize::from(byte & 0xC0 != 0x80);
        }
        Self { marks, ascii: false }
    }

    /// The number of code points before byte `offset` of `text`.
    pub fn at(&self, text: &str, offset: usize) -> usize {
        if self.ascii {
            return offset;
        }
        let mark = (offset / STEP).min(self.marks.len().saturating_sub(1));
        let tail = &text.as_bytes()[mark * STEP..offset];
        self.marks.get(mark).copied().unwrap_or(0) + tail.iter().filter(|b| **b & 0xC0 != 0x80).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_char_indices() {
        let text = "Élysée „Ministère“ — 😎 ".repeat(20);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, byte), count);
        }
        assert_eq!(points.at(&text, text.len()), text.chars().count());
    }
}
