//! Tags, lemmas, trees and names learned from treebanks and corpora.
//!
//! `train/` writes the models, `models/xx/` holds them. A model reads word forms alone; it is a
//! function of a sentence: neither the sentences beside it nor the machine change what it says.

pub mod activation;
mod dense;
pub mod features;
pub mod file;
mod kept;
mod kernel;
pub mod names;
mod network;
pub mod script;
pub mod tree;

use super::syntax::{NameTag, Upos};
use crate::language::{Language, LanguageData};
use dense::Rows;
use features::{Clusters, Kind};
use file::{File, ModelError};
use include_dir::{Dir, include_dir};
use kept::Kept;
use network::{Batch, Network, best};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

/// What is predicted of one word.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Part of speech.
    pub upos: Upos,
    /// Features, in the order that Universal Dependencies asks for.
    pub feats: Vec<(&'static str, &'static str)>,
    /// Dictionary form.
    pub lemma: String,
    /// The word it depends on, counted from 1; 0 for the root.
    pub head: usize,
    /// How it depends on it.
    pub deprel: &'static str,
    /// Whether it is part of a name.
    pub name: NameTag,
    /// How much more the tagger believes that than that it is none, as a difference of scores (log odds); 0 outside names.
    pub name_margin: f32,
}

type Features = Vec<(&'static str, &'static str)>;

/// What a group of tag scores is for.
enum Tag {
    Upos(Vec<Upos>),
    Feature(&'static str, Vec<&'static str>),
    Names,
}

/// The model of one language.
pub struct Model {
    data: &'static LanguageData,
    clusters: Clusters,
    /// Rows of embeddings by the hash of the feature.
    index: HashMap<u32, u32, Plain>,
    rows: &'static [u8],
    scales: Vec<f32>,
    style: Vec<f32>,
    root: Arc<[f32]>,
    tags: Vec<(usize, Tag)>,
    relations: Vec<&'static str>,
    scripts: Vec<&'static str>,
    /// Edits of known forms, by the hash of form and part of speech.
    lexicon: HashMap<u32, u16, Plain>,
    network: Network,
    /// What the first layer makes of forms.
    kept: Mutex<Kept>,
    /// Memory to compute in, for each thread that asks; kept from call to call.
    batches: Mutex<Vec<Batch>>,
}

/// What the first layer makes of the forms of some sentences.
struct Projected {
    vectors: Vec<Arc<[f32]>>,
    /// For every word of each sentence its vector.
    words: Vec<Vec<usize>>,
}

/// Most words computed side by side, unless a sentence has more: what is computed of them stays in the
/// processor's own memory.
const TOGETHER: usize = 512;
/// New forms looked at together.
const NEW_TOGETHER: usize = 128;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/models");

