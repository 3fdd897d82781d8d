//! Identities: sortable texts of 26 characters, made by the program, never by a database.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Crockford's base 32: no I, L, O, U, so that a person can read an id aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The text of an id made at `millis` (since 1970, UTC) with 80 bits of `chance`.
///
/// Ids sort by time first. 26 characters, lower case.
pub fn compose(millis: i64, chance: [u8; 10]) -> String {
    let mut bits = u128::from(millis.unsigned_abs() & 0xffff_ffff_ffff) << 80;
    for (place, byte) in chance.iter().enumerate() {
        bits |= u128::from(*byte) << (8 * (9 - place));
    }
    (0..26)
        .rev()
        .map(|digit| char::from(ALPHABET[((bits >> (5 * digit)) & 31) as usize]))
        .collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text as it stands: from the database, or from an address, where an unknown one finds nothing.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )+};
}

ids! {
    /// An account of a person.
    AccountId,
    /// An area by its official code, such as `35.79.02.2009`.
    AreaId,
    /// An office of the city by its short word, such as `dishub`.
    OfficeId,
    /// A consultation.
    ConsultationId,
    /// One version of a policy text.
    VersionId,
    /// A clause through all versions of its text: comments hold on to this.
    ClauseId,
    /// A question of a consultation.
    QuestionId,
    /// An answer option of a question.
    OptionId,
    /// A pseudonymous voice in one consultation.
    ParticipantId,
    /// A statement to agree or disagree with.
    StatementId,
    /// A comment.
    CommentId,
    /// A theme under which an office gathers comments.
    ThemeId,
    /// A stored file.
    FileId,
    /// A notice to a person.
    NoticeId,
    /// A case: one thing that somebody asked the city for.
    CaseId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_have_26_characters() {
        let early = compose(1_000, [255; 10]);
        let late = compose(1_001, [0; 10]);
        assert_eq!(early.len(), 26);
        assert!(early < late);
    }

    #[test]
    fn chance_makes_ids_of_one_moment_differ() {
        assert_ne!(compose(5, [1; 10]), compose(5, [2; 10]));
    }
}
