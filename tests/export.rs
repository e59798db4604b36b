//! Exports: every format is read back by parsers that did not write it.

mod support;

use newsgraph::export::{self, Format, Network, Scope, VerifyError};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::{Quad, Term};
use support::{fixture, nasty, newsgraph, prefixes, read, run_python};

const SCOPES: [Scope; 3] = [Scope::Default, Scope::Evidence, Scope::All];

fn written(quads: &[Quad], format: Format, scope: Scope) -> (Vec<u8>, Vec<Quad>) {
    let chosen = export::select(quads, scope, format);
    let mut bytes = Vec::new();
    export::write(&chosen, format, &prefixes(), &mut bytes).unwrap();
    (bytes, chosen)
}

#[test]
fn the_turtle_family_reads_back_as_the_same_graph() {
    for quads in [fixture(), nasty(), Vec::new()] {
        for format in Format::ALL.into_iter().filter(|f| f.is_verifiable()) {
            for scope in SCOPES {
                let (bytes, chosen) = written(&quads, format, scope);
                if let Err(error) = export::verify(&bytes, format, &chosen) {
                    panic!("{format} {scope:?}: {error}");
                }
            }
        }
    }
}

#[test]
fn oxigraph_reads_every_rdf_format_back() {
    let formats = [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::TriG, RdfFormat::TriG),
        (Format::NTriples, RdfFormat::NTriples),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::RdfXml, RdfFormat::RdfXml),
        (Format::JsonLd, RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    ];
    for quads in [fixture(), nasty()] {
        for (format, syntax) in formats {
            let quads: Vec<_> = quads.iter().filter(|q| format != Format::RdfXml || is_xml(q)).cloned().collect();
            let (bytes, chosen) = written(&quads, format, format.default_scope());
            let (mut back, mut chosen) = (lines(&read(&bytes, syntax)), lines(&chosen));
            back.sort();
            chosen.sort();
            assert_eq!(back, chosen, "{format}");
        }
    }
}

fn lines(quads: &[Quad]) -> Vec<String> {
    quads.iter().map(ToString::to_string).collect()
}

/// Whether XML can hold the object, and hold it unchanged: it normalizes carriage returns.
fn is_xml(quad: &Quad) -> bool {
    match &quad.object {
        Term::Literal(literal) => {
            !literal.value().chars().any(|c| c == '\r' || (c.is_control() && !"\t\n".contains(c)))
        }
        _ => true,
    }
}

#[test]
fn the_order_of_quads_does_not_show() {
    let quads = fixture();
    let mut shuffled = quads.clone();
    shuffled.reverse();
    shuffled.rotate_left(quads.len() / 3);
    shuffled.extend_from_slice(&quads[..50]);
    for format in Format::ALL {
        let scope = format.default_scope();
        assert!(
            written(&quads, format, scope).0 == written(&shuffled, format, scope).0,
            "{format} depends on the order"
        );
    }
}

#[test]
fn verify_sees_a_lost_line_and_a_broken_one() {
    let (bytes, chosen) = written(&fixture(), Format::NTriples, Scope::Default);
    let text = String::from_utf8(bytes).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let error = export::verify(rest.as_bytes(), Format::NTriples, &chosen).unwrap_err();
    assert!(matches!(&error, VerifyError::Different { example, .. } if first.contains(example)));
    let broken = text.replacen('<', "", 1);
    let error = export::verify(broken.as_bytes(), Format::NTriples, &chosen).unwrap_err();
    assert!(matches!(error, VerifyError::Unreadable { .. }));
    assert!(matches!(export::verify(b"", Format::Csv, &chosen), Err(VerifyError::Unsupported(Format::Csv))));
}

#[test]
fn the_hash_is_of_the_graph_and_not_of_blank_node_names() {
    let read = |text: &str| read(text.as_bytes(), RdfFormat::Turtle);
    let hash = |text: &str| export::canonical_hash(&read(text));
    let one = "@prefix e: <https://e.org/> . _:a e:p _:b . _:b e:p 1 .";
    let same = "@prefix e: <https://e.org/> . _:y e:p 1 . _:x e:p _:y .";
    let other = "@prefix e: <https://e.org/> . _:a e:p _:b . _:a e:p 1 .";
    assert_eq!(hash(one), hash(same));
    assert_ne!(hash(one), hash(other));
}

