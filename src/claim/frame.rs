//! Verbs and nominalizations: who did what to whom.

use super::argument::Arguments;
use super::context::{Sources, Standing, standing};
use super::cover;
use super::tree::{Nominal, Tree};
use crate::analysis::syntax::Upos;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::{Argument, NounRule, Possessor, VerbRule};
use crate::language::{Entry, Frame, Rule};
use crate::ontology::Ontology;
use crate::record::{Claim, EntityType, Object, Period, Status};
use crate::text::Span;
use std::ops::Range;

/// An event as one word tells it, before mentions of one happening are joined.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    pub kind: String,
    pub agents: Vec<usize>,
    pub targets: Vec<usize>,
    pub tokens: Range<usize>,
    pub evidence: Span,
    pub confidence: u8,
    pub rule: String,
}

/// What a frame found: the mentions of either side.
#[derive(Default)]
pub(super) struct Filled<'a> {
    pub agents: Vec<&'a Mention>,
    pub patients: Vec<&'a Mention>,
}

/// Applies every verb and noun frame.
pub(super) fn find(resolved: &Resolved, sources: &Sources, claims: &mut Vec<Claim>, happenings: &mut Vec<Happening>) {
    let analysis = resolved.analysis;
    for at in 0..analysis.tokens.len() {
        if analysis.hits[at].is_empty() || in_name(resolved, at) {
            continue;
        }
        let longest = analysis.at(at, |e| matches!(e, Entry::Frame(_))).unwrap_or(0);
        // A verb whose particle closes the clause is another verb than the bare one.
        let separated = analysis.hits[at].iter().any(|h| h.particle.is_some()) || loose_particle(resolved, at);
        for hit in analysis.hits[at].iter().filter(|h| h.length == longest) {
            let Entry::Frame(index) = hit.entry else { continue };
            let frame = &analysis.language.frames[index];
            let tokens = at..at + hit.length;
            let is_verb = matches!(frame.rule, Rule::Verb(_));
            let written_noun = analysis.language.capital_nouns
                && analysis.tokens[at].is_capitalized()
                && at != analysis.sentences[analysis.tokens[at].sentence].start;
            // "une attaque", "l'enquête": after an article it is the noun.
            let after_article = at > 0
                && analysis.language.has_verb_forms()
                && analysis.tokens[at - 1].sentence == analysis.tokens[at].sentence
                && analysis.at(at - 1, |e| *e == Entry::Article).is_some();
            if is_verb && after_article {
                continue;
            }
            if is_verb && (separated && hit.particle.is_none() || written_noun) {
                continue;
            }
            if used_as_another(resolved, &tokens, is_verb) {
                continue;
            }
            let filled = match &frame.rule {
                Rule::Verb(rule) => {
                    verb(resolved, rule, tokens.clone()).map(|f| (f, rule.agent, rule.status, rule.reciprocal))
                }
                Rule::Noun(rule) => noun(resolved, rule, tokens.clone())
                    .or_else(|| told_by_place(frame).then(Filled::default))
                    .map(|f| (f, rule.agent, rule.status, rule.reciprocal)),
                _ => None,
            };
            if let Some((filled, agent, status, reciprocal)) = filled {
                let standing = standing(resolved, sources, tokens.clone());
                let sides = if agent == Argument::Subject {
                    filled
                } else {
                    Filled { agents: filled.patients, patients: filled.agents }
                };
                let reciprocal = reciprocal
                    || frame
                        .relation
                        .as_ref()
                        .and_then(|r| Ontology::get().relations.get(r))
                        .is_some_and(|r| r.symmetric);
                emit(
                    resolved,
                    frame,
                    tokens,
                    &sides,
                    Standing { status: status.unwrap_or(standing.status), ..standing },
                    reciprocal,
                    claims,
                    happenings,
                );
            }
        }
    }
}

/// Whether a place is enough to tell the frame's event.
fn told_by_place(frame: &Frame) -> bool {
    let class = frame.event.as_ref().and_then(|e| Ontology::get().events.get(e));
    class.is_some_and(|c| c.told_by_place)
}

