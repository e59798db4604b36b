//! A second day for one deadline: a sentence that gives a day from which, or until which, something
//! holds, in the month in which a happening told before has another such day.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Resolved};
use crate::language::Entry;
use crate::mention::Date;
use crate::ontology::Ontology;
use crate::record::{Event, EventDate};

/// Adds an event for every day that differs from a deadline told elsewhere in the article.
/// Fusion then finds the two days in conflict.
pub(super) fn find(resolved: &Resolved, found: &Found, events: &mut Vec<Event>) {
    begin(resolved, found, events);
    let limits: Vec<&Date> = found.dates.iter().filter(|d| is_limit(resolved, d)).collect();
    let mut added = Vec::new();
    for date in &limits {
        let span = resolved.analysis.span(date.tokens.clone());
        let told = events.iter().any(|e| e.dates.iter().any(|d| d.iso == date.iso));
        let same = events
            .iter()
            .find(|e| e.dates.iter().any(|d| differs(&d.iso, &date.iso) && limits.iter().any(|l| l.iso == d.iso)));
        if let Some(event) = same.filter(|_| !told) {
            let Some(targets) = told_of(resolved, date, &event.targets) else { continue };
            let evidence = resolved.analysis.sentence_span(resolved.analysis.tokens[date.tokens.start].sentence);
            added.push(Event {
                agents: Vec::new(),
                targets,
                dates: vec![EventDate { iso: date.iso.clone(), evidence: span }],
                amounts: Vec::new(),
                evidence: vec![evidence],
                confidence: 45,
                rule: "a second day for a deadline".to_owned(),
                ..event.clone()
            });
        }
    }
    events.extend(added);
}

/// How many sentences after a happening the day of its beginning may be told.
const REACH: usize = 3;

/// "The US has banned X. … From 20 July the company may no longer sell …": the day from which a happening
/// that lasts holds, told in a later sentence about its target.
fn begin(resolved: &Resolved, found: &Found, events: &mut [Event]) {
    let tokens = &resolved.analysis.tokens;
    for date in found.dates.iter().filter(|d| is_limit(resolved, d) && begins(resolved, d)) {
        let sentence = tokens[date.tokens.start].sentence;
        let range = resolved.analysis.sentence_span(sentence);
        if events.iter().any(|e| e.evidence.iter().any(|s| range.overlaps(*s))) {
            continue;
        }
        let sentence_of = |e: &Event| {
            e.evidence
                .first()
                .map(|s| tokens[tokens.partition_point(|t| t.span.start < s.start).min(tokens.len() - 1)].sentence)
        };
        let lasting = |e: &&mut Event| {
            let class = Ontology::get().events.get(&e.kind);
            let near = sentence_of(e).is_some_and(|s| s < sentence && sentence - s <= REACH);
            near && e.dates.is_empty()
                && class.is_some_and(|c| c.lasts)
                && told_of(resolved, date, &e.targets).is_some()
        };
        if let Some(event) = events.iter_mut().filter(lasting).last() {
            let span = resolved.analysis.span(date.tokens.clone());
            event.dates.push(EventDate { iso: date.iso.clone(), evidence: span });
            event.evidence.push(range);
        }
    }
}

/// Whether the preposition before a date says that something begins.
fn begins(resolved: &Resolved, date: &Date) -> bool {
    let lowest = date.tokens.start.saturating_sub(4);
    (lowest..date.tokens.start).any(|i| resolved.analysis.at(i, |e| *e == Entry::From).is_some())
        && !(lowest..date.tokens.start).any(|i| resolved.analysis.at(i, |e| *e == Entry::Until).is_some())
}

/// Whether a preposition of beginning or ending stands before a full date.
fn is_limit(resolved: &Resolved, date: &Date) -> bool {
    let arguments = Arguments::new(resolved, date.tokens.start);
    let lowest = date.tokens.start.saturating_sub(4).max(arguments.sentence.start);
    let limit = |i: usize| arguments.resolved.analysis.at(i, |e| matches!(e, Entry::From | Entry::Until));
    date.iso.len() >= 7
        && date.iso.contains('-')
        && (lowest..date.tokens.start)
            .any(|i| limit(i).is_some_and(|n| i + n <= date.tokens.start && date.tokens.start - (i + n) <= 2))
}

/// The same month, in the same year as far as both tell it, but another day.
fn differs(a: &str, b: &str) -> bool {
    let parts = |iso: &str| -> Option<(String, String, String)> {
        let (year, rest) = if let Some(rest) = iso.strip_prefix("--") {
            (String::new(), rest)
        } else {
            (iso.get(..4)?.to_owned(), iso.get(5..)?)
        };
        let (month, day) = rest.split_once('-')?;
        Some((year, month.to_owned(), day.to_owned()))
    };
    let (Some(a), Some(b)) = (parts(a), parts(b)) else { return false };
    (a.0 == b.0 || a.0.is_empty() || b.0.is_empty()) && a.1 == b.1 && a.2 != b.2
}

/// The targets that the sentence of the date names, or that the sentence before does.
fn told_of(resolved: &Resolved, date: &Date, targets: &[usize]) -> Option<Vec<usize>> {
    let sentence = resolved.analysis.tokens[date.tokens.start].sentence;
    let range = resolved.analysis.sentences[sentence].clone();
    let named: Vec<usize> = targets
        .iter()
        .copied()
        .filter(|t| resolved.within(range.clone()).any(|m| m.entity == *t && m.manner != Manner::Adjective))
        .collect();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::differs;

    #[test]
    fn days_of_one_month_differ() {
        assert!(differs("2024-09-29", "2024-09-09") && differs("--09-29", "2024-09-09"));
        assert!(
            !differs("2024-09-29", "2024-10-29")
                && !differs("2023-09-29", "2024-09-09")
                && !differs("2024-09", "2024-09-09")
        );
    }
}
