//! Running a query on a thread of its own, with a time limit.

use super::negotiate::{Body, GRAPHS, Offer, ROWS, choose};
use super::{Service, page, refuse};
use crate::query::{self, Dataset, Kind, QueryError, Style};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::sparql::{CancellationToken, QueryResults};
use spargebra::Query;
use std::sync::Arc;

/// A query with all that its answer needs.
pub(super) struct Task {
    /// The query.
    pub query: Query,
    /// The graphs that it sees.
    pub dataset: Dataset,
    /// What heads the page, if the answer is one.
    pub heading: page::Heading,
}

/// Stops the query when it is dropped: at the time limit, or when the client goes away.
struct Guard(CancellationToken);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Runs the query and answers in the form that `Accept` asks for.
pub(super) async fn answer(service: Arc<Service>, headers: &HeaderMap, task: Task) -> Response {
    let offers: &[Offer] = match query::kind(&task.query) {
        Kind::Graph => &GRAPHS,
        Kind::Solutions | Kind::Boolean => &ROWS,
    };
    let Some(offer) = choose(accept(headers).as_deref(), offers) else {
        let names: Vec<_> = offers.iter().map(|(media_type, _)| *media_type).collect();
        let reason = format!("this result can be had as {}", names.join(", "));
        return refuse(StatusCode::NOT_ACCEPTABLE, reason);
    };
    let cancel = CancellationToken::new();
    let guard = Guard(cancel.clone());
    let timeout = service.timeout;
    let work = tokio::task::spawn_blocking(move || evaluate(&service, task, offer.1, &cancel));
    let result = tokio::time::timeout(timeout, work).await;
    drop(guard);
    match result {
        Ok(Ok(Ok(bytes))) => {
            let charset = if offer.0.starts_with("text/") { "; charset=utf-8" } else { "" };
            let content_type = format!("{}{charset}", offer.0);
            let headers = [(header::CONTENT_TYPE, content_type), (header::VARY, "Accept".to_owned())];
            (headers, bytes).into_response()
        }
        Ok(Ok(Err(QueryError::Cancelled))) | Err(_) => {
            let reason = format!("the query was stopped after {} seconds", timeout.as_secs());
            refuse(StatusCode::SERVICE_UNAVAILABLE, reason)
        }
        Ok(Ok(Err(error))) => refuse(StatusCode::INTERNAL_SERVER_ERROR, error),
        Ok(Err(_)) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "the query broke down"),
    }
}

/// All `Accept` headers as one.
fn accept(headers: &HeaderMap) -> Option<String> {
    let values: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

fn evaluate(service: &Service, task: Task, body: Body, cancel: &CancellationToken) -> Result<Vec<u8>, QueryError> {
    let store = service.graph.store();
    let results = query::evaluate(&store, task.query, &task.dataset, cancel)?;
    let style = Style { prefixes: &service.prefixes, labels: None, width: None };
    let mut bytes = Vec::new();
    match (body, results) {
        (Body::Data(format), results) => query::write(results, format, &style, &mut bytes)?,
        (Body::Html, QueryResults::Solutions(rows)) => {
            bytes = page::rows(service, &task.heading, rows)?.into_bytes();
        }
        (Body::Html, QueryResults::Boolean(value)) => {
            bytes = page::yes_or_no(&task.heading, value).into_bytes();
        }
        (Body::Html, QueryResults::Graph(_)) => {
            return Err(QueryError::Format("a graph has no page".to_owned()));
        }
    }
    Ok(bytes)
}
