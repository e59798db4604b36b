//! The example articles, built in many ways: always the same graph, byte for byte, and one that
//! keeps the graph contract.

mod support;

use newsgraph::ontology::Ontology;
use oxigraph::io::RdfFormat;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use support::newsgraph;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const NG: &str = "https://w3id.org/newsgraph/ontology#";
const SCHEMA: &str = "https://schema.org/";
const OA: &str = "http://www.w3.org/ns/oa#";
const PROV: &str = "http://www.w3.org/ns/prov#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

fn articles() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(ROOT).join("examples/articles")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 8);
    paths
}

/// Adds articles to a store in one go.
fn build(store: &Path, paths: &[PathBuf], threads: &str) {
    newsgraph()
        .args(["build", "--quiet", "--store"])
        .arg(store)
        .args(paths)
        .env("RAYON_NUM_THREADS", threads)
        .env_remove("NEWSGRAPH_LANGUAGES")
        .assert()
        .success();
}

fn export(store: &Path, format: &str) -> Vec<u8> {
    let mut command = newsgraph();
    command.args(["export", "--format", format, "--store"]);
    command.arg(store);
    if ["turtle", "trig", "ntriples", "nquads"].contains(&format) {
        command.arg("--verify");
    }
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{format}: {errors}");
    output.stdout
}

/// The graph of the examples as N-Quads.
fn examples() -> &'static [u8] {
    static GRAPH: OnceLock<Vec<u8>> = OnceLock::new();
    GRAPH.get_or_init(|| {
        let dir = TempDir::new().unwrap();
        build(dir.path(), &articles(), "2");
        export(dir.path(), "nquads")
    })
}

fn quads() -> Vec<Quad> {
    support::read(examples(), RdfFormat::NQuads)
}

#[track_caller]
fn assert_same(store: &Path, how: &str) {
    let graph = export(store, "nquads");
    let (one, other) = (String::from_utf8_lossy(examples()), String::from_utf8_lossy(&graph));
    let first = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    assert!(graph == examples(), "{how}: another graph: {first:?}");
}

#[test]
fn the_graph_does_not_depend_on_order_or_threads() {
    let paths = articles();
    let reversed: Vec<_> = paths.iter().rev().cloned().collect();
    let mixed: Vec<_> = (0..8).map(|i| paths[i * 3 % 8].clone()).collect();
    for (order, how) in [(&paths, "sorted"), (&reversed, "reversed"), (&mixed, "mixed")] {
        for threads in ["1", "7"] {
            let dir = TempDir::new().unwrap();
            build(dir.path(), order, threads);
            assert_same(dir.path(), &format!("{how}, {threads} threads"));
        }
    }
}

#[test]
fn articles_that_come_one_by_one_give_the_same_graph() {
    let dir = TempDir::new().unwrap();
    for path in articles().iter().rev() {
        build(dir.path(), std::slice::from_ref(path), "1");
    }
    assert_same(dir.path(), "one by one");
}

#[test]
fn an_article_forgotten_and_read_again_leaves_the_same_graph() {
    let dir = TempDir::new().unwrap();
    build(dir.path(), &articles(), "2");
    let one = articles().swap_remove(2);
    let mut forget = newsgraph();
    forget.args(["forget", "--store"]).arg(dir.path()).arg(&one);
    forget.assert().success();
    assert!(export(dir.path(), "nquads") != examples());
    build(dir.path(), &[one], "1");
    assert_same(dir.path(), "forgotten and read again");
}

#[test]
fn every_export_of_the_examples_reads_back() {
    let dir = TempDir::new().unwrap();
    build(dir.path(), &articles(), "2");
    for format in ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld", "graphml"] {
        let written = export(dir.path(), format);
        assert!(written.len() > 1000, "{format}");
        assert!(written == export(dir.path(), format), "{format} differs in a second run");
    }
}

/// What a graph says of each of its subjects.
type Node = BTreeMap<String, BTreeSet<String>>;

