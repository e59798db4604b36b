//! How names, titles, quotations and numbers compare: by what is said, not by how it is written.

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Words that a name may begin with or not.
static LEADING: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../languages/common/leading.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(str::trim).collect()
});

/// A name as names compare: no case, no marks, no possessive ending, no leading article.
pub fn name(text: &str) -> String {
    let folded = without_possessives(&fold(text));
    let mut words = words(&folded);
    if words.len() > 1 && LEADING.contains(words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// The words of a quotation as quotations compare: no case, no marks.
pub fn quotation(text: &str) -> String {
    words(&fold(text)).join(" ")
}

/// Compatibility forms made one (NFKC), and case folded.
fn fold(text: &str) -> String {
    text.nfkc().flat_map(fold_char).collect()
}

/// Full case folding: "ß" as "ss", "ς" as "σ". By way of the capital; the dotless "ı" has another one's.
fn fold_char(c: char) -> impl Iterator<Item = char> {
    let (dotless, other) = if c == 'ı' { (Some(c), None) } else { (None, Some(c)) };
    let other = other.into_iter().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    dotless.into_iter().chain(other)
}

/// Letters and numbers, without combining marks.
pub fn is_word(c: char) -> bool {
    use unicode_normalization::char::is_combining_mark;
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect()
}

/// Without "'s" at the end of words.
fn without_possessives(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_mark = |i: usize| matches!(chars[i], '’' | '\'' | '`' | '´');
    let ends = |i: usize| chars.get(i).is_none_or(|c| !is_word(*c));
    let possessive = |i: usize| is_mark(i) && chars.get(i + 1) == Some(&'s') && ends(i + 2);
    let kept = (0..chars.len()).filter(|i| !possessive(*i) && !(*i > 0 && possessive(i - 1)));
    kept.map(|i| chars[i]).collect()
}

/// A decimal number, exactly: `13.60` and `13.6` are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    negative: bool,
    /// Without zeros at either end; none for zero.
    digits: String,
    /// The power of ten that the last digit counts.
    exponent: i64,
}

impl Number {
    /// Reads `-13.60`, `13600`, `1.36e4`; none if it is no number.
    pub fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse().ok()?),
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_end_matches('0');
        let exponent = power - part.len() as i64 + (all.len() - digits.len()) as i64;
        Some(match digits.trim_start_matches('0') {
            "" => Number { negative: false, digits: String::new(), exponent: 0 },
            digits => Number { negative: mantissa.starts_with('-'), digits: digits.to_owned(), exponent },
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.digits.len() as i64;
        match self.exponent {
            _ if digits == 0 => f.write_str("0"),
            0..=30 => write!(f, "{sign}{}{}", self.digits, "0".repeat(self.exponent as usize)),
            e if e < 0 && digits + e > 0 => {
                let (whole, part) = self.digits.split_at((digits + e) as usize);
                write!(f, "{sign}{whole}.{part}")
            }
            e if (-30..0).contains(&e) => {
                write!(f, "{sign}0.{}{}", "0".repeat((-e - digits) as usize), self.digits)
            }
            e => write!(f, "{sign}{}e{e}", self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_marks_and_articles() {
        let same = [
            ("The Tarn Foundation", "tarn foundation"),
            ("die Große Straße", "grosse strasse"),
            ("Lumen’s", "lumen"),
            ("Lumen's Foods", "lumen foods"),
            ("l'Étoile d'Or", "étoile d or"),
            ("AT&T Inc.", "at t inc"),
            ("the", "the"),
            ("the the", "the"),
            ("U.S.", "u s"),
            ("ﬁrst  Ⅳ", "first iv"),
            ("İzmir ıssız", "i zmir ıssız"),
            ("x'sy 's", "x sy"),
            ("’s", ""),
        ];
        for (written, compared) in same {
            assert_eq!(name(written), compared, "{written}");
        }
        assert_eq!(quotation("«The  END», he…"), "the end he");
    }

    #[test]
    fn numbers_compare_by_value() {
        let parse = |text| Number::parse(text).unwrap();
        for (a, b) in
            [("13.60", "13.6"), ("1e3", "1000"), ("-0", "0.00"), ("007", "7"), ("+5.", "5"), ("2.5E-1", ".25")]
        {
            assert_eq!(parse(a), parse(b), "{a} {b}");
        }
        for text in ["0", "7", "-13.6", "1000", "0.25", "0.001", "120.5"] {
            assert_eq!(parse(text).to_string(), text);
        }
        for text in ["", ".", "many", "1,5", "1e", "-"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_ne!(parse("1"), parse("-1"));
    }
}
