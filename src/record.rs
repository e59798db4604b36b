//! What one article says: the value that the store keeps and that fusion and the graph are made from.
//!
//! Everything points to entities by their index in [`ArticleRecord::entities`]; IRIs are given
//! only when the articles of a store are fused.

use crate::article::Document;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// The base types of entities (contract: `rdf:type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityType {
    /// schema:Person
    Person,
    /// schema:Organization
    Organization,
    /// schema:GovernmentOrganization
    GovernmentOrganization,
    /// schema:Place
    Place,
    /// schema:Product
    Product,
    /// schema:CreativeWork
    Work,
    /// schema:Event
    Event,
}

/// One thing that the article names or describes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Base type.
    pub kind: EntityType,
    /// Finer schema.org classes by local name (`Country`, `City`, `SoftwareApplication`).
    pub finer: Vec<String>,
    /// Names seen in the article, the preferred first; for an unnamed person the description.
    pub names: Vec<String>,
    /// Whether the entity is an unnamed person.
    pub unnamed: bool,
    /// Language-independent keys by which fusion recognises the same thing (`country:US`).
    pub keys: Vec<String>,
    /// Where it is mentioned, in text order; pronouns are not mentions.
    pub mentions: Vec<Span>,
}

/// How far the article vouches for a claim (contract: `ng:status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// The article says so.
    #[serde(alias = "asserted")]
    Asserted,
    /// A named source says so.
    #[serde(alias = "reported")]
    Reported,
    /// Announced for later.
    #[serde(alias = "planned")]
    Planned,
    /// Held once.
    #[serde(alias = "past")]
    Past,
    /// The article says that it is not so.
    #[serde(alias = "negated")]
    Negated,
}

/// The object of a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Object {
    /// An entity, by index.
    Entity(usize),
    /// Words of the article (`jobTitle`).
    Text(String),
}

/// When something held, as far as the article says: `2024-07-20`, `2024-07` or `2024` at either end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The day, month or year from which it holds.
    pub start: Option<String>,
    /// The day, month or year until which it held.
    pub end: Option<String>,
}

impl Period {
    /// Whether the article gives neither end.
    pub fn is_open(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }

    /// Whether the two have no day in common. Dates compare as far as both are given: 2019 meets 2019-05.
    pub fn is_apart(&self, other: &Period) -> bool {
        let before = |end: &Option<String>, start: &Option<String>| match (end, start) {
            (Some(end), Some(start)) => {
                let common = end.len().min(start.len());
                end[..common] < start[..common]
            }
            _ => false,
        };
        before(&self.end, &other.start) || before(&other.end, &self.start)
    }
}

/// One relation that the article states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Entity index.
    pub subject: usize,
    /// Relation name of the ontology (`owner`).
    pub relation: String,
    /// What the relation leads to.
    pub object: Object,
    /// Status.
    pub status: Status,
    /// The entity that says so, if reported.
    pub attributed_to: Option<usize>,
    /// When it held.
    #[serde(default, skip_serializing_if = "Period::is_open")]
    pub held: Period,
    /// 0 to 1, in hundredths.
    pub confidence: u8,
    /// The words that say so.
    pub evidence: Span,
    /// The rule that fired: file and name (`languages/en/relations/owner.toml role 1`).
    pub rule: String,
}

/// A number with its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// What the number is about; none for an amount that only an event has.
    pub of: Option<usize>,
    /// Exact or approximate value, decimal digits.
    pub value: Option<String>,
    /// Lower bound.
    pub min: Option<String>,
    /// Upper bound.
    pub max: Option<String>,
    /// Unit.
    pub unit: Unit,
    /// Evidence.
    pub evidence: Span,
    /// 0 to 100.
    pub confidence: u8,
    /// The rule that fired.
    pub rule: String,
}

/// What a quantity counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// ISO 4217 code, or `P1` for per cent.
    Code(String),
    /// The counted thing in the article's words.
    Text(String),
}

/// Words in quotation marks with their speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// Entity index of the speaker.
    pub speaker: usize,
    /// The words between the marks.
    pub text: String,
    /// Entity index of the one told.
    pub addressee: Option<usize>,
    /// Evidence: the quotation with the words that ascribe it.
    pub evidence: Span,
    /// 0 to 100.
    pub confidence: u8,
    /// The rule that fired.
    pub rule: String,
}

/// One happening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Event class of the ontology (`Ban`).
    pub kind: String,
    /// Entity indices of who does it.
    pub agents: Vec<usize>,
    /// To whom or what.
    pub targets: Vec<usize>,
    /// Where.
    pub places: Vec<usize>,
    /// One for each date that the article gives it.
    pub dates: Vec<EventDate>,
    /// Indices into [`ArticleRecord::quantities`].
    pub amounts: Vec<usize>,
    /// Evidence, one span a mention of the event.
    pub evidence: Vec<Span>,
    /// 0 to 100.
    pub confidence: u8,
    /// The rule that fired.
    pub rule: String,
}

/// A date that the article gives an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// `2024-07-20`, `2024-07`, `2024` or `--07-20`.
    pub iso: String,
    /// The words that say so.
    pub evidence: Span,
}

/// All that is known of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// The article as read.
    pub document: Document,
    /// Entities of the article.
    pub entities: Vec<Entity>,
    /// Relations.
    pub claims: Vec<Claim>,
    /// Events.
    pub events: Vec<Event>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
}

impl ArticleRecord {
    /// The `{hash}` of the article's IRI: the first 16 hex digits of the input's SHA-256.
    pub fn id(&self) -> &str {
        &self.document.sha256[..16]
    }

    /// The record without the claims, events, quantities and quotations that are less certain than `confidence`,
    /// in hundredths. The amounts of the events that stay are kept; an amount that no longer has an entity of
    /// its own is one of its event alone.
    pub fn at_least(&self, confidence: u8) -> Self {
        let mut record = self.clone();
        record.claims.retain(|c| c.confidence >= confidence);
        record.events.retain(|e| e.confidence >= confidence);
        record.quotations.retain(|q| q.confidence >= confidence);
        let used = |i: &usize| record.events.iter().any(|e| e.amounts.contains(i));
        let kept: Vec<usize> = (0..record.quantities.len())
            .filter(|i| used(i) || record.quantities[*i].confidence >= confidence)
            .collect();
        record.quantities = kept.iter().map(|i| self.quantities[*i].clone()).collect();
        for quantity in record.quantities.iter_mut().filter(|q| q.confidence < confidence) {
            quantity.of = None;
        }
        for amount in record.events.iter_mut().flat_map(|e| &mut e.amounts) {
            *amount = kept.partition_point(|k| k < amount);
        }
        record
    }
}
