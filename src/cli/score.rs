//! `newsgraph score`: the graph measured on articles that people annotated.

mod corpus;
mod json;
mod show;

use crate::article::{Options, Reader};
use crate::cli::{CliError, EXIT_PARTIAL, output};
use crate::panics;
use crate::pipeline;
use crate::record::ArticleRecord;
use crate::score::gold::Gold;
use crate::score::{self, Case, Scores};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgraph score gold/ articles/                          precision, recall and F1 of every track
  newsgraph score --report gold/ articles/                 why what was missed was missed; which rules err
  newsgraph score --verbose gold/ articles/                every miss (-) and false hit (+), article by article
  newsgraph score --format json gold/ articles/ | jq .relations.f1
  newsgraph score corpus/fr                                short annotated texts, with their annotations in one file

GOLD_DIR holds a .json file an article, ARTICLE_DIR the articles by the names that these give; docs/gold.md
describes the format. Each article's graph is made and judged alone, then the graph of all for the merging of
things. No store is read or written. Annotations that cannot be right (evidence that is not in the article,
an id that no entity has) are named and scored as they are, and the exit code is 1.";

/// Measure the graph on annotated articles: precision, recall, F1, and why things were missed
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder of annotations, a .json file an article; without ARTICLE_DIR a folder or file of annotated texts (.txt)
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,
    /// The folder of the articles
    #[arg(value_name = "ARTICLE_DIR")]
    articles: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Count misses and false hits by cause, and how often each rule and each confidence is right
    #[arg(short, long)]
    report: bool,
    /// List every miss (-) and every false hit (+), article by article
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Json,
}

/// What was scored, and what came of it.
struct Outcome {
    cases: Vec<Case>,
    scores: Scores,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let cases = match &args.articles {
        Some(articles) => articles_with_gold(&args.gold, articles)?,
        None => corpus::read(&args.gold)?,
    };
    let faults = tell_faults(&args.gold, &cases);
    let outcome = Outcome { scores: score::score(&cases), cases };
    output::to_stdout(|out| match args.format {
        Format::Table => show::write(out, &outcome, args.verbose, args.report),
        Format::Json => json::write(out, &outcome, args.verbose, args.report),
    })?;
    Ok(ExitCode::from(if faults > 0 { EXIT_PARTIAL } else { 0 }))
}

/// The articles that the files of a folder annotate, with their records.
fn articles_with_gold(gold: &Path, articles: &Path) -> Result<Vec<Case>, CliError> {
    let files = gold_files(gold)?;
    if !articles.is_dir() {
        return Err(no_folder(articles, "the articles"));
    }
    let golds = files.iter().map(|file| read_gold(file)).collect::<Result<Vec<_>, _>>()?;
    read_articles(articles, &files, golds)
}

/// The .json files of a folder, in the order of their names.
fn gold_files(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    if !folder.is_dir() {
        return Err(no_folder(folder, "the annotations"));
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let entries = entries.map_err(|e| CliError::NotFound(format!("{}: cannot be read: {e}", folder.display())))?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    match files.is_empty() {
        true => {
            let hint = "give a folder with a .json file for each article (docs/gold.md)";
            Err(CliError::NotFound(format!("no annotations in {}: {hint}", folder.display())))
        }
        false => Ok(files),
    }
}

fn no_folder(path: &Path, of: &str) -> CliError {
    let why = if path.exists() { "not a folder" } else { "no such folder" };
    CliError::NotFound(format!("{}: {why}: give the folder of {of}", path.display()))
}

/// Reads a gold file; an error names file, line and column.
fn read_gold(file: &Path) -> Result<Gold, CliError> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|e| CliError::NotFound(format!("{name}: cannot be read: {e}")))?;
    Gold::parse(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let words = error.to_string();
        let what = words.split(" at line ").next().unwrap_or(&words);
        CliError::NotFound(format!("{name}:{line}:{column}: {what}: see docs/gold.md for the format"))
    })
}

/// The annotated articles with their records, in the order of the gold files.
fn read_articles(folder: &Path, files: &[PathBuf], golds: Vec<Gold>) -> Result<Vec<Case>, CliError> {
    let reader = Reader::new(Options::default()).map_err(|e| CliError::Failed(e.to_string()))?;
    let pairs: Vec<_> = files.iter().zip(golds).collect();
    let read: Vec<_> = pairs.into_par_iter().map(|(file, gold)| read_article(&reader, folder, file, gold)).collect();
    read.into_iter().collect()
}

fn read_article(reader: &Reader, folder: &Path, file: &Path, gold: Gold) -> Result<Case, CliError> {
    let path = folder.join(&gold.article);
    if !path.is_file() {
        let what = format!("no article {:?} in {}", gold.article, folder.display());
        let hint = "put it there, or correct \"article\"";
        return Err(CliError::NotFound(format!("{}: {what}: {hint}", file.display())));
    }
    let record = panics::catch(|| read_record(reader, &path));
    let internal = |panic| CliError::Failed(format!("{}: internal error, please report it: {panic}", path.display()));
    Ok(Case { record: record.map_err(internal)??, gold })
}

/// The record of a file that holds one article.
fn read_record(reader: &Reader, path: &Path) -> Result<ArticleRecord, CliError> {
    let paths = [path];
    let mut documents = reader.documents(&paths);
    let first = documents.next().ok_or_else(|| CliError::NotFound(format!("{}: no article in it", path.display())))?;
    if documents.next().is_some() {
        let hint = "annotations are of one article: give each a file of its own";
        return Err(CliError::NotFound(format!("{}: several articles in it: {hint}", path.display())));
    }
    first.map(pipeline::extract).map_err(|error| CliError::NotFound(error.to_string()))
}

/// Names what is wrong with the annotations; how much is.
fn tell_faults(folder: &Path, cases: &[Case]) -> usize {
    let mut count = 0;
    for case in cases {
        for fault in case.gold.faults(&case.record.document.text) {
            eprintln!("newsgraph: bad annotation: {}: {}: {fault}", folder.display(), case.gold.article);
            count += 1;
        }
    }
    count
}
