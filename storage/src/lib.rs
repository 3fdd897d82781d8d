//! All SQL of the program, its migrations, and the layer that lets one text run on SQLite and PostgreSQL.
//!
//! A module per feature; in it, functions over [`Tx`] that read like SQL. No rules, no permissions.

pub mod account;
pub mod area;
pub mod audit;
pub mod ballot;
pub mod case;
pub mod clause;
pub mod comment;
pub mod consultation;
pub mod database;
pub mod demo;
pub mod document;
pub mod draft;
pub mod event;
pub mod file;
pub mod form;
pub mod group;
pub mod moderation;
pub mod notice;
pub mod office;
pub mod payment;
pub mod result;
pub mod seal;
pub mod search;
pub mod statement;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod upkeep;

#[doc(hidden)]
pub use inventory;

pub use database::{Db, Error, Query, Result, Tx, Value};
