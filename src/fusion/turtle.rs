//! Turtle (and N-Triples, which is Turtle too) with the line at which each triple stands.

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::Triple;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct FileError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong there.
    pub reason: String,
}

impl FileError {
    pub(super) fn new(line: u64, reason: impl Into<String>) -> Self {
        Self { line, reason: reason.into() }
    }
}

/// The triples of a text, each with the line at which it ends.
pub(super) fn triples(text: &str) -> impl Iterator<Item = Result<(u64, Triple), FileError>> {
    let line = Rc::new(Cell::new(0));
    let reader = Lines { rest: text.as_bytes(), line: line.clone() };
    RdfParser::from_format(RdfFormat::Turtle).for_reader(reader).map(move |quad| match quad {
        Ok(quad) => Ok((line.get(), Triple::new(quad.subject, quad.predicate, quad.object))),
        Err(RdfParseError::Syntax(error)) => {
            let at = error.location().map_or(line.get(), |l| l.start.line + 1);
            // The parser says the line too.
            let words = error.to_string();
            Err(FileError::new(at, words.split_once(": ").map_or(words.as_str(), |(_, reason)| reason)))
        }
        Err(RdfParseError::Io(error)) => Err(FileError::new(line.get(), error.to_string())),
    })
}

/// Gives one line at a time, so that the parser has read no further than it says.
struct Lines<'a> {
    rest: &'a [u8],
    line: Rc<Cell<u64>>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.rest.iter().position(|b| *b == b'\n').map_or(self.rest.len(), |i| i + 1);
        let length = end.min(buffer.len());
        let (line, rest) = self.rest.split_at(length);
        buffer[..length].copy_from_slice(line);
        if length == end && length > 0 {
            self.line.set(self.line.get() + 1);
        }
        self.rest = rest;
        Ok(length)
    }
}
