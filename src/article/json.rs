//! One article as a JSON object: `text`, and what else is known of it.

use super::date;
use super::error::Reason;
use super::metadata::{Metadata, names, string};
use serde_json::{Map, Value};

/// Reads an object with `text` and, each optional, `title`, `date`, `url`, `publisher`, `author`
/// and `language`.
pub fn read(bytes: &[u8]) -> Result<(String, Metadata), Reason> {
    let mut object = parse(bytes)?;
    let text = match object.remove("text") {
        None | Some(Value::Null) => return Err(Reason::NoJsonText),
        Some(Value::String(text)) if text.trim().is_empty() => return Err(Reason::EmptyJsonText),
        Some(Value::String(text)) => text,
        Some(_) => return Err(Reason::JsonTextType),
    };
    Ok((text, metadata(&object)))
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Reason> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(Reason::BrokenUtf8 { offset: error.valid_up_to() });
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Reason::NotJson("a JSON value, but no object".to_owned())),
        Err(error) => Err(Reason::NotJson(words(&error))),
    }
}

/// The parser's words; on a single line "line 1" says nothing.
fn words(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn metadata(object: &Map<String, Value>) -> Metadata {
    let get = |key: &str| object.get(key);
    Metadata {
        title: get("title").and_then(string),
        published: get("date").and_then(string).and_then(|d| date::normalise(&d)),
        publisher: get("publisher").and_then(names),
        author: get("author").and_then(names),
        url: get("url").and_then(string),
        language: get("language").and_then(string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys_are_read() {
        let line = r#"{"text": "Line one.\r\nLine two.", "title": " A title ", "date": "20 July 2024",
            "publisher": {"name": "The Daily"}, "author": ["A. Bee", "C. Dee"], "url": "https://x.example/1",
            "language": "en-GB", "other": [1, 2]}"#;
        let (text, metadata) = read(line.as_bytes()).unwrap();
        assert_eq!(text, "Line one.\r\nLine two.");
        assert_eq!(metadata.title.as_deref(), Some("A title"));
        assert_eq!(metadata.published.as_deref(), Some("2024-07-20"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Daily"));
        assert_eq!(metadata.author.as_deref(), Some("A. Bee, C. Dee"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn bad_lines_say_why() {
        let reason = |line: &[u8]| read(line).unwrap_err().to_string();
        assert_eq!(reason(b"{\"url\": \"x\"}"), "no \"text\" in the JSON object");
        assert_eq!(reason(b"{\"text\": \" \\n\"}"), "\"text\" is empty");
        assert_eq!(reason(b"{\"text\": 5}"), "\"text\" is not a string");
        assert_eq!(reason(b"[1]"), "not JSON: a JSON value, but no object");
        assert!(reason(b"{\"text\": \"x").starts_with("not JSON: EOF while parsing"));
        assert!(reason(b"{\"text\": \"\xFF\"}").starts_with("broken UTF-8 at byte 10"));
    }
}
