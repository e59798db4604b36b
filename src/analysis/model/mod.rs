//! Tags, lemmas, trees and names learned from treebanks and corpora.

pub mod activation;
pub mod features;
pub mod names;
pub mod script;
pub mod tree;
