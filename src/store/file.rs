//! Making, opening and locking the database file.

use crate::panics;
use crate::store::{OpenMode, StoreError, tables};
use redb::backends::InMemoryBackend;
use redb::{Database, DatabaseError, ReadOnlyDatabase, StorageError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The database in a store's folder.
const NAME: &str = "articles.redb";
/// What the name of a database begins with while it is being made.
const UNFINISHED: &str = ".articles.redb.new-";
/// What the name of a graph's folder begins with while it is being filled.
pub const UNFINISHED_GRAPH: &str = ".graph.new-";
/// How often a waiting process tries again.
const RETRY: Duration = Duration::from_millis(50);
/// How long every process waits: a server that follows the store reads it for a moment now and then.
const PATIENCE: Duration = Duration::from_millis(500);
/// Pages kept in memory; records are read once, so more gains nothing.
const CACHE: usize = 64 << 20;

/// An open database.
pub enum Db {
    /// For reading, beside other readers.
    Read(ReadOnlyDatabase),
    /// For writing, alone.
    Write(Database),
}

/// An empty database in memory, for the store called `dir`.
pub fn in_memory(dir: &Path) -> Result<Database, StoreError> {
    guard(&path(dir), "create", || {
        let db = builder().create_with_backend(InMemoryBackend::new())?;
        let tx = db.begin_write()?;
        tables::initialize(&tx)?;
        tx.commit()?;
        Ok(db)
    })
}

/// The database file of the store in `dir`.
pub fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

/// Opens the database in `dir`, making it or waiting for it as `mode` says.
pub fn open(dir: &Path, mode: OpenMode) -> Result<Db, StoreError> {
    let start = Instant::now();
    loop {
        let opened = open_now(dir, mode);
        if matches!(opened, Err(StoreError::InUse(_))) && start.elapsed() < mode.wait.max(PATIENCE) {
            std::thread::sleep(RETRY);
        } else {
            return opened;
        }
    }
}

fn open_now(dir: &Path, mode: OpenMode) -> Result<Db, StoreError> {
    let file = path(dir);
    match std::fs::metadata(&file) {
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::NotFound && mode.create => make(dir)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(absent(dir)),
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => return Err(not_a_folder(dir)),
        Err(source) => {
            return Err(StoreError::Io { doing: "open", path: file, source });
        }
    }
    if mode.read_only { open_read(dir, &file) } else { open_write(dir, &file).map(Db::Write) }
}

fn absent(dir: &Path) -> StoreError {
    match holds_other_files(dir) {
        Ok(true) => foreign(dir),
        _ => StoreError::Missing(dir.to_owned()),
    }
}

fn foreign(dir: &Path) -> StoreError {
    let hint = "it holds other files; give a new or an empty folder as --store";
    StoreError::NotAStore { dir: dir.to_owned(), hint }
}

fn not_a_folder(dir: &Path) -> StoreError {
    StoreError::NotAStore { dir: dir.to_owned(), hint: "it is a file; give a folder as --store" }
}

/// Opens for reading. After a crash the file needs repair, which takes a writer.
fn open_read(dir: &Path, file: &Path) -> Result<Db, StoreError> {
    let read = || guard_open(dir, file, || builder().open_read_only(file));
    match read() {
        Ok(Some(db)) => Ok(Db::Read(db)),
        Ok(None) => {
            drop(open_write(dir, file)?);
            read()?.map(Db::Read).ok_or_else(|| StoreError::InUse(dir.to_owned()))
        }
        Err(e) => Err(e),
    }
}

fn open_write(dir: &Path, file: &Path) -> Result<Database, StoreError> {
    let db = guard_open(dir, file, || builder().open(file))?;
    let db = db.ok_or_else(|| damaged(file, "it cannot be repaired".to_owned()))?;
    sweep(dir);
    Ok(db)
}

fn builder() -> redb::Builder {
    let mut builder = redb::Builder::new();
    builder.set_cache_size(CACHE);
    builder
}

/// Makes the folder and an empty database, whole or not at all: it is made under another name
/// and then linked, so that neither a crash nor a second process leaves half a file.
fn make(dir: &Path) -> Result<(), StoreError> {
    let failed = |path: &Path, source| StoreError::Io { doing: "create", path: path.to_owned(), source };
    std::fs::create_dir_all(dir).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => not_a_folder(dir),
        _ => failed(dir, e),
    })?;
    if holds_other_files(dir).map_err(|e| failed(dir, e))? {
        return Err(foreign(dir));
    }
    let new = dir.join(unfinished_name());
    let made = write_empty(&new).and_then(|()| publish(&new, &path(dir)));
    let _ = std::fs::remove_file(&new);
    match made {
        // Another process was first: its database is as good.
        Err(_) if path(dir).exists() => Ok(()),
        Err(source) => Err(failed(dir, source)),
        Ok(()) => sync_folder(dir).map_err(|e| failed(dir, e)),
    }
}

