//! Which articles are copies or translations of one another, and so count as one source.
//!
//! Copies share long runs of words: of every article's shingles (Broder, 1997) a fixed part is kept, the same part in
//! every article, so that what two have in common of it tells what they have in common. Translations share, in another
//! language and within days, most things and most numbers.

use super::Fused;
use super::card::{Card, hash};
use super::lists::Lists;
use super::repeated::Repeated;
use super::sets::Sets;
use crate::language::Language;
use crate::record::ArticleRecord;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Words of a shingle.
const WORDS: usize = 6;

/// One shingle in so many is kept.
const KEPT: u64 = 4;

/// Shingles that a copy shares, at least, and their share of the shorter article's, in hundredths.
const SHINGLES: usize = 5;
const COPIED: usize = 50;

/// Days between an article and its translation, at most.
const DAYS: u32 = 3;

/// Things that a translation shares, at least; the share of things and of numbers in both, in hundredths.
const THINGS: usize = 4;
const TRANSLATED: usize = 50;

/// The same where there are hardly any numbers to compare.
const BY_THINGS: usize = 70;

/// Numbers that can be compared, at least.
const NUMBERS: usize = 3;

/// A thing or number that more articles have tells nothing of translations.
const COMMON: usize = 24;

/// What is kept of an article to tell copies and translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    language: Language,
    /// When it appeared, in days since 1970, if that is known.
    day: Option<i32>,
    /// A hash of all words.
    words: u64,
    /// Hashes of some shingles, sorted.
    shingles: Vec<u64>,
    /// Hashes of the numbers in the text, sorted.
    numbers: Vec<u64>,
}

impl Fingerprint {
    /// Of an article with its text.
    pub(super) fn of(record: &ArticleRecord) -> Self {
        let document = &record.document;
        let words: Vec<String> = document.text.split_whitespace().map(folded).filter(|w| !w.is_empty()).collect();
        let shingles = words.windows(WORDS).map(hash).filter(|h| h % KEPT == 0);
        let published = document.published.as_deref().and_then(|p| p.get(..10)?.parse::<Date>().ok());
        Self {
            language: document.language,
            day: published.map(|date| (date - Date::constant(1970, 1, 1)).get_days()),
            words: hash(&words),
            shingles: sorted(shingles),
            numbers: sorted(numbers(&document.text)),
        }
    }

    /// Whether one can be a translation of the other: they are in two languages and appeared within days.
    fn may_translate(&self, other: &Self) -> bool {
        self.language != other.language && self.day.zip(other.day).is_none_or(|(a, b)| a.abs_diff(b) <= DAYS)
    }
}

fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The numbers of two digits or more, without the marks that languages put between digits.
fn numbers(text: &str) -> impl Iterator<Item = u64> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}')));
    let digits = runs.map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.filter(|d| d.len() > 1).map(|d| hash(&d))
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut list: Vec<u64> = hashes.collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// Pairs of articles of which one is a copy of the other; in a chain of copies each is paired with some.
pub(super) fn copies(cards: &[&Card]) -> Vec<Pair> {
    let mut same: FxHashMap<u64, usize> = FxHashMap::default();
    let first_of = |(article, card): (usize, &&Card)| (*same.entry(card.print.words).or_insert(article), article);
    let mut copies: Vec<Pair> =
        cards.iter().enumerate().map(first_of).filter(|(first, other)| first != other).collect();
    let shingles = Lists::new(cards.len(), |article, list| list.extend(&cards[article].print.shingles));
    for ((a, b), shared) in neighbours(&shingles) {
        let shorter = shingles.of(a).len().min(shingles.of(b).len());
        if shared >= SHINGLES && shared * 100 >= COPIED * shorter {
            copies.push((a, b));
        }
    }
    copies
}

