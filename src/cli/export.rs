//! `newsgraph export`: the graph as a file.

use crate::cli::source::SourceArgs;
use crate::cli::{CliError, output};
use crate::export::{self, Format, Network, Scope};
use crate::prefix::Prefixes;
use oxigraph::model::Quad;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write the graph as RDF, or as a network for graph tools
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
    /// turtle, trig, ntriples, nquads, rdfxml, jsonld, graphml or csv
    #[arg(long, default_value = "turtle")]
    format: Format,
    /// Which part: the fused default graph, the articles' evidence, or all. TriG, N-Quads and
    /// JSON-LD hold all unless told otherwise, every other format the default graph
    #[arg(long, value_enum, value_name = "PART")]
    graph: Option<Part>,
    /// Write to this file, for csv to nodes.csv and edges.csv in this folder; else to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read turtle, trig, ntriples or nquads back with another parser before it is written, and
    /// fail unless it is the same graph
    #[arg(long)]
    verify: bool,
}

/// A part of the graph.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Part {
    Default,
    Evidence,
    All,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    args.check()?;
    let (quads, base) = args.source.quads()?;
    let prefixes = Prefixes::standard(&base);
    let scope = args.graph.map_or(args.format.default_scope(), Scope::from);
    let quads = export::select(&quads, scope, args.format);
    match (&args.output, args.verify) {
        (Some(dir), _) if args.format == Format::Csv => write_tables(dir, &quads, &prefixes)?,
        (_, true) => args.write_verified(&quads, &prefixes)?,
        (Some(file), false) => {
            output::to_file(file, |out| export::write(&quads, args.format, &prefixes, out))?;
        }
        (None, false) => {
            output::to_stdout(|out| export::write(&quads, args.format, &prefixes, out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn check(&self) -> Result<(), CliError> {
        if self.verify && !self.format.is_verifiable() {
            let hint = "--verify reads back turtle, trig, ntriples and nquads alone";
            return Err(CliError::Usage(format!("{}: {hint}", self.format)));
        }
        if self.graph.is_some() && self.format.is_network() {
            let hint = "it always shows the fused graph: leave --graph out";
            return Err(CliError::Usage(format!("{}: {hint}", self.format)));
        }
        Ok(())
    }

    fn write_verified(&self, quads: &[Quad], prefixes: &Prefixes) -> Result<(), CliError> {
        let mut bytes = Vec::new();
        export::write(quads, self.format, prefixes, &mut bytes)?;
        export::verify(&bytes, self.format, quads).map_err(|error| CliError::Failed(error.to_string()))?;
        match &self.output {
            Some(file) => output::to_file(file, |out| out.write_all(&bytes)),
            None => Ok(output::to_stdout(|out| out.write_all(&bytes))?),
        }
    }
}

impl From<Part> for Scope {
    fn from(part: Part) -> Self {
        match part {
            Part::Default => Scope::Default,
            Part::Evidence => Scope::Evidence,
            Part::All => Scope::All,
        }
    }
}

fn write_tables(dir: &Path, quads: &[Quad], prefixes: &Prefixes) -> Result<(), CliError> {
    std::fs::create_dir_all(dir)
        .map_err(|error| CliError::Failed(format!("cannot make {}: {error}", dir.display())))?;
    let network = Network::of(quads, prefixes);
    output::to_file(&dir.join("nodes.csv"), |out| network.write_nodes_csv(out))?;
    output::to_file(&dir.join("edges.csv"), |out| network.write_edges_csv(out))
}
