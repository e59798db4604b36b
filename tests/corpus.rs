//! The project's own annotated texts (`corpus/`), scored against the floors of `tests/floors-corpus.toml`.
//!
//! `newsgraph score --verbose corpus/fr` lists what is missed and what is wrong in a language.

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use toml::Table;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What `newsgraph score` says of a language's texts, none of whose annotations may be faulty.
fn scores(language: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_newsgraph"))
        .args(["score", "--format", "json"])
        .arg(Path::new(ROOT).join("corpus").join(language))
        .env_remove("NEWSGRAPH_LANGUAGES")
        .output()
        .unwrap();
    assert!(output.status.success(), "{language}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn scores_fall_below_no_floor() {
    let floors: Table = include_str!("floors-corpus.toml").parse().unwrap();
    let mut fallen = Vec::new();
    for (language, floors) in &floors {
        let report = scores(language);
        for (track, floor) in floors.as_table().unwrap() {
            let floor = floor.as_float().unwrap();
            let value = if track == "graph_score" { &report[track] } else { &report[track]["f1"] };
            let score = value.as_f64().unwrap_or_else(|| panic!("{language}: the report has no {track}"));
            println!("{language} {track} {score:.3}, floor {floor}");
            if score < floor - 1e-9 {
                fallen.push(format!("{language} {track} is {score:.3}, its floor {floor}"));
            }
        }
        assert_eq!(report["evidence"]["wrong"], 0, "{language}");
    }
    assert_eq!(floors.len(), 4, "every language has floors");
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
