//! Surface tokens and syntactic words as the treebanks of Universal Dependencies cut them.
//!
//! What differs from language to language stands in `languages/*/multiword.toml`.

use super::syntax::Sentence;
use super::token::is_apostrophe;
use crate::language::{Hyphens, LanguageData};
use crate::text::Span;

/// Marks that stand together as one token when they are repeated …
const RUNS: &str = ".-–—`'’*=~_<>+";
/// … and those that do so in some languages, mixed with each other.
const SHOUTS: &str = "!?";

const EMOTICONS: [&str; 10] = [":-)", ":-(", ";-)", ":)", ":(", ";)", "=)", ":D", ":P", "<3"];

/// A sentence's surface tokens and words.
pub(super) fn sentence(text: &str, span: Span, language: &LanguageData) -> Sentence {
    let mut sentence = Sentence::default();
    let mut start = true;
    for token in split(text, span, language) {
        let surface = token.of(text);
        let forms = forms(surface, start, || before(text, &sentence, language), language);
        sentence.push(token, surface, forms, space_after(text, token.end));
        start &= !surface.starts_with(char::is_alphanumeric);
    }
    sentence
}

/// Whether a blank, or nothing at all, follows.
pub(super) fn space_after(text: &str, end: usize) -> bool {
    text[end..].chars().next().is_none_or(is_blank)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || (c.is_control() && c != '\u{ad}') || c == '\u{feff}'
}

/// The word before, lower-cased, with its lemma; none at the beginning and after a mark.
fn before(text: &str, sentence: &Sentence, language: &LanguageData) -> Option<(String, String)> {
    let last = sentence.tokens.last()?.span.of(text);
    // "17 % des": a sign stands for a noun.
    if !last
        .ends_with(|c: char| c.is_alphanumeric() || is_apostrophe(c) || matches!(c, '%' | '€' | '$' | '.' | ')' | '»'))
    {
        return None;
    }
    let lower = last.to_lowercase();
    let lemma = language.lemma(last, &lower).0;
    Some((lower, lemma))
}

/// The surface tokens of a stretch of text.
fn split(text: &str, span: Span, language: &LanguageData) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let mut at = span.start;
    while let Some(c) = text[at..span.end].chars().next() {
        if is_blank(c) {
            at += c.len_utf8();
            continue;
        }
        let scan = Scan { text, span, at, language };
        let end = at + scan.length();
        match tokens.last_mut() {
            Some(last) if scan.continues_number(*last, end) => last.end = end,
            _ => tokens.push(Span::new(at, end)),
        }
        at = end;
    }
    tokens
}

