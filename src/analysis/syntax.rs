//! Sentences as Universal Dependencies sees them: surface tokens, the syntactic words in them, and a tree.

use super::model::{Model, Prediction};
use crate::language::Language;
use crate::record::EntityType;
use crate::text::Span;
use std::ops::Range;
use std::str::FromStr;

macro_rules! upos {
    ($($name:ident $text:literal $about:literal,)*) => {
        /// The universal parts of speech.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Upos {
            $(#[doc = $about] $name,)*
        }

        impl Upos {
            /// Every tag, in alphabetical order.
            pub const ALL: [Upos; 17] = [$(Upos::$name,)*];

            /// As CoNLL-U writes it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Upos::$name => $text,)*
                }
            }
        }
    };
}

upos! {
    Adj "ADJ" "adjective",
    Adp "ADP" "adposition",
    Adv "ADV" "adverb",
    Aux "AUX" "auxiliary",
    Cconj "CCONJ" "coordinating conjunction",
    Det "DET" "determiner",
    Intj "INTJ" "interjection",
    Noun "NOUN" "noun",
    Num "NUM" "numeral",
    Part "PART" "particle",
    Pron "PRON" "pronoun",
    Propn "PROPN" "proper noun",
    Punct "PUNCT" "punctuation",
    Sconj "SCONJ" "subordinating conjunction",
    Sym "SYM" "symbol",
    Verb "VERB" "verb",
    X "X" "other",
}

/// Not one of the 17 tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no universal part of speech")]
pub struct UnknownUpos;

impl FromStr for Upos {
    type Err = UnknownUpos;

    fn from_str(text: &str) -> Result<Self, UnknownUpos> {
        Upos::ALL.into_iter().find(|u| u.as_str() == text).ok_or(UnknownUpos)
    }
}

/// Whether a word is part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameTag {
    /// No name.
    #[default]
    O,
    /// The first word of a name.
    B(EntityType),
    /// A further word of it.
    I(EntityType),
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its form; "de" and "le" for "du".
    pub form: String,
    /// Its own letters in the text; those of the whole surface token where it has none of its own.
    pub span: Span,
    /// Part of speech.
    pub upos: Upos,
    /// Features, sorted by name without regard to case.
    pub feats: Vec<(&'static str, &'static str)>,
    /// Dictionary form.
    pub lemma: String,
    /// The word it depends on, counted from 1 in the sentence; 0 for the root.
    pub head: usize,
    /// How it depends on it.
    pub deprel: &'static str,
    /// Whether it is part of a name, by the tagger.
    pub name: NameTag,
    /// How sure the tagger is of that: log odds against none.
    pub name_margin: f32,
}

/// What stands between blanks or marks: one word, or several written as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurfaceToken {
    /// Where it stands.
    pub span: Span,
    /// Its words, by index in the sentence.
    pub words: Range<usize>,
    /// Whether a blank follows.
    pub space_after: bool,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// What stands in the text, in order.
    pub tokens: Vec<SurfaceToken>,
    /// The syntactic words, in order.
    pub words: Vec<Word>,
}

impl Sentence {
    /// Adds a surface token with the forms of its words.
    pub fn push(&mut self, span: Span, surface: &str, forms: Vec<String>, space_after: bool) {
        let first = self.words.len();
        let spans = own_spans(span, surface, &forms);
        self.words.extend(forms.into_iter().zip(spans).map(|(form, span)| Word::unknown(form, span)));
        self.tokens.push(SurfaceToken { span, words: first..self.words.len(), space_after });
    }

    /// "il s'agit de", "it seems that": whether a word only fills the place of a subject. The subject of a passive or of a
    /// copula is too often taken for such a word.
    pub fn stands_for_nothing(&self, word: usize) -> bool {
        let word = &self.words[word];
        let told_of = self.words.iter().any(|w| w.head == word.head && matches!(w.deprel, "aux:pass" | "cop"));
        matches!(word.deprel, "expl" | "expl:subj") && !told_of
    }

    /// The words that share letters with a span, by index.
    pub fn words_at(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|w| w.span.end <= span.start);
        let end = self.words.partition_point(|w| w.span.start < span.end);
        start..end.max(start)
    }

    /// The text that the surface tokens make.
    pub fn text(&self, document: &str) -> String {
        let mut text = String::new();
        for (i, token) in self.tokens.iter().enumerate() {
            text += token.span.of(document);
            if token.space_after && i + 1 < self.tokens.len() {
                text.push(' ');
            }
        }
        text
    }
}

impl Word {
    fn unknown(form: String, span: Span) -> Self {
        let lemma = form.clone();
        Self {
            form,
            span,
            upos: Upos::X,
            feats: vec![],
            lemma,
            head: 0,
            deprel: "dep",
            name: NameTag::O,
            name_margin: 0.0,
        }
    }

    fn set(&mut self, told: Prediction) {
        self.upos = told.upos;
        self.feats = told.feats;
        self.lemma = told.lemma;
        self.head = told.head;
        self.deprel = told.deprel;
        self.name = told.name;
        self.name_margin = told.name_margin;
    }
}

/// Each word's own letters where the words written together are the token; else the token's for each.
fn own_spans(span: Span, surface: &str, forms: &[String]) -> Vec<Span> {
    let own = forms.concat() == surface;
    let mut at = span.start;
    let next = |form: &String| {
        let start = at;
        at += form.len();
        if own { Span::new(start, at) } else { span }
    };
    forms.iter().map(next).collect()
}

/// Fills in what the language's model says of every word, given what the rules for names say of it.
pub(super) fn predict(sentences: &mut [Sentence], hints: &[Vec<NameTag>], language: Language) {
    let forms: Vec<Vec<&str>> = sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let told = Model::of(language).predict(&forms, hints);
    for (sentence, told) in sentences.iter_mut().zip(told) {
        sentence.words.iter_mut().zip(told).for_each(|(word, told)| word.set(told));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_read_as_they_are_written() {
        assert!(Upos::ALL.is_sorted_by_key(|u| u.as_str()));
        for upos in Upos::ALL {
            assert_eq!(upos.as_str().parse(), Ok(upos));
        }
        assert_eq!("NN".parse::<Upos>(), Err(UnknownUpos));
    }

    #[test]
    fn words_have_their_own_letters_or_the_whole_token() {
        let mut sentence = Sentence::default();
        sentence.push(Span::new(0, 5), "don't", vec!["do".into(), "n't".into()], true);
        sentence.push(Span::new(6, 8), "du", vec!["de".into(), "le".into()], false);
        let spans: Vec<_> = sentence.words.iter().map(|w| (w.span.start, w.span.end)).collect();
        assert_eq!(spans, [(0, 2), (2, 5), (6, 8), (6, 8)]);
        assert_eq!(sentence.words_at(Span::new(3, 5)), 1..2);
        assert_eq!(sentence.words_at(Span::new(6, 8)), 2..4);
        assert_eq!(sentence.text("don't du"), "don't du");
    }
}
