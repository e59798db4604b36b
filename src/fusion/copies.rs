//! Which articles are copies or translations of one another, and so count as one source.
//!
//! Copies share long runs of words: of every article's shingles (Broder, 1997) a fixed part is kept, the same part in
//! every article, so that what two have in common of it tells what they have in common. Translations share, in another
//! language and within days, most things and most numbers.

use super::Fused;
use super::sets::Sets;
use crate::record::ArticleRecord;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words of a shingle.
const WORDS: usize = 6;

/// One shingle in so many is kept.
const KEPT: u64 = 4;

/// Shingles that a copy shares, at least, and their share of the shorter article's, in hundredths.
const SHINGLES: usize = 5;
const COPIED: usize = 50;

/// Days between an article and its translation, at most.
const DAYS: i32 = 3;

/// Things that a translation shares, at least; the share of things and of numbers in both, in hundredths.
const THINGS: usize = 4;
const TRANSLATED: usize = 50;

/// The same where there are hardly any numbers to compare.
const BY_THINGS: usize = 70;

/// Numbers that can be compared, at least.
const NUMBERS: usize = 3;

/// A thing or number that more articles have tells nothing of translations.
const COMMON: usize = 24;

/// What is kept of an article's words to tell copies and translations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// A hash of all words.
    words: u64,
    /// Hashes of some shingles, sorted.
    shingles: Vec<u64>,
    /// Hashes of the numbers in the text, sorted.
    numbers: Vec<u64>,
}

impl Fingerprint {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().map(folded).filter(|w| !w.is_empty()).collect();
        let shingles = words.windows(WORDS).map(hash_of).filter(|h| h % KEPT == 0);
        Self { words: hash_of(&words), shingles: sorted(shingles), numbers: sorted(numbers(text)) }
    }
}

fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The numbers of two digits or more, without the marks that languages put between digits.
fn numbers(text: &str) -> impl Iterator<Item = u64> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}')));
    let digits = runs.map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.filter(|d| d.len() > 1).map(|d| hash_of(&d))
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut list: Vec<u64> = hashes.collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// For each article (sorted by id) the first of those that it is a copy or translation of, itself if of none.
pub fn origins(records: &[&ArticleRecord], prints: &[&Fingerprint], fused: &Fused) -> Vec<usize> {
    let mut sets = Sets::new(records.len());
    let mut same: HashMap<u64, usize> = HashMap::new();
    for (article, print) in prints.iter().enumerate() {
        sets.unite(*same.entry(print.words).or_insert(article), article);
    }
    let shingles: Vec<&[u64]> = prints.iter().map(|p| p.shingles.as_slice()).collect();
    for ((a, b), shared) in neighbours(&shingles) {
        let shorter = shingles[a].len().min(shingles[b].len());
        if shared >= SHINGLES && shared * 100 >= COPIED * shorter {
            sets.unite(a, b);
        }
    }
    let things: Vec<Vec<u64>> = (0..records.len()).map(|a| things(records[a], a, fused)).collect();
    for (a, b) in near(&things, prints) {
        let other_language = records[a].document.language != records[b].document.language;
        if other_language && within_days(records[a], records[b]) && is_translation(a, b, &things, prints) {
            sets.unite(a, b);
        }
    }
    (0..records.len()).map(|article| sets.root(article)).collect()
}

/// The things that an article names.
fn things(record: &ArticleRecord, article: usize, fused: &Fused) -> Vec<u64> {
    let named = (0..record.entities.len()).filter(|e| !record.entities[*e].unnamed);
    sorted(named.map(|e| fused.thing_index(article, e) as u64))
}

/// How many elements lists have in common, for pairs that follow each other among the holders of an element, or of
/// which one is the first holder: of many alike, each is paired with some. Linear in what the lists hold.
fn neighbours(lists: &[&[u64]]) -> BTreeMap<(usize, usize), usize> {
    let mut first_and_last: HashMap<u64, (usize, usize)> = HashMap::new();
    let mut shared = BTreeMap::new();
    for (article, list) in lists.iter().enumerate() {
        for element in *list {
            match first_and_last.get_mut(element) {
                Some((first, last)) => {
                    *shared.entry((*first, article)).or_default() += 1;
                    if first != last {
                        *shared.entry((*last, article)).or_default() += 1;
                    }
                    *last = article;
                }
                None => {
                    first_and_last.insert(*element, (article, article));
                }
            }
        }
    }
    shared
}

/// Pairs of articles that share several things or numbers that few have.
fn near(things: &[Vec<u64>], prints: &[&Fingerprint]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<(bool, u64), Vec<usize>> = HashMap::new();
    for article in 0..things.len() {
        let told =
            things[article].iter().map(|t| (true, *t)).chain(prints[article].numbers.iter().map(|n| (false, *n)));
        told.for_each(|element| holders.entry(element).or_default().push(article));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in holders.values().filter(|list| list.len() <= COMMON) {
        for (i, a) in list.iter().enumerate() {
            list[i + 1..].iter().for_each(|b| *shared.entry((*a, *b)).or_default() += 1);
        }
    }
    shared.into_iter().filter(|(_, count)| *count >= THINGS).map(|(pair, _)| pair).collect()
}

fn is_translation(a: usize, b: usize, things: &[Vec<u64>], prints: &[&Fingerprint]) -> bool {
    let (common_things, alike) = overlap(&things[a], &things[b]);
    let (one, two) = (&prints[a].numbers, &prints[b].numbers);
    let (_, numbers) = overlap(one, two);
    let counted = one.len().min(two.len()) >= NUMBERS;
    let needed = if counted { TRANSLATED } else { BY_THINGS };
    common_things >= THINGS && alike >= needed && (!counted || numbers >= TRANSLATED)
}

/// How many elements two sorted lists share, and Dice's coefficient in hundredths.
fn overlap(a: &[u64], b: &[u64]) -> (usize, usize) {
    let shared = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    (shared, 200 * shared / (a.len() + b.len()).max(1))
}

/// Whether two articles appeared within days, as far as their dates are known.
fn within_days(a: &ArticleRecord, b: &ArticleRecord) -> bool {
    let day = |r: &ArticleRecord| r.document.published.as_deref().and_then(|p| p.get(..10)?.parse::<Date>().ok());
    day(a).zip(day(b)).is_none_or(|(a, b)| (a - b).get_days().abs() <= DAYS)
}
