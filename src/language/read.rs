//! Reading the files of `languages/`: those built in, or those of a folder.

use super::files::RelationFile;
use super::frames::{self, Frame};
use super::lemmas::Lemmas;
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use std::sync::OnceLock;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/languages");

/// A fault in a data file.
#[derive(Debug, thiserror::Error)]
#[error("languages/{file}: {reason}")]
pub struct DataError {
    /// The file, relative to `languages/`.
    pub file: String,
    /// What is wrong with it, with the line where the parser tells it.
    pub reason: String,
}

/// The folder that `NEWSGRAPH_LANGUAGES` names is read in place of the files built in, so that a
/// changed word can be tried without compiling.
fn folder() -> Option<&'static std::path::Path> {
    static FOLDER: OnceLock<Option<std::path::PathBuf>> = OnceLock::new();
    FOLDER.get_or_init(|| std::env::var_os("NEWSGRAPH_LANGUAGES").map(Into::into)).as_deref()
}

pub(super) fn text(path: &str) -> Option<&'static str> {
    match folder() {
        Some(folder) => std::fs::read_to_string(folder.join(path)).ok().map(|s| &*s.leak()),
        None => FILES.get_file(path).and_then(|f| f.contents_utf8()),
    }
}

/// The paths of a language's relation files, relative to `languages/`, sorted.
fn relation_paths(code: &str) -> Vec<String> {
    let mut paths: Vec<String> = match folder() {
        Some(folder) => {
            let entries = std::fs::read_dir(folder.join(code).join("relations")).into_iter().flatten().flatten();
            entries.map(|e| format!("{code}/relations/{}", e.file_name().to_string_lossy())).collect()
        }
        None => FILES
            .get_dir(format!("{code}/relations"))
            .into_iter()
            .flat_map(|d| d.files())
            .map(|f| f.path().to_string_lossy().into_owned())
            .collect(),
    };
    paths.retain(|p| p.ends_with(".toml"));
    paths.sort();
    paths
}

/// The entries of a word list; a missing file has none.
pub(super) fn lines(path: &str) -> impl Iterator<Item = &'static str> {
    text(path).unwrap_or_default().lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

pub(super) fn parse<T: DeserializeOwned>(path: &str) -> Result<T, DataError> {
    let fault = |reason: String| DataError { file: path.to_owned(), reason };
    let text = text(path).ok_or_else(|| fault("is missing".to_owned()))?;
    toml::from_str(text).map_err(|e| fault(e.to_string().trim().to_owned()))
}

pub(super) fn relation_files(code: &str) -> Result<Vec<Frame>, DataError> {
    let mut frames = Vec::new();
    for path in relation_paths(code) {
        let parsed: RelationFile = parse(&path)?;
        let compiled = frames::compile(&format!("languages/{path}"), &parsed);
        frames.extend(compiled.map_err(|reason| DataError { file: path, reason })?);
    }
    Ok(frames)
}

pub(super) fn lemmas(code: &str) -> Result<Lemmas, DataError> {
    let path = format!("{code}/lemmas.fst");
    let fault = |reason: String| DataError { file: path.clone(), reason };
    let map = FILES.get_file(&path).ok_or_else(|| fault("is missing".to_owned()))?;
    let suffixes =
        text(&format!("{code}/lemmas.suffixes")).ok_or_else(|| fault("lemmas.suffixes is missing".to_owned()))?;
    Lemmas::new(map.contents(), suffixes).map_err(|e| fault(e.to_string()))
}
