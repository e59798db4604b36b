//! Why what was missed was missed, and what made what is wrong: counts by cause, from which to choose what to do next.

mod entities;
mod events;
mod facts;
mod place;
mod quantities;
mod quotations;
mod table;

pub use table::{Band, Body, Counts, Rate, Section, calibration_error};

use super::{Case, Found, Judged, Outcome, Scores};
use table::{bands, rates};

/// What the report calls an item that is right.
pub const RIGHT: &str = "right";

/// One article with what came of it.
struct Article<'a> {
    case: &'a Case,
    judged: &'a Judged,
}

/// Every section, track by track.
pub fn report(cases: &[Case], scores: &Scores) -> Vec<Section> {
    let pairs = cases.iter().zip(&scores.articles);
    let articles: Vec<Article> = pairs.map(|(case, judged)| Article { case, judged }).collect();
    let mut sections = entities::sections(&articles);
    sections.extend(facts::sections(&articles));
    sections.extend(events::sections(&articles));
    sections.extend(quantities::sections(&articles));
    sections.extend(quotations::sections(&articles));
    sections
}

/// Which rules are right how often, by kind of item, and how far the confidence is to be trusted.
fn trust<'a, K: 'a>(
    track: &'static str,
    articles: &'a [Article],
    outcome: impl Fn(&'a Judged) -> &'a Outcome<K>,
    kind: impl Fn(&'a K) -> &'a str,
) -> [Section; 2] {
    let judged: Vec<(&Found<K>, bool)> = articles.iter().flat_map(|a| outcome(a.judged).judged()).collect();
    let kinds = judged.iter().map(|(found, right)| (kind(&found.key), &found.grounds, *right));
    let grounds = judged.iter().map(|(found, right)| (&found.grounds, *right));
    [
        Section { track, name: "rules", body: Body::Rates(rates(kinds)) },
        Section { track, name: "confidence", body: Body::Bands(bands(grounds)) },
    ]
}

/// A section of counts.
fn counts(track: &'static str, name: &'static str, counts: Counts) -> Section {
    Section { track, name, body: Body::Counts(counts) }
}
