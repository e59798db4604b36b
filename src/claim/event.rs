//! Happenings → events: one for several mentions, with place, dates and amounts.

use super::Found;
use super::argument::Arguments;
use super::frame::Happening;
use crate::entity::{Mention, Resolved};
use crate::language::Entry;
use crate::ontology::Ontology;
use crate::record::{Claim, EntityType, Event, EventDate, Object, Quantity, Status, Unit};

/// Joins happenings that are one and gives them place, dates and amounts.
pub(super) fn find(
    resolved: &Resolved,
    found: &Found,
    happenings: Vec<Happening>,
    quantities: &mut [Quantity],
    claims: &[Claim],
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for happening in &happenings {
        let event = event(resolved, found, happening, &happenings, quantities);
        let before = happening.definite.then(|| told_before(&events, &event)).flatten();
        let same = before.or_else(|| events.iter().position(|e| is_same(e, &event)));
        match same.map(|i| &mut events[i]) {
            Some(old) => join(old, event),
            None => events.push(event),
        }
    }
    events.retain(is_told);
    drop_wider(&mut events);
    events.iter_mut().for_each(|e| complete(resolved, claims, e));
    events
}

/// "the takeover": the last event of the kind told before a mention that names nobody, if no date or place of
/// theirs differs.
fn told_before(events: &[Event], again: &Event) -> Option<usize> {
    let start = |e: &Event| e.evidence.iter().map(|s| s.start).max();
    let earlier = |e: &&(usize, &Event)| e.1.kind == again.kind && start(e.1) < start(again);
    let (last, event) = events.iter().enumerate().filter(|e| earlier(&e)).max_by_key(|(_, e)| start(e))?;
    let placed = event.places.is_empty() || again.places.iter().all(|p| event.places.contains(p));
    (have_same_dates(event, again) && placed).then_some(last)
}

/// Whether no date of two events differs where both have one.
fn have_same_dates(a: &Event, b: &Event) -> bool {
    a.dates.is_empty() || b.dates.is_empty() || a.dates.iter().any(|d| b.dates.iter().any(|o| o.iso == d.iso))
}

/// "The cyberattack … the attack": drops what is another mention, under a wider name, of an event that happens to
/// the same things.
fn drop_wider(events: &mut Vec<Event>) {
    let narrow: Vec<(String, Vec<usize>)> = events
        .iter()
        .filter_map(|e| Some((Ontology::get().events.get(&e.kind)?.specializes.clone()?, e.targets.clone())))
        .collect();
    let again = |e: &Event| {
        let same =
            |(kind, targets): &(String, Vec<usize>)| *kind == e.kind && e.targets.iter().all(|t| targets.contains(t));
        !e.targets.is_empty() && narrow.iter().any(same)
    };
    events.retain(|e| !again(e));
}

/// "She stepped down as chief executive": the object that the sentence leaves out is the one thing that the
/// agent is tied to by a relation that the ontology names.
fn complete(resolved: &Resolved, claims: &[Claim], event: &mut Event) {
    let Some(class) = Ontology::get().events.get(&event.kind) else { return };
    let [agent] = event.agents[..] else { return };
    if class.object_by.is_empty() || !event.targets.is_empty() {
        return;
    }
    let tied = claims.iter().filter(|c| class.object_by.contains(&c.relation) && c.status != Status::Negated);
    let mut others: Vec<usize> = tied
        .filter_map(|c| match c.object {
            Object::Entity(o) if o == agent => Some(c.subject),
            Object::Entity(o) if c.subject == agent => Some(o),
            _ => None,
        })
        .filter(|e| class.has_object(resolved.entities[*e].kind))
        .collect();
    others.sort_unstable();
    others.dedup();
    if let [one] = others[..] {
        event.targets.push(one);
    }
}

