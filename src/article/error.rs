//! Why an input could not be read: one line a case, with its place and the reason.

use std::fmt;
use std::io;
use thiserror::Error;

/// An input (or one line of it) that gave no article, and why.
#[derive(Debug, Error)]
#[error("{place}: {reason}")]
pub struct InputError {
    /// Where it is.
    pub place: Place,
    /// What is wrong with it.
    pub reason: Reason,
}

impl InputError {
    /// The error `reason` at `place`.
    pub fn new(place: Place, reason: Reason) -> Self {
        Self { place, reason }
    }

    /// The error `reason` of the whole input `label`.
    pub fn of(label: impl Into<String>, reason: Reason) -> Self {
        Self::new(Place::whole(label), reason)
    }
}

/// An input, or one line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path as the user gave it, or `<stdin>`.
    pub label: String,
    /// Line number from 1, for JSON Lines.
    pub line: Option<u64>,
}

impl Place {
    /// The whole input.
    pub fn whole(label: impl Into<String>) -> Self {
        Self { label: label.into(), line: None }
    }

    /// One line of it, counted from 1.
    pub fn line(label: impl Into<String>, line: u64) -> Self {
        Self { label: label.into(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    /// `path` or `path:line`; control characters are escaped so that the message stays one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.label.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        match self.line {
            Some(line) => write!(f, ":{line}"),
            None => Ok(()),
        }
    }
}

/// What is wrong with an input.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Reason {
    /// The path leads nowhere.
    #[error("no such file or folder")]
    Missing,
    /// The system refuses it: rights, a bad disk.
    #[error("cannot be read: {}", io_words(.0))]
    Io(#[from] io::Error),
    /// A folder in which there is nothing to read.
    #[error("no articles in this folder")]
    EmptyFolder,
    /// No bytes, or blanks only.
    #[error("empty: there is no text in it")]
    Empty,
    /// No text file.
    #[error("a binary file, not text")]
    Binary,
    /// A document format that is not read.
    #[error("{0} is not read: give plain text, HTML or JSON Lines")]
    Format(&'static str),
    /// Larger than the limit for one file.
    #[error("too large: {} is the limit for one article's file{}", amount(*limit), found(*size))]
    FileTooLarge {
        /// Bytes found, if known.
        size: Option<u64>,
        /// Bytes allowed.
        limit: u64,
    },
    /// A JSON line longer than the limit.
    #[error("too long: a line of {}, {} is the limit", amount(*size), amount(*limit))]
    LineTooLong {
        /// Bytes found.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// UTF-8 with bytes that are none.
    #[error("broken UTF-8 at byte {offset}")]
    BrokenUtf8 {
        /// The first bad byte, from 0.
        offset: usize,
    },
    /// A charset was found, but not all bytes are of it.
    #[error("broken {charset}: some bytes stand for no character")]
    BrokenText {
        /// The charset's name.
        charset: &'static str,
    },
    /// JSON Lines must be UTF-8.
    #[error("JSON Lines must be UTF-8, this is {0}")]
    JsonCharset(&'static str),
    /// A line is not a JSON object.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// A JSON array instead of one object a line.
    #[error("a JSON array, not JSON Lines: one object a line is expected")]
    JsonArray,
    /// The JSON object has no `text`.
    #[error("no \"text\" in the JSON object")]
    NoJsonText,
    /// `text` is there but is not a string.
    #[error("\"text\" is not a string")]
    JsonTextType,
    /// `text` is empty or blank.
    #[error("\"text\" is empty")]
    EmptyJsonText,
    /// No main text can be found in a page.
    #[error("no article text found in the HTML")]
    NoHtmlText,
    /// The article is in another language.
    #[error("language not supported: {0} (English, French, German and Indonesian are)")]
    Unsupported(String),
    /// Too little text to tell.
    #[error("the language cannot be told: too little text")]
    LanguageUnknown,
}

impl Reason {
    /// The reason for an I/O error, the plainest words that fit.
    pub fn from_io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Reason::Missing,
            _ => Reason::Io(error),
        }
    }
}

/// The error in lower case and without the system's number ("permission denied").
fn io_words(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => error.kind().to_string(),
    }
}

/// "200.0 MiB"
fn amount(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match UNITS.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) if bytes.is_multiple_of(unit) => format!("{} {name}", bytes / unit),
        Some((name, unit)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} bytes"),
    }
}

fn found(bytes: Option<u64>) -> String {
    bytes.map_or_else(String::new, |b| format!(", this is {}", amount(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_line_with_place_and_reason() {
        let error = InputError::new(Place::line("a\nb.jsonl", 7), Reason::NoJsonText);
        assert_eq!(error.to_string(), "a\\nb.jsonl:7: no \"text\" in the JSON object");
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(InputError::of("x", Reason::from_io(denied)).to_string(), "x: cannot be read: permission denied");
    }

    #[test]
    fn sizes_are_readable() {
        let reason = Reason::FileTooLarge { size: Some(200_000_000), limit: 64 << 20 };
        assert_eq!(reason.to_string(), "too large: 64 MiB is the limit for one article's file, this is 190.7 MiB");
    }
}
