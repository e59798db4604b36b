//! Who stands where around a verb, by the sentence's dependency tree.
//!
//! Relations are those of Universal Dependencies. A question that the tree does not answer is answered with
//! nothing: word order ([`super::argument`]) is asked then.

use crate::analysis::Analysis;
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

    /// The analysis that the sentence is of.
    pub(super) fn analysis(&self) -> &'a Analysis<'a> {
        self.resolved.analysis
    }

    /// The word of a stretch of tokens that the others of it hang on.
    pub(super) fn head_of(&self, tokens: Range<usize>) -> Option<usize> {
        let words = self.words_of(tokens);
        let outside = |w: &usize| self.parent(*w).is_none_or(|h| !words.contains(&h));
        let content = |w: &usize| !matches!(self.relation(*w), "punct" | "case" | "det" | "cc" | "mark");
        words.clone().filter(outside).find(content).or_else(|| words.clone().find(outside))
    }

    /// The words of some tokens.
    pub(super) fn words_of(&self, tokens: Range<usize>) -> Range<usize> {
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

    /// The first token of a word.
    pub(super) fn token_of(&self, word: usize) -> usize {
        self.tokens_of(word).start
    }

    fn tokens_of(&self, word: usize) -> Range<usize> {
        self.resolved.analysis.tokens_of(self.sentence, word)
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
            None => {
                let beside =
                    self.holder(word).or_else(|| self.named_beside(word)).or_else(|| self.named_inside(word, 0));
                let person = || self.person_named(word).filter(|_| self.is_person(word));
                let apposed = || person().or_else(|| self.named_before(word));
                beside.or_else(apposed).into_iter().collect()
            }
        };
        if depth < DEPTH {
            for conjunct in self.children(word).filter(|c| self.relation(*c) == "conj") {
                found.extend(self.fill(conjunct, depth + 1));
            }
        }
        found
    }

    /// "Presiden Rusia Vladimir Putin": who holds a post, not whose post it is.
    fn holder(&self, post: usize) -> Option<&'a Mention> {
        self.is_person(post).then(|| self.person_named(post)).flatten()
    }

    /// "the Italian retailer Solent Foods", "le groupe Engie", "Presiden Joko Widodo": the name after its noun.
    fn named_beside(&self, word: usize) -> Option<&'a Mention> {
        let beside = |c: &usize| {
            matches!(self.relation(*c), "appos" | "flat" | "compound" | "nmod")
                && *c > word
                && self.words[*c].upos != Upos::Noun
                && self.children(*c).all(|g| !matches!(self.relation(g), "case" | "punct"))
                && !self.has(*c, "Case", "Gen")
        };
        let named =
            self.children(word).filter(beside).find_map(|c| self.mention_at(c).filter(|m| m.manner == Manner::Name));
        named.map(|m| self.past_origin(word, m))
    }

    /// "perusahaan Norwegia, Fjordvik Lines,", "raksasa farmasi Swiss Helvora": the name that the tree hangs on a place that
    /// tells where a thing is from; else the name itself.
    fn past_origin(&self, noun: usize, name: &'a Mention) -> &'a Mention {
        let place = |e: &Entry| matches!(e, Entry::Epithet(EntityType::Place) | Entry::Context(EntityType::Place));
        if self.kind(name) != EntityType::Place || self.is(self.token_of(noun), place) {
            return name;
        }
        let within = self.words_of(name.tokens.clone());
        let hung = |c: &usize| matches!(self.relation(*c), "flat" | "appos") && !within.contains(c);
        let thing = |m: &&Mention| m.manner == Manner::Name && self.kind(m) != EntityType::Place;
        let mut names = within.clone().flat_map(|w| self.children(w)).filter(hung).filter_map(|c| self.mention_at(c));
        names.find(thing).unwrap_or(name)
    }

    /// "sa plateforme de jeux vidéo Mixer": the name at the end of a noun phrase, which the tree hangs on a noun
    /// inside it, where its head is a noun for things that have names.
    fn named_inside(&self, word: usize, depth: usize) -> Option<&'a Mention> {
        let thing = |e: &Entry| matches!(e, Entry::Epithet(k) | Entry::Context(k) if !matches!(k, EntityType::Person | EntityType::Place));
        if depth == 0 && !self.is(self.token_of(word), thing) {
            return None;
        }
        let inside =
            |c: &usize| *c > word && self.words[*c].deprel.starts_with("nmod") && self.mention_at(*c).is_none();
        let deeper = |c: usize| self.named_beside(c).or_else(|| self.named_inside(c, depth + 1));
        self.children(word).filter(|_| depth < DEPTH).filter(inside).find_map(deeper)
    }

    /// "Orion Trust, a charity that sued …": the name that a noun stands in apposition to.
    fn named_before(&self, word: usize) -> Option<&'a Mention> {
        let name = self.parent(word).filter(|h| self.relation(word) == "appos" && *h < word)?;
        self.mention_at(name).filter(|m| m.manner == Manner::Name)
    }

    /// Whom a noun for persons describes: the name beside it, the one it stands in apposition to, its subject,
    /// or the subject (or object) of the verb that says as what.
    pub(super) fn described(&self, noun: usize) -> Vec<&'a Mention> {
        self.describe(noun, 0)
    }

    fn describe(&self, noun: usize, depth: usize) -> Vec<&'a Mention> {
        // "dia adalah direktur Telkom": whose post it is, not who holds it.
        let whole = |m: &&Mention| {
            let bare = self.resolved.analysis.language.bare_genitive;
            bare && self.is_predicate(noun) && self.kind(m) != EntityType::Person
        };
        if let Some(beside) = self.named_beside(noun).filter(|m| !whole(m)) {
            return vec![beside];
        }
        let named = |c: usize| self.mention_at(c).filter(|m| m.manner == Manner::Name);
        if let Some(apposed) = self.children(noun).filter(|c| self.relation(*c) == "appos").find_map(named) {
            return vec![apposed];
        }
        let Some(head) = self.parent(noun).filter(|_| depth < DEPTH) else { return self.predicate(noun) };
        match self.relation(noun) {
            "appos" => self.mention_at(head).into_iter().collect(),
            "conj" => self.describe(head, depth + 1),
            "obl" | "xcomp" | "advcl" | "advmod" if self.is_as(noun) => {
                let token = self.token_of(head);
                let passive = self.is_passive(token..token + 1, head);
                let object = self.children(head).find(|c| !passive && self.relation(*c) == "obj" && *c < noun);
                object.map(|o| self.fillers(o)).or_else(|| self.subjects(head)).unwrap_or_default()
            }
            "nmod" if self.is_as(noun) => self.mention_at(head).into_iter().collect(),
            _ => self.predicate(noun),
        }
    }

    /// "X is a noun": its subject.
    fn predicate(&self, noun: usize) -> Vec<&'a Mention> {
        self.is_predicate(noun).then(|| self.subjects(noun)).flatten().unwrap_or_default()
    }

    /// Whether a noun is said of a subject by a copula.
    pub(super) fn is_predicate(&self, noun: usize) -> bool {
        self.children(noun).any(|c| self.relation(c) == "cop")
    }

    fn is_as(&self, noun: usize) -> bool {
        self.prepositions(noun).iter().any(|p| self.resolved.analysis.language.says_as(p))
    }

    /// The mentions that are a verb's subject in the clause, understood subjects of infinitives, participles,
    /// coordinated verbs and relative clauses included. None: the tree names no subject.
    pub(super) fn subjects(&self, verb: usize) -> Option<Vec<&'a Mention>> {
        let word = self.subject(verb)?;
        let found = self.fillers(word);
        if !found.is_empty() || self.relation(word) != "nsubj" {
            return Some(found);
        }
        // "Former chancellor X died": the tree may take the noun and the name for two subjects.
        let beside = |c: &usize| *c != word && self.relation(*c) == "nsubj";
        let others = self.parent(word).into_iter().flat_map(|head| self.children(head)).filter(beside);
        Some(others.map(|c| self.fillers(c)).find(|named| !named.is_empty()).unwrap_or_default())
    }

    /// The head of a verb's subject, of its own or understood.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.shared_subject(verb, 0)
    }

    /// The subject that a verb has beside it, not understood from another clause; of several, as where a title is taken
    /// for one ("Attorney General Jane Roe has sued"), the first that is a name.
    pub(super) fn own_subject(&self, verb: usize) -> Option<usize> {
        // "il s'agit de": nobody's.
        let syntax = &self.resolved.analysis.syntax[self.sentence];
        if self.children(verb).any(|c| self.words[c].deprel == "expl:subj" && syntax.stands_for_nothing(c)) {
            return None;
        }
        let subject =
            |c: &usize| matches!(self.relation(*c), "nsubj" | "csubj") && !self.is_time(*c) && !self.is_bracketed(*c);
        let named = |c: &usize| subject(c) && self.mention_at(*c).is_some();
        self.children(verb).find(named).or_else(|| self.children(verb).find(subject))
    }

    /// "(Reuters) — X sued …": what stands alone in brackets.
    fn is_bracketed(&self, word: usize) -> bool {
        let form = |w: Option<usize>| w.and_then(|w| self.words.get(w)).map(|w| w.form.as_str());
        form(word.checked_sub(1)) == Some("(") && form(Some(word + 1)) == Some(")")
    }

    fn shared_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.own_subject(verb) {
            return if self.is_relative(own) { self.antecedent(verb) } else { Some(own) };
        }
        let head = self.parent(verb)?;
        if depth >= DEPTH {
            return None;
        }
        match self.relation(verb) {
            "conj" if self.words[head.min(verb)..head.max(verb)].iter().any(|w| w.form == ";") => None,
            "conj" | "aux" => self.shared_subject(head, depth + 1),
            "advcl" if !self.is_finite(verb) => self.shared_subject(head, depth + 1),
            "xcomp" => {
                let controlled = self.children(head).find(|c| matches!(self.relation(*c), "obj" | "iobj"));
                match controlled {
                    Some(object) if object < verb => Some(object),
                    _ => self.shared_subject(head, depth + 1),
                }
            }
            "acl" => Some(head),
            _ => None,
        }
    }

    /// "Years later sued …": a measure of time that the tree takes for a subject.
    fn is_time(&self, word: usize) -> bool {
        self.is(self.token_of(word), |e| matches!(e, Entry::IgnoredUnit | Entry::Weekday(_) | Entry::Month(_)))
    }

    fn is_finite(&self, verb: usize) -> bool {
        self.has(verb, "VerbForm", "Fin")
            || self.children(verb).any(|c| self.relation(c) == "aux" && self.has(c, "VerbForm", "Fin"))
    }

    /// Whether a finite verb stands at a token.
    pub(super) fn is_finite_at(&self, token: usize) -> bool {
        self.words_of(token..token + 1).any(|w| self.has(w, "VerbForm", "Fin"))
    }

    /// Whether the part of a separable verb stands at a token.
    pub(super) fn is_particle(&self, token: usize) -> bool {
        self.words_of(token..token + 1).any(|w| self.words[w].deprel == "compound:prt")
    }

    /// The noun that a preposition at a token belongs to.
    pub(super) fn governed_by(&self, token: usize) -> Option<usize> {
        let case = self.words_of(token..token + 1).find(|w| self.relation(*w) == "case")?;
        self.parent(case)
    }

    /// Whether the head of some tokens is a noun.
    pub(super) fn is_noun(&self, tokens: Range<usize>) -> bool {
        self.head_of(tokens).is_some_and(|w| matches!(self.words[w].upos, Upos::Noun | Upos::Propn))
    }

    /// The token of the subject of the verb at some tokens.
    pub(super) fn subject_token(&self, tokens: Range<usize>) -> Option<usize> {
        self.subject(self.head_of(tokens)?).map(|w| self.token_of(w))
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

    /// Every subject that the sentence's tree has, the main clause's first; what a relative clause is about stands
    /// for its pronoun.
    pub(super) fn all_subjects(&self) -> Vec<usize> {
        let subject = |w: &usize| self.relation(*w) == "nsubj";
        let mut list: Vec<usize> = (0..self.words.len()).filter(subject).collect();
        list.sort_by_key(|w| (self.depth(*w), *w));
        list.into_iter().map(|w| self.meant(w)).collect()
    }

    /// The words that decide how far a word's clause is vouched for: its own verb and those that it is an infinitive,
    /// an object or a coordinated part of; and, apart, the verb that speaks of it, where it is a finite clause.
    pub(super) fn governors(&self, word: usize) -> (Vec<usize>, Option<usize>) {
        let mut clause = vec![word];
        let mut at = word;
        while let Some(head) = self.parent(at).filter(|h| !clause.contains(h)) {
            let finite = self.is_finite(at);
            let shared = match self.relation(at) {
                "xcomp" | "aux" | "cop" | "obj" | "compound" | "fixed" => true,
                "ccomp" | "advcl" | "acl" if self.has(at, "VerbForm", "Inf") => true,
                "conj" => !finite && self.own_subject(at).is_none(),
                "nsubj" => self.words[at].deprel == "nsubj:pass" || self.happens(head),
                _ => false,
            };
            if !shared {
                return (clause, (self.relation(at) == "ccomp").then_some(head));
            }
            clause.push(head);
            at = head;
        }
        (clause, None)
    }

    /// "take place", "avoir lieu": whether a verb only says that its subject happens, or does not.
    fn happens(&self, verb: usize) -> bool {
        let is = |word: usize| self.is(self.token_of(word), |e| *e == Entry::Happens);
        let part = |c: &usize| matches!(self.relation(*c), "obj" | "fixed" | "compound" | "advmod" | "obl" | "xcomp");
        is(verb) || self.children(verb).filter(part).any(is)
    }

    /// The words beside a word of a clause that tell its mood: particles, auxiliaries, conjunctions, adjectives.
    pub(super) fn companions(&self, word: usize) -> impl Iterator<Item = usize> + use<'a> {
        let tree = *self;
        let particle = move |c: &usize| {
            matches!(tree.relation(*c), "aux" | "advmod" | "det" | "mark" | "cop" | "amod" | "case" | "expl" | "cc")
        };
        self.children(word).filter(particle)
    }

    /// How many links lead from a word to the root.
    pub(super) fn depth(&self, word: usize) -> usize {
        let mut at = word;
        let mut steps = 0;
        while let Some(head) = self.parent(at).filter(|_| steps < self.words.len()) {
            at = head;
            steps += 1;
        }
        steps
    }

    /// The person that a noun phrase names: its head, or a name in apposition to it, also when the tree hangs that
    /// on a thing inside the phrase ("le secrétaire au Trésor X").
    pub(super) fn person_named(&self, word: usize) -> Option<&'a Mention> {
        self.named_person(word, 0)
    }

    fn named_person(&self, word: usize, depth: usize) -> Option<&'a Mention> {
        // "la présidente LR": a party is no person.
        let person = |m: &&Mention| {
            m.manner == Manner::Name && self.resolved.kind(m) == EntityType::Person && !self.resolved.is_party(m)
        };
        if let Some(own) = self.mention_at(word).filter(person) {
            return Some(own);
        }
        let inside = |c: &usize| {
            let governed = self.children(*c).any(|g| self.relation(g) == "case") || self.has(*c, "Case", "Gen");
            match self.relation(*c) {
                "appos" | "flat" | "compound" | "nmod" if !governed => true,
                "nmod" => !self.is_person(*c) && self.mention_at(*c).filter(person).is_none(),
                // "Co-Founder & CEO X, Ernest Y"
                "conj" => self.is_person(word) && self.is_person(*c),
                _ => false,
            }
        };
        let mut children: Vec<usize> = self.children(word).filter(|_| depth < DEPTH).filter(inside).collect();
        children.sort_by_key(|c| self.relation(*c) != "appos");
        children.into_iter().find_map(|c| self.named_person(c, depth + 1))
    }

    /// The tokens of a noun phrase without clauses and appositions.
    pub(super) fn noun_phrase(&self, word: usize) -> Range<usize> {
        let (mut first, mut last) = (word, word);
        let mut open = vec![word];
        while let Some(at) = open.pop() {
            (first, last) = (first.min(at), last.max(at));
            let part = |c: &usize| {
                matches!(
                    self.relation(*c),
                    "det" | "amod" | "nmod" | "flat" | "compound" | "case" | "nummod" | "fixed" | "advmod"
                ) && (at != word || self.relation(*c) != "case")
            };
            open.extend(self.children(at).filter(part));
        }
        self.token_of(first)..self.tokens_of(last).end
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
        self.prepositions_past(argument, 0)
    }

    /// The same of the words from a token on: "entrer au capital de" leaves "de".
    pub(super) fn prepositions_past(&self, argument: usize, from: usize) -> Vec<String> {
        let mut found = Vec::new();
        for case in self.children(argument).filter(|c| self.relation(*c) == "case") {
            let token = self.token_of(case);
            let written = self.resolved.analysis.preposition(token, if token < from { 0 } else { from });
            if written == self.resolved.analysis.tokens[token].lower {
                found.push(self.words[case].form.to_lowercase());
            }
            found.push(written);
        }
        found
    }

    /// The mentions that are direct or prepositional objects of a verb or phrase at some tokens, by preposition
    /// (the empty one for a direct object).
    pub(super) fn objects(&self, tokens: Range<usize>, wanted: &[String]) -> Vec<&'a Mention> {
        let list = self.object_words(tokens, wanted).into_iter();
        list.map(|c| self.object(self.meant(c))).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Whether a verb or phrase has such an object, but none with a name.
    pub(super) fn has_unnamed_object(&self, tokens: Range<usize>, wanted: &[String]) -> bool {
        let list = self.object_words(tokens, wanted);
        !list.is_empty() && list.into_iter().all(|c| self.object(self.meant(c)).is_empty())
    }

    /// "possesses the temper to join X": whether a common noun that stands for nothing with a name is the direct object
    /// of a verb or phrase.
    pub(super) fn has_common_object(&self, tokens: &Range<usize>) -> bool {
        let list = self.object_words(tokens.clone(), &[String::new()]).into_iter();
        let mut direct = list.filter(|c| self.relation(*c) == "obj" && self.words[*c].upos == Upos::Noun);
        let named = |c: usize| self.resolved.within(self.noun_phrase(c)).any(|m| m.manner != Manner::Adjective);
        direct.any(|c| self.object(c).is_empty() && !named(c))
    }

    /// The heads of the objects of a verb or phrase, in the order of the text.
    fn object_words(&self, tokens: Range<usize>, wanted: &[String]) -> Vec<usize> {
        let phrase = self.words_of(tokens.clone());
        let outside = |c: &usize| !phrase.contains(c);
        let arguments = phrase.clone().flat_map(|w| self.children(w)).filter(outside);
        let fits = |c: &usize| match self.relation(*c) {
            "obj" | "iobj" => wanted.iter().any(String::is_empty),
            "obl" | "nmod" => {
                let closing = self.children(*c).any(|g| self.relation(g) == "case" && phrase.contains(&g));
                let own = self.prepositions_past(*c, tokens.end);
                // "has the temper to be a member of X": a clause, not an object.
                let clause = self.children(*c).any(|g| matches!(self.relation(g), "mark" | "cop"));
                if own.is_empty() || closing {
                    wanted.iter().any(String::is_empty) && !clause
                } else {
                    own.iter().any(|p| wanted.contains(p))
                }
            }
            _ => false,
        };
        let mut list: Vec<usize> = arguments.filter(fits).collect();
        list.sort_unstable();
        list
    }

    /// "Y, which X bought": what a relative pronoun stands for; any other word for itself.
    fn meant(&self, word: usize) -> usize {
        let clause = self.parent(word).filter(|_| self.is_relative(word));
        clause.and_then(|verb| self.antecedent(verb)).unwrap_or(word)
    }

    /// What an object's head stands for: itself, or the whole that it is a part of ("the French arm of X").
    fn object(&self, word: usize) -> Vec<&'a Mention> {
        let found = self.fillers(word);
        // "owns 9% of X": a share is not the whole.
        let share = self.is(self.token_of(word), |e| *e == Entry::Percent);
        if !found.is_empty() || self.is_person(word) || share {
            return found;
        }
        let whole =
            |c: &usize| self.words[*c].deprel == "nmod" && self.prepositions(*c).iter().any(|p| self.joins_whole(p));
        // "the temper to join the board of X"
        let apart = |c: &usize| {
            let between = self.tokens_of(word).end..self.token_of(*c);
            let preposition = |i: usize| {
                let joint = self.resolved.analysis.tokens[i].lower.as_str();
                self.is(i, |e| *e == Entry::Preposition) && !self.joins_whole(joint)
            };
            between.into_iter().any(preposition)
        };
        let part = self.children(word).find(whole).filter(|c| !apart(c));
        part.and_then(|c| self.mention_at(c)).into_iter().collect()
    }

    /// Whether the word is a common noun for a person.
    pub(super) fn is_person(&self, word: usize) -> bool {
        let person = |e: &Entry| {
            matches!(e, Entry::Title(_) | Entry::Epithet(EntityType::Person) | Entry::Context(EntityType::Person))
        };
        self.resolved.analysis.at(self.token_of(word), person).is_some()
    }

    /// "the Russian invasion", "l'élection française": the country whose adjective a noun has beside it.
    pub(super) fn country_beside(&self, noun: usize) -> Vec<&'a Mention> {
        let adjective = |word: usize| {
            let token = self.token_of(word);
            let beside = |m: &&Mention| m.manner == Manner::Adjective && m.tokens.contains(&token);
            self.resolved.within(token..token + 1).find(beside)
        };
        self.children(noun).filter(|c| self.relation(*c) == "amod").find_map(adjective).into_iter().collect()
    }

    /// Whether a preposition joins a part to its whole.
    pub(super) fn joins_whole(&self, preposition: &str) -> bool {
        self.resolved.analysis.language.joins_whole(preposition)
    }

    /// The type of what a mention means.
    pub(super) fn kind(&self, mention: &Mention) -> EntityType {
        self.resolved.kind(mention)
    }

    /// Whether an entry of a kind begins at a token.
    pub(super) fn is(&self, token: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(token, wanted).is_some()
    }
}
