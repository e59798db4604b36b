//! Treebanks and corpora of names as sentences to learn from.

use newsgraph::analysis::Analysis;
use newsgraph::analysis::syntax::{self, NameTag};
use newsgraph::article::Document;
use newsgraph::language::{Language, LanguageData};
use newsgraph::mention::{name, tags};
use newsgraph::text::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What is known of a sentence; what a corpus does not annotate is absent.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    pub forms: Vec<String>,
    /// Whether a blank follows each word.
    pub blanks: Vec<bool>,
    /// For each word whether the rules for names take it for part of one.
    pub hints: Vec<NameTag>,
    pub upos: Option<Vec<String>>,
    pub feats: Option<Vec<String>>,
    pub lemmas: Option<Vec<String>>,
    /// Heads (0 the root) and relations.
    pub tree: Option<Vec<(usize, String)>>,
    /// For every word the labels that it may have, as a set of bits over [`NAME_LABELS`].
    pub names: Option<Vec<u32>>,
}

/// Classes of names; the labels are O, then B and I of each.
pub const CLASSES: [&str; 7] =
    ["Person", "Organization", "GovernmentOrganization", "Place", "Product", "Work", "Event"];
/// Number of labels of names.
pub const NAME_LABELS: usize = 1 + 2 * CLASSES.len();

/// A corpus of the recipe.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub file: String,
    pub format: Format,
    /// How often each sentence is seen an epoch; below one, a random part is.
    #[serde(default = "one")]
    pub weight: f32,
    /// The annotation style; the model is asked for the language's first at run time.
    pub style: String,
    /// Layers that are not to be learned from ("feats", "lemma", "tree", "upos").
    #[serde(default)]
    pub without: Vec<String>,
    /// Every nth sentence is kept for measuring; 0 none.
    #[serde(default)]
    pub hold_out: usize,
    /// Folder of the texts that a list of names is of.
    #[serde(default)]
    pub texts: String,
}

fn one() -> f32 {
    1.0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Conllu,
    /// A token and its label a line, columns by blanks; the label in the column of the reader's choice.
    Iob,
    /// Universal NER: number, form, label.
    Uner,
    /// GermEval: number, form, outer, inner label.
    Germeval,
    /// MobIE: form, tag, chunk, label of one of 20 types.
    Mobie,
    /// WikiANN: `xx:form`, label.
    Wikiann,
    /// A list of names for texts: file, form, type, lines.
    List,
}

pub fn read(root: &Path, source: &Source) -> Result<Vec<Sentence>, String> {
    let path = root.join(&source.file);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut sentences = match source.format {
        Format::Conllu => conllu(&text),
        Format::List => listed(root, source, &text)?,
        other => labelled(&text, other),
    };
    for sentence in &mut sentences {
        for layer in &source.without {
            match layer.as_str() {
                "feats" => sentence.feats = None,
                "lemma" => sentence.lemmas = None,
                "tree" => sentence.tree = None,
                "upos" => sentence.upos = None,
                other => return Err(format!("{}: no layer is called {other}", source.file)),
            }
        }
    }
    Ok(sentences)
}

fn conllu(text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    for block in text.split("\n\n") {
        let mut rows = Vec::new();
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() == 10 && columns[0].parse::<usize>().is_ok() {
                rows.push(columns);
            }
        }
        if rows.is_empty() {
            continue;
        }
        let blanks = blanks(block);
        let column = |i: usize| rows.iter().map(|r| r[i].to_owned()).collect::<Vec<_>>();
        let lemmas = column(2);
        let feats = column(5);
        let heads: Option<Vec<(usize, String)>> =
            rows.iter().map(|r| Some((r[6].parse().ok()?, r[7].to_owned()))).collect();
        all.push(Sentence {
            forms: column(1),
            blanks,
            hints: Vec::new(),
            upos: Some(column(3)),
            lemmas: lemmas.iter().zip(column(1)).any(|(l, f)| l != "_" && f != "_").then_some(lemmas),
            feats: Some(feats),
            tree: heads,
            names: None,
        });
    }
    // A treebank without any features has none, rather than words without features.
    if all.iter().all(|s| s.feats.iter().flatten().all(|f| f == "_")) {
        all.iter_mut().for_each(|s| s.feats = None);
    }
    all
}

