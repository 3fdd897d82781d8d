//! Statements: short sentences that people agree or disagree with, or pass.

pub mod duplicate;
pub mod routing;

use serde::{Deserialize, Serialize};

use crate::{Invalid, Problem, StatementId, Timestamp, text};

/// Fewest characters of a statement that a person writes.
pub const FEWEST: u32 = 10;
/// Most characters of a statement that a person writes. Imported ones may be longer.
pub const MOST: u32 = 140;

/// What a person says to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Agrees.
    Agree,
    /// Disagrees.
    Disagree,
    /// Has seen it and says neither.
    Pass,
}

impl Judgement {
    /// All, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Disagree, Self::Pass];

    /// The stable word for forms and the public API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Pass => "pass",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|judgement| judgement.word() == word)
    }

    /// As stored, and as Polis writes it: 1 agree, −1 disagree, 0 pass.
    pub const fn value(self) -> i64 {
        match self {
            Self::Agree => 1,
            Self::Disagree => -1,
            Self::Pass => 0,
        }
    }

    /// Reads the stored number.
    pub fn of(value: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|judgement| judgement.value() == value)
    }
}

/// Whether a statement is judged by all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has decided yet; only its author sees it.
    #[default]
    Waiting,
    /// Public.
    Accepted,
    /// Not taken; only its author sees it, with the reason.
    Rejected,
}

impl Status {
    /// All.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Accepted, Self::Rejected];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// How often a statement was judged each way: each voice once, by its newest judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Agree.
    pub agree: i64,
    /// Disagree.
    pub disagree: i64,
    /// Pass.
    pub pass: i64,
}

impl Counts {
    /// Voices that judged it.
    pub const fn total(&self) -> i64 {
        self.agree + self.disagree + self.pass
    }

    /// How often it was judged so.
    pub const fn of(&self, judgement: Judgement) -> i64 {
        match judgement {
            Judgement::Agree => self.agree,
            Judgement::Disagree => self.disagree,
            Judgement::Pass => self.pass,
        }
    }
}

/// A public statement as one person may see it at one moment. What they may not see is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its identity.
    pub id: StatementId,
    /// Its number in the consultation, as shown; from 1, or as in the export it was imported from.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// Whether the office wrote it to begin with; else a resident did.
    pub is_seed: bool,
    /// What this person said to it.
    pub mine: Option<Judgement>,
    /// How it was judged; `None` while that is hidden from this person.
    pub counts: Option<Counts>,
}

/// A statement with what was decided about it, as its author or its office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its identity.
    pub id: StatementId,
    /// Its number in the consultation.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// Whether the office wrote it.
    pub is_seed: bool,
    /// What was decided about it.
    pub status: Status,
    /// Why it was not taken: a word of `moderation::Reason`, or nothing.
    pub reason: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Its place among those that everybody sees first; `None` when it is not pinned.
    pub pin: Option<i64>,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By number: the only one that says nothing about counts.
    #[default]
    Number,
    /// Most judgements first.
    Votes,
    /// Largest share of agreement first; few judgements count for less.
    Agreed,
    /// Most voices on the smaller of the two sides first.
    Divided,
}

impl Order {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Votes, Self::Agreed, Self::Divided, Self::Number];

    /// The word for addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "nomor",
            Self::Votes => "suara",
            Self::Agreed => "disetujui",
            Self::Divided => "terbelah",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// The form in which a person writes a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The sentence as typed.
    #[serde(default)]
    pub teks: String,
}

/// Checks a statement; the sentence on one line.
pub fn validate(draft: &Draft) -> Result<String, Invalid> {
    text::line(&draft.teks, FEWEST, MOST)
        .and_then(|body| {
            // "!!!!!!!!!!" is no sentence.
            if sameness(&body).is_empty() {
                Err(Problem::Malformed)
            } else {
                Ok(body)
            }
        })
        .map_err(|problem| Invalid::one("teks", problem))
}

/// What two statements have in common that say the same in the same words: letters and digits, lower case.
pub fn sameness(body: &str) -> String {
    body.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<String, Problem> {
        validate(&Draft {
            teks: text.to_owned(),
        })
        .map_err(|invalid| invalid.of("teks").cloned().expect("names the field"))
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(checked(&"é".repeat(140)).is_ok());
        assert_eq!(
            checked(&"é".repeat(141)),
            Err(Problem::TooLong {
                max: 140,
                given: 141
            })
        );
        assert_eq!(checked("singkat"), Err(Problem::TooShort { min: 10 }));
        assert_eq!(checked("  "), Err(Problem::Missing));
        assert_eq!(checked("!!!!!!!!!!!!"), Err(Problem::Malformed));
        assert_eq!(
            checked(" Trotoar\n untuk  semua. "),
            Ok("Trotoar untuk semua.".into())
        );
    }

    #[test]
    fn the_same_words_are_the_same() {
        assert_eq!(
            sameness("Trotoar untuk semua."),
            sameness("trotoar  UNTUK semua!")
        );
        assert_ne!(
            sameness("Trotoar untuk semua"),
            sameness("Trotoar untuk warga")
        );
    }

    #[test]
    fn words_and_numbers_come_back() {
        for judgement in Judgement::ALL {
            assert_eq!(Judgement::of(judgement.value()), Some(judgement));
            assert_eq!(Judgement::parse(judgement.word()), Some(judgement));
        }
        for order in Order::ALL {
            assert_eq!(Order::parse(order.word()), Some(order));
        }
        for status in Status::ALL {
            assert_eq!(Status::parse(status.word()), Some(status));
        }
    }
}
