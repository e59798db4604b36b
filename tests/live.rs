//! A graph that follows its store: whatever is added, read again, changed and forgotten, in any order, it ends byte for
//! byte in the graph that a build from nothing gives.

mod common;

use common::Random;
use newsgraph::article::{Options, Reader};
use newsgraph::pipeline::{self, GraphOptions};
use newsgraph::record::ArticleRecord;
use newsgraph::store::{GraphStore, Live, OpenMode, Put, Store, Watch};
use rayon::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tempfile::TempDir;

const SEQUENCES: usize = 1000;
const LONGEST: usize = 14;
const SEED: u64 = 0x6c69_7665;

/// Language, URL and text. The same names come in many of them: as a full name and a surname, with a letter more, as a
/// role, translated; the same happening is told twice, denied, and given two dates; texts of one URL are versions.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "en",
        "1",
        "Nordal Energy buys Velmora Foods\n\nNordal Energy has acquired Velmora Foods, the company said in Berlin on 3 May 2024. \"We have waited two years,\" said Danny Falin, chief executive of Nordal Energy.",
    ),
    (
        "en",
        "1",
        "Nordal Energy does not buy Velmora Foods\n\nNordal Energy has not acquired Velmora Foods, said Danny Falin, chief executive of Nordal Energy.",
    ),
    (
        "en",
        "2",
        "Nordal Energy buys Velmora Foods\n\nNordal Energy acquired Velmora Foods for $40 million on 4 May 2024. Falin, the chief executive, thanked the staff.",
    ),
    (
        "en",
        "",
        "Nordal Energy buys Velmora Foods\n\nNordal Energy acquired  Velmora Foods for $40 million on 4 May 2024.  Falin, the chief executive, thanked the staff.",
    ),
    (
        "en",
        "3",
        "Danny Fallin leaves Nordal Energy\n\nDanny Fallin, chief executive of Nordal Energy, resigned on Monday. The owner of Nordal Energy thanked him.",
    ),
    (
        "en",
        "3",
        "Danny Fallin stays\n\nDanny Fallin will stay at Nordal Energy, he said in Paris. The owner of Nordal Energy is content.",
    ),
    (
        "en",
        "4",
        "John Smith sues Quinbor Media\n\nJohn Smith, a lawyer in Chicago, sued Quinbor Media on 12 June 2024. Quinbor Media is owned by Tavland Bank.",
    ),
    (
        "en",
        "",
        "Another John Smith\n\nJohn Smith, president of Tavland Bank, met Smith of Velmora Foods in the United States.",
    ),
    (
        "en",
        "5",
        "The United States bans Velmora Foods\n\nThe United States has banned Velmora Foods from 20 July 2024, the US Commerce Department said.",
    ),
    (
        "en",
        "",
        "Washington bans Velmora Foods\n\nThe United States banned Velmora Foods on 29 September 2024. Falin protested.",
    ),
    (
        "de",
        "6",
        "Nordal Energy kauft Velmora Foods\n\nNordal Energy hat Velmora Foods übernommen, wie das Unternehmen am 3. Mai 2024 in Berlin mitteilte. „Wir haben zwei Jahre gewartet“, sagte Danny Falin, Vorstandschef von Nordal Energy.",
    ),
    (
        "de",
        "6",
        "Falin bestreitet den Kauf\n\nDanny Falin, Vorstandschef von Nordal Energy, bestritt den Kauf von Velmora Foods.",
    ),
    (
        "de",
        "7",
        "USA verbieten Velmora Foods\n\nDie USA haben Velmora Foods ab dem 20. Juli 2024 verboten, teilte das US-Handelsministerium mit.",
    ),
    (
        "de",
        "",
        "Smith verklagt Quinbor Media\n\nDer Anwalt John Smith hat Quinbor Media in Chicago verklagt. Der Inhaber von Quinbor Media schweigt.",
    ),
    (
        "de",
        "8",
        "Tavland Bank gehört Quinbor Media\n\nQuinbor Media hat die Tavland Bank gekauft, sagte John Smith, Präsident der Tavland Bank.",
    ),
    (
        "fr",
        "9",
        "Nordal Energy rachète Velmora Foods\n\nNordal Energy a racheté Velmora Foods, a annoncé l'entreprise le 3 mai 2024 à Berlin. « Nous attendons depuis deux ans », a déclaré Danny Falin, directeur général de Nordal Energy.",
    ),
    ("fr", "9", "Nordal Energy renonce\n\nNordal Energy n'a pas racheté Velmora Foods, a déclaré Falin à Paris."),
    (
        "fr",
        "10",
        "Les États-Unis interdisent Velmora Foods\n\nLes États-Unis ont interdit Velmora Foods, a annoncé le ministère américain du Commerce.",
    ),
    (
        "fr",
        "",
        "Danny Fallin démissionne\n\nDanny Fallin, directeur général de Nordal Energy, a démissionné lundi à Paris.",
    ),
    (
        "id",
        "11",
        "Nordal Energy mengakuisisi Velmora Foods\n\nNordal Energy telah mengakuisisi Velmora Foods, kata perusahaan itu di Berlin pada 3 Mei 2024. \"Kami sudah menunggu dua tahun,\" kata Danny Falin, direktur utama Nordal Energy.",
    ),
    ("id", "11", "Falin mundur\n\nDanny Falin, direktur utama Nordal Energy, mengundurkan diri pada Senin."),
    (
        "id",
        "12",
        "Amerika Serikat melarang Velmora Foods\n\nAmerika Serikat melarang Velmora Foods, kata Departemen Perdagangan AS. Pemilik Nordal Energy khawatir.",
    ),
    (
        "id",
        "",
        "Smith menggugat Quinbor Media\n\nPengacara John Smith menggugat Quinbor Media di Chicago. Smith bekerja untuk Tavland Bank.",
    ),
];

