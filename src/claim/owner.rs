//! Whom a number tells of: the sentence's tree is asked first, then the clause's words, then the topic.

use super::argument::Arguments;
use super::tree::Tree;
use crate::analysis::syntax::Upos;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::{Entry, Pronoun};
use crate::mention::Number;
use crate::record::{EntityType, Unit};

/// How many links are followed from a number to its owner.
const DEPTH: usize = 7;

/// The tokens that tell what an article is about before all others.
const OPENING: usize = 30;

/// By which rule an owner was found; measured on annotated articles, the rare rules (fewer than ten numbers each) drawn towards the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// "Northfield's employees", "the staff of Northfield", "ekspor Indonesia".
    Whole,
    /// "Calden Bank (2.4 million euros)", "Valmer, with 90 shops".
    Beside,
    /// "bought Valmer for $70 million", "a stake in Valmer".
    Held,
    /// "Northfield has 3,400 employees".
    Subject,
    /// "3,400 people work for Northfield".
    Object,
    /// What is paid or laid off in an event: its participant in the role that owns such amounts.
    Event,
    /// Dead and hurt: the place told of.
    Toll,
    /// Public money: the state told of.
    Public,
    /// A pronoun or a common noun in the owner's place that points to no one: the one told of before.
    Implied,
    /// What the article is about.
    Topic,
}

impl Rule {
    /// Confidence in percent.
    pub(super) fn confidence(self) -> u8 {
        match self {
            Self::Beside => 85,
            Self::Held => 75,
            Self::Subject => 70,
            Self::Object | Self::Event => 65,
            Self::Whole | Self::Toll | Self::Public => 55,
            Self::Implied => 45,
            Self::Topic => 35,
        }
    }

    /// The name in the provenance of a quantity.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Beside => "beside",
            Self::Held => "held",
            Self::Subject => "subject",
            Self::Object => "party",
            Self::Event => "event",
            Self::Toll => "toll",
            Self::Public => "public",
            Self::Implied => "implied",
            Self::Topic => "topic",
        }
    }
}

/// The owners of a number, with the rule that found them.
pub(super) type Owners<'a> = (Vec<&'a Mention>, Rule);

