//! Document → [`Analysis`]: sentences and tokens with lemmas and lexicon entries.
//!
//! Beside the tokens that the rules of the later stages read, every sentence has the words of
//! Universal Dependencies with tags, a tree and names that a trained model gives them ([`syntax`]).

pub mod conllu;
pub mod model;
mod sentence;
pub mod syntax;
mod token;
mod words;

use crate::article::Document;
use crate::language::{Entry, Hit, LanguageData, Rule};
use crate::text::Span;
use std::ops::Range;

/// No preposition of several words has more of them.
const LONGEST_PREPOSITION: usize = 6;

/// The fewest letters before the noun of a happening in a compound: "Auswahl" is no "Wahl".
const SHORTEST: usize = 4;

/// How a token's letters are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No letter is a capital.
    Lower,
    /// Only the first letter is a capital.
    Title,
    /// Every letter is a capital, at least two of them.
    Upper,
    /// Capitals inside the word ("TechCrunch", "iPhone").
    Mixed,
    /// No letters.
    None,
}

/// One word, number or punctuation mark. Words joined by a hyphen are tokens of their own.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its lower-cased form, apostrophes straight.
    pub lower: String,
    /// Its dictionary form, lower-cased; the lower-cased form itself where the dictionary lacks it.
    pub lemma: String,
    /// Case of its letters.
    pub case: Case,
    /// Whether only a hyphen stands between this token and the one before.
    pub hyphenated: bool,
    /// Index of its sentence.
    pub sentence: usize,
    /// Whether the dictionary has it as a common word.
    pub common: bool,
}

impl Token {
    /// Whether it begins with a capital letter.
    pub fn is_capitalized(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }

    /// Whether it is made of letters or digits.
    pub fn is_word(&self) -> bool {
        self.lower.chars().next().is_some_and(char::is_alphanumeric)
    }
}

/// An article's text as sentences of tokens.
pub struct Analysis<'a> {
    /// The article.
    pub document: &'a Document,
    /// The language's data.
    pub language: &'static LanguageData,
    /// Every token outside the furniture, in text order.
    pub tokens: Vec<Token>,
    /// Each sentence's tokens.
    pub sentences: Vec<Range<usize>>,
    /// For every token the lexicon entries of the phrases that begin there.
    pub hits: Vec<Vec<Hit>>,
    /// Each sentence's words, tags and tree.
    pub syntax: Vec<syntax::Sentence>,
}

impl<'a> Analysis<'a> {
    /// Splits a document into sentences and tokens and looks every word up.
    pub fn new(document: &'a Document, language: &'static LanguageData) -> Self {
        let mut tokens = Vec::new();
        let mut sentences = Vec::new();
        let mut syntax = Vec::new();
        for span in sentence::split(document, language) {
            let first = tokens.len();
            token::tokenize(&document.text, span, sentences.len(), language, &mut tokens);
            if tokens.len() > first {
                sentences.push(first..tokens.len());
                syntax.push(words::sentence(&document.text, span, language));
            }
        }
        Self::of(document, language, tokens, sentences, syntax)
    }

