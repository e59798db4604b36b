//! Persons without a name: "a spokesman of X", "the person who runs X".

use super::whole::{Whole, last_organization, whole};
use super::{Item, Meaning, Role, for_party, is_owned, meaning, push};
use crate::claim::Found;
use crate::claim::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::Argument;
use crate::language::{Entry, Rule};
use crate::record::{Claim, EntityType, Object, Period, Status};
use std::ops::Range;

/// "A Commerce Department spokesman", "the owner of Adkins IT Support", "Kaspersky's top executives".
pub(super) fn unnamed(
    resolved: &mut Resolved,
    found: &Found,
    role: &Role,
    whole: Option<&Whole>,
    claims: &mut Vec<Claim>,
) {
    let item = role.items[0].clone();
    let mut meaning = meaning(resolved, &item);
    if !meaning.title || role.items.len() > 1 || found.dates.iter().any(|d| d.tokens.contains(&item.tokens.start)) {
        return;
    }
    let plural = meaning.plural || is_plural(resolved, item.tokens.end - 1);
    if plural && !meaning.executive {
        return;
    }
    let party = for_party(resolved, whole, &mut meaning);
    let known = told_of(resolved, &meaning, whole.filter(|_| !party), claims);
    if known.is_none() && party {
        return;
    }
    if let Some(known) = known {
        // "the governor" after "Governor Jane Roe" is she, not somebody unnamed.
        if let Some((tokens, true, _)) = description(resolved, &item, whole) {
            resolved.point_back(tokens.clone(), known);
            let span = resolved.analysis.span(tokens.clone());
            let bearer = Mention { tokens, span, entity: known, manner: Manner::Epithet };
            let status = if item.past { Status::Past } else { Status::Asserted };
            let untitled = Meaning { title: false, ..meaning };
            push(resolved, &item, &untitled, whole.map(|w| &w.mention), &bearer, status, 75, claims);
        }
        return;
    }
    let Some(extent) = description(resolved, &item, whole) else { return };
    let speaks = speaks(resolved, &extent);
    let determined = extent.1;
    let bare = resolved.analysis.language.bare_genitive;
    let topic = if whole.is_none() && determined && meaning.of_topic && !is_owned(resolved, &item.tokens) {
        last_organization(resolved, item.tokens.start)
    } else {
        None
    };
    if topic.is_none() && whole.is_none() && !(speaks && determined)
        || whole.is_some() && !determined && !meaning.plural && !(speaks && bare)
    {
        return;
    }
    if whole.is_some_and(|w| resolved.kind(&w.mention) == EntityType::Place) && !speaks {
        return;
    }
    let key = whole.and_then(|w| Some(format!("role:{} {}", meaning.concept.clone()?, w.mention.entity)));
    let inner = if extent.1 { extent.0.start + extent.2..extent.0.end } else { extent.0.clone() };
    let entity = resolved.describe(extent.0.clone(), inner, key);
    let bearer = Mention {
        tokens: extent.0.clone(),
        span: resolved.analysis.span(extent.0),
        entity,
        manner: Manner::Description,
    };
    let status = if item.past { Status::Past } else { Status::Asserted };
    let whole = whole.map(|w| w.mention.clone()).or(topic);
    push(resolved, &item, &meaning, whole.as_ref(), &bearer, status, 75, claims);
}

/// The one person told of before with the same post, of nothing else than is told now.
fn told_of(resolved: &Resolved, meaning: &Meaning, whole: Option<&Whole>, claims: &[Claim]) -> Option<usize> {
    let titled = |c: &&Claim| c.relation == "jobTitle" && c.rule == meaning.rule && c.status == Status::Asserted;
    let bearers = claims.iter().rev().filter(titled).map(|c| c.subject);
    let mut known: Vec<usize> = bearers.filter(|b| !resolved.entities[*b].unnamed).collect();
    let last = *known.first()?;
    known.sort_unstable();
    known.dedup();
    let Some(whole) = whole else { return Some(last) };
    let elsewhere = claims.iter().any(|c| {
        let pair = [Some(c.subject), if let Object::Entity(o) = c.object { Some(o) } else { None }];
        c.rule == meaning.rule
            && Some(c.relation.as_str()) == meaning.relation.as_deref()
            && (pair.contains(&Some(last)) != pair.contains(&Some(whole.mention.entity)))
    });
    (known.len() == 1 && !elsewhere && resolved.kind(&whole.mention) == EntityType::Place).then_some(last)
}

