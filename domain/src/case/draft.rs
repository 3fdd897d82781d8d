//! What people type about a case.

use crate::{Invalid, Problem, text};

use super::Outcome;

/// Most characters of a message.
pub const MESSAGE: u32 = 4_000;
/// Most characters of a note.
pub const NOTE: u32 = 4_000;
/// Most characters of what is asked of the applicant.
pub const ASKED: u32 = 4_000;
/// Fewest characters of the reason for a decision.
pub const REASON_LEAST: u32 = 10;
/// Most characters of the reason for a decision.
pub const REASON: u32 = 4_000;
/// Most characters of a template's title.
pub const TEMPLATE_TITLE: u32 = 100;
/// Most characters of a template.
pub const TEMPLATE: u32 = 4_000;

/// A decision with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// Why: told to the applicant.
    pub reason: String,
}

/// A text that an office writes again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Under what it is found.
    pub title: String,
    /// The text.
    pub body: String,
}

/// Checks a decision: fields `outcome` and `reason`.
pub fn decision(outcome: &str, reason: &str) -> Result<Decision, Invalid> {
    let mut invalid = Invalid::default();
    let given = Outcome::parse(outcome).ok_or(if outcome.is_empty() {
        Problem::Missing
    } else {
        Problem::Malformed
    });
    let outcome = invalid.take("outcome", given);
    let reason = invalid.take("reason", text::body(reason, REASON_LEAST, REASON));
    match (outcome, reason) {
        (Some(outcome), Some(reason)) => Ok(Decision { outcome, reason }),
        _ => Err(invalid),
    }
}

/// Checks a message: field `message`.
pub fn message(raw: &str) -> Result<String, Invalid> {
    text::body(raw, 1, MESSAGE).map_err(|problem| Invalid::one("message", problem))
}

/// Checks a message that comes with files: its text may be empty then. Field `message`.
pub fn message_with(raw: &str, has_files: bool) -> Result<String, Invalid> {
    if has_files && raw.trim().is_empty() {
        return Ok(String::new());
    }
    message(raw)
}

/// Checks a note: field `note`.
pub fn note(raw: &str) -> Result<String, Invalid> {
    text::body(raw, 1, NOTE).map_err(|problem| Invalid::one("note", problem))
}

/// Checks what is asked of the applicant: field `question`.
pub fn question(raw: &str) -> Result<String, Invalid> {
    text::body(raw, 5, ASKED).map_err(|problem| Invalid::one("question", problem))
}

/// Checks a template: fields `title` and `body`.
pub fn template(title: &str, body: &str) -> Result<Template, Invalid> {
    let mut invalid = Invalid::default();
    let title = invalid.take("title", text::line(title, 3, TEMPLATE_TITLE));
    let body = invalid.take("body", text::body(body, 5, TEMPLATE));
    match (title, body) {
        (Some(title), Some(body)) => Ok(Template { title, body }),
        _ => Err(invalid),
    }
}
