//! The command line: one file a command. Only this module prints.
//!
//! Standard output carries results alone; messages go to standard error, one line each:
//! `newsgraph: what: where: what to do`.

pub mod analyze;
pub mod ask;
pub mod build;
pub mod error;
pub mod explain;
pub mod export;
pub mod forget;
mod output;
pub mod query;
#[cfg(test)]
mod sample;
pub mod score;
pub mod serve;
mod source;
pub mod stats;
mod terms;

pub use error::CliError;

use crate::panics;
use crate::store::{OpenMode, Store, StoreError};
use clap::{Parser, Subcommand};
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Exit code: some input was bad and the rest was built, or nothing was found.
pub const EXIT_PARTIAL: u8 = 1;
/// Exit code: the command line, or the query on it, is wrong.
pub const EXIT_USAGE: u8 = 2;
/// Exit code: the store cannot be used.
pub const EXIT_STORE: u8 = 3;
/// Exit code: a result could not be written, or an address not be bound.
pub const EXIT_OUTPUT: u8 = 4;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  some input was bad and the rest was built; or what was asked for is not there
  2  the command line, or the query on it, is wrong
  3  the store cannot be used: missing, in use, damaged, of a newer format, no rights
  4  a result could not be written, or an address not be bound";

const EXAMPLES: &str = "\
Examples:
  newsgraph build articles/                 read a folder into newsgraph-data/
  newsgraph stats                           what the graph holds
  newsgraph query 'SELECT ?s WHERE { ?s a <https://schema.org/Organization> }'
  newsgraph explain 'Acme Corp'             every claim about it, with the sentence that says so
  newsgraph score gold/ articles/           how right it is, on articles that people annotated
  newsgraph export --format turtle -o graph.ttl";

/// Turns news articles in English, French, German and Indonesian into an RDF knowledge graph
/// in which every fact points to the words that say it.
#[derive(Parser)]
#[command(name = "newsgraph", version, max_term_width = 100)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The commands.
#[derive(Subcommand)]
enum Command {
    Build(build::Args),
    Query(query::Args),
    Ask(ask::Args),
    Explain(explain::Args),
    Stats(stats::Args),
    Export(export::Args),
    Serve(serve::Args),
    Forget(forget::Args),
    Analyze(analyze::Args),
    Score(score::Args),
}

/// Which store a command works on.
#[derive(Debug, Clone, clap::Args)]
pub struct StoreArgs {
    /// The store's folder
    #[arg(long, value_name = "DIR", default_value = "newsgraph-data")]
    pub store: PathBuf,
    /// Wait while another process uses the store, at most SECONDS (default: as long as it takes)
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "4294967295")]
    pub wait: Option<u32>,
}

impl StoreArgs {
    /// Opens the store for reading.
    pub fn read(&self) -> Result<Store, StoreError> {
        self.open(OpenMode::READ)
    }

    /// Opens the store for writing; it must exist.
    pub fn write(&self) -> Result<Store, StoreError> {
        self.open(OpenMode::WRITE)
    }

    /// Opens the store for writing, and makes it if there is none.
    pub fn create(&self) -> Result<Store, StoreError> {
        self.open(OpenMode::CREATE)
    }

    fn open(&self, mode: OpenMode) -> Result<Store, StoreError> {
        let wait = Duration::from_secs(self.wait.unwrap_or(0).into());
        Store::open(&self.store, mode.waiting(wait))
    }
}

/// Runs the program: parses the command line, runs the command, reports its error.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(report_panic));
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => report(&error),
    }
}

fn run(command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Build(args) => build::run(args),
        Command::Query(args) => query::run(args),
        Command::Ask(args) => ask::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Export(args) => export::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Forget(args) => forget::run(args),
        Command::Analyze(args) => analyze::run(args),
        Command::Score(args) => score::run(args),
    }
}

/// An error in newsgraph itself, in one line; silent where a caught panic becomes an error.
fn report_panic(info: &PanicHookInfo) {
    let place = info.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
    if panics::is_caught() {
        panics::note_place(place);
        return;
    }
    let what = panics::message(info.payload());
    eprintln!("newsgraph: internal error: {place}: {what}: please report it with the input");
}

/// Prints the error in one line; a reader that went away (`| head`) is none.
fn report(error: &CliError) -> ExitCode {
    if !error.is_broken_pipe() {
        eprintln!("newsgraph: {error}");
    }
    ExitCode::from(error.exit_code())
}
