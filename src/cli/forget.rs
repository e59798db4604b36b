//! `newsgraph forget`: removes articles and all that only they say.

use crate::cli::{CliError, StoreArgs};
use crate::store::{Forgotten, Store, StoreError};
use std::collections::BTreeSet;
use std::io::{Write, stdout};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgraph forget 4f1c2a9be07d3315                     by id
  newsgraph forget https://example.org/news/fine        by the article's URL
  newsgraph forget articles/fine.txt                    by the input it came from
  newsgraph forget \"$(sha256sum <fine.txt | cut -c1-16)\"  by SHA-256, 8 digits or more

What only these articles say leaves the graph with them; what others say too stays.
If one of several names is unknown or ambiguous, nothing is removed (exit code 1).";

/// Remove articles and everything that only they say
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
    /// An article's id, IRI, URL, input path, or the first 8 or more digits of its SHA-256
    #[arg(required = true)]
    article: Vec<String>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let store = args.store.write()?;
    let ids = find_all(&store, &args.article)?;
    let mut out = stdout().lock();
    for gone in store.forget_ids(&ids)? {
        writeln!(out, "{}", line(&gone))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// All the ids before any is removed, so that a mistyped name changes nothing.
fn find_all(store: &Store, names: &[String]) -> Result<Vec<String>, StoreError> {
    let mut ids = BTreeSet::new();
    for name in names {
        ids.extend(store.find(name)?);
    }
    Ok(ids.into_iter().collect())
}

fn line(gone: &Forgotten) -> String {
    let sources = gone.sources.join(", ");
    ["forgotten", &gone.id, &sources, &gone.headline].join("\t")
}
