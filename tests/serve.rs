//! The server as its clients see it: real process, real sockets, real SPARQL clients.

#[path = "support/http.rs"]
mod http;
mod support;

use http::{Server, encode};
use support::{FIXTURE, newsgraph, run_python};

const JSON: &str = "application/sparql-results+json";
const OWNER: &str = "SELECT ?o { :harbour-it schema:owner ?o }";
const DESCRIBE: &str = "DESCRIBE :tom-ashby";

fn server() -> Server {
    Server::start(&["--data", FIXTURE])
}

fn path(query: &str) -> String {
    format!("/sparql?query={}", encode(query))
}

#[test]
fn every_way_to_send_a_query_gives_the_same() {
    let server = server();
    let got = server.get(&path(OWNER), JSON);
    assert_eq!((got.status, got.header("content-type")), (200, JSON));
    assert!(got.body.contains("entity/tom-ashby"));
    let form = format!("query={}", encode(OWNER));
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", form.as_str()),
        ("application/x-www-form-urlencoded; charset=UTF-8", &form),
        ("application/sparql-query", OWNER),
        ("Application/SPARQL-Query;charset=utf-8", OWNER),
    ] {
        let posted = server.post(content_type, body);
        assert_eq!((posted.status, &posted.body), (200, &got.body), "{content_type}");
    }
    let head = server.send("HEAD", &path(OWNER), &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn results_come_in_the_form_that_accept_asks_for() {
    let server = server();
    for (query, accept, content_type, begin) in [
        (OWNER, "", JSON, "{\"head\""),
        (OWNER, "*/*", JSON, "{\"head\""),
        (OWNER, "application/json", "application/json", "{\"head\""),
        (OWNER, "application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        (OWNER, "text/csv", "text/csv; charset=utf-8", "o\r\n"),
        (OWNER, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?o\n"),
        (OWNER, "text/csv;q=0.3, application/xml;q=0.7", "application/xml", "<?xml"),
        (OWNER, "text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<!doctype"),
        ("ASK {}", "", JSON, "{\"head\":{},\"boolean\":true}"),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8", "true"),
        (DESCRIBE, "", "text/turtle; charset=utf-8", "@prefix"),
        (DESCRIBE, "application/n-triples", "application/n-triples", "<https"),
        (DESCRIBE, "application/rdf+xml", "application/rdf+xml", "<?xml"),
        (DESCRIBE, "application/ld+json", "application/ld+json", "[{"),
        (DESCRIBE, "text/html;q=0.2, text/*;q=0.1", "text/turtle; charset=utf-8", "@prefix"),
    ] {
        let reply = server.get(&path(query), accept);
        assert_eq!((reply.status, reply.header("content-type")), (200, content_type), "{accept}");
        assert!(reply.body.starts_with(begin), "{accept}: {}", reply.body);
        assert_eq!(reply.header("vary"), "Accept");
    }
    assert_eq!(server.get(&path(OWNER), "image/png").status, 406);
    assert_eq!(server.get(&path(OWNER), "text/turtle").status, 406);
    assert_eq!(server.get(&path(DESCRIBE), JSON).status, 406);
}

#[test]
fn what_is_wrong_is_said() {
    let server = server();
    let bad = server.get(&path("SELECT ?x { ?x a foaf:Person }"), JSON);
    assert_eq!(bad.status, 400);
    assert!(bad.body.contains("the prefix foaf: is not declared"), "{}", bad.body);
    let update = "INSERT DATA { :a :b :c }";
    let form = "application/x-www-form-urlencoded";
    let deep = format!("ASK {{ FILTER({}1) }}", "(".repeat(100_000));
    let chain = format!("ASK {{ FILTER({}1) }}", "1+".repeat(100_000));
    let long = format!("# {}\nASK {{}}", "x".repeat(2 << 20));
    for (status, reply) in [
        (400, server.get("/sparql", JSON)),
        (400, server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", JSON)),
        (400, server.get("/sparql?query=ASK%7B%7D&default-graph-uri=not+an+iri", JSON)),
        (400, server.get(&path(update), JSON)),
        (400, server.post(form, &format!("update={}", encode(update)))),
        (415, server.post("application/sparql-update", update)),
        (415, server.post("text/plain", "ASK {}")),
        (415, server.post("", "ASK {}")),
        (400, server.post("application/sparql-query", &deep)),
        (400, server.post("application/sparql-query", &chain)),
        (413, server.post("application/sparql-query", &long)),
        (405, server.send("PUT", "/sparql", &[], b"")),
        (405, server.send("DELETE", "/sparql", &[], b"")),
        (405, server.send("POST", "/", &[], b"")),
        (404, server.get("/nothing", "")),
        (404, server.get("/ask/nothing", "")),
        (404, server.get("/ask/owners?company=Nobody", "")),
        (400, server.get("/ask/owners?firm=x", "")),
        (400, server.get("/ask/evidence-of", "")),
        (500, server.get(&path("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }"), JSON)),
    ] {
        assert_eq!(reply.status, status, "{}", reply.body);
        assert!(!reply.body.trim().is_empty(), "{status} without a reason");
    }
    let put = server.send("PUT", "/sparql", &[], b"");
    assert_eq!(put.header("allow"), "GET,HEAD,POST");
    assert_eq!(server.get(&path(OWNER), JSON).status, 200, "and it goes on");
}

#[test]
fn the_protocol_chooses_the_graphs() {
    let server = server();
    let count = |parameters: &str| {
        let query = encode("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
        server.get(&format!("/sparql?query={query}{parameters}"), "text/csv").body
    };
    let articles = "SELECT ?g { GRAPH ?g { ?g schema:inLanguage ?l } } ORDER BY ?l";
    let csv = server.get(&path(articles), "text/csv").body;
    let names: Vec<_> = csv.lines().skip(1).map(encode).collect();
    assert_eq!(names.len(), 5);
    let one = count(&format!("&default-graph-uri={}", names[0]));
    let two = count(&format!("&default-graph-uri={}&default-graph-uri={}", names[0], names[1]));
    assert!(one != two && one != count(""));
    assert_eq!(count(&format!("&named-graph-uri={}", names[0])), "n\r\n0\r\n");
    let graphs = encode("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }");
    let named = format!("/sparql?query={graphs}&named-graph-uri={}", names[0]);
    assert_eq!(server.get(&named, "text/csv").body, "n\r\n1\r\n");
}

#[test]
fn pages_ask_and_escape() {
    let server = server();
    let home = server.get("/", "text/html");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(home.body.matches("<form action=\"/ask/").count(), 26);
    assert!(home.body.contains("<form action=\"/sparql\">"));
    assert!(!home.body.contains("http://") && !home.body.contains("<script"), "self-contained");
    assert!(home.header("content-security-policy").starts_with("default-src 'none'"));
    let asked = server.get("/ask/owners?company=harbour+it&owner=", "text/html");
    assert!(asked.body.contains(">Tom Ashby</a>"), "{}", asked.body);
    assert!(asked.body.contains("value=\"harbour it\""));
    let json = server.get("/ask/owners?company=Harbour%20IT", "application/json");
    assert!(json.body.contains("entity/tom-ashby"));
    let query = "SELECT (\"<script>alert('x')</script>\" AS ?x) { } # </textarea><script>";
    let page = server.get(&path(query), "text/html");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert!(page.body.contains("&lt;script&gt;alert(&#39;x&#39;)"));
    let evil = server.get("/ask/sources?by=%22%3E%3Cscript%3E", "text/html");
    assert!(!evil.body.contains("<script") && evil.body.contains("&quot;&gt;&lt;script"));
}

#[test]
fn a_query_without_end_is_stopped() {
    let server = Server::start(&["--data", FIXTURE, "--timeout", "1"]);
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d) }";
    let reply = server.get(&path(endless), JSON);
    assert_eq!(reply.status, 503);
    assert!(reply.body.contains("stopped after 1 second"), "{}", reply.body);
    assert_eq!(server.get(&path(OWNER), JSON).status, 200);
}

#[cfg(unix)]
#[test]
fn sigterm_ends_it_at_once_and_well() {
    assert_eq!(server().stop(), (Some(0), String::new()));
}

#[test]
fn an_address_in_use_or_wrong_is_named() {
    let server = server();
    let serve = |address: &str| {
        let output = newsgraph().args(["serve", "--data", FIXTURE, "--bind", address]).assert().failure();
        let output = output.get_output();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, message) = serve(&server.address);
    assert_eq!((code, message.lines().count()), (Some(4), 1));
    assert!(message.contains(&server.address) && message.contains("in use"), "{message}");
    let (code, message) = serve("nonsense");
    assert_eq!(code, Some(2));
    assert!(message.contains("give HOST:PORT"), "{message}");
}

#[test]
fn articles_given_are_built_and_served() {
    let dir = tempfile::tempdir().unwrap();
    let article = dir.path().join("a.txt");
    std::fs::write(&article, "Acme moves\n\nTom Ashby, owner of Acme Corp, said on Monday that the firm will move.\n")
        .unwrap();
    let store = dir.path().join("store");
    let server = Server::start(&["--store", store.to_str().unwrap(), article.to_str().unwrap()]);
    assert!(store.exists());
    assert_eq!(server.get(&path("ASK {}"), JSON).status, 200);
}

#[test]
fn sparqlwrapper_and_rdflib_query_it() {
    let server = server();
    let script = "
import sys
from SPARQLWrapper import SPARQLWrapper, JSON, XML, CSV, TURTLE, RDFXML, POST, GET, POSTDIRECTLY, URLENCODED
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
url = sys.argv[1]
select = 'PREFIX schema: <https://schema.org/> SELECT ?s ?o WHERE { ?s schema:owner ?o }'
for method, how in (GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY):
    for form in JSON, XML, CSV:
        w = SPARQLWrapper(url); w.setMethod(method); w.setRequestMethod(how)
        w.setQuery(select); w.setReturnFormat(form)
        r = w.query()
        text = str(r.convert() if form == JSON else r.response.read())
        assert 'tom-ashby' in text, (method, how, form, text)
for form in TURTLE, RDFXML:
    w = SPARQLWrapper(url); w.setReturnFormat(form)
    w.setQuery('CONSTRUCT WHERE { ?s <https://schema.org/owner> ?o }')
    g = w.query().convert()
    g = g if isinstance(g, rdflib.Graph) else rdflib.Graph().parse(data=g, format='turtle')
    assert len(g) == 1, form
g = rdflib.Graph(store=SPARQLStore(url))
rows = list(g.query(select))
print(len(rows), rows[0][1])";
    let url = format!("http://{}/sparql", server.address);
    if let Some(output) = run_python(script, &[&url]) {
        assert_eq!(output.trim(), "1 https://w3id.org/newsgraph/data/entity/tom-ashby");
    }
}

/// Asks until the answer is as expected; how often the store is looked at is not for the test to know.
fn ask_until(server: &Server, query: &str, expected: impl Fn(&str) -> bool) -> String {
    let mut body = String::new();
    for _ in 0..100 {
        body = server.get(&path(query), "text/csv").body;
        if expected(&body) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    body
}

#[test]
fn a_running_server_follows_its_store() {
    let dir = tempfile::TempDir::new().unwrap();
    let store = dir.path().join("store");
    let article = |name: &str| format!("{}/examples/articles/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let build = |name: &str| {
        newsgraph().args(["build", "-q", "--store"]).arg(&store).arg(article(name)).assert().success();
    };
    build("kaspersky-en");
    let server = Server::start(&["--store", store.to_str().unwrap()]);
    let articles = "SELECT ?a { GRAPH ?g { ?a a schema:NewsArticle } }";
    let count = |body: &str| body.lines().count() - 1;
    assert_eq!(count(&server.get(&path(articles), "text/csv").body), 1);
    build("kaspersky-de");
    assert_eq!(count(&ask_until(&server, articles, |b| count(b) == 2)), 2);
    let german = "SELECT ?l { :danny-falin rdfs:label ?l FILTER(lang(?l) = 'de') }";
    assert_eq!(count(&server.get(&path(german), "text/csv").body), 1);
    newsgraph().args(["forget", "--store"]).arg(&store).arg(article("kaspersky-en")).assert().success();
    assert_eq!(count(&ask_until(&server, articles, |b| count(b) == 1)), 1);
    let english = "SELECT ?l { :danny-falin rdfs:label ?l FILTER(lang(?l) = 'en') }";
    assert_eq!(count(&server.get(&path(english), "text/csv").body), 0);
}
