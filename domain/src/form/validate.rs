//! The one pass over a definition and a draft.

mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Answer, Answers, Check, Condition, Decimal, Definition, Draft, Fault, FileKind, Kind, Outcome,
    Page, PageState, Question, Shown, State, Unit, Wrong,
};
use crate::{Day, FileId, area::Area};
use walk::Walk;

/// A file that was uploaded for a draft, as its store knows it: never as the browser names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name, for messages.
    pub name: String,
    /// Its kind, by its content.
    pub kind: FileKind,
    /// Its size.
    pub bytes: u64,
}

/// What an answer is judged by beside the form itself. Server and browser agree where they have the same.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The day on the city's wall clock: [`crate::Zone::day`] of now.
    pub today: Day,
    /// The city's areas; without them any well-formed code is taken, and postal codes are not compared.
    pub areas: Option<&'a [Area]>,
    /// The files that were uploaded for this draft.
    pub files: &'a BTreeMap<FileId, Upload>,
}

static NO_FILES: BTreeMap<FileId, Upload> = BTreeMap::new();

impl Context<'static> {
    /// A day, no areas, no files.
    pub fn on(today: Day) -> Self {
        Self {
            today,
            areas: None,
            files: &NO_FILES,
        }
    }
}

/// Judges a draft by a form, on a day. Pure: the same in gives the same out, on the server and in the browser.
///
/// The answers hold valid answers to shown questions only: what was typed for a hidden one is never among them. Nothing that
/// a draft or a definition holds makes it panic, and the work is bounded by the definition.
pub fn validate(definition: &Definition, draft: &Draft, context: &Context<'_>) -> Outcome {
    let mut walk = Walk::new(draft, context);
    for page in &definition.pages {
        walk.page(page);
    }
    for check in &definition.checks {
        walk.check(check);
    }
    let mut outcome = walk.outcome;
    let order: BTreeMap<&str, usize> = outcome
        .shown
        .iter()
        .enumerate()
        .map(|(place, shown)| (shown.path.as_str(), place))
        .collect();
    for list in [&mut outcome.wrong, &mut outcome.advice] {
        list.sort_by_key(|wrong| order.get(wrong.path.as_str()));
    }
    for page in &mut outcome.pages {
        if page.state == State::Complete {
            page.state = progress(
                &page.key,
                &outcome.wrong,
                &outcome.shown,
                &walk.answers,
                draft,
            );
        }
    }
    outcome.answers = Answers(walk.answers);
    outcome
}

/// How far a shown page is.
fn progress(
    page: &str,
    wrong: &[Wrong],
    shown: &[Shown],
    answers: &BTreeMap<String, Answer>,
    draft: &Draft,
) -> State {
    let is_open = |fault: &Fault| {
        matches!(
            fault,
            Fault::Missing | Fault::NotDeclared | Fault::TooFew { .. }
        )
    };
    let mut faults = wrong.iter().filter(|wrong| wrong.page == page).peekable();
    if faults.peek().is_some() {
        return if faults.all(|wrong| is_open(&wrong.fault)) {
            State::Incomplete
        } else {
            State::Problem
        };
    }
    let is_answered = |shown: &Shown| match answers.get(&shown.path) {
        Some(Answer::Items(items)) => !items.is_empty(),
        found => found.is_some(),
    };
    let mut own = shown.iter().filter(|shown| shown.page == page);
    if draft.seen.contains(page) || own.any(is_answered) {
        State::Complete
    } else {
        State::Incomplete
    }
}
