//! Verbs and nouns for happenings: who did what to whom.

use super::argument::Arguments;
use super::context::{Sources, Standing, standing};
use super::cover;
use super::nominal::noun;
use super::tree::Tree;
use crate::analysis::syntax::Upos;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::{Argument, VerbRule};
use crate::language::{Entry, Frame, Hit, Rule};
use crate::ontology::{EventClass, Ontology};
use crate::record::{Claim, EntityType, Object, Period, Status};
use crate::text::Span;
use std::ops::Range;

/// An event as one word tells it, before mentions of one happening are joined.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    pub kind: String,
    pub agents: Vec<usize>,
    pub targets: Vec<usize>,
    /// Whether a definite noun without participants tells it: it may point back to one told before.
    pub definite: bool,
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
            if !is_meant(resolved, frame, at, hit, separated) {
                continue;
            }
            let filled = match &frame.rule {
                Rule::Verb(rule) => {
                    let found = verb(resolved, rule, tokens.clone());
                    let found = found.or_else(|| happens_to_a_vehicle(resolved, frame, &tokens).then(Filled::default));
                    found.map(|f| (f, rule.agent, rule.status, rule.reciprocal))
                }
                Rule::Noun(rule) => noun(resolved, class(frame), rule, tokens.clone())
                    .or_else(|| is_told_bare(resolved, frame, &tokens).then(Filled::default))
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
                let reciprocal = reciprocal || is_mutual(frame);
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

/// Whether the sentence uses the words of a hit at a token as the frame does, for a verb or for a noun. `separated`:
/// a verb there has its particle elsewhere in the clause.
fn is_meant(resolved: &Resolved, frame: &Frame, at: usize, hit: &Hit, separated: bool) -> bool {
    let analysis = resolved.analysis;
    let tokens = at..at + hit.length;
    let twin = |h: &Hit| matches!(h.entry, Entry::Frame(i) if is_noun(&analysis.language.frames[i]));
    let both = analysis.hits[at].iter().any(|h| h.length == hit.length && twin(h));
    let is_verb = matches!(frame.rule, Rule::Verb(_));
    if !is_verb {
        return !used_as_another(resolved, &tokens, is_verb, both) && !in_longer(resolved, at);
    }
    let first = at == analysis.sentences[analysis.tokens[at].sentence].start;
    let written_noun = analysis.language.capital_nouns && analysis.tokens[at].is_capitalized() && !first;
    // "une attaque", "l'enquête": after an article it is the noun.
    let after_article =
        analysis.language.has_verb_forms() && !first && analysis.at(at - 1, |e| *e == Entry::Article).is_some();
    !(after_article
        || written_noun
        || separated && hit.particle.is_none()
        || is_akin(resolved, frame, &tokens)
        || used_as_another(resolved, &tokens, is_verb, both)
        || in_longer(resolved, at)
        || done_by_another(resolved, frame, &tokens))
}

/// "X and Y allied": whether two on one side are on both. "X and Y back the plan" tells no such thing: a verb that
/// takes a direct object tells it only where its rule says so.
fn is_mutual(frame: &Frame) -> bool {
    let symmetric = frame.relation.as_ref().and_then(|r| Ontology::get().relations.get(r)).is_some_and(|r| r.symmetric);
    symmetric && !matches!(&frame.rule, Rule::Verb(rule) if rule.prep.iter().any(String::is_empty))
}

/// Whether a rule is of a noun for a happening.
pub(super) fn is_noun(frame: &Frame) -> bool {
    matches!(frame.rule, Rule::Noun(_))
}

/// What the ontology says of the frame's event.
fn class(frame: &Frame) -> Option<&'static EventClass> {
    frame.event.as_ref().and_then(|e| Ontology::get().events.get(e))
}

/// Whether a place is enough to tell the frame's event.
fn told_by_place(frame: &Frame) -> bool {
    class(frame).is_some_and(|c| c.told_by_place)
}

/// Whether a noun at some tokens tells an event though it names nobody: a place or what was told before may.
fn is_told_bare(resolved: &Resolved, frame: &Frame, tokens: &Range<usize>) -> bool {
    let noun = Tree::new(resolved, tokens.start).is_noun(tokens.clone());
    noun && (told_by_place(frame) || is_definite(resolved, tokens))
}

/// "A ferry sank off X": whether a place may tell what befalls a vehicle without a name.
fn happens_to_a_vehicle(resolved: &Resolved, frame: &Frame, tokens: &Range<usize>) -> bool {
    let vehicle = |e: &Entry| matches!(e, Entry::Epithet(EntityType::Product) | Entry::Context(EntityType::Product));
    let subject = || Tree::new(resolved, tokens.start).subject_token(tokens.clone());
    told_by_place(frame)
        && class(frame).is_some_and(|c| !c.needs_object)
        && subject().is_some_and(|t| resolved.analysis.at(t, vehicle).is_some())
}

