//! Inputs → the bytes of single articles: a file whole, or JSON Lines one by one.

use super::Options;
use super::error::{InputError, Place, Reason};
use super::input::{Input, STDIN_LABEL};
use super::lines::Lines;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::iter;
use std::path::Path;

/// How much of an input is looked at to tell its format.
const HEAD: u64 = 4096;

/// The format that an article is given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text: the decoded file is the text.
    Plain,
    /// An HTML page.
    Html,
    /// One JSON object.
    Json,
}

/// The bytes of one article, not yet looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Where it comes from.
    pub place: Place,
    /// Its format.
    pub format: Format,
    /// The bytes: of the file, or of the JSON line without its line end.
    pub bytes: Vec<u8>,
}

/// The articles of one input, read as they are asked for.
pub type Raws = Box<dyn Iterator<Item = Result<Raw, InputError>> + Send>;

/// Opens an input and splits it into articles. JSON Lines are streamed, so a file of them may be
/// of any size.
pub fn open(input: &Input, options: &Options) -> Raws {
    match input {
        Input::Stdin => split(STDIN_LABEL, io::stdin(), None, options),
        Input::File(path) => match open_file(path) {
            Ok((file, size)) => split(&input.label(), file, size, options),
            Err(error) => one(Err(InputError::of(input.label(), Reason::from_io(error)))),
        },
    }
}

/// The file, and its size unless it is a pipe or a device.
fn open_file(path: &Path) -> io::Result<(File, Option<u64>)> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    Ok((file, meta.is_file().then_some(meta.len())))
}

/// Splits a stream into articles; the extension of `label` tells the format where it can.
pub fn split(label: &str, reader: impl Read + Send + 'static, size: Option<u64>, options: &Options) -> Raws {
    let mut reader = reader;
    let mut head = Vec::new();
    if let Err(error) = (&mut reader).take(HEAD).read_to_end(&mut head) {
        return one(Err(InputError::of(label, Reason::from_io(error))));
    }
    let shape = shape(label, &head);
    let stream = Cursor::new(head).chain(reader);
    match shape {
        Err(reason) => one(Err(InputError::of(label, reason))),
        Ok(Shape::Lines) => lines(label, stream, options),
        Ok(Shape::Whole(format)) => one(whole(label, stream, size, format, options)),
    }
}

fn one(raw: Result<Raw, InputError>) -> Raws {
    Box::new(iter::once(raw))
}

fn whole(
    label: &str,
    stream: impl Read,
    size: Option<u64>,
    format: Format,
    options: &Options,
) -> Result<Raw, InputError> {
    let limit = options.max_file_bytes;
    let too_large = |size| InputError::of(label, Reason::FileTooLarge { size, limit });
    if size.is_some_and(|size| size > limit) {
        return Err(too_large(size));
    }
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes).map_err(|e| InputError::of(label, Reason::from_io(e)))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(None));
    }
    Ok(Raw { place: Place::whole(label), format, bytes })
}

fn lines(label: &str, stream: impl Read + Send + 'static, options: &Options) -> Raws {
    let label = label.to_owned();
    let lines = Lines::new(BufReader::with_capacity(1 << 16, stream), options.max_line_bytes);
    Box::new(lines.map(move |(number, line)| {
        let place = Place::line(label.clone(), number);
        match line {
            Ok(bytes) => Ok(Raw { place, format: Format::Json, bytes }),
            Err(reason) => Err(InputError::new(place, reason)),
        }
    }))
}

/// How an input falls into articles.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    Whole(Format),
    Lines,
}

fn shape(label: &str, head: &[u8]) -> Result<Shape, Reason> {
    let start = trim_start(head);
    if start.is_empty() && (head.len() as u64) < HEAD {
        return Err(Reason::Empty);
    }
    let extension = Path::new(label).extension().and_then(|e| e.to_str()).unwrap_or("");
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Ok(Shape::Whole(Format::Html)),
        "jsonl" | "ndjson" => json_lines(head),
        "json" => json(head, start),
        _ if looks_like_json(start) => json(head, start),
        _ => Ok(Shape::Whole(document_format(start)?)),
    }
}

