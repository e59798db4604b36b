//! Claims that cannot all be true: negated and asserted, two values of a single-valued relation, two relations that
//! exclude each other, two days or two amounts of one happening. What excludes what is said in the ontology.

use super::Fused;
use crate::ontology::Ontology;
use crate::record::{ArticleRecord, Claim, Event, Object, Status};
use jiff::civil::Date;
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

/// Every conflict among the articles, in a stable order.
pub fn conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let mut found = claim_conflicts(records, fused);
    found.extend(event_conflicts(records, fused));
    found.sort();
    found.dedup();
    found
}

/// Article index and claim index.
type ClaimAt = (usize, usize);

/// The things at the two ends of a relation.
type Ends = (usize, usize);

/// What the claims say of two things: relation and whether it is denied → claims.
type Told<'a> = BTreeMap<(&'a str, bool), Vec<ClaimAt>>;

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
    let relations = &Ontology::get().relations;
    let mut by_ends: BTreeMap<Ends, Told> = BTreeMap::new();
    // Thing and single-valued relation → other end → claims that it holds.
    let mut values: BTreeMap<(usize, &str), BTreeMap<usize, Vec<ClaimAt>>> = BTreeMap::new();
    for (a, record) in records.iter().enumerate() {
        for (c, claim) in record.claims.iter().enumerate().filter(|(_, c)| c.status != Status::Planned) {
            let Some(((subject, object), relation)) = fact(fused, a, claim) else { continue };
            let negated = claim.status == Status::Negated;
            by_ends.entry((subject, object)).or_default().entry((relation, negated)).or_default().push((a, c));
            let definition = &relations[relation];
            if definition.single_valued && !negated && claim.status != Status::Past {
                values.entry((subject, relation)).or_default().entry(object).or_default().push((a, c));
                if definition.symmetric {
                    values.entry((object, relation)).or_default().entry(subject).or_default().push((a, c));
                }
            }
        }
    }
    let conflict = |subject: usize, relation: &str, mut claims: Vec<ClaimAt>| {
        claims.sort_unstable();
        Conflict::Claims { subject: fused.things[subject].slug.clone(), relation: relation.to_owned(), claims }
    };
    let mut found = Vec::new();
    for ((subject, _), told) in &by_ends {
        for claims in contradictory(told) {
            let relation = &records[claims[0].0].claims[claims[0].1].relation;
            found.push(conflict(*subject, relation, claims));
        }
    }
    for ((subject, relation), objects) in values {
        let claims = at_one_time(records, &objects);
        if !claims.is_empty() {
            found.push(conflict(subject, relation, claims));
        }
    }
    found
}

/// The claims of different other ends that may hold on one day.
fn at_one_time(records: &[&ArticleRecord], objects: &BTreeMap<usize, Vec<ClaimAt>>) -> Vec<ClaimAt> {
    let held = |at: &ClaimAt| &records[at.0].claims[at.1].held;
    let others = |object: usize| objects.iter().filter(move |(o, _)| **o != object).flat_map(|(_, claims)| claims);
    let all = objects.iter().flat_map(|(object, claims)| claims.iter().map(move |claim| (object, claim)));
    let met = all.filter(|(object, claim)| others(**object).any(|other| !held(claim).is_apart(held(other))));
    met.map(|(_, claim)| *claim).collect()
}

/// Claims about the same two things of which not all can be true.
fn contradictory(told: &Told) -> Vec<Vec<ClaimAt>> {
    let mut found = Vec::new();
    for ((relation, _), claims) in told.iter().filter(|((_, negated), _)| !negated) {
        if let Some(denied) = told.get(&(*relation, true)) {
            found.push(claims.iter().chain(denied).copied().collect());
        }
        for other in &Ontology::get().relations[*relation].excludes {
            if let Some(excluded) = told.get(&(other.as_str(), false)).filter(|_| *relation < other.as_str()) {
                found.push(claims.iter().chain(excluded).copied().collect());
            }
        }
    }
    found
}

/// Article index and event index.
type EventAt = (usize, usize);

/// Happenings of one kind to one thing that no agents tell apart, and that articles date or count differently.
fn event_conflicts(records: &[&ArticleRecord], fused: &Fused) -> Vec<Conflict> {
    let mut groups: BTreeMap<(&str, usize), Vec<EventAt>> = BTreeMap::new();
    for (a, record) in records.iter().enumerate() {
        for (e, event) in record.events.iter().enumerate() {
            let mut targets: Vec<usize> = event.targets.iter().map(|t| fused.thing_index(a, *t)).collect();
            targets.sort_unstable();
            targets.dedup();
            targets.into_iter().for_each(|t| groups.entry((&event.kind, t)).or_default().push((a, e)));
        }
    }
    let mut found = Vec::new();
    for ((kind, _), group) in groups {
        let window = match Ontology::get().events.get(kind) {
            Some(class) if class.single_date => SINGLE,
            Some(class) if class.lasts => LASTING,
            _ => DAYS,
        };
        let told: Vec<Dated> = group.iter().map(|at| Dated::of(records, fused, *at)).collect();
        found.extend(dates_apart(&told, window).map(Conflict::Dates));
        found.extend(amounts_apart(records, &told).map(Conflict::Amounts));
    }
    found
}

/// An event with its days and agents.
struct Dated<'a> {
    at: EventAt,
    event: &'a Event,
    agents: BTreeSet<usize>,
    /// Each full date with its index.
    days: Vec<(Date, usize)>,
}

impl<'a> Dated<'a> {
    fn of(records: &[&'a ArticleRecord], fused: &Fused, at: EventAt) -> Self {
        let event = &records[at.0].events[at.1];
        let year = records[at.0].document.published.as_deref().and_then(|p| p.get(..4));
        let days = event.dates.iter().enumerate().filter_map(|(i, d)| Some((day(&d.iso, year)?, i))).collect();
        let agents = event.agents.iter().map(|e| fused.thing_index(at.0, *e)).collect();
        Self { at, event, agents, days }
    }

    /// Whether two events can be one happening: no agents tell them apart.
    fn may_be(&self, other: &Self) -> bool {
        self.agents.is_empty() || other.agents.is_empty() || !self.agents.is_disjoint(&other.agents)
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
    for (i, one) in told.iter().enumerate() {
        for two in told[i + 1..].iter().take(COMPARED).filter(|two| one.may_be(two)) {
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
    for (i, one) in told.iter().enumerate() {
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
