//! The rules of `relations/*.toml`, compiled.

use super::files::{Argument, NounRule, PatternRule, RelationFile, RoleRule, VerbRule};
use crate::analysis::tokenize_phrase;
use crate::record::{EntityType, Status};

/// One table of a relation file.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The relation it finds.
    pub relation: Option<String>,
    /// The event it finds.
    pub event: Option<String>,
    /// File and table, for the claim's provenance (`languages/en/relations/owner.toml role 1`).
    pub name: String,
    /// What the table says.
    pub rule: Rule,
}

/// The kinds of frames.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Rule {
    Role(RoleRule),
    Verb(VerbRule),
    Noun(NounRule),
    Pattern(Pattern),
}

/// A compiled `[[pattern]]`.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What must follow one another.
    pub elements: Vec<Element>,
    /// The status it gives, if it overrules the sentence's.
    pub status: Option<Status>,
}

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// A word (lower-cased form or lemma), one of several.
    Words(Vec<String>),
    /// The same, or nothing.
    Optional(Vec<String>),
    /// A mention that fills an argument, of one of the types if any are given.
    Mention(Argument, Vec<EntityType>),
    /// A mention of one of the types that fills none.
    Other(Vec<EntityType>),
    /// Up to so many words.
    Gap(usize),
    /// A common noun that tells a name's type ("company", "maker").
    Noun(EntityType),
    /// A country's adjective ("Russian") that fills an argument.
    Adjective(Argument),
    /// The adjective of a place that is no country ("Californian") that fills an argument.
    Local(Argument),
    /// A political party that fills an argument.
    Party(Argument),
    /// A place that its name or the noun before it tells to be something built or natural ("Alder Stadium") and that
    /// fills an argument.
    Site(Argument),
}

/// Compiles the tables of one file. The error is what is wrong with which pattern.
pub(super) fn compile(path: &str, file: &RelationFile) -> Result<Vec<Frame>, String> {
    let mut frames = Vec::new();
    let mut add = |kind: &str, number: usize, state: bool, rule: Rule| {
        frames.push(Frame {
            relation: file.relation.clone(),
            event: file.event.clone().filter(|_| !state),
            name: format!("{path} {kind} {}", number + 1),
            rule,
        });
    };
    file.role.iter().enumerate().for_each(|(i, r)| add("role", i, false, Rule::Role(r.clone())));
    file.verb.iter().enumerate().for_each(|(i, r)| add("verb", i, r.state, Rule::Verb(r.clone())));
    file.noun.iter().enumerate().for_each(|(i, r)| add("noun", i, r.state, Rule::Noun(r.clone())));
    for (i, rule) in file.pattern.iter().enumerate() {
        let compiled = pattern(rule).map_err(|e| format!("pattern {}: {e}", i + 1))?;
        add("pattern", i, rule.state, Rule::Pattern(compiled));
    }
    Ok(frames)
}

fn pattern(rule: &PatternRule) -> Result<Pattern, String> {
    let mut elements = Vec::new();
    // A bracket that stands alone is a word of the text; one that touches a word opens a choice.
    let text = rule.pattern.replace(" | ", "|").replace("}-", "} - ");
    let mut depth = 0;
    let mut before = ' ';
    let chars: Vec<char> = text.chars().chain([' ']).collect();
    let mut position = 0;
    let words = text.split(|c: char| {
        let alone = before.is_whitespace() && chars[position + 1].is_whitespace();
        if !alone {
            depth += i32::from(c == '(') - i32::from(c == ')');
        }
        before = c;
        position += 1;
        depth <= 0 && c.is_whitespace()
    });
    for word in words.filter(|w| !w.is_empty()) {
        element(word, &mut elements)?;
    }
    let mentions = elements
        .iter()
        .filter(|e| !matches!(e, Element::Words(_) | Element::Optional(_) | Element::Gap(_) | Element::Noun(_)))
        .count();
    if mentions == 0 {
        return Err(format!("\"{}\" names neither {{subject}} nor {{object}}", rule.pattern));
    }
    Ok(Pattern { elements, status: rule.status })
}

fn element(word: &str, elements: &mut Vec<Element>) -> Result<(), String> {
    if let Some(inner) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        elements.push(mention(inner)?);
    } else if let Some(kind) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
        elements.push(Element::Noun(entity_type(kind)?));
    } else if let Some(count) = word.strip_prefix("...") {
        elements
            .push(Element::Gap(count.parse().map_err(|_| format!("\"{word}\": a number is missing after the dots"))?));
    } else {
        let (word, optional) = word.strip_suffix('?').filter(|w| !w.is_empty()).map_or((word, false), |w| (w, true));
        let inner = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
        let choices: Vec<&str> = inner.map_or(vec![word], |w| w.split('|').collect());
        words(&choices, optional, elements);
    }
    Ok(())
}

/// Adds a choice of words; a phrase outside a choice becomes one element a word.
fn words(choices: &[&str], optional: bool, elements: &mut Vec<Element>) {
    if let [single] = choices {
        for part in tokenize_phrase(single) {
            let part = vec![part.to_lowercase()];
            elements.push(if optional { Element::Optional(part) } else { Element::Words(part) });
        }
        return;
    }
    let empty = choices.iter().any(|c| c.trim().is_empty());
    let list = choices.iter().map(|c| c.trim().to_lowercase()).filter(|c| !c.is_empty()).collect();
    elements.push(if optional || empty { Element::Optional(list) } else { Element::Words(list) });
}

fn mention(inner: &str) -> Result<Element, String> {
    let (role, types) = inner.split_once(':').unwrap_or((inner, ""));
    let kinds = || types.split('|').filter(|t| !t.is_empty()).map(entity_type).collect::<Result<Vec<_>, _>>();
    let argument = match role.trim() {
        "_" => return Ok(Element::Other(kinds()?)),
        "subject" | "agent" => Argument::Subject,
        "object" | "target" | "patient" => Argument::Object,
        other => return Err(format!("{{{other}}}: the role is subject or object")),
    };
    if types.trim() == "adjective" {
        return Ok(Element::Adjective(argument));
    }
    if types.trim() == "local" {
        return Ok(Element::Local(argument));
    }
    if types.trim() == "site" {
        return Ok(Element::Site(argument));
    }
    if types.trim() == "party" {
        return Ok(Element::Party(argument));
    }
    Ok(Element::Mention(argument, kinds()?))
}

fn entity_type(name: &str) -> Result<EntityType, String> {
    serde_json::from_value(serde_json::Value::String(name.trim().to_owned()))
        .map_err(|_| format!("\"{name}\" is no entity type"))
}
