//! `newsgraph score`: records written by hand against annotations written by hand, scores worked out by hand; errors;
//! and the same numbers as the scorer that others use, where that is at hand.

mod common;

use common::sha256;
use newsgraph::article::Document;
use newsgraph::export::{self, Format, Scope};
use newsgraph::language::Language;
use newsgraph::pipeline::{self, GraphOptions};
use newsgraph::prefix::Prefixes;
use newsgraph::record::*;
use newsgraph::score::gold::Gold;
use newsgraph::score::report::{Body, Counts, report};
use newsgraph::score::{Case, Scores, Tally, score};
use newsgraph::text::Span;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/score");
const RULE: &str = "languages/en/relations/invented.toml verb 1";

fn read(folder: &str, name: &str) -> String {
    fs::read_to_string(Path::new(FIXTURE).join(folder).join(name)).unwrap()
}

// ---- records ---------------------------------------------------------------------------------

/// A record of an article of the fixture that says nothing yet.
fn record(name: &str, language: Language) -> ArticleRecord {
    let text = read("articles", &format!("{name}.txt"));
    let document = Document { sha256: sha256(text.as_bytes()), ..Document::of_text(text, language) };
    ArticleRecord { document, entities: vec![], claims: vec![], events: vec![], quantities: vec![], quotations: vec![] }
}

/// Adds to a record, by words of its text.
struct Writer(ArticleRecord);

impl Writer {
    fn span(&self, words: &str) -> Span {
        let start = self.0.document.text.find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
        Span::new(start, start + words.len())
    }

    /// An entity that the text has by each of its names; `key` tells fusion what it is.
    fn entity(&mut self, kind: EntityType, names: &[&str], key: &str) -> usize {
        let mentions = names.iter().map(|name| self.span(name)).collect();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let entity = Entity { kind, finer: vec![], names, unnamed: false, keys: vec![key.to_owned()], mentions };
        self.0.entities.push(entity);
        self.0.entities.len() - 1
    }

    fn claim(&mut self, subject: usize, relation: &str, object: Object, confidence: u8) {
        let evidence = Span::new(0, 4);
        let (relation, rule) = (relation.to_owned(), RULE.to_owned());
        let status = Status::Asserted;
        self.0.claims.push(Claim {
            subject,
            relation,
            object,
            status,
            attributed_to: None,
            held: Period::default(),
            confidence,
            evidence,
            rule,
        });
    }

    fn event(&mut self, kind: &str, agents: Vec<usize>, targets: Vec<usize>, date: Option<&str>) {
        let evidence = Span::new(0, 4);
        let dates = date.map(|iso| EventDate { iso: iso.to_owned(), evidence }).into_iter().collect();
        let (kind, rule, evidence) = (kind.to_owned(), RULE.to_owned(), vec![evidence]);
        let (places, amounts, confidence) = (vec![], vec![], 70);
        self.0.events.push(Event { kind, agents, targets, places, dates, amounts, evidence, confidence, rule });
    }

    fn quantity(&mut self, of: usize, value: Option<&str>, min: Option<&str>, evidence: &str) {
        let (value, min, of) = (value.map(str::to_owned), min.map(str::to_owned), Some(of));
        let (unit, rule, evidence) = (Unit::Text("staff".to_owned()), RULE.to_owned(), self.span(evidence));
        self.0.quantities.push(Quantity { of, value, min, max: None, unit, evidence, confidence: 60, rule });
    }

    fn quotation(&mut self, speaker: usize, text: &str) {
        let (text, rule, evidence) = (text.to_owned(), RULE.to_owned(), Span::new(0, 4));
        self.0.quotations.push(Quotation { speaker, text, addressee: None, evidence, confidence: 90, rule });
    }
}

