//! The learned models: that they open, fast; that a sentence's analysis depends on nothing but the sentence;
//! and how good they are where treebanks are at hand.

use newsgraph::analysis::model::{Model, Prediction};
use newsgraph::analysis::syntax::NameTag;
use newsgraph::language::Language;
use newsgraph::record::EntityType;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const SENTENCES: [(Language, &str); 4] = [
    (Language::En, "Maria Keller , who leads the agency , told reporters in Berlin that it had fined the company ."),
    (Language::Fr, "La société a été rachetée par Orange , qui emploie 3 000 personnes à Lyon ."),
    (Language::De, "Die Behörde verbot dem Unternehmen am Montag den Verkauf seiner Geräte ."),
    (Language::Id, "Menteri Keuangan mengatakan bahwa perusahaan itu dijual kepada investor asing ."),
];

fn predict(language: Language, sentences: &[&str]) -> Vec<Vec<Prediction>> {
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.split(' ').collect()).collect();
    Model::of(language).predict(&words, &[])
}

/// The word of a form.
fn word<'p>(sentence: &str, predictions: &'p [Prediction], form: &str) -> (usize, &'p Prediction) {
    let at = sentence.split(' ').position(|w| w == form).unwrap();
    (at + 1, &predictions[at])
}

/// The relation of a word, and the form of its head.
fn edge<'s>(sentence: &'s str, predictions: &[Prediction], form: &str) -> (&'static str, &'s str) {
    let (_, found) = word(sentence, predictions, form);
    let head = found.head.checked_sub(1).map_or("ROOT", |h| sentence.split(' ').nth(h).unwrap());
    (found.deprel, head)
}

#[test]
fn who_does_what_is_in_the_tree() {
    let [en, fr, de, id] = SENTENCES.map(|(language, sentence)| (sentence, predict(language, &[sentence]).remove(0)));
    assert_eq!(edge(en.0, &en.1, "told"), ("root", "ROOT"));
    assert_eq!(edge(en.0, &en.1, "Maria"), ("nsubj", "told"));
    assert_eq!(edge(en.0, &en.1, "company").1, "fined");
    assert_eq!(edge(fr.0, &fr.1, "société"), ("nsubj:pass", "rachetée"));
    assert_eq!(edge(fr.0, &fr.1, "Orange"), ("obl:agent", "rachetée"));
    assert_eq!(edge(de.0, &de.1, "Behörde"), ("nsubj", "verbot"));
    assert_eq!(edge(de.0, &de.1, "Verkauf"), ("obj", "verbot"));
    assert_eq!(edge(id.0, &id.1, "perusahaan").1, "dijual");
    let lemma = |told: &(&str, Vec<Prediction>), form: &str| word(told.0, &told.1, form).1.lemma.clone();
    assert_eq!(lemma(&en, "told"), "tell");
    assert_eq!(lemma(&fr, "rachetée"), "racheter");
    assert_eq!(lemma(&de, "verbot"), "verbieten");
    assert_eq!(lemma(&id, "mengatakan"), "kata");
}

#[test]
fn names_are_found_without_the_rules() {
    let (language, sentence) = SENTENCES[0];
    let told = predict(language, &[sentence]).remove(0);
    assert_eq!(told[0].name, NameTag::B(EntityType::Person));
    assert_eq!(told[1].name, NameTag::I(EntityType::Person));
    assert_eq!(word(sentence, &told, "Berlin").1.name, NameTag::B(EntityType::Place));
    assert_eq!(word(sentence, &told, "agency").1.name, NameTag::O);
}

#[test]
fn a_sentence_is_read_the_same_alone_and_among_others() {
    for (language, sentence) in SENTENCES {
        let others: Vec<&str> = SENTENCES.iter().map(|s| s.1).cycle().take(70).chain([sentence, ""]).collect();
        let together = predict(language, &others);
        let alone = predict(language, &[sentence]).remove(0);
        assert_eq!(together[70], alone, "{sentence}");
    }
}

