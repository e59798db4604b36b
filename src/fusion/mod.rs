//! The same thing across articles and languages; which facts agree and which contradict each other.

mod conflict;
mod keys;
mod nodes;
mod persons;
mod reason;
mod resolve;
mod roles;
mod sets;
mod things;

pub use conflict::{Conflict, conflicts};
pub use reason::{Merge, Reason};
pub use resolve::{Fused, fuse};
pub use things::Thing;