/// One place in the text at which a token begins.
struct Scan<'a> {
    text: &'a str,
    span: Span,
    at: usize,
    language: &'a LanguageData,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.span.end]
    }

    /// What follows up to the next blank.
    fn chunk(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.find(is_blank).unwrap_or(rest.len())]
    }

    fn previous(&self) -> Option<char> {
        self.text[self.span.start..self.at].chars().next_back()
    }

    fn length(&self) -> usize {
        let chunk = self.chunk();
        let first = chunk.chars().next().expect("a token begins with a character");
        if let Some(length) = address(chunk) {
            return length;
        }
        if first.is_alphanumeric() {
            return self.word(chunk);
        }
        let after_word = self.previous().is_some_and(char::is_alphanumeric);
        if is_hyphen(first)
            && after_word
            && let Some(length) = self.language.multiword.tail(&chunk.to_lowercase())
        {
            return length;
        }
        if let Some(emoticon) = EMOTICONS.iter().find(|e| chunk == **e) {
            return emoticon.len();
        }
        let free = self.previous().is_none_or(|c| is_blank(c) || c == '(');
        let second = chunk[first.len_utf8()..].chars().next();
        let signed = matches!(first, '-' | '+' | '−') && second.is_some_and(|c| c.is_ascii_digit());
        let tagged = matches!(first, '#' | '@') && second.is_some_and(char::is_alphabetic);
        if free && (signed || tagged) {
            let sign = first.len_utf8();
            return sign + word_length(&chunk[sign..], self.language);
        }
        match second {
            Some(c @ ('C' | 'F')) if first == '°' && !chunk[3..].starts_with(char::is_alphanumeric) => {
                2 + c.len_utf8()
            }
            _ => marks(chunk, first, self.language.multiword.runs_of_marks),
        }
    }

    fn word(&self, chunk: &str) -> usize {
        if let Some(length) = kept(chunk, self.language).or_else(|| counted(chunk, self.language)) {
            return length;
        }
        // A single letter may end a sentence.
        let initials = self.language.multiword.initials;
        let dotted = dotted(chunk).filter(|l| *l > 3 || (initials && !self.is_last(*l)));
        let length = dotted.unwrap_or_else(|| word_length(chunk, self.language));
        let (word, rest) = chunk.split_at(length);
        if let Some(stop) = rest.strip_prefix('.') {
            let ends = stop.is_empty() && self.is_last(length + 1);
            let ordinal = self.language.ordinal_stop && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
            if self.language.multiword.is_abbreviation(word) || (ordinal && !ends && stop.is_empty()) {
                return length + 1;
            }
        }
        if rest.starts_with(is_apostrophe)
            && self.owns_apostrophe(word, &rest[rest.chars().next().map_or(0, char::len_utf8)..])
        {
            return length + rest.chars().next().map_or(0, char::len_utf8);
        }
        length
    }

    /// Whether nothing but marks follows in the sentence.
    fn is_last(&self, length: usize) -> bool {
        !self.rest()[length..].contains(char::is_alphanumeric)
    }

    /// "soldiers'": a mark after a plural that no quotation opened.
    fn owns_apostrophe(&self, word: &str, rest: &str) -> bool {
        let (clitics, _) = self.language.multiword.clitics();
        clitics.iter().any(|c| c == "'")
            && word.ends_with(['s', 'S'])
            && !rest.starts_with(char::is_alphanumeric)
            && !opened(&self.text[self.span.start..self.at])
    }

    /// "80 000": a group of three digits after a blank, where the language writes numbers so.
    fn continues_number(&self, last: Span, end: usize) -> bool {
        let gap = &self.text[last.end..self.at];
        let group = self.text[self.at..end].split([',', '.']).next().unwrap_or_default();
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let head = last.of(self.text);
        let first = head.split([' ', '\u{a0}', '\u{202f}']).next().unwrap_or_default();
        matches!(gap, " " | "\u{a0}" | "\u{202f}")
            && self.language.multiword.blanks_in_numbers
            && group.len() == 3
            && digits(group)
            && digits(first)
            && first.len() <= 3
            && head.len() <= 16
            && !head.contains([',', '.'])
    }
}

/// Whether a single mark opened a quotation that is not closed yet.
fn opened(before: &str) -> bool {
    let mut open = false;
    let mut last = ' ';
    for c in before.chars() {
        if c == '‘' || (c == '\'' && !last.is_alphanumeric()) {
            open = true;
        } else if open && is_apostrophe(c) {
            open = false;
        }
        last = c;
    }
    open
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The length of a web or mail address that the chunk begins with.
fn address(chunk: &str) -> Option<usize> {
    let mail = || {
        let name = chunk.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')))?;
        let host = chunk[name..].strip_prefix('@')?;
        (name > 0 && host.starts_with(char::is_alphanumeric) && host.contains('.')).then_some(())
    };
    let web = ["http://", "https://", "ftp://", "www."].iter().any(|s| chunk.starts_with(s));
    if !web && mail().is_none() {
        return None;
    }
    let end = chunk.find(['"', '<', '>', '“', '”', '«', '»', ')', ',', ';']).unwrap_or(chunk.len());
    let trimmed = chunk[..end].trim_end_matches(['.', ',', ':', '!', '?', '\'', '’']);
    (trimmed.len() > 4).then_some(trimmed.len())
}

/// The length of the marks at the beginning: one, or several of a kind.
fn marks(chunk: &str, first: char, runs: bool) -> usize {
    let same = |c: &char| *c == first || (SHOUTS.contains(first) && SHOUTS.contains(*c));
    let run: usize = chunk.chars().take_while(same).map(char::len_utf8).sum();
    if RUNS.contains(first) || (runs && SHOUTS.contains(first)) { run } else { first.len_utf8() }
}

/// Single letters with full stops ("U.S.", "p.m.", "J.").
fn dotted(chunk: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = 0;
    let mut chars = chunk.chars().peekable();
    while let Some(letter) = chars.next() {
        if !letter.is_alphabetic() || chars.peek() != Some(&'.') {
            break;
        }
        chars.next();
        end += letter.len_utf8() + 1;
        letters += 1;
    }
    let glued = chunk[end..].starts_with(char::is_alphanumeric);
    let capital = chunk.chars().next().is_some_and(char::is_uppercase);
    ((letters >= 2 && !glued) || (letters == 1 && capital && !glued)).then_some(end)
}

/// The length of a listed form that is one word ("c'est-à-dire") at the beginning.
fn kept(chunk: &str, language: &LanguageData) -> Option<usize> {
    let part = |c: char| is_letter(c) || is_apostrophe(c) || is_hyphen(c) || c == '/';
    let word = &chunk[..chunk.find(|c| !part(c)).unwrap_or(chunk.len())];
    let marked = word.contains(|c: char| !is_letter(c));
    (marked && language.multiword.keeps(&word.to_lowercase().replace('’', "'"))).then_some(word.len())
}

/// The length of a number that a unit follows without a blank ("20h30"), or of a unit before one ("Rp500").
fn counted(chunk: &str, language: &LanguageData) -> Option<usize> {
    let before = chunk
        .find(|c: char| !c.is_alphabetic())
        .filter(|n| *n > 0 && chunk[*n..].starts_with(|c: char| c.is_ascii_digit()));
    if let Some(unit) = before.filter(|n| language.multiword.is_unit(&chunk[..*n])) {
        return Some(unit);
    }
    let number = chunk.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':')).filter(|n| *n > 0)?;
    let unit = &chunk[number..];
    let end = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
    language.multiword.is_unit(&unit[..end]).then_some(number)
}

