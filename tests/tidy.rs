//! Rules of the house, checked on the files of the repository.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, or the file itself, with its path relative to the repository.
fn files(under: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root().join(under)).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.unwrap());
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root()).unwrap().to_owned())
        .collect()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The sources under `src/`, each as path and text.
fn sources() -> Vec<(String, String)> {
    let name = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    files("src").iter().map(|p| (name(p), read(p))).collect()
}

/// A source without its unit tests and comments.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..end].lines();
    lines.filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |code, line| code + line + "\n")
}

fn assert_none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n  {}", faults.join("\n  "));
}

/// Lines of the sources outside `allowed` that `pattern` matches.
fn outside(allowed: &[&str], pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let mut found = Vec::new();
    for (path, text) in sources() {
        if allowed.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let lines = code(&text);
        let hits = lines.lines().filter(|line| pattern.is_match(line));
        found.extend(hits.map(|line| format!("{path}: {}", line.trim())));
    }
    found
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let folders = ["src", "tests", "queries", "ontology", "languages", "docs"];
    let folders = folders.into_iter().chain(["examples", "tools", "benches", "models", "synth", "train", ".ci"]);
    let tops = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Cargo.toml"];
    let registries = ["crates", "pypi", "npmjs", "pythonhosted"].join("|");
    let paths = ["home", "root", "work", "Users"].join("|");
    let forbidden = Regex::new(&format!(r#"\b({registries})\.(io|org|com)\b|(^|["'`\s(=])/({paths})/[a-z]"#)).unwrap();
    let all = folders.filter(|folder| root().join(folder).exists());
    let all = all
        .flat_map(files)
        .chain(tops.map(PathBuf::from))
        .filter(|path| !path.components().any(|part| part.as_os_str() == "target"));
    let mut faults = Vec::new();
    for path in all {
        // Lemma dictionaries are no text.
        let Ok(text) = fs::read_to_string(root().join(&path)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            if forbidden.is_match(line) {
                faults.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert_none(&faults, "paths of one machine and hosts of package registries");
}

#[test]
fn every_question_has_a_title_and_parses() {
    let files = files("queries");
    assert!(files.len() >= 20);
    for path in files {
        let text = read(&path);
        let name = path.display();
        assert!(path.extension().is_some_and(|e| e == "rq"), "{name} is no .rq file");
        assert!(text.starts_with("# title: "), "{name} begins with no title");
        spargebra::SparqlParser::new().parse_query(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .chain(
            files("tests")
                .iter()
                .filter(|p| p.extension().is_some_and(|e| e == "rs"))
                .map(|p| (p.display().to_string(), read(p))),
        )
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert_none(&silent, "a source file begins with //! and its purpose");
}

#[test]
fn only_store_server_and_query_know_oxigraphs_store() {
    let knowing = outside(&["src/store/", "src/server/", "src/query/"], r"oxigraph::store");
    assert_none(&knowing, "src/store has Oxigraph's store; src/query and src/server borrow it");
    let opening = outside(&["src/store/"], r"\bGraphStore::(new|open)|\bBulkLoader\b");
    assert_none(&opening, "only src/store makes and fills Oxigraph's store");
}

#[test]
fn only_the_store_knows_its_file() {
    assert_none(&outside(&["src/store/"], r"\bredb::"), "only src/store uses redb");
}

#[test]
fn only_the_server_knows_http() {
    let pattern = r"\b(axum|tokio)::";
    assert_none(&outside(&["src/server/"], pattern), "only src/server uses axum and tokio");
}

#[test]
fn only_the_command_line_prints() {
    let pattern = r"\b(println|eprintln|print|eprint|dbg)!";
    assert_none(&outside(&["src/cli/"], pattern), "only src/cli prints");
}

#[test]
fn the_stages_know_neither_clock_nor_files_nor_network() {
    let ends = ["src/article/", "src/store/", "src/server/", "src/cli/", "src/query/"];
    // NEWSGRAPH_LANGUAGES: language data read from a folder in place of those built in.
    let allowed: Vec<_> = ends.into_iter().chain(["src/language/read.rs", "src/main.rs"]).collect();
    let pattern = r"\bstd::(fs|net|env|process)\b|\bfs::read|SystemTime|Instant::now|Timestamp::now";
    assert_none(&outside(&allowed, pattern), "clock, files and network");
}

/// Which modules a module may use. Data flows one way; where two modules use each other the
/// reason stands beside it.
const USES: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("panics", &[]),
    ("prefix", &[]),
    ("article", &["language", "text"]),
    ("record", &["article", "text"]),
    // Phrases of the data are cut into words as texts are, and names folded as entities' are.
    ("language", &["analysis", "entity", "record"]),
    ("ontology", &["record"]),
    ("analysis", &["article", "language", "record", "text"]),
    ("mention", &["analysis", "language", "record", "text"]),
    ("entity", &["analysis", "language", "mention", "record", "text"]),
    ("claim", &["analysis", "entity", "language", "mention", "ontology", "record", "text"]),
    ("fusion", &["entity", "language", "ontology", "record"]),
    // GraphOptions stand in pipeline, where users of the library look for them.
    ("graph", &["fusion", "ontology", "pipeline", "record", "text"]),
    ("pipeline", &["analysis", "article", "claim", "entity", "fusion", "graph", "language", "mention", "record"]),
    // The graph of annotated articles is made as users' graphs are, by pipeline.
    ("score", &["analysis", "graph", "language", "ontology", "pipeline", "record", "text"]),
    ("store", &["graph", "panics", "pipeline", "record"]),
    ("export", &["prefix"]),
    ("query", &["export", "prefix"]),
    ("server", &["prefix", "query"]),
];

/// The modules that a source uses by `crate::…`.
fn used(code: &str) -> BTreeSet<String> {
    let single = Regex::new(r"\bcrate::(\w+)").unwrap();
    let group = Regex::new(r"\bcrate::\{([^;]*)\};").unwrap();
    let item = Regex::new(r"(?:^|,)\s*(\w+)").unwrap();
    let nested = Regex::new(r"\{[^{}]*\}").unwrap();
    let mut used: BTreeSet<_> = single.captures_iter(code).map(|c| c[1].to_owned()).collect();
    for list in group.captures_iter(code) {
        let flat = nested.replace_all(&list[1], "");
        used.extend(item.captures_iter(&flat).map(|c| c[1].to_owned()));
    }
    used
}

#[test]
fn data_flows_one_way() {
    let allowed: BTreeMap<_, _> = USES.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let module = path.trim_start_matches("src/").split('/').next().unwrap();
        let module = module.trim_end_matches(".rs");
        if matches!(module, "main" | "lib" | "cli") {
            continue;
        }
        let Some(may) = allowed.get(module) else {
            faults.push(format!("{path}: the module has no line in USES"));
            continue;
        };
        for other in used(&code(&text)) {
            if other != module && !may.contains(&other.as_str()) {
                faults.push(format!("{path} uses {other}"));
            }
        }
    }
    assert_none(&faults, "a module uses only those before it in the flow (USES)");
}

/// Words between back ticks and targets of links that look like paths.
fn paths_in(markdown: &str) -> BTreeSet<String> {
    let quoted = Regex::new(r"`([^`\s]+)`|\]\(([^)#\s]+)[^)]*\)").unwrap();
    let path = Regex::new(r"^[\w.-]+(/[\w.{},*-]+)*/?$").unwrap();
    let file = Regex::new(r"(\.(rs|md|toml|rq|ttl|py|fst|txt|tsv|suffixes|trig)|^LICENSE-\w+|^\.ci/run)$").unwrap();
    let found = quoted.captures_iter(markdown);
    found
        .filter_map(|c| c.get(1).or(c.get(2)).map(|m| m.as_str().to_owned()))
        .filter(|p| path.is_match(p) && (file.is_match(p) || p.contains('/') && in_repository(p)))
        .collect()
}

/// Whether a path begins with a folder of the repository, so that it must be one.
fn in_repository(path: &str) -> bool {
    let first = path.split('/').next().unwrap();
    let folders =
        ["src", "tests", "queries", "ontology", "languages", "docs", "examples", "tools", "models", "benches", ".ci"];
    folders.contains(&first)
}

/// `{a,b}` spelled out, each `*` left.
fn spelled_out(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let (choices, after) = rest.split_once('}').unwrap_or((rest, ""));
    choices.split(',').flat_map(|choice| spelled_out(&format!("{before}{choice}{after}"))).collect()
}

/// Whether some file or folder has this path, where `*` is any one name or part of a name.
fn exists(path: &str) -> bool {
    if !path.contains('*') {
        return root().join(path).exists();
    }
    let pattern = regex::escape(path.trim_end_matches('/')).replace(r"\*", "[^/]*");
    let pattern = Regex::new(&format!("^{pattern}$")).unwrap();
    let top = path.split('/').next().unwrap();
    let names = |p: &Path| {
        let ups = p.ancestors().map(|a| a.to_string_lossy().into_owned());
        ups.collect::<Vec<_>>()
    };
    let all = files(if top.contains('*') { "src" } else { top });
    all.iter().any(|p| names(p).iter().any(|n| pattern.is_match(n)))
}

/// Files that running the program makes; `NAME` in a path stands for any name.
const ELSEWHERE: &[&str] = &["articles.redb", "denial.txt", "graph.ttl"];

#[test]
fn the_guides_name_files_that_exist() {
    let guides = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/decisions.md",
        "docs/gold.md",
        "docs/scale.md",
    ];
    let mut faults = Vec::new();
    for guide in guides {
        let text = read(guide);
        let mut paths = paths_in(&text);
        paths.retain(|p| !ELSEWHERE.contains(&p.as_str()) && !p.contains("NAME"));
        assert!(!paths.is_empty(), "{guide} names no file");
        for path in paths.iter().flat_map(|p| spelled_out(p)) {
            let beside = Path::new(guide).parent().unwrap().join(&path);
            if !exists(&path) && !exists(&beside.to_string_lossy()) {
                faults.push(format!("{guide}: {path}"));
            }
        }
    }
    assert_none(&faults, "files that the guides name and that are not there");
}

#[test]
fn architecture_has_a_line_for_every_module() {
    let text = read("ARCHITECTURE.md");
    let mut missing = Vec::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let slash = if entry.path().is_dir() { "/" } else { "" };
        let name = format!("`src/{}{slash}`", entry.file_name().to_string_lossy());
        if !text.contains(&name) {
            missing.push(name);
        }
    }
    assert_none(&missing, "modules without a line in ARCHITECTURE.md");
}

#[test]
fn the_tests_that_hold_invariants_exist() {
    let text = read("ARCHITECTURE.md");
    let named = Regex::new(r"`((?:tests|src)/[\w/]+\.rs)::(\w+)`").unwrap();
    let invariants = text.matches("**Architecture Invariant:**").count();
    let tests: Vec<_> = named.captures_iter(&text).collect();
    assert!(invariants >= 6 && tests.len() >= invariants);
    for test in tests {
        let function = format!("fn {}(", &test[2]);
        assert!(read(&test[1]).contains(&function), "{} has no {function})", &test[1]);
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let decisions = read("docs/decisions.md");
    let mut silent = Vec::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let names = manifest.get(section).and_then(toml::Value::as_table);
        for name in names.into_iter().flat_map(|table| table.keys()) {
            if !decisions.contains(&format!("| `{name}` |")) {
                silent.push(name.clone());
            }
        }
    }
    assert_none(&silent, "dependencies without a line in docs/decisions.md (| `name` | …)");
}

#[test]
fn every_language_has_the_same_files() {
    let names = |code: &str| -> BTreeSet<String> {
        let own = files(&format!("languages/{code}"));
        let kept = own.iter().filter(|p| !p.to_string_lossy().contains("relations"));
        let kept = kept.filter(|p| p.extension().is_some_and(|e| e == "toml"));
        kept.map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let english = names("en");
    assert!(english.len() >= 10);
    for code in ["de", "fr", "id"] {
        assert_eq!(names(code), english, "languages/{code}");
    }
}

/// Words that say something in a language and nothing in Rust or RDF.
#[test]
fn no_word_of_a_language_stands_in_the_stages() {
    let stages = ["analysis", "mention", "entity", "claim", "fusion"];
    let literal = Regex::new(r#""((?:[^"\\\n]|\\.)*)""#).unwrap();
    let words = speech_verbs();
    assert!(words.len() > 200);
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if !stages.iter().any(|s| path.starts_with(&format!("src/{s}/"))) {
            continue;
        }
        for found in literal.captures_iter(&code(&text)) {
            if words.contains(&found[1]) {
                faults.push(format!("{path}: \"{}\"", &found[1]));
            }
        }
    }
    assert_none(&faults, "words of a language belong in languages/");
}

/// The verbs of saying of all languages: lists of words that found their way into code had these.
fn speech_verbs() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for code in ["de", "en", "fr", "id"] {
        let speech: toml::Table = read(format!("languages/{code}/speech.toml")).parse().unwrap();
        let verbs = speech["verbs"].as_array().unwrap();
        words.extend(verbs.iter().map(|v| v.as_str().unwrap().to_owned()));
    }
    words
}
