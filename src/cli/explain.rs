//! `newsgraph explain`: why the graph says so, down to the words.

mod graph;
mod merges;
mod resolve;
mod sentence;
mod show;
#[cfg(test)]
mod tests;

use crate::cli::terms::plain;
use crate::cli::{CliError, StoreArgs};
use crate::pipeline;
use graph::Graph;
use resolve::{Candidate, Target};
use show::Documents;
use std::io::{self, Write, stdout};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgraph explain 'Acme Corp'                  everything said about it, with the words that say it
  newsgraph explain https://w3id.org/newsgraph/data/entity/acme-corp
  newsgraph explain --fact 'Acme Corp' owner 'Jane Doe'
  newsgraph explain https://w3id.org/newsgraph/data/claim/4f1c2a9be07d3315

In the sentences [[the evidence]] is marked. A name that several things have lists them, with
their IRIs, and exits with 1, as does a name that nothing has.";

/// Show every claim about a thing or behind a fact, with the sentence and the rule
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
    /// An entity's name or IRI, a claim's IRI, or a fact: three IRIs
    #[arg(required_unless_present = "fact", conflicts_with = "fact", num_args = 1..=3)]
    term: Vec<String>,
    /// A fact by names or IRIs; the relation also by its short name
    #[arg(long, num_args = 3, value_names = ["SUBJECT", "RELATION", "OBJECT"])]
    fact: Option<Vec<String>>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let store = args.store.read()?;
    let options = store.options()?;
    let records = store.records()?;
    let graph = Graph::new(pipeline::graph(&records, &options));
    let documents = |id: &str| Ok(store.record(id)?.map(|record| record.document));
    let merges = |out: &mut dyn Write, iri: &str| {
        let sorted = pipeline::sorted(&records);
        merges::write(out, &sorted, &pipeline::fuse(&sorted, &options), iri)
    };
    explain(&mut stdout().lock(), &graph, &documents, &merges, &args)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes why the thing of an IRI is one.
type Merges<'a> = &'a dyn Fn(&mut dyn Write, &str) -> io::Result<()>;

fn explain(
    out: &mut impl Write,
    graph: &Graph,
    documents: Documents,
    merges: Merges,
    args: &Args,
) -> Result<(), CliError> {
    let target = match &args.fact {
        Some(fact) => resolve::fact(graph, fact)?,
        None => resolve::term(graph, &args.term)?,
    };
    match target {
        Target::Ambiguous { name, candidates } => {
            write_candidates(out, &candidates)?;
            let what = format!("ambiguous name: {name}: give the IRI of the one you mean");
            Err(CliError::NotFound(what))
        }
        Target::Entity(entity) => {
            show::entity(out, graph, &entity)?;
            merges(out, plain(&entity.clone().into()))?;
            show::statements(out, graph, documents, &graph.statements_about(&entity))
        }
        Target::Statements(statements) => show::statements(out, graph, documents, &statements),
    }
}

fn write_candidates(out: &mut impl Write, candidates: &[Candidate]) -> io::Result<()> {
    for Candidate { iri, label, types } in candidates {
        writeln!(out, "{iri}\t{label}\t{}", types.join(", "))?;
    }
    Ok(())
}
