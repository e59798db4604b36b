//! The trained network as the file that the program reads.

use crate::net::{Embeddings, Network};
use crate::prepare::{Prepared, ROOT};
use newsgraph::analysis::model::activation::leaky;
use newsgraph::analysis::model::features::{self, Kind};
use newsgraph::analysis::model::file::{DESCRIPTION, Description};
use newsgraph::analysis::model::{lexicon_key, script};
use safetensors::tensor::{Dtype, TensorView};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Writes one language's model; the number of bytes.
pub fn write(
    path: &Path,
    network: &Network,
    embeddings: &Embeddings,
    prepared: &Prepared,
    code: &str,
) -> Result<usize, String> {
    let bytes = bytes(network, embeddings, prepared, code)?;
    let fault = |e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(fault)?;
    std::fs::write(path, &bytes).map_err(fault)?;
    Ok(bytes.len())
}

struct Tensors(Vec<(String, Dtype, Vec<usize>, Vec<u8>)>);

impl Tensors {
    fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.0.push((name.to_owned(), Dtype::F32, shape.to_vec(), bytes));
    }

    fn hashes(&mut self, name: &str, values: &[u32]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.0.push((name.to_owned(), Dtype::U32, vec![values.len()], bytes));
    }

    fn shorts(&mut self, name: &str, values: &[u16]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.0.push((name.to_owned(), Dtype::U16, vec![values.len()], bytes));
    }

    fn affine(&mut self, name: &str, weights: &[f32], bias: &[f32]) {
        self.floats(&format!("{name}.weight"), &[bias.len(), weights.len() / bias.len()], weights);
        self.floats(&format!("{name}.bias"), &[bias.len()], bias);
    }
}

/// The bytes of one language's model.
pub fn bytes(network: &Network, embeddings: &Embeddings, prepared: &Prepared, code: &str) -> Result<Vec<u8>, String> {
    let language =
        prepared.languages.iter().position(|l| l == code).ok_or_else(|| format!("{code} was not learned"))?;
    let used = Used::new(prepared, language);
    let mut tensors = Tensors(Vec::new());
    let h = network.size.hidden;
    for layer in 0..network.size.layers {
        for direction in ["forward", "backward"] {
            let name = |part: &str| format!("layer{layer}.{direction}.{part}");
            let get = |part: &str| network.get(&network.weights, &name(part));
            tensors.affine(&name("input"), get("input"), get("bias"));
            tensors.affine(&name("state"), get("state"), &vec![0.0; 3 * h]);
        }
    }
    for name in ["arc.dependent", "arc.head", "label.dependent", "label.head"] {
        let get = |part: &str| network.get(&network.weights, &format!("{name}.{part}"));
        tensors.affine(name, get("weight"), get("bias"));
    }
    let a = network.size.arc;
    let bilinear = network.get(&network.weights, "arc.bilinear");
    let turned: Vec<f32> = (0..a * a).map(|i| bilinear[i % a * a + i / a]).collect();
    tensors.affine("arc.bilinear", &turned, network.get(&network.weights, "arc.prior"));
    let relations: Vec<usize> = (0..prepared.relations.len()).filter(|r| used.relations.contains(r)).collect();
    let (weights, bias) = chosen(network, "relation", &relations);
    tensors.affine("relation", &weights, &bias);
    let tags = tags(network, prepared, &used, &mut tensors);
    let task = prepared.task(&format!("lemma.{code}"));
    let scripts = prepared.labels[task].clone();
    let (weights, bias) = chosen(network, &format!("lemma.{code}"), &(0..scripts.len()).collect::<Vec<_>>());
    tensors.affine("lemma", &weights, &bias);
    lexicon(prepared, language, &scripts, &mut tensors);
    rows(embeddings, prepared, language, &used, &mut tensors);
    let description = Description {
        language: code.to_owned(),
        embedding: network.size.embedding,
        hidden: h,
        layers: network.size.layers,
        arc: a,
        label: network.size.label,
        tags,
        relations: relations.iter().map(|r| prepared.relations[*r].clone()).collect(),
        scripts,
    };
    let text = serde_json::to_string(&description).map_err(|e| e.to_string())?;
    let views: Result<Vec<_>, _> = tensors
        .0
        .iter()
        .map(|(name, dtype, shape, data)| Ok((name.as_str(), TensorView::new(*dtype, shape.clone(), data)?)))
        .collect();
    let views = views.map_err(|e: safetensors::SafeTensorError| e.to_string())?;
    safetensors::serialize(views, Some(HashMap::from([(DESCRIPTION.to_owned(), text)]))).map_err(|e| e.to_string())
}

/// What occurs in a language's corpora.
struct Used {
    relations: BTreeSet<usize>,
    classes: BTreeMap<usize, BTreeSet<u32>>,
    rows: BTreeSet<u32>,
}

impl Used {
    fn new(prepared: &Prepared, language: usize) -> Self {
        let mut used =
            Used { relations: BTreeSet::new(), classes: BTreeMap::new(), rows: prepared.hint_rows().collect() };
        for item in prepared.learn.iter().filter(|i| i.language == language) {
            let example = &item.targets;
            used.relations.extend(example.tree.iter().flatten().map(|(_, r)| *r as usize));
            for (task, classes) in &example.classes {
                used.classes.entry(*task).or_default().extend(classes.iter().filter(|c| **c != u32::MAX));
            }
            item.forms.iter().for_each(|f| used.rows.extend(prepared.form_rows(*f)));
        }
        used
    }
}

