//! What comes after closing: themes, the office's replies, the outcome, and what may be given to anybody.

pub mod area;
pub mod csv;
pub mod similar;

use serde::{Deserialize, Serialize};

use crate::{ClauseId, Invalid, Problem, QuestionId, ThemeId, text};

/// Most characters of a theme's title.
pub const THEME_TITLE_MAX: u32 = 120;
/// Most characters of what a theme is about.
pub const THEME_DESCRIPTION_MAX: u32 = 600;
/// Most characters of a reply.
pub const REPLY_MAX: u32 = 6_000;
/// Most characters of the outcome.
pub const OUTCOME_MAX: u32 = 6_000;
/// Most characters of the link to what was decided.
pub const LINK_MAX: u32 = 400;
/// Most themes of a consultation.
pub const THEMES_MAX: usize = 60;

/// What the office does with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// The policy goes on as it was proposed.
    Adopted,
    /// It was changed after what people said.
    Changed,
    /// It is given up.
    Dropped,
}

impl OutcomeKind {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Adopted, Self::Changed, Self::Dropped];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Changed => "changed",
            Self::Dropped => "dropped",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What an office replies to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A clause of the policy text.
    Clause(ClauseId),
    /// A question.
    Question(QuestionId),
    /// A theme.
    Theme(ThemeId),
}

impl Subject {
    /// The word of its kind: `clause`, `question`, `theme`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Clause(_) => "clause",
            Self::Question(_) => "question",
            Self::Theme(_) => "theme",
        }
    }

    /// The identity as text.
    pub fn id(&self) -> &str {
        match self {
            Self::Clause(id) => id.as_str(),
            Self::Question(id) => id.as_str(),
            Self::Theme(id) => id.as_str(),
        }
    }

    /// Reads kind and identity; `None` for a kind that we do not have.
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "clause" => Some(Self::Clause(ClauseId::new(id))),
            "question" => Some(Self::Question(QuestionId::new(id))),
            "theme" => Some(Self::Theme(ThemeId::new(id))),
            _ => None,
        }
    }
}

/// Something that needs a reply before the consultation can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub subject: Subject,
    /// How people know it.
    pub title: String,
}

/// What still has no reply, questions first, each in the order given. Clauses may go without one.
pub fn unanswered(
    questions: &[(QuestionId, String)],
    themes: &[(ThemeId, String)],
    replies: &[Subject],
) -> Vec<Missing> {
    let questions = questions
        .iter()
        .map(|(id, title)| (Subject::Question(id.clone()), title));
    let themes = themes
        .iter()
        .map(|(id, title)| (Subject::Theme(id.clone()), title));
    questions
        .chain(themes)
        .filter(|(subject, _)| !replies.contains(subject))
        .map(|(subject, title)| Missing {
            subject,
            title: title.clone(),
        })
        .collect()
}

/// A theme as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeDraft {
    /// Its name.
    pub title: String,
    /// What it is about, in a sentence or two; may be empty.
    pub description: String,
}

impl ThemeDraft {
    /// The cleaned title and description, or what is wrong with the fields `title` and `description`.
    pub fn validate(&self) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let title = invalid.take("title", text::line(&self.title, 3, THEME_TITLE_MAX));
        let description = invalid.take(
            "description",
            text::body(&self.description, 0, THEME_DESCRIPTION_MAX),
        );
        invalid.check()?;
        Ok(Self {
            title: title.unwrap_or_default(),
            description: description.unwrap_or_default(),
        })
    }
}

/// The cleaned Markdown of a reply, or what is wrong with the field `body`.
pub fn reply(body: &str) -> Result<String, Invalid> {
    text::body(body, 10, REPLY_MAX).map_err(|problem| Invalid::one("body", problem))
}

/// An outcome as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeDraft {
    /// The word of an [`OutcomeKind`].
    pub kind: String,
    /// What was decided and why, Markdown.
    pub body: String,
    /// Where the decision can be read; may be empty.
    pub link: String,
}

/// A valid outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the office does.
    pub kind: OutcomeKind,
    /// Why, Markdown.
    pub body: String,
    /// An `https` address, or empty.
    pub link: String,
}

