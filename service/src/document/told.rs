//! What a timeline tells of letters.

use domain::{Timestamp, case::Happening, document::State, reference::Reference};

use crate::case::Line;

/// A letter as the timeline of its case tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub number: String,
    /// With what it is got.
    pub code: Reference,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Whether it holds.
    pub state: State,
    /// Since when it does not.
    pub ended_at: Option<Timestamp>,
    /// Why it does not, as the timeline has it.
    pub reason: String,
}

/// The number in a line about a letter.
pub fn number_of(line: &Line) -> &str {
    line.detail
        .rsplit_once(' ')
        .map_or("", |(number, _)| number)
}

/// The letters of a case by its timeline, oldest first: a page that has the timeline asks for nothing more.
pub fn told(lines: &[Line]) -> Vec<Told> {
    let mut letters: Vec<Told> = Vec::new();
    for line in lines {
        let Some((number, code)) = line.detail.rsplit_once(' ') else {
            continue;
        };
        let Ok(code) = Reference::parse(code) else {
            continue;
        };
        let mut end = |state| {
            if let Some(last) = letters.iter_mut().rfind(|one| one.state == State::Valid) {
                last.state = state;
                last.ended_at = Some(line.at);
                last.reason.clone_from(&line.text);
            }
        };
        match line.kind {
            Happening::LetterRevoked => {
                end(State::Revoked);
                continue;
            }
            Happening::LetterReplaced => end(State::Replaced),
            Happening::LetterIssued => {}
            _ => continue,
        }
        letters.push(Told {
            number: number.to_owned(),
            code,
            issued_at: line.at,
            state: State::Valid,
            ended_at: None,
            reason: String::new(),
        });
    }
    letters
}
