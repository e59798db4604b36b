//! Role nouns and titles: "X, founder of Y", "Y-Chef X", "the owner of Y", and unnamed persons.

use super::Found;
use super::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::Argument;
use crate::language::{Entry, Rule};
use crate::record::{Claim, EntityType, Object, Status};
use std::ops::Range;

/// A role noun or several coordinated ones ("founder and former CEO") where they stand.
struct Role {
    tokens: Range<usize>,
    items: Vec<Item>,
}

/// One noun of a role.
#[derive(Clone)]
struct Item {
    tokens: Range<usize>,
    entry: Entry,
    past: bool,
}

/// What a role noun says, whether it comes from the titles or from a relation's file.
struct Meaning {
    relation: Option<String>,
    bearer: Argument,
    title: bool,
    plural: bool,
    concept: Option<String>,
    status: Option<Status>,
    /// Whether an unnamed group of them is told of as one ("executives").
    executive: bool,
    /// Whether a place can have such a leader.
    of_place: bool,
    /// Whether one told of without an organisation belongs to the one told of ("a spokesman").
    of_topic: bool,
    rule: String,
}

/// The claims of every role noun; unnamed persons are added as they are found.
pub(super) fn find(resolved: &mut Resolved, found: &Found) -> Vec<Claim> {
    let mut claims = Vec::new();
    by_relative_clause(resolved, &mut claims);
    for role in roles(resolved) {
        let organization = organization(resolved, &role);
        let bearers = bearers(resolved, &role, organization.as_ref());
        if bearers.is_empty() {
            unnamed(resolved, found, &role, organization.as_ref(), &mut claims);
        } else {
            for bearer in bearers {
                named(resolved, &role, organization.as_ref(), &bearer, &mut claims);
            }
        }
    }
    claims
}

/// Role nouns in a range of tokens that organisations can bear: token, relation, whether the bearer is its
/// subject, what the role is of (if told), and the rule.
pub(super) fn of_groups(resolved: &Resolved, range: Range<usize>) -> Vec<(usize, String, bool, Option<usize>, String)> {
    let mut found = Vec::new();
    for role in roles_in(resolved, range) {
        let whole = organization(resolved, &role).map(|w| w.mention.entity);
        for item in &role.items {
            let meaning = meaning(resolved, item);
            if let Some(relation) = meaning.relation.filter(|_| !meaning.title) {
                found.push((item.tokens.start, relation, meaning.bearer == Argument::Subject, whole, meaning.rule));
            }
        }
    }
    found
}

/// Every role noun outside names, coordinated ones joined.
fn roles(resolved: &Resolved) -> Vec<Role> {
    roles_in(resolved, 0..resolved.analysis.tokens.len())
}

fn roles_in(resolved: &Resolved, range: Range<usize>) -> Vec<Role> {
    let mut list: Vec<Role> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(item) = item(resolved, at) else {
            at += 1;
            continue;
        };
        at = item.tokens.end;
        match list.last_mut() {
            Some(role) if joined(resolved, role.tokens.end, item.tokens.start) => {
                role.tokens.end = item.tokens.end;
                role.items.push(item);
            }
            _ => list.push(Role { tokens: item.tokens.clone(), items: vec![item] }),
        }
    }
    list
}

fn item(resolved: &Resolved, at: usize) -> Option<Item> {
    let analysis = resolved.analysis;
    let is_role = |e: &Entry| match e {
        Entry::Title(_) => true,
        Entry::Frame(i) => matches!(analysis.language.frames[*i].rule, Rule::Role(_)),
        _ => false,
    };
    let length = analysis.at(at, is_role)?;
    if resolved.within(at.saturating_sub(8)..at + 1).any(|m| m.manner != Manner::Epithet && m.tokens.contains(&at)) {
        return None;
    }
    let longer = (at.saturating_sub(3)..at).any(|i| analysis.at(i, is_role).is_some_and(|n| i + n > at));
    if longer {
        return None;
    }
    // A relation's file says more than the list of titles.
    let hit =
        analysis.hits[at].iter().filter(|h| h.length == length && is_role(&h.entry)).max_by_key(|h| match h.entry {
            Entry::Frame(_) => 2,
            // Listed in the plural: the form stands in the plural.
            Entry::Title(i) => u8::from(analysis.language.titles[i].plural),
            _ => 0,
        })?;
    let verb = analysis.hits[at].iter().any(|h| h.length >= length && matches!(h.entry, Entry::Speech) || matches!(h.entry, Entry::Frame(i) if matches!(analysis.language.frames[i].rule, Rule::Verb(_)) && h.length > length));
    if verb {
        return None;
    }
    let start = analysis.sentences[analysis.tokens[at].sentence].start;
    let past = (at.saturating_sub(3).max(start)..at)
        .any(|i| analysis.at(i, |e| *e == Entry::PastMark).is_some_and(|n| i + n <= at))
        || (analysis.language.bare_genitive && analysis.at(at + length, |e| *e == Entry::PastMark).is_some());
    Some(Item { tokens: at..at + length, entry: hit.entry, past })
}

