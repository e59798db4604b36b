//! Lines of a stream, none of them ever longer in memory than a limit.

use super::error::Reason;
use std::io::BufRead;

/// The lines that are not blank, numbered from 1, without their line ends. A line over the limit
/// is passed over and reported; a read error ends the lines.
pub(super) struct Lines<R> {
    reader: R,
    limit: usize,
    number: u64,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, number: 0, done: false }
    }

    /// Reads up to the next line end: what was kept of the line, its true size, and whether
    /// there was anything at all.
    fn next_line(&mut self) -> std::io::Result<(Vec<u8>, u64, bool)> {
        let (mut line, mut size, mut any) = (Vec::new(), 0_u64, false);
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok((line, size, any));
            }
            any = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            size += part.len() as u64;
            if size <= self.limit as u64 {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                return Ok((line, size, any));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Result<Vec<u8>, Reason>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.number += 1;
            match self.next_line() {
                Err(error) => {
                    self.done = true;
                    return Some((self.number, Err(Reason::from_io(error))));
                }
                Ok((_, _, false)) => self.done = true,
                Ok((_, size, _)) if size > self.limit as u64 => {
                    let limit = self.limit as u64;
                    return Some((self.number, Err(Reason::LineTooLong { size, limit })));
                }
                Ok((mut line, _, _)) => {
                    if line.ends_with(b"\r") {
                        line.pop();
                    }
                    if !line.trim_ascii().is_empty() {
                        return Some((self.number, Ok(line)));
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor, Read};

    #[test]
    fn lines_are_numbered_and_blank_ones_left_out() {
        let lines = Lines::new(Cursor::new(b"one\r\n\n \nfour"), 100);
        let found: Vec<_> = lines.map(|(n, line)| (n, line.unwrap())).collect();
        assert_eq!(found, [(1, b"one".to_vec()), (4, b"four".to_vec())]);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        let long = std::io::repeat(b'x').take(1_000_000);
        let stream = Cursor::new(b"a\n").chain(long).chain(Cursor::new(b"\nb\n"));
        let mut lines = Lines::new(BufReader::new(stream), 1000);
        assert_eq!(lines.next().unwrap().1.unwrap(), b"a");
        let (number, error) = lines.next().unwrap();
        assert!(matches!(error, Err(Reason::LineTooLong { size: 1_000_000, limit: 1000 })));
        assert_eq!(number, 2);
        assert_eq!(lines.next().unwrap().1.unwrap(), b"b");
        assert!(lines.next().is_none());
    }
}
