//! Who bears a role: the name after it, in apposition before it, or joined to it by a copula.

use super::whole::{Whole, past_bracket};
use super::{Item, Role, meaning};
use crate::claim::argument::Arguments;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::language::files::Argument;
use crate::record::EntityType;
use std::ops::Range;

/// The mentions that bear the role: after it, in apposition before it, or by a copula.
pub(super) fn bearers(resolved: &Resolved, role: &Role, whole: Option<&Whole>) -> Vec<Mention> {
    let wanted = bearer_kind(resolved, role);
    let fits = |m: &Mention| {
        wanted(resolved.kind(m))
            && matches!(m.manner, Manner::Name)
            && whole.is_none_or(|w| w.mention.entity != m.entity)
    };
    let Some(mut found) = following(resolved, role, whole, &fits) else { return Vec::new() };
    if found.is_empty() {
        // "…, the owner of X" after an organisation is rather somebody unnamed.
        let titled = meaning(resolved, &role.items[0]).title;
        let person = |m: &Mention| fits(m) && (!titled || resolved.kind(m) == EntityType::Person);
        found = preceding(resolved, role, whole, &person);
        found.retain(|m| !is_unreal(resolved, m.tokens.end..role.tokens.start));
    }
    if found.is_empty() {
        let person = |m: &&Mention| {
            resolved.kind(m) == EntityType::Person
                && wanted(EntityType::Person)
                && matches!(m.manner, Manner::Name | Manner::Pronoun)
        };
        let (told, predicate) = by_tree(resolved, role);
        // "Westfield Capital is the owner of X": what is said so outright need be no person.
        found = told.into_iter().filter(|m| person(m) || predicate && fits(m)).cloned().collect();
    }
    let lone = found.len() == 1 && !resolved.analysis.language.capital_nouns;
    // "ministre des Transports": its head noun, not its last, tells of one or several.
    let tree = Tree::new(resolved, role.tokens.start);
    let head = |i: &Item| tree.head_of(i.tokens.clone()).map_or(i.tokens.end - 1, |word| tree.token_of(word));
    if lone && role.items.iter().all(|i| meaning(resolved, i).title && ends_plural(resolved, head(i))) {
        found.clear();
    }
    found
}

/// Whether the words between a name and its post deny or foretell it ("will be a strong president").
fn is_unreal(resolved: &Resolved, mut gap: Range<usize>) -> bool {
    let unreal = |e: &Entry| matches!(e, Entry::Negation | Entry::Future | Entry::Conditional);
    gap.any(|i| resolved.analysis.at(i, unreal).is_some())
}

/// "agents" is no post of one person.
fn ends_plural(resolved: &Resolved, token: usize) -> bool {
    let token = &resolved.analysis.tokens[token];
    token.lower != token.lemma && token.lower.ends_with('s') && !token.lemma.ends_with('s')
}