/// "The earthquake struck X": whether a noun for another happening is the subject of a verb whose event a place
/// tells.
fn done_by_another(resolved: &Resolved, frame: &Frame, tokens: &Range<usize>) -> bool {
    let frames = &resolved.analysis.language.frames;
    let another = |e: &Entry| {
        matches!(e, Entry::Frame(i) if is_noun(&frames[*i]) && frames[*i].event.is_some()
            && frames[*i].event != frame.event)
    };
    let subject = || Tree::new(resolved, tokens.start).subject_token(tokens.clone());
    told_by_place(frame) && subject().is_some_and(|t| resolved.analysis.at(t, another).is_some())
}

/// "the takeover", "kecelakaan itu": whether a noun at some tokens has an article that points back.
fn is_definite(resolved: &Resolved, tokens: &Range<usize>) -> bool {
    let arguments = Arguments::new(resolved, tokens.start);
    let beside = if resolved.analysis.language.bare_genitive { Some(tokens.end) } else { tokens.start.checked_sub(1) };
    beside.is_some_and(|i| arguments.is(i, |e| *e == Entry::Definite))
}

/// "made a block", "to fire": whether the sentence uses the word as a noun though the rule has a verb in view, or
/// the other way round. `both`: the rules have a noun in view too.
fn used_as_another(resolved: &Resolved, tokens: &Range<usize>, is_verb: bool, both: bool) -> bool {
    let tree = Tree::new(resolved, tokens.start);
    let Some(word) = tree.head_of(tokens.clone()) else { return false };
    let has = |wanted: &[&str]| tree.children(word).any(|c| wanted.contains(&tree.relation(c)));
    let owned = || tree.children(word).any(|c| tree.word(c).deprel.ends_with(":poss"));
    match tree.word(word).upos {
        Upos::Noun => is_verb && (both || has(&["det"]) || owned()),
        Upos::Propn => is_verb && both,
        Upos::Verb => !is_verb && has(&["aux", "nsubj"]) && !has(&["det"]),
        _ => false,
    }
}

/// "penyerang", "kebobolan": whether a word is only akin to the verb of a rule, in a language whose rules list the
/// forms of verbs one by one.
fn is_akin(resolved: &Resolved, frame: &Frame, tokens: &Range<usize>) -> bool {
    let Rule::Verb(rule) = &frame.rule else { return false };
    let language = resolved.analysis.language;
    let lower = &resolved.analysis.tokens[tokens.start].lower;
    let enclitic = |rest: &str| rest.is_empty() || language.enclitics.iter().any(|e| e == rest);
    let listed = |word: &String| lower.strip_prefix(word.as_str()).is_some_and(enclitic);
    language.passive_prefix.is_some() && tokens.len() == 1 && !rule.word.iter().any(listed)
}

/// Whether a longer role noun began before a token and holds it ("a wholly owned subsidiary").
fn in_longer(resolved: &Resolved, at: usize) -> bool {
    let frames = &resolved.analysis.language.frames;
    let role = |e: &Entry| matches!(e, Entry::Frame(i) if matches!(frames[*i].rule, Rule::Role(_)));
    let start = resolved.analysis.sentences[resolved.analysis.tokens[at].sentence].start;
    (at.saturating_sub(3).max(start)..at).any(|i| resolved.analysis.at(i, role).is_some_and(|n| i + n > at))
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
    let bare = sides.agents.is_empty() && sides.patients.is_empty();
    // "X bought machines": what it is done to is no named thing.
    let done_to_none = matches!(frame.rule, Rule::Verb(_))
        && sides.patients.is_empty()
        && !(reciprocal && sides.agents.len() > 1)
        && frame.relation.is_some();
    let by_place = told_by_place(frame);
    let definite = bare && is_noun(frame) && is_definite(resolved, &tokens);
    if rejected || bare && !by_place && !definite || done_to_none || standing.status == Status::Negated {
        return;
    }
    if is_purpose(resolved, &tokens) || sides.patients.is_empty() && ends_unnamed(resolved, frame, &tokens) {
        return;
    }
    let Some(sides) = &plausible(resolved, event, frame.relation.as_deref(), sides, reciprocal) else { return };
    if sides.agents.is_empty() && sides.patients.is_empty() && !by_place && !definite {
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
        definite,
        tokens,
        evidence,
        confidence: if both { 75 } else { 60 },
        rule: frame.name.clone(),
    });
}

/// "raised money to buy X", "sued Y to shut down X": whether a verb only tells what another one is done for, or
/// what its object shall do.
fn is_purpose(resolved: &Resolved, tokens: &Range<usize>) -> bool {
    let tree = Tree::new(resolved, tokens.start);
    tree.head_of(tokens.clone()).filter(|word| tree.has(*word, "VerbForm", "Inf")).is_some_and(|word| {
        let another = || tree.parent(word).is_some_and(|head| tree.children(head).any(|c| tree.relation(c) == "obj"));
        tree.relation(word) == "advcl" || tree.relation(word) == "xcomp" && another()
    })
}

