//! The command line: what goes to which stream, exit codes, errors of one line, help that teaches.

mod common;

use common::{newsgraph, sha256, write_articles};
use newsgraph::store::{OpenMode, Store};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tempfile::TempDir;

const TEXT: &str = "Halden Robotics was fined $5 million on Monday.\n\n\
    The regulator in Oslo said that the company had misled its customers for several years.\n";

struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in a folder, where a store left out is `newsgraph-data/`.
fn run_in(folder: &Path, args: &[&str]) -> Run {
    let mut command = newsgraph(args);
    let output = command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    seen(output.output().unwrap())
}

fn seen(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Run { code, out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with `in/` of `count` articles.
fn folder(count: usize) -> TempDir {
    let dir = TempDir::new().unwrap();
    write_articles(&dir.path().join("in"), count, 7);
    dir
}

fn build(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, &[&["build"], args].concat())
}

/// The command failed with this code and one line that says so.
fn assert_fails(run: &Run, code: i32, parts: &[&str]) {
    assert_eq!(run.code, code, "{}", run.err);
    assert_eq!(run.out, "");
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.starts_with("newsgraph: "), "{}", run.err);
    for part in parts {
        assert!(run.err.contains(part), "{part} not in: {}", run.err);
    }
}

// ---- help and usage ------------------------------------------------------------------------