impl OutcomeDraft {
    /// The outcome, or what is wrong with the fields `kind`, `body` and `link`.
    pub fn validate(&self) -> Result<Outcome, Invalid> {
        let mut invalid = Invalid::default();
        let kind = if self.kind.is_empty() {
            Err(Problem::Missing)
        } else {
            OutcomeKind::parse(&self.kind).ok_or(Problem::Malformed)
        };
        let kind = invalid.take("kind", kind);
        let body = invalid.take("body", text::body(&self.body, 20, OUTCOME_MAX));
        let link = invalid.take("link", https(&self.link));
        match (kind, body, link) {
            (Some(kind), Some(body), Some(link)) => Ok(Outcome { kind, body, link }),
            _ => Err(invalid),
        }
    }
}

/// An address of the secure web, at most [`LINK_MAX`] characters, or nothing.
///
/// Refused: other schemes, user names before the host (they make a false host look true), hosts without a dot.
pub fn https(raw: &str) -> Result<String, Problem> {
    let link = text::line(raw, 0, LINK_MAX)?;
    if link.is_empty() {
        return Ok(link);
    }
    let rest = link
        .get(..8)
        .filter(|scheme| scheme.eq_ignore_ascii_case("https://"))
        .map(|_| &link[8..])
        .ok_or(Problem::Malformed)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = host.contains('.')
        && !host.starts_with('.')
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'))
        && !link
            .chars()
            .any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    if fits {
        Ok(link)
    } else {
        Err(Problem::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_themes_need_a_reply_and_clauses_may_have_one() {
        let questions = [(QuestionId::new("q1"), "Setuju?".to_owned())];
        let themes = [
            (ThemeId::new("t1"), "Parkir".to_owned()),
            (ThemeId::new("t2"), "Trotoar".to_owned()),
        ];
        let replied = [
            Subject::Theme(ThemeId::new("t1")),
            // A question of the same identity as a theme is another thing.
            Subject::Question(QuestionId::new("t2")),
            Subject::Clause(ClauseId::new("c")),
        ];
        let missing: Vec<_> = unanswered(&questions, &themes, &replied)
            .into_iter()
            .map(|m| m.title)
            .collect();
        assert_eq!(missing, ["Setuju?", "Trotoar"]);
        assert!(unanswered(&[], &[], &[]).is_empty());
    }

    #[test]
    fn an_outcome_needs_a_kind_a_text_and_a_safe_link() {
        let mut draft = OutcomeDraft {
            kind: "changed".into(),
            body: "Rancangan diubah setelah konsultasi.".into(),
            link: "https://jdih.batu.example/naskah?versi=2".into(),
        };
        assert!(draft.validate().is_ok());
        for bad in [
            "http://batu.example",
            "javascript:alert(1)",
            "https://",
            "https://x",
            "https://a@b.example",
            "https://a.example/\"onclick",
            "//a.example",
            "batu.example",
            "ähttps://a.example",
        ] {
            draft.link = bad.into();
            let invalid = draft.validate().expect_err(bad);
            assert_eq!(invalid.of("link"), Some(&Problem::Malformed), "{bad}");
        }
        let empty = OutcomeDraft::default()
            .validate()
            .expect_err("nothing was typed");
        assert_eq!(empty.of("kind"), Some(&Problem::Missing));
        assert_eq!(empty.of("body"), Some(&Problem::Missing));
        assert_eq!(empty.of("link"), None);
        draft.kind = "burned".into();
        assert_eq!(
            draft.validate().expect_err("no such kind").of("kind"),
            Some(&Problem::Malformed)
        );
    }

    #[test]
    fn a_theme_has_a_title() {
        let theme = ThemeDraft {
            title: "  Parkir   pengganti ".into(),
            description: String::new(),
        };
        assert_eq!(
            theme.validate().expect("is valid").title,
            "Parkir pengganti"
        );
        assert!(ThemeDraft::default().validate().is_err());
    }

    #[test]
    fn subjects_read_back() {
        for subject in [
            Subject::Clause(ClauseId::new("a")),
            Subject::Question(QuestionId::new("a")),
            Subject::Theme(ThemeId::new("a")),
        ] {
            assert_eq!(Subject::parse(subject.kind(), subject.id()), Some(subject));
        }
        assert_eq!(Subject::parse("comment", "a"), None);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_as_a_link_is_https_or_refused(raw in "\\PC*") {
            if let Ok(link) = https(&raw) {
                proptest::prop_assert!(link.is_empty() || link.to_lowercase().starts_with("https://"));
            }
        }
    }
}