/// Whether a blank follows each word of a block: as SpaceAfter says; between the words of a token
/// written as one, if their letters are not the token's.
fn blanks(block: &str) -> Vec<bool> {
    let mut blanks = Vec::new();
    let mut token: Option<(usize, bool, bool)> = None;
    let mut rest = "";
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(form), Some(misc)) = (columns.first(), columns.get(1), columns.get(9)) else { continue };
        let blank = !misc.contains("SpaceAfter=No");
        if let Some(last) = id.split_once('-').and_then(|(_, last)| last.parse().ok()) {
            token = Some((last, blank, true));
            rest = form;
        } else if let Ok(number) = id.parse::<usize>() {
            match &mut token {
                Some((last, after, own)) if number <= *last => {
                    *own &= rest.strip_prefix(form).map(|r| rest = r).is_some();
                    blanks.push(if number == *last { *after } else { !*own });
                }
                _ => blanks.push(blank),
            }
        }
    }
    blanks
}

/// Labels that a label of a corpus allows.
fn allowed(label: &str, complete: bool) -> u32 {
    let bit = |prefix: char, class: &str| {
        let i = CLASSES.iter().position(|c| *c == class).expect("a class");
        1_u32 << (1 + 2 * i + usize::from(prefix == 'I'))
    };
    let Some((prefix, class)) = label.split_once('-') else {
        let other: u32 = ["Product", "Work", "Event"].iter().map(|c| bit('B', c) | bit('I', c)).sum();
        return if complete { 1 } else { 1 | other };
    };
    let prefix = prefix.chars().next().unwrap_or('B');
    let of = |classes: &[&str]| classes.iter().map(|c| bit(prefix, c)).sum();
    match class {
        "PER" | "PERSON" | "person" | "Person" => of(&["Person"]),
        "ORG" | "ORGANISATION" | "ORGANIZATION" => of(&["Organization", "GovernmentOrganization"]),
        _ if class.starts_with("organization") => of(&["Organization", "GovernmentOrganization"]),
        "LOC" | "PLACE" | "LOCATION" | "Place" => of(&["Place"]),
        _ if class.starts_with("location") => of(&["Place"]),
        "OTH" | "MISC" => of(&["Product", "Work", "Event"]) | 1,
        known if CLASSES.contains(&known) => of(&[known]),
        // Derived adjectives, parts of compounds, times, numbers: no names.
        _ => 1,
    }
}

fn labelled(text: &str, format: Format) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut forms: Vec<String> = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    let mut finish = |forms: &mut Vec<String>, labels: &mut Vec<String>| {
        if !forms.is_empty() {
            let labels = repaired(std::mem::take(labels));
            let names = labels.iter().map(|l| allowed(l, false)).collect();
            let forms = std::mem::take(forms);
            all.push(Sentence { blanks: guessed(&forms), forms, names: Some(names), ..Sentence::default() });
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with("-DOCSTART-") {
            finish(&mut forms, &mut labels);
            continue;
        }
        let tabs: Vec<&str> = line.split('\t').collect();
        let blanks: Vec<&str> = line.split_whitespace().collect();
        let pair = match format {
            _ if line.starts_with("# ") && !matches!(format, Format::Wikiann | Format::Iob) => None,
            Format::Uner | Format::Germeval => tabs.get(1).zip(tabs.get(2)),
            Format::Mobie => blanks.first().zip(blanks.last()),
            Format::Wikiann => {
                let form = blanks.first().map(|f| f.split_once(':').map_or(*f, |p| p.1));
                forms.extend(form.map(str::to_owned));
                labels.extend(blanks.last().map(|l| (*l).to_owned()));
                None
            }
            _ => blanks.first().zip(blanks.last()),
        };
        if let Some((form, label)) = pair {
            forms.push((*form).to_owned());
            labels.push((*label).to_owned());
        }
    }
    finish(&mut forms, &mut labels);
    all.retain(|s| s.forms.len() > 1 && s.forms.iter().all(|f| !f.is_empty()));
    all
}

/// Where blanks stand between words that were split: not before or inside most marks.
fn guessed(forms: &[String]) -> Vec<bool> {
    let closing = |f: &str| matches!(f, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "'s" | "’s" | "n't" | "%");
    let next = forms.iter().skip(1).map(|f| !closing(f));
    let blanks: Vec<bool> = next.chain([true]).collect();
    blanks.iter().zip(forms).map(|(blank, form)| *blank && !matches!(form.as_str(), "(" | "[")).collect()
}

