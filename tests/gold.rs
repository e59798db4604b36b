//! Accuracy on annotated articles, where they are at hand, against the floors of
//! `tests/floors-gold.toml`; and the time that a small build takes.
//!
//! `cargo test --release --test gold -- --nocapture` prints the scores.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use toml::Table;

const PROGRAM: &str = env!("CARGO_BIN_EXE_newsgraph");

/// The folder with `gold/` and `articles/`, if it is there.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let there = ["gold", "articles"].iter().all(|folder| shared.join(folder).is_dir());
    if !there {
        eprintln!("skipped: no annotated articles in ../shared");
    }
    there.then_some(shared)
}

/// What `newsgraph score` says of a set.
fn scores(shared: &Path, set: &str) -> Value {
    let output = Command::new(PROGRAM)
        .args(["score", "--format", "json"])
        .args(["gold", "articles"].map(|folder| shared.join(folder).join(set)))
        .env_remove("NEWSGRAPH_LANGUAGES")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{set}: {errors}");
    println!("{set}\n{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A value of the report by its path: `typed.f1`, `merging.shared_f1`, `graph_score`.
fn at<'a>(report: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(report, |value, key| value.get(key))
}

/// Every floor of a table as `path` and number.
fn floors(table: &Table, before: &str, found: &mut Vec<(String, f64)>) {
    for (key, value) in table {
        let path = format!("{before}{key}");
        match value.as_float().or(value.as_integer().map(|n| n as f64)) {
            Some(floor) => found.push((path, floor)),
            None => floors(value.as_table().unwrap(), &format!("{path}."), found),
        }
    }
}

/// Scores fall below no floor, and no span is wrong or missing.
fn check(set: &str, report: &Value) {
    let all: Table = include_str!("floors-gold.toml").parse().unwrap();
    let mut wanted = Vec::new();
    floors(all[set].as_table().unwrap(), "", &mut wanted);
    assert!(!wanted.is_empty(), "{set} has no floors");
    let mut fallen = Vec::new();
    for (path, floor) in wanted {
        let score = at(report, &path).and_then(Value::as_f64);
        let score = score.unwrap_or_else(|| panic!("{set}: the report has no {path}"));
        // 18/25 is a little less than 0.72 in binary.
        if score < floor - 1e-9 {
            fallen.push(format!("{set}: {path} is {score:.3}, its floor {floor}"));
        }
    }
    for key in ["evidence.wrong", "evidence.without"] {
        assert_eq!(at(report, key).and_then(Value::as_u64), Some(0), "{set}: {key}");
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// The scores as the README shows them.
fn table(seeds: &Value, dev: &Value) -> String {
    let number = |report: &Value, path: &str| match at(report, path).and_then(Value::as_f64) {
        Some(score) => format!("{score:.2}"),
        None => String::new(),
    };
    let mut table = "| | seeds | dev | dev: precision | recall | en | fr | de | id |\n".to_owned();
    table += "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    let tracks = ["entities", "typed", "relations", "events", "quantities", "quotations", "merging"];
    for track in tracks {
        let score = |report, key: &str| number(report, &format!("{track}.{key}"));
        let mut cells = vec![track.to_owned(), score(seeds, "f1")];
        cells.extend(["f1", "p", "r", "en", "fr", "de", "id"].map(|key| score(dev, key)));
        table += &format!("| {} |\n", cells.join(" | "));
    }
    table
}

/// Writes the scores into the README, between its marks.
fn show(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (open, close) = ("<!-- figures -->\n", "<!-- /figures -->");
    let (before, rest) = readme.split_once(open).unwrap();
    let (_, after) = rest.split_once(close).unwrap();
    fs::write(path, format!("{before}{open}{table}{close}{after}")).unwrap();
}

/// Builds all articles of a folder into a fresh store.
fn build(articles: &Path) -> Duration {
    let dir = TempDir::new().unwrap();
    let start = Instant::now();
    let output = Command::new(PROGRAM)
        .args(["build", "--quiet", "--store"])
        .arg(dir.path().join("store"))
        .arg(articles)
        .env_remove("NEWSGRAPH_LANGUAGES")
        .output()
        .unwrap();
    let time = start.elapsed();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    time
}

/// After the scores, so that nothing else of this file runs beside it.
fn five_articles_take_less_than_a_second(shared: &Path) {
    if cfg!(debug_assertions) {
        return eprintln!("skipped: the time of a build counts in release builds alone");
    }
    let times: Vec<_> = (0..5).map(|_| build(&shared.join("articles/seeds"))).collect();
    let best = times.iter().min().unwrap();
    println!("five articles: {} ms", best.as_millis());
    assert!(*best < Duration::from_secs(1), "{times:?}");
}

#[test]
fn scores_and_time_keep_their_bounds() {
    let Some(shared) = shared() else { return };
    let [seeds, dev] = ["seeds", "dev"].map(|set| scores(&shared, set));
    if std::env::var_os("UPDATE_README").is_some() {
        show(&table(&seeds, &dev));
    }
    check("seeds", &seeds);
    check("dev", &dev);
    five_articles_take_less_than_a_second(&shared);
}
