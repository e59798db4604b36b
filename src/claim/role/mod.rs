//! Role nouns and titles: "X, founder of Y", "Y-Chef X", "the owner of Y", and unnamed persons.

mod bearer;
mod unnamed;
mod whole;
mod wording;

use super::Found;
use super::tree::Tree;
use crate::analysis::syntax::Upos;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::Argument;
use crate::language::{Entry, Rule};
use crate::record::{Claim, EntityType, Object, Period, Status};
use bearer::bearers;
use std::ops::Range;
use unnamed::{by_relative_clause, unnamed};
pub(super) use whole::last_organization;
use whole::{Whole, organization, past_bracket};

/// How many sentences back the organisation of a bare post may have been told of.
const TOLD_WITHIN: usize = 3;

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
    /// Whether only a state, a place or an authority can have such a leader.
    of_state: bool,
    /// Whether one told of without an organisation belongs to the one told of ("a spokesman").
    of_topic: bool,
    /// Whether a named one told of without an organisation belongs to the one that the article tells of most.
    of_main: bool,
    rule: String,
}

/// The claims of every role noun; unnamed persons are added as they are found.
pub(super) fn find(resolved: &mut Resolved, found: &Found) -> Vec<Claim> {
    let mut claims = Vec::new();
    by_relative_clause(resolved, &mut claims);
    for role in roles(resolved) {
        let organization = organization(resolved, &role);
        let bearers = bearers(resolved, &role, organization.as_ref());
        let organization = organization.or_else(|| told_of(resolved, &role).filter(|_| !bearers.is_empty()));
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

/// "spokesman John Smith": the post is of the organisation last told of; "chairman Jane Roe": of the main one.
fn told_of(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let post = role.items.first()?;
    let meaning = meaning(resolved, post);
    if is_owned(resolved, &role.tokens) {
        return None;
    }
    let mention = if meaning.of_topic {
        last_organization(resolved, post.tokens.start)?
    } else if meaning.of_main && !post.past && !is_possessed(resolved, post.tokens.start) {
        main_organization(resolved, post.tokens.start)?
    } else {
        return None;
    };
    Some(Whole { mention, after: false, field: None })
}

/// "porte-parole de l'agence des eaux", "the water agency spokesman": whether what a post is of is told with a common noun.
fn is_owned(resolved: &Resolved, post: &Range<usize>) -> bool {
    let sentence = &resolved.analysis.sentences[resolved.analysis.tokens[post.start].sentence];
    let is = |i: usize, wanted: fn(&Entry) -> bool| sentence.contains(&i) && resolved.analysis.at(i, wanted).is_some();
    let tree = Tree::new(resolved, post.start);
    let inside = |word: usize| post.contains(&tree.token_of(word));
    let part = |word: usize| {
        let token = tree.token_of(word);
        let noun = tree.word(word).upos == Upos::Noun && !inside(word);
        let joined = is(token.wrapping_sub(1), |e| matches!(e, Entry::Of | Entry::GenitiveArticle | Entry::Article));
        noun && match tree.relation(word) {
            "compound" if token < post.start => true,
            "nmod" | "compound" | "flat" => token >= post.end && (joined || resolved.analysis.language.bare_genitive),
            _ => false,
        }
    };
    tree.words_of(post.clone()).flat_map(|word| tree.children(word)).any(part)
}

/// "her coach": whose it is is said.
fn is_possessed(resolved: &Resolved, at: usize) -> bool {
    let pronoun = |i: usize| resolved.analysis.at(i, |e| matches!(e, Entry::Pronoun(_))).is_some();
    (at.saturating_sub(2)..at).any(pronoun)
}

/// The organisation that the article tells of most, the first of equals, where one of the last sentences before a token
/// speaks of it.
fn main_organization(resolved: &Resolved, at: usize) -> Option<Mention> {
    let kinds = [EntityType::Organization, EntityType::GovernmentOrganization];
    let organizations = (0..resolved.entities.len()).filter(|e| kinds.contains(&resolved.entities[*e].kind));
    let main = organizations.max_by_key(|e| (resolved.entities[*e].mentions.len(), std::cmp::Reverse(*e)))?;
    let sentence = resolved.analysis.tokens[at].sentence.saturating_sub(TOLD_WITHIN);
    let recent = resolved.analysis.sentences[sentence].start..at;
    resolved.within(recent).rfind(|m| m.entity == main).cloned()
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
            // "Chief Executive Officer (CEO)": the same post again.
            Some(role)
                if role.tokens.end + 1 == item.tokens.start && past_bracket(resolved, role.tokens.end) == at + 1 =>
            {
                role.tokens.end = at + 1;
            }
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
    let length = length(resolved, at, is_role)?;
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
    if verb || !is_post(resolved, at..at + length) {
        return None;
    }
    let start = analysis.sentences[analysis.tokens[at].sentence].start;
    let past = (at.saturating_sub(3).max(start)..at)
        .any(|i| analysis.at(i, |e| *e == Entry::PastMark).is_some_and(|n| i + n <= at))
        || (analysis.language.bare_genitive && analysis.at(at + length, |e| *e == Entry::PastMark).is_some());
    Some(Item { tokens: at..at + length, entry: hit.entry, past })
}

/// The length of the longest role noun at a token; in "Ketua Dewan Ekonomi" it ends where the name begins.
fn length(resolved: &Resolved, at: usize, is_role: impl Fn(&Entry) -> bool) -> Option<usize> {
    let analysis = resolved.analysis;
    let lengths = || analysis.hits.get(at).into_iter().flatten().filter(|h| is_role(&h.entry)).map(|h| h.length);
    let longest = lengths().max()?;
    let body = |m: &&Mention| {
        m.tokens.end > at + longest
            && analysis.language.is_institution(analysis.words(analysis.tokens[m.tokens.start].span))
    };
    let name = resolved.within(at + 1..at + longest).find(body);
    match name.filter(|_| analysis.language.bare_genitive) {
        Some(name) => lengths().filter(|l| at + l <= name.tokens.start).max(),
        None => Some(longest),
    }
}

/// Whether words are a noun of their own: "headed" and the "major" of "a major problem" are no post.
fn is_post(resolved: &Resolved, tokens: Range<usize>) -> bool {
    let tree = Tree::new(resolved, tokens.start);
    let Some(head) = tree.head_of(tokens.clone()).filter(|_| tokens.len() == 1) else { return true };
    let token = &resolved.analysis.tokens[tokens.start];
    // "a major problem", "le groupe conservateur"
    let adjective = tree.word(head).upos == Upos::Adj;
    let modified = tree.parent(head).filter(|p| (*p > head || adjective) && tree.word(*p).upos == Upos::Noun);
    let named = |noun: usize| tree.mention_at(noun).is_some_and(|m| m.manner == Manner::Name);
    let before_noun =
        modified.is_some_and(|noun| tree.relation(head) == "amod" && !named(noun) && !tree.is_person(noun));
    !before_noun && !(tree.word(head).upos == Upos::Verb && token.lower != token.lemma)
}

/// Whether only "and", articles and marks of the past stand between two role nouns.
fn joined(resolved: &Resolved, end: usize, next: usize) -> bool {
    let analysis = resolved.analysis;
    let gap = end..next;
    if gap.is_empty() || gap.len() > 4 || analysis.tokens[end].sentence != analysis.tokens[next].sentence {
        return false;
    }
    let and = analysis.at(end, |e| *e == Entry::Conjunction).is_some()
        || matches!(analysis.tokens[end].lower.as_str(), "/" | "&");
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
                of_state: title.of_state,
                executive: title.group,
                of_topic: title.of_topic,
                of_main: title.of_main,
                rule: format!("languages/{}/titles.toml {}", language.language.code(), title.concept),
            }
        }
        Entry::Frame(i) => {
            let frame = &language.frames[i];
            let Rule::Role(rule) = &frame.rule else { unreachable!("only role frames are items") };
            let post = same_post(resolved, rule.concept.as_deref());
            Meaning {
                relation: frame.relation.clone(),
                bearer: rule.bearer,
                title: rule.title,
                plural: rule.plural,
                concept: rule.concept.clone(),
                status: rule.status,
                of_place: true,
                of_state: post.is_some_and(|t| t.of_state),
                executive: false,
                of_topic: post.is_some_and(|t| t.of_topic),
                of_main: post.is_some_and(|t| t.of_main),
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

fn named(resolved: &Resolved, role: &Role, whole: Option<&Whole>, bearer: &Mention, claims: &mut Vec<Claim>) {
    for (i, item) in role.items.iter().enumerate() {
        let mut meaning = meaning(resolved, item);
        for_party(resolved, whole, &mut meaning);
        // Who heads a part works for the whole.
        let part = whole.is_some_and(|w| w.field.is_some()) && meaning.title;
        if part && meaning.relation.as_deref() == Some("leader") {
            meaning.relation = Some("worksFor".to_owned());
            meaning.bearer = Argument::Subject;
        }
        let last = i + 1 == role.items.len();
        let item = Item { tokens: wording::tokens(resolved, item, whole.filter(|_| last), bearer), ..item.clone() };
        let status = meaning.status.unwrap_or(if item.past { Status::Past } else { Status::Asserted });
        push(resolved, &item, &meaning, whole.map(|w| &w.mention), bearer, status, 88, claims);
    }
}

/// "SPD-Abgeordnete", "the Republican governor": an office of the state, held for a party.
fn for_party(resolved: &Resolved, whole: Option<&Whole>, meaning: &mut Meaning) -> bool {
    let office = meaning.of_place || meaning.relation.as_deref() == Some("worksFor") && !meaning.of_topic;
    let party = office && meaning.title && whole.is_some_and(|w| !w.after && resolved.is_party(&w.mention));
    if party {
        meaning.relation = Some("memberOf".to_owned());
        meaning.bearer = Argument::Subject;
    }
    party
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
        held: Period::default(),
        confidence,
        evidence,
        rule: meaning.rule.clone(),
    };
    // "the European player": told by an adjective, it leads or serves no place and no union of states.
    let place = |m: &&Mention| {
        let kind = resolved.kind(m);
        let fits = meaning.of_place || kind != EntityType::Place && m.manner != Manner::Adjective;
        fits && !(meaning.of_state && kind == EntityType::Organization)
    };
    if let (Some(relation), Some(whole)) = (&meaning.relation, whole.filter(place)) {
        let (subject, object) = if meaning.bearer == Argument::Object {
            (whole.entity, bearer.entity)
        } else {
            (bearer.entity, whole.entity)
        };
        claims.push(make(subject, relation, Object::Entity(object), word.cover(bearer.span).cover(whole.span)));
    }
    let described = bearer.manner == Manner::Description && whole.is_none() && !meaning.of_topic;
    if meaning.title && resolved.kind(bearer) == EntityType::Person && !meaning.plural && !described {
        let words = resolved.analysis.words(word).to_owned();
        claims.push(make(bearer.entity, "jobTitle", Object::Text(words), word.cover(bearer.span)));
    }
}
