//! `/ask/{name}`: the named questions.

use super::run::{Task, answer};
use super::{Shared, page, refuse};
use crate::query::{self, BindError, Dataset};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::BTreeMap;

/// `GET /ask/{name}?parameter=…`
pub(super) async fn get(
    State(service): Shared,
    headers: HeaderMap,
    Path(name): Path<String>,
    RawQuery(parameters): RawQuery,
) -> Response {
    let Some(question) = service.questions.get(&name).cloned() else {
        return refuse(StatusCode::NOT_FOUND, "there is no such question; / lists them");
    };
    let parameters = parameters.unwrap_or_default();
    let values: BTreeMap<String, String> = form_urlencoded::parse(parameters.as_bytes()).into_owned().collect();
    let bound = {
        let (service, question, values) = (service.clone(), question.clone(), values.clone());
        tokio::task::spawn_blocking(move || query::bind(&service.graph.store(), &question, &values, &service.prefixes))
            .await
    };
    let query = match bound {
        Ok(Ok(query)) => query,
        Ok(Err(error @ BindError::NoSuchThing { .. })) => {
            return refuse(StatusCode::NOT_FOUND, error);
        }
        Ok(Err(error @ BindError::Storage(_))) => {
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, error);
        }
        Ok(Err(error)) => return refuse(StatusCode::BAD_REQUEST, error),
        Err(_) => return refuse(StatusCode::INTERNAL_SERVER_ERROR, "the question broke down"),
    };
    let heading = page::Heading { title: question.title.clone(), below: page::question_form(&question, &values) };
    answer(service, &headers, Task { query, dataset: Dataset::Fused, heading }).await
}
