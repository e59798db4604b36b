//! How a name sounds, roughly: what is left of it when spellings of languages and transliterations are levelled.
//!
//! In the manner of Soundex (Russell, 1918), with the letters of each language read by its own table
//! (`languages/*/grammar.toml`, `sounds`): consonants stay, vowels but the first go, doubles are one.

use crate::language::{Language, LanguageData};

/// A folded word of a language's text as it sounds.
pub(super) fn of(word: &str, language: Language) -> String {
    let read = LanguageData::of(language).sounds(word);
    let mut sound = String::new();
    for (at, letter) in read.chars().enumerate() {
        let letter = if is_vowel(letter) { 'a' } else { letter };
        if (letter != 'a' || at == 0) && !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// The first letter of a folded word, or what it sounds like.
pub(super) fn initial(word: &str) -> char {
    word.chars().next().unwrap_or(' ')
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
