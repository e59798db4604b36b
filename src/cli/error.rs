//! What a command can fail with, and the exit code of it.

use crate::cli::{EXIT_OUTPUT, EXIT_PARTIAL, EXIT_STORE, EXIT_USAGE};
use crate::store::StoreError;
use std::io;

/// Why a command failed; its text is one line: what: where: what to do.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The command line, or the query on it, is wrong.
    #[error("{0}")]
    Usage(String),
    /// What was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// Something outside the store could not be read or written.
    #[error("{0}")]
    Failed(String),
    /// A result could not be written to standard output.
    #[error("cannot write the result: standard output: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    /// The process's exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Store(StoreError::UnknownArticle { .. } | StoreError::AmbiguousArticle { .. }) => EXIT_PARTIAL,
            CliError::Store(_) => EXIT_STORE,
            CliError::Usage(_) => EXIT_USAGE,
            CliError::NotFound(_) => EXIT_PARTIAL,
            CliError::Output(e) if e.kind() == io::ErrorKind::BrokenPipe => 0,
            CliError::Failed(_) | CliError::Output(_) => EXIT_OUTPUT,
        }
    }

    /// Whether the reader of the output went away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, CliError::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}
