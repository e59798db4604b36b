//! Analysis → mentions: names, numbers, dates, quotations.

pub mod date;
mod extent;
mod institution;
pub mod name;
pub mod number;
pub mod quote;
mod vote;

pub use date::Date;
pub use name::Name;
pub use number::Number;
pub use quote::Quote;
pub use vote::Votes;
