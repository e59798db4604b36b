//! The data files of one language as they stand in TOML; `languages/README.md` says what each key means.

use crate::record::{EntityType, Status};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words by entity type.
pub type ByType = BTreeMap<EntityType, Vec<String>>;

/// `grammar.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Grammar {
    pub articles: Vec<String>,
    pub definite: Vec<String>,
    pub prepositions: Vec<String>,
    pub of: Vec<String>,
    pub genitive_marks: Vec<String>,
    pub genitive_articles: Vec<String>,
    #[serde(rename = "in")]
    pub locative: Vec<String>,
    pub by: Vec<String>,
    pub from: Vec<String>,
    pub until: Vec<String>,
    pub conjunctions: Vec<String>,
    pub subordinators: Vec<String>,
    pub relatives: Vec<String>,
    pub negations: Vec<String>,
    pub passive_auxiliaries: Vec<String>,
    pub copulas: Vec<String>,
    pub future: Vec<String>,
    pub conditional: Vec<String>,
    pub past_marks: Vec<String>,
    pub support_verbs: Vec<String>,
    pub undergo_verbs: Vec<String>,
    pub happens: Vec<String>,
    pub hedges: Vec<String>,
    pub company_forms: Vec<String>,
    /// Words before a full stop that ends no sentence, though it is a token of its own.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    #[serde(default)]
    pub not_negations: Vec<String>,
    #[serde(default)]
    pub progressive: Vec<String>,
    #[serde(default)]
    pub particles: Vec<String>,
    #[serde(default)]
    pub genitive_prepositions: Vec<String>,
    #[serde(default)]
    pub reflexives: Vec<String>,
    #[serde(default)]
    pub verb_forms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub reflexive_auxiliaries: Vec<String>,
    #[serde(default)]
    pub capital_nouns: bool,
    #[serde(default)]
    pub says_as: Vec<String>,
    #[serde(default)]
    pub enclitics: Vec<String>,
    #[serde(default)]
    pub passive_prefix: Option<String>,
    /// Endings that names take in the genitive.
    #[serde(default)]
    pub genitive_endings: Vec<String>,
    /// Letters of names as they are written and as they sound, the longer before the shorter.
    #[serde(default)]
    pub sounds: Vec<[String; 2]>,
}

/// `names.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Names {
    pub never: Vec<String>,
    pub connectors: Vec<String>,
    pub person_connectors: Vec<String>,
    pub honorifics: Vec<String>,
    pub heads: ByType,
    pub context: ByType,
    #[serde(default)]
    pub seated: ByType,
    #[serde(default)]
    pub known: ByType,
    #[serde(default)]
    pub noun_endings: Vec<String>,
    #[serde(default)]
    pub lower_names: bool,
    #[serde(default)]
    pub generic: Vec<String>,
    #[serde(default)]
    pub belongings: Vec<String>,
    #[serde(default)]
    pub party_letters: BTreeMap<String, String>,
    #[serde(default)]
    pub sport: Vec<String>,
    #[serde(default)]
    pub no_team: Vec<String>,
    /// Whether persons are called by their first name alone.
    #[serde(default)]
    pub first_names: bool,
}

/// `titles.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// The posts.
    pub title: Vec<Title>,
}

/// One post or office.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Title {
    pub word: Vec<String>,
    pub relation: String,
    pub concept: String,
    #[serde(default)]
    pub plural: bool,
    /// An unnamed group of them is told of as one person is ("the executives").
    #[serde(default)]
    pub group: bool,
    /// A place can have such a leader ("president of France", "mayor of Paris").
    #[serde(default)]
    pub of_place: bool,
    /// Only a state, a place or an authority can have such a leader ("minister").
    #[serde(default)]
    pub of_state: bool,
    /// One told of without an organisation belongs to the one the sentence tells of ("a spokesman").
    #[serde(default)]
    pub of_topic: bool,
    /// Told with a name and without an organisation, it is a post of the one that the article tells of most
    /// ("chairman Jane Roe").
    #[serde(default)]
    pub of_main: bool,
}

/// `speech.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Speech {
    pub verbs: Vec<String>,
    pub to: Vec<String>,
    pub interviews: Vec<String>,
    #[serde(default)]
    pub verbs_to_object: Vec<String>,
    pub according: Vec<String>,
    #[serde(default)]
    pub hearsay: Vec<String>,
    /// Pronouns that may be the subject of a verb of saying ("he", never "his").
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Verbs that give something a name or a judgement ("call", "qualifier"): a partial quotation may follow.
    #[serde(default)]
    pub calling: Vec<String>,
    /// Nouns for something said ("statement", "communiqué"): after them and a colon, words in marks are whose they are.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Prepositions that open a sentence with who sees it so ("Pour X, c'est « … »").
    #[serde(default)]
    pub views: Vec<String>,
    /// Endings of a verb of saying that stand for its subject ("katanya").
    #[serde(default)]
    pub clitics: Vec<String>,
    /// Forms of the mood of indirect speech ("sei", "werde"): the speaker of the sentence before goes on.
    #[serde(default)]
    pub reported: Vec<String>,
    pub quotes: Vec<String>,
}

/// `numbers.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Numbers {
    pub decimal: String,
    pub thousands: Vec<String>,
    pub words: BTreeMap<String, u64>,
    pub scales: BTreeMap<String, u64>,
    pub bounds: Bounds,
    pub currencies: BTreeMap<String, String>,
    pub percent: Vec<String>,
    pub ignore_units: Vec<String>,
    pub owners: Owners,
}

