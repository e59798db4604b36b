//! What a role is of: "owner of Office Smith", "Kaspersky CEO", "président américain".

use super::Role;
use crate::claim::argument::Arguments;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::{Entry, Rule};
use crate::record::EntityType;
use std::ops::Range;

/// The thing that the role is "of".
pub(super) struct Whole {
    pub(super) mention: Mention,
    /// Whether it stands after the noun.
    pub(super) after: bool,
    /// The words between the noun and its joint ("of sales" in "head of sales at X"); none where they only
    /// introduce the name.
    pub(super) field: Option<Range<usize>>,
}

pub(super) fn organization(resolved: &Resolved, role: &Role) -> Option<Whole> {
    after(resolved, role)
        .or_else(|| before(resolved, role).map(|mention| Whole { mention, after: false, field: None }))
        .or_else(|| by_noun(resolved, role))
}

pub(super) fn whole(resolved: &Resolved, mention: &Mention) -> bool {
    resolved.kind(mention) != EntityType::Person && mention.manner != Manner::Description
}

fn is_organization(resolved: &Resolved, mention: &Mention) -> bool {
    matches!(resolved.kind(mention), EntityType::Organization | EntityType::GovernmentOrganization)
}

/// "of Office Smith", "des Handelsministeriums", "président américain", "presiden Telkom", "of sales at Corvex".
fn after(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let analysis = resolved.analysis;
    let end = past_bracket(resolved, role.tokens.end);
    let found = |mention: Mention, field| Some(Whole { mention, after: true, field });
    // "Direktur Operasional DNR": the name may be read with the post's last word.
    let around = |m: &&Mention| m.tokens.contains(&end) && m.tokens.start > role.tokens.start;
    let direct = resolved.starting(end).or_else(|| resolved.within(role.tokens.clone()).find(around));
    let direct = direct.filter(|m| arguments.sentence.contains(&m.tokens.start));
    if let Some(mention) = direct {
        let adjective = mention.manner == Manner::Adjective && !analysis.tokens[end].is_capitalized();
        let bare = analysis.language.bare_genitive && whole(resolved, mention);
        // "Präsident Frankreichs"
        let country = |word: &str| analysis.language.gazetteer.country(word).is_some();
        let genitive =
            analysis.language.capital_nouns && analysis.words(mention.span).strip_suffix('s').is_some_and(country);
        if adjective || bare || genitive {
            return found(mention.clone(), None);
        }
    }
    // "président exécutif de X", "head of research at X": a few plain words before the joint.
    let of_first = arguments.is(end, |e| matches!(e, Entry::Of | Entry::GenitiveArticle));
    let reach = if of_first { 9 } else { 2 };
    for joint in end..(end + reach).min(arguments.sentence.end) {
        let of = arguments.is(joint, |e| matches!(e, Entry::Of | Entry::GenitiveArticle));
        let place = of_first && joint > end && arguments.is(joint, |e| *e == Entry::Locative);
        if of || place {
            let field = Some(end..joint).filter(|f| of_first && !introduces(&arguments, f.clone()));
            let land = |m: &Mention| !place && resolved.kind(m) == EntityType::Place;
            let fits = |m: &Mention| field.is_none() && !place || is_organization(resolved, m) || land(m);
            if let Some(mention) = past_articles(resolved, &arguments, joint + 1).filter(fits) {
                if let Some(outer) = beyond(resolved, &arguments, &mention) {
                    let joint = outer.tokens.start - 1;
                    return found(outer, Some(end..joint));
                }
                // "of the province of X": a place has no parts that somebody else heads.
                let field = field.filter(|_| !land(&mention));
                return found(mention, field);
            }
        } else if !is_field_word(resolved, &arguments, joint) {
            return None;
        }
    }
    None
}