/// What a program with these faults makes of the English article: the government is missed, "Air" is none, the airline a product;
/// the takeover goes the wrong way, the head merely works there, the ban is not denied; the takeover has a date of
/// nobody's and no amount, and somebody dies; the staff are another's; and a state speaks.
fn english() -> ArticleRecord {
    use EntityType::*;
    let mut w = Writer(record("tarn-en", Language::En));
    let tarn = w.entity(Organization, &["Tarn Media"], "name:tarn media");
    let orbis = w.entity(Product, &["Orbis Air"], "name:orbis air");
    let oslo = w.entity(Place, &["Oslo"], "name:oslo");
    let keller = w.entity(Person, &["Maria Keller"], "name:maria keller");
    let norway = w.entity(Place, &["Norway"], "country:NO");
    let lumen = w.entity(Organization, &["Lumen Foods"], "name:lumen foods");
    let air = w.entity(Organization, &["Air"], "name:air");
    w.claim(tarn, "basedIn", Object::Entity(oslo), 90);
    w.claim(orbis, "acquired", Object::Entity(tarn), 50);
    w.claim(keller, "worksFor", Object::Entity(tarn), 90);
    w.claim(keller, "jobTitle", Object::Text("Chief Executive".to_owned()), 90);
    w.claim(norway, "fines", Object::Entity(tarn), 50);
    w.claim(norway, "bans", Object::Entity(lumen), 50);
    w.event("Acquisition", vec![tarn], vec![orbis], Some("2024"));
    w.event("Fine", vec![norway], vec![tarn], Some("2023"));
    w.event("Death", vec![], vec![air], None);
    w.quantity(tarn, None, Some("2000"), "more than 2,000 staff");
    w.quotation(keller, "We will fly again");
    w.quotation(norway, "We will fly");
    w.0
}

/// What it makes of the German one: a partner is left out of an event, and Lumen Foods is not known again.
fn german() -> ArticleRecord {
    use EntityType::*;
    let mut w = Writer(record("tarn-de", Language::De));
    let tarn = w.entity(Organization, &["Tarn Media"], "name:tarn media");
    let castell = w.entity(Organization, &["Castell Bank"], "name:castell bank");
    let claire = w.entity(Person, &["Claire Moreau"], "name:claire moreau");
    let lumen = w.entity(Organization, &["Lumen Foods"], "another key");
    w.claim(castell, "partnerOf", Object::Entity(tarn), 80);
    w.claim(claire, "worksFor", Object::Entity(castell), 80);
    w.event("Partnership", vec![castell], vec![], None);
    w.quantity(lumen, Some("1.50"), None, "1,5 Prozent");
    w.quotation(claire, "WIR BAUEN EINE GROSSE STRASSE.");
    w.0
}

fn cases() -> Vec<Case> {
    let gold = |name: &str| Gold::parse(read("gold", name).as_bytes()).unwrap();
    vec![Case { gold: gold("tarn-de.json"), record: german() }, Case { gold: gold("tarn-en.json"), record: english() }]
}

// ---- numbers ---------------------------------------------------------------------------------

/// Right, wrong and missed, in English, German and both.
#[track_caller]
fn assert_tallies(scores: &Scores, track: &str, english: [usize; 3], german: [usize; 3]) {
    let both = [0, 1, 2].map(|i| english[i] + german[i]);
    for (language, [right, wrong, missed]) in [(Some("en"), english), (Some("de"), german), (None, both)] {
        assert_eq!(scores.tally(track, language), Tally { right, wrong, missed }, "{track} {language:?}");
    }
}

#[track_caller]
fn assert_near(number: f64, expected: f64) {
    assert!((number - expected).abs() < 1e-12, "{number} is not {expected}");
}

#[test]
fn every_track_counts_what_is_right_wrong_and_missed() {
    let scores = score(&cases());
    // "Air" is nobody; the government is missed.
    assert_tallies(&scores, "entities", [6, 1, 1], [4, 0, 0]);
    // And the airline is no product.
    assert_tallies(&scores, "typed", [5, 2, 2], [4, 0, 0]);
    // Right: basedIn, jobTitle, and fines, for Norway stands for its government. Wrong: acquired turned round, and bans, for
    // it is denied. Missed: these two, and leader; worksFor, which is less than leader, counts neither way.
    // A partner is one either way round; worksFor counts where nothing says more.
    assert_tallies(&scores, "relations", [3, 2, 3], [2, 0, 0]);
    // Type, agent and target of the takeover, all four parts of the fine. Wrong: the date; a death and who died.
    assert_tallies(&scores, "events", [7, 3, 1], [2, 0, 1]);
    assert_tallies(&scores, "quantities", [0, 1, 1], [1, 0, 0]);
    // Of two beginnings that agree, one has the wrong speaker.
    assert_tallies(&scores, "quotations", [1, 1, 0], [1, 0, 0]);
}

#[test]
fn precision_recall_and_means_follow() {
    let scores = score(&cases());
    let relations = scores.tally("relations", None).measure();
    assert_near(relations.precision, 5.0 / 7.0);
    assert_near(relations.recall, 5.0 / 8.0);
    assert_near(relations.f1, 2.0 / 3.0);
    let f1 = [9.0 / 11.0, 2.0 / 3.0, 18.0 / 23.0, 1.0 / 2.0, 4.0 / 5.0];
    assert_near(scores.graph_score(), f1.iter().sum::<f64>() / 5.0);
    let nothing = Tally::default().measure();
    assert_eq!((nothing.precision, nothing.recall, nothing.f1), (0.0, 0.0, 0.0));
}

