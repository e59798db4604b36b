//! Annotated texts in one file: short texts with their annotations beside them. `docs/gold.md` describes the notation.

use super::gold::{Bounds, Entity, Event, Gold, Quantity, Quotation, Relation};
use crate::language::Language;
use crate::ontology::Ontology;
use crate::record::{EntityType, Status};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use std::fmt;

/// A text with what people say that it says.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The text without the marks.
    pub text: String,
    /// The day of publication, `2025-03-12`.
    pub published: Option<String>,
    /// The annotations; `article` is the text's name.
    pub gold: Gold,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub what: String,
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

impl std::error::Error for CorpusError {}

/// Lines with their numbers, counted from 1.
type Lines<'a> = [(usize, &'a str)];

/// The texts of a file and their language.
pub fn parse(file: &str) -> Result<(Language, Vec<Annotated>), CorpusError> {
    let lines: Vec<(usize, &str)> = file.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end())).collect();
    let lines: Vec<_> = lines.into_iter().filter(|(_, line)| !line.starts_with('#')).collect();
    let (first, rest) = lines.split_at(lines.iter().position(|(_, l)| l.starts_with("== ")).unwrap_or(lines.len()));
    let language = language(first)?;
    let texts = rest.chunk_by(|_, (_, next)| !next.starts_with("== "));
    Ok((language, texts.map(|lines| text(lines, language)).collect::<Result<_, _>>()?))
}

fn fault<T>(line: usize, what: impl Into<String>) -> Result<T, CorpusError> {
    Err(CorpusError { line, what: what.into() })
}

/// `language: fr`, before the first text.
fn language(lines: &Lines) -> Result<Language, CorpusError> {
    let Some((line, words)) = lines.iter().find(|(_, line)| !line.is_empty()) else {
        return fault(1, "the first line must be `language: en` (or de, fr, id)");
    };
    let code = words.strip_prefix("language:").map(str::trim);
    match code.and_then(Language::from_code) {
        Some(language) => Ok(language),
        None => fault(*line, format!("`language: en` (or de, fr, id) was expected, not {words:?}")),
    }
}

/// `== name 2025-03-12`, the text with marks, and the lines of facts.
fn text(lines: &Lines, language: Language) -> Result<Annotated, CorpusError> {
    let ((number, header), body) = lines.split_first().expect("a text begins with its header");
    let mut words = header.split_whitespace().skip(1);
    let name = words.next().unwrap_or_default();
    let published = words.next().map(str::to_owned);
    let facts = body.iter().position(|(_, line)| line.starts_with('>')).unwrap_or(body.len());
    let (body, facts) = body.split_at(facts);
    let mut text = Text::default();
    for (line, words) in body {
        text.read(*line, words)?;
    }
    let mut annotated = Annotated {
        text: text.plain.trim().to_owned(),
        published,
        gold: Gold {
            article: name.to_owned(),
            language: language.code().to_owned(),
            entities: text.entities,
            relations: Vec::new(),
            events: Vec::new(),
            quantities: Vec::new(),
            quotations: Vec::new(),
        },
    };
    if annotated.text.is_empty() {
        return fault(*number, "there is no text under this line");
    }
    for (line, words) in facts.iter().filter(|(_, line)| !line.is_empty()) {
        match words.strip_prefix('>') {
            Some(words) => fact(*line, words.trim(), &mut annotated)?,
            None => return fault(*line, "facts (`> …`) stand after the text: start the next text with `== name`"),
        }
    }
    Ok(annotated)
}

/// A text as far as it is read.
#[derive(Default)]
struct Text {
    plain: String,
    entities: Vec<Entity>,
}

impl Text {
    /// Adds a line, its marks taken off.
    fn read(&mut self, line: usize, marked: &str) -> Result<(), CorpusError> {
        let mut rest = marked;
        while let Some(open) = rest.find('[') {
            let mark = rest[open..].find(']').map(|end| &rest[open + 1..open + end]);
            let Some((words, what)) = mark.and_then(|mark| mark.split_once('|')) else {
                return fault(line, "a mark is [words|Type] or [words|name of a thing marked before]");
            };
            self.plain += &rest[..open];
            self.plain += words;
            self.mark(line, words, what.trim())?;
            rest = &rest[open + words.len() + what.len() + 3..];
        }
        self.plain += rest;
        self.plain.push('\n');
        Ok(())
    }

    /// A new thing (`Place`, `GovernmentOrganization for Norway`), or one more name of one.
    fn mark(&mut self, line: usize, words: &str, what: &str) -> Result<(), CorpusError> {
        let (kind, country) = what.split_once(" for ").map_or((what, None), |(kind, country)| (kind, Some(country)));
        if let Some(kind) = entity_type(kind) {
            let stands_for = country.map(|name| find(line, &self.entities, name)).transpose()?;
            self.entities.push(Entity {
                id: format!("{} {}", words, self.entities.len()),
                kind,
                names: vec![words.to_owned()],
                also: Vec::new(),
                stands_for,
            });
            return Ok(());
        }
        let id = find(line, &self.entities, what)?;
        let entity = self.entities.iter_mut().find(|e| e.id == id).expect("found above");
        entity.names.push(words.to_owned());
        Ok(())
    }
}

