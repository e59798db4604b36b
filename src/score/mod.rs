//! The graph measured on annotated articles: entities, relations, events, quantities, quotations and the
//! merging of things across articles; and why what was missed was missed.
//!
//! [`gold`] is what people say, one file an article, [`corpus`] the same in short texts; `view` what the graph says; `align` tells which thing is which, `judge` compares, and
//! [`report`] tells causes.

mod align;
pub mod corpus;
mod events;
mod evidence;
pub mod gold;
mod items;
mod judge;
mod merging;
pub mod report;
mod tally;
mod text;
mod view;

pub use align::Party;
pub use evidence::Evidence;
pub use items::{Amount, EventPart, Fact, Object, Part, Spoken, Typed};
pub use judge::{Differences, Judged, TRACKS};
pub use merging::Merging;
pub use tally::{Found, Grounds, Measure, Outcome, Tally};

use crate::pipeline::{self, GraphOptions};
use crate::record::ArticleRecord;
use gold::Gold;
use merging::Member;
use std::collections::BTreeMap;
use view::View;

/// An annotated article: what people say that it says, and what the program says.
pub struct Case {
    /// The annotations.
    pub gold: Gold,
    /// The record.
    pub record: ArticleRecord,
}

/// What came of it.
pub struct Scores {
    /// Each article's graph alone, in the order of the cases.
    pub articles: Vec<Judged>,
    /// The language of each.
    pub languages: Vec<String>,
    /// The graph of all together.
    pub merging: Merging,
}

/// Scores each article alone, and the merging of things in the graph of all.
pub fn score(cases: &[Case]) -> Scores {
    Scores {
        articles: cases.iter().map(judge_alone).collect(),
        languages: cases.iter().map(|case| case.gold.language.clone()).collect(),
        merging: merge(cases),
    }
}

fn judge_alone(case: &Case) -> Judged {
    let quads = pipeline::graph(std::slice::from_ref(&case.record), &GraphOptions::default());
    Judged::new(&case.gold, &case.record.document.text, &View::new(&quads))
}

fn merge(cases: &[Case]) -> Merging {
    let records: Vec<ArticleRecord> = cases.iter().map(|case| case.record.clone()).collect();
    let quads = pipeline::graph(&records, &GraphOptions::default());
    let view = View::new(&quads);
    let members = cases.iter().flat_map(|case| members(case, &view));
    Merging::of(&members.collect::<Vec<_>>())
}

/// The annotated entities of an article with their things in the joint graph.
fn members(case: &Case, view: &View) -> Vec<Member> {
    let article = view.article(&case.record.document.sha256);
    let things = article.map(|article| view.mentioned(Some(article))).unwrap_or_default();
    let aligned = align::align(&case.gold.entities, &things);
    let thing_of: BTreeMap<_, _> = aligned.into_iter().map(|(thing, id)| (id, thing)).collect();
    let member = |id: &String| Member { id: id.clone(), thing: thing_of.get(id).cloned() };
    case.gold.entities.iter().map(|e| member(&e.id)).collect()
}

/// The tracks whose mean F1 is the graph score: entities count with their types.
const IN_GRAPH_SCORE: [&str; 5] = ["typed", "relations", "events", "quantities", "quotations"];

impl Scores {
    /// The numbers of a track in all articles, or in those of one language.
    pub fn tally(&self, track: &str, language: Option<&str>) -> Tally {
        let chosen = self.articles.iter().zip(&self.languages);
        let chosen = chosen.filter(|(_, code)| language.is_none_or(|l| l == code.as_str()));
        chosen.map(|(article, _)| article.tally(track)).sum()
    }

    /// The languages that there are, sorted.
    pub fn language_codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The mean F1 of all tracks but names alone.
    pub fn graph_score(&self) -> f64 {
        let sum: f64 = IN_GRAPH_SCORE.iter().map(|track| self.tally(track, None).measure().f1).sum();
        sum / IN_GRAPH_SCORE.len() as f64
    }

    /// Whether the words are where the graphs say.
    pub fn evidence(&self) -> Evidence {
        self.articles.iter().map(|article| article.evidence).sum()
    }
}
