//! Which language a text is in: by its letters (whatlang) and by its function words.

use super::data::{self, COMMON, DataError};
use super::error::Reason;
use crate::language::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use whatlang::Lang;

/// As much of a text as decides.
const MAX_BYTES: usize = 20_000;

/// A text with this share of a language's function words is in that language, whatever its
/// letters look like (names, English terms).
const SURE: f64 = 0.30;

/// A text with less than this share is hardly in that language.
const LIKELY: f64 = 0.12;

/// How many times the share of the next language stands out.
const MARGIN: f64 = 1.5;

/// Fewer words than this tell little.
const ENOUGH_WORDS: usize = 6;

/// So many different function words of a language are more than chance.
const SEVERAL: usize = 4;

const FILE: &str = "identify.toml";

/// `identify.toml` of a language
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionWords {
    words: HashSet<String>,
}

/// `common/identify.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Neighbours {
    others: BTreeMap<String, HashSet<String>>,
}

/// A language that is read, or the English name of one that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tongue {
    Ours(Language),
    Other(String),
}

impl Tongue {
    fn verdict(self) -> Result<Language, Reason> {
        match self {
            Tongue::Ours(language) => Ok(language),
            Tongue::Other(name) => Err(Reason::Unsupported(name)),
        }
    }
}

impl From<Lang> for Tongue {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Deu => Tongue::Ours(Language::De),
            Lang::Eng => Tongue::Ours(Language::En),
            Lang::Fra => Tongue::Ours(Language::Fr),
            Lang::Ind => Tongue::Ours(Language::Id),
            _ => Tongue::Other(lang.eng_name().to_owned()),
        }
    }
}

/// Tells languages apart.
pub struct Identifier {
    function_words: Vec<(Tongue, HashSet<String>)>,
}

/// What a text looks like.
#[derive(Debug)]
struct Signs {
    /// Words seen.
    words: usize,
    /// The language with the largest share of function words, and that share.
    best: (Tongue, f64),
    /// How many different ones they are.
    different: usize,
    /// The next one's share.
    second: f64,
    /// whatlang's guess, and whether it is sure.
    guess: Option<(Tongue, bool)>,
}

impl Identifier {
    /// With the function words that the program carries.
    pub fn embedded() -> Result<Self, DataError> {
        let files = data::load_all::<FunctionWords>(FILE)?;
        let ours = files.into_iter().map(|(language, file)| (Tongue::Ours(language), file.words));
        let neighbours: Neighbours = data::load(COMMON, FILE)?;
        let others = neighbours.others.into_iter().map(|(name, words)| (Tongue::Other(name), words));
        Ok(Self { function_words: ours.chain(others).collect() })
    }

    /// The language of a text. A hint (a language tag) decides only where the text does not.
    pub fn identify(&self, text: &str, hint: Option<&str>) -> Result<Language, Reason> {
        let signs = self.signs(beginning(text));
        match signs.verdict() {
            Some(verdict) => verdict,
            None => signs.with_hint(hint),
        }
    }

    fn signs(&self, text: &str) -> Signs {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let mut shares: Vec<(&Tongue, f64, &HashSet<String>)> =
            self.function_words.iter().map(|(tongue, known)| (tongue, share(&words, known), known)).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (tongue, best, known) = shares[0];
        Signs {
            words: words.len(),
            best: (tongue.clone(), best),
            different: words.iter().filter(|word| known.contains(*word)).collect::<HashSet<_>>().len(),
            second: shares[1].1,
            guess: whatlang::detect(text).map(|info| (info.lang().into(), info.is_reliable())),
        }
    }
}

/// The first [`MAX_BYTES`] bytes, or a little less, lest a character be cut.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn share(words: &[String], known: &HashSet<String>) -> f64 {
    let found = words.iter().filter(|word| known.contains(*word)).count();
    found as f64 / words.len().max(1) as f64
}

impl Signs {
    /// Whether one language's function words stand out.
    fn is_clear(&self) -> bool {
        self.best.1 >= LIKELY && self.best.1 >= self.second * MARGIN
    }

    /// Whether function words speak for a language that is read. Letters are misled by names, function words are not.
    fn is_ours(&self) -> bool {
        matches!(self.best.0, Tongue::Ours(_)) && self.is_clear() && self.different >= SEVERAL
    }

    /// The language if the text leaves no doubt, or that it is none of ours.
    fn verdict(&self) -> Option<Result<Language, Reason>> {
        let (best, share) = &self.best;
        if self.words < ENOUGH_WORDS {
            return None;
        }
        let agreed = self.guess.as_ref().is_some_and(|(guess, _)| guess == best);
        if self.is_clear() && (agreed || *share >= SURE) || agreed && *share >= SURE {
            return Some(best.clone().verdict());
        }
        match &self.guess {
            Some((guess @ Tongue::Other(_), true)) if !self.is_ours() => Some(guess.clone().verdict()),
            _ => None,
        }
    }

    /// The language of a text in doubt.
    fn with_hint(self, hint: Option<&str>) -> Result<Language, Reason> {
        if let Some(hint) = hint {
            let name = || Lang::from_code(hint.to_lowercase()).map_or(hint, |lang| lang.eng_name());
            return Language::from_code(hint).ok_or_else(|| Reason::Unsupported(name().to_owned()));
        }
        let clear = self.is_clear();
        match self.guess {
            _ if self.words < 3 => Err(Reason::LanguageUnknown),
            _ if clear => self.best.0.verdict(),
            Some((guess, reliable)) if reliable || self.words >= ENOUGH_WORDS => guess.verdict(),
            _ => Err(Reason::LanguageUnknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identify(text: &str, hint: Option<&str>) -> Result<Language, String> {
        Identifier::embedded().unwrap().identify(text, hint).map_err(|r| r.to_string())
    }

    #[test]
    fn the_four_languages() {
        for (text, language) in [
            ("The council met on Tuesday to talk about the bridge.", Language::En),
            ("Der Stadtrat hat am Dienstag über die neue Brücke beraten.", Language::De),
            ("Le conseil municipal s'est réuni mardi pour parler du pont.", Language::Fr),
            ("Dewan kota bertemu pada hari Selasa untuk membahas jembatan yang baru.", Language::Id),
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
    fn a_short_text_full_of_names_is_in_the_language_of_its_function_words() {
        let text = "Karwanta Tarjana akan menutup pabrik di Sragenwangi dan memangkas pekerjaan, kata Joko Prawirodirjo. \
                    Ngadiman Sastrowardoyo, direktur Karwanta Tarjana, menyalahkan harga energi di Banyuwangi. Lembaga Jayaningrat \
                    menyebut keputusan itu mengejutkan.";
        assert_eq!(identify(text, Some("id")), Ok(Language::Id));
        assert_eq!(identify(text, None), Ok(Language::Id));
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
            ("Правительство объявило во вторник, что новый мост будет построен до зимы.", "Russian"),
        ] {
            let error = identify(text, None).unwrap_err();
            assert!(error.starts_with(&format!("language not supported: {name} ")), "{error}");
            assert!(identify(text, Some("fr")).is_err());
        }
    }

    #[test]
    fn a_hint_breaks_doubts() {
        assert_eq!(identify("Kaspersky 2024", Some("de-AT")), Ok(Language::De));
        assert_eq!(identify("Kaspersky 2024", None), Err(Reason::LanguageUnknown.to_string()));
    }
}
