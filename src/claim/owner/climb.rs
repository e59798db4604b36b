//! From a number up the tree of its sentence, to the one that it is about.

use super::{Owners, Rule, Search};
use crate::analysis::syntax::Upos;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Mention};
use crate::language::{Entry, Pronoun};
use crate::mention::Number;
use crate::record::{EntityType, Unit};

/// How many links are followed from a number to its owner.
const DEPTH: usize = 7;

/// The way from one number up its tree.
pub(super) struct Climb<'s, 'a> {
    pub search: &'s Search<'a>,
    pub tree: Tree<'a>,
    pub number: &'s Number,
}

impl<'a> Climb<'_, 'a> {
    pub fn owners(&self, head: usize) -> Option<Owners<'a>> {
        let mut at = head;
        for steps in 0..DEPTH {
            let measured = || self.measured_noun().filter(|_| steps == 0).and_then(|noun| self.of_noun(noun, 0));
            if let Some(found) = self.of_noun(at, 0).or_else(measured) {
                return Some(found);
            }
            let Some(above) = self.tree.parent(at) else { return self.of_verb(at, at, steps) };
            match self.tree.relation(at) {
                "ccomp" if self.is(above, |e| *e == Entry::Speech) => {
                    return if self.tree.own_subject(at).is_none() { self.said_by(above) } else { self.told_by(above) };
                }
                "nsubj" | "csubj" => {
                    let found = self.of_subject(above, at).or_else(|| self.existing(above));
                    let said = || (self.tree.relation(above) == "ccomp").then(|| self.tree.parent(above)).flatten();
                    return found.or_else(|| said().and_then(|verb| self.told_by(verb)));
                }
                "obj" | "iobj" | "obl" | "advmod" | "xcomp" | "advcl" | "ccomp" => {
                    if let Some(found) = self.of_verb(above, at, steps) {
                        return Some(found);
                    }
                }
                "acl" => {
                    let found = self.owned(self.tree.fillers(above));
                    if !found.is_empty() {
                        return Some((found, Rule::Subject));
                    }
                    // What a relative clause tells is not of the others in the main clause.
                    if self.tree.word(at).deprel == "acl:relcl" {
                        return self.implied(above);
                    }
                }
                "nmod" | "appos" | "dep" => {
                    if let Some(found) = self.beside(above, at) {
                        return Some(found);
                    }
                }
                _ => {}
            }
            at = above;
        }
        None
    }

    /// "revenue of $4 billion": the noun before a number and its preposition, wherever the tree hangs the number.
    fn measured_noun(&self) -> Option<usize> {
        let of = self.number.tokens.start.checked_sub(1).filter(|i| self.search.is(*i, |e| *e == Entry::Of))?;
        let sentence = &self.search.resolved.analysis.sentences[self.search.resolved.analysis.tokens[of].sentence];
        let noun = of.checked_sub(1).filter(|i| *i >= sentence.start && self.search.is(*i, |e| *e == Entry::Figure))?;
        self.tree.head_of(noun..noun + 1)
    }

    /// The mentions that can own a number: none that the number is part of.
    fn owned(&self, list: Vec<&'a Mention>) -> Vec<&'a Mention> {
        use EntityType::{Organization, Product};
        let resolved = self.search.resolved;
        let apart = |m: &&Mention| m.tokens.end <= self.number.tokens.start || self.number.tokens.end <= m.tokens.start;
        // "US-Konzern", "Trump-Stiftung": another thing than that; not so "Siemens-Umsatz".
        let alone = |m: &&Mention| {
            let joined = resolved.analysis.tokens.get(m.tokens.end).is_some_and(|t| t.hyphenated);
            let other = || {
                let noun = |e: &Entry| matches!(e, Entry::Title(_) | Entry::Epithet(Organization | EntityType::Person));
                self.search.is(m.tokens.end, noun)
            };
            !joined || resolved.analysis.language.capital_nouns && resolved.kind(m) != EntityType::Place && !other()
        };
        let list: Vec<_> = list.into_iter().filter(apart).filter(alone).map(|m| self.inner(m)).collect();
        let main = self.search.main.filter(|e| matches!(resolved.entities[*e].kind, Organization | Product));
        // "the company" is what the article is about, if that is one.
        let told = |m: &'a Mention| {
            let thing = matches!(resolved.kind(m), Organization | Product);
            let epithet = m.manner == Manner::Epithet && thing && Some(m.entity) != main;
            epithet
                .then(|| self.search.told_of(m.tokens.start))
                .flatten()
                .filter(|t| Some(t.entity) == main)
                .unwrap_or(m)
        };
        list.into_iter().map(told).collect()
    }

    /// "les employés de Kaspersky": what the described ones belong to owns the number.
    fn inner(&self, mention: &'a Mention) -> &'a Mention {
        let named = |i: &&Mention| i.manner == Manner::Name && i.tokens.end <= mention.tokens.end;
        if mention.manner == Manner::Description {
            self.search.resolved.within(mention.tokens.clone()).find(named).unwrap_or(mention)
        } else {
            mention
        }
    }

    fn is(&self, word: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.search.is(self.tree.token_of(word), wanted)
    }

    /// What a noun belongs to: its possessor, its genitive, "of X"; "in X" for shares.
    fn of_noun(&self, noun: usize, depth: usize) -> Option<Owners<'a>> {
        let language = self.search.resolved.analysis.language;
        // "holds 25 per cent in Valmer"; but "bought from Valmer"
        let per_cent = self.number.unit == Some(Unit::Code("P1".to_owned()));
        let held = self.is(noun, |e| *e == Entry::Held) && (per_cent || self.tree.word(noun).upos != Upos::Verb);
        let unit = self.number.tokens.contains(&self.tree.token_of(noun));
        let mut later = None;
        for child in self.tree.children(noun) {
            let relation = self.tree.relation(child);
            let full = self.tree.word(child).deprel;
            let prepositions = self.tree.prepositions(child);
            let of = prepositions.iter().any(|p| language.joins_whole(p));
            let article = || self.tree.children(child).any(|c| self.tree.relation(c) == "det");
            let genitive = prepositions.is_empty()
                && (self.tree.has(child, "Case", "Gen")
                    || full == "nmod" && language.capital_nouns && child > noun && article());
            let possessive = full == "nmod:poss" || relation == "compound" || full == "det:poss";
            let bare = prepositions.is_empty() && child > noun && language.bare_genitive;
            let origin = !unit && self.tree.relation(child) == "nmod" && self.case(child, Entry::From);
            // "the costs at Siemens"
            let within = !unit && self.tree.relation(child) == "nmod" && self.case(child, Entry::Locative);
            // "turnout in Portugal"
            let placed = within && self.is(noun, |e| *e == Entry::Public);
            // "44% for Marco Diaz"
            let votes = per_cent && unit && self.stands_for_election(child);
            let priced = !held && self.is(child, |e| *e == Entry::Held);
            let share =
                (held || priced || votes) && prepositions.iter().any(|p| language.numbers.owners.holds.contains(p));
            if !matches!(relation, "nmod" | "compound" | "det" | "flat" | "obl") || relation == "det" && !possessive {
                continue;
            }
            if !(of || genitive || possessive || bare || share || origin || within) {
                continue;
            }
            let mut found = self.owned(self.tree.fillers(child));
            // "40 pengusaha Malaysia", "from Jakarta": a place that is no owner.
            if bare && unit || origin || within && !placed || full == "compound" {
                found.retain(|m| self.search.resolved.kind(m) != EntityType::Place);
            }
            if !found.is_empty() {
                return Some((found, if share && !of { Rule::Held } else { Rule::Whole }));
            }
            if self.tree.word(child).upos == Upos::Pron || full == "det:poss" {
                later = later.or_else(|| self.implied(child));
            } else if depth < 3 && later.is_none() {
                later = self.of_noun(child, depth + 1);
            }
        }
        later
    }

    /// Whether an argument names a person or a party.
    fn stands_for_election(&self, argument: usize) -> bool {
        let resolved = self.search.resolved;
        let runs = |m: &&Mention| resolved.kind(m) == EntityType::Person || resolved.is_party(m);
        self.tree.mention_at(argument).filter(runs).is_some_and(|m| m.manner == Manner::Name)
    }

    /// "Valmer, with 90 shops", "Calden Bank (2.4 million)": the noun that the number hangs on is its owner.
    fn beside(&self, noun: usize, from: usize) -> Option<Owners<'a>> {
        let joined = from > noun && (self.tree.relation(from) != "nmod" || !self.tree.prepositions(from).is_empty());
        let found = self.owned(self.tree.mention_at(noun).filter(|_| joined).into_iter().collect());
        (!found.is_empty()).then_some((found, Rule::Beside))
    }

    /// "3,400 people work for Northfield", "five million were paid by Northfield", "the sum was Northfield's".
    fn of_subject(&self, verb: usize, subject: usize) -> Option<Owners<'a>> {
        for child in self.tree.children(verb).filter(|c| *c != subject) {
            let prepositions = self.tree.prepositions(child);
            let relation = self.tree.relation(child);
            let agent = relation == "obl" && self.case(child, Entry::By);
            if agent || relation == "obj" || relation == "obl" && !prepositions.is_empty() {
                let found: Vec<_> =
                    self.owned(self.tree.fillers(child)).into_iter().filter(|m| self.search.acts(m)).collect();
                if !found.is_empty() {
                    return Some((found, Rule::Object));
                }
                if let Some((found, _)) = self.of_noun(child, 0) {
                    return Some((found, Rule::Object));
                }
            }
        }
        None
    }

    fn case(&self, argument: usize, wanted: Entry) -> bool {
        self.tree.children(argument).any(|c| self.tree.relation(c) == "case" && self.is(c, |e| *e == wanted))
    }

    /// Who owns a number that is an argument of a verb: the thing bought or sold, else the subject. A person owns
    /// sums, and counts only right beside the verb; of verbs of saying, only firms own what they say.
    fn of_verb(&self, verb: usize, from: usize, steps: usize) -> Option<Owners<'a>> {
        let token = self.tree.token_of(verb);
        let passive = self.tree.is_passive(token..token + 1, verb);
        if self.is(verb, |e| *e == Entry::Held) && !passive {
            let objects = self.tree.children(verb).filter(|c| *c != from && self.tree.relation(*c) == "obj");
            let found: Vec<_> = objects.flat_map(|c| self.owned(self.held(verb, c))).collect();
            if !found.is_empty() {
                return Some((found, Rule::Held));
            }
            if let Some(held) = self.of_noun(verb, 0).filter(|o| o.1 == Rule::Held) {
                return Some(held);
            }
        }
        let subject = self.tree.subject(verb).filter(|s| *s != from)?;
        let relation = self.tree.relation(from);
        let says = self.is(verb, |e| *e == Entry::Speech) && from != verb;
        if says && !matches!(relation, "obj" | "xcomp") {
            return None;
        }
        let counts = matches!(self.number.unit, Some(Unit::Text(_)));
        let figure = counts && self.search.is_figure(&self.tree, self.number, from);
        let fits = |m: &&'a Mention| match self.search.resolved.kind(m) {
            EntityType::Person => !says && (!counts || steps == 0 && relation == "obj"),
            EntityType::Organization | EntityType::Product => true,
            // What an authority deals with is not its own.
            EntityType::GovernmentOrganization => !says && (!counts || figure),
            _ => !says,
        };
        let found: Vec<_> = self.owned(self.tree.fillers(subject)).into_iter().filter(fits).collect();
        if !found.is_empty() {
            return Some((found, Rule::Subject));
        }
        // "officials of X spoke of …": not what X has
        let owned = self.of_noun(subject, 0).filter(|_| !self.tree.is_person(subject));
        if let Some((found, _)) = owned {
            return Some((found, Rule::Subject));
        }
        self.state_of(verb, subject).or_else(|| self.implied(subject))
    }

    /// "In Portugal, turnout was 52 per cent": a public figure beside its place.
    fn state_of(&self, verb: usize, subject: usize) -> Option<Owners<'a>> {
        if !self.is(subject, |e| *e == Entry::Public) {
            return None;
        }
        let mut places = self.tree.children(verb).filter(|c| self.case(*c, Entry::Locative));
        let place = |m: &&Mention| self.search.resolved.kind(m) == EntityType::Place;
        let found = places.find_map(|c| self.owned(self.tree.fillers(c)).into_iter().find(place))?;
        Some((vec![found], Rule::Whole))
    }

    /// What an object of buying or selling is: before a relative pronoun, the name right before it.
    fn held(&self, verb: usize, object: usize) -> Vec<&'a Mention> {
        if !self.tree.is_relative(object) {
            return self.tree.fillers(object);
        }
        let resolved = self.search.resolved;
        let token = self.tree.token_of(object);
        let comma = token > 0 && resolved.analysis.tokens[token - 1].lower == ",";
        let beside = resolved.ending(token - usize::from(comma));
        let antecedent = || self.tree.antecedent(verb).map(|w| self.tree.fillers(w)).unwrap_or_default();
        beside.map_or_else(antecedent, |m| vec![m])
    }

    /// "He said there are 300 customers": a clause that says only that something is.
    fn existing(&self, verb: usize) -> Option<Owners<'a>> {
        let above = self.tree.parent(verb).filter(|a| self.is(*a, |e| *e == Entry::Speech))?;
        let bare = self.tree.children(verb).any(|c| self.tree.relation(c) == "expl");
        if bare && self.tree.relation(verb) == "ccomp" { self.said_by(above) } else { None }
    }

    /// "Mary Baker said there are 80 customers": nobody in the clause owns them.
    fn said_by(&self, verb: usize) -> Option<Owners<'a>> {
        let found = self.owned(self.tree.subjects(verb)?);
        let fits = |m: &&Mention| matches!(self.search.resolved.kind(m), EntityType::Person | EntityType::Organization);
        let found: Vec<_> = found.into_iter().filter(fits).collect();
        (!found.is_empty()).then_some((found, Rule::Implied))
    }

    /// "The airline said a flight with 167 passengers was hit": a firm that the article is about tells of its own.
    fn told_by(&self, verb: usize) -> Option<Owners<'a>> {
        use EntityType::{Organization, Product};
        let figure = matches!(self.number.unit, Some(Unit::Text(_)))
            && self.number.tokens.clone().any(|i| self.search.is(i, |e| *e == Entry::Figure));
        let (found, rule) = self.said_by(verb).filter(|_| figure && self.is(verb, |e| *e == Entry::Speech))?;
        let own = |m: &Mention| {
            let main = Some(m.entity) == self.search.main || m.manner == Manner::Epithet;
            main && matches!(self.search.resolved.kind(m), Organization | Product)
        };
        let contested = self.search.is_contested(self.number, found[0].entity);
        (own(found[0]) && !contested).then_some((found, rule))
    }

    /// Who a pronoun or a common noun that points to no one stands for.
    fn implied(&self, word: usize) -> Option<Owners<'a>> {
        let personal = self.is(word, |e| *e == Entry::Pronoun(Pronoun::Person));
        let only = personal && !self.is(word, |e| *e == Entry::Pronoun(Pronoun::Organization));
        use EntityType::{GovernmentOrganization, Organization, Product};
        let noun = self.tree.word(word).upos == Upos::Noun;
        // "a foundation": not one told of before
        let new = self.tree.children(word).any(|c| self.tree.has(c, "Definite", "Ind"));
        let told = |e: &Entry| {
            let kind = match e {
                Entry::Epithet(kind) | Entry::Context(kind) => *kind,
                _ => return *e == Entry::Figure,
            };
            matches!(kind, Organization | GovernmentOrganization | Product)
        };
        if noun && (new && !self.is(word, |e| *e == Entry::Figure) || !self.is(word, told)) {
            return None;
        }
        let counts = matches!(self.number.unit, Some(Unit::Text(_)));
        let vague = !noun && counts && !self.search.is_figure(&self.tree, self.number, word);
        let found = self.reporting_subject(word, personal).or_else(|| {
            let found = self.search.told_of(self.tree.token_of(word))?;
            (!only && !vague && !self.search.is_contested(self.number, found.entity)).then_some(found)
        });
        found.map(|m| (vec![m], Rule::Implied))
    }

    /// "Northfield says that it has …": who says so.
    fn reporting_subject(&self, word: usize, personal: bool) -> Option<&'a Mention> {
        let mut at = word;
        for _ in 0..DEPTH {
            let above = self.tree.parent(at)?;
            let loose = matches!(self.tree.relation(at), "xcomp" | "parataxis" | "advcl");
            if self.tree.relation(at) == "ccomp" || loose && self.is(above, |e| *e == Entry::Speech) {
                let said = self.tree.subjects(above).unwrap_or_default();
                let kind = |m: &&Mention| self.search.resolved.kind(m);
                let fits =
                    |m: &&Mention| kind(m) == EntityType::Organization || personal && kind(m) == EntityType::Person;
                return self.owned(said).into_iter().find(fits);
            }
            at = above;
        }
        None
    }
}
