//! Recipe and corpora → numbered features, classes and batches.

use crate::corpus::{self, NAME_LABELS, Sentence, Source};
use crate::math::Random;
use crate::net::{Example, Size, Tasks};
use newsgraph::analysis::model::features::{self, Clusters, Feature, Kind};
use newsgraph::analysis::model::{names, script};
use newsgraph::analysis::syntax::NameTag;
use newsgraph::language::LanguageData;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What to learn from and how.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    pub size: Size,
    pub training: Training,
    pub language: Vec<LanguageRecipe>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    pub seed: u64,
    pub epochs: f32,
    /// Words a batch.
    pub batch: usize,
    pub rate: f32,
    pub dropout: f32,
    /// How often a word's own form is hidden: this divided by this plus its count.
    pub hide: f32,
    /// How often any other feature is left out.
    pub feature_dropout: f32,
    /// How often a sentence is read in small letters, and as often in capitals.
    pub recase: f32,
    /// How often the rules for names are not asked.
    pub without_hints: f32,
    /// How much names count beside the other tasks.
    pub name_weight: f32,
    pub measure_every: usize,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageRecipe {
    pub code: String,
    /// Words and their Brown clusters, tab between, most frequent first.
    #[serde(default)]
    pub clusters: Option<String>,
    pub source: Vec<Source>,
}

/// A sentence with its place in the recipe.
pub struct Item {
    pub language: usize,
    pub source: usize,
    pub sentence: Sentence,
    pub targets: Example,
    pub forms: Vec<u32>,
    weight: f32,
}

struct Form {
    features: Vec<(Kind, u32)>,
    lower: u32,
    upper: u32,
    count: usize,
}

pub struct Prepared {
    pub learn: Vec<Item>,
    pub held_out: Vec<Item>,
    /// The row of every feature: by language (`u8::MAX` for all) and hash.
    pub rows: BTreeMap<(u8, u32), u32>,
    pub tasks: Tasks,
    /// Labels of every task.
    pub labels: Vec<Vec<String>>,
    pub relations: Vec<String>,
    pub languages: Vec<String>,
    pub sources: Vec<Vec<String>>,
    pub clusters: Vec<Clusters>,
    /// Row of the root's feature and of each source's style, by language.
    root: Vec<u32>,
    styles: Vec<Vec<u32>>,
    pub style_names: Vec<Vec<String>>,
    forms: Vec<Form>,
    hide: f32,
    feature_dropout: f32,
    recase: f32,
    without_hints: f32,
}

/// Features that mean the same in every language.
pub fn is_shared(kind: Kind) -> bool {
    matches!(kind, Kind::Shape | Kind::Length | Kind::Lexicon)
}

/// The feature that the root has.
pub const ROOT: &[u8] = b"\0root";

pub fn prepare(recipe: &Recipe, root: &Path, all: bool) -> Result<Prepared, String> {
    let mut raw: Vec<(usize, usize, bool, f32, Sentence)> = Vec::new();
    let mut clusters = Vec::new();
    for (l, language) in recipe.language.iter().enumerate() {
        let code = corpus::language_of(&language.code)?;
        clusters.push(match &language.clusters {
            Some(file) => read_clusters(&root.join(file))?,
            None => Clusters::default(),
        });
        for (s, source) in language.source.iter().enumerate() {
            let mut sentences = corpus::read(root, source)?;
            sentences.chunks_mut(40).for_each(|part| corpus::hint(part, code));
            println!("{} {}: {} sentences", language.code, source.file, sentences.len());
            // Whole stretches are held out, not scattered sentences of one text.
            let block = 20;
            for (i, sentence) in sentences.into_iter().enumerate() {
                let held = !all && source.hold_out > 0 && (i / block) % source.hold_out == source.hold_out - 1;
                raw.push((l, s, held, source.weight, sentence));
            }
        }
    }
    let (tasks, labels) = tasks(recipe, &raw);
    let relations: BTreeSet<&str> =
        raw.iter().flat_map(|r| r.4.tree.iter().flatten()).map(|(_, label)| label.as_str()).collect();
    let relations: Vec<String> = relations.into_iter().map(str::to_owned).collect();
    let mut prepared = Prepared {
        learn: Vec::new(),
        held_out: Vec::new(),
        rows: BTreeMap::new(),
        tasks,
        labels,
        relations,
        languages: recipe.language.iter().map(|l| l.code.clone()).collect(),
        sources: recipe.language.iter().map(|l| l.source.iter().map(|s| s.file.clone()).collect()).collect(),
        clusters,
        root: Vec::new(),
        styles: Vec::new(),
        style_names: recipe.language.iter().map(|l| l.source.iter().map(|s| s.style.clone()).collect()).collect(),
        forms: Vec::new(),
        hide: recipe.training.hide,
        feature_dropout: recipe.training.feature_dropout,
        recase: recipe.training.recase,
        without_hints: recipe.training.without_hints,
    };
    prepared.number(recipe, &raw)?;
    for (language, source, held, weight, sentence) in raw {
        let targets = prepared.targets(language, &sentence);
        let item = Item { language, source, targets, forms: Vec::new(), weight, sentence };
        if held { prepared.held_out.push(item) } else { prepared.learn.push(item) }
    }
    prepared.index_forms();
    Ok(prepared)
}

