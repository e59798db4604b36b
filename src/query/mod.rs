//! SPARQL over the graph: parsing with standard prefixes, evaluation, results in every format,
//! and the named questions of `queries/`.

mod bind;
mod error;
mod limits;
mod names;
mod question;
mod results;

pub use bind::{BindError, bind};
pub use error::QueryError;
pub use limits::{STACK, on_deep_stack};
pub use names::{Labels, resolve};
pub use question::{Default, ParamKind, Parameter, Question, QuestionError, Questions};
pub(crate) use results::cell;
pub use results::{Cells, Format, Style, write, write_boolean, write_solutions};

use crate::prefix::Prefixes;
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use spargebra::{Query, SparqlParser};

/// What a query gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// SELECT: rows.
    Solutions,
    /// ASK: yes or no.
    Boolean,
    /// CONSTRUCT and DESCRIBE: triples.
    Graph,
}

/// The graphs that a query sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Dataset {
    /// The fused graph as default graph, articles' graphs by `GRAPH`; or what the query's `FROM` says.
    #[default]
    Fused,
    /// The union of all graphs as default graph.
    Union,
    /// As the SPARQL protocol asks: the merged default graph, and the named graphs there are.
    Chosen {
        /// Graphs merged to the default graph.
        default: Vec<NamedNode>,
        /// Graphs that `GRAPH` sees.
        named: Vec<NamedNode>,
    },
}

/// Parses a query in which the standard prefixes need not be declared.
pub fn parse(text: &str, prefixes: &Prefixes) -> Result<Query, QueryError> {
    if let Some((offset, message)) = limits::exceeded(text) {
        return Err(QueryError::too_much(text, offset, message));
    }
    let mut parser = SparqlParser::new();
    for (prefix, iri) in prefixes.iter() {
        parser = parser.with_prefix(prefix, iri).map_err(|error| QueryError::Evaluation(format!("{iri}: {error}")))?;
    }
    parser.parse_query(text).map_err(|error| QueryError::syntax(&error.to_string(), text, prefixes))
}

/// What kind of result the query gives.
pub fn kind(query: &Query) -> Kind {
    match query {
        Query::Select { .. } => Kind::Solutions,
        Query::Ask { .. } => Kind::Boolean,
        Query::Construct { .. } | Query::Describe { .. } => Kind::Graph,
    }
}

/// Evaluates a parsed query; `cancel` stops it from another thread.
pub fn evaluate(
    store: &Store,
    query: Query,
    dataset: &Dataset,
    cancel: &CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    let evaluator = SparqlEvaluator::new().with_cancellation_token(cancel.clone());
    let mut prepared = evaluator.for_query(query);
    match dataset {
        Dataset::Fused => {}
        Dataset::Union => prepared.dataset_mut().set_default_graph_as_union(),
        Dataset::Chosen { default, named } => {
            let default = default.iter().cloned().map(GraphName::from).collect();
            prepared.dataset_mut().set_default_graph(default);
            let named = named.iter().cloned().map(Into::into).collect();
            prepared.dataset_mut().set_available_named_graphs(named);
        }
    }
    Ok(prepared.on_store(store).execute()?)
}

/// Parses and evaluates `text` in one step.
pub fn run(
    store: &Store,
    text: &str,
    prefixes: &Prefixes,
    dataset: &Dataset,
) -> Result<QueryResults<'static>, QueryError> {
    evaluate(store, parse(text, prefixes)?, dataset, &CancellationToken::new())
}
