//! Words → tags, lemmas, trees and names. A stand-in that knows nothing, until trained weights take its place.

use super::syntax::{NameTag, Upos};
use crate::language::Language;

/// What predicts the syntax of one language.
pub struct Model;

/// What is predicted of one word.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Part of speech.
    pub upos: Upos,
    /// Features, in the order that Universal Dependencies asks for.
    pub feats: Vec<(String, String)>,
    /// Dictionary form.
    pub lemma: String,
    /// The word it depends on, counted from 1; 0 for the root.
    pub head: usize,
    /// How it depends on it.
    pub deprel: String,
    /// Whether it is part of a name.
    pub name: NameTag,
}

impl Model {
    /// The model of a language.
    pub fn of(_: Language) -> &'static Model {
        &Model
    }

    /// One prediction a word, for each sentence.
    pub fn predict(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Prediction>> {
        sentences.iter().map(|words| words.iter().enumerate().map(|(at, word)| unknown(at, word)).collect()).collect()
    }
}

fn unknown(at: usize, word: &str) -> Prediction {
    Prediction {
        upos: Upos::X,
        feats: Vec::new(),
        lemma: word.to_owned(),
        head: usize::from(at > 0),
        deprel: if at == 0 { "root" } else { "dep" }.to_owned(),
        name: NameTag::O,
    }
}
