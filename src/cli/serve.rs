//! `newsgraph serve`: not written yet.

use crate::cli::{CliError, StoreArgs};
use std::process::ExitCode;

/// Serve a SPARQL endpoint
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    args.store.read()?;
    Err(CliError::Usage(
        "not written yet: serve: use a later version".to_owned(),
    ))
}
