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
    fn named_beside(&self, word: usize) -> Option<&'a Mention> {
        let beside = |c: &usize| {
            matches!(self.relation(*c), "appos" | "flat" | "compound" | "nmod")
                && *c > word
                && self.words[*c].upos != Upos::Noun
                && self.children(*c).all(|g| !matches!(self.relation(g), "case" | "punct"))
                && !self.has(*c, "Case", "Gen")
        };
        self.children(word).filter(beside).find_map(|c| self.mention_at(c).filter(|m| m.manner == Manner::Name))
    }

    /// Whom a noun for persons describes: the name beside it, the one it stands in apposition to, its subject,
    /// or the subject (or object) of the verb that says as what.
    pub(super) fn described(&self, noun: usize) -> Vec<&'a Mention> {
        self.describe(noun, 0)
    }

    fn describe(&self, noun: usize, depth: usize) -> Vec<&'a Mention> {
        if let Some(beside) = self.named_beside(noun) {
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
                let object = self.children(head).find(|c| self.relation(*c) == "obj" && *c < noun);
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
        self.subject(verb).map(|word| self.fillers(word))
    }

    /// The head of a verb's subject, of its own or understood.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        self.shared_subject(verb, 0)
    }

    /// The subject that a verb has beside it, not understood from another clause.
    pub(super) fn own_subject(&self, verb: usize) -> Option<usize> {
        self.children(verb).find(|c| matches!(self.relation(*c), "nsubj" | "csubj") && !self.is_time(*c))
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

    /// The noun that a preposition at a token belongs to.
    pub(super) fn governed_by(&self, token: usize) -> Option<usize> {
        let case = self.words_of(token..token + 1).find(|w| self.relation(*w) == "case")?;
        self.parent(case)
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
        let meant = |w: usize| {
            let verb = self.parent(w).filter(|_| self.is_relative(w));
            verb.map_or(Some(w), |v| self.antecedent(v))
        };
        list.into_iter().filter_map(meant).collect()
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
                "nsubj" if self.words[at].deprel == "nsubj:pass" => true,
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

    /// Whether the word is a common noun for a person.
    pub(super) fn is_person(&self, word: usize) -> bool {
        let person = |e: &Entry| {
            matches!(e, Entry::Title(_) | Entry::Epithet(EntityType::Person) | Entry::Context(EntityType::Person))
        };
        self.resolved.analysis.at(self.token_of(word), person).is_some()
    }

    /// Agents and patients of a nominalization: its complements, its possessor, and what the verb that carries it
    /// has beside it.
    pub(super) fn noun(&self, tokens: Range<usize>, wanted: &Nominal) -> Option<[Vec<&'a Mention>; 2]> {
        let noun = self.head_of(tokens.clone())?;
        let mut found = [Vec::new(), Vec::new()];
        self.complements(noun, &tokens, wanted, &mut found);
        if let Some(verb) = self.parent(noun) {
            self.carried(noun, verb, wanted, &mut found);
        }
        for participle in self.children(noun).filter(|c| self.relation(*c) == "acl") {
            let at = self.token_of(participle);
            if self.is(at, |e| *e == Entry::SupportVerb) {
                fill(&mut found[0], || self.objects(at..at + 1, wanted.agent));
            }
        }
        Some(found)
    }

    fn is(&self, token: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(token, wanted).is_some()
    }

    /// "the takeover of Y by X", "X's ban", "das Verbot der Y", "Kaspersky-Verbot".
    fn complements(&self, noun: usize, tokens: &Range<usize>, wanted: &Nominal, found: &mut [Vec<&'a Mention>; 2]) {
        let phrase = self.words_of(tokens.clone());
        for child in self.children(noun).filter(|c| !phrase.contains(c)) {
            let relation = self.relation(child);
            let own = self.prepositions(child);
            let listed = |list: &[String]| own.iter().any(|p| list.contains(p));
            let bare = own.is_empty() && self.children(child).all(|c| self.relation(c) != "punct" || c > child);
            let possessor = matches!(relation, "nmod" | "compound") && bare;
            let side = match relation {
                "nmod" | "obl" if listed(wanted.patient) => Some(1),
                "nmod" | "obl" if listed(wanted.agent) => Some(0),
                _ if possessor => wanted.possessor,
                _ => None,
            };
            if let Some(side) = side {
                fill(&mut found[side], || self.fillers(child));
            }
        }
    }

    /// "X filed a lawsuit against Y", "Y faces a fine": the arguments of the verb that carries the noun.
    fn carried(&self, noun: usize, verb: usize, wanted: &Nominal, found: &mut [Vec<&'a Mention>; 2]) {
        let at = self.token_of(verb);
        let (support, undergo) = (self.is(at, |e| *e == Entry::SupportVerb), self.is(at, |e| *e == Entry::UndergoVerb));
        if !support && !undergo || !matches!(self.relation(noun), "obj" | "obl" | "nsubj") {
            return;
        }
        let passive = self.is_passive(at..at + 1, verb);
        let object = matches!(self.relation(noun), "obj" | "obl") && !passive;
        if object {
            fill(&mut found[usize::from(undergo)], || self.subjects(verb).unwrap_or_default());
        }
        if passive && self.relation(noun) == "nsubj" {
            fill(&mut found[0], || self.objects(at..at + 1, wanted.agent));
        }
        if support {
            fill(&mut found[1], || self.prepositional(at, wanted.patient));
        }
    }

    fn prepositional(&self, verb: usize, wanted: &[String]) -> Vec<&'a Mention> {
        let wanted: Vec<String> = wanted.iter().filter(|p| !p.is_empty()).cloned().collect();
        self.objects(verb..verb + 1, &wanted)
    }
}

/// How a nominalization takes its arguments.
pub(super) struct Nominal<'r> {
    /// Prepositions before who does it.
    pub agent: &'r [String],
    /// Prepositions before to whom it is done.
    pub patient: &'r [String],
    /// Which side a possessor or genitive is: 0 who does it, 1 to whom it is done.
    pub possessor: Option<usize>,
}

fn fill<'a>(side: &mut Vec<&'a Mention>, found: impl FnOnce() -> Vec<&'a Mention>) {
    if side.is_empty() {
        *side = found();
    }
}
