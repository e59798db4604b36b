//! Claims that cannot all be true: negated and asserted, two values of a single-valued relation, two relations that
//! exclude each other, two days or two amounts of one happening. What excludes what is said in the ontology.

use super::Fused;
use super::card::hash;
use crate::ontology::Ontology;
use crate::record::{ArticleRecord, Claim, Event, Object, Status};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// How many days apart two dates of one happening may be told: further apart they are of two happenings.
const DAYS: i32 = 31;

/// The same where what happens lasts: it may be announced one day and begin another.
const LASTING: i32 = 15;

/// The same where a happening has one date, whatever is told of it.
const SINGLE: i32 = 183;

/// By how many hundredths amounts may differ that are one, rounded.
const ROUNDED: f64 = 10.0;

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
    /// Amounts given to one happening: article, event and quantity index.
    Amounts(Vec<(usize, usize, usize)>),
}

impl Conflict {
    /// A hash of the conflict where its articles have other numbers; `None` if one of them has none.
    pub fn stamp(&self, number: impl Fn(usize) -> Option<usize>) -> Option<u64> {
        let all = |list: &[(usize, usize, usize)]| -> Option<Vec<_>> {
            list.iter().map(|(a, e, i)| Some((number(*a)?, *e, *i))).collect()
        };
        Some(match self {
            Conflict::Claims { subject, relation, claims } => {
                let claims: Option<Vec<_>> = claims.iter().map(|(a, c)| Some((number(*a)?, *c))).collect();
                hash(&("claims", subject, relation, claims?))
            }
            Conflict::Dates(list) => hash(&("dates", all(list)?)),
            Conflict::Amounts(list) => hash(&("amounts", all(list)?)),
        })
    }
}

/// Every conflict among the articles, in a stable order.
pub fn conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let mut found = claim_conflicts(records, fused);
    found.extend(event_conflicts(records, fused));
    found.par_sort();
    found.dedup();
    found
}

/// Article index and claim index.
type ClaimAt = (usize, usize);

/// The things at the two ends of a relation.
type Ends = (usize, usize);

/// A claim of two things, told one way: what it is about, whether it is denied, and where it stands.
type Told<'a> = (Ends, &'a str, bool, ClaimAt);

/// A thing with a single-valued relation, the other end of it, and a claim that it holds.
type Value<'a> = ((usize, &'a str), usize, ClaimAt);

/// A claim with its relation named one way: of a relation and its inverse the first by name, of a symmetric one from
/// the lesser end.
fn fact<'a>(fused: &Fused, article: usize, claim: &'a Claim) -> Option<(Ends, &'a str)> {
    let Object::Entity(object) = claim.object else { return None };
    let (subject, object) = (fused.thing_index(article, claim.subject), fused.thing_index(article, object));
    let (name, relation) = Ontology::get().relations.get_key_value(&claim.relation)?;
    match &relation.inverse {
        Some(inverse) if inverse < name => Some(((object, subject), inverse)),
        _ if relation.symmetric && object < subject => Some(((object, subject), name)),
        _ => Some(((subject, object), name)),
    }
}

fn claim_conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let denied: FxHashSet<Ends> = told(records, fused, |claim| claim.status == Status::Negated).map(|t| t.0).collect();
    let exclusive = exclusive();
    let may_conflict = |claim: &Claim| !denied.is_empty() || exclusive.contains(claim.relation.as_str());
    let of_these = told(records, fused, may_conflict);
    let mut told: Vec<Told> = of_these.filter(|told| exclusive.contains(told.1) || denied.contains(&told.0)).collect();
    told.par_sort_unstable();
    let mut values: Vec<Value> = told.par_iter().flat_map_iter(|told| values(records, told)).collect();
    values.par_sort_unstable();
    let conflict = |subject: usize, relation: &str, mut claims: Vec<ClaimAt>| {
        claims.sort_unstable();
        Conflict::Claims { subject: fused.things[subject].slug.clone(), relation: relation.to_owned(), claims }
    };
    let mut found: Vec<Conflict> = Vec::new();
    for of_ends in told.chunk_by(|a, b| a.0 == b.0) {
        for claims in contradictory(of_ends) {
            let relation = &records[claims[0].0].claims[claims[0].1].relation;
            found.push(conflict(of_ends[0].0.0, relation, claims));
        }
    }
    for of_relation in values.chunk_by(|a, b| a.0 == b.0) {
        let claims = at_one_time(records, of_relation);
        if !claims.is_empty() {
            let (subject, relation) = of_relation[0].0;
            found.push(conflict(subject, relation, claims));
        }
    }
    found
}