/// "made a block", "to fire": whether the sentence uses the word as a noun though the rule has a verb in view, or
/// the other way round.
fn used_as_another(resolved: &Resolved, tokens: &Range<usize>, is_verb: bool) -> bool {
    let tree = Tree::new(resolved, tokens.start);
    let Some(word) = tree.head_of(tokens.clone()) else { return false };
    let has = |wanted: &[&str]| tree.children(word).any(|c| wanted.contains(&tree.relation(c)));
    match tree.word(word).upos {
        Upos::Noun => is_verb && has(&["det"]),
        Upos::Verb => !is_verb && has(&["aux", "nsubj"]) && !has(&["det"]),
        _ => false,
    }
}

/// Whether a token stands in a name.
fn in_name(resolved: &Resolved, at: usize) -> bool {
    resolved.within(at.saturating_sub(14)..at + 1).any(|m| m.manner == Manner::Name && m.tokens.contains(&at))
}

/// Whether a particle that may belong to the verb at a token closes its clause.
fn loose_particle(resolved: &Resolved, at: usize) -> bool {
    let analysis = resolved.analysis;
    let end = analysis.sentences[analysis.tokens[at].sentence].end;
    let close = (at + 1..end.min(at + 24))
        .find(|i| {
            !analysis.tokens[*i].is_word()
                && matches!(analysis.tokens[*i].lower.as_str(), "," | "." | ";" | ":" | "!" | "?")
        })
        .unwrap_or(end.min(at + 24));
    close > at + 1
        && analysis.language.is_particle(&analysis.tokens[close - 1].lower)
        && analysis.tokens[close - 1].case == crate::analysis::Case::Lower
}

/// Turns what a frame found into claims (each pair) and an event.
#[allow(clippy::too_many_arguments)]
pub(super) fn emit(
    resolved: &Resolved,
    frame: &Frame,
    tokens: Range<usize>,
    sides: &Filled,
    standing: Standing,
    reciprocal: bool,
    claims: &mut Vec<Claim>,
    happenings: &mut Vec<Happening>,
) {
    if standing.supposed {
        return;
    }
    let sides = &without_where(resolved, frame, sides);
    let word = resolved.analysis.span(tokens.clone());
    let before = claims.len();
    if let Some(relation) = &frame.relation {
        for (s, o) in pairs(sides, reciprocal) {
            let evidence = word.cover(s.span).cover(o.span);
            let doubt = u8::from(s.manner != Manner::Name) + u8::from(o.manner != Manner::Name);
            if s.entity == o.entity || !Ontology::get().allows(relation, resolved.kind(s), resolved.kind(o)) {
                continue;
            }
            claims.push(Claim {
                subject: s.entity,
                relation: relation.clone(),
                object: Object::Entity(o.entity),
                status: standing.status,
                attributed_to: standing.source.filter(|_| standing.status == Status::Reported),
                held: Period::default(),
                confidence: 80 - 12 * doubt,
                evidence,
                rule: frame.name.clone(),
            });
        }
    }
    let Some(event) = &frame.event else { return };
    let both = !sides.agents.is_empty() && !sides.patients.is_empty();
    let rejected = frame.relation.is_some() && both && claims.len() == before;
    let nothing = sides.agents.is_empty() && sides.patients.is_empty();
    // "X bought machines": what it is done to is no named thing.
    let done_to_none = matches!(frame.rule, Rule::Verb(_))
        && sides.patients.is_empty()
        && !(reciprocal && sides.agents.len() > 1)
        && frame.relation.is_some();
    let by_place = told_by_place(frame);
    if rejected || nothing && !by_place || done_to_none || standing.status == Status::Negated {
        return;
    }
    let sides = &plausible(resolved, event, frame.relation.as_deref(), sides);
    if sides.agents.is_empty() && sides.patients.is_empty() && !by_place || alone(event, sides) {
        return;
    }
    let both = !sides.agents.is_empty() && !sides.patients.is_empty();
    let evidence = cover(sides.agents.iter().chain(&sides.patients).map(|m| m.span)).map_or(word, |s| s.cover(word));
    let ids = |list: &[&Mention]| list.iter().map(|m| m.entity).collect::<Vec<_>>();
    let (mut agents, mut targets) = (ids(&sides.agents), ids(&sides.patients));
    if reciprocal && targets.is_empty() && agents.len() > 1 {
        targets.clear();
    }
    agents.dedup();
    targets.dedup();
    happenings.push(Happening {
        kind: event.clone(),
        agents,
        targets,
        tokens,
        evidence,
        confidence: if both { 75 } else { 60 },
        rule: frame.name.clone(),
    });
}

