//! Which language a text is in: by its letters (whatlang) and by its function words.

use super::data::{self, DataError};
use super::error::Reason;
use crate::language::Language;
use serde::Deserialize;
use std::collections::HashSet;
use whatlang::Lang;

/// As much of a text as decides.
const MAX_BYTES: usize = 20_000;

/// A text with this share of a language's function words is in that language, whatever its
/// letters look like (names, English terms).
const SURE: f64 = 0.30;

/// A text with less than this share is hardly in that language.
const LIKELY: f64 = 0.12;

/// Fewer words than this tell little.
const ENOUGH_WORDS: usize = 6;

/// `identify.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionWords {
    words: HashSet<String>,
}

/// Tells languages apart.
pub struct Identifier {
    function_words: Vec<(Language, HashSet<String>)>,
}

/// What a text looks like.
#[derive(Debug)]
struct Signs {
    /// Words seen.
    words: usize,
    /// The language with the largest share of function words, and that share.
    best: (Language, f64),
    /// The next one's share.
    second: f64,
    /// whatlang's guess, and whether it is sure.
    guess: Option<(Lang, bool)>,
}

impl Identifier {
    /// With the function words that the program carries.
    pub fn embedded() -> Result<Self, DataError> {
        let files = data::load_all::<FunctionWords>("identify.toml")?;
        Ok(Self {
            function_words: files
                .into_iter()
                .map(|(language, file)| (language, file.words))
                .collect(),
        })
    }

    /// The language of a text. A hint (a language tag) decides only where the text does not.
    pub fn identify(&self, text: &str, hint: Option<&str>) -> Result<Language, Reason> {
        let signs = self.signs(&text[..text.floor_char_boundary(MAX_BYTES)]);
        match signs.verdict() {
            Some(verdict) => verdict,
            None => signs.with_hint(hint),
        }
    }

    fn signs(&self, text: &str) -> Signs {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut shares: Vec<(Language, f64)> = self
            .function_words
            .iter()
            .map(|(language, known)| (*language, share(&words, known)))
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        Signs {
            words: words.len(),
            best: shares[0],
            second: shares[1].1,
            guess: whatlang::detect(text).map(|info| (info.lang(), info.is_reliable())),
        }
    }
}

fn share(words: &[String], known: &HashSet<String>) -> f64 {
    let found = words.iter().filter(|word| known.contains(*word)).count();
    found as f64 / words.len().max(1) as f64
}

impl Signs {
    /// The language if the text leaves no doubt, or that it is none of ours.
    fn verdict(&self) -> Option<Result<Language, Reason>> {
        let (best, share) = self.best;
        let clear = share >= LIKELY && share >= self.second * 1.5;
        let guess = self.guess.map(|(lang, _)| lang);
        if self.words < ENOUGH_WORDS {
            return None;
        }
        if clear && (guess.and_then(supported) == Some(best) || share >= SURE) {
            return Some(Ok(best));
        }
        match self.guess {
            Some((lang, true)) if supported(lang).is_none() => Some(Err(unsupported(lang))),
            _ => None,
        }
    }

    /// The language of a text in doubt.
    fn with_hint(&self, hint: Option<&str>) -> Result<Language, Reason> {
        if let Some(hint) = hint {
            let named = || {
                Lang::from_code(hint.to_lowercase())
                    .map_or(hint.to_owned(), |l| l.eng_name().to_owned())
            };
            return Language::from_code(hint).ok_or_else(|| Reason::Unsupported(named()));
        }
        let (best, share) = self.best;
        match self.guess {
            _ if self.words < 3 => Err(Reason::LanguageUnknown),
            _ if share >= LIKELY && share >= self.second * 1.5 => Ok(best),
            Some((lang, true)) => supported(lang).ok_or_else(|| unsupported(lang)),
            Some((lang, false)) if self.words >= ENOUGH_WORDS => {
                supported(lang).ok_or_else(|| unsupported(lang))
            }
            _ => Err(Reason::LanguageUnknown),
        }
    }
}

fn supported(lang: Lang) -> Option<Language> {
    match lang {
        Lang::Deu => Some(Language::De),
        Lang::Eng => Some(Language::En),
        Lang::Fra => Some(Language::Fr),
        Lang::Ind => Some(Language::Id),
        _ => None,
    }
}

fn unsupported(lang: Lang) -> Reason {
    Reason::Unsupported(lang.eng_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identify(text: &str, hint: Option<&str>) -> Result<Language, String> {
        Identifier::embedded()
            .unwrap()
            .identify(text, hint)
            .map_err(|r| r.to_string())
    }

    #[test]
    fn the_four_languages() {
        for (text, language) in [
            (
                "The council met on Tuesday to talk about the bridge.",
                Language::En,
            ),
            (
                "Der Stadtrat hat am Dienstag über die neue Brücke beraten.",
                Language::De,
            ),
            (
                "Le conseil municipal s'est réuni mardi pour parler du pont.",
                Language::Fr,
            ),
            (
                "Dewan kota bertemu pada hari Selasa untuk membahas jembatan yang baru.",
                Language::Id,
            ),
        ] {
            assert_eq!(identify(text, None), Ok(language), "{text}");
            assert_eq!(identify(text, Some("es")), Ok(language), "{text}");
        }
    }

    #[test]
    fn names_in_another_language_do_not_mislead() {
        let text = "Perusahaan keamanan Trusted Systems Group dan New York Software Partners mengatakan bahwa \
                    kerja sama ini akan dimulai pada bulan depan di Jakarta.";
        assert_eq!(identify(text, Some("en")), Ok(Language::Id));
    }

    #[test]
    fn other_languages_are_named() {
        for (text, name) in [
            (
                "El gobierno anunció el martes que el nuevo puente de la ciudad se construirá antes del invierno, según el alcalde.",
                "Spanish",
            ),
            (
                "Il governo ha annunciato martedì che il nuovo ponte della città sarà costruito prima dell'inverno, ha detto il sindaco.",
                "Italian",
            ),
            (
                "De regering heeft dinsdag aangekondigd dat de nieuwe brug van de stad voor de winter wordt gebouwd, zei de burgemeester.",
                "Dutch",
            ),
            (
                "O governo anunciou na terça-feira que a nova ponte da cidade será construída antes do inverno, segundo o prefeito.",
                "Portuguese",
            ),
            (
                "Правительство объявило во вторник, что новый мост будет построен до зимы.",
                "Russian",
            ),
        ] {
            let error = identify(text, None).unwrap_err();
            assert!(
                error.starts_with(&format!("language not supported: {name} ")),
                "{error}"
            );
            assert!(identify(text, Some("fr")).is_err());
        }
    }

    #[test]
    fn a_hint_breaks_doubts() {
        assert_eq!(identify("Kaspersky 2024", Some("de-AT")), Ok(Language::De));
        assert_eq!(
            identify("Kaspersky 2024", None),
            Err(Reason::LanguageUnknown.to_string())
        );
    }
}
