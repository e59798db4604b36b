//! Adding many articles so that their order does not show.

use crate::record::ArticleRecord;
use crate::store::{Put, Store, StoreError, codec};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The article's id.
    pub id: String,
    /// The input it came from.
    pub source: String,
    /// What was done; `None` if another version of the article stands instead.
    pub put: Option<Put>,
}

/// One build's additions to a store.
///
/// Two texts at one URL are versions of one article, of which one stands: any that is in this
/// build before one that is not, and of those in this build the one published last, then the one
/// with the greater hash. While the store has a version that this build has not met, the others
/// are kept back until [`Ingest::finish`]; all else is written at once.
pub struct Ingest<'a> {
    store: &'a Store,
    /// Ids that this build wrote or found in the store.
    seen: HashSet<String>,
    /// URL → the version that stands, of those `seen`.
    standing: HashMap<String, Rank>,
    /// URL → the best version that is kept back, and its source.
    waiting: BTreeMap<String, (ArticleRecord, String)>,
    /// Versions that others displaced while they were kept back.
    displaced: Vec<Added>,
}

/// Of two versions the one of greater rank stands: publication date, hash.
type Rank = (Option<String>, String);

impl<'a> Ingest<'a> {
    /// A build into `store`.
    pub fn new(store: &'a Store) -> Self {
        Self { store, seen: HashSet::new(), standing: HashMap::new(), waiting: BTreeMap::new(), displaced: Vec::new() }
    }

    /// Adds an article: durable on return, or `None` if it is kept back until the end.
    pub fn add(&mut self, record: ArticleRecord, source: String) -> Result<Option<Added>, StoreError> {
        match self.other_version(&record)? {
            None => self.write(record, source).map(Some),
            Some(url) if self.standing.contains_key(&url) => self.contend(&url, record, source).map(Some),
            Some(url) => {
                self.keep_back(url, record, source);
                Ok(None)
            }
        }
    }

    /// Settles what was kept back.
    pub fn finish(mut self) -> Result<Vec<Added>, StoreError> {
        let mut added = std::mem::take(&mut self.displaced);
        for (url, (record, source)) in std::mem::take(&mut self.waiting) {
            added.push(self.contend(&url, record, source)?);
        }
        Ok(added)
    }

    /// The record's URL, if the store has another text at it.
    fn other_version(&self, record: &ArticleRecord) -> Result<Option<String>, StoreError> {
        let Some(url) = &record.document.url else {
            return Ok(None);
        };
        let standing = self.store.log.id_of_url(url)?;
        Ok(standing.filter(|id| id != record.id()).map(|_| url.clone()))
    }

    /// Writes the record unless a version of greater rank stands.
    fn contend(&mut self, url: &str, record: ArticleRecord, source: String) -> Result<Added, StoreError> {
        if self.standing.get(url).is_some_and(|standing| *standing > rank(&record)) {
            return Ok(Added { id: record.id().to_owned(), source, put: None });
        }
        self.write(record, source)
    }

    fn keep_back(&mut self, url: String, record: ArticleRecord, source: String) {
        let new = rank(&record);
        let (loser, source) = match self.waiting.remove(&url) {
            None => {
                self.waiting.insert(url, (record, source));
                return;
            }
            Some(old) if rank(&old.0) >= new => {
                self.waiting.insert(url, old);
                (record, source)
            }
            Some(old) => {
                self.waiting.insert(url, (record, source));
                old
            }
        };
        self.displaced.push(Added { id: loser.id().to_owned(), source, put: None });
    }

    fn write(&mut self, record: ArticleRecord, source: String) -> Result<Added, StoreError> {
        let record = self.first_reading(record)?;
        if let Some(url) = &record.document.url {
            self.standing.insert(url.clone(), rank(&record));
        }
        let id = record.id().to_owned();
        let put = Some(self.store.put_from(&record, &source)?);
        self.seen.insert(id.clone());
        Ok(Added { id, source, put })
    }

    /// The same bytes can be read in two ways (`a.txt`, `a.html`): of the readings in one build
    /// the one that sorts first as bytes is kept, whichever came first.
    fn first_reading(&self, record: ArticleRecord) -> Result<ArticleRecord, StoreError> {
        if !self.seen.contains(record.id()) {
            return Ok(record);
        }
        let old = self.store.record(record.id())?;
        Ok(old.filter(|old| codec::encode(old)[8..] < codec::encode(&record)[8..]).unwrap_or(record))
    }
}

fn rank(record: &ArticleRecord) -> Rank {
    (record.document.published.clone(), record.document.sha256.clone())
}