/// Whom the sentence's tree ties to the role noun, and whether as the subject that it is said of.
fn by_tree<'a>(resolved: &'a Resolved<'a>, role: &Role) -> (Vec<&'a Mention>, bool) {
    let tree = Tree::new(resolved, role.tokens.start);
    let head = tree.head_of(role.tokens.clone());
    head.map(|head| (tree.described(head), tree.is_predicate(head))).unwrap_or_default()
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

/// "CEO Tim Cook", "owner of Office Smith, William Finnigan", "directors, A and B". None where what follows tells that nobody
/// named bears the role.
fn following(
    resolved: &Resolved,
    role: &Role,
    whole: Option<&Whole>,
    fits: &dyn Fn(&Mention) -> bool,
) -> Option<Vec<Mention>> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let from = whole.filter(|w| w.after).map_or(role.tokens.end, |w| w.mention.tokens.end);
    let mut at = past_times(resolved, &arguments, past_bracket(resolved, from));
    if whole.is_none() {
        at = past_field(resolved, &arguments, at, fits);
    }
    at = past_copula(resolved, &arguments, at);
    let lower = |i: usize| resolved.analysis.tokens.get(i).map_or("", |t| t.lower.as_str());
    let mut skipped = 0;
    while at < arguments.sentence.end && skipped < 3 {
        // "Puan Maharani" begins with one.
        let honorific =
            resolved.analysis.at(at, |e| *e == Entry::Honorific).filter(|_| resolved.starting(at).is_none());
        let comma = lower(at) == "," && skipped == 0;
        // "son patron, l'Italien Marco Righi"
        let article = arguments.is(at, |e| *e == Entry::Article);
        let demonym = resolved.starting(at + 1).filter(|m| article && m.manner == Manner::Adjective);
        if honorific.is_none() && !comma && demonym.is_none() {
            break;
        }
        at = demonym.map_or(at + honorific.unwrap_or(1), |m| m.tokens.end);
        skipped += 1;
    }
    let at = if lower(at.wrapping_sub(1)) == "," { past_trade(resolved, &arguments, at) } else { at };
    let Some(first) =
        resolved.within(at..at + 1).find(|m| fits(m)).filter(|m| arguments.sentence.contains(&m.tokens.start))
    else {
        return Some(Vec::new());
    };
    // After a comma the name must be closed again: "the owner, Finnigan, said"; not "the owner, Apple said".
    let comma = skipped > 0 && (0..3).any(|k| lower(at.wrapping_sub(k + 1)) == ",");
    let closed = first.tokens.end >= arguments.sentence.end
        || !resolved.analysis.tokens[first.tokens.end].is_word()
        || arguments.is(first.tokens.end, |e| matches!(e, Entry::Conjunction | Entry::GenitiveMark | Entry::Relative));
    // "According to the president of X, Y has left": the comma closes what the preposition opened.
    let plain = |i: &usize| arguments.is(*i, |e| matches!(e, Entry::Article | Entry::PastMark));
    let opened = (arguments.sentence.start..role.tokens.start).rev().find(|i| !plain(i));
    let opens = |i: usize| {
        let first = i == arguments.sentence.start || !resolved.analysis.tokens[i - 1].is_word();
        arguments.is(i, |e| *e == Entry::According || *e == Entry::Preposition && first)
    };
    if comma && !closed && opened.is_some_and(opens) {
        return None;
    }
    if comma && !closed && whole.is_none() {
        return Some(Vec::new());
    }
    let mut list = vec![first.clone()];
    let plural = role.items.iter().any(|i| meaning(resolved, i).plural)
        || resolved.analysis.tokens[role.tokens.end - 1].lower != resolved.analysis.tokens[role.tokens.end - 1].lemma;
    while let Some(next) =
        plural.then(|| next_in_list(resolved, &arguments, list.last().map_or(0, |m| m.tokens.end), fits)).flatten()
    {
        list.push(next);
    }
    Some(list)
}

/// Past what else is said of the bearer before the name: "her husband, the novelist Neville Adams".
fn past_trade(resolved: &Resolved, arguments: &Arguments, from: usize) -> usize {
    if !arguments.is(from, |e| *e == Entry::Article) {
        return from;
    }
    let trade = |e: &Entry| {
        matches!(e, Entry::Title(_) | Entry::Context(EntityType::Person) | Entry::Epithet(EntityType::Person))
    };
    let noun = (from + 1..from + 3).find(|i| arguments.is(*i, trade));
    let length = |i: usize| resolved.analysis.at(i, trade).unwrap_or(1);
    noun.map_or(from, |i| i + length(i))
}

/// Past "adalah", "bernama", "yang bernama": what joins a post to its bearer's name, where possessors follow bare.
fn past_copula(resolved: &Resolved, arguments: &Arguments, from: usize) -> usize {
    let copula = from + usize::from(arguments.is(from, |e| *e == Entry::Relative));
    let length = resolved.analysis.at(copula, |e| *e == Entry::Copula).filter(|_| arguments.sentence.contains(&copula));
    let after = length.map(|l| copula + l).filter(|_| resolved.analysis.language.bare_genitive);
    after.filter(|a| resolved.starting(*a).is_some()).unwrap_or(from)
}

