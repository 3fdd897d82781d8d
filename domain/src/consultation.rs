//! A consultation on a planned policy: what it is, and how its state follows the clock.

mod authoring;
mod question;

use serde::{Deserialize, Serialize};

pub use authoring::*;
pub use question::*;

use crate::{AreaId, ConsultationId, FileId, OfficeId, Timestamp};

/// Where a consultation stands. Nobody sets it: it follows from what happened and from the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Being written; seen by its office and by those with the preview link.
    Draft,
    /// Public, not open yet.
    Announced,
    /// People take part.
    Open,
    /// Closed; the office has not answered yet.
    Closed,
    /// The office has said what it does with the result.
    Answered,
}

impl Phase {
    /// All, in the order in which they follow.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Announced,
        Self::Open,
        Self::Closed,
        Self::Answered,
    ];

    /// The stable word for addresses and the public API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Announced => "announced",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Answered => "answered",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// When people see running counts. The officer chooses before it opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsShown {
    /// At any time.
    #[default]
    Live,
    /// To a person who has voted on that question or statement, and to all after closing.
    AfterVote,
    /// To nobody before closing, on any page, export, feed or interface.
    AfterClose,
}

impl CountsShown {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Live, Self::AfterVote, Self::AfterClose];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::AfterVote => "after_vote",
            Self::AfterClose => "after_close",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.word() == word)
    }
}

/// A consultation as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Its identity.
    pub id: ConsultationId,
    /// Its word in addresses.
    pub slug: String,
    /// The office that asks.
    pub office: OfficeId,
    /// That office's full name.
    pub office_name: String,
    /// That office's short name.
    pub office_short: String,
    /// The title, at most 120 characters.
    pub title: String,
    /// What it is about in plain language, at most 400 characters.
    pub summary: String,
    /// The explanation as sanitised HTML.
    pub body_html: String,
    /// Whom to ask.
    pub contact: String,
    /// The picture on top.
    pub cover: Option<FileId>,
    /// What the picture shows.
    pub cover_alt: String,
    /// When people can begin to take part.
    pub opens_at: Option<Timestamp>,
    /// When taking part ends: at this instant it is closed.
    pub closes_at: Option<Timestamp>,
    /// When it became public.
    pub published_at: Option<Timestamp>,
    /// When the office answered.
    pub answered_at: Option<Timestamp>,
    /// When counts are shown.
    pub counts_shown: CountsShown,
    /// Whether people may comment while it is open.
    pub comments_open: bool,
    /// Whether people may judge and write statements while it is open.
    pub statements_open: bool,
    /// Areas it concerns; empty means the whole city.
    pub areas: Vec<AreaId>,
    /// Where an imported one comes from; empty for the city's own.
    pub source: String,
    /// Counts every save.
    pub edition: i64,
}

/// One change of a consultation, as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who, by the name as they write it; `None` for the program itself or an account that is gone.
    pub by: Option<String>,
    /// What was done.
    pub kind: ChangeKind,
    /// The field that changed, by its name in the form; empty when it is not about one.
    pub field: String,
    /// The old text; empty when there was none.
    pub before: String,
    /// The new text.
    pub after: String,
    /// Why, where a reason is asked for.
    pub reason: String,
    /// Whether everybody sees it.
    pub is_public: bool,
}

/// What was done to a consultation. The words are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A blank draft was made.
    Created,
    /// A field got another value.
    Edited,
    /// It became public.
    Published,
    /// The closing time was put later.
    Extended,
    /// It was closed before its time.
    ClosedEarly,
    /// A version of the policy text was put in place; `field` is its number.
    TextPublished,
    /// A version of the policy text was taken away while it was a draft.
    TextRemoved,
    /// A question was added.
    QuestionAdded,
    /// A question was edited.
    QuestionEdited,
    /// A question was taken away.
    QuestionRemoved,
    /// The questions were put in another order.
    QuestionMoved,
    /// Other statements are shown first, or in another order; `before` and `after` are their numbers.
    StatementsPinned,
    /// A rule was published by which people are left out of a second result of the groups; `field` is its word.
    RulePublished,
    /// Such a rule was withdrawn; `field` is its word.
    RuleWithdrawn,
    /// A file was added.
    FileAdded,
    /// A file was taken away.
    FileRemoved,
    /// The preview link was replaced: the old one leads nowhere.
    PreviewRenewed,
    /// The office replied to a clause, a question or a theme, or changed its reply; `field` names it.
    Replied,
    /// The office answered.
    Answered,
    /// It came from a file of another program.
    Imported,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [Self; 20] = [
        Self::Created,
        Self::Edited,
        Self::Published,
        Self::Extended,
        Self::ClosedEarly,
        Self::TextPublished,
        Self::TextRemoved,
        Self::QuestionAdded,
        Self::QuestionEdited,
        Self::QuestionRemoved,
        Self::QuestionMoved,
        Self::StatementsPinned,
        Self::RulePublished,
        Self::RuleWithdrawn,
        Self::FileAdded,
        Self::FileRemoved,
        Self::PreviewRenewed,
        Self::Replied,
        Self::Answered,
        Self::Imported,
    ];

    /// The word under which it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Edited => "edited",
            Self::Published => "published",
            Self::Extended => "extended",
            Self::ClosedEarly => "closed_early",
            Self::TextPublished => "text_published",
            Self::TextRemoved => "text_removed",
            Self::QuestionAdded => "question_added",
            Self::QuestionEdited => "question_edited",
            Self::QuestionRemoved => "question_removed",
            Self::QuestionMoved => "question_moved",
            Self::StatementsPinned => "statements_pinned",
            Self::RulePublished => "rule_published",
            Self::RuleWithdrawn => "rule_withdrawn",
            Self::FileAdded => "file_added",
            Self::FileRemoved => "file_removed",
            Self::PreviewRenewed => "preview_renewed",
            Self::Replied => "replied",
            Self::Answered => "answered",
            Self::Imported => "imported",
        }
    }

    /// Reads the word; one that we do not know is an edit.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .unwrap_or(Self::Edited)
    }
}

