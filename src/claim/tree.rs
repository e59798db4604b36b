//! Who stands where around a verb, by the sentence's dependency tree.
//!
//! Relations are those of Universal Dependencies. A question that the tree does not answer is answered with
//! nothing: word order ([`super::argument`]) is asked then.

use crate::analysis::syntax::{Upos, Word};
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::record::EntityType;
use std::ops::Range;

/// How many links are followed from a verb to the one whose subject it shares.
const DEPTH: usize = 4;

/// No mention is longer than this, in tokens.
const LONGEST: usize = 14;

/// The tree of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    resolved: &'a Resolved<'a>,
    sentence: usize,
    words: &'a [Word],
}

impl<'a> Tree<'a> {
    /// The tree of the sentence that a token is in.
    pub(super) fn new(resolved: &'a Resolved<'a>, token: usize) -> Self {
        let sentence = resolved.analysis.tokens[token].sentence;
        Self { resolved, sentence, words: &resolved.analysis.syntax[sentence].words }
    }

    /// The word of a stretch of tokens that the others of it hang on.
    pub(super) fn head_of(&self, tokens: Range<usize>) -> Option<usize> {
        let words = self.words_of(tokens);
        let outside = |w: &usize| self.parent(*w).is_none_or(|h| !words.contains(&h));
        let content = |w: &usize| !matches!(self.relation(*w), "punct" | "case" | "det" | "cc" | "mark");
        words.clone().filter(outside).find(content).or_else(|| words.clone().find(outside))
    }

    fn words_of(&self, tokens: Range<usize>) -> Range<usize> {
        let analysis = self.resolved.analysis;
        analysis.words_of(tokens.start).start..analysis.words_of(tokens.end - 1).end
    }

    /// The word that a word depends on; none for the root.
    pub(super) fn parent(&self, word: usize) -> Option<usize> {
        self.words[word].head.checked_sub(1)
    }

