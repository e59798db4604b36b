//! Names that differ and may name one thing: spellings, middle names, initials, acronyms, short names, endings.
//!
//! Every rule puts names into blocks by something that both must have, and looks at the pairs of a block only.
//! A rule says how much must be shared around two names before they are one ([`super::context`]).

use super::reason::Reason;
use super::sets::Sets;
use super::traits::is_acronym;
use super::{Scene, sound};
use crate::entity::keys::fold;
use crate::language::{Language, LanguageData};
use crate::record::EntityType;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// A name as the rules compare it.
struct Form {
    node: usize,
    /// Folded, in words.
    words: Vec<String>,
    /// As written.
    written: String,
    language: Language,
    kind: EntityType,
    /// The institution word by word and its country, if the name tells one and the article or the name the other.
    institution: Option<(String, Option<String>)>,
}

/// What a name must have in common with another to be compared with it.
type Block = fn(&Form) -> Option<String>;

/// A rule: whether two names can be one thing's, why, and how much must be shared around them.
type Judge = fn(&Form, &Form) -> Option<(Reason, u32)>;

/// Joins what the rules find.
pub(super) fn join(scene: &Scene, sets: &mut Sets) {
    let forms = forms(scene, sets);
    let rules: [(Block, Judge); 8] = [
        (institution_block, same_institution),
        (double_surname_block, double_surname),
        (stem_block, inflected),
        (surname_block, given),
        (spelling_block, misspelt),
        (sound_block, sounds_alike),
        (acronym_block, acronym),
        (first_word_block, short),
    ];
    for (block, judge) in rules {
        let mut blocks: BTreeMap<String, Vec<&Form>> = BTreeMap::new();
        for form in &forms {
            if let Some(key) = block(form) {
                blocks.entry(key).or_default().push(form);
            }
        }
        blocks.values().filter(|b| b.len() > 1).for_each(|b| compare(b, judge, scene, sets));
    }
}

/// Every name of what has a name; of a thing that many articles call so, that of the first of them.
fn forms(scene: &Scene, sets: &mut Sets) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut count: HashMap<(usize, &str), usize> = HashMap::new();
    for node in 0..scene.nodes.len() {
        let entity = scene.nodes.entity(node);
        // A country is known under all its names.
        if entity.unnamed || entity.keys.iter().any(|k| k.starts_with("country:")) {
            continue;
        }
        let fullest = if entity.kind == EntityType::Person { 1 } else { usize::MAX };
        let root = sets.root(node);
        for name in entity.names.iter().take(fullest) {
            let times = count.entry((root, name)).or_default();
            *times += 1;
            if *times > NODES {
                continue;
            }
            let words: Vec<String> = fold(name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
            if !words.is_empty() {
                let language = scene.nodes.language(node);
                let institution = entity.keys.iter().find_map(|k| institution(k));
                forms.push(Form { node, words, written: name.clone(), language, kind: entity.kind, institution });
            }
        }
    }
    forms
}

/// Compares the things of a block by pairs of their names.
fn compare(block: &[&Form], judge: Judge, scene: &Scene, sets: &mut Sets) {
    let mut things: Vec<(usize, Vec<&Form>)> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for form in block {
        let root = sets.root(form.node);
        let index = *at.entry(root).or_insert(things.len());
        if index == things.len() {
            things.push((root, Vec::new()));
        }
        if things[index].1.len() < NODES {
            things[index].1.push(form);
        }
    }
    things.truncate(THINGS);
    for (at, (_, one)) in things.iter().enumerate() {
        for (_, two) in &things[at + 1..] {
            if are_known_apart(one, two, scene) {
                continue;
            }
            let found = one.iter().flat_map(|a| two.iter().map(move |b| (a, b))).find_map(|(a, b)| {
                if scene.nodes.article(a.node) == scene.nodes.article(b.node) {
                    return None;
                }
                let (reason, needed) = judge(a, b).or_else(|| judge(b, a))?;
                let enough = needed == NOTHING || scene.context.shared(scene.nodes, a.node, b.node) >= needed;
                enough.then_some((a.node, b.node, reason))
            });
            if let Some((a, b, reason)) = found {
                sets.join(a, b, reason);
            }
        }
    }
}

/// "United Nations" and "United Nations General Assembly": whether two things are well known, and not as one.
fn are_known_apart(one: &[&Form], two: &[&Form], scene: &Scene) -> bool {
    let keys = |thing: &[&Form]| -> BTreeSet<&str> {
        let all = thing.iter().flat_map(|f| &scene.nodes.entity(f.node).keys);
        all.filter(|k| k.starts_with("known:")).map(String::as_str).collect()
    };
    let (one, two) = (keys(one), keys(two));
    !one.is_empty() && !two.is_empty() && one.is_disjoint(&two)
}

/// The concepts and the country of an institution's key.
fn institution(key: &str) -> Option<(String, Option<String>)> {
    let concepts = key.strip_prefix("vague:").or_else(|| key.strip_prefix("inst:"))?;
    let (concepts, country) = concepts.split_once('@').map_or((concepts, None), |(c, at)| (c, Some(at.to_owned())));
    Some((concepts.to_owned(), country))
}

