//! Names that the rules find and names that the learned tagger finds → the names of a text.

use super::name::{self, Name};
use super::recurring;
use crate::analysis::syntax::{NameTag, Upos};
use crate::analysis::{Analysis, Case};
use crate::language::{Entry, Known};
use crate::record::EntityType;
use std::ops::Range;

/// How sure the tagger must be of a person that no rule finds, in log odds.
const SURE: f32 = 6.0;

/// How sure it must be of two or more proper nouns in a row, where common nouns have capitals.
const SURE_OF_SEVERAL: f32 = 4.0;

/// A name as the tagger draws it.
struct Learned {
    tokens: Range<usize>,
    kind: EntityType,
    /// How sure it is of its least sure word, in log odds against no name.
    margin: f32,
    /// Whether the tags make every word with a capital a proper noun.
    proper: bool,
}

/// What it weighs for a person that a post stands before.
const HOLDER: f32 = 4.0;

/// Decides between the rules and the tagger, which has read what the rules found: what the rules find stays as
/// they draw and class it, since on names that nobody has seen their classes were the better ones; what only the
/// tagger finds is a name where it is sure of a person, the class that it knows best, and, where common nouns have
/// capitals, where tags and tree say so.
pub fn settle(analysis: &Analysis, found: Vec<Name>) -> Vec<Name> {
    let learned = learned(analysis);
    let cut = |name: &Name| cut(analysis, &learned, &found, name.clone());
    let mut names: Vec<Name> = found.iter().flat_map(cut).collect();
    names.extend(recurring::find(analysis, &names));
    for learned in &learned {
        let range = &learned.tokens;
        let over = |n: &Name| n.tokens.start < range.end && range.start < n.tokens.end;
        let free = !names.iter().any(over);
        if free && is_new(analysis, learned) || !free && is_longer(analysis, &names, learned) {
            names.retain(|n| !over(n));
            let mut name = name::at(analysis, range.clone());
            name.votes.add(learned.kind, 1.0);
            names.push(name);
        }
    }
    let apposed = apposed(analysis, &names);
    names.extend(apposed);
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    names
}

/// Whether what only the tagger finds is a name.
fn is_new(analysis: &Analysis, learned: &Learned) -> bool {
    let several = analysis.language.capital_nouns
        && learned.proper
        && learned.tokens.len() > 1
        && learned.tokens.clone().all(|i| is_bare(analysis, i))
        && learned.margin >= SURE_OF_SEVERAL;
    several || learned.kind == EntityType::Person && learned.margin >= SURE
}

/// Whether the tagger draws a name of two words where the rules find one of them, as the other is a common noun too:
/// a person's ("Verteidiger Max Ohlsen"), or one after a noun that tells what it names ("Logistiker Cargo Nord").
fn is_longer(analysis: &Analysis, names: &[Name], learned: &Learned) -> bool {
    let range = &learned.tokens;
    let language = analysis.language;
    let mut inside = names.iter().filter(|n| n.tokens.start < range.end && range.start < n.tokens.end);
    let (Some(name), None) = (inside.next(), inside.next()) else { return false };
    let known = name.known.as_ref().is_some_and(|k| !k.doubtful && k.kind != EntityType::Person);
    let within = range.start <= name.tokens.start && name.tokens.end <= range.end && name.tokens.len() == 1;
    let given = || language.gazetteer.is_given(analysis.words(analysis.tokens[range.start].span), true);
    let titled = || range.start > 0 && analysis.at(range.start - 1, |e| matches!(e, Entry::Title(_))).is_some();
    let person = || learned.kind == EntityType::Person && learned.margin >= SURE && (given() || titled());
    let classed = || range.start > 0 && name.tokens.start == range.start && class(analysis, range.start - 1).is_some();
    language.capital_nouns && learned.proper && range.len() == 2 && within && !known && (person() || classed())
}

