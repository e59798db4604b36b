//! `newsgraph query`: SPARQL over the graph.

use crate::cli::source::SourceArgs;
use crate::cli::{CliError, output};
use crate::prefix::Prefixes;
use crate::query::{self, Dataset, Format, QueryError, Style};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

/// Answer a SPARQL query
///
/// The prefixes ng, schema, prov, oa, skos, rdfs, owl, xsd, rdf, and : for entities need not be
/// declared. The default graph is the fused one; GRAPH reads an article's evidence.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
    /// The query; - reads it from standard input
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    query: Option<String>,
    /// Read the query from a file
    #[arg(long, short, value_name = "FILE")]
    file: Option<PathBuf>,
    /// How results are written: table, json, csv, tsv, xml; a graph also turtle, ntriples
    #[arg(long, default_value = "table")]
    format: Format,
    /// Ask the union of all graphs, articles' evidence included
    #[arg(long)]
    union: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    query::on_deep_stack(|| answer(&args))??;
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &Args) -> Result<(), CliError> {
    let (name, text) = args.text()?;
    let (graph, base) = args.source.graph()?;
    let prefixes = Prefixes::standard(&base);
    let dataset = if args.union { Dataset::Union } else { Dataset::Fused };
    let results = query::run(&graph, &text, &prefixes, &dataset).map_err(|e| error(&name, e))?;
    let style = Style { prefixes: &prefixes, labels: None, width: output::width() };
    output::to_stdout(|out| query::write(results, args.format, &style, out)).map_err(|e| error(&name, e))
}

impl Args {
    /// Where the query comes from, and its text.
    fn text(&self) -> Result<(String, String), CliError> {
        if let Some(file) = &self.file {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).map_err(|error| CliError::Usage(format!("{name}: {error}")))?;
            return Ok((name, text));
        }
        match self.query.as_deref() {
            Some("-") | None => {
                let mut text = String::new();
                std::io::stdin()
                    .read_to_string(&mut text)
                    .map_err(|error| CliError::Usage(format!("standard input: {error}")))?;
                Ok(("standard input".to_owned(), text))
            }
            Some(text) => Ok(("query".to_owned(), text.to_owned())),
        }
    }
}

/// The error of a query, with the place it came from.
pub(super) fn error(name: &str, error: QueryError) -> CliError {
    match error {
        QueryError::Output(error) => CliError::Output(error),
        QueryError::Evaluation(_) | QueryError::Cancelled => CliError::Failed(error.to_string()),
        QueryError::Syntax { .. } => CliError::Usage(format!("{name}:{error}")),
        QueryError::Format(_) => CliError::Usage(error.to_string()),
    }
}