fn read_clusters(path: &Path) -> Result<Clusters, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut map = BTreeMap::new();
    for line in text.lines() {
        let pair = line.rsplit_once('\t').and_then(|(w, c)| Some((w, c.parse::<u16>().ok()?)));
        let (word, path) = pair.ok_or_else(|| format!("{}: no word and cluster: {line}", path.display()))?;
        map.entry(features::cluster_key(word)).or_insert(path);
    }
    Ok(Clusters { keys: map.keys().copied().collect(), paths: map.values().copied().collect() })
}

/// UPOS, the features, names, and a lemma task a language, with their labels.
fn tasks(recipe: &Recipe, raw: &[(usize, usize, bool, f32, Sentence)]) -> (Tasks, Vec<Vec<String>>) {
    let mut upos = BTreeSet::new();
    let mut feats: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut scripts: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); recipe.language.len()];
    for (language, _, held, _, sentence) in raw {
        upos.extend(sentence.upos.iter().flatten().map(String::as_str));
        for (name, value) in
            sentence.feats.iter().flatten().flat_map(|f| f.split('|')).filter_map(|f| f.split_once('='))
        {
            *feats.entry(name).or_default().entry(value).or_default() += 1;
        }
        if !held {
            for (form, lemma) in sentence.forms.iter().zip(sentence.lemmas.iter().flatten()) {
                *scripts[*language].entry(script::derive(form, lemma)).or_default() += 1;
            }
        }
    }
    let mut names = vec!["upos".to_owned()];
    let mut labels = vec![upos.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for (name, values) in feats {
        let values: Vec<&str> = values.into_iter().filter(|(_, n)| *n >= 20).map(|(v, _)| v).collect();
        if !values.is_empty() {
            names.push(format!("feats.{name}"));
            labels.push([""].into_iter().chain(values).map(str::to_owned).collect());
        }
    }
    names.push("names".to_owned());
    let name_labels = corpus::CLASSES.iter().flat_map(|c| [format!("B-{c}"), format!("I-{c}")]);
    labels.push(["O".to_owned()].into_iter().chain(name_labels).collect());
    assert_eq!(labels.last().map(Vec::len), Some(NAME_LABELS));
    for (language, scripts) in recipe.language.iter().zip(scripts) {
        names.push(format!("lemma.{}", language.code));
        labels.push(scripts.into_iter().filter(|(_, n)| *n >= 2).map(|(s, _)| s).collect());
    }
    let classes = labels.iter().map(Vec::len).collect();
    (Tasks { names, classes }, labels)
}

impl Prepared {
    pub fn task(&self, name: &str) -> usize {
        self.tasks.names.iter().position(|n| n == name).expect("a task")
    }

    fn key(language: usize, kind: Kind, hash: u32) -> (u8, u32) {
        (if is_shared(kind) { u8::MAX } else { language as u8 }, hash)
    }