fn entity_type(name: &str) -> Option<EntityType> {
    let deserializer: StrDeserializer<'_, ValueError> = name.into_deserializer();
    EntityType::deserialize(deserializer).ok()
}

/// The id of the thing of that name.
fn find(line: usize, entities: &[Entity], name: &str) -> Result<String, CorpusError> {
    let found = entities.iter().find(|e| e.names.iter().any(|n| n == name));
    match found {
        Some(entity) => Ok(entity.id.clone()),
        None => fault(line, format!("nothing is marked as {name:?} (types are Person, Organization, Place …)")),
    }
}

/// One fact: `acquired(A, B) planned`, `Ban(agent: A, target: B)`, `number(A, 300..400 staff)`, `says(A, "…")`.
fn fact(line: usize, words: &str, into: &mut Annotated) -> Result<(), CorpusError> {
    let parts = words.split_once('(').zip(words.rsplit_once(')'));
    let Some(((name, _), (_, status))) = parts else {
        return fault(line, "a fact is name(…): acquired(A, B), Ban(agent: A), number(A, 300 staff), says(A, \"…\")");
    };
    let inner = &words[name.len() + 1..words.len() - status.len() - 1];
    let fact = Fact { line, name, arguments: arguments(inner), text: into.text.clone() };
    let ontology = Ontology::get();
    let gold = &mut into.gold;
    match name {
        "number" => gold.quantities.push(fact.quantity(&gold.entities)?),
        "says" => gold.quotations.push(fact.quotation(&gold.entities)?),
        _ if ontology.relations.contains_key(name) => {
            gold.relations.push(fact.relation(&gold.entities, status.trim())?);
        }
        _ if ontology.events.contains_key(name) => gold.events.push(fact.event(&gold.entities)?),
        _ => return fault(line, format!("{name:?} is no relation and no event of the ontology, nor number or says")),
    }
    Ok(())
}

/// Parts between commas that stand in no quotation marks.
fn arguments(inner: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in inner.char_indices() {
        quoted ^= c == '"';
        if c == ',' && !quoted {
            parts.push(inner[start..at].trim());
            start = at + 1;
        }
    }
    parts.push(inner[start..].trim());
    parts
}

/// A fact as written.
struct Fact<'a> {
    line: usize,
    name: &'a str,
    arguments: Vec<&'a str>,
    /// The text, which is the evidence: all that is known is that it says so.
    text: String,
}

