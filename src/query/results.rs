//! Results in every format, and as a table that people can read.

use super::{Labels, QueryError};
use crate::export;
use crate::prefix::Prefixes;
use comfy_table::{ContentArrangement, Table};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Quad, Term};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};
use std::io::Write;
use std::str::FromStr;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table for people; a graph as Turtle.
    Table,
    /// SPARQL results in JSON; a graph as JSON-LD.
    Json,
    /// CSV.
    Csv,
    /// TSV.
    Tsv,
    /// SPARQL results in XML; a graph as RDF/XML.
    Xml,
    /// A graph as Turtle.
    Turtle,
    /// A graph as N-Triples.
    NTriples,
}

impl Format {
    /// The names on the command line.
    pub const NAMES: [(&str, Format); 7] = [
        ("table", Format::Table),
        ("json", Format::Json),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("xml", Format::Xml),
        ("turtle", Format::Turtle),
        ("ntriples", Format::NTriples),
    ];

    fn of_rows(self) -> Result<QueryResultsFormat, QueryError> {
        match self {
            Format::Json => Ok(QueryResultsFormat::Json),
            Format::Csv => Ok(QueryResultsFormat::Csv),
            Format::Tsv => Ok(QueryResultsFormat::Tsv),
            Format::Xml => Ok(QueryResultsFormat::Xml),
            _ => Err(QueryError::Format(
                "SELECT and ASK give rows, not a graph: use table, json, csv, tsv or xml".into(),
            )),
        }
    }

    fn of_graph(self) -> Result<export::Format, QueryError> {
        match self {
            Format::Table | Format::Turtle => Ok(export::Format::Turtle),
            Format::NTriples => Ok(export::Format::NTriples),
            Format::Json => Ok(export::Format::JsonLd),
            Format::Xml => Ok(export::Format::RdfXml),
            Format::Csv | Format::Tsv => Err(QueryError::Format(
                "CONSTRUCT and DESCRIBE give a graph, not rows: use turtle, ntriples, json or xml".into(),
            )),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, f)| *f)
            .ok_or_else(|| format!("unknown format {name:?}; one of {}", Self::NAMES.map(|(n, _)| n).join(", ")))
    }
}

/// How terms look in a table.
pub struct Style<'a> {
    /// Shortens IRIs.
    pub prefixes: &'a Prefixes,
    /// Shows entities by name, where given.
    pub labels: Option<&'a Labels>,
    /// The widest a table may be; unlimited where none is given.
    pub width: Option<u16>,
}

/// A SELECT's result as text.
pub struct Cells {
    /// The variables.
    pub header: Vec<String>,
    /// The rows; an unbound variable is an empty text.
    pub rows: Vec<Vec<String>>,
}

/// Writes any result.
pub fn write(
    results: QueryResults<'_>,
    format: Format,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> Result<(), QueryError> {
    match results {
        QueryResults::Boolean(value) => write_boolean(value, format, out),
        QueryResults::Solutions(rows) => write_solutions(rows, format, style, out),
        QueryResults::Graph(triples) => write_graph(triples, format, style.prefixes, out),
    }
}

/// Writes the result of an ASK.
pub fn write_boolean(value: bool, format: Format, out: &mut dyn Write) -> Result<(), QueryError> {
    if format != Format::Table {
        let serializer = QueryResultsSerializer::from_format(format.of_rows()?);
        serializer.serialize_boolean_to_writer(&mut *out, value)?;
        if format != Format::Json && format != Format::Xml {
            return Ok(());
        }
        return Ok(writeln!(out)?);
    }
    Ok(writeln!(out, "{value}")?)
}

/// Writes the rows of a SELECT.
pub fn write_solutions(
    rows: QuerySolutionIter<'_>,
    format: Format,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> Result<(), QueryError> {
    if format == Format::Table {
        return Ok(writeln!(out, "{}", table(&Cells::of(rows, style)?, style.width))?);
    }
    let serializer = QueryResultsSerializer::from_format(format.of_rows()?);
    let variables = rows.variables().to_vec();
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables)?;
    for row in rows {
        writer.serialize(&row?)?;
    }
    writer.finish()?;
    match format {
        Format::Json | Format::Xml => Ok(writeln!(out)?),
        _ => Ok(()),
    }
}

fn write_graph(
    triples: QueryTripleIter<'_>,
    format: Format,
    prefixes: &Prefixes,
    out: &mut dyn Write,
) -> Result<(), QueryError> {
    let format = format.of_graph()?;
    let quads: Vec<Quad> =
        triples.map(|triple| Ok(triple?.in_graph(GraphName::DefaultGraph))).collect::<Result<_, QueryError>>()?;
    let quads = export::select(&quads, export::Scope::All, format);
    Ok(export::write(&quads, format, prefixes, out)?)
}

impl Cells {
    /// Reads all rows.
    pub fn of(rows: QuerySolutionIter<'_>, style: &Style<'_>) -> Result<Self, QueryError> {
        let header = rows.variables().iter().map(|v| v.as_str().to_owned()).collect();
        let rows = rows
            .map(|row| {
                let row = row?;
                let cells = row.values().iter();
                Ok(cells.map(|t| t.as_ref().map_or(String::new(), |t| cell(t, style))).collect())
            })
            .collect::<Result<_, QueryError>>()?;
        Ok(Self { header, rows })
    }
}

/// A term for people: names, short IRIs, bare values; languages and unusual datatypes are shown
/// only where names are not.
pub(crate) fn cell(term: &Term, style: &Style<'_>) -> String {
    match term {
        Term::NamedNode(node) => {
            let label = style.labels.and_then(|labels| labels.get(node.as_str()));
            label.map_or_else(|| short(style.prefixes, node.as_str()), str::to_owned)
        }
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => match literal.language() {
            Some(language) if style.labels.is_none() => format!("{} @{language}", literal.value()),
            _ if literal.datatype() == xsd::DECIMAL => trim_decimal(literal.value()).to_owned(),
            _ => literal.value().to_owned(),
        },
    }
}

fn trim_decimal(value: &str) -> &str {
    match value.contains('.') {
        true => value.trim_end_matches('0').trim_end_matches('.'),
        false => value,
    }
}

fn short(prefixes: &Prefixes, iri: &str) -> String {
    match prefixes.split(iri) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => iri.to_owned(),
    }
}

fn table(cells: &Cells, width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(&cells.header);
    table.add_rows(cells.rows.iter().map(|row| row.iter().map(|cell| printable(cell))));
    table
}

/// Control characters would break the table, or the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}
