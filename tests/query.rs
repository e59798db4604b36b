//! Queries and the named questions over the fixture.

mod support;

use newsgraph::query::{self, Cells, Dataset, Format, Labels, QueryError, Question, Questions, Style};
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use support::{FIXTURE, fixture_store, newsgraph, prefixes};

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/questions.txt");

/// Each block of `questions.txt` is `> name key=value …` and the rows that people see.
/// To rewrite it after a change that was looked at: `NEWSGRAPH_BLESS=1 cargo test --test query`.
#[test]
fn every_question_gives_the_expected_rows() {
    let (store, questions) = (fixture_store(), Questions::embedded().unwrap());
    let expected = std::fs::read_to_string(EXPECTED).unwrap();
    let mut actual = String::new();
    let mut asked = BTreeSet::new();
    for line in expected.lines().filter_map(|line| line.strip_prefix("> ")) {
        let (name, arguments) = line.split_once(' ').unwrap_or((line, ""));
        asked.insert(name.to_owned());
        writeln!(actual, "> {line}").unwrap();
        for row in ask(&store, questions.get(name).unwrap(), arguments) {
            writeln!(actual, "{row}").unwrap();
        }
        actual.push('\n');
    }
    if std::env::var_os("NEWSGRAPH_BLESS").is_some() {
        std::fs::write(EXPECTED, &actual).unwrap();
    }
    similar(&expected, &actual);
    let all: BTreeSet<_> = questions.iter().map(|q| q.name.clone()).collect();
    assert_eq!(asked, all, "every question has a block in questions.txt");
}

fn similar(expected: &str, actual: &str) {
    let differing = expected.lines().zip(actual.lines()).find(|(a, b)| a != b);
    assert_eq!(differing, None, "the first line that differs (expected, actual)");
    assert_eq!(expected.lines().count(), actual.lines().count());
}

/// Arguments are `key=value` split at ` & `.
fn ask(store: &Store, question: &Question, arguments: &str) -> Vec<String> {
    let values: BTreeMap<String, String> = arguments
        .split(" & ")
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let query = query::bind(store, question, &values, &prefixes()).unwrap();
    let results = query::evaluate(store, query, &Dataset::Fused, &CancellationToken::new()).unwrap();
    let QueryResults::Solutions(rows) = results else { panic!("{}: no rows", question.name) };
    let (prefixes, labels) = (prefixes(), Labels::of(store, "en").unwrap());
    let style = Style { prefixes: &prefixes, labels: Some(&labels), width: None };
    Cells::of(rows, &style).unwrap().rows.iter().map(|row| row.join(" | ")).collect()
}

#[test]
fn questions_are_whole_queries_without_our_prefixes() {
    for question in Questions::embedded().unwrap().iter() {
        spargebra::SparqlParser::new()
            .parse_query(&question.text)
            .unwrap_or_else(|error| panic!("{}: {error}", question.name));
        assert!(!question.title.is_empty() && !question.description.is_empty());
        assert!(question.parameters.iter().all(|p| !p.description.is_empty()));
    }
}

#[test]
fn parameters_are_terms_and_never_sparql() {
    let store = fixture_store();
    let questions = Questions::embedded().unwrap();
    let bind = |name: &str, key: &str, value: &str| {
        let values = BTreeMap::from([(key.to_owned(), value.to_owned())]);
        query::bind(&store, questions.get(name).unwrap(), &values, &prefixes())
    };
    for evil in ["} DROP ALL {", "\"", "x\" } UNION { ?s ?p ?o", "\\", "?company", "UNDEF"] {
        bind("owners", "company", evil).unwrap_err();
        let rows = ask(&store, questions.get("sources").unwrap(), &format!("by={evil}"));
        assert_eq!(rows, Vec::<String>::new());
    }
    let error = |name, key, value| bind(name, key, value).unwrap_err().to_string();
    assert_eq!(error("owners", "company", "Harbor IT"), "nothing in the graph is called \"Harbor IT\"");
    assert_eq!(
        error("owners", "company", "harbour"),
        "nothing in the graph is called \"harbour\"; near: Harbour IT, Harbour Post"
    );
    assert_eq!(error("facts-by-sources", "min", "two"), "min: \"two\" is not a number such as 3 or 0.5");
    assert_eq!(
        error("timeline", "from", "2024-13-45"),
        "from: \"2024-13-45\" is not a date such as 2024, 2024-07 or 2024-07-20"
    );
    assert_eq!(error("owners", "firm", "x"), "owners has no parameter \"firm\": it has company, owner");
    let none = query::bind(&store, questions.get("evidence-of").unwrap(), &BTreeMap::new(), &prefixes());
    assert_eq!(none.unwrap_err().to_string(), "evidence-of needs subject: The fact's subject; give it as subject=…");
}