/// The records of the texts, read once.
fn pool() -> &'static [ArticleRecord] {
    static POOL: OnceLock<Vec<ArticleRecord>> = OnceLock::new();
    POOL.get_or_init(|| {
        let reader = Reader::new(Options::default()).unwrap();
        let read = |(language, url, text): &(&str, &str, &str)| {
            let mut article = json!({ "text": text, "language": language, "date": "2024-06-20" });
            if !url.is_empty() {
                article["url"] = format!("https://paper.example/{url}").into();
            }
            let mut read = reader.read("a.jsonl", article.to_string().into_bytes());
            pipeline::extract(read.pop().unwrap().unwrap())
        };
        TEXTS.iter().map(read).collect()
    })
}

/// What is done to a store.
#[derive(Debug, Clone, Copy)]
enum Operation {
    /// Adds an article of the pool, or reads it again, or puts it in the place of another one of its URL.
    Put(usize),
    /// Forgets an article, if it is there.
    Forget(usize),
}

impl Operation {
    fn random(random: &mut Random) -> Self {
        let article = random.below(TEXTS.len());
        if random.below(3) == 0 { Self::Forget(article) } else { Self::Put(article) }
    }

    fn run(self, store: &Store) {
        match self {
            Self::Put(article) => drop(store.put(&pool()[article]).unwrap()),
            Self::Forget(article) => drop(store.forget(pool()[article].id())),
        }
    }
}

/// The quads of a store of quads as N-Quads lines, sorted.
fn lines(graph: &GraphStore) -> Vec<String> {
    let mut lines: Vec<String> = graph.iter().map(|quad| quad.unwrap().to_string()).collect();
    lines.sort();
    lines
}

/// The same of a graph made from nothing.
fn fresh(store: &Store) -> Vec<String> {
    let quads = pipeline::graph(&store.records().unwrap(), &store.options().unwrap());
    lines(&newsgraph::store::load(quads).unwrap())
}

