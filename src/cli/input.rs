//! Paths of the command line → articles.

use crate::article::Document;
use crate::language::Language;
use crate::text::Span;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What a folder's files must end in to be read; a file that is named itself is read anyway.
const EXTENSIONS: [&str; 8] = [
    "txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson",
];

/// An input that could not be read, wholly or in part.
#[derive(Debug)]
pub struct Bad {
    /// The file, or the line of it.
    pub place: String,
    /// What is wrong with it, and what to do.
    pub reason: String,
}

impl Bad {
    fn new(path: &Path, reason: impl ToString) -> Bad {
        Bad {
            place: path.display().to_string(),
            reason: reason.to_string(),
        }
    }
}

/// The files that `paths` name, folders taken with all below them, sorted and without repeats.
/// `-` stands for standard input.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Bad>) {
    let (mut files, mut bad) = (Vec::new(), Vec::new());
    for path in paths {
        if is_stdin(path) || path.is_file() {
            files.push(path.clone());
        } else {
            walk(path, &mut files, &mut bad);
        }
    }
    files.sort();
    files.dedup();
    (files, bad)
}

/// Whether the path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn walk(root: &Path, files: &mut Vec<PathBuf>, bad: &mut Vec<Bad>) {
    let visible =
        |e: &DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(root)
        .follow_links(true)
        .into_iter()
        .filter_entry(visible)
    {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(e) => bad.push(Bad::new(e.path().unwrap_or(root), walk_error(&e))),
        }
    }
}

fn walk_error(error: &walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| error.to_string(), io_reason)
}

fn io_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder: check the path".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no right to read it: check its rights".to_owned(),
        _ => error.to_string(),
    }
}

fn is_article(path: &Path) -> bool {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    EXTENSIONS.contains(&extension.as_str())
}

/// A file's bytes → its articles.
pub fn read(path: &Path, language: Option<Language>) -> Vec<Result<Document, Bad>> {
    match bytes(path) {
        Ok(bytes) => vec![document(path, &bytes, language)],
        Err(e) => vec![Err(Bad::new(path, io_reason(&e)))],
    }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if !is_stdin(path) {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Plain text alone: stands in until `article` reads.
fn document(path: &Path, bytes: &[u8], language: Option<Language>) -> Result<Document, Bad> {
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|_| Bad::new(path, "not UTF-8 text: convert it"))?;
    let headline = text.lines().map(str::trim).find(|line| !line.is_empty());
    let headline = headline
        .ok_or_else(|| Bad::new(path, "empty: nothing to read"))?
        .to_owned();
    let start = text.find(&headline).unwrap_or_default();
    Ok(Document {
        sha256: hex(&Sha256::digest(bytes)),
        language: language.unwrap_or(Language::En),
        headline_span: Some(Span::new(start, start + headline.len())),
        headline,
        text,
        published: None,
        publisher: None,
        author: None,
        url: None,
        furniture: vec![],
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