/// For each article (sorted by id) the first of those that it is a copy or translation of, itself if of none.
pub fn origins(cards: &[&Card], fused: &Fused) -> Vec<usize> {
    let mut sets = Sets::new(cards.len());
    fused.copies.iter().for_each(|(a, b)| sets.unite(*a, *b));
    let things = Lists::new(cards.len(), |article, list| {
        let named = cards[article].entities.iter().enumerate().filter(|(_, head)| !head.unnamed);
        list.extend(sorted(named.map(|(e, _)| fused.thing_index(article, e) as u64)));
    });
    for (a, b) in near(cards, &things) {
        let numbers = |article: usize| cards[article].print.numbers.as_slice();
        if is_translation((things.of(a), numbers(a)), (things.of(b), numbers(b))) {
            sets.unite(a, b);
        }
    }
    (0..cards.len()).map(|article| sets.root(article)).collect()
}

/// Two articles by their numbers, the lesser first.
pub(super) type Pair = (usize, usize);

/// An element of what articles have, and the number of one that has it.
type Held = (u64, u32);

/// How many shingles articles have in common, for pairs that follow each other among the holders of a shingle, or of
/// which one is the first holder: of many alike, each is paired with some. Near-linear in the shingles.
fn neighbours(shingles: &Lists<u64>) -> Vec<(Pair, usize)> {
    counted(shingles, |holders| {
        let with_first = (1..holders.len()).map(|i| (holders[0].1, holders[i].1));
        let with_last = (2..holders.len()).map(|i| (holders[i - 1].1, holders[i].1));
        with_first.chain(with_last).collect()
    })
}

/// Pairs of articles that can be translations and share several things or numbers that few have.
fn near(cards: &[&Card], things: &Lists<u64>) -> Vec<Pair> {
    let count = things.items().iter().max().map_or(0, |last| *last as usize + 1);
    let mut holders = vec![0; count];
    things.items().iter().for_each(|thing| holders[*thing as usize] += 1);
    // Things by their number, numbers by their hash: 64 bits keep them apart.
    let elements = Lists::new(cards.len(), |article, list| {
        list.extend(things.of(article).iter().filter(|thing| holders[**thing as usize] <= COMMON));
        list.extend(&cards[article].print.numbers);
    });
    let shared = counted(&elements, |holders| {
        let few = if holders.len() <= COMMON { holders } else { &[] };
        let all = few.iter().enumerate().flat_map(|(i, a)| few[i + 1..].iter().map(move |b| (a.1, b.1)));
        all.filter(|(a, b)| cards[*a as usize].print.may_translate(&cards[*b as usize].print)).collect()
    });
    shared.into_iter().filter(|(_, count)| *count >= THINGS).map(|(pair, _)| pair).collect()
}

/// How often two articles are paired by something that both have, sorted.
fn counted(elements: &Lists<u64>, pairs: impl Fn(&[Held]) -> Vec<(u32, u32)> + Sync + Send) -> Vec<(Pair, usize)> {
    let repeated = Repeated::new(elements.items());
    let held = (0..elements.len()).into_par_iter().flat_map_iter(|article| {
        let shared = elements.of(article).iter().filter(|e| repeated.may_have(**e));
        shared.map(move |element| (*element, article as u32))
    });
    let mut held: Vec<Held> = held.collect();
    held.par_sort_unstable();
    let mut found: Vec<(u32, u32)> = held.par_chunk_by(|a, b| a.0 == b.0).flat_map_iter(pairs).collect();
    found.par_sort_unstable();
    let pair = |(a, b): (u32, u32)| (a as usize, b as usize);
    found.chunk_by(|a, b| a == b).map(|run| (pair(run[0]), run.len())).collect()
}

/// Whether the things and the numbers of two articles are those of a text and its translation.
fn is_translation((things, numbers): (&[u64], &[u64]), (others, counts): (&[u64], &[u64])) -> bool {
    let (common, alike) = overlap(things, others);
    let (_, same) = overlap(numbers, counts);
    let counted = numbers.len().min(counts.len()) >= NUMBERS;
    let needed = if counted { TRANSLATED } else { BY_THINGS };
    common >= THINGS && alike >= needed && (!counted || same >= TRANSLATED)
}

/// How many elements two sorted lists share, and Dice's coefficient in hundredths.
fn overlap(a: &[u64], b: &[u64]) -> (usize, usize) {
    let shared = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    (shared, 200 * shared / (a.len() + b.len()).max(1))
}
