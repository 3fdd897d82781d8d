//! Statements and how they are judged.

mod bulk;
mod judge;
mod list;
mod propose;

pub use bulk::{
    Event, ImportedPerson, ImportedStatement, add_events, add_people, add_statements, events,
    marks_by_number, people, statements,
};
pub use judge::{Before, NewJudgement, append, before};
pub use list::{Found, Progress, desk, list, mark_counts};
pub use propose::{NewStatement, bodies, insert, mine, next_number, proposals};