#[test]
fn merging_counts_what_was_not_known_again() {
    let merging = score(&cases()).merging;
    // Eleven entities; each of the two Lumen Foods is one of two.
    assert_near(merging.all.precision, 1.0);
    assert_near(merging.all.recall, 10.0 / 11.0);
    // Tarn Media and Lumen Foods are named in both.
    assert_near(merging.shared.recall, 3.0 / 4.0);
    assert_near(merging.shared.f1, 6.0 / 7.0);
}

#[test]
fn evidence_is_checked_against_the_text() {
    let mut cases = cases();
    let evidence = score(&cases).evidence();
    assert_eq!((evidence.wrong, evidence.without), (0, 0));
    assert!(evidence.spans > 10);
    cases[0].record.events[0].evidence.clear();
    assert_eq!(score(&cases).evidence().without, 1);
}

// ---- report ----------------------------------------------------------------------------------

fn counts(cases: &[Case], track: &str, name: &str) -> Counts {
    let sections = report(cases, &score(cases));
    let found = sections.into_iter().find(|s| (s.track, s.name) == (track, name));
    match found.map(|section| section.body) {
        Some(Body::Counts(counts)) => counts,
        _ => panic!("no counts {track} {name}"),
    }
}

#[test]
fn the_report_tells_causes() {
    let cases = cases();
    let expected = [
        ("entities", "missed", "GovernmentOrganization", "not found", 1),
        ("entities", "wrong", "Organization", "cut otherwise", 1),
        ("entities", "types", "Organization", "as Product", 1),
        ("relations", "missed", "acquired", "wrong direction", 1),
        ("relations", "missed", "leader", "another relation", 1),
        ("relations", "missed", "bans", "wrong status", 1),
        ("relations", "missed, said as another", "leader", "as worksFor", 1),
        ("relations", "missed, by place", "wrong direction", "in one sentence", 1),
        ("relations", "missed, by place", "another relation", "in one sentence", 1),
        ("relations", "wrong", "bans", "wrong status", 1),
        ("events", "missed", "Fine", "right", 1),
        ("events", "wrong", "Death", "not annotated", 1),
        ("events", "missed, by role", "amount", "left out", 1),
        ("events", "missed, by role", "agent", "left out", 1),
        ("events", "wrong, by role", "date", "added", 1),
        ("events", "wrong, by role", "target", "event not annotated", 1),
        ("quantities", "missed", "en", "wrong owner", 1),
        ("quantities", "wrong", "en", "wrong owner", 1),
        ("quotations", "wrong", "en", "not annotated", 1),
    ];
    for (track, name, row, column, count) in expected {
        let counts = counts(&cases, track, name);
        assert_eq!(counts.get(row, column), count, "{track} {name} {row} {column}: {counts:?}");
    }
}

#[test]
fn the_report_sets_confidence_beside_what_is_right() {
    let cases = cases();
    let sections = report(&cases, &score(&cases));
    let section = sections.iter().find(|s| (s.track, s.name) == ("relations", "confidence")).unwrap();
    let Body::Bands(bands) = &section.body else { panic!("no bands") };
    let shown: Vec<_> = bands.iter().map(|b| (b.from, b.items, b.right)).collect();
    assert_eq!(shown, [(50, 3, 1.0 / 3.0), (80, 2, 1.0), (90, 2, 1.0)]);
}

#[test]
fn what_was_missed_and_what_is_wrong_is_told_in_words() {
    let differences = score(&cases()).articles[1].differences("relations");
    let missed =
        ["norway bans lumen-foods (negated)", "tarn-media acquired orbis-air", "tarn-media leader maria-keller"];
    assert_eq!(differences.missed, missed);
    let wrong: Vec<_> = differences.wrong.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(wrong, ["norway bans lumen-foods", "orbis-air acquired tarn-media"]);
    assert_eq!(differences.wrong[0].1.rules, [RULE]);
}

// ---- the command -----------------------------------------------------------------------------

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    command.arg("score").args(args).env_remove("NEWSGRAPH_LANGUAGES").output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The fixture in a folder of its own, with one file changed.
fn changed(file: &str, from: &str, to: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    for folder in ["gold", "articles"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
        for entry in fs::read_dir(Path::new(FIXTURE).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, dir.path().join(folder).join(path.file_name().unwrap())).unwrap();
        }
    }
    let path = dir.path().join(file);
    let old = fs::read_to_string(&path).unwrap();
    assert!(old.contains(from), "{file} has no {from}");
    fs::write(path, old.replacen(from, to, 1)).unwrap();
    dir
}

