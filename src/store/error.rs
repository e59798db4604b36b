//! What can go wrong with a store: what, where, and what to do, in one line.

use std::io;
use std::path::PathBuf;

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store.
    #[error("no store: {}: build one with `newsgraph build --store DIR PATH...`", .0.display())]
    Missing(PathBuf),
    /// A folder that holds other things, or something that is no folder.
    #[error("not a newsgraph store: {}: {hint}", .dir.display())]
    NotAStore {
        /// The folder.
        dir: PathBuf,
        /// What to do.
        hint: &'static str,
    },
    /// Another process has it open.
    #[error("store in use by another process: {}: wait for it with --wait, or give another --store", .0.display())]
    InUse(PathBuf),
    /// A later version of newsgraph wrote it.
    #[error("store of a newer format: {}: it has format {found}, this newsgraph reads up to {known}; update newsgraph, or build a new store", .dir.display())]
    NewerFormat {
        /// The folder.
        dir: PathBuf,
        /// The format that the store states.
        found: String,
        /// The format that this program writes.
        known: u32,
    },
    /// The file's content is not what was written.
    #[error("damaged store: {}: {detail}; restore the file, or remove the folder and build again", .file.display())]
    Damaged {
        /// The damaged file.
        file: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// Files or folders cannot be read or written.
    #[error("cannot {doing} store: {}: {}; {}", .path.display(), words(.source), hint(.source))]
    Io {
        /// `open`, `create` or `write`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A store opened for reading was asked to change.
    #[error("store opened for reading only: {}: open it for writing", .0.display())]
    ReadOnly(PathBuf),
    /// No article of that name.
    #[error("no such article: {name}: give an article's id, IRI, URL, input path or the first 8 or more digits of its SHA-256; store {}", .dir.display())]
    UnknownArticle {
        /// The name as given.
        name: String,
        /// The folder.
        dir: PathBuf,
    },
    /// A hash prefix that several articles share.
    #[error("ambiguous article: {name}: it may be {}; give more digits", .ids.join(" or "))]
    AmbiguousArticle {
        /// The name as given.
        name: String,
        /// The ids that begin so.
        ids: Vec<String>,
    },
    /// Oxigraph's store failed.
    #[error("graph store failed: {}: {detail}; remove the folders graph-* in it and try again", .dir.display())]
    Graph {
        /// The folder.
        dir: PathBuf,
        /// Oxigraph's reason.
        detail: String,
    },
}

/// The system's words without its number.
fn words(source: &io::Error) -> String {
    let words = source.to_string();
    words.split(" (os error").next().unwrap_or(&words).to_lowercase()
}

fn hint(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::PermissionDenied => "check the folder's access rights",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space and run the same command again",
        io::ErrorKind::ReadOnlyFilesystem => "give a --store folder that can be written",
        _ => "see that the folder exists and is on a working disk",
    }
}
