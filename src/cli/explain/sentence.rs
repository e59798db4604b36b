//! The sentence around a piece of evidence.

use unicode_segmentation::UnicodeSegmentation;

/// The sentences that hold the code points `start..end` of `text`, with these marked
/// `[[so]]`, on one line; `None` if the text has no such place.
pub fn marked(text: &str, start: usize, end: usize) -> Option<String> {
    let (from, to) = (byte(text, start)?, byte(text, end)?);
    let (before, after) = (sentence_start(text, from), sentence_end(text, to));
    let evidence = text.get(from..to)?;
    Some(one_line(&format!(
        "{}[[{evidence}]]{}",
        &text[before..from],
        &text[to..after]
    )))
}

/// The byte at which the code point of that number begins.
fn byte(text: &str, point: usize) -> Option<usize> {
    let ends = std::iter::once(text.len());
    text.char_indices()
        .map(|(byte, _)| byte)
        .chain(ends)
        .nth(point)
}

fn sentence_start(text: &str, at: usize) -> usize {
    let paragraph = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let starts = text[paragraph..line_end]
        .split_sentence_bound_indices()
        .map(|(i, _)| paragraph + i);
    starts
        .take_while(|start| *start <= at)
        .last()
        .unwrap_or(paragraph)
}

fn sentence_end(text: &str, at: usize) -> usize {
    let paragraph = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut sentences = text[paragraph..line_end].split_sentence_bound_indices();
    let end = sentences.find_map(|(i, s)| Some(paragraph + i + s.len()).filter(|end| *end >= at));
    end.unwrap_or(line_end)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_evidence_in_its_sentence() {
        let text = "Über uns.\nErst dies. Die Firma wurde bestraft. Dann das.\nEnde.";
        let start = text.chars().count() - "Firma wurde bestraft. Dann das.\nEnde.".chars().count();
        let marked = marked(text, start, start + 5).unwrap();
        assert_eq!(marked, "Die [[Firma]] wurde bestraft.");
    }

    #[test]
    fn evidence_over_several_sentences_and_lines_is_whole() {
        let text = "One. Two is\nhere. Three. Four.";
        assert_eq!(marked(text, 5, 24).unwrap(), "[[Two is here. Three.]]");
        assert_eq!(
            marked(text, 0, text.len()).unwrap(),
            "[[One. Two is here. Three. Four.]]"
        );
    }

    #[test]
    fn a_place_outside_the_text_has_no_sentence() {
        assert_eq!(marked("One.", 2, 9), None);
        assert_eq!(marked("One.", 3, 2), None);
    }
}