/// Whether the roles are filled without which such an event is not told, or its date or amount is given.
fn is_told(event: &Event) -> bool {
    let Some(class) = Ontology::get().events.get(&event.kind) else { return false };
    let agent = !class.needs_agent || !event.agents.is_empty();
    let object = !class.needs_object || !event.targets.is_empty() || (class.needs_agent && event.agents.len() > 1);
    if class.told_by_place && !(event.places.is_empty() && event.dates.is_empty()) {
        return true;
    }
    if event.agents.is_empty() && event.targets.is_empty() {
        return false;
    }
    (agent && object) || !event.dates.is_empty() || !event.amounts.is_empty()
}

fn event(
    resolved: &Resolved,
    found: &Found,
    happening: &Happening,
    all: &[Happening],
    quantities: &[Quantity],
) -> Event {
    let arguments = Arguments::new(resolved, happening.tokens.start);
    let class = Ontology::get().events.get(&happening.kind);
    let nearest = |at: usize| {
        let distance = |h: &Happening| h.tokens.start.abs_diff(at).min((h.tokens.end - 1).abs_diff(at));
        let overlaps = |h: &Happening| h.tokens.start < happening.tokens.end && happening.tokens.start < h.tokens.end;
        all.iter()
            .filter(|h| arguments.sentence.contains(&h.tokens.start))
            .min_by_key(|h| (distance(h), h.tokens.start))
            .is_some_and(overlaps)
    };
    let near = |at: usize| arguments.sentence.contains(&at) && at.abs_diff(happening.tokens.start) <= 25;
    let dates = found
        .dates
        .iter()
        .filter(|d| {
            !d.iso.is_empty() && !in_dateline(resolved, d.tokens.end) && near(d.tokens.start) && nearest(d.tokens.start)
        })
        .map(|d| EventDate {
            iso: d.iso.clone(),
            evidence: resolved.analysis.span(d.tokens.clone()).cover(happening.evidence),
        })
        .collect();
    let takes = |q: &Quantity| match &q.unit {
        Unit::Code(code) => code != "P1" && class.is_some_and(|c| c.takes_amount),
        Unit::Text(_) => class.is_some_and(|c| c.takes_count),
    };
    let amounts =
        found.numbers.iter().enumerate().filter(|(i, n)| near(n.core) && takes(&quantities[*i]) && nearest(n.core));
    let kind = |e: &usize| resolved.entities[*e].kind;
    let acts = |e: &usize| class.is_some_and(|c| c.has_agent(kind(e)));
    let bears = |e: &usize| class.is_some_and(|c| c.has_object(kind(e)));
    let agents: Vec<usize> = happening.agents.iter().copied().filter(acts).collect();
    let targets: Vec<usize> = happening.targets.iter().copied().filter(bears).collect();
    // "Portugal's election": a place that does nothing and bears nothing is where it happens.
    let sides = happening.agents.iter().filter(|e| !acts(e)).chain(happening.targets.iter().filter(|e| !bears(e)));
    let mut places: Vec<usize> = sides.copied().filter(|e| kind(e) == EntityType::Place).collect();
    if places.is_empty() {
        places = self::places(resolved, &arguments, happening);
    }
    Event {
        kind: happening.kind.clone(),
        agents,
        targets,
        places,
        dates,
        amounts: amounts.map(|(i, _)| i).take(1).collect(),
        evidence: vec![happening.evidence],
        confidence: happening.confidence,
        rule: happening.rule.clone(),
    }
}

/// Whether a dash near the sentence's start closes a dateline after the token ("Surabaya, 5 June –").
fn in_dateline(resolved: &Resolved, token: usize) -> bool {
    let tokens = &resolved.analysis.tokens;
    let Some(sentence) = tokens.get(token).map(|t| resolved.analysis.sentences[t.sentence].clone()) else {
        return false;
    };
    let early = token < sentence.start + 10;
    early
        && (token..(token + 3).min(sentence.end)).any(|i| matches!(tokens[i].lower.as_str(), "–" | "—" | "--"))
        && (sentence.start..token).all(|i| !matches!(tokens[i].lower.as_str(), "–" | "—"))
}