/// Drops participants of a type that the event's roles do not take.
fn plausible<'a>(resolved: &Resolved, event: &str, relation: Option<&str>, sides: &Filled<'a>) -> Filled<'a> {
    use EntityType::{GovernmentOrganization, Organization, Person, Place, Product, Work};
    const ALL: [EntityType; 6] = [Person, Organization, GovernmentOrganization, Place, Product, Work];
    let ontology = Ontology::get();
    let acts = |k: EntityType| match event {
        "Departure" | "Death" => k == Person,
        "Layoff" | "Launch" | "Partnership" => {
            matches!(k, Organization | GovernmentOrganization) || event == "Partnership" && k == Place
        }
        "Accident" => matches!(k, Organization | Product),
        _ => matches!(k, Person | Organization | GovernmentOrganization | Place),
    };
    let bears = |k: EntityType| match event {
        "Appointment" | "Death" => k == Person,
        "Accident" => matches!(k, Organization | Product | Person),
        "Launch" => matches!(k, Product | Work | Organization),
        "Shutdown" => k != Person,
        "Partnership" => k != Person && k != Product && k != Work,
        _ => relation.is_none_or(|r| ALL.iter().any(|s| ontology.allows(r, *s, k))),
    };
    let agents = sides.agents.iter().copied().filter(|m| acts(resolved.kind(m))).collect();
    let patients = sides.patients.iter().copied().filter(|m| bears(resolved.kind(m))).collect();
    Filled { agents, patients }
}

/// Whether an event that takes two has only one participant.
fn alone(event: &str, sides: &Filled) -> bool {
    match event {
        "Meeting" | "Partnership" => sides.agents.len() + sides.patients.len() < 2,
        "Launch" | "Appointment" => sides.patients.is_empty(),
        _ => false,
    }
}

/// "bans X in France": where it happens is no participant, unless the relation joins something to a place.
fn without_where<'a>(resolved: &Resolved, frame: &Frame, sides: &Filled<'a>) -> Filled<'a> {
    let placed = |types: &[EntityType]| types.len() == 1 && types[0] == EntityType::Place;
    let relation = frame.relation.as_ref().and_then(|r| Ontology::get().relations.get(r));
    let joins_place = relation.is_some_and(|r| placed(&r.range) || placed(&r.domain));
    let where_ = |m: &&Mention| {
        let arguments = Arguments::new(resolved, m.tokens.start);
        let lowest = m.tokens.start.saturating_sub(2).max(arguments.sentence.start);
        let preposition = (lowest..m.tokens.start).rev().find(|i| arguments.is(*i, |e| *e == Entry::Preposition));
        resolved.kind(m) == EntityType::Place
            && preposition
                .is_some_and(|i| arguments.is(i, |e| *e == Entry::Locative) && !arguments.is(i, |e| *e == Entry::By))
    };
    let keep = |list: &[&'a Mention]| {
        let kept = list.iter().copied().filter(|m| joins_place || matches!(frame.rule, Rule::Pattern(_)) || !where_(m));
        kept.collect::<Vec<_>>()
    };
    Filled { agents: keep(&sides.agents), patients: keep(&sides.patients) }
}

fn pairs<'a>(sides: &Filled<'a>, reciprocal: bool) -> Vec<(&'a Mention, &'a Mention)> {
    if reciprocal && sides.patients.is_empty() {
        let all = &sides.agents;
        return all.iter().enumerate().flat_map(|(i, a)| all[i + 1..].iter().map(move |b| (*b, *a))).collect();
    }
    sides.agents.iter().flat_map(|a| sides.patients.iter().map(move |b| (*a, *b))).collect()
}

