//! The same thing across articles and languages; which facts agree and which contradict each other.

mod conflict;
mod resolve;

pub use conflict::{Conflict, conflicts};
pub use resolve::{Fused, Thing, fuse};