/// The rows of a head for some of its classes.
fn chosen(network: &Network, name: &str, classes: &[usize]) -> (Vec<f32>, Vec<f32>) {
    let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
    let columns = network.slot(&weight).columns;
    let (w, b) = (network.get(&network.weights, &weight), network.get(&network.weights, &bias));
    let rows = classes.iter().flat_map(|c| w[c * columns..(c + 1) * columns].iter().copied()).collect();
    (rows, classes.iter().map(|c| b[*c]).collect())
}

/// The heads of all tasks but lemmas below each other, with the labels that occur in the language.
fn tags(network: &Network, prepared: &Prepared, used: &Used, tensors: &mut Tensors) -> Vec<(String, Vec<String>)> {
    let (mut weights, mut bias, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    let mut tasks: Vec<usize> =
        (0..prepared.tasks.names.len()).filter(|t| !prepared.tasks.names[*t].starts_with("lemma.")).collect();
    tasks.sort_by_key(|t| prepared.tasks.names[*t].to_lowercase());
    for task in tasks {
        let name = &prepared.tasks.names[task];
        let classes: Vec<usize> = if name == "names" {
            (0..prepared.labels[task].len()).collect()
        } else {
            used.classes.get(&task).into_iter().flatten().map(|c| *c as usize).collect()
        };
        // A feature that never has a value is none.
        if name != "names" && classes.len() < 2 {
            continue;
        }
        let (w, b) = chosen(network, name, &classes);
        weights.extend(w);
        bias.extend(b);
        tags.push((name.clone(), classes.iter().map(|c| prepared.labels[task][*c].clone()).collect()));
    }
    tensors.affine("tags", &weights, &bias);
    tags
}

/// The edits of forms seen, by part of speech, where one is far more frequent than all others.
fn lexicon(prepared: &Prepared, language: usize, scripts: &[String], tensors: &mut Tensors) {
    let mut counts: BTreeMap<u32, BTreeMap<u16, usize>> = BTreeMap::new();
    for item in prepared.learn.iter().filter(|i| i.language == language) {
        let s = &item.sentence;
        let (Some(lemmas), Some(upos)) = (&s.lemmas, &s.upos) else { continue };
        // The annotation that is asked for counts most.
        let weight =
            if prepared.style_names[language][item.source] == prepared.style_names[language][0] { 4 } else { 1 };
        for ((form, lemma), upos) in s.forms.iter().zip(lemmas).zip(upos) {
            if let Ok(script) = scripts.binary_search(&script::derive(form, lemma)) {
                *counts.entry(lexicon_key(form, upos)).or_default().entry(script as u16).or_default() += weight;
            }
        }
    }
    let sure: Vec<(u32, u16)> = counts
        .into_iter()
        .filter_map(|(key, scripts)| {
            let total: usize = scripts.values().sum();
            let (script, n) = scripts.into_iter().max_by_key(|(_, n)| *n)?;
            (n * 10 >= total * 8).then_some((key, script))
        })
        .collect();
    tensors.hashes("lexicon.keys", &sure.iter().map(|p| p.0).collect::<Vec<_>>());
    tensors.shorts("lexicon.scripts", &sure.iter().map(|p| p.1).collect::<Vec<_>>());
}

/// The embeddings, eight bits a number, a factor a row.
fn rows(embeddings: &Embeddings, prepared: &Prepared, language: usize, used: &Used, tensors: &mut Tensors) {
    let width = embeddings.width;
    let row = |at: u32| &embeddings.data[at as usize * width..(at as usize + 1) * width];
    let style_name = &prepared.style_names[language][0];
    let style = row(prepared.rows[&(language as u8, features::hash(Kind::Style, style_name.as_bytes()))]);
    let root = row(prepared.rows[&(language as u8, features::hash(Kind::Lower, ROOT))]);
    tensors.floats("style", &[width], style);
    let root: Vec<f32> = root.iter().zip(style).map(|(a, b)| leaky(a + b)).collect();
    tensors.floats("root", &[width], &root);
    let mut kept: Vec<(u32, u32)> =
        prepared.rows.iter().filter(|(_, at)| used.rows.contains(at)).map(|((_, hash), at)| (*hash, *at)).collect();
    kept.sort_unstable();
    let (mut scales, mut data) = (Vec::new(), Vec::new());
    for (_, at) in &kept {
        let values = row(*at);
        let scale = values.iter().fold(0.0_f32, |a, v| a.max(v.abs())).max(1e-9) / 127.0;
        scales.push(scale);
        data.extend(values.iter().map(|v| (v / scale).round() as i8 as u8));
    }
    tensors.hashes("features.keys", &kept.iter().map(|k| k.0).collect::<Vec<_>>());
    tensors.floats("features.scales", &[kept.len()], &scales);
    tensors.0.push(("features.rows".to_owned(), Dtype::I8, vec![kept.len(), width], data));
    tensors.hashes("clusters.keys", &prepared.clusters[language].keys);
    tensors.shorts("clusters.paths", &prepared.clusters[language].paths);
}