impl Fact<'_> {
    fn fault<T>(&self, what: impl Into<String>) -> Result<T, CorpusError> {
        fault(self.line, what)
    }

    /// The id of a thing by its name, quoted or not.
    fn thing(&self, entities: &[Entity], name: &str) -> Result<String, CorpusError> {
        find(self.line, entities, name.trim_matches('"'))
    }

    fn relation(self, entities: &[Entity], status: &str) -> Result<Relation, CorpusError> {
        let [subject, object] = self.arguments[..] else {
            return self.fault(format!("{}(…) takes two: from whom, to whom", self.name));
        };
        let object = match super::gold::is_literal(self.name) {
            true => object.trim_matches('"').to_owned(),
            false => self.thing(entities, object)?,
        };
        let deserializer: StrDeserializer<'_, ValueError> = status.into_deserializer();
        let known = (!status.is_empty()).then(|| Status::deserialize(deserializer)).transpose();
        let Ok(status) = known else {
            return self.fault(format!("{status:?} is no status: write reported, planned, past, negated or nothing"));
        };
        let subject = self.thing(entities, subject)?;
        Ok(Relation { subject, relation: self.name.to_owned(), object, status, evidence: self.text })
    }

    fn event(self, entities: &[Entity]) -> Result<Event, CorpusError> {
        let mut event = Event {
            kind: self.name.to_owned(),
            agents: Vec::new(),
            targets: Vec::new(),
            places: Vec::new(),
            dates: Vec::new(),
            amount: None,
            evidence: self.text.clone(),
        };
        for argument in self.arguments.iter().filter(|a| !a.is_empty()) {
            let (role, what) = argument.split_once(':').unwrap_or((argument, ""));
            let what = what.trim();
            match role {
                "agent" => event.agents.push(self.thing(entities, what)?),
                "target" => event.targets.push(self.thing(entities, what)?),
                "place" => event.places.push(self.thing(entities, what)?),
                "date" => event.dates.push(what.to_owned()),
                "amount" => event.amount = Some(self.bounds(what)?),
                _ => return self.fault(format!("{role:?}: write agent:, target:, place:, date: or amount:")),
            }
        }
        Ok(event)
    }

    fn quantity(self, entities: &[Entity]) -> Result<Quantity, CorpusError> {
        let [owner, number] = self.arguments[..] else {
            return self.fault("number(…) takes what it is about, and the number: number(Orbit, 300..400 staff)");
        };
        let (owner, bounds) = (self.thing(entities, owner)?, self.bounds(number)?);
        Ok(Quantity { owner, bounds, evidence: self.text })
    }

    fn quotation(self, entities: &[Entity]) -> Result<Quotation, CorpusError> {
        let (speaker, text, addressee) = match self.arguments[..] {
            [speaker, text] => (speaker, text, None),
            [speaker, text, to] => (speaker, text, to.strip_prefix("to:").map(str::trim)),
            _ => return self.fault("says(…) takes the speaker and the words: says(Berg, \"It fits\", to: Orbit)"),
        };
        let text = text.trim_matches('"').to_owned();
        if !self.text.contains(&text) {
            return self.fault(format!("the text does not have the words {text:?}"));
        }
        let addressee = addressee.map(|name| self.thing(entities, name)).transpose()?;
        Ok(Quotation { speaker: self.thing(entities, speaker)?, text, addressee, evidence: self.text })
    }

    /// `300`, `300..` (at least), `..400` (at most) or `300..400`, and the unit.
    fn bounds(&self, words: &str) -> Result<Bounds, CorpusError> {
        let number = words.split_whitespace().next().unwrap_or_default();
        let parse = |digits: &str| serde_json::from_str::<serde_json::Number>(digits);
        let parse = |digits: &str| (!digits.is_empty()).then(|| parse(digits)).transpose();
        let bounds = match number.split_once("..") {
            Some((min, max)) => parse(min).and_then(|min| Ok(Bounds { value: None, min, max: parse(max)? })),
            None => parse(number).map(|value| Bounds { value, min: None, max: None }),
        };
        match bounds {
            Ok(bounds) if bounds.numbers().iter().any(Option::is_some) => Ok(bounds),
            _ => self.fault(format!("{number:?} is no number: write 300, 1.5, 300.. (at least), ..400 or 300..400")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# Comments stand anywhere.
language: en

== bakery 2025-03-12
Bakery sold

[Orbit Foods|Organization] of [Norway|Place] bought [Milan Bakery|Organization] for more than 40 million euros.
\"It fits, fully,\" [Anna Berg|Person], its chief executive, told [NRK|Organization]. [Orbit|Orbit Foods] has 300 to 400 staff.
> acquired(Orbit Foods, Milan Bakery)
> basedIn(Orbit, Norway) past
> jobTitle(Anna Berg, \"chief executive\")
> Acquisition(agent: Orbit Foods, target: Milan Bakery, date: 2025, amount: 40000000.. EUR)
> number(Orbit Foods, 300..400 staff)
> says(Anna Berg, \"It fits, fully,\", to: NRK)

== second
Nothing here.
";

    #[test]
    fn texts_lose_their_marks_and_keep_their_facts() {
        let (language, texts) = parse(FILE).unwrap();
        assert_eq!((language, texts.len()), (Language::En, 2));
        let one = &texts[0];
        assert!(one.text.starts_with("Bakery sold\n\nOrbit Foods of Norway bought Milan Bakery for"), "{}", one.text);
        assert!(one.text.ends_with("Orbit has 300 to 400 staff."));
        assert_eq!(one.published.as_deref(), Some("2025-03-12"));
        assert_eq!(one.gold.faults(&one.text), Vec::<String>::new());
        assert_eq!(one.gold.entities[0].names, ["Orbit Foods", "Orbit"]);
        assert_eq!(one.gold.relations.len(), 3);
        assert_eq!(one.gold.relations[1].status, Some(Status::Past));
        assert_eq!(one.gold.relations[2].object, "chief executive");
        let event = &one.gold.events[0];
        assert_eq!(
            (&event.agents, &event.targets),
            (&vec![one.gold.entities[0].id.clone()], &vec![one.gold.entities[2].id.clone()])
        );
        assert_eq!((event.dates.as_slice(), event.amount.is_some()), (["2025".to_owned()].as_slice(), true));
        let [value, min, max] = one.gold.quantities[0].bounds.numbers();
        assert!(value.is_none() && min.is_some() && max.is_some());
        assert_eq!(one.gold.quotations[0].text, "It fits, fully,");
        assert_eq!(one.gold.quotations[0].addressee.as_ref(), Some(&one.gold.entities[4].id));
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let fails = |from: &str, to: &str, line: usize, part: &str| {
            let error = parse(&FILE.replacen(from, to, 1)).unwrap_err();
            assert!(error.line == line && error.what.contains(part), "{error}");
        };
        fails("language: en", "language: xx", 2, "was expected");
        fails("[Norway|Place]", "[Norway|Land]", 7, "nothing is marked as \"Land\"");
        fails("[Norway|Place]", "[Norway]", 7, "a mark is");
        fails("acquired(Orbit Foods", "acquired(Orbit Food", 9, "\"Orbit Food\"");
        fails("acquired(", "acquires(", 9, "no relation");
        fails(") past", ") often", 10, "no status");
        fails("date: 2025", "day: 2025", 12, "\"day\"");
        fails("300..400", "many", 13, "no number");
        fails("\"It fits, fully,\", to", "\"It does\", to", 14, "does not have the words");
        fails("Nothing here.", "", 16, "no text");
    }
}
