//! Analysis → mentions: names, numbers, dates, quotations.

mod acronym;
pub mod date;
mod extent;
mod institution;
pub mod name;
pub mod number;
mod post;
pub mod quote;
mod recurring;
mod settle;
pub mod tags;
mod title;
mod vote;

pub use date::Date;
pub use name::Name;
pub use number::Number;
pub use quote::Quote;
pub use settle::settle;
pub use vote::Votes;
