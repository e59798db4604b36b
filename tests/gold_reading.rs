//! Language and furniture measured on annotated articles, where they are at hand.

use newsgraph::article::{Document, Options, Reader};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// An article and its annotations.
fn cases() -> Vec<(PathBuf, Document, Value)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let reader = Reader::new(Options::default()).unwrap();
    let mut cases = Vec::new();
    for set in ["seeds", "dev"] {
        let Ok(files) = fs::read_dir(shared.join("gold").join(set)) else {
            continue;
        };
        for gold in files.map(|file| file.unwrap().path()) {
            let name = gold.with_extension("txt");
            let article = shared.join("articles").join(set).join(name.file_name().unwrap());
            let document = reader.documents(&[&article]).next().unwrap().unwrap();
            let gold = serde_json::from_slice(&fs::read(&gold).unwrap()).unwrap();
            cases.push((article, document, gold));
        }
    }
    if cases.is_empty() {
        eprintln!("skipped: no annotated articles in {}", shared.display());
    }
    cases
}

/// Every value of the key `evidence`, at any depth.
fn evidence<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| evidence(item, found)),
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("evidence", Value::String(words)) => found.push(words),
                    _ => evidence(value, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn languages_are_told() {
    for (path, document, gold) in cases() {
        assert_eq!(document.language.code(), gold["language"], "{}", path.display());
    }
}

#[test]
fn furniture_is_found_and_evidence_is_none() {
    let (mut all, mut covered, mut proofs) = (0, 0, 0);
    for (path, document, gold) in cases() {
        let text = &document.text;
        let inside = |at: usize, end: usize| document.furniture.iter().any(|f| f.start <= at && end <= f.end);
        for words in gold["noise"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let hit = text.match_indices(words).any(|(at, _)| inside(at, at + 1));
            all += 1;
            covered += usize::from(hit);
            if !hit {
                eprintln!("{}: not found: {words}", path.display());
            }
        }
        let mut found = Vec::new();
        evidence(&gold, &mut found);
        for words in found {
            let free = text
                .match_indices(words)
                .any(|(at, hit)| document.furniture.iter().all(|f| f.end <= at || at + hit.len() <= f.start));
            assert!(free || !text.contains(words), "{}: in furniture: {words}", path.display());
            proofs += 1;
        }
    }
    eprintln!("furniture: {covered} of {all} stretches found; {proofs} evidence strings all free of it");
    assert!(covered * 10 >= all * 9, "{covered} of {all}");
}
