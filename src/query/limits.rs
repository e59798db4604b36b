//! Bounds on what is parsed: the parser and the evaluator call themselves once a level, so a
//! query made to be deep would end the whole process.

use std::io;

/// The deepest nesting of brackets.
const MOST_NESTED: usize = 100;
/// The most operators; a chain of them becomes a tree as deep as it is long.
const MOST_OPERATORS: usize = 1000;
/// What queries within the bounds need at most, with room to spare.
pub const STACK: usize = 64 << 20;

/// Runs `work` on a thread whose stack holds every query within the bounds.
pub fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The offset at which the query leaves the bounds, and which one.
pub(super) fn exceeded(text: &str) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut operators) = (0, 0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => {
                at = after_string(bytes, at);
                continue;
            }
            b'#' => {
                at = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| at + i);
                continue;
            }
            b'<' => {
                at = after_iri(bytes, at);
                continue;
            }
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            b'+' | b'*' | b'/' | b'|' | b'&' | b'!' | b'^' => operators += 1,
            b'-' if !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => operators += 1,
            b'U' | b'u' if is_union(&bytes[at..]) => operators += 1,
            _ => {}
        }
        if depth > MOST_NESTED {
            return Some((at, "the query is nested too deeply"));
        }
        if operators > MOST_OPERATORS {
            return Some((at, "the query has too many operators"));
        }
        at += 1;
    }
    None
}

fn is_union(bytes: &[u8]) -> bool {
    bytes.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"union"))
}

/// Past the string that begins at `at`; past its quotation mark if it has no end.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let marks = if long { 3 } else { 1 };
    let mut end = at + marks;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' => end += 2,
            b'\n' if !long => return at + 1,
            b if b == quote && (!long || bytes[end..].starts_with(&[quote; 3])) => {
                return end + marks;
            }
            _ => end += 1,
        }
    }
    at + 1
}

/// Past the IRI that begins at `at`; past the `<` if it is an operator.
fn after_iri(bytes: &[u8], at: usize) -> usize {
    let end = bytes[at + 1..]
        .iter()
        .position(|b| *b <= b' ' || b"<>\"{}|^`\\".contains(b))
        .map_or(bytes.len(), |i| at + 1 + i);
    match bytes.get(end) {
        Some(b'>') => end + 1,
        _ => at + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_structure_counts() {
        let brackets = "(".repeat(500);
        assert!(exceeded(&format!("ASK {{ ?s ?p \"{brackets}\" }}")).is_none());
        assert!(exceeded(&format!("ASK {{ ?s ?p '''{brackets}''' }}")).is_none());
        assert!(exceeded(&format!("# {brackets}\nASK {{}}")).is_none());
        assert!(exceeded(&format!("ASK {{ <http://e/{}> ?p ?o }}", "/".repeat(2000))).is_none());
        let slugs = " :office-smith-and-sons".repeat(3000);
        assert!(exceeded(&format!("ASK {{ VALUES ?s {{{slugs}}} }}")).is_none());
        assert!(exceeded(&format!("ASK {{ FILTER(1 < 2 && {brackets}")).is_some());
        assert!(exceeded(&brackets).is_some());
        assert!(exceeded(&format!("ASK {{{}{{}} }}", "{} UNION ".repeat(1001))).is_some());
        for text in ["", "\"", "'''", "<", "\\", "\"\\", "#", "é\"é", "'\\"] {
            assert_eq!(exceeded(text), None, "{text:?}");
        }
    }
}