/// The length of the word that the chunk begins with.
fn word_length(chunk: &str, language: &LanguageData) -> usize {
    let mut end = 0;
    for (at, c) in chunk.char_indices() {
        if is_letter(c) {
            end = at + c.len_utf8();
            continue;
        }
        let (head, rest) = (&chunk[..at], &chunk[at + c.len_utf8()..]);
        if is_apostrophe(c) && language.multiword.is_elided(&head.to_lowercase()) {
            return at + c.len_utf8();
        }
        // "n°"
        if c == '°' && at < 3 && head.chars().all(char::is_alphabetic) {
            return at + c.len_utf8();
        }
        if !goes_on(head, c, rest, language) {
            break;
        }
    }
    end
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{ad}' | '\u{200c}' | '\u{200d}') || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a mark inside a chunk joins what stands before and after it to one word.
fn goes_on(head: &str, mark: char, rest: &str, language: &LanguageData) -> bool {
    let before = head.chars().next_back();
    let Some(next) = rest.chars().next().filter(|c| c.is_alphanumeric()) else { return false };
    let digits = next.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_digit());
    match mark {
        // "Booking.com", "lemonde.fr"; not "temps.Le", where a blank is missing.
        '.' => digits || next.is_lowercase() || (next.is_ascii_digit() && !before.is_some_and(char::is_lowercase)),
        ',' | ':' => digits,
        '/' => digits && is_date(head, rest),
        '&' => next.is_uppercase() && head.chars().all(char::is_uppercase),
        _ if is_apostrophe(mark) => next.is_alphabetic() || digits,
        _ if is_hyphen(mark) => is_joined(head, rest, language),
        _ => false,
    }
}

/// "20/07/2024" around any of its strokes.
fn is_date(head: &str, rest: &str) -> bool {
    let part = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.split(|c: char| !c.is_ascii_digit() && c != '/').next().unwrap_or_default();
    let parts = head.split('/').chain(rest.split('/'));
    parts.clone().count() == 3 && parts.into_iter().all(part)
}

/// Whether a hyphen joins.
fn is_joined(head: &str, rest: &str, language: &LanguageData) -> bool {
    let next = rest.split(|c: char| !is_letter(c)).next().unwrap_or_default();
    let last = head.rsplit(is_hyphen).next().unwrap_or_default();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let rules = &language.multiword;
    let whole = || {
        let end = rest.find(|c: char| !is_letter(c) && !is_hyphen(c)).unwrap_or(rest.len());
        format!("{head}-{}", &rest[..end]).to_lowercase()
    };
    match rules.hyphens {
        Hyphens::Join => rules.tail(&format!("-{}", rest.to_lowercase())).is_none(),
        Hyphens::Split => {
            // Telephone numbers.
            (digits(last) && last.len() == 3 && digits(next) && next.len() >= 3)
                || rules.is_joined(&last.to_lowercase())
                || rules.keeps(&whole())
        }
        Hyphens::Names => {
            let name = |s: &str| s.starts_with(char::is_uppercase) && s.chars().count() > 1;
            let numbers = digits(last) && digits(next);
            !numbers && (!(name(last) && name(next)) || last == next)
        }
    }
}

/// The forms of the words that a surface token stands for.
fn forms(
    surface: &str,
    start: bool,
    before: impl FnOnce() -> Option<(String, String)>,
    language: &LanguageData,
) -> Vec<String> {
    let rules = &language.multiword;
    let lower = surface.to_lowercase().replace('’', "'");
    let one = || vec![surface.to_owned()];
    if rules.keeps(&lower) {
        return one();
    }
    if let Some(words) = rules.words(&lower) {
        let plain = rules.may_be_plain(&lower) && {
            let before = before();
            rules.is_plain(&lower, before.as_ref().map(|(word, lemma)| (word.as_str(), lemma.as_str())))
        };
        return if plain { one() } else { spelled(surface, words, rules.keeps_case) };
    }
    match clitic(surface, &lower, start, language) {
        Some(at) => vec![surface[..at].to_owned(), surface[at..].to_owned()],
        None => one(),
    }
}

