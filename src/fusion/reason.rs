//! Why two entities of articles are one thing.

/// What speaks for two entities being one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A person said so in a file of links.
    Link,
    /// Both are the same known country, institution or name of the word lists.
    Known,
    /// Both are one entity of the file of known things.
    KnownThing,
    /// They share a name, and nothing tells them apart.
    Name,
    /// One name is the other one with an ending of its language.
    Inflection,
    /// One is called by the surname alone of the other.
    Surname,
    /// Their names differ in a middle name, or one gives the initial of the other's first name.
    Given,
    /// They bear the same role of one thing ("the owner of X").
    Role,
    /// Their names are one name in two spellings.
    Spelling,
    /// One is called by the initials of the other.
    Acronym,
    /// One is called by the first words of the other's name.
    ShortName,
}

impl Reason {
    /// A line for people.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Link => "a link of yours says so",
            Reason::Known => "both are the same country, institution or well-known name",
            Reason::KnownThing => "both are one of the known things",
            Reason::Name => "they share a name and nothing tells them apart",
            Reason::Inflection => "one name is the other with an ending",
            Reason::Surname => "one is called by the other's surname alone",
            Reason::Given => "the names differ in a middle name or an initial",
            Reason::Role => "they bear the same role of one thing",
            Reason::Spelling => "the names are two spellings of one",
            Reason::Acronym => "one is called by the initials of the other",
            Reason::ShortName => "one is called by the first words of the other's name",
        }
    }
}

/// Two entities of articles that were made one thing, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// Article index and entity index.
    pub left: (usize, usize),
    /// Article index and entity index.
    pub right: (usize, usize),
    /// What spoke for it.
    pub reason: Reason,
}
