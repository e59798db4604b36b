//! Names that differ and may name one thing: spellings, middle names, initials, acronyms, short names, endings.
//!
//! Every rule puts names into blocks by something that both must have, and looks at the pairs of a block only.
//! A rule says how much must be shared around two names before they are one ([`super::context`]).

use super::card::hash;
use super::memo::Memo;
use super::reason::Reason;
use super::sets::Sets;
use super::traits::is_acronym;
use super::{Scene, sound};
use crate::entity::keys::fold;
use crate::language::{Language, LanguageData};
use crate::record::EntityType;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How many things of a block are compared with each other, at most.
const THINGS: usize = 64;

/// By how many of its nodes a thing is compared, at most.
const NODES: usize = 8;

/// The fewest letters of a surname in which one letter may differ.
const LETTERS: usize = 5;

/// What must be shared: nothing, something, and more than the name of a place.
const NOTHING: u32 = 0;
const SOMETHING: u32 = 1;
const ENOUGH: u32 = 2;

/// What the rules know a spelling by: the hash of the name, language, type and institution.
pub(super) type SpellingKey = (u64, u8, u8, Option<u64>);

/// A name as the rules compare it.
#[derive(Debug)]
pub(super) struct Spelling {
    /// Folded, in words.
    words: Vec<String>,
    /// As written.
    written: String,
    language: Language,
    kind: EntityType,
    /// The institution word by word and its country, if the name tells one and the article or the name the other.
    institution: Option<(String, Option<String>)>,
    /// For each rule a hash of what a name must have in common with this one to be compared with it.
    blocks: [Option<u64>; RULES.len()],
}

/// A node by one of its names.
#[derive(Clone, Copy)]
struct Form<'a> {
    node: usize,
    spelling: &'a Spelling,
}

/// What a name must have in common with another to be compared with it.
type Block = fn(&Spelling) -> Option<String>;

/// A rule: whether two names can be one thing's, why, and how much must be shared around them.
type Judge = fn(&Spelling, &Spelling) -> Option<(Reason, u32)>;

/// The rules in their order.
const RULES: [(Block, Judge); 8] = [
    (institution_block, same_institution),
    (double_surname_block, double_surname),
    (stem_block, inflected),
    (surname_block, given),
    (spelling_block, misspelt),
    (sound_block, sounds_alike),
    (acronym_block, acronym),
    (first_word_block, short),
];

/// Two nodes that a rule finds to be one thing.
type Found = (usize, usize, Reason);

/// Joins what the rules find. A rule sees the sets as the rule before it left them, so its blocks are looked at on all
/// processors at once.
pub(super) fn join(scene: &Scene, sets: &mut Sets, memo: &mut Memo) {
    let chosen = Chosen::new(scene, sets);
    let spellings = spellings(scene, &chosen.names, memo);
    let form = |(node, name): &(usize, usize)| Form { node: *node, spelling: &spellings[*name] };
    let forms: Vec<Form> = chosen.nodes.par_iter().map(form).collect();
    for (rule, (_, judge)) in RULES.iter().enumerate() {
        let keyed = forms.par_iter().filter_map(|form| Some((form.spelling.blocks[rule]?, *form)));
        let mut keyed: Vec<(u64, Form)> = keyed.collect();
        keyed.par_sort_by_key(|(key, _)| *key);
        let mut blocks: Vec<Vec<(usize, Form)>> = Vec::new();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() > 1) {
            let first = sets.root(block[0].1.node);
            if block.iter().any(|(_, form)| sets.root(form.node) != first) {
                blocks.push(block.iter().map(|(_, form)| (sets.root(form.node), *form)).collect());
            }
        }
        let found: Vec<Vec<Found>> = blocks.par_iter().map(|b| compare(b, *judge, scene)).collect();
        found.into_iter().flatten().for_each(|(a, b, reason)| _ = sets.join(a, b, reason));
    }
}

/// Every name of what has a name; of a thing that many articles call so, that of the first of them.
#[derive(Default)]
struct Chosen {
    /// Nodes, each with the number of its name.
    nodes: Vec<(usize, usize)>,
    /// What each name is known by, and where it stands: a node that has it and its place among the names of the node.
    names: Vec<(SpellingKey, usize, usize)>,
}

