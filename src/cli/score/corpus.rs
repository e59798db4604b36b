//! Files of short annotated texts.

use crate::article::{Options, Reader};
use crate::cli::CliError;
use crate::language::Language;
use crate::panics;
use crate::pipeline;
use crate::record::ArticleRecord;
use crate::score::Case;
use crate::score::corpus::{self, Annotated};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The annotated texts of a file, or of every .txt file in a folder and the folders in it, with their records.
pub(super) fn read(path: &Path) -> Result<Vec<Case>, CliError> {
    let mut files = Vec::new();
    collect(path, &mut files).map_err(|e| CliError::NotFound(format!("{}: cannot be read: {e}", path.display())))?;
    if files.is_empty() {
        let hint = "give a file of annotated texts, or a folder of GOLD_DIR's kind and ARTICLE_DIR (docs/gold.md)";
        return Err(CliError::NotFound(format!("{}: no annotated texts (.txt): {hint}", path.display())));
    }
    let mut cases = Vec::new();
    for file in &files {
        cases.extend(read_file(file)?);
    }
    Ok(cases)
}

/// A file itself, or the .txt files below a folder in the order of their names.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        fs::metadata(path)?;
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    entries.sort();
    entries.retain(|e| e.is_dir() || e.extension().is_some_and(|e| e == "txt"));
    entries.iter().try_for_each(|entry| collect(entry, files))
}

fn read_file(file: &Path) -> Result<Vec<Case>, CliError> {
    let name = file.display();
    let words = fs::read_to_string(file).map_err(|e| CliError::NotFound(format!("{name}: cannot be read: {e}")))?;
    let (language, texts) = corpus::parse(&words)
        .map_err(|e| CliError::NotFound(format!("{name}:{e}: see docs/gold.md for the notation")))?;
    let options = Options { language: Some(language), ..Options::default() };
    let reader = Reader::new(options).map_err(|e| CliError::Failed(e.to_string()))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let cases = texts.into_par_iter().map(|text| case(&reader, &stem, language, text));
    cases.collect::<Result<_, _>>().map_err(|e| CliError::Failed(format!("{name}: {e}")))
}

/// A text with its record.
fn case(reader: &Reader, stem: &str, language: Language, annotated: Annotated) -> Result<Case, String> {
    let Annotated { text, published, mut gold } = annotated;
    gold.article = format!("{}/{stem}/{}", language.code(), gold.article);
    let record = panics::catch(|| record(reader, text, published));
    let record = record.map_err(|panic| format!("{}: internal error, please report it: {panic}", gold.article))?;
    Ok(Case { record: record.map_err(|e| format!("{}: {e}", gold.article))?, gold })
}

fn record(reader: &Reader, text: String, published: Option<String>) -> Result<ArticleRecord, String> {
    let mut documents = reader.read("text.txt", text.into_bytes()).into_iter();
    let mut document = documents.next().ok_or("not an article")?.map_err(|e| e.to_string())?;
    document.published = document.published.or(published);
    Ok(pipeline::extract(document))
}
