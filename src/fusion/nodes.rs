//! The entities of all articles as one numbered list.

use super::card::{Card, Head};
use super::lists::Lists;
use super::traits::Trait;
use crate::language::{Language, LanguageData};
use crate::record::{ArticleRecord, Entity};

/// The entities of articles, numbered in the order of the articles and of the entities in them.
pub(super) struct Nodes<'a> {
    /// The articles, sorted by id.
    pub(super) records: &'a [&'a ArticleRecord],
    /// What the rules compare of them.
    pub(super) cards: &'a [&'a Card],
    /// What tells their entities of one name apart.
    traits: Lists<(u32, Trait)>,
    /// Whether each node has something of that.
    has_traits: Vec<bool>,
    /// The stamps of the cards.
    stamps: Vec<u64>,
    /// The article of each node.
    articles: Vec<u32>,
    /// The number of the first node of each article, and after the last how many there are.
    first: Vec<usize>,
}

impl<'a> Nodes<'a> {
    /// Numbers the entities of articles.
    pub(super) fn new(records: &'a [&'a ArticleRecord], cards: &'a [&'a Card]) -> Self {
        let mut articles = Vec::new();
        let mut first = Vec::with_capacity(cards.len() + 1);
        for (article, card) in cards.iter().enumerate() {
            first.push(articles.len());
            articles.resize(articles.len() + card.entities.len(), article as u32);
        }
        first.push(articles.len());
        let traits = Lists::new(cards.len(), |article, list| list.extend(&cards[article].traits));
        let mut has_traits = vec![false; articles.len()];
        for (article, first) in first.iter().enumerate().take(cards.len()) {
            traits.of(article).iter().for_each(|(entity, _)| has_traits[first + *entity as usize] = true);
        }
        let stamps = cards.iter().map(|card| card.stamp).collect();
        Self { records, cards, traits, has_traits, stamps, articles, first }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.articles.len()
    }

    /// A node's entity.
    pub(super) fn entity(&self, node: usize) -> &'a Entity {
        let (article, entity) = self.place(node);
        &self.records[article].entities[entity]
    }

    /// What tells a node from others of its name; ties by the entities of its article.
    pub(super) fn traits(&self, node: usize) -> impl Iterator<Item = Trait> {
        let (article, entity) = self.place(node);
        let list = if self.has_traits[node] { self.traits.of(article) } else { &[] };
        list.iter().filter(move |(e, _)| *e as usize == entity).map(|(_, one)| *one)
    }

    /// A hash of what the names of the node's article are.
    pub(super) fn stamp(&self, node: usize) -> u64 {
        self.stamps[self.article(node)]
    }

    /// What is told of a node at a glance.
    pub(super) fn head(&self, node: usize) -> Head {
        let (article, entity) = self.place(node);
        self.cards[article].entities[entity]
    }

    /// A node's article index and entity index.
    pub(super) fn place(&self, node: usize) -> (usize, usize) {
        let article = self.article(node);
        (article, node - self.first[article])
    }

    /// The index of a node's article.
    pub(super) fn article(&self, node: usize) -> usize {
        self.articles[node] as usize
    }

    /// The node of an article's entity.
    pub(super) fn of(&self, article: usize, entity: usize) -> usize {
        debug_assert!(entity < self.cards[article].entities.len());
        self.first[article] + entity
    }

    /// The number of the first node of each article, and how many nodes there are.
    pub(super) fn starts(&self) -> Vec<usize> {
        self.first.clone()
    }

    /// The cards with the numbers of their articles' first nodes.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &'a Card)> {
        self.first.iter().copied().zip(self.cards.iter().copied())
    }

    /// The language of a node's article.
    pub(super) fn language(&self, node: usize) -> Language {
        self.cards[self.article(node)].language
    }

    /// Whether a person's name is made of names that many bear.
    pub(super) fn is_common(&self, node: usize) -> bool {
        let gazetteer = &LanguageData::of(self.language(node)).gazetteer;
        let name =
            self.entity(node).names.first().and_then(|n| Some((n.split(' ').next()?, n.split(' ').next_back()?)));
        name.is_some_and(|(given, surname)| gazetteer.is_given(given, true) && gazetteer.is_surname(surname))
    }
}