#[track_caller]
fn assert_fresh(live: &Live, store: &Store, what: &dyn std::fmt::Debug) {
    let (graph, fresh) = (lines(live.graph()), fresh(store));
    let first = graph.iter().zip(&fresh).find(|(a, b)| a != b);
    assert!(graph == fresh, "{what:?}: {} and {} quads, first {first:?}", graph.len(), fresh.len());
    let named: BTreeSet<String> = live.graph().named_graphs().map(|g| g.unwrap().to_string()).collect();
    assert_eq!(named.len() as u64, store.len().unwrap(), "{what:?}: graphs of articles");
}

#[test]
fn every_sequence_of_operations_ends_in_the_graph_of_a_fresh_build() {
    let changes: usize = (0..SEQUENCES).into_par_iter().map(sequence).sum();
    assert!(changes > SEQUENCES * 3, "only {changes} changes");
}

/// Runs one sequence; how many operations changed the graph.
fn sequence(number: usize) -> usize {
    let mut random = Random::new(SEED + number as u64);
    let store = Store::in_memory().unwrap();
    let options = GraphOptions { min_confidence: [0, 0, 75][number % 3], ..GraphOptions::default() };
    store.set_options(&options).unwrap();
    let mut live = Live::new(&store, &options).unwrap();
    let operations: Vec<Operation> = (0..1 + random.below(LONGEST)).map(|_| Operation::random(&mut random)).collect();
    let mut changes = 0;
    for operation in &operations {
        operation.run(&store);
        // Now and then several changes come at once.
        if random.below(5) > 0 {
            changes += usize::from(live.follow(&store).unwrap());
        }
    }
    live.follow(&store).unwrap();
    assert_fresh(&live, &store, &operations);
    changes
}

#[test]
fn the_pool_has_what_is_hard() {
    let quads = pipeline::graph(pool(), &GraphOptions::default());
    let count = |what: &str| quads.iter().filter(|q| q.to_string().contains(what)).count();
    assert!(count("ontology#Conflict>") >= 2, "conflicts");
    let shared: BTreeMap<String, usize> = quads
        .iter()
        .filter(|q| q.predicate.as_str().ends_with("#evidence") && q.subject.to_string().contains("/event/"))
        .fold(BTreeMap::new(), |mut graphs, q| {
            *graphs.entry(q.subject.to_string()).or_default() += 1;
            graphs
        });
    assert!(shared.values().any(|articles| *articles > 1), "happenings that several articles tell: {shared:?}");
    let numbers = quads.iter().filter(|q| q.predicate.as_str().ends_with("independentCount"));
    assert!(numbers.count() > 5, "facts");
}

#[test]
fn other_options_make_the_graph_anew() {
    let store = Store::in_memory().unwrap();
    pool().iter().for_each(|r| drop(store.put(r).unwrap()));
    let mut live = Live::new(&store, &store.options().unwrap()).unwrap();
    assert!(!live.follow(&store).unwrap());
    let other = GraphOptions { article_body: false, min_confidence: 80, ..GraphOptions::default() };
    store.set_options(&other).unwrap();
    assert!(live.follow(&store).unwrap());
    assert_fresh(&live, &store, &other);
}

#[test]
fn a_watch_sees_what_others_write() {
    let dir = TempDir::new().unwrap();
    let write = |article: usize| {
        let store = Store::open(dir.path(), OpenMode::CREATE).unwrap();
        store.put(&pool()[article]).unwrap()
    };
    write(0);
    let mut watch = Watch::new(&Store::open(dir.path(), OpenMode::READ).unwrap()).unwrap();
    assert!(!watch.look().unwrap(), "nothing happened");
    assert_eq!(write(4), Put::New);
    assert!(watch.look().unwrap());
    assert!(matches!(write(5), Put::Replaced { .. }));
    let store = Store::open(dir.path(), OpenMode::WRITE).unwrap();
    assert!(!watch.look().unwrap(), "another process has the store");
    store.forget(pool()[0].id()).unwrap();
    drop(store);
    assert!(watch.look().unwrap());
    let store = Store::open(dir.path(), OpenMode::READ).unwrap();
    assert_eq!(lines(watch.graph()), fresh(&store));
}
