//! Patterns: what no frame covers, as words and mentions in a row.

use super::argument::Arguments;
use super::context::{Sources, Standing, standing};
use super::frame::{Filled, Happening, emit};
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::Argument;
use crate::language::{Element, Entry, Pattern, Rule, country_of_city};
use crate::record::{Claim, EntityType, Object, Period, Status};
use std::ops::Range;

/// Applies every pattern at every place.
pub(super) fn find(resolved: &Resolved, sources: &Sources, claims: &mut Vec<Claim>, happenings: &mut Vec<Happening>) {
    homes(resolved, claims);
    let frames = resolved.analysis.language.frames.iter();
    for (frame, pattern) in frames.filter_map(|f| if let Rule::Pattern(p) = &f.rule { Some((f, p)) } else { None }) {
        for at in starts(resolved, pattern) {
            let sentence = resolved.analysis.sentences[resolved.analysis.tokens[at].sentence].clone();
            let mut found = Vec::new();
            let Some(end) = matches(resolved, &sentence, &pattern.elements, at, &mut found) else { continue };
            if frame.relation.as_deref() == Some("locatedIn") && is_listed(resolved, &found) {
                continue;
            }
            let side =
                |wanted: Argument| found.iter().filter(|(a, _)| *a == wanted).map(|(_, m)| *m).collect::<Vec<_>>();
            let sides = Filled { agents: side(Argument::Subject), patients: side(Argument::Object) };
            let word = found.first().map_or(at, |f| f.1.tokens.end.min(end - 1));
            let standing = standing(resolved, sources, word..word + 1);
            let standing = Standing { status: pattern.status.unwrap_or(standing.status), ..standing };
            emit(resolved, frame, at..end, &sides, standing, false, claims, happenings);
        }
    }
}

/// "Phoenix, Flagstaff and Las Vegas": whether two towns with only a comma between are two of a list.
fn is_listed(resolved: &Resolved, found: &Bound) -> bool {
    let [(_, one), (_, other)] = found[..] else { return false };
    let (first, last) = if one.tokens.start < other.tokens.start { (one, other) } else { (other, one) };
    let known = |key: &String| key.strip_prefix("place:").is_some_and(|name| country_of_city(name).is_some());
    let town = |m: &Mention| resolved.entities[m.entity].keys.iter().any(known);
    let arguments = Arguments::new(resolved, first.tokens.start);
    let joins = |i: usize| arguments.is_comma(i) || arguments.is(i, |e| *e == Entry::Conjunction);
    let place = |m: &Mention| resolved.kind(m) == EntityType::Place && arguments.sentence.contains(&m.tokens.start);
    let after = joins(last.tokens.end) && resolved.starting(last.tokens.end + 1).is_some_and(place);
    let before = first.tokens.start.checked_sub(1).filter(|i| joins(*i));
    let listed = after || before.and_then(|i| resolved.ending(i)).is_some_and(place);
    let comma = first.tokens.end + 1 == last.tokens.start && arguments.is_comma(first.tokens.end);
    comma && listed && town(first) && town(last)
}

/// Tokens at which the pattern's first element matches.
fn starts(resolved: &Resolved, pattern: &Pattern) -> Vec<usize> {
    match pattern.elements.first() {
        Some(Element::Mention(..) | Element::Party(_) | Element::Site(_)) => {
            let mut list: Vec<usize> = resolved.mentions.iter().map(|m| m.tokens.start).collect();
            list.dedup();
            list
        }
        Some(Element::Words(words)) => {
            let tokens = &resolved.analysis.tokens;
            (0..tokens.len()).filter(|i| begins(resolved, words, *i)).collect()
        }
        _ => (0..resolved.analysis.tokens.len()).collect(),
    }
}

fn begins(resolved: &Resolved, words: &[String], at: usize) -> bool {
    words.iter().any(|w| word_length(resolved, w, at).is_some())
}