/// Whether only "and", articles and marks of the past stand between two role nouns.
fn joined(resolved: &Resolved, end: usize, next: usize) -> bool {
    let analysis = resolved.analysis;
    let gap = end..next;
    if gap.is_empty() || gap.len() > 4 || analysis.tokens[end].sentence != analysis.tokens[next].sentence {
        return false;
    }
    let and = analysis.at(end, |e| *e == Entry::Conjunction).is_some() || analysis.tokens[end].lower == "/";
    and && (end + 1..next).all(|i| {
        analysis.at(i, |e| matches!(e, Entry::Article | Entry::PastMark | Entry::Of)).is_some()
            || !analysis.tokens[i].is_capitalized() && gap.len() <= 3
    })
}

fn meaning(resolved: &Resolved, item: &Item) -> Meaning {
    let language = resolved.analysis.language;
    match item.entry {
        Entry::Title(i) => {
            let title = &language.titles[i];
            let relation = Some(title.relation.clone()).filter(|r| r != "none" && !r.is_empty());
            let bearer = if relation.as_deref() == Some("worksFor") { Argument::Subject } else { Argument::Object };
            Meaning {
                relation,
                bearer,
                title: true,
                plural: title.plural,
                concept: Some(title.concept.clone()),
                status: None,
                of_place: title.of_place,
                executive: title.group,
                of_topic: title.of_topic,
                rule: format!("languages/{}/titles.toml {}", language.language.code(), title.concept),
            }
        }
        Entry::Frame(i) => {
            let frame = &language.frames[i];
            let Rule::Role(rule) = &frame.rule else { unreachable!("only role frames are items") };
            Meaning {
                relation: frame.relation.clone(),
                bearer: rule.bearer,
                title: rule.title,
                plural: rule.plural,
                concept: rule.concept.clone(),
                status: rule.status,
                of_place: true,
                executive: false,
                of_topic: same_post(resolved, rule.concept.as_deref()).is_some_and(|t| t.of_topic),
                rule: frame.name.clone(),
            }
        }
        _ => unreachable!("only titles and role frames are items"),
    }
}

/// The title of the same concept as a role noun of a relation's file.
fn same_post<'a>(resolved: &'a Resolved, concept: Option<&str>) -> Option<&'a crate::language::files::Title> {
    resolved.analysis.language.titles.iter().find(|t| Some(t.concept.as_str()) == concept)
}

/// The thing that the role is "of", as a mention, and whether it stands after the noun.
struct Whole {
    mention: Mention,
    after: bool,
}

fn organization(resolved: &Resolved, role: &Role) -> Option<Whole> {
    after(resolved, role)
        .map(|mention| Whole { mention, after: true })
        .or_else(|| before(resolved, role).map(|mention| Whole { mention, after: false }))
}

fn whole(resolved: &Resolved, mention: &Mention) -> bool {
    resolved.kind(mention) != EntityType::Person && mention.manner != Manner::Description
}

