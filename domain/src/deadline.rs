//! The legal clock of a case: until when the city must answer.
//!
//! How days are counted: the day on which something arrives never counts, the day on which it is due counts to its end. While the
//! city waits for the resident the clock stands: a day does not count when the clock stood at its beginning, so the day of
//! the question still counts and the day of the answer does not, as the day of arrival. Asked and answered on one day costs nothing.

mod count;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{Day, Problem, Timestamp, Zone, calendar, calendar::Calendar, text};

/// Fewest characters of the reason for an extension.
pub const REASON_LEAST: u32 = 10;
/// Most characters of the reason for an extension.
pub const REASON: u32 = 1_000;

/// In what a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days of the calendar, such as the 10 + 7 of public information (UU 14/2008, PerKI 1/2021).
    WorkingDays,
    /// Days of the calendar, such as the 60 to report a birth.
    Days,
    /// Hours of the clock, holidays or not, such as the 3 × 24 of UU 27/2022 article 46.
    Hours,
}

/// How long the city has. Data of a service: laws differ and change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// In what is counted.
    pub unit: Unit,
    /// How many: 1 to 3,650.
    pub length: u16,
    /// How many more after the one extension; 0 where the law knows none.
    #[serde(default)]
    pub extension: u16,
    /// Whether the clock stands while the city waits for the resident.
    #[serde(default)]
    pub pauses: bool,
    /// Whom to tell, and when.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The law with its article, or that it is unverified.
    #[serde(default)]
    pub note: String,
}

/// A step of escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Units after the due moment; before it when negative. In days: −2 is the morning of the second (working) day before the
    /// due day, 0 its own morning, 1 the morning of the first after it.
    pub after: i16,
    /// Whom to tell: a word that the service knows, such as `handler` or `head`.
    pub tell: String,
}

/// A time in which the city waited for the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When the city asked.
    pub from: Timestamp,
    /// When the answer came; nothing while it has not.
    pub to: Option<Timestamp>,
}

/// The one extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When it was decided.
    pub at: Timestamp,
    /// Why, told to the resident.
    pub reason: String,
}

/// Why the clock cannot do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The calendar has no answer.
    #[error(transparent)]
    Calendar(#[from] calendar::Error),
    /// This clock never stands.
    #[error("the clock of this service does not stand")]
    NoPause,
    /// It stands already.
    #[error("the city waits already")]
    Waiting,
    /// It does not stand.
    #[error("the city does not wait")]
    NotWaiting,
    /// Before what happened last.
    #[error("before what happened last")]
    Backwards,
    /// The law knows no extension here.
    #[error("no extension for this service")]
    NoExtension,
    /// It has been extended once.
    #[error("extended already")]
    Extended,
    /// The limit has passed.
    #[error("the limit has passed")]
    Late,
    /// The reason is missing, too short or too long.
    #[error("no reason that holds: {0:?}")]
    Reason(Problem),
}

/// The clock of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// How long the city has.
    pub limit: Limit,
    /// When the request arrived.
    pub start: Timestamp,
    /// The times of waiting, in order; only the last may be open.
    pub pauses: Vec<Pause>,
    /// The extension, when there was one.
    pub extension: Option<Extension>,
}

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Standing {
    /// The city is at it.
    Running {
        /// The last day (of an hour's limit: the day of its last moment).
        due: Day,
        /// The first moment that is too late.
        until: Timestamp,
        /// Units left; 0 on the last day, or in the last hour.
        left: i32,
    },
    /// The city waits for the resident.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// Units left when the answer comes; negative when it was late before it asked.
        left: i32,
    },
    /// Too late.
    Late {
        /// The last day there was.
        due: Day,
        /// Units since, from 1.
        by: i32,
    },
}

impl Deadline {
    /// A clock that starts at `start`.
    pub const fn new(limit: Limit, start: Timestamp) -> Self {
        Self {
            limit,
            start,
            pauses: Vec::new(),
            extension: None,
        }
    }

    /// Units that the city has in all.
    pub fn length(&self) -> i32 {
        let extension = if self.extension.is_some() {
            self.limit.extension
        } else {
            0
        };
        i32::from(self.limit.length) + i32::from(extension)
    }

    /// Since when the city waits, if it does.
    pub fn waits_since(&self) -> Option<Timestamp> {
        let last = self.pauses.last()?;
        last.to.is_none().then_some(last.from)
    }

    /// The city asks the resident something at `now`.
    ///
    /// Errors: [`Error::NoPause`], [`Error::Waiting`], [`Error::Backwards`].
    pub fn pause(&mut self, now: Timestamp) -> Result<(), Error> {
        if !self.limit.pauses {
            return Err(Error::NoPause);
        }
        if self.waits_since().is_some() {
            return Err(Error::Waiting);
        }
        self.check_order(now)?;
        self.pauses.push(Pause {
            from: now,
            to: None,
        });
        Ok(())
    }

    /// The resident answered at `now`.
    ///
    /// Errors: [`Error::NotWaiting`], [`Error::Backwards`].
    pub fn resume(&mut self, now: Timestamp) -> Result<(), Error> {
        self.check_order(now)?;
        match self.pauses.last_mut() {
            Some(last) if last.to.is_none() => {
                last.to = Some(now);
                Ok(())
            }
            _ => Err(Error::NotWaiting),
        }
    }

    /// Extends the limit, once, before it has passed, with a reason of 10 to 1,000 characters.
    ///
    /// Errors: [`Error::NoExtension`], [`Error::Extended`], [`Error::Late`], [`Error::Reason`], [`Error::Calendar`].
    pub fn extend(
        &mut self,
        reason: &str,
        now: Timestamp,
        calendar: &Calendar,
        zone: &Zone,
    ) -> Result<(), Error> {
        if self.limit.extension == 0 {
            return Err(Error::NoExtension);
        }
        if self.extension.is_some() {
            return Err(Error::Extended);
        }
        let reason = text::body(reason, REASON_LEAST, REASON).map_err(Error::Reason)?;
        let is_late = match self.standing(now, calendar, zone)? {
            Standing::Running { .. } => false,
            Standing::Waiting { left, .. } => left < 0,
            Standing::Late { .. } => true,
        };
        if is_late {
            return Err(Error::Late);
        }
        let extended = Self {
            extension: Some(Extension { at: now, reason }),
            ..self.clone()
        };
        // Not into a year that has no table yet.
        extended.standing(now, calendar, zone)?;
        *self = extended;
        Ok(())
    }

    fn check_order(&self, now: Timestamp) -> Result<(), Error> {
        let last = self
            .pauses
            .last()
            .map_or(self.start, |p| p.to.unwrap_or(p.from));
        if now < last {
            Err(Error::Backwards)
        } else {
            Ok(())
        }
    }
}