/// "Presiden Serikat Buruh Wijaya Budi Santoso", "le patron du groupe Valdor Anne Morel": what the rules draw as one name
/// after a post is whose post it is and who holds it, where nothing need stand between the two.
fn cut(analysis: &Analysis, learned: &[Learned], found: &[Name], name: Name) -> Vec<Name> {
    let start = name.tokens.start;
    let language = analysis.language;
    if !(language.bare_genitive || language.lower_names) || name.known.is_some() {
        return vec![name];
    }
    let told = || {
        let owner = tagged_owner(learned, &name).or_else(|| told_owner(analysis, found, &name));
        owner.or_else(|| placed_owner(analysis, &name)).or_else(|| given_owner(analysis, found, &name))
    };
    let country = country_owner(analysis, &name).filter(|_| language.bare_genitive);
    let post = || if language.bare_genitive { ends_post(analysis, start) } else { post_of(analysis, start) };
    let owner = country.or_else(|| told().filter(|_| post()));
    let Some(at) = owner else {
        return vec![name];
    };
    let mut holder = name::at(analysis, at..name.tokens.end);
    holder.votes.add(EntityType::Person, HOLDER);
    // "le porte-parole de l'agence Anne Morel": a common noun points to what was told before.
    if !(start..at).any(|i| analysis.tokens[i].is_capitalized()) {
        return vec![holder];
    }
    let mut whole = name::at(analysis, start..at);
    if whole.votes.winner() == EntityType::Person {
        whole.votes.add(EntityType::Organization, 2.0 * HOLDER);
    }
    vec![whole, holder]
}

/// Where a known place ends that a name begins with.
fn place_before(analysis: &Analysis, tokens: &Range<usize>) -> Option<(usize, bool)> {
    let (length, known) = analysis.language.gazetteer.at(&analysis.document.text, &analysis.tokens[tokens.clone()])?;
    let place = known.kind == EntityType::Place && !known.adjective && length < tokens.len();
    place.then(|| (tokens.start + length, known.key.starts_with("country:")))
}

/// "Komisi I DPR Budi Djiwandono": where the known authority ends that a name has inside it.
fn body_before(analysis: &Analysis, tokens: Range<usize>) -> Option<usize> {
    let end = tokens.end;
    let known =
        |i: usize| analysis.language.gazetteer.at(&analysis.document.text, &analysis.tokens[i..end]).map(|k| (i, k));
    let mut inside = (tokens.start + 1..end - 1).filter_map(known);
    let authority = |k: &Known| k.kind == EntityType::GovernmentOrganization;
    inside.find(|(i, (l, k))| authority(k) && i + l < end).map(|(i, (l, _))| i + l)
}

/// "Perwakilan Dagang Amerika Serikat Jameson Clark": where a country ends before a person's name.
fn country_owner(analysis: &Analysis, name: &Name) -> Option<usize> {
    let (at, country) = place_before(analysis, &name.tokens)?;
    let gazetteer = &analysis.language.gazetteer;
    let word = |i: usize| analysis.words(analysis.tokens[i].span);
    let named = gazetteer.is_given(word(at), false) || gazetteer.is_surname(word(name.tokens.end - 1));
    (country && named && is_holder(analysis, at..name.tokens.end)).then_some(at)
}

/// "Bupati Lebak Hasbi Jayabaya", "Kepala Kantor SAR Padang Asnedi": where the place ends that a post is of, or that closes
/// the name of the authority whose post it is.
fn placed_owner(analysis: &Analysis, name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    if let Some((at, _)) = place_before(analysis, &name.tokens) {
        return Some(at).filter(|at| is_holder(analysis, *at..end));
    }
    let head = analysis.language.head(analysis.words(analysis.tokens[start].span));
    let authority = head == Some(EntityType::GovernmentOrganization);
    let mut places = (start + 1..end - 1).filter_map(|i| place_before(analysis, &(i..end)).map(|(at, _)| at));
    let at = places.next_back().or_else(|| body_before(analysis, start..end)).filter(|_| authority)?;
    let single = at + 1 == end && !analysis.tokens[at].common && may_be_held(analysis, at..end);
    (single || is_holder(analysis, at..end)).then_some(at)
}

