//! `newsgraph analyze`: words, tags, trees and names of texts, without a store.

use crate::analysis::Analysis;
use crate::analysis::conllu::{self, Given, Origin, Sentences};
use crate::analysis::syntax::{NameTag, Sentence};
use crate::article::error::Place;
use crate::article::identify::Identifier;
use crate::article::input::{self, Input};
use crate::article::{Document, Options, Reader};
use crate::cli::build::language;
use crate::cli::{CliError, EXIT_PARTIAL, output};
use crate::language::{Language, LanguageData};
use crate::mention::{date, name, number, quote, tags};
use crate::pipeline;
use crate::text::{CodePoints, Span};
use comfy_table::{ContentArrangement, Table, presets};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgraph analyze article.txt                              a table of its words
  newsgraph analyze --format conllu articles/ > all.conllu   for other tools
  newsgraph analyze --format ann article.txt > article.ann   names, dates, numbers, quotations for brat
  newsgraph analyze --input conllu --language de test.conllu words and sentences are given

CoNLL-U and tables have the names of the learned tagger: NER=B-PER, I-PER (PER ORG LOC PRODUCT WORK
EVENT) in the last column, and on the first word EntityType, the class in the ontology. brat's annotations are
the names that the graph is made of, decided by rules and tagger together. Of a CoNLL-U input sentences, tokens, words and
comments stay; tags, lemmas, features and trees are made anew, empty nodes and enhanced trees left out.
Its documents begin with # newdoc; at most 100 sentences are looked at together. A faulty
sentence is named and passed over, and the exit code is 1.";

/// Most sentences of a CoNLL-U file that names are looked for in together.
const TOGETHER: usize = 100;

/// Show words, tags, trees and names of texts
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print; a table on a terminal, else conllu
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = InputFormat::Text)]
    input: InputFormat,
    /// The language of all the files, not to be guessed: de, en, fr or id
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table a sentence
    Table,
    /// CoNLL-U
    Conllu,
    /// brat's standoff annotations, in code points of the article's text
    Ann,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    /// Articles: plain text, HTML, JSON Lines
    Text,
    /// Sentences and words in CoNLL-U
    Conllu,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let terminal = if io::stdout().is_terminal() { Format::Table } else { Format::Conllu };
    let format = args.format.unwrap_or(terminal);
    let mut report = Report::default();
    output::to_stdout(|out| match args.input {
        InputFormat::Text => articles(&args, format, &mut report, out),
        InputFormat::Conllu => treebanks(&args, format, &mut report, out),
    })?;
    Ok(ExitCode::from(if report.bad > 0 { EXIT_PARTIAL } else { 0 }))
}

/// What went wrong, told as it does.
#[derive(Default)]
struct Report {
    bad: usize,
}

impl Report {
    fn bad(&mut self, place: impl std::fmt::Display, what: impl std::fmt::Display) {
        self.bad += 1;
        eprintln!("newsgraph: bad input: {place}: {what}");
    }
}

fn articles(args: &Args, format: Format, report: &mut Report, out: &mut dyn Write) -> Result<(), CliError> {
    let options = Options { language: args.language, ..Options::default() };
    let reader = Reader::new(options).map_err(|e| CliError::Failed(e.to_string()))?;
    let mut seen: HashMap<String, usize> = HashMap::new();
    for document in reader.documents(&args.paths) {
        let document = match document {
            Ok(document) => document,
            Err(error) => {
                report.bad(error.place, error.reason);
                continue;
            }
        };
        let mut id = document.sha256[..16].to_owned();
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            id += &format!("-{times}");
        }
        let found = Found::new(Analysis::new(&document, LanguageData::of(document.language)));
        match format {
            Format::Ann => write_ann(out, &found, seen.len() == 1 && id.len() == 16, &id)?,
            Format::Table => (0..found.analysis.syntax.len()).try_for_each(|n| write_table(out, &found, n))?,
            Format::Conllu => write_article(out, &found, &id)?,
        }
    }
    Ok(())
}

/// An analysis with the names of its words.
struct Found<'a> {
    analysis: Analysis<'a>,
    names: Vec<name::Name>,
    tags: Vec<Vec<NameTag>>,
}

impl<'a> Found<'a> {
    fn new(mut analysis: Analysis<'a>) -> Self {
        let names = pipeline::names(&mut analysis);
        let tags = analysis.syntax.iter().map(|s| s.words.iter().map(|w| w.name).collect()).collect();
        Self { analysis, names, tags }
    }

    fn text(&self) -> &str {
        &self.analysis.document.text
    }
}

fn write_article(out: &mut dyn Write, found: &Found, id: &str) -> io::Result<()> {
    for (n, (sentence, tags)) in found.analysis.syntax.iter().zip(&found.tags).enumerate() {
        let mut comments = vec![];
        if n == 0 {
            comments.push(format!("# newdoc id = {id}"));
        }
        comments.push(format!("# sent_id = {id}-{}", n + 1));
        conllu::write(out, found.text(), sentence, tags, Origin::Text(&comments))?;
    }
    Ok(())
}

/// A line for each name, date, number and quotation: id, class with start and end, words; the value as a note.
/// Every article but the first begins with a comment, so that the file of one article is what brat reads.
fn write_ann(out: &mut dyn Write, found: &Found, first: bool, id: &str) -> io::Result<()> {
    if !first {
        writeln!(out, "# newdoc id = {id}")?;
    }
    let points = CodePoints::new(found.text());
    for (n, (span, class, note)) in annotations(found).into_iter().enumerate() {
        let (start, end) = (points.at(found.text(), span.start), points.at(found.text(), span.end));
        let words = span.of(found.text()).replace(['\n', '\r', '\t'], " ");
        writeln!(out, "T{}\t{class} {start} {end}\t{words}", n + 1)?;
        if let Some(note) = note {
            writeln!(out, "#{}\tAnnotatorNotes T{}\t{note}", n + 1, n + 1)?;
        }
    }
    Ok(())
}

