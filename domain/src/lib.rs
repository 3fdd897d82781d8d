//! What things are, what is allowed, what is valid and how votes are counted.
//!
//! Pure: no input or output, no clock, no chance. The same code runs on the server and, as WASM, in the browser.
//! Read in this order: [`id`], [`time`], [`problem`], [`actor`], [`area`], then a feature at a time.

pub mod account;
pub mod actor;
pub mod area;
pub mod ballot;
pub mod calendar;
pub mod case;
pub mod clause;
pub mod comment;
pub mod consultation;
pub mod day;
pub mod deadline;
pub mod document;
pub mod form;
pub mod group;
pub mod id;
pub mod identity;
pub mod locale;
pub mod moderation;
pub mod office;
pub mod payment;
pub mod phone;
pub mod polis;
pub mod problem;
pub mod qris;
pub mod reference;
pub mod result;
pub mod search;
pub mod statement;
pub mod tax;
pub mod text;
pub mod time;

pub use actor::{Actor, Member, Permit, Refusal, Role};
pub use day::Day;
pub use id::*;
pub use locale::Locale;
pub use problem::{Invalid, Problem};
pub use time::{Clock, FixedClock, Timestamp, Zone};
