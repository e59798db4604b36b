//! `/sparql`: the query operation of the SPARQL 1.1 Protocol.

use super::run::{Task, answer};
use super::{Service, Shared, page, refuse};
use crate::query::{self, Dataset};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use oxigraph::model::NamedNode;
use std::sync::Arc;

/// What a request asks.
#[derive(Default)]
struct Request {
    queries: Vec<String>,
    default: Vec<NamedNode>,
    named: Vec<NamedNode>,
}

/// `GET /sparql?query=…`
pub(super) async fn get(State(service): Shared, headers: HeaderMap, RawQuery(parameters): RawQuery) -> Response {
    let mut request = Request::default();
    match request.read(parameters.unwrap_or_default().as_bytes()) {
        Ok(()) => run(service, &headers, request).await,
        Err(reason) => refuse(StatusCode::BAD_REQUEST, reason),
    }
}

/// `POST /sparql` with a form, or with the query itself.
pub(super) async fn post(
    State(service): Shared,
    headers: HeaderMap,
    RawQuery(parameters): RawQuery,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(error) => return refuse(error.status(), error.body_text()),
    };
    let mut request = Request::default();
    if let Err(reason) = request.read(parameters.unwrap_or_default().as_bytes()) {
        return refuse(StatusCode::BAD_REQUEST, reason);
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let media_type = content_type.and_then(|v| v.split(';').next()).unwrap_or("").trim();
    let read = match media_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => request.read(&body),
        "application/sparql-query" => match std::str::from_utf8(&body) {
            Ok(text) => {
                request.queries.push(text.to_owned());
                Ok(())
            }
            Err(_) => Err("the query is not UTF-8".to_owned()),
        },
        "application/sparql-update" => {
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, READ_ONLY);
        }
        _ => {
            let hint = "send application/sparql-query or application/x-www-form-urlencoded";
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, hint);
        }
    };
    match read {
        Ok(()) => run(service, &headers, request).await,
        Err(reason) => refuse(StatusCode::BAD_REQUEST, reason),
    }
}

const READ_ONLY: &str = "the graph is read-only: there is no SPARQL Update";

impl Request {
    /// Adds the parameters of a form.
    fn read(&mut self, form: &[u8]) -> Result<(), String> {
        for (name, value) in form_urlencoded::parse(form) {
            let graph = || NamedNode::new(value.as_ref()).map_err(|error| format!("{name}: {value}: {error}"));
            match name.as_ref() {
                "query" => self.queries.push(value.into_owned()),
                "default-graph-uri" => self.default.push(graph()?),
                "named-graph-uri" => self.named.push(graph()?),
                "update" | "using-graph-uri" | "using-named-graph-uri" => {
                    return Err(READ_ONLY.to_owned());
                }
                // Clients add parameters of their own, such as `format`; the protocol has no error for them.
                _ => {}
            }
        }
        Ok(())
    }

    fn dataset(&mut self) -> Dataset {
        match self.default.is_empty() && self.named.is_empty() {
            true => Dataset::Fused,
            false => {
                Dataset::Chosen { default: std::mem::take(&mut self.default), named: std::mem::take(&mut self.named) }
            }
        }
    }
}

async fn run(service: Arc<Service>, headers: &HeaderMap, mut request: Request) -> Response {
    let [text] = &request.queries[..] else {
        let reason = match request.queries.is_empty() {
            true => "no query: give it as the parameter `query`, or as the body",
            false => "more than one query",
        };
        return refuse(StatusCode::BAD_REQUEST, reason);
    };
    let query = match query::parse(text, &service.prefixes) {
        Ok(query) => query,
        Err(error) => return refuse(StatusCode::BAD_REQUEST, error),
    };
    let heading = page::Heading { title: "SPARQL".to_owned(), below: page::sparql_form(text) };
    let dataset = request.dataset();
    answer(service, headers, Task { query, dataset, heading }).await
}
