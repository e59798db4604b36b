//! Why entities of several articles are one thing.

use crate::cli::terms::local_name;
use crate::fusion::{Fused, Merge, Reason};
use crate::record::ArticleRecord;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many merges are written; the rest is counted.
const LINES: usize = 20;

/// How many things that two articles share are named.
const SHARED: usize = 3;

/// Writes the merges that made the thing of an IRI, those alike once.
pub fn write(out: &mut dyn Write, records: &[&ArticleRecord], fused: &Fused, iri: &str) -> io::Result<()> {
    let slug = local_name(iri);
    let Ok(thing) = fused.things.binary_search_by(|t| t.slug.as_str().cmp(slug)) else { return Ok(()) };
    let of_thing = |m: &Merge| fused.thing_index(m.left.0, m.left.1) == thing;
    let mut lines: BTreeMap<String, (usize, Merge)> = BTreeMap::new();
    for merge in fused.merges().filter(of_thing) {
        let line = format!("{} = {}", name(records, merge.left), name(records, merge.right));
        lines.entry(format!("{line}: {}", merge.reason.words())).or_insert((0, merge)).0 += 1;
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "  one thing because")?;
    for (line, (count, merge)) in lines.iter().take(LINES) {
        let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
        writeln!(out, "    {line}{times}{}", shared(records, fused, merge))?;
        writeln!(out, "      in {} and {}", records[merge.left.0].id(), records[merge.right.0].id())?;
    }
    match lines.len().saturating_sub(LINES) {
        0 => Ok(()),
        more => writeln!(out, "    and {more} more"),
    }
}

fn name(records: &[&ArticleRecord], (article, entity): (usize, usize)) -> String {
    format!("\"{}\"", records[article].entities[entity].names.first().map_or("", String::as_str))
}

/// What both articles tell of too, where the names alone would not do.
fn shared(records: &[&ArticleRecord], fused: &Fused, merge: &Merge) -> String {
    if matches!(merge.reason, Reason::Link | Reason::Known | Reason::KnownThing | Reason::Name | Reason::Role) {
        return String::new();
    }
    let things = |article: usize| {
        let named = (0..records[article].entities.len()).filter(move |e| !records[article].entities[*e].unnamed);
        named.map(move |e| fused.thing_index(article, e))
    };
    let own = fused.thing_index(merge.left.0, merge.left.1);
    let mut both: Vec<usize> =
        things(merge.left.0).filter(|t| *t != own && things(merge.right.0).any(|o| o == *t)).collect();
    both.sort_unstable();
    both.dedup();
    let labels: Vec<&str> = both
        .iter()
        .take(SHARED)
        .filter_map(|t| fused.things[*t].naming.labels.values().next())
        .map(String::as_str)
        .collect();
    if labels.is_empty() { String::new() } else { format!("; both articles tell of {}", labels.join(", ")) }
}