/// Agent and patient of a verb: what the sentence's tree says, and where it says nothing of a side, what the
/// order of words does. A side that the tree fills with something that has no name stays empty.
fn verb<'a>(resolved: &'a Resolved<'a>, rule: &VerbRule, tokens: Range<usize>) -> Option<Filled<'a>> {
    let Some(Clause { passive, subject, other }) = clause(resolved, rule, tokens.clone()) else {
        return by_order(resolved, rule, tokens);
    };
    let silent = subject.is_none();
    let subjects = subject.unwrap_or_default();
    let (mut agents, mut patients) = if passive { (other, subjects) } else { (subjects, other) };
    if agents.is_empty() && patients.is_empty() && !silent {
        return None;
    }
    let order = if agents.is_empty() || patients.is_empty() { by_order(resolved, rule, tokens) } else { None };
    if let Some(order) = order {
        if agents.is_empty() && (passive || silent) {
            agents = order.agents;
        }
        if patients.is_empty() && (!passive || silent) {
            patients = order.patients;
        }
    }
    patients.retain(|p| agents.iter().all(|a| a.entity != p.entity));
    (!agents.is_empty() || !patients.is_empty()).then_some(Filled { agents, patients })
}

/// What the tree says of a verb's clause.
struct Clause<'a> {
    passive: bool,
    /// The mentions that are its subject; none where the tree has no subject.
    subject: Option<Vec<&'a Mention>>,
    /// The objects of an active verb, the agents of a passive one.
    other: Vec<&'a Mention>,
}

fn clause<'a>(resolved: &'a Resolved<'a>, rule: &VerbRule, tokens: Range<usize>) -> Option<Clause<'a>> {
    let tree = Tree::new(resolved, tokens.start);
    let verb = tree.head_of(tokens.clone())?;
    matches!(tree.word(verb).upos, Upos::Verb | Upos::Adj | Upos::Aux).then_some(())?;
    let passive = tree.is_passive(tokens.clone(), verb);
    let other = if passive {
        let arguments = Arguments::new(resolved, tokens.start);
        tree.objects(tokens.clone(), &prepositions(&rule.agent_prep, resolved, &arguments))
    } else {
        tree.objects(tokens.clone(), &rule.prep)
    };
    // "ermittelt das Amt gegen X": what takes no direct object has none, so it is the subject.
    let direct = passive || rule.prep.iter().any(String::is_empty);
    let misread = || Some(tree.objects(tokens.clone(), &[String::new()])).filter(|found| !direct && !found.is_empty());
    Some(Clause { passive, subject: tree.subjects(verb).or_else(misread), other })
}

/// Agent and patient of a verb by the order of words.
fn by_order<'a>(resolved: &'a Resolved<'a>, rule: &VerbRule, tokens: Range<usize>) -> Option<Filled<'a>> {
    let arguments = Arguments::new(resolved, tokens.start);
    let by = prepositions(&rule.agent_prep, resolved, &arguments);
    let passive = is_passive(resolved, &arguments, tokens.clone());
    let (mut agents, mut patients);
    if passive {
        agents = agents_after(&arguments, tokens.end, &by);
        if agents.is_empty() && resolved.analysis.language.passive_prefix.is_some() {
            // "dirintis Bagus": who does it may follow the verb without a preposition.
            agents = arguments
                .mentions(tokens.end..(tokens.end + 2).min(arguments.sentence.end))
                .into_iter()
                .filter(|m| arguments.governor(m, tokens.end).is_empty())
                .take(1)
                .collect();
        }
        patients = arguments.subject_before(tokens.start);
        if patients.is_empty() && tokens.start <= arguments.sentence.start + 2 {
            // "Sued by X, Y paid": the clause's subject follows the comma.
            let end = agents.iter().map(|m| m.tokens.end).max();
            patients = end.and_then(|e| arguments.after_comma(e)).into_iter().collect();
        }
        if resolved.analysis.language.capital_nouns {
            let (left, right) = arguments.clause(tokens.clone());
            if patients.is_empty() {
                patients = left.into_iter().chain(right).take(1).collect();
            }
            if agents.is_empty() {
                agents = agents_in_clause(&arguments, tokens.clone(), &by);
            }
        }
    } else {
        agents = arguments.subject_before(tokens.start);
        patients = arguments.objects(tokens.end, &rule.prep);
        if resolved.analysis.language.capital_nouns && (agents.is_empty() || patients.is_empty()) {
            reorder(&arguments, tokens, rule, &mut agents, &mut patients);
        }
    }
    patients.retain(|p| agents.iter().all(|a| a.entity != p.entity));
    (!agents.is_empty() || !patients.is_empty()).then_some(Filled { agents, patients })
}