/// Whether a word may stand in what a post is for: no verb, name, mark or foreign joint.
fn is_field_word(resolved: &Resolved, arguments: &Arguments, at: usize) -> bool {
    let analysis = resolved.analysis;
    let token = &analysis.tokens[at];
    let stops = |e: &Entry| match e {
        Entry::Conjunction | Entry::Speech | Entry::Copula | Entry::Relative => true,
        // By its form, not its lemma ("teratas" is no "atas").
        Entry::Preposition => token.lower == token.lemma && !arguments.is(at, |e| *e == Entry::Article),
        Entry::Frame(i) => !matches!(analysis.language.frames[*i].rule, Rule::Noun(_)),
        _ => false,
    };
    token.is_word() && (!token.is_capitalized() || analysis.language.capital_nouns) && !arguments.is(at, stops)
}

/// Whether words only introduce the name after them ("of the province of").
fn introduces(arguments: &Arguments, mut words: Range<usize>) -> bool {
    words.all(|i| {
        arguments.is(i, |e| {
            matches!(
                e,
                Entry::Of
                    | Entry::Article
                    | Entry::GenitiveArticle
                    | Entry::Context(_)
                    | Entry::Epithet(_)
                    | Entry::Head(_)
            )
        })
    })
}

/// The mention after a joint: past articles and the nouns that introduce a name, or a noun that points back.
fn past_articles(resolved: &Resolved, arguments: &Arguments, from: usize) -> Option<Mention> {
    let analysis = resolved.analysis;
    let mut next = from;
    while next < from + 3 && arguments.is(next, |e| matches!(e, Entry::Article | Entry::GenitiveArticle | Entry::Of)) {
        next += 1;
    }
    let plain = |k: usize| {
        arguments.is(k, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_)))
            || !analysis.tokens[k].is_capitalized()
                && analysis.tokens[k].is_word()
                && !arguments.is_verb(k)
                && !arguments.is(k, |e| {
                    matches!(
                        e,
                        Entry::Preposition | Entry::Conjunction | Entry::Copula | Entry::Speech | Entry::Relative
                    )
                })
    };
    let reach = next..(next + 4).min(arguments.sentence.end);
    let named =
        reach.into_iter().find_map(|j| resolved.starting(j).filter(|m| whole(resolved, m) && (next..j).all(plain)));
    named.map(|m| narrowed(resolved, m)).or_else(|| pointing_back(resolved, arguments, next))
}

/// "Platform Solutions for Ascom" taken for one name: the part after its joint, if that is a name of its own.
fn narrowed(resolved: &Resolved, mention: &Mention) -> Mention {
    let analysis = resolved.analysis;
    let joints = mention.tokens.clone().skip(1);
    let tail = joints.filter(|k| analysis.at(*k, |e| *e == Entry::Of).is_some()).find_map(|k| {
        let tokens = k + 1..mention.tokens.end;
        let words = (!tokens.is_empty()).then(|| analysis.words(analysis.span(tokens.clone())).to_owned())?;
        let named = |e: &crate::record::Entity| e.kind == EntityType::Organization && e.names.contains(&words);
        let entity = resolved.entities.iter().position(named).filter(|e| *e != mention.entity)?;
        Some(Mention { span: analysis.span(tokens.clone()), tokens, entity, manner: Manner::Name })
    });
    tail.unwrap_or_else(|| mention.clone())
}

/// "General Manager of Life Care Solutions at Corvex": the organisation beyond a name that stands nowhere else.
fn beyond(resolved: &Resolved, arguments: &Arguments, mention: &Mention) -> Option<Mention> {
    let joint = mention.tokens.end;
    let once = resolved.entities[mention.entity].mentions.len() == 1 && mention.manner == Manner::Name;
    let joins = arguments.is(joint, |e| *e == Entry::Locative) && arguments.is(joint, |e| *e == Entry::Of);
    let next = (joint + 1..joint + 3).find(|i| !arguments.is(*i, |e| *e == Entry::Article))?;
    (once && joins)
        .then(|| resolved.starting(next))
        .flatten()
        .filter(|m| is_organization(resolved, m) && arguments.sentence.contains(&m.tokens.start))
        .cloned()
}

