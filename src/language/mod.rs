//! One language's data (`languages/<code>/`), loaded and checked.

use serde::{Deserialize, Serialize};

/// The languages that newsgraph reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German
    De,
    /// English
    En,
    /// French
    Fr,
    /// Indonesian
    Id,
}

impl Language {
    /// Every language, in the order of the codes.
    pub const ALL: [Language; 4] = [Language::De, Language::En, Language::Fr, Language::Id];

    /// The ISO 639-1 code, as in `schema:inLanguage`.
    pub fn code(self) -> &'static str {
        match self {
            Language::De => "de",
            Language::En => "en",
            Language::Fr => "fr",
            Language::Id => "id",
        }
    }

    /// The language of an ISO 639-1 code or a BCP 47 tag ("de-AT").
    pub fn from_code(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|l| l.code() == primary)
    }
}

mod calibration;
mod concepts;
mod data;
pub mod files;
mod frames;
mod gazetteer;
mod lemmas;
mod lexicon;
mod multiword;
mod names;
mod read;

pub use calibration::{Calibration, Scale};
pub use data::LanguageData;
pub(crate) use data::capitalize;
pub use files::Hyphens;
pub use frames::{Element, Frame, Pattern, Rule};
pub use gazetteer::{country_authorities, country_of_city};
pub use lexicon::Pronoun;
pub use lexicon::{Entry, Hit, Lexicon};
pub use multiword::Multiword;
pub use names::{Gazetteer, Known};
pub use read::DataError;
