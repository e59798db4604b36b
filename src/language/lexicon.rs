//! Phrases of the data files and where they occur among tokens.

use crate::analysis::{Token, tokenize_phrase};
use crate::record::EntityType;
use std::collections::HashMap;

/// What a phrase of the lexicon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Entry {
    Article,
    Definite,
    Preposition,
    Of,
    GenitiveMark,
    GenitiveArticle,
    Locative,
    By,
    From,
    Until,
    Conjunction,
    Subordinator,
    Relative,
    Negation,
    /// Looks like a negation and is none ("not only").
    NotNegation,
    PassiveAuxiliary,
    Copula,
    Future,
    Conditional,
    PastMark,
    SupportVerb,
    UndergoVerb,
    /// Verb (or the noun that makes one) that only says that its subject happens ("take place").
    Happens,
    Hedge,
    CompanyForm,
    Never,
    Connector,
    PersonConnector,
    Honorific,
    /// What companies have: shares, branches, staff.
    Belonging,
    Head(EntityType),
    Context(EntityType),
    /// What is named by its seat or with a name after it: "université de Caen", "lycée Pasteur".
    Seated(EntityType),
    /// Index into [`super::LanguageData::titles`].
    Title(usize),
    Speech,
    SpeechToObject,
    SpeechTo,
    /// Before the medium that somebody speaks to ("in an interview with").
    Interview,
    According,
    Hearsay,
    Minimum,
    Maximum,
    /// A bound that follows its number ("or more").
    MinimumAfter,
    MaximumAfter,
    /// Between a bound and its number ("up to another 50").
    Further,
    /// Before a number that a count has come to ("rose to 10").
    Reaches,
    /// The points of an index.
    Level,
    /// Before a number that is part of the one before ("of whom 300").
    PartOf,
    /// Money that a state takes and spends.
    Public,
    /// What firms and states have or count.
    Figure,
    About,
    NumberWord(u64),
    Scale(u64),
    /// Index into [`super::LanguageData::currencies`].
    Currency(usize),
    Percent,
    IgnoredUnit,
    /// The dead and hurt that a place counts.
    Toll,
    /// Buying, fining, shares: the sum belongs to what is bought, fined or held.
    Held,
    /// A number holds for each of several.
    Each,
    Month(u8),
    Weekday(u8),
    RelativeDay(i32),
    Pronoun(Pronoun),
    Epithet(EntityType),
    /// Index into [`super::LanguageData::frames`]; the particle of a separable verb's frame stands apart.
    Frame(usize),
}

/// What a pronoun may point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Pronoun {
    Person,
    Organization,
    Plural,
}

/// A phrase found at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Length in tokens.
    pub length: usize,
    /// What the phrase is.
    pub entry: Entry,
    /// Offset, in tokens from the phrase's first, of a separable verb's particle.
    pub particle: Option<usize>,
}

#[derive(Debug, Clone)]
struct Phrase {
    rest: Vec<String>,
    /// Particle of a separable verb that must follow in the clause.
    particle: Option<String>,
    /// Whether the form's case counts (acronyms: "US" is not "us").
    exact: Option<String>,
    entry: Entry,
}

/// All phrases of a language, by their first word.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
}

/// How far from its verb a separable particle may stand, in tokens.
const PARTICLE_REACH: usize = 30;

impl Lexicon {
    /// Adds a phrase: "take over", or "an|kündigen" with a separable particle.
    pub fn add(&mut self, phrase: &str, entry: Entry) {
        if let Some((particle, verb)) = phrase.split_once('|') {
            self.insert(verb, Some(particle.to_lowercase()), entry);
            self.insert(&phrase.replace('|', ""), None, entry);
        } else {
            self.insert(phrase, None, entry);
        }
    }

    fn insert(&mut self, phrase: &str, particle: Option<String>, entry: Entry) {
        let words = tokenize_phrase(phrase);
        let Some((first, rest)) = words.split_first() else { return };
        let acronym = words.len() == 1
            && first.chars().count() <= 4
            && first.chars().all(char::is_uppercase)
            && first.chars().count() > 1;
        let phrase = Phrase {
            rest: rest.iter().map(|w| w.to_lowercase()).collect(),
            particle,
            exact: acronym.then(|| first.clone()),
            entry,
        };
        self.phrases.entry(first.to_lowercase()).or_default().push(phrase);
    }

    /// What a lower-cased word is by itself.
    pub fn single(&self, word: &str) -> impl Iterator<Item = Entry> {
        let phrases = self.phrases.get(word).into_iter().flatten();
        phrases.filter(|p| p.rest.is_empty() && p.particle.is_none()).map(|p| p.entry)
    }

    /// The phrases that begin at the first of `tokens`, which reach to the end of a sentence.
    pub fn hits(&self, tokens: &[Token]) -> Vec<Hit> {
        let first = &tokens[0];
        let mut found: Vec<Hit> = self.begun_by(&first.lower, tokens).collect();
        if first.lemma != first.lower {
            found.extend(self.begun_by(&first.lemma, tokens));
        }
        let mut kept = Vec::with_capacity(found.len());
        for hit in found {
            if !kept.contains(&hit) {
                kept.push(hit);
            }
        }
        kept
    }

    /// The phrases listed with a first word that stand at the first of `tokens`, whatever that one's form is.
    pub fn begun_by<'a>(&'a self, word: &str, tokens: &'a [Token]) -> impl Iterator<Item = Hit> + use<'a> {
        self.phrases.get(word).into_iter().flatten().filter_map(|phrase| phrase.matches(tokens))
    }
}

impl Phrase {
    fn matches(&self, tokens: &[Token]) -> Option<Hit> {
        let rest = tokens.get(1..=self.rest.len())?;
        if self.exact.is_some() && !matches!(tokens[0].case, crate::analysis::Case::Upper) {
            return None;
        }
        if !self.rest.iter().zip(rest).all(|(w, t)| *w == t.lower || *w == t.lemma) {
            return None;
        }
        let length = self.rest.len() + 1;
        let particle = match &self.particle {
            None => None,
            Some(word) => Some(particle_offset(word, tokens, length)?),
        };
        Some(Hit { length, entry: self.entry, particle })
    }
}

/// Where a particle closes the clause: before a punctuation mark or the sentence's end.
fn particle_offset(word: &str, tokens: &[Token], from: usize) -> Option<usize> {
    (from..tokens.len().min(from + PARTICLE_REACH)).find(|i| {
        tokens[*i].lower == word
            && tokens[*i].case == crate::analysis::Case::Lower
            && tokens.get(i + 1).is_none_or(|next| !next.is_word() || next.lower.len() <= 4)
    })
}