impl Chosen {
    fn new(scene: &Scene, sets: &mut Sets) -> Self {
        let mut chosen = Self::default();
        let mut count: FxHashMap<(usize, u64), usize> = FxHashMap::default();
        let mut number: FxHashMap<SpellingKey, usize> = FxHashMap::default();
        for (first, card) in scene.nodes.numbered() {
            for name in &card.names {
                let (node, head) = (first + name.entity as usize, card.entities[name.entity as usize]);
                // A country is known under all its names.
                if head.unnamed || head.country || (head.kind == EntityType::Person && name.rank > 0) {
                    continue;
                }
                let times = count.entry((sets.root(node), name.hash)).or_default();
                *times += 1;
                if *times <= NODES {
                    let key = (name.hash, card.language as u8, head.kind as u8, card.institution_of(name.entity));
                    let number = *number.entry(key).or_insert_with(|| {
                        chosen.names.push((key, node, name.rank as usize));
                        chosen.names.len() - 1
                    });
                    chosen.nodes.push((node, number));
                }
            }
        }
        chosen
    }
}

/// The spellings of names.
fn spellings(scene: &Scene, names: &[(SpellingKey, usize, usize)], memo: &mut Memo) -> Vec<Arc<Spelling>> {
    let spelling = |(key, node, rank): &(SpellingKey, usize, usize)| {
        let known = memo.spellings.get(key).cloned();
        known.unwrap_or_else(|| Arc::new(Spelling::of(scene, *node, *rank)))
    };
    let spellings: Vec<Arc<Spelling>> = names.par_iter().map(spelling).collect();
    names.iter().zip(&spellings).for_each(|((key, ..), spelling)| memo.spellings.keep(*key, spelling.clone()));
    spellings
}

impl Spelling {
    /// Of a name of a node.
    fn of(scene: &Scene, node: usize, rank: usize) -> Self {
        let entity = scene.nodes.entity(node);
        let written = entity.names[rank].clone();
        let words = fold(&written).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let institution = entity.keys.iter().find_map(|k| institution(k));
        let language = scene.nodes.language(node);
        let mut spelling =
            Self { words, written, language, kind: entity.kind, institution, blocks: [None; RULES.len()] };
        if !spelling.words.is_empty() {
            spelling.blocks = RULES.map(|(block, _)| block(&spelling).map(|key| hash(&key)));
        }
        spelling
    }
}

/// A thing of a block: the root of its set, and its nodes by their spellings.
type Compared<'a> = (usize, Vec<(&'a Spelling, Vec<usize>)>);

/// Compares the things of a block, which the roots of their sets tell, by pairs of their names.
fn compare(block: &[(usize, Form)], judge: Judge, scene: &Scene) -> Vec<Found> {
    let mut things: Vec<Compared> = Vec::new();
    for (root, form) in block {
        match things.iter().position(|(r, _)| r == root) {
            Some(at) => add(&mut things[at].1, form),
            None if things.len() < THINGS => things.push((*root, vec![(form.spelling, vec![form.node])])),
            None => {}
        }
    }
    let known: Vec<Vec<&str>> = things.iter().map(|(_, forms)| known(forms, scene)).collect();
    let mut found = Vec::new();
    for (at, (_, one)) in things.iter().enumerate() {
        for (other, (_, two)) in things.iter().enumerate().skip(at + 1) {
            if are_known_apart(&known[at], &known[other]) {
                continue;
            }
            let pairs = one.iter().flat_map(|a| two.iter().map(move |b| (a, b)));
            found.extend(pairs.into_iter().find_map(|((a, ones), (b, twos))| {
                let (reason, needed) = judge(a, b).or_else(|| judge(b, a))?;
                let (a, b) = together(ones, twos, needed, scene)?;
                Some((a, b, reason))
            }));
        }
    }
    found
}

/// Adds a form to those of a thing, of which no more than a few are compared.
fn add<'a>(forms: &mut Vec<(&'a Spelling, Vec<usize>)>, form: &Form<'a>) {
    if forms.iter().map(|(_, nodes)| nodes.len()).sum::<usize>() >= NODES {
        return;
    }
    match forms.iter_mut().find(|(spelling, _)| std::ptr::eq(*spelling, form.spelling)) {
        Some((_, nodes)) => nodes.push(form.node),
        None => forms.push((form.spelling, vec![form.node])),
    }
}

