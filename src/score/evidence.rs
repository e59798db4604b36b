//! Whether the words are where the graph says that they are.

use super::view::View;
use crate::graph::vocabulary::{OA, ng, schema, term};
use crate::ontology::Ontology;
use std::iter::Sum;

/// How many spans were looked at, and what was wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Spans.
    pub spans: usize,
    /// Spans whose words are not those of the text there.
    pub wrong: usize,
    /// Claims, events, quantities and quotations without a span.
    pub without: usize,
}

impl Evidence {
    /// Of the graph of one article with this text.
    pub(super) fn of(view: &View, text: &str) -> Self {
        let text: Vec<char> = text.chars().collect();
        let spans = view.of_class(&term(OA, "TextPositionSelector"));
        let wrong = spans.iter().filter(|span| !holds(view, span, &text)).count();
        let kinds = Ontology::get().events.keys().map(|kind| ng(kind));
        let classes = [ng("Claim"), schema("QuantitativeValue"), schema("Quotation")].into_iter().chain(kinds);
        let nodes = classes.flat_map(|class| view.of_class(&class)).filter(|node| view.in_articles(node));
        let without = nodes.filter(|node| view.get(node, &ng("evidence")).is_empty()).count();
        Evidence { spans: spans.len(), wrong, without }
    }
}

impl Sum for Evidence {
    fn sum<I: Iterator<Item = Evidence>>(all: I) -> Evidence {
        all.fold(Evidence::default(), |sum, e| Evidence {
            spans: sum.spans + e.spans,
            wrong: sum.wrong + e.wrong,
            without: sum.without + e.without,
        })
    }
}

/// Whether `text[start..end]` is what the span says.
fn holds(view: &View, span: &str, text: &[char]) -> bool {
    let offset = |local: &str| view.first(span, &term(OA, local)).and_then(|n| n.parse::<usize>().ok());
    let (Some(start), Some(end), Some(exact)) = (offset("start"), offset("end"), view.first(span, &term(OA, "exact")))
    else {
        return false;
    };
    let words = text.get(start..end.min(text.len())).unwrap_or_default();
    start < end && exact.chars().eq(words.iter().copied())
}
