//! Scores of a model, as the program runs it, on held-out sentences.

use crate::corpus::Sentence;
use crate::prepare::Prepared;
use newsgraph::analysis::model::{Model, Prediction, names};
use newsgraph::analysis::syntax::NameTag;
use std::collections::BTreeMap;

/// Counts of one corpus.
#[derive(Debug, Default)]
struct Score {
    words: usize,
    upos: usize,
    feats: usize,
    feat_words: usize,
    lemmas: usize,
    lemma_words: usize,
    heads: usize,
    labels: usize,
    universal: usize,
    tree_words: usize,
    tagged: usize,
    /// Right, found and wanted names, of the three common classes and of all seven.
    coarse: [usize; 3],
    fine: [usize; 3],
    /// The same of the rules alone.
    rules: [usize; 3],
}

/// Prints a line a corpus.
pub fn report(models: &[Model], prepared: &Prepared) {
    let mut scores: BTreeMap<(usize, usize), Score> = BTreeMap::new();
    for items in prepared.held_out.chunk_by(|a, b| (a.language, a.source) == (b.language, b.source)) {
        let score = scores.entry((items[0].language, items[0].source)).or_default();
        let forms: Vec<Vec<&str>> =
            items.iter().map(|i| i.sentence.forms.iter().map(String::as_str).collect()).collect();
        let predictions = models[items[0].language]
            .predict(&forms, &items.iter().map(|i| i.sentence.hints.clone()).collect::<Vec<_>>());
        items.iter().zip(&predictions).for_each(|(item, found)| score.count(&item.sentence, found));
    }
    for ((language, source), score) in scores {
        println!("  {:34} {}", prepared.sources[language][source].rsplit('/').next().unwrap_or(""), score.line());
    }
}

impl Score {
    fn line(&self) -> String {
        let percent = |right: usize, of: usize| right as f64 * 100.0 / of as f64;
        let f1 = |n: [usize; 3]| percent(2 * n[0], n[1] + n[2]);
        let mut parts = Vec::new();
        if self.tagged > 0 {
            parts.push(format!("UPOS {:.2}", percent(self.upos, self.tagged)));
        }
        if self.feat_words > 0 {
            parts.push(format!("feats {:.2}", percent(self.feats, self.feat_words)));
        }
        if self.lemma_words > 0 {
            parts.push(format!("lemmas {:.2}", percent(self.lemmas, self.lemma_words)));
        }
        if self.tree_words > 0 {
            parts.push(format!("UAS {:.2}", percent(self.heads, self.tree_words)));
            parts.push(format!("LAS {:.2}", percent(self.universal, self.tree_words)));
            parts.push(format!("with subtypes {:.2}", percent(self.labels, self.tree_words)));
        }
        if self.coarse[2] > 0 {
            parts.push(format!(
                "names {:.2} (rules alone {:.2}), of seven classes {:.2}",
                f1(self.coarse),
                f1(self.rules),
                f1(self.fine)
            ));
        }
        format!("{} of {} words", parts.join(", "), self.words)
    }

    fn count(&mut self, gold: &Sentence, found: &[Prediction]) {
        self.words += found.len();
        if let Some(upos) = &gold.upos {
            self.tagged += found.len();
            self.upos += upos.iter().zip(found).filter(|(u, p)| p.upos.as_str() == u.as_str()).count();
        }
        if let Some(feats) = &gold.feats {
            self.feat_words += found.len();
            self.feats += feats.iter().zip(found).filter(|(f, p)| written(p) == **f).count();
        }
        if let Some(lemmas) = &gold.lemmas {
            self.lemma_words += found.len();
            self.lemmas += lemmas.iter().zip(found).filter(|(l, p)| p.lemma == **l).count();
            if std::env::var("SHOW_LEMMAS").is_ok() {
                for ((l, p), f) in lemmas.iter().zip(found).zip(&gold.forms) {
                    if p.lemma != *l {
                        println!("LEMMA {f} {} is {} not {l}", p.upos.as_str(), p.lemma);
                    }
                }
            }
        }
        for ((head, relation), found) in gold.tree.iter().flatten().zip(found) {
            self.tree_words += 1;
            if found.head == *head {
                self.heads += 1;
                self.labels += usize::from(found.deprel == relation);
                self.universal += usize::from(found.deprel.split(':').next() == relation.split(':').next());
            }
        }
        if let Some(sets) = &gold.names {
            // Of organisations of either kind the first stands for both.
            let wanted = spans(&sets.iter().map(|s| s.trailing_zeros() as usize).collect::<Vec<_>>());
            let found = spans(&found.iter().map(|p| label(p.name)).collect::<Vec<_>>());
            let rules = spans(&gold.hints.iter().map(|h| label(*h)).collect::<Vec<_>>());
            compare(&coarse(&wanted), &coarse(&rules), &mut self.rules);
            compare(&wanted, &found, &mut self.fine);
            compare(&coarse(&wanted), &coarse(&found), &mut self.coarse);
        }
    }
}

fn written(prediction: &Prediction) -> String {
    let feats: Vec<String> = prediction.feats.iter().map(|(n, v)| format!("{n}={v}")).collect();
    if feats.is_empty() { "_".to_owned() } else { feats.join("|") }
}

fn label(tag: NameTag) -> usize {
    let at = |kind| names::CLASSES.iter().position(|c| *c == kind).expect("a class");
    match tag {
        NameTag::O => 0,
        NameTag::B(kind) => 1 + 2 * at(kind),
        NameTag::I(kind) => 2 + 2 * at(kind),
    }
}

fn compare(wanted: &[(usize, usize, usize)], found: &[(usize, usize, usize)], counts: &mut [usize; 3]) {
    counts[0] += found.iter().filter(|f| wanted.contains(f)).count();
    counts[1] += found.len();
    counts[2] += wanted.len();
}

/// Persons, organisations of either kind, and places alone.
fn coarse(spans: &[(usize, usize, usize)]) -> Vec<(usize, usize, usize)> {
    spans.iter().filter(|s| s.2 < 4).map(|s| (s.0, s.1, if s.2 == 2 { 1 } else { s.2 })).collect()
}

/// Names of a sequence of labels: first word, end, class.
fn spans(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        if *label == 0 || *label >= names::LABELS {
            continue;
        }
        let class = (label - 1) / 2;
        match spans.last_mut() {
            Some(last) if label % 2 == 0 && last.1 == i && last.2 == class => last.1 = i + 1,
            _ => spans.push((i, i + 1, class)),
        }
    }
    spans
}
