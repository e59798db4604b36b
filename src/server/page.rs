//! Plain pages that load nothing from elsewhere. Every text from the graph or the user is escaped.

use super::Service;
use crate::query::{self, Default, QueryError, Question, Style};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use oxigraph::model::Term;
use oxigraph::sparql::QuerySolutionIter;
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#222;background:#fff}\
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}\
th{background:#f2f2f2}form{margin:.3rem 0 1.2rem}label{display:inline-block;margin-right:.8rem}\
input{font:inherit;padding:.1rem .3rem}textarea{font:14px/1.4 monospace;width:100%;box-sizing:border-box}\
h2{margin:1.4rem 0 0;font-size:1.1rem}p{margin:.2rem 0}.note{color:#555}";

/// The largest number of rows that a page shows.
const MOST_ROWS: usize = 5000;

/// What heads a page of results.
pub(super) struct Heading {
    /// The title, as plain text.
    pub title: String,
    /// HTML below it: the form to ask again.
    pub below: String,
}

/// The page as a response.
pub(super) fn html(page: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// The first page: every question with a form, and a box for SPARQL.
pub(super) fn home(service: &Service) -> String {
    let mut body = String::from("<h1>newsgraph</h1>\n<p>What the articles say, as a graph.</p>\n");
    for question in service.questions.iter() {
        let title = escape(&question.title);
        body.push_str(&format!("<h2>{title}</h2>\n"));
        body.push_str(&question_form(question, &BTreeMap::new()));
    }
    body.push_str("<h2>SPARQL</h2>\n");
    body.push_str(&sparql_form("SELECT ?entity ?label WHERE {\n  ?entity rdfs:label ?label .\n}\nLIMIT 20"));
    page("newsgraph", &body)
}

/// The form of a question with the values it was asked with.
pub(super) fn question_form(question: &Question, values: &BTreeMap<String, String>) -> String {
    let mut form = format!("<p class=\"note\">{}</p>\n", escape(&question.description));
    form.push_str(&format!("<form action=\"/ask/{}\">", encode(&question.name)));
    for parameter in &question.parameters {
        let (required, default) = match &parameter.default {
            Default::Required => (" required", ""),
            Default::Any => ("", ""),
            Default::Value(value) => ("", value.as_str()),
        };
        let value = values.get(&parameter.name).map_or(default, String::as_str);
        form.push_str(&format!(
            "<label title=\"{}\">{} <input name=\"{}\" value=\"{}\" placeholder=\"{}\"{required}></label>",
            escape(&parameter.description),
            escape(&parameter.name),
            escape(&parameter.name),
            escape(value),
            parameter.kind.name(),
        ));
    }
    form + "<button>Ask</button></form>\n"
}

/// The box for SPARQL.
pub(super) fn sparql_form(text: &str) -> String {
    format!(
        "<form action=\"/sparql\"><textarea name=\"query\" rows=\"8\">\n{}</textarea><br><button>Run</button></form>\n",
        escape(text)
    )
}

/// The page of a SELECT; entities link to all that is known of them.
pub(super) fn rows(service: &Service, heading: &Heading, rows: QuerySolutionIter<'_>) -> Result<String, QueryError> {
    let labels = service.graph.labels();
    let style = Style { prefixes: &service.prefixes, labels: Some(&labels), width: None };
    let mut table = String::from("<table><tr>");
    for variable in rows.variables() {
        table.push_str(&format!("<th>{}</th>", escape(variable.as_str())));
    }
    table.push_str("</tr>\n");
    let mut count = 0;
    for row in rows {
        let row = row?;
        count += 1;
        if count > MOST_ROWS {
            continue;
        }
        table.push_str("<tr>");
        for term in row.values() {
            table.push_str("<td>");
            if let Some(term) = term {
                push_term(&mut table, term, service, &style);
            }
            table.push_str("</td>");
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</table>\n");
    let note = match count {
        1 => "1 row".to_owned(),
        n if n > MOST_ROWS => format!("{n} rows, the first {MOST_ROWS} shown"),
        n => format!("{n} rows"),
    };
    Ok(result_page(heading, &format!("<p class=\"note\">{note}</p>\n{table}")))
}

/// The page of an ASK.
pub(super) fn yes_or_no(heading: &Heading, value: bool) -> String {
    result_page(heading, if value { "<p>Yes.</p>\n" } else { "<p>No.</p>\n" })
}

fn push_term(out: &mut String, term: &Term, service: &Service, style: &Style<'_>) {
    let text = escape(&query::cell(term, style));
    match term {
        Term::NamedNode(node) if is_entity(node.as_str(), service) => {
            let iri = encode(node.as_str());
            out.push_str(&format!("<a href=\"/ask/everything-about?thing={iri}\">{text}</a>"));
        }
        Term::NamedNode(node) => {
            out.push_str(&format!("<span title=\"{}\">{text}</span>", escape(node.as_str())));
        }
        _ => out.push_str(&text),
    }
}

fn is_entity(iri: &str, service: &Service) -> bool {
    iri.strip_prefix(service.prefixes.base()).is_some_and(|rest| rest.starts_with("entity/"))
}

fn result_page(heading: &Heading, result: &str) -> String {
    let title = escape(&heading.title);
    let below = &heading.below;
    let body = format!("<p><a href=\"/\">newsgraph</a></p>\n<h1>{title}</h1>\n{below}{result}");
    page(&heading.title, &body)
}

fn page(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )
}

/// Escapes for element content and for attributes in double quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Percent-encodes all but unreserved characters.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
