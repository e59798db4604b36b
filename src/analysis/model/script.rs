//! The edit that makes a lemma of a form: the classes that the lemmatiser chooses from.
//!
//! After Straka 2018 (UDPipe 2.0): the longest part that form and lemma share stays; what stands
//! before and after it is replaced. Case is told apart from letters.

use std::borrow::Cow;

/// The edit from a form to its lemma, as text: how the case changes, letters cut at the front, what
/// is put there, letters cut at the end, what is put there. A lemma that shares no letter is given whole.
pub fn derive(form: &str, lemma: &str) -> String {
    let case = match (form.chars().any(char::is_uppercase), lemma.chars().any(char::is_uppercase)) {
        (true, false) => 'l',
        (false, true) => 't',
        (true, true) if capital(&lower(lemma)) == *lemma => 't',
        _ => 'k',
    };
    let (from, to): (Vec<char>, Vec<char>) = match case {
        'k' => (form.chars().collect(), lemma.chars().collect()),
        _ => (lower(form).chars().collect(), lower(lemma).chars().collect()),
    };
    let (start, at, length) = longest_common(&from, &to);
    if length == 0 {
        return format!("={lemma}");
    }
    let front: String = to[..at].iter().collect();
    let back: String = to[at + length..].iter().collect();
    format!("{case}|{start}|{front}|{}|{back}", from.len() - start - length)
}

/// The lemma that an edit makes of a form; the form itself where the edit does not fit.
pub fn apply(form: &str, script: &str) -> String {
    if let Some(lemma) = script.strip_prefix('=') {
        return lemma.to_owned();
    }
    fitting(form, script).unwrap_or_else(|| form.to_owned())
}

fn fitting(form: &str, script: &str) -> Option<String> {
    let mut parts = script.splitn(5, '|');
    let case = parts.next()?;
    let start: usize = parts.next()?.parse().ok()?;
    let front = parts.next()?;
    let cut: usize = parts.next()?.parse().ok()?;
    let back = parts.next()?;
    let base = if case == "k" { Cow::Borrowed(form) } else { Cow::Owned(lower(form)) };
    let from = base.char_indices().nth(start)?.0;
    let to = cut.checked_sub(1).map_or(Some(base.len()), |last| Some(base.char_indices().nth_back(last)?.0))?;
    let stem = base.get(from..to).filter(|s| !s.is_empty())?;
    let lemma = [front, stem, back].concat();
    Some(if case == "t" { capital(&lemma) } else { lemma })
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// A word with a capital first letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Where the longest common part begins in both, and its length; the first of equals.
fn longest_common(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let n = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if n > best.2 {
                best = (i, j, n);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_edit_makes_the_lemma() {
        for (form, lemma) in [
            ("mengatakan", "kata"),
            ("Häuser", "Haus"),
            ("ging", "gehen"),
            ("were", "be"),
            ("U.S.", "U.S."),
            ("NATO", "NATO"),
            ("Walked", "walk"),
            ("aux", "à"),
            ("iPhones", "iPhone"),
            ("DIE", "der"),
        ] {
            assert_eq!(apply(form, &derive(form, lemma)), lemma, "{form}");
        }
    }

    #[test]
    fn an_edit_that_does_not_fit_leaves_the_form() {
        assert_eq!(apply("a", "l|2||3|en"), "a");
        assert_eq!(apply("a", ""), "a");
    }
}