/// "the person who runs X", "la personne qui dirige X", "orang yang menjalankan X": an unnamed person.
pub(super) fn by_relative_clause(resolved: &mut Resolved, claims: &mut Vec<Claim>) {
    for at in 0..resolved.analysis.tokens.len() {
        if let Some((tokens, whole, frame)) = relative_clause(resolved, at) {
            let frame = &resolved.analysis.language.frames[frame];
            let (Rule::Verb(rule), Some(relation)) = (&frame.rule, frame.relation.clone()) else { continue };
            let (agent, rule_name) = (rule.agent, frame.name.clone());
            let entity = resolved.describe(
                tokens.clone(),
                tokens.start + 1..tokens.end,
                Some(format!("role:{relation} {whole}")),
            );
            let (subject, object) = if agent == Argument::Object { (whole, entity) } else { (entity, whole) };
            let evidence = resolved.analysis.span(tokens);
            claims.push(Claim {
                subject,
                relation,
                object: Object::Entity(object),
                status: Status::Asserted,
                attributed_to: None,
                held: Period::default(),
                confidence: 75,
                evidence,
                rule: rule_name,
            });
        }
    }
}

/// The tokens of the description, the organisation and the verb's frame.
fn relative_clause(resolved: &Resolved, at: usize) -> Option<(Range<usize>, usize, usize)> {
    let analysis = resolved.analysis;
    let noun = analysis.at(at, |e| *e == Entry::Epithet(EntityType::Person))?;
    let arguments = Arguments::new(resolved, at);
    let relative = (at + noun..at + noun + 2).find(|i| arguments.is(*i, |e| *e == Entry::Relative))?;
    let heads = |i: usize| {
        analysis.hits.get(i)?.iter().find_map(|h| match h.entry {
            Entry::Frame(f)
                if matches!(analysis.language.frames[f].rule, Rule::Verb(_))
                    && matches!(
                        analysis.language.frames[f].relation.as_deref(),
                        Some("leader" | "owner" | "founder")
                    ) =>
            {
                Some((i, h.length, f))
            }
            _ => None,
        })
    };
    let (verb, length, frame) = (relative + 1..(relative + 8).min(arguments.sentence.end)).find_map(heads)?;
    let before = resolved.within(relative..verb).find(|m| whole(resolved, m) && m.manner == Manner::Name);
    let mention = (verb + length..verb + length + 3)
        .find_map(|i| resolved.starting(i).filter(|m| whole(resolved, m)))
        .or(before)?;
    let start =
        if at > arguments.sentence.start && arguments.is(at - 1, |e| matches!(e, Entry::Article | Entry::Definite)) {
            at - 1
        } else {
            at
        };
    let end = mention.tokens.end.max(verb + length);
    (end <= arguments.sentence.end).then_some((start..end, mention.entity, frame))
}

/// Whether a noun's form is its lemma with a plural ending.
fn is_plural(resolved: &Resolved, token: usize) -> bool {
    let token = &resolved.analysis.tokens[token];
    let longer = token.lower.len() > token.lemma.len() && token.lower.starts_with(&token.lemma);
    longer || (token.lower.ends_with('s') && token.lower != token.lemma && !token.lemma.ends_with('s'))
}

/// The tokens of the description, whether an article begins it, and that article's length.
fn description(resolved: &Resolved, item: &Item, whole: Option<&Whole>) -> Option<(Range<usize>, bool, usize)> {
    let arguments = Arguments::new(resolved, item.tokens.start);
    let mut start =
        whole.filter(|w| !w.after).map_or(item.tokens.start, |w| w.mention.tokens.start.min(item.tokens.start));
    let end = whole.filter(|w| w.after).map_or(item.tokens.end, |w| w.mention.tokens.end);
    let lowest = start.saturating_sub(3).max(arguments.sentence.start);
    // Adjectives between article and noun ("a senior official").
    for at in (lowest..start).rev() {
        if arguments.is(at, |e| matches!(e, Entry::Article | Entry::Definite)) {
            start = at;
            return Some((start..end, true, 1));
        }
        let token = &resolved.analysis.tokens[at];
        if !token.is_word() || token.is_capitalized() || arguments.is(at, |_| true) {
            break;
        }
    }
    let bare = resolved.analysis.language.bare_genitive || whole.is_some();
    bare.then_some((start..end, false, 0))
}

/// Whether a verb of saying stands right beside the description.
fn speaks(resolved: &Resolved, extent: &(Range<usize>, bool, usize)) -> bool {
    let arguments = Arguments::new(resolved, extent.0.start);
    let near = |range: Range<usize>| range.clone().any(|i| arguments.is(i, |e| *e == Entry::Speech));
    let end = extent.0.end;
    near(end..(end + 4).min(arguments.sentence.end))
        || near(extent.0.start.saturating_sub(3).max(arguments.sentence.start)..extent.0.start)
}