/// The length of a word or phrase at a token.
fn word_length(resolved: &Resolved, word: &str, at: usize) -> Option<usize> {
    // A hyphen inside a word is no token of its own.
    if word == "-" && resolved.analysis.tokens.get(at).is_some_and(|t| t.hyphenated) {
        return Some(0);
    }
    let tokens = resolved.analysis.tokens.get(at..)?;
    // Nearly every place is none: the first letters tell so.
    let (first, token) = (word.as_bytes().first(), tokens.first()?);
    if first != token.lower.as_bytes().first() && first != token.lemma.as_bytes().first() {
        return None;
    }
    let mut length = 0;
    for part in word.split(' ') {
        tokens.get(length).filter(|t| part == t.lower || part == t.lemma)?;
        length += 1;
    }
    Some(length)
}

type Bound<'a> = Vec<(Argument, &'a Mention)>;

fn matches<'a>(
    resolved: &'a Resolved<'a>,
    sentence: &Range<usize>,
    elements: &[Element],
    at: usize,
    found: &mut Bound<'a>,
) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else { return Some(at) };
    match first {
        Element::Optional(words) => {
            let length =
                words.iter().filter_map(|w| word_length(resolved, w, at)).max().filter(|l| at + l <= sentence.end);
            let with = length.and_then(|l| attempt(resolved, sentence, rest, at + l, found));
            with.or_else(|| attempt(resolved, sentence, rest, at, found))
        }
        Element::Words(words) => {
            let length = words.iter().filter_map(|w| word_length(resolved, w, at)).max()?;
            (at + length <= sentence.end).then_some(())?;
            attempt(resolved, sentence, rest, at + length, found)
        }
        Element::Gap(most) => (0..=*most).find_map(|n| {
            let plain = |i: usize| {
                resolved.analysis.tokens[i].is_word()
                    || resolved.analysis.at(i, |e| matches!(e, Entry::Currency(_) | Entry::Percent)).is_some()
            };
            let clear = (at..at + n).all(|i| {
                i < sentence.end && plain(i) && resolved.starting(i).is_none_or(|m| m.manner == Manner::Adjective)
            });
            clear.then(|| attempt(resolved, sentence, rest, at + n, found)).flatten()
        }),
        Element::Noun(kind) => {
            let length = resolved
                .analysis
                .at(at, |e| matches!(e, Entry::Context(k) | Entry::Epithet(k) if k == kind))
                .filter(|l| at + l <= sentence.end)?;
            attempt(resolved, sentence, rest, at + length, found)
        }
        Element::Adjective(argument) | Element::Local(argument) => {
            let fits = |m: &Mention| match first {
                Element::Local(_) => !is_country(resolved, m),
                _ => !is_local(resolved, m),
            };
            let mention = resolved
                .within(at..at + 1)
                .find(|m| m.manner == Manner::Adjective && m.tokens.end <= sentence.end && fits(m))?;
            bind(resolved, sentence, rest, (*argument, mention), found)
        }
        Element::Party(argument) => {
            let found_party = mention(resolved, sentence, &[EntityType::Organization], at)?;
            resolved.is_party(found_party).then_some(())?;
            bind(resolved, sentence, rest, (*argument, found_party), found)
        }
        Element::Other(types) => {
            let other = mention(resolved, sentence, types, at)?;
            attempt(resolved, sentence, rest, other.tokens.end, found)
        }
        Element::Site(argument) => {
            let found_site = mention(resolved, sentence, &[EntityType::Place], at)?;
            is_site(resolved, found_site).then_some(())?;
            bind(resolved, sentence, rest, (*argument, found_site), found)
        }
        Element::Mention(argument, types) => {
            let mention = mention(resolved, sentence, types, at)?;
            bind(resolved, sentence, rest, (*argument, mention), found)
        }
    }
}

fn bind<'a>(
    resolved: &'a Resolved<'a>,
    sentence: &Range<usize>,
    rest: &[Element],
    bound: (Argument, &'a Mention),
    found: &mut Bound<'a>,
) -> Option<usize> {
    found.push(bound);
    let end = attempt(resolved, sentence, rest, bound.1.tokens.end, found);
    if end.is_none() {
        found.pop();
    }
    end
}

/// Whether a type is one of those asked for; an authority is an organisation.
fn takes(types: &[EntityType], kind: EntityType) -> bool {
    types.contains(&kind) || kind == EntityType::GovernmentOrganization && types.contains(&EntityType::Organization)
}

