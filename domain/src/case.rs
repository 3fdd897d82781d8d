//! A case: one thing that somebody asked the city for, and what may happen to it.

mod draft;
mod mandate;

use serde::{Deserialize, Serialize};

use crate::deadline::{Limit, Step, Unit};

pub use draft::{
    ASKED, Decision, MESSAGE, NOTE, REASON, REASON_LEAST, TEMPLATE, TEMPLATE_TITLE, Template,
    decision, message, message_with, note, question, template,
};
pub use mandate::{Ground, MANDATE_LETTER, MANDATE_NAME, Mandate, mandate};

/// What kind of thing was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A service by a form.
    Form,
    /// Public information (UU 14/2008).
    Information,
    /// A problem in the city.
    Report,
}

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is there; nobody has looked through it yet.
    Received,
    /// It is complete, and waits for the decision.
    Checked,
    /// The city waits for the applicant.
    NeedsInformation,
    /// It is decided.
    Decided,
    /// What was decided was handed out.
    HandedOut,
    /// The applicant took it back.
    Withdrawn,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked for.
    Granted,
    /// A part of it.
    Partly,
    /// Nothing of it.
    Refused,
}

/// From whom something comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The city.
    Office,
    /// Who asked.
    Applicant,
    /// The program, by the clock.
    Clock,
}

/// A deed that moves a case on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// The office has looked it through: it is complete.
    Check,
    /// The office asks the applicant for something.
    Ask,
    /// The applicant answers.
    Answer,
    /// The office decides.
    Decide(Outcome),
    /// The office hands out what was granted.
    HandOut,
    /// The applicant takes it back.
    Withdraw,
}

/// Why a case does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stuck {
    /// It is decided, or was taken back.
    #[error("it is closed")]
    Closed,
    /// Not from where it stands.
    #[error("not from this status")]
    NotNow,
}

macro_rules! words {
    ($kind:ident: $($variant:ident = $word:literal),+ $(,)?) => {
        impl $kind {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word under which it is stored, and which stands in addresses.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word; `None` when it is none of ours.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words!(Kind: Form = "form", Information = "information", Report = "report");
words!(Status:
    Received = "received", Checked = "checked", NeedsInformation = "needs_information",
    Decided = "decided", HandedOut = "handed_out", Withdrawn = "withdrawn",
);
words!(Outcome: Granted = "granted", Partly = "partly", Refused = "refused");
words!(Side: Office = "office", Applicant = "applicant", Clock = "clock");

/// What happened to a case: a line of its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It arrived.
    Received,
    /// It was looked through and is complete.
    Checked,
    /// The city asked for something.
    Asked,
    /// The applicant answered.
    Answered,
    /// It was decided.
    Decided,
    /// What was decided was handed out.
    HandedOut,
    /// The applicant took it back.
    Withdrawn,
    /// A message of either side.
    Message,
    /// A note that stays in the office.
    Note,
    /// Somebody works on it now, or nobody.
    Assigned,
    /// The limit was extended.
    Extended,
    /// The due date could be counted, or counted anew, since the table of holidays came.
    DueKnown,
    /// Somebody was told that it is due.
    Escalated,
    /// The decision was told in a letter.
    LetterIssued,
    /// Another letter stands in the place of one.
    LetterReplaced,
    /// A letter was taken back.
    LetterRevoked,
    /// Its fee was paid.
    Paid,
    /// What was personal is gone.
    Erased,
}

words!(Happening:
    Received = "received", Checked = "checked", Asked = "asked", Answered = "answered", Decided = "decided",
    HandedOut = "handed_out", Withdrawn = "withdrawn", Message = "message", Note = "note", Assigned = "assigned",
    Extended = "extended", DueKnown = "due_known", Paid = "paid", Escalated = "escalated", LetterIssued = "letter_issued",
    LetterReplaced = "letter_replaced", LetterRevoked = "letter_revoked", Erased = "erased",
);

impl Happening {
    /// Whether the applicant sees it.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Note | Self::Escalated)
    }
}

impl Status {
    /// Whether the city still has to do something, or waits for the applicant to be able to.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Checked | Self::NeedsInformation
        )
    }

    /// Where a case goes from here. `outcome` is what was decided, once it was.
    ///
    /// Errors: [`Stuck::Closed`] when it is decided or taken back, [`Stuck::NotNow`] otherwise.
    pub const fn after(self, deed: Move, outcome: Option<Outcome>) -> Result<Self, Stuck> {
        let closed = !self.is_open();
        match (deed, self) {
            (Move::HandOut, Self::Decided) => match outcome {
                Some(Outcome::Granted | Outcome::Partly) => Ok(Self::HandedOut),
                _ => Err(Stuck::NotNow),
            },
            (Move::HandOut, Self::HandedOut | Self::Withdrawn) => Err(Stuck::Closed),
            (Move::HandOut, _) => Err(Stuck::NotNow),
            _ if closed => Err(Stuck::Closed),
            (Move::Check, Self::Received) => Ok(Self::Checked),
            (Move::Ask, Self::Received | Self::Checked) => Ok(Self::NeedsInformation),
            // What came has to be looked through again.
            (Move::Answer, Self::NeedsInformation) => Ok(Self::Received),
            (Move::Decide(_), Self::Checked)
            // Who never answers cannot be granted anything, but the case must not stay open for ever.
            | (Move::Decide(Outcome::Refused), Self::NeedsInformation) => Ok(Self::Decided),
            (Move::Withdraw, _) => Ok(Self::Withdrawn),
            _ => Err(Stuck::NotNow),
        }
    }

    /// Whether the deed is possible from here.
    pub const fn allows(self, deed: Move, outcome: Option<Outcome>) -> bool {
        self.after(deed, outcome).is_ok()
    }
}

impl Move {
    /// Who may do it: only this side.
    pub const fn side(self) -> Side {
        match self {
            Self::Check | Self::Ask | Self::Decide(_) | Self::HandOut => Side::Office,
            Self::Answer | Self::Withdraw => Side::Applicant,
        }
    }

    /// The line that it leaves in the timeline.
    pub const fn happening(self) -> Happening {
        match self {
            Self::Check => Happening::Checked,
            Self::Ask => Happening::Asked,
            Self::Answer => Happening::Answered,
            Self::Decide(_) => Happening::Decided,
            Self::HandOut => Happening::HandedOut,
            Self::Withdraw => Happening::Withdrawn,
        }
    }
}

/// The limit with its steps of escalation in order; a service that names none has two: before it is late, and when it is.
pub fn with_steps(mut limit: Limit) -> Limit {
    if limit.steps.is_empty() {
        let before = if limit.unit == Unit::Hours { -12 } else { -2 };
        limit.steps = [(before, "handler"), (1, "office")]
            .into_iter()
            .map(|(after, tell)| Step {
                after,
                tell: tell.to_owned(),
            })
            .collect();
    }
    limit.steps.sort_by_key(|step| step.after);
    limit
}

#[cfg(test)]
mod tests;