/// Verb-final and inverted clauses: the first free mention is the agent, the second the patient.
fn reorder<'a>(
    arguments: &Arguments<'a>,
    verb: Range<usize>,
    rule: &VerbRule,
    agents: &mut Vec<&'a Mention>,
    patients: &mut Vec<&'a Mention>,
) {
    let direct = rule.prep.iter().any(String::is_empty);
    let (left, right) = arguments.clause(verb.clone());
    if agents.is_empty() {
        // "Am Montag übernahm X Y": both after the verb.
        if let [first, rest @ ..] = &right[..] {
            *agents = vec![first];
            *patients = if direct {
                rest.iter().take(1).copied().collect()
            } else {
                arguments.objects(first.tokens.end, &rule.prep)
            };
        }
    } else if patients.is_empty() && direct && left.len() >= 2 {
        *agents = vec![left[0]];
        *patients = vec![left[1]];
    } else if patients.is_empty() && !direct {
        let start = agents.iter().map(|m| m.tokens.end).max().unwrap_or(verb.start);
        *patients = arguments
            .mentions(start..verb.start)
            .into_iter()
            .filter(|m| rule.prep.contains(&arguments.governor(m, start)))
            .take(1)
            .collect();
    }
}

fn prepositions(own: &[String], resolved: &Resolved, arguments: &Arguments) -> Vec<String> {
    let mut list = own.to_vec();
    for at in arguments.sentence.clone() {
        if arguments.is(at, |e| *e == Entry::By) {
            list.push(resolved.analysis.tokens[at].lower.clone());
        }
    }
    list
}

fn agents_after<'a>(arguments: &Arguments<'a>, from: usize, by: &[String]) -> Vec<&'a Mention> {
    arguments.agents_by(from, by)
}

/// German: "wurde von X übernommen": the agent stands before the participle.
fn agents_in_clause<'a>(arguments: &Arguments<'a>, verb: Range<usize>, by: &[String]) -> Vec<&'a Mention> {
    let start = verb.start.saturating_sub(12).max(arguments.sentence.start);
    let before = arguments.mentions(start..verb.start);
    before.into_iter().filter(|m| by.contains(&arguments.governor(m, start))).take(1).collect()
}

/// Whether a verb stands in the passive: auxiliary and participle, prefix, or a bare participle with "by".
fn is_passive(resolved: &Resolved, arguments: &Arguments, verb: Range<usize>) -> bool {
    let analysis = resolved.analysis;
    let token = &analysis.tokens[verb.start];
    if let Some(prefix) = &analysis.language.passive_prefix {
        return token.lower.starts_with(prefix.as_str());
    }
    let auxiliary = |i: usize| arguments.is(i, |e| *e == Entry::PassiveAuxiliary);
    let inflected = token.lower != token.lemma || !analysis.language.capital_nouns;
    let progressive = analysis.language.is_progressive(&token.lower);
    let near = |range: Range<usize>| range.clone().any(auxiliary);
    let before =
        verb.start.saturating_sub(if analysis.language.capital_nouns { 12 } else { 3 }).max(arguments.sentence.start);
    let comma = |range: Range<usize>| {
        range.clone().rev().take_while(|i| !auxiliary(*i)).any(|i| analysis.tokens[i].lower == ",")
    };
    let clear = |range: Range<usize>| {
        let last = range.clone().rev().find(|i| auxiliary(*i)).unwrap_or(range.start);
        (last..range.end).all(|i| analysis.tokens[i].is_word() || analysis.language.capital_nouns)
            && resolved.within(last..range.end).next().is_none_or(|_| analysis.language.capital_nouns)
    };
    let after =
        if analysis.language.capital_nouns { verb.end..(verb.end + 2).min(arguments.sentence.end) } else { 0..0 };
    if inflected
        && !progressive
        && (near(before..verb.start) && clear(before..verb.start) && !comma(before..verb.start) || near(after))
    {
        return true;
    }
    inflected
        && !progressive
        && arguments.is(verb.end, |e| *e == Entry::By)
        && !arguments.is(verb.end, |e| *e == Entry::Of)
        && token.lower != token.lemma
}

