//! The commands of the README run, one after another in one folder, and print what it shows.
//!
//! `UPDATE_README=1 cargo test --release --test readme` writes what they print into the README.
#![cfg(unix)]

use regex::Regex;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
/// Blocks that begin so are run: a shell command after `$ `, then what it prints.
const OPEN: &str = "```console";
const CLOSE: &str = "```";

/// A folder with the examples, as a clone of the repository has them.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::os::unix::fs::symlink(examples, dir.path().join("examples")).unwrap();
    dir
}

/// What a command line prints on both streams, the program found on the path.
fn run(line: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_newsgraph")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{line}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.display()))
        .env_remove("NEWSGRAPH_LANGUAGES")
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The README with what its commands print now.
fn rewritten(readme: &str) -> String {
    let folder = folder();
    let mut out = String::new();
    let mut inside = false;
    for line in readme.lines() {
        match (inside, line) {
            (false, OPEN) => inside = true,
            (true, CLOSE) => inside = false,
            _ => {}
        }
        let command = line.strip_prefix("$ ").filter(|_| inside);
        if let Some(command) = command {
            out += &format!("{line}\n{}", run(command, folder.path()));
        } else if !inside || line == OPEN {
            out += &format!("{line}\n");
        }
    }
    out
}

/// Times differ from run to run.
fn without_times(text: &str) -> String {
    let time = Regex::new(r"\b\d+\.\d s\b").unwrap();
    time.replace_all(text, "N s").into_owned()
}

/// Lines that differ from the README in their time alone, as the README has them.
fn with_times_of(shown: &str, printed: &str) -> String {
    let old: HashMap<_, _> = shown.lines().map(|l| (without_times(l), l)).collect();
    let kept = printed.lines().map(|line| *old.get(&without_times(line)).unwrap_or(&line));
    kept.fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_commands_print_what_the_readme_shows() {
    let shown = fs::read_to_string(README).unwrap();
    let printed = rewritten(&shown);
    assert!(shown.matches("\n$ newsgraph ").count() >= 6);
    if without_times(&shown) == without_times(&printed) {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        return fs::write(README, with_times_of(&shown, &printed)).unwrap();
    }
    let pairs = shown.lines().zip(printed.lines()).enumerate();
    let first = pairs
        .filter(|(_, (a, b))| without_times(a) != without_times(b))
        .map(|(i, (a, b))| format!("line {}:\n  README:  {a}\n  printed: {b}", i + 1))
        .next();
    panic!(
        "the README shows what the program no longer prints; if the new output is right, run \
         UPDATE_README=1 cargo test --release --test readme\n{}",
        first.unwrap_or_default()
    );
}

/// A table without rows shows a reader nothing.
#[test]
fn no_table_of_the_readme_is_empty() {
    let readme = fs::read_to_string(README).unwrap();
    assert!(!readme.contains("╡\n└"), "the README shows an empty table");
}

/// `.ci/run` runs the one test command that the README names.
#[test]
fn ci_runs_the_readmes_test_command() {
    let readme = fs::read_to_string(README).unwrap();
    let ci = fs::read_to_string(Path::new(README).with_file_name(".ci/run")).unwrap();
    let tests: Vec<_> = readme.lines().filter(|l| l.starts_with("cargo test")).collect();
    let [command] = tests[..] else { panic!("the README has {} test commands", tests.len()) };
    assert!(ci.contains(command), ".ci/run does not run: {command}");
}

/// The first screen: at most two sentences, then commands.
#[test]
fn the_readme_opens_with_commands() {
    let readme = fs::read_to_string(README).unwrap();
    let (opening, _) = readme.split_once("```").unwrap();
    let prose: Vec<_> = opening.lines().filter(|l| !l.starts_with('#')).collect();
    let sentences = prose.join(" ").matches(". ").count() + 1;
    assert!(sentences <= 3 && opening.len() < 600, "{opening}");
}