/// "of Office Smith", "des Handelsministeriums", "président américain", "presiden Telkom".
fn after(resolved: &Resolved, role: &Role) -> Option<Mention> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let analysis = resolved.analysis;
    let end = role.tokens.end;
    let direct = resolved.starting(end).filter(|m| arguments.sentence.contains(&m.tokens.start));
    if let Some(mention) = direct {
        let adjective = mention.manner == Manner::Adjective && !analysis.tokens[end].is_capitalized();
        let bare = analysis.language.bare_genitive && whole(resolved, mention);
        if adjective || bare {
            return Some(mention.clone());
        }
    }
    // "président exécutif de X", "head of research at X": a few plain words before the joint.
    let of_first = arguments.is(end, |e| matches!(e, Entry::Of | Entry::GenitiveArticle));
    let reach = if of_first { 4 } else { 2 };
    for joint in end..(end + reach).min(arguments.sentence.end) {
        let token = &analysis.tokens[joint];
        if arguments.is(joint, |e| matches!(e, Entry::Of | Entry::GenitiveArticle)) {
            let mut next = joint + 1;
            while next < joint + 4
                && arguments.is(next, |e| matches!(e, Entry::Article | Entry::GenitiveArticle | Entry::Of))
            {
                next += 1;
            }
            let noun = |i: usize| {
                (i..i + 4).find_map(|j| {
                    resolved.starting(j).filter(|m| {
                        whole(resolved, m)
                            && (i..j).all(|k| {
                                arguments.is(k, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_)))
                                    || !analysis.tokens[k].is_capitalized()
                                        && analysis.tokens[k].is_word()
                                        && !arguments.is(k, |e| {
                                            matches!(
                                                e,
                                                Entry::Preposition | Entry::Conjunction | Entry::Copula | Entry::Speech
                                            )
                                        })
                            })
                    })
                })
            };
            if let Some(mention) = noun(next).filter(|m| arguments.sentence.contains(&m.tokens.start)) {
                return Some(mention.clone());
            }
            if joint > end {
                return None;
            }
            continue;
        }
        if !token.is_word()
            || token.is_capitalized() && !analysis.language.capital_nouns
            || arguments.is(joint, |e| {
                matches!(e, Entry::Conjunction | Entry::Speech | Entry::Copula | Entry::Relative | Entry::Frame(_))
            })
        {
            return None;
        }
    }
    None
}

/// "Kaspersky CEO", "Zielpunkt-Eigentümer", "WeWork's founder", "russischer Präsident".
fn before(resolved: &Resolved, role: &Role) -> Option<Mention> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let lowest = role.tokens.start.saturating_sub(5).max(arguments.sentence.start);
    let mut at = role.tokens.start;
    while at > lowest {
        if let Some(mention) = resolved.ending(at).filter(|m| m.tokens.start >= arguments.sentence.start) {
            let adjacent = at == role.tokens.start || mention.manner == Manner::Adjective;
            let glued = !resolved.analysis.language.capital_nouns
                || resolved.analysis.tokens[at].hyphenated
                || mention.manner == Manner::Adjective;
            return (adjacent && glued && whole(resolved, mention) && !resolved.analysis.language.bare_genitive)
                .then(|| mention.clone());
        }
        at -= 1;
        if arguments.is(at, |e| *e == Entry::GenitiveMark) {
            return resolved.ending(at).filter(|m| whole(resolved, m)).cloned();
        }
        let token = &resolved.analysis.tokens[at];
        let plain = token.is_word()
            && !arguments.is(at, |e| {
                matches!(
                    e,
                    Entry::Preposition
                        | Entry::Conjunction
                        | Entry::Speech
                        | Entry::Article
                        | Entry::Copula
                        | Entry::PassiveAuxiliary
                )
            });
        if !plain || token.is_capitalized() && resolved.analysis.language.capital_nouns {
            return None;
        }
    }
    None
}

/// The mentions that bear the role: after it, in apposition before it, or by a copula.
fn bearers(resolved: &Resolved, role: &Role, whole: Option<&Whole>) -> Vec<Mention> {
    let wanted = bearer_kind(resolved, role);
    let fits = |m: &Mention| {
        wanted(resolved.kind(m))
            && matches!(m.manner, Manner::Name)
            && whole.is_none_or(|w| w.mention.entity != m.entity)
    };
    let mut found = following(resolved, role, whole, &fits);
    if found.is_empty() {
        // "…, the owner of X" after an organisation is rather somebody unnamed.
        let titled = meaning(resolved, &role.items[0]).title;
        let person = |m: &Mention| fits(m) && (!titled || resolved.kind(m) == EntityType::Person);
        found = preceding(resolved, role, whole, &person);
    }
    found
}

fn bearer_kind(resolved: &Resolved, role: &Role) -> impl Fn(EntityType) -> bool {
    let meaning = meaning(resolved, &role.items[0]);
    let person = meaning.title;
    let relation = meaning.relation.clone();
    let is_subject = meaning.bearer == Argument::Subject;
    move |kind| {
        if person && relation.as_deref() != Some("owner") {
            return kind == EntityType::Person;
        }
        let ontology = crate::ontology::Ontology::get();
        let Some(r) = relation.as_ref().and_then(|r| ontology.relations.get(r)) else {
            return kind == EntityType::Person;
        };
        let types = if is_subject { &r.domain } else { &r.range };
        types.is_empty()
            || types.contains(&kind)
            || kind == EntityType::GovernmentOrganization && types.contains(&EntityType::Organization)
    }
}

