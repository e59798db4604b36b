//! The same thing across articles and languages; which facts agree and which contradict each other.

mod card;
mod conflict;
mod context;
mod copies;
mod homonyms;
mod keys;
mod known;
mod links;
mod lists;
mod memo;
mod nodes;
mod persons;
mod pins;
mod reason;
mod repeated;
mod resolve;
mod roles;
mod sets;
mod sound;
mod things;
mod traits;
mod turtle;
mod variants;

pub use card::Card;
pub use conflict::{Conflict, conflicts};
pub use copies::origins;
pub use known::KnownThings;
pub use links::Links;
pub use memo::Memo;
pub use reason::{Merge, Reason};
pub use resolve::{Fused, fuse};
pub use things::Thing;
pub use turtle::FileError;

/// What the rules look at.
struct Scene<'a> {
    nodes: &'a nodes::Nodes<'a>,
    context: context::Context,
}

/// What fusion is given beside the articles.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What the IRIs of the graph begin with, so that links can name its entities.
    pub base: &'a str,
    /// Links that a person made.
    pub links: &'a Links,
    /// Known things.
    pub known: &'a KnownThings,
}
