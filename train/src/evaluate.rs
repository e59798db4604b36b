//! Scores on held-out sentences.

use crate::net::{Embeddings, Example, Network, Output};
use crate::prepare::{Item, Prepared};
use newsgraph::analysis::model::{script, tree};
use std::collections::BTreeMap;

#[derive(Default)]
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
}

/// Prints a line a corpus.
pub fn report(network: &Network, embeddings: &Embeddings, prepared: &Prepared) {
    let mut scores: BTreeMap<(usize, usize), Score> = BTreeMap::new();
    for items in prepared.held_out.chunks(64) {
        for language in 0..prepared.languages.len() {
            let items: Vec<&Item> = items.iter().filter(|i| i.language == language).collect();
            if items.is_empty() {
                continue;
            }
            let examples: Vec<Example> = items.iter().map(|i| prepared.example(i, None)).collect();
            let tasks: Vec<usize> = tasks(prepared, language);
            let outputs = network.predict(embeddings, &examples.iter().collect::<Vec<_>>(), &tasks, true);
            for (item, output) in items.iter().zip(&outputs) {
                let score = scores.entry((item.language, item.source)).or_default();
                count(network, prepared, item, output, &tasks, score);
            }
        }
    }
    for ((language, source), s) in scores {
        let percent = |right: usize, of: usize| if of == 0 { 0.0 } else { right as f64 * 100.0 / of as f64 };
        let f1 = |n: [usize; 3]| percent(2 * n[0], n[1] + n[2]);
        println!(
            "  {:40} upos {:5.2} feats {:5.2} lemma {:5.2} uas {:5.2} las {:5.2} ({:5.2} with subtypes) names {:5.2} ({:5.2} fine) of {} words",
            prepared.sources[language][source].rsplit('/').next().unwrap_or(""),
            percent(s.upos, s.tagged),
            percent(s.feats, s.feat_words),
            percent(s.lemmas, s.lemma_words),
            percent(s.heads, s.tree_words),
            percent(s.universal, s.tree_words),
            percent(s.labels, s.tree_words),
            f1(s.coarse),
            f1(s.fine),
            s.words
        );
    }
}

/// The tasks that concern a language.
pub fn tasks(prepared: &Prepared, language: usize) -> Vec<usize> {
    let lemma = format!("lemma.{}", prepared.languages[language]);
    let names = prepared.tasks.names.iter().enumerate();
    names.filter(|(_, n)| !n.starts_with("lemma.") || **n == lemma).map(|(i, _)| i).collect()
}

fn best(row: &[f32]) -> usize {
    (0..row.len()).fold(0, |b, i| if row[i] > row[b] { i } else { b })
}

fn count(network: &Network, prepared: &Prepared, item: &Item, output: &Output, tasks: &[usize], score: &mut Score) {
    let n = item.sentence.forms.len();
    score.words += n;
    let label = |task: usize, i: usize| {
        let at = tasks.iter().position(|t| *t == task).expect("asked for");
        &prepared.labels[task][best(output.scores[at].row(i))]
    };
    if let Some(upos) = &item.sentence.upos {
        score.tagged += n;
        score.upos += upos.iter().enumerate().filter(|(i, u)| label(0, *i) == *u).count();
    }
    if let Some(feats) = &item.sentence.feats {
        let all: Vec<usize> =
            tasks.iter().copied().filter(|t| prepared.tasks.names[*t].starts_with("feats.")).collect();
        for (i, gold) in feats.iter().enumerate() {
            let mut found = Vec::new();
            for task in &all {
                let value = label(*task, i);
                if !value.is_empty() {
                    found.push(format!("{}={value}", &prepared.tasks.names[*task]["feats.".len()..]));
                }
            }
            found.sort_by_key(|f| f.to_lowercase());
            let found = if found.is_empty() { "_".to_owned() } else { found.join("|") };
            score.feat_words += 1;
            score.feats += usize::from(found == *gold);
        }
    }
    if let Some(lemmas) = &item.sentence.lemmas {
        let task = prepared.task(&format!("lemma.{}", prepared.languages[item.language]));
        for (i, gold) in lemmas.iter().enumerate() {
            score.lemma_words += 1;
            score.lemmas += usize::from(script::apply(&item.sentence.forms[i], label(task, i)) == *gold);
        }
    }
    if let Some(gold) = &item.sentence.tree {
        let heads = tree::decode(&output.arcs, n);
        for (i, (head, relation)) in gold.iter().enumerate() {
            score.tree_words += 1;
            if heads[i] != *head {
                continue;
            }
            score.heads += 1;
            let scores = network.relation_scores(output.label_dependent.row(i), output.label_head.row(heads[i]));
            let found = &prepared.relations[best(&scores)];
            score.labels += usize::from(found == relation);
            score.universal += usize::from(found.split(':').next() == relation.split(':').next());
        }
    }
    if let Some(sets) = &item.sentence.names {
        let task = prepared.task("names");
        let at = tasks.iter().position(|t| *t == task).expect("asked for");
        let rows: Vec<&[f32]> = (0..n).map(|i| output.scores[at].row(i)).collect();
        let found = spans(&newsgraph::analysis::model::names::decode(&rows));
        for (coarse, counts) in [(true, &mut score.coarse), (false, &mut score.fine)] {
            let reduce = |list: &[(usize, usize, usize)]| -> Vec<(usize, usize, usize)> {
                let class = |c: usize| match c {
                    2 if coarse => 1,
                    other => other,
                };
                let list = list.iter().map(|(s, e, c)| (*s, *e, class(*c)));
                list.filter(|(_, _, c)| !coarse || *c < 4).collect()
            };
            let wanted = reduce(&spans(&gold_labels(sets)));
            let found = reduce(&found);
            counts[0] += found.iter().filter(|f| wanted.contains(f)).count();
            counts[1] += found.len();
            counts[2] += wanted.len();
        }
    }
}

/// The first label of each set: an organisation of either kind is one.
fn gold_labels(sets: &[u32]) -> Vec<usize> {
    sets.iter().map(|s| s.trailing_zeros() as usize).collect()
}

/// Names of a sequence of labels: first word, end, class.
fn spans(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        if *label == 0 || *label >= 15 {
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
