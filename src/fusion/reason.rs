//! Why two entities of articles are one thing.

/// What speaks for two entities being one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// They share a name, or a key of one: the same country, institution or known thing.
    Key,
    /// One is called by the surname alone of the one person of that surname.
    Surname,
    /// They bear the same role of one thing ("the owner of X").
    Role,
    /// Their names differ by one letter and their articles tell of one organisation.
    Spelling,
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
