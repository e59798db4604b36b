//! The entities of all articles as one numbered list.

use crate::language::{Language, LanguageData};
use crate::record::{ArticleRecord, Entity};

/// The entities of articles, numbered in the order of the articles and of the entities in them.
pub(super) struct Nodes<'a> {
    /// The articles, sorted by id.
    pub(super) records: &'a [&'a ArticleRecord],
    /// Article index and entity index of each node.
    places: Vec<(usize, usize)>,
    /// The number of the first node of each article.
    first: Vec<usize>,
}

impl<'a> Nodes<'a> {
    /// Numbers the entities of articles.
    pub(super) fn new(records: &'a [&'a ArticleRecord]) -> Self {
        let mut places = Vec::new();
        let mut first = Vec::with_capacity(records.len());
        for (article, record) in records.iter().enumerate() {
            first.push(places.len());
            places.extend((0..record.entities.len()).map(|entity| (article, entity)));
        }
        Self { records, places, first }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A node's entity.
    pub(super) fn entity(&self, node: usize) -> &'a Entity {
        let (article, entity) = self.places[node];
        &self.records[article].entities[entity]
    }

    /// A node's article index and entity index.
    pub(super) fn place(&self, node: usize) -> (usize, usize) {
        self.places[node]
    }

    /// The index of a node's article.
    pub(super) fn article(&self, node: usize) -> usize {
        self.places[node].0
    }

    /// The node of an article's entity, if the article has so many.
    pub(super) fn of(&self, article: usize, entity: usize) -> Option<usize> {
        (entity < self.records[article].entities.len()).then(|| self.first[article] + entity)
    }

    /// The language of a node's article.
    pub(super) fn language(&self, node: usize) -> Language {
        self.records[self.article(node)].document.language
    }

    /// Whether a person's name is made of names that many bear.
    pub(super) fn is_common(&self, node: usize) -> bool {
        let gazetteer = &LanguageData::of(self.language(node)).gazetteer;
        let name =
            self.entity(node).names.first().and_then(|n| Some((n.split(' ').next()?, n.split(' ').next_back()?)));
        name.is_some_and(|(given, surname)| gazetteer.is_given(given, true) && gazetteer.is_surname(surname))
    }
}