/// Names, dates, numbers and quotations in text order.
fn annotations(found: &Found) -> Vec<(Span, &'static str, Option<String>)> {
    let mut all: Vec<(Span, &'static str, Option<String>)> = Vec::new();
    all.extend(tags::outermost(&found.names).into_iter().map(|n| (n.span, conllu::class(n.votes.winner()), None)));
    let dates = date::find(&found.analysis);
    let numbers = number::find(&found.analysis, &dates);
    all.extend(quote::find(&found.analysis).into_iter().map(|q| (q.inner, "Quotation", None)));
    all.extend(numbers.into_iter().map(|n| (found.analysis.span(n.tokens), "Quantity", n.value)));
    let note = |iso: String| Some(iso).filter(|iso| !iso.is_empty());
    all.extend(dates.into_iter().map(|d| (found.analysis.span(d.tokens), "Date", note(d.iso))));
    all.sort_by_key(|(span, class, _)| (span.start, span.end, *class));
    all
}

fn write_table(out: &mut dyn Write, found: &Found, sentence: usize) -> io::Result<()> {
    let words = &found.analysis.syntax[sentence];
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    if let Some(width) = output::width() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(["", "form", "lemma", "upos", "feats", "head", "deprel", "name"]);
    for (i, (word, tag)) in words.words.iter().zip(&found.tags[sentence]).enumerate() {
        let feats = if word.feats.is_empty() { String::new() } else { conllu::feats(&word.feats) };
        let (number, head) = ((i + 1).to_string(), word.head.to_string());
        let cells =
            [&number, &word.form, &word.lemma, word.upos.as_str(), &feats, &head, word.deprel, &name_cell(*tag)];
        table.add_row(cells.map(printable));
    }
    writeln!(out, "{}\n{table}\n", printable(&words.text(found.text())))
}

fn name_cell(tag: NameTag) -> String {
    match tag {
        NameTag::O => String::new(),
        NameTag::B(kind) => format!("B {}", conllu::class(kind)),
        NameTag::I(kind) => format!("I {}", conllu::class(kind)),
    }
}

/// Control characters would break the table, or the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn treebanks(args: &Args, format: Format, report: &mut Report, out: &mut dyn Write) -> Result<(), CliError> {
    let identifier = Identifier::embedded().map_err(|e| CliError::Failed(e.to_string()))?;
    for input in input::walk(&args.paths) {
        let (label, source): (String, Box<dyn BufRead>) = match input {
            Ok(Input::Stdin) => (Input::Stdin.label(), Box::new(io::stdin().lock())),
            Ok(Input::File(path)) => match File::open(&path) {
                Ok(file) => (path.display().to_string(), Box::new(BufReader::with_capacity(1 << 16, file))),
                Err(error) => {
                    report.bad(Place::whole(path.display().to_string()), format!("cannot be read: {error}"));
                    continue;
                }
            },
            Err(error) => {
                report.bad(error.place, error.reason);
                continue;
            }
        };
        let language = args.language;
        Treebank { label, identifier: &identifier, language, format, report, number: 0 }.run(source, out)?;
    }
    Ok(())
}

/// One CoNLL-U file on its way through.
struct Treebank<'a> {
    label: String,
    identifier: &'a Identifier,
    /// The language told on the command line, or that of the last document.
    language: Option<Language>,
    format: Format,
    report: &'a mut Report,
    /// Sentences written.
    number: u64,
}

impl Treebank<'_> {
    fn run(&mut self, source: Box<dyn BufRead>, out: &mut dyn Write) -> Result<(), CliError> {
        let told = self.language.is_some();
        let mut document: Vec<Given> = Vec::new();
        for given in Sentences::new(source) {
            match given {
                Ok(given) => {
                    if document.len() >= TOGETHER || (given.is_new_document() && !document.is_empty()) {
                        self.document(&document, told, out)?;
                        document.clear();
                    }
                    document.push(given);
                }
                Err(fault) => self.report.bad(Place::line(&self.label, fault.line), fault.what),
            }
        }
        if !document.is_empty() {
            self.document(&document, told, out)?;
        }
        Ok(())
    }

    fn document(&mut self, given: &[Given], told: bool, out: &mut dyn Write) -> Result<(), CliError> {
        let mut text = String::new();
        let mut sentences: Vec<Sentence> = Vec::new();
        for sentence in given {
            sentences.push(sentence.place(&mut text));
            text.push('\n');
        }
        if !told {
            match self.identifier.identify(&text, None) {
                Ok(language) => self.language = Some(language),
                Err(reason) if self.language.is_none() => {
                    let what = format!("{reason}; say which it is with --language");
                    self.report.bad(Place::whole(&self.label), what);
                    return Ok(());
                }
                Err(_) => {}
            }
        }
        let language = self.language.expect("told, identified, or returned");
        let document = Document::of_text(text, language);
        let found = Found::new(Analysis::of_sentences(&document, LanguageData::of(language), sentences));
        if self.format == Format::Ann {
            self.number += 1;
            return Ok(write_ann(out, &found, self.number == 1, &format!("{}-{}", self.label, self.number))?);
        }
        for (n, given) in given.iter().enumerate() {
            self.number += 1;
            match self.format {
                Format::Table => write_table(out, &found, n)?,
                _ => {
                    let origin = Origin::File(given, self.number);
                    conllu::write(out, found.text(), &found.analysis.syntax[n], &found.tags[n], origin)?;
                }
            }
        }
        Ok(())
    }
}
