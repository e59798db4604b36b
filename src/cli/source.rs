//! Where a reading command takes the graph from: a store, or an RDF file.

use crate::cli::{CliError, StoreArgs};
use crate::pipeline::{DEFAULT_BASE, GraphOptions};
use crate::store::{self, GraphStore};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The graph that a command reads.
#[derive(Debug, Clone, clap::Args)]
pub struct SourceArgs {
    #[command(flatten)]
    pub(super) store: StoreArgs,
    /// Read this RDF file (.trig, .nq, .ttl, .nt, .rdf, .jsonld) in place of a store
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(super) data: Option<PathBuf>,
}

impl SourceArgs {
    /// Every quad, and the `{base}` of instance IRIs.
    pub fn quads(&self) -> Result<(Vec<Quad>, String), CliError> {
        if let Some(file) = &self.data {
            return Ok((read_file(file)?, DEFAULT_BASE.to_owned()));
        }
        let store = self.store.read()?;
        let options: GraphOptions = store.options()?;
        Ok((store.quads(&options)?, options.base))
    }

    /// The graph ready for queries, and the `{base}` of instance IRIs.
    pub fn graph(&self) -> Result<(GraphStore, String), CliError> {
        if let Some(file) = &self.data {
            let graph = store::load(read_file(file)?).map_err(|error| CliError::Failed(error.to_string()))?;
            return Ok((graph, DEFAULT_BASE.to_owned()));
        }
        let store = self.store.read()?;
        let options = store.options()?;
        Ok((store.graph(&options)?, options.base))
    }
}

fn read_file(path: &Path) -> Result<Vec<Quad>, CliError> {
    let failed = |error: String| CliError::Failed(format!("{}: {error}", path.display()));
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    let format = RdfFormat::from_extension(extension)
        .ok_or_else(|| failed("not a known RDF file name: use .trig, .nq, .ttl, .nt, .rdf or .jsonld".to_owned()))?;
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    RdfParser::from_format(format)
        .for_reader(BufReader::new(file))
        .map(|quad| quad.map_err(|error| failed(error.to_string())))
        .collect()
}
