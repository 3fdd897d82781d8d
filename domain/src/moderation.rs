//! What moderators decide, and why: a closed list of actions and reasons that can be counted in public.

use crate::{Invalid, Problem, comment::words, text};

/// Most characters of the note beside a decision.
pub const NOTE_MAX: u32 = 300;

words! {
    /// What a moderator did.
    Action {
        /// Hid a comment.
        Hide = "hide",
        /// Showed a hidden comment again.
        Restore = "restore",
        /// Left a flagged comment as it is.
        Keep = "keep",
        /// Let a proposed statement be judged by all.
        Accept = "accept",
        /// Did not take a proposed statement.
        Reject = "reject",
    }
}

words! {
    /// Why a comment is hidden or a statement is not taken.
    Reason {
        /// Advertisement, or the same text again and again.
        Spam = "spam",
        /// Insults a person or a group.
        Insult = "insult",
        /// Shows somebody's address, number or the like.
        PersonalData = "personal_data",
        /// Has nothing to do with the plan.
        OffTopic = "off_topic",
        /// Calls for something that the law forbids.
        Unlawful = "unlawful",
        /// A statement that says what another one says.
        Duplicate = "duplicate",
        /// A statement that says several things at once.
        Several = "several",
        /// A statement that cannot be agreed or disagreed with.
        Unclear = "unclear",
        /// Something else; the note says what.
        Other = "other",
    }
}

impl Reason {
    /// Reasons to hide a comment, in the order of the form.
    pub const HIDE: [Self; 6] = [
        Self::Spam,
        Self::Insult,
        Self::PersonalData,
        Self::OffTopic,
        Self::Unlawful,
        Self::Other,
    ];
    /// Reasons not to take a statement, in the order of the form.
    pub const REJECT: [Self; 8] = [
        Self::Duplicate,
        Self::Several,
        Self::Unclear,
        Self::OffTopic,
        Self::Insult,
        Self::PersonalData,
        Self::Spam,
        Self::Other,
    ];
}

/// A decision as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// A word of [`Action`].
    pub action: String,
    /// A word of [`Reason`]; needed to hide and to reject.
    pub reason: String,
    /// More about it, told to the author; needed when the reason is "something else".
    pub note: String,
}

/// A decision that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is done.
    pub action: Action,
    /// Why; only for hiding and rejecting.
    pub reason: Option<Reason>,
    /// More about it; may be empty.
    pub note: String,
}

impl Decision {
    /// The reason's word, or nothing.
    pub fn reason_word(&self) -> &'static str {
        self.reason.map_or("", Reason::word)
    }
}

/// Checks a decision. Fields: `action`, `reason`, `note`.
pub fn validate(draft: &Draft) -> Result<Decision, Invalid> {
    let action = match draft.action.trim() {
        "" => return Err(Invalid::one("action", Problem::Missing)),
        word => Action::parse(word).ok_or_else(|| Invalid::one("action", Problem::Malformed))?,
    };
    let allowed: &[Reason] = match action {
        Action::Hide => &Reason::HIDE,
        Action::Reject => &Reason::REJECT,
        Action::Restore | Action::Keep | Action::Accept => &[],
    };
    let mut invalid = Invalid::default();
    let reason = if allowed.is_empty() {
        None
    } else {
        let checked = match draft.reason.trim() {
            "" => Err(Problem::Missing),
            word => Reason::parse(word)
                .filter(|reason| allowed.contains(reason))
                .ok_or(Problem::Malformed),
        };
        invalid.take("reason", checked)
    };
    let least = u32::from(reason == Some(Reason::Other));
    let note = invalid
        .take("note", text::line(&draft.note, least, NOTE_MAX))
        .unwrap_or_default();
    invalid.check()?;
    Ok(Decision {
        action,
        reason,
        note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(action: &str, reason: &str, note: &str) -> Result<Decision, Invalid> {
        validate(&Draft {
            action: action.into(),
            reason: reason.into(),
            note: note.into(),
        })
    }

    #[test]
    fn hiding_and_rejecting_need_a_reason_of_their_list() {
        assert!(decide("hide", "insult", "").is_ok());
        assert!(decide("reject", "duplicate", "").is_ok());
        assert_eq!(decide("keep", "insult", "").map(|d| d.reason), Ok(None));
        for (action, reason, field, problem) in [
            ("", "", "action", Problem::Missing),
            ("burn", "", "action", Problem::Malformed),
            ("hide", "", "reason", Problem::Missing),
            ("hide", "duplicate", "reason", Problem::Malformed),
            ("reject", "unlawful", "reason", Problem::Malformed),
            ("hide", "other", "note", Problem::Missing),
        ] {
            let invalid = decide(action, reason, "").expect_err("not valid");
            assert_eq!(invalid.of(field), Some(&problem), "{action} {reason}");
        }
    }
}
