//! CoNLL-U: sentences in, sentences out.

use super::syntax::{NameTag, Sentence, Word};
use crate::record::EntityType;
use crate::text::Span;
use std::io::{self, BufRead, Write};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A sentence of a file: its comments and tokens; tags and trees are not read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Its comments, each with its `#`.
    pub comments: Vec<String>,
    /// Its surface tokens.
    pub tokens: Vec<GivenToken>,
}

/// A surface token of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GivenToken {
    /// What stands in the text.
    pub form: String,
    /// Its words, with the attributes of their column MISC.
    pub words: Vec<(String, Vec<String>)>,
    /// Attributes of the range of words, where there is one.
    pub misc: Vec<String>,
    /// Whether it was given as a range, even of one word.
    pub range: bool,
    /// Whether a blank follows.
    pub space_after: bool,
}

/// What is wrong with a sentence, and with which line of the file.
#[derive(Debug, thiserror::Error)]
#[error("{line}: {what}")]
pub struct Fault {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong, and what to do.
    pub what: String,
}

impl Given {
    /// Whether a document begins with the sentence.
    pub fn is_new_document(&self) -> bool {
        self.has("newdoc")
    }

    fn has(&self, key: &str) -> bool {
        self.comments.iter().any(|c| comment(c).is_some_and(|c| c.starts_with(key)))
    }

    /// Appends the sentence's text to `text`; its tokens and words stand there.
    pub fn place(&self, text: &mut String) -> Sentence {
        let mut sentence = Sentence::default();
        for (i, token) in self.tokens.iter().enumerate() {
            let start = text.len();
            *text += &token.form;
            let forms = token.words.iter().map(|w| w.0.clone()).collect();
            sentence.push(Span::new(start, text.len()), &token.form, forms, token.space_after);
            if token.space_after && i + 1 < self.tokens.len() {
                text.push(' ');
            }
        }
        sentence
    }
}

fn comment(line: &str) -> Option<&str> {
    line.strip_prefix('#').map(str::trim_start)
}

/// The sentences of a file, one after another. A faulty one is told and passed over.
pub struct Sentences<R> {
    source: R,
    line: u64,
    failed: bool,
}

impl<R: BufRead> Sentences<R> {
    /// Reads from `source`.
    pub fn new(source: R) -> Self {
        Self { source, line: 0, failed: false }
    }

    /// The next line without its end; none at the end of the file.
    fn next_line(&mut self) -> Result<Option<String>, Fault> {
        let mut bytes = Vec::new();
        let read = self.source.read_until(b'\n', &mut bytes);
        self.line += 1;
        if let Err(error) = read {
            self.failed = true;
            return Err(self.fault(format!("cannot be read: {error}")));
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8(bytes).map_err(|_| self.fault("broken UTF-8: convert the file to UTF-8"))?;
        let text = if self.line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
        Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    fn fault(&self, what: impl Into<String>) -> Fault {
        Fault { line: self.line, what: what.into() }
    }

    /// The next sentence; its first fault is told once all its lines are read.
    fn sentence(&mut self) -> Option<Result<Given, Fault>> {
        let mut building = Building::default();
        let mut fault = None;
        let mut any = false;
        loop {
            let line = match self.next_line() {
                Ok(line) => line,
                Err(error) => {
                    fault.get_or_insert(error);
                    if self.failed {
                        break;
                    }
                    any = true;
                    continue;
                }
            };
            match line {
                Some(line) if line.trim().is_empty() && !any => {}
                Some(line) if !line.trim().is_empty() => {
                    any = true;
                    if let Err(what) = building.line(&line) {
                        let error = self.fault(what);
                        fault.get_or_insert(error);
                    }
                }
                None if !any => return None,
                _ => break,
            }
        }
        Some(match fault {
            Some(fault) => Err(fault),
            None => building.finish().map_err(|what| self.fault(what)),
        })
    }
}

impl<R: BufRead> Iterator for Sentences<R> {
    type Item = Result<Given, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed { None } else { self.sentence() }
    }
}

/// A sentence of which some lines are read.
#[derive(Default)]
struct Building {
    given: Given,
    words: usize,
    /// The last word of the range that is open.
    open: usize,
}

impl Building {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.starts_with('#') {
            self.given.comments.push(line.to_owned());
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = fields[..] else {
            return Err(columns(fields.len()));
        };
        if fields.len() != 10 {
            return Err(columns(fields.len()));
        }
        if form.is_empty() {
            return Err("an empty FORM: give the token's letters in the second column".to_owned());
        }
        let attributes: Vec<String> = misc.split('|').filter(|a| !matches!(*a, "" | "_")).map(str::to_owned).collect();
        self.token(id, form, attributes)
    }