/// HTML or plain text by its first bytes; formats that would only give rubbish are refused.
fn document_format(start: &[u8]) -> Result<Format, Reason> {
    let lower = start[..start.len().min(1024)].to_ascii_lowercase();
    if lower.starts_with(b"%pdf-") {
        return Err(Reason::Format("PDF"));
    }
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return Ok(Format::Html);
    }
    let markup = lower.starts_with(b"<?xml") || lower.starts_with(b"<!--");
    if markup && lower.windows(5).any(|w| w == b"<html") {
        return Ok(Format::Html);
    }
    if lower.starts_with(b"<?xml") {
        return Err(Reason::Format("XML"));
    }
    Ok(Format::Plain)
}

/// `{` followed by a key or its end: the start of a JSON object.
fn looks_like_json(start: &[u8]) -> bool {
    start.strip_prefix(b"{").is_some_and(|rest| matches!(trim_start(rest).first(), Some(b'"' | b'}')))
}

/// JSON Lines, or one object written over several lines.
fn json(head: &[u8], start: &[u8]) -> Result<Shape, Reason> {
    let first_line = start.split(|b| *b == b'\n').next().unwrap_or(start);
    match first_line.trim_ascii() {
        b"{" => Ok(Shape::Whole(Format::Json)),
        line if line.starts_with(b"[") => Err(Reason::JsonArray),
        _ => json_lines(head),
    }
}

fn json_lines(head: &[u8]) -> Result<Shape, Reason> {
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => Err(Reason::JsonCharset(encoding.name())),
        _ => Ok(Shape::Lines),
    }
}

/// Without a UTF-8 byte order mark and leading blanks.
fn trim_start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(label: &str, head: &str) -> Shape {
        shape(label, head.as_bytes()).unwrap()
    }

    #[test]
    fn extension_and_first_bytes_tell_the_format() {
        assert_eq!(shape_of("a.txt", "Some news."), Shape::Whole(Format::Plain));
        assert_eq!(shape_of("a", "\u{feff}\n<!DOCTYPE html><p>"), Shape::Whole(Format::Html));
        assert_eq!(shape_of("a", "<?xml version='1.0'?>\n<html>"), Shape::Whole(Format::Html));
        assert_eq!(shape_of("a.HTM", "<p>"), Shape::Whole(Format::Html));
        assert_eq!(shape_of("a.jsonl", "rubbish"), Shape::Lines);
        assert_eq!(shape_of("<stdin>", " {\"text\": \"x\"}\n"), Shape::Lines);
        assert_eq!(shape_of("a.json", "{\n \"text\": \"x\"\n}"), Shape::Whole(Format::Json));
        assert_eq!(shape_of("a.txt", "{sic} he wrote"), Shape::Whole(Format::Plain));
    }

    #[test]
    fn what_would_give_rubbish_is_refused() {
        assert!(matches!(shape("a.json", b"[{}]"), Err(Reason::JsonArray)));
        assert!(matches!(shape("a.pdf", b"%PDF-1.7"), Err(Reason::Format("PDF"))));
        assert!(matches!(shape("a.xml", b"<?xml version='1.0'?><rss>"), Err(Reason::Format("XML"))));
        assert!(matches!(shape("a.jsonl", b"\xFF\xFE{\0"), Err(Reason::JsonCharset("UTF-16LE"))));
        assert!(matches!(shape("a.txt", b" \n"), Err(Reason::Empty)));
    }

    #[test]
    fn a_stream_over_the_limit_is_refused_without_its_size() {
        let options = Options { max_file_bytes: 10_000, ..Options::default() };
        let mut raws = split("a.txt", io::repeat(b'x'), None, &options);
        assert!(matches!(
            raws.next(),
            Some(Err(InputError { reason: Reason::FileTooLarge { size: None, limit: 10_000 }, .. }))
        ));
        assert!(raws.next().is_none());
    }
}
