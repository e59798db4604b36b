//! Mentions → the article's entities: one for each thing, whatever it is called.

mod capital;
mod cluster;
mod coref;
pub mod keys;

use crate::analysis::Analysis;
use crate::language::Entry;
use crate::mention::Name;
use crate::record::{Entity, EntityType};
use crate::text::Span;
use std::ops::Range;

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// By a name.
    Name,
    /// By an adjective or demonym of a country.
    Adjective,
    /// By the description of an unnamed person.
    Description,
    /// By a noun that points back ("the company").
    Epithet,
    /// By a pronoun.
    Pronoun,
}

/// Words that refer to an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// Index of the entity.
    pub entity: usize,
    /// How it refers.
    pub manner: Manner,
}

/// The entities of an article and every mention of them.
pub struct Resolved<'a> {
    /// The analysed article.
    pub analysis: &'a Analysis<'a>,
    /// Entities, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// Mentions, sorted by first token, the longer first.
    pub mentions: Vec<Mention>,
}

impl<'a> Resolved<'a> {
    /// Groups names into entities and resolves what points back to them.
    pub fn new(analysis: &'a Analysis<'a>, names: &[Name]) -> Self {
        let (entities, mentions) = cluster::cluster(analysis, names);
        let mut resolved = Self { analysis, entities, mentions };
        coref::resolve(&mut resolved);
        resolved
    }

    /// The base type of a mention's entity.
    pub fn kind(&self, mention: &Mention) -> EntityType {
        self.entities[mention.entity].kind
    }

    /// Whether a mention is of a political party.
    pub fn is_party(&self, mention: &Mention) -> bool {
        self.entities[mention.entity].names.iter().any(|n| self.analysis.language.is_party(n))
    }

    /// The organisation that a possessive pronoun at a token points to ("its chairman"), as an entity.
    pub fn possessor(&self, token: usize) -> Option<usize> {
        coref::possessor(self, token)
    }

    /// The person whose kin a possessive pronoun at a token tells of, where one is coordinated right before it ("Jane Roe
    /// and her husband"), as an entity.
    pub fn kin_beside(&self, token: usize) -> Option<usize> {
        coref::kin_beside(self, token)
    }

    /// The person that the sentence of a token, or the nearest before it, tells of first, as an entity.
    pub fn person_told(&self, token: usize) -> Option<usize> {
        coref::person_told(self, token)
    }

    /// The length of the mark of a genitive at a token ("Germany's"): 0 where there is none.
    pub fn genitive_mark(&self, token: usize) -> usize {
        self.analysis.at(token, |e| *e == Entry::GenitiveMark).unwrap_or(0)
    }

    /// The mentions that begin in a range of tokens.
    pub fn within(&self, tokens: Range<usize>) -> impl DoubleEndedIterator<Item = &Mention> {
        let first = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        let last = self.mentions.partition_point(|m| m.tokens.start < tokens.end);
        self.mentions[first..last.max(first)].iter()
    }

    /// The outermost mention that begins at a token.
    pub fn starting(&self, token: usize) -> Option<&Mention> {
        self.within(token..token + 1).next()
    }

    /// The outermost mention that ends before a token.
    pub fn ending(&self, token: usize) -> Option<&Mention> {
        self.within(token.saturating_sub(14)..token).filter(|m| m.tokens.end == token).min_by_key(|m| m.tokens.start)
    }

    /// Adds a mention by a noun that points back to an entity told of before.
    pub fn point_back(&mut self, tokens: Range<usize>, entity: usize) {
        let span = self.analysis.span(tokens.clone());
        let at = self.mentions.partition_point(|m| {
            (m.tokens.start, std::cmp::Reverse(m.tokens.end)) < (tokens.start, std::cmp::Reverse(tokens.end))
        });
        self.mentions.insert(at, Mention { tokens, span, entity, manner: Manner::Epithet });
    }

    /// Adds an unnamed person (or group) described by `tokens`; `inner` leaves the article out.
    pub fn describe(&mut self, tokens: Range<usize>, inner: Range<usize>, key: Option<String>) -> usize {
        if let Some(known) = self.mentions.iter().find(|m| m.tokens == tokens && m.manner == Manner::Description) {
            return known.entity;
        }
        let span = self.analysis.span(tokens.clone());
        let label = self.analysis.words(self.analysis.span(inner)).to_owned();
        let full = self.analysis.words(span).to_owned();
        let same = self.entities.iter().position(|e| {
            e.unnamed
                && (e.names[0].to_lowercase() == label.to_lowercase()
                    || (key.is_some() && e.keys.first() == key.as_ref()))
        });
        let entity = same.unwrap_or_else(|| {
            self.entities.push(Entity {
                kind: EntityType::Person,
                finer: Vec::new(),
                names: vec![label.clone()],
                unnamed: true,
                keys: key.into_iter().collect(),
                mentions: Vec::new(),
            });
            self.entities.len() - 1
        });
        for name in [label, full] {
            if !self.entities[entity].names.contains(&name) {
                self.entities[entity].names.push(name);
            }
        }
        self.entities[entity].mentions.push(span);
        let at = self.mentions.partition_point(|m| {
            (m.tokens.start, std::cmp::Reverse(m.tokens.end)) < (tokens.start, std::cmp::Reverse(tokens.end))
        });
        self.mentions.insert(at, Mention { tokens, span, entity, manner: Manner::Description });
        entity
    }
}