/// Two nodes of different articles around which as much is shared as needed.
fn together(ones: &[usize], twos: &[usize], needed: u32, scene: &Scene) -> Option<(usize, usize)> {
    let enough = |(a, b): &(usize, usize)| {
        scene.nodes.article(*a) != scene.nodes.article(*b)
            && (needed == NOTHING || scene.context.shared(scene.nodes, *a, *b) >= needed)
    };
    ones.iter().flat_map(|a| twos.iter().map(move |b| (*a, *b))).find(enough)
}

/// The keys of a thing that is well known.
fn known<'a>(forms: &[(&Spelling, Vec<usize>)], scene: &'a Scene) -> Vec<&'a str> {
    let keys = forms.iter().flat_map(|(_, nodes)| nodes).flat_map(|node| &scene.nodes.entity(*node).keys);
    keys.filter(|key| key.starts_with("known:")).map(String::as_str).collect()
}

/// "United Nations" and "United Nations General Assembly": whether two things are well known, and not as one.
fn are_known_apart(one: &[&str], two: &[&str]) -> bool {
    !one.is_empty() && !two.is_empty() && one.iter().all(|key| !two.contains(key))
}

/// The concepts and the country of an institution's key.
fn institution(key: &str) -> Option<(String, Option<String>)> {
    let concepts = key.strip_prefix("vague:").or_else(|| key.strip_prefix("inst:"))?;
    let (concepts, country) = concepts.split_once('@').map_or((concepts, None), |(c, at)| (c, Some(at.to_owned())));
    Some((concepts.to_owned(), country))
}

/// An institution in the words of no language, whichever country's.
fn institution_block(form: &Spelling) -> Option<String> {
    Some(form.institution.as_ref()?.0.clone())
}

/// "Supreme Court" where no country is told, and the "US Supreme Court" or "Cour suprême" of another article
fn same_institution(one: &Spelling, two: &Spelling) -> Option<(Reason, u32)> {
    let ((_, one), (_, two)) = (one.institution.as_ref()?, two.institution.as_ref()?);
    (one.is_none() || two.is_none()).then_some((Reason::Known, ENOUGH))
}

/// The last two words of a person's name.
fn double_surname_block(form: &Spelling) -> Option<String> {
    let [.., one, two] = form.words.as_slice() else { return None };
    is_person(form).then(|| format!("{one} {two}"))
}

/// "López Obrador" and "Andrés Manuel López Obrador"
fn double_surname(short: &Spelling, long: &Spelling) -> Option<(Reason, u32)> {
    (short.words.len() == 2 && long.words.len() > 3).then_some((Reason::Surname, ENOUGH))
}

fn is_person(form: &Spelling) -> bool {
    form.kind == EntityType::Person
}

/// The name without an ending of its last word, with its kind.
fn stem_block(form: &Spelling) -> Option<String> {
    let (last, before) = form.words.split_last()?;
    let stem = LanguageData::of(form.language).without_genitive(last);
    (stem.chars().count() > 3).then(|| format!("{:?} {} {stem}", super::keys::family(form.kind), before.join(" ")))
}

/// "Nordmeers" in a language whose genitive ends in s, and "Nordmeer".
fn inflected(form: &Spelling, base: &Spelling) -> Option<(Reason, u32)> {
    let (last, base_last) = (form.words.last()?, base.words.last()?);
    let ending = last.strip_prefix(base_last.as_str())?;
    let language = LanguageData::of(form.language);
    let needed = if form.words.len() > 1 { NOTHING } else { SOMETHING };
    let same = form.words[..form.words.len() - 1] == base.words[..base.words.len() - 1];
    (same && language.is_genitive_ending(ending)).then_some((Reason::Inflection, needed))
}

/// Surname and initial of the first name.
fn surname_block(form: &Spelling) -> Option<String> {
    let (first, last) = (form.words.first()?, form.words.last()?);
    (is_person(form) && form.words.len() > 1).then(|| format!("{} {last}", sound::initial(first)))
}

