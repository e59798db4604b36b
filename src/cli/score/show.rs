//! Scores for people.

use super::Outcome;
use crate::cli::output;
use crate::score::report::{self, Band, Body, Counts, RIGHT, Rate};
use crate::score::{Judged, Measure, TRACKS};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use std::io::{self, Write};

/// What was asked for, the scores last, where they are seen.
pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, verbose: bool, report: bool) -> io::Result<()> {
    if verbose {
        for (case, judged) in outcome.cases.iter().zip(&outcome.scores.articles) {
            write_differences(out, &case.gold.article, judged)?;
        }
    }
    if report {
        write_report(out, outcome)?;
    }
    write_scores(out, outcome)
}

fn write_scores(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    let scores = &outcome.scores;
    let codes = scores.language_codes();
    let mut header = vec!["track", "precision", "recall", "F1", "right", "wrong", "missed"];
    header.extend(&codes);
    let mut rows = Vec::new();
    for track in TRACKS {
        let tally = scores.tally(track, None);
        let mut row = vec![track.to_owned()];
        row.extend(measures(tally.measure()));
        row.extend([tally.right, tally.wrong, tally.missed].map(|count| count.to_string()));
        row.extend(codes.iter().map(|code| share(scores.tally(track, Some(code)).measure().f1)));
        rows.push(row);
    }
    let merging = [("merging", scores.merging.all), ("merging, 2+ articles", scores.merging.shared)];
    rows.extend(merging.map(|(name, measure)| [vec![name.to_owned()], measures(measure).to_vec()].concat()));
    writeln!(out, "{}", table(&header, rows))?;
    let evidence = scores.evidence();
    let (files, spans, wrong, without) = (outcome.cases.len(), evidence.spans, evidence.wrong, evidence.without);
    writeln!(
        out,
        "graph score {}: the mean F1 of all but entities and merging; {files} articles",
        share(scores.graph_score())
    )?;
    writeln!(
        out,
        "evidence: {spans} spans, {wrong} wrong; {without} claims, events, quantities or quotations without one"
    )
}

fn measures(measure: Measure) -> [String; 3] {
    [measure.precision, measure.recall, measure.f1].map(share)
}

fn share(number: f64) -> String {
    format!("{number:.3}")
}

/// A table whose numbers, all but the first column, stand to the right.
fn table(header: &[&str], rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    if let Some(width) = output::width() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row);
    }
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    table
}

fn write_differences(out: &mut dyn Write, article: &str, judged: &Judged) -> io::Result<()> {
    writeln!(out, "== {article}")?;
    for track in TRACKS {
        let differences = judged.differences(track);
        for missed in &differences.missed {
            writeln!(out, "  {track} - {missed}")?;
        }
        for (wrong, grounds) in &differences.wrong {
            let confidence = grounds.confidence.map(|c| format!("  {c:.2}")).unwrap_or_default();
            let rules = grounds.rules.join(", ");
            writeln!(out, "{}", format!("  {track} + {wrong}{confidence} {rules}").trim_end())?;
        }
    }
    writeln!(out)
}

fn write_report(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    for section in report::report(&outcome.cases, &outcome.scores) {
        if section.body.is_empty() {
            continue;
        }
        writeln!(out, "{}: {}", section.track, section.name)?;
        match &section.body {
            Body::Counts(counts) => writeln!(out, "{}\n", counts_table(counts))?,
            Body::Rates(rates) => write_rates(out, rates)?,
            Body::Bands(bands) => {
                writeln!(out, "{}", bands_table(bands))?;
                writeln!(out, "calibration error {}\n", share(report::calibration_error(bands)))?;
            }
        }
    }
    Ok(())
}

/// Rows and columns with their sums; what is nought is left blank.
fn counts_table(counts: &Counts) -> Table {
    let columns = counts.columns();
    let cell = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let line = |name: &str, of: &dyn Fn(&str) -> usize| {
        let numbers: Vec<usize> = columns.iter().map(|column| of(column)).collect();
        let sum: usize = numbers.iter().sum();
        let mut line = vec![name.to_owned()];
        line.extend(numbers.into_iter().chain([sum]).map(cell));
        line
    };
    let mut rows: Vec<_> = counts.rows().iter().map(|row| line(row, &|column| counts.get(row, column))).collect();
    rows.push(line("all", &|column| counts.column_sum(column)));
    let header = [&[""], columns.as_slice(), &["all"]].concat();
    table(&header, rows)
}

/// The rules that were wrong at least once; the others are counted.
fn write_rates(out: &mut dyn Write, rates: &[Rate]) -> io::Result<()> {
    let (erring, good): (Vec<&Rate>, Vec<&Rate>) = rates.iter().partition(|rate| rate.wrong > 0);
    let row = |r: &&Rate| {
        let rule = format!("{} {}", r.kind, r.rule).trim_start().to_owned();
        vec![rule, r.right.to_string(), r.wrong.to_string(), share(r.precision())]
    };
    writeln!(out, "{}", table(&["rule", RIGHT, "wrong", "precision"], erring.iter().map(row).collect()))?;
    let right: usize = good.iter().map(|rate| rate.right).sum();
    writeln!(out, "{} rules more were never wrong and {right} times right\n", good.len())
}

fn bands_table(bands: &[Band]) -> Table {
    let row = |b: &Band| {
        let band = format!("{:.2}–{:.2}", f64::from(b.from) / 100.0, f64::from(b.to - 1) / 100.0);
        vec![band, b.items.to_string(), share(b.claimed), share(b.right), format!("{:+.3}", b.claimed - b.right)]
    };
    table(&["confidence", "items", "claimed", RIGHT, "too high by"], bands.iter().map(row).collect())
}
