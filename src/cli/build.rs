//! `newsgraph build`: reads articles on all cores and writes each in one transaction.

use crate::article::error::{InputError, Place};
use crate::article::input::{self, Input, STDIN_LABEL};
use crate::article::raw::Raw;
use crate::article::{Options, Reader};
use crate::cli::{CliError, EXIT_PARTIAL, StoreArgs};
use crate::fusion::{FileError, KnownThings, Links};
use crate::language::Language;
use crate::panics;
use crate::pipeline;
use crate::record::ArticleRecord;
use crate::store::{Added, Ingest, Put, Store, StoreError, source_name};
use indicatif::{ProgressBar, ProgressStyle};
use oxigraph::model::NamedNode;
use rayon::prelude::*;
use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  newsgraph build articles/                      a folder with all below it
  newsgraph build --store fines/ a.html b.txt    files into a store of your own
  zcat crawl.jsonl.gz | newsgraph build -        standard input
  newsgraph build --language fr depeches/        when the language is known
  newsgraph build --wait=60 articles/            wait a minute while another build runs

Read are plain text, HTML and JSON Lines (.txt .html .json .jsonl ...), languages de, en, fr, id.
An article read again changes nothing; a new text at an article's URL replaces the old one.
A build that was cut off goes on where it was when it is run again: each article is written
whole or not at all. Exit code 1 says that some input was bad (each is named) and the rest built.";

/// Articles that wait to be written, at most; bounds the memory of a build.
const QUEUE: usize = 64;

/// Read articles into the store
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The language of all the articles, not to be guessed: de, en, fr or id
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
    /// What the graph's own IRIs begin with; kept with the store
    #[arg(long, value_name = "IRI", value_parser = base)]
    base: Option<String>,
    /// Leave the articles' text out of the graph; kept with the store
    #[arg(long)]
    no_article_body: bool,
    /// Have the articles' text in the graph again
    #[arg(long, conflicts_with = "no_article_body")]
    article_body: bool,
    /// Leave out of the graph what is less certain than this, from 0 to 1; kept with the store
    #[arg(long, value_name = "CONFIDENCE", value_parser = hundredths)]
    min_confidence: Option<u8>,
    /// Turtle or N-Triples of things that are one (owl:sameAs) or are not (owl:differentFrom); kept with the store
    #[arg(long, value_name = "FILE")]
    links: Option<PathBuf>,
    /// Turtle or N-Triples of known things with labels, to link names to; kept with the store
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    quiet: bool,
    /// Name each article once it is safely written
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
}

impl Args {
    /// What `serve PATH...` builds: these articles into this store, all else by default.
    pub(super) fn of(store: StoreArgs, paths: Vec<PathBuf>) -> Self {
        Args {
            store,
            paths,
            language: None,
            base: None,
            no_article_body: false,
            article_body: false,
            min_confidence: None,
            links: None,
            known: None,
            quiet: false,
            verbose: false,
        }
    }
}

/// The language of a code on the command line.
pub(super) fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "give de, en, fr or id".to_owned())
}

fn base(iri: &str) -> Result<String, String> {
    NamedNode::new(iri).map_err(|e| e.to_string())?;
    match iri.ends_with(['/', '#']) {
        true => Ok(iri.to_owned()),
        false => Err("it must end in / or #".to_owned()),
    }
}

/// A confidence as the graph writes it, in hundredths.
fn hundredths(text: &str) -> Result<u8, String> {
    let value: f64 = text.replace(',', ".").parse().map_err(|_| "give a number from 0 to 1, such as 0.7".to_owned())?;
    match (0.0..=1.0).contains(&value) {
        true => Ok((value * 100.0).round() as u8),
        false => Err("it must lie between 0 and 1".to_owned()),
    }
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let start = Instant::now();
    // A bad file is told of before anything is changed.
    let links = args.links.as_deref().map(given).transpose()?;
    let known = args.known.as_deref().map(given).transpose()?;
    let store = args.store.create()?;
    set_options(&store, &args, links, known)?;
    let options = Options { language: args.language, ..Options::default() };
    let reader = Reader::new(options).map_err(|e| CliError::Failed(e.to_string()))?;
    let mut report = Report::new(&args);
    build(&store, &reader, &args.paths, &mut report)?;
    report.finish(&store, start)?;
    if args.links.is_some() {
        tell_unheard(&store)?;
    }
    Ok(ExitCode::from(if report.bad > 0 { EXIT_PARTIAL } else { 0 }))
}

/// What a file of links or known things says.
fn given<T: FromStr<Err = FileError>>(path: &Path) -> Result<T, CliError> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| CliError::NotFound(format!("{name}: cannot be read: {e}")))?;
    text.parse().map_err(|e| CliError::Usage(format!("{name}: {e}: nothing was changed")))
}

/// Names the links that are about nothing in the articles: a misspelt IRI, or an article that is still to come.
fn tell_unheard(store: &Store) -> Result<(), StoreError> {
    let records = store.records()?;
    for iri in pipeline::fuse(&pipeline::sorted(&records), &store.options()?).unheard {
        eprintln!("newsgraph: link without a thing: <{iri}>: no article names it yet");
    }
    Ok(())
}

