//! Quotations: said by another, cut otherwise, not found at all.

use super::{Article, Counts, RIGHT, Section, counts, trust};
use crate::score::items::Spoken;
use crate::score::judge::begin_alike;

const TRACK: &str = "quotations";

pub(super) fn sections(articles: &[Article]) -> Vec<Section> {
    let (mut missed, mut wrong) = (Counts::default(), Counts::default());
    for article in articles {
        let outcome = &article.judged.quotations;
        let language = &article.case.gold.language;
        for _ in &outcome.right {
            missed.add(language, RIGHT);
            wrong.add(language, RIGHT);
        }
        let said: Vec<&Spoken> = outcome.wrong.iter().map(|found| &found.key).collect();
        let annotated: Vec<&Spoken> = outcome.missed.iter().collect();
        for spoken in &annotated {
            let unknown = spoken.speaker.as_ref().is_some_and(|speaker| !article.judged.parties.has(speaker));
            let cause = if unknown { "speaker missed" } else { likeness(spoken, &said).unwrap_or("not found") };
            missed.add(language, cause);
        }
        for spoken in &said {
            wrong.add(language, likeness(spoken, &annotated).unwrap_or("not annotated"));
        }
    }
    let mut sections = vec![counts(TRACK, "missed", missed), counts(TRACK, "wrong", wrong)];
    sections.extend(trust(TRACK, articles, |judged| &judged.quotations, |_| ""));
    sections
}

/// How the nearest of some quotations differs; none if none has the words.
fn likeness(spoken: &Spoken, others: &[&Spoken]) -> Option<&'static str> {
    if others.iter().any(|other| begin_alike(&other.words, &spoken.words)) {
        Some("wrong speaker")
    } else if others.iter().any(|other| other.speaker == spoken.speaker && overlap(&other.words, &spoken.words)) {
        Some("other words")
    } else if others.iter().any(|other| overlap(&other.words, &spoken.words)) {
        Some("other words, wrong speaker")
    } else {
        None
    }
}

/// Whether one is part of the other, or most words of the shorter one stand in the other.
fn overlap(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let words: Vec<&str> = long.split(' ').collect();
    let (all, common) = (short.split(' ').count(), short.split(' ').filter(|word| words.contains(word)).count());
    !short.is_empty() && common * 4 >= all * 3
}
