//! `newsgraph export`: not written yet.

use crate::cli::{CliError, StoreArgs};
use std::process::ExitCode;

/// Write the graph to a file
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    args.store.read()?;
    Err(CliError::Usage(
        "not written yet: export: use a later version".to_owned(),
    ))
}