#[test]
fn turtle_is_laid_out_for_diffs() {
    let quads: Vec<Quad> =
        fixture().into_iter().filter(|quad| quad.subject.to_string().contains("entity/norland-ministry")).collect();
    let (bytes, _) = written(&quads, Format::Turtle, Scope::Default);
    let expected = "\
@prefix : <https://w3id.org/newsgraph/data/entity/> .
@prefix ng: <https://w3id.org/newsgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:norland-ministry-of-trade a schema:GovernmentOrganization, schema:Organization ;
    rdfs:label
        \"Norland Ministry of Trade\"@en,
        \"Norländer Handelsministerium\"@de,
        \"ministère du Commerce du Norland\"@fr ;
    skos:altLabel \"Norland's Ministry of Trade\"@en ;
    ng:bans :velora-security .
";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

#[test]
fn the_network_holds_entities_and_backed_facts() {
    let network = Network::of(&fixture(), &prefixes());
    assert_eq!(network.nodes.len(), 16);
    assert_eq!(network.edges.len(), 13);
    let ban = network.edges.iter().find(|edge| edge.predicate == "ng:bans").unwrap();
    assert_eq!(network.nodes[ban.source].label, "Norland Ministry of Trade");
    assert_eq!(network.nodes[ban.source].kind, "schema:GovernmentOrganization");
    assert_eq!(network.nodes[ban.source].other_names.len(), 3);
    assert_eq!((ban.sources.as_str(), ban.confidence.as_str()), ("2", "0.99"));
}

#[test]
fn every_span_of_the_fixture_is_the_articles_own_words() {
    let store = support::fixture_store();
    let query = "SELECT ?text ?start ?end ?exact WHERE { GRAPH ?article { ?article schema:articleBody ?text . \
                 ?span oa:start ?start ; oa:end ?end ; oa:exact ?exact } }";
    let results = newsgraph::query::run(&store, query, &prefixes(), &Default::default()).unwrap();
    let oxigraph::sparql::QueryResults::Solutions(rows) = results else { panic!() };
    let mut count = 0;
    for row in rows {
        let row = row.unwrap();
        let value = |name: &str| match row.get(name) {
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            other => panic!("{name}: {other:?}"),
        };
        let (start, end): (usize, usize) = (value("start").parse().unwrap(), value("end").parse().unwrap());
        let exact: String = value("text").chars().skip(start).take(end - start).collect();
        assert_eq!(exact, value("exact"));
        count += 1;
    }
    assert!(count > 50);
}

#[test]
fn rdflib_reads_turtle_rdf_xml_and_json_ld() {
    let dir = tempfile::tempdir().unwrap();
    let mut quads = fixture();
    quads.extend(nasty().into_iter().filter(is_xml));
    for (format, name) in [
        (Format::Turtle, "g.ttl"),
        (Format::NTriples, "g.nt"),
        (Format::RdfXml, "g.rdf"),
        (Format::TriG, "g.trig"),
        (Format::NQuads, "g.nq"),
        (Format::JsonLd, "g.jsonld"),
    ] {
        let (bytes, _) = written(&quads, format, format.default_scope());
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    let script = "
import sys, rdflib
rdflib.NORMALIZE_LITERALS = False
d = sys.argv[1]
def graph(name, format): return set(rdflib.Graph().parse(f'{d}/{name}', format=format))
def dataset(name, format):
    dataset = rdflib.Dataset(); dataset.parse(f'{d}/{name}', format=format)
    return {(s, p, o, None if g is None or 'default' in str(g) else g) for s, p, o, g in dataset.quads()}
triples = graph('g.nt', 'nt')
assert len(triples) > 300, len(triples)
for name, format in ('g.ttl', 'turtle'), ('g.rdf', 'xml'):
    read = graph(name, format)
    assert read == triples, (name, list(read ^ triples)[:3])
quads = dataset('g.nq', 'nquads')
assert len(quads) > 1000, len(quads)
for name, format in ('g.trig', 'trig'), ('g.jsonld', 'json-ld'):
    read = dataset(name, format)
    assert read == quads, (name, list(read ^ quads)[:3])
print('same')";
    if let Some(output) = run_python(script, &[dir.path().to_str().unwrap()]) {
        assert_eq!(output.trim(), "same");
    }
}

#[test]
fn networkx_reads_graphml() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("g.graphml");
    let (bytes, _) = written(&fixture(), Format::GraphMl, Scope::Default);
    std::fs::write(&file, bytes).unwrap();
    let script = "
import sys, networkx
g = networkx.read_graphml(sys.argv[1])
base = 'https://w3id.org/newsgraph/data/entity/'
print(len(g.nodes), len(g.edges), g.is_directed(), g.nodes[base + 'tom-ashby']['label'])
e = [d for s, t, d in g.edges(data=True) if d['predicate'] == 'schema:owner'][0]
print(e['sources'], e['independent'], e['confidence'])";
    if let Some(output) = run_python(script, &[file.to_str().unwrap()]) {
        assert_eq!(output, "16 13 True Tom Ashby\n2 1 0.95\n");
    }
}

#[test]
fn the_command_writes_files_whole_and_tables_to_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let export = |format: &str, output: &std::path::Path| {
        let mut command = newsgraph();
        command.args(["export", "--data", support::FIXTURE, "--format", format, "--output"]);
        command.arg(output);
        command
    };
    let turtle = dir.path().join("g.ttl");
    export("turtle", &turtle).arg("--verify").assert().success().stdout("");
    let to_stdout = newsgraph().args(["export", "--data", support::FIXTURE, "--format", "turtle"]).assert().success();
    assert_eq!(std::fs::read(&turtle).unwrap(), to_stdout.get_output().stdout);
    export("csv", &dir.path().join("tables")).assert().success();
    let edges = std::fs::read_to_string(dir.path().join("tables/edges.csv")).unwrap();
    assert!(edges.contains(",Harbour IT,schema:owner,"), "{edges}");
    let nodes = std::fs::read_to_string(dir.path().join("tables/nodes.csv")).unwrap();
    assert_eq!(nodes.lines().count(), 17);
    let names = std::fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(names, 2, "no temporary file is left");
    let nowhere = dir.path().join("no/such/folder/g.ttl");
    let failed = export("turtle", &nowhere).assert().failure().code(4);
    assert!(String::from_utf8_lossy(&failed.get_output().stderr).contains("cannot write"));
    export("csv", &turtle).arg("--verify").assert().failure().code(2);
    export("owl", &turtle).assert().failure().code(2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_newsgraph"))
        .args(["export", "--data", support::FIXTURE, "--format", "nquads"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