#[test]
fn a_bad_question_file_says_where_and_what() {
    let error = |text: &str| Question::parse("mine", text).unwrap_err().to_string();
    assert_eq!(error("SELECT * {}"), "mine.rq: 1: no title: begin with a line `# title: …`");
    assert_eq!(
        error("# title: T\n# param: x thing A thing\nSELECT * {}"),
        "mine.rq: 2: unknown type \"thing\" of x: one of entity, person, organization, place, product, article, term, text, date, number"
    );
    assert_eq!(
        error("# title: T\n# param: x text A text\nSELECT * {}"),
        "mine.rq: 1: no place for x: write `VALUES ?x { UNDEF }` in the query"
    );
}

#[test]
fn syntax_errors_are_one_line_with_place_and_hint() {
    let error = |text: &str| match query::parse(text, &prefixes()) {
        Err(error @ QueryError::Syntax { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let unknown = error("SELECT ?x\nWHERE { ?x a foaf:Person }");
    assert!(unknown.starts_with("2:"), "{unknown}");
    assert!(unknown.contains("the prefix foaf: is not declared; add PREFIX foaf:"), "{unknown}");
    assert!(error("SELECT ?x { ?x a schema:Person").ends_with("; a } is missing"));
    assert!(error("# c\nPREFIX a: <b:c>\ninsert data { }").contains("the graph is read-only"));
    assert!(error("SELECT ?x { ?x rdfs:label \"a }").ends_with("a quotation mark is missing"));
    for text in ["", "é", "SELECT", "SELECT ?x { ?x 😎 ?y }", "\n\n", "{", "SELECT ?x { é:a é:b ü }"] {
        assert_eq!(error(text).lines().count(), 1, "{text:?}");
    }
}

#[test]
fn a_query_made_to_be_deep_is_refused_and_ends_nothing() {
    let deep = |n: usize| {
        [
            format!("ASK {{ FILTER({}1{}) }}", "(".repeat(n), ")".repeat(n)),
            format!("ASK {}{}", "{".repeat(n), "}".repeat(n)),
            format!("ASK {{ ?s ?p {}{} }}", "(".repeat(n / 2), ")".repeat(n / 2)),
            format!("ASK {{ {} {{}} }}", "{} UNION".repeat(n)),
            format!("ASK {{ FILTER({}1) }}", "1+".repeat(n)),
            format!("ASK {{ FILTER({}true) }}", "?x && ".repeat(n)),
        ]
    };
    // Near the bounds: a thread of the promised stack must do, whatever the answer.
    for text in deep(90) {
        query::on_deep_stack(|| run(&text, Format::Json, &Dataset::Fused).unwrap()).unwrap();
    }
    for text in deep(100_000) {
        let error = run(&text, Format::Json, &Dataset::Fused).unwrap_err().to_string();
        assert!(error.contains("the query "), "{error}");
    }
}

fn run(text: &str, format: Format, dataset: &Dataset) -> Result<String, QueryError> {
    let prefixes = prefixes();
    let results = query::run(&fixture_store(), text, &prefixes, dataset)?;
    let style = Style { prefixes: &prefixes, labels: None, width: None };
    let mut bytes = Vec::new();
    query::write(results, format, &style, &mut bytes)?;
    Ok(String::from_utf8(bytes).unwrap())
}

#[test]
fn rows_have_every_form() {
    let fused = Dataset::Fused;
    let owner = "SELECT ?s ?o { ?s schema:owner ?o }";
    let rows = |format| run(owner, format, &fused).unwrap();
    assert_eq!(
        rows(Format::Table),
        "\
┌─────────────┬────────────┐
│ s           ┆ o          │
╞═════════════╪════════════╡
│ :harbour-it ┆ :tom-ashby │
└─────────────┴────────────┘
"
    );
    let entity = "https://w3id.org/newsgraph/data/entity";
    assert_eq!(rows(Format::Csv), format!("s,o\r\n{entity}/harbour-it,{entity}/tom-ashby\r\n"));
    assert_eq!(rows(Format::Tsv), format!("?s\t?o\n<{entity}/harbour-it>\t<{entity}/tom-ashby>\n"));
    assert!(rows(Format::Json).starts_with("{\"head\":{\"vars\":[\"s\",\"o\"]}"));
    assert!(rows(Format::Xml).starts_with("<?xml"));
    assert!(run(owner, Format::Turtle, &fused).is_err());
    let empty = run("SELECT ?s { ?s a ng:Nothing }", Format::Table, &fused).unwrap();
    assert_eq!(empty, "┌───┐\n│ s │\n╞═══╡\n└───┘\n");
    assert_eq!(run("ASK { ?s a ng:Claim }", Format::Table, &fused).unwrap(), "false\n");
    assert_eq!(run("ASK { ?s a ng:Claim }", Format::Table, &Dataset::Union).unwrap(), "true\n");
    assert_eq!(run("ASK {}", Format::Json, &fused).unwrap(), "{\"head\":{},\"boolean\":true}\n");
}

#[test]
fn graphs_have_every_form() {
    let construct = "CONSTRUCT { ?o ng:owns ?s } WHERE { ?s schema:owner ?o }";
    let graph = |format| run(construct, format, &Dataset::Fused);
    let turtle = "\
@prefix : <https://w3id.org/newsgraph/data/entity/> .
@prefix ng: <https://w3id.org/newsgraph/ontology#> .

:tom-ashby ng:owns :harbour-it .
";
    assert_eq!(graph(Format::Table).unwrap(), turtle);
    assert_eq!(graph(Format::Turtle).unwrap(), turtle);
    assert!(graph(Format::NTriples).unwrap().ends_with("/harbour-it> .\n"));
    assert!(graph(Format::Json).unwrap().starts_with("[{\"@id\""));
    assert!(graph(Format::Xml).unwrap().contains("<rdf:RDF"));
    assert!(graph(Format::Csv).is_err());
}

#[test]
fn a_wide_table_keeps_to_the_width() {
    let (store, prefixes) = (fixture_store(), prefixes());
    let text = "SELECT ?a ?w { GRAPH ?a { ?c ng:evidence/oa:exact ?w } }";
    let results = query::run(&store, text, &prefixes, &Dataset::Fused).unwrap();
    let style = Style { prefixes: &prefixes, labels: None, width: Some(60) };
    let mut bytes = Vec::new();
    query::write(results, Format::Table, &style, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 60));
}

#[test]
fn the_query_command_reads_argument_file_and_standard_input() {
    let query = "ASK { :harbour-it schema:owner :tom-ashby }";
    let command = |arguments: &[&str]| {
        let mut command = newsgraph();
        command.args(["query", "--data", FIXTURE]).args(arguments);
        command
    };
    command(&[query]).assert().success().stdout("true\n");
    command(&["-"]).write_stdin(query).assert().success().stdout("true\n");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), query).unwrap();
    let path = file.path().to_str().unwrap();
    command(&["--file", path, "--format", "csv"]).assert().success().stdout("true");
    let failed = command(&["SELECT ?x {"]).assert().failure().code(2);
    let message = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(message.starts_with("newsgraph: query:1:12: "), "{message}");
    assert_eq!(message.lines().count(), 1);
    command(&[]).assert().failure().code(2);
}

