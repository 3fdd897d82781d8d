//! The questions of a consultation as an officer writes them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::{
    Invalid, Problem,
    ballot::{Question, QuestionKind},
    text,
};

/// Most questions of a consultation.
pub const QUESTIONS: usize = 20;
/// Fewest options to choose from.
pub const OPTIONS_LEAST: usize = 2;
/// Most options to choose from.
pub const OPTIONS: usize = 20;
/// Most characters of a question.
pub const QUESTION: u32 = 200;
/// Most characters of its explanation.
pub const HELP: u32 = 400;
/// Most characters of an option.
pub const OPTION: u32 = 120;

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionDraft {
    /// The word of a [`QuestionKind`].
    pub kind: String,
    /// The question.
    pub title: String,
    /// A sentence of explanation.
    pub help: String,
    /// The options, one a line; not looked at for a position.
    pub options: String,
    /// Most options that a person may choose; looked at for [`QuestionKind::Many`] alone.
    pub max_choices: String,
}

impl QuestionDraft {
    /// What stands in the store, as the form shows it.
    pub fn of(question: &Question) -> Self {
        let options: Vec<&str> = question.options.iter().map(|o| o.label.as_str()).collect();
        Self {
            kind: question.kind.word().to_owned(),
            title: question.title.clone(),
            help: question.help.clone(),
            options: options.join("\n"),
            max_choices: question.max_choices.to_string(),
        }
    }
}

/// A question that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidQuestion {
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub title: String,
    /// Its explanation.
    pub help: String,
    /// The options; empty for a position.
    pub options: Vec<String>,
    /// Most options of one person: 1, or up to the number of options.
    pub max_choices: i64,
}

impl ValidQuestion {
    /// The question as one text, for the history.
    pub fn written(&self) -> String {
        let mut out = self.title.clone();
        for option in &self.options {
            out.push_str("\n- ");
            out.push_str(option);
        }
        if self.kind == QuestionKind::Many {
            let _ = write!(out, "\n(≤ {})", self.max_choices);
        }
        if !self.help.is_empty() {
            out.push_str("\n\n");
            out.push_str(&self.help);
        }
        out
    }
}

/// Checks a question.
///
/// Fields: `kind`, `title`, `help`, `options`, `max_choices`.
pub fn validate_question(draft: &QuestionDraft) -> Result<ValidQuestion, Invalid> {
    let mut invalid = Invalid::default();
    let kind = invalid.take(
        "kind",
        QuestionKind::parse(&draft.kind).ok_or(Problem::Unknown),
    );
    let title = invalid.take("title", text::line(&draft.title, 5, QUESTION));
    let help = invalid.take("help", text::line(&draft.help, 0, HELP));
    let (options, max_choices) = match kind {
        Some(QuestionKind::One | QuestionKind::Many) => {
            let options = invalid
                .take("options", options(&draft.options))
                .unwrap_or_default();
            let max = if kind == Some(QuestionKind::Many) {
                let count = options.len().max(OPTIONS_LEAST);
                invalid
                    .take("max_choices", most(&draft.max_choices, count))
                    .unwrap_or(1)
            } else {
                1
            };
            (options, max)
        }
        Some(QuestionKind::Position) | None => (Vec::new(), 1),
    };
    match (kind, title, help) {
        (Some(kind), Some(title), Some(help)) if invalid.0.is_empty() => Ok(ValidQuestion {
            kind,
            title,
            help,
            options,
            max_choices,
        }),
        _ => Err(invalid),
    }
}

/// One option a line; empty lines go; the same twice is a mistake.
fn options(typed: &str) -> Result<Vec<String>, Problem> {
    let options = typed
        .lines()
        .map(|row| text::line(row, 0, OPTION))
        .filter(|row| row.as_ref().is_ok_and(|r| !r.is_empty()) || row.is_err())
        .collect::<Result<Vec<_>, _>>()?;
    let mut distinct: Vec<String> = options.iter().map(|o| o.to_lowercase()).collect();
    distinct.sort();
    distinct.dedup();
    if options.is_empty() {
        Err(Problem::Missing)
    } else if options.len() > OPTIONS {
        Err(Problem::TooMany {
            max: u32::try_from(OPTIONS).unwrap_or(u32::MAX),
        })
    } else if distinct.len() < options.len() {
        Err(Problem::Taken)
    } else if options.len() < OPTIONS_LEAST {
        Err(Problem::Malformed)
    } else {
        Ok(options)
    }
}

fn most(typed: &str, options: usize) -> Result<i64, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    let max: usize = typed.parse().map_err(|_| Problem::Malformed)?;
    match max {
        0 => Err(Problem::Malformed),
        max if max > options => Err(Problem::TooMany {
            max: u32::try_from(options).unwrap_or(u32::MAX),
        }),
        max => Ok(i64::try_from(max).unwrap_or(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(kind: &str, options: &str, max: &str) -> QuestionDraft {
        QuestionDraft {
            kind: kind.into(),
            title: "Kapan truk sebaiknya datang?".into(),
            help: String::new(),
            options: options.into(),
            max_choices: max.into(),
        }
    }

    #[test]
    fn kinds_and_their_options() {
        let position = validate_question(&draft("position", "abaikan", "9")).expect("is valid");
        assert_eq!((position.options.len(), position.max_choices), (0, 1));
        let one = validate_question(&draft("one", " Pagi \n\nSore\r\n", "7")).expect("is valid");
        assert_eq!(
            (one.options, one.max_choices),
            (vec!["Pagi".to_owned(), "Sore".to_owned()], 1)
        );
        let many = validate_question(&draft("many", "a\nb\nc", "2")).expect("is valid");
        assert_eq!(many.max_choices, 2);
        assert_eq!(
            many.written(),
            "Kapan truk sebaiknya datang?\n- a\n- b\n- c\n(≤ 2)"
        );
    }

    #[test]
    fn what_is_refused() {
        let many: String = (0..21).map(|n| n.to_string() + "\n").collect();
        let table = [
            (draft("lain", "", ""), "kind", Problem::Unknown),
            (draft("one", "", ""), "options", Problem::Missing),
            (draft("one", "a", ""), "options", Problem::Malformed),
            (draft("one", "a\nA", ""), "options", Problem::Taken),
            (
                draft("one", &many, ""),
                "options",
                Problem::TooMany { max: 20 },
            ),
            (draft("many", "a\nb", ""), "max_choices", Problem::Missing),
            (
                draft("many", "a\nb", "0"),
                "max_choices",
                Problem::Malformed,
            ),
            (
                draft("many", "a\nb", "-1"),
                "max_choices",
                Problem::Malformed,
            ),
            (
                draft("many", "a\nb", "3"),
                "max_choices",
                Problem::TooMany { max: 2 },
            ),
            (
                QuestionDraft {
                    title: "x".into(),
                    ..draft("position", "", "")
                },
                "title",
                Problem::TooShort { min: 5 },
            ),
        ];
        for (draft, field, problem) in table {
            let invalid = validate_question(&draft).unwrap_err();
            assert_eq!(invalid.of(field), Some(&problem), "{draft:?}");
        }
    }
}
