//! Members of a group: what the article says of "four companies, partners of X" holds for each of
//! the four that it then names one by one.

use super::argument::Arguments;
use super::role;
use crate::entity::{Manner, Resolved};
use crate::language::Entry;
use crate::record::{Claim, EntityType, Object, Period, Status};
use crate::text::Span;
use std::collections::BTreeSet;

/// What is said of a group of organisations in one sentence.
struct Statement {
    sentence: usize,
    /// How many they are, if the sentence counts them.
    count: Option<usize>,
    /// Relation, whether the group is its subject, the other side, and the rule.
    ties: Vec<(String, bool, usize, String)>,
    countries: Vec<usize>,
    evidence: Span,
}

/// How many sentences apart two statements about one group may stand.
const REACH: usize = 8;

/// Adds to every member of a counted group what is said of the group.
pub(super) fn find(resolved: &Resolved, claims: &mut Vec<Claim>) {
    let statements: Vec<Statement> =
        (0..resolved.analysis.sentences.len()).filter_map(|s| statement(resolved, s)).collect();
    for counted in statements.iter().filter(|s| s.count.is_some() && !s.ties.is_empty()) {
        let count = counted.count.unwrap_or_default();
        let members = members(resolved, claims, counted);
        if members.len() != count {
            continue;
        }
        let others: BTreeSet<usize> = counted.ties.iter().map(|t| t.2).collect();
        let same = |s: &&Statement| {
            s.sentence.abs_diff(counted.sentence) <= REACH && s.ties.iter().any(|t| others.contains(&t.2))
        };
        for statement in statements.iter().filter(same) {
            members.iter().for_each(|m| emit(resolved, statement, *m, claims));
        }
    }
}

fn emit(resolved: &Resolved, statement: &Statement, member: usize, claims: &mut Vec<Claim>) {
    let language = resolved.analysis.language.language.code();
    let mut push = |subject, relation: &str, object, rule: String| {
        claims.push(Claim {
            subject,
            relation: relation.to_owned(),
            object: Object::Entity(object),
            status: Status::Asserted,
            attributed_to: None,
            held: Period::default(),
            confidence: 60,
            evidence: statement.evidence,
            rule,
        });
    };
    for (relation, is_subject, other, rule) in &statement.ties {
        let (subject, object) = if *is_subject { (member, *other) } else { (*other, member) };
        push(subject, relation, object, format!("{rule} (member of a group)"));
    }
    for country in &statement.countries {
        push(member, "basedIn", *country, format!("languages/{language}/countries.toml (member of a group)"));
    }
}

/// A plural noun for organisations with role nouns after it in its sentence.
fn statement(resolved: &Resolved, sentence: usize) -> Option<Statement> {
    let analysis = resolved.analysis;
    let range = analysis.sentences[sentence].clone();
    let arguments = Arguments::new(resolved, range.start);
    let noun = range.clone().find(|i| is_group_noun(resolved, &arguments, *i))?;
    let count = (noun.saturating_sub(3).max(range.start)..noun).find_map(|i| number(resolved, i));
    let ties = ties(resolved, &arguments, noun, range.end, count.is_some());
    let near = noun.saturating_sub(2).max(range.start)..(noun + 3).min(range.end);
    let countries = resolved
        .within(near)
        .filter(|m| m.manner == Manner::Adjective || glued_country(resolved, m.tokens.clone(), noun))
        .map(|m| m.entity)
        .collect();
    (!ties.is_empty()).then(|| Statement {
        sentence,
        count,
        ties,
        countries,
        evidence: analysis.span(noun.saturating_sub(1).max(range.start)..last_word(resolved, range.end)),
    })
}

/// "US companies", "US-Unternehmen": the country's name right before the noun.
fn glued_country(resolved: &Resolved, tokens: std::ops::Range<usize>, noun: usize) -> bool {
    tokens.end == noun && resolved.starting(tokens.start).is_some_and(|m| resolved.kind(m) == EntityType::Place)
}

