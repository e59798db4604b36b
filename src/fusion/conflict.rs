//! Claims that cannot all be true: negated and asserted, two values of a single-valued relation,
//! two days for one happening.

use super::Fused;
use crate::ontology::Ontology;
use crate::record::{ArticleRecord, Claim, Event, Object, Status};
use std::collections::{BTreeMap, BTreeSet};

/// A contradiction: what it is about, and the claims by article and index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Claims about one subject and relation.
    Claims {
        /// Slug of the subject.
        subject: String,
        /// Relation name.
        relation: String,
        /// Article index and claim index.
        claims: Vec<(usize, usize)>,
    },
    /// Days given to one happening: article, event and date index.
    Dates(Vec<(usize, usize, usize)>),
}

/// Every conflict among the articles, in a stable order.
pub fn conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let mut found = claim_conflicts(records, fused);
    found.extend(date_conflicts(records, fused));
    found.sort();
    found
}

type Side = (String, bool);

/// Article index and claim index.
type ClaimAt = (usize, usize);

/// Article, event and date index.
type DateAt = (usize, usize, usize);

/// Object and polarity → claims.
type Sides = BTreeMap<Side, Vec<ClaimAt>>;

fn claim_conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    // Subject and relation → object and polarity → claims.
    let mut by_fact: BTreeMap<(String, String), Sides> = BTreeMap::new();
    for (a, record) in records.iter().enumerate() {
        for (c, claim) in record.claims.iter().enumerate().filter(|(_, c)| c.status != Status::Planned) {
            let Some(object) = object_key(fused, a, claim) else { continue };
            let subject = fused.thing(a, claim.subject).slug.clone();
            let sides = by_fact.entry((subject, claim.relation.clone())).or_default();
            sides.entry((object, claim.status == Status::Negated)).or_default().push((a, c));
        }
    }
    let mut found = Vec::new();
    for ((subject, relation), sides) in &by_fact {
        for claims in contradictory(records, relation, sides) {
            found.push(Conflict::Claims { subject: subject.clone(), relation: relation.clone(), claims });
        }
    }
    found
}

fn object_key(fused: &Fused, article: usize, claim: &Claim) -> Option<String> {
    match claim.object {
        Object::Entity(o) => Some(fused.thing(article, o).slug.clone()),
        Object::Text(_) => None,
    }
}

fn contradictory(
    records: &[&ArticleRecord],
    relation: &str,
    sides: &BTreeMap<Side, Vec<(usize, usize)>>,
) -> Vec<Vec<(usize, usize)>> {
    let mut found = Vec::new();
    for ((object, negated), claims) in sides {
        if let Some(denied) = sides.get(&(object.clone(), true)).filter(|_| !negated) {
            found.push(claims.iter().chain(denied).copied().collect());
        }
    }
    let single = Ontology::get().relations.get(relation).is_some_and(|r| r.single_valued);
    let held =
        |claims: &&Vec<(usize, usize)>| claims.iter().any(|(a, c)| records[*a].claims[*c].status != Status::Past);
    let values: Vec<&Vec<(usize, usize)>> =
        sides.iter().filter(|((_, negated), _)| !negated).map(|(_, c)| c).filter(held).collect();
    if single && values.len() > 1 {
        found.push(values.into_iter().flatten().copied().collect());
    }
    found
}

/// One happening (same kind, a shared target, no agents that differ) with different days of one month.
fn date_conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let mut groups: BTreeMap<[String; 3], Vec<DateAt>> = BTreeMap::new();
    for (a, record) in records.iter().enumerate() {
        for (e, event) in record.events.iter().enumerate() {
            for (d, date) in event.dates.iter().enumerate() {
                let Some(month) = month_of(&date.iso) else { continue };
                for target in targets(fused, a, event) {
                    groups.entry([event.kind.clone(), target, month.to_owned()]).or_default().push((a, e, d));
                }
            }
        }
    }
    let days = |list: &[(usize, usize, usize)]| {
        list.iter().map(|(a, e, d)| day_of(&records[*a].events[*e].dates[*d].iso)).collect::<BTreeSet<_>>()
    };
    groups.into_values().filter(|list| days(list).len() > 1).map(Conflict::Dates).collect()
}

fn targets(fused: &Fused, article: usize, event: &Event) -> BTreeSet<String> {
    event.targets.iter().map(|t| fused.thing(article, *t).slug.clone()).collect()
}

/// The month of a full date, with or without its year: `2024-09-29` and `--09-29` → `09`.
fn month_of(iso: &str) -> Option<&str> {
    match iso.len() {
        10 => iso.get(5..7),
        7 if iso.starts_with("--") => iso.get(2..4),
        _ => None,
    }
}

fn day_of(iso: &str) -> &str {
    &iso[iso.len() - 2..]
}
