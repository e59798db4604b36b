//! A word form → the features that the network's embeddings are looked up by.
//!
//! A feature is a 32-bit FNV-1a hash of its kind and its text. Everything depends on the form and
//! the language's data alone, so a form's features are the same wherever it stands.

use crate::analysis::syntax::NameTag;
use crate::language::{Entry, LanguageData};

/// What a feature tells of a form. The number is part of the hash and so of a trained model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The lower-cased form.
    Lower = 1,
    /// The form as it stands, where it has capitals.
    Exact = 2,
    /// The dictionary's lemma.
    Lemma = 3,
    /// The last letters, one to five.
    Suffix = 4,
    /// The first letters, one to four.
    Prefix = 5,
    /// Runs of capitals, small letters and digits.
    Shape = 6,
    /// Length and kinds of characters.
    Length = 7,
    /// The edit that makes the dictionary's lemma of the form.
    Edit = 8,
    /// Prefixes of the word cluster.
    Cluster = 9,
    /// What the lexicon and the lists of names say.
    Lexicon = 10,
    /// The part after the last hyphen.
    Tail = 11,
    /// The annotation style asked for.
    Style = 12,
    /// What the rules for names say of the word where it stands.
    Hint = 13,
}

/// A feature and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// What it tells.
    pub kind: Kind,
    /// Its hash.
    pub hash: u32,
}

/// The hash of a feature.
pub fn hash(kind: Kind, text: &[u8]) -> u32 {
    hash_of(kind, text.iter().copied())
}

/// The hash of a feature whose text comes in pieces.
pub fn hash_of(kind: Kind, text: impl Iterator<Item = u8>) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [kind as u8].into_iter().chain(text) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (state ^ (state >> 32)) as u32
}

/// The feature of a word that the rules take for part of a name; none where they do not.
pub fn of_hint(hint: NameTag) -> Option<Feature> {
    let (part, kind) = match hint {
        NameTag::O => return None,
        NameTag::B(kind) => (0, kind),
        NameTag::I(kind) => (1, kind),
    };
    Some(Feature { kind: Kind::Hint, hash: hash(Kind::Hint, &[part, kind as u8]) })
}

/// Brown clusters of frequent words, found by the hash of the form.
#[derive(Debug, Clone, Default)]
pub struct Clusters {
    /// Hashes of forms ([`cluster_key`]), ascending.
    pub keys: Vec<u32>,
    /// For each the cluster: its path as bits, lowest bit first, below a leading one.
    pub paths: Vec<u16>,
}

/// The key of a form in [`Clusters`].
pub fn cluster_key(form: &str) -> u32 {
    hash(Kind::Cluster, form.as_bytes())
}

impl Clusters {
    /// The path of a form's cluster.
    pub fn get(&self, form: &str) -> Option<u16> {
        self.keys.binary_search(&cluster_key(form)).ok().map(|i| self.paths[i])
    }
}

/// The features of a form in a language.
pub fn of_form(form: &str, language: &LanguageData, clusters: &Clusters) -> Vec<Feature> {
    let lower = form.to_lowercase();
    let mut list = Vec::with_capacity(32);
    let mut add = |kind: Kind, text: &[u8]| list.push(Feature { kind, hash: hash(kind, text) });
    add(Kind::Lower, lower.as_bytes());
    if lower != form {
        add(Kind::Exact, form.as_bytes());
    }
    let (lemma, known) = language.lemma(form, &lower);
    add(Kind::Lemma, lemma.as_bytes());
    add(Kind::Edit, edit(&lower, &lemma, known).as_bytes());
    let starts: Vec<usize> = lower.char_indices().map(|(i, _)| i).collect();
    let letters = starts.len();
    for n in 1..=5.min(letters) {
        add(Kind::Suffix, &lower.as_bytes()[starts[letters - n]..]);
    }
    for n in 1..=4.min(letters) {
        let end = starts.get(n).copied().unwrap_or(lower.len());
        add(Kind::Prefix, &lower.as_bytes()[..end]);
    }
    add(Kind::Shape, shape(form).as_bytes());
    add(Kind::Length, &[length_class(letters), character_class(form)]);
    if let Some((_, tail)) = form.rsplit_once('-').filter(|(head, tail)| !head.is_empty() && !tail.is_empty()) {
        let lower = tail.to_lowercase();
        add(Kind::Tail, lower.as_bytes());
        add(Kind::Lemma, language.lemma(tail, &lower).0.as_bytes());
    }
    if language.capital_nouns
        && let Some((_, lemma)) = language.compound_tail(form)
    {
        let lemma = lemma.to_lowercase();
        add(Kind::Tail, lemma.as_bytes());
        add(Kind::Lemma, lemma.as_bytes());
    }
    if let Some(path) = clusters.get(form).or_else(|| clusters.get(&lower)) {
        for bits in [4_u8, 6, 10, 16] {
            let mask = if bits == 16 { u16::MAX } else { (1 << bits) - 1 };
            let [low, high] = (path & mask).to_le_bytes();
            add(Kind::Cluster, &[bits, low, high]);
        }
    }
    lexicon(form, &lower, language, |word| add(Kind::Lexicon, word.as_bytes()));
    list
}