/// graph → subject → predicate → objects: IRIs, or the words of literals.
fn nodes() -> BTreeMap<String, BTreeMap<String, Node>> {
    let mut nodes: BTreeMap<String, BTreeMap<String, Node>> = BTreeMap::new();
    for quad in quads() {
        let graph = match &quad.graph_name {
            GraphName::NamedNode(name) => name.as_str().to_owned(),
            _ => String::new(),
        };
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { panic!("a blank node: {}", quad.subject) };
        let object = match quad.object {
            Term::NamedNode(node) => node.into_string(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => panic!("a blank node or a triple: {other}"),
        };
        let node = nodes.entry(graph).or_default().entry(subject.into_string());
        let values = node.or_default().entry(quad.predicate.into_string());
        values.or_default().insert(object);
    }
    nodes
}

fn is(node: &Node, class: &str) -> bool {
    let types = node.get(&format!("{RDF}type"));
    types.is_some_and(|types| types.contains(class))
}

/// The only value of a predicate.
#[track_caller]
fn one<'a>(node: &'a Node, predicate: &str) -> &'a str {
    let values = node.get(predicate).unwrap_or_else(|| panic!("no {predicate}: {node:?}"));
    assert_eq!(values.len(), 1, "{predicate}: {values:?}");
    values.first().unwrap()
}

#[test]
fn every_span_points_to_its_words() {
    let mut spans = 0;
    for (name, graph) in nodes() {
        let texts = graph.values().filter_map(|n| n.get(&format!("{SCHEMA}articleBody")));
        let text: Vec<char> = texts.flatten().flat_map(|t| t.chars()).collect();
        for node in graph.values().filter(|n| is(n, &format!("{OA}TextPositionSelector"))) {
            assert_ne!(name, "", "a span outside an article's graph");
            assert!(is(node, &format!("{OA}TextQuoteSelector")));
            let at = |end: &str| one(node, &format!("{OA}{end}")).parse::<usize>().unwrap();
            let words: String = text[at("start")..at("end")].iter().collect();
            assert!(!words.is_empty());
            assert_eq!(words, one(node, &format!("{OA}exact")));
            spans += 1;
        }
    }
    assert!(spans > 200, "{spans}");
}

#[test]
fn everything_found_has_evidence_confidence_and_article() {
    let classes = [
        format!("{NG}Claim"),
        format!("{SCHEMA}Action"),
        format!("{SCHEMA}QuantitativeValue"),
        format!("{SCHEMA}Quotation"),
    ];
    let mut seen = [0; 4];
    for (name, graph) in nodes() {
        if name.is_empty() {
            continue;
        }
        for node in graph.values() {
            let Some(class) = classes.iter().position(|class| is(node, class)) else {
                continue;
            };
            seen[class] += 1;
            for span in &node[&format!("{NG}evidence")] {
                assert!(is(&graph[span], &format!("{OA}TextPositionSelector")), "{span}");
            }
            let confidence: f64 = one(node, &format!("{NG}confidence")).parse().unwrap();
            assert!((0.0..=1.0).contains(&confidence));
            assert_eq!(one(node, &format!("{PROV}wasDerivedFrom")), name);
        }
    }
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
}

#[test]
fn every_claim_is_whole() {
    let statuses = ["Asserted", "Reported", "Planned", "Past", "Negated"];
    let statuses = statuses.map(|status| format!("{NG}{status}"));
    let nodes = nodes();
    let claims = nodes.values().flat_map(|graph| {
        let claims = graph.values().filter(|n| is(n, &format!("{NG}Claim")));
        claims.map(move |claim| (graph, claim))
    });
    for (graph, claim) in claims {
        assert!(is(claim, &format!("{RDF}Statement")));
        for part in ["subject", "predicate", "object"] {
            one(claim, &format!("{RDF}{part}"));
        }
        let status = one(claim, &format!("{NG}status"));
        assert!(statuses.iter().any(|s| s == status), "{status}");
        let run = one(claim, &format!("{PROV}wasGeneratedBy"));
        assert!(graph.contains_key(run), "the run {run} is not described");
    }
}

