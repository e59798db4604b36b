//! newsgraph turns news articles in English, French, German and Indonesian into an RDF
//! knowledge graph in which every fact points to the words that say it.
//!
//! Data flows one way, value to value; [`pipeline`] shows the whole flow:
//! bytes → [`article::Document`] → [`record::ArticleRecord`] → quads → [`store::Store`].

pub mod analysis;
pub mod article;
pub mod claim;
pub mod cli;
pub mod entity;
pub mod export;
pub mod fusion;
pub mod graph;
pub mod language;
pub mod mention;
pub mod ontology;
pub mod panics;
pub mod pipeline;
pub mod prefix;
pub mod query;
pub mod record;
pub mod score;
pub mod server;
pub mod store;
pub mod text;