/// Where the owner of a post ends that the article names by itself, too.
fn told_owner(analysis: &Analysis, found: &[Name], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    // Of two names in a row, the first is no person's.
    let told = |at: &usize| {
        told_alone(analysis, found, start..*at).any(|n| *at > start + 1 || n.votes.winner() != EntityType::Person)
    };
    (start + 1..end).rev().find(|at| is_holder(analysis, *at..end) && told(at))
}

/// Where the owner of a post ends before a given name, unless the word before it is told of as a person by itself, too:
/// "Menteri Keuangan Purbaya Yudhi Sadewa".
fn given_owner(analysis: &Analysis, found: &[Name], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let given =
        |at: usize, doubtful| analysis.language.gazetteer.is_given(analysis.words(analysis.tokens[at].span), doubtful);
    let person = told_alone(analysis, found, start..start + 1).any(|n| n.votes.winner() == EntityType::Person);
    // "le maire de Saint-Aubin Claude Lemoine"
    let at = (start + 1..end).find(|i| !analysis.tokens[*i].hyphenated)?;
    (is_holder(analysis, at..end) && given(at, false) && !given(start, true) && !person).then_some(at)
}

/// The other names of the article that are these words.
fn told_alone<'a>(analysis: &'a Analysis, found: &'a [Name], words: Range<usize>) -> impl Iterator<Item = &'a Name> {
    let text = |tokens: Range<usize>| analysis.words(analysis.span(tokens));
    found.iter().filter(move |n| n.tokens.start != words.start && text(n.tokens.clone()) == text(words.clone()))
}

/// Whether tokens may name who holds a post: several words with capitals, none of them only common or an organisation's, that
/// begin with no known name.
fn is_holder(analysis: &Analysis, tokens: Range<usize>) -> bool {
    tokens.len() >= 2 && may_be_held(analysis, tokens)
}

/// Whether nothing speaks against tokens as a person's name or a part of one.
fn may_be_held(analysis: &Analysis, tokens: Range<usize>) -> bool {
    let language = analysis.language;
    let given = language.gazetteer.is_given(analysis.words(analysis.tokens[tokens.start].span), true);
    let known = language.gazetteer.at(&analysis.document.text, &analysis.tokens[tokens.clone()]);
    let known = known.is_some_and(|(length, _)| length > 1 || !given);
    let proper = |i: usize| {
        let token = &analysis.tokens[i];
        let word = analysis.words(token.span);
        let plain = token.common && !language.gazetteer.is_given(word, true) && !language.gazetteer.is_surname(word);
        matches!(token.case, Case::Title | Case::Mixed) && !plain && language.head(word).is_none()
    };
    !known && tokens.clone().all(proper)
}

/// Where the owner of a post ends, if the tagger begins a person there.
fn tagged_owner(learned: &[Learned], name: &Name) -> Option<usize> {
    let Range { start, end } = name.tokens;
    let person = |l: &&Learned| l.kind == EntityType::Person && l.tokens.end == end && l.tokens.start > start;
    let at = learned.iter().find(person)?.tokens.start;
    learned.iter().any(|l| l.kind != EntityType::Person && l.tokens == (start..at)).then_some(at)
}

/// Whether a post ends before a token.
fn ends_post(analysis: &Analysis, at: usize) -> bool {
    let sentence = &analysis.sentences[analysis.tokens[at].sentence];
    (sentence.start..at)
        .any(|i| analysis.hits[i].iter().any(|h| i + h.length == at && matches!(h.entry, Entry::Title(_))))
}

/// "gardien des Rangers", "patron du groupe Valdor": whether a post stands before a token, joined to what is there.
fn post_of(analysis: &Analysis, at: usize) -> bool {
    let first = analysis.sentences[analysis.tokens[at].sentence].start;
    let is = |i: usize, wanted: fn(&Entry) -> bool| i >= first && analysis.at(i, wanted).is_some();
    let noun = at > first && is(at - 1, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_)));
    let end = at - usize::from(noun);
    let joint = (first..end).rev().take_while(|i| is(*i, |e| matches!(e, Entry::Of | Entry::Article))).last();
    joint.is_some_and(|i| i + 3 > end && ends_post(analysis, i))
}