/// A file that people can download with a consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file: its address is `/berkas/{file}/{name}`.
    pub file: FileId,
    /// Its name with the ending.
    pub name: String,
    /// What it is, in the officer's words.
    pub title: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
}

/// Why one cannot take part now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpen {
    /// It is not public.
    Draft,
    /// It opens later.
    NotYet,
    /// It has closed.
    Closed,
}

impl Consultation {
    /// Where it stands at `now`.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if self.published_at.is_none() {
            Phase::Draft
        } else if self.answered_at.is_some() {
            Phase::Answered
        } else if self.closes_at.is_some_and(|closes| now >= closes) {
            Phase::Closed
        } else if self.opens_at.is_none_or(|opens| now < opens) {
            Phase::Announced
        } else {
            Phase::Open
        }
    }

    /// Whether one can take part at `now`.
    pub fn takes_part(&self, now: Timestamp) -> Result<(), NotOpen> {
        match self.phase(now) {
            Phase::Open => Ok(()),
            Phase::Draft => Err(NotOpen::Draft),
            Phase::Announced => Err(NotOpen::NotYet),
            Phase::Closed | Phase::Answered => Err(NotOpen::Closed),
        }
    }

    /// Whether counts may be shown at `now` to somebody who has (`voted`) or has not voted on that very thing.
    pub fn counts_visible(&self, now: Timestamp, voted: bool) -> bool {
        let over = self.phase(now) >= Phase::Closed;
        match self.counts_shown {
            CountsShown::Live => true,
            CountsShown::AfterVote => over || voted,
            CountsShown::AfterClose => over,
        }
    }

    /// The next instant after `now` at which the phase changes by itself.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        [self.opens_at, self.closes_at]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Consultation {
        Consultation {
            id: ConsultationId::new("c"),
            slug: "c".into(),
            office: OfficeId::new("dishub"),
            office_name: String::new(),
            office_short: String::new(),
            title: String::new(),
            summary: String::new(),
            body_html: String::new(),
            contact: String::new(),
            cover: None,
            cover_alt: String::new(),
            opens_at: Some(Timestamp(100)),
            closes_at: Some(Timestamp(200)),
            published_at: Some(Timestamp(50)),
            answered_at: None,
            counts_shown: CountsShown::Live,
            comments_open: true,
            statements_open: true,
            areas: Vec::new(),
            source: String::new(),
            edition: 1,
        }
    }

    #[test]
    fn the_phase_follows_the_clock() {
        let mut c = sample();
        for (now, phase) in [
            (60, Phase::Announced),
            (99, Phase::Announced),
            (100, Phase::Open),
            (199, Phase::Open),
            (200, Phase::Closed),
        ] {
            assert_eq!(c.phase(Timestamp(now)), phase, "at {now}");
        }
        c.answered_at = Some(Timestamp(300));
        assert_eq!(c.phase(Timestamp(301)), Phase::Answered);
        c.published_at = None;
        assert_eq!(c.phase(Timestamp(150)), Phase::Draft);
    }

    #[test]
    fn hidden_counts_stay_hidden_until_their_time() {
        let mut c = sample();
        let (open, closed) = (Timestamp(150), Timestamp(250));
        for (shown, before, after_voting, after_closing) in [
            (CountsShown::Live, true, true, true),
            (CountsShown::AfterVote, false, true, true),
            (CountsShown::AfterClose, false, false, true),
        ] {
            c.counts_shown = shown;
            assert_eq!(c.counts_visible(open, false), before);
            assert_eq!(c.counts_visible(open, true), after_voting);
            assert_eq!(c.counts_visible(closed, false), after_closing);
        }
    }
}