impl Model {
    /// The model of a language, loaded when it is asked for first.
    pub fn of(language: Language) -> &'static Model {
        static MODELS: [OnceLock<Model>; 4] = [const { OnceLock::new() }; 4];
        let at = Language::ALL.iter().position(|l| *l == language).expect("ALL has every language");
        MODELS[at].get_or_init(|| {
            let file = FILES.get_file(format!("{}/model.safetensors", language.code()));
            let model =
                file.ok_or_else(|| ModelError("it is missing".to_owned())).and_then(|f| Model::open(f.contents()));
            model.unwrap_or_else(|e| panic!("{}: {e}", language.code()))
        })
    }

    /// Opens the bytes of a model's file.
    pub fn open(bytes: &'static [u8]) -> Result<Model, ModelError> {
        let file = File::open(bytes)?;
        let d: &'static file::Description = Box::leak(Box::new(file.description.clone()));
        let language = Language::from_code(&d.language);
        let language = language.ok_or_else(|| ModelError(format!("no language has the code {}", d.language)))?;
        let keys = file.hashes("features.keys")?;
        let rows = file.bytes("features.rows")?;
        let scales = file.floats("features.scales")?;
        if rows.len() != keys.len() * d.embedding || scales.len() != keys.len() {
            return Err(ModelError("the embeddings are not as many as the features".to_owned()));
        }
        let lexicon = file.hashes("lexicon.keys")?.into_iter().zip(file.shorts("lexicon.scripts")?).collect();
        let network = Network::new(&file)?;
        let mut root = Rows::default();
        root.push(&file.floats("root")?);
        let root = network.project(&root).remove(0);
        Ok(Model {
            data: LanguageData::of(language),
            clusters: Clusters { keys: file.hashes("clusters.keys")?, paths: file.shorts("clusters.paths")? },
            index: keys.into_iter().zip(0..).collect(),
            rows,
            scales,
            style: file.floats("style")?,
            root,
            tags: tags(d)?,
            relations: d.relations.iter().map(String::as_str).collect(),
            scripts: d.scripts.iter().map(String::as_str).collect(),
            lexicon,
            network,
            kept: Mutex::default(),
            batches: Mutex::default(),
        })
    }

    /// One prediction a word, for each sentence; `hints` tell for every word whether the rules take it for
    /// part of a name (missing sentences: not asked).
    pub fn predict(&self, sentences: &[Vec<&str>], hints: &[Vec<NameTag>]) -> Vec<Vec<Prediction>> {
        let projected = self.project(sentences, hints);
        let mut order: Vec<usize> = (0..sentences.len()).filter(|s| !sentences[*s].is_empty()).collect();
        order.sort_by_key(|s| std::cmp::Reverse(sentences[*s].len()));
        let mut predictions = vec![Vec::new(); sentences.len()];
        let mut batch = locked(&self.batches).pop().unwrap_or_default();
        let mut rest = &order[..];
        while let Some(longest) = rest.first() {
            let count = (TOGETHER / sentences[*longest].len()).clamp(1, rest.len());
            let (together, later) = rest.split_at(count);
            rest = later;
            let lengths: Vec<usize> = together.iter().map(|s| sentences[*s].len() + 1).collect();
            let rows = together.iter().flat_map(|s| {
                let words = projected.words[*s].iter().map(|v| &*projected.vectors[*v]);
                [&*self.root].into_iter().chain(words)
            });
            self.network.run(&lengths, &rows.collect::<Vec<_>>(), &mut batch);
            for (number, s) in together.iter().enumerate() {
                predictions[*s] = self.read(&sentences[*s], &batch, number);
            }
        }
        locked(&self.batches).push(batch);
        predictions
    }

    /// What the first layer makes of every form with its hint.
    fn project(&self, sentences: &[Vec<&str>], hints: &[Vec<NameTag>]) -> Projected {
        let mut index: HashMap<(&str, NameTag), usize> = HashMap::new();
        let mut forms: Vec<(&str, NameTag)> = Vec::new();
        let mut number = |form, hint| {
            *index.entry((form, hint)).or_insert_with(|| {
                forms.push((form, hint));
                forms.len() - 1
            })
        };
        let numbers = sentences
            .iter()
            .enumerate()
            .map(|(s, words)| words.iter().enumerate().map(|(i, form)| number(*form, hint(hints, s, i))).collect());
        let words = numbers.collect();
        let mut kept = locked(&self.kept);
        let known: Vec<Option<Arc<[f32]>>> = forms.iter().map(|(form, hint)| kept.get(form, *hint)).collect();
        drop(kept);
        let new: Vec<(&str, NameTag)> = forms.iter().zip(&known).filter(|(_, k)| k.is_none()).map(|f| *f.0).collect();
        let mut made = self.first_seen(&new).into_iter();
        Projected { vectors: known.into_iter().filter_map(|known| known.or_else(|| made.next())).collect(), words }
    }

    /// What the first layer makes of forms that are not kept; they are from now on.
    fn first_seen(&self, new: &[(&str, NameTag)]) -> Vec<Arc<[f32]>> {
        let mut vectors = Vec::with_capacity(new.len());
        let mut embedded = Rows::default();
        for some in new.chunks(NEW_TOGETHER) {
            embedded.clear();
            some.iter().for_each(|(form, hint)| embedded.push(&self.embed(form, *hint)));
            vectors.extend(self.network.project(&embedded));
        }
        let mut kept = locked(&self.kept);
        new.iter().zip(&vectors).for_each(|((form, hint), vector)| kept.keep(form, *hint, vector.clone()));
        vectors
    }

    /// The sum of the embeddings of a form's features and its hint's.
    fn embed(&self, form: &str, hint: NameTag) -> Vec<f32> {
        let mut sum = self.style.clone();
        for feature in features::of_form(form, self.data, &self.clusters).into_iter().chain(features::of_hint(hint)) {
            if let Some(row) = self.index.get(&feature.hash) {
                self.add_row(*row, &mut sum);
            }
        }
        sum.iter_mut().for_each(|v| *v = activation::leaky(*v));
        sum
    }

    fn add_row(&self, row: u32, sum: &mut [f32]) {
        let width = sum.len();
        dense::add(sum, &self.rows[row as usize * width..][..width], self.scales[row as usize]);
    }

    /// What the network says of a sentence of a batch.
    fn read(&self, forms: &[&str], batch: &Batch, sentence: usize) -> Vec<Prediction> {
        let rows = self.network.tags(batch, sentence);
        let heads = tree::decode(&self.network.arcs(batch, sentence), forms.len());
        let relations = self.network.relations(batch, sentence, &heads);
        let names = self.names(&rows);
        let tags: Vec<(Upos, Features)> = rows.iter().map(|row| self.tags(row)).collect();
        let upos: Vec<Upos> = tags.iter().map(|t| t.0).collect();
        let lemmas = self.lemmas(forms, &upos, |unknown| self.network.scripts(batch, sentence, unknown));
        let all = tags.into_iter().zip(lemmas).zip(names).enumerate();
        all.map(|(i, (((upos, feats), lemma), (name, name_margin)))| {
            // Only the root is called so.
            let deprel = match (heads[i], self.relations[relations[i]]) {
                (0, _) => "root",
                (_, "root") => "dep",
                (_, relation) => relation,
            };
            Prediction { upos, feats, lemma, head: heads[i], deprel, name, name_margin }
        })
        .collect()
    }

    fn tags(&self, row: &[f32]) -> (Upos, Features) {
        let mut upos = Upos::X;
        let mut feats = Vec::new();
        for (from, tag) in &self.tags {
            match tag {
                Tag::Upos(all) => upos = all[best(&row[*from..from + all.len()])],
                Tag::Feature(name, values) => {
                    let value = values[best(&row[*from..from + values.len()])];
                    if !value.is_empty() {
                        feats.push((*name, value));
                    }
                }
                Tag::Names => {}
            }
        }
        (upos, feats)
    }

    fn lemmas(&self, forms: &[&str], upos: &[Upos], scripts: impl FnOnce(&[usize]) -> Vec<Vec<usize>>) -> Vec<String> {
        let known = |i: usize| self.lexicon.get(&lexicon_key(forms[i], upos[i].as_str())).map(|s| usize::from(*s));
        let mut lemmas: Vec<Option<String>> =
            (0..forms.len()).map(|i| known(i).map(|script| script::apply(forms[i], self.scripts[script]))).collect();
        let unknown: Vec<usize> = (0..forms.len()).filter(|i| lemmas[*i].is_none()).collect();
        for (i, likely) in unknown.iter().zip(scripts(&unknown)) {
            let made = likely.iter().map(|script| script::apply(forms[*i], self.scripts[*script]));
            // Of words that stand in dictionaries, the likeliest edit that makes one.
            let listed = |lemma: &String| upos[*i] == Upos::Propn || self.data.has_lemma(lemma);
            lemmas[*i] = made.clone().find(listed).or_else(|| made.clone().next());
        }
        lemmas.into_iter().zip(forms).map(|(lemma, form)| lemma.unwrap_or_else(|| (*form).to_owned())).collect()
    }

    fn names(&self, rows: &[&[f32]]) -> Vec<(NameTag, f32)> {
        let from = self.tags.iter().find(|(_, tag)| matches!(tag, Tag::Names)).map_or(0, |t| t.0);
        let rows: Vec<&[f32]> = rows.iter().map(|r| &r[from..from + names::LABELS]).collect();
        let labels = names::decode(&rows);
        labels.into_iter().zip(rows).map(|(label, row)| (name_tag(label), row[label] - row[0])).collect()
    }
}