/// "CEO Tim Cook", "owner of Office Smith, William Finnigan", "directors, A and B".
fn following(resolved: &Resolved, role: &Role, whole: Option<&Whole>, fits: &dyn Fn(&Mention) -> bool) -> Vec<Mention> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let mut at = whole.filter(|w| w.after).map_or(role.tokens.end, |w| w.mention.tokens.end);
    let lower = |i: usize| resolved.analysis.tokens.get(i).map_or("", |t| t.lower.as_str());
    let mut skipped = 0;
    while at < arguments.sentence.end && skipped < 3 {
        let honorific = arguments.is(at, |e| *e == Entry::Honorific);
        let comma = lower(at) == "," && skipped == 0;
        if !honorific && !comma {
            break;
        }
        at += 1;
        skipped += 1;
    }
    let Some(first) =
        resolved.within(at..at + 1).find(|m| fits(m)).filter(|m| arguments.sentence.contains(&m.tokens.start))
    else {
        return Vec::new();
    };
    // After a comma the name must be closed again: "the owner, Finnigan, said"; not "the owner, Apple said".
    let comma = lower(at.wrapping_sub(1)) == "," && skipped > 0;
    let closed = first.tokens.end >= arguments.sentence.end
        || !resolved.analysis.tokens[first.tokens.end].is_word()
        || arguments.is(first.tokens.end, |e| matches!(e, Entry::Conjunction | Entry::GenitiveMark));
    if comma && !closed && whole.is_none() {
        return Vec::new();
    }
    let mut list = vec![first.clone()];
    let plural = role.items.iter().any(|i| meaning(resolved, i).plural)
        || resolved.analysis.tokens[role.tokens.end - 1].lower != resolved.analysis.tokens[role.tokens.end - 1].lemma;
    while let Some(next) =
        plural.then(|| next_in_list(resolved, &arguments, list.last().map_or(0, |m| m.tokens.end), fits)).flatten()
    {
        list.push(next);
    }
    list
}

fn next_in_list(
    resolved: &Resolved,
    arguments: &Arguments,
    end: usize,
    fits: &dyn Fn(&Mention) -> bool,
) -> Option<Mention> {
    let joint = resolved.analysis.tokens.get(end).filter(|_| end < arguments.sentence.end)?;
    let joins = joint.lower == "," || arguments.is(end, |e| *e == Entry::Conjunction);
    joins.then(|| resolved.within(end + 1..end + 2).find(|m| fits(m)).cloned()).flatten()
}

/// "Avi Fleischer, (the) founder of …", "Neumann, WeWork's founder", "Cook is the CEO of …".
fn preceding(resolved: &Resolved, role: &Role, whole: Option<&Whole>, fits: &dyn Fn(&Mention) -> bool) -> Vec<Mention> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let first = whole.filter(|w| !w.after).map_or(role.tokens.start, |w| w.mention.tokens.start.min(role.tokens.start));
    let lowest = first.saturating_sub(8).max(arguments.sentence.start);
    let mut at = first;
    let mut crossed = false;
    while at > lowest {
        let close = resolved.ending(at).filter(|m| fits(m) && m.tokens.start >= arguments.sentence.start);
        if let Some(mention) = close.filter(|_| crossed) {
            return vec![mention.clone()];
        }
        at -= 1;
        let token = &resolved.analysis.tokens[at];
        let mark = matches!(token.lower.as_str(), "," | "(" | "–" | "—") || arguments.is(at, |e| *e == Entry::Copula);
        if mark && !crossed {
            crossed = true;
        } else if mark
            || arguments.is(at, |e| {
                matches!(
                    e,
                    Entry::Preposition | Entry::Speech | Entry::Subordinator | Entry::Negation | Entry::Conjunction
                )
            }) && !arguments.is(at, |e| *e == Entry::Article)
        {
            let relative = crossed && arguments.is(at, |e| *e == Entry::Relative);
            if !relative && !(mark && token.lower == ",") {
                return Vec::new();
            }
        } else if arguments.is(at, |e| *e == Entry::Relative) && crossed {
            // "Claure, who is also an executive at SoftBank"
        } else if !token.is_word()
            || token.is_capitalized()
                && !crossed
                && !resolved.analysis.language.capital_nouns
                && !arguments.is(at, |e| *e == Entry::Article)
        {
            return Vec::new();
        }
    }
    Vec::new()
}

