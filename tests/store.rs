//! The store: what is put stays, what is forgotten goes, and what is wrong is said in one line.

mod common;

use common::record;
use newsgraph::pipeline::GraphOptions;
use newsgraph::record::ArticleRecord;
use newsgraph::store::{GraphStore, Ingest, OpenMode, Put, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn new_store() -> (TempDir, Store) {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path(), OpenMode::CREATE).unwrap();
    (dir, store)
}

fn error(dir: &Path, mode: OpenMode) -> String {
    let error = Store::open(dir, mode).err().expect("opening must fail").to_string();
    assert!(!error.contains('\n'), "more than one line: {error}");
    assert!(error.contains(dir.to_str().unwrap()), "does not name the place: {error}");
    error
}

fn texts(records: &[ArticleRecord]) -> Vec<&str> {
    records.iter().map(|r| r.document.text.as_str()).collect()
}

#[test]
fn keeps_records_over_reopening_sorted_by_id() {
    let (dir, store) = new_store();
    let mut records: Vec<_> = (0..20).map(|n| record(&format!("Text {n}."), None)).collect();
    for record in &records {
        assert_eq!(store.put(record).unwrap(), Put::New);
    }
    drop(store);
    records.sort_by(|a, b| a.id().cmp(b.id()));
    let store = Store::open(dir.path(), OpenMode::READ).unwrap();
    assert_eq!(store.records().unwrap(), records);
    assert_eq!(store.record(records[3].id()).unwrap(), Some(records[3].clone()));
    assert_eq!(store.len().unwrap(), 20);
}

#[test]
fn same_article_again_changes_nothing() {
    let (_dir, store) = new_store();
    let article = record("Acme was fined.", Some("https://example.org/1"));
    assert_eq!(store.put(&article).unwrap(), Put::New);
    assert_eq!(store.put(&article).unwrap(), Put::Unchanged);
    assert_eq!(store.len().unwrap(), 1);
}

#[test]
fn new_text_at_the_same_url_replaces_the_old() {
    let (_dir, store) = new_store();
    let old = record("Acme was fined.", Some("https://example.org/1"));
    let new = record("Acme was fined twice.", Some("https://example.org/1"));
    store.put(&old).unwrap();
    assert_eq!(store.put(&new).unwrap(), Put::Replaced { id: old.id().to_owned() });
    assert_eq!(store.records().unwrap(), [new]);
    assert!(matches!(store.find(old.id()), Err(StoreError::UnknownArticle { .. })));
}

#[test]
fn reading_again_in_another_way_keeps_the_sources() {
    let (_dir, store) = new_store();
    let mut article = record("Acme was fined.", None);
    store.put_from(&article, "/a.txt").unwrap();
    article.document.headline = "Fine".to_owned();
    assert!(matches!(store.put_from(&article, "/b.txt").unwrap(), Put::Replaced { .. }));
    let gone = store.forget("/a.txt").unwrap();
    assert_eq!(gone[0].sources, ["/a.txt", "/b.txt"]);
    assert_eq!(gone[0].headline, "Fine");
}

#[test]
fn forgets_by_every_name() {
    let (_dir, store) = new_store();
    let url = "https://example.org/1";
    let article = record("Acme was fined.", Some(url));
    let other = record("Unrelated.", None);
    let sha = article.document.sha256.clone();
    let iri = format!("https://w3id.org/newsgraph/data/article/{}", article.id());
    store.put(&other).unwrap();
    for name in [article.id(), &iri, url, "/in/a.txt", &sha, &sha[..8], &sha[..20]] {
        store.put_from(&article, "/in/a.txt").unwrap();
        let gone = store.forget(name).unwrap();
        assert_eq!(gone.len(), 1, "{name}");
        assert_eq!(gone[0].id, article.id());
        assert_eq!(store.records().unwrap(), std::slice::from_ref(&other));
    }
    for unknown in [article.id(), url, "/in/a.txt", "nothing", &sha, ""] {
        assert!(matches!(store.forget(unknown), Err(StoreError::UnknownArticle { .. })));
    }
}

#[test]
fn long_hash_that_differs_late_names_nothing() {
    let (_dir, store) = new_store();
    let article = record("Acme was fined.", None);
    store.put(&article).unwrap();
    let wrong = format!("{}{}", article.id(), "0".repeat(48));
    assert!(matches!(store.find(&wrong), Err(StoreError::UnknownArticle { .. })));
}

#[test]
fn ambiguous_prefix_is_refused() {
    let (_dir, store) = new_store();
    let mut a = record("A.", None);
    let mut b = record("B.", None);
    a.document.sha256 = format!("12345678aa{}", "0".repeat(54));
    b.document.sha256 = format!("12345678bb{}", "0".repeat(54));
    store.put(&a).unwrap();
    store.put(&b).unwrap();
    let error = store.find("12345678").unwrap_err();
    assert!(matches!(&error, StoreError::AmbiguousArticle { ids, .. } if ids.len() == 2));
    assert_eq!(store.find("12345678a").unwrap(), [a.id()]);
}

