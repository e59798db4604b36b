//! `newsgraph ask`: the named questions.

use crate::cli::source::SourceArgs;
use crate::cli::{CliError, output, query as query_command};
use crate::prefix::Prefixes;
use crate::query::{self, BindError, Dataset, Default, Format, Labels, Question, Questions, Style};
use oxigraph::sparql::CancellationToken;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Answer a named question; without one, list them
///
/// Example: newsgraph ask owners company="Office Smith"
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
    /// The question's name
    question: Option<String>,
    /// Its parameters, as NAME=VALUE or, in the question's order, VALUE alone
    #[arg(value_name = "NAME=VALUE")]
    values: Vec<String>,
    /// A parameter, as NAME=VALUE
    #[arg(long = "param", short, value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// A folder of further questions (*.rq)
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
    /// How results are written: table, json, csv, tsv, xml; a graph also turtle, ntriples
    #[arg(long, default_value = "table")]
    format: Format,
    /// Show IRIs in the table in place of names
    #[arg(long)]
    iris: bool,
    /// The language of names in the table
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: String,
    /// Print the question's SPARQL and stop
    #[arg(long, requires = "question")]
    show: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let usage = |error: &dyn std::error::Error| CliError::Usage(error.to_string());
    let mut questions = Questions::embedded().map_err(|e| usage(&e))?;
    if let Some(dir) = &args.queries {
        questions = questions.with_folder(dir).map_err(|e| usage(&e))?;
    }
    let Some(name) = &args.question else {
        output::to_stdout(|out| list(&questions, out))?;
        return Ok(ExitCode::SUCCESS);
    };
    let question = questions.get(name).ok_or_else(|| unknown(name, &questions))?;
    match args.show {
        true => output::to_stdout(|out| out.write_all(question.text.as_bytes()))?,
        false => query::on_deep_stack(|| answer(&args, question))??,
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &Args, question: &Question) -> Result<(), CliError> {
    let values = parameters(question, args.values.iter(), args.params.iter())?;
    let (graph, base) = args.source.graph()?;
    let prefixes = Prefixes::standard(&base);
    let bound = query::bind(&graph, question, &values, &prefixes).map_err(bind_error)?;
    let failed = |e| query_command::error(&question.name, e);
    let results = query::evaluate(&graph, bound, &Dataset::Fused, &CancellationToken::new());
    let labels = match args.iris || args.format != Format::Table {
        true => None,
        false => {
            Some(Labels::of(&graph, &args.lang)).transpose().map_err(|error| CliError::Failed(error.to_string()))?
        }
    };
    let style = Style { prefixes: &prefixes, labels: labels.as_ref(), width: output::width() };
    let results = results.map_err(failed)?;
    output::to_stdout(|out| query::write(results, args.format, &style, out)).map_err(failed)
}

/// `NAME=VALUE`, or a bare value for the next parameter in the question's order.
fn parameters<'a>(
    question: &Question,
    values: impl Iterator<Item = &'a String>,
    params: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, String>, CliError> {
    let is_name = |name: &str| question.parameters.iter().any(|p| p.name == name);
    let mut bound = BTreeMap::new();
    for param in params {
        let (name, value) =
            param.split_once('=').ok_or_else(|| CliError::Usage(format!("--param {param}: give it as NAME=VALUE")))?;
        bound.insert(name.to_owned(), value.to_owned());
    }
    for text in values {
        let word = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        match text.split_once('=') {
            Some((name, value)) if is_name(name) || word(name) => {
                bound.insert(name.to_owned(), value.to_owned());
            }
            _ => {
                let mut free = question.parameters.iter().filter(|p| !bound.contains_key(&p.name));
                let next = free.next().map(|p| p.name.clone()).ok_or_else(|| {
                    let name = &question.name;
                    CliError::Usage(format!("{name} has no further parameter for {text:?}"))
                })?;
                bound.insert(next, text.clone());
            }
        }
    }
    Ok(bound)
}

fn bind_error(error: BindError) -> CliError {
    match error {
        BindError::NoSuchThing { .. } => CliError::NotFound(error.to_string()),
        BindError::Storage(_) => CliError::Failed(error.to_string()),
        _ => CliError::Usage(error.to_string()),
    }
}

fn unknown(name: &str, questions: &Questions) -> CliError {
    let names: Vec<_> = questions.iter().map(|q| q.name.as_str()).collect();
    CliError::Usage(format!("no question {name:?}: one of {}", names.join(", ")))
}

fn list(questions: &Questions, out: &mut dyn Write) -> std::io::Result<()> {
    for question in questions.iter() {
        writeln!(out, "{}: {}", question.name, question.title)?;
        for parameter in &question.parameters {
            let default = match &parameter.default {
                Default::Required => "required".to_owned(),
                Default::Any => "any".to_owned(),
                Default::Value(value) => format!("default {value}"),
            };
            let (name, kind) = (&parameter.name, parameter.kind.name());
            writeln!(out, "    {name}=… ({kind}, {default}): {}", parameter.description)?;
        }
    }
    Ok(())
}
