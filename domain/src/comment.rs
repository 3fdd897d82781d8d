//! What residents write about a consultation or one of its clauses, and how it may be answered.

mod html;
mod quote;

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ClauseId, CommentId, ConsultationId, Invalid, OfficeId, Problem, Timestamp, text,
};

pub use html::to_html;
pub use quote::sentences;

/// Fewest characters of a comment.
pub const BODY_MIN: u32 = 3;
/// Most characters of a comment.
pub const BODY_MAX: u32 = 4_000;
/// Most characters of a sentence that a comment is about.
pub const QUOTE_MAX: u32 = 600;
/// Most characters of the note beside a flag.
pub const NOTE_MAX: u32 = 300;
/// How deep replies go: a comment of the first level has depth 0.
pub const DEPTH_MAX: i64 = 3;
/// Comments of the first level on one page.
pub const PAGE: i64 = 20;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$item_doc])* $item),+
        }

        impl $name {
            /// All, in the order in which a form offers them.
            pub const ALL: &'static [Self] = &[$(Self::$item),+];

            /// The stable word under which it is stored.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$item => $word),+
                }
            }

            /// Reads the word; `None` when it is none of ours.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.word() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Where a comment stands towards the plan.
    Stance {
        /// In favour.
        For = "for",
        /// Not in favour.
        Against = "against",
        /// Neither.
        Neutral = "neutral",
    }
}

words! {
    /// Why somebody asks a moderator to look at a comment.
    FlagReason {
        /// Advertisement, or the same text again and again.
        Spam = "spam",
        /// Insults a person or a group.
        Insult = "insult",
        /// Shows somebody's address, number or the like.
        PersonalData = "personal_data",
        /// Has nothing to do with the plan.
        OffTopic = "off_topic",
        /// Something else; the note says what.
        Other = "other",
    }
}

/// In which order comments of the first level stand. The words are those of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// Most supported first.
    Supported,
    /// Most replies first.
    Discussed,
}

impl Order {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Supported, Self::Discussed];

    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Newest => "terbaru",
            Self::Oldest => "terlama",
            Self::Supported => "didukung",
            Self::Discussed => "dibahas",
        }
    }

    /// Reads the word; an unknown one is the usual order.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|order| order.word() == word)
            .unwrap_or_default()
    }
}

/// Whether a comment can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Shown,
    /// Its author took it back; the text is gone for good.
    Deleted {
        /// When.
        at: Timestamp,
    },
    /// A moderator hid it; the text is kept but shown to nobody but its author.
    Hidden {
        /// When.
        at: Timestamp,
        /// Why, as a word of [`crate::moderation::Reason`].
        reason: String,
    },
}

/// The clause that a comment is about, as the newest text that has it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The clause through all versions.
    pub clause: ClauseId,
    /// Its label, such as `4`.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// Whether the newest text no longer has it.
    pub gone: bool,
    /// Whether the sentence that was quoted no longer stands in it.
    pub quote_changed: bool,
}

/// A comment as anybody may see it: what was deleted or hidden has no text and no author here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its identity.
    pub id: CommentId,
    /// Of which consultation.
    pub consultation: ConsultationId,
    /// About which clause; `None` for the plan as a whole.
    pub about: Option<About>,
    /// The sentence of the clause that it is about; may be empty.
    pub quote: String,
    /// The comment that it replies to.
    pub parent: Option<CommentId>,
    /// The comment of the first level above it, or itself.
    pub root: CommentId,
    /// 0 for the first level, up to [`DEPTH_MAX`].
    pub depth: i64,
    /// Who wrote it: to compare with, never to show.
    pub author: AccountId,
    /// The author's name as they write it; empty when it is not shown.
    pub author_name: String,
    /// The desa or kelurahan the author stated; may be empty.
    pub area_name: String,
    /// Set when it is an office's answer.
    pub office: Option<OfficeId>,
    /// That office's full name.
    pub office_name: String,
    /// Where it stands towards the plan.
    pub stance: Option<Stance>,
    /// What it says, plain text; empty when it is not shown.
    pub body: String,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// When it was changed last.
    pub edited_at: Option<Timestamp>,
    /// Whether it can be read.
    pub state: State,
    /// How many people support it.
    pub supports: i64,
    /// How many comments that can be read stand below it, at any depth; counted for the first level alone.
    pub replies: i64,
    /// Whether the person who looks supports it.
    pub supported: bool,
}

impl Comment {
    /// Whether its text can be read by anybody.
    pub fn is_shown(&self) -> bool {
        self.state == State::Shown
    }

    /// Whether it can be replied to, as far as it goes by itself.
    pub fn takes_replies(&self) -> bool {
        self.is_shown() && self.depth < DEPTH_MAX
    }
}

/// A comment of the first level with all that stands below it, in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The comment of the first level.
    pub root: Comment,
    /// Its replies, each after the one it replies to.
    pub replies: Vec<Comment>,
}

/// Puts replies, given oldest first, in the order of reading: each after what it replies to.
pub fn in_reading_order(root: &CommentId, replies: Vec<Comment>) -> Vec<Comment> {
    use std::collections::BTreeMap;
    let mut below: BTreeMap<CommentId, Vec<Comment>> = BTreeMap::new();
    for reply in replies {
        let parent = reply.parent.clone().unwrap_or_else(|| root.clone());
        below.entry(parent).or_default().push(reply);
    }
    let mut ordered = Vec::new();
    // A stack of what is still to be read; the newest of a level lies deepest.
    let mut waiting: Vec<Comment> = below.remove(root).unwrap_or_default();
    waiting.reverse();
    while let Some(next) = waiting.pop() {
        if let Some(mut more) = below.remove(&next.id) {
            more.reverse();
            waiting.extend(more);
        }
        ordered.push(next);
    }
    ordered
}

