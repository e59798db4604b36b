//! Analysis → mentions: names, numbers, dates, quotations.

pub mod date;
mod institution;
pub mod name;
pub mod number;
pub mod quote;
pub mod tags;

pub use date::Date;
pub use name::{Name, Votes};
pub use number::Number;
pub use quote::Quote;
