//! Bytes → [`Document`]: plain text, HTML, JSON Lines; metadata; language; furniture.
//!
//! [`input::walk`] lists inputs, [`raw::open`] splits each into the bytes of single articles, and
//! [`Reader::document`] makes a document of them. The first two are streams; the last is pure, so
//! articles can be read in parallel.

pub mod charset;
pub mod data;
pub mod date;
pub mod error;
pub mod furniture;
pub mod headline;
pub mod html;
pub mod identify;
pub mod input;
pub mod json;
mod layout;
mod lines;
pub mod metadata;
pub mod raw;
mod structure;

use crate::language::Language;
use crate::text::Span;
use error::{InputError, Reason};
use furniture::Furniture;
use identify::Identifier;
use metadata::Metadata;
use raw::{Format, Raw};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::path::Path;

/// One article as read: the text that all spans count in, and what the input says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The text that offsets count in (`schema:articleBody`). Of a plain-text file the decoded
    /// file unchanged; of HTML or JSON the text taken from it.
    pub text: String,
    /// Hex SHA-256 of the input's bytes: the file, or the JSON line.
    pub sha256: String,
    /// The language the text is in.
    pub language: Language,
    /// The headline: the input's title, else the first line of the text.
    pub headline: String,
    /// Where the headline stands in `text`, if it does.
    pub headline_span: Option<Span>,
    /// Publication date, ISO 8601 (`2024-07-20` or with a time), where the input gives it.
    pub published: Option<String>,
    /// Publisher's name, where the input gives it.
    pub publisher: Option<String>,
    /// Author's name, where the input gives it.
    pub author: Option<String>,
    /// The article's address, where the input gives it.
    pub url: Option<String>,
    /// Stretches that are the site's own furniture (contact blocks, share lines, comments,
    /// "read also"), sorted, not overlapping. Nothing in them becomes part of the graph.
    pub furniture: Vec<Span>,
}

impl Document {
    /// A text of which nothing else is known.
    pub fn of_text(text: String, language: Language) -> Self {
        Self {
            text,
            sha256: String::new(),
            language,
            headline: String::new(),
            headline_span: None,
            published: None,
            publisher: None,
            author: None,
            url: None,
            furniture: Vec::new(),
        }
    }
}

/// How articles are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The largest text or HTML file that is read. JSON Lines files may be of any size.
    pub max_file_bytes: u64,
    /// The longest JSON line that is read.
    pub max_line_bytes: usize,
    /// The language of every article; by default each text tells its own.
    pub language: Option<Language>,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_file_bytes: 64 << 20, max_line_bytes: 16 << 20, language: None }
    }
}

/// Reads articles. Made once, used for many, from any number of threads.
pub struct Reader {
    options: Options,
    furniture: Furniture,
    identifier: Identifier,
}

impl Reader {
    /// A reader with the language data that the program carries.
    pub fn new(options: Options) -> Result<Self, data::DataError> {
        Ok(Self { options, furniture: Furniture::embedded()?, identifier: Identifier::embedded()? })
    }

    /// How it reads.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Every article of the files, folders and `-`, in order, each read when it is asked for.
    pub fn documents<P: AsRef<Path>>(&self, paths: &[P]) -> impl Iterator<Item = Result<Document, InputError>> {
        self.raws(paths).map(|raw| self.document(raw?))
    }

    /// The articles' bytes, unread: for those who call [`Reader::document`] in parallel.
    pub fn raws<P: AsRef<Path>>(&self, paths: &[P]) -> impl Iterator<Item = Result<Raw, InputError>> + Send + use<P> {
        let options = self.options.clone();
        input::walk(paths).flat_map(move |input| match input {
            Ok(input) => raw::open(&input, &options),
            Err(error) => Box::new(std::iter::once(Err(error))),
        })
    }

    /// Every article in bytes held in memory; the extension of `label` tells the format where
    /// it can.
    pub fn read(&self, label: &str, bytes: Vec<u8>) -> Vec<Result<Document, InputError>> {
        let size = Some(bytes.len() as u64);
        raw::split(label, Cursor::new(bytes), size, &self.options).map(|raw| self.document(raw?)).collect()
    }

    /// Reads one article.
    pub fn document(&self, raw: Raw) -> Result<Document, InputError> {
        let Raw { place, format, bytes } = raw;
        let sha256 = hex(&Sha256::digest(&bytes));
        decode(format, bytes)
            .and_then(|(text, metadata)| self.assemble(text, metadata, sha256))
            .map_err(|reason| InputError::new(place, reason))
    }

    fn assemble(&self, text: String, metadata: Metadata, sha256: String) -> Result<Document, Reason> {
        let language = match self.options.language {
            Some(language) => language,
            None => self.identifier.identify(&text, metadata.language.as_deref())?,
        };
        let (headline, headline_span) = headline::find(&text, metadata.title);
        let furniture = self.furniture.find(&text, language, headline_span);
        Ok(Document {
            text,
            sha256,
            language,
            headline,
            headline_span,
            published: metadata.published,
            publisher: metadata.publisher,
            author: metadata.author,
            url: metadata.url,
            furniture,
        })
    }
}

fn decode(format: Format, bytes: Vec<u8>) -> Result<(String, Metadata), Reason> {
    let (text, metadata) = match format {
        Format::Plain => (charset::decode(bytes)?, Metadata::default()),
        Format::Html => html::read(&bytes)?,
        Format::Json => json::read(&bytes)?,
    };
    match text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}') {
        "" => Err(Reason::Empty),
        _ => Ok((text, metadata)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
