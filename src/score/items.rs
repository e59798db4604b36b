//! What counts in each track: the same value for what the graph says and for what people say.

use super::align::Party;
use super::text::Number;
use crate::record::EntityType;
use std::fmt;

/// An entity and its base type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Typed {
    /// The entity.
    pub party: Party,
    /// Its base type, if it has one.
    pub kind: Option<EntityType>,
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.party, type_name(self.kind))
    }
}

/// The name of a base type in reports.
pub(super) fn type_name(kind: Option<EntityType>) -> String {
    kind.map_or_else(|| "(none)".to_owned(), |kind| format!("{kind:?}"))
}

/// What a relation leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// Somebody or something.
    Party(Party),
    /// Words, as names compare.
    Words(String),
}

impl Object {
    /// Whether it is called as the subject is: then nothing is said.
    pub(super) fn is(&self, subject: &Party) -> bool {
        match (self, subject) {
            (Object::Party(object), subject) => object == subject,
            (Object::Words(words), Party::Known(id)) => words == id,
            (Object::Words(_), Party::Other(_)) => false,
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Object::Party(party) => party.fmt(f),
            Object::Words(words) => write!(f, "\"{words}\""),
        }
    }
}

/// One relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// Who stands in it.
    pub subject: Party,
    /// Its name in the ontology.
    pub relation: String,
    /// To whom or what.
    pub object: Object,
    /// Whether the article says that it is not so.
    pub negated: bool,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fact { subject, relation, object, negated } = self;
        write!(f, "{subject} {relation} {object}{}", if *negated { " (negated)" } else { "" })
    }
}

/// What is told of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// That it happened.
    Type,
    /// Who did it.
    Agent(Party),
    /// To whom or what.
    Target(Party),
    /// Where.
    Place(Party),
    /// When.
    Date(String),
    /// How much money.
    Amount(Option<Number>),
}

impl Part {
    /// The role's name.
    pub fn role(&self) -> &'static str {
        match self {
            Part::Type => "type",
            Part::Agent(_) => "agent",
            Part::Target(_) => "target",
            Part::Place(_) => "place",
            Part::Date(_) => "date",
            Part::Amount(_) => "amount",
        }
    }

    /// Who takes part, if it is somebody.
    pub fn party(&self) -> Option<&Party> {
        match self {
            Part::Agent(party) | Part::Target(party) | Part::Place(party) => Some(party),
            Part::Type | Part::Date(_) | Part::Amount(_) => None,
        }
    }
}

/// One thing that is told of one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventPart {
    /// The class of the event.
    pub kind: String,
    /// The event's number among those of the article: two with one number are the same event.
    pub event: usize,
    /// Whether the event is in the graph and in the annotations.
    pub shared: bool,
    /// What is told.
    pub part: Part,
}

impl fmt::Display for EventPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alone = if self.shared { "" } else { " (of an event that is not the same)" };
        write!(f, "{} {}", self.kind, self.part.role())?;
        match &self.part {
            Part::Type => write!(f, "{alone}"),
            Part::Agent(party) | Part::Target(party) | Part::Place(party) => write!(f, " {party}{alone}"),
            Part::Date(date) => write!(f, " {date}{alone}"),
            Part::Amount(Some(number)) => write!(f, " {number}{alone}"),
            Part::Amount(None) => write!(f, " not a number{alone}"),
        }
    }
}

/// A number with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// What it is about.
    pub owner: Party,
    /// Value, lower and upper bound.
    pub bounds: [Option<Number>; 3],
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.owner)?;
        for (name, number) in ["value", "min", "max"].into_iter().zip(&self.bounds) {
            if let Some(number) = number {
                write!(f, " {name} {number}")?;
            }
        }
        Ok(())
    }
}

/// Words with who said them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spoken {
    /// The speaker; none if the graph does not say.
    pub speaker: Option<Party>,
    /// The words, as quotations compare.
    pub words: String,
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.words.chars().take(80).collect();
        match &self.speaker {
            Some(speaker) => write!(f, "{speaker} \"{start}\""),
            None => write!(f, "(nobody) \"{start}\""),
        }
    }
}