/// An I that follows no label of its class begins a name.
fn repaired(labels: Vec<String>) -> Vec<String> {
    let mut result: Vec<String> = Vec::with_capacity(labels.len());
    for label in labels {
        let begins = label
            .strip_prefix("I-")
            .filter(|class| result.last().is_none_or(|before| before.split_once('-').is_none_or(|(_, c)| c != *class)));
        result.push(match begins {
            Some(class) => format!("B-{class}"),
            None => label,
        });
    }
    result
}

/// Texts, a paragraph a line, with the names that a list has for them, the longest first.
fn listed(root: &Path, source: &Source, list: &str) -> Result<Vec<Sentence>, String> {
    let language = language_of(source.style.get(..2).unwrap_or_default())?;
    // For each file the words of the names, their classes, and the lines that they stand in (none: all).
    type Listed<'l> = (Vec<String>, &'l str, BTreeSet<usize>);
    let mut by_file: BTreeMap<&str, Vec<Listed>> = BTreeMap::new();
    for line in list.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, form, class, ..] = columns[..] else { continue };
        let lines = columns.get(3).unwrap_or(&"");
        if lines.contains("part") {
            continue;
        }
        let lines = lines.split([',', ' ', ';']).filter_map(|n| n.parse().ok()).collect();
        by_file.entry(file).or_default().push((words(form, language).0, class, lines));
    }
    let mut all = Vec::new();
    for (file, mut names) in by_file {
        names.sort_by_key(|n| {
            std::cmp::Reverse((n.0.len(), n.0.iter().map(String::len).sum::<usize>(), !n.2.is_empty()))
        });
        let path = root.join(&source.texts).join(file);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for (number, line) in text.lines().enumerate() {
            let (forms, blanks) = words(line, language);
            if forms.is_empty() {
                continue;
            }
            let mut labels = vec![1_u32; forms.len()];
            let mut taken = vec![false; forms.len()];
            for (name, class, lines) in &names {
                if !lines.is_empty() && !lines.contains(&(number + 1)) {
                    continue;
                }
                for at in 0..(forms.len() + 1).saturating_sub(name.len()) {
                    let here = at..at + name.len();
                    if taken[here.clone()].contains(&true) || forms[here.clone()] != name[..] {
                        continue;
                    }
                    taken[here.clone()].fill(true);
                    for i in here {
                        labels[i] = allowed(&format!("{}-{class}", if i == at { 'B' } else { 'I' }), true);
                    }
                }
            }
            all.push(Sentence { forms, blanks, names: Some(labels), ..Sentence::default() });
        }
    }
    Ok(all)
}

/// The words of a text and whether a blank follows each, the way treebanks of the language split it.
fn words(text: &str, language: Language) -> (Vec<String>, Vec<bool>) {
    let document = Document::of_text(text.to_owned(), language);
    let analysis = Analysis::new(&document, LanguageData::of(language));
    let (mut forms, mut blanks) = (Vec::new(), Vec::new());
    for sentence in &analysis.syntax {
        for token in &sentence.tokens {
            for word in token.words.clone() {
                forms.push(sentence.words[word].form.clone());
                blanks.push(word + 1 == token.words.end && token.space_after);
            }
        }
    }
    (forms, blanks)
}

/// Asks the rules for names what they say of sentences, which stand in one text.
pub fn hint(sentences: &mut [Sentence], language: Language) {
    let mut text = String::new();
    let mut given = Vec::new();
    for sentence in sentences.iter() {
        let mut words = syntax::Sentence::default();
        for (form, blank) in sentence.forms.iter().zip(&sentence.blanks) {
            let start = text.len();
            text += form;
            words.push(Span::new(start, text.len()), form, vec![form.clone()], *blank);
            if *blank {
                text.push(' ');
            }
        }
        text.push('\n');
        given.push(words);
    }
    let document = Document::of_text(text, language);
    let analysis = Analysis::of_sentences(&document, LanguageData::of(language), given);
    let tags = tags::of(&analysis, &name::find(&analysis));
    sentences.iter_mut().zip(tags).for_each(|(s, tags)| s.hints = tags);
}

/// How often each form occurs.
pub fn counts<'a>(sentences: impl Iterator<Item = &'a Sentence>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for form in sentences.flat_map(|s| &s.forms) {
        *counts.entry(form.as_str()).or_default() += 1;
    }
    counts
}

pub fn language_of(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| format!("no language has the code {code}"))
}