#[test]
fn options_are_kept_with_the_store() {
    let (dir, store) = new_store();
    assert_eq!(store.options().unwrap().base, GraphOptions::default().base);
    let base = "https://example.org/".to_owned();
    store.set_options(&GraphOptions { base, article_body: false, ..GraphOptions::default() }).unwrap();
    drop(store);
    let options = Store::open(dir.path(), OpenMode::READ).unwrap().options().unwrap();
    assert_eq!((options.base.as_str(), options.article_body), ("https://example.org/", false));
}

#[test]
fn a_reader_cannot_write() {
    let (dir, store) = new_store();
    drop(store);
    let store = Store::open(dir.path(), OpenMode::READ).unwrap();
    assert!(matches!(store.put(&record("A.", None)), Err(StoreError::ReadOnly(_))));
}

#[test]
fn loads_quads_for_queries() {
    let quad = |n: u32| {
        use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
        let iri = NamedNode::new_unchecked("https://example.org/s");
        Quad::new(iri.clone(), iri, Literal::from(n), GraphName::DefaultGraph)
    };
    let store: GraphStore = newsgraph::store::load((0..1000).map(quad).collect()).unwrap();
    assert_eq!(store.len().unwrap(), 1000);
}

// ---- two processes -------------------------------------------------------------------------

#[test]
fn a_second_writer_and_a_reader_are_refused_and_told_where() {
    let (dir, _writer) = new_store();
    for mode in [OpenMode::READ, OpenMode::WRITE, OpenMode::CREATE] {
        assert!(error(dir.path(), mode).contains("in use by another process"));
    }
}

#[test]
fn readers_share_a_store_and_keep_writers_out() {
    let (dir, store) = new_store();
    store.put(&record("A.", None)).unwrap();
    drop(store);
    let first = Store::open(dir.path(), OpenMode::READ).unwrap();
    let second = Store::open(dir.path(), OpenMode::READ).unwrap();
    assert_eq!(first.records().unwrap(), second.records().unwrap());
    assert!(error(dir.path(), OpenMode::WRITE).contains("in use"));
}

#[test]
fn waits_until_the_other_is_done() {
    let (dir, store) = new_store();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        drop(store);
    });
    let start = Instant::now();
    Store::open(dir.path(), OpenMode::READ.waiting(Duration::from_secs(20))).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(250));
    release.join().unwrap();
}

#[test]
fn waits_no_longer_than_told() {
    let (dir, _store) = new_store();
    let start = Instant::now();
    let mode = OpenMode::WRITE.waiting(Duration::from_millis(200));
    assert!(error(dir.path(), mode).contains("in use"));
    assert!((200..5000).contains(&start.elapsed().as_millis()));
}

#[test]
fn many_creators_at_once_make_one_store() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("store");
    std::thread::scope(|scope| {
        for n in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let mode = OpenMode::CREATE.waiting(Duration::from_secs(30));
                Store::open(path, mode).unwrap().put(&record(&format!("Text {n}."), None)).unwrap();
            });
        }
    });
    assert_eq!(Store::open(&path, OpenMode::READ).unwrap().len().unwrap(), 8);
    let files: Vec<_> = fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(files, ["articles.redb"]);
}

// ---- what is no store, or no longer one ----------------------------------------------------

#[test]
fn a_missing_store_is_said_so() {
    let dir = TempDir::new().unwrap();
    assert!(error(&dir.path().join("none"), OpenMode::READ).starts_with("no store"));
    assert!(error(dir.path(), OpenMode::WRITE).starts_with("no store"));
}

#[test]
fn a_folder_of_other_things_is_left_alone() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("thesis.tex"), "x").unwrap();
    for mode in [OpenMode::READ, OpenMode::CREATE] {
        assert!(error(dir.path(), mode).contains("holds other files"));
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_file_is_no_store() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    for mode in [OpenMode::READ, OpenMode::CREATE] {
        assert!(error(&file, mode).starts_with("not a newsgraph store"));
    }
}

#[test]
fn a_newer_format_is_not_opened() {
    let (dir, store) = new_store();
    drop(store);
    set_meta(&dir.path().join("articles.redb"), "format", "99");
    let error = error(dir.path(), OpenMode::READ);
    assert!(error.contains("format 99") && error.contains("update newsgraph"), "{error}");
}

fn set_meta(file: &Path, key: &str, value: &str) {
    let table = redb::TableDefinition::<&str, &str>::new("meta");
    let db = redb::Database::open(file).unwrap();
    let tx = db.begin_write().unwrap();
    tx.open_table(table).unwrap().insert(key, value).unwrap();
    tx.commit().unwrap();
}