/// A comment as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it says.
    pub body: String,
    /// A word of [`Stance`], or nothing.
    pub stance: String,
    /// The sentence it is about, or nothing.
    pub quote: String,
}

/// A comment that may be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// What it says, 3 to 4,000 characters.
    pub body: String,
    /// Where it stands.
    pub stance: Option<Stance>,
    /// The sentence it is about; may be empty.
    pub quote: String,
}

/// Checks what was typed. Fields: `body`, `stance`, `quote`.
pub fn validate(draft: &Draft) -> Result<Valid, Invalid> {
    let mut invalid = Invalid::default();
    let body = invalid.take("body", text::body(&draft.body, BODY_MIN, BODY_MAX));
    let stance = match draft.stance.trim() {
        "" => Some(None),
        word => invalid.take(
            "stance",
            Stance::parse(word).map(Some).ok_or(Problem::Malformed),
        ),
    };
    let quote = invalid.take("quote", text::line(&draft.quote, 0, QUOTE_MAX));
    invalid.check()?;
    match (body, stance, quote) {
        (Some(body), Some(stance), Some(quote)) => Ok(Valid {
            body,
            stance,
            quote,
        }),
        // Every `None` above has left a problem behind.
        _ => Err(Invalid::one("body", Problem::Missing)),
    }
}

/// A flag as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagDraft {
    /// A word of [`FlagReason`].
    pub reason: String,
    /// More about it; needed when the reason is "something else".
    pub note: String,
}

/// Checks a flag. Fields: `reason`, `note`.
pub fn validate_flag(draft: &FlagDraft) -> Result<(FlagReason, String), Invalid> {
    let mut invalid = Invalid::default();
    let reason = match draft.reason.trim() {
        "" => Err(Problem::Missing),
        word => FlagReason::parse(word).ok_or(Problem::Malformed),
    };
    let reason = invalid.take("reason", reason);
    let least = u32::from(reason == Some(FlagReason::Other));
    let note = invalid.take("note", text::line(&draft.note, least, NOTE_MAX));
    invalid.check()?;
    match (reason, note) {
        (Some(reason), Some(note)) => Ok((reason, note)),
        _ => Err(Invalid::one("reason", Problem::Missing)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(body: &str, stance: &str) -> Draft {
        Draft {
            body: body.into(),
            stance: stance.into(),
            quote: String::new(),
        }
    }

    #[test]
    fn a_comment_has_three_to_four_thousand_characters() {
        assert!(validate(&draft("Ya.", "")).is_ok());
        assert!(validate(&draft(&"ä".repeat(4_000), "for")).is_ok());
        let problem = |body: &str| {
            validate(&draft(body, ""))
                .expect_err("not valid")
                .of("body")
                .cloned()
        };
        assert_eq!(problem(" \n "), Some(Problem::Missing));
        assert_eq!(problem("ab"), Some(Problem::TooShort { min: 3 }));
        assert_eq!(
            problem(&"x".repeat(4_001)),
            Some(Problem::TooLong {
                max: 4_000,
                given: 4_001
            })
        );
    }

    #[test]
    fn an_unknown_stance_is_named() {
        let invalid = validate(&draft("Bagus", "maybe")).expect_err("not valid");
        assert_eq!(invalid.of("stance"), Some(&Problem::Malformed));
        assert_eq!(invalid.of("body"), None);
    }

    #[test]
    fn a_flag_needs_a_reason_and_something_else_needs_words() {
        let flag = |reason: &str, note: &str| {
            validate_flag(&FlagDraft {
                reason: reason.into(),
                note: note.into(),
            })
        };
        assert_eq!(flag("spam", ""), Ok((FlagReason::Spam, String::new())));
        assert_eq!(
            flag("", "").expect_err("no reason").of("reason"),
            Some(&Problem::Missing)
        );
        assert_eq!(
            flag("other", " ").expect_err("no words").of("note"),
            Some(&Problem::Missing)
        );
        assert!(flag("other", "menyebar kabar bohong").is_ok());
    }

    #[test]
    fn words_are_read_back() {
        for order in Order::ALL {
            assert_eq!(Order::parse(order.word()), order);
        }
        assert_eq!(Order::parse("x"), Order::Newest);
        for stance in Stance::ALL {
            assert_eq!(Stance::parse(stance.word()), Some(*stance));
        }
    }

    #[test]
    fn replies_follow_what_they_reply_to() {
        let reply = |id: &str, parent: &str| Comment {
            id: CommentId::new(id),
            consultation: ConsultationId::new("c"),
            about: None,
            quote: String::new(),
            parent: Some(CommentId::new(parent)),
            root: CommentId::new("r"),
            depth: 1,
            author: AccountId::new("a"),
            author_name: String::new(),
            area_name: String::new(),
            office: None,
            office_name: String::new(),
            stance: None,
            body: String::new(),
            posted_at: Timestamp(0),
            edited_at: None,
            state: State::Shown,
            supports: 0,
            replies: 0,
            supported: false,
        };
        let given = vec![
            reply("1", "r"),
            reply("2", "r"),
            reply("3", "1"),
            reply("4", "3"),
            reply("5", "1"),
        ];
        let order: Vec<String> = in_reading_order(&CommentId::new("r"), given)
            .into_iter()
            .map(|c| c.id.to_string())
            .collect();
        assert_eq!(order, ["1", "3", "4", "5", "2"]);
    }
}