    fn token(&mut self, id: &str, form: &str, misc: Vec<String>) -> Result<(), String> {
        let number = |id: &str| id.parse::<usize>().ok().filter(|n| *n < 1 << 31);
        let next = self.words + 1;
        let odd = || Err(format!("ID {id} where {next} is due: number the words 1, 2, 3 … in each sentence"));
        if let Some((whole, part)) = id.split_once('.') {
            // An empty node stands for no word.
            return if number(whole).is_some() && number(part).is_some() { Ok(()) } else { odd() };
        }
        let space_after = !misc.iter().any(|a| a == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let (Some(first), Some(last)) = (number(first), number(last)) else { return odd() };
            if first != next || last < first || self.open >= next {
                return odd();
            }
            self.open = last;
            let form = form.to_owned();
            self.given.tokens.push(GivenToken { form, words: vec![], misc, range: true, space_after });
            return Ok(());
        }
        if number(id) != Some(next) {
            return odd();
        }
        self.words = next;
        let word = (form.to_owned(), misc);
        match self.given.tokens.last_mut().filter(|_| next <= self.open) {
            Some(token) => token.words.push(word),
            None => {
                let form = form.to_owned();
                self.given.tokens.push(GivenToken { form, words: vec![word], misc: vec![], range: false, space_after });
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Given, String> {
        if self.words == 0 {
            return Err("a sentence without words: take its comments away".to_owned());
        }
        if self.open > self.words {
            let (open, words) = (self.open, self.words);
            return Err(format!(
                "a range up to word {open} in a sentence of {words} words: end it where its words end"
            ));
        }
        Ok(self.given)
    }
}

fn columns(found: usize) -> String {
    let noun = if found == 1 { "column" } else { "columns" };
    format!("{found} {noun} where CoNLL-U has 10: part 10 columns by tabs, with _ in those left empty")
}

/// What of the file a sentence came from stays as it is.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A text: these comments stand before the sentence. Letters are written composed (NFC), as CoNLL-U asks.
    Text(&'a [String]),
    /// A CoNLL-U file, and the sentence's number in it.
    File(&'a Given, u64),
}

/// Writes a sentence of a document with the names that its words are part of.
pub fn write(
    out: &mut dyn Write,
    document: &str,
    sentence: &Sentence,
    names: &[NameTag],
    origin: Origin,
) -> io::Result<()> {
    match origin {
        Origin::Text(comments) => comments.iter().try_for_each(|c| writeln!(out, "{c}"))?,
        Origin::File(given, number) => {
            given.comments.iter().try_for_each(|c| writeln!(out, "{c}"))?;
            if !given.has("sent_id =") {
                writeln!(out, "# sent_id = {number}")?;
            }
        }
    }
    if !matches!(origin, Origin::File(given, _) if given.has("text =")) {
        writeln!(out, "# text = {}", composed(sentence.text(document), origin))?;
    }
    for (i, token) in sentence.tokens.iter().enumerate() {
        let given = match origin {
            Origin::Text(_) => None,
            Origin::File(given, _) => given.tokens.get(i),
        };
        let space = if token.space_after { None } else { Some("SpaceAfter=No".to_owned()) };
        let range = token.words.len() > 1 || given.is_some_and(|t| t.range);
        if range {
            let misc = joined(space.iter().chain(kept(given.map(|t| &t.misc))));
            let form = composed(token.span.of(document).to_owned(), origin);
            let (first, last) = (token.words.start + 1, token.words.end);
            writeln!(out, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}")?;
        }
        let space = space.filter(|_| !range);
        for (n, at) in token.words.clone().enumerate() {
            let own = given.and_then(|t| t.words.get(n)).map(|w| &w.1);
            let name = name(names[at]);
            let misc = joined(space.iter().chain(kept(own)).chain(&name));
            write_word(out, at + 1, &sentence.words[at], &misc, origin)?;
        }
    }
    writeln!(out)
}

fn write_word(out: &mut dyn Write, id: usize, word: &Word, misc: &str, origin: Origin) -> io::Result<()> {
    let form = composed(word.form.clone(), origin);
    let lemma = composed(word.lemma.clone(), origin);
    let lemma = if lemma.trim().is_empty() { "_" } else { lemma.as_str() };
    let (upos, feats) = (word.upos.as_str(), feats(&word.feats));
    writeln!(out, "{id}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{}\t{}\t_\t{misc}", word.head, word.deprel)
}

/// Features as CoNLL-U writes them.
pub fn feats(feats: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = feats.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { "_".to_owned() } else { pairs.join("|") }
}

fn composed(text: String, origin: Origin) -> String {
    match origin {
        Origin::Text(_) if is_nfc_quick(text.chars()) != IsNormalized::Yes => text.nfc().collect(),
        _ => text,
    }
}

/// The given attributes but those that are told anew.
fn kept(misc: Option<&Vec<String>>) -> impl Iterator<Item = &String> {
    let anew = ["SpaceAfter=", "NER=", "EntityType="];
    misc.into_iter().flatten().filter(move |a| !anew.iter().any(|key| a.starts_with(key)))
}

fn joined<'a>(attributes: impl Iterator<Item = &'a String>) -> String {
    let list: Vec<&str> = attributes.map(String::as_str).collect();
    if list.is_empty() { "_".to_owned() } else { list.join("|") }
}

/// `NER=B-ORG`, and on a name's first word its class in the ontology.
fn name(tag: NameTag) -> Vec<String> {
    match tag {
        NameTag::O => vec![],
        NameTag::B(kind) => vec![format!("NER=B-{}", label(kind)), format!("EntityType={}", class(kind))],
        NameTag::I(kind) => vec![format!("NER=I-{}", label(kind))],
    }
}

/// The short label of a type, as corpora of names have it.
pub fn label(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PER",
        EntityType::Organization | EntityType::GovernmentOrganization => "ORG",
        EntityType::Place => "LOC",
        EntityType::Product => "PRODUCT",
        EntityType::Work => "WORK",
        EntityType::Event => "EVENT",
    }
}

/// The class of a type in the ontology, by its local name.
pub fn class(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "Person",
        EntityType::Organization => "Organization",
        EntityType::GovernmentOrganization => "GovernmentOrganization",
        EntityType::Place => "Place",
        EntityType::Product => "Product",
        EntityType::Work => "CreativeWork",
        EntityType::Event => "Event",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Given, Fault>> {
        Sentences::new(text.as_bytes()).collect()
    }

    fn row(id: &str, form: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
    }

    #[test]
    fn ranges_spaces_and_comments_are_read_and_empty_nodes_left() {
        let text = format!(
            "# newdoc\n# sent_id = a\n{}{}{}{}{}\n{}",
            row("1-2", "du", "_"),
            row("1", "de", "X=1"),
            row("2", "le", "_"),
            row("2.1", "rien", "_"),
            row("3", "pain", "SpaceAfter=No"),
            row("1", "Oui", "_"),
        );
        let sentences: Vec<_> = read(&text).into_iter().map(Result::unwrap).collect();
        assert_eq!(sentences.len(), 2);
        assert!(sentences[0].is_new_document() && !sentences[1].is_new_document());
        let mut document = String::new();
        let sentence = sentences[0].place(&mut document);
        assert_eq!((document.as_str(), sentence.words.len(), sentence.tokens.len()), ("du pain", 3, 2));
        assert!(!sentence.tokens[1].space_after);
    }

    #[test]
    fn faults_name_line_and_remedy_and_the_rest_is_read() {
        let text = format!("{}1 a\n\n{}\n# only\n\n{}", row("1", "x", "_"), row("2", "y", "_"), row("1", "z", "_"));
        let found = read(&text);
        let told: Vec<_> =
            found.iter().map(|r| r.as_ref().map_or_else(ToString::to_string, |_| "fine".to_owned())).collect();
        assert!(told[0].starts_with("2: 1 column where CoNLL-U has 10"), "{told:?}");
        assert!(told[1].starts_with("4: ID 2 where 1 is due"), "{told:?}");
        assert!(told[2].contains("a sentence without words"), "{told:?}");
        assert_eq!(told[3], "fine");
    }
}