    /// An analysis of sentences and words that are given, as a treebank gives them; the tokens cross none of their
    /// bounds. A sentence's words must stand in the document's text.
    pub fn of_sentences(document: &'a Document, language: &'static LanguageData, given: Vec<syntax::Sentence>) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let mut sentences = Vec::new();
        for (number, sentence) in given.iter().enumerate() {
            let first = tokens.len();
            token::tokenize_given(&document.text, sentence, number, language, &mut tokens);
            sentences.push(first..tokens.len());
        }
        Self::of(document, language, tokens, sentences, given)
    }

    fn of(
        document: &'a Document,
        language: &'static LanguageData,
        tokens: Vec<Token>,
        sentences: Vec<Range<usize>>,
        syntax: Vec<syntax::Sentence>,
    ) -> Self {
        let hits = sentences.iter().flat_map(|s| (s.clone()).map(|i| (i, s.end)));
        // "Kedutaan" (embassy) is no form of "duta" (envoy): a word that is only derived from a post's is no post by its lemma.
        let derived = |t: &Token| language.bare_genitive && !t.lower.starts_with(&t.lemma);
        let post = |e: &Entry| match e {
            Entry::Title(_) => true,
            Entry::Frame(frame) => matches!(language.frames[*frame].rule, Rule::Role(_)),
            _ => false,
        };
        let found = |(i, end): (usize, usize)| {
            let mut hits = language.lexicon.hits(&tokens[i..end]);
            if derived(&tokens[i]) && hits.iter().any(|h| post(&h.entry)) {
                let listed: Vec<Hit> = language.lexicon.begun_by(&tokens[i].lower, &tokens[i..end]).collect();
                hits.retain(|h| !post(&h.entry) || listed.contains(h));
            }
            if hits.is_empty() {
                hits.extend(compound(&tokens[i], document, language));
            }
            hits
        };
        let hits = hits.map(found).collect();
        Self { document, language, tokens, sentences, hits, syntax }
    }

    /// Fills in the tags, lemmas, trees and names that the language's model gives the words, told for each
    /// whether the rules find it part of a name.
    pub fn understand(&mut self, hints: &[Vec<syntax::NameTag>]) {
        syntax::predict(&mut self.syntax, hints, self.language.language);
    }

    /// The words of a token, by index in its sentence's [`syntax`](Self::syntax).
    pub fn words_of(&self, token: usize) -> Range<usize> {
        let token = &self.tokens[token];
        self.syntax[token.sentence].words_at(token.span)
    }

    /// The tokens of a word of a sentence.
    pub fn tokens_of(&self, sentence: usize, word: usize) -> Range<usize> {
        let span = self.syntax[sentence].words[word].span;
        let range = self.sentences[sentence].clone();
        let tokens = &self.tokens[range.clone()];
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        range.start + start..range.start + end.max(start)
    }

    /// The tokens of a stretch of the text.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        start..self.tokens.partition_point(|t| t.span.start < span.end).max(start)
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.document.text)
    }

    /// The span from the first to the last of a range of tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// The span of a sentence.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.span(self.sentences[sentence].clone())
    }

    /// Whether a phrase of the kind begins at a token; its length in tokens.
    pub fn at(&self, token: usize, wanted: impl Fn(&crate::language::Entry) -> bool) -> Option<usize> {
        let hits = self.hits.get(token)?;
        hits.iter().filter(|h| wanted(&h.entry)).map(|h| h.length).max()
    }

    /// Whether a token is a word of a preposition that leads to a place: "in", both of "près de".
    pub fn is_locative(&self, token: usize) -> bool {
        self.phrases_at(token, 0, |e| *e == Entry::Locative).next().is_some()
    }

    /// The phrases of such entries that have the token and none before `from`, the longest reaching back first.
    fn phrases_at(&self, token: usize, from: usize, wanted: fn(&Entry) -> bool) -> impl Iterator<Item = Range<usize>> {
        let first = self.sentences[self.tokens[token].sentence].start.max(from);
        let starts = token.saturating_sub(LONGEST_PREPOSITION).max(first)..=token;
        let phrases = starts.filter_map(move |start| Some(start..start + self.at(start, wanted)?));
        phrases.filter(move |phrase| phrase.contains(&token))
    }

    /// The preposition that a token is, or is the last word or the heart of: "auprès de", "on behalf of", "di bawah", but with
    /// no word before the token `from`. One that ends in a preposition of its own meaning is that one ("di dalam").
    pub fn preposition(&self, token: usize, from: usize) -> String {
        let wanted = |e: &Entry| matches!(e, Entry::Preposition | Entry::By);
        let phrase = self.phrases_at(token, from, wanted).find(|phrase| phrase.len() > 1);
        let words = |tokens: Range<usize>| tokens.map(|i| self.tokens[i].lower.as_str()).collect::<Vec<_>>().join(" ");
        let Some(phrase) = phrase else { return words(token..token + 1) };
        let last = phrase.end - 1;
        let joint = self.at(last, |e| *e == Entry::Of).is_some();
        if joint || self.at(last, wanted).is_none() { words(phrase) } else { words(last..last + 1) }
    }
}

/// "Meteoritenexperte", "Dachstuhlbrand": a compound of a noun for a post or a happening is that post or happening.
fn compound(token: &Token, document: &Document, language: &LanguageData) -> Vec<Hit> {
    let compounds = language.capital_nouns && token.is_capitalized();
    let parts = compounds.then(|| language.compound_tail(token.span.of(&document.text))).flatten();
    let Some((head, tail)) = parts else { return Vec::new() };
    let lower = tail.to_lowercase();
    let tail = Token { lemma: lower.clone(), lower, ..token.clone() };
    let noun = |frame: usize| matches!(language.frames[frame].rule, Rule::Noun(_));
    let means = |h: &Hit| match h.entry {
        Entry::Title(_) => true,
        Entry::Frame(frame) => head.len() >= SHORTEST && noun(frame),
        _ => false,
    };
    let mut hits = language.lexicon.hits(&[tail]);
    hits.retain(means);
    hits
}

/// Splits a phrase of the lexicon the way texts are split; an elided word ("d' état") stands before a blank or at the end.
pub fn tokenize_phrase(phrase: &str) -> Vec<String> {
    let joined = |word: &str| match token::is_elided(word) {
        true => vec![word.to_owned()],
        false => {
            token::split(word, Span::new(0, word.len())).map(|t| word[t.span.start..t.span.end].to_owned()).collect()
        }
    };
    phrase.replace('’', "'").split_whitespace().flat_map(joined).collect()
}