/// "du groupe", "des Konzerns": a noun for the organisation last told of.
fn pointing_back(resolved: &Resolved, arguments: &Arguments, at: usize) -> Option<Mention> {
    let noun = |e: &Entry| *e == Entry::Epithet(EntityType::Organization);
    let length = resolved.analysis.at(at, noun).filter(|_| arguments.sentence.contains(&at))?;
    let end = at + length;
    if let Some(named) = arguments.after_comma(end).filter(|m| is_organization(resolved, m)) {
        return Some(named.clone());
    }
    let closed = end >= arguments.sentence.end
        || !resolved.analysis.tokens[end].is_word()
        || arguments.is(end, |e| matches!(e, Entry::Speech | Entry::Copula | Entry::Conjunction));
    let entity = closed.then(|| last_organization(resolved, at)).flatten()?.entity;
    Some(Mention { tokens: at..end, span: resolved.analysis.span(at..end), entity, manner: Manner::Epithet })
}

/// "a company spokesperson", "club captain Jane Roe": the noun before the role points to the one last told of.
fn by_noun(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let at = role.tokens.start.checked_sub(1)?;
    let arguments = Arguments::new(resolved, role.tokens.start);
    let noun = arguments.is(at, |e| *e == Entry::Epithet(EntityType::Organization))
        && !resolved.analysis.language.capital_nouns
        && !resolved.analysis.language.bare_genitive
        && !resolved.analysis.tokens[at].is_capitalized();
    let entity = noun.then(|| last_organization(resolved, at)).flatten()?.entity;
    let mention =
        Mention { tokens: at..at + 1, span: resolved.analysis.span(at..at + 1), entity, manner: Manner::Epithet };
    Some(Whole { mention, after: false, field: None })
}

/// The one organisation that the sentence, or the nearest of the two before it that tells of any, tells of;
/// of several, the one that the article speaks of far more than of the others.
pub(in crate::claim) fn last_organization(resolved: &Resolved, at: usize) -> Option<Mention> {
    let sentence = resolved.analysis.tokens[at].sentence;
    (sentence.saturating_sub(2)..=sentence).rev().find_map(|s| {
        let range = resolved.analysis.sentences[s].clone();
        let told = |m: &&Mention| is_organization(resolved, m) && m.manner != Manner::Adjective;
        let mut found: Vec<&Mention> = resolved.within(range.start..range.end.min(at)).filter(told).collect();
        let times = |m: &Mention| resolved.entities[m.entity].mentions.len();
        found.sort_by_key(|m| (std::cmp::Reverse(times(m)), m.entity));
        found.dedup_by_key(|m| m.entity);
        match found[..] {
            [] => None,
            [only] => Some(Some(only.clone())),
            [main, next, ..] => Some((times(main) > 2 * times(next)).then(|| main.clone())),
        }
    })?
}

/// Past a short stretch in brackets at a token ("(CEO)", "(DEN)").
pub(super) fn past_bracket(resolved: &Resolved, at: usize) -> usize {
    let tokens = &resolved.analysis.tokens;
    let same = |i: usize| tokens.get(i).is_some_and(|t| t.sentence == tokens[at.saturating_sub(1)].sentence);
    if !same(at) || tokens[at].lower != "(" {
        return at;
    }
    (at + 1..at + 5).find(|i| same(*i) && tokens[*i].lower == ")").map_or(at, |i| i + 1)
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
                || is_genitive(resolved, mention)
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

/// "Liverpools Torwart": a name in the genitive, before its noun.
fn is_genitive(resolved: &Resolved, mention: &Mention) -> bool {
    mention.manner == Manner::Name && resolved.analysis.tokens[mention.tokens.end - 1].lower.ends_with('s')
}
