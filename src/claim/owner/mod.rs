//! Whom a number tells of: the sentence's tree is asked first, then the clause's words, then the topic.

mod climb;

use super::argument::Arguments;
use super::tree::Tree;
use crate::analysis::syntax::Upos;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::Entry;
use crate::mention::Number;
use crate::record::{EntityType, Unit};
use climb::Climb;

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
            Self::Held | Self::Subject => 75,
            Self::Object | Self::Event | Self::Public => 65,
            Self::Whole | Self::Toll => 55,
            Self::Implied | Self::Topic => 50,
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
        let apart = matches!(tree.relation(head), "conj" | "parataxis");
        let above = tree.parent(head).filter(|a| !apart || noun(a));
        let further = above.filter(noun).and_then(|a| tree.parent(a));
        // "the number of dead rose to 157", "95 people lost their lives"
        let names = |c: usize| match tree.relation(c) {
            "nsubj" => toll(tree.token_of(c)) || tree.children(c).any(|g| toll(tree.token_of(g))),
            "obj" | "obl" => c != head && toll(tree.token_of(c)),
            _ => false,
        };
        let says = |w: usize| toll(tree.token_of(w)) || tree.children(w).any(names);
        let told = |c: usize| tree.relation(c) == "acl" && toll(tree.token_of(c));
        above.into_iter().chain(further).any(says) || tree.children(head).any(told)
    }

    /// The place that a count of dead or hurt belongs to: of the sentence, or of the article.
    fn place_told_of(&self, number: &Number) -> Option<&'a Mention> {
        let arguments = Arguments::new(self.resolved, number.core);
        let place = |m: &&'a Mention| self.resolved.kind(m) == EntityType::Place && m.manner == Manner::Name;
        let mentions = arguments.mentions(arguments.sentence.clone());
        let scene = mentions.iter().copied().filter(place).find(|m| Some(m.entity) == self.scene);
        // "serangan Israel di Gaza": where it happened rather than who did it.
        let elsewhere = |m: &Mention| {
            m.tokens.start == arguments.sentence.start || !self.resolved.analysis.is_locative(m.tokens.start - 1)
        };
        let far = |m: &&'a Mention| (elsewhere(m), m.tokens.start.abs_diff(number.core));
        let nearest = || mentions.iter().copied().filter(place).min_by_key(far);
        let before = || {
            let told = self.resolved.mentions.iter().rev().filter(|m| m.tokens.start < number.core);
            told.filter(place).find(|m| Some(m.entity) == self.scene)
        };
        // "in Graz, Austria": the place itself, not what it lies in.
        let inner = |outer: &'a Mention| {
            let comma = outer.tokens.start.checked_sub(1).filter(|i| arguments.is_comma(*i));
            comma.and_then(|c| self.resolved.ending(c)).filter(place).unwrap_or(outer)
        };
        scene.or_else(nearest).map(inner).or_else(before)
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