/// Writes the options that the command line gives, if they are not the store's already.
fn set_options(store: &Store, args: &Args, links: Option<Links>, known: Option<KnownThings>) -> Result<(), StoreError> {
    let old = store.options()?;
    let mut new = old.clone();
    new.base = args.base.clone().unwrap_or(new.base);
    new.article_body = (new.article_body || args.article_body) && !args.no_article_body;
    new.min_confidence = args.min_confidence.unwrap_or(new.min_confidence);
    new.links = links.unwrap_or(new.links);
    new.known = known.unwrap_or(new.known);
    if new != old {
        store.set_options(&new)?;
    }
    Ok(())
}

/// What a reading thread hands to the writing one.
enum Read {
    Article(Box<ArticleRecord>, Place),
    Bad(Place, String),
}

/// Reads on all cores, writes on this thread.
fn build(store: &Store, reader: &Reader, paths: &[PathBuf], report: &mut Report) -> Result<(), StoreError> {
    let (sender, receiver) = sync_channel(QUEUE);
    std::thread::scope(|scope| {
        scope.spawn(move || read_all(reader, paths, &sender));
        // On an error the receiver is dropped, and with it the readers stop.
        write_all(store, receiver, report)
    })
}

/// Hands on one article after the other, in no order.
fn read_all(reader: &Reader, paths: &[PathBuf], sender: &SyncSender<Read>) {
    let raws = reader.raws(paths).par_bridge();
    // An error here says that the writer has stopped, and it says why.
    let _ = raws.try_for_each(|raw| sender.send(read(reader, raw)));
}

fn read(reader: &Reader, raw: Result<Raw, InputError>) -> Read {
    let raw = match raw {
        Ok(raw) => raw,
        Err(error) => return bad(error),
    };
    let place = raw.place.clone();
    match panics::catch(|| reader.document(raw).map(pipeline::extract)) {
        Ok(Ok(record)) => Read::Article(Box::new(record), place),
        Ok(Err(error)) => bad(error),
        Err(panic) => Read::Bad(place, format!("internal error, please report it: {panic}")),
    }
}

fn bad(error: InputError) -> Read {
    Read::Bad(error.place, error.reason.to_string())
}

fn write_all(store: &Store, receiver: Receiver<Read>, report: &mut Report) -> Result<(), StoreError> {
    let mut ingest = Ingest::new(store);
    for read in receiver {
        report.bar.inc(1);
        match read {
            Read::Article(record, place) => {
                if let Some(added) = ingest.add(*record, source(&place))? {
                    report.added(&added);
                }
            }
            Read::Bad(place, reason) => report.bad(&place, &reason),
        }
    }
    ingest.finish()?.iter().for_each(|added| report.added(added));
    Ok(())
}

/// What the article is to be found by in the store.
fn source(place: &Place) -> String {
    match place.label.as_str() {
        STDIN_LABEL => STDIN_LABEL.to_owned(),
        path => source_name(Path::new(path)),
    }
}

/// Counts what happens and says it on standard error.
struct Report {
    bar: ProgressBar,
    quiet: bool,
    verbose: bool,
    new: usize,
    unchanged: usize,
    replaced: usize,
    superseded: usize,
    bad: usize,
}

impl Report {
    fn new(args: &Args) -> Report {
        let (quiet, verbose) = (args.quiet, args.verbose);
        let bar = progress_bar(&args.paths, quiet);
        Report { bar, quiet, verbose, new: 0, unchanged: 0, replaced: 0, superseded: 0, bad: 0 }
    }

    fn bad(&mut self, place: &Place, reason: &str) {
        self.bad += 1;
        self.say(&format!("newsgraph: bad input: {place}: {reason}"));
    }

    fn added(&mut self, added: &Added) {
        let (count, word) = match &added.put {
            Some(Put::New) => (&mut self.new, "written"),
            Some(Put::Replaced { .. }) => (&mut self.replaced, "written"),
            Some(Put::Unchanged) => (&mut self.unchanged, "unchanged"),
            None => (&mut self.superseded, "superseded"),
        };
        *count += 1;
        if self.verbose {
            self.say(&format!("{word} {} {}", added.id, added.source));
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    fn finish(&self, store: &Store, start: Instant) -> Result<(), StoreError> {
        self.bar.finish_and_clear();
        if self.quiet {
            return Ok(());
        }
        let Report { new, unchanged, replaced, superseded, bad, .. } = self;
        let older = if *superseded > 0 { format!(", {superseded} superseded") } else { String::new() };
        eprintln!(
            "newsgraph: {new} new, {unchanged} unchanged, {replaced} replaced{older}, {bad} bad; \
             {} articles in {}; {:.1} s",
            store.len()?,
            store.dir().display(),
            start.elapsed().as_secs_f64()
        );
        Ok(())
    }
}

/// Draws on a terminal only, and a bar only where the number of articles can be told.
fn progress_bar(paths: &[PathBuf], quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match count(paths) {
        Some(files) => (ProgressBar::new(files), "{bar:40} {pos}/{len} articles  {per_sec}  {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {pos} articles  {per_sec}  {elapsed}"),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The number of articles; `None` where a file may hold many.
fn count(paths: &[PathBuf]) -> Option<u64> {
    input::walk(paths).try_fold(0, |count, input| match input {
        Ok(Input::File(path)) if !is_lines(&path) => Some(count + 1),
        Ok(_) => None,
        Err(_) => Some(count + 1),
    })
}

fn is_lines(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["json", "jsonl", "ndjson"].contains(&extension.to_ascii_lowercase().as_str())
}
