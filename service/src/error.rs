//! What a use case answers when it cannot be done.

use domain::{Invalid, Problem, Refusal};

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case was not done. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed is not valid, field by field (422).
    #[error("not valid")]
    Invalid(#[from] Invalid),
    /// One must sign in first (401, or a redirect to the sign-in page).
    #[error("sign in first")]
    SignIn,
    /// This account may not do it (403).
    #[error("not allowed")]
    Forbidden,
    /// Not there, or not to be seen by this person: the same answer for both (404).
    #[error("not found")]
    NotFound,
    /// In the present state it cannot be done (409).
    #[error("not in this state: {0:?}")]
    Conflict(Conflict),
    /// Too often; try again after so many seconds (429).
    #[error("too often")]
    TooOften {
        /// Seconds to wait.
        seconds: u32,
    },
    /// Larger than allowed (413).
    #[error("too large")]
    TooLarge,
    /// The disk is full: nothing new can be stored (507).
    #[error("the disk is full")]
    Full,
    /// The disk takes no writes: nothing new can be stored, what is there can be read (503).
    #[error("the disk takes no writes")]
    Unwritable(#[source] storage::Error),
    /// Something sealed does not open: changed, or the file of keys is not the one that sealed it (503).
    #[error("what is sealed does not open")]
    Sealed(#[from] crate::seal::Unsealable),
    /// The store failed; the cause is for the log alone (503).
    #[error("the store failed")]
    Unavailable(#[source] storage::Error),
}

/// The state that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// It opens later.
    NotYetOpen,
    /// It has closed.
    Closed,
    /// It is published: this part can no longer be changed.
    Published,
    /// It is not published yet.
    Draft,
    /// It is still open.
    StillOpen,
    /// It has been answered already.
    Answered,
    /// Something is still missing before this step.
    Incomplete,
    /// Somebody else saved in between.
    Stale,
    /// It was decided already.
    Decided,
    /// Replies go no deeper.
    TooDeep,
    /// It was deleted or hidden.
    Gone,
    /// This part is switched off here.
    SwitchedOff,
    /// It is already there.
    Taken,
}

impl Error {
    /// One field with one problem.
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid(Invalid::one(field, problem))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SignIn => Self::SignIn,
            Refusal::Forbidden => Self::Forbidden,
        }
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Conflict => Self::Conflict(Conflict::Taken),
            storage::Error::Full(_) => Self::Full,
            storage::Error::Unwritable(_) => Self::Unwritable(error),
            other => Self::Unavailable(other),
        }
    }
}