/// An institution in the words of no language, whichever country's.
fn institution_block(form: &Form) -> Option<String> {
    Some(form.institution.as_ref()?.0.clone())
}

/// "Supreme Court" where no country is told, and the "US Supreme Court" or "Cour suprême" of another article
fn same_institution(one: &Form, two: &Form) -> Option<(Reason, u32)> {
    let ((_, one), (_, two)) = (one.institution.as_ref()?, two.institution.as_ref()?);
    (one.is_none() || two.is_none()).then_some((Reason::Known, ENOUGH))
}

/// The last two words of a person's name.
fn double_surname_block(form: &Form) -> Option<String> {
    let [.., one, two] = form.words.as_slice() else { return None };
    is_person(form).then(|| format!("{one} {two}"))
}

/// "López Obrador" and "Andrés Manuel López Obrador"
fn double_surname(short: &Form, long: &Form) -> Option<(Reason, u32)> {
    (short.words.len() == 2 && long.words.len() > 3).then_some((Reason::Surname, ENOUGH))
}

fn is_person(form: &Form) -> bool {
    form.kind == EntityType::Person
}

/// The name without an ending of its last word, with its kind.
fn stem_block(form: &Form) -> Option<String> {
    let (last, before) = form.words.split_last()?;
    let stem = LanguageData::of(form.language).without_genitive(last);
    (stem.chars().count() > 3).then(|| format!("{:?} {} {stem}", super::keys::family(form.kind), before.join(" ")))
}

/// "Nordmeers" in a language whose genitive ends in s, and "Nordmeer".
fn inflected(form: &Form, base: &Form) -> Option<(Reason, u32)> {
    let (last, base_last) = (form.words.last()?, base.words.last()?);
    let ending = last.strip_prefix(base_last.as_str())?;
    let language = LanguageData::of(form.language);
    let needed = if form.words.len() > 1 { NOTHING } else { SOMETHING };
    let same = form.words[..form.words.len() - 1] == base.words[..base.words.len() - 1];
    (same && language.is_genitive_ending(ending)).then_some((Reason::Inflection, needed))
}

/// Surname and initial of the first name.
fn surname_block(form: &Form) -> Option<String> {
    let (first, last) = (form.words.first()?, form.words.last()?);
    (is_person(form) && form.words.len() > 1).then(|| format!("{} {last}", sound::initial(first)))
}

/// "Christine Blasey Ford" and "Christine Ford"; "J. Smith" and "John Smith".
fn given(one: &Form, two: &Form) -> Option<(Reason, u32)> {
    let middle = |f: &Form| f.words[1..f.words.len() - 1].to_vec();
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
fn spelling_block(form: &Form) -> Option<String> {
    let [given, surname] = form.words.as_slice() else { return None };
    let initial = surname.chars().next()?;
    (is_person(form) && surname.chars().count() >= LETTERS).then(|| format!("{given} {initial}"))
}

/// "Danny Falin" and "Danny Fallin"
fn misspelt(one: &Form, two: &Form) -> Option<(Reason, u32)> {
    one_edit(&one.words[1], &two.words[1]).then_some((Reason::Spelling, ENOUGH))
}

/// How the name sounds, if it is long enough to be told by that.
fn sound_block(form: &Form) -> Option<String> {
    let words: Vec<String> = form.words.iter().map(|w| sound::of(w, form.language)).collect();
    let letters: usize = words.iter().map(|w| w.chars().count()).sum();
    let name = is_person(form) && words.len() > 1 || !is_person(form);
    (name && letters > 4).then(|| format!("{:?} {}", super::keys::family(form.kind), words.join(" ")))
}

/// "Volodymyr Zelensky" and "Wolodymyr Selenskyj"
fn sounds_alike(one: &Form, two: &Form) -> Option<(Reason, u32)> {
    (one.words != two.words).then_some((Reason::Spelling, ENOUGH))
}

/// The initials of a long name, or an acronym itself.
fn acronym_block(form: &Form) -> Option<String> {
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
fn acronym(short: &Form, long: &Form) -> Option<(Reason, u32)> {
    (short.words.len() == 1 && long.words.len() > 1).then_some((Reason::Acronym, ENOUGH))
}

/// The first word of an organisation's name that does not say what kind of thing it is.
fn first_word_block(form: &Form) -> Option<String> {
    let organization = matches!(form.kind, EntityType::Organization | EntityType::GovernmentOrganization);
    let language = LanguageData::of(form.language);
    let telling = form.words.iter().find(|w| !language.is_kind_word(w)).unwrap_or(&form.words[0]);
    (organization && telling.chars().count() > 2).then(|| telling.clone())
}

/// "Kaspersky" and "Kaspersky Lab", "Bournemouth" and "AFC Bournemouth": the rest says what kind of thing it is.
fn short(short: &Form, long: &Form) -> Option<(Reason, u32)> {
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