/// "X ended the debate": whether a verb that tells an event without any role that it requires is done to something
/// without a name.
fn ends_unnamed(resolved: &Resolved, frame: &Frame, tokens: &Range<usize>) -> bool {
    let Rule::Verb(rule) = &frame.rule else { return false };
    let any = class(frame).is_some_and(|c| !c.needs_agent && !c.needs_object && !c.told_by_place);
    any && Tree::new(resolved, tokens.start).has_unnamed_object(tokens.clone(), &rule.prep)
}

/// Leaves out participants of a type that the event's roles do not take, places of an event that a place tells
/// apart: they are where it happens. None: one that the event is never told without is missing.
fn plausible<'a>(
    resolved: &Resolved,
    event: &str,
    relation: Option<&str>,
    sides: &Filled<'a>,
    reciprocal: bool,
) -> Option<Filled<'a>> {
    use EntityType::{GovernmentOrganization, Organization, Person, Place, Product, Work};
    const ALL: [EntityType; 6] = [Person, Organization, GovernmentOrganization, Place, Product, Work];
    let ontology = Ontology::get();
    let class = ontology.events.get(event)?;
    let bears =
        |k: EntityType| class.has_object(k) && relation.is_none_or(|r| ALL.iter().any(|s| ontology.allows(r, *s, k)));
    let placed = |k: EntityType| class.told_by_place && k == Place;
    let agents = sides.agents.iter().copied();
    let agents: Vec<_> = agents.filter(|m| class.has_agent(resolved.kind(m)) || placed(resolved.kind(m))).collect();
    let patients = sides.patients.iter().copied();
    let patients: Vec<_> = patients.filter(|m| bears(resolved.kind(m)) || placed(resolved.kind(m))).collect();
    let mutual = reciprocal && agents.len() > 1;
    let agent = !class.demands_agent || !agents.is_empty();
    let object = !class.demands_object || !patients.is_empty() || mutual;
    (agent && object || agents.is_empty() && patients.is_empty()).then_some(Filled { agents, patients })
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
            && preposition.is_some_and(|i| resolved.analysis.is_locative(i) && !arguments.is(i, |e| *e == Entry::By))
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
    let order = if agents.is_empty() || patients.is_empty() { by_order(resolved, rule, tokens.clone()) } else { None };
    if let Some(order) = order {
        if agents.is_empty() && (passive || silent) {
            agents = order.agents;
            agents.retain(|a| !is_beyond(resolved, a, &tokens));
        }
        let direct = !passive && rule.prep.iter().any(String::is_empty);
        let unnamed = || direct && Tree::new(resolved, tokens.start).has_common_object(&tokens);
        if patients.is_empty() && (!passive || silent) && !unnamed() {
            patients = order.patients;
        }
    }
    patients.retain(|p| agents.iter().all(|a| a.entity != p.entity));
    (!agents.is_empty() || !patients.is_empty()).then_some(Filled { agents, patients })
}

/// "According to X, that is the price for joining Y": whether a comma parts a mention from an infinitive, whose subject the
/// order of words does not tell then.
fn is_beyond(resolved: &Resolved, mention: &Mention, verb: &Range<usize>) -> bool {
    let tree = Tree::new(resolved, verb.start);
    let infinitive = tree.head_of(verb.clone()).is_some_and(|word| tree.has(word, "VerbForm", "Inf"));
    let between = mention.tokens.end..verb.start.max(mention.tokens.end);
    infinitive && between.into_iter().any(|i| resolved.analysis.tokens[i].lower == ",")
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
    // "est mort": what takes no object at all has no passive.
    let passive = !rule.prep.is_empty() && tree.is_passive(tokens.clone(), verb);
    let other = if passive {
        let arguments = Arguments::new(resolved, tokens.start);
        tree.objects(tokens.clone(), &prepositions(&rule.agent_prep, resolved, &arguments))
    } else {
        tree.objects(tokens.clone(), &rule.prep)
    };
    // "ermittelt das Amt gegen X": what takes no direct object has none, so it is the subject.
    let direct = passive || rule.prep.iter().any(String::is_empty);
    let misread = || Some(tree.objects(tokens.clone(), &[String::new()])).filter(|found| !direct && !found.is_empty());
    let subject = tree.subjects(verb);
    let unnamed = subject.as_ref().is_none_or(Vec::is_empty);
    Some(Clause { passive, subject: if unnamed { misread().or(subject) } else { subject }, other })
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
            let tree = Tree::new(resolved, tokens.start);
            let verb = |i: usize| tree.head_of(i..i + 1).is_some_and(|w| tree.word(w).upos == Upos::Verb);
            agents = arguments
                .mentions(tokens.end..(tokens.end + 2).min(arguments.sentence.end))
                .into_iter()
                .filter(|m| arguments.governor(m, tokens.end).is_empty() && !(tokens.end..m.tokens.start).any(verb))
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

pub(super) fn prepositions(own: &[String], resolved: &Resolved, arguments: &Arguments) -> Vec<String> {
    let mut list = own.to_vec();
    for at in arguments.sentence.clone() {
        if arguments.is(at, |e| *e == Entry::By) {
            list.push(resolved.analysis.preposition(at, at));
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
pub(super) fn is_passive(resolved: &Resolved, arguments: &Arguments, verb: Range<usize>) -> bool {
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