/// "Christine Blasey Ford" and "Christine Ford"; "J. Smith" and "John Smith".
fn given(one: &Spelling, two: &Spelling) -> Option<(Reason, u32)> {
    let middle = |f: &Spelling| f.words[1..f.words.len() - 1].to_vec();
    let (a, b) = (&one.words[0], &two.words[0]);
    let initials = |words: &[String]| words.iter().all(|w| w.chars().count() == 1);
    if a == b {
        let (left, right) = (middle(one), middle(two));
        let spelled = left.iter().zip(&right).all(|(x, y)| x.starts_with(y.as_str()) || y.starts_with(x.as_str()));
        let needed = if initials(&left) && right.is_empty() { NOTHING } else { SOMETHING };
        return (spelled && (left.is_empty() || right.is_empty() || left.len() == right.len()))
            .then_some((Reason::Given, needed));
    }
    let short = initials(&one.words[..one.words.len() - 1]);
    (short && b.starts_with(a.as_str())).then_some((Reason::Given, ENOUGH))
}

/// First name and initial of the surname.
fn spelling_block(form: &Spelling) -> Option<String> {
    let [given, surname] = form.words.as_slice() else { return None };
    let initial = surname.chars().next()?;
    (is_person(form) && surname.chars().count() >= LETTERS).then(|| format!("{given} {initial}"))
}

/// "Danny Falin" and "Danny Fallin"
fn misspelt(one: &Spelling, two: &Spelling) -> Option<(Reason, u32)> {
    one_edit(&one.words[1], &two.words[1]).then_some((Reason::Spelling, ENOUGH))
}

/// How the name sounds, if it is long enough to be told by that.
fn sound_block(form: &Spelling) -> Option<String> {
    let words: Vec<String> = form.words.iter().map(|w| sound::of(w, form.language)).collect();
    let letters: usize = words.iter().map(|w| w.chars().count()).sum();
    let name = is_person(form) && words.len() > 1 || !is_person(form);
    (name && letters > 4).then(|| format!("{:?} {}", super::keys::family(form.kind), words.join(" ")))
}

/// "Volodymyr Zelensky" and "Wolodymyr Selenskyj"
fn sounds_alike(one: &Spelling, two: &Spelling) -> Option<(Reason, u32)> {
    (one.words != two.words).then_some((Reason::Spelling, ENOUGH))
}

/// The initials of a long name, or an acronym itself.
fn acronym_block(form: &Spelling) -> Option<String> {
    if !matches!(form.kind, EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Event) {
        return None;
    }
    if is_acronym(&form.written) {
        return Some(form.written.to_lowercase());
    }
    let capitals = form.written.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
    let initials: String = capitals.collect();
    (initials.chars().count() > 1).then(|| initials.to_lowercase())
}

/// "BIS" and "Bureau of Industry and Security"
fn acronym(short: &Spelling, long: &Spelling) -> Option<(Reason, u32)> {
    (short.words.len() == 1 && long.words.len() > 1).then_some((Reason::Acronym, ENOUGH))
}

/// The first word of an organisation's name that does not say what kind of thing it is.
fn first_word_block(form: &Spelling) -> Option<String> {
    let organization = matches!(form.kind, EntityType::Organization | EntityType::GovernmentOrganization);
    let language = LanguageData::of(form.language);
    let telling = form.words.iter().find(|w| !language.is_kind_word(w)).unwrap_or(&form.words[0]);
    (organization && telling.chars().count() > 2).then(|| telling.clone())
}

/// "Kaspersky" and "Kaspersky Lab", "Bournemouth" and "AFC Bournemouth": the rest says what kind of thing it is.
fn short(short: &Spelling, long: &Spelling) -> Option<(Reason, u32)> {
    let language = LanguageData::of(long.language);
    let (one, all) = (short.words.as_slice(), long.words.as_slice());
    let rest = all.strip_prefix(one).or_else(|| all.strip_suffix(one)).filter(|rest| !rest.is_empty())?;
    let kind_words = rest.iter().all(|w| language.is_kind_word(w));
    kind_words.then_some((Reason::ShortName, ENOUGH))
}

/// Whether one letter added, left out or changed makes one word of the other.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - front - back <= 1
}
