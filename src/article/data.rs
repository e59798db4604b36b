//! The language data that reading needs, as the program carries it.

use crate::language::Language;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Embeds files of `languages/`; unlike a whole folder, the compiler sees when they change.
macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../languages/", $file)))),*]
    };
}

static FILES: [(&str, &str); 10] = embedded![
    "common/furniture.toml",
    "common/identify.toml",
    "de/furniture.toml",
    "de/identify.toml",
    "en/furniture.toml",
    "en/identify.toml",
    "fr/furniture.toml",
    "fr/identify.toml",
    "id/furniture.toml",
    "id/identify.toml",
];

/// The folder of what all languages share.
pub(super) const COMMON: &str = "common";

/// A data file that cannot be used.
#[derive(Debug, Error)]
#[error("languages/{file}: {message}")]
pub struct DataError {
    /// The file, `en/furniture.toml`.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl DataError {
    pub(super) fn new(file: &str, message: impl ToString) -> Self {
        Self { file: file.to_owned(), message: message.to_string().trim_end().to_owned() }
    }
}

/// `languages/<folder>/<name>`, or its default where no such file is embedded.
pub(super) fn load<T: DeserializeOwned + Default>(folder: &str, name: &str) -> Result<T, DataError> {
    let file = format!("{folder}/{name}");
    match FILES.iter().find(|(name, _)| *name == file) {
        Some((_, text)) => toml::from_str(text).map_err(|error| DataError::new(&file, error)),
        None => Ok(T::default()),
    }
}

/// The same file of every language.
pub(super) fn load_all<T: DeserializeOwned + Default>(name: &str) -> Result<Vec<(Language, T)>, DataError> {
    Language::ALL.into_iter().map(|language| Ok((language, load(language.code(), name)?))).collect()
}