/// Whether the words of a place's name, or the noun before it, tell what is built or grown there; no town or country that is
/// known.
fn is_site(resolved: &Resolved, mention: &Mention) -> bool {
    let analysis = resolved.analysis;
    let known = |key: &String| key.starts_with("place:") || key.starts_with("country:");
    let head = |i: usize| analysis.language.head(analysis.words(analysis.tokens[i].span)) == Some(EntityType::Place);
    let noun = |i: usize| {
        let place = |e: &Entry| matches!(e, Entry::Context(EntityType::Place) | Entry::Epithet(EntityType::Place));
        analysis.at(i, place).is_some()
    };
    let before = mention.tokens.start.checked_sub(1).is_some_and(noun);
    !resolved.entities[mention.entity].keys.iter().any(known) && (before || mention.tokens.clone().any(head))
}

/// Whether a mention is one of a country.
fn is_country(resolved: &Resolved, mention: &Mention) -> bool {
    resolved.entities[mention.entity].keys.iter().any(|k| k.starts_with("country:"))
}

/// Whether a mention is one of a known place that is no country.
fn is_local(resolved: &Resolved, mention: &Mention) -> bool {
    resolved.entities[mention.entity].keys.iter().any(|k| k.starts_with("place:")) && !is_country(resolved, mention)
}

/// "the US government", "Kementerian … RI": an institution whose name holds a country has its home there.
fn homes(resolved: &Resolved, claims: &mut Vec<Claim>) {
    for whole in resolved.mentions.iter().filter(|m| m.manner == Manner::Name && m.tokens.len() > 1) {
        if !matches!(resolved.kind(whole), EntityType::GovernmentOrganization | EntityType::Organization) {
            continue;
        }
        let country = |m: &&Mention| {
            m.manner != Manner::Adjective
                && m.tokens.len() < whole.tokens.len()
                && m.tokens.end <= whole.tokens.end
                && is_country(resolved, m)
        };
        let Some(place) = resolved.within(whole.tokens.clone()).find(country) else { continue };
        claims.push(Claim {
            subject: whole.entity,
            relation: "basedIn".to_owned(),
            object: Object::Entity(place.entity),
            status: Status::Asserted,
            attributed_to: None,
            held: Period::default(),
            confidence: 70,
            evidence: whole.span,
            rule: "the country in an institution's name".to_owned(),
        });
    }
}

/// The mention at a token, past articles, honorifics and what introduces a name
/// ("the Italian retailer Solent Foods", "Germany's Solent AG", "Milan start-up Solenta").
fn mention<'a>(
    resolved: &'a Resolved<'a>,
    sentence: &Range<usize>,
    types: &[EntityType],
    at: usize,
) -> Option<&'a Mention> {
    let national =
        |m: &Mention| m.manner == Manner::Adjective && types.contains(&EntityType::Place) && !is_local(resolved, m);
    let fits = |m: &&Mention| {
        (m.manner != Manner::Adjective || national(m))
            && (types.is_empty() || takes(types, resolved.kind(m)))
            && m.tokens.end <= sentence.end
    };
    let mut next = at;
    for _ in 0..5 {
        if let Some(mention) = resolved.within(next..next + 1).find(fits) {
            return Some(mention);
        }
        let origin = |m: &&Mention| {
            m.manner == Manner::Adjective
                || m.manner == Manner::Name && resolved.kind(m) == EntityType::Place && !types.is_empty()
        };
        let step = match resolved.starting(next).filter(origin) {
            Some(m) => m.tokens.len() + resolved.genitive_mark(m.tokens.end),
            None => {
                resolved.analysis.at(next, |e| matches!(e, Entry::Article | Entry::Honorific | Entry::Context(_)))?
            }
        };
        next += step;
        if next >= sentence.end {
            return None;
        }
    }
    None
}

fn attempt<'a>(
    resolved: &'a Resolved<'a>,
    sentence: &Range<usize>,
    rest: &[Element],
    at: usize,
    found: &mut Bound<'a>,
) -> Option<usize> {
    let kept = found.len();
    let end = matches(resolved, sentence, rest, at, found);
    if end.is_none() {
        found.truncate(kept);
    }
    end
}
