//! The tables of the database, and how a record is written into and taken out of them.

use crate::record::ArticleRecord;
use crate::store::{FORMAT, Forgotten, Put, codec, journal};
use redb::{MultimapTableDefinition, ReadableTable, TableDefinition, WriteTransaction};

/// Article id → record.
pub const ARTICLES: TableDefinition<&str, &[u8]> = TableDefinition::new("articles");
/// URL → id of the article that has it.
pub const URLS: TableDefinition<&str, &str> = TableDefinition::new("urls");
/// Article id → paths of the inputs it came from.
pub const SOURCES: MultimapTableDefinition<&str, &str> = MultimapTableDefinition::new("sources");
/// Format version and options.
pub const META: TableDefinition<&str, &str> = TableDefinition::new("meta");

/// Number of a change → id of the article that was written or removed.
pub const CHANGES: TableDefinition<u64, &str> = TableDefinition::new("changes");

/// Makes the tables of an empty store.
pub fn initialize(tx: &WriteTransaction) -> Result<(), redb::Error> {
    tx.open_table(ARTICLES)?;
    tx.open_table(URLS)?;
    tx.open_multimap_table(SOURCES)?;
    tx.open_table(CHANGES)?;
    tx.open_table(META)?.insert("format", FORMAT.to_string().as_str())?;
    Ok(())
}

/// What the store has in the record's place.
pub fn earlier(tx: &WriteTransaction, record: &ArticleRecord, bytes: &[u8]) -> Result<Put, redb::Error> {
    if let Some(old) = tx.open_table(ARTICLES)?.get(record.id())? {
        return Ok(match old.value() == bytes {
            true => Put::Unchanged,
            false => Put::Replaced { id: record.id().to_owned() },
        });
    }
    let urls = tx.open_table(URLS)?;
    let same_url = match &record.document.url {
        Some(url) => urls.get(url.as_str())?,
        None => None,
    };
    Ok(same_url.map_or(Put::New, |id| Put::Replaced { id: id.value().to_owned() }))
}

pub fn insert(tx: &WriteTransaction, record: &ArticleRecord, bytes: &[u8]) -> Result<(), redb::Error> {
    tx.open_table(ARTICLES)?.insert(record.id(), bytes)?;
    journal::note(tx, record.id(), None, Some(bytes))?;
    if let Some(url) = &record.document.url {
        tx.open_table(URLS)?.insert(url.as_str(), record.id())?;
    }
    Ok(())
}

/// Takes the article `old` out for the article `new`; the same article keeps its sources.
pub fn replace(tx: &WriteTransaction, old: &str, new: &str) -> Result<(), redb::Error> {
    if old == new {
        remove_record(tx, old)?;
    } else {
        remove(tx, old)?;
    }
    Ok(())
}

pub fn remove(tx: &WriteTransaction, id: &str) -> Result<Forgotten, redb::Error> {
    let record = remove_record(tx, id)?;
    let mut table = tx.open_multimap_table(SOURCES)?;
    let removed = table.remove_all(id)?;
    let sources = removed.map(|s| s.map(|s| s.value().to_owned())).collect::<Result<_, _>>()?;
    let headline = record.map(|r| r.document.headline).unwrap_or_default();
    Ok(Forgotten { id: id.to_owned(), headline, sources })
}

/// Removes a record and its URL; `None` if there was none, or it was damaged.
fn remove_record(tx: &WriteTransaction, id: &str) -> Result<Option<ArticleRecord>, redb::Error> {
    let bytes = tx.open_table(ARTICLES)?.remove(id)?.map(|v| v.value().to_vec());
    if let Some(bytes) = &bytes {
        journal::note(tx, id, Some(bytes), None)?;
    }
    let record = bytes.and_then(|bytes| codec::decode(&bytes).ok());
    let mut urls = tx.open_table(URLS)?;
    match record.as_ref().map(|r| &r.document.url) {
        Some(Some(url)) => drop(urls.remove(url.as_str())?),
        Some(None) => {}
        None => urls.retain(|_, article| article != id)?,
    }
    Ok(record)
}