/// Agent and patient of a nominalization: what the sentence's tree says, and for a side of which it says nothing
/// the order of words.
fn noun<'a>(resolved: &'a Resolved<'a>, rule: &NounRule, tokens: Range<usize>) -> Option<Filled<'a>> {
    let tree = Tree::new(resolved, tokens.start);
    let arguments = Arguments::new(resolved, tokens.start);
    let by = prepositions(&rule.agent_prep, resolved, &arguments);
    let listed = rule.patient_prep.iter().any(|p| resolved.analysis.language.is_genitive(p));
    let possessor = match rule.possessor {
        _ if listed => Some(1),
        Possessor::Agent => Some(0),
        Possessor::Patient => Some(1),
        Possessor::None => None,
    };
    let wanted = Nominal { agent: &by, patient: &rule.patient_prep, possessor };
    let [mut agents, mut patients] = tree.noun(tokens.clone(), &wanted).unwrap_or_default();
    if agents.is_empty() || patients.is_empty() {
        let order = noun_by_order(resolved, rule, tokens).unwrap_or_default();
        if agents.is_empty() {
            agents = order.agents;
        }
        if patients.is_empty() {
            patients = order.patients;
        }
    }
    patients.retain(|p| agents.iter().all(|a| a.entity != p.entity));
    (!agents.is_empty() || !patients.is_empty()).then_some(Filled { agents, patients })
}

/// Agent and patient of a nominalization by the order of words.
fn noun_by_order<'a>(resolved: &'a Resolved<'a>, rule: &NounRule, tokens: Range<usize>) -> Option<Filled<'a>> {
    let arguments = Arguments::new(resolved, tokens.start);
    let by = prepositions(&rule.agent_prep, resolved, &arguments);
    let mut agents: Vec<&Mention> = Vec::new();
    let mut patients: Vec<&Mention> = Vec::new();
    let mut genitives: Vec<&Mention> = Vec::new();
    for (mention, preposition) in arguments.after(tokens.end) {
        let own = rule.agent_prep.contains(&preposition);
        let patient = rule.patient_prep.contains(&preposition)
            && !(preposition.is_empty() && mention.tokens.start > tokens.end + 1);
        if resolved.analysis.language.is_genitive(&preposition) {
            if mention.tokens.start <= tokens.end + 5 && genitives.is_empty() {
                genitives.push(mention);
            }
        } else if patient && !(own && (!patients.is_empty() || agents.is_empty() && rule.possessor == Possessor::Agent))
        {
            patients.push(mention);
        } else if own || by.contains(&preposition) {
            agents.push(mention);
        } else if agents.is_empty() && patients.is_empty() && mention.tokens.start > tokens.end + 5 {
            break;
        }
    }
    // "der Angriff der X auf Y": the genitive acts where a preposition leads to who bears it.
    let listed = rule.patient_prep.iter().any(|p| resolved.analysis.language.is_genitive(p));
    if !genitives.is_empty() {
        if patients.is_empty() && (listed || rule.possessor == Possessor::Patient) {
            patients = genitives;
        } else if agents.is_empty() && rule.possessor != Possessor::None {
            agents = genitives;
        }
    }
    // "Norway's ban on smoking": what is banned stands after the noun, so the possessor is who bans.
    let common = patients.is_empty()
        && agents.is_empty()
        && rule
            .patient_prep
            .iter()
            .any(|p| !p.is_empty() && resolved.analysis.tokens.get(tokens.end).is_some_and(|t| t.lower == *p));
    let role = if common && rule.possessor == Possessor::Patient { Possessor::Agent } else { rule.possessor };
    if let Some(possessor) = possessor(resolved, &arguments, tokens.start) {
        match role {
            Possessor::Agent if agents.is_empty() => agents.push(possessor),
            Possessor::Patient if patients.is_empty() => patients.push(possessor),
            _ => {}
        }
    }
    supported(&arguments, tokens.clone(), &mut agents, &mut patients);
    if resolved.analysis.language.capital_nouns && (agents.is_empty() || patients.is_empty()) {
        supported_after(&arguments, tokens.clone(), &mut agents, &mut patients);
    }
    patients.retain(|p| agents.iter().all(|a| a.entity != p.entity));
    (!agents.is_empty() || !patients.is_empty()).then_some(Filled { agents, patients })
}