#[test]
fn another_programs_database_is_refused() {
    let dir = TempDir::new().unwrap();
    drop(redb::Database::create(dir.path().join("articles.redb")).unwrap());
    assert!(error(dir.path(), OpenMode::CREATE).contains("another program's"));
}

/// A store of 30 articles, closed; its folder and database file.
fn full_store() -> (TempDir, PathBuf) {
    let (dir, store) = new_store();
    for n in 0..30 {
        store.put(&record(&format!("Text {n}. {}", "word ".repeat(200)), None)).unwrap();
    }
    let file = dir.path().join("articles.redb");
    (dir, file)
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    for content in ["", "not a database", &"x".repeat(100_000)] {
        let (dir, file) = full_store();
        fs::write(file, content).unwrap();
        for mode in [OpenMode::READ, OpenMode::WRITE, OpenMode::CREATE] {
            assert!(error(dir.path(), mode).starts_with("damaged store"));
        }
    }
}

#[test]
fn a_file_cut_short_is_damaged_or_whole() {
    let (dir, file) = full_store();
    let bytes = fs::read(&file).unwrap();
    for part in 1..16 {
        fs::write(&file, &bytes[..bytes.len() * part / 16]).unwrap();
        assert_whole_or_damaged(dir.path());
    }
}

#[test]
fn a_flipped_bit_is_found_or_harmless() {
    let (dir, file) = full_store();
    let bytes = fs::read(&file).unwrap();
    for n in 0..150 {
        let mut bad = bytes.clone();
        let at = (n * 2_654_435_761_usize) % bytes.len();
        bad[at] ^= 1 << (n % 8);
        fs::write(&file, bad).unwrap();
        assert_whole_or_damaged(dir.path());
    }
}

/// Opening and reading gives all the records or the error that says where the damage is.
fn assert_whole_or_damaged(dir: &Path) {
    let read = Store::open(dir, OpenMode::READ).and_then(|store| store.records());
    match read {
        Ok(records) => assert_eq!(records.len(), 30),
        Err(StoreError::Damaged { file, .. }) => assert!(file.starts_with(dir)),
        Err(StoreError::NewerFormat { .. } | StoreError::NotAStore { .. }) => {}
        Err(other) => panic!("{other}"),
    }
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, _) = full_store();
    let locked = dir.path().to_owned();
    let set = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).unwrap();
    set(0o000);
    let may_everything = fs::read_dir(&locked).is_ok();
    if !may_everything {
        let error = error(&locked, OpenMode::READ);
        assert!(error.contains("ermission denied") && error.contains("rights"), "{error}");
    }
    set(0o700);
}

// ---- many articles in any order ------------------------------------------------------------

/// The texts that stand after adding `records` in this order.
fn ingest(store: &Store, records: &[ArticleRecord]) -> Vec<ArticleRecord> {
    let mut ingest = Ingest::new(store);
    for record in records {
        ingest.add(record.clone(), "/in".to_owned()).unwrap();
    }
    ingest.finish().unwrap();
    store.records().unwrap()
}

fn versions() -> Vec<ArticleRecord> {
    let url = Some("https://example.org/1");
    let dated = |text: &str, date: &str| {
        let mut record = record(text, url);
        record.document.published = Some(date.to_owned());
        record
    };
    vec![
        dated("First.", "2024-01-01"),
        dated("Last.", "2024-03-01"),
        dated("Second.", "2024-02-01"),
        record("Undated.", url),
        record("Elsewhere.", None),
    ]
}

#[test]
fn the_version_published_last_stands_whatever_the_order() {
    for shift in 0..5 {
        for before in 0..5 {
            let (_dir, store) = new_store();
            store.put(&versions()[before]).unwrap();
            let mut records = versions();
            records.rotate_left(shift);
            let standing = ingest(&store, &records);
            let mut texts = texts(&standing);
            texts.sort_unstable();
            assert_eq!(texts, ["Elsewhere.", "Last."], "shift {shift}, before {before}");
        }
    }
}

#[test]
fn a_later_build_replaces_what_an_earlier_one_had() {
    let (_dir, store) = new_store();
    let versions = versions();
    ingest(&store, &versions[1..2]);
    assert_eq!(texts(&ingest(&store, &versions[3..4])), ["Undated."]);
}

#[test]
fn two_readings_of_the_same_bytes_give_one_record_whatever_the_order() {
    let mut plain = record("<p>Acme</p>", None);
    plain.document.headline = "plain".to_owned();
    let mut html = plain.clone();
    html.document.headline = "html".to_owned();
    let (_d1, first) = new_store();
    let (_d2, second) = new_store();
    let one = ingest(&first, &[plain.clone(), html.clone()]);
    assert_eq!(one, ingest(&second, &[html, plain]));
    assert_eq!(one.len(), 1);
}