#[test]
fn the_ask_command_lists_and_asks() {
    let listed = newsgraph().arg("ask").assert().success();
    let listed = String::from_utf8_lossy(&listed.get_output().stdout).into_owned();
    assert!(listed.contains("owners: Who owns what\n    company=… (entity, any): What is owned\n"));
    let ask = |arguments: &[&str]| {
        let mut command = newsgraph();
        command.args(["ask", "--data", FIXTURE, "--format", "csv"]).args(arguments);
        command.assert()
    };
    let row =
        "https://w3id.org/newsgraph/data/entity/harbour-it,https://w3id.org/newsgraph/data/entity/tom-ashby,2,0.95";
    let expected = format!("company,owner,sources,confidence\r\n{row}\r\n");
    for arguments in [
        &["owners", "company=HARBOUR it"][..],
        &["owners", "Harbour IT"],
        &["owners", "--param", "owner=Ashby"],
        &["owners", "Harbour IT", "Tom Ashby"],
        &["owners", "company=:harbour-it"],
        &["owners", "company=https://w3id.org/newsgraph/data/entity/harbour-it"],
    ] {
        ask(arguments).success().stdout(expected.clone());
    }
    ask(&["owners", "company=Nobody Inc"]).failure().code(1);
    ask(&["owner"]).failure().code(2);
    ask(&["owners", "a", "b", "c"]).failure().code(2);
}

#[test]
fn questions_of_ones_own_join_and_replace() {
    let dir = tempfile::tempdir().unwrap();
    let text = "# title: How many\n# description: D\nSELECT (COUNT(*) AS ?n) { ?s a schema:Person }\n";
    std::fs::write(dir.path().join("persons.rq"), text).unwrap();
    let folder = dir.path().to_str().unwrap();
    newsgraph()
        .args(["ask", "--data", FIXTURE, "--format", "csv", "--queries", folder, "persons"])
        .assert()
        .success()
        .stdout("n\r\n4\r\n");
}