/// The relations that exclude something, or are excluded, by the names of both directions.
fn exclusive() -> FxHashSet<&'static str> {
    let relations = &Ontology::get().relations;
    let excluding = relations.iter().filter(|(_, r)| r.single_valued || !r.excludes.is_empty());
    let found: FxHashSet<&str> =
        excluding.flat_map(|(name, r)| r.excludes.iter().chain([name]).map(String::as_str)).collect();
    let inverses = relations.iter().filter(|(_, r)| r.inverse.as_ref().is_some_and(|i| found.contains(i.as_str())));
    let others: Vec<&str> = inverses.map(|(name, _)| name.as_str()).collect();
    found.into_iter().chain(others).collect()
}

/// What articles claim of two things, as far as it is of these claims.
fn told<'a>(
    records: &'a [&ArticleRecord],
    fused: &'a Fused,
    of_these: impl Fn(&Claim) -> bool + Sync + Send + 'a,
) -> impl ParallelIterator<Item = Told<'a>> {
    records.par_iter().enumerate().flat_map_iter(move |(article, record)| {
        let claims = record.claims.iter().enumerate().filter(|(_, c)| c.status != Status::Planned && of_these(c));
        let told = claims.filter_map(|(i, claim)| {
            let (ends, relation) = fact(fused, article, claim)?;
            Some((ends, relation, claim.status == Status::Negated, (article, i)))
        });
        told.collect::<Vec<_>>()
    })
}

/// What a claim gives the things of a relation that has one value.
fn values<'a>(records: &[&ArticleRecord], told: &Told<'a>) -> Vec<Value<'a>> {
    let ((subject, object), relation, negated, at) = *told;
    let definition = &Ontology::get().relations[relation];
    if !definition.single_valued || negated || records[at.0].claims[at.1].status == Status::Past {
        return Vec::new();
    }
    let mut values = vec![((subject, relation), object, at)];
    if definition.symmetric {
        values.push(((object, relation), subject, at));
    }
    values
}

/// The claims of different other ends that may hold on one day.
fn at_one_time(records: &[&ArticleRecord], values: &[Value]) -> Vec<ClaimAt> {
    // Sorted by the other end: if the first and the last are one, all are.
    if values[0].1 == values[values.len() - 1].1 {
        return Vec::new();
    }
    let held = |value: &Value| &records[value.2.0].claims[value.2.1].held;
    let met = |one: &&Value| values.iter().any(|other| other.1 != one.1 && !held(one).is_apart(held(other)));
    values.iter().filter(met).map(|value| value.2).collect()
}

/// Claims about the same two things of which not all can be true.
fn contradictory(told: &[Told]) -> Vec<Vec<ClaimAt>> {
    let one = (told[0].1, told[0].2);
    if told.iter().all(|t| (t.1, t.2) == one) {
        return Vec::new();
    }
    let of = |relation: &str, negated: bool| -> Vec<ClaimAt> {
        told.iter().filter(|t| t.1 == relation && t.2 == negated).map(|t| t.3).collect()
    };
    let mut found = Vec::new();
    for same in told.chunk_by(|a, b| a.1 == b.1) {
        let relation = same[0].1;
        let claims = of(relation, false);
        let excluded = Ontology::get().relations[relation].excludes.iter().filter(|other| relation < other.as_str());
        let others = std::iter::once(of(relation, true)).chain(excluded.map(|other| of(other, false)));
        found.extend(others.filter(|o| !claims.is_empty() && !o.is_empty()).map(|o| [&claims[..], &o].concat()));
    }
    found
}

/// Article index and event index.
type EventAt = (usize, usize);

/// What happened to which thing, and the event that tells it.
type Happening<'a> = ((&'a str, usize), EventAt);

/// The events of an article, once for each thing that they happen to.
fn happenings<'a>(fused: &'a Fused, article: usize, record: &'a ArticleRecord) -> impl Iterator<Item = Happening<'a>> {
    record.events.iter().enumerate().flat_map(move |(e, event)| {
        let things = event.targets.iter().map(move |target| fused.thing_index(article, *target));
        things.map(move |thing| ((event.kind.as_str(), thing), (article, e)))
    })
}

/// Happenings of one kind to one thing that no agents tell apart, and that articles date or count differently.
fn event_conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let numbered = records.par_iter().enumerate();
    let mut told: Vec<Happening> = numbered.flat_map_iter(|(a, record)| happenings(fused, a, record)).collect();
    told.par_sort_unstable();
    told.dedup();
    let several = |group: &&[Happening]| {
        let events = || group.iter().map(|(_, at)| &records[at.0].events[at.1]);
        events().filter(|e| !e.dates.is_empty()).count() > 1 || events().filter(|e| !e.amounts.is_empty()).count() > 1
    };
    let groups = told.par_chunk_by(|a, b| a.0 == b.0).filter(several);
    groups
        .flat_map_iter(|group| {
            let window = match Ontology::get().events.get(group[0].0.0) {
                Some(class) if class.single_date => SINGLE,
                Some(class) if class.lasts => LASTING,
                _ => DAYS,
            };
            let told: Vec<Dated> = group.iter().map(|(_, at)| Dated::of(records, fused, *at)).collect();
            let dates = dates_apart(&told, window).map(Conflict::Dates);
            dates.chain(amounts_apart(records, &told).map(Conflict::Amounts)).collect::<Vec<_>>()
        })
        .collect()
}

