//! Events: not found at all, or found and told otherwise.

use super::{Article, Counts, RIGHT, Section, counts, trust};
use crate::score::align::Party;
use crate::score::items::{EventPart, Part};
use crate::score::{Found, Outcome};
use std::collections::BTreeSet;

const TRACK: &str = "events";

pub(super) fn sections(articles: &[Article]) -> Vec<Section> {
    let mut tables = Tables::default();
    for article in articles {
        tables.count(article);
    }
    let mut sections = vec![
        counts(TRACK, "missed", tables.missed),
        counts(TRACK, "missed, by role", tables.missed_roles),
        counts(TRACK, "wrong", tables.wrong),
        counts(TRACK, "wrong, by role", tables.wrong_roles),
    ];
    sections.extend(trust(TRACK, articles, |judged| &judged.events, |part| &part.kind));
    sections
}

#[derive(Default)]
struct Tables {
    missed: Counts,
    missed_roles: Counts,
    wrong: Counts,
    wrong_roles: Counts,
}

impl Tables {
    fn count(&mut self, article: &Article) {
        let outcome = &article.judged.events;
        for Found { key, .. } in &outcome.right {
            if key.part == Part::Type {
                self.missed.add(&key.kind, RIGHT);
                self.wrong.add(&key.kind, RIGHT);
            } else {
                self.missed_roles.add(key.part.role(), RIGHT);
                self.wrong_roles.add(key.part.role(), RIGHT);
            }
        }
        let kinds = Kinds::of(outcome);
        for key in &outcome.missed {
            match key.part {
                Part::Type => self.missed.add(&key.kind, kinds.cause_of_miss(key)),
                _ => self.missed_roles.add(key.part.role(), cause_of_missed_role(key, article)),
            }
        }
        for Found { key, .. } in &outcome.wrong {
            match key.part {
                Part::Type => self.wrong.add(&key.kind, kinds.cause_of_excess(key)),
                _ => self.wrong_roles.add(key.part.role(), cause_of_wrong_role(key, outcome)),
            }
        }
    }
}

/// The classes of the events of an article.
struct Kinds<'a> {
    graph: BTreeSet<&'a str>,
    gold: BTreeSet<&'a str>,
}

impl<'a> Kinds<'a> {
    fn of(outcome: &'a Outcome<EventPart>) -> Self {
        let right = || outcome.right.iter().map(|f| f.key.kind.as_str());
        Kinds {
            graph: right().chain(outcome.wrong.iter().map(|f| f.key.kind.as_str())).collect(),
            gold: right().chain(outcome.missed.iter().map(|key| key.kind.as_str())).collect(),
        }
    }

    fn cause_of_miss(&self, key: &EventPart) -> &'static str {
        if self.graph.contains(key.kind.as_str()) { "another of the type" } else { "not found" }
    }

    fn cause_of_excess(&self, key: &EventPart) -> &'static str {
        if self.gold.contains(key.kind.as_str()) { "another of the type" } else { "not annotated" }
    }
}

/// Whether some of the parts tell the role of the event.
fn tells<'a>(mut parts: impl Iterator<Item = &'a EventPart>, key: &EventPart) -> bool {
    parts.any(|other| other.event == key.event && other.part.role() == key.part.role())
}

fn cause_of_missed_role(key: &EventPart, article: &Article) -> &'static str {
    let said = article.judged.events.wrong.iter().map(|f| &f.key);
    if !key.shared {
        "event missed"
    } else if key.part.party().is_some_and(|party| !article.judged.parties.has(party)) {
        "entity missed"
    } else if tells(said, key) {
        "another instead"
    } else {
        "left out"
    }
}

fn cause_of_wrong_role(key: &EventPart, outcome: &Outcome<EventPart>) -> &'static str {
    if !key.shared {
        "event not annotated"
    } else if matches!(key.part.party(), Some(Party::Other(_))) {
        "entity not annotated"
    } else if tells(outcome.missed.iter(), key) {
        "in place of another"
    } else {
        "added"
    }
}