    /// How a word depends on its head, without the subtype.
    pub(super) fn relation(&self, word: usize) -> &'static str {
        let full = self.words[word].deprel;
        full.split_once(':').map_or(full, |(base, _)| base)
    }

    /// The words that depend on a word, in the order of the text.
    pub(super) fn children(&self, word: usize) -> impl Iterator<Item = usize> + use<'a> {
        let words = self.words;
        (0..words.len()).filter(move |w| words[*w].head == word + 1)
    }

    /// A word of the sentence.
    pub(super) fn word(&self, word: usize) -> &'a Word {
        &self.words[word]
    }

    /// Whether a feature of a word has a value.
    pub(super) fn has(&self, word: usize, feature: &str, value: &str) -> bool {
        self.words[word].feats.iter().any(|(f, v)| *f == feature && *v == value)
    }

    /// The token that a word stands in.
    pub(super) fn token_of(&self, word: usize) -> usize {
        self.resolved.analysis.tokens_of(self.sentence, word).start
    }

    /// The longest mention that a word is a head of; adjectives of countries are no arguments.
    pub(super) fn mention_at(&self, word: usize) -> Option<&'a Mention> {
        let token = self.token_of(word);
        let heads = |m: &&Mention| {
            m.manner != Manner::Adjective
                && m.tokens.contains(&token)
                && self.parent(word).is_none_or(|h| !self.words_of(m.tokens.clone()).contains(&h))
        };
        self.resolved.within(token.saturating_sub(LONGEST)..token + 1).find(heads)
    }

    /// The mentions that an argument's head stands for: its own, the name beside a common noun ("the retailer
    /// X"), and those coordinated to it.
    pub(super) fn fillers(&self, word: usize) -> Vec<&'a Mention> {
        self.fill(word, 0)
    }

    fn fill(&self, word: usize, depth: usize) -> Vec<&'a Mention> {
        let mut found: Vec<&Mention> = match self.mention_at(word) {
            Some(mention) => vec![mention],
            None => self.named_beside(word).into_iter().collect(),
        };
        if depth < DEPTH {
            for conjunct in self.children(word).filter(|c| self.relation(*c) == "conj") {
                found.extend(self.fill(conjunct, depth + 1));
            }
        }
        found
    }

    /// "the Italian retailer Solent Foods", "le groupe Engie", "Presiden Joko Widodo": the name after its noun.
    pub(super) fn named_beside(&self, word: usize) -> Option<&'a Mention> {
        let beside = |c: &usize| {
            matches!(self.relation(*c), "appos" | "flat" | "compound" | "nmod")
                && *c > word
                && self.words[*c].upos != Upos::Noun
                && self.children(*c).all(|g| !matches!(self.relation(g), "case" | "punct"))
                && !self.has(*c, "Case", "Gen")
        };
        self.children(word).filter(beside).find_map(|c| self.mention_at(c).filter(|m| m.manner == Manner::Name))
    }

    /// The mentions that are a verb's subject in the clause, understood subjects of infinitives, participles,
    /// coordinated verbs and relative clauses included. None: the tree names no subject.
    pub(super) fn subjects(&self, verb: usize) -> Option<Vec<&'a Mention>> {
        self.subject(verb).map(|word| self.fillers(word))
    }

    /// The word that heads a verb's subject, as in [`Tree::subjects`].
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, 0)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.children(verb).find(|c| matches!(self.relation(*c), "nsubj" | "csubj")) {
            return if self.is_relative(own) { self.antecedent(verb) } else { Some(own) };
        }
        let head = self.parent(verb)?;
        if depth >= DEPTH {
            return None;
        }
        match self.relation(verb) {
            "conj" | "aux" => self.subject_within(head, depth + 1),
            "advcl" if !self.is_finite(verb) => self.subject_within(head, depth + 1),
            "xcomp" => {
                let controlled = self.children(head).find(|c| matches!(self.relation(*c), "obj" | "iobj"));
                controlled.filter(|object| *object < verb).or_else(|| self.subject_within(head, depth + 1))
            }
            "acl" => Some(head),
            _ => None,
        }
    }

    fn is_finite(&self, verb: usize) -> bool {
        self.has(verb, "VerbForm", "Fin")
            || self.children(verb).any(|c| self.relation(c) == "aux" && self.has(c, "VerbForm", "Fin"))
    }

    /// Whether a word is a relative pronoun.
    pub(super) fn is_relative(&self, word: usize) -> bool {
        self.has(word, "PronType", "Rel")
            || self.words[word].upos == Upos::Pron
                && self.resolved.analysis.at(self.token_of(word), |e| *e == Entry::Relative).is_some()
    }

    /// What a relative clause is about.
    pub(super) fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..DEPTH {
            let head = self.parent(at)?;
            if self.relation(at) == "acl" {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// Whether the verb or phrase at some tokens, headed by a word, stands in the passive: by its prefix, its
    /// auxiliary or as a participle that a noun has beside it. The tag alone is too often wrong.
    pub(super) fn is_passive(&self, tokens: Range<usize>, verb: usize) -> bool {
        let language = self.resolved.analysis.language;
        let form = self.words[verb].form.to_lowercase();
        if let Some(prefix) = &language.passive_prefix {
            return form.starts_with(prefix.as_str());
        }
        let phrase = self.words_of(tokens);
        let bare = matches!(self.relation(verb), "acl" | "advcl") && self.is_bare_participle(verb);
        bare && !language.is_progressive(&form) || self.has_passive_auxiliary(&phrase, verb, 0)
    }

    fn is_bare_participle(&self, verb: usize) -> bool {
        self.has(verb, "VerbForm", "Part")
            && !self.children(verb).any(|c| matches!(self.relation(c), "aux" | "nsubj" | "obj"))
    }

    /// Whether the passive's auxiliary stands by a verb outside its phrase, or by the verb it is coordinated to.
    fn has_passive_auxiliary(&self, phrase: &Range<usize>, verb: usize, depth: usize) -> bool {
        let own = self.children(verb).any(|c| self.words[c].deprel == "aux:pass" && !phrase.contains(&c));
        let shared = depth < DEPTH && self.relation(verb) == "conj" && self.is_bare_participle(verb);
        own || shared && self.parent(verb).is_some_and(|head| self.has_passive_auxiliary(phrase, head, depth + 1))
    }

    /// What may stand for the preposition of an argument: its written form and those of its words; none without.
    pub(super) fn prepositions(&self, argument: usize) -> Vec<String> {
        let mut found = Vec::new();
        for case in self.children(argument).filter(|c| self.relation(*c) == "case") {
            found.push(self.resolved.analysis.tokens[self.token_of(case)].lower.clone());
            found.push(self.words[case].form.to_lowercase());
        }
        found
    }

    /// The mentions that are direct or prepositional objects of a verb or phrase at some tokens, by preposition
    /// (the empty one for a direct object).
    pub(super) fn objects(&self, tokens: Range<usize>, wanted: &[String]) -> Vec<&'a Mention> {
        let phrase = self.words_of(tokens);
        let outside = |c: &usize| !phrase.contains(c);
        let arguments = phrase.clone().flat_map(|w| self.children(w)).filter(outside);
        let fits = |c: &usize| match self.relation(*c) {
            "obj" | "iobj" => wanted.iter().any(String::is_empty),
            "obl" | "nmod" => {
                let closing = self.children(*c).any(|g| self.relation(g) == "case" && phrase.contains(&g));
                let own = self.prepositions(*c);
                if own.is_empty() || closing {
                    wanted.iter().any(String::is_empty)
                } else {
                    own.iter().any(|p| wanted.contains(p))
                }
            }
            _ => false,
        };
        let mut list: Vec<usize> = arguments.filter(fits).collect();
        list.sort_unstable();
        list.into_iter().map(|c| self.object(c)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// What an object's head stands for: itself, or the whole that it is a part of ("the French arm of X").
    fn object(&self, word: usize) -> Vec<&'a Mention> {
        let found = self.fillers(word);
        if !found.is_empty() || self.is_person(word) {
            return found;
        }
        let whole = |c: &usize| {
            self.words[*c].deprel == "nmod"
                && self.prepositions(*c).iter().any(|p| self.resolved.analysis.language.joins_whole(p))
        };
        self.children(word).find(whole).and_then(|c| self.mention_at(c)).into_iter().collect()
    }

    fn is_person(&self, word: usize) -> bool {
        let person = |e: &Entry| {
            matches!(e, Entry::Title(_) | Entry::Epithet(EntityType::Person) | Entry::Context(EntityType::Person))
        };
        self.resolved.analysis.at(self.token_of(word), person).is_some()
    }
}
