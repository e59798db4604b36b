//! Binding of parameters: the user's words become RDF terms in the parsed query, never text.
//!
//! A question marks the place of a parameter with `VALUES ?name { UNDEF }`, so the file is a
//! whole query in any SPARQL engine: there the parameter just matches everything.

use super::names::{as_iri, resolve};
use super::question::{Default, ParamKind, Parameter, Question};
use super::{QueryError, parse};
use crate::prefix::Prefixes;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use oxigraph::store::{StorageError, Store};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::GroundTerm;
use std::collections::BTreeMap;

/// Why a question cannot be asked so.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// A parameter without default was left out.
    #[error("{question} needs {name}: {description}; give it as {name}=…")]
    Missing {
        /// The question.
        question: String,
        /// The parameter.
        name: String,
        /// What it is.
        description: String,
    },
    /// The question has no such parameter.
    #[error("{question} has no parameter {name:?}{known}")]
    Unknown {
        /// The question.
        question: String,
        /// The parameter.
        name: String,
        /// The ones that it has.
        known: String,
    },
    /// Nothing bears the name.
    #[error("nothing in the graph is called {name:?}{near}")]
    NoSuchThing {
        /// The name.
        name: String,
        /// What comes near.
        near: String,
    },
    /// The value is not of the parameter's type.
    #[error("{name}: {value:?} is not {expected}")]
    BadValue {
        /// The parameter.
        name: String,
        /// The value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The question's SPARQL is wrong.
    #[error("the question {name} is not right: {error}")]
    Query {
        /// The question.
        name: String,
        /// What is wrong.
        error: QueryError,
    },
    /// The graph could not be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The question as a query in which the parameters have their values.
pub fn bind(
    store: &Store,
    question: &Question,
    values: &BTreeMap<String, String>,
    prefixes: &Prefixes,
) -> Result<Query, BindError> {
    check_names(question, values)?;
    let mut query =
        parse(&question.text, prefixes).map_err(|error| BindError::Query { name: question.name.clone(), error })?;
    for parameter in &question.parameters {
        let given = values.get(&parameter.name).map(|v| v.trim()).filter(|v| !v.is_empty());
        let value = match (given, &parameter.default) {
            (Some(value), _) => Some(value),
            (None, Default::Value(value)) => Some(value.as_str()),
            (None, Default::Any) => None,
            (None, Default::Required) => return Err(missing(question, parameter)),
        };
        let terms = match value {
            Some(value) => Some(terms(store, parameter, value, prefixes)?),
            None => None,
        };
        fill(pattern_mut(&mut query), &parameter.name, terms.as_deref());
    }
    Ok(query)
}

fn check_names(question: &Question, values: &BTreeMap<String, String>) -> Result<(), BindError> {
    let known: Vec<_> = question.parameters.iter().map(|p| p.name.as_str()).collect();
    match values.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(BindError::Unknown {
            question: question.name.clone(),
            name: name.clone(),
            known: match known.is_empty() {
                true => ": it has none".to_owned(),
                false => format!(": it has {}", known.join(", ")),
            },
        }),
    }
}

fn missing(question: &Question, parameter: &Parameter) -> BindError {
    BindError::Missing {
        question: question.name.clone(),
        name: parameter.name.clone(),
        description: parameter.description.clone(),
    }
}