/// Past an ordinal or the years of a post: "ke-7", "tahun 2018-2022".
fn past_times(resolved: &Resolved, arguments: &Arguments, from: usize) -> usize {
    let tokens = &resolved.analysis.tokens;
    let digits = |i: usize| tokens[i].lower.starts_with(|c: char| c.is_ascii_digit());
    let plain = |i: usize| tokens[i].is_word() && !tokens[i].is_capitalized() && !arguments.is_verb(i);
    let reach = from..(from + 4).min(arguments.sentence.end);
    reach.take_while(|i| digits(*i) || plain(*i)).filter(|i| digits(*i)).last().map_or(from, |i| i + 1)
}

/// Past what a post is for, up to its bearer: "ministre de l'Intérieur Jean Morel", "Direktur Operasional Budi".
fn past_field(resolved: &Resolved, arguments: &Arguments, from: usize, fits: &dyn Fn(&Mention) -> bool) -> usize {
    let language = resolved.analysis.language;
    let joint = |i: usize| arguments.is(i, |e| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Locative));
    if !joint(from) && !language.bare_genitive {
        return from;
    }
    for at in from..(from + 7).min(arguments.sentence.end) {
        let token = &resolved.analysis.tokens[at];
        if resolved.starting(at).is_some_and(fits) {
            // "the lawyer of Jane Roe" is not she.
            let between = at > from && !joint(at - 1) && !arguments.is(at - 1, |e| *e == Entry::Article);
            return if between { at } else { from };
        }
        let other = resolved.starting(at).is_some_and(|m| m.manner != Manner::Adjective);
        let stops = arguments.is_verb(at)
            || arguments.is(at, |e| matches!(e, Entry::Speech | Entry::Copula | Entry::Relative))
            || language.bare_genitive && !token.is_capitalized();
        if other || stops || !token.is_word() {
            break;
        }
    }
    from
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

/// Where a bracket opens that ends at a token and holds an age.
fn aged(resolved: &Resolved, lowest: usize, close: usize) -> Option<usize> {
    let word = |i: usize| resolved.analysis.tokens[i].lower.as_str();
    let open = close.checked_sub(2).filter(|o| *o > lowest && word(close) == ")" && word(*o) == "(")?;
    word(open + 1).parse::<u8>().is_ok().then_some(open)
}

/// "Avi Fleischer, (the) founder of …", "Neumann, WeWork's founder", "Cook is the CEO of …".
fn preceding(resolved: &Resolved, role: &Role, whole: Option<&Whole>, fits: &dyn Fn(&Mention) -> bool) -> Vec<Mention> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let first = whole.filter(|w| !w.after).map_or(role.tokens.start, |w| w.mention.tokens.start.min(role.tokens.start));
    let lowest = first.saturating_sub(8).max(arguments.sentence.start);
    let mut at = first;
    // "Joseph Sulisto Direktur PT Amanah": where no mark is written.
    let mut crossed = resolved.analysis.language.bare_genitive
        && whole.is_some_and(|w| w.after)
        && resolved.analysis.tokens[role.tokens.start].is_capitalized()
        && resolved.ending(first).is_some_and(|m| fits(m) && m.tokens.len() > 1);
    let mut mark_at = usize::MAX;
    while at > lowest {
        let close = resolved.ending(at).filter(|m| fits(m) && m.tokens.start >= arguments.sentence.start);
        if let Some(mention) = close.filter(|_| crossed) {
            return vec![mention.clone()];
        }
        at -= 1;
        // "Rudi Saputra (45), warga Garut"
        if crossed && let Some(open) = aged(resolved, lowest, at) {
            at = open;
            continue;
        }
        let token = &resolved.analysis.tokens[at];
        let copula = resolved.analysis.at(at, |e| *e == Entry::Copula);
        let mark = matches!(token.lower.as_str(), "," | "(" | "–" | "—") || copula.is_some();
        if mark && !crossed {
            crossed = true;
            mark_at = at;
        } else if copula.is_some_and(|length| at + length > mark_at) {
            // "a été": one copula of two words.
            mark_at = at;
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