/// Words that tell whom a number is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Owners {
    pub toll: Vec<String>,
    pub held: Vec<String>,
    pub holds: Vec<String>,
    pub each: Vec<String>,
    pub reaches: Vec<String>,
    pub levels: Vec<String>,
    pub part_of: Vec<String>,
    pub public: Vec<String>,
    pub figures: Vec<String>,
}

/// Words that bound a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Bounds {
    pub min: Vec<String>,
    pub max: Vec<String>,
    pub about: Vec<String>,
    pub min_after: Vec<String>,
    pub max_after: Vec<String>,
    pub further: Vec<String>,
    pub between: Vec<[String; 2]>,
}

/// `dates.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Dates {
    pub months: BTreeMap<String, u8>,
    pub weekdays: BTreeMap<String, u8>,
    #[serde(default)]
    pub ordinals: Vec<String>,
    #[serde(default)]
    pub relative_days: BTreeMap<String, i32>,
    /// What stands before and between the two ends of a period ("from … to …").
    #[serde(default)]
    pub pairs: Vec<[String; 2]>,
    pub patterns: Vec<String>,
}

/// What becomes of a hyphen between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hyphens {
    /// The words and the hyphen are one word.
    Join,
    /// They are three words.
    Split,
    /// Three words between two names or two numbers, else one.
    Names,
}

/// `multiword.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Multiword {
    pub hyphens: Hyphens,
    #[serde(default)]
    pub keeps_case: bool,
    #[serde(default)]
    pub blanks_in_numbers: bool,
    #[serde(default)]
    pub runs_of_marks: bool,
    pub initials: bool,
    #[serde(default)]
    pub joined: Vec<String>,
    #[serde(default)]
    pub keep: Vec<String>,
    #[serde(default)]
    pub elided: Vec<String>,
    #[serde(default)]
    pub tails: Vec<String>,
    #[serde(default)]
    pub clitics: Vec<String>,
    #[serde(default)]
    pub known_clitics: Vec<String>,
    #[serde(default)]
    pub abbreviations: Vec<String>,
    #[serde(default)]
    pub units: Vec<String>,
    #[serde(default)]
    pub verb_endings: Vec<String>,
    #[serde(default)]
    pub infinitives: Vec<String>,
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub plain: BTreeMap<String, Vec<String>>,
}

/// `coref.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Coref {
    pub pronouns: BTreeMap<String, Vec<String>>,
    pub epithets: ByType,
}

/// One state of `countries.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Country {
    pub names: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub capital: Vec<String>,
}

/// `places.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Places {
    pub names: Vec<String>,
    #[serde(default)]
    pub exonyms: BTreeMap<String, String>,
    #[serde(default)]
    pub adjectives: BTreeMap<String, Vec<String>>,
}

/// Which argument of a relation (or event) a word of a frame fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Argument {
    /// The relation's subject, the event's agent.
    #[serde(alias = "agent")]
    Subject,
    /// The relation's object, the event's target.
    #[serde(alias = "target")]
    Object,
}

/// Who a possessor or compound part before a nominalization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Possessor {
    /// Who does it.
    #[default]
    Agent,
    /// To whom it is done.
    Patient,
    /// Neither.
    None,
}

/// One file of `relations/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RelationFile {
    pub relation: Option<String>,
    pub event: Option<String>,
    #[serde(default)]
    pub role: Vec<RoleRule>,
    #[serde(default)]
    pub verb: Vec<VerbRule>,
    #[serde(default)]
    pub noun: Vec<NounRule>,
    #[serde(default)]
    pub pattern: Vec<PatternRule>,
}

/// `[[role]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RoleRule {
    pub word: Vec<String>,
    pub bearer: Argument,
    #[serde(rename = "of")]
    pub of: Argument,
    #[serde(default)]
    pub title: bool,
    pub concept: Option<String>,
    #[serde(default)]
    pub plural: bool,
    pub status: Option<Status>,
    #[serde(default)]
    pub finds: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
}

fn subject() -> Argument {
    Argument::Subject
}

fn object() -> Argument {
    Argument::Object
}

fn direct() -> Vec<String> {
    vec![String::new()]
}

/// `[[verb]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct VerbRule {
    pub word: Vec<String>,
    #[serde(default = "subject")]
    pub agent: Argument,
    #[serde(default = "object")]
    pub patient: Argument,
    #[serde(default = "direct")]
    pub prep: Vec<String>,
    #[serde(default)]
    pub agent_prep: Vec<String>,
    #[serde(default)]
    pub reciprocal: bool,
    #[serde(default)]
    pub state: bool,
    pub status: Option<Status>,
    #[serde(default)]
    pub finds: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
}

/// `[[noun]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NounRule {
    pub word: Vec<String>,
    #[serde(default = "subject")]
    pub agent: Argument,
    #[serde(default = "object")]
    pub patient: Argument,
    #[serde(default)]
    pub patient_prep: Vec<String>,
    #[serde(default)]
    pub agent_prep: Vec<String>,
    #[serde(default)]
    pub possessor: Possessor,
    #[serde(default)]
    pub reciprocal: bool,
    #[serde(default)]
    pub state: bool,
    pub status: Option<Status>,
    #[serde(default)]
    pub finds: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
}

/// `[[pattern]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PatternRule {
    #[serde(rename = "match")]
    pub pattern: String,
    #[serde(default)]
    pub state: bool,
    pub status: Option<Status>,
    #[serde(default)]
    pub finds: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
}
