//! Nominalizations: who does what a noun tells, and to whom ("the takeover of Y by X").

use super::argument::Arguments;
use super::frame::{Filled, is_noun, is_passive, prepositions};
use super::tree::Tree;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::language::files::{NounRule, Possessor};
use crate::ontology::EventClass;
use crate::record::EntityType;
use std::ops::Range;

/// Agent and patient of a nominalization: what the sentence's tree says, and for a side of which it says nothing
/// the order of words.
pub(super) fn noun<'a>(
    resolved: &'a Resolved<'a>,
    class: Option<&EventClass>,
    rule: &NounRule,
    tokens: Range<usize>,
) -> Option<Filled<'a>> {
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
    let acting = class.map_or(&[][..], |c| &c.act_of);
    let wanted = Nominal { agent: &by, patient: &rule.patient_prep, possessor, acting };
    let ([mut agents, mut patients], unnamed) = tree.noun(tokens.clone(), &wanted).unwrap_or_default();
    if agents.is_empty() || patients.is_empty() {
        let order = noun_by_order(resolved, rule, tokens.clone()).unwrap_or_default();
        if agents.is_empty() && unnamed != Some(0) {
            agents = order.agents;
        }
        if patients.is_empty() && unnamed != Some(1) {
            patients = order.patients;
        }
    }
    // "X announced elections", "X warned of floods": nobody does what happens by itself.
    if class.is_some_and(|c| c.told_by_place && !c.needs_object) {
        let led = |m: &Mention| rule.agent_prep.contains(&arguments.governor(m, tokens.end));
        agents.retain(|m| resolved.kind(m) == EntityType::Place || led(m));
    }
    // "the ban of the government": who has such things done stands beside the noun as well as who bears them.
    let own = |m: &&Mention| {
        let preposition = arguments.governor(m, tokens.end.min(m.tokens.start));
        let beside = preposition.is_empty()
            || resolved.analysis.language.joins_whole(&preposition)
            || resolved.analysis.language.is_genitive(&preposition);
        beside && acting.contains(&resolved.kind(m))
    };
    if agents.is_empty() && !patients.is_empty() && patients.iter().all(own) {
        std::mem::swap(&mut agents, &mut patients);
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
            // "penyelidikan FBI terhadap X": what stands bare beside the noun acts, where a preposition leads to who bears it.
            let leads = !preposition.is_empty() && !resolved.analysis.is_locative(mention.tokens.start - 1);
            let beside = |m: &&Mention| m.tokens.start == tokens.end && m.tokens.end < mention.tokens.start;
            if leads && agents.is_empty() && patients.len() == 1 && patients.iter().all(beside) {
                agents.append(&mut patients);
            }
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
    let frames = &arguments.resolved.analysis.language.frames;
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
        // "opened an inquiry into the allegations": it carries the first of the two.
        let another = |i: usize| arguments.is(i, |e| matches!(e, Entry::Frame(f) if is_noun(&frames[*f])));
        let joined = (at + length..noun.start).any(|i| arguments.is(i, |e| *e == Entry::Conjunction));
        if !joined && (at + length..noun.start).any(another) {
            return;
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

impl<'a> Tree<'a> {
    /// Agents and patients of a nominalization: its complements, its possessor, and what the verb that carries it
    /// has beside it; and the side (0 or 1) that something without a name fills.
    fn noun(&self, tokens: Range<usize>, wanted: &Nominal) -> Option<(Sides<'a>, Option<usize>)> {
        let noun = self.head_of(tokens.clone())?;
        let mut found = [Vec::new(), Vec::new()];
        let agent = self.complements(noun, &tokens, wanted, &mut found);
        let carrier = self.parent(noun).and_then(|verb| self.carried(noun, verb, wanted, &mut found));
        let unnamed = agent.or(carrier);
        fill(&mut found[0], || self.country_beside(noun));
        for participle in self.children(noun).filter(|c| self.relation(*c) == "acl") {
            let at = self.token_of(participle);
            if self.is(at, |e| *e == Entry::SupportVerb) {
                fill(&mut found[0], || self.objects(at..at + 1, wanted.agent));
            }
        }
        Some((found, unnamed))
    }

    /// "the takeover of Y by X", "X's ban", "das Verbot der Y", "Kaspersky-Verbot". What comes out is the side of who
    /// does it where that has no name ("l'enquête de ses services").
    fn complements(
        &self,
        noun: usize,
        tokens: &Range<usize>,
        wanted: &Nominal,
        found: &mut Sides<'a>,
    ) -> Option<usize> {
        let phrase = self.words_of(tokens.clone());
        let mut unnamed = None;
        // "penyelidikan FBI atas X": what stands bare beside the noun acts, where a preposition leads to who bears it.
        let led = |c: usize| {
            let cases = self.children(c).filter(|g| self.relation(*g) == "case");
            let place = cases.into_iter().any(|g| self.is(self.token_of(g), |e| *e == Entry::Locative));
            !place && self.prepositions(c).iter().any(|p| wanted.patient.contains(p))
        };
        let acts_bare = self.children(noun).any(|c| !phrase.contains(&c) && led(c));
        let acting = |c: usize| self.fillers(c).iter().any(|m| wanted.acting.contains(&self.kind(m)));
        for child in self.children(noun).filter(|c| !phrase.contains(c)) {
            let relation = self.relation(child);
            let own = self.prepositions_past(child, tokens.end);
            let listed = |list: &[String]| own.iter().any(|p| list.contains(p));
            let bare = own.is_empty() && self.children(child).all(|c| self.relation(c) != "punct" || c > child);
            let possessor = matches!(relation, "nmod" | "compound") && bare;
            // "une enquête visant X": a participle that serves as a preposition.
            let form = self.word(child).form.to_lowercase();
            if relation == "acl" && wanted.patient.contains(&form) {
                let at = self.token_of(child);
                fill(&mut found[1], || self.objects(at..at + 1, &[String::new()]));
                continue;
            }
            let side = match relation {
                "nmod" | "obl" if listed(wanted.patient) => Some(1),
                "nmod" | "obl" if listed(wanted.agent) => Some(0),
                _ if possessor => wanted.possessor.or(Some(0).filter(|_| acts_bare || acting(child))),
                _ => None,
            };
            if let Some(side) = side {
                // "the ban of the government on X"
                let whole = own.iter().any(|p| self.joins_whole(p));
                let acts = |m: &&Mention| wanted.acting.contains(&self.kind(m));
                let side = if side == 1 && (bare || whole) && self.fillers(child).iter().any(acts) { 0 } else { side };
                fill(&mut found[side], || self.fillers(child));
                let determined = || self.children(child).any(|c| self.relation(c) == "det");
                unnamed = unnamed.or(Some(0).filter(|_| side == 0 && !bare && found[0].is_empty() && determined()));
            }
        }
        unnamed
    }

    /// "X filed a lawsuit against Y", "Y faces a fine": the arguments of the verb that carries the noun. What comes
    /// out is the side that its subject is on, where that has no name.
    fn carried(&self, noun: usize, verb: usize, wanted: &Nominal, found: &mut Sides<'a>) -> Option<usize> {
        let at = self.token_of(verb);
        let (support, undergo) = (self.is(at, |e| *e == Entry::SupportVerb), self.is(at, |e| *e == Entry::UndergoVerb));
        if !support && !undergo || !matches!(self.relation(noun), "obj" | "obl" | "nsubj") {
            return None;
        }
        // "opened an inquiry into the allegations": it carries its object.
        let frames = &self.analysis().language.frames;
        let event = |w: usize| self.is(self.token_of(w), |e| matches!(e, Entry::Frame(f) if is_noun(&frames[*f])));
        let other = |c: usize| c != noun && self.relation(c) == "obj" && event(c);
        if self.relation(noun) == "obl" && self.children(verb).any(other) {
            return None;
        }
        let passive = self.is_passive(at..at + 1, verb);
        let object = matches!(self.relation(noun), "obj" | "obl") && !passive;
        let mut unnamed = None;
        if object && let Some(subjects) = self.subjects(verb) {
            let side = usize::from(undergo);
            unnamed = Some(side).filter(|s| subjects.is_empty() && found[*s].is_empty());
            fill(&mut found[side], || subjects);
        }
        if passive && self.relation(noun) == "nsubj" {
            fill(&mut found[0], || self.objects(at..at + 1, wanted.agent));
        }
        if support {
            fill(&mut found[1], || self.prepositional(at, wanted.patient));
        }
        unnamed
    }

    fn prepositional(&self, verb: usize, wanted: &[String]) -> Vec<&'a Mention> {
        let wanted: Vec<String> = wanted.iter().filter(|p| !p.is_empty()).cloned().collect();
        self.objects(verb..verb + 1, &wanted)
    }
}

/// How a nominalization takes its arguments.
struct Nominal<'r> {
    /// Prepositions before who does it.
    agent: &'r [String],
    /// Prepositions before to whom it is done.
    patient: &'r [String],
    /// Which side a possessor or genitive is: 0 who does it, 1 to whom it is done.
    possessor: Option<usize>,
    /// Types of things that do it rather than bear it, where the words tell either.
    acting: &'r [EntityType],
}

/// Who does it and to whom it is done.
type Sides<'a> = [Vec<&'a Mention>; 2];

fn fill<'a>(side: &mut Vec<&'a Mention>, found: impl FnOnce() -> Vec<&'a Mention>) {
    if side.is_empty() {
        *side = found();
    }
}
