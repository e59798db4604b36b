//! Scores for programs.

use super::Outcome;
use crate::score::report::{self, Body, Counts};
use crate::score::{Judged, Measure, TRACKS};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One object: each track's precision, recall and F1, in all and by language; with what else was asked for.
pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, verbose: bool, report: bool) -> io::Result<()> {
    let mut scores = scores(outcome);
    if report {
        scores.insert("report".to_owned(), sections(outcome));
    }
    if verbose {
        scores.insert("articles".to_owned(), articles(outcome));
    }
    writeln!(out, "{:#}", Value::Object(scores))
}

fn scores(outcome: &Outcome) -> Map<String, Value> {
    let scores = &outcome.scores;
    let mut object = Map::new();
    for track in TRACKS {
        let mut values = measure(scores.tally(track, None).measure());
        for code in scores.language_codes() {
            values.insert(code.to_owned(), json!(scores.tally(track, Some(code)).measure().f1));
        }
        object.insert(track.to_owned(), values.into());
    }
    object.insert("graph_score".to_owned(), json!(scores.graph_score()));
    let evidence = scores.evidence();
    let (spans, wrong, without) = (evidence.spans, evidence.wrong, evidence.without);
    object.insert("evidence".to_owned(), json!({"spans": spans, "wrong": wrong, "without": without}));
    let mut merging = measure(scores.merging.all);
    merging.insert("shared_f1".to_owned(), json!(scores.merging.shared.f1));
    object.insert("merging".to_owned(), merging.into());
    object
}

fn measure(measure: Measure) -> Map<String, Value> {
    let values = [("p", measure.precision), ("r", measure.recall), ("f1", measure.f1)];
    values.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
}

/// Track → section → numbers.
fn sections(outcome: &Outcome) -> Value {
    let mut tracks: Map<String, Value> = Map::new();
    for section in report::report(&outcome.cases, &outcome.scores) {
        let track = tracks.entry(section.track).or_insert_with(|| json!({}));
        track[section.name] = body(&section.body);
    }
    tracks.into()
}

fn body(body: &Body) -> Value {
    match body {
        Body::Counts(counts) => table(counts),
        Body::Rates(rates) => {
            let rate = |r: &report::Rate| json!({"kind": r.kind, "rule": r.rule, "right": r.right, "wrong": r.wrong, "precision": r.precision()});
            rates.iter().map(rate).collect()
        }
        Body::Bands(bands) => {
            let band = |b: &report::Band| {
                let bounds = [b.from, b.to.min(100)].map(|hundredths| f64::from(hundredths) / 100.0);
                json!({"from": bounds[0], "to": bounds[1], "items": b.items, "claimed": b.claimed, "right": b.right})
            };
            let shown: Vec<Value> = bands.iter().map(band).collect();
            json!({"bands": shown, "error": report::calibration_error(bands)})
        }
    }
}

/// Row → column → count.
fn table(counts: &Counts) -> Value {
    let row = |row: &str| -> Value {
        let cells = counts.columns().into_iter().map(|column| (column, counts.get(row, column)));
        cells.filter(|(_, count)| *count > 0).map(|(column, count)| (column.to_owned(), json!(count))).collect()
    };
    counts.rows().into_iter().map(|name| (name.to_owned(), row(name))).collect()
}

fn articles(outcome: &Outcome) -> Value {
    let pairs = outcome.cases.iter().zip(&outcome.scores.articles);
    pairs.map(|(case, judged)| json!({"article": case.gold.article, "tracks": tracks(judged)})).collect()
}

/// Track → misses and false hits.
fn tracks(judged: &Judged) -> Value {
    let differences = |track: &str| {
        let differences = judged.differences(track);
        let wrong = differences
            .wrong
            .iter()
            .map(|(what, grounds)| json!({"what": what, "confidence": grounds.confidence, "rules": grounds.rules}));
        json!({"missed": differences.missed, "wrong": wrong.collect::<Vec<_>>()})
    };
    TRACKS.iter().map(|track| ((*track).to_owned(), differences(track))).collect()
}