fn named(resolved: &Resolved, role: &Role, whole: Option<&Whole>, bearer: &Mention, claims: &mut Vec<Claim>) {
    for item in &role.items {
        let meaning = meaning(resolved, item);
        let status = meaning.status.unwrap_or(if item.past { Status::Past } else { Status::Asserted });
        push(resolved, item, &meaning, whole.map(|w| &w.mention), bearer, status, 88, claims);
    }
}

#[allow(clippy::too_many_arguments)]
fn push(
    resolved: &Resolved,
    item: &Item,
    meaning: &Meaning,
    whole: Option<&Mention>,
    bearer: &Mention,
    status: Status,
    confidence: u8,
    claims: &mut Vec<Claim>,
) {
    let word = resolved.analysis.span(item.tokens.clone());
    let make = |subject, relation: &str, object, evidence| Claim {
        subject,
        relation: relation.to_owned(),
        object,
        status,
        attributed_to: None,
        confidence,
        evidence,
        rule: meaning.rule.clone(),
    };
    let place = |m: &&Mention| resolved.kind(m) != EntityType::Place || meaning.of_place;
    if let (Some(relation), Some(whole)) = (&meaning.relation, whole.filter(place)) {
        let (subject, object) = if meaning.bearer == Argument::Object {
            (whole.entity, bearer.entity)
        } else {
            (bearer.entity, whole.entity)
        };
        claims.push(make(subject, relation, Object::Entity(object), word.cover(bearer.span).cover(whole.span)));
    }
    if meaning.title && resolved.kind(bearer) == EntityType::Person && !meaning.plural {
        let words = resolved.analysis.words(word).to_owned();
        claims.push(make(bearer.entity, "jobTitle", Object::Text(words), word.cover(bearer.span)));
    }
}

/// "A Commerce Department spokesman", "the owner of Adkins IT Support", "Kaspersky's top executives".
fn unnamed(resolved: &mut Resolved, found: &Found, role: &Role, whole: Option<&Whole>, claims: &mut Vec<Claim>) {
    let item = role.items[0].clone();
    let meaning = meaning(resolved, &item);
    if !meaning.title || role.items.len() > 1 || found.dates.iter().any(|d| d.tokens.contains(&item.tokens.start)) {
        return;
    }
    let plural = meaning.plural || is_plural(resolved, item.tokens.end - 1);
    if plural && !meaning.executive {
        return;
    }
    // "the governor" after "Governor Jane Roe" is she, not somebody unnamed.
    let word = resolved.analysis.words(resolved.analysis.span(item.tokens.clone())).to_lowercase();
    let told = |c: &Claim| match &c.object {
        Object::Text(title) => title.to_lowercase() == word && !resolved.entities[c.subject].unnamed,
        Object::Entity(_) => false,
    };
    if let Some(named) = claims.iter().rev().find(|c| told(c)).map(|c| c.subject).filter(|_| whole.is_none()) {
        if let Some((tokens, true, _)) = description(resolved, &item, whole) {
            resolved.point_back(tokens, named);
        }
        return;
    }
    let Some(extent) = description(resolved, &item, whole) else { return };
    let speaks = speaks(resolved, &extent);
    let determined = extent.1;
    let bare = resolved.analysis.language.bare_genitive;
    let topic = if whole.is_none() && determined && meaning.of_topic {
        only_organization_before(resolved, item.tokens.start)
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

/// "the person who runs X", "la personne qui dirige X", "orang yang menjalankan X": an unnamed person.
fn by_relative_clause(resolved: &mut Resolved, claims: &mut Vec<Claim>) {
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

/// "the company …, and a spokesman said": the one organisation told of before in the sentence.
fn only_organization_before(resolved: &Resolved, at: usize) -> Option<Mention> {
    let sentence = resolved.analysis.sentences[resolved.analysis.tokens[at].sentence].clone();
    let organisation = |m: &&Mention| {
        matches!(resolved.kind(m), EntityType::Organization | EntityType::GovernmentOrganization)
            && m.manner != Manner::Adjective
    };
    let mut found: Vec<&Mention> = resolved.within(sentence.start..at).filter(organisation).collect();
    found.dedup_by_key(|m| m.entity);
    match found[..] {
        [only] => Some(only.clone()),
        _ => None,
    }
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
