//! When what a claim says held: "since 2019", "until March 2024", "from 2010 to 2015", and the day of the
//! happening that began or ended it.

use super::Found;
use super::tree::Tree;
use crate::entity::Resolved;
use crate::language::Entry;
use crate::mention::Date;
use crate::ontology::Ontology;
use crate::record::{Claim, Event, Object, Status};
use crate::text::Span;
use std::ops::Range;

/// How many tokens may stand between a preposition and its date ("until the end of 2024"), and between the words of
/// a claim and a date that belongs to them.
const NEAR: usize = 2;

/// Which end of a period a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Start,
    Stop,
}

/// Dates that begin or end something.
struct Limits<'a> {
    start: Option<&'a Date>,
    stop: Option<&'a Date>,
}

impl<'a> Limits<'a> {
    fn dates(&self) -> impl Iterator<Item = &'a Date> {
        self.start.into_iter().chain(self.stop)
    }
}

/// Gives every claim the period that its sentence, or the happening that it comes from, tells. The evidence then holds
/// the date.
pub(super) fn find(resolved: &Resolved, found: &Found, events: &[Event], claims: &mut [Claim]) {
    let limits = limits(resolved, &found.dates);
    for claim in claims.iter_mut().filter(|c| !matches!(c.status, Status::Planned | Status::Negated)) {
        of_words(resolved, &limits, claim);
        of_events(resolved, events, claim);
    }
}

/// Sets an end of a claim's period that is not known yet; dates without a year are none.
fn set(claim: &mut Claim, end: End, iso: &str, words: Span) {
    let place = match end {
        End::Start => &mut claim.held.start,
        End::Stop => &mut claim.held.end,
    };
    if place.is_none() && iso.starts_with(|c: char| c.is_ascii_digit()) {
        *place = Some(iso.to_owned());
        claim.evidence = claim.evidence.cover(words);
    }
}

/// The dates of a text that a preposition makes a beginning or an end, or that stand in pairs.
fn limits<'a>(resolved: &Resolved, dates: &'a [Date]) -> Vec<Limits<'a>> {
    let mut limits = Vec::new();
    let mut at = 0;
    while at < dates.len() {
        let date = &dates[at];
        if let Some(next) = dates.get(at + 1).filter(|next| is_pair(resolved, date, next)) {
            limits.push(Limits { start: Some(date), stop: Some(next) });
            at += 2;
            continue;
        }
        limits.extend(preposition(resolved, date).map(|end| match end {
            End::Start => Limits { start: Some(date), stop: None },
            End::Stop => Limits { start: None, stop: Some(date) },
        }));
        at += 1;
    }
    limits
}

/// "from 2010 to 2015", "zwischen 2010 und 2015", "2010–2015".
fn is_pair(resolved: &Resolved, first: &Date, second: &Date) -> bool {
    let tokens = &resolved.analysis.tokens;
    let lower = |i: usize| tokens[i].lower.as_str();
    let between: Vec<&str> = (first.tokens.end..second.tokens.start).map(lower).collect();
    let before = first.tokens.start.checked_sub(1).map(lower);
    let worded = |pair: &[String; 2]| before == Some(pair[0].as_str()) && between == [pair[1].as_str()];
    let joined =
        matches!(between[..], ["-" | "–" | "—"]) || between.is_empty() && tokens[second.tokens.start].hyphenated;
    tokens[first.tokens.start].sentence == tokens[second.tokens.start].sentence
        && (joined || resolved.analysis.language.dates.pairs.iter().any(worded))
}

/// The end that the preposition right before a date makes it.
fn preposition(resolved: &Resolved, date: &Date) -> Option<End> {
    let start = date.tokens.start;
    let lowest = resolved.analysis.sentences[resolved.analysis.tokens[start].sentence].start;
    let reaches = |i: usize, wanted: Entry| {
        let length = resolved.analysis.at(i, |e| *e == wanted);
        length.is_some_and(|n| i + n <= start && start - (i + n) < NEAR)
    };
    (lowest.max(start.saturating_sub(2 * NEAR))..start).rev().find_map(|i| match () {
        () if reaches(i, Entry::Until) => Some(End::Stop),
        () if reaches(i, Entry::From) => Some(End::Start),
        () => None,
    })
}

/// Dates that hang on the word that says it, or follow its words.
fn of_words(resolved: &Resolved, limits: &[Limits], claim: &mut Claim) {
    let tokens = resolved.analysis.tokens_in(claim.evidence);
    if tokens.is_empty() {
        return;
    }
    let sentence = resolved.analysis.tokens[tokens.start].sentence;
    if resolved.analysis.tokens[tokens.end - 1].sentence != sentence {
        return;
    }
    let tree = Tree::new(resolved, tokens.start);
    let Some(told) = teller(resolved, &tree, tokens.clone(), claim) else { return };
    let (governors, _) = tree.governors(told);
    let belongs = |date: &&Date| {
        let head = tree.head_of(date.tokens.clone()).and_then(|word| tree.parent(word));
        let within = head.is_some_and(|h| tokens.contains(&tree.token_of(h)));
        let start = date.tokens.start;
        let beside = start >= tokens.end && start - tokens.end <= NEAR && within;
        beside || head.is_some_and(|h| governors.contains(&h))
    };
    let here = |date: &&Date| resolved.analysis.tokens[date.tokens.start].sentence == sentence;
    for limits in limits.iter().filter(|l| l.dates().filter(here).any(|date| belongs(&date))) {
        for (end, date) in [(End::Start, limits.start), (End::Stop, limits.stop)] {
            if let Some(date) = date {
                set(claim, end, &date.iso, resolved.analysis.span(date.tokens.clone()));
            }
        }
    }
}

/// The word of a claim's evidence that the others hang on, its participants apart.
fn teller(resolved: &Resolved, tree: &Tree, tokens: Range<usize>, claim: &Claim) -> Option<usize> {
    let object = match claim.object {
        Object::Entity(entity) => Some(entity),
        Object::Text(_) => None,
    };
    let party = |t: usize| {
        let mut mentions = resolved.within(tokens.clone()).filter(|m| m.tokens.contains(&t));
        mentions.any(|m| m.entity == claim.subject || Some(m.entity) == object)
    };
    let words = tokens.clone().filter(|t| resolved.analysis.tokens[*t].is_word() && !party(*t));
    words.filter_map(|t| tree.head_of(t..t + 1)).min_by_key(|word| (tree.depth(*word), *word))
}

/// The day of a happening that begins or ends what the claim says: both are of the same things, in one sentence.
fn of_events(resolved: &Resolved, events: &[Event], claim: &mut Claim) {
    let sentence_of = |span: Span| {
        let tokens = resolved.analysis.tokens_in(span);
        resolved.analysis.tokens.get(tokens.start).map(|t| t.sentence)
    };
    let sentence = sentence_of(claim.evidence);
    for event in events {
        let [date] = &event.dates[..] else { continue };
        let Some(class) = Ontology::get().events.get(&event.kind) else { continue };
        let relation = &claim.relation;
        let end = match () {
            () if class.relation.as_ref() == Some(relation) || class.begins.contains(relation) => End::Start,
            () if class.ends.contains(relation) => End::Stop,
            () => continue,
        };
        let takes_part = |entity: usize| event.agents.contains(&entity) || event.targets.contains(&entity);
        let both = takes_part(claim.subject)
            && match claim.object {
                Object::Entity(object) => takes_part(object),
                Object::Text(_) => true,
            };
        if both && sentence_of(date.evidence) == sentence {
            set(claim, end, &date.iso, date.evidence);
        }
    }
}