    /// Gives a row to every feature that is seen often enough.
    fn number(&mut self, recipe: &Recipe, raw: &[(usize, usize, bool, f32, Sentence)]) -> Result<(), String> {
        let mut counts: HashMap<(u8, u32), (Kind, usize)> = HashMap::new();
        for (l, language) in recipe.language.iter().enumerate() {
            let data = LanguageData::of(corpus::language_of(&language.code)?);
            let forms = corpus::counts(raw.iter().filter(|r| r.0 == l && !r.2).map(|r| &r.4));
            for (form, n) in forms {
                for Feature { kind, hash } in features::of_form(form, data, &self.clusters[l]) {
                    let entry = counts.entry(Self::key(l, kind, hash)).or_insert((kind, 0));
                    entry.1 += n;
                }
            }
        }
        let mut kept: Vec<(u8, u32)> = counts
            .into_iter()
            .filter(|(_, (kind, n))| *n >= if matches!(kind, Kind::Suffix | Kind::Prefix) { 3 } else { 2 })
            .map(|(key, _)| key)
            .collect();
        kept.sort_unstable();
        for (l, language) in recipe.language.iter().enumerate() {
            kept.push((l as u8, features::hash(Kind::Lower, ROOT)));
            kept.extend(language.source.iter().map(|s| (l as u8, features::hash(Kind::Style, s.style.as_bytes()))));
        }
        for kind in names::CLASSES {
            let hints = [NameTag::B(kind), NameTag::I(kind)].into_iter().filter_map(features::of_hint);
            kept.extend(hints.map(|f| (u8::MAX, f.hash)));
        }
        kept.sort_unstable();
        kept.dedup();
        self.rows = kept.into_iter().enumerate().map(|(i, key)| (key, i as u32)).collect();
        for (l, language) in recipe.language.iter().enumerate() {
            self.root.push(self.rows[&(l as u8, features::hash(Kind::Lower, ROOT))]);
            let style = |s: &Source| self.rows[&(l as u8, features::hash(Kind::Style, s.style.as_bytes()))];
            self.styles.push(language.source.iter().map(style).collect());
        }
        Ok(())
    }

    /// Numbers every form, with its variants in small letters and capitals.
    fn index_forms(&mut self) {
        let mut index: HashMap<(usize, String), u32> = HashMap::new();
        let mut forms: Vec<Form> = Vec::new();
        let (mut learn, mut held_out) = (std::mem::take(&mut self.learn), std::mem::take(&mut self.held_out));
        for item in learn.iter_mut().chain(&mut held_out) {
            for form in &item.sentence.forms {
                let id = self.form(&mut index, &mut forms, item.language, form);
                if forms[id as usize].lower == u32::MAX {
                    let lower = self.form(&mut index, &mut forms, item.language, &form.to_lowercase());
                    let upper = self.form(&mut index, &mut forms, item.language, &form.to_uppercase());
                    forms[id as usize].lower = lower;
                    forms[id as usize].upper = upper;
                }
                item.forms.push(id);
            }
        }
        for item in &learn {
            item.forms.iter().for_each(|f| forms[*f as usize].count += 1);
        }
        (self.learn, self.held_out, self.forms) = (learn, held_out, forms);
    }

    fn form(
        &self,
        index: &mut HashMap<(usize, String), u32>,
        forms: &mut Vec<Form>,
        language: usize,
        form: &str,
    ) -> u32 {
        if let Some(id) = index.get(&(language, form.to_owned())) {
            return *id;
        }
        let data = LanguageData::of(corpus::language_of(&self.languages[language]).expect("checked"));
        let list = features::of_form(form, data, &self.clusters[language]);
        let rows =
            list.into_iter().filter_map(|f| Some((f.kind, *self.rows.get(&Self::key(language, f.kind, f.hash))?)));
        let id = forms.len() as u32;
        forms.push(Form { features: rows.collect(), lower: u32::MAX, upper: u32::MAX, count: 0 });
        index.insert((language, form.to_owned()), id);
        id
    }