/// A fact stands only while a claim backs it that is neither negated nor planned.
#[test]
fn every_fact_is_backed_by_claims() {
    let nodes = nodes();
    let ontology = Ontology::get();
    let relations: BTreeSet<&str> = ontology.relations.values().map(|r| r.iri.as_str()).collect();
    let part = |claim: &Node, part: &str| one(claim, &format!("{RDF}{part}")).to_owned();
    let mut backed = BTreeSet::new();
    for claim in nodes.values().flat_map(BTreeMap::values) {
        let holds =
            |c: &Node| !["Negated", "Planned"].iter().any(|s| c[&format!("{NG}status")].contains(&format!("{NG}{s}")));
        if is(claim, &format!("{NG}Claim")) && holds(claim) {
            let (s, p, o) = (part(claim, "subject"), part(claim, "predicate"), part(claim, "object"));
            // Dates of events are claimed too, and are no relation.
            let relation = ontology.relations.values().find(|r| r.iri == p);
            let inverse = relation.and_then(|r| r.inverse.as_ref());
            if let Some(inverse) = inverse.map(|name| &ontology.relations[name]) {
                backed.insert((o.clone(), inverse.iri.clone(), s.clone()));
            }
            if relation.is_some_and(|r| r.symmetric) {
                backed.insert((o.clone(), p.clone(), s.clone()));
            }
            backed.insert((s, p, o));
        }
    }
    let mut facts = 0;
    for (subject, node) in &nodes[""] {
        for (predicate, objects) in node.iter().filter(|(p, _)| relations.contains(p.as_str())) {
            for object in objects {
                let fact = (subject.clone(), predicate.clone(), object.clone());
                assert!(backed.contains(&fact), "no claim backs {fact:?}");
                facts += 1;
            }
        }
    }
    assert!(facts > 20, "{facts}");
}

/// Terms that a graph may use beside those that the files of `ontology/` speak of.
const OTHERS: [&str; 2] = ["http://www.w3.org/2004/02/skos/core#altLabel", "https://schema.org/softwareVersion"];

/// Every IRI that the files of `ontology/` define or speak of.
fn known() -> (BTreeSet<NamedNode>, BTreeSet<NamedNode>) {
    let (mut defined, mut named) = (BTreeSet::new(), BTreeSet::new());
    for file in ["newsgraph.ttl", "shapes.ttl", "alignment.ttl"] {
        let text = fs::read(Path::new(ROOT).join("ontology").join(file)).unwrap();
        for quad in support::read(&text, RdfFormat::Turtle) {
            if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
                let known = if file == "newsgraph.ttl" { &mut defined } else { &mut named };
                known.insert(subject);
            }
            named.insert(quad.predicate);
            if let Term::NamedNode(object) = quad.object {
                named.insert(object);
            }
        }
    }
    (defined, named)
}

#[test]
fn the_ontology_knows_every_term_of_the_graph() {
    let (defined, named) = known();
    let mut used = BTreeSet::new();
    for quad in quads() {
        if quad.predicate.as_str() == format!("{RDF}type") {
            let Term::NamedNode(class) = quad.object else { panic!("a class that is no IRI: {}", quad.object) };
            used.insert(class);
        }
        used.insert(quad.predicate);
    }
    let unknown: Vec<_> = used
        .iter()
        .filter(|term| {
            let foreign = !term.as_str().starts_with(NG) && (named.contains(*term) || OTHERS.contains(&term.as_str()));
            !(defined.contains(*term) || foreign)
        })
        .collect();
    assert!(unknown.is_empty(), "not in ontology/: {unknown:?}");
}

#[test]
fn every_thing_has_a_base_class_and_a_label() {
    let ontology = ["Person", "Organization", "Place", "Product", "CreativeWork", "Event"];
    let classes = ontology.map(|class| format!("{SCHEMA}{class}"));
    let nodes = nodes();
    let mut things = 0;
    for (iri, node) in nodes[""].iter().filter(|(iri, _)| iri.contains("/entity/")) {
        let bases = classes.iter().filter(|class| is(node, class)).count();
        assert_eq!(bases, 1, "{iri}: {node:?}");
        assert!(node.contains_key("http://www.w3.org/2000/01/rdf-schema#label"), "{iri}");
        things += 1;
    }
    assert!(things > 20);
    for graph in nodes.values() {
        for node in graph.values().filter(|n| is(n, &format!("{NG}Mention"))) {
            let thing = one(node, &format!("{NG}refersTo"));
            assert!(nodes[""].contains_key(thing), "{thing} is mentioned and not there");
        }
    }
}