/// A place after a locative preposition near the word.
fn places(resolved: &Resolved, arguments: &Arguments, happening: &Happening) -> Vec<usize> {
    let range = happening.tokens.start.saturating_sub(10).max(arguments.sentence.start)
        ..(happening.tokens.end + 14).min(arguments.sentence.end);
    let mentions = arguments.mentions(range);
    let located = mentions.into_iter().filter(|m| resolved.kind(m) == EntityType::Place && is_located(arguments, m));
    let taken = |e: &usize| happening.agents.contains(e) || happening.targets.contains(e);
    located.map(|m| m.entity).filter(|e| !taken(e)).take(1).collect()
}

/// Whether a locative preposition leads to a mention, past a noun that says what it is ("in the city of X").
fn is_located(arguments: &Arguments, mention: &Mention) -> bool {
    let preposition = |before: usize| {
        let lowest = before.saturating_sub(3).max(arguments.sentence.start);
        (lowest..before).rev().find(|i| arguments.is(*i, |e| *e == Entry::Preposition))
    };
    let is_noun = |i: usize| {
        let place = |e: &Entry| matches!(e, Entry::Epithet(EntityType::Place) | Entry::Context(EntityType::Place));
        arguments.is(i, place)
    };
    let nearest = preposition(mention.tokens.start);
    let past_noun = |i: usize| i.checked_sub(1).filter(|noun| is_noun(*noun)).and_then(preposition);
    let locative = |i: usize| arguments.resolved.analysis.is_locative(i);
    nearest.is_some_and(|i| locative(i) || past_noun(i).is_some_and(locative))
}

/// Same kind, no dates that differ, and the same participants.
fn is_same(a: &Event, b: &Event) -> bool {
    a.kind == b.kind
        && have_same_dates(a, b)
        && (is_told_within(a, b) || is_told_within(b, a) || have_same_participants(a, b))
}

/// "won the election": whether a mention that names nobody stands in the words that tell the other one.
fn is_told_within(a: &Event, b: &Event) -> bool {
    let nobody = b.agents.is_empty() && b.targets.is_empty();
    nobody && b.evidence.iter().all(|s| a.evidence.iter().any(|o| o.contains(*s)))
}

/// A shared participant on a side, and no side that disagrees; or one place, where that tells them.
fn have_same_participants(a: &Event, b: &Event) -> bool {
    let shares = |x: &[usize], y: &[usize]| x.iter().any(|e| y.contains(e));
    let compatible = |x: &[usize], y: &[usize]| x.is_empty() || y.is_empty() || shares(x, y);
    (shares(&a.agents, &b.agents) || shares(&a.targets, &b.targets) || is_told_by_place(a, b))
        && compatible(&a.agents, &b.agents)
        && compatible(&a.targets, &b.targets)
}

/// Whether two mentions of an event that its place tells may be one: one at least names nobody, and they name the
/// same place, or both nobody and one no place.
fn is_told_by_place(a: &Event, b: &Event) -> bool {
    let nobody = |e: &Event| e.agents.is_empty() && e.targets.is_empty();
    let shared = a.places.iter().any(|p| b.places.contains(p));
    let open = a.places.is_empty() || b.places.is_empty();
    let class = Ontology::get().events.get(&a.kind);
    class.is_some_and(|c| c.told_by_place) && (shared && (nobody(a) || nobody(b)) || open && nobody(a) && nobody(b))
}

fn join(old: &mut Event, new: Event) {
    fn add<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
        for item in from {
            if !into.contains(&item) {
                into.push(item);
            }
        }
    }
    add(&mut old.agents, new.agents);
    add(&mut old.targets, new.targets);
    add(&mut old.places, new.places);
    for date in new.dates {
        if old.dates.iter().all(|d| d.iso != date.iso) {
            old.dates.push(date);
        }
    }
    add(&mut old.amounts, new.amounts);
    add(&mut old.evidence, new.evidence);
    old.confidence = old.confidence.max(new.confidence);
}