    fn targets(&self, language: usize, sentence: &Sentence) -> Example {
        let class =
            |task: usize, label: &str| self.labels[task].iter().position(|l| l == label).map_or(u32::MAX, |i| i as u32);
        let mut example = Example::default();
        if let Some(upos) = &sentence.upos {
            example.classes.push((0, upos.iter().map(|u| class(0, u)).collect()));
        }
        if let Some(feats) = &sentence.feats {
            for (task, name) in self.tasks.names.iter().enumerate() {
                let Some(name) = name.strip_prefix("feats.") else { continue };
                let value = |feats: &String| {
                    feats
                        .split('|')
                        .filter_map(|f| f.split_once('='))
                        .find(|(n, _)| *n == name)
                        .map_or("", |p| p.1)
                        .to_owned()
                };
                example.classes.push((task, feats.iter().map(|f| class(task, &value(f))).collect()));
            }
        }
        if let Some(lemmas) = &sentence.lemmas {
            let task = self.task(&format!("lemma.{}", self.languages[language]));
            let scripts = sentence.forms.iter().zip(lemmas).map(|(f, l)| class(task, &script::derive(f, l)));
            example.classes.push((task, scripts.collect()));
        }
        if let Some(tree) = &sentence.tree {
            let label = |l: &str| self.relations.binary_search_by(|r| r.as_str().cmp(l)).expect("listed") as u32;
            example.tree = Some(tree.iter().map(|(h, l)| (*h as u32, label(l))).collect());
        }
        example.names = sentence.names.as_ref().map(|n| (self.task("names"), n.clone()));
        example
    }

    /// The rows of what the rules for names say.
    pub fn hint_rows(&self) -> impl Iterator<Item = u32> {
        let tags = names::CLASSES.into_iter().flat_map(|kind| [NameTag::B(kind), NameTag::I(kind)]);
        tags.filter_map(features::of_hint).map(|f| self.rows[&(u8::MAX, f.hash)])
    }

    /// The rows of a form's features.
    pub fn form_rows(&self, form: u32) -> impl Iterator<Item = u32> {
        self.forms[form as usize].features.iter().map(|f| f.1)
    }

    /// A sentence as the network reads it, with features left out at random.
    pub fn example(&self, item: &Item, random: &mut Random) -> Example {
        let mut example = item.targets.clone();
        let style = self.styles[item.language][item.source];
        example.features.push(vec![self.root[item.language], style]);
        let case = random.unit();
        // Now and then without what the rules say, and always when the case is not theirs.
        let asked = case >= 2.0 * self.recase && (random.unit() > self.without_hints);
        for (i, id) in item.forms.iter().enumerate() {
            let form = &self.forms[*id as usize];
            let seen = if case < self.recase {
                &self.forms[form.lower as usize]
            } else if case < 2.0 * self.recase {
                &self.forms[form.upper as usize]
            } else {
                form
            };
            let hidden = random.unit() < self.hide / (self.hide + form.count as f32);
            let mut rows = vec![style];
            if asked && let Some(hint) = features::of_hint(item.sentence.hints[i]) {
                rows.push(self.rows[&(u8::MAX, hint.hash)]);
            }
            for (kind, row) in &seen.features {
                let own = matches!(kind, Kind::Lower | Kind::Exact | Kind::Lemma);
                let drop = (hidden && own) || random.unit() < self.feature_dropout;
                if !drop {
                    rows.push(*row);
                }
            }
            example.features.push(rows);
        }
        example
    }
}

/// An epoch's batches: indices into the sentences to learn from, each batch of one language.
pub fn batches(prepared: &mut Prepared, words: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut batches = Vec::new();
    for language in 0..prepared.languages.len() {
        let mut chosen = Vec::new();
        for (i, item) in prepared.learn.iter().enumerate().filter(|(_, item)| item.language == language) {
            let mut left = item.weight;
            while left > 0.0 {
                if left >= 1.0 || random.unit() < left {
                    chosen.push(i);
                }
                left -= 1.0;
            }
        }
        random.shuffle(&mut chosen);
        // Sentences of like length side by side, within stretches, so that the order stays random.
        for stretch in chosen.chunks_mut(400) {
            stretch.sort_by_key(|i| prepared.learn[*i].forms.len());
        }
        let mut batch = Vec::new();
        let mut size = 0;
        for i in chosen {
            batch.push(i);
            size += prepared.learn[i].forms.len() + 1;
            if size >= words {
                batches.push(std::mem::take(&mut batch));
                size = 0;
            }
        }
        if !batch.is_empty() {
            batches.push(batch);
        }
    }
    random.shuffle(&mut batches);
    batches
}