/// A name that no other process or thread uses.
fn unfinished_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{UNFINISHED}{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn holds_other_files(dir: &Path) -> io::Result<bool> {
    let ours = |name: &str| name == NAME || name.starts_with(UNFINISHED);
    for entry in std::fs::read_dir(dir)? {
        if !ours(&entry?.file_name().to_string_lossy()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn write_empty(file: &Path) -> io::Result<()> {
    // Opened by hand first: the system's reason (no rights, disk full) is the best one.
    std::fs::File::create(file)?;
    let make = || -> Result<(), redb::Error> {
        let db = builder().create(file)?;
        let tx = db.begin_write()?;
        tables::initialize(&tx)?;
        tx.commit()?;
        Ok(())
    };
    make().map_err(|e| match e {
        redb::Error::Io(e) => e,
        e => io::Error::other(e.to_string()),
    })
}

/// Gives the finished file its name, unless that is taken.
fn publish(new: &Path, file: &Path) -> io::Result<()> {
    match std::fs::hard_link(new, file) {
        // Some file systems know no links.
        Err(_) if !file.exists() => std::fs::rename(new, file),
        result => result,
    }
}

fn sync_folder(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Removes what a crash left unfinished; a writer is alone, so nobody is at it.
fn sweep(dir: &Path) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        if name.starts_with(UNFINISHED) {
            let _ = std::fs::remove_file(path);
        } else if name.starts_with(UNFINISHED_GRAPH) {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

/// Opens by `open`; `None` if the file needs a repair that `open` must not make.
fn guard_open<T>(
    dir: &Path,
    file: &Path,
    open: impl FnOnce() -> Result<T, DatabaseError>,
) -> Result<Option<T>, StoreError> {
    match catch(open) {
        Ok(Ok(db)) => Ok(Some(db)),
        Ok(Err(DatabaseError::RepairAborted)) => Ok(None),
        Ok(Err(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch)) => {
            Err(StoreError::InUse(dir.to_owned()))
        }
        Ok(Err(DatabaseError::Storage(StorageError::Io(e)))) => Err(io_error(file, "open", e)),
        Ok(Err(e)) => Err(damaged(file, e.to_string())),
        Err(detail) => Err(damaged(file, detail)),
    }
}

/// Runs `work` on the open database and explains its failure.
pub fn guard<T>(
    file: &Path,
    doing: &'static str,
    work: impl FnOnce() -> Result<T, redb::Error>,
) -> Result<T, StoreError> {
    match catch(work) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(redb::Error::Io(e))) => Err(io_error(file, doing, e)),
        Ok(Err(e)) => Err(damaged(file, e.to_string())),
        Err(detail) => Err(damaged(file, detail)),
    }
}

fn io_error(file: &Path, doing: &'static str, source: io::Error) -> StoreError {
    match source.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => damaged(file, source.to_string()),
        _ => StoreError::Io { doing, path: file.to_owned(), source },
    }
}

fn damaged(file: &Path, detail: String) -> StoreError {
    StoreError::Damaged { file: file.to_owned(), detail }
}

/// The database panics on some damaged files; that is an error like any other.
fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panics::catch(work).map_err(|_| "its pages do not fit together".to_owned())
}