/// What a lock guards; a thread that panicked has left it whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

fn hint(hints: &[Vec<NameTag>], sentence: usize, word: usize) -> NameTag {
    hints.get(sentence).map_or(NameTag::O, |h| h[word])
}

fn name_tag(label: usize) -> NameTag {
    match label {
        0 => NameTag::O,
        _ if label % 2 == 1 => NameTag::B(names::CLASSES[(label - 1) / 2]),
        _ => NameTag::I(names::CLASSES[(label - 1) / 2]),
    }
}

/// The key of a form with a part of speech in the lexicon of edits.
pub fn lexicon_key(form: &str, upos: &str) -> u32 {
    features::hash_of(Kind::Edit, form.bytes().chain([b'\t']).chain(upos.bytes()))
}

fn tags(d: &'static file::Description) -> Result<Vec<(usize, Tag)>, ModelError> {
    let mut from = 0;
    let mut list = Vec::new();
    for (name, labels) in &d.tags {
        let tag = match name.as_str() {
            "upos" => {
                let all: Result<Vec<Upos>, _> = labels.iter().map(|l| Upos::from_str(l)).collect();
                Tag::Upos(all.map_err(|e| ModelError(e.to_string()))?)
            }
            "names" if labels.len() == names::LABELS => Tag::Names,
            other => {
                let feature =
                    other.strip_prefix("feats.").ok_or_else(|| ModelError(format!("no task is called {other}")))?;
                Tag::Feature(feature, labels.iter().map(String::as_str).collect())
            }
        };
        list.push((from, tag));
        from += labels.len();
    }
    Ok(list)
}

/// Hashes are spread already.
#[derive(Debug, Clone, Copy, Default)]
struct Plain;

impl std::hash::BuildHasher for Plain {
    type Hasher = PlainHasher;

    fn build_hasher(&self) -> PlainHasher {
        PlainHasher(0)
    }
}

struct PlainHasher(u64);

impl std::hash::Hasher for PlainHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0 << 8 | u64::from(*b));
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