/// What is looked up again and again in one article.
pub(super) struct Search<'a> {
    resolved: &'a Resolved<'a>,
    /// What the article is about.
    pub main: Option<usize>,
    /// The place it tells of.
    scene: Option<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(resolved: &'a Resolved<'a>) -> Self {
        use EntityType::*;
        let party = |e: usize| resolved.entities[e].names.iter().any(|n| resolved.analysis.language.is_party(n));
        let acts = |e: usize| {
            matches!(resolved.entities[e].kind, Organization | GovernmentOrganization | Product) && !party(e)
        };
        let main = dominant(resolved, acts, 3, 3);
        let scene = dominant(resolved, |e| resolved.entities[e].kind == Place, 1, 2);
        Self { resolved, main, scene }
    }

    /// The owners of a number; those of a coordination only where the number holds for each of them. `before` is the
    /// number told before it, with its owners.
    pub(super) fn owners(&self, number: &Number, before: Option<(&Number, &Owners<'a>)>) -> Option<Owners<'a>> {
        let tree = Tree::new(self.resolved, number.core);
        let head = self.measure(&tree, number)?;
        if self.is_toll(&tree, number, head) {
            return self.place_told_of(number).map(|m| (vec![m], Rule::Toll));
        }
        let climb = Climb { search: self, tree, number };
        let climbed = self.bracketed(number).or_else(|| climb.owners(head));
        let weak = |o: &Owners| {
            o.1 == Rule::Implied || o.1 == Rule::Subject && self.resolved.kind(o.0[0]) == EntityType::Person
        };
        let (mut found, rule) = match climbed {
            Some(firm) if !weak(&firm) => firm,
            rest => {
                // What a state spends is told of its parties, and never theirs.
                let rest = rest.filter(|(list, rule)| *rule != Rule::Implied || !self.resolved.is_party(list[0]));
                let fallback = |rule| self.topic(number, head).map(|m| (vec![m], rule));
                let told = rest.or_else(|| self.continued(number, before)).or_else(|| fallback(Rule::Topic));
                self.public(number).or(told)?
            }
        };
        if !self.is_each(number) {
            found.truncate(1);
        }
        Some((found, rule))
    }

    /// "Exports were $3bn. Then imports, $2bn": the next number of a kind, with no one else named between.
    fn continued(&self, number: &Number, before: Option<(&Number, &Owners<'a>)>) -> Option<Owners<'a>> {
        let (last, (list, rule)) = before?;
        let sentence = |n: &Number| self.resolved.analysis.tokens[n.core].sentence;
        let near = sentence(number) - sentence(last) <= 1;
        let firm = matches!(rule, Rule::Whole | Rule::Beside | Rule::Held | Rule::Subject | Rule::Object);
        let mut between = self.resolved.within(last.tokens.end..number.tokens.start);
        let start = number.tokens.start;
        let part = (last.tokens.end..start)
            .any(|i| self.resolved.analysis.at(i, |e| *e == Entry::PartOf).is_some_and(|l| i + l == start));
        let alike = number.unit == last.unit && (part || matches!(number.unit, Some(Unit::Code(_))));
        let other = |m: &Mention| self.acts(m) && list.iter().all(|o| o.entity != m.entity);
        (near && firm && alike && !between.any(other)).then(|| (list.clone(), Rule::Implied))
    }

    /// The word that stands for the number in the sentence: its unit, where the tree hangs the digits elsewhere.
    fn measure(&self, tree: &Tree, number: &Number) -> Option<usize> {
        let head = tree.head_of(number.tokens.clone())?;
        let noun = |w: &usize| tree.word(*w).upos != Upos::Num;
        let range = number.min.is_some() && number.max.is_some();
        let from = if range { number.tokens.end - 1 } else { number.core + 1 };
        let unit = from..number.tokens.end;
        let strays = !noun(&head) && !unit.is_empty() && (range || tree.relation(head) == "nummod");
        strays.then(|| tree.head_of(unit)).flatten().filter(noun).or(Some(head))
    }

    fn is(&self, token: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
        self.resolved.analysis.at(token, wanted).is_some()
    }

    /// "each giving $900", "9.000 Euro je Klub".
    fn is_each(&self, number: &Number) -> bool {
        let sentence = &self.resolved.analysis.sentences[self.resolved.analysis.tokens[number.core].sentence];
        let from = number.tokens.start.saturating_sub(3).max(sentence.start);
        (from..(number.tokens.end + 2).min(sentence.end)).any(|i| self.is(i, |e| *e == Entry::Each))
    }

    /// Whether the number counts dead, hurt or missing.
    fn is_toll(&self, tree: &Tree, number: &Number, head: usize) -> bool {
        let toll = |token: usize| self.is(token, |e| *e == Entry::Toll);
        if matches!(number.unit, Some(Unit::Code(_))) {
            return false;
        }
        if number.tokens.clone().any(toll) {
            return true;
        }
        let noun = |w: &usize| !matches!(tree.word(*w).upos, Upos::Verb | Upos::Aux);
        // "16 were hurt, 12 shops burnt": a clause of its own.
        let above = tree.parent(head).filter(|_| !matches!(tree.relation(head), "conj" | "parataxis"));
        let further = above.filter(noun).and_then(|a| tree.parent(a));
        let says = |w: usize| {
            toll(tree.token_of(w)) || tree.children(w).any(|c| tree.relation(c) == "nsubj" && toll(tree.token_of(c)))
        };
        let told = |c: usize| tree.relation(c) == "acl" && toll(tree.token_of(c));
        above.into_iter().chain(further).any(says) || tree.children(head).any(told)
    }

    /// The place that a count of dead or hurt belongs to: of the sentence, or of the article.
    fn place_told_of(&self, number: &Number) -> Option<&'a Mention> {
        let arguments = Arguments::new(self.resolved, number.core);
        let place = |m: &&'a Mention| self.resolved.kind(m) == EntityType::Place && m.manner == Manner::Name;
        let mentions = arguments.mentions(arguments.sentence.clone());
        let scene = mentions.iter().copied().filter(place).find(|m| Some(m.entity) == self.scene);
        let nearest = || mentions.iter().copied().filter(place).min_by_key(|m| m.tokens.start.abs_diff(number.core));
        let before = || {
            let told = self.resolved.mentions.iter().rev().filter(|m| m.tokens.start < number.core);
            told.filter(place).find(|m| Some(m.entity) == self.scene)
        };
        scene.or_else(nearest).or_else(before)
    }

    /// "Calden Bank (2.4 million euros)"
    fn bracketed(&self, number: &Number) -> Option<Owners<'a>> {
        let start = number.tokens.start.checked_sub(1)?;
        let owner = self.resolved.ending(start).filter(|m| m.manner == Manner::Name)?;
        (self.resolved.analysis.tokens[start].lower == "(").then(|| (vec![owner], Rule::Beside))
    }

    /// What a state takes and spends, in an article about one.
    fn public(&self, number: &Number) -> Option<Owners<'a>> {
        let Some(Unit::Code(_)) = number.unit else { return None };
        let sentence = self.resolved.analysis.tokens[number.core].sentence;
        let mut tokens = self.resolved.analysis.sentences[sentence].clone();
        let scene =
            self.scene.filter(|s| self.main.is_none_or(|m| count(self.resolved, m) <= count(self.resolved, *s)))?;
        let told = tokens.any(|i| self.is(i, |e| *e == Entry::Public));
        let before = self.resolved.mentions.iter().rev().filter(|m| m.tokens.start < number.core);
        let place = before.into_iter().find(|m| m.entity == scene && m.manner == Manner::Name)?;
        told.then(|| (vec![place], Rule::Public))
    }

    /// What the article is about, where it may own the number and no one else is near.
    fn topic(&self, number: &Number, head: usize) -> Option<&'a Mention> {
        let tree = Tree::new(self.resolved, number.core);
        let told = self.told_of(number.core)?;
        (self.tells_figure(&tree, number, head) && !self.is_contested(number, told.entity)).then_some(told)
    }

    /// Whether a number counts or measures what firms and states have.
    fn is_figure(&self, tree: &Tree, number: &Number, head: usize) -> bool {
        matches!(&number.unit, Some(Unit::Code(code)) if code != "P1") || self.tells_figure(tree, number, head)
    }

    /// Whether a number's words or those above it name a figure that firms and states have.
    fn tells_figure(&self, tree: &Tree, number: &Number, head: usize) -> bool {
        let figure = |token: usize| self.is(token, |e| matches!(e, Entry::Figure | Entry::Held));
        let above = std::iter::successors(Some(head), |w| tree.parent(*w)).take(3);
        let mut words =
            above.flat_map(|w| std::iter::once(w).chain(tree.children(w).filter(|c| tree.relation(*c) == "nsubj")));
        number.tokens.clone().any(figure) || words.any(|w| figure(tree.token_of(w)))
    }

    /// Whether the sentence names another one that may own the number; who is only quoted may not.
    fn is_contested(&self, number: &Number, owner: usize) -> bool {
        let arguments = Arguments::new(self.resolved, number.core);
        let source = |m: &Mention| {
            m.tokens.start > arguments.sentence.start && arguments.is(m.tokens.start - 1, |e| *e == Entry::According)
        };
        // What an authority looks into is not its own, unless it is money.
        let authority = self.resolved.entities[owner].kind == EntityType::GovernmentOrganization;
        if authority && matches!(number.unit, Some(Unit::Text(_))) {
            return true;
        }
        let mentions = arguments.mentions(arguments.sentence.clone());
        // "…, as its filing seen by X shows": a clause that comes after
        let apart = |m: &Mention| (number.tokens.end..m.tokens.start).any(|i| arguments.is_comma(i));
        let rival =
            |m: &Mention| self.acts(m) && self.resolved.kind(m) != EntityType::GovernmentOrganization && !apart(m);
        mentions.iter().any(|m| rival(m) && m.manner == Manner::Name && m.entity != owner && !source(m))
    }

    /// The one told of before a sentence: what the article is about, else the subject of a sentence not far back.
    fn told_of(&self, token: usize) -> Option<&'a Mention> {
        const REACH: usize = 2;
        let mut before = self.resolved.mentions.iter().rev().filter(|m| m.tokens.start < token);
        if let Some(main) = self.main {
            return before.find(|m| m.entity == main && m.manner == Manner::Name);
        }
        let analysis = self.resolved.analysis;
        let here = analysis.tokens[token].sentence;
        (1..=REACH.min(here)).find_map(|back| {
            let sentence = analysis.sentences[here - back].clone();
            let tree = Tree::new(self.resolved, sentence.start);
            let subjects = tree.head_of(sentence).and_then(|root| tree.subjects(root)).unwrap_or_default();
            subjects.into_iter().find(|m| self.acts(m))
        })
    }

    fn acts(&self, mention: &Mention) -> bool {
        use EntityType::*;
        matches!(self.resolved.kind(mention), Organization | GovernmentOrganization | Product)
    }
}