fn score_folder(dir: &Path) -> Output {
    let [gold, articles] = ["gold", "articles"].map(|folder| dir.join(folder).display().to_string());
    run(&[&gold, &articles])
}

#[test]
fn the_command_prints_a_table_or_json_and_makes_no_store() {
    let folder = TempDir::new().unwrap();
    let [gold, articles] = ["gold", "articles"].map(|folder| format!("{FIXTURE}/{folder}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    let output = command.current_dir(folder.path()).args(["score", &gold, &articles]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    for part in ["│ relations ", "│ merging ", "graph score 0.", " spans, 0 wrong; 0 claims,"] {
        assert!(text(&output.stdout).contains(part), "{part}: {}", text(&output.stdout));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let output = run(&["--format", "json", "--report", "--verbose", &gold, &articles]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["typed"]["f1"].is_f64() && json["typed"]["de"].is_f64() && json["merging"]["shared_f1"].is_f64());
    assert_eq!(json["evidence"]["wrong"], 0);
    assert!(json["report"]["relations"]["rules"].is_array());
    assert_eq!(json["articles"][0]["article"], "tarn-de.txt");
    let output = run(&["-v", "-r", &gold, &articles]);
    assert!(text(&output.stdout).starts_with("== tarn-de.txt\n"));
}

/// The command fails with code 1 and one line.
#[track_caller]
fn assert_fails(output: &Output, parts: &[&str]) {
    let error = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    for part in ["newsgraph: "].iter().chain(parts) {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn errors_say_what_and_where_and_what_to_do() {
    let articles = format!("{FIXTURE}/articles");
    assert_fails(&run(&["nowhere", &articles]), &["nowhere: no such folder: give the folder of the annotations"]);
    assert_fails(
        &run(&[&format!("{FIXTURE}/gold"), "nowhere"]),
        &["nowhere: no such folder: give the folder of the art"],
    );
    assert_fails(&run(&[&articles, &articles]), &["no annotations in", "docs/gold.md"]);
    let dir = changed("gold/tarn-de.json", "\"relations\": [", "\"relations\": [,");
    assert_fails(&score_folder(dir.path()), &["tarn-de.json:10:16: expected value: see docs/gold.md"]);
    let dir = changed("gold/tarn-de.json", "\"Person\"", "\"Human\"");
    assert_fails(&score_folder(dir.path()), &["tarn-de.json:7:", "unknown variant `Human`"]);
    let dir = changed("gold/tarn-de.json", "tarn-de.txt", "lost.txt");
    assert_fails(&score_folder(dir.path()), &["tarn-de.json: no article \"lost.txt\" in", "put it there"]);
    let dir = changed("articles/tarn-de.txt", &read("articles", "tarn-de.txt"), "");
    assert_fails(&score_folder(dir.path()), &["tarn-de.txt: empty"]);
}

#[test]
fn annotations_that_cannot_be_right_are_named_and_scored() {
    let faults = [
        (
            "Partner von Tarn Media\"",
            "Partner\\nvon Tarn Media\"",
            "relations, evidence 1: not in the article: \"Die Cas",
        ),
        ("\"speaker\": \"claire-moreau\"", "\"speaker\": \"claire\"", "quotations: no entity has the id \"claire\""),
        ("\"id\": \"lumen-foods\"", "\"id\": \"tarn-media\"", "entities: two have the id \"tarn-media\""),
        ("\"partnerOf\"", "\"friendOf\"", "relations: the ontology has no \"friendOf\""),
        ("\"Partnership\"", "\"Party\"", "events: the ontology has no \"Party\""),
    ];
    for (from, to, fault) in faults {
        let dir = changed("gold/tarn-de.json", from, to);
        let output = score_folder(dir.path());
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(error.starts_with("newsgraph: bad annotation: ") && error.contains(fault), "{fault}: {error}");
        assert!(text(&output.stdout).contains("graph score"), "{fault}");
    }
}

// ---- the other scorer ------------------------------------------------------------------------

/// `../shared`, where it has `score.py`, and Python to run it.
fn other_scorer() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("score.py").is_file() {
        eprintln!("skipped: no score.py in ../shared");
        return None;
    }
    let python = Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no python3 to run ../shared/score.py with");
        return None;
    }
    Some(shared)
}

/// What the other scorer says, graphs made by the program or read from a folder.
fn other_scores(shared: &Path, gold: &Path, articles: &Path, graphs: &[&str]) -> Value {
    let dir = TempDir::new().unwrap();
    let json = dir.path().join("scores.json");
    let mut command = Command::new("python3");
    command.arg(shared.join("score.py")).args([gold, articles]).args(graphs).arg("--json").arg(&json);
    let output = command.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("NEWSGRAPH_LANGUAGES").output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&fs::read(json).unwrap()).unwrap()
}

/// Every number of one report is that of the other. Sums may be rounded in another order.
fn assert_same(ours: &Value, others: &Value, path: &str) {
    match others {
        Value::Object(object) => {
            assert!(!object.is_empty());
            object.iter().for_each(|(key, value)| assert_same(&ours[key], value, &format!("{path}.{key}")));
        }
        number => {
            let (a, b) = (ours.as_f64(), number.as_f64());
            let near = a.zip(b).is_some_and(|(a, b)| (a - b).abs() < 1e-12);
            assert!(near, "{path}: {ours} here, {number} there");
        }
    }
}

#[test]
fn real_articles_score_as_with_the_other_scorer() {
    let Some(shared) = other_scorer() else { return };
    for set in ["seeds", "dev"] {
        let [gold, articles] = ["gold", "articles"].map(|folder| shared.join(folder).join(set));
        if !gold.is_dir() || !articles.is_dir() {
            eprintln!("skipped: no annotated articles in {}", gold.display());
            continue;
        }
        let theirs = other_scores(&shared, &gold, &articles, &["--bin", env!("CARGO_BIN_EXE_newsgraph")]);
        let output = run(&["--format", "json", &gold.display().to_string(), &articles.display().to_string()]);
        let ours: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_same(&ours, &theirs, set);
    }
}

#[test]
fn the_fixture_scores_as_with_the_other_scorer() {
    let Some(shared) = other_scorer() else { return };
    let dir = TempDir::new().unwrap();
    let write = |name: &str, records: &[ArticleRecord]| {
        let options = GraphOptions::default();
        let quads = export::select(&pipeline::graph(records, &options), Scope::All, Format::NQuads);
        let mut bytes = Vec::new();
        export::write(&quads, Format::NQuads, &Prefixes::standard(&options.base), &mut bytes).unwrap();
        fs::write(dir.path().join(name), bytes).unwrap();
    };
    write("tarn-de.nq", &[german()]);
    write("tarn-en.nq", &[english()]);
    write("_all.nq", &[german(), english()]);
    let [gold, articles] = ["gold", "articles"].map(|folder| Path::new(FIXTURE).join(folder));
    let graphs = dir.path().display().to_string();
    let theirs = other_scores(&shared, &gold, &articles, &["--nquads-dir", &graphs]);
    let scores = score(&cases());
    for track in newsgraph::score::TRACKS {
        let measure = scores.tally(track, None).measure();
        let by = |code| scores.tally(track, Some(code)).measure().f1;
        let (de, en) = (by("de"), by("en"));
        let ours =
            serde_json::json!({"p": measure.precision, "r": measure.recall, "f1": measure.f1, "de": de, "en": en});
        assert_same(&ours, &theirs[track], track);
    }
    assert_near(theirs["graph_score"].as_f64().unwrap(), scores.graph_score());
    assert_near(theirs["merging"]["f1"].as_f64().unwrap(), scores.merging.all.f1);
    assert_near(theirs["merging"]["shared_f1"].as_f64().unwrap(), scores.merging.shared.f1);
}

#[test]
fn short_texts_are_scored_with_their_annotations() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("news.txt");
    let good = "language: en\n\n== one\n[Anna Berg|Person] is the owner of [Orbit Foods|Organization].\n> owner(Orbit Foods, Anna Berg)\n";
    fs::write(&file, good).unwrap();
    let output = run(&["--verbose", dir.path().to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("== en/news/one\n"), "{}", text(&output.stdout));
    let output = run(&["--format", "json", file.to_str().unwrap()]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["typed"]["f1"], &json["relations"]["r"]), (&1.0.into(), &1.0.into()));
    fs::write(&file, good.replace("> owner(", "> owns(")).unwrap();
    assert_fails(&run(&[dir.path().to_str().unwrap()]), &["news.txt:5: \"owns\" is no relation", "docs/gold.md"]);
    fs::remove_file(&file).unwrap();
    assert_fails(&run(&[dir.path().to_str().unwrap()]), &["no annotated texts", "docs/gold.md"]);
}
