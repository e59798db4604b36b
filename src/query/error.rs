//! What can be wrong with a query, in one line and with a hint.

use crate::prefix::Prefixes;
use oxigraph::sparql::QueryEvaluationError;

/// Why a query has no result.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is not SPARQL.
    #[error("{line}:{column}: {message}; {hint}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was found.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The query was stopped before its end.
    #[error("the query was stopped: it took too long")]
    Cancelled,
    /// The evaluation failed.
    #[error("the query failed: {0}")]
    Evaluation(String),
    /// The result has no form in the format.
    #[error("{0}")]
    Format(String),
    /// The result could not be written.
    #[error(transparent)]
    Output(#[from] std::io::Error),
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => QueryError::Cancelled,
            error => QueryError::Evaluation(error.to_string()),
        }
    }
}

const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];

impl QueryError {
    /// The query leaves the bounds at `offset`.
    pub(super) fn too_much(text: &str, offset: usize, message: &str) -> Self {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        QueryError::Syntax {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.to_owned(),
            hint: "make it simpler, or ask in several queries".to_owned(),
        }
    }

    /// From the parser's words: `error at LINE:COLUMN: expected A, B or C`.
    pub(super) fn syntax(report: &str, text: &str, prefixes: &Prefixes) -> Self {
        let (line, column, expected) = split_report(report).unwrap_or((1, 1, report));
        let offset = offset_of(text, line, column);
        let rest = &text[offset..];
        let found = found(rest);
        let (message, hint) = if let Some(name) = undeclared(text, offset, expected, prefixes) {
            let known: Vec<_> = prefixes.iter().map(|(p, _)| format!("{p}:")).collect();
            let message = format!("the prefix {name}: is not declared");
            (message, format!("add PREFIX {name}: <…>, or use one of {}", known.join(" ")))
        } else if is_update(text) {
            let message = "this is SPARQL Update, and the graph is read-only".to_owned();
            (message, "build and forget change the graph".to_owned())
        } else {
            (format!("did not expect {found}"), hint(text, rest, expected))
        };
        QueryError::Syntax { line, column, message, hint }
    }
}

fn split_report(report: &str) -> Option<(usize, usize, &str)> {
    let rest = report.strip_prefix("error at ")?;
    let (line, rest) = rest.split_once(':')?;
    let (column, expected) = rest.split_once(':')?;
    Some((line.parse().ok()?, column.trim().parse().ok()?, expected.trim()))
}

/// The byte offset of a line and column, both from 1, columns in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[start..];
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(i, _)| i)
}

fn found(rest: &str) -> String {
    let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
    match rest[..end].chars().take(30).collect::<String>() {
        word if word.is_empty() && rest.is_empty() => "the end of the query".to_owned(),
        word if word.is_empty() => "a space or line end".to_owned(),
        word => format!("“{word}”"),
    }
}

fn is_update(text: &str) -> bool {
    let first = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).find(|line| {
        let upper = line.to_ascii_uppercase();
        !upper.starts_with("PREFIX") && !upper.starts_with("BASE")
    });
    let word = first.and_then(|line| line.split(|c: char| !c.is_ascii_alphabetic()).next());
    word.is_some_and(|word| UPDATES.contains(&word.to_ascii_uppercase().as_str()))
}

/// The prefix at which the parser stopped, if nobody declared it.
fn undeclared(text: &str, offset: usize, expected: &str, prefixes: &Prefixes) -> Option<String> {
    if !expected.contains("Prefix not found") {
        return None;
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
    let start =
        text[..offset].rfind(|c| !is_name(c)).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let name: String = text[start..].chars().take_while(|c| is_name(*c)).collect();
    let (prefix, _) = name.split_once(':')?;
    let declared = prefixes.iter().any(|(p, _)| p == prefix);
    (!declared).then(|| prefix.to_owned())
}

fn hint(text: &str, rest: &str, expected: &str) -> String {
    let count = |c| text.matches(c).count();
    if rest.trim().is_empty() && count('{') > count('}') {
        return "a } is missing".to_owned();
    }
    if count('"') % 2 == 1 {
        return "a quotation mark is missing".to_owned();
    }
    let list = expected.strip_prefix("expected ").unwrap_or(expected);
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let wanted: Vec<_> = list.split(", ").filter(|w| w.len() > 2).take(6).collect();
    match wanted.is_empty() {
        true => "see https://www.w3.org/TR/sparql11-query/".to_owned(),
        false => format!("here may stand {}", wanted.join(", ")),
    }
}
