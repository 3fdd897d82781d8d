//! What pages and phones say in the reader's language, and the addresses they lead to.
//!
//! The server's pages and each module of the browser say the same thing with the same words, so the words are beside them.

pub mod fault;
pub mod links;
mod note;
pub mod t;

pub use note::Note;
