//! The database file `articles.redb`: its tables, and what is done with them.

use crate::pipeline::GraphOptions;
use crate::record::ArticleRecord;
use crate::store::file::{Db, guard};
use crate::store::tables::{self, ARTICLES, META, SOURCES, URLS};
use crate::store::{FORMAT, Forgotten, OpenMode, Put, StoreError, codec, file, journal, source_name};
use redb::{ReadTransaction, ReadableDatabase, ReadableMultimapTable, ReadableTableMetadata, WriteTransaction};
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// The least digits of a SHA-256 that may name an article.
const PREFIX: usize = 8;

/// What stands for the folder of a database in memory.
const MEMORY: &str = ":memory:";

/// The open database.
pub struct Log {
    dir: PathBuf,
    file: PathBuf,
    db: Db,
}

type Bytes = Vec<u8>;

impl Log {
    /// Opens, or makes, the database in `dir`.
    pub fn open(dir: &Path, mode: OpenMode) -> Result<Log, StoreError> {
        let log = Log { dir: dir.to_owned(), file: file::path(dir), db: file::open(dir, mode)? };
        log.check_format()?;
        Ok(log)
    }

    /// An empty database in memory.
    pub fn in_memory() -> Result<Log, StoreError> {
        let dir = PathBuf::from(MEMORY);
        Ok(Log { file: file::path(&dir), db: Db::Write(file::in_memory(&dir)?), dir })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder, if the database is on disk.
    #[cfg(feature = "rocksdb")]
    pub fn folder(&self) -> Option<&Path> {
        (self.dir != Path::new(MEMORY)).then_some(&self.dir)
    }

    /// Keeps a record in one transaction; see [`crate::store::Store::put`].
    pub fn put(&self, record: &ArticleRecord, source: Option<&str>) -> Result<Put, StoreError> {
        let bytes = codec::encode(record);
        if self.has(record.id(), &bytes, source)? {
            return Ok(Put::Unchanged);
        }
        self.change(|tx| {
            let old = tables::earlier(tx, record, &bytes)?;
            if old != Put::Unchanged {
                if let Put::Replaced { id } = &old {
                    tables::replace(tx, id, record.id())?;
                }
                tables::insert(tx, record, &bytes)?;
            }
            if let Some(source) = source {
                tx.open_multimap_table(SOURCES)?.insert(record.id(), source)?;
            }
            Ok(old)
        })
    }

    /// Whether there is nothing to write.
    fn has(&self, id: &str, bytes: &[u8], source: Option<&str>) -> Result<bool, StoreError> {
        self.look(|tx| {
            let known = tx.open_table(ARTICLES)?.get(id)?.is_some_and(|old| old.value() == bytes);
            if !known {
                return Ok(false);
            }
            let Some(source) = source else {
                return Ok(true);
            };
            for old in tx.open_multimap_table(SOURCES)?.get(id)? {
                if old?.value() == source {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// Removes articles by id in one transaction.
    pub fn remove(&self, ids: &[String]) -> Result<Vec<Forgotten>, StoreError> {
        self.change(|tx| ids.iter().map(|id| tables::remove(tx, id)).collect())
    }

    /// The id and bytes of up to `count` records that follow `after`, sorted by id.
    pub fn raw_records(&self, after: &str, count: usize) -> Result<Vec<(String, Bytes)>, StoreError> {
        self.look(|tx| {
            let rows = tx.open_table(ARTICLES)?.range::<&str>((Bound::Excluded(after), Bound::Unbounded))?;
            let owned = rows.take(count).map(|row| row.map(|(k, v)| (k.value().into(), v.value().into())));
            owned.collect::<Result<_, _>>().map_err(Into::into)
        })
    }

    /// What changed after the change of this number.
    pub fn news(&self, since: u64) -> Result<journal::News, StoreError> {
        self.look(|tx| journal::news(tx, since))
    }

    /// Tells states of the articles apart.
    #[cfg(feature = "rocksdb")]
    pub fn sum(&self) -> Result<u128, StoreError> {
        self.look(journal::sum)
    }

    /// One record's bytes.
    pub fn raw_record(&self, id: &str) -> Result<Option<Bytes>, StoreError> {
        self.look(|tx| Ok(tx.open_table(ARTICLES)?.get(id)?.map(|v| v.value().to_vec())))
    }

    /// Bytes → record; `id` is for the error.
    pub fn decode(&self, id: &str, bytes: &[u8]) -> Result<ArticleRecord, StoreError> {
        codec::decode(bytes).map_err(|e| self.damaged(format!("record {id}: {e}")))
    }

    pub fn len(&self) -> Result<u64, StoreError> {
        self.look(|tx| Ok(tx.open_table(ARTICLES)?.len()?))
    }

    /// The id of the article at `url`.
    pub fn id_of_url(&self, url: &str) -> Result<Option<String>, StoreError> {
        self.look(|tx| Ok(tx.open_table(URLS)?.get(url)?.map(|id| id.value().to_owned())))
    }

    /// The ids that `name` names; see [`crate::store::Store::forget`].
    pub fn find(&self, name: &str, base: &str) -> Result<Vec<String>, StoreError> {
        let hex = name.strip_prefix(base).and_then(|n| n.strip_prefix("article/")).unwrap_or(name);
        let ids = match self.by_prefix(&hex.to_ascii_lowercase())? {
            ids if ids.is_empty() => self.by_url_or_source(name)?,
            ids if ids.len() > 1 => {
                return Err(StoreError::AmbiguousArticle { name: name.to_owned(), ids });
            }
            ids => ids,
        };
        if ids.is_empty() {
            let dir = self.dir.clone();
            return Err(StoreError::UnknownArticle { name: name.to_owned(), dir });
        }
        Ok(ids)
    }

    /// The options in the store's metadata, defaults where they were never set.
    pub fn options(&self) -> Result<GraphOptions, StoreError> {
        let default = GraphOptions::default();
        self.look(|tx| {
            let meta = tx.open_table(META)?;
            let base = meta.get("base")?.map_or(default.base, |v| v.value().to_owned());
            let article_body = meta.get("article_body")?.map_or(default.article_body, |v| v.value() == "true");
            let min_confidence = meta.get("min_confidence")?.and_then(|v| v.value().parse().ok());
            let min_confidence = min_confidence.unwrap_or(default.min_confidence);
            let text =
                |key: &str| Ok::<_, redb::Error>(meta.get(key)?.map(|v| v.value().to_owned()).unwrap_or_default());
            let (links, known) = (text("links")?, text("known")?);
            Ok((GraphOptions { base, article_body, min_confidence, ..GraphOptions::default() }, links, known))
        })
        .and_then(|(options, links, known)| {
            let links = links.parse().map_err(|e| self.damaged(format!("links: {e}")))?;
            let known = known.parse().map_err(|e| self.damaged(format!("known things: {e}")))?;
            Ok(GraphOptions { links, known, ..options })
        })
    }

    pub fn set_options(&self, options: &GraphOptions) -> Result<(), StoreError> {
        let body = if options.article_body { "true" } else { "false" };
        self.change(|tx| {
            let mut meta = tx.open_table(META)?;
            meta.insert("base", options.base.as_str())?;
            meta.insert("article_body", body)?;
            meta.insert("min_confidence", options.min_confidence.to_string().as_str())?;
            meta.insert("links", options.links.to_string().as_str())?;
            meta.insert("known", options.known.to_string().as_str())?;
            Ok(())
        })
    }

    /// Ids that begin like the hash `hex`, if it is one and long enough. An id is the first 16
    /// digits; of more, the rest is compared with the record.
    fn by_prefix(&self, hex: &str) -> Result<Vec<String>, StoreError> {
        let is_hex = hex.bytes().all(|b| b.is_ascii_hexdigit());
        if !(PREFIX..=64).contains(&hex.len()) || !is_hex {
            return Ok(Vec::new());
        }
        let start = &hex[..hex.len().min(16)];
        let mut ids: Vec<String> = self.look(|tx| {
            let table = tx.open_table(ARTICLES)?;
            let rows = table.range(start..)?.map(|row| row.map(|(k, _)| k.value().to_owned()));
            let same = |id: &Result<String, _>| id.as_ref().map_or(true, |id| id.starts_with(start));
            Ok(rows.take_while(same).collect::<Result<_, _>>()?)
        })?;
        if let (true, [id]) = (hex.len() > start.len(), ids.as_slice()) {
            let bytes = self.raw_record(id)?.unwrap_or_default();
            if !self.decode(id, &bytes)?.document.sha256.starts_with(hex) {
                ids.clear();
            }
        }
        Ok(ids)
    }

    fn by_url_or_source(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let path = source_name(Path::new(name));
        self.look(|tx| {
            if let Some(id) = tx.open_table(URLS)?.get(name)? {
                return Ok(vec![id.value().to_owned()]);
            }
            let mut ids = Vec::new();
            for row in tx.open_multimap_table(SOURCES)?.iter()? {
                let (id, sources) = row?;
                for source in sources {
                    if [name, path.as_str()].contains(&source?.value()) {
                        ids.push(id.value().to_owned());
                    }
                }
            }
            ids.dedup();
            Ok(ids)
        })
    }

    /// Refuses a later format, and a database that is none of ours.
    fn check_format(&self) -> Result<(), StoreError> {
        let found: Option<String> = self.look(|tx| match tx.open_table(META) {
            Ok(meta) => Ok(meta.get("format")?.map(|v| v.value().to_owned())),
            Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
            Err(e) => Err(e.into()),
        })?;
        let dir = self.dir.clone();
        let hint = "its articles.redb is another program's; give another --store";
        let found = found.ok_or(StoreError::NotAStore { dir: dir.clone(), hint })?;
        match found.parse::<u32>() {
            Ok(format) if format <= FORMAT => Ok(()),
            _ => Err(StoreError::NewerFormat { dir, found, known: FORMAT }),
        }
    }

    /// Runs `read` on a snapshot.
    fn look<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T, redb::Error>) -> Result<T, StoreError> {
        guard(&self.file, "read", || {
            let tx = match &self.db {
                Db::Write(db) => db.begin_read()?,
                Db::Read(db) => db.begin_read()?,
            };
            read(&tx)
        })
    }

    /// Runs `write` in a transaction; on return it is on the disk.
    fn change<T>(&self, write: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>) -> Result<T, StoreError> {
        let Db::Write(db) = &self.db else {
            return Err(StoreError::ReadOnly(self.dir.clone()));
        };
        guard(&self.file, "write", || {
            let tx = db.begin_write()?;
            let result = write(&tx)?;
            tx.commit()?;
            Ok(result)
        })
    }

    /// The error that an article is not there that should be.
    pub fn missing(&self, id: &str) -> StoreError {
        self.damaged(format!("record {id}: it is missing"))
    }

    fn damaged(&self, detail: String) -> StoreError {
        StoreError::Damaged { file: self.file.clone(), detail }
    }
}