#[test]
fn help_of_the_program_has_examples_and_exit_codes() {
    let run = run_in(Path::new("."), &["--help"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for part in ["Examples:", "newsgraph build articles/", "Exit codes:", "  3  the store"] {
        assert!(run.out.contains(part), "{part}");
    }
}

#[test]
fn help_of_every_command_has_examples() {
    for command in ["build", "stats", "forget", "explain", "score"] {
        let run = run_in(Path::new("."), &[command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("Examples:\n  newsgraph "), "{command}");
        // `score` makes its graphs in memory.
        assert_eq!(run.out.contains("--store <DIR>"), command != "score", "{command}");
        assert!(run.out.contains(&format!("newsgraph {command}")), "{command}");
    }
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    let wrong: [&[&str]; 8] = [
        &[],
        &["bild"],
        &["build"],
        &["build", "--language", "xx", "in"],
        &["build", "--base", "not an iri", "in"],
        &["build", "--base", "https://example.org/x", "in"],
        &["build", "--quiet", "--verbose", "in"],
        &["explain"],
    ];
    for args in wrong {
        let run = run_in(Path::new("."), args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains("Usage") || run.err.contains("--help"), "{args:?}: {}", run.err);
    }
}

// ---- build ---------------------------------------------------------------------------------

#[test]
fn build_writes_to_the_store_and_nothing_to_stdout() {
    let dir = folder(3);
    let run = build(dir.path(), &["in"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.starts_with("newsgraph: 3 new, 0 unchanged, 0 replaced, 0 bad; 3 articles in "));
    assert_eq!(run.err.lines().count(), 1);
    let run = build(dir.path(), &["in"]);
    assert!(run.err.starts_with("newsgraph: 0 new, 3 unchanged,"));
}

#[test]
fn quiet_says_nothing_and_verbose_names_every_article() {
    let dir = folder(3);
    let run = build(dir.path(), &["--quiet", "in"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = build(dir.path(), &["--verbose", "--store", "other", "in"]);
    let written: Vec<_> = run.err.lines().filter(|line| line.starts_with("written ")).collect();
    assert_eq!((run.out.as_str(), written.len()), ("", 3));
    let file = dir.path().join("in/article-000.txt");
    let id = &sha256(&fs::read(&file).unwrap())[..16];
    assert!(written.contains(&format!("written {id} {}", file.display()).as_str()), "{written:?}");
}

#[test]
fn bad_inputs_are_named_and_the_rest_is_built() {
    let dir = folder(2);
    fs::write(dir.path().join("in/empty.txt"), "").unwrap();
    fs::write(dir.path().join("in/binary.txt"), [0, 159, 146, 150, 0, 0, 1]).unwrap();
    let run = build(dir.path(), &["in", "missing.txt"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let bad: Vec<_> = run.err.lines().filter(|l| l.starts_with("newsgraph: bad input: ")).collect();
    assert_eq!(bad.len(), 3, "{}", run.err);
    for place in ["empty.txt: ", "binary.txt: ", "missing.txt: "] {
        assert!(bad.iter().any(|line| line.contains(place)), "{place}");
    }
    assert!(run.err.contains("2 new, 0 unchanged, 0 replaced, 3 bad; 2 articles"), "{}", run.err);
    assert!(build(dir.path(), &["--quiet", "in"]).err.lines().count() == 2);
}

#[test]
fn standard_input_is_an_article() {
    let dir = TempDir::new().unwrap();
    let mut command = newsgraph(&["build", "--verbose", "-"]);
    command.current_dir(dir.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(TEXT.as_bytes()).unwrap();
    let run = seen(child.wait_with_output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.starts_with(&format!("written {} ", &sha256(TEXT.as_bytes())[..16])));
}

#[test]
fn json_lines_are_articles_and_a_bad_line_is_named() {
    let dir = TempDir::new().unwrap();
    let line = |n| format!("{{\"text\": \"{}\", \"url\": \"https://example.org/{n}\"}}\n", TEXT.escape_debug());
    let lines = format!("{}{{broken\n{}", line(1), line(2));
    fs::write(dir.path().join("crawl.jsonl"), lines).unwrap();
    let run = build(dir.path(), &["crawl.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("newsgraph: bad input: crawl.jsonl:2: "), "{}", run.err);
    assert!(run.err.contains("2 new"), "{}", run.err);
    let run = run_in(dir.path(), &["forget", "https://example.org/2"]);
    assert_eq!((run.code, run.out.lines().count()), (0, 1));
    let run = run_in(dir.path(), &["forget", "crawl.jsonl"]);
    assert_eq!((run.code, run.out.lines().count()), (0, 1));
}

#[test]
fn order_of_inputs_does_not_show() {
    let dir = folder(8);
    let paths: Vec<String> = (0..8).map(|n| format!("in/article-{n:03}.txt")).collect();
    let forward: Vec<&str> = paths.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    build(dir.path(), &[&["--store", "one"], forward.as_slice()].concat());
    build(dir.path(), &[&["--store", "two"], backward.as_slice()].concat());
    let dump = |store: &str| {
        let store = Store::open(dir.path().join(store), OpenMode::READ).unwrap();
        let quads = store.quads(&store.options().unwrap()).unwrap();
        (store.records().unwrap(), quads)
    };
    assert_eq!(dump("one"), dump("two"));
    assert_eq!(dump("one").0.len(), 8);
}

#[test]
fn options_stay_with_the_store() {
    let dir = folder(1);
    build(dir.path(), &["--base", "https://example.org/kg/", "--no-article-body", "in"]);
    build(dir.path(), &["in"]);
    let options = || {
        let store = Store::open(dir.path().join("newsgraph-data"), OpenMode::READ).unwrap();
        let options = store.options().unwrap();
        (options.base, options.article_body)
    };
    assert_eq!(options(), ("https://example.org/kg/".to_owned(), false));
    build(dir.path(), &["--article-body", "in"]);
    assert!(options().1);
}

#[test]
fn what_is_less_certain_than_asked_for_is_left_out() {
    let dir = folder(1);
    build(dir.path(), &["in"]);
    let confidences = || -> Vec<f64> {
        let query =
            "PREFIX ng: <https://w3id.org/newsgraph/ontology#> SELECT ?c WHERE { GRAPH ?g { ?x ng:confidence ?c } }";
        let seen = run_in(dir.path(), &["query", "--format", "csv", query]);
        seen.out.lines().skip(1).map(|l| l.trim().parse().unwrap()).collect()
    };
    let all = confidences();
    let middle = all.iter().copied().fold(0.0, f64::max);
    assert!(all.iter().any(|c| *c < middle), "{all:?}");
    build(dir.path(), &["--min-confidence", &middle.to_string(), "in"]);
    let certain = confidences();
    assert!(!certain.is_empty() && certain.len() < all.len(), "{certain:?} of {all:?}");
    assert!(certain.iter().all(|c| *c >= middle), "{certain:?}");
    build(dir.path(), &["--min-confidence", "0", "in"]);
    assert_eq!(confidences().len(), all.len());
    let wrong = build(dir.path(), &["--min-confidence", "7", "in"]);
    assert!(wrong.code == 2 && wrong.err.contains("between 0 and 1"), "{}", wrong.err);
}

#[test]
fn the_language_can_be_given() {
    let dir = folder(1);
    build(dir.path(), &["--language", "fr", "in"]);
    let store = Store::open(dir.path().join("newsgraph-data"), OpenMode::READ).unwrap();
    assert_eq!(store.records().unwrap()[0].document.language.code(), "fr");
}

// ---- the store -----------------------------------------------------------------------------

#[test]
fn errors_of_the_store_are_one_line_and_exit_with_3() {
    let dir = folder(1);
    for args in [&["stats"][..], &["forget", "x"], &["explain", "x"]] {
        assert_fails(&run_in(dir.path(), args), 3, &["no store: newsgraph-data: "]);
    }
    assert_fails(&build(dir.path(), &["--store", "in", "in"]), 3, &["not a newsgraph store: in: "]);
    let file = "in/article-000.txt";
    assert_fails(&build(dir.path(), &["--store", file, "in"]), 3, &["not a newsgraph store", file]);
    build(dir.path(), &["in"]);
    fs::write(dir.path().join("newsgraph-data/articles.redb"), "x".repeat(9999)).unwrap();
    assert_fails(&run_in(dir.path(), &["stats"]), 3, &["damaged store", "articles.redb"]);
}

#[test]
fn a_flipped_bit_gives_one_line_whatever_it_hits() {
    let dir = folder(3);
    build(dir.path(), &["in"]);
    let file = dir.path().join("newsgraph-data/articles.redb");
    let bytes = fs::read(&file).unwrap();
    for n in 0..12_usize {
        let mut bad = bytes.clone();
        bad[n * 613 % 8192] ^= 0x55;
        fs::write(&file, bad).unwrap();
        let run = run_in(dir.path(), &["stats"]);
        if run.code != 0 {
            assert_fails(&run, 3, &["newsgraph-data"]);
        }
    }
}

#[test]
fn a_store_in_use_is_refused_or_waited_for() {
    let dir = folder(1);
    build(dir.path(), &["in"]);
    let path = dir.path().join("newsgraph-data");
    let writer = Store::open(&path, OpenMode::WRITE).unwrap();
    assert_fails(&build(dir.path(), &["in"]), 3, &["in use", "newsgraph-data", "--wait"]);
    assert_fails(&run_in(dir.path(), &["stats", "--wait=1"]), 3, &["in use"]);
    let waiting = newsgraph(&["build", "--wait", "in"]).current_dir(dir.path()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    drop(writer);
    assert!(waiting.wait_with_output().unwrap().status.success());
}

#[test]
fn builds_at_the_same_time_take_turns_and_lose_nothing() {
    let dir = folder(12);
    let builds: Vec<_> = (0..4)
        .map(|n| {
            let files: Vec<_> = (n * 3..n * 3 + 3).map(|n| format!("in/article-{n:03}.txt")).collect();
            let mut command = newsgraph(&["build", "--quiet", "--wait"]);
            command.args(files).current_dir(dir.path()).spawn().unwrap()
        })
        .collect();
    for mut build in builds {
        assert!(build.wait().unwrap().success());
    }
    let store = Store::open(dir.path().join("newsgraph-data"), OpenMode::READ).unwrap();
    assert_eq!(store.len().unwrap(), 12);
}

// ---- stats, forget, explain ----------------------------------------------------------------

#[test]
fn stats_are_a_table_or_json() {
    let dir = folder(3);
    build(dir.path(), &["in"]);
    let run = run_in(dir.path(), &["stats"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("articles                             3\n"), "{}", run.out);
    let run = run_in(dir.path(), &["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(stats["articles"], 3);
}

#[test]
fn forget_says_what_it_removed_and_refuses_what_it_does_not_know() {
    let dir = folder(3);
    build(dir.path(), &["in"]);
    let run = run_in(dir.path(), &["forget", "in/article-001.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let id = sha256(&fs::read(dir.path().join("in/article-001.txt")).unwrap())[..16].to_owned();
    assert!(run.out.starts_with(&format!("forgotten\t{id}\t")), "{}", run.out);
    let run = run_in(dir.path(), &["forget", "in/article-000.txt", "in/article-001.txt"]);
    assert_fails(&run, 1, &["no such article: in/article-001.txt"]);
    let store = Store::open(dir.path().join("newsgraph-data"), OpenMode::READ).unwrap();
    assert_eq!(store.len().unwrap(), 2);
}

#[test]
fn forgetting_undoes_a_build() {
    let dir = folder(3);
    let dump = |store: &Path| {
        let store = Store::open(store, OpenMode::READ).unwrap();
        (store.records().unwrap(), store.quads(&store.options().unwrap()).unwrap())
    };
    let store: PathBuf = dir.path().join("newsgraph-data");
    build(dir.path(), &["in/article-000.txt"]);
    let before = dump(&store);
    build(dir.path(), &["in"]);
    run_in(dir.path(), &["forget", "in/article-001.txt", "in/article-002.txt"]);
    assert_eq!(dump(&store), before);
}

#[test]
fn explaining_nothing_exits_with_1() {
    let dir = folder(1);
    build(dir.path(), &["in"]);
    let run = run_in(dir.path(), &["explain", "No Such Thing"]);
    assert_fails(&run, 1, &["nothing of that name: No Such Thing"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let dir = folder(1);
    build(dir.path(), &["in"]);
    let mut command = newsgraph(&["stats"]);
    command.current_dir(dir.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let run = seen(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}
