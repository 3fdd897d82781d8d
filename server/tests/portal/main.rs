//! The whole router as a browser without JavaScript meets it: accounts, votes and statements, comments, cases, forms, payments; the traps
//! of the field; every address with every kind of bad input.

mod account;
mod ballot;
mod case;
mod comment;
mod device;
mod document;
mod form;
mod payment;
mod rig;
mod sweep;
mod traps;