#[test]
fn every_tree_has_one_root_and_no_circle() {
    for (language, sentence) in SENTENCES {
        // Nonsense too: the words in every turn, and one word alone.
        let words: Vec<&str> = sentence.split(' ').collect();
        let turned = (0..words.len()).map(|k| [&words[k..], &words[..k]].concat());
        for words in turned.chain([vec![words[0]], vec![","; 150]]) {
            let told = Model::of(language).predict(std::slice::from_ref(&words), &[]).remove(0);
            let heads: Vec<usize> = told.iter().map(|p| p.head).collect();
            assert!(newsgraph::analysis::model::tree::is_tree(&heads), "{words:?}");
            assert_eq!(told.iter().filter(|p| p.head == 0 && p.deprel == "root").count(), 1, "{words:?}");
            assert!(told.iter().all(|p| p.head == 0 || p.deprel != "root"));
        }
    }
}

#[test]
fn a_model_opens_within_a_fifth_of_a_second_and_is_no_larger_than_20_megabytes() {
    for language in Language::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(language.code());
        let file = path.join("model.safetensors");
        let bytes: &'static [u8] = Box::leak(std::fs::read(&file).unwrap().into_boxed_slice());
        assert!(bytes.len() <= 20_000_000, "{}: {} bytes", file.display(), bytes.len());
        newsgraph::language::LanguageData::of(language);
        // The fastest of three: other tests run beside.
        let times = (0..3).map(|_| {
            let start = Instant::now();
            Model::open(bytes).unwrap();
            start.elapsed()
        });
        let time = times.min().unwrap();
        println!("{}: {time:.0?}, {} bytes", language.code(), bytes.len());
        assert!(time < Duration::from_millis(200), "{}: {time:?}", language.code());
        assert!(path.join("README.md").exists(), "{} has no card", language.code());
    }
}

#[test]
fn bytes_that_are_no_model_are_an_error_with_advice() {
    let error = Model::open(b"no model").err().unwrap().to_string();
    assert!(error.starts_with("model: ") && error.contains("train it anew"), "{error}");
}

/// Treebank, language, and the least UPOS, LAS without subtypes, and lemmas in percent. English's was not
/// learned from; the others, the only ones at hand of their kind, were: they hold what is shipped from falling.
const FLOORS: [(&str, &str, [f64; 3]); 4] = [
    ("ud/en/ewt-dev.conllu", "en", [95.0, 83.0, 94.0]),
    ("ud/fr/gsd-dev.conllu", "fr", [96.5, 83.0, 94.0]),
    ("ud/de/gsd-dev.conllu", "de", [91.5, 72.0, 94.0]),
    ("ud/id/gsd-dev.conllu", "id", [92.5, 74.0, 94.0]),
];

#[test]
fn treebanks_are_analysed_as_well_as_before() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.exists() {
        eprintln!("skipped: no treebanks at {}", data.display());
        return;
    }
    for (file, language, floors) in FLOORS {
        let file = data.join(file);
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
        command.args(["analyze", "--input", "conllu", "--format", "conllu", "--language", language]).arg(&file);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let gold = std::fs::read_to_string(&file).unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        let scores = score(&gold, &found);
        println!("{language}: UPOS {:.2} LAS {:.2} lemmas {:.2}", scores[0], scores[1], scores[2]);
        for (score, floor) in scores.iter().zip(floors) {
            assert!(*score >= floor, "{language}: {scores:.2?} below {floors:?}");
        }
    }
}

/// Words, by line of CoNLL-U.
fn words(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    rows.filter(|r| r.len() == 10 && r[0].parse::<usize>().is_ok()).collect()
}

fn score(gold: &str, found: &str) -> [f64; 3] {
    let (gold, found) = (words(gold), words(found));
    assert_eq!(gold.len(), found.len());
    let percent = |right: &dyn Fn(&[&str], &[&str]) -> bool| {
        let pairs = gold.iter().zip(&found);
        pairs.filter(|(g, f)| g[1] == f[1] && right(g, f)).count() as f64 * 100.0 / gold.len() as f64
    };
    let universal = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
    [
        percent(&|g, f| g[3] == f[3]),
        percent(&|g, f| g[6] == f[6] && universal(g[7]) == universal(f[7])),
        percent(&|g, f| g[2] == f[2]),
    ]
}