/// How the dictionary's lemma differs from the form: letters cut and letters put in their place.
fn edit(lower: &str, lemma: &str, known: bool) -> String {
    let common = lower.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let cut = lower.chars().count() - common;
    let put: String = lemma.chars().skip(common).collect();
    if common == 0 { format!("?{known}") } else { format!("{cut}{put}{known}") }
}

/// Runs of equal kinds of characters, at most two of a run told.
fn shape(form: &str) -> String {
    let mut shape = String::new();
    let mut last = [' '; 2];
    for c in form.chars() {
        let class = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '9',
            _ => c,
        };
        if last != [class; 2] {
            shape.push(class);
        }
        last = [last[1], class];
    }
    shape
}

fn length_class(letters: usize) -> u8 {
    [1, 2, 3, 5, 8, 12].iter().take_while(|n| **n < letters).count() as u8
}

fn character_class(form: &str) -> u8 {
    let first = form.chars().next();
    u8::from(first.is_some_and(char::is_uppercase))
        | u8::from(form.chars().skip(1).any(char::is_uppercase)) << 1
        | u8::from(form.chars().any(char::is_numeric)) << 2
        | u8::from(form.chars().any(char::is_alphabetic)) << 3
        | u8::from(form.contains('-')) << 4
        | u8::from(form.contains('.')) << 5
}

/// What the lists of names and the phrases of one word say of a form.
fn lexicon(form: &str, lower: &str, language: &LanguageData, mut add: impl FnMut(&str)) {
    let gazetteer = &language.gazetteer;
    let plain = form.strip_suffix("'s").or_else(|| form.strip_suffix("’s")).unwrap_or(form);
    if gazetteer.is_given(plain, false) {
        add("given");
    } else if gazetteer.is_given(plain, true) {
        add("given?");
    }
    if gazetteer.is_surname(plain) {
        add("surname");
    }
    for known in gazetteer.single(plain) {
        let finer = known.finer.unwrap_or("");
        add(&format!("{:?} {finer} {} {}", known.kind, known.adjective, known.doubtful));
    }
    if gazetteer.begins(plain) {
        add("begins");
    }
    if let Some(kind) = language.head(form) {
        add(&format!("head {kind:?}"));
    }
    for entry in language.lexicon.single(lower) {
        if let Some(name) = entry_name(entry) {
            add(name);
        }
    }
}

/// The entries of the lexicon that tell something of a word by itself.
fn entry_name(entry: Entry) -> Option<&'static str> {
    Some(match entry {
        Entry::CompanyForm => "company form",
        Entry::Honorific => "honorific",
        Entry::Title(_) => "title",
        Entry::Head(_) => "head",
        Entry::Context(_) => "context",
        Entry::Epithet(_) => "epithet",
        Entry::Never => "never",
        Entry::PersonConnector => "person connector",
        Entry::Connector => "connector",
        Entry::Month(_) => "month",
        Entry::Weekday(_) => "weekday",
        Entry::Speech | Entry::SpeechToObject | Entry::SpeechTo => "speech",
        Entry::Locative => "locative",
        Entry::Currency(_) => "currency",
        Entry::NumberWord(_) => "number word",
        Entry::Scale(_) => "scale",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_runs() {
        assert_eq!(shape("BNP-Paribas12345"), "XX-Xxx99");
        assert_eq!(shape("U.S."), "X.X.");
    }

    #[test]
    fn a_cluster_is_found_by_its_form() {
        let mut pairs = [(cluster_key("said"), 5), (cluster_key("Paris"), 9)];
        pairs.sort_unstable();
        let clusters =
            Clusters { keys: pairs.iter().map(|p| p.0).collect(), paths: pairs.iter().map(|p| p.1).collect() };
        assert_eq!(clusters.get("Paris"), Some(9));
        assert_eq!(clusters.get("London"), None);
    }
}
