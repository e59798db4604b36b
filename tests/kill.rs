//! `kill -9` at random moments of a build: the store opens, has every article that was reported
//! written, and ends byte for byte like that of an undisturbed build.

mod common;

use common::{Random, newsgraph, write_articles};
use newsgraph::record::ArticleRecord;
use newsgraph::store::{OpenMode, Store};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const KILLS: usize = 50;
const ARTICLES: usize = 40;
const SEED: u64 = 0x6e65_7773;

#[test]
fn a_killed_build_loses_nothing_that_it_reported() {
    let dir = TempDir::new().unwrap();
    let (articles, store, calm) = (dir.path().join("in"), dir.path().join("store"), dir.path().join("calm"));
    write_articles(&articles, ARTICLES, SEED);
    let whole = time(|| assert!(spawn(&calm, &articles).wait().unwrap().success()));

    let mut random = Random::new(SEED);
    let mut written = BTreeSet::new();
    let mut cut_off = 0;
    for round in 0..KILLS {
        let moment = Moment::random(&mut random, whole);
        let reported = killed_build(&store, &articles, &moment);
        cut_off += usize::from((1..ARTICLES).contains(&reported.len()));
        written.extend(reported);
        let held = ids(&store);
        assert!(written.is_subset(&held), "round {round}: lost {:?}", written.difference(&held));
        if held.len() > ARTICLES / 2 {
            forget_some(&store, &mut random, &mut written);
        }
    }
    assert!(cut_off > KILLS / 10, "only {cut_off} kills came while articles were written");

    assert!(spawn(&store, &articles).wait().unwrap().success());
    assert_eq!(dump(&store), dump(&calm));
    assert_eq!(ids(&store).len(), ARTICLES);
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn spawn(store: &Path, articles: &Path) -> Child {
    newsgraph(&["build", "--verbose", "--store"]).args([store, articles]).stderr(Stdio::piped()).spawn().unwrap()
}

/// When a build is killed.
struct Moment {
    /// So many articles were reported, and
    reported: usize,
    /// so much time went by.
    then: Duration,
}

impl Moment {
    /// Now and then at any time of the build, mostly while it writes.
    fn random(random: &mut Random, whole: Duration) -> Moment {
        match random.below(4) {
            0 => Moment { reported: 0, then: random.up_to(whole) },
            _ => Moment { reported: 1 + random.below(ARTICLES / 2), then: random.up_to(Duration::from_millis(3)) },
        }
    }
}

/// The ids that a build reported written before it was killed.
fn killed_build(store: &Path, articles: &Path, moment: &Moment) -> Vec<String> {
    let mut child = spawn(store, articles);
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut seen: Vec<String> = lines.by_ref().take(moment.reported).collect();
    std::thread::sleep(moment.then);
    child.kill().unwrap();
    child.wait().unwrap();
    seen.extend(lines);
    seen.iter().filter_map(|line| Some(line.strip_prefix("written ")?.get(..16)?.to_owned())).collect()
}

/// Makes work for the builds to come.
fn forget_some(store: &Path, random: &mut Random, written: &mut BTreeSet<String>) {
    let store = Store::open(store, OpenMode::WRITE).unwrap();
    let ids: Vec<String> = store.records().unwrap().iter().map(|r| r.id().to_owned()).collect();
    let some: Vec<String> = ids.into_iter().filter(|_| random.below(4) > 0).collect();
    store.forget_ids(&some).unwrap();
    written.retain(|id| !some.contains(id));
}

/// The ids in the store; none if the kill came before there was one.
fn ids(store: &Path) -> BTreeSet<String> {
    if !store.join("articles.redb").exists() {
        return BTreeSet::new();
    }
    records(store).iter().map(|r| r.id().to_owned()).collect()
}

fn records(store: &Path) -> Vec<ArticleRecord> {
    Store::open(store, OpenMode::READ).unwrap().records().unwrap()
}

/// All that the store says, as bytes: its records and its graph.
fn dump(store: &Path) -> (String, Vec<String>) {
    let store = Store::open(store, OpenMode::READ).unwrap();
    let quads = store.quads(&store.options().unwrap()).unwrap();
    let records = serde_json::to_string(&store.records().unwrap()).unwrap();
    (records, quads.iter().map(ToString::to_string).collect())
}