/// The thing among those wanted that is mentioned by far most often: `least` times, and half as often again as the next.
fn dominant(resolved: &Resolved, wanted: impl Fn(usize) -> bool, least: usize, share: usize) -> Option<usize> {
    let weight = |i: usize| if wanted(i) { count(resolved, i) } else { 0 };
    let counts: Vec<usize> = (0..resolved.entities.len()).map(weight).collect();
    let best = (0..counts.len()).max_by_key(|i| (counts[*i], std::cmp::Reverse(*i)))?;
    let second = (0..counts.len()).filter(|i| *i != best).map(|i| counts[i]).max().unwrap_or(0);
    (counts[best] >= least && counts[best] * 2 >= second * share).then_some(best)
}

/// How often an entity is named or pointed back to; twice as much at the article's beginning.
fn count(resolved: &Resolved, entity: usize) -> usize {
    let told = resolved.mentions.iter().filter(|m| m.entity == entity);
    let told = told.filter(|m| !matches!(m.manner, Manner::Pronoun | Manner::Adjective) && !is_dateline(resolved, m));
    told.map(|m| if m.tokens.start < OPENING { 2 } else { 1 }).sum()
}

/// "INDIANAPOLIS (AP) —", "Jakarta -": where a report was written.
fn is_dateline(resolved: &Resolved, mention: &Mention) -> bool {
    let tokens = &resolved.analysis.tokens;
    let start = resolved.analysis.sentences[tokens[mention.tokens.start].sentence].start;
    let next = tokens.get(mention.tokens.end).map(|t| t.lower.as_str());
    mention.tokens.start == start && matches!(next, Some("(" | "-" | "–" | "—" | "--"))
}

/// The way from one number up its tree.
struct Climb<'s, 'a> {
    search: &'s Search<'a>,
    tree: Tree<'a>,
    number: &'s Number,
}

impl<'a> Climb<'_, 'a> {
    fn owners(&self, head: usize) -> Option<Owners<'a>> {
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
        let share = self.number.unit == Some(Unit::Code("P1".to_owned()));
        let held = self.is(noun, |e| *e == Entry::Held) && (share || self.tree.word(noun).upos != Upos::Verb);
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
            let priced = !held && self.is(child, |e| *e == Entry::Held);
            let share = (held || priced) && prepositions.iter().any(|p| language.numbers.owners.holds.contains(p));
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
        let counts = matches!(self.number.unit, Some(Unit::Text(_)));
        if !noun && counts && !self.search.is_figure(&self.tree, self.number, word) {
            return None;
        }
        if noun && (new && !self.is(word, |e| *e == Entry::Figure) || !self.is(word, told)) {
            return None;
        }
        let found = self.reporting_subject(word, personal).or_else(|| {
            let found = self.search.told_of(self.tree.token_of(word))?;
            (!only && !self.search.is_contested(self.number, found.entity)).then_some(found)
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