/// The words of a form, in its own letters if they are the same ones.
fn spelled(surface: &str, words: &[String], keeps_case: bool) -> Vec<String> {
    let lengths = words.iter().map(String::len);
    if lengths.clone().sum::<usize>() == surface.len() && words.concat() == surface.to_lowercase() {
        let mut at = 0;
        return lengths.map(|l| (surface[at..at + l].to_owned(), at += l).0).collect();
    }
    let capital = keeps_case && surface.starts_with(char::is_uppercase);
    let upper = capital && surface.chars().all(char::is_uppercase);
    let spell = |(i, word): (usize, &String)| match i {
        _ if upper => word.to_uppercase(),
        0 if capital => crate::language::capitalize(word),
        _ => word.clone(),
    };
    words.iter().enumerate().map(spell).collect()
}

/// Where a clitic at the end of a form begins.
fn clitic(surface: &str, lower: &str, start: bool, language: &LanguageData) -> Option<usize> {
    let (free, known) = language.multiword.clitics();
    let stem = |c: &String| lower.strip_suffix(c.as_str()).filter(|s| !s.is_empty());
    let length = |stem: &str| {
        let letters = stem.chars().count();
        let at = surface.char_indices().nth(letters).map(|(i, _)| i);
        at.filter(|_| surface.chars().count() == lower.chars().count())
    };
    if let Some(stem) = free.iter().find_map(stem) {
        let mark = lower[stem.len()..].contains('\'');
        let name = surface.starts_with(char::is_uppercase) && !start && !language.knows(stem.trim_end_matches('-'));
        return if mark || (stem.len() > 2 && !name) { length(stem) } else { None };
    }
    let stem = known.iter().find_map(stem).filter(|s| s.len() > 2)?;
    (language.knows(stem.trim_end_matches('-')) && !language.is_own_lemma(lower)).then(|| length(stem))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    /// Surface tokens parted by blanks, the words of each by "+".
    fn words(language: Language, text: &str) -> String {
        let sentence = sentence(text, Span::new(0, text.len()), LanguageData::of(language));
        let token = |t: &crate::analysis::syntax::SurfaceToken| {
            let forms: Vec<_> = sentence.words[t.words.clone()].iter().map(|w| w.form.as_str()).collect();
            forms.join("+")
        };
        sentence.tokens.iter().map(token).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn english() {
        let cut = |text| words(Language::En, text);
        assert_eq!(cut("Kaspersky's US-based rivals don't."), "Kaspersky+'s US - based rivals do+n't .");
        assert_eq!(cut("They cannot e-mail the soldiers’ wives!!"), "They can+not e-mail the soldiers+’ wives !!");
        assert_eq!(
            cut("On 7/20/2024 he paid 'the owners' $5,000..."),
            "On 7/20/2024 he paid ' the owners ' $ 5,000 ..."
        );
        assert_eq!(
            cut("U.S. firms (O'Brien, AT&T) and/or www.x.org."),
            "U.S. firms ( O'Brien , AT&T ) and / or www.x.org ."
        );
    }

    #[test]
    fn french() {
        let cut = |text| words(Language::Fr, text);
        assert_eq!(cut("A-t-il vu l’éditeur du livre ?"), "A -t-il vu l’ éditeur de+le livre ?");
        assert_eq!(
            cut("Des milliers des États-Unis, 80 000 au total"),
            "Des milliers de+les États-Unis , 80 000 à+le total"
        );
        assert_eq!(cut("M. Dupont a des amis, celui-ci aussi."), "M. Dupont a des amis , celui-ci aussi .");
    }

    #[test]
    fn german() {
        let cut = |text| words(Language::De, text);
        assert_eq!(cut("Im Bad am 13. Mai."), "In+dem Bad an+dem 13. Mai .");
        assert_eq!(cut("Zum US-Präsidenten"), "Zu+dem US - Präsidenten");
    }

    #[test]
    fn indonesian() {
        let cut = |text| words(Language::Id, text);
        assert_eq!(cut("Katanya, anak-anak hanya melihat rumahnya."), "Kata+nya , anak-anak hanya melihat rumah+nya .");
        assert_eq!(cut("Apakah Kenya adalah negara?"), "Apa+kah Kenya adalah negara ?");
    }
}