fn last_word(resolved: &Resolved, end: usize) -> usize {
    if resolved.analysis.tokens[end - 1].is_word() { end } else { end - 1 }
}

/// A noun for organisations that is not the singular: its form differs from its lemma, or it is counted.
fn is_group_noun(resolved: &Resolved, arguments: &Arguments, at: usize) -> bool {
    let organisation = arguments
        .is(at, |e| matches!(e, Entry::Epithet(EntityType::Organization) | Entry::Context(EntityType::Organization)));
    let token = &resolved.analysis.tokens[at];
    let before = at.saturating_sub(3).max(arguments.sentence.start)..at;
    // Where the noun does not show it: no article before it, a relative clause after it.
    let bare = before.clone().all(|i| !arguments.is(i, |e| matches!(e, Entry::Article | Entry::Definite)))
        && (at + 1..at + 4).any(|i| arguments.is(i, |e| *e == Entry::Relative));
    let plural = token.lower != token.lemma || bare || before.clone().any(|i| number(resolved, i).is_some());
    organisation && plural && !arguments.is(at.wrapping_sub(1), |e| *e == Entry::Definite)
}

fn number(resolved: &Resolved, at: usize) -> Option<usize> {
    let digits = resolved.analysis.tokens[at].lower.parse::<usize>().ok();
    let word = resolved.analysis.hits[at].iter().find_map(|h| match h.entry {
        Entry::NumberWord(n) => usize::try_from(n).ok(),
        _ => None,
    });
    digits.or(word).filter(|n| (2..=12).contains(n))
}

/// The role nouns after the group's noun with what they are roles of.
fn ties(
    resolved: &Resolved,
    arguments: &Arguments,
    noun: usize,
    end: usize,
    counted: bool,
) -> Vec<(String, bool, usize, String)> {
    let only = only_organization(resolved, noun, end);
    let mut ties: Vec<(String, bool, usize, String)> = Vec::new();
    for (at, relation, is_subject, whole, rule) in role::of_groups(resolved, noun + 1..end) {
        // "companies that are resellers of X", not "companies and customers".
        let told = counted || (noun + 1..at).any(|i| arguments.is(i, |e| matches!(e, Entry::Relative | Entry::Copula)));
        let organisation =
            |e: &usize| matches!(resolved.entities[*e].kind, EntityType::Organization | EntityType::Product);
        if let Some(other) = whole.filter(organisation).or(only).filter(|_| told)
            && ties.iter().all(|t| t.0 != relation)
        {
            ties.push((relation, is_subject, other, rule));
        }
    }
    ties
}

/// The one organisation that the rest of the sentence names.
fn only_organization(resolved: &Resolved, noun: usize, end: usize) -> Option<usize> {
    let names =
        resolved.within(noun..end).filter(|m| m.manner == Manner::Name && resolved.kind(m) == EntityType::Organization);
    let entities: BTreeSet<usize> = names.map(|m| m.entity).collect();
    entities.iter().next().copied().filter(|_| entities.len() == 1)
}

/// Organisations first named after the statement, each with a person who leads, owns or founded it.
fn members(resolved: &Resolved, claims: &[Claim], counted: &Statement) -> Vec<usize> {
    let after = resolved.analysis.sentence_span(counted.sentence).end;
    let others: BTreeSet<usize> = counted.ties.iter().map(|t| t.2).collect();
    let led =
        claims.iter().filter(|c| matches!(c.relation.as_str(), "leader" | "owner" | "founder")).map(|c| c.subject);
    let new = |e: &usize| {
        let entity = &resolved.entities[*e];
        matches!(entity.kind, EntityType::Organization | EntityType::GovernmentOrganization)
            && !others.contains(e)
            && entity.mentions.first().is_some_and(|m| m.start >= after)
    };
    let found: BTreeSet<usize> = led.filter(new).collect();
    let mut list: Vec<usize> = found.into_iter().collect();
    list.sort_by_key(|e| resolved.entities[*e].mentions[0].start);
    list
}
