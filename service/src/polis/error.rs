//! What can be wrong with an import or an export, in sentences for whoever runs the command.

use std::path::PathBuf;

/// Something in a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {fault}")]
pub struct Broken {
    /// The file's name.
    pub file: &'static str,
    /// The line, from 1; of a record over several lines the first.
    pub line: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A column is not there.
    #[error("there is no column {0:?}")]
    NoColumn(&'static str),
    /// A line of the summary is not there.
    #[error("there is no line that begins with {0:?}")]
    NoKey(&'static str),
    /// A column is there twice.
    #[error("the column {0:?} is there twice")]
    TwoColumns(String),
    /// Too few or too many cells.
    #[error("{found} cells where the first line has {expected}")]
    Cells {
        /// As many as the head has.
        expected: usize,
        /// As many as there are.
        found: usize,
    },
    /// Not UTF-8.
    #[error("this is not UTF-8")]
    Encoding,
    /// No whole number.
    #[error("{column:?} is {value:?}, not a whole number")]
    Number {
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// No moment in milliseconds since 1970.
    #[error("the timestamp {0} is no moment in milliseconds since 1970")]
    Moment(i64),
    /// No vote.
    #[error("{column:?} is {value:?}; a vote is -1, 0 or 1")]
    Vote {
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// No decision of a moderator.
    #[error("\"moderated\" is {0:?}; it is -1, 0 or 1")]
    Moderated(String),
    /// A statement that the comments do not have.
    #[error("statement {0} is not in comments.csv")]
    UnknownComment(i64),
    /// The same statement a second time.
    #[error("statement {0} was there before")]
    SecondComment(i64),
    /// The same person a second time.
    #[error("participant {0} was there before")]
    SecondPerson(i64),
    /// A statement without words.
    #[error("the statement has no text")]
    NoText,
    /// A quoted cell without an end.
    #[error("a quotation mark opens here and never closes")]
    OpenQuote,
    /// A file without a first line.
    #[error("the file is empty")]
    Empty,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be opened.
    #[error("{path} cannot be read: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is broken.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The word for the address is none.
    #[error("the slug {0:?} cannot be used: 3 to 80 lower-case letters, digits and single hyphens")]
    Slug(String),
    /// No such office.
    #[error("there is no office {0:?}")]
    Office(String),
    /// Another consultation has this address.
    #[error("there is another consultation {0:?}; choose another slug")]
    Taken(String),
    /// The same address was imported from other files.
    #[error("{0:?} was imported from other files: these differ from them; choose another slug")]
    Changed(String),
    /// Not allowed, or the store failed.
    #[error("the import was not stored: {0}")]
    Store(#[from] crate::Error),
}

impl From<storage::Error> for ImportError {
    fn from(error: storage::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be written.
    #[error("{path} cannot be written: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not there, counts still hidden, or the store failed.
    #[error("nothing was exported: {0}")]
    Store(#[from] crate::Error),
}

impl From<storage::Error> for ExportError {
    fn from(error: storage::Error) -> Self {
        Self::Store(error.into())
    }
}