/// "Kaspersky's ban", "Kaspersky ban", "Kaspersky-Verbot", with up to two adjectives between.
fn possessor<'a>(resolved: &'a Resolved<'a>, arguments: &Arguments<'a>, noun: usize) -> Option<&'a Mention> {
    if let Some(mention) =
        resolved.ending(noun).filter(|m| arguments.sentence.contains(&m.tokens.start) && m.manner != Manner::Pronoun)
    {
        let adjacent = !resolved.analysis.language.bare_genitive
            && (resolved.analysis.tokens[noun].hyphenated || !resolved.analysis.language.capital_nouns);
        return adjacent.then_some(mention);
    }
    (1..=3).find_map(|back| {
        let mark = noun.checked_sub(back).filter(|m| *m > arguments.sentence.start)?;
        let genitive = arguments.is(mark, |e| *e == Entry::GenitiveMark);
        genitive.then(|| resolved.ending(mark)).flatten()
    })
}

/// "X hat den Kauf von Y angekündigt": the verb that carries the noun closes the clause.
fn supported_after<'a>(
    arguments: &Arguments<'a>,
    noun: Range<usize>,
    agents: &mut Vec<&'a Mention>,
    patients: &mut Vec<&'a Mention>,
) {
    let analysis = arguments.resolved.analysis;
    let end = (noun.end + 14).min(arguments.sentence.end);
    for at in noun.end..end {
        let token = &analysis.tokens[at];
        if !token.is_word() {
            return;
        }
        let closes = at + 1 >= arguments.sentence.end
            || !analysis.tokens[at + 1].is_word()
            || arguments.is(at + 1, |e| matches!(e, Entry::Conjunction | Entry::PassiveAuxiliary | Entry::Future))
            || analysis.tokens[at + 1].lower.len() <= 5;
        let undergo = arguments.is(at, |e| *e == Entry::UndergoVerb);
        if token.is_capitalized() || !closes || !undergo && !arguments.is(at, |e| *e == Entry::SupportVerb) {
            continue;
        }
        let passive = is_passive(arguments.resolved, arguments, at..at + 1);
        let subject: Vec<&Mention> = arguments.clause(noun.clone()).0.into_iter().take(1).collect();
        if undergo && patients.is_empty() {
            *patients = subject;
        } else if !undergo && agents.is_empty() && !passive {
            *agents = subject;
        }
        return;
    }
}

/// "X announced a ban on Y", "Y faces a fine": the subject of the verb that carries the noun.
fn supported<'a>(
    arguments: &Arguments<'a>,
    noun: Range<usize>,
    agents: &mut Vec<&'a Mention>,
    patients: &mut Vec<&'a Mention>,
) {
    let start = noun.start.saturating_sub(10).max(arguments.sentence.start);
    for at in (start..noun.start).rev() {
        if matches!(arguments.resolved.analysis.tokens[at].lower.as_str(), ";" | ":" | "“" | "”" | "\"") {
            return;
        }
        let length =
            arguments.resolved.analysis.at(at, |e| matches!(e, Entry::SupportVerb | Entry::UndergoVerb)).unwrap_or(0);
        if length == 0 || at + length > noun.start {
            continue;
        }
        let undergo = arguments.is(at, |e| *e == Entry::UndergoVerb);
        let passive = is_passive(arguments.resolved, arguments, at..at + length);
        let subject = arguments.subject_before(at);
        if undergo && patients.is_empty() {
            *patients = subject;
        } else if !undergo && agents.is_empty() && !passive {
            *agents = if subject.is_empty() && arguments.resolved.analysis.language.capital_nouns {
                arguments.clause(at..at + length).1.into_iter().filter(|m| m.tokens.end <= noun.start).take(1).collect()
            } else {
                subject
            };
        }
        return;
    }
}
