//! Calendar dates.

use crate::analysis::Analysis;
use crate::language::Entry;
use std::ops::Range;

/// A date as far as the text gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// `2024-07-20`, `2024-07`, `2024` or `--07-20`; empty for a month alone.
    pub iso: String,
}

/// Every date of the text.
pub fn find(analysis: &Analysis) -> Vec<Date> {
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match date_at(analysis, sentence, at) {
                Some(date) => {
                    at = date.tokens.end;
                    found.push(date);
                }
                None => at += 1,
            }
        }
    }
    found
}

fn date_at(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Date> {
    numeric(analysis, at)
        .or_else(|| slashed(analysis, sentence, at))
        .or_else(|| day_month(analysis, sentence, at))
        .or_else(|| month_day(analysis, sentence, at))
        .or_else(|| year(analysis, sentence, at))
}

/// "20.07.2024" in one token.
fn numeric(analysis: &Analysis, at: usize) -> Option<Date> {
    let parts: Vec<&str> = analysis.tokens[at].lower.split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    let date = iso(year.parse().ok().filter(|y| (1000..=2200).contains(y)), month.parse().ok(), day.parse().ok())?;
    Some(Date { tokens: at..at + 1, iso: date })
}

/// "20/07/2024", "2024-07-20".
fn slashed(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Date> {
    let number = |i: usize| analysis.tokens.get(i).filter(|_| i < sentence.end)?.lower.parse::<u16>().ok();
    let mark = |i: usize| analysis.tokens.get(i).is_some_and(|t| t.lower == "/");
    let glued = |i: usize| i < sentence.end && analysis.tokens[i].hyphenated;
    let (a, b, c, end) = if mark(at + 1) && mark(at + 3) {
        (number(at)?, number(at + 2)?, number(at + 4)?, at + 5)
    } else if glued(at + 1) && glued(at + 2) {
        (number(at)?, number(at + 1)?, number(at + 2)?, at + 3)
    } else {
        return None;
    };
    let date = if a > 31 {
        iso(Some(a), Some(b as u8), Some(c as u8))
    } else {
        iso(Some(c).filter(|c| *c > 1000), Some(b as u8), Some(a as u8))
    };
    Some(Date { tokens: at..end, iso: date? })
}

fn month(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<(u8, usize)> {
    if at >= sentence.end {
        return None;
    }
    let token = &analysis.tokens[at];
    if token.hyphenated {
        return None;
    }
    let found = analysis.hits[at].iter().find_map(|h| match h.entry {
        Entry::Month(m) => Some((m, at + h.length)),
        _ => None,
    })?;
    // "Sept." and "Jan.": the full stop belongs to the abbreviation.
    let dotted = analysis
        .tokens
        .get(found.1)
        .is_some_and(|t| t.lower == "." && found.1 < sentence.end && token.lower.len() <= 4);
    Some((found.0, found.1 + usize::from(dotted)))
}

fn day(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<(u8, usize)> {
    if at >= sentence.end {
        return None;
    }
    let lower = &analysis.tokens[at].lower;
    let digits: String = lower.chars().take_while(char::is_ascii_digit).collect();
    let rest = &lower[digits.len()..];
    let day = digits.parse::<u8>().ok().filter(|d| (1..=31).contains(d))?;
    let ordinals = &analysis.language.dates.ordinals;
    if !rest.is_empty() && !ordinals.iter().any(|o| o == rest) {
        return None;
    }
    let next = analysis.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    let stop = next.is_some_and(|t| ordinals.contains(&t.lower) && t.span.start == analysis.tokens[at].span.end);
    Some((day, at + 1 + usize::from(stop)))
}

fn year_number(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<u16> {
    let token = analysis.tokens.get(at).filter(|_| at < sentence.end)?;
    let four = token.lower.len() == 4 && token.lower.bytes().all(|b| b.is_ascii_digit());
    four.then(|| token.lower.parse().ok()).flatten().filter(|y| (1500..=2100).contains(y))
}

/// "20 July 2024", "20. Juli", "1er juillet", "20 de julio" (with a short word between).
fn day_month(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Date> {
    let (day, next) = day(analysis, sentence, at)?;
    let joined = analysis.at(next, |e| *e == Entry::Of).filter(|_| next < sentence.end).map_or(next, |n| next + n);
    let (month, end) = month(analysis, sentence, next).or_else(|| month(analysis, sentence, joined))?;
    let after = if analysis.tokens.get(end).is_some_and(|t| t.lower == ",") { end + 1 } else { end };
    let (year, end) = year_number(analysis, sentence, after).map_or((None, end), |y| (Some(y), after + 1));
    Some(Date { tokens: at..end, iso: iso(year, Some(month), Some(day))? })
}

/// "July 20, 2024", "July 2024", "July" (no date of its own).
fn month_day(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Date> {
    let (month, next) = month(analysis, sentence, at)?;
    if let Some(year) = year_number(analysis, sentence, next) {
        return Some(Date { tokens: at..next + 1, iso: iso(Some(year), Some(month), None)? });
    }
    // "may", "mar"
    if !analysis.tokens[at].is_capitalized() && analysis.tokens[at].lower.len() <= 3 {
        return None;
    }
    if let Some((day, end)) = day(analysis, sentence, next) {
        let after = if analysis.tokens.get(end).is_some_and(|t| t.lower == ",") { end + 1 } else { end };
        let (year, end) = year_number(analysis, sentence, after).map_or((None, end), |y| (Some(y), after + 1));
        return Some(Date { tokens: at..end, iso: iso(year, Some(month), Some(day))? });
    }
    analysis.tokens[at].is_capitalized().then(|| Date { tokens: at..next, iso: String::new() })
}

/// A bare year: four digits that no counted thing follows.
fn year(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Date> {
    let year = year_number(analysis, sentence, at).filter(|y| (1800..=2100).contains(y))?;
    Some(Date { tokens: at..at + 1, iso: year.to_string() })
}

fn iso(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<String> {
    let month = month.filter(|m| (1..=12).contains(m))?;
    if day.is_some_and(|d| d == 0 || d > 31) {
        return None;
    }
    Some(match (year, day) {
        (Some(y), Some(d)) => jiff::civil::Date::new(y as i16, month as i8, d as i8).ok()?.to_string(),
        (Some(y), None) => format!("{y:04}-{month:02}"),
        (None, Some(d)) => format!("--{month:02}-{d:02}"),
        (None, None) => String::new(),
    })
}
