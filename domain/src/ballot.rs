//! The questions of a consultation, what a valid ballot is, and how ballots are counted.

pub mod area;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{OptionId, Problem, QuestionId};

/// How a question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Agree, disagree or abstain.
    #[default]
    Position,
    /// One of several options.
    One,
    /// Several of several options, at most [`Question::max_choices`].
    Many,
}

impl QuestionKind {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Position, Self::One, Self::Many];

    /// The stable word, stored and in the public API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::One => "one",
            Self::Many => "many",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// For, in a question of [`QuestionKind::Position`].
pub const AGREE: &str = "agree";
/// Against.
pub const DISAGREE: &str = "disagree";
/// Neither; counts as taking part.
pub const ABSTAIN: &str = "abstain";

/// The words of a position, in the order in which they are shown.
pub const POSITIONS: [&str; 3] = [AGREE, DISAGREE, ABSTAIN];

/// An option that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its identity.
    pub id: OptionId,
    /// What it says.
    pub label: String,
}

/// A question of a consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its identity.
    pub id: QuestionId,
    /// Its place among the questions, from 1.
    pub position: i64,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question itself.
    pub title: String,
    /// A sentence of explanation; may be empty.
    pub help: String,
    /// What can be chosen, in order; empty for [`QuestionKind::Position`].
    pub options: Vec<Choice>,
    /// Most options that one person may choose; 1 unless [`QuestionKind::Many`].
    pub max_choices: i64,
}

impl Question {
    /// All words that a ballot on this question may hold, in the order in which they are shown.
    pub fn choices(&self) -> Vec<&str> {
        match self.kind {
            QuestionKind::Position => POSITIONS.to_vec(),
            QuestionKind::One | QuestionKind::Many => self
                .options
                .iter()
                .map(|option| option.id.as_str())
                .collect(),
        }
    }

    /// How many a ballot may hold at most.
    pub fn limit(&self) -> usize {
        match self.kind {
            QuestionKind::Position | QuestionKind::One => 1,
            QuestionKind::Many => usize::try_from(self.max_choices).unwrap_or(1).max(1),
        }
    }

    /// Reads what a person chose: known words, each once, in the question's own order.
    ///
    /// Errors: [`Problem::Missing`] for none, [`Problem::Unknown`] for a word that is not of this question,
    /// [`Problem::TooMany`].
    pub fn read(&self, given: &[impl AsRef<str>]) -> Result<Vec<String>, Problem> {
        let known = self.choices();
        if given.iter().any(|word| !known.contains(&word.as_ref())) {
            return Err(Problem::Unknown);
        }
        let chosen: Vec<String> = known
            .into_iter()
            .filter(|word| given.iter().any(|g| g.as_ref() == *word))
            .map(str::to_owned)
            .collect();
        if chosen.is_empty() {
            Err(Problem::Missing)
        } else if chosen.len() > self.limit() {
            let max = u32::try_from(self.limit()).unwrap_or(u32::MAX);
            Err(Problem::TooMany { max })
        } else {
            Ok(chosen)
        }
    }

    /// How often each choice was made: every one of the question, in its order, with 0 where nobody made it.
    pub fn counts(&self, found: &BTreeMap<String, i64>) -> Vec<Count> {
        self.choices()
            .into_iter()
            .map(|choice| Count {
                choice: choice.to_owned(),
                votes: found.get(choice).copied().unwrap_or(0),
            })
            .collect()
    }
}

/// How often a choice was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// An option's id, or a word of [`POSITIONS`].
    pub choice: String,
    /// Ballots that hold it and count.
    pub votes: i64,
}

/// A question as one person may see it at one moment. What they may not see is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// The question.
    pub question: Question,
    /// What this person chose; `None` when they have not voted or have withdrawn.
    pub mine: Option<Vec<String>>,
    /// How often each choice was made; `None` while that is hidden from this person.
    pub counts: Option<Vec<Count>>,
    /// People whose ballot counts. Says nothing of the result, so it is never hidden.
    pub voters: i64,
}

impl QuestionView {
    /// How often `choice` was made; `None` while hidden.
    pub fn votes(&self, choice: &str) -> Option<i64> {
        self.counts.as_ref().map(|counts| {
            counts
                .iter()
                .find(|c| c.choice == choice)
                .map_or(0, |c| c.votes)
        })
    }

    /// Whether this person chose it.
    pub fn chose(&self, choice: &str) -> bool {
        self.mine
            .as_ref()
            .is_some_and(|mine| mine.iter().any(|word| word == choice))
    }

    /// What a choice says; `None` for the words of a position, which are translated.
    pub fn label(&self, choice: &str) -> Option<&str> {
        self.question
            .options
            .iter()
            .find(|option| option.id.as_str() == choice)
            .map(|option| option.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind, max_choices: i64) -> Question {
        let options = match kind {
            QuestionKind::Position => Vec::new(),
            _ => ["a", "b", "c"]
                .into_iter()
                .map(|id| Choice {
                    id: OptionId::new(id),
                    label: id.to_uppercase(),
                })
                .collect(),
        };
        Question {
            id: QuestionId::new("q"),
            position: 1,
            kind,
            title: "?".into(),
            help: String::new(),
            options,
            max_choices,
        }
    }

    #[test]
    fn a_position_is_one_of_three_words() {
        let q = question(QuestionKind::Position, 1);
        assert_eq!(q.read(&["agree"]), Ok(vec!["agree".into()]));
        assert_eq!(q.read(&["agree", "agree"]), Ok(vec!["agree".into()]));
        assert_eq!(
            q.read(&["agree", "disagree"]),
            Err(Problem::TooMany { max: 1 })
        );
        assert_eq!(q.read(&["yes"]), Err(Problem::Unknown));
        assert_eq!(q.read(&[] as &[&str]), Err(Problem::Missing));
    }

    #[test]
    fn one_takes_one_even_where_more_is_stored() {
        let q = question(QuestionKind::One, 7);
        assert_eq!(q.read(&["b"]), Ok(vec!["b".into()]));
        assert_eq!(q.read(&["a", "b"]), Err(Problem::TooMany { max: 1 }));
    }

    #[test]
    fn many_takes_up_to_its_limit_in_the_questions_order() {
        let q = question(QuestionKind::Many, 2);
        assert_eq!(q.read(&["c", "a"]), Ok(vec!["a".into(), "c".into()]));
        assert_eq!(q.read(&["c", "a", "b"]), Err(Problem::TooMany { max: 2 }));
        assert_eq!(q.read(&["a", "agree"]), Err(Problem::Unknown));
    }

    #[test]
    fn a_count_names_every_choice() {
        let q = question(QuestionKind::Position, 1);
        let found = BTreeMap::from([("abstain".to_owned(), 3), ("gone".to_owned(), 9)]);
        let votes: Vec<i64> = q.counts(&found).iter().map(|c| c.votes).collect();
        assert_eq!(votes, [0, 0, 3]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_is_known_and_within_the_limit(
            given in proptest::collection::vec("[a-dx]", 0..6), max in -1_i64..5
        ) {
            let q = question(QuestionKind::Many, max);
            if let Ok(chosen) = q.read(&given) {
                proptest::prop_assert!(!chosen.is_empty() && chosen.len() <= q.limit());
                proptest::prop_assert!(chosen.iter().all(|c| q.choices().contains(&c.as_str()) && given.contains(c)));
                proptest::prop_assert_eq!(q.read(&chosen), Ok(chosen.clone()));
            }
        }
    }
}