/// The names that the tagger finds.
fn learned(analysis: &Analysis) -> Vec<Learned> {
    let mut names: Vec<Learned> = Vec::new();
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for (w, word) in sentence.words.iter().enumerate() {
            let tokens = analysis.tokens_of(s, w);
            let proper = word.upos == Upos::Propn || !word.form.starts_with(char::is_uppercase);
            match word.name {
                NameTag::B(kind) if !tokens.is_empty() => {
                    names.push(Learned { tokens, kind, margin: word.name_margin, proper });
                }
                NameTag::I(_) => {
                    if let Some(last) = names.last_mut() {
                        last.tokens.end = last.tokens.end.max(tokens.end);
                        last.margin = last.margin.min(word.name_margin);
                        last.proper &= proper;
                    }
                }
                _ => {}
            }
        }
    }
    names
}

/// Where common nouns have capitals: words that the tree puts beside the noun before them, which tells what they name
/// ("der Händler Kaufring", "die Elektronikkette Technomarkt").
fn apposed(analysis: &Analysis, names: &[Name]) -> Vec<Name> {
    let mut found = Vec::new();
    if !analysis.language.capital_nouns {
        return found;
    }
    let mut taken = vec![false; analysis.tokens.len()];
    names.iter().flat_map(|n| n.tokens.clone()).for_each(|i| taken[i] = true);
    for (s, sentence) in analysis.syntax.iter().enumerate() {
        for w in 1..sentence.words.len() {
            let word = &sentence.words[w];
            let (before, tokens) = (analysis.tokens_of(s, w - 1), analysis.tokens_of(s, w));
            let beside = word.head == w && matches!(word.deprel, "appos" | "flat" | "flat:name");
            let proper = word.upos == Upos::Propn && word.head == w && word.deprel == "nmod";
            if !(beside || proper) || before.len() != 1 || tokens.len() != 1 || taken[tokens.start] {
                continue;
            }
            let at = tokens.start;
            let Some(kind) = class(analysis, before.start).filter(|_| is_bare(analysis, at)) else { continue };
            let mut end = at + 1;
            while end < analysis.sentences[s].end && !taken[end] && is_flat(analysis, s, at, end) {
                end += 1;
            }
            let mut name = name::at(analysis, at..end);
            name.votes.add(kind, 2.0);
            found.push(name);
        }
    }
    found
}

/// What a common noun tells of the name after it; a compound tells what its last part does.
pub(super) fn class(analysis: &Analysis, at: usize) -> Option<EntityType> {
    let classes = |word: &str| {
        analysis.language.lexicon.single(word).find_map(|e| match e {
            Entry::Context(kind) if kind != EntityType::Person => Some(kind),
            _ => None,
        })
    };
    let token = &analysis.tokens[at];
    let tail = || analysis.language.compound_tail(analysis.words(token.span)).map(|(_, tail)| tail.to_lowercase());
    classes(&token.lower).or_else(|| classes(&token.lemma)).or_else(|| tail().and_then(|t| classes(&t)))
}

/// A word with a capital that is no post, no class noun and no other listed word.
fn is_bare(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let listed = |e: &Entry| !matches!(e, Entry::Head(_) | Entry::Frame(_));
    token.case != Case::Lower && token.is_capitalized() && !token.hyphenated && analysis.at(at, listed).is_none()
}

/// Whether a token goes on a name that begins at another.
fn is_flat(analysis: &Analysis, sentence: usize, first: usize, at: usize) -> bool {
    let words = &analysis.syntax[sentence].words;
    let (from, index) = (analysis.words_of(first).start, analysis.words_of(at).start);
    let flat = words.get(index).is_some_and(|w| w.head == from + 1 && w.deprel.starts_with("flat"));
    flat && (analysis.tokens[at].is_capitalized() || analysis.tokens[at].case == Case::None)
}