/// The terms that the user's words can mean.
fn terms(store: &Store, parameter: &Parameter, value: &str, prefixes: &Prefixes) -> Result<Vec<GroundTerm>, BindError> {
    let bad = |expected| BindError::BadValue { name: parameter.name.clone(), value: value.to_owned(), expected };
    let literal = |datatype: NamedNodeRef<'_>| vec![GroundTerm::Literal(Literal::new_typed_literal(value, datatype))];
    match parameter.kind {
        ParamKind::Text => Ok(vec![GroundTerm::Literal(Literal::new_simple_literal(value))]),
        ParamKind::Number if is_number(value) => Ok(literal(xsd::DECIMAL)),
        ParamKind::Number => Err(bad("a number such as 3 or 0.5")),
        ParamKind::Date => match date_type(value) {
            Some(datatype) => Ok(literal(datatype)),
            None => Err(bad("a date such as 2024, 2024-07 or 2024-07-20")),
        },
        ParamKind::Term => match term_names(value, prefixes) {
            terms if terms.is_empty() => Err(bad("a class or relation such as Person or ng:bans")),
            terms => Ok(terms.into_iter().map(GroundTerm::NamedNode).collect()),
        },
        kind => {
            let class = class_of(kind).and_then(|c| prefixes.expand(c));
            let class = class.map(NamedNode::new_unchecked);
            match resolve(store, value, class.as_ref(), prefixes)? {
                Ok(nodes) => Ok(nodes.into_iter().map(GroundTerm::NamedNode).collect()),
                Err(near) => Err(no_such_thing(value, &near)),
            }
        }
    }
}

fn no_such_thing(name: &str, near: &[String]) -> BindError {
    let near = match near.is_empty() {
        true => String::new(),
        false => format!("; near: {}", near.join(", ")),
    };
    BindError::NoSuchThing { name: name.to_owned(), near }
}

fn class_of(kind: ParamKind) -> Option<&'static str> {
    match kind {
        ParamKind::Person => Some("schema:Person"),
        ParamKind::Organization => Some("schema:Organization"),
        ParamKind::Place => Some("schema:Place"),
        ParamKind::Product => Some("schema:Product"),
        _ => None,
    }
}

/// A bare name can be of either vocabulary.
fn term_names(value: &str, prefixes: &Prefixes) -> Vec<NamedNode> {
    if let Some(iri) = as_iri(value, prefixes) {
        return vec![iri];
    }
    ["schema", "ng"]
        .iter()
        .filter_map(|prefix| prefixes.expand(&format!("{prefix}:{value}")))
        .filter_map(|iri| NamedNode::new(iri).ok())
        .collect()
}

fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let mut parts = digits.splitn(2, '.');
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(all) && parts.next().is_none_or(all)
}

fn date_type(value: &str) -> Option<NamedNodeRef<'static>> {
    let parts: Vec<_> = value.split('-').collect();
    let sizes: Vec<_> = parts.iter().map(|part| part.len()).collect();
    if !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    match sizes[..] {
        [4] => Some(xsd::G_YEAR),
        [4, 2] => Some(xsd::G_YEAR_MONTH),
        [4, 2, 2] => value.parse::<jiff::civil::Date>().ok().map(|_| xsd::DATE),
        _ => None,
    }
}

/// Whether the text has a place for the parameter.
pub(super) fn has_place(text: &str, name: &str) -> bool {
    let squeezed: String = text.split_whitespace().collect();
    squeezed.contains(&format!("VALUES?{name}{{UNDEF}}"))
}

fn pattern_mut(query: &mut Query) -> &mut GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

/// Puts the terms in every place of the variable; without terms the place goes away.
fn fill(pattern: &mut GraphPattern, name: &str, terms: Option<&[GroundTerm]>) {
    match pattern {
        GraphPattern::Values { variables, bindings } => {
            if !matches!(&variables[..], [variable] if variable.as_str() == name) {
                return;
            }
            match terms {
                Some(terms) => *bindings = terms.iter().map(|t| vec![Some(t.clone())]).collect(),
                None => *pattern = GraphPattern::Bgp { patterns: Vec::new() },
            }
        }
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            fill(left, name, terms);
            fill(right, name, terms);
        }
        GraphPattern::Filter { inner, expr } => {
            fill(inner, name, terms);
            fill_expression(expr, name, terms);
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => fill(inner, name, terms),
        _ => {}
    }
}

fn fill_expression(expression: &mut Expression, name: &str, terms: Option<&[GroundTerm]>) {
    match expression {
        Expression::Exists(inner) => fill(inner, name, terms),
        Expression::Not(inner) => fill_expression(inner, name, terms),
        _ => {}
    }
}
