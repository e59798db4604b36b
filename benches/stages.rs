//! The speed of each stage on one core in words a second, and the memory of it all.
//!
//! `cargo bench` measures on the sample articles, told again under other names until there are
//! enough words of each language.

use newsgraph::analysis::Analysis;
use newsgraph::analysis::model::Model;
use newsgraph::analysis::syntax::NameTag;
use newsgraph::article::{Document, Options, Reader};
use newsgraph::claim::{self, Found};
use newsgraph::entity::Resolved;
use newsgraph::language::{Language, LanguageData};
use newsgraph::mention::{Name, date, name, number, quote};
use newsgraph::pipeline::{self, extract};
use newsgraph::record::EntityType;
use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Words of each language to measure on.
const WORDS: usize = 50_000;
/// Each stage runs so often; the fastest run counts.
const RUNS: usize = 3;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = std::env::args().any(|a| a == "--test");
    let (words, runs) = if quick { (1, 1) } else { (WORDS, RUNS) };
    let reader = Reader::new(Options::default()).unwrap();
    println!("{:<28}{:>10}{:>10}{:>10}{:>10}", "words/s on one core", "en", "fr", "de", "id");
    let languages = [Language::En, Language::Fr, Language::De, Language::Id];
    let columns: Vec<Vec<(&str, f64)>> = languages.map(|l| measure(&reader, &articles(&reader, l, words), runs)).into();
    for (row, (stage, _)) in columns[0].iter().enumerate() {
        let cells: String = columns.iter().map(|column| format!("{:>10.0}", column[row].1)).collect();
        println!("{stage:<28}{cells}");
    }
    match peak() {
        Some(kib) => println!("memory at most: {:.0} MiB", kib as f64 / 1024.0),
        None => println!("memory: not told by this system"),
    }
}

/// Texts of a language with the words asked for.
fn articles(reader: &Reader, language: Language, words: usize) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files.retain(|f| f.to_string_lossy().ends_with(&format!("-{}.txt", language.code())));
    let texts: Vec<String> = files.iter().map(|f| fs::read_to_string(f).unwrap()).collect();
    let names: Vec<BTreeSet<String>> = texts.iter().map(|t| renamed(reader, t)).collect();
    let mut told = Vec::new();
    let mut count = 0;
    for copy in 0.. {
        for (text, names) in texts.iter().zip(&names) {
            let fresh =
                names.iter().fold(text.clone(), |t, name| t.replace(name, &format!("{name}{}", syllables(copy))));
            count += fresh.split_whitespace().count();
            told.push(fresh);
            if count >= words {
                return told;
            }
        }
    }
    unreachable!("some copy has words enough")
}

/// The last words of the names of persons and organisations.
fn renamed(reader: &Reader, text: &str) -> BTreeSet<String> {
    let document = document(reader, text);
    let analysis = Analysis::new(&document, LanguageData::of(document.language));
    let names = name::find(&analysis).into_iter();
    let kinds = [EntityType::Person, EntityType::Organization];
    let last = |n: Name| analysis.words(n.span).rsplit(' ').next().unwrap_or_default().to_owned();
    names.filter(|n| kinds.contains(&n.votes.winner())).map(last).filter(|w| w.chars().count() > 4).collect()
}

/// An ending of its own for each copy.
fn syllables(mut copy: usize) -> String {
    let mut ending = String::new();
    while copy > 0 {
        ending += ["ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu"][copy % 10];
        copy /= 10;
    }
    ending
}

fn document(reader: &Reader, text: &str) -> Document {
    reader.read("article.txt", text.as_bytes().to_vec()).pop().unwrap().unwrap()
}

fn fastest(runs: usize, mut work: impl FnMut()) -> Duration {
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_with(once).take(runs).min().unwrap()
}

/// Every stage with its speed.
fn measure(reader: &Reader, texts: &[String], runs: usize) -> Vec<(&'static str, f64)> {
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let documents: Vec<Document> = texts.iter().map(|t| document(reader, t)).collect();
    let data = LanguageData::of(documents[0].language);
    let analyses: Vec<Analysis> = documents.iter().map(|d| Analysis::new(d, data)).collect();
    let names: Vec<Vec<Name>> = analyses.iter().map(name::find).collect();
    let read = fastest(runs, || texts.iter().for_each(|t| drop(black_box(document(reader, t)))));
    let analysis = fastest(runs, || documents.iter().for_each(|d| drop(black_box(Analysis::new(d, data)))));
    let model = fastest(runs, || analyses.iter().for_each(|a| predict(a, &[])));
    let analyse = |document| {
        let mut analysis = Analysis::new(document, data);
        black_box(pipeline::names(&mut analysis));
    };
    let both = fastest(runs, || documents.iter().for_each(analyse));
    let naming = fastest(runs, || analyses.iter().for_each(|a| drop(black_box(name::find(a)))));
    let rest = fastest(runs, || analyses.iter().for_each(|a| drop(black_box(mentions(a)))));
    let pairs = || analyses.iter().zip(&names);
    let entities = fastest(runs, || pairs().for_each(|(a, n)| drop(black_box(Resolved::new(a, n)))));
    let mut resolved: Vec<Resolved> = Vec::new();
    let found: Vec<Found> = analyses.iter().map(mentions).collect();
    let claims = (0..runs).map(|_| {
        resolved = pairs().map(|(a, n)| Resolved::new(a, n)).collect();
        let start = Instant::now();
        resolved.iter_mut().zip(&found).for_each(|(r, f)| drop(black_box(claim::find(r, f))));
        start.elapsed()
    });
    let claims = claims.min().unwrap();
    let whole = fastest(runs, || documents.iter().for_each(|d| drop(black_box(extract(d.clone())))));
    let speed = |time: Duration| words as f64 / time.as_secs_f64().max(1e-9);
    vec![
        ("read", speed(read)),
        ("sentences, tokens, words", speed(analysis)),
        ("names by rules", speed(naming)),
        ("tags, trees, names (model)", speed(model)),
        ("all of these", speed(both)),
        ("dates, numbers, quotes", speed(rest)),
        ("entities", speed(entities)),
        ("claims", speed(claims)),
        ("extract (all but read)", speed(whole)),
    ]
}

fn predict(analysis: &Analysis, hints: &[Vec<NameTag>]) {
    let sentences = analysis.syntax.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect());
    let sentences: Vec<Vec<&str>> = sentences.collect();
    black_box(Model::of(analysis.language.language).predict(&sentences, hints));
}

fn mentions(analysis: &Analysis) -> Found {
    let dates = date::find(analysis);
    let numbers = number::find(analysis, &dates);
    Found { quotes: quote::find(analysis), dates, numbers }
}

/// The most memory that the process ever held, in KiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