/// An event with its days and agents.
struct Dated<'a> {
    at: EventAt,
    event: &'a Event,
    /// Sorted.
    agents: Vec<usize>,
    /// Each full date with its index.
    days: Vec<(Date, usize)>,
}

impl<'a> Dated<'a> {
    fn of(records: &[&'a ArticleRecord], fused: &Fused, at: EventAt) -> Self {
        let event = &records[at.0].events[at.1];
        let year = records[at.0].document.published.as_deref().and_then(|p| p.get(..4));
        let days = event.dates.iter().enumerate().filter_map(|(i, d)| Some((day(&d.iso, year)?, i))).collect();
        let mut agents: Vec<usize> = event.agents.iter().map(|e| fused.thing_index(at.0, *e)).collect();
        agents.sort_unstable();
        Self { at, event, agents, days }
    }

    /// Whether two events can be one happening: no agents tell them apart.
    fn may_be(&self, other: &Self) -> bool {
        self.agents.is_empty()
            || other.agents.is_empty()
            || self.agents.iter().any(|agent| other.agents.binary_search(agent).is_ok())
    }

    fn has(&self, day: Date) -> bool {
        self.days.iter().any(|(d, _)| *d == day)
    }
}

/// A full date, or a day of the article's year.
fn day(iso: &str, year: Option<&str>) -> Option<Date> {
    match iso.strip_prefix("--") {
        Some(rest) => format!("{}-{rest}", year.unwrap_or("2000")).parse().ok(),
        None if iso.len() == 10 => iso.parse().ok(),
        None => None,
    }
}

/// Events of one group are compared with so many others, at most.
const COMPARED: usize = 32;

/// The dates that one event has and another has not, near a date that the other has and the one has not.
fn dates_apart(told: &[Dated], window: i32) -> impl Iterator<Item = Vec<(usize, usize, usize)>> {
    let mut found: BTreeMap<BTreeSet<Date>, BTreeSet<(usize, usize, usize)>> = BTreeMap::new();
    for (i, one) in told.iter().enumerate().filter(|(_, one)| !one.days.is_empty()) {
        for two in told[i + 1..].iter().take(COMPARED).filter(|two| !two.days.is_empty() && one.may_be(two)) {
            for (a, x) in one.days.iter().filter(|(d, _)| !two.has(*d)) {
                for (b, y) in two.days.iter().filter(|(d, _)| !one.has(*d)) {
                    if (*a - *b).get_days().abs() <= window {
                        let list = found.entry(BTreeSet::from([*a, *b])).or_default();
                        list.extend([(one.at.0, one.at.1, *x), (two.at.0, two.at.1, *y)]);
                    }
                }
            }
        }
    }
    found.into_values().map(|list| list.into_iter().collect())
}

/// Amounts in one unit that differ by more than rounding.
fn amounts_apart(records: &[&ArticleRecord], told: &[Dated]) -> impl Iterator<Item = Vec<(usize, usize, usize)>> {
    let value = |at: EventAt, amount: usize| {
        let quantity = &records[at.0].quantities[amount];
        Some((quantity.value.as_ref()?.parse::<f64>().ok()?, &quantity.unit))
    };
    let mut found: BTreeSet<Vec<(usize, usize, usize)>> = BTreeSet::new();
    for (i, one) in told.iter().enumerate().filter(|(_, one)| one.event.amounts.len() == 1) {
        for two in told[i + 1..].iter().take(COMPARED).filter(|two| one.may_be(two)) {
            // Of several amounts each may be of something else; dates far apart are of two happenings.
            let ([x], [y]) = (one.event.amounts.as_slice(), two.event.amounts.as_slice()) else { continue };
            let together = one.days.is_empty()
                || two.days.is_empty()
                || one.days.iter().any(|(a, _)| two.days.iter().any(|(b, _)| (*a - *b).get_days().abs() <= DAYS));
            let Some(((a, unit), (b, other))) = value(one.at, *x).zip(value(two.at, *y)) else { continue };
            if together && unit == other && (a - b).abs() * 100.0 > ROUNDED * a.abs().max(b.abs()) {
                found.insert(vec![(one.at.0, one.at.1, *x), (two.at.0, two.at.1, *y)]);
            }
        }
    }
    found.into_iter()
}
