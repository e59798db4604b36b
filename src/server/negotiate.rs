//! Content negotiation by `Accept`.

/// How the server can write results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// A query result in one of the formats of `newsgraph query`.
    Data(crate::query::Format),
    /// A page.
    Html,
}

/// Something the server can send: media type and what to write.
pub(super) type Offer = (&'static str, Body);

use crate::query::Format;

/// Rows and yes-or-no results, the preferred first.
pub(super) const ROWS: [Offer; 8] = [
    ("application/sparql-results+json", Body::Data(Format::Json)),
    ("application/sparql-results+xml", Body::Data(Format::Xml)),
    ("text/csv", Body::Data(Format::Csv)),
    ("text/tab-separated-values", Body::Data(Format::Tsv)),
    ("application/json", Body::Data(Format::Json)),
    ("application/xml", Body::Data(Format::Xml)),
    ("text/xml", Body::Data(Format::Xml)),
    ("text/html", Body::Html),
];

/// Graphs, the preferred first.
pub(super) const GRAPHS: [Offer; 5] = [
    ("text/turtle", Body::Data(Format::Turtle)),
    ("application/n-triples", Body::Data(Format::NTriples)),
    ("application/rdf+xml", Body::Data(Format::Xml)),
    ("application/ld+json", Body::Data(Format::Json)),
    ("text/plain", Body::Data(Format::NTriples)),
];

/// The offer that the client likes best; of equals the first. Without `Accept` the first.
pub(super) fn choose(accept: Option<&str>, offers: &[Offer]) -> Option<Offer> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return offers.first().copied();
    };
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    let mut best: Option<(u16, Offer)> = None;
    for offer in offers {
        let quality = quality(offer.0, &ranges);
        if quality > best.map_or(0, |(quality, _)| quality) {
            best = Some((quality, *offer));
        }
    }
    best.map(|(_, offer)| offer)
}

struct Range<'a> {
    kind: &'a str,
    subkind: &'a str,
    /// In thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subkind) = parts.next()?.split_once('/')?;
        let quality = parts
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .map_or(1.0, |(_, value)| value.trim().parse::<f32>().unwrap_or(0.0));
        let quality = (quality.clamp(0.0, 1.0) * 1000.0).round();
        // Clamped to 0..=1000 above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(Self { kind: kind.trim(), subkind: subkind.trim(), quality: quality as u16 })
    }

    /// 3 for the type itself, 2 for `type/*`, 1 for `*/*`, 0 for no match.
    fn precision(&self, media_type: &str) -> u8 {
        let Some((kind, subkind)) = media_type.split_once('/') else {
            return 0;
        };
        match (self.kind, self.subkind) {
            ("*", "*") => 1,
            (k, "*") if k.eq_ignore_ascii_case(kind) => 2,
            (k, s) if k.eq_ignore_ascii_case(kind) && s.eq_ignore_ascii_case(subkind) => 3,
            _ => 0,
        }
    }
}

/// The quality that the most precise matching range gives.
fn quality(media_type: &str, ranges: &[Range<'_>]) -> u16 {
    ranges
        .iter()
        .map(|range| (range.precision(media_type), range.quality))
        .filter(|(precision, _)| *precision > 0)
        .max_by_key(|(precision, _)| *precision)
        .map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<&'static str> {
        choose(Some(accept), &ROWS).map(|(media_type, _)| media_type)
    }

    #[test]
    fn the_most_precise_range_sets_the_quality() {
        assert_eq!(chosen("*/*"), Some("application/sparql-results+json"));
        assert_eq!(chosen("text/csv;q=0.5, application/xml ; q=0.9"), Some("application/xml"));
        assert_eq!(chosen("text/*, text/csv;q=0"), Some("text/tab-separated-values"));
        assert_eq!(chosen("TEXT/CSV"), Some("text/csv"));
        assert_eq!(chosen("text/html,application/xhtml+xml,*/*;q=0.8"), Some("text/html"));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/csv;q=0"), None);
        assert_eq!(chosen("nonsense"), None);
        assert_eq!(choose(None, &ROWS).map(|o| o.0), Some("application/sparql-results+json"));
    }
}
