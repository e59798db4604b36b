//! Words and sentences cut from the raw text of treebanks, where they are at hand.
//!
//! `cargo test --release --test treebanks -- --nocapture` prints the scores; with `SHOW_WORDS=1` also
//! what is cut otherwise than in the treebank.

use newsgraph::analysis::Analysis;
use newsgraph::article::Document;
use newsgraph::language::{Language, LanguageData};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Treebank, and the least F1 of surface tokens, words and sentences.
const FLOORS: [(&str, [f64; 3]); 6] = [
    ("en/ewt-dev", [0.993, 0.989, 0.64]),
    ("fr/gsd-dev", [0.998, 0.996, 0.93]),
    ("fr/sequoia-dev", [0.995, 0.991, 0.74]),
    ("de/gsd-dev", [0.998, 0.998, 0.85]),
    ("id/gsd-dev", [0.998, 0.995, 0.85]),
    ("id/csui-train", [0.994, 0.993, 0.92]),
];

/// Where something stands, in characters that are no blanks, and for words of a surface token their form.
type Key = (usize, usize, String);

#[derive(Default)]
struct Cut {
    text: String,
    tokens: HashSet<Key>,
    words: HashMap<Key, usize>,
    sentences: HashSet<Key>,
}

impl Cut {
    fn add(&mut self, start: usize, end: usize, surface: &str, forms: &[String]) {
        self.tokens.insert((start, end, String::new()));
        let single = forms.len() == 1;
        for form in forms {
            let form = if single { surface.to_lowercase() } else { form.to_lowercase() };
            *self.words.entry((start, end, form)).or_default() += 1;
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What the treebank says, and its sentences' texts joined by blanks.
fn gold(conllu: &str) -> Cut {
    let mut cut = Cut::default();
    let mut at = 0;
    let mut first = 0;
    let mut open: Option<(usize, String, Vec<String>)> = None;
    for line in conllu.lines() {
        if let Some(text) = line.strip_prefix("# text = ") {
            cut.text += text;
            cut.text.push(' ');
        }
        if line.is_empty() {
            cut.sentences.insert((first, at, String::new()));
            first = at;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, ..] = fields[..] else { continue };
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            open = Some((last.parse().unwrap(), form.to_owned(), vec![]));
            continue;
        }
        let (last, surface, mut forms) = open.take().unwrap_or_else(|| (0, form.to_owned(), vec![]));
        forms.push(form.to_owned());
        if last > id.parse::<usize>().unwrap() {
            open = Some((last, surface, forms));
            continue;
        }
        let end = at + letters(&surface);
        cut.add(at, end, &surface, &forms);
        at = end;
    }
    cut
}

/// What the program says.
fn found(document: &Document) -> Cut {
    let mut cut = Cut::default();
    let text = &document.text;
    let analysis = Analysis::new(document, LanguageData::of(document.language));
    let mut at = 0;
    for sentence in &analysis.syntax {
        let first = at;
        for token in &sentence.tokens {
            let surface = token.span.of(text);
            let end = at + letters(surface);
            let forms: Vec<_> = sentence.words[token.words.clone()].iter().map(|w| w.form.clone()).collect();
            cut.add(at, end, surface, &forms);
            at = end;
        }
        cut.sentences.insert((first, at, String::new()));
    }
    cut
}

fn f1(gold: usize, found: usize, both: usize) -> f64 {
    2.0 * both as f64 / (gold + found) as f64
}

fn show(gold: &Cut, found: &Cut) {
    let plain: Vec<char> = gold.text.chars().filter(|c| !c.is_whitespace()).collect();
    let words = |start: usize, end: usize| plain[start..end].iter().collect::<String>();
    for (name, one, other) in [("missed", gold, found), ("wrong", found, gold)] {
        let mut list: Vec<_> = one.words.keys().filter(|k| !other.words.contains_key(*k)).collect();
        list.sort();
        for (start, end, form) in list {
            let around = words(start.saturating_sub(12), (end + 12).min(plain.len()));
            println!("{name}\t{}\t{form}\t{around}", words(*start, *end));
        }
        let mut list: Vec<_> = one.sentences.iter().filter(|k| !other.sentences.contains(*k)).collect();
        list.sort();
        for (start, end, _) in list {
            let after = words(*end, (end + 25).min(plain.len()));
            println!("{name} sentence\t{} || {after}", words((*start).max(end.saturating_sub(50)), *end));
        }
    }
}

#[test]
fn words_and_sentences_are_those_of_the_treebanks() {
    let treebanks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ud");
    if !treebanks.is_dir() {
        return eprintln!("skipped: no treebanks in {}", treebanks.display());
    }
    let mut fallen = Vec::new();
    for (name, floors) in FLOORS {
        let Ok(conllu) = fs::read_to_string(treebanks.join(name).with_extension("conllu")) else { continue };
        let gold = gold(&conllu);
        let language = Language::from_code(&name[..2]).unwrap();
        LanguageData::of(language);
        let document = Document::of_text(gold.text.clone(), language);
        let start = Instant::now();
        let found = found(&document);
        let speed = found.words.values().sum::<usize>() as f64 / start.elapsed().as_secs_f64();
        let both = gold.words.iter().map(|(k, n)| found.words.get(k).copied().unwrap_or(0).min(*n)).sum();
        let scores = [
            f1(gold.tokens.len(), found.tokens.len(), gold.tokens.intersection(&found.tokens).count()),
            f1(gold.words.values().sum(), found.words.values().sum(), both),
            f1(gold.sentences.len(), found.sentences.len(), gold.sentences.intersection(&found.sentences).count()),
        ];
        println!(
            "{name}: tokens {:.4}, words {:.4}, sentences {:.4}; {speed:.0} words/s",
            scores[0], scores[1], scores[2]
        );
        if std::env::var_os("SHOW_WORDS").is_some() {
            show(&gold, &found);
        }
        fallen.extend(scores.iter().zip(floors).filter(|(s, f)| *s < f).map(|(s, f)| format!("{name}: {s} < {f}")));
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
